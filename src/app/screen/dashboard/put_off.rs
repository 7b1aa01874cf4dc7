//! « Reporter »: until when something that is due is not shown.

use chrono::{Days, NaiveDate};
use iced::widget::{column, row, text};

use crate::agenda::{Due, put_off};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::typed;
use crate::app::widget::{Dialog, button, field, quiet, strong};
use crate::model::Change;

/// Where the keyboard types the day.
pub const UNTIL: &str = "due.until";

/// Something being put off.
#[derive(Debug)]
pub struct PuttingOff {
    due: Due,
    until: String,
    today: NaiveDate,
    fault: Option<String>,
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Message {
    /// The day is typed.
    Day(String),
    /// It is so many days from today.
    In(u64),
    /// It is put off.
    Keep,
    /// It is not, after all.
    Close,
}

/// Whether it is over.
pub enum Wish {
    /// It goes on.
    Nothing,
    /// It is, with that to be changed.
    Over(Option<Change>),
}

impl PuttingOff {
    /// A week, but not past the day itself, unless something else is said.
    pub fn new(due: Due, today: NaiveDate) -> Self {
        let week = today + Days::new(7);
        let until = if due.day > today {
            week.min(due.day)
        } else {
            week
        };
        Self {
            due,
            until: french::day(until),
            today,
            fault: None,
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Wish {
        match message {
            Message::Day(until) => {
                self.until = until;
                self.fault = None;
                Wish::Nothing
            }
            Message::In(days) => {
                self.until = french::day(self.today + Days::new(days));
                self.fault = None;
                Wish::Nothing
            }
            Message::Keep => match typed::day(&self.until) {
                Ok(Some(until)) if until > self.today => {
                    Wish::Over(put_off(&self.due, Some(until), session.records()))
                }
                Ok(_) => {
                    self.fault = Some("Donnez un jour à venir, JJ/MM/AAAA.".to_owned());
                    Wish::Nothing
                }
                Err(fault) => {
                    self.fault = Some(fault);
                    Wish::Nothing
                }
            },
            Message::Close => Wish::Over(None),
        }
    }

    /// What is said of a day beyond the one that is due.
    fn past(&self) -> Option<String> {
        let until = typed::day(&self.until).ok()??;
        (until > self.due.day && self.due.day >= self.today).then(|| {
            let day = french::day(self.due.day);
            format!("◆ L’échéance est le {day}\u{a0}: elle sera passée.")
        })
    }

    /// What is asked, in front of the page.
    pub fn dialog(&self, palette: Palette) -> Dialog<'_, Message> {
        let soon = [(7, "Une semaine"), (30, "Un mois"), (91, "Trois mois")];
        let soon =
            soon.map(|(days, label)| quiet(label, palette).on_press(Message::In(days)).into());
        let mut content = column![
            text(format!("{}\u{a0}: {}", self.due.about, self.due.words)).size(15),
            row![
                field(&self.until, "JJ/MM/AAAA", UNTIL, palette, Message::Day)
                    .label("Ne plus l’afficher avant le")
                    .on_submit(Message::Keep),
            ],
            iced::widget::Row::with_children(soon).spacing(8),
            self.past()
                .map(|words| text(words).size(15).color(palette.wary)),
        ]
        .spacing(12);
        if let Some(fault) = &self.fault {
            content = content.push(text(format!("▲ {fault}")).size(14).color(palette.grave));
        }
        Dialog::new(
            "Reporter une échéance",
            content,
            [
                strong("Reporter", palette).on_press(Message::Keep),
                button("Annuler", palette).on_press(Message::Close),
            ],
            Message::Close,
            palette,
        )
    }
}
