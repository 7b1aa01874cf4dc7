//! How far a table is being examined, off the window's thread, and giving it up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use iced::futures::channel::mpsc;

use crate::exchange::import::Watch;

/// How often it is told: at each hundredth.
const TOLD: usize = 100;

/// See the module: the side of the window.
#[derive(Debug, Default)]
pub(super) struct Progress {
    stopped: Arc<AtomicBool>,
    done: usize,
    all: usize,
}

/// The side of who examines.
pub(super) struct Examined {
    stopped: Arc<AtomicBool>,
    done: AtomicUsize,
    all: usize,
    tell: mpsc::UnboundedSender<usize>,
}

impl Progress {
    /// So many rows begin to be examined; what was before is given up. What is heard is how many are done.
    pub(super) fn begin(&mut self, all: usize) -> (Examined, mpsc::UnboundedReceiver<usize>) {
        *self = Self {
            stopped: Arc::default(),
            done: 0,
            all,
        };
        let (tell, heard) = mpsc::unbounded();
        let examined = Examined {
            stopped: Arc::clone(&self.stopped),
            done: AtomicUsize::new(0),
            all,
            tell,
        };
        (examined, heard)
    }

    /// It is given up: who examines stops at its next row.
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

impl Watch for Examined {
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
    fn who_examines_tells_how_far_and_stops_when_told() {
        let mut progress = Progress::default();
        let (examined, mut heard) = progress.begin(1_000);
        for _ in 0..250 {
            assert!(examined.goes_on());
        }
        let mut told = 0;
        while let Ok(done) = heard.try_recv() {
            told += 1;
            progress.reach(done);
        }
        assert_eq!((told, progress.reached()), (25, (250, 1_000)));

        let (next, _) = progress.begin(10);
        assert!(!examined.goes_on() && next.goes_on());
        drop(progress);
        assert!(!next.goes_on());
    }
}
