//! A line of a budget that goes beyond what it comes from: more committed than was planned, more ordered than was
//! committed. It is told, and never refused: finance did it.

use crate::model::{Amount, Line, Step};

/// By how much a step of a line passes the one before, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// By how much, in the budget's currency.
    pub by: Amount,
    /// What is passed: the step before, or what is planned when absent.
    pub over: Option<Step>,
}

impl Excess {
    /// What is passed: « ce qui était engagé ».
    #[must_use]
    pub const fn passed(self) -> &'static str {
        match self.over {
            Some(Step::Ordered) => "ce qui était mandaté",
            Some(_) => "ce qui était engagé",
            None => "ce qui était prévu",
        }
    }
}

/// What a line has done at a step of expense, up to that year and with it, beyond what was done so far at the step before;
/// beyond what is planned, where nothing was. Years before count too: what is committed in one is often paid in the next.
#[must_use]
pub fn excess(line: &Line, step: Step, year: i32) -> Option<Excess> {
    let before: &[Step] = match step {
        Step::Committed => &[],
        Step::Ordered => &[Step::Committed],
        Step::Paid => &[Step::Ordered, Step::Committed],
        _ => return None,
    };
    let is = done(line, step, year);
    if is <= Amount::ZERO {
        return None;
    }
    let over = before
        .iter()
        .copied()
        .find(|step| !done(line, *step, year).is_zero());
    let allowed = over.map_or_else(|| planned(line, year), |over| done(line, over, year));
    let by = is - allowed;
    (by > Amount::ZERO).then_some(Excess { by, over })
}

fn planned(line: &Line, until: i32) -> Amount {
    let shares = line.shares.iter().filter(|it| it.year <= until);
    shares.map(|it| it.amount).sum()
}

fn done(line: &Line, step: Step, until: i32) -> Amount {
    let operations = line.operations.iter();
    operations
        .filter(|it| it.step == step && it.year <= until && !it.expected)
        .map(|it| it.amount)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Ids, Operation, Share};

    fn line(planned: &[(i32, i64)], done: &[(Step, i32, i64)]) -> Line {
        let mut ids = Ids::counted(1);
        let funder = ids.next_id();
        let mut line = Line::new(ids.next_id(), "Travaux", "Puits");
        for (year, amount) in planned {
            line.shares.push(Share {
                id: ids.next_id(),
                year: *year,
                funder,
                amount: Amount(*amount),
            });
        }
        for (step, year, amount) in done {
            let operation = Operation::new(ids.next_id(), *step, *year, Amount(*amount));
            line.operations.push(operation);
        }
        line
    }

    #[test]
    fn what_goes_beyond_is_told_with_what_it_passes() {
        use Step::{Committed, Ordered, Paid};
        let told =
            |line: &Line, step, year| excess(line, step, year).map(|it| (it.by.0, it.passed()));
        let planned = [(2027, 1_000), (2028, 500)];

        let one = line(&planned, &[(Committed, 2027, 1_200), (Ordered, 2027, 900)]);
        assert_eq!(
            told(&one, Committed, 2027),
            Some((200, "ce qui était prévu"))
        );
        assert_eq!(told(&one, Ordered, 2027), None);
        // The year after gives the room.
        assert_eq!(told(&one, Committed, 2028), None);

        // Committed in a year, paid in the next.
        let late = [
            (Committed, 2027, 800),
            (Ordered, 2028, 850),
            (Paid, 2028, 850),
        ];
        let late = line(&planned, &late);
        assert_eq!(
            told(&late, Ordered, 2028),
            Some((50, "ce qui était engagé"))
        );
        assert_eq!(told(&late, Paid, 2028), None);

        // Nobody said what was committed.
        let bare = line(&planned, &[(Ordered, 2027, 1_001)]);
        assert_eq!(told(&bare, Ordered, 2027), Some((1, "ce qui était prévu")));
        assert_eq!(told(&bare, Step::Received, 2027), None);
    }
}
