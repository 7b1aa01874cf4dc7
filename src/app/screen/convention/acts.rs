//! The acts of a convention: recorded, completed, removed; the one that it waits for first.
//!
//! Recording one keeps the text as it was then, and the last signature seals it: in the same change, so that one undo
//! takes back both.

mod form;

use iced::widget::{Column, Id, Row, column, container, row, text};
use iced::{Center, Element, Fill, Padding};

pub use self::form::{ActForm, DATE, Field};

use self::form::{Deed, is_a_partys};
use super::{Convention, Front, Message as Above};
use crate::app::outside::Attached;
use crate::app::screen::conventions::next_words;
use crate::app::screen::pieces::{AskedMessage, Fetched, piece_of};
use crate::app::screen::{Action, Notice, all};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Heard, Typing, section};
use crate::app::widget::{button, quiet, select, tag};
use crate::model::{
    self, Act, ActKind, Currency, Key, LegalityReview, NextAct, Party, Piece, Recorded,
};

/// From this width on, what is done to an act stands beside it.
const BESIDE: f32 = 620.0;

/// The widths of what is done to an act, so that it stands under itself from one act to the next.
const PIECES: f32 = 76.0;
const EDIT: f32 = 74.0;

/// What happens to acts.
#[derive(Debug, Clone)]
pub enum Message {
    /// The act that is expected is recorded.
    Next,
    /// Another one is.
    New(ActKind),
    /// One of that kind is, of that party: the one that awaits its day, where there is one.
    Record(ActKind, Option<Key>),
    /// A party's signature is.
    Sign(Key),
    /// One is completed, or corrected.
    Edit(model::Id),
    /// One was recorded by mistake.
    Remove(model::Id),
    /// Something is typed in the form.
    Typed(Field, Typing),
    /// Its kind is another.
    Kind(ActKind),
    /// It is that party's, or nobody's.
    Party(Option<Key>),
    /// Its piece is asked for.
    Piece(AskedMessage),
    /// It is kept.
    Keep,
    /// Its piece is in the workspace, or not: it is kept with it.
    Fetched(Fetched),
    /// It is not, after all.
    Close,
}

/// What the button of the act that is expected says.
pub fn invitation(next: &NextAct, convention: &model::Convention, session: &Session) -> String {
    let of = next
        .party
        .as_ref()
        .and_then(|key| convention.party(key))
        .map(|party| format!(" {}", of_party(party, session)))
        // A long name would push the line of time out of sight.
        .filter(|of| of.chars().count() <= 30)
        .unwrap_or_default();
    match next.kind {
        ActKind::Review => "Envoyer en relecture…".to_owned(),
        ActKind::Vote => format!("Noter la délibération{of}…"),
        ActKind::DeliberationTransmission => format!("Noter la transmission{of}…"),
        ActKind::SupervisionAuthorisation => "Noter l’autorisation de tutelle…".to_owned(),
        ActKind::Signature => format!("Noter la signature{of}…"),
        ActKind::ConventionTransmission => "Noter la transmission…".to_owned(),
        ActKind::Notification => "Noter la notification…".to_owned(),
        ActKind::DocumentRequest => "Noter la demande de pièces…".to_owned(),
        ActKind::DelayEnd => "Noter la fin du délai…".to_owned(),
        ActKind::Committee => "Noter le comité…".to_owned(),
        ActKind::Report => "Noter le rapport…".to_owned(),
        ActKind::Payment => "Noter le versement…".to_owned(),
        ActKind::DataPublication => "Noter la publication…".to_owned(),
        ActKind::Suspension => "Noter la suspension…".to_owned(),
        ActKind::Resumption => "Noter la reprise…".to_owned(),
        ActKind::Amendment => "Noter l’avenant…".to_owned(),
        ActKind::End => "Noter la fin…".to_owned(),
        ActKind::Renewal => "Noter le renouvellement…".to_owned(),
        ActKind::Termination => "Noter la résiliation…".to_owned(),
        ActKind::Abandonment => "Noter l’abandon…".to_owned(),
    }
}

/// « d’Aného », « de Valmont ».
fn of_party(party: &Party, session: &Session) -> String {
    let (name, short) = match party.partner.map(|id| session.records().partner(id)) {
        None => {
            let ours = session.records().authority();
            (Some(&ours.name), ours.short_name.as_ref())
        }
        Some(partner) => (
            partner.map(|partner| &partner.name),
            partner.and_then(|partner| partner.short_name.as_ref()),
        ),
    };
    short.or(name).map_or_else(String::new, model::Name::of)
}

