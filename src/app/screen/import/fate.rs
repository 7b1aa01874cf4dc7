//! What becomes of a row of the second page, in words and colours, with what can be answered.

use std::borrow::Cow;

use iced::widget::{Row, column, container, row};
use iced::{Center, Color, Element, Fill};

use super::Message;
use super::table::Table;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{quiet, select_of, words};
use crate::exchange::import::{Difference, Kind, Outcome, Planned};

/// See the module.
pub(super) fn of<'a>(
    kind: Kind,
    table: &'a Table,
    planned: &'a Planned,
    palette: Palette,
) -> Element<'a, Message> {
    let place = planned.row;
    let yes = || quiet("Oui", palette).on_press(Message::Accept(place));
    let line = row![].spacing(6).align_y(Center);
    let line = match &planned.outcome {
        Outcome::Created { what } => {
            let told = match kind {
                Kind::Done => Cow::Owned(format!("+ {what}")),
                _ => Cow::Borrowed("+ Créer"),
            };
            line.push(tag(told, palette.good, palette.good_soft, palette))
        }
        Outcome::Changed { what, differences } => {
            let told: Vec<String> = differences.iter().map(told).collect();
            let told = format!("● {what}\u{a0}: {}", told.join("\u{202f}; "));
            line.push(tag(told, palette.accent, palette.accent_soft, palette))
        }
        Outcome::Unchanged { what } => {
            let told = format!("= {what}");
            line.push(tag(told, palette.muted, palette.raised, palette))
        }
        Outcome::Asked { question } => {
            let question = format!("◆ {}", french::capital(question));
            if kind == Kind::Done {
                let acts = row![yes(), attach(place, table, palette)];
                line.push(to_match(acts, question, palette))
            } else {
                line.push(yes())
                    .push(tag(question, palette.wary, palette.wary_soft, palette))
            }
        }
        Outcome::Kept { reason, is_known } => {
            let aside = quiet("Écarter", palette).on_press(Message::SetAside(place));
            let acts = row![attach(place, table, palette), aside];
            let state = if *is_known {
                "Attend sa ligne"
            } else {
                "Gardée"
            };
            let why = format!("◆ {state}\u{a0}: {reason}");
            line.push(to_match(acts, why, palette))
        }
        Outcome::Refused { reason, .. } => {
            let told = format!("▲ Refusée\u{a0}: {reason}");
            line.push(tag(told, palette.grave, palette.surface, palette))
        }
    };
    let remarks = planned.remarks.iter().map(|remark| {
        let remark = remark.as_str();
        tag(remark, palette.wary, palette.wary_soft, palette)
    });
    line.extend(remarks).into()
}

/// « population 26 700 → 28 811 »; of what is added to a text, what is added.
fn told(difference: &Difference) -> String {
    let Difference {
        field,
        before,
        after,
    } = difference;
    let added = after.strip_prefix(before.as_str());
    match added.and_then(|added| added.strip_prefix('\n')) {
        Some(line) => format!("{field} + {line}"),
        None if before.is_empty() => format!("{field} {after}"),
        None if after.is_empty() => format!("{field} {before} → rien"),
        None => format!("{field} {before} → {after}"),
    }
}

/// Those words on a soft ground, on three lines at most: a row has room for no more.
fn tag<'a>(
    told: impl Into<Cow<'a, str>>,
    ink: Color,
    ground: Color,
    palette: Palette,
) -> Element<'a, Message> {
    container(words(told).size(13.0).lines(3).color(ink))
        .padding([2, 8])
        .style(move |_| palette.tag(ink, ground))
        .into()
}

/// What can be done of a row that has no line yet, and under it why it has none.
fn to_match<'a>(acts: Row<'a, Message>, why: String, palette: Palette) -> Element<'a, Message> {
    let why = words(why).size(13.0).color(palette.wary).width(Fill);
    column![acts.spacing(6).align_y(Center), why]
        .spacing(2)
        .into()
}

/// To which line of a budget a row belongs.
fn attach(row: usize, table: &Table, palette: Palette) -> Element<'_, Message> {
    let id = format!("import.attach.{row}");
    let choose = move |line| Message::Attach(row, line);
    let lines = select_of(table.lines.as_slice(), None, id, palette, choose).empty("Rattacher à…");
    container(lines).width(Fill).max_width(170).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_before_and_after_and_an_addition_by_what_it_adds() {
        let said = |before: &str, after: &str| {
            told(&Difference {
                field: "remarques".to_owned(),
                before: before.to_owned(),
                after: after.to_owned(),
            })
        };
        assert_eq!(said("", "Jumelage"), "remarques Jumelage");
        assert_eq!(said("26 700", "28 811"), "remarques 26 700 → 28 811");
        assert_eq!(said("12", "120"), "remarques 12 → 120");
        assert_eq!(said("Vu en 2024", "Vu en 2024\nRevu"), "remarques + Revu");
        assert_eq!(said("Vu", ""), "remarques Vu → rien");
    }
}
