//! Rows: how much there is of each thing, and how far along it has gone.

use super::{Align, Ink, Pen, RowOf, rectangle};

/// The height of a row whose name and words stand on one line…
const LINE: f64 = 40.0;
/// … and by how much more where the words stand under the name.
const UNDER: f64 = 17.0;
/// Between a name and the words beside it.
const BETWEEN: f64 = 16.0;
const BAR: f64 = 12.0;
/// The tone of what is beyond a bound: one that no step has.
const BEYOND: usize = 6;

impl Pen<'_> {
    pub(super) fn rows(
        &mut self,
        width: f64,
        whole: &str,
        steps: &[String],
        rows: &[RowOf],
    ) -> f64 {
        let longest = |row: &RowOf| {
            let reached = row.steps.iter().map(|it| it.0).max().unwrap_or(0);
            reached.max(row.reach()).max(0)
        };
        // Ceilings are each a scale of their own; what is compared has one for all.
        let common = rows.iter().map(longest).max().unwrap_or(0);
        // Neither a name nor an amount is cut where they can stand one under the other: words take the lines they need.
        let is_beside = rows
            .iter()
            .all(|row| self.width_of(&row.name) + BETWEEN + self.width_of(&row.words) <= width);
        let mut top = 0.0;
        for row in rows {
            let words = match is_beside {
                true => vec![row.words.clone()],
                false => self.broken(&row.words, width),
            };
            let under = if is_beside {
                0.0
            } else {
                UNDER * words.len() as f64
            };
            let scale = if row.bounded { longest(row) } else { common };
            let long = |amount: i64| width * (amount.max(0) as f64 / scale.max(1) as f64);

            let name = self.shortened(&row.name, width);
            let (from, align, below) = match is_beside {
                true => (width, Align::End, 0.0),
                false => (0.0, Align::Start, UNDER),
            };
            self.words((0.0, top + 13.0), Align::Start, name, Ink::Text);
            for (rank, words) in words.into_iter().enumerate() {
                let y = top + 13.0 + below * (rank + 1) as f64;
                self.words((from, y), align, words, Ink::Muted);
            }

            let y = top + 19.0 + under;
            if row.reach() > 0 {
                self.surface(rectangle(0.0, y, long(row.reach()), BAR), Ink::Track);
                self.outline(long(row.reach()), y);
            }
            // The longest first, so that the shorter lies on it.
            // Of what whole nobody knows, there is no part to draw.
            let known = row.steps.iter().filter(|_| row.whole.is_some());
            for (step, amount) in known.enumerate() {
                let tone = steps.len().saturating_sub(step + 1);
                if amount.0 > 0 {
                    self.toned(rectangle(0.0, y, long(amount.0), BAR), tone);
                }
            }
            let is_passed = row.is_passed();
            if row.bounded || is_passed {
                let end = long(row.reach()).max(1.0);
                if row.bounded && is_passed {
                    let beyond = rectangle(end, y, width - end, BAR);
                    self.toned(beyond, BEYOND);
                }
                // A hair of ground beside it: it is seen on whatever it stands.
                self.line((end, y - 3.0), (end, y + BAR + 3.0), 5.0, Ink::Ground);
                self.line((end, y - 3.0), (end, y + BAR + 3.0), 2.0, Ink::Text);
            }
            let line = if row.whole.is_some() {
                LINE
            } else {
                LINE - BAR
            };
            top += line + under;
        }

        let y = top + 18.0;
        self.surface(rectangle(0.0, y - 10.0, 14.0, 12.0), Ink::Track);
        self.outline_of(0.0, y - 10.0, 14.0, 12.0);
        self.words((22.0, y), Align::Start, whole, Ink::Text);
        let mut x = 22.0 + self.width_of(whole) + 24.0;
        for (step, name) in steps.iter().enumerate() {
            let tone = steps.len().saturating_sub(step + 1);
            self.key((x, y), tone, name, width - x);
            x += 22.0 + self.width_of(name) + 24.0;
        }
        if rows.iter().any(|row| row.bounded && row.is_passed()) {
            self.key((x, y), BEYOND, "Dépassement", width - x);
        }
        y + 8.0
    }

    fn outline(&mut self, long: f64, y: f64) {
        self.outline_of(0.0, y, long, BAR);
    }

    fn outline_of(&mut self, x: f64, y: f64, wide: f64, high: f64) {
        let [a, b, c, d] = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)];
        for (from, to) in [(a, b), (b, c), (c, d), (d, a)] {
            self.line(from, to, 1.0, Ink::Muted);
        }
    }

    /// Words on lines of that width, parted between words; one that is longer than a line is cut.
    fn broken(&self, words: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words.split(' ') {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match (longer, lines.last_mut()) {
                (Some(longer), Some(line)) if self.width_of(&longer) <= width => *line = longer,
                _ => lines.push(self.shortened(word, width)),
            }
        }
        lines
    }
}
