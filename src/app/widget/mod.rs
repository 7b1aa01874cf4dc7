//! What several screens share: things that the keyboard reaches, marks of findings, banners, forms ([`form`]).
//!
//! iced 0.14 gives the keyboard nothing but fields of text; [`Focusable`] gives it the rest, with a ring that
//! shows where it is.

mod around;
mod at_once;
mod banner;
mod between;
mod button;
pub mod chart;
mod check;
pub mod compound;
mod crisp;
mod descend;
mod dialog;
mod escaping;
mod field;
mod focusable;
mod foot;
pub mod form;
pub mod grid;
mod hairline;
mod head;
mod icon;
mod leaving;
mod long_list;
mod mark;
mod pane;
mod reveal;
mod rows;
mod scroll;
mod select;
mod sorting;
mod steady;
mod stops;
mod tabs;
mod tag;
mod turn;
mod words;

pub use at_once::at_once;
pub use banner::{Tone, banner};
pub use button::{
    Button, button, choice, door, field_button, link, pill_of, plain_button, quiet, row_button,
    strong,
};
pub use check::{checkbox, several};
pub use crisp::crisp;
#[cfg(test)]
pub use crisp::tests::assert_edges;
pub use dialog::{Dialog, in_front, raised};
pub use escaping::escaping;
pub use field::{Field, field};
pub use focusable::{Focusable, focusable, goes_down};
pub use foot::{foot, footed};
pub use hairline::hairline;
pub use head::head;
pub use icon::{Icon, icon};
pub use long_list::{LongList, step};
pub use mark::{ink, mark, severity, tally};
pub use pane::{into_pane, pane, somewhere};
pub use reveal::{focus, focused, keep_focused, reveal_named};
pub use scroll::{BAR, LEAST, scroll, scroll_both};
pub use select::{Choice, select, select_of};
pub use sorting::{Order, table_head};
pub use steady::steady;
pub use stops::stops;
pub use tabs::{segmented, tabs};
pub use tag::{stage_tag, tag};
pub use turn::{Turn, turn};
pub use words::{Words, cut, words};
