use proptest::prelude::*;

use super::*;
use crate::model::{Coordinates, Nature, Partner};

const LIST: &str = "Jumelages de Valmont au 3 février 2027\n\
    \n\
    Commune partenaire;Etat;Pop.;Date\n\
    Thiès;Sénégal;317 763;1996\n\
    Porto Novo;Benin;264 320;02/03/1995\n\
    Ougadougou;Burkina Faso;;1973\n\
    Bethléem;Palestinne;29 019;1998\n\
    Total;;611 102;\n";

#[test]
fn each_row_is_created_completed_or_refused_with_a_reason() {
    let mut records = records();
    let mut there = Partner::new(
        Ids::counted(1).next_id(),
        Nature::ForeignAuthority,
        Name::new("Commune de Porto-Novo"),
    );
    there.country = Some("BJ".to_owned());
    records.apply(&Change::create("", Record::Partner(there)));

    let mut import = import(LIST, Kind::Partners);
    let plan = planned(&import, &records);
    let lines: Vec<usize> = plan.rows.iter().map(|planned| planned.line).collect();
    assert_eq!(lines, [4, 5, 6, 7]);
    let rows = told(&plan);
    assert_eq!(rows[0], "+ Thiès");
    assert_eq!(
        rows[1],
        "~ Commune de Porto-Novo: population  → 264\u{202f}320, histoire  → début de la coopération, 02/03/1995"
    );
    assert_eq!(rows[2], "+ Ougadougou");
    let meant = plan.rows[2].beside.meant.as_ref();
    assert_eq!(meant.map(|it| it.name.as_str()), Some("Ouagadougou"));
    assert!(
        rows[3].starts_with("! pays inconnu «\u{202f}Palestinne\u{202f}»"),
        "{}",
        rows[3]
    );
    let reason = plan.rows[3].reason().unwrap();
    assert!(
        reason.ends_with("est-ce «\u{202f}Territoires palestiniens\u{202f}»\u{202f}?"),
        "{reason}"
    );

    let country = import.column_of(Field::Country).unwrap();
    import.correct(plan.rows[3].row, country, "Palestine".to_owned());
    let plan = planned(&import, &records);
    assert_eq!(told(&plan)[3], "+ Bethléem");

    let records = after(&plan, &records);
    let thies = records
        .partners_sorted()
        .find(|it| it.name.text == "Thiès")
        .unwrap();
    assert_eq!(thies.country.as_deref(), Some("SN"));
    assert_eq!(thies.population, Some(317_763));
    assert_eq!(
        thies.coordinates,
        Some(Coordinates {
            latitude: 14_790,
            longitude: -16_930
        })
    );
    assert!(is_settled(&import, &records));
}

#[test]
fn who_heads_a_partner_is_taken_and_who_did_before_stays_behind() {
    let first = import(
        "Nom;Pays;Maire;Fonction\nThiès;Sénégal;Babacar Diop;maire\n",
        Kind::Partners,
    );
    let plan = planned(&first, &records());
    let kept = after(&plan, &records());
    assert!(is_settled(&first, &kept));

    let next = import(
        "Nom;Pays;Maire;Fonction\nThiès;Sénégal;Awa Ndiaye;maire\n",
        Kind::Partners,
    );
    let plan = planned(&next, &kept);
    assert_eq!(
        told(&plan),
        ["~ Thiès: exécutif Babacar Diop, maire → Awa Ndiaye, maire"]
    );
    let kept = after(&plan, &kept);
    let partner = kept.partners_sorted().next().unwrap();
    let names: Vec<_> = partner
        .signatories
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["Awa Ndiaye", "Babacar Diop"]);
    assert!(is_settled(&next, &kept));
}

