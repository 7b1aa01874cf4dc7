//! (to come)
pub mod editor;
