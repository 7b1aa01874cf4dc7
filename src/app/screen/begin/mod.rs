//! A convention that is taken over as it was signed elsewhere: six fields and a file. What it is called, of what kind,
//! with whom, when it was signed and ends, what we committed, its scan; its object under « Compléter ».

mod view;

use std::path::PathBuf;

use iced::Element;
use iced::widget::Id;
use iced::widget::text_editor;
use serde::{Deserialize, Serialize};

use super::convention::party_of;
use super::{Action, Notice, Screen, all};
use crate::app::outside::Attached;
use crate::app::route::Route;
use crate::app::screen::pieces::{AskedFile, AskedMessage, AskedPlace, Fetched, piece_of};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Area, Form, Heard, Typing, typed};
use crate::model::{
    self, Act, ActKind, Amount, Change, Convention, ConventionKind, Currency, Key, Kind, Name,
    Nature, Partner, Piece, Record, TakenOver, quoted,
};

/// Where the keyboard begins.
pub const TITLE: &str = "begin.title";

/// How it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It is to be written.
    Written,
    /// It is to be written, with that partner.
    With(model::Id),
    /// It was signed elsewhere.
    TakenOver,
}

/// The form.
pub struct Begin {
    draft: Draft,
    form: Form<Field>,
    object: Area,
    fault: Option<String>,
    /// Whether the name of a partner is asked for that is not there yet.
    newcomer: bool,
    /// Whether what is beyond the six fields is in sight.
    more: bool,
    /// The scan of what was signed.
    scan: AskedFile,
    /// Whether it is taken over, or is not to be: until then, what was typed waits for whoever comes back.
    done: bool,
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
    /// What we committed, in the money in which it was told.
    commitment: Option<(Amount, Currency)>,
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
    /// One that is not there yet.
    Newcomer,
    /// What is beyond the six fields, shown or not.
    More,
    /// The scan is asked for.
    Scan(AskedMessage),
    /// It is in the workspace, or not.
    Kept(Fetched),
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
            Self::Amount => typed::say_money(draft.commitment.as_ref(), session.reference()),
            Self::Signed => typed::say_day(draft.signed),
            Self::End => typed::say_day(draft.end),
        }
    }

    fn set(self, draft: &mut Draft, raw: &str, session: &Session) -> Result<(), String> {
        match self {
            Self::Title => raw.trim().clone_into(&mut draft.title),
            Self::Newcomer => raw.trim().clone_into(&mut draft.newcomer),
            Self::Amount => draft.commitment = typed::money(raw, session.reference())?,
            Self::Signed => draft.signed = typed::day(raw)?,
            Self::End => draft.end = typed::day(raw)?,
        }
        Ok(())
    }
}

impl Default for Begin {
    /// An empty form.
    fn default() -> Self {
        Self {
            draft: Draft {
                title: String::new(),
                kind: ConventionKind::Cooperation,
                partners: Vec::new(),
                newcomer: String::new(),
                object: String::new(),
                commitment: None,
                signed: None,
                end: None,
            },
            form: Form::default(),
            object: Area::new(""),
            fault: None,
            newcomer: false,
            more: false,
            scan: AskedFile::new(SCAN),
            done: false,
        }
    }
}

impl Screen for Begin {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "begin"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
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
                vec![Action::Focus(Id::new(PARTNER))]
            }
            Message::Without(partner) => {
                self.draft.partners.retain(|it| *it != partner);
                vec![Action::Focus(Id::new(PARTNER))]
            }
            Message::Newcomer => {
                self.newcomer = true;
                vec![Action::Focus(Id::new(NEWCOMER))]
            }
            Message::More => {
                self.more = !self.more;
                Vec::new()
            }
            Message::Scan(message) => all(self.scan.update(message, session), Message::Scan),
            Message::Kept(kept) => match self.scan.arrived(kept) {
                Ok(attached) => self.create(Some(attached), session),
                Err(otherwise) => otherwise,
            },
            Message::Begin => self.begin(session),
            Message::Close => {
                self.scan.forget();
                self.done = true;
                vec![Action::Back]
            }
        }
    }

    /// It is the scan.
    fn dropped(&mut self, file: PathBuf, _: &Session) -> Option<Vec<Action<Message>>> {
        self.scan.choose(&file);
        Some(vec![self.scan.focus()])
    }

    /// Back to where one was.
    fn escape(&mut self, _: &Session) -> Option<Vec<Action<Message>>> {
        self.scan.forget();
        let told = "La convention n’est pas reprise\u{a0}: «\u{a0}Reprendre…\u{a0}» rend ce que vous avez saisi.";
        Some(vec![Action::Back, Action::Notify(Notice::calm(told))])
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(session, palette)
    }
}

