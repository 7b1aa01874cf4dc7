//! Streams deflated, by two threads at once: what one writes goes on a pile, from which both take.

use std::cell::{Cell, RefCell};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use flate2::{Compress, Compression, FlushCompress, Status};

use super::PdfError;

/// Where what is written goes, until it is dropped.
pub(super) struct Pile {
    sender: Sender<(usize, Vec<u8>)>,
    count: Cell<usize>,
}

/// What was written, on its way to being deflated.
pub(super) struct Written {
    waiting: Mutex<Receiver<(usize, Vec<u8>)>>,
    deflated: Mutex<Vec<(usize, Vec<u8>)>>,
}

/// A pile, and what becomes of it.
pub(super) fn pile() -> (Pile, Written) {
    let (sender, waiting) = channel();
    let pile = Pile {
        sender,
        count: Cell::new(0),
    };
    let written = Written {
        waiting: Mutex::new(waiting),
        deflated: Mutex::default(),
    };
    (pile, written)
}

impl Pile {
    pub fn add(&self, bytes: Vec<u8>) {
        let number = self.count.replace(self.count.get() + 1);
        // The other end is there as long as this one.
        let _ = self.sender.send((number, bytes));
    }
}

impl Written {
    /// Deflates what comes, until nothing will.
    pub fn deflate(&self) -> Result<(), PdfError> {
        loop {
            let next = lock(&self.waiting).recv();
            let Ok((number, bytes)) = next else {
                return Ok(());
            };
            let bytes = deflate(&bytes)?;
            lock(&self.deflated).push((number, bytes));
        }
    }

    /// All that was deflated, in the order in which it was written.
    pub fn taken(self) -> Vec<Vec<u8>> {
        let deflated = self.deflated.into_inner();
        let mut deflated = deflated.unwrap_or_else(PoisonError::into_inner);
        deflated.sort_by_key(|(number, _)| *number);
        deflated.into_iter().map(|(_, bytes)| bytes).collect()
    }
}

/// Whoever panicked with it in hand has left it whole.
fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Deflated at level 6: within a hundredth of level 9's size, at a third of its time.
pub(super) fn deflate(bytes: &[u8]) -> Result<Vec<u8>, PdfError> {
    thread_local! {
        // What it works with is a quarter of a megabyte: made once a thread, not once a stream.
        static DEFLATER: RefCell<Compress> =
            RefCell::new(Compress::new(Compression::new(6), true));
    }
    DEFLATER.with_borrow_mut(|deflater| {
        deflater.reset();
        let mut deflated = Vec::with_capacity(bytes.len() / 3 + 64);
        loop {
            let taken = deflater.total_in() as usize;
            let rest = bytes.get(taken..).unwrap_or_default();
            let status = deflater
                .compress_vec(rest, &mut deflated, FlushCompress::Finish)
                .map_err(|error| PdfError::Assembly(error.to_string()))?;
            if status == Status::StreamEnd {
                return Ok(deflated);
            }
            deflated.reserve(bytes.len() / 8 + 1024);
        }
    })
}
