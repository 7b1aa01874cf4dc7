//! A ring: the parts of a whole in the order in which they are told, with their names and shares beside.

use super::geometry::turned;
use super::{Align, MOST_PARTS, Part, Pen, Point, shares};
use crate::model::Amount;

const OUTER: f64 = 96.0;
const INNER: f64 = 56.0;
const LINE: f64 = 26.0;
const NARROW: f64 = 470.0;
/// How much wider bold letters are.
const BOLD: f64 = 1.05;

impl Pen<'_> {
    pub(super) fn ring(&mut self, width: f64, parts: &[Part]) -> f64 {
        let parts = gathered(parts);
        let total: Amount = parts.iter().map(|part| part.amount).sum();
        let names = LINE * parts.len() as f64;
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
        for (rank, part) in parts.iter().enumerate() {
            let to = from + part.amount.0 as f64 / total.0.max(1) as f64;
            self.toned(sector(ring, from, to), rank);
            from = to;
        }
        let exact = self.figures(total);
        let fits = super::width_of(&exact) * BOLD <= INNER * 2.0 - 14.0;
        let whole = if fits { exact } else { self.short(total) };
        self.bold((ring.0, ring.1 + 4.5), Align::Middle, whole);

        let (left, top) = if beside {
            (OUTER * 2.0 + 32.0, (height - names) / 2.0)
        } else {
            (0.0, height - names)
        };
        let amounts: Vec<Amount> = parts.iter().map(|it| it.amount).collect();
        let amounts = self.alike(&amounts);
        let figures = amounts.into_iter().zip(shares(&parts));
        for ((rank, part), (amount, share)) in parts.iter().enumerate().zip(figures) {
            let y = top + LINE * (rank as f64 + 0.5) + 4.5;
            let figure = format!("{amount} · {share}");
            let room = width - left - super::width_of(&figure) - 16.0;
            self.key((left, y), rank, &part.name, room);
            self.words((width, y), Align::End, figure, super::Ink::Muted);
        }
        height
    }
}

/// The parts in their order; where they are too many to be told apart, the smallest stand together, last.
fn gathered(parts: &[Part]) -> Vec<Part> {
    let mut parts: Vec<Part> = parts.iter().filter(|it| it.amount.0 > 0).cloned().collect();
    if parts.len() <= MOST_PARTS {
        return parts;
    }
    let mut ranks: Vec<usize> = (0..parts.len()).collect();
    ranks.sort_by_key(|rank| std::cmp::Reverse(parts.get(*rank).map(|it| it.amount)));
    let kept: Vec<usize> = ranks.into_iter().take(MOST_PARTS - 1).collect();
    let mut rest = Amount::ZERO;
    let mut rank = 0..;
    parts.retain(|part| {
        let is_kept = rank.next().is_some_and(|rank| kept.contains(&rank));
        if !is_kept {
            rest = rest + part.amount;
        }
        is_kept
    });
    parts.push(Part {
        name: "Autres".to_owned(),
        amount: rest,
    });
    parts
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
    fn the_smallest_parts_stand_together_whatever_their_order() {
        let part = |(rank, amount): (usize, i64)| Part {
            name: format!("{}", 2027 + rank),
            amount: Amount(amount),
        };
        let amounts = [1, 1, 1, 1, 1, 1, 1, 5];
        let parts: Vec<Part> = amounts.into_iter().enumerate().map(part).collect();
        let told = gathered(&parts);
        let told: Vec<(&str, i64)> = told
            .iter()
            .map(|it| (it.name.as_str(), it.amount.0))
            .collect();
        let kept = ["2027", "2028", "2029", "2030", "2031"].map(|year| (year, 1));
        assert_eq!(
            told,
            [kept.as_slice(), &[("2034", 5), ("Autres", 2)]].concat()
        );
    }
}
