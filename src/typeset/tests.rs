//! Whole documents laid out, and what a reader of their pages would notice.

mod look;
mod sample;
