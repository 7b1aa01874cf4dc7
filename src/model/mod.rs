//! What a relations officer knows: authority, partners, conventions, budgets, and how they change.
//!
//! Plain types and their rules. Nothing here knows a file, a window, a clock or chance: days and
//! identifiers come from outside. Everything else stands on this module; it stands on nothing of ours.
//!
//! In reading order: what names things ([`Id`], [`Key`], [`Lang`], [`Name`], [`Amount`]); the records
//! ([`Authority`], [`Partner`], [`Contact`], [`Convention`] with its [`text`] and its [`field`]s, [`Act`]s and
//! [`Version`]s, the [`NextAct`] that one waits for, [`Budget`], [`Posting`], [`Term`], [`OwnClause`]); all of them together ([`Records`]) and what happens to them ([`Change`]).

mod act;
mod align;
mod authority;
mod budget;
mod call;
mod change;
mod clause;
mod commitment;
mod contact;
mod convention;
mod count;
mod diff;
mod erasure;
pub mod field;
mod fold;
mod grammar;
mod history;
mod id;
mod index;
mod keeping;
mod legality;
mod merge;
mod misprint;
mod money;
mod name;
mod next;
mod partner;
mod percentage;
mod person;
mod piece;
mod posting;
mod quote;
mod record;
mod records;
#[cfg(test)]
mod samples;
mod shared;
mod term;
pub mod text;
mod title;
mod traces;
mod version;

pub use act::{Act, ActKind, Snooze, Stage};
pub use align::{Aligned, align};
pub use authority::{AlertDelay, Authority, Base, Session, Signatory};
pub use budget::{
    Budget, ByYear, Certainty, FormulaFault, Funder, HEADINGS, Holder, Line, Operation, Section,
    Share, Slice, Step, Sums, Totals, UnderHeading, evaluate, split, usual_heading,
};
pub use call::Call;
pub use change::{Change, Edit};
pub use clause::OwnClause;
pub use commitment::Commitment;
pub use contact::{Contact, overdue};
pub use convention::{
    Annex, AnnexKind, Article, Convention, ConventionKind, Outcome, Party, PastSignatory, Recital,
    SetAside, TakenOver, Visa, roles,
};
pub use count::count;
pub use diff::{Difference, Path, Step as PathStep, diff};
pub use erasure::{Erasure, Mention, mentions};
pub use fold::{distance, fold, fold_with_places};
pub use history::{History, REST, Reversal};
pub use id::{Id, Ids, Key, Lang};
pub use index::sort_key;
pub use keeping::{Recorded, keep, record_act, restore};
pub use legality::LegalityReview;
pub use merge::{Conflict, Disagreement, merge, merge_states};
pub use misprint::{Misprint, WhyNot, correct};
pub use money::{Amount, Currency, Exchange, Foreign, Money, Rate};
pub use name::{Article as NameArticle, Gender, Name, Number};
pub use next::NextAct;
pub use partner::{
    Association, Coordinates, Event, Nature, OwnName, Partner, RecognitionCheck, Supervision,
};
pub use percentage::Percentage;
pub use piece::{Piece, Shelf};
pub use posting::Posting;
pub use quote::{quoted, with_inner_quotes};
pub use record::{Kind, Record, RecordId};
pub use records::Records;
pub use shared::Shared;
pub use term::{Confirmation, Term};
pub use text::{Note, Text};
pub use traces::{ERASED, Traces};
pub use version::{Snapshot, Version, VersionReason};

/// Whether a field holds what it holds when nothing was said: such fields are not written.
pub(crate) fn absent<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
