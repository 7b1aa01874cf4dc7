//! What is added and not written yet, a visa, a recital, a result: it is kept with the first word of it.

use super::fields::Side;
use super::plan::Part;
use crate::model::{Convention, Id, Outcome, Recital, Text, Visa};

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub enum Begun {
    /// A visa of nobody's words yet.
    Visa(Visa),
    /// A recital.
    Recital(Recital),
    /// A result, here or there.
    Outcome(Side, Outcome),
}

impl Begun {
    /// The part of the convention where it is written.
    pub const fn part(&self) -> Part {
        match self {
            Self::Visa(visa) => Part::Visa(visa.id),
            Self::Recital(recital) => Part::Recital(recital.id),
            Self::Outcome(..) => Part::Sheet,
        }
    }

    /// Its texts, where it is that part.
    pub fn texts(&self, part: Part) -> Option<&[Text]> {
        match self {
            Self::Visa(visa) if part == self.part() => Some(&visa.texts),
            Self::Recital(recital) if part == self.part() => Some(&recital.texts),
            _ => None,
        }
    }

    /// What undoing it is called.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Visa(_) => "Ajouter un visa",
            Self::Recital(_) => "Ajouter un considérant",
            Self::Outcome(..) => "Ajouter un résultat",
        }
    }

    /// Whether it is among the others.
    pub fn is_in(&self, convention: &Convention) -> bool {
        match self {
            Self::Visa(begun) => convention.visas.iter().any(|it| it.id == begun.id),
            Self::Recital(begun) => convention.recitals.iter().any(|it| it.id == begun.id),
            Self::Outcome(side, begun) => {
                let is_it = |id: Id| id == begun.id;
                side.of(convention).iter().any(|it| is_it(it.id))
            }
        }
    }

    /// Puts it after the others.
    pub fn join(&self, convention: &mut Convention) {
        match self.clone() {
            Self::Visa(begun) => convention.visas.push(begun),
            Self::Recital(begun) => convention.recitals.push(begun),
            Self::Outcome(side, begun) => side.of_mut(convention).push(begun),
        }
    }

    /// Takes it away again where nothing was written of it.
    pub fn leave(&self, convention: &mut Convention) {
        match self {
            Self::Visa(begun) => convention.visas.retain(|it| it != begun),
            Self::Recital(begun) => convention.recitals.retain(|it| it != begun),
            Self::Outcome(side, begun) => side.of_mut(convention).retain(|it| it != begun),
        }
    }
}