/// What a change of an act is about: « la signature d’Aného », « le comité de pilotage ».
fn named(act: &Act, convention: &model::Convention, session: &Session) -> String {
    let next = NextAct {
        kind: act.kind,
        party: act.party.clone(),
        due: None,
        planned: None,
    };
    next_words(&next, convention, session)
}

/// Where the keyboard records an act of any kind.
const ADD: &str = "acts.add";

impl Convention {
    /// Reads what happens to acts.
    pub(super) fn update_acts(
        &mut self,
        message: Message,
        session: &Session,
    ) -> Vec<Action<Above>> {
        let Some(convention) = session.records().convention(self.id) else {
            return Vec::new();
        };
        match message {
            // Ctrl+K leads here too: what is being typed of one stays.
            Message::Next if matches!(self.front, Some(Front::Act(_))) => {
                vec![Action::Focus(Id::new(DATE))]
            }
            Message::Next => {
                let Some(next) = session.next_act(convention) else {
                    return Vec::new();
                };
                let planned = next
                    .planned
                    .and_then(|id| convention.acts.iter().find(|act| act.id == id));
                match planned {
                    Some(act) => self.open_act(act.clone(), true),
                    None => self.open_act(begun(next.kind, next.party, convention, session), false),
                }
            }
            Message::New(kind) => {
                let party = is_a_partys(kind).then(|| {
                    let waits = |party: &&Party| convention.done_by(kind, &party.key).is_none();
                    let party = convention.parties.iter().find(waits);
                    party.map(|party| party.key.clone())
                });
                let act = begun(kind, party.flatten(), convention, session);
                self.open_act(act, false)
            }
            Message::Record(kind, party) => {
                let awaited = convention
                    .acts
                    .iter()
                    .find(|act| act.kind == kind && act.date.is_none() && act.party == party);
                match awaited {
                    Some(act) => self.open_act(act.clone(), true),
                    None => self.open_act(begun(kind, party, convention, session), false),
                }
            }
            Message::Sign(party) => {
                let act = begun(ActKind::Signature, Some(party), convention, session);
                self.open_act(act, false)
            }
            Message::Edit(id) => match convention.acts.iter().find(|act| act.id == id) {
                Some(act) => {
                    let act = act.clone();
                    self.open_act(act, true)
                }
                None => Vec::new(),
            },
            Message::Remove(id) => {
                let Some(act) = convention.acts.iter().find(|act| act.id == id) else {
                    return Vec::new();
                };
                let label = format!(
                    "Retirer l’acte «\u{a0}{}\u{a0}»",
                    named(act, convention, session)
                );
                let mut actions = self.edit(session, label.clone(), |after| {
                    after.acts.retain(|act| act.id != id);
                });
                let told = format!("{label}\u{a0}: c’est fait.");
                actions.push(Action::Notify(Notice::calm(told).undoable()));
                actions.push(Action::Focus(Id::new(ADD)));
                actions
            }
            Message::Typed(field, typing) => {
                if let Some(Front::Act(form)) = &mut self.front {
                    form.fault = None;
                    let heard = form.form.hear(
                        field,
                        typing,
                        &form.act,
                        |act| field.say(act),
                        |act, raw| field.set(act, raw),
                    );
                    if let Heard::Becomes(act) = heard {
                        form.act = act;
                    }
                }
                Vec::new()
            }
            Message::Kind(kind) => {
                if let Some(Front::Act(form)) = &mut self.front {
                    form.act.kind = kind;
                }
                Vec::new()
            }
            Message::Party(party) => {
                if let Some(Front::Act(form)) = &mut self.front {
                    form.act.party = party;
                }
                Vec::new()
            }
            Message::Piece(message) => match &mut self.front {
                Some(Front::Act(form)) => all(form.piece.update(message, session), |message| {
                    Above::Acts(Message::Piece(message))
                }),
                _ => Vec::new(),
            },
            Message::Keep => self.keep_act(None, session),
            Message::Fetched(fetched) => match &mut self.front {
                Some(Front::Act(form)) => match form.piece.arrived(fetched) {
                    Ok(file) => self.keep_act(Some(file), session),
                    Err(otherwise) => otherwise,
                },
                // The form was left meanwhile.
                _ => Vec::new(),
            },
            Message::Close => {
                self.front = None;
                Vec::new()
            }
        }
    }

