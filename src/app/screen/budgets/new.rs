//! A new budget: its title and its years. Our own authority pays first; the rest is said in its tables.

use iced::widget::column;

use super::Message;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Shown, entry, typed};
use crate::app::widget::{Dialog, quiet, strong};
use crate::model::{Budget, Certainty, Funder, Key};

/// Where the keyboard writes the title.
pub(super) const TITLE: &str = "budgets.new.title";
/// … and the years.
pub(super) const YEARS: &str = "budgets.new.years";

/// What is said of a budget that is not there yet.
#[derive(Debug)]
pub(super) struct New {
    title: String,
    years: String,
    /// Whether somebody typed them: until then they are those that the title tells, or three from this one.
    years_typed: bool,
    this_year: i32,
    fault: Option<(&'static str, String)>,
}

impl New {
    /// Over three years from that one.
    pub(super) fn of(year: i32) -> Self {
        Self {
            title: String::new(),
            years: usual(year),
            years_typed: false,
            this_year: year,
            fault: None,
        }
    }

    pub(super) fn title(&mut self, raw: String) {
        if !self.years_typed {
            self.years = told(&raw).unwrap_or_else(|| usual(self.this_year));
        }
        self.title = raw;
        self.fault = None;
    }

    pub(super) fn years(&mut self, raw: String) {
        self.years = raw;
        self.years_typed = true;
        self.fault = None;
    }

    /// The budget, once it can be; else says why, and answers which field is to be seen to.
    pub(super) fn budget(&mut self, session: &Session) -> Result<Budget, &'static str> {
        let title = self.title.trim();
        if title.is_empty() {
            self.fault = Some((TITLE, "Un budget a un titre.".to_owned()));
            return Err(TITLE);
        }
        let years = match typed::years(&self.years) {
            Ok(years) if !years.is_empty() => years,
            Ok(_) => {
                let words = "Indiquez les années, par exemple 2027-2029.".to_owned();
                self.fault = Some((YEARS, words));
                return Err(YEARS);
            }
            Err(words) => {
                self.fault = Some((YEARS, words));
                return Err(YEARS);
            }
        };
        let mut budget = Budget::new(session.fresh_id(), title);
        budget.years = years;
        budget.funders.push(ours(session));
        Ok(budget)
    }

    pub(super) fn dialog<'a>(&'a self, palette: Palette) -> Dialog<'a, Message> {
        let shown = |raw: &'a str, field| Shown {
            text: raw.into(),
            fault: self
                .fault
                .as_ref()
                .filter(|(of, _)| *of == field)
                .map(|(_, words)| words.as_str()),
        };
        let content = column![
            entry(
                "Titre",
                shown(&self.title, TITLE),
                TITLE,
                palette,
                Message::Title
            )
            .example("Eau potable à Saint-Louis, 2027-2029")
            .on_submit(Message::Create),
            entry(
                "Années",
                shown(&self.years, YEARS),
                YEARS,
                palette,
                Message::Years
            )
            .example("2027-2029")
            .on_submit(Message::Create),
        ]
        .spacing(14);
        Dialog::new(
            "Nouveau budget",
            content,
            [
                strong("Créer", palette).on_press(Message::Create),
                quiet("Annuler", palette).on_press(Message::Cancel),
            ],
            Message::Cancel,
            palette,
        )
    }
}

/// Three years from that one.
fn usual(year: i32) -> String {
    format!("{year}-{}", year + 2)
}

/// The years that a title tells: « Eau à Hué, 2027-2029 ».
fn told(title: &str) -> Option<String> {
    let numbers = title.split(|c: char| !c.is_ascii_digit());
    let years =
        numbers.filter(|it| it.len() == 4 && (it.starts_with("19") || it.starts_with("20")));
    let years: Vec<&str> = years.collect();
    match years.as_slice() {
        [one] => Some((*one).to_owned()),
        [first, last] if first < last => Some(format!("{first}-{last}")),
        _ => None,
    }
}

/// Our own authority, as one who pays.
pub fn ours(session: &Session) -> Funder {
    let authority = session.records().authority();
    let name = authority.short_name.as_ref().unwrap_or(&authority.name);
    let key = Key::fold(&name.text);
    Funder {
        id: session.fresh_id(),
        key: if key.as_str().is_empty() {
            Key::new("collectivite")
        } else {
            key
        },
        partner: None,
        certainty: Certainty::default(),
        call: None,
        rule: None,
        operations: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_those_of_the_title_until_somebody_types_them() {
        let mut new = New::of(2026);
        assert_eq!(new.years, "2026-2028");
        for (title, years) in [
            ("Eau à Hué", "2026-2028"),
            ("Eau à Hué, 2027-2029", "2027-2029"),
            ("Eau à Hué 2027–2029", "2027-2029"),
            ("Semaine de 2028", "2028"),
            ("Lot 12345", "2026-2028"),
        ] {
            new.title(title.to_owned());
            assert_eq!(new.years, years, "{title}");
        }
        new.years("2030".to_owned());
        new.title("Eau, 2027".to_owned());
        assert_eq!(new.years, "2030");
    }
}
