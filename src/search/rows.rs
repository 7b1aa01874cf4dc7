//! What each record and each entry of the reference is found by: its names, then its text, field by field.

use std::borrow::Cow;

use super::Target;
use crate::model::{Convention, Edit, Id, Partner, Record, RecordId, Records, Term, Text, text};
use crate::reference::Reference;

/// A row.
#[derive(Debug, Default)]
pub(super) struct Content<'a> {
    /// What it is called, as it is shown first.
    pub(super) names: Vec<Cow<'a, str>>,
    /// The rest.
    pub(super) fields: Vec<Field<'a>>,
}

/// A part of a row's text.
#[derive(Debug)]
pub(super) struct Field<'a> {
    /// How it is introduced: « Art. 3 ».
    pub(super) label: Option<String>,
    /// The article or annex that it is.
    pub(super) place: Option<Id>,
    /// What it says.
    pub(super) text: Cow<'a, str>,
}

impl<'a> Content<'a> {
    fn named(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().filter(|name| !name.is_empty());
        Self {
            names: names.map(Cow::Borrowed).collect(),
            fields: Vec::new(),
        }
    }

    fn and(mut self, text: impl Into<Cow<'a, str>>) -> Self {
        self.push(text);
        self
    }

    fn push(&mut self, text: impl Into<Cow<'a, str>>) {
        let text = text.into();
        if !text.is_empty() {
            self.fields.push(Field {
                label: None,
                place: None,
                text,
            });
        }
    }

    /// Says « 1 % » in words where it is written in figures.
    fn said(mut self) -> Self {
        const WORDS: &str = "un pour cent, 1 pour cent";
        let has = |text: &str| text.contains("1\u{202f}%") || text.contains("1\u{a0}%");
        if self.names.iter().any(|name| has(name)) {
            self.names.push(WORDS.into());
        } else if self.fields.iter().any(|field| has(&field.text)) {
            self.push(WORDS);
        }
        self
    }
}

/// What is found under that target; nothing when it is no longer there.
pub(super) fn content<'a>(
    target: &Target,
    records: &'a Records,
    reference: &'a Reference,
) -> Option<Content<'a>> {
    let content = match target {
        Target::Record(name) => of_record(*name, records, reference)?,
        Target::Text(id) => {
            let text = reference.legal(id)?;
            Content::named([text.title.as_str(), &text.reference])
                .and(text.summary.as_str())
                .and(text.practice.as_str())
                .and(text.themes.join(", "))
        }
        Target::Term(id) => {
            let term = reference.term(id)?;
            let acronym = term.acronym.as_deref();
            Content::named([term.term.as_str()].into_iter().chain(acronym))
                .and(term.definition.as_str())
        }
        Target::Organisation(id) => {
            let body = reference.organisation(id)?;
            let others = [body.acronym.as_deref(), body.old_name.as_deref()];
            Content::named(
                [body.name.as_str()]
                    .into_iter()
                    .chain(others.into_iter().flatten()),
            )
            .and(body.purpose.as_str())
            .and(body.change.as_str())
            .and(body.commissions.join(", "))
        }
        Target::Origin(id) => {
            let origin = reference.origins().get(id)?;
            Content::named([origin.title.as_str()]).and(origin.text.as_str())
        }
        Target::Reason(id) => {
            let reason = reference.reasons().get(id)?;
            Content::named([reason.title.as_str()])
                .and(reason.saying.as_str())
                .and(reason.argument.as_str())
        }
        Target::Example(id) => {
            let example = reference.examples().get(id)?;
            Content::named([example.title.as_str()])
                .and(example.account.as_str())
                .and(example.lesson.as_str())
        }
        Target::Country(id) => {
            let country = reference.country(id)?;
            let official = country.official.as_ref().map(|name| name.text.as_str());
            Content::named([country.name.text.as_str()].into_iter().chain(official))
                .and(country.region.as_str())
                .and(country.id.as_str())
        }
    };
    Some(content.said())
}

