//! Fields of article text: what each name means in one convention. A field that has no value prints as a place to fill.

use crate::model::text::{Content, parse};
use crate::model::{ActKind, Amount, Convention, Key, Lang, Party, Records, Slice};
use crate::reference::Reference;

use super::desk::Desk;
use super::{Inline, Span, State, Target, money};

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

/// What is known of a party, and what an officer calls it.
const OF_PARTY: [(&str, &str); 11] = [
    ("nom", "nom officiel"),
    ("nom-court", "nom d’usage"),
    ("le", "nom avec son article"),
    ("du", "nom après «\u{a0}de\u{a0}»"),
    ("au", "nom après «\u{a0}à\u{a0}»"),
    ("nom-propre", "nom dans sa langue"),
    ("pays", "pays"),
    ("siege", "siège"),
    ("assemblee", "assemblée"),
    ("signataire", "signataire"),
    ("fonction", "fonction du signataire"),
];

/// Fields that do not depend on a party, an article or a year.
const OTHERS: [(&str, &str); 14] = [
    ("date.debut", "début de la période"),
    ("date.fin", "fin de la période"),
    ("date.effet", "date d’effet"),
    ("date.signature", "date de la dernière signature"),
    ("duree", "durée"),
    ("tableau.engagements", "tableau des engagements"),
    ("cout.total", "coût total"),
    ("cofinancements.total", "total des cofinancements"),
    ("collectivite.nom", "nom de la collectivité"),
    ("collectivite.prefet", "préfet"),
    ("collectivite.comptable", "comptable public"),
    ("collectivite.ville", "ville du siège"),
    ("exemplaires", "nombre d’exemplaires"),
    ("langues", "langues"),
];

const OF_PARENT: [(&str, &str); 2] = [
    ("parent.titre", "titre de la convention d’origine"),
    ("parent.date", "date de la convention d’origine"),
];

/// Commitments of a party: cash, kind, both.
const COMMITMENTS: [(&str, &str, Option<bool>); 3] = [
    ("numeraire", "numéraire", Some(false)),
    ("nature", "nature", Some(true)),
    ("total", "total", None),
];

/// The name of the field that is a whole table.
pub(super) const TABLE: &str = "tableau.engagements";

/// Every field that this convention can use, with its value in French, in the order in which an officer looks for it.
#[must_use]
pub fn fields_of(
    convention: &Convention,
    records: &Records,
    reference: &Reference,
) -> Vec<FieldValue> {
    let lang = Lang::french();
    let desk = Desk {
        convention,
        records,
        reference,
        labels: reference.labels(&lang),
        lang,
        state: State::Working,
        again: false,
    };
    let mut names: Vec<String> = Vec::new();
    for party in &convention.parties {
        let key = &party.key;
        names.extend(
            OF_PARTY
                .iter()
                .map(|(part, _)| format!("partie.{key}.{part}")),
        );
        for (part, _, _) in COMMITMENTS {
            names.push(format!("engagements.{key}.{part}"));
            let by_year = desk.years().into_iter();
            names.extend(by_year.map(|year| format!("engagements.{key}.{part}.{year}")));
        }
        names.push(format!("vote.{key}.date"));
        names.push(format!("vote.{key}.numero"));
    }
    names.extend(OTHERS.iter().map(|(name, _)| (*name).to_owned()));
    if convention.parent.is_some() {
        names.extend(OF_PARENT.iter().map(|(name, _)| (*name).to_owned()));
    }
    names.extend(
        convention
            .articles
            .iter()
            .map(|it| format!("article:{}", it.key)),
    );
    names.extend(
        convention
            .annexes
            .iter()
            .map(|it| format!("annexe:{}", it.key)),
    );

    // What the texts use otherwise: an amount in words, an article by its role.
    for name in used(convention) {
        if !names.contains(&name) {
            names.push(name);
        }
    }

    names
        .into_iter()
        .map(|name| FieldValue {
            label: label(&desk, &name),
            value: value(&desk, &name),
            name,
        })
        .collect()
}

/// The fields that the texts of a convention use, in order, as often as they do.
fn used(convention: &Convention) -> impl Iterator<Item = String> {
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
        .flat_map(|source| parse(source).leaves)
        .filter_map(|leaf| match leaf.content {
            Content::Field(name) => Some(name),
            _ => None,
        })
}

/// What a field prints as, styled like the words around it.
pub(super) fn resolve(desk: &Desk<'_>, name: &str, style: &Span) -> Inline {
    if let Some(link) = reference_to(desk, name, style) {
        return link;
    }
    match value(desk, name) {
        Some(text) => {
            let own = name.ends_with(".nom-propre");
            Inline::Span(Span {
                language: own.then(|| own_language(desk, name)).flatten(),
                text,
                ..style.clone()
            })
        }
        None => Inline::Blank {
            ems: 8,
            label: label(desk, name),
        },
    }
}