#[test]
fn towns_of_one_name_are_told_apart_by_where_they_are() {
    let text = "city,country,latitude,longitude,population\n\
        Neustadt,Germany,49.35,8.15,53000\n\
        Neustadt,Germany,54.1,10.8,15000\n\
        Neustadt,Germany,49.351,8.151,53000\n\
        Neustadt,Germany,49.35,8.15,60000\n\
        Neustadt,Germany,,,\n";
    let import = import(text, Kind::Partners);
    let plan = planned(&import, &records());
    let rows = told(&plan);
    assert_eq!(rows[..3], ["+ Neustadt", "+ Neustadt", "= Neustadt"]);
    assert!(rows[3].contains("contredit la ligne 2"), "{}", rows[3]);
    assert!(
        rows[4].contains("précisez le pays ou la position"),
        "{}",
        rows[4]
    );
    assert!(is_settled(&import, &after(&plan, &records())));
}

#[test]
fn all_that_is_wrong_with_a_row_is_told_at_once_in_its_cells() {
    let import = import(
        "nom;pays;population;depuis;nature\nThiès;Syldavie;beaucoup;jadis;club\n;Bénin;12;1998;\n",
        Kind::Partners,
    );
    let plan = planned(&import, &records());
    let Outcome::Refused { faults } = &plan.rows[0].outcome else {
        panic!("{:?}", told(&plan));
    };
    let columns: Vec<_> = faults.iter().map(|it| it.column).collect();
    assert_eq!(columns, [Some(1), Some(4), Some(2), Some(3)], "{faults:?}");
    assert!(faults[0].reason.contains("Syldavie"), "{faults:?}");
    assert!(faults[2].reason.contains("beaucoup"), "{faults:?}");
    assert_eq!(told(&plan)[1], "! le nom manque");
}

/// Porto-Novo, Bénin.
fn porto_novo() -> Records {
    let mut records = records();
    let id = Ids::counted(1).next_id();
    let mut there = Partner::new(
        id,
        Nature::ForeignAuthority,
        Name::new("Ville de Porto-Novo"),
    );
    there.country = Some("BJ".to_owned());
    records.apply(&Change::create("", Record::Partner(there)));
    records
}

#[test]
fn a_partner_known_in_another_country_is_asked_and_never_guessed() {
    let records = porto_novo();
    let mut import = import(
        "nom;pays;population\nPorto-Novo;Togo;264 320\n",
        Kind::Partners,
    );
    let plan = planned(&import, &records);
    assert_eq!(
        told(&plan),
        [
            "? «\u{202f}Porto-Novo\u{202f}» est au Bénin dans cet espace\u{a0}: en créer un autre au Togo\u{202f}?"
        ]
    );
    assert_eq!(plan.change, None);
    let meant = plan.rows[0].beside.meant.clone().unwrap();
    assert_eq!(
        (meant.field, meant.cell.as_str()),
        (Field::Country, "Bénin")
    );

    // It is another one.
    import.answer(plan.rows[0].row, Some(Answer::Yes));
    let plan = planned(&import, &records);
    assert_eq!(told(&plan), ["+ Porto-Novo"]);
    let two = after(&plan, &records);
    import.answer(plan.rows[0].row, None);
    assert!(is_settled(&import, &two));

    // It was a slip.
    import.correct(plan.rows[0].row, 1, meant.cell);
    assert_eq!(
        told(&planned(&import, &records)),
        ["~ Ville de Porto-Novo: population  → 264\u{202f}320"]
    );
}

#[test]
fn a_namesake_whose_town_is_known_is_another_partner() {
    let mut records = porto_novo();
    let id = Ids::counted(9).next_id();
    let mut there = Partner::new(id, Nature::ForeignAuthority, Name::new("Newcastle"));
    there.country = Some("ZA".to_owned());
    records.apply(&Change::create("", Record::Partner(there)));
    // By the towns that ship, by a position far from the other, and by what it is.
    let table = "nom;pays;nature;latitude;longitude\n\
        Newcastle;Australie;;;\n\
        Porto-Novo;Togo;association;;\n";
    let rows = told(&planned(&import(table, Kind::Partners), &records));
    assert_eq!(rows, ["+ Newcastle", "+ Porto-Novo"]);
}

