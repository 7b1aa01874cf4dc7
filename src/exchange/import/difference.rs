//! What a row changes of what is there, field by field, as it is told before and after.

use chrono::NaiveDate;

use super::{Outcome, said_day};

/// What a field was, and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field's name.
    pub field: String,
    /// What it was, as a person reads it; empty when it was not known.
    pub before: String,
    /// What it becomes; of what is added beside what was there, what is added.
    pub after: String,
    /// Whether it is added, and replaces nothing.
    pub is_addition: bool,
}

impl Difference {
    /// « population 26 700 → 28 811 », « histoire + début de la coopération, 1994 ».
    #[must_use]
    pub fn told(&self) -> String {
        let Self {
            field,
            before,
            after,
            is_addition,
        } = self;
        match (before.as_str(), after.as_str()) {
            (_, added) if *is_addition => format!("{field} + {added}"),
            ("", after) => format!("{field} {after}"),
            (before, "") => format!("{field} {before} → rien"),
            (before, after) => format!("{field} {before} → {after}"),
        }
    }
}

/// The differences of a row, as its fields are laid over what is there.
#[derive(Default)]
pub(super) struct Differences(Vec<Difference>);

impl Differences {
    /// A field becomes that, nothing perhaps. Answers whether it was anything else, but for its spaces.
    pub(super) fn lay(
        &mut self,
        field: impl Into<String>,
        before: impl Into<String>,
        after: impl Into<String>,
    ) -> bool {
        let (before, after) = (before.into(), after.into());
        let differs = !same(&before, &after);
        if differs {
            self.note(field, before, after);
        }
        differs
    }

    /// The same, of a field that changes only where the row says something of it.
    pub(super) fn lay_said(
        &mut self,
        field: impl Into<String>,
        before: impl Into<String>,
        after: impl Into<String>,
    ) -> bool {
        let after = after.into();
        !after.is_empty() && self.lay(field, before, after)
    }

    /// A text takes what the row says of it, if anything.
    pub(super) fn lay_text(
        &mut self,
        field: impl Into<String>,
        there: &mut Option<String>,
        said: Option<&String>,
    ) {
        if let Some(said) = said
            && self.lay(field, there.as_deref().unwrap_or_default(), said)
        {
            *there = Some(said.clone());
        }
    }

    /// A day takes what the row says of it, if anything.
    pub(super) fn lay_day(
        &mut self,
        field: &str,
        there: &mut Option<NaiveDate>,
        said: Option<NaiveDate>,
    ) {
        if self.lay_said(field, said_day(*there), said_day(said)) {
            *there = said;
        }
    }

    /// Remarks keep what they say, and gain what the row says that they do not.
    pub(super) fn add_remarks(&mut self, there: &mut Option<String>, said: Option<&String>) {
        let before = there.as_deref().unwrap_or_default();
        let Some(said) = said.filter(|said| !before.contains(said.as_str())) else {
            return;
        };
        let after = match before {
            "" => {
                self.note("remarques", "", said);
                said.clone()
            }
            before => {
                self.add("remarques", said);
                format!("{before}\n{said}")
            }
        };
        *there = Some(after);
    }

    /// A field gains that, beside what it holds.
    pub(super) fn add(&mut self, field: impl Into<String>, added: impl Into<String>) {
        self.note(field, "", added);
        if let Some(difference) = self.0.last_mut() {
            difference.is_addition = true;
        }
    }

    /// A field that is known to differ.
    pub(super) fn note(
        &mut self,
        field: impl Into<String>,
        before: impl Into<String>,
        after: impl Into<String>,
    ) {
        self.0.push(Difference {
            field: field.into(),
            before: before.into(),
            after: after.into(),
            is_addition: false,
        });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What becomes of the row: what was there changes, or it is as the row says.
    pub(super) fn outcome(self, what: String) -> Outcome {
        if self.is_empty() {
            Outcome::Unchanged { what }
        } else {
            let differences = self.0;
            Outcome::Changed { what, differences }
        }
    }
}

/// Whether two texts differ by their spaces at most.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || one.split_whitespace().eq(other.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_before_and_after_and_an_addition_by_what_it_adds() {
        let told = |lay: &dyn Fn(&mut Differences)| {
            let mut differences = Differences::default();
            lay(&mut differences);
            differences
                .0
                .iter()
                .map(Difference::told)
                .collect::<Vec<_>>()
        };
        let said = |before: &str, after: &str| told(&|it| it.note("population", before, after));
        assert_eq!(said("", "12"), ["population 12"]);
        assert_eq!(said("26 700", "28 811"), ["population 26 700 → 28 811"]);
        assert_eq!(said("12", ""), ["population 12 → rien"]);

        let remarks = |before: &str, said: &str| {
            let mut there = Some(before.to_owned()).filter(|it| !it.is_empty());
            let told = told(&|it| it.add_remarks(&mut there.clone(), Some(&said.to_owned())));
            Differences::default().add_remarks(&mut there, Some(&said.to_owned()));
            (told, there.unwrap())
        };
        assert_eq!(
            remarks("", "Jumelage"),
            (vec!["remarques Jumelage".to_owned()], "Jumelage".to_owned())
        );
        assert_eq!(
            remarks("Vu en 2024", "Revu"),
            (
                vec!["remarques + Revu".to_owned()],
                "Vu en 2024\nRevu".to_owned()
            )
        );
    }
}