impl Begin {
    /// Whether it is taken over, or is not to be.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// Whether the name of a partner that is not there yet can be typed: it was asked for, or there is none to choose.
    fn asks_for_a_name(&self, session: &Session) -> bool {
        self.newcomer || session.records().count(Kind::Partner) == 0
    }

    /// Says what is missing, at the field where it is.
    fn refuse(&mut self, fault: impl Into<String>, place: &'static str) -> Vec<Action<Message>> {
        self.fault = Some(fault.into());
        vec![Action::Focus(Id::new(place))]
    }

    fn begin(&mut self, session: &Session) -> Vec<Action<Message>> {
        let draft = &self.draft;
        if self.scan.is_coming() {
            return Vec::new();
        }
        if draft.title.is_empty() {
            return self.refuse("Donnez un titre à la convention.", TITLE);
        }
        if draft.partners.is_empty() && draft.newcomer.is_empty() {
            let place = if self.asks_for_a_name(session) {
                NEWCOMER
            } else {
                PARTNER
            };
            return self.refuse(
                "Choisissez au moins un partenaire, ou donnez son nom.",
                place,
            );
        }
        if draft.signed.is_none() {
            return self.refuse("Donnez la date de la signature.", SIGNED);
        }
        if self.form.faults() > 0 {
            return self.refuse("Corrigez d’abord ce qui est signalé.", TITLE);
        }
        match self.scan.fetch(session, Message::Kept) {
            Some(fetch) => vec![Action::Run(fetch)],
            None => self.create(None, session),
        }
    }

    fn create(&mut self, scan: Option<Attached>, session: &Session) -> Vec<Action<Message>> {
        self.done = true;
        let (mut convention, newcomer) = self.made(session);
        convention.pieces.extend(scan.map(|scan| Piece {
            title: "Convention signée".to_owned(),
            kind: Some("convention signée".to_owned()),
            date: self.draft.signed,
            ..piece_of(scan, session)
        }));
        let id = convention.id;
        let told = "La convention est reprise\u{a0}: ses échéances sont suivies, son texte reste celui qui a été signé.";
        let label = format!("Reprendre {}", quoted(&convention.title));
        let mut change = Change::create(label, Record::Convention(convention));
        if let Some(partner) = newcomer {
            let partner = Change::create("", Record::Partner(partner));
            change.edits.extend(partner.edits);
        }
        vec![
            Action::Edit(change),
            Action::Go(Route::Convention(id)),
            Action::Notify(Notice::calm(told)),
        ]
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

        convention.start = draft.signed;
        convention.acts = convention
            .parties
            .iter()
            .map(|party| signature(&party.key, draft.signed, session))
            .collect();
        convention.taken_over = Some(TakenOver {
            object: draft.object.clone(),
            amount: draft.commitment.as_ref().map(|(amount, _)| *amount),
            currency: draft
                .commitment
                .as_ref()
                .map(|(_, currency)| currency.clone()),
            signatories: Vec::new(),
        });
        (convention, newcomer)
    }
}

const NEWCOMER: &str = "begin.newcomer";
const PARTNER: &str = "begin.partner";
const SIGNED: &str = "begin.signed";

/// Where the keyboard types the path of the scan.
pub const FILE: &str = "begin.file";

const SCAN: AskedPlace = AskedPlace {
    label: "La convention signée",
    example: "chemin du fichier numérisé, ou déposez-le ici",
    id: FILE,
};

fn signature(party: &Key, date: Option<chrono::NaiveDate>, session: &Session) -> Act {
    Act {
        party: Some(party.clone()),
        date,
        ..Act::new(session.fresh_id(), ActKind::Signature)
    }
}
