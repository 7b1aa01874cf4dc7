//! The product as its users meet it, through the binary: one module a capability, one binary to link.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod arrows;
mod commands;
mod hostile;
mod imports;
mod network;
mod packaging;
mod purpose;
mod quotes;
mod sealing;
mod states;
mod support;