fn own_language(desk: &Desk<'_>, name: &str) -> Option<Lang> {
    let key = name.strip_prefix("partie.")?.split('.').next()?;
    let party = desk.convention.party(&Key::new(key))?;
    Some(desk.own_name(party)?.lang.clone())
}

/// `article:finances`, by role or key; `annexe:budget`.
fn reference_to(desk: &Desk<'_>, name: &str, style: &Span) -> Option<Inline> {
    let labels = &desk.labels.articles;
    let (label, number, key) = if let Some(wanted) = name.strip_prefix("article:") {
        let articles = &desk.convention.articles;
        let place = articles
            .iter()
            .position(|it| it.key.as_str() == wanted)
            .or_else(|| {
                articles
                    .iter()
                    .position(|it| it.role.as_deref() == Some(wanted))
            })?;
        (&labels.to_article, place + 1, &articles.get(place)?.key)
    } else {
        let wanted = name.strip_prefix("annexe:")?;
        let annexes = &desk.convention.annexes;
        let place = annexes.iter().position(|it| it.key.as_str() == wanted)?;
        (&labels.to_annex, place + 1, &annexes.get(place)?.key)
    };

    let words = crate::reference::fill(label, &[("n", &number.to_string())]);
    let mut text = vec![Inline::Span(Span {
        text: words,
        solid: true,
        ..style.clone()
    })];
    let first_article = number == 1 && name.starts_with("article:");
    if first_article && !labels.first_mark.is_empty() {
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
    if let Some(Inline::Link { text, .. }) = reference_to(desk, name, &Span::default()) {
        return Some(super::text::inlines(&text));
    }
    let (family, rest) = name.split_once('.').unwrap_or((name, ""));
    let said = match family {
        "partie" => {
            let (party, part) = party_of(desk, rest)?;
            of_party(desk, party, part)
        }
        "engagements" => {
            let (party, part) = party_of(desk, rest)?;
            committed(desk, party, part)
        }
        "cout" => total(desk, rest),
        "cofinancements" => co_funding(desk, rest),
        "vote" => {
            let (party, part) = party_of(desk, rest)?;
            let (act, date) = desk.convention.done_by(ActKind::Vote, &party.key)?;
            match part {
                "date" => Some(desk.labels.date(date)),
                "numero" => act.number.clone(),
                _ => None,
            }
        }
        "date" => date(desk, rest),
        "duree" => duration(desk),
        "collectivite" => {
            let authority = desk.records.authority();
            match rest {
                "nom" => Some(authority.name.text.clone()),
                "prefet" => authority.prefect.as_ref().map(|name| name.text.clone()),
                "comptable" => authority.accountant.as_ref().map(|name| name.text.clone()),
                "ville" => authority.town.clone(),
                _ => None,
            }
        }
        "parent" => parent(desk, rest),
        "exemplaires" => Some(desk.labels.number_in_words(desk.convention.parties.len())),
        "langues" => Some(languages(desk)),
        _ => None,
    };
    said.filter(|text| !text.trim().is_empty())
}

/// What an officer calls a field.
fn label(desk: &Desk<'_>, name: &str) -> String {
    if let Some(figures) = name.strip_suffix(".lettres") {
        return format!("{}, en lettres", label(desk, figures));
    }
    let called = |party: &Party| {
        desk.short_name(party)
            .map_or_else(|| party.key.to_string(), |name| name.text.clone())
    };
    let known = OTHERS.iter().chain(&OF_PARENT).find(|(it, _)| *it == name);
    if let Some((_, label)) = known {
        return (*label).to_owned();
    }

    let (family, rest) = name.split_once('.').unwrap_or((name, ""));
    match (family, party_of(desk, rest)) {
        ("partie", Some((party, part))) => {
            let label = OF_PARTY.iter().find(|(it, _)| *it == part);
            format!(
                "{} – {}",
                label.map_or(part, |(_, label)| *label),
                called(party)
            )
        }
        ("engagements", Some((party, part))) => {
            let (kind, year) = part.split_once('.').unwrap_or((part, ""));
            let kind = COMMITMENTS
                .iter()
                .find(|(it, _, _)| *it == kind)
                .map_or(kind, |(_, label, _)| *label);
            let year = if year.is_empty() {
                String::new()
            } else {
                format!(", {year}")
            };
            format!("engagement en {kind} – {}{year}", called(party)).replace("en total", "total")
        }
        ("vote", Some((party, "date"))) => format!("date de la délibération – {}", called(party)),
        ("vote", Some((party, _))) => format!("n° de la délibération – {}", called(party)),
        _ if name.starts_with("article:") || name.starts_with("annexe:") => {
            format!("renvoi ({})", name.replace(':', " "))
        }
        _ => name.to_owned(),
    }
}

/// The party that a field's name begins with, and what follows. Keys hold no full stop.
fn party_of<'a, 'n>(desk: &Desk<'a>, rest: &'n str) -> Option<(&'a Party, &'n str)> {
    let (key, part) = rest.split_once('.')?;
    Some((desk.convention.party(&Key::new(key))?, part))
}

fn of_party(desk: &Desk<'_>, party: &Party, part: &str) -> Option<String> {
    let partner = desk.partner(party);
    match part {
        "nom" => desk.name(party).map(|name| name.text.clone()),
        "nom-court" => desk.short_name(party).map(|name| name.text.clone()),
        "le" => desk.name(party).map(crate::model::Name::with_article),
        "du" => desk.short_name(party).map(crate::model::Name::of),
        "au" => desk.short_name(party).map(crate::model::Name::to),
        "nom-propre" => desk.own_name(party).map(|name| name.text.clone()),
        "pays" => {
            let code = partner.and_then(|it| it.country.as_deref()).unwrap_or("FR");
            desk.reference
                .country(code)
                .map(|country| country.name.text.clone())
        }
        "siege" => match partner {
            None if party.partner.is_none() => desk.records.authority().seat.clone(),
            partner => partner.and_then(|it| it.seat.clone()),
        },
        "assemblee" => assembly(desk, party),
        "signataire" if desk.state == State::Publication => Some(desk.labels.page.masked.clone()),
        "signataire" => desk.signatory(party).map(|it| it.name.clone()),
        "fonction" => desk.signatory(party).map(|it| it.function.clone()),
        _ => None,
    }
}

/// The body that decides for a party, with no article: « conseil communautaire ».
pub(super) fn assembly(desk: &Desk<'_>, party: &Party) -> Option<String> {
    let told = match party.partner {
        None => desk.records.authority().assembly.as_ref(),
        Some(id) => desk.records.partner(id)?.assembly.as_ref(),
    };
    let of_kind = || {
        let kind = &desk.records.authority().kind;
        let known = desk.reference.authority_kind(kind);
        known
            .filter(|_| party.partner.is_none())
            .map(|it| &it.assembly)
    };
    let decided = party.decided_by.clone();
    decided.or_else(|| told.or_else(of_kind).map(|name| name.text.clone()))
}

/// `numeraire`, `nature.2027`, `total.lettres`.
fn committed(desk: &Desk<'_>, party: &Party, part: &str) -> Option<String> {
    let (kind, more) = part.split_once('.').unwrap_or((part, ""));
    let (_, _, in_kind) = COMMITMENTS.iter().find(|(it, _, _)| *it == kind)?;
    desk.budget()?.funder(&party.key)?;
    let (years, in_words) = years_and_words(desk, more)?;
    said(desk, desk.committed(party, &years, *in_kind), in_words)
}

/// `total`, `total.2027`, `total.lettres`.
fn total(desk: &Desk<'_>, part: &str) -> Option<String> {
    let more = part.strip_prefix("total")?.trim_start_matches('.');
    let (years, in_words) = years_and_words(desk, more)?;
    let amount = desk.budget()?.planned(Slice {
        years: &years,
        ..Slice::default()
    });
    said(desk, amount, in_words)
}

fn co_funding(desk: &Desk<'_>, part: &str) -> Option<String> {
    let more = part.strip_prefix("total")?.trim_start_matches('.');
    let (years, in_words) = years_and_words(desk, more)?;
    let budget = desk.budget()?;
    let amount = desk
        .co_funders()
        .map(|funder| {
            budget.planned(Slice {
                years: &years,
                funder: Some(funder.id),
                in_kind: None,
            })
        })
        .sum();
    said(desk, amount, in_words)
}

/// What follows the kind of an amount: a year of the convention's, and whether words are wanted.
fn years_and_words(desk: &Desk<'_>, more: &str) -> Option<(Vec<i32>, bool)> {
    let (more, in_words) = match more.strip_suffix("lettres") {
        Some(before) => (before.trim_end_matches('.'), true),
        None => (more, false),
    };
    let years = match more {
        "" => desk.years(),
        year => vec![year.parse().ok()?],
    };
    Some((years, in_words))
}

fn said(desk: &Desk<'_>, amount: Amount, in_words: bool) -> Option<String> {
    let currency = desk.currency();
    match in_words {
        true if desk.is_french() => Some(money::amount_in_french_words(
            amount,
            &currency,
            desk.reference,
            desk.labels,
        )),
        // Words are known in French only: figures say the same.
        _ => Some(money::amount(
            amount,
            &currency,
            desk.reference,
            desk.labels,
        )),
    }
}

fn date(desk: &Desk<'_>, part: &str) -> Option<String> {
    let convention = desk.convention;
    let date = match part {
        "debut" => convention.start,
        "fin" => convention.end,
        "effet" => convention.effect,
        "signature" => last_signature(convention),
        _ => None,
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

fn parent(desk: &Desk<'_>, part: &str) -> Option<String> {
    let parent = desk.records.convention(desk.convention.parent?)?;
    match part {
        "titre" => Some(parent.title.clone()),
        "date" => last_signature(parent).map(|date| desk.labels.date(date)),
        _ => None,
    }
}

/// « français », « français et portugais ».
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
            format!("{} {} {last}", first.join(", "), desk.labels.parties.and)
        }
    }
}
