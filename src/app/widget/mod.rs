//! What several screens share: things that the keyboard reaches, marks of findings, banners, fields.
//!
//! iced 0.14 gives the keyboard nothing but fields of text; [`Focusable`] gives it the rest, with a ring that
//! shows where it is.

mod banner;
mod button;
mod field;
mod focusable;
mod long_list;
mod mark;
mod pane;
mod reveal;
mod scroll;
mod tag;

pub use banner::{Tone, banner};
pub use button::{Button, button, choice, link, quiet, row_button, strong};
pub use field::field;
pub use focusable::{Focusable, focusable, goes_down};
pub use long_list::LongList;
pub use mark::{Tally, mark, tally};
pub use pane::{next_pane, pane};
pub use reveal::reveal_focused;
pub use scroll::scroll;
pub use tag::{stage_tag, tag};
