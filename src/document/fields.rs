//! Fields of article text: what each name means in one convention. A field that has no value prints as a place to fill.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::model::field::{
    AuthorityFact, Day, Field, Figure, Means, ParentFact, PartyFact, VoteFact,
};
use crate::model::text::field_names;
use crate::model::{
    ActKind, Amount, Budget, Convention, Key, Lang, Name, NameArticle, Party, Records, Slice,
    roles, with_inner_quotes,
};
use crate::reference::{Country, Reference};

use super::desk::Desk;
use super::{Inline, Span, State, Target, field_labels as labels, money};

/// A field that a convention's text may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue {
    /// Its name in the grammar: `partie.porto-novo.signataire`.
    pub name: String,
    /// What an officer calls it: « signataire de Porto-Novo ».
    pub label: String,
    /// What it prints as; nothing when it is empty.
    pub value: Option<String>,
}

/// The name of the field that is a whole table.
pub(super) const TABLE: &str = "tableau.engagements";

/// Every field that this convention can use, with its value in French on that day, in the order in which an officer looks
/// for it.
#[must_use]
pub fn fields_of(
    convention: &Convention,
    records: &Records,
    reference: &Reference,
    today: NaiveDate,
) -> Vec<FieldValue> {
    let lang = Lang::french();
    let desk = Desk {
        convention,
        records,
        reference,
        labels: reference.labels(&lang),
        lang,
        state: State::Working,
        today,
        again: false,
    };
    let mut names: Vec<String> = offered(&desk).iter().map(Field::to_string).collect();
    // What the texts use otherwise: an amount in words, an article by its role.
    let mut known: HashSet<&str> = names.iter().map(String::as_str).collect();
    let others = used(convention).filter(|name| known.insert(name));
    let others: Vec<String> = others.map(str::to_owned).collect();
    names.extend(others);

    names
        .into_iter()
        .map(|name| FieldValue {
            label: labels::label(&desk, &name),
            value: value(&desk, &name),
            name,
        })
        .collect()
}

/// The fields that a clause can use before it is in a convention, without value: parties are called by what they are.
#[must_use]
pub fn fields_of_clauses() -> Vec<FieldValue> {
    let whole = [Figure::default()];
    let parents = ParentFact::ALL.iter().map(|fact| Field::Parent(*fact));
    let articles = roles::ALL
        .iter()
        .map(|(role, _)| Field::Article(Key::new(role)));
    let annexes = ["programme", "budget"].map(|key| Field::Annex(Key::new(key)));
    let fields = SIDES
        .iter()
        .flat_map(|(mark, _)| about_party(&Key::new(mark), &whole))
        .chain(of_the_whole())
        .chain(parents)
        .chain(articles)
        .chain(annexes);
    without_value(fields, &SIDES)
}

/// How a clause calls parties, and how an officer does.
const SIDES: [(&str, &str); 3] = [
    ("@nous", "notre collectivité"),
    ("@partenaire", "le partenaire"),
    ("@association", "l’association"),
];

/// Every field that there is, by its name and what an officer calls it, for who wants to read them all: a party, a year
/// and an article stand for any.
#[must_use]
pub fn field_guide() -> Vec<FieldValue> {
    let any = [("<clé>", "une partie")];
    let figures = [
        Figure::default(),
        Figure {
            year: Some(2027),
            in_words: false,
        },
        Figure {
            year: None,
            in_words: true,
        },
    ];
    let sums = figures
        .iter()
        .flat_map(|it| [Field::InKind(*it), Field::Cost(*it), Field::Cofunding(*it)]);
    let fields = about_party(&Key::new("<clé>"), &figures)
        .into_iter()
        .chain(of_the_whole())
        .chain(sums.filter(|field| !of_the_whole().contains(field)))
        .chain(ParentFact::ALL.iter().map(|fact| Field::Parent(*fact)))
        .chain([
            Field::Article(Key::new("<rôle>")),
            Field::Annex(Key::new("<clé>")),
        ]);
    without_value(fields, &any)
}