    fn open_act(&mut self, act: Act, is_kept: bool) -> Vec<Action<Above>> {
        self.front = Some(Front::Act(Box::new(ActForm::of(act, is_kept))));
        vec![Action::Focus(Id::new(DATE))]
    }

    /// Keeps the form, its act recorded with its piece: the file that was fetched, else the one that is asked for, once
    /// it is.
    fn keep_act(&mut self, fetched: Option<Attached>, session: &Session) -> Vec<Action<Above>> {
        let Some(Front::Act(form)) = &mut self.front else {
            return Vec::new();
        };
        if form.piece.is_coming() {
            return Vec::new();
        }
        form.fault = form.missing();
        if form.fault.is_some() {
            let faulty = form.form.first_fault().map_or(DATE, Field::id);
            return vec![Action::Focus(Id::new(faulty))];
        }
        let on = |fetched| Above::Acts(Message::Fetched(fetched));
        if fetched.is_none()
            && let Some(fetch) = form.piece.fetch(session, on)
        {
            return vec![Action::Run(fetch)];
        }
        let (deed, act) = (form.deed(), form.act.clone());
        self.front = None;
        self.record_act(deed, act, fetched, session)
    }

    /// Records that act, the file that came with it one of its pieces.
    fn record_act(
        &self,
        deed: Deed,
        mut act: Act,
        fetched: Option<Attached>,
        session: &Session,
    ) -> Vec<Action<Above>> {
        let Some(convention) = session.records().convention(self.id) else {
            return Vec::new();
        };
        // It may have been given other pieces since its form opened.
        if let Some(now) = convention.acts.iter().find(|it| it.id == act.id) {
            act.pieces.clone_from(&now.pieces);
        }
        let is_new = |file: &Attached| act.pieces.iter().all(|it| it.sha256 != file.sha256);
        if let Some(file) = fetched.filter(is_new) {
            act.pieces.push(Piece {
                date: act.date,
                ..piece_of(file, session)
            });
        }
        let what = match deed {
            Deed::Note => "Noter l’acte",
            Deed::Plan => "Prévoir l’acte",
            Deed::Correct => "Modifier l’acte",
        };
        let named_act = named(&act, convention, session);
        let label = format!("{what} «\u{a0}{named_act}\u{a0}»");
        let recorded = session.with_ids(|ids| {
            let said = (label, named_act);
            model::record_act(self.id, act, said, session.records(), ids, session.at())
        });
        let Some(Recorded { change, seals }) = recorded else {
            return Vec::new();
        };
        let mut actions = vec![Action::Edit(change)];
        if seals {
            let told = "Toutes les parties ont signé\u{a0}: le texte est scellé. Un avenant peut le modifier.";
            actions.push(Action::Notify(Notice::calm(told).undoable()));
        }
        actions
    }

