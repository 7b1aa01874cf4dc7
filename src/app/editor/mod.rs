//! The editor of an article's text.

pub mod body;
pub mod cell;
pub mod field;
pub mod line;
#[cfg(test)]
mod tests;
