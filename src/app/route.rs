//! Where one is, and where one was.

use serde::{Deserialize, Serialize};

use super::screen::begin::How;
use super::slug::Slug;
use crate::exchange::import::Kind;
use crate::model::{Id, Records};

/// A page of an open workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// What the day asks.
    Dashboard,
    /// The list of conventions.
    Conventions,
    /// A convention.
    Convention(Id),
    /// A version of a convention, beside what it has become.
    Compare(Id, Option<Id>),
    /// A convention that begins.
    Begin(How),
    /// A convention on its way out as PDF.
    Export(Id),
    /// All conventions on their way out.
    ExportAll,
    /// A table on its way in.
    Import(Kind),
    /// A convention that a PDF brings.
    TakeIn,
    /// The list of budgets.
    Budgets,
    /// A budget.
    Budget(Id),
    /// What a budget comes to: charts, rules of its funders, files.
    Summary(Id),
    /// All budgets added up.
    Consolidated,
    /// The list of partners.
    Partners,
    /// A partner's sheet.
    Partner(Id),
    /// The glossary, at that term.
    Glossary(Option<Slug>),
    /// The law, at that text.
    Law(Option<Slug>),
    /// The law that applies to a convention.
    LawOf(Id),
    /// The resources, at that shelf.
    Resources(Topic),
    /// An entry of the resources, on its shelf.
    Resource(Topic, Slug),
    /// What the application is made of, and for whom.
    About,
    /// What the department sets.
    Settings,
}

impl Route {
    /// Whether one can come back to it in those records: what it shows is there, and it is no work that was begun.
    #[must_use]
    pub fn stands_in(self, records: &Records) -> bool {
        match self {
            Self::Convention(id) | Self::Export(id) | Self::LawOf(id) | Self::Compare(id, _) => {
                records.convention(id).is_some()
            }
            Self::Partner(id) => records.partner(id).is_some(),
            Self::Budget(id) | Self::Summary(id) => records.budget(id).is_some(),
            Self::Begin(_) | Self::Import(_) => false,
            Self::Dashboard
            | Self::Conventions
            | Self::ExportAll
            | Self::TakeIn
            | Self::Partners
            | Self::Budgets
            | Self::Consolidated
            | Self::Glossary(_)
            | Self::Law(_)
            | Self::Resources(_)
            | Self::Resource(..)
            | Self::About
            | Self::Settings => true,
        }
    }
}

/// A shelf of the resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// D'où l'on vient.
    Origins,
    /// Pourquoi agir.
    Reasons,
    /// Exemples.
    Examples,
    /// Réseaux.
    Networks,
    /// ODD et OMD.
    Goals,
    /// Pays.
    Countries,
}

/// The page shown, those behind it and those ahead, for Alt+← and Alt+→.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    here: Route,
    behind: Vec<Route>,
    ahead: Vec<Route>,
}

/// How many pages one can go back.
const LONGEST: usize = 50;

impl Trail {
    /// Begins there.
    #[must_use]
    pub const fn new(here: Route) -> Self {
        Self {
            here,
            behind: Vec::new(),
            ahead: Vec::new(),
        }
    }

    /// The page shown.
    #[must_use]
    pub const fn here(&self) -> Route {
        self.here
    }

    /// Goes there. All tables come in on one page, from which one goes back to where one came from.
    pub fn go(&mut self, route: Route) {
        if let (Route::Import(_), Route::Import(_)) = (self.here, route) {
            self.here = route;
        }
        if route == self.here {
            return;
        }
        self.behind.push(self.here);
        if self.behind.len() > LONGEST {
            self.behind.remove(0);
        }
        self.ahead.clear();
        self.here = route;
    }

    /// Goes back; nothing when there is nowhere to.
    pub fn back(&mut self) -> Option<Route> {
        let there = self.behind.pop()?;
        self.ahead.push(self.here);
        self.here = there;
        Some(there)
    }

    /// Goes where one came back from; nothing when one did not.
    pub fn forward(&mut self) -> Option<Route> {
        let there = self.ahead.pop()?;
        self.behind.push(self.here);
        self.here = there;
        Some(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_goes_where_one_was() {
        let mut trail = Trail::new(Route::Conventions);
        trail.go(Route::Partners);
        trail.go(Route::Partners);
        assert_eq!(trail.back(), Some(Route::Conventions));
        assert_eq!(trail.back(), None);
        assert_eq!(trail.here(), Route::Conventions);

        trail.go(Route::Import(Kind::Partners));
        trail.go(Route::Import(Kind::Done));
        assert_eq!(trail.here(), Route::Import(Kind::Done));
        assert_eq!(trail.back(), Some(Route::Conventions));
    }

    #[test]
    fn forward_goes_where_one_came_back_from_until_one_goes_elsewhere() {
        let mut trail = Trail::new(Route::Conventions);
        trail.go(Route::Partners);
        trail.back();
        assert_eq!(trail.forward(), Some(Route::Partners));
        assert_eq!(trail.forward(), None);

        trail.back();
        trail.go(Route::Settings);
        assert_eq!(trail.forward(), None);
        assert_eq!(trail.back(), Some(Route::Conventions));
    }
}
