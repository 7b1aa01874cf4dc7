//! A convention that begins here: one to be written, or one that is taken over as it was signed elsewhere.
//!
//! Both ask for the same: what it is called, of what kind, with whom. What is taken over is known by its object, what
//! we committed, its signature and its term; what is to be written gets the articles that its kind cannot do without.

use iced::widget::text_editor;
use iced::widget::{Column, Id, column, container, row, text};
use iced::{Center, Element, Fill};
use serde::{Deserialize, Serialize};

use super::convention::party_of;
use super::{Action, Notice};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{
    Area, Cell, Form, Heard, Typing, area, columns, entry, labelled, typed,
};
use crate::app::widget::{pane, quiet, scroll, select, strong};
use crate::model::{
    self, Act, ActKind, Amount, Article, Change, Convention, ConventionKind, Currency, Edit, Key,
    Kind, Lang, Name, Nature, Partner, Record, RecordId, TakenOver, Text, roles,
};

/// Where the keyboard begins.
pub const TITLE: &str = "begin.title";

/// How it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It is to be written.
    Written,
    /// It was signed elsewhere.
    TakenOver,
}

/// The form.
pub struct Begin {
    how: How,
    draft: Draft,
    form: Form<Field>,
    object: Area,
    fault: Option<&'static str>,
}

/// What is known of it so far.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    title: String,
    kind: ConventionKind,
    partners: Vec<model::Id>,
    /// The name of a partner that is not there yet.
    newcomer: String,
    object: String,
    amount: Option<Amount>,
    signed: Option<chrono::NaiveDate>,
    end: Option<chrono::NaiveDate>,
}

/// A field that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The title.
    Title,
    /// The name of a partner that is not there yet.
    Newcomer,
    /// What our authority committed.
    Amount,
    /// The day of its signature.
    Signed,
    /// Its last day.
    End,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something is typed.
    Typed(Field, Typing),
    /// The object is written.
    Object(text_editor::Action),
    /// Its kind.
    Kind(ConventionKind),
    /// One more partner.
    Partner(model::Id),
    /// One less.
    Without(model::Id),
    /// It begins.
    Begin,
    /// It does not, after all.
    Close,
}

impl Field {
    fn say(self, draft: &Draft, session: &Session) -> String {
        match self {
            Self::Title => draft.title.clone(),
            Self::Newcomer => draft.newcomer.clone(),
            Self::Amount => typed::say_amount(draft.amount, &Currency::euro(), session.reference()),
            Self::Signed => typed::say_day(draft.signed),
            Self::End => typed::say_day(draft.end),
        }
    }

    fn set(self, draft: &mut Draft, raw: &str, session: &Session) -> Result<(), String> {
        match self {
            Self::Title => raw.trim().clone_into(&mut draft.title),
            Self::Newcomer => raw.trim().clone_into(&mut draft.newcomer),
            Self::Amount => {
                draft.amount = typed::amount(raw, &Currency::euro(), session.reference())?;
            }
            Self::Signed => draft.signed = typed::day(raw)?,
            Self::End => draft.end = typed::day(raw)?,
        }
        Ok(())
    }
}