    /// The acts, with what is done to them: beside each where there is room, else under it.
    pub(super) fn acts<'a>(
        &'a self,
        convention: &'a model::Convention,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let locked = session.is_read_only();
        let mut acts: Vec<&Act> = convention.acts.iter().collect();
        // What is still to come is first, the soonest first; then what happened, the latest first.
        acts.sort_by_key(|act| match act.date {
            None => (0, act.due.map_or(i64::MAX, days), 0),
            Some(date) => (1, 0, -days(date)),
        });
        let (done, ahead) = acts
            .into_iter()
            .partition::<Vec<_>, _>(|act| act.date.is_some());
        let both = !done.is_empty() && !ahead.is_empty();
        let line = |act: &'a Act| {
            let open = self.pieces.item() == Some(act.id);
            let mut deeds = Row::new().spacing(4).align_y(Center);
            let pieces = match act.pieces.len() {
                0 => "Pièces".to_owned(),
                count => format!("Pièces {count}"),
            };
            let unfold = Above::PiecesOf((!open).then_some(act.id));
            let pieces = quiet(pieces, palette).on_press(unfold);
            deeds = deeds.push(container(pieces).width(PIECES));
            if !locked {
                let edit = if act.date.is_none() {
                    "Noter"
                } else {
                    "Modifier"
                };
                let edit = quiet(edit, palette).on_press(Above::Acts(Message::Edit(act.id)));
                deeds = deeds
                    .push(container(edit).width(EDIT))
                    .push(quiet("Retirer", palette).on_press(Above::Acts(Message::Remove(act.id))));
            }
            let words = act_words(act, convention, session, palette);
            let line: Element<'_, Above> = if width >= BESIDE {
                row![words, deeds].spacing(4).align_y(Center).into()
            } else {
                column![words, container(deeds).align_right(Fill)].into()
            };
            if !open {
                return line;
            }
            let pieces = self.pieces.view(session, palette).map(Above::Pieces);
            column![line, container(pieces).padding(Padding::ZERO.left(152))]
                .spacing(6)
                .into()
        };
        let heading = |words| both.then(|| text(words).size(14).color(palette.muted));
        let mut content = Column::new()
            .push(heading("À venir"))
            .extend(ahead.into_iter().map(&line))
            .push(heading("Passés"))
            .extend(done.into_iter().map(&line))
            .spacing(6);
        if convention.acts.is_empty() {
            content = content.push(
                text("Rien n’est noté encore. Une convention avance par ses actes\u{a0}: relecture, délibération, signature…")
                    .size(15)
                    .color(palette.muted),
            );
        }
        if !locked {
            let kinds = ActKind::ALL.map(|kind| (kind, kind.label().to_owned()));
            let add = select(kinds, None, ADD, palette, |kind| {
                Above::Acts(Message::New(kind))
            })
            .empty("Noter un autre acte…");
            content = content.push(container(add).width(300));
        }
        let next = session
            .next_act(convention)
            .filter(|_| !locked)
            .map(|next| {
                button(invitation(&next, convention, session), palette)
                    .on_press(Above::Acts(Message::Next))
            });
        section("Vie de la convention", next, content, palette)
    }
}

/// A new act, with what is known of it beforehand.
fn begun(
    kind: ActKind,
    party: Option<Key>,
    convention: &model::Convention,
    session: &Session,
) -> Act {
    let whose = party.as_ref().and_then(|key| convention.party(key));
    let ours = whose.is_none_or(|party| party.partner.is_none());
    let delay = match convention.legality_review() {
        Some(LegalityReview::Runs { until }) if kind == ActKind::DelayEnd => Some(until),
        _ => None,
    };
    let is_over = delay.is_some_and(|until| until < session.today());
    Act {
        date: match kind {
            ActKind::Review => Some(session.today()),
            _ => delay.filter(|_| is_over),
        },
        due: delay.filter(|_| !is_over),
        place: (kind == ActKind::Signature && ours)
            .then(|| session.records().authority().town.clone())
            .flatten(),
        body: whose
            .filter(|_| kind == ActKind::Vote)
            .and_then(|party| party.decided_by.clone()),
        party,
        ..Act::new(session.fresh_id(), kind)
    }
}

/// « 12/01/2027  Signature · Aného · à Aného · n° 12 ».
fn act_words<'a>(
    act: &'a Act,
    convention: &'a model::Convention,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Above> {
    let date = match (act.date, act.due) {
        (Some(date), _) => french::day(date),
        (None, Some(due)) => format!("avant le {}", french::day(due)),
        (None, None) => "date à fixer".to_owned(),
    };
    let mut words = named(act, convention, session);
    let mut say = |before: &str, value: &Option<String>| {
        if let Some(value) = value {
            words.push_str(&format!(" · {before}{value}"));
        }
    };
    say("n°\u{a0}", &act.number);
    say("", &act.body);
    say("à\u{a0}", &act.place);
    say("reçu\u{a0}", &act.receipt);
    if let Some(day) = act.published {
        say("publiée le ", &Some(french::day(day)));
    }
    if let Some(amount) = act.amount {
        let amount = french::amount(amount, &Currency::euro(), session.reference());
        say("", &Some(amount));
    }
    say("", &act.note);

    let mut line = row![
        text(date).size(15).color(palette.muted).width(140),
        text(words).size(15).width(Fill),
    ]
    .spacing(12)
    .align_y(Center);
    if act.is_late(session.today()) {
        line = line.push(tag("en retard", palette.wary, palette.wary_soft, palette));
    }
    line.into()
}

fn days(date: chrono::NaiveDate) -> i64 {
    use chrono::Datelike;
    i64::from(date.num_days_from_ce())
}
