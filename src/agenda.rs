//! What is due and when: the lines of « À faire », drawn from acts, terms, grants, payments, sessions, what budgets expect
//! and ceilings that are passed.
//!
//! Pure: records, the reference and a day in, dated lines out, the nearest first. A line says what to do, about
//! what, and by which deed the window can help; somebody may put it off, and the record concerned keeps until when.
//! Delays are those of the authority's settings where it sets them ([`Delay`]), the usual ones where it does not; a delay that law does not set is a habit, and says so.

mod budget;
mod convention;
#[cfg(test)]
mod tests;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::model::{
    ActKind, AlertDelay, Authority, Change, Id, Key, Kind, Nature, Partner, Record, RecordId,
    Records, Session, Snooze, Step,
};
use crate::reference::Reference;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What names it under its place, always the same for the same thing to do: `renouvellement`.
    pub key: String,
    /// By when.
    pub day: NaiveDate,
    /// Until when somebody put it off, where that day is still to come.
    pub put_off: Option<NaiveDate>,
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
    /// A budget.
    Budget(Id),
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
    /// Later, or beyond this month and to be prepared long before.
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
    /// Whether it is something that a budget expects to pay or to receive.
    #[must_use]
    pub fn is_expected(&self) -> bool {
        self.key.starts_with(budget::EXPECTED)
    }

    /// How near it is on that day.
    #[must_use]
    pub fn nearness(&self, today: NaiveDate) -> Nearness {
        let days = self.day.signed_duration_since(today).num_days();
        match days {
            ..0 => Nearness::Late,
            0..=31 => Nearness::Month,
            _ if self.prepares => Nearness::Ahead,
            32..=92 => Nearness::Quarter,
            _ => Nearness::Ahead,
        }
    }
}

/// Delays that an authority may set, and how long they are where it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::DeliberationTransmission,
        Self::ConventionTransmission,
        Self::Renewal,
        Self::Office,
    ];

    /// What settings call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::DeliberationTransmission => "Du vote à la transmission de la délibération",
            Self::ConventionTransmission => "De la signature à la transmission de la convention",
            Self::Renewal => "Préparer le renouvellement avant le terme",
            Self::Office => "Prévenir avant la fin d’un mandat",
        }
    }

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

    /// In days, where nothing is set; nine months before a term are 270.
    #[must_use]
    pub const fn usual(self) -> u16 {
        match self {
            Self::DeliberationTransmission | Self::ConventionTransmission => 15,
            Self::Renewal => 270,
            Self::Office => 90,
        }
    }

    /// What that authority set, in days.
    #[must_use]
    pub fn set_by(self, authority: &Authority) -> Option<u16> {
        let mut delays = authority.alert_delays.iter();
        let set = delays.find(|delay| delay.key == self.key());
        set.map(|delay| delay.days)
    }

    /// Sets it; the usual one again when nothing is said.
    pub fn set(self, authority: &mut Authority, days: Option<u16>) {
        let known = |delay: &AlertDelay| delay.key == self.key();
        match (authority.alert_delays.iter_mut().find(|it| known(it)), days) {
            (Some(delay), Some(days)) => delay.days = days,
            (None, Some(days)) => authority.alert_delays.push(AlertDelay {
                key: self.key().to_owned(),
                days,
            }),
            (_, None) => authority.alert_delays.retain(|it| !known(it)),
        }
    }

    /// In days.
    #[must_use]
    pub fn days(self, authority: &Authority) -> i64 {
        self.set_by(authority).unwrap_or(self.usual()).into()
    }

    fn after(self, day: NaiveDate, authority: &Authority) -> Option<NaiveDate> {
        day.checked_add_days(Days::new(u64::try_from(self.days(authority)).ok()?))
    }
}

/// The last sitting of the assembly, or of the body that decides for it, that comes before that day and is still to
/// come: what is due is counted back from it.
fn last_session<'a>(
    authority: &'a Authority,
    body: Option<&str>,
    today: NaiveDate,
    before: NaiveDate,
) -> Option<&'a Session> {
    let sessions = authority.sessions.iter();
    sessions
        .filter(|session| session.body.as_deref() == body)
        .filter(|session| session.closes.unwrap_or(session.date) >= today && session.date < before)
        .max_by_key(|session| session.date)
}

/// Puts something off until that day, or takes it up again.
///
/// The record concerned keeps it: nothing when it is not there.
#[must_use]
pub fn put_off(due: &Due, until: Option<NaiveDate>, records: &Records) -> Option<Change> {
    let name = due.place.record();
    let before = records.get(name)?;
    let mut after = before.as_ref().clone();
    let snoozed = match &mut after {
        Record::Convention(convention) => &mut convention.snoozed,
        Record::Partner(partner) => &mut partner.snoozed,
        Record::Budget(budget) => &mut budget.snoozed,
        Record::Authority(authority) => &mut authority.snoozed,
        _ => return None,
    };
    snoozed.retain(|it| it.key != due.key);
    snoozed.extend(until.map(|until| Snooze {
        key: due.key.clone(),
        until,
    }));
    let label = match until {
        Some(until) => format!("Reporter une échéance au {}", in_figures(until)),
        None => "Reprendre une échéance reportée".to_owned(),
    };
    (after != **before).then(|| Change::replace(label, before.clone(), after))
}

impl Place {
    /// The record that it is, and that keeps what is put off there.
    #[must_use]
    pub const fn record(self) -> RecordId {
        match self {
            Self::Convention(id) => RecordId {
                kind: Kind::Convention,
                id,
            },
            Self::Partner(id) => RecordId {
                kind: Kind::Partner,
                id,
            },
            Self::Budget(id) => RecordId {
                kind: Kind::Budget,
                id,
            },
            Self::Workspace => RecordId {
                kind: Kind::Authority,
                id: Id::SINGLE,
            },
        }
    }

    fn snoozed(self, records: &Records) -> &[Snooze] {
        match self {
            Self::Convention(id) => records.convention(id).map_or(&[], |it| &it.snoozed),
            Self::Partner(id) => records.partner(id).map_or(&[], |it| &it.snoozed),
            Self::Budget(id) => records.budget(id).map_or(&[], |it| &it.snoozed),
            Self::Workspace => &records.authority().snoozed,
        }
    }
}

/// Everything that is due, the nearest first.
#[must_use]
pub fn agenda(records: &Records, reference: &Reference, today: NaiveDate) -> Vec<Due> {
    let of_budget = |budget| budget::operations(budget, records, reference);
    let mut all: Vec<Due> = records
        .conventions()
        .flat_map(|convention| convention::due(convention, records, today))
        .chain(checks(records, today))
        .chain(offices(records, today))
        .chain(declaration(records, today))
        .chain(records.budgets().flat_map(of_budget))
        .chain(budget::ceilings(records, reference, today))
        .collect();
    for due in &mut all {
        let mut snoozed = due.place.snoozed(records).iter();
        let snooze = snoozed.find(|it| it.key == due.key);
        due.put_off = snooze.map(|it| it.until).filter(|until| *until > today);
    }
    all.sort_by(|one, other| {
        (one.day, &one.about, &one.key).cmp(&(other.day, &other.about, &other.key))
    });
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
                key: "reconnaissance".to_owned(),
                put_off: None,
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
            key: format!("fin-de-mandat.{}", signatory.id),
            put_off: None,
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
        key: format!("declaration.{year}"),
        put_off: None,
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
