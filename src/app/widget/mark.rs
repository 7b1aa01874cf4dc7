//! The marks of findings: ▲ blocking, ◆ to look at, ○ advice, and how many of each.

use iced::widget::{Row, row, text};
use iced::{Center, Color, Element};

use crate::app::fonts::STRONG;
use crate::app::theme::Palette;
use crate::check::{Severity, Tally};
use crate::ledger::Room;

/// How many there are of each, the gravest first.
const fn each(tally: Tally) -> [(Severity, usize); 3] {
    [
        (Severity::Blocking, tally.blocking),
        (Severity::Warning, tally.warning),
        (Severity::Advice, tally.advice),
    ]
}

/// The colour of a severity.
#[must_use]
pub const fn ink(severity: Severity, palette: Palette) -> Color {
    match severity {
        Severity::Blocking => palette.grave,
        Severity::Warning => palette.wary,
        Severity::Advice => palette.muted,
    }
}

/// How much it matters that a ceiling leaves that room.
#[must_use]
pub const fn severity(room: Room) -> Option<Severity> {
    match room {
        Room::Passed => Some(Severity::Blocking),
        Room::Narrow | Room::Unknown => Some(Severity::Warning),
        Room::Wide => None,
    }
}

/// The mark of a place: the gravest finding there, or a full green point where there is none.
pub fn mark<'a, M: 'a>(severity: Option<Severity>, palette: Palette) -> Element<'a, M> {
    let (sign, ink) = match severity {
        Some(severity) => (severity.mark(), ink(severity, palette)),
        None => ('●', palette.good),
    };
    text(sign).size(17).width(18).color(ink).into()
}

/// « ▲ 2  ◆ 1 », or « ● rien à signaler ».
pub fn tally<'a, M: 'a>(tally: Tally, palette: Palette) -> Element<'a, M> {
    if tally.is_empty() {
        return text("● rien à signaler")
            .size(14)
            .color(palette.good)
            .into();
    }
    let marks = each(tally)
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| {
            let ink = ink(severity, palette);
            row![
                text(severity.mark()).size(17).color(ink),
                text(count).size(15).font(STRONG).color(ink),
            ]
            .spacing(4)
            .align_y(Center)
            .into()
        });
    Row::with_children(marks).spacing(10).into()
}

impl Tally {
    /// « 2 ▲ », small, or nothing: at the right of a line.
    pub fn short<'a, M: 'a>(self, palette: Palette) -> Element<'a, M> {
        let marks =
            each(self)
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(severity, count)| {
                    text(format!("{count}\u{a0}{}", severity.mark()))
                        .size(14)
                        .color(ink(severity, palette))
                        .into()
                });
        row(marks).spacing(8).into()
    }

    /// « 2 ▲ 1 ◆ » after a name, or nothing.
    #[must_use]
    pub fn in_words(self) -> String {
        each(self)
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(severity, count)| format!(" {count}\u{a0}{}", severity.mark()))
            .collect()
    }

    /// « ▲ 2 bloquants · ◆ 1 à revoir », as tags.
    pub fn tags<'a, M: 'a>(self, palette: Palette) -> Element<'a, M> {
        let tags =
            each(self)
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(severity, count)| {
                    let plural = match severity {
                        Severity::Blocking | Severity::Advice if count > 1 => "s",
                        _ => "",
                    };
                    let ground = match severity {
                        Severity::Blocking => palette.grave_soft,
                        Severity::Warning => palette.wary_soft,
                        Severity::Advice => palette.raised,
                    };
                    let words = format!(
                        "{} {count}\u{a0}{}{plural}",
                        severity.mark(),
                        severity.label()
                    );
                    super::tag(words, ink(severity, palette), ground, palette)
                });
        row(tags).spacing(8).into()
    }
}