/// What a field can tell of a party.
fn about_party(key: &Key, figures: &[Figure]) -> Vec<Field> {
    let facts = PartyFact::ALL.iter();
    let facts = facts.map(|fact| Field::Party(key.clone(), *fact));
    let commitments = Means::ALL.iter().flat_map(|means| {
        let figures = figures.iter();
        figures.map(|figure| Field::Commitment(key.clone(), *means, *figure))
    });
    let votes = VoteFact::ALL.iter();
    let votes = votes.map(|fact| Field::Vote(key.clone(), *fact));
    facts.chain(commitments).chain(votes).collect()
}

fn without_value(fields: impl Iterator<Item = Field>, called: &[(&str, &str)]) -> Vec<FieldValue> {
    fields
        .map(|field| {
            let name = field.to_string();
            let label = labels::labelled(&name, |key| {
                let known = called.iter().find(|(mark, _)| *mark == key.as_str());
                known.map_or_else(|| key.to_string(), |(_, called)| (*called).to_owned())
            });
            FieldValue {
                name,
                label,
                value: None,
            }
        })
        .collect()
}

/// The fields that the texts of a convention use, in order, as often as they do.
fn used(convention: &Convention) -> impl Iterator<Item = &str> {
    let visas = convention.visas.iter().map(|it| &it.texts);
    let recitals = convention.recitals.iter().map(|it| &it.texts);
    let articles = convention.articles.iter().map(|it| &it.texts);
    let annexes = convention.annexes.iter().map(|it| &it.texts);
    let texts = visas
        .chain(recitals)
        .chain(articles)
        .chain(annexes)
        .flatten();

    texts
        .flat_map(|text| {
            let notes = text.notes.iter().map(|note| &note.text);
            text.paragraphs.iter().chain(notes)
        })
        .flat_map(|source| field_names(source))
}

/// The fields that a convention can use, in the order in which an officer looks for them.
fn offered(desk: &Desk<'_>) -> Vec<Field> {
    let convention = desk.convention;
    let by_year = desk.years().into_iter().map(|year| Figure {
        year: Some(year),
        in_words: false,
    });
    let figures: Vec<Figure> = std::iter::once(Figure::default()).chain(by_year).collect();

    let mut fields = Vec::new();
    for party in &convention.parties {
        fields.extend(about_party(&party.key, &figures));
    }
    fields.extend(of_the_whole());
    if convention.parent.is_some() {
        fields.extend(ParentFact::ALL.iter().map(|fact| Field::Parent(*fact)));
    }
    fields.extend(
        convention
            .articles
            .iter()
            .map(|it| Field::Article(it.key.clone())),
    );
    fields.extend(
        convention
            .annexes
            .iter()
            .map(|it| Field::Annex(it.key.clone())),
    );
    fields
}

/// The fields that name neither a party nor a part of the text.
fn of_the_whole() -> Vec<Field> {
    let whole = Figure::default();
    let days = Day::ALL.iter().map(|day| Field::Date(*day));
    let sums = [
        Field::Duration,
        Field::CommitmentsTable,
        Field::InKind(whole),
        Field::Cost(whole),
        Field::Cofunding(whole),
    ];
    let ours = AuthorityFact::ALL.iter().map(|it| Field::Authority(*it));
    days.chain(sums)
        .chain(ours)
        .chain([Field::Originals, Field::Languages])
        .collect()
}

/// What a field prints as, styled like the words around it.
pub(super) fn resolve(desk: &Desk<'_>, name: &str, style: &Span) -> Inline {
    let field = Field::parse(name);
    if let Some(link) = field.as_ref().and_then(|field| link(desk, field, style)) {
        return link;
    }
    match value(desk, name) {
        Some(text) => Inline::Span(Span {
            solid: field.as_ref().is_some_and(is_name_or_number),
            language: field.and_then(|field| own_language(desk, &field)),
            text,
            ..style.clone()
        }),
        None => Inline::Blank {
            ems: 8,
            label: labels::label(desk, name),
        },
    }
}

