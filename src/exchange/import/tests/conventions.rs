use super::*;
use crate::model::{ActKind, ConventionKind, Nature, Partner};

const LIST: &str = "Titre;Genre;Partenaire;Objet;Montant;Date de signature;Début;Fin\n\
    Convention Valmont – Thiès 2024-2026;Coopération;Thiès;Eau potable;45 000,00 €;03/02/2024;01/03/2024;28/02/2027\n\
    Charte de jumelage;Jumelage;Ville de Hué;;;12/06/1998;;\n\
    Pacte;Alliance;Thiès;;;;;\n\
    À rebours;Coopération;Thiès;;;;01/01/2027;01/01/2026\n";

fn with_thies() -> Records {
    let mut records = records();
    let mut thies = Partner::new(
        Ids::counted(1).next_id(),
        Nature::ForeignAuthority,
        Name::new("Commune de Thiès"),
    );
    thies.short_name = Some(Name::new("Thiès"));
    records.apply(&Change::create("", Record::Partner(thies)));
    records
}

#[test]
fn conventions_are_taken_over_and_an_unknown_partner_is_proposed() {
    let records = with_thies();
    let mut import = import(LIST, Kind::Conventions);
    let plan = planned(&import, &records);
    let rows = told(&plan);
    assert_eq!(rows[0], "+ Convention Valmont – Thiès 2024-2026");
    assert_eq!(
        rows[1],
        "? créer le partenaire «\u{202f}Ville de Hué\u{202f}»\u{202f}?"
    );
    assert!(rows[2].contains("genre inconnu"), "{}", rows[2]);
    assert!(rows[3].contains("vient avant le début"), "{}", rows[3]);

    import.answer(plan.rows[1].row, Some(Answer::Yes));
    let plan = planned(&import, &records);
    assert_eq!(told(&plan)[1], "+ Charte de jumelage");
    let records = after(&plan, &records);
    assert_eq!(records.count(crate::model::Kind::Partner), 2);

    let mut conventions = records.conventions_sorted();
    let (charter, cooperation) = (conventions.next().unwrap(), conventions.next().unwrap());
    assert_eq!(charter.kind, ConventionKind::Twinning);
    assert_eq!(cooperation.parties.len(), 2);
    let taken = cooperation.taken_over.as_ref().unwrap();
    assert_eq!(taken.object, "Eau potable");
    assert_eq!(taken.amount, Some(Amount(4_500_000)));
    assert_eq!(cooperation.end, NaiveDate::from_ymd_opt(2027, 2, 28));
    let signatures = cooperation
        .acts
        .iter()
        .filter(|act| act.kind == ActKind::Signature);
    assert_eq!(signatures.count(), 2);
    assert!(is_settled(&import, &records));
}

#[test]
fn what_differs_is_told_before_and_after_and_what_is_written_here_is_left() {
    let records = with_thies();
    let first = import(LIST, Kind::Conventions);
    let records = after(&planned(&first, &records), &records);
    let again = import(&LIST.replace("45 000,00 €", "47500.5"), Kind::Conventions);
    assert_eq!(
        told(&planned(&again, &records))[0],
        "~ Convention Valmont – Thiès 2024-2026: montant 45\u{202f}000 → 47\u{202f}500,50"
    );

    let written = Convention::new(
        Ids::counted(9).next_id(),
        ConventionKind::Cooperation,
        "Pacte",
    );
    let mut records = records;
    records.apply(&Change::create("", Record::Convention(written)));
    let row = import("titre;genre\nPacte;coopération\n", Kind::Conventions);
    assert!(told(&planned(&row, &records))[0].contains("rédigée ici"));
}

use crate::model::Convention;

#[test]
fn a_name_that_two_partners_bear_is_refused_and_makes_no_third() {
    let mut records = with_thies();
    let mut ids = Ids::counted(50);
    for country in ["CR", "PH"] {
        let name = Name::new("San José");
        let mut partner = Partner::new(ids.next_id(), Nature::ForeignAuthority, name);
        partner.country = Some(country.to_owned());
        records.apply(&Change::create("", Record::Partner(partner)));
    }
    let table =
        "Titre;Partenaires\nTrois villes;Thiès / San José\nDeux villes;Thiès / Lomé / Lomé\n";
    let mut import = import(table, Kind::Conventions);
    import.accept(Proposal::Partners);
    let plan = planned(&import, &records);
    let rows = told(&plan);
    assert!(
        rows[0].starts_with("! 2\u{a0}partenaires s’appellent"),
        "{rows:?}"
    );
    assert_eq!(rows[1], "+ Deux villes");
    let records = after(&plan, &records);
    assert_eq!(records.count(crate::model::Kind::Partner), 4);
    let made = records.conventions().next().unwrap();
    assert_eq!(
        made.parties.len(),
        3,
        "we, the one that was known and the one that was made"
    );
}

#[test]
fn an_amount_that_says_no_currency_is_in_that_of_its_convention() {
    let records = records();
    let francs = import("Titre;Devise;Montant\nUn;XOF;655 957\n", Kind::Conventions);
    let records = after(&planned(&francs, &records), &records);
    let again = |table: &str| planned(&import(table, Kind::Conventions), &records);
    assert_eq!(told(&again("Titre;Montant\nUn;655 957\n"))[0], "= Un");

    let plan = again("Titre;Montant\nUn;700 000\n");
    assert_eq!(
        told(&plan)[0],
        "~ Un: montant 655\u{202f}957 → 700\u{202f}000"
    );
    let records = after(&plan, &records);
    let taken = records.conventions().next().unwrap().taken_over.clone();
    assert_eq!(taken.unwrap().amount, Some(Amount(700_000)));

    let plan = again("Titre;Montant\nUn;1 200 €\n");
    let taken = after(&plan, &records)
        .conventions()
        .next()
        .unwrap()
        .taken_over
        .clone();
    let taken = taken.unwrap();
    assert_eq!(
        (taken.amount, taken.currency),
        (Some(Amount(120_000)), None)
    );
}

#[test]
fn an_amount_that_says_its_currency_is_in_that_one() {
    let records = records();
    let table = "Titre;Montant\nUn;655 957 FCFA\nDeux;1 000 USD\nTrois;12 €\n";
    let import = import(table, Kind::Conventions);
    let plan = planned(&import, &records);
    let rows = told(&plan);
    assert!(rows[0].contains("peut être en XOF, XAF"), "{rows:?}");
    let records = after(&plan, &records);
    let mut said: Vec<_> = records
        .conventions()
        .filter_map(|it| it.taken_over.clone())
        .map(|it| {
            (
                it.amount.unwrap().0,
                it.currency.map(|it| it.code().to_owned()),
            )
        })
        .collect();
    said.sort();
    assert_eq!(said, [(1_200, None), (100_000, Some("USD".to_owned()))]);
}
