//! The form of an act: what is asked of one of its kind, shown, read and written.

use std::path::Path;

use iced::widget::{column, text};

use super::Message;
use crate::app::screen::Action;
use crate::app::screen::pieces::{AskedFile, AskedPlace};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, Form, Shown, columns, entry, labelled, typed};
use crate::app::widget::{Dialog, quiet, select, strong};
use crate::model::{self, Act, ActKind, Currency};
use crate::reference::Reference;

/// Where the keyboard begins in the form of an act.
pub const DATE: &str = "act.date";

/// Where the keyboard types the path of its piece.
pub const FILE: &str = "act.file";

const PIECE: AskedPlace = AskedPlace {
    label: "Sa pièce, s’il y en a une",
    example: "chemin du fichier, ou déposez-le ici",
    id: FILE,
};

/// An act being recorded or completed.
#[derive(Debug, Clone)]
pub struct ActForm {
    pub(super) act: Act,
    /// As it is kept; nothing when it is new.
    pub(super) kept: Option<Act>,
    pub(super) form: Form<Field>,
    /// Why it is not kept, and the entry that it is about.
    pub(super) fault: Option<(Option<Field>, String)>,
    /// Whether it awaited its day when it was opened: by when it is due is asked for, and goes on being.
    pub(super) asks_due: bool,
    /// The file that becomes one more of its pieces.
    pub(super) piece: AskedFile,
}

/// A field of an act that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The day on which it happened.
    Date,
    /// The day by which it is due.
    Due,
    /// The place.
    Place,
    /// The body that decided.
    Body,
    /// The number.
    Number,
    /// The receipt.
    Receipt,
    /// The day on which what is transmitted was made public.
    Published,
    /// The sum.
    Amount,
    /// Why, or what came of it.
    Note,
}

/// Kinds that are one party's act.
pub(super) const fn is_a_partys(kind: ActKind) -> bool {
    matches!(
        kind,
        ActKind::Vote
            | ActKind::DeliberationTransmission
            | ActKind::SupervisionAuthorisation
            | ActKind::Signature
    )
}

/// What is asked of an act of that kind, beside its days and its note. The receipt of a vote is that of its
/// transmission, an act of its own.
const fn asked(kind: ActKind) -> &'static [Field] {
    match kind {
        ActKind::Vote => &[Field::Number, Field::Body],
        ActKind::Signature | ActKind::Committee => &[Field::Place, Field::Number, Field::Receipt],
        ActKind::Payment => &[Field::Amount, Field::Number, Field::Receipt],
        ActKind::DeliberationTransmission | ActKind::ConventionTransmission => {
            &[Field::Number, Field::Receipt, Field::Published]
        }
        ActKind::SupervisionAuthorisation
        | ActKind::Notification
        | ActKind::DocumentRequest
        | ActKind::DelayEnd
        | ActKind::Review
        | ActKind::Report
        | ActKind::DataPublication
        | ActKind::Suspension
        | ActKind::Resumption
        | ActKind::Amendment
        | ActKind::End
        | ActKind::Renewal
        | ActKind::Termination
        | ActKind::Abandonment => &[Field::Number, Field::Receipt],
    }
}

