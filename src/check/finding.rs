//! What a rule answers.

use std::ops::Range;

use crate::model::{
    Article, Change, Id, Ids, Key, Lang, Record, RecordId, Records, SetAside, Text, quoted,
};

/// How much it matters. These three words and shapes, and no other, everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// As the draft stands a text of law, or its own meaning, is broken: it does not leave for signature.
    Blocking,
    /// Good practice is not followed, or there is a risk.
    Warning,
    /// It could be better.
    Advice,
}

impl Severity {
    /// Its word.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Blocking => "bloquant",
            Self::Warning => "à revoir",
            Self::Advice => "conseil",
        }
    }

    /// Its shape, so that it is not told by colour alone.
    #[must_use]
    pub const fn mark(self) -> char {
        match self {
            Self::Blocking => '▲',
            Self::Warning => '◆',
            Self::Advice => '○',
        }
    }

    /// Its name in exchanges: `blocking`, `warning`, `advice`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

/// What is reviewed, and what a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A convention; its review includes its budget's and its parties'.
    Convention(Id),
    /// A budget.
    Budget(Id),
    /// A partner, an association: one of the partners.
    Body(Id),
    /// A partner or an association for one year: grants add up by year.
    BodyYear(Id, i32),
    /// Our own authority for one year: ceilings are by year.
    Authority(i32),
}

impl Subject {
    /// Its kind in exchanges: `convention`, `budget`, `partner`, `authority`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Convention(_) => "convention",
            Self::Budget(_) => "budget",
            Self::Body(_) | Self::BodyYear(..) => "partner",
            Self::Authority(_) => "authority",
        }
    }

    /// The record; [`Id::SINGLE`] for our authority.
    #[must_use]
    pub const fn id(self) -> Id {
        match self {
            Self::Convention(id) | Self::Budget(id) | Self::Body(id) | Self::BodyYear(id, _) => id,
            Self::Authority(_) => Id::SINGLE,
        }
    }

    /// The year, where it is one year's.
    #[must_use]
    pub const fn year(self) -> Option<i32> {
        match self {
            Self::Authority(year) | Self::BodyYear(_, year) => Some(year),
            Self::Convention(_) | Self::Budget(_) | Self::Body(_) => None,
        }
    }
}

/// Where a click on a finding goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The record.
    pub record: RecordId,
    /// The field of it, by its name in the file: `parties`, `acts`, `end`.
    pub field: Option<&'static str>,
    /// The item of that field: an article, a party, an act.
    pub item: Option<Id>,
    /// The language of the text.
    pub language: Option<Lang>,
    /// The paragraph of it, from 0.
    pub paragraph: Option<usize>,
    /// Bytes of that paragraph, as it is written.
    pub range: Option<Range<usize>>,
}

impl Place {
    /// A record as a whole.
    #[must_use]
    pub const fn whole(record: RecordId) -> Self {
        Self {
            record,
            field: None,
            item: None,
            language: None,
            paragraph: None,
            range: None,
        }
    }

    /// A field of a record.
    #[must_use]
    pub fn field(record: RecordId, field: &'static str) -> Self {
        Self {
            field: Some(field),
            ..Self::whole(record)
        }
    }

    /// An item of a field of a record.
    #[must_use]
    pub fn item(record: RecordId, field: &'static str, item: Id) -> Self {
        Self {
            item: Some(item),
            ..Self::field(record, field)
        }
    }

    /// The same, in the text of that language.
    #[must_use]
    pub fn in_language(self, language: Lang) -> Self {
        Self {
            language: Some(language),
            ..self
        }
    }

    /// The same, at these bytes of that paragraph.
    #[must_use]
    pub fn at(self, paragraph: usize, range: Range<usize>) -> Self {
        Self {
            paragraph: Some(paragraph),
            range: Some(range),
            ..self
        }
    }

    /// What tells apart the places of one rule in one convention: what [`SetAside::place`] holds.
    #[must_use]
    pub fn anchor(&self) -> Option<Id> {
        let another_record = self.record.kind != crate::model::Kind::Convention;
        self.item
            .or_else(|| another_record.then_some(self.record.id))
    }
}