/// Whether a field prints a name or a number, which no line cuts.
const fn is_name_or_number(field: &Field) -> bool {
    match field {
        Field::Party(_, fact) => matches!(
            fact,
            PartyFact::Name
                | PartyFact::ShortName
                | PartyFact::WithArticle
                | PartyFact::Of
                | PartyFact::At
                | PartyFact::OwnName
                | PartyFact::Country
                | PartyFact::OfCountry
                | PartyFact::InCountry
                | PartyFact::Signatory
        ),
        Field::Vote(_, fact) => matches!(fact, VoteFact::Number),
        Field::Authority(fact) => matches!(fact, AuthorityFact::Name | AuthorityFact::Town),
        Field::Commitment(_, _, figure)
        | Field::InKind(figure)
        | Field::Cost(figure)
        | Field::Cofunding(figure) => !figure.in_words,
        _ => false,
    }
}

fn own_language(desk: &Desk<'_>, field: &Field) -> Option<Lang> {
    let Field::Party(key, PartyFact::OwnName) = field else {
        return None;
    };
    let party = desk.convention.party(key)?;
    Some(desk.own_name(party)?.lang.clone())
}

/// An article, by its key or its role, or an annex: where it stands, and a link to it.
fn link(desk: &Desk<'_>, field: &Field, style: &Span) -> Option<Inline> {
    let labels = &desk.labels.articles;
    let (label, number, key) = match field {
        Field::Article(wanted) => {
            let articles = &desk.convention.articles;
            let place = articles
                .iter()
                .position(|it| it.key == *wanted)
                .or_else(|| {
                    let role = Some(wanted.as_str());
                    articles.iter().position(|it| it.role.as_deref() == role)
                })?;
            (&labels.to_article, place + 1, &articles.get(place)?.key)
        }
        Field::Annex(wanted) => {
            let annexes = &desk.convention.annexes;
            let place = annexes.iter().position(|it| it.key == *wanted)?;
            (&labels.to_annex, place + 1, &annexes.get(place)?.key)
        }
        _ => return None,
    };

    let words = crate::reference::fill(label, &[("n", &number.to_string())]);
    let mut text = vec![Inline::Span(Span {
        text: words,
        solid: true,
        ..style.clone()
    })];
    let is_first = number == 1 && matches!(field, Field::Article(_));
    if is_first && !labels.first_mark.is_empty() {
        text.push(Inline::Span(Span {
            text: labels.first_mark.clone(),
            raised: true,
            solid: true,
            ..style.clone()
        }));
    }
    Some(Inline::Link {
        target: Target::Anchor(desk.anchor(key)),
        text,
    })
}

/// The text of a field, where it has one.
fn value(desk: &Desk<'_>, name: &str) -> Option<String> {
    let field = Field::parse(name)?;
    let said = match &field {
        Field::Article(_) | Field::Annex(_) => match link(desk, &field, &Span::default())? {
            Inline::Link { text, .. } => Some(super::text::inlines(&text)),
            _ => None,
        },
        Field::Party(key, fact) => of_party(desk, desk.convention.party(key)?, *fact),
        Field::Commitment(key, means, figure) => {
            let party = desk.convention.party(key)?;
            planned(desk)?.funder(key)?;
            let in_kind = match means {
                Means::Cash => Some(false),
                Means::InKind => Some(true),
                Means::Total => None,
            };
            let amount = desk.committed(party, &years(desk, *figure), in_kind);
            Some(said(desk, amount, *figure))
        }
        Field::Cost(figure) => {
            let amount = planned(desk)?.planned(Slice {
                years: &years(desk, *figure),
                ..Slice::default()
            });
            Some(said(desk, amount, *figure))
        }
        Field::InKind(figure) => {
            let brought = |party| desk.committed(party, &years(desk, *figure), Some(true));
            planned(desk)?;
            let amount = desk.convention.parties.iter().map(brought).sum();
            Some(said(desk, amount, *figure))
        }
        Field::Cofunding(figure) => Some(said(desk, co_funding(desk, *figure)?, *figure)),
        Field::Vote(key, fact) => {
            let (act, date) = desk.convention.done_by(ActKind::Vote, key)?;
            match fact {
                VoteFact::Date => Some(desk.labels.date(date)),
                VoteFact::Number => act.number.clone(),
            }
        }
        Field::Date(day) => date(desk, *day),
        Field::Duration => duration(desk),
        Field::Authority(fact) => of_authority(desk, *fact),
        Field::Parent(fact) => parent(desk, *fact),
        Field::Originals => Some(desk.labels.number_in_words(desk.convention.parties.len())),
        Field::Languages => Some(languages(desk)),
        // It is a block, and has no text of its own.
        Field::CommitmentsTable => None,
    };
    said.filter(|text| !text.trim().is_empty())
}

