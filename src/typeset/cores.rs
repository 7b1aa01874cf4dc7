//! Work for two cores: typesetting and writing a file take half the time where there are two.
//!
//! What comes of it never depends on which core did what, nor on how many there are.

use std::hint::black_box;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::thread;

/// Whether work can be done twice as fast by two threads.
pub(crate) fn two_cores() -> bool {
    static CORES: OnceLock<usize> = OnceLock::new();

    *CORES.get_or_init(|| thread::available_parallelism().map_or(1, usize::from)) > 1
}

/// Does two things, the second on a thread of its own where there are two cores; else one after the other.
pub(crate) fn both<A, B: Send>(
    here: impl FnOnce() -> A,
    there: impl FnOnce() -> B + Send,
) -> (A, B) {
    if !two_cores() {
        return (here(), there());
    }
    thread::scope(|scope| {
        let there = scope.spawn(there);
        let here = here();
        let there = there.join().unwrap_or_else(|fault| resume_unwind(fault));
        (here, there)
    })
}

/// Gives back what is no longer of use, thousands of small pieces, on another core: whoever waits need not wait for that.
pub(crate) fn put_away<T: Send + 'static>(used: T) {
    if two_cores() {
        // Where no thread can begin, it is dropped here.
        let _ = thread::Builder::new().spawn(move || drop(used));
    }
}

/// Asks the allocator for the room of what a new thread is about to make. glibc's grows the heap of a thread by a page
/// at a time, each time by a call to the system for which the other threads wait; what was asked for and given back, it
/// keeps. The first time only tells it that pieces of that size come and go, the second comes from the heap.
pub(super) fn make_room(bytes: usize) {
    for _ in 0..2 {
        drop(black_box(Vec::<u8>::with_capacity(bytes)));
    }
}
