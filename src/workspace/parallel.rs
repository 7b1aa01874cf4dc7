//! Work on many files at once. Each is mostly waited for, be it on a disk, a share or a machine that is busy.

use std::sync::{Mutex, PoisonError};

/// So few that a thread costs more than it saves.
const FEW: usize = 16;

/// At least that many threads, whatever the processor: they wait more than they compute.
const THREADS: usize = 4;

/// What `one` gives for each item, in their order.
pub(super) fn in_parallel<T: Sync, R: Send>(items: &[T], one: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(cores.max(THREADS)).max(FEW);
    if items.len() <= share {
        return items.iter().map(one).collect();
    }

    // Each takes the next that is left: a few are much longer than the others. From the last, as versions, which are the
    // longest files, are listed last.
    let left = Mutex::new(items.iter().enumerate());
    let take = || {
        let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
        left.next_back()
    };
    let work = || {
        let mut done = Vec::new();
        while let Some((place, item)) = take() {
            done.push((place, one(item)));
        }
        done
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let threads = items.len().div_ceil(share);
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .flat_map(|thread| match thread.join() {
                Ok(results) => results,
                // A share that is missing would pass for work done.
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_items_keep_their_order() {
        for count in [0, 1, 16, 17, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(in_parallel(&items, |item| *item), items);
        }
    }
}
