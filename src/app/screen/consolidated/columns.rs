//! How the columns of amounts look: as wide as the longest of them, all with cents once one has some. Worked out when the
//! rows change, not when the page is drawn.

use std::collections::BTreeMap;

use crate::ledger::{Measure, Sums, Wish};
use crate::reference::Reference;

/// About how wide a figure is in a total, in pixels; what parts thousands; a comma.
const FIGURE: f32 = 7.8;
const BETWEEN: f32 = 2.2;
const COMMA: f32 = 4.2;

/// About how wide a letter of a title is.
const LETTER: f32 = 7.6;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Columns {
    of: BTreeMap<Measure, (bool, f32)>,
}

impl Columns {
    /// Those of rows of what is wished for.
    pub(super) fn of(wish: &Wish, rows: &[Sums], reference: &Reference) -> Self {
        let column = |measure: &Measure| {
            let amounts = rows.iter().map(|row| row.of(*measure));
            let has_cents = |amount| reference.has_cents(amount, &wish.currency);
            let cents = amounts.clone().any(has_cents);
            let longest = amounts
                .max_by_key(|it| it.0.unsigned_abs())
                .unwrap_or_default();
            let figures = reference.figures_in(cents, longest, &wish.currency);
            let title = measure.label().chars().count() as f32 * LETTER;
            (*measure, (cents, wide(&figures).max(title)))
        };
        Self {
            of: wish.dimension.measures().iter().map(column).collect(),
        }
    }

    /// Whether amounts tell their cents.
    pub(super) fn has_cents(&self, measure: Measure) -> bool {
        self.of.get(&measure).is_some_and(|it| it.0)
    }

    /// How wide it is, in pixels.
    pub(super) fn wide(&self, measure: Measure) -> f32 {
        self.of.get(&measure).map_or(0.0, |it| it.1)
    }
}

fn wide(figures: &str) -> f32 {
    let sign = |sign: char| match sign {
        '\u{202f}' => BETWEEN,
        ',' => COMMA,
        _ => FIGURE,
    };
    figures.chars().map(sign).sum::<f32>().ceil() + 2.0
}
