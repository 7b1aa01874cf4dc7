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
    fault: Option<(&'static str, String)>,
}

impl New {
    /// Over three years from that one.
    pub(super) fn of(year: i32) -> Self {
        Self {
            title: String::new(),
            years: format!("{year}-{}", year + 2),
            fault: None,
        }
    }

    pub(super) fn title(&mut self, raw: String) {
        self.title = raw;
        self.fault = None;
    }

    pub(super) fn years(&mut self, raw: String) {
        self.years = raw;
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
