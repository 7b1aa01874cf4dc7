//! A ring: the parts of a whole in the order in which they are told, with their names and shares beside.

use super::geometry::turned;
use super::{Align, Ink, OTHERS, Part, Pen, Point, TOTAL, with_total};
use crate::model::{Amount, Percentage};

const OUTER: f64 = 96.0;
const INNER: f64 = 56.0;
const LINE: f64 = 26.0;
const NARROW: f64 = 470.0;
/// How much wider bold letters are.
const BOLD: f64 = 1.05;

impl Pen<'_> {
    pub(super) fn ring(&mut self, width: f64, parts: &[Part]) -> f64 {
        let parts = gathered(parts);
        let total: Amount = parts.iter().map(|(part, _)| part.amount).sum();
        // Each part, then what they add up to, as the table has it.
        let names = LINE * (parts.len() + 1) as f64;
        // Beside the ring where there is room, else under it.
        let beside = width >= NARROW;
        let (ring, height) = if beside {
            let height = (OUTER * 2.0 + 8.0).max(names + 8.0);
            ((OUTER + 4.0, height / 2.0), height)
        } else {
            let under = OUTER * 2.0 + 16.0;
            ((width / 2.0, OUTER + 4.0), under + names)
        };

        let mut from = 0.0;
        for (part, _) in &parts {
            let to = from + part.amount.0 as f64 / total.0.max(1) as f64;
            self.toned(sector(ring, from, to), part.tone);
            from = to;
        }
        let amounts = self.alike(&with_total(parts.iter().map(|(part, _)| part.amount)));
        let whole = amounts.last().cloned().unwrap_or_default();
        if self.width_of(&whole) * BOLD <= INNER * 2.0 - 4.0 {
            self.bold((ring.0, ring.1 + 4.5), Align::Middle, whole.clone());
        }

        let (left, top) = if beside {
            (OUTER * 2.0 + 32.0, (height - names) / 2.0)
        } else {
            (0.0, height - names)
        };
        let over = top + LINE * parts.len() as f64;
        self.line((left, over), (width, over), 1.0, Ink::Rule);
        let y = over + LINE / 2.0 + 4.5;
        let all: Percentage = parts.iter().map(|(_, share)| *share).sum();
        self.bold((left + 22.0, y), Align::Start, TOTAL);
        self.bold((width, y), Align::End, format!("{whole} · {all}"));
        for (rank, ((part, share), amount)) in parts.iter().zip(amounts).enumerate() {
            let y = top + LINE * (rank as f64 + 0.5) + 4.5;
            let figure = format!("{amount} · {}", share.of_part(part.amount));
            let room = width - left - self.width_of(&figure) - 16.0;
            self.key((left, y), part.tone, &part.name, room);
            self.words((width, y), Align::End, figure, Ink::Muted);
        }
        height
    }
}

/// The parts as they are drawn, and what each is of the whole, as the table tells it: those that are not told apart
/// together, last.
fn gathered(parts: &[Part]) -> Vec<(Part, Percentage)> {
    let amounts: Vec<Amount> = parts.iter().map(|it| it.amount).collect();
    let all = parts.iter().cloned().zip(Percentage::of_parts(&amounts));
    let some = all.filter(|(part, _)| part.amount.0 > 0);
    let (rest, mut told): (Vec<_>, Vec<_>) = some.partition(|(part, _)| part.tone == OTHERS);
    let together = || Part {
        name: super::TOGETHER.to_owned(),
        amount: rest.iter().map(|(part, _)| part.amount).sum(),
        tone: OTHERS,
    };
    told.extend(match rest.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        _ => Some((together(), rest.iter().map(|(_, share)| *share).sum())),
    });
    told
}

/// A piece of the ring between two parts of a turn, as a polygon whose sides are a degree or two.
fn sector(middle: Point, from: f64, to: f64) -> Vec<Point> {
    // A hair of ground parts two pieces, but for one that is the whole.
    let gap = if to - from < 0.999 { 0.002 } else { 0.0 };
    let (from, to) = (from + gap, (to - gap).max(from + gap));
    let sides = ((to - from) * 240.0).ceil().max(1.0);
    let at = |radius: f64, part: f64| {
        let (x, y) = turned(part);
        (middle.0 + x * radius, middle.1 + y * radius)
    };
    // The end of a whole turn is its beginning: it is told from just before.
    let along = |step: f64| (from + (to - from) * (step / sides)).min(from + 0.99999);
    let steps = || (0..=sides as usize).map(|step| step as f64);
    let outer = steps().map(|step| at(OUTER, along(step)));
    let inner = steps().map(|step| at(INNER, along(sides - step)));
    outer.chain(inner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_are_not_told_apart_stand_together_last_but_one_alone() {
        let part = |(name, tone): (&str, usize)| Part {
            name: name.to_owned(),
            amount: Amount(1),
            tone,
        };
        let told = |parts: &[(&str, usize)]| -> Vec<(String, i64)> {
            let parts: Vec<Part> = parts.iter().copied().map(part).collect();
            let told = gathered(&parts).into_iter();
            told.map(|(it, _)| (it.name, it.amount.0)).collect()
        };
        let named = |name: &str, amount| (name.to_owned(), amount);
        assert_eq!(
            told(&[("a", OTHERS), ("b", 1), ("c", OTHERS)]),
            [named("b", 1), named("Autres", 2)]
        );
        assert_eq!(
            told(&[("a", OTHERS), ("b", 1)]),
            [named("b", 1), named("a", 1)]
        );
    }
}
