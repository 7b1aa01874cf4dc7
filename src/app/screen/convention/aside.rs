//! « Écarter… »: a person answers for a finding, and takes it back.

use iced::widget::{Id, column, text};

use super::{Convention, Front, Message as Above};
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, Form, Heard, Typing, columns, entry, typed};
use crate::app::widget::{Dialog, quiet, strong};
use crate::check::Finding;
use crate::model;

/// Where the keyboard says why.
pub const REASON: &str = "aside.reason";

/// An answer being written.
#[derive(Debug, Clone)]
pub struct AsideForm {
    finding: Finding,
    answer: Answer,
    form: Form<Field>,
    fault: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq)]
struct Answer {
    reason: String,
    by: String,
    function: String,
    date: Option<chrono::NaiveDate>,
}

/// A field of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Why.
    Reason,
    /// Who.
    By,
    /// With which function.
    Function,
    /// When.
    Date,
}

/// What happens to answers.
#[derive(Debug, Clone)]
pub enum Message {
    /// That finding is to be set aside.
    Open(Box<Finding>),
    /// Something is typed.
    Typed(Field, Typing),
    /// The answer is kept.
    Keep,
    /// It is not, after all.
    Close,
    /// An answer no longer stands.
    TakeBack(model::Id),
}

impl Field {
    const fn label(self) -> &'static str {
        match self {
            Self::Reason => "Pourquoi",
            Self::By => "Qui en répond",
            Self::Function => "Fonction",
            Self::Date => "Date",
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Reason => REASON,
            Self::By => "aside.by",
            Self::Function => "aside.function",
            Self::Date => "aside.date",
        }
    }

    fn say(self, answer: &Answer) -> String {
        match self {
            Self::Reason => answer.reason.clone(),
            Self::By => answer.by.clone(),
            Self::Function => answer.function.clone(),
            Self::Date => typed::say_day(answer.date),
        }
    }

    fn set(self, answer: &mut Answer, raw: &str) -> Result<(), String> {
        let words = || typed::optional(raw).unwrap_or_default();
        match self {
            Self::Reason => answer.reason = words(),
            Self::By => answer.by = words(),
            Self::Function => answer.function = words(),
            Self::Date => answer.date = typed::day(raw)?,
        }
        Ok(())
    }
}

impl Convention {
    /// Reads what happens to answers.
    pub(super) fn update_aside(
        &mut self,
        message: Message,
        session: &Session,
    ) -> Vec<Action<Above>> {
        match message {
            Message::Open(finding) => {
                self.front = Some(Front::Aside(Box::new(AsideForm {
                    finding: *finding,
                    answer: Answer {
                        reason: String::new(),
                        by: String::new(),
                        function: String::new(),
                        date: Some(session.today()),
                    },
                    form: Form::default(),
                    fault: None,
                })));
                vec![Action::Focus(Id::new(REASON))]
            }
            Message::Typed(field, typing) => {
                if let Some(Front::Aside(form)) = &mut self.front {
                    form.fault = None;
                    let heard = form.form.hear(
                        field,
                        typing,
                        &form.answer,
                        |answer| field.say(answer),
                        |answer, raw| field.set(answer, raw),
                    );
                    if let Heard::Becomes(answer) = heard {
                        form.answer = answer;
                    }
                }
                Vec::new()
            }
            Message::Keep => self.keep_aside(session),
            Message::Close => {
                self.front = None;
                Vec::new()
            }
            Message::TakeBack(id) => self.edit(session, "Ne plus écarter un point", |after| {
                after.set_aside.retain(|it| it.id != id);
            }),
        }
    }

    fn keep_aside(&mut self, session: &Session) -> Vec<Action<Above>> {
        let Some(Front::Aside(form)) = &mut self.front else {
            return Vec::new();
        };
        let answer = &form.answer;
        let missing = [
            (
                &answer.reason,
                Field::Reason,
                "Dites pourquoi ce point est écarté.",
            ),
            (&answer.by, Field::By, "Dites qui en répond."),
            (&answer.function, Field::Function, "Dites à quel titre."),
        ]
        .into_iter()
        .find(|(words, ..)| words.is_empty())
        .map(|(_, field, fault)| (field, fault));
        let missing = missing.or_else(|| {
            (answer.date.is_none() || form.form.faults() > 0)
                .then_some((Field::Date, "Donnez la date, JJ/MM/AAAA."))
        });
        let (Some(date), None) = (answer.date, missing) else {
            let field = missing.map_or(Field::Date, |(field, _)| field);
            form.fault = missing.map(|(_, fault)| fault);
            return vec![Action::Focus(Id::new(field.id()))];
        };

        let kept = form.finding.set_aside_by(
            session.fresh_id(),
            &answer.reason,
            &answer.by,
            &answer.function,
            date,
        );
        self.front = None;
        let Some(kept) = kept else {
            return vec![Action::Notify(Notice::wary(
                "Ce point ne peut pas être écarté\u{a0}: le texte doit être complété.",
            ))];
        };
        self.edit(session, "Écarter un point à vérifier", |after| {
            after
                .set_aside
                .retain(|it| it.rule != kept.rule || it.place != kept.place);
            after.set_aside.push(kept);
        })
    }
}

impl AsideForm {
    /// The form, in front of the page.
    pub fn dialog<'a>(&'a self, palette: Palette) -> Dialog<'a, Message> {
        let field = |field: Field| {
            entry(
                field.label(),
                self.form.shown(field, field.say(&self.answer)),
                field.id(),
                palette,
                move |typing| Message::Typed(field, typing),
            )
            .on_submit(Message::Keep)
        };
        let cells = [
            Cell::Wide(field(Field::Reason).into()),
            Cell::Half(field(Field::By).example("M. Paul Durand").into()),
            Cell::Half(
                field(Field::Function)
                    .example("directeur des affaires juridiques")
                    .into(),
            ),
            Cell::Half(field(Field::Date).example("JJ/MM/AAAA").into()),
        ];
        let mut content = column![
            text(&self.finding.message).size(15),
            text(
                "Le point restera affiché comme écarté, avec ce motif, et reviendra si les faits dont il dépend changent."
            )
            .size(14)
            .color(palette.muted),
            columns(620.0, cells),
        ]
        .spacing(12);
        if let Some(fault) = self.fault {
            content = content.push(text(format!("▲ {fault}")).size(15).color(palette.grave));
        }
        Dialog::new(
            "Écarter ce point",
            content,
            [
                strong("Écarter", palette).on_press(Message::Keep),
                quiet("Annuler", palette).on_press(Message::Close),
            ],
            Message::Close,
            palette,
        )
    }
}
