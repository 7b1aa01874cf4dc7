//! The department's own clauses: articles that it wrote once and wants again.

use serde::{Deserialize, Serialize};

use super::{ConventionKind, Id, absent};

/// An article of the department's own, ready to be put in a convention.
///
/// Its text holds no name: where a party is due, a field says `@nous`, `@partenaire` or `@association` in the place of
/// its key (`{{partie.@nous.du}}`), as the clauses that ship do. Who drafts puts the keys in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnClause {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// The title of the article.
    pub title: String,
    /// What the article is for; see [`super::roles`].
    #[serde(default, skip_serializing_if = "absent")]
    pub role: Option<String>,
    /// The kinds of convention that it is offered for; all of them when none is said.
    #[serde(default, skip_serializing_if = "absent")]
    pub kinds: Vec<ConventionKind>,
    /// What its author should know before using it.
    #[serde(default, skip_serializing_if = "absent")]
    pub guidance: String,
    /// What it says, in the grammar of article text.
    pub paragraphs: Vec<String>,
}

impl OwnClause {
    /// Whether it is offered for that kind of convention.
    #[must_use]
    pub fn suits(&self, kind: ConventionKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}