fn of_party(desk: &Desk<'_>, party: &Party, fact: PartyFact) -> Option<String> {
    let partner = desk.partner(party);
    let is_published = desk.state == State::Publication;
    match fact {
        PartyFact::Name => desk.name(party).map(|name| name.text.clone()),
        PartyFact::ShortName => desk.short_name(party).map(|name| name.text.clone()),
        PartyFact::WithArticle => desk.name(party).map(Name::with_article),
        PartyFact::Of => desk.short_name(party).map(Name::of),
        PartyFact::At => desk.short_name(party).map(Name::to),
        PartyFact::OwnName => desk.own_name(party).map(|name| name.text.clone()),
        PartyFact::Country => country(desk, party).map(|it| it.name.text.clone()),
        PartyFact::OfCountry => country(desk, party).map(|it| it.name.of()),
        PartyFact::InCountry => country(desk, party).map(Country::within),
        PartyFact::Seat => match partner {
            None if party.partner.is_none() => desk.records.authority().seat.clone(),
            partner => partner.and_then(|it| it.seat.clone()),
        },
        PartyFact::Assembly => assembly(desk, party).map(|name| name.text),
        PartyFact::OfAssembly => assembly(desk, party).map(|name| name.of()),
        PartyFact::OfDecider => assembly(desk, party)
            .zip(desk.short_name(party))
            .map(|(assembly, holder)| assembly.of_body_of(holder)),
        PartyFact::Signatory if is_published => Some(desk.labels.page.masked.clone()),
        PartyFact::Signatory => desk.signatory(party).map(|it| it.name.clone()),
        PartyFact::Function => desk.signatory(party).map(|it| it.function.clone()),
    }
}

/// Where a party is; our authority, and who says nothing, in France.
fn country<'a>(desk: &Desk<'a>, party: &Party) -> Option<&'a Country> {
    let code = desk.partner(party).and_then(|it| it.country.as_deref());
    desk.reference.country(code.unwrap_or("FR"))
}

fn of_authority(desk: &Desk<'_>, fact: AuthorityFact) -> Option<String> {
    let authority = desk.records.authority();
    match fact {
        AuthorityFact::Name => Some(authority.name.text.clone()),
        AuthorityFact::Prefect => authority.prefect.as_ref().map(|it| it.text.clone()),
        AuthorityFact::Accountant => authority.accountant.as_ref().map(|it| it.text.clone()),
        AuthorityFact::Town => authority.town.clone(),
        AuthorityFact::Assembly => our_assembly(desk).map(|name| name.text),
    }
}

/// The body that decides for our authority, party or not.
fn our_assembly(desk: &Desk<'_>) -> Option<Name> {
    let ours = desk.records.authority();
    let of_kind = || {
        let known = desk.reference.authority_kind(&ours.kind);
        known.map(|it| it.assembly.clone())
    };
    ours.assembly.clone().or_else(of_kind)
}

