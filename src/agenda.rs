//! What is due and when: the lines of « À faire », drawn from acts, terms, grants, payments and sessions.
//!
//! Pure: records, the reference and a day in, dated lines out, the nearest first. A line says what to do, about
//! what, and by which deed the window can help. Delays are those of the authority's settings where it sets them
//! ([`Delay`]), the usual ones where it does not; a delay that law does not set is a habit, and says so.

mod convention;
#[cfg(test)]
mod tests;

use chrono::{Datelike, Months, NaiveDate};

use crate::model::{ActKind, Authority, Id, Key, Nature, Partner, Records, Step};

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// By when.
    pub day: NaiveDate,
    /// Whether it is prepared long before rather than done on its day.
    pub prepares: bool,
    /// What it is about: the title of a convention, the name of a partner.
    pub about: String,
    /// What to do.
    pub words: String,
    /// Where it is.
    pub place: Place,
    /// What the window can help with.
    pub deed: Deed,
    /// The person in charge, among contacts.
    pub in_charge: Option<Id>,
}

/// Where something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A convention.
    Convention(Id),
    /// A partner.
    Partner(Id),
    /// The whole workspace.
    Workspace,
}

/// What the window can help with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// An act of that kind, of that party, is to be recorded.
    Record(ActKind, Option<Key>),
    /// The act awaited, by its identifier, is done.
    Done(Id),
    /// Nothing but to look.
    Look,
}

/// How near something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nearness {
    /// Its day is past.
    Late,
    /// Within thirty-one days.
    Month,
    /// Within ninety-two days.
    Quarter,
    /// Later, or to be prepared long before.
    Ahead,
}

impl Nearness {
    /// All of them, the nearest first.
    pub const ALL: [Self; 4] = [Self::Late, Self::Month, Self::Quarter, Self::Ahead];

    /// Its heading.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Late => "En retard",
            Self::Month => "Ce mois",
            Self::Quarter => "Ce trimestre",
            Self::Ahead => "À préparer",
        }
    }
}

impl Due {
    /// How near it is on that day.
    #[must_use]
    pub fn nearness(&self, today: NaiveDate) -> Nearness {
        let days = self.day.signed_duration_since(today).num_days();
        match days {
            ..0 => Nearness::Late,
            _ if self.prepares => Nearness::Ahead,
            0..=31 => Nearness::Month,
            32..=92 => Nearness::Quarter,
            _ => Nearness::Ahead,
        }
    }
}

/// Delays that an authority may set, and how long they are where it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delay {
    /// From a vote to its transmission; a habit, law sets none.
    DeliberationTransmission,
    /// From the last signature to the transmission; a habit, law sets none.
    ConventionTransmission,
    /// Before the term, when the renewal shows; a habit.
    Renewal,
    /// Before the end of office of who signs.
    Office,
}

impl Delay {
    /// How settings name it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::DeliberationTransmission => "transmission-deliberation",
            Self::ConventionTransmission => "transmission-convention",
            Self::Renewal => "renouvellement",
            Self::Office => "fin-de-mandat",
        }
    }

    const fn usual(self) -> u16 {
        match self {
            Self::DeliberationTransmission | Self::ConventionTransmission => 15,
            Self::Renewal => 270,
            Self::Office => 90,
        }
    }

    /// In days.
    #[must_use]
    pub fn days(self, authority: &Authority) -> i64 {
        let set = authority
            .alert_delays
            .iter()
            .find(|delay| delay.key == self.key());
        set.map_or(self.usual(), |delay| delay.days).into()
    }
}

/// Everything that is due, the nearest first.
#[must_use]
pub fn agenda(records: &Records, today: NaiveDate) -> Vec<Due> {
    let mut all: Vec<Due> = records
        .conventions()
        .flat_map(|convention| convention::due(convention, records, today))
        .chain(checks(records, today))
        .chain(offices(records, today))
        .chain(declaration(records, today))
        .collect();
    all.sort_by(|one, other| (one.day, &one.about).cmp(&(other.day, &other.about)));
    all
}

/// Recognition and sanctions are looked at again each year, for partners with whom something goes on.
fn checks(records: &Records, today: NaiveDate) -> impl Iterator<Item = Due> {
    let goes_on = move |partner: &&Partner| {
        partner.nature == Nature::ForeignAuthority
            && records
                .conventions_of(partner.id)
                .any(|convention| convention::goes_on(convention, records, today))
    };
    records
        .partners()
        .filter(goes_on)
        .filter_map(move |partner| {
            let last = partner.recognition.as_ref()?.date;
            let day = last.checked_add_months(Months::new(12))?;
            let near = day.signed_duration_since(today).num_days() <= 31;
            near.then(|| Due {
                day,
                prepares: false,
                about: partner.name.text.clone(),
                words: format!(
                    "Vérifier à nouveau la reconnaissance et les sanctions (dernière fois le {})",
                    in_figures(last)
                ),
                place: Place::Partner(partner.id),
                deed: Deed::Look,
                in_charge: None,
            })
        })
}

/// Those who sign for us and soon leave office.
fn offices(records: &Records, today: NaiveDate) -> impl Iterator<Item = Due> {
    let authority = records.authority();
    let ahead = Delay::Office.days(authority);
    authority.signatories.iter().filter_map(move |signatory| {
        let day = signatory.until?;
        let left = day.signed_duration_since(today).num_days();
        (0..=ahead).contains(&left).then(|| Due {
            day,
            prepares: false,
            about: signatory.name.clone(),
            words: "Fin de mandat\u{a0}: mettre à jour les signataires".to_owned(),
            place: Place::Workspace,
            deed: Deed::Look,
            in_charge: None,
        })
    })
}

/// The yearly declaration of aid: the campaign seen in 2024 and 2025 went from 15 April to 31 May.
fn declaration(records: &Records, today: NaiveDate) -> Option<Due> {
    let close = NaiveDate::from_ymd_opt(today.year(), 5, 31)?;
    let year = if today <= close {
        today.year() - 1
    } else {
        today.year()
    };
    let opens = NaiveDate::from_ymd_opt(year + 1, 4, 15)?;
    let closes = NaiveDate::from_ymd_opt(year + 1, 5, 31)?;

    let payments = records
        .budgets()
        .flat_map(|budget| &budget.lines)
        .flat_map(|line| &line.operations)
        .filter(|it| it.step == Step::Paid && it.year == year && !it.expected)
        .count();
    if payments == 0 {
        return None;
    }
    let (day, verb) = if today < opens {
        (opens, "s’ouvre")
    } else {
        (closes, "se ferme")
    };
    let count = if payments == 1 {
        "1 versement".to_owned()
    } else {
        format!("{payments} versements")
    };
    Some(Due {
        day,
        prepares: true,
        about: format!("Déclaration d’aide publique, versements de {year}"),
        words: format!(
            "La campagne {verb} d’habitude à cette date, à confirmer\u{a0}; {count} dans les budgets"
        ),
        place: Place::Workspace,
        deed: Deed::Look,
        in_charge: None,
    })
}

/// « 05/11/2026 ».
fn in_figures(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}
