//! The window.

pub mod fonts;
pub mod text;
pub mod theme;
pub mod widget;