impl Field {
    const fn label(self, kind: ActKind) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Due => "À faire avant le",
            Self::Place => "Lieu",
            Self::Body => "Organe, si ce n’est pas l’assemblée",
            Self::Number => match kind {
                ActKind::Vote => "Numéro de la délibération",
                ActKind::Signature => "Numéro de la convention",
                ActKind::Committee => "Numéro du relevé de décisions",
                ActKind::Payment => "Numéro du mandat",
                _ => "Numéro",
            },
            Self::Receipt => match kind {
                ActKind::Signature => "Accusé de réception de l’exemplaire",
                ActKind::Committee => "Accusé de réception du relevé",
                ActKind::Payment => "Reçu du bénéficiaire",
                _ => "Accusé de réception",
            },
            Self::Published => match kind {
                ActKind::DeliberationTransmission => "Délibération publiée le",
                _ => "Convention publiée le",
            },
            Self::Amount => "Montant, en euros",
            Self::Note => match kind {
                ActKind::Suspension | ActKind::Termination | ActKind::Abandonment => "Motif",
                _ => "Remarque",
            },
        }
    }

    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Date => DATE,
            Self::Due => "act.due",
            Self::Place => "act.place",
            Self::Body => "act.body",
            Self::Number => "act.number",
            Self::Receipt => "act.receipt",
            Self::Published => "act.published",
            Self::Amount => "act.amount",
            Self::Note => "act.note",
        }
    }

    pub(super) fn say(self, act: &Act) -> String {
        let words = |words: &Option<String>| words.clone().unwrap_or_default();
        match self {
            Self::Date => typed::say_day(act.date),
            Self::Due => typed::say_day(act.due),
            Self::Place => words(&act.place),
            Self::Body => words(&act.body),
            Self::Number => words(&act.number),
            Self::Receipt => words(&act.receipt),
            Self::Published => typed::say_day(act.published),
            Self::Amount => typed::say_amount(act.amount, &Currency::euro(), Reference::shipped()),
            Self::Note => words(&act.note),
        }
    }

    pub(super) fn set(self, act: &mut Act, raw: &str) -> Result<(), String> {
        match self {
            Self::Date => act.date = typed::day(raw)?,
            Self::Due => act.due = typed::day(raw)?,
            Self::Place => act.place = typed::optional(raw),
            Self::Body => act.body = typed::optional(raw),
            Self::Number => act.number = typed::optional(raw),
            Self::Receipt => act.receipt = typed::optional(raw),
            Self::Published => act.published = typed::day(raw)?,
            Self::Amount => {
                act.amount = typed::amount(raw, &Currency::euro(), Reference::shipped())?;
            }
            Self::Note => act.note = typed::optional(raw),
        }
        Ok(())
    }
}

/// What keeping the form does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// The act happened.
    Note,
    /// It is to happen.
    Plan,
    /// What was kept of it is corrected.
    Correct,
}

impl ActForm {
    /// The form of that act, which is kept already or is new.
    pub(super) fn of(act: Act, is_kept: bool) -> Self {
        Self {
            kept: is_kept.then(|| act.clone()),
            form: Form::default(),
            fault: None,
            asks_due: act.date.is_none(),
            piece: AskedFile::new(AskedPlace {
                label: match act.pieces.is_empty() {
                    true => PIECE.label,
                    false => "Une autre pièce, s’il y en a une",
                },
                ..PIECE
            }),
            act,
        }
    }

    /// A file was dropped on the window: it is its piece.
    pub fn dropped<M>(&mut self, file: &Path) -> Action<M> {
        self.piece.choose(file);
        self.piece.focus()
    }

    /// What keeping it does.
    pub(super) fn deed(&self) -> Deed {
        match (&self.kept, self.act.date) {
            (None, None) if self.act.due.is_some() => Deed::Plan,
            (None, _) => Deed::Note,
            (Some(kept), None) if *kept != self.act || self.piece.is_asked() => Deed::Correct,
            (Some(kept), _) if kept.date.is_none() => Deed::Note,
            (Some(_), _) => Deed::Correct,
        }
    }

    /// Why it cannot be kept as it is, and the entry that this is about.
    pub(super) fn missing(&self) -> Option<(Option<Field>, String)> {
        let act = &self.act;
        let fault = |field, words: &str| Some((field, words.to_owned()));
        if self.form.faults() > 0 {
            return fault(None, "Corrigez d’abord ce qui est signalé.");
        }
        if is_a_partys(act.kind) && act.party.is_none() {
            return fault(None, "Dites de quelle partie est cet acte.");
        }
        match act.date {
            Some(_) => None,
            // Awaited it is already: nothing would be noted.
            None if act.due.is_some() && self.deed() == Deed::Note => {
                fault(Some(Field::Date), "Indiquez le jour où il a eu lieu.")
            }
            None if act.due.is_none() => fault(
                Some(Field::Date),
                "Indiquez ce jour, ou celui avant lequel il est à faire.",
            ),
            None => None,
        }
    }

