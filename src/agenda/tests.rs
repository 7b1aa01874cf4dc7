//! Each line comes when it must, and not when it need not.

use super::*;
use crate::model::{Act, Convention, ConventionKind, Ids, Name, Party, RecognitionCheck, Record};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct Bench {
    ids: Ids,
    records: Records,
    convention: Convention,
}

impl Bench {
    /// A convention in force from the beginning of 2026, between us and one foreign town.
    fn new() -> Self {
        let mut ids = Ids::counted(1_790_000_000_000);
        let partner = Partner::new(ids.next_id(), Nature::ForeignAuthority, Name::new("Aného"));
        let mut convention = Convention::new(ids.next_id(), ConventionKind::Cooperation, "Eau");
        for (key, id) in [("nous", None), ("aneho", Some(partner.id))] {
            convention.parties.push(Party {
                id: ids.next_id(),
                key: Key::new(key),
                partner: id,
                signatory: None,
                capacity: None,
                decided_by: None,
                passes_on: false,
            });
        }
        Self {
            ids,
            records: Records::from_records([Record::Partner(partner)]),
            convention,
        }
    }

    fn act(&mut self, kind: ActKind, party: Option<&str>, date: Option<&str>, due: Option<&str>) {
        self.convention.acts.push(Act {
            party: party.map(Key::new),
            date: date.map(day),
            due: due.map(day),
            ..Act::new(self.ids.next_id(), kind)
        });
    }

    fn words(&self, today: &str) -> Vec<String> {
        let mut records = self.records.clone();
        let change =
            crate::model::Change::create("Essai", Record::Convention(self.convention.clone()));
        records.apply(&change);
        agenda(&records, Reference::shipped(), day(today))
            .iter()
            .map(|due| format!("{} {}", due.day, due.words))
            .collect()
    }
}

#[test]
fn a_vote_is_transmitted_within_the_delay_and_then_no_more_asked() {
    let mut bench = Bench::new();
    bench.act(ActKind::Vote, Some("nous"), Some("2026-11-05"), None);
    assert_eq!(
        bench.words("2026-11-23"),
        ["2026-11-20 Transmettre la délibération votée le 05/11/2026"]
    );
    bench.act(
        ActKind::DeliberationTransmission,
        Some("nous"),
        Some("2026-11-23"),
        None,
    );
    assert!(bench.words("2026-11-23").is_empty());
}

#[test]
fn the_vote_of_a_foreign_partner_is_not_ours_to_transmit() {
    let mut bench = Bench::new();
    bench.act(ActKind::Vote, Some("aneho"), Some("2026-11-05"), None);
    assert!(bench.words("2026-11-23").is_empty());
}

#[test]
fn what_was_given_a_day_is_awaited() {
    let mut bench = Bench::new();
    bench.act(ActKind::Signature, Some("aneho"), None, Some("2026-12-08"));
    assert_eq!(bench.words("2026-11-23"), ["2026-12-08 Signature, Aného"]);
}

#[test]
fn signed_it_is_transmitted_then_the_prefect_has_two_months() {
    let mut bench = Bench::new();
    for (kind, party, date) in [
        (ActKind::Vote, Some("nous"), "2026-09-01"),
        (
            ActKind::DeliberationTransmission,
            Some("nous"),
            "2026-09-05",
        ),
        (ActKind::Signature, Some("nous"), "2026-10-01"),
        (ActKind::Signature, Some("aneho"), "2026-11-10"),
    ] {
        bench.act(kind, party, Some(date), None);
    }
    let asked = bench.words("2026-11-23");
    assert!(
        asked[0].starts_with("2026-11-25 Transmettre la convention"),
        "{asked:?}"
    );

    bench.act(
        ActKind::ConventionTransmission,
        Some("nous"),
        Some("2026-11-20"),
        None,
    );
    let then = bench.words("2026-11-23");
    assert_eq!(then, ["2027-01-20 Fin du délai de déféré préfectoral"]);

    bench.act(ActKind::DocumentRequest, None, Some("2026-11-22"), None);
    let asked = bench.words("2026-11-23");
    assert!(
        asked[0].starts_with("2026-12-07 Transmettre les pièces demandées le 22/11/2026"),
        "{asked:?}"
    );
    bench.act(
        ActKind::ConventionTransmission,
        None,
        Some("2026-11-30"),
        None,
    );
    assert_eq!(
        bench.words("2026-12-01"),
        ["2027-01-30 Fin du délai de déféré préfectoral"]
    );
    bench.act(ActKind::DelayEnd, None, Some("2027-02-01"), None);
    assert!(bench.words("2026-12-01").is_empty());
}