#[test]
fn a_town_that_is_known_in_one_other_country_alone_is_told() {
    let table = "nom;pays\nCotonou;Togo\nSokodé;Togo\nSaint-Denis;Togo\n";
    let plan = planned(&import(table, Kind::Partners), &records());
    assert_eq!(told(&plan), ["+ Cotonou", "+ Sokodé", "+ Saint-Denis"]);
    let said = |row: usize| plan.rows[row].beside.said().collect::<Vec<_>>();
    assert_eq!(
        said(0),
        [
            "est-ce «\u{202f}Bénin\u{202f}»\u{202f}?",
            "dans la table des villes, «\u{202f}Cotonou\u{202f}» est au Bénin"
        ]
    );
    assert!(
        said(1).is_empty() && said(2).is_empty(),
        "{:?} {:?}",
        said(1),
        said(2)
    );
}

#[test]
fn a_formula_for_a_name_is_refused() {
    let import = import(
        "nom;pays\n=HYPERLINK(\"x\");Bénin\n@SUM(A1);Bénin\n;Bénin\nThiès;Sénégal\n0;Bénin\nhttps://exemple.invalid;Bénin\n",
        Kind::Partners,
    );
    let plan = planned(&import, &records());
    let rows = told(&plan);
    assert!(
        rows[0].contains("formule") && rows[1].contains("formule"),
        "{rows:?}"
    );
    assert_eq!(rows[2], "! le nom manque");
    assert_eq!(rows[3], "+ Thiès");
    // What a workbook keeps of a formula is what it came to.
    assert!(rows[4].contains("n’est pas un nom"), "{rows:?}");
    assert!(rows[5].contains("adresse"), "{rows:?}");

    let handed_back = String::from_utf8(refusals(&import, &plan)).unwrap();
    assert_eq!(handed_back.lines().count(), 6);
    assert!(
        handed_back.contains("\"'=HYPERLINK(\"\"x\"\")\""),
        "{handed_back}"
    );
}

#[test]
fn the_twin_towns_of_wikidata_are_all_accounted_for() {
    let Ok(bytes) = std::fs::read("/work/shared/data/twin_towns_wikidata.tsv") else {
        return;
    };
    let book = table::read(&bytes, Wish::default(), &()).unwrap();
    let import = Import::guess(
        &book,
        Kind::Partners,
        "twin_towns_wikidata.tsv",
        Payers::default(),
    );
    let plan = planned(&import, &records());
    let counts = counts(&plan);
    assert_eq!(counts.rows, 3_869);
    assert_eq!(
        counts.created + counts.changed + counts.unchanged + counts.asked + counts.refused,
        counts.rows
    );
    assert!(counts.created > 2_000, "{counts:?}");
    assert!(
        counts.refused < 40,
        "{counts:?} {:?}",
        told(&plan)
            .iter()
            .filter(|it| it.starts_with('!'))
            .collect::<Vec<_>>()
    );
    let records = after(&plan, &records());
    let located = records
        .partners_sorted()
        .filter(|it| it.coordinates.is_some())
        .count();
    assert!(
        located * 100 > records.count(crate::model::Kind::Partner) * 95,
        "{located}"
    );
    assert!(is_settled(&import, &records));
}

proptest! {
    /// Whatever the rows, each is counted once, and importing them again changes nothing.
    #[test]
    fn every_row_is_counted_once(
        rows in proptest::collection::vec(
            ("(Thiès|Hué|Neustadt|=x|)", "(Sénégal|Germany|Prussia|)", "(12 000|12|x|)", "(48,1|48,2|)"), 1..12,
        )
    ) {
        let mut text = "nom;pays;population;latitude;longitude\n".to_owned();
        for (name, country, population, latitude) in &rows {
            text.push_str(&format!("{name};{country};{population};{latitude};{latitude}\n"));
        }
        let filled = rows.iter().filter(|row| [&row.0, &row.1, &row.2, &row.3].iter().any(|it| !it.is_empty())).count();
        prop_assume!(filled > 0);
        let import = import(&text, Kind::Partners);
        let plan = planned(&import, &records());
        let counts = counts(&plan);
        prop_assert_eq!(counts.rows, filled);
        prop_assert_eq!(counts.created + counts.changed + counts.unchanged + counts.asked + counts.refused, filled);
        prop_assert!(is_settled(&import, &after(&plan, &records())), "{:?}", told(&plan));
    }
}
