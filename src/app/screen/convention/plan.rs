//! The plan of a convention: its parts in order, each with the gravest finding there.

use std::collections::HashMap;

use crate::app::text as french;
use crate::check::{Finding, Place, Severity};
use crate::model::text::in_language;
use crate::model::{AnnexKind, Convention, Id, Kind, Lang, Text};

/// A part of a convention that can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Every finding.
    Verify,
    /// What is known of it: term, amount, acts.
    Sheet,
    /// Who is bound.
    Parties,
    /// « Vu… ».
    Visas,
    /// One of them, open.
    Visa(Id),
    /// « Considérant… ».
    Recitals,
    /// One of them, open.
    Recital(Id),
    /// An article.
    Article(Id),
    /// An annex.
    Annex(Id),
    /// Who signs, where and when.
    Signatures,
    /// What each party brings, and what it brings here and there.
    Reciprocity,
    /// The chain that it is in, along the time.
    Chain,
    /// The text as it was kept.
    Versions,
}

impl Part {
    /// Whether it is about the convention and shows none of its text: no page stands beside it.
    #[must_use]
    pub const fn stands_alone(self) -> bool {
        matches!(self, Self::Reciprocity | Self::Chain | Self::Versions)
    }

    /// Whether what is there may be right or wrong: no mark says that nothing is the matter elsewhere.
    #[must_use]
    pub const fn is_checked(self) -> bool {
        !self.stands_alone() && !matches!(self, Self::Signatures)
    }

    /// The article, annex, visa or recital that it is.
    #[must_use]
    pub const fn item(self) -> Option<Id> {
        match self {
            Self::Visa(id) | Self::Recital(id) | Self::Article(id) | Self::Annex(id) => Some(id),
            _ => None,
        }
    }

    /// The line of the plan that it is under.
    #[must_use]
    pub const fn line(self) -> Self {
        match self {
            Self::Visa(_) => Self::Visas,
            Self::Recital(_) => Self::Recitals,
            part => part,
        }
    }
}

/// A line of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it opens.
    pub part: Part,
    /// What it says: « 3 Engagements de Valmont ».
    pub label: String,
    /// The gravest finding that nobody answers for.
    pub worst: Option<Severity>,
}

/// The plan of a convention as its text stands.
#[must_use]
pub fn plan(written: &Convention, findings: &[Finding]) -> Vec<Entry> {
    let mut worst: HashMap<Part, Severity> = HashMap::new();
    for finding in findings.iter().filter(|it| it.set_aside.is_none()) {
        let part = part_of(&finding.place, written);
        let known = worst.entry(part).or_insert(finding.severity);
        *known = finding.severity.min(*known);
    }
    let entry = |part: Part, label: String| Entry {
        part,
        label,
        worst: worst.get(&part).copied(),
    };

    let all = findings.iter().filter(|it| it.set_aside.is_none());
    let verify = Entry {
        part: Part::Verify,
        label: format!("À vérifier ({})", all.clone().count()),
        worst: all.map(|finding| finding.severity).min(),
    };
    let mut plan = vec![
        verify,
        entry(Part::Sheet, "Fiche".to_owned()),
        entry(
            Part::Parties,
            format!("Parties ({})", written.parties.len()),
        ),
    ];
    let about = |part, label: &str| Entry {
        part,
        label: label.to_owned(),
        worst: None,
    };
    if written.taken_over.is_some() {
        plan.push(about(Part::Reciprocity, "Réciprocité"));
        plan.push(about(Part::Chain, "Frise"));
        return plan;
    }
    plan.push(entry(
        Part::Visas,
        format!("Visas ({})", written.visas.len()),
    ));
    plan.push(entry(
        Part::Recitals,
        format!("Considérants ({})", written.recitals.len()),
    ));
    for (rank, article) in written.articles.iter().enumerate() {
        let title = french_title(&article.texts);
        let label = format!("{} {title}", french::ordinal(rank + 1));
        plan.push(entry(
            Part::Article(article.id),
            label.trim_end().to_owned(),
        ));
    }
    for (rank, annex) in written.annexes.iter().enumerate() {
        let title = match (french_title(&annex.texts), annex.kind) {
            ("", AnnexKind::Budget) => "Budget",
            (title, _) => title,
        };
        let label = format!("Annexe {} {title}", rank + 1);
        plan.push(entry(Part::Annex(annex.id), label.trim_end().to_owned()));
    }
    plan.push(entry(Part::Signatures, "Signatures".to_owned()));
    plan.push(about(Part::Reciprocity, "Réciprocité"));
    plan.push(about(Part::Chain, "Frise"));
    plan.push(about(Part::Versions, "Versions"));
    plan
}

