//! What a change weighs in the history, in bytes of JSON.

use std::collections::HashSet;
use std::io;

use crate::model::{Budget, Change, Edit, Line, Record, Shared};

/// What a change weighs: the states that only history still holds.
pub(super) fn bytes_of(change: &Change) -> usize {
    let held = |edit: &Edit| match (edit.before.as_deref(), edit.after.as_deref()) {
        // Two thousand lines take longer to write than a key may take.
        (Some(Record::Budget(before)), Some(Record::Budget(after))) => weight(before, Some(after)),
        (Some(Record::Budget(budget)), _) | (None, Some(Record::Budget(budget))) => {
            weight(budget, None)
        }
        (before, after) => before.or(after).map_or(0, written),
    };
    change.edits.iter().map(held).sum()
}

/// How long a record is as JSON.
fn written(record: &Record) -> usize {
    let mut count = Count(0);
    // Counting cannot fail.
    let _ = match record {
        Record::Authority(record) => serde_json::to_writer(&mut count, record),
        Record::Partner(record) => serde_json::to_writer(&mut count, record),
        Record::Contact(record) => serde_json::to_writer(&mut count, record),
        Record::Convention(record) => serde_json::to_writer(&mut count, record),
        Record::Version(record) => serde_json::to_writer(&mut count, record),
        Record::Budget(record) => serde_json::to_writer(&mut count, record),
        Record::Term(record) => serde_json::to_writer(&mut count, record),
        Record::Clause(record) => serde_json::to_writer(&mut count, record),
        Record::Posting(record) => serde_json::to_writer(&mut count, record),
    };
    count.0
}

/// About what a budget weighs, by what it holds: identifiers are most of it. The lines that the next state shares weigh
/// what it takes to name them.
fn weight(budget: &Budget, next: Option<&Budget>) -> usize {
    const LINE: usize = 105;
    const SHARE: usize = 118;
    const OPERATION: usize = 140;

    let shared: HashSet<_> = next
        .into_iter()
        .flat_map(|next| next.lines.iter().map(Shared::place))
        .collect();
    let of_line = |line: &Shared<Line>| {
        if shared.contains(&line.place()) {
            return size_of::<Shared<Line>>();
        }
        let words = line.label.len() + line.heading.len();
        LINE + words + line.shares.len() * SHARE + line.operations.len() * OPERATION
    };
    let lines: usize = budget.lines.iter().map(of_line).sum();
    let incomes = budget.funders.iter();
    let incomes: usize = incomes
        .map(|funder| LINE + funder.operations.len() * OPERATION)
        .sum();
    lines + incomes + budget.title.len() + LINE
}

/// A place to write to that only counts.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::history::{History, USUAL_LIMIT};
    use crate::model::{Amount, Ids, Records};

    /// So many lines over six years.
    fn budget_of(lines: usize) -> Budget {
        let mut ids = Ids::counted(1);
        let mut budget = Budget::new(ids.next_id(), "Eau");
        for number in 0..lines {
            let mut line = Line::new(ids.next_id(), "Travaux", format!("Ligne {number}"));
            for year in 2027..2033 {
                line.share(year, budget.id, Amount(123_400), &mut ids);
            }
            budget.lines.push(line.into());
        }
        budget
    }

    #[test]
    fn a_budget_weighs_about_what_its_file_does() {
        let budget = budget_of(40);
        let file = serde_json::to_string(&budget).unwrap().len();
        let whole = weight(&budget, None);
        assert!(
            whole * 10 > file * 8 && whole * 10 < file * 14,
            "{whole} {file}"
        );

        let mut next = budget.clone();
        next.lines[7].label = "Autre".to_owned();
        let step = weight(&budget, Some(&next));
        assert!(step * 15 < whole, "{step} {whole}");
    }

    /// An afternoon of typing in two thousand lines can be taken back to its first key.
    #[test]
    fn a_large_budget_has_thousands_of_steps_to_undo() {
        let budget = budget_of(2_000);
        let mut records = Records::from_records([Record::Budget(budget.clone())]);
        let mut history = History::default();
        const STEPS: usize = 200;
        for step in 0..STEPS {
            let Some(before) = records.all().next().cloned() else {
                unreachable!()
            };
            let Record::Budget(mut after) = before.as_ref().clone() else {
                unreachable!()
            };
            after.lines[step % 2_000].label = format!("Étape {step}");
            let change = Change::replace("Modifier", before, Record::Budget(after));
            records.apply(&change);
            history.record(change, Duration::ZERO);
        }
        assert!(history.bytes() * 3_000 / STEPS < USUAL_LIMIT);
        let mut steps = 0;
        while let Some(back) = history.undo(&records) {
            records.apply(&back.change);
            steps += 1;
        }
        assert_eq!(steps, STEPS);
        assert_eq!(records.budget(budget.id), Some(&budget));
    }
}
