//! The entries of the settings: what each says of our authority, and how a text sets it.

use iced::widget::Id as WidgetId;

use super::calls::{self, Asks};
use crate::agenda::Delay;
use crate::app::widget::form::typed;
use crate::model::{Authority, Base, Currency, Id, Name, Session, Signatory};
use crate::reference::Reference;

/// An entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Its official name.
    Name,
    /// How texts call it.
    ShortName,
    /// SIREN.
    Siren,
    /// Inhabitants.
    Population,
    /// The address.
    Seat,
    /// The town of the seat.
    Town,
    /// Its assembly, where that is not the one of its kind.
    Assembly,
    /// The representative of the State.
    Prefect,
    /// Who pays.
    Accountant,
    /// The colour of headings in documents.
    Color,
    /// Of who signs.
    Signatory(Id, Signs),
    /// Of a sitting.
    Session(Id, Sits),
    /// Of a base.
    Base(Id, Rests),
    /// Of a call of a funder.
    Call(Id, Asks),
    /// How long before its day an alert shows, or after what it is due.
    Delay(Delay),
}

impl Field {
    /// The one that it says something of, where an authority has several.
    pub const fn of(self) -> Option<Id> {
        match self {
            Self::Signatory(id, _)
            | Self::Session(id, _)
            | Self::Base(id, _)
            | Self::Call(id, _) => Some(id),
            _ => None,
        }
    }
}

/// Of who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signs {
    /// The person.
    Name,
    /// The function.
    Function,
    /// In office from.
    From,
    /// In office until.
    Until,
    /// The act by which a deputy signs.
    Delegation,
}

/// Of a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sits {
    /// The day.
    Date,
    /// Which body sits.
    Body,
    /// The last day for a file.
    Closes,
}

/// Of a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rests {
    /// The service's budget.
    Budget,
    /// The year.
    Year,
    /// The amount.
    Amount,
    /// What is taken off it.
    Deducted,
    /// Where it comes from.
    Source,
}

/// What the entry is called: its label, and what its change is undone by.
pub const fn label(field: Field) -> &'static str {
    match field {
        Field::Name => "Nom officiel",
        Field::ShortName => "Nom usuel",
        Field::Siren => "SIREN",
        Field::Population => "Population",
        Field::Seat => "Adresse du siège",
        Field::Town => "Ville du siège",
        Field::Assembly => "Assemblée",
        Field::Prefect => "Représentant de l’État",
        Field::Accountant => "Comptable public",
        Field::Color => "Couleur des titres",
        Field::Signatory(_, Signs::Name) => "Nom",
        Field::Signatory(_, Signs::Function) => "Fonction",
        Field::Signatory(_, Signs::From) => "En fonction depuis le",
        Field::Signatory(_, Signs::Until) => "Jusqu’au",
        Field::Signatory(_, Signs::Delegation) => "Délégation de signature",
        Field::Session(_, Sits::Date) => "Séance du",
        Field::Session(_, Sits::Body) => "Instance",
        Field::Session(_, Sits::Closes) => "Dernier dépôt des dossiers",
        Field::Base(_, Rests::Budget) => "Budget du service",
        Field::Base(_, Rests::Year) => "Année",
        Field::Base(_, Rests::Amount) => "Assiette, en euros",
        Field::Base(_, Rests::Deducted) => "À déduire, en euros",
        Field::Base(_, Rests::Source) => "Source",
        Field::Call(_, part) => part.label(),
        Field::Delay(delay) => delay.label(),
    }
}

/// Where the keyboard finds it.
pub fn id_of(field: Field) -> WidgetId {
    match field {
        Field::Name => WidgetId::new(NAME),
        field => WidgetId::from(format!("settings.{field:?}")),
    }
}

/// Where the keyboard finds the name of our authority.
pub const NAME: &str = "settings.name";

/// Whether there is such an entry.
pub fn is_there(ours: &Authority, field: Field) -> bool {
    match field {
        Field::Signatory(id, _) => ours.signatories.iter().any(|it| it.id == id),
        Field::Session(id, _) => ours.sessions.iter().any(|it| it.id == id),
        Field::Base(id, _) => ours.bases.iter().any(|it| it.id == id),
        Field::Call(id, _) => ours.calls.iter().any(|it| it.id == id),
        _ => true,
    }
}

