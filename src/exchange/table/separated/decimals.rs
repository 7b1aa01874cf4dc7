//! Decimal commas between commas: a file whose cells are delimited by commas and whose amounts have one, without quotes.

use super::records::{Field, Record, Records};
use crate::exchange::table::value::years_in;

/// What joins again the amounts that an unprotected decimal comma cut in two.
pub(super) struct Decimals {
    width: usize,
    /// Columns in which a row that reads in one way only has a decimal comma.
    seen: Vec<usize>,
}

/// What became of a row.
pub(super) enum Mended {
    /// Nothing was to be joined.
    AsItWas,
    /// An amount was joined again, in the only way that there is.
    Joined,
    /// There is more than one way, or none.
    Unclear,
}

impl Decimals {
    /// Only where cells stand between commas. The rows as wide as the table's head tell its width.
    pub(super) fn of(text: &str, delimiter: char) -> Option<Self> {
        if delimiter != ',' {
            return None;
        }
        let says = |field: &Field| {
            let words = text.get(field.text.clone()).unwrap_or_default();
            words.chars().any(char::is_alphabetic) || !years_in(words).is_empty()
        };
        let filled = |record: &Record| record.fields.iter().filter(|field| says(field)).count();
        // Of two rows that say as much, the first.
        let head = Records::new(text, delimiter)
            .take(10)
            .reduce(|one, other| {
                if filled(&other) > filled(&one) {
                    other
                } else {
                    one
                }
            })
            .filter(|record| record.fields.len() > 1)?;
        let width = head.fields.len();
        let mut decimals = Self {
            width,
            seen: Vec::new(),
        };
        for record in Records::new(text, delimiter).take(5_000) {
            let cells: Vec<String> = record.fields.iter().map(|it| it.read(text)).collect();
            if let [only] = decimals.ways(&cells).as_slice() {
                for column in only {
                    if !decimals.seen.contains(column) {
                        decimals.seen.push(*column);
                    }
                }
            }
        }
        Some(decimals)
    }

    /// The columns to be joined with what follows them, in each way that gives the width; two ways are enough.
    fn ways(&self, cells: &[String]) -> Vec<Vec<usize>> {
        let filled = cells.iter().rposition(|cell| !cell.trim().is_empty());
        let length = filled.map_or(0, |last| last + 1);
        let Some(excess) = length
            .checked_sub(self.width)
            .filter(|it| *it > 0 && *it <= 12)
        else {
            return Vec::new();
        };
        let mut ways = Vec::new();
        self.search(
            cells.get(..length).unwrap_or_default(),
            0,
            excess,
            &mut Vec::new(),
            &mut ways,
        );
        ways
    }

    fn search(
        &self,
        cells: &[String],
        from: usize,
        excess: usize,
        chosen: &mut Vec<usize>,
        ways: &mut Vec<Vec<usize>>,
    ) {
        // The more there are, the less one of them can be told from the others.
        if ways.len() > 16 {
            return;
        }
        if excess == 0 {
            ways.push(
                (0..)
                    .zip(chosen.iter())
                    .map(|(before, at)| at - before)
                    .collect(),
            );
            return;
        }
        for at in from..cells.len().saturating_sub(1) {
            let halves = cells.get(at).zip(cells.get(at + 1));
            if halves.is_some_and(|(whole, part)| is_whole(whole) && is_part(part)) {
                chosen.push(at);
                self.search(cells, at + 2, excess - 1, chosen, ways);
                chosen.pop();
            }
        }
    }

    pub(super) fn mend(&mut self, cells: &mut Vec<String>) -> Mended {
        let mut ways = self.ways(cells);
        if ways.len() > 1 {
            ways.retain(|way| way.iter().all(|column| self.seen.contains(column)));
        }
        let filled = cells.iter().rposition(|cell| !cell.trim().is_empty());
        match ways.as_slice() {
            [way] => {
                for column in way {
                    if let Some(part) = cells.get(column + 1).cloned() {
                        cells.remove(column + 1);
                        if let Some(whole) = cells.get_mut(*column) {
                            whole.push(',');
                            whole.push_str(part.trim());
                        }
                    }
                }
                Mended::Joined
            }
            _ if filled.is_some_and(|last| last >= self.width) => Mended::Unclear,
            _ => Mended::AsItWas,
        }
    }
}

/// « 12 345 », « -3 ».
fn is_whole(cell: &str) -> bool {
    let cell = cell.trim().trim_start_matches(['-', '−']);
    !cell.is_empty()
        && cell
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
}

/// « 67 », « 5 € »: what follows a decimal comma.
fn is_part(cell: &str) -> bool {
    let cell = cell.trim_start_matches('€');
    let figures = cell.trim().trim_end_matches('€').trim_end();
    (1..=2).contains(&figures.len())
        && figures.bytes().all(|it| it.is_ascii_digit())
        && !cell.starts_with(' ')
}