#[test]
fn a_vote_is_counted_back_from_the_last_sitting_that_can_still_serve() {
    let mut bench = Bench::new();
    bench.convention.start = Some(day("2027-01-01"));
    let sits = |bench: &mut Bench, date: &str, closes: Option<&str>| Session {
        id: bench.ids.next_id(),
        date: day(date),
        body: None,
        closes: closes.map(day),
    };
    let sessions = vec![
        sits(&mut bench, "2026-11-26", None),
        sits(&mut bench, "2026-12-17", Some("2026-12-01")),
        sits(&mut bench, "2027-02-11", None),
    ];
    let authority = Authority {
        sessions,
        ..Authority::default()
    };
    let change = Change::create("", Record::Authority(authority));
    bench.records.apply(&change);
    assert_eq!(
        bench.words("2026-11-23"),
        [
            "2026-12-01 À faire voter à la séance du 17/12/2026, la dernière avant le début du programme (01/01/2027)\u{a0}; dossier à déposer avant le 01/12/2026"
        ]
    );
    // The file can no longer be put on the agenda of that one; none is left.
    assert!(bench.words("2026-12-02").is_empty());
    bench.act(ActKind::Vote, Some("nous"), Some("2026-11-20"), None);
    let words = bench.words("2026-11-23");
    assert!(
        words.iter().all(|it| !it.contains("À faire voter")),
        "{words:?}"
    );
}

#[test]
fn what_is_put_off_is_known_by_its_name_until_its_day() {
    let mut bench = Bench::new();
    bench.act(ActKind::Vote, Some("nous"), Some("2026-11-05"), None);
    let change = Change::create("", Record::Convention(bench.convention.clone()));
    bench.records.apply(&change);
    let today = day("2026-11-23");
    let due = agenda(&bench.records, Reference::shipped(), today).remove(0);
    assert_eq!(due.put_off, None);

    let until = day("2026-12-01");
    let change = put_off(&due, Some(until), &bench.records).unwrap();
    bench.records.apply(&change);
    assert_eq!(put_off(&due, Some(until), &bench.records), None);
    let on = |today| {
        agenda(&bench.records, Reference::shipped(), today)
            .remove(0)
            .put_off
    };
    assert_eq!((on(today), on(until)), (Some(until), None));
    let taken_up = put_off(&due, None, &bench.records).unwrap();
    bench.records.apply(&taken_up);
    assert_eq!(
        agenda(&bench.records, Reference::shipped(), today)
            .remove(0)
            .put_off,
        None
    );
}

#[test]
fn a_term_that_comes_near_is_prepared_until_it_is_renewed() {
    let mut bench = Bench::new();
    bench.convention.end = Some(day("2027-08-27"));
    for (kind, party) in [
        (ActKind::Vote, Some("nous")),
        (ActKind::DeliberationTransmission, Some("nous")),
        (ActKind::Signature, Some("nous")),
        (ActKind::Signature, Some("aneho")),
        (ActKind::ConventionTransmission, Some("nous")),
    ] {
        bench.act(kind, party, Some("2024-03-01"), None);
    }
    assert!(bench.words("2026-11-01").is_empty());
    let near = bench.words("2026-12-15");
    assert!(near[0].contains("terme le 27/08/2027"), "{near:?}");
    assert!(bench.words("2027-09-01").is_empty());
}

#[test]
fn a_partner_with_whom_something_goes_on_is_checked_each_year() {
    let mut bench = Bench::new();
    let mut partner = bench.records.partners().next().unwrap().clone();
    partner.recognition = Some(RecognitionCheck {
        date: day("2025-11-30"),
        by: "I. V.".to_owned(),
        result: "rien".to_owned(),
    });
    bench.records = Records::from_records([Record::Partner(partner)]);
    assert!(bench.words("2026-10-01").is_empty());
    assert!(bench.words("2026-11-23")[0].starts_with("2026-11-30 Vérifier"));
}

#[test]
fn lines_fall_late_this_month_this_quarter_or_ahead() {
    let due = |text: &str, prepares| Due {
        key: String::new(),
        put_off: None,
        day: day(text),
        prepares,
        about: String::new(),
        words: String::new(),
        place: Place::Workspace,
        deed: Deed::Look,
        in_charge: None,
    };
    let today = day("2026-11-23");
    for (text, prepares, nearness) in [
        ("2026-11-22", false, Nearness::Late),
        ("2026-11-23", false, Nearness::Month),
        ("2026-12-24", false, Nearness::Month),
        ("2026-12-25", false, Nearness::Quarter),
        ("2027-02-24", false, Nearness::Ahead),
        ("2026-12-01", true, Nearness::Month),
        ("2027-01-05", true, Nearness::Ahead),
        ("2026-11-01", true, Nearness::Late),
    ] {
        assert_eq!(due(text, prepares).nearness(today), nearness, "{text}");
    }
}

#[test]
fn the_demonstration_has_something_in_each_part() {
    let records = crate::demo::records();
    let today = crate::demo::TODAY;
    let lines = agenda(&records, Reference::shipped(), today);
    assert!(lines.is_sorted_by_key(|due| due.day));
    for nearness in [Nearness::Month, Nearness::Ahead] {
        assert!(
            lines.iter().any(|due| due.nearness(today) == nearness),
            "{nearness:?}: {lines:#?}"
        );
    }
}

