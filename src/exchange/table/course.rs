//! How far a file is read, in hundredths, and whether somebody still waits for it.

use super::Refusal;
use crate::exchange::watch::Watch;

/// In how many steps a file is read, whatever its length.
pub const STEPS: usize = 100;

/// The reading of one file.
pub(super) struct Course<'a> {
    watch: &'a dyn Watch,
    /// The steps that were told.
    told: u64,
}

impl<'a> Course<'a> {
    pub(super) const fn of(watch: &'a dyn Watch) -> Self {
        Self { watch, told: 0 }
    }

    /// Of what lies between those two steps, `done` of `all` is behind.
    pub(super) fn reach(
        &mut self,
        (from, to): (u64, u64),
        done: u64,
        all: u64,
    ) -> Result<(), Refusal> {
        let step = from + done.min(all) * (to - from) / all.max(1);
        while self.told < step {
            self.told += 1;
            if !self.watch.goes_on() {
                return Err(Refusal::GivenUp);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// Who gives up at a step.
    struct Until(u64, AtomicU64);

    impl Watch for Until {
        fn goes_on(&self) -> bool {
            self.1.fetch_add(1, Ordering::Relaxed) + 1 < self.0
        }
    }

    #[test]
    fn steps_are_told_once_each_and_nothing_is_read_after_it_was_given_up() {
        let waits = Until(u64::MAX, AtomicU64::new(0));
        let mut course = Course::of(&waits);
        for done in 0..=1_000 {
            course.reach((0, 40), done, 1_000).unwrap();
        }
        course.reach((40, 100), 9, 3).unwrap();
        assert_eq!(waits.1.into_inner(), STEPS as u64);

        let leaves = Until(3, AtomicU64::new(0));
        let reached = Course::of(&leaves).reach((0, 100), 50, 100);
        assert_eq!(reached, Err(Refusal::GivenUp));
        assert_eq!(leaves.1.into_inner(), 3);
    }
}
