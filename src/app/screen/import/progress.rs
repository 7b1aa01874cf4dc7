//! How far a table is read, then examined, off the window's thread; and giving it up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use iced::futures::channel::mpsc;

use crate::exchange::watch::Watch;

/// How often it is told: at each hundredth.
const TOLD: usize = 100;

/// See the module: the side of the window.
#[derive(Debug, Default)]
pub(super) struct Progress {
    stopped: Arc<AtomicBool>,
    done: usize,
    all: usize,
}

/// The side of who works.
pub(super) struct Work {
    stopped: Arc<AtomicBool>,
    done: AtomicUsize,
    all: usize,
    tell: mpsc::UnboundedSender<usize>,
}

impl Progress {
    /// Work of so many steps begins; what was before is given up. What is heard is how many are done.
    pub(super) fn begin(&mut self, all: usize) -> (Work, mpsc::UnboundedReceiver<usize>) {
        *self = Self {
            stopped: Arc::default(),
            done: 0,
            all,
        };
        let (tell, heard) = mpsc::unbounded();
        let work = Work {
            stopped: Arc::clone(&self.stopped),
            done: AtomicUsize::new(0),
            all,
            tell,
        };
        (work, heard)
    }

    /// It is given up: who works stops at its next step.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// So many are done.
    pub(super) fn reach(&mut self, done: usize) {
        self.done = done.min(self.all);
    }

    /// How many are done, and of how many.
    pub(super) const fn reached(&self) -> (usize, usize) {
        (self.done, self.all)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Watch for Work {
    fn goes_on(&self) -> bool {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of((self.all / TOLD).max(1)) {
            // Nobody may be there any more to hear it.
            let _ = self.tell.unbounded_send(done);
        }
        !self.stopped.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_works_tells_how_far_and_stops_when_told() {
        let mut progress = Progress::default();
        let (work, mut heard) = progress.begin(1_000);
        for _ in 0..250 {
            assert!(work.goes_on());
        }
        let mut told = 0;
        while let Ok(done) = heard.try_recv() {
            told += 1;
            progress.reach(done);
        }
        assert_eq!((told, progress.reached()), (25, (250, 1_000)));

        let (next, _) = progress.begin(10);
        assert!(!work.goes_on() && next.goes_on());
        drop(progress);
        assert!(!next.goes_on());
    }
}
