//! The fields of a convention's sheet that are typed: what each says, and how what is typed sets it.

use crate::app::widget::form::typed;
use crate::model::{Convention, Currency, Id, Outcome};
use crate::reference::Reference;

/// A field that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The title.
    Title,
    /// The first day of the programme.
    Start,
    /// Its last day.
    End,
    /// The day of effect that the text names.
    Effect,
    /// The years of the budget that it covers.
    Years,
    /// The object of one taken over.
    Object,
    /// What our authority committed under one taken over.
    Amount,
    /// What it brings, here or there.
    Outcome(Side, Id),
    /// How that is measured.
    Indicator(Side, Id),
    /// What a party is here.
    Capacity(Id),
    /// The body that decides for a party.
    DecidedBy(Id),
    /// Who signed one taken over, as written.
    Signer(Id),
    /// The function of that person, as written.
    Function(Id),
    /// The department's remarks.
    Notes,
}

/// Where a result is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// On our territory.
    Here,
    /// On the partner's.
    There,
}

impl Side {
    /// The results of that side.
    pub fn of(self, convention: &Convention) -> &[Outcome] {
        match self {
            Self::Here => &convention.results_here,
            Self::There => &convention.results_there,
        }
    }

    /// The same, to be changed.
    pub fn of_mut(self, convention: &mut Convention) -> &mut Vec<Outcome> {
        match self {
            Self::Here => &mut convention.results_here,
            Self::There => &mut convention.results_there,
        }
    }
}

impl Field {
    /// Where the keyboard types it, when what is typed there may be refused.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Start => "sheet.start",
            Self::End => "sheet.end",
            Self::Effect => "sheet.effect",
            Self::Years => "sheet.years",
            Self::Amount => "sheet.amount",
            _ => "sheet.title",
        }
    }

    /// How the change of it is told: « Modifier le titre ».
    #[must_use]
    pub const fn change(self) -> &'static str {
        match self {
            Self::Title => "Modifier le titre",
            Self::Start | Self::End => "Modifier la durée",
            Self::Effect => "Modifier la prise d’effet",
            Self::Years => "Modifier les années",
            Self::Object => "Modifier l’objet",
            Self::Amount => "Modifier le montant",
            Self::Outcome(..) | Self::Indicator(..) => "Modifier un résultat",
            Self::Capacity(_) | Self::DecidedBy(_) => "Modifier une partie",
            Self::Signer(_) | Self::Function(_) => "Modifier un signataire",
            Self::Notes => "Modifier les notes",
        }
    }
}

/// What a field says of a convention.
#[must_use]
pub fn say(convention: &Convention, field: Field, reference: &Reference) -> String {
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    let taken = convention.taken_over.as_ref();
    let party = |id| convention.parties.iter().find(|party| party.id == id);
    let outcome = |side: Side, id| side.of(convention).iter().find(|it| it.id == id);
    let signer = |id| taken.and_then(|taken| taken.signatories.iter().find(|it| it.id == id));

    match field {
        Field::Title => convention.title.clone(),
        Field::Start => typed::say_day(convention.start),
        Field::End => typed::say_day(convention.end),
        Field::Effect => typed::say_day(convention.effect),
        Field::Years => typed::say_years(&convention.budget_years),
        Field::Object => taken.map_or_else(String::new, |taken| taken.object.clone()),
        Field::Amount => taken.map_or_else(String::new, |taken| {
            let currency = taken.currency.clone().unwrap_or_default();
            typed::say_amount(taken.amount, &currency, reference)
        }),
        Field::Outcome(side, id) => {
            outcome(side, id).map_or_else(String::new, |it| it.text.clone())
        }
        Field::Indicator(side, id) => {
            outcome(side, id).map_or_else(String::new, |it| words(&it.indicator))
        }
        Field::Capacity(id) => party(id).map_or_else(String::new, |it| words(&it.capacity)),
        Field::DecidedBy(id) => party(id).map_or_else(String::new, |it| words(&it.decided_by)),
        Field::Signer(id) => signer(id).map_or_else(String::new, |it| it.name.clone()),
        Field::Function(id) => signer(id).map_or_else(String::new, |it| words(&it.function)),
        Field::Notes => words(&convention.notes),
    }
}

/// Puts what was typed in a field.
///
/// # Errors
/// Why it cannot be.
pub fn set(
    convention: &mut Convention,
    field: Field,
    raw: &str,
    reference: &Reference,
) -> Result<(), String> {
    match field {
        Field::Title => {
            convention.title = typed::required(raw, "Donnez un titre à la convention.")?;
        }
        Field::Start => convention.start = typed::day(raw)?,
        Field::End => convention.end = typed::day(raw)?,
        Field::Effect => convention.effect = typed::day(raw)?,
        Field::Years => convention.budget_years = typed::years(raw)?,
        Field::Object => {
            if let Some(taken) = &mut convention.taken_over {
                taken.object = typed::optional(raw).unwrap_or_default();
            }
        }
        Field::Amount => {
            if let Some(taken) = &mut convention.taken_over {
                let currency = taken.currency.clone().unwrap_or_else(Currency::euro);
                taken.amount = typed::amount(raw, &currency, reference)?;
            }
        }
        Field::Outcome(side, id) => {
            if let Some(outcome) = side.of_mut(convention).iter_mut().find(|it| it.id == id) {
                outcome.text = typed::optional(raw).unwrap_or_default();
            }
        }
        Field::Indicator(side, id) => {
            if let Some(outcome) = side.of_mut(convention).iter_mut().find(|it| it.id == id) {
                outcome.indicator = typed::optional(raw);
            }
        }
        Field::Capacity(id) => {
            if let Some(party) = convention.parties.iter_mut().find(|it| it.id == id) {
                party.capacity = typed::optional(raw);
            }
        }
        Field::DecidedBy(id) => {
            if let Some(party) = convention.parties.iter_mut().find(|it| it.id == id) {
                party.decided_by = typed::optional(raw);
            }
        }
        Field::Signer(id) | Field::Function(id) => {
            let signers = convention.taken_over.iter_mut();
            let signers = signers.flat_map(|taken| &mut taken.signatories);
            if let Some(signer) = signers.into_iter().find(|it| it.id == id) {
                match field {
                    Field::Signer(_) => signer.name = typed::required(raw, "Indiquez le nom.")?,
                    _ => signer.function = typed::optional(raw),
                }
            }
        }
        Field::Notes => convention.notes = typed::optional(raw),
    }
    Ok(())
}