/// What it says of our authority.
pub fn say(ours: &Authority, field: Field, reference: &Reference) -> String {
    let named = |name: &Option<Name>| name.as_ref().map_or_else(String::new, |it| it.text.clone());
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    match field {
        Field::Name => ours.name.text.clone(),
        Field::ShortName => named(&ours.short_name),
        Field::Siren => words(&ours.siren),
        Field::Population => typed::say_whole(ours.population),
        Field::Seat => words(&ours.seat),
        Field::Town => words(&ours.town),
        Field::Assembly => named(&ours.assembly),
        Field::Prefect => named(&ours.prefect),
        Field::Accountant => named(&ours.accountant),
        Field::Color => words(&ours.color),
        Field::Signatory(id, part) => {
            let one = ours.signatories.iter().find(|it| it.id == id);
            one.map_or_else(String::new, |one| match part {
                Signs::Name => one.name.clone(),
                Signs::Function => one.function.clone(),
                Signs::From => typed::say_day(one.from),
                Signs::Until => typed::say_day(one.until),
                Signs::Delegation => words(&one.delegation),
            })
        }
        Field::Session(id, part) => {
            let one = ours.sessions.iter().find(|it| it.id == id);
            one.map_or_else(String::new, |one| match part {
                Sits::Date => typed::say_day(Some(one.date)),
                Sits::Body => words(&one.body),
                Sits::Closes => typed::say_day(one.closes),
            })
        }
        Field::Base(id, part) => {
            let one = ours.bases.iter().find(|it| it.id == id);
            one.map_or_else(String::new, |one| match part {
                Rests::Budget => one.budget.clone(),
                Rests::Year => one.year.to_string(),
                // Nothing is told of it yet.
                Rests::Amount if one.amount.is_zero() => String::new(),
                Rests::Amount => typed::say_amount(Some(one.amount), &Currency::euro(), reference),
                Rests::Deducted => typed::say_amount(one.deducted, &Currency::euro(), reference),
                Rests::Source => words(&one.source),
            })
        }
        Field::Call(id, part) => calls::say(ours, id, part, reference),
        Field::Delay(delay) => typed::say_whole(delay.set_by(ours)),
    }
}

/// Puts that text in it.
pub fn set(
    ours: &mut Authority,
    field: Field,
    raw: &str,
    reference: &Reference,
) -> Result<(), String> {
    match field {
        Field::Name => {
            ours.name.text = typed::required(raw, "Indiquez le nom de votre collectivité.")?;
        }
        Field::ShortName => set_name(&mut ours.short_name, raw),
        Field::Siren => ours.siren = siren(raw)?,
        Field::Population => ours.population = typed::whole(raw)?,
        Field::Seat => ours.seat = typed::optional(raw),
        Field::Town => ours.town = typed::optional(raw),
        Field::Assembly => set_name(&mut ours.assembly, raw),
        Field::Prefect => set_name(&mut ours.prefect, raw),
        Field::Accountant => set_name(&mut ours.accountant, raw),
        Field::Color => ours.color = color(raw)?,
        Field::Signatory(id, part) => {
            if let Some(one) = ours.signatories.iter_mut().find(|it| it.id == id) {
                set_signatory(one, part, raw)?;
            }
        }
        Field::Session(id, part) => {
            if let Some(one) = ours.sessions.iter_mut().find(|it| it.id == id) {
                set_session(one, part, raw)?;
            }
        }
        Field::Base(id, part) => {
            if let Some(one) = ours.bases.iter_mut().find(|it| it.id == id) {
                set_base(one, part, raw, reference)?;
            }
        }
        Field::Call(id, part) => {
            if let Some(one) = ours.calls.iter_mut().find(|it| it.id == id) {
                calls::set(one, part, raw, reference)?;
            }
        }
        Field::Delay(delay) => delay.set(ours, typed::whole(raw)?),
    }
    Ok(())
}

fn set_signatory(one: &mut Signatory, part: Signs, raw: &str) -> Result<(), String> {
    match part {
        Signs::Name => raw.trim().clone_into(&mut one.name),
        Signs::Function => raw.trim().clone_into(&mut one.function),
        Signs::From => one.from = typed::day(raw)?,
        Signs::Until => one.until = typed::day(raw)?,
        Signs::Delegation => one.delegation = typed::optional(raw),
    }
    Ok(())
}

