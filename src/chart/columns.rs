//! Columns: a group each, its parts one on the other, a scale at the left, the names of the series under them.

use super::{Align, Ink, OTHERS, Pen, Series, rectangle};
use crate::model::Amount;

const PLOT: f64 = 200.0;
const ABOVE: f64 = 26.0;
const WIDEST: f64 = 84.0;
const KEY_LINE: f64 = 20.0;

impl Pen<'_> {
    pub(super) fn columns(&mut self, width: f64, groups: &[String], series: &[Series]) -> f64 {
        let series = &gathered(series);
        let total = |rank: usize| -> Amount { shown(series, rank).map(|it| it.1).sum() };
        let highest = (0..groups.len()).map(total).max().unwrap_or_default();
        let step = step(highest.0);
        let count = (highest.0 / step + i64::from(highest.0 % step > 0)).max(1);
        let top = step.saturating_mul(count);

        let scale: Vec<(i64, String)> = (0..=count)
            .map(|rank| {
                (
                    rank.saturating_mul(step),
                    self.figures(Amount(rank.saturating_mul(step))),
                )
            })
            .collect();
        let longest = scale.iter().map(|it| self.width_of(&it.1));
        let left = longest.fold(0.0, f64::max) + 10.0;
        let height_of = |amount: i64| PLOT * (amount as f64 / top as f64);
        let floor = ABOVE + PLOT;
        for (amount, said) in scale {
            let y = floor - height_of(amount);
            self.line((left, y), (width, y), 1.0, Ink::Rule);
            self.words((left - 8.0, y + 4.5), Align::End, said, Ink::Muted);
        }

        let room = (width - left) / groups.len().max(1) as f64;
        let wide = (room * 0.6).min(WIDEST);
        // Above all columns or above none: one that is said alone would look like the only one. They are said to the cent,
        // or left to the table.
        let totals: Vec<Amount> = (0..groups.len()).map(total).collect();
        let sums = self.alike(&totals);
        let are_said = sums.iter().all(|sum| self.width_of(sum) <= room);
        for (rank, (group, sum)) in groups.iter().zip(sums).enumerate() {
            let middle = left + room * (rank as f64 + 0.5);
            let mut y = floor;
            for (tone, amount) in shown(series, rank) {
                let height = height_of(amount.0);
                y -= height;
                // A hair of ground parts two parts of one column.
                let part = rectangle(middle - wide / 2.0, y, wide, (height - 1.0).max(0.5));
                self.toned(part, tone);
            }
            if are_said {
                // No line of the scale goes through it.
                let long = self.width_of(&sum) + 4.0;
                let behind = rectangle(middle - long / 2.0, y - 19.0, long, 17.0);
                self.surface(behind, Ink::Ground);
                self.bold((middle, y - 6.0), Align::Middle, sum);
            }
            let name = self.shortened(group, room - 4.0);
            self.words((middle, floor + 18.0), Align::Middle, name, Ink::Text);
        }
        self.line((left, floor), (width, floor), 1.0, Ink::Muted);

        floor + 30.0 + self.keys((left, floor + 30.0), width, series)
    }

    /// The names of the series, from left to right and down; returns their height.
    fn keys(&mut self, (left, top): (f64, f64), width: f64, series: &[Series]) -> f64 {
        let (mut x, mut y) = (left, top + 14.0);
        for Series { name, tone, .. } in series {
            let wide = (self.width_of(name) + 22.0 + 20.0).min(width - left);
            if x > left && x + wide > width {
                (x, y) = (left, y + KEY_LINE);
            }
            self.key((x, y), *tone, name, wide);
            x += wide;
        }
        y - top + 8.0
    }
}

/// The parts of a group that can be drawn, with the tone of their series.
fn shown(series: &[Series], rank: usize) -> impl Iterator<Item = (usize, Amount)> {
    series.iter().filter_map(move |it| {
        let amount = it.amounts.get(rank).copied()?;
        (amount.0 > 0).then_some((it.tone, amount))
    })
}

/// The series as they are drawn: those that are not told apart together, last.
fn gathered(series: &[Series]) -> Vec<Series> {
    let (rest, mut told): (Vec<Series>, Vec<Series>) =
        series.iter().cloned().partition(|it| it.tone == OTHERS);
    let groups = rest.iter().map(|it| it.amounts.len()).max();
    let sum = |rank: usize| -> Amount {
        let amounts = rest.iter().filter_map(|it| it.amounts.get(rank));
        amounts.copied().sum()
    };
    told.extend(match rest.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        _ => Some(Series {
            name: super::TOGETHER.to_owned(),
            amounts: (0..groups.unwrap_or(0)).map(sum).collect(),
            tone: OTHERS,
        }),
    });
    told
}

/// The step of a scale that has four lines or so: one, two or five, and noughts.
fn step(highest: i64) -> i64 {
    let wanted = (highest / 4).max(1);
    let mut unit: i64 = 1;
    while unit.saturating_mul(10) <= wanted {
        unit = unit.saturating_mul(10);
    }
    let steps = [1, 2, 5, 10].map(|it| unit.saturating_mul(it));
    steps.into_iter().find(|it| *it >= wanted).unwrap_or(unit)
}
