//! What becomes of a row of the second page, in words and colours, with what can be answered.

use crate::model::quoted;
use std::borrow::Cow;

use iced::widget::{Row, container, row};
use iced::{Center, Color, Element, Fill};

use super::Message;
use super::table::Table;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{button, quiet, select_of, words};
use crate::exchange::import::{Difference, Kind, Outcome, Planned, reasons};

/// A longer name is said in the question alone, not again in the button that takes it, in characters.
const LONGEST: usize = 32;

/// How many lines it may take in the list.
pub(super) const LINES: usize = 2;

/// The words on their ground, then the acts.
pub(super) fn of<'a>(
    kind: Kind,
    table: &'a Table,
    planned: &'a Planned,
    palette: Palette,
) -> Element<'a, Message> {
    let (said, ink, ground) = said(kind, planned, palette);
    let said = words(said).size(13.0).lines(LINES).color(ink);
    let said = container(said)
        .padding([1, 8])
        .style(move |_| palette.tag(ink, ground));
    row![
        container(said).width(Fill),
        acts(kind, table, planned, palette)
    ]
    .spacing(8)
    .align_y(Center)
    .into()
}

/// What becomes of a row and what is said beside, with the ink and the ground that go with it.
pub(super) fn said(
    kind: Kind,
    planned: &Planned,
    palette: Palette,
) -> (Cow<'_, str>, Color, Color) {
    let (said, ink, ground) = match &planned.outcome {
        Outcome::Created { what } => {
            let said = match kind {
                Kind::Done => format!("+ {what}"),
                _ => "+ Créer".to_owned(),
            };
            (said, palette.good, palette.good_soft)
        }
        Outcome::Changed { what, differences } => {
            let told: Vec<String> = differences.iter().map(Difference::told).collect();
            let said = format!("● {what}\u{a0}: {}", told.join("\u{202f}; "));
            (said, palette.accent, palette.accent_soft)
        }
        Outcome::Unchanged { what } => (format!("= {what}"), palette.muted, palette.raised),
        Outcome::Asked { question } => {
            let said = format!("◆ {}", french::capital(question));
            (said, palette.wary, palette.wary_soft)
        }
        Outcome::Kept { reason, is_known } => {
            let state = if *is_known {
                "Attend sa ligne"
            } else {
                "Gardée"
            };
            let said = format!("◆ {state}\u{a0}: {reason}");
            (said, palette.wary, palette.wary_soft)
        }
        Outcome::Refused { faults } => {
            let said = format!("▲ Refusée\u{a0}: {}", reasons(faults));
            (said, palette.grave, palette.surface)
        }
    };
    // What passes its line is imported, and seen.
    let (said, ink, ground) = match &planned.beside.excess {
        Some(_) => (format!("◆ {said}"), palette.wary, palette.wary_soft),
        None => (said, ink, ground),
    };
    let all: Vec<String> = std::iter::once(said).chain(planned.beside.said()).collect();
    (Cow::Owned(all.join(" – ")), ink, ground)
}

/// The word or two of a row that goes without question; none where there is more to say.
pub(super) fn brief(kind: Kind, planned: &Planned) -> Option<String> {
    const LONGEST: usize = 12;
    let beside: Vec<String> = planned.beside.said().collect();
    let said = match (&planned.outcome, beside.as_slice()) {
        (Outcome::Created { .. }, []) if kind != Kind::Done => "+ Créer".to_owned(),
        (Outcome::Unchanged { .. }, []) if kind != Kind::Done => "= Inchangée".to_owned(),
        (Outcome::Unchanged { .. }, [alone]) if kind != Kind::Done => {
            format!("= {}", french::capital(alone))
        }
        _ => return None,
    };
    (said.chars().count() <= LONGEST).then_some(said)
}

/// It, on its ground.
pub(super) fn in_brief<'a>(
    said: String,
    planned: &Planned,
    palette: Palette,
) -> Element<'a, Message> {
    let (ink, ground) = match planned.outcome {
        Outcome::Created { .. } => (palette.good, palette.good_soft),
        _ => (palette.muted, palette.raised),
    };
    container(words(said).size(13.0).color(ink))
        .padding([1, 8])
        .style(move |_| palette.tag(ink, ground))
        .into()
}

/// What can be answered.
fn acts<'a>(
    kind: Kind,
    table: &'a Table,
    planned: &'a Planned,
    palette: Palette,
) -> Element<'a, Message> {
    let place = planned.row;
    let mut acts: Row<'a, Message> = row![].spacing(6).align_y(Center);
    if let Some(meant) = &planned.beside.meant {
        let words = if meant.name.chars().count() > LONGEST {
            "Prendre ce nom".to_owned()
        } else {
            format!("Prendre {}", quoted(&meant.name))
        };
        let take = button(words, palette);
        acts = acts.push(
            take.padding([4, 10])
                .id(format!("import.take.{place}"))
                .on_press(Message::Take(place)),
        );
    }
    if matches!(planned.outcome, Outcome::Asked { .. }) {
        let yes = match kind {
            Kind::Done => "Oui",
            _ => "Créer",
        };
        acts = acts.push(
            button(yes, palette)
                .padding([4, 10])
                .id(format!("import.accept.{place}"))
                .on_press(Message::Accept(place)),
        );
    }
    if kind == Kind::Done
        && matches!(
            planned.outcome,
            Outcome::Asked { .. } | Outcome::Kept { .. }
        )
    {
        acts = acts.push(attach(planned, table, palette));
    }
    if matches!(planned.outcome, Outcome::Kept { .. }) {
        acts = acts.push(quiet("Écarter", palette).on_press(Message::SetAside(place)));
    }
    // An answer is taken back where it was given.
    let is_answered = table.taken.answered(place).is_some();
    if is_answered && planned.outcome.reason().is_none() {
        acts = acts.push(
            quiet("Revenir sur ce choix", palette)
                .id(format!("import.back.{place}"))
                .on_press(Message::TakeBack(place)),
        );
    }
    acts.into()
}

/// To which line of a budget a row belongs.
fn attach<'a>(planned: &Planned, table: &'a Table, palette: Palette) -> Element<'a, Message> {
    let row = planned.row;
    let id = format!("import.attach.{row}");
    let choose = move |line| Message::Attach(row, line);
    let lines = select_of(
        table.lines_for(&planned.beside.likely),
        None,
        id,
        palette,
        choose,
    )
    .empty("Rattacher à…");
    container(lines).width(340).into()
}