/// The body that decides for a party: « conseil communautaire », « Assemblée de Corse ».
pub(super) fn assembly(desk: &Desk<'_>, party: &Party) -> Option<Name> {
    let told = || match party.partner {
        None => our_assembly(desk),
        Some(id) => desk.records.partner(id)?.assembly.clone(),
    };
    // The body that did decide, the one that is to, else the assembly.
    let vote = desk.convention.done_by(ActKind::Vote, &party.key);
    let decided = vote.and_then(|(act, _)| act.body.as_ref());
    let decided = decided.or(party.decided_by.as_ref()).map(Name::new);
    let named = decided.or_else(told)?;
    // A body whose name says nothing of its gender is « le ».
    let is_bare = named.with_article() == named.text;
    Some(Name {
        article: if is_bare {
            Some(NameArticle::Le)
        } else {
            named.article
        },
        ..named
    })
}

/// The budget, once it holds a line: before, its amounts are places to fill.
pub(super) fn planned<'a>(desk: &Desk<'a>) -> Option<&'a Budget> {
    desk.budget().filter(|budget| !budget.lines.is_empty())
}

fn co_funding(desk: &Desk<'_>, figure: Figure) -> Option<Amount> {
    let budget = planned(desk)?;
    let years = years(desk, figure);
    let planned = desk.co_funders().map(|funder| {
        budget.planned(Slice {
            years: &years,
            funder: Some(funder.id),
            in_kind: None,
        })
    });
    Some(planned.sum())
}

/// The year that a figure is of; all those of the convention when it names none.
fn years(desk: &Desk<'_>, figure: Figure) -> Vec<i32> {
    figure.year.map_or_else(|| desk.years(), |year| vec![year])
}

/// In words where they are asked for and known, which is in French; figures say the same.
fn said(desk: &Desk<'_>, amount: Amount, figure: Figure) -> String {
    let currency = desk.currency();
    let say = if figure.in_words && desk.is_french() {
        money::amount_in_french_words
    } else {
        money::amount
    };
    say(amount, &currency, desk.reference, desk.labels)
}

fn date(desk: &Desk<'_>, day: Day) -> Option<String> {
    let convention = desk.convention;
    let date = match day {
        Day::Start => convention.start,
        Day::End => convention.end,
        Day::Effect => convention.effect,
        Day::Signature => last_signature(convention),
    };
    date.map(|date| desk.labels.date(date))
}

/// The day of the last signature, once every party has signed.
pub(super) fn last_signature(convention: &Convention) -> Option<chrono::NaiveDate> {
    let mut last = None;
    for party in &convention.parties {
        let (_, date) = convention.done_by(ActKind::Signature, &party.key)?;
        last = last.max(Some(date));
    }
    last
}

/// « trois ans », « dix-huit mois », in French; nothing that is not a whole number of months.
fn duration(desk: &Desk<'_>) -> Option<String> {
    use chrono::Datelike;

    if !desk.is_french() {
        return None;
    }
    let start = desk.convention.start?;
    let end = desk.convention.end?.succ_opt()?;
    let months = (end.year() - start.year()) * 12 + end.month() as i32 - start.month() as i32;
    let months = u64::try_from(months)
        .ok()
        .filter(|it| *it > 0 && end.day() == start.day())?;
    Some(match (months / 12, months % 12) {
        (1, 0) => "un an".to_owned(),
        (years, 0) => format!("{} ans", money::in_french(years)),
        _ => format!("{} mois", money::in_french(months)),
    })
}

fn parent(desk: &Desk<'_>, fact: ParentFact) -> Option<String> {
    let parent = desk.records.convention(desk.convention.parent?)?;
    match fact {
        ParentFact::Title => Some(with_inner_quotes(&parent.title)),
        ParentFact::Date => last_signature(parent).map(|date| desk.labels.date(date)),
    }
}

/// « français », « français et en portugais »: after « en », which French says again before each.
pub(super) fn languages(desk: &Desk<'_>) -> String {
    let names: Vec<&str> = desk
        .convention
        .languages
        .iter()
        .map(|lang| {
            let named = desk.labels.languages.get(lang.primary());
            named.map_or(lang.as_str(), String::as_str)
        })
        .collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => {
            let again = if desk.is_french() { "en " } else { "" };
            let first = first.join(&format!(", {again}"));
            format!("{first} {} {again}{last}", desk.labels.parties.and)
        }
    }
}