/// What shows the place of a finding: the visa itself, where the plan has only the visas.
#[must_use]
pub fn part_at(place: &Place, written: &Convention) -> Part {
    match (part_of(place, written), place.item) {
        (Part::Visas, Some(id)) => Part::Visa(id),
        (Part::Recitals, Some(id)) => Part::Recital(id),
        (part, _) => part,
    }
}

/// Where in the plan a finding is.
#[must_use]
pub fn part_of(place: &Place, written: &Convention) -> Part {
    if place.record.kind != Kind::Convention || place.record.id != written.id {
        return match place.record.kind {
            Kind::Partner | Kind::Authority => Part::Parties,
            _ => Part::Sheet,
        };
    }
    match (place.field, place.item) {
        (Some("articles"), Some(id)) if written.articles.iter().any(|it| it.id == id) => {
            Part::Article(id)
        }
        (Some("annexes"), Some(id)) if written.annexes.iter().any(|it| it.id == id) => {
            Part::Annex(id)
        }
        (Some("parties"), _) => Part::Parties,
        (Some("visas"), _) => Part::Visas,
        (Some("recitals"), _) => Part::Recitals,
        _ => Part::Sheet,
    }
}

/// The texts of a part that has some of its own.
#[must_use]
pub fn texts(convention: &Convention, part: Part) -> Option<&[Text]> {
    match part {
        Part::Article(id) => convention
            .articles
            .iter()
            .find(|article| article.id == id)
            .map(|article| article.texts.as_slice()),
        Part::Annex(id) => convention
            .annexes
            .iter()
            .find(|annex| annex.id == id && annex.kind == AnnexKind::Text)
            .map(|annex| annex.texts.as_slice()),
        Part::Visa(id) => convention
            .visas
            .iter()
            .find(|visa| visa.id == id)
            .map(|visa| visa.texts.as_slice()),
        Part::Recital(id) => convention
            .recitals
            .iter()
            .find(|recital| recital.id == id)
            .map(|recital| recital.texts.as_slice()),
        _ => None,
    }
}

/// The same, to be changed.
pub fn texts_mut(convention: &mut Convention, part: Part) -> Option<&mut Vec<Text>> {
    match part {
        Part::Article(id) => convention
            .articles
            .iter_mut()
            .find(|article| article.id == id)
            .map(|article| &mut article.texts),
        Part::Annex(id) => convention
            .annexes
            .iter_mut()
            .find(|annex| annex.id == id)
            .map(|annex| &mut annex.texts),
        Part::Visa(id) => convention
            .visas
            .iter_mut()
            .find(|visa| visa.id == id)
            .map(|visa| &mut visa.texts),
        Part::Recital(id) => convention
            .recitals
            .iter_mut()
            .find(|recital| recital.id == id)
            .map(|recital| &mut recital.texts),
        _ => None,
    }
}

/// « l’article 3 », « l’annexe 1 »: how changes and headings call a part.
#[must_use]
pub fn name(convention: &Convention, part: Part) -> String {
    let rank =
        |found: Option<usize>| found.map_or_else(String::new, |rank| french::ordinal(rank + 1));
    match part {
        Part::Verify => "les points à vérifier".to_owned(),
        Part::Sheet => "la fiche".to_owned(),
        Part::Signatures => "les signatures".to_owned(),
        Part::Reciprocity => "la réciprocité".to_owned(),
        Part::Chain => "la frise".to_owned(),
        Part::Versions => "les versions".to_owned(),
        Part::Visa(_) => "un visa".to_owned(),
        Part::Recital(_) => "un considérant".to_owned(),
        Part::Parties => "les parties".to_owned(),
        Part::Visas => "les visas".to_owned(),
        Part::Recitals => "les considérants".to_owned(),
        Part::Article(id) => {
            let found = convention.articles.iter().position(|it| it.id == id);
            format!("l’article {}", rank(found))
        }
        Part::Annex(id) => {
            let found = convention.annexes.iter().position(|it| it.id == id);
            found.map_or_else(
                || "l’annexe".to_owned(),
                |rank| format!("l’annexe {}", rank + 1),
            )
        }
    }
}

fn french_title(texts: &[Text]) -> &str {
    in_language(texts, &Lang::french())
        .or_else(|| texts.first())
        .map_or("", |text| text.title.as_str())
}
