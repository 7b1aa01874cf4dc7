//! What the table shows of a convention, worked out when records change and not when the page is drawn.

use chrono::NaiveDate;

use crate::app::session::Session;
use crate::app::text as french;
use crate::check::Tally;
use crate::model::{
    Amount, Convention, ConventionKind, Id as RecordKey, NextAct, Party, Stage, fold, sort_key,
};

/// A line of the table.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which.
    pub id: RecordKey,
    /// Its title.
    pub title: String,
    /// Its kind, in words.
    pub kind: &'static str,
    /// Its kind.
    pub convention_kind: ConventionKind,
    /// Whether it amends another that is there: it stands under it when sorted by title.
    pub is_amendment: bool,
    /// Its partners.
    pub partners: String,
    /// Which they are.
    pub partner_ids: Vec<RecordKey>,
    /// Their countries.
    pub countries: String,
    /// The codes of these.
    pub country_codes: Vec<String>,
    /// Where it stands.
    pub stage: Stage,
    /// By when it waits for what it waits for, where a day is set.
    pub due: Option<NaiveDate>,
    /// What it waits for: « Signature · Aného ».
    pub next_words: String,
    /// Whether its day is behind.
    pub is_late: bool,
    /// Its last day.
    pub end: Option<NaiveDate>,
    /// What we commit, in words.
    pub amount: String,
    /// The same in cents; of currencies apart, as they are.
    pub amount_cents: Option<Amount>,
    /// Who follows it.
    pub in_charge: String,
    /// Which contact that is.
    pub in_charge_id: Option<RecordKey>,
    /// What there is to see to.
    pub tally: Tally,
    /// What a search reads, folded.
    pub search: String,
    /// By which French orders the title, the partners, the countries, who follows it; empty where nothing is said.
    pub title_key: Vec<u8>,
    /// See above.
    pub partners_key: Vec<u8>,
    /// See above.
    pub countries_key: Vec<u8>,
    /// See above.
    pub in_charge_key: Vec<u8>,
    /// By which amendments stand with what they amend: the key and the identifier of the latter, or one's own.
    pub family: (Vec<u8>, RecordKey),
}

impl Line {
    /// What is shown of that convention.
    pub fn of(convention: &Convention, session: &Session) -> Self {
        let records = session.records();
        let others = || convention.parties.iter().filter(|it| it.partner.is_some());
        let partners = joined(others().map(|party| session.party_name(party)));
        let (country_codes, countries) = countries(others(), session);

        let commitment = session.commitment(convention);
        let amount = commitment
            .as_ref()
            .map(|(amount, currency)| french::amount(*amount, currency, session.reference()));
        let person = convention
            .in_charge
            .and_then(|person| records.contact(person));
        let in_charge = person.map_or_else(String::new, |person| person.name.clone());

        let next = session.next_act(convention);
        let due = next.as_ref().and_then(NextAct::deadline);
        let next_words = next
            .as_ref()
            .map_or_else(String::new, |next| next_words(next, convention, session));

        let title = records.short_title(convention);
        let amended = convention
            .parent
            .filter(|_| convention.kind == ConventionKind::Amendment)
            .filter(|parent| records.convention(*parent).is_some());
        let eldest = amended.and_then(|parent| records.convention(parent));
        let eldest = eldest.unwrap_or(convention);

        Self {
            id: convention.id,
            title_key: key_of(&title),
            title,
            kind: convention.kind.label(),
            convention_kind: convention.kind,
            is_amendment: amended.is_some(),
            search: [
                &convention.title,
                &partners,
                &countries,
                convention.kind.label(),
                &in_charge,
            ]
            .map(fold)
            .join("\n"),
            partners_key: key_of(&partners),
            partners,
            partner_ids: others().filter_map(|party| party.partner).collect(),
            countries_key: key_of(&countries),
            countries,
            country_codes,
            stage: session.stage(convention),
            due,
            is_late: due.is_some_and(|day| day < session.today()),
            next_words,
            end: convention.end,
            amount: amount.unwrap_or_else(|| "–".to_owned()),
            amount_cents: commitment.map(|(amount, _)| amount),
            in_charge_key: key_of(&in_charge),
            in_charge,
            in_charge_id: convention.in_charge,
            tally: Tally::of(session.findings(convention.id)),
            family: (key_of(&records.short_title(eldest)), eldest.id),
        }
    }
}

/// « Signature · Aného ».
pub fn next_words(next: &NextAct, convention: &Convention, session: &Session) -> String {
    let party = next.party.as_ref().and_then(|key| convention.party(key));
    match party {
        Some(party) => format!("{} · {}", next.kind.label(), session.party_name(party)),
        None => next.kind.label().to_owned(),
    }
}

fn countries<'a>(
    parties: impl Iterator<Item = &'a Party>,
    session: &Session,
) -> (Vec<String>, String) {
    let mut codes: Vec<String> = Vec::new();
    let known = parties
        .filter_map(|party| session.records().partner(party.partner?))
        .filter_map(|partner| partner.country.clone());
    for code in known {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let names = codes
        .iter()
        .map(|code| match session.reference().country(code) {
            Some(country) => country.name.text.as_str(),
            None => code.as_str(),
        });
    let names = joined(names);
    (codes, names)
}

fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn key_of(words: &str) -> Vec<u8> {
    if words.is_empty() {
        Vec::new()
    } else {
        sort_key(words)
    }
}
