//! Where one is, and where one was.

use super::slug::Slug;
use crate::model::Id;

/// A page of an open workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The list of conventions.
    Conventions,
    /// A convention.
    Convention(Id),
    /// A convention on its way out as PDF.
    Export(Id),
    /// The list of partners.
    Partners,
    /// A partner's sheet.
    Partner(Id),
    /// The glossary, at that term.
    Glossary(Option<Slug>),
    /// The law, at that text.
    Law(Option<Slug>),
    /// The resources, at that shelf.
    Resources(Topic),
    /// What the application is made of, and for whom.
    About,
}

/// A shelf of the resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// The page shown and those behind it, for Alt+←.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    here: Route,
    behind: Vec<Route>,
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
        }
    }

    /// The page shown.
    #[must_use]
    pub const fn here(&self) -> Route {
        self.here
    }

    /// Goes there.
    pub fn go(&mut self, route: Route) {
        if route == self.here {
            return;
        }
        self.behind.push(self.here);
        if self.behind.len() > LONGEST {
            self.behind.remove(0);
        }
        self.here = route;
    }

    /// Goes back; nothing when there is nowhere to.
    pub fn back(&mut self) -> Option<Route> {
        self.here = self.behind.pop()?;
        Some(self.here)
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
    }
}
