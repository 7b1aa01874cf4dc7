//! Work on many files at once. Each is mostly waited for, be it on a disk, a share or a machine that is busy.

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

    let one = &one;
    std::thread::scope(|scope| {
        let running: Vec<_> = items
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().map(one).collect::<Vec<R>>()))
            .collect();
        running
            .into_iter()
            .flat_map(|thread| match thread.join() {
                Ok(results) => results,
                // A share that is missing would pass for work done.
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    })
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
