//! Who waits while a long file is read or its rows examined: told at each step, free to give up.

/// Who waits.
pub trait Watch: Sync {
    /// One more step is done. Answers whether to go on: what was given up is not to be used.
    fn goes_on(&self) -> bool;
}

/// Whoever waits to the end.
impl Watch for () {
    fn goes_on(&self) -> bool {
        true
    }
}