fn set_session(one: &mut Session, part: Sits, raw: &str) -> Result<(), String> {
    match part {
        Sits::Date => {
            one.date = typed::day(raw)?.ok_or("Indiquez le jour de la séance, JJ/MM/AAAA.")?;
        }
        Sits::Body => one.body = typed::optional(raw),
        Sits::Closes => one.closes = typed::day(raw)?,
    }
    Ok(())
}

fn set_base(one: &mut Base, part: Rests, raw: &str, reference: &Reference) -> Result<(), String> {
    match part {
        Rests::Budget => raw.trim().clone_into(&mut one.budget),
        Rests::Year => one.year = year(raw)?,
        Rests::Amount => {
            let amount = typed::amount(raw, &Currency::euro(), reference)?;
            one.amount = amount.ok_or("Indiquez un montant en euros.")?;
        }
        Rests::Deducted => one.deducted = typed::amount(raw, &Currency::euro(), reference)?,
        Rests::Source => one.source = typed::optional(raw),
    }
    Ok(())
}

/// A year, which has to be said.
pub(super) fn year(raw: &str) -> Result<i32, String> {
    let year: Option<u16> = typed::whole(raw)?;
    let known = year.filter(|year| (1900..2200).contains(year));
    Ok(known.ok_or("Indiquez une année, par exemple 2027.")?.into())
}

fn set_name(name: &mut Option<Name>, raw: &str) {
    *name = typed::optional(raw).map(|text| Name {
        text,
        ..name.take().unwrap_or_default()
    });
}

/// Nine figures whose key is right (Luhn), as INSEE gives them.
fn siren(raw: &str) -> Result<Option<String>, String> {
    let figures: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    if figures.is_empty() {
        return Ok(None);
    }
    let digits: Option<Vec<u32>> = figures.chars().map(|c| c.to_digit(10)).collect();
    match digits.filter(|digits| digits.len() == 9) {
        None => Err("Un SIREN a neuf chiffres.".to_owned()),
        Some(digits) => {
            let sum: u32 = digits
                .iter()
                .enumerate()
                .map(|(rank, digit)| match (rank % 2, digit * 2) {
                    (0, _) => *digit,
                    (_, double) if double > 9 => double - 9,
                    (_, double) => double,
                })
                .sum();
            if sum.is_multiple_of(10) {
                Ok(Some(figures))
            } else {
                Err("Ce numéro n’est pas un SIREN\u{a0}: un chiffre est faux.".to_owned())
            }
        }
    }
}

/// The colours of titles that are offered: black, then dark ones that print well, each at 7:1 at least on white.
pub const COLORS: [(Option<&str>, &str); 6] = [
    (None, "Noir"),
    (Some("#1f3a93"), "Bleu"),
    (Some("#1f4e5f"), "Bleu canard"),
    (Some("#1b5e20"), "Vert"),
    (Some("#7b1e28"), "Bordeaux"),
    (Some("#4a2c6f"), "Violet"),
];

fn color(raw: &str) -> Result<Option<String>, String> {
    let Some(words) = typed::optional(raw) else {
        return Ok(None);
    };
    let figures = words.trim_start_matches('#');
    if figures.len() == 6 && figures.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(Some(format!("#{}", figures.to_lowercase())))
    } else {
        Err("Écrivez six chiffres ou lettres de A à F, par exemple #1f3a93.".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_siren_has_nine_figures_and_its_key() {
        assert_eq!(siren("732 829 320"), Ok(Some("732829320".to_owned())));
        assert_eq!(siren(" "), Ok(None));
        assert!(siren("732829321").is_err());
        assert!(siren("73282932").is_err());
        assert!(siren("73282932x").is_err());
    }

    #[test]
    fn what_is_set_is_said() {
        let mut ours = Authority::default();
        let reference = Reference::shipped();
        for (field, raw, said) in [
            (Field::Name, " Ville de Clairac ", "Ville de Clairac"),
            (Field::Population, "41250", "41\u{202f}250"),
            (Field::Color, "1F3A93", "#1f3a93"),
            (Field::Prefect, "préfet du Rhône", "préfet du Rhône"),
            (Field::Delay(Delay::Renewal), "180", "180"),
            (Field::Delay(Delay::Renewal), "", ""),
        ] {
            set(&mut ours, field, raw, reference).unwrap();
            assert_eq!(say(&ours, field, reference), said);
        }
        assert!(set(&mut ours, Field::Name, " ", reference).is_err());
        set(&mut ours, Field::Prefect, "", reference).unwrap();
        assert_eq!(ours.prefect, None);
    }
}
