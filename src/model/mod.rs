//! What a relations officer knows.
mod id;
pub use id::{Id, Ids, Key, Lang};
