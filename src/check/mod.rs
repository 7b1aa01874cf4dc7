//! Points à vérifier: what the law, good practice or the draft's own meaning still misses.
//!
//! [`review`] is pure: records, what the reference knows and the day go in, [`Finding`]s come out. It changes
//! nothing and forbids nothing; who exports for signature, shows a list or ends with a code reads
//! [`Finding::blocks`]. It knows neither the document nor the disk.
//!
//! One file a family of rules. The text: [`text`](mod@text), `references`, `fields`, `visas`, `languages`, `term`,
//! `renewal`, `payments`, `clauses`, `charters`. What it binds to: `money`, `commitments`, `parties`, `signing`. Its
//! life: `dates`, `life`, `voted`, `seal`. Around it: `budget`, `bodies`, `grants`, `ceilings`. What a text is read by:
//! `passage`, `titles` (the role of an article by its title), `figures` and `sums` (what it says in euros).
//!
//! A rule is a function over a [`Case`](case::ConventionCase) and a line of its family's table, which says its severity,
//! its basis and the kinds of convention that it concerns (`checks.md`). The frame does the rest, alike for all: a
//! blocking rule whose texts are all « à confirmer » is a warning; so is one about a convention taken over, for nobody
//! is drafting it; a finding that somebody set aside says so until the facts that it rests on change.

mod answers;
mod applicable;
mod bodies;
mod budget;
mod calls;
mod case;
mod ceilings;
mod charters;
mod citing;
mod clauses;
mod commitments;
mod dates;
mod excess;
mod fields;
mod figures;
mod finding;
mod grants;
mod kin;
mod languages;
mod life;
mod money;
mod parties;
mod passage;
mod payments;
mod references;
mod renewal;
mod review;
mod rule;
mod seal;
mod signing;
mod sums;
mod tally;
mod term;
mod text;
mod titles;
mod visas;
mod voted;
mod wording;

#[cfg(test)]
mod malformed;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod set_aside;

pub use applicable::{Applicable, applicable};
pub use case::Knowledge;
pub use citing::cited_by;
pub use finding::{Finding, Fix, MissingBase, Place, Severity, Subject};
pub use parties::UNREAD;
pub use review::{Examined, examine, review, review_all, rules};
pub use rule::RuleInfo;
pub use tally::Tally;
pub use voted::{AS_VOTED, fills};
