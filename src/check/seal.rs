//! What has moved since the signature. The signed text stays as it was signed; the records that it read do not.

use super::Place;
use super::Severity::Warning;
use super::case::ConventionCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use crate::model::{
    Convention, Difference, Kind, PathStep, Record, RecordId, Snapshot, diff, quoted,
};

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new(
        "texte-scelle",
        "Fiches inchangées depuis la signature",
        Warning,
        &[],
    ),
    check: Check::Text(any_kind, moved),
}];

fn moved(case: &ConventionCase<'_>) -> Vec<Found> {
    let Some(sealed) = case.sealed else {
        return Vec::new();
    };
    as_signed(&sealed.records, case.convention)
        .into_iter()
        .filter_map(|signed| {
            let name = signed.record_id();
            let now = case.records.get(name).map(AsRef::as_ref);
            record_moved(name, &signed, now)
        })
        .collect()
}

/// The records of a version, without its ancestors: those have a text of their own.
fn as_signed(snapshot: &Snapshot, convention: &Convention) -> Vec<Record> {
    let mut records = vec![Record::Authority(snapshot.authority.clone())];
    let itself = snapshot
        .conventions
        .iter()
        .filter(|signed| signed.id == convention.id);

    records.extend(itself.cloned().map(Record::Convention));
    records.extend(snapshot.partners.iter().cloned().map(Record::Partner));
    records.extend(snapshot.contacts.iter().cloned().map(Record::Contact));
    records.extend(snapshot.budgets.iter().cloned().map(Record::Budget));
    records
}

fn record_moved(name: RecordId, signed: &Record, now: Option<&Record>) -> Option<Found> {
    let what = match name.kind {
        Kind::Authority => "la fiche de notre collectivité".to_owned(),
        Kind::Convention => "le texte de la convention".to_owned(),
        kind => format!("la fiche {} ({})", quoted(signed.title()), kind.label()),
    };
    let Some(now) = now else {
        return Some(Found::new(
            Place::whole(name),
            format!(
                "Depuis la signature, {what} a été supprimée. Le texte signé reste tel qu’il a été signé."
            ),
            Facts::default().with(name).with("supprimée"),
        ));
    };

    let differences: Vec<_> = diff(name, Some(signed), Some(now))
        .into_iter()
        .filter(is_read_by_the_text)
        .collect();
    let mut fields: Vec<&str> = Vec::new();
    for difference in &differences {
        let field = first_field(difference);
        let said = in_french(name.kind, field);
        if !fields.contains(&said) {
            fields.push(said);
        }
    }

    let first = differences.first()?;
    let place = Place {
        field: static_name(first_field(first)),
        ..Place::whole(name)
    };
    Some(Found::new(
        place,
        format!(
            "Depuis la signature, {what} a changé\u{a0}: {}. Le texte signé reste tel qu’il a été signé\u{a0}; seul un \
             avenant le modifierait.",
            fields.join(", ")
        ),
        Facts::default().with(&differences),
    ))
}

fn first_field(difference: &Difference) -> &str {
    match difference.path.0.first() {
        Some(PathStep::Field(name)) => name,
        _ => "",
    }
}

/// Fields that a convention's text can read, by kind of record, with their name in French.
const READ: [(Kind, &[(&str, &str)]); 5] = [
    (
        Kind::Authority,
        &[
            ("name", "nom"),
            ("short_name", "nom court"),
            ("kind", "nature"),
            ("siren", "SIREN"),
            ("seat", "siège"),
            ("town", "ville du siège"),
            ("assembly", "assemblée"),
            ("signatories", "signataires"),
            ("prefect", "représentant de l’État"),
            ("accountant", "comptable public"),
        ],
    ),
    (
        Kind::Partner,
        &[
            ("nature", "nature"),
            ("name", "nom"),
            ("short_name", "nom court"),
            ("names", "nom dans sa langue"),
            ("country", "pays"),
            ("kind", "catégorie"),
            ("seat", "siège"),
            ("town", "ville du siège"),
            ("assembly", "assemblée"),
            ("signatories", "signataires"),
            ("authorising_officer", "ordonnateur"),
            ("own_law", "loi de son pays"),
        ],
    ),
    (
        Kind::Contact,
        &[
            ("name", "nom"),
            ("own_name", "nom"),
            ("function", "fonction"),
        ],
    ),
    (
        Kind::Convention,
        &[
            ("kind", "genre"),
            ("title", "titre"),
            ("parties", "parties"),
            ("languages", "langues"),
            ("visas", "visas"),
            ("recitals", "considérants"),
            ("articles", "articles"),
            ("annexes", "annexes"),
            ("budget", "budget"),
            ("budget_years", "années du budget"),
            ("start", "début"),
            ("end", "terme"),
            ("effect", "date d’effet"),
        ],
    ),
    (
        Kind::Budget,
        &[
            ("currency", "monnaie"),
            ("years", "années"),
            ("funders", "financeurs"),
            ("lines", "montants"),
        ],
    ),
];