fn of_record<'a>(
    name: RecordId,
    records: &'a Records,
    reference: &'a Reference,
) -> Option<Content<'a>> {
    let record = records.get(name)?.as_ref();
    Some(match record {
        Record::Partner(partner) => of_partner(partner, reference),
        Record::Convention(convention) => of_convention(convention, records, reference),
        Record::Contact(contact) => {
            let holder = match contact.holder {
                None => Some(&records.authority().name),
                Some(id) => records.partner(id).map(|partner| &partner.name),
            };
            let own = contact.own_name.as_deref();
            Content::named([contact.name.as_str()].into_iter().chain(own))
                .and(contact.function.as_deref().unwrap_or_default())
                .and(holder.map_or("", |name| name.text.as_str()))
        }
        Record::Budget(budget) => {
            let mut content = Content::named([budget.title.as_str()]);
            for line in &budget.lines {
                content.push(line.label.as_str());
            }
            content
        }
        Record::Term(term) => of_term(term, reference)?,
        Record::Authority(_) | Record::Version(_) | Record::Clause(_) | Record::Posting(_) => {
            return None;
        }
    })
}

/// Whether a budget is found by the same words as before: its figures alone changed.
pub(super) fn says_the_same(edit: &Edit) -> bool {
    let (Some(before), Some(after)) = (&edit.before, &edit.after) else {
        return false;
    };
    match (before.as_ref(), after.as_ref()) {
        (Record::Budget(before), Record::Budget(after)) => {
            let mut pairs = before.lines.iter().zip(&after.lines);
            before.title == after.title
                && before.lines.len() == after.lines.len()
                && pairs.all(|(was, is)| was.is_same(is) || was.label == is.label)
        }
        _ => false,
    }
}

fn of_partner<'a>(partner: &'a Partner, reference: &'a Reference) -> Content<'a> {
    let others = (partner.short_name.iter().map(|name| name.text.as_str()))
        .chain(partner.names.iter().map(|name| name.text.as_str()))
        .chain(partner.town.as_deref());
    let mut content = Content::named([partner.name.text.as_str()].into_iter().chain(others));

    let country = partner.country.as_deref();
    if let Some(country) = country.and_then(|code| reference.country(code)) {
        content.push(country.name.text.as_str());
    }
    content.push(partner.kind.as_deref().unwrap_or_default());
    for theme in &partner.themes {
        content.push(theme_label(theme, reference));
    }
    for signatory in &partner.signatories {
        content.push(signatory.name.as_str());
    }
    content
}

fn of_convention<'a>(
    convention: &'a Convention,
    records: &'a Records,
    reference: &'a Reference,
) -> Content<'a> {
    let mut content = Content::named([convention.title.as_str()]);
    content.push(convention.kind.label());
    for partner in convention.parties.iter().filter_map(|it| it.partner) {
        if let Some(partner) = records.partner(partner) {
            let country = partner.country.as_deref();
            let country = country.and_then(|code| reference.country(code));
            content.push(match country {
                Some(country) => format!("{}, {}", partner.name.text, country.name.text).into(),
                None => Cow::Borrowed(partner.name.text.as_str()),
            });
        }
    }
    for theme in &convention.themes {
        content.push(theme_label(theme, reference));
    }
    if let Some(taken) = &convention.taken_over {
        content.push(taken.object.as_str());
    }

    let mut place = |label: &str, place: Option<Id>, texts: &'a [Text]| {
        for written in texts {
            for paragraph in std::iter::once(&written.title).chain(&written.paragraphs) {
                content.fields.push(Field {
                    label: Some(label.to_owned()),
                    place,
                    text: text::passage(paragraph).into(),
                });
            }
        }
    };
    for visa in &convention.visas {
        place("Vu", None, &visa.texts);
    }
    for recital in &convention.recitals {
        place("Considérant", None, &recital.texts);
    }
    for (number, article) in (1..).zip(&convention.articles) {
        place(
            &format!("Art.\u{a0}{number}"),
            Some(article.id),
            &article.texts,
        );
    }
    for annex in &convention.annexes {
        place("Annexe", Some(annex.id), &annex.texts);
    }
    content
}

/// A term of the department's own; a note is found by the entry that it is about.
fn of_term<'a>(term: &'a Term, reference: &'a Reference) -> Option<Content<'a>> {
    let about = term.about.as_deref();
    let known = about.and_then(|id| {
        let text = reference.legal(id).map(|text| text.reference.as_str());
        text.or_else(|| Some(reference.term(id)?.term.as_str()))
    });
    let name = known.or(Some(term.term.as_str()))?;
    let acronym = term.acronym.as_deref();
    Some(Content::named([name].into_iter().chain(acronym)).and(term.text.as_str()))
}

fn theme_label<'a>(theme: &'a str, reference: &'a Reference) -> &'a str {
    reference
        .theme(theme)
        .map_or(theme, |theme| theme.label.as_str())
}