/// A point à vérifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule: `montant-previsionnel`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// Where to look.
    pub place: Place,
    /// What is the matter, in one or two sentences of French.
    pub message: String,
    /// The texts that it rests on, ids of the reference; none for the draft's own meaning.
    pub basis: &'static [&'static str],
    /// What can be done about it mechanically.
    pub fix: Option<Fix>,
    /// The base of a 1 % scheme that it asks to be entered.
    pub missing: Option<MissingBase>,
    /// Whether a person may answer for it.
    pub can_be_set_aside: bool,
    /// Who answers for it, and why.
    pub set_aside: Option<SetAside>,
    /// Who had answered for it, before the facts changed and it came back.
    pub was_set_aside: Option<SetAside>,
    /// A hash of the facts that it rests on, kept by who sets it aside.
    pub fingerprint: String,
}

impl Finding {
    /// Whether it keeps a document from leaving for signature.
    #[must_use]
    pub const fn blocks(&self) -> bool {
        matches!(self.severity, Severity::Blocking) && self.set_aside.is_none()
    }

    /// What setting it aside would keep. `reason`, `by` and `function` are compulsory: the form sees to it.
    #[must_use]
    pub fn set_aside_by(
        &self,
        id: Id,
        reason: &str,
        by: &str,
        function: &str,
        date: chrono::NaiveDate,
    ) -> Option<SetAside> {
        self.can_be_set_aside.then(|| SetAside {
            id,
            rule: self.rule.to_owned(),
            place: self.place.anchor(),
            reason: reason.to_owned(),
            by: by.to_owned(),
            function: function.to_owned(),
            date,
            fingerprint: self.fingerprint.clone(),
        })
    }
}

/// A base of a 1 % scheme that is not entered, and that a ceiling rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingBase {
    /// The scheme.
    pub scheme: String,
    /// The budget of the service.
    pub service: String,
    /// The year.
    pub year: i32,
}

/// What can be done about a finding mechanically. It is a promise: the change is made when asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Add to a convention an article with that role, to be written.
    AddArticle {
        /// The convention.
        convention: Id,
        /// The role.
        role: &'static str,
        /// Its title in French.
        title: &'static str,
        /// Its first paragraphs in French; none to be written by hand.
        paragraphs: &'static [&'static str],
    },
    /// Let another of its signatories sign for a party.
    ChooseSignatory {
        /// The convention.
        convention: Id,
        /// The party.
        party: Id,
        /// The person.
        signatory: Id,
    },
}

impl Fix {
    /// What the button says.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::AddArticle { title, .. } => {
                format!("Ajouter un article {}", quoted(title))
            }
            Self::ChooseSignatory { .. } => "Choisir le signataire en fonction".to_owned(),
        }
    }

    /// The change that does it, from the records as they are; nothing when they no longer are what they were.
    #[must_use]
    pub fn change(&self, records: &Records, ids: &mut Ids) -> Option<Change> {
        let (Self::AddArticle { convention, .. } | Self::ChooseSignatory { convention, .. }) = self;
        let name = RecordId {
            kind: crate::model::Kind::Convention,
            id: *convention,
        };
        let before = records.get(name)?;
        let Record::Convention(present) = before.as_ref() else {
            return None;
        };
        let mut after = present.clone();

        match self {
            Self::AddArticle {
                role,
                title,
                paragraphs,
                ..
            } => {
                let mut text = Text::new(
                    Lang::french(),
                    paragraphs.iter().map(|text| (*text).to_owned()).collect(),
                );
                (*title).clone_into(&mut text.title);

                let taken = |key: &Key| after.articles.iter().any(|article| article.key == *key);
                let key = std::iter::once((*role).to_owned())
                    .chain((2..).map(|number| format!("{role}-{number}")))
                    .map(|key| Key::new(&key))
                    .find(|key| !taken(key))?;

                after.articles.push(Article {
                    id: ids.next_id(),
                    key,
                    role: Some((*role).to_owned()),
                    texts: vec![text],
                });
            }
            Self::ChooseSignatory {
                party, signatory, ..
            } => {
                let party = after.parties.iter_mut().find(|it| it.id == *party)?;
                party.signatory = Some(*signatory);
            }
        }
        Some(Change::replace(
            self.label(),
            before.clone(),
            Record::Convention(after),
        ))
    }
}
