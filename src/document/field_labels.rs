//! What an officer calls a field: « signataire – Porto-Novo », never its name in the grammar.

use crate::model::Key;
use crate::model::field::{
    AuthorityFact, Day, Field, Figure, Means, ParentFact, PartyFact, VoteFact,
};

use super::desk::Desk;

/// What an officer calls a field of that convention.
pub(super) fn label(desk: &Desk<'_>, name: &str) -> String {
    labelled(name, |key| {
        let party = desk.convention.party(key);
        party
            .and_then(|party| desk.short_name(party))
            .map_or_else(|| key.to_string(), |name| name.text.clone())
    })
}

/// What an officer calls a field, where parties are called so.
pub(super) fn labelled(name: &str, called: impl Fn(&Key) -> String) -> String {
    match Field::parse(name) {
        Some(Field::Party(key, fact)) => format!("{} – {}", party_label(fact), called(&key)),
        Some(Field::Commitment(key, means, figure)) => {
            let means = match means {
                Means::Cash => "engagement en numéraire",
                Means::InKind => "engagement en nature",
                Means::Total => "engagement total",
            };
            figured(&format!("{means} – {}", called(&key)), figure)
        }
        Some(Field::Cost(figure)) => figured("coût total", figure),
        Some(Field::InKind(figure)) => figured("total des apports en nature", figure),
        Some(Field::Cofunding(figure)) => figured("total des cofinancements", figure),
        Some(Field::Vote(key, VoteFact::Date)) => {
            format!("date de la délibération – {}", called(&key))
        }
        Some(Field::Vote(key, VoteFact::Number)) => {
            format!("n° de la délibération – {}", called(&key))
        }
        Some(Field::Date(day)) => match day {
            Day::Start => "début de la période",
            Day::End => "fin de la période",
            Day::Effect => "date d’effet",
            Day::Signature => "date de la dernière signature",
        }
        .to_owned(),
        Some(Field::Authority(fact)) => match fact {
            AuthorityFact::Name => "nom de la collectivité",
            AuthorityFact::Prefect => "préfet",
            AuthorityFact::Accountant => "comptable public",
            AuthorityFact::Town => "ville du siège",
            AuthorityFact::Assembly => "assemblée de la collectivité",
        }
        .to_owned(),
        Some(Field::Parent(ParentFact::Title)) => "titre de la convention d’origine".to_owned(),
        Some(Field::Parent(ParentFact::Date)) => "date de la convention d’origine".to_owned(),
        Some(Field::Article(target)) => format!("renvoi à l’article «\u{a0}{target}\u{a0}»"),
        Some(Field::Annex(target)) => format!("renvoi à l’annexe «\u{a0}{target}\u{a0}»"),
        Some(Field::Duration) => "durée".to_owned(),
        Some(Field::CommitmentsTable) => "tableau des engagements".to_owned(),
        Some(Field::Originals) => "nombre d’exemplaires".to_owned(),
        Some(Field::Languages) => "langues".to_owned(),
        None => name.to_owned(),
    }
}

const fn party_label(fact: PartyFact) -> &'static str {
    match fact {
        PartyFact::Name => "nom officiel",
        PartyFact::ShortName => "nom d’usage",
        PartyFact::WithArticle => "nom avec son article",
        PartyFact::Of => "nom après «\u{a0}de\u{a0}»",
        PartyFact::At => "nom après «\u{a0}à\u{a0}»",
        PartyFact::OwnName => "nom dans sa langue",
        PartyFact::Country => "pays",
        PartyFact::OfCountry => "pays après «\u{a0}de\u{a0}»",
        PartyFact::InCountry => "pays après «\u{a0}en\u{a0}»",
        PartyFact::Seat => "siège",
        PartyFact::Assembly => "assemblée",
        PartyFact::OfAssembly => "assemblée après «\u{a0}de\u{a0}»",
        PartyFact::OfDecider => "assemblée et collectivité après «\u{a0}de\u{a0}»",
        PartyFact::Signatory => "signataire",
        PartyFact::Function => "fonction du signataire",
    }
}

/// « coût total, 2027, en lettres ».
fn figured(label: &str, figure: Figure) -> String {
    let year = figure
        .year
        .map(|year| format!(", {year}"))
        .unwrap_or_default();
    let words = if figure.in_words { ", en lettres" } else { "" };
    format!("{label}{year}{words}")
}