#[test]
fn a_grant_of_one_year_still_owes_its_report_and_its_data_once_it_is_over() {
    let mut bench = Bench::new();
    bench.convention.kind = ConventionKind::Grant;
    bench.convention.start = Some(day("2025-01-01"));
    bench.convention.end = Some(day("2025-12-31"));
    let (budget, funder) = (bench.ids.next_id(), bench.ids.next_id());
    let ids = &mut bench.ids;
    let grant = serde_json::json!({
        "id": budget, "title": "Aides", "years": [2025], "funders": [{ "id": funder, "key": "nous" }],
        "lines": [{
            "id": ids.next_id(), "heading": "a", "label": "b",
            "shares": [{ "id": ids.next_id(), "year": 2025, "funder": funder, "amount": 2_800_000 }],
        }],
    });
    let grant = Record::from_value(crate::model::Kind::Budget, grant).unwrap();
    bench.records.apply(&Change::create("", grant));
    bench.convention.budget = Some(budget);
    for (kind, party) in [
        (ActKind::Signature, Some("nous")),
        (ActKind::Signature, Some("aneho")),
        (ActKind::Notification, None),
    ] {
        bench.act(kind, party, Some("2025-11-03"), None);
    }
    assert_eq!(
        bench.words("2026-01-10"),
        [
            "2026-02-03 Données essentielles de la subvention à publier",
            "2026-06-30 Compte rendu financier de 2025 à recevoir de l’organisme",
        ]
    );

    bench.act(ActKind::DataPublication, None, Some("2026-01-20"), None);
    bench.act(ActKind::Report, None, Some("2026-05-12"), None);
    assert!(bench.words("2026-06-01").is_empty());

    // What was given up, and what ended long ago, is not asked for.
    bench.convention.acts.truncate(3);
    assert!(bench.words("2027-01-10").is_empty());
    bench.act(ActKind::Termination, None, Some("2025-12-01"), None);
    assert!(bench.words("2026-01-10").is_empty());
}

#[test]
fn the_amendment_of_a_grant_is_notified_and_need_not_be_transmitted() {
    let mut bench = Bench::new();
    let mut grant = bench.convention.clone();
    grant.id = bench.ids.next_id();
    grant.kind = ConventionKind::Grant;
    bench.convention.kind = ConventionKind::Amendment;
    bench.convention.parent = Some(grant.id);
    for party in ["nous", "aneho"] {
        bench.act(ActKind::Signature, Some(party), Some("2026-11-03"), None);
    }
    assert!(bench.words("2026-11-10")[0].contains("Transmettre la convention"));
    let change = Change::create("", Record::Convention(grant));
    bench.records.apply(&change);
    assert!(bench.words("2026-11-10").is_empty());
}

#[test]
fn third_parties_have_two_months_from_what_is_published() {
    let mut bench = Bench::new();
    for (kind, date) in [
        (ActKind::Vote, "2026-11-05"),
        (ActKind::DeliberationTransmission, "2026-11-09"),
    ] {
        bench.act(kind, Some("nous"), Some(date), None);
    }
    assert!(bench.words("2026-11-23").is_empty());

    bench.convention.acts[1].published = Some(day("2026-11-12"));
    let said = "2027-01-12 Fin du délai de recours des tiers contre la délibération publiée le 12/11/2026 (deux mois, à confirmer)";
    assert_eq!(bench.words("2026-11-23"), [said]);
    assert!(bench.words("2027-01-13").is_empty());
}

#[test]
fn what_a_budget_expects_is_due_on_its_day_until_it_is_done() {
    let mut bench = Bench::new();
    let budget = serde_json::json!({
        "id": bench.ids.next_id(), "title": "Eau à Aného", "years": [2026],
        "funders": [{ "id": bench.ids.next_id(), "key": "nous" }],
        "lines": [{
            "id": bench.ids.next_id(), "heading": "Travaux", "label": "Forage", "operations": [
                { "id": bench.ids.next_id(), "step": "paid", "year": 2026, "amount": 900_000, "date": "2026-12-15",
                  "expected": true, "condition": "sur remise du rapport" },
                { "id": bench.ids.next_id(), "step": "committed", "year": 2026, "amount": 100_000, "date": "2026-12-16" },
                { "id": bench.ids.next_id(), "step": "paid", "year": 2026, "amount": 100_000, "expected": true },
            ],
        }],
    });
    let budget = Record::Budget(serde_json::from_value(budget).unwrap());
    bench
        .records
        .apply(&crate::model::Change::create("Créer", budget));
    let asked = bench.words("2026-11-27");
    let payment = "2026-12-15 Payer 9\u{202f}000\u{a0}€\u{a0}: Forage, sur remise du rapport";
    assert_eq!(asked, [payment]);
    assert_eq!(bench.words("2026-12-20"), [payment], "en retard, encore là");

    let today = day("2026-11-27");
    let due = agenda(&bench.records, Reference::shipped(), today).remove(0);
    let change = put_off(&due, Some(day("2026-12-01")), &bench.records).unwrap();
    bench.records.apply(&change);
    let due = agenda(&bench.records, Reference::shipped(), today).remove(0);
    assert_eq!(due.put_off, Some(day("2026-12-01")));
}