    /// What an entry shows: what is missing in it, too.
    fn shown(&self, field: Field) -> Shown<'_> {
        let shown = self.form.shown(field, field.say(&self.act));
        let missing = self.fault.as_ref().filter(|(at, _)| *at == Some(field));
        Shown {
            fault: shown.fault.or(missing.map(|(_, words)| words.as_str())),
            ..shown
        }
    }

    /// The form, in front of the page.
    pub fn dialog<'a>(
        &'a self,
        convention: &'a model::Convention,
        session: &'a Session,
        palette: Palette,
    ) -> Dialog<'a, Message> {
        let kind = self.act.kind;
        let field = |field: Field| {
            let entry = entry(
                field.label(kind),
                self.shown(field),
                field.id(),
                palette,
                move |typing| Message::Typed(field, typing),
            )
            .on_submit(Message::Keep);
            match field {
                Field::Date | Field::Due | Field::Published => entry.example("JJ/MM/AAAA"),
                _ => entry,
            }
        };
        let mut cells = vec![Cell::Half(labelled(
            "Acte",
            select(
                ActKind::ALL.map(|kind| (kind, kind.label().to_owned())),
                Some(&kind),
                "act.kind",
                palette,
                Message::Kind,
            ),
            palette,
        ))];
        if is_a_partys(kind) || self.act.party.is_some() {
            let parties = convention.parties.iter().map(|party| {
                (
                    Some(party.key.clone()),
                    session.party_name(party).to_owned(),
                )
            });
            let chosen = self.act.party.is_some().then_some(&self.act.party);
            cells.push(Cell::Half(labelled(
                "De quelle partie",
                select(parties, chosen, "act.party", palette, Message::Party),
                palette,
            )));
        }
        cells.push(Cell::Half(field(Field::Date).into()));
        if self.asks_due {
            cells.push(Cell::Half(field(Field::Due).into()));
        }
        cells.extend(asked(kind).iter().map(|it| Cell::Half(field(*it).into())));
        cells.push(Cell::Wide(field(Field::Note).into()));
        cells.push(Cell::Wide(self.piece.view(
            Message::Keep,
            palette,
            Message::Piece,
        )));

        let mut content = column![columns(620.0, cells)].spacing(12);
        if kind == ActKind::DeliberationTransmission {
            content = content.push(
                text("Une délibération est exécutoire une fois transmise et publiée\u{a0}: signer après l’une et l’autre.")
                    .size(14)
                    .color(palette.muted),
            );
        }
        if self.act.date.is_some_and(|date| date > session.today()) {
            content = content.push(
                text("◆ Cette date est à venir\u{a0}: un acte qui n’a pas encore eu lieu se note par le jour avant lequel il est à faire.")
                    .size(15)
                    .color(palette.wary),
            );
        }
        if session.records().is_sealed_by(convention.id, &self.act) {
            content = content.push(
                text("C’est la dernière signature\u{a0}: le texte sera scellé tel qu’il est aujourd’hui.")
                    .size(15)
                    .color(palette.wary),
            );
        }
        if let Some((None, fault)) = &self.fault {
            content = content.push(text(format!("▲ {fault}")).size(15).color(palette.grave));
        }
        let keep = match self.deed() {
            Deed::Note => "Noter l’acte",
            Deed::Plan => "Prévoir l’acte",
            Deed::Correct => "Garder la modification",
        };
        let title = match &self.kept {
            Some(kept) if kept.date.is_some() => "Modifier un acte",
            _ => "Noter un acte",
        };
        Dialog::new(
            title,
            content,
            [
                strong(keep, palette)
                    .on_press_maybe((!self.piece.is_coming()).then_some(Message::Keep)),
                quiet("Annuler", palette).on_press(Message::Close),
            ],
            Message::Close,
            palette,
        )
    }
}