impl Begin {
    /// An empty form.
    #[must_use]
    pub fn new(how: How) -> Self {
        Self {
            how,
            draft: Draft {
                title: String::new(),
                kind: ConventionKind::Cooperation,
                partners: Vec::new(),
                newcomer: String::new(),
                object: String::new(),
                amount: None,
                signed: None,
                end: None,
            },
            form: Form::default(),
            object: Area::new(""),
            fault: None,
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        self.fault = None;
        match message {
            Message::Typed(field, typing) => {
                let heard = self.form.hear(
                    field,
                    typing,
                    &self.draft,
                    |draft| field.say(draft, session),
                    |draft, raw| field.set(draft, raw, session),
                );
                if let Heard::Becomes(draft) = heard {
                    self.draft = draft;
                }
                Vec::new()
            }
            Message::Object(action) => {
                if let Some(said) = self.object.hear(action) {
                    said.trim().clone_into(&mut self.draft.object);
                }
                Vec::new()
            }
            Message::Kind(kind) => {
                self.draft.kind = kind;
                Vec::new()
            }
            Message::Partner(partner) => {
                self.draft.partners.push(partner);
                Vec::new()
            }
            Message::Without(partner) => {
                self.draft.partners.retain(|it| *it != partner);
                Vec::new()
            }
            Message::Begin => self.begin(session),
            Message::Close => vec![Action::Back],
        }
    }

    fn begin(&mut self, session: &Session) -> Vec<Action<Message>> {
        let draft = &self.draft;
        let (fault, place) = if draft.title.is_empty() {
            ("Donnez un titre à la convention.", TITLE)
        } else if draft.partners.is_empty() && draft.newcomer.is_empty() {
            (
                "Choisissez au moins un partenaire, ou donnez son nom.",
                PARTNER,
            )
        } else if self.how == How::TakenOver && draft.signed.is_none() {
            ("Donnez la date de la signature.", SIGNED)
        } else if self.form.faults() > 0 {
            ("Corrigez d’abord ce qui est signalé.", TITLE)
        } else {
            let (convention, newcomer) = self.made(session);
            let id = convention.id;
            let label = match self.how {
                How::Written => format!("Créer «\u{a0}{}\u{a0}»", convention.title),
                How::TakenOver => format!("Reprendre «\u{a0}{}\u{a0}»", convention.title),
            };
            let mut change = Change::create(label, Record::Convention(convention));
            if let Some(partner) = newcomer {
                change.edits.push(Edit {
                    record: RecordId {
                        kind: Kind::Partner,
                        id: partner.id,
                    },
                    before: None,
                    after: Some(std::sync::Arc::new(Record::Partner(partner))),
                });
            }
            let told = match self.how {
                How::Written => "La convention est créée\u{a0}: complétez ses articles.",
                How::TakenOver => {
                    "La convention est reprise\u{a0}: ses échéances sont suivies, son texte reste celui qui a été signé."
                }
            };
            return vec![
                Action::Edit(change),
                Action::Go(Route::Convention(id)),
                Action::Notify(Notice::calm(told)),
            ];
        };
        self.fault = Some(fault);
        vec![Action::Focus(Id::new(place))]
    }

    /// The convention, and the partner that comes with it where that one was not there yet.
    fn made(&self, session: &Session) -> (Convention, Option<Partner>) {
        let draft = &self.draft;
        let mut convention = Convention::new(session.fresh_id(), draft.kind, draft.title.clone());
        convention.end = draft.end;

        let mut add = |partner| {
            let party = party_of(partner, &convention, session);
            convention.parties.extend(party);
        };
        add(None);
        draft
            .partners
            .iter()
            .for_each(|partner| add(Some(*partner)));
        let newcomer = (!draft.newcomer.is_empty()).then(|| {
            let nature = if draft.kind.is_grant() {
                Nature::Association
            } else {
                Nature::ForeignAuthority
            };
            Partner::new(session.fresh_id(), nature, Name::new(&draft.newcomer))
        });
        if let Some(partner) = &newcomer {
            convention.parties.push(model::Party {
                id: session.fresh_id(),
                key: partner.suggested_key(),
                partner: Some(partner.id),
                signatory: None,
                capacity: None,
                decided_by: None,
                passes_on: false,
            });
        }

        match self.how {
            How::Written => convention.articles = skeleton(draft.kind, session),
            How::TakenOver => {
                convention.start = draft.signed;
                convention.acts = convention
                    .parties
                    .iter()
                    .map(|party| signature(&party.key, draft.signed, session))
                    .collect();
                convention.taken_over = Some(TakenOver {
                    object: draft.object.clone(),
                    amount: draft.amount,
                    currency: draft.amount.map(|_| Currency::euro()),
                    signatories: Vec::new(),
                });
            }
        }
        (convention, newcomer)
    }

    /// The page.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let (title, words, act) = match self.how {
            How::Written => (
                "Nouvelle convention",
                "Son genre décide des articles par lesquels elle commence. Tout se change ensuite.",
                "Créer la convention",
            ),
            How::TakenOver => (
                "Reprendre une convention signée",
                "Ce que dit le papier, en quelques champs\u{a0}: ses échéances et ses montants seront suivis, son texte ne \
                 sera pas réécrit.",
                "Reprendre la convention",
            ),
        };
        let mut content = column![
            text(title).size(24).font(STRONG),
            text(words).size(15).color(palette.muted),
            container(columns(640.0, self.cells(session, palette)))
                .padding(16)
                .style(move |_| palette.card()),
        ]
        .spacing(14);
        if let Some(fault) = self.fault {
            content = content.push(text(format!("▲ {fault}")).size(15).color(palette.grave));
        }
        let content = content.push(
            row![
                strong(act, palette).on_press(Message::Begin),
                quiet("Annuler", palette).on_press(Message::Close),
            ]
            .spacing(8),
        );
        pane(
            "begin",
            scroll(
                container(content.max_width(720)).padding([18, 24]),
                "begin.page",
                palette,
            ),
        )
        .width(Fill)
        .height(Fill)
        .into()
    }

    fn cells<'a>(&'a self, session: &'a Session, palette: Palette) -> Vec<Cell<'a, Message>> {
        let typed = |label, field: Field, id, example| -> Element<'a, Message> {
            entry(
                label,
                self.form.shown(field, field.say(&self.draft, session)),
                id,
                palette,
                move |typing| Message::Typed(field, typing),
            )
            .example(example)
            .on_submit(Message::Begin)
            .into()
        };
        let kinds = ConventionKind::ALL.map(|kind| (kind, kind.label().to_owned()));
        let mut cells = vec![
            Cell::Wide(typed(
                "Titre",
                Field::Title,
                TITLE,
                "Convention de coopération décentralisée Valmont – Aného",
            )),
            Cell::Half(labelled(
                "Genre",
                select(
                    kinds,
                    Some(&self.draft.kind),
                    "begin.kind",
                    palette,
                    Message::Kind,
                ),
                palette,
            )),
            Cell::Half(labelled(
                "Partenaires",
                self.partners(session, palette),
                palette,
            )),
            Cell::Half(typed(
                "Ou un partenaire qui n’est pas encore dans l’espace",
                Field::Newcomer,
                "begin.newcomer",
                "Commune d’Aného",
            )),
        ];
        match self.how {
            How::Written => cells.push(Cell::Half(typed(
                "Terme, s’il est connu",
                Field::End,
                "begin.end",
                "JJ/MM/AAAA",
            ))),
            How::TakenOver => {
                cells.push(Cell::Half(typed(
                    "Notre engagement, en euros",
                    Field::Amount,
                    "begin.amount",
                    "aucun",
                )));
                cells.push(Cell::Half(typed(
                    "Signée le",
                    Field::Signed,
                    SIGNED,
                    "JJ/MM/AAAA",
                )));
                cells.push(Cell::Half(typed(
                    "Terme, s’il y en a un",
                    Field::End,
                    "begin.end",
                    "JJ/MM/AAAA",
                )));
                cells.push(Cell::Wide(area(
                    "Objet, en une phrase ou deux",
                    &self.object,
                    "begin.object",
                    70.0,
                    palette,
                    Message::Object,
                )));
            }
        }
        cells
    }

    fn partners<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let name = |id| {
            session
                .records()
                .partner(id)
                .map(|partner| &partner.name.text)
        };
        let chosen = self.draft.partners.iter().filter_map(|id| {
            let line = row![
                text(name(*id)?).size(15).width(Fill),
                quiet("Retirer", palette).on_press(Message::Without(*id)),
            ]
            .align_y(Center);
            Some(line.into())
        });
        let others = session
            .records()
            .partners_sorted()
            .filter(|partner| !self.draft.partners.contains(&partner.id))
            .map(|partner| (partner.id, partner.name.text.clone()));
        let empty = if self.draft.partners.is_empty() {
            "Choisir un partenaire…"
        } else {
            "Un autre encore…"
        };
        Column::with_children(chosen)
            .push(select(others, None, PARTNER, palette, Message::Partner).empty(empty))
            .spacing(4)
            .into()
    }
}