fn fields_read(kind: Kind) -> &'static [(&'static str, &'static str)] {
    READ.iter()
        .find(|(read, _)| *read == kind)
        .map_or(&[], |(_, fields)| fields)
}

fn in_french(kind: Kind, field: &str) -> &'static str {
    fields_read(kind)
        .iter()
        .find(|(name, _)| *name == field)
        .map_or("", |(_, french)| french)
}

fn static_name(field: &str) -> Option<&'static str> {
    READ.iter()
        .flat_map(|(_, fields)| fields.iter())
        .find(|(name, _)| *name == field)
        .map(|(name, _)| *name)
}

/// Whether the text reads what differs. What is done under a budget goes on after the signature.
fn is_read_by_the_text(difference: &Difference) -> bool {
    let execution = difference
        .path
        .0
        .iter()
        .any(|step| matches!(step, PathStep::Field(name) if name == "operations"));

    !execution && !in_french(difference.record.kind, first_field(difference)).is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{World, day};
    use crate::model::{ActKind, Amount, Contact};

    const RULE: &str = "texte-scelle";

    #[test]
    fn nothing_moved_holds() {
        let mut world = World::new();
        world.seal();
        assert!(world.findings(RULE).is_empty());
    }

    #[test]
    fn what_moved_is_told_record_by_record() {
        let mut world = World::new();
        world.seal();
        world.foreign.name.text = "Ville d’Aného".to_owned();
        world.foreign.signatories[0].name = "M. Kossi Mensah".to_owned();
        world.budget.lines[0].shares[0].amount = Amount(1);
        world.convention.articles[0].texts[0].paragraphs[0].push('…');

        let found = world.findings(RULE);
        assert_eq!(found.len(), 3);
        let about = |id| found.iter().find(|finding| finding.place.record.id == id);
        let partner = about(world.foreign.id).unwrap();
        assert!(
            partner.message.contains("nom, signataires"),
            "{}",
            partner.message
        );
        assert_eq!(partner.place.field, Some("name"));
        assert!(about(world.budget.id).unwrap().message.contains("montants"));
        assert!(
            about(world.convention.id)
                .unwrap()
                .message
                .contains("articles")
        );
    }

    #[test]
    fn what_the_text_does_not_read_may_move() {
        let mut world = World::new();
        world.seal();
        world.act(ActKind::Report, 0, day(2026, 9, 1));
        world.foreign.notes = Some("Rappeler en mai.".to_owned());
        world.convention.notes = Some("À suivre.".to_owned());
        world.convention.themes.push("sante".to_owned());
        world.pay(0, 100);
        let person = world.fresh();
        world.others.push(crate::model::Record::Contact(
            serde_json::from_value::<Contact>(serde_json::json!({"id": person, "name": "A"}))
                .unwrap(),
        ));
        assert!(world.findings(RULE).is_empty());
    }

    #[test]
    fn a_draft_has_nothing_to_have_moved_from() {
        assert!(World::new().findings(RULE).is_empty());
    }

    #[test]
    fn the_rules_read_the_signed_text() {
        let mut world = World::new();
        world.seal();
        world.convention.articles.clear();
        assert!(world.findings("objet").is_empty());
        assert_eq!(world.findings(RULE).len(), 1);
    }
}
