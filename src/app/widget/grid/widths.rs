//! How wide the columns of a table are in a room, and which stay in sight while others scroll.

use super::place::BEYOND;
use super::{Column, Side};

/// What a column that is pinned and grows keeps of its width where the others need the rest.
const SQUEEZED: f32 = 100.0;

/// As wide as is asked, what is left going to those that grow; where there is less room, narrower all together, down to
/// what each needs. Those that show nothing make room first: they are beyond what is in sight.
pub(super) fn widths(columns: &[Column<'_>], needs: &[f32], room: f32) -> Vec<f32> {
    let needs = needs.iter().copied().chain(std::iter::repeat(0.0));
    let mut bounds: Vec<(f32, f32)> = columns
        .iter()
        .zip(needs)
        .map(|(it, need)| (it.least.max(need), it.width.max(need)))
        .collect();
    let asked = |bounds: &[(f32, f32)]| bounds.iter().map(|it| it.1).sum::<f32>();
    let mut room = room;
    if asked(&bounds) > room && columns.iter().any(|it| it.is_empty) {
        room -= BEYOND;
        let empty = columns
            .iter()
            .zip(&mut bounds)
            .filter(|(it, _)| it.is_empty);
        for (_, (least, asked)) in empty {
            *least = *asked;
            room += *asked;
        }
    }
    let least: f32 = bounds.iter().map(|(least, _)| least).sum();
    let given = ((room - least) / (asked(&bounds) - least).max(1.0)).clamp(0.0, 1.0);
    let mut widths: Vec<f32> = bounds
        .iter()
        .map(|(least, asked)| (least + (asked - least) * given).floor())
        .collect();

    let more = (room - widths.iter().sum::<f32>()).max(0.0);
    let grows = |it: &Column<'_>| it.grows && !it.is_empty;
    let growing = columns.iter().filter(|it| grows(it)).count().max(1) as f32;
    let more = (more / growing).floor();
    let grown = columns.iter().zip(&mut widths).filter(|(it, _)| grows(it));
    grown.for_each(|(_, width)| *width += more);
    widths
}

/// Which columns stay where they are while the others scroll: none where all are in sight. They stay as long as there is
/// any room beside them; those that yield, as long as every other column has its own in full. Those at the left that grow
/// make room first.
pub(super) fn pins(columns: &[Column<'_>], widths: &mut [f32], room: f32) -> Vec<Option<Side>> {
    if widths.iter().sum::<f32>() <= room {
        return vec![None; columns.len()];
    }
    let mut pins: Vec<Option<Side>> = columns.iter().map(|it| it.pin).collect();
    let squeezed: Vec<f32> = columns
        .iter()
        .zip(&*widths)
        .map(|(it, width)| match it.grows {
            true => width.min(SQUEEZED),
            false => *width,
        })
        .collect();
    let scrolling = columns.iter().zip(&*widths).zip(&pins);
    let scrolling = scrolling.filter(|((it, _), pin)| pin.is_none() && !it.is_empty);
    let widest = scrolling.map(|((_, width), _)| *width).fold(0.0, f32::max);

    let least = sum_of(&squeezed, &pins, Side::Left) + 2.0 * BEYOND;
    let mut pinned = least + sum_of(widths, &pins, Side::Right);
    for ((it, pin), width) in columns.iter().zip(&mut pins).zip(&squeezed).rev() {
        if pin.is_some() && it.yields && pinned + widest > room {
            (*pin, pinned) = (None, pinned - width);
        }
    }
    // What stands beside those that scroll matters more than what is further out.
    let at_left = || pins.iter().filter(|pin| **pin == Some(Side::Left)).count();
    if pinned + BEYOND > room && at_left() > 1 {
        let outer = pins.iter().position(|pin| *pin == Some(Side::Left));
        if let Some((pin, width)) = outer.and_then(|at| pins.get_mut(at).zip(squeezed.get(at))) {
            (*pin, pinned) = (None, pinned - width);
        }
    }
    if pinned + BEYOND > room {
        pins.fill(None);
    }

    let [left, right] = [Side::Left, Side::Right].map(|side| sum_of(widths, &pins, side));
    let mut over = (left + right + widest + 2.0 * BEYOND - room).max(0.0);
    for ((width, least), pin) in widths.iter_mut().zip(squeezed).zip(&pins) {
        if *pin == Some(Side::Left) {
            let given = over.min(*width - least);
            (*width, over) = (*width - given, over - given);
        }
    }
    pins
}

/// How wide those pinned to that side are together.
pub(super) fn sum_of(widths: &[f32], pins: &[Option<Side>], side: Side) -> f32 {
    let there = widths
        .iter()
        .zip(pins)
        .filter(|(_, pin)| **pin == Some(side));
    there.map(|(width, _)| width).sum()
}