const PARTNER: &str = "begin.partner";
const SIGNED: &str = "begin.signed";

/// The articles that a kind cannot do without, to be written.
fn skeleton(kind: ConventionKind, session: &Session) -> Vec<Article> {
    const CHARTER: &[(&str, &str)] = &[
        (roles::OBJECT, "Objet"),
        (roles::ACTIONS, "Ce que nous ferons ensemble"),
        (roles::DURATION, "Durée"),
    ];
    const CONVENTION: &[(&str, &str)] = &[
        (roles::OBJECT, "Objet"),
        (roles::COMMITMENTS, "Engagements des parties"),
        (roles::FINANCES, "Dispositions financières"),
        (roles::STEERING, "Pilotage"),
        (roles::EVALUATION, "Compte rendu et évaluation"),
        (roles::DURATION, "Durée et entrée en vigueur"),
        (roles::MODIFICATION, "Modification"),
        (roles::TERMINATION, "Résiliation"),
        (roles::DISPUTES, "Différends"),
    ];
    let articles = if kind.is_charter() {
        CHARTER
    } else {
        CONVENTION
    };
    articles
        .iter()
        .map(|(role, title)| {
            let mut text = Text::new(Lang::french(), Vec::new());
            (*title).clone_into(&mut text.title);
            Article {
                id: session.fresh_id(),
                key: Key::new(role),
                role: Some((*role).to_owned()),
                texts: vec![text],
            }
        })
        .collect()
}

fn signature(party: &Key, date: Option<chrono::NaiveDate>, session: &Session) -> Act {
    Act {
        party: Some(party.clone()),
        date,
        ..Act::new(session.fresh_id(), ActKind::Signature)
    }
}
