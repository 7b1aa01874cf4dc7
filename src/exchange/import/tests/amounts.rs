//! The amounts of a budget's table, whatever shape it has: none is lost without a word, none counted twice.

use super::budgets::{shares, the_budget};
use super::*;
use crate::exchange::budget::Column as Cell;
use crate::model::{Nature, Partner};

/// Our own, the ministry and the water agency.
fn with_funders() -> Records {
    let mut records = records();
    let mut ids = Ids::counted(9);
    for (name, short) in [
        (
            "Ministère de l’Europe et des affaires étrangères",
            Some("MEAE"),
        ),
        ("Agence de l’eau", None),
    ] {
        let mut body = Partner::new(ids.next_id(), Nature::PublicBody, Name::new(name));
        body.short_name = short.map(Name::new);
        records.apply(&Change::create("", Record::Partner(body)));
    }
    records
}

fn known(text: &str, records: &Records) -> Import {
    let book = table::read(text.as_bytes(), Wish::default(), &()).unwrap();
    Import::guess(&book, Kind::Budget, "essai.csv", Payers::of(records))
}

/// A year, a funder's key, cents.
type Laid = (i32, String, i64);

/// What each line is to have.
fn laid(records: &Records) -> Vec<(String, Vec<Laid>)> {
    let budget = the_budget(records);
    let key = |id| {
        let funder = budget.funders.iter().find(|it| it.id == id);
        funder
            .map(|it| it.key.as_str().to_owned())
            .unwrap_or_default()
    };
    let lines = budget.lines.iter().map(|line| {
        let shares = line.shares.iter();
        let shares = shares
            .map(|it| (it.year, key(it.funder), it.amount.0))
            .collect();
        (line.heading.clone(), shares)
    });
    lines.collect()
}

fn field(import: &Import, head: &str) -> Option<Field> {
    let column = import.columns().iter().find(|it| it.head == head);
    column.unwrap_or_else(|| panic!("{head}")).field
}

const FILE: &str = "Budget prévisionnel 2027\n\
    Postes de dépenses;Valmont;MEAE;Agence de l'eau;Total\n\
    Travaux et infrastructures;10 000,00;5 000,00;2 000,00;17 000,00\n\
    Ressources humaines;1 000;;;1 000\n\
    Total;11 000;5 000;2 000;18 000\n";

#[test]
fn headings_by_funders_are_shares_of_each() {
    let records = with_funders();
    let import = known(FILE, &records);
    for head in ["Valmont", "MEAE", "Agence de l'eau"] {
        assert_eq!(field(&import, head), Some(Field::Planned), "{head}");
    }
    assert_eq!(field(&import, "Total"), Some(Field::Cell(Cell::Total)));
    assert!(import.unread().is_empty(), "{:?}", import.unread());

    let plan = planned(&import, &records);
    assert_eq!(
        told(&plan),
        ["+ Travaux et infrastructures", "+ Ressources humaines"]
    );
    assert!(plan.remarks.is_empty(), "{:?}", plan.remarks);
    let records = after(&plan, &records);
    let share = |key: &str, amount| (2027, key.to_owned(), amount);
    let works = vec![
        share("valmont", 1_000_000),
        share("meae", 500_000),
        share("agence-de-l-eau", 200_000),
    ];
    assert_eq!(
        laid(&records),
        [
            ("Travaux et infrastructures".to_owned(), works),
            (
                "Ressources humaines".to_owned(),
                vec![share("valmont", 100_000)]
            ),
        ]
    );
    assert!(is_settled(&known(FILE, &records), &records));

    // What the table adds up otherwise is told, of the row and of the column.
    let other = FILE
        .replace(";17 000,00", ";18 500,00")
        .replace("Total;11 000;5 000", "Total;11 000;6 000");
    let plan = planned(&known(&other, &with_funders()), &with_funders());
    assert!(
        plan.rows[0].beside.remarks[0].contains("dit 18\u{202f}500"),
        "{:?}",
        plan.rows[0].beside
    );
    assert!(
        plan.remarks
            .iter()
            .any(|it| it.contains("MEAE") && it.contains("6\u{202f}000")),
        "{:?}",
        plan.remarks
    );
}

#[test]
fn a_table_that_dates_nothing_is_of_the_year_that_one_tells() {
    let records = with_funders();
    let file = FILE.replace("Budget prévisionnel 2027\n", "");
    let mut import = known(&file, &records);
    assert!(!import.is_dated());
    let plan = planned(&import, &records);
    assert!(told(&plan).iter().all(|it| it.contains("l’année manque")));

    import.year = Some(2028);
    let laid = laid(&after(&planned(&import, &records), &records));
    let shares: Vec<_> = laid.into_iter().flat_map(|(_, shares)| shares).collect();
    assert_eq!(shares.len(), 4);
    assert!(shares.iter().all(|(year, ..)| *year == 2028));
}

#[test]
fn a_funder_who_is_not_known_is_told_and_may_be_said() {
    let records = records();
    let mut import = known(FILE, &records);
    assert_eq!(field(&import, "MEAE"), None);
    let unread = import.unread();
    assert!(
        unread[0].starts_with("Les colonnes «\u{202f}MEAE\u{202f}», «\u{202f}Agence de l'eau\u{202f}» sont laissées de côté"),
        "{unread:?}"
    );
    assert_eq!(planned(&import, &records).remarks[0], unread[0]);

    import.take_column_for(2, Some(Field::Planned));
    import.take_column_for(3, Some(Field::Planned));
    import.accept(Proposal::Partners);
    let records = after(&planned(&import, &records), &records);
    assert_eq!(laid(&records)[0].1.len(), 3);
}

#[test]
fn a_table_none_of_whose_amounts_is_read_says_so_and_takes_no_row_for_done() {
    for table in [
        "Postes de dépenses;Crédits;N+1\nTravaux;100;200\nMissions;10;20\n",
        "Postes de dépenses;Engagé;Payé\nTravaux;100;200\nMissions;10;20\n",
        "Postes de dépenses;Recettes 2027\nTravaux;100\nMissions;10\n",
    ] {
        let import = known(table, &records());
        let plan = planned(&import, &records());
        assert!(
            plan.remarks[0].starts_with("Aucune colonne de montants n’est lue"),
            "{:?}",
            plan.remarks
        );
        assert_eq!(import.unread()[0], plan.remarks[0]);
        assert!(plan.remarks[1].contains("laissée"), "{:?}", plan.remarks);
        let counts = counts(&plan);
        assert_eq!(
            (counts.refused, counts.unchanged),
            (2, 0),
            "{:?}",
            told(&plan)
        );
        assert_eq!(plan.change, None);
    }
}

#[test]
fn income_is_never_added_to_what_is_spent() {
    let records = with_funders();
    let beside = "Poste;Dépenses 2027;Recettes 2027\nTravaux et infrastructures;100;100\n";
    let import = known(beside, &records);
    assert_eq!(field(&import, "Recettes 2027"), None);
    let plan = planned(&import, &records);
    assert!(
        plan.remarks[0].contains("Recettes 2027")
            && plan.remarks[0].contains("la somme de ses parts")
    );
    assert_eq!(
        shares(&the_budget(&after(&plan, &records)).lines[0]),
        [(2027, 10_000)]
    );

    let below = "Budget 2027\nPoste;Montant\nDÉPENSES;\nTravaux et infrastructures;100\nRECETTES;\nMEAE;60\nValmont;40\n";
    let plan = planned(&known(below, &records), &records);
    let rows = told(&plan);
    assert!(
        rows[3].starts_with("! sous un titre de recettes") && rows[4].starts_with('!'),
        "{rows:?}"
    );
    let budget = the_budget(&after(&plan, &records));
    assert_eq!(budget.lines.len(), 1, "{rows:?}");
}

/// A workbook whose amounts say their currency by the format of their cells alone.
fn workbook(heads: &[&str], format: &str, amount: f64) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let format = rust_xlsxwriter::Format::new().set_num_format(format);
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, heads.iter().copied()).unwrap();
    sheet
        .write(1, 0, "Convention Valmont – Thiès 2024-2026")
        .unwrap();
    sheet.write_with_format(1, 1, amount, &format).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_currency_that_stands_in_the_format_of_a_cell_is_read_or_refused_never_taken_for_euros() {
    let of = |kind, heads: &[&str], format: &str| {
        let book = table::read(&workbook(heads, format, 655_957.0), Wish::default(), &()).unwrap();
        let import = Import::guess(&book, kind, "essai.xlsx", Payers::default());
        planned(&import, &records())
    };
    let budget = |format| told(&of(Kind::Budget, &["Poste", "2027"], format)).remove(0);
    for format in ["#,##0 \"FCFA\"", "#,##0\\ \"F\""] {
        let row = budget(format);
        assert!(row.contains("peuvent être en XOF, XAF"), "{format}: {row}");
    }
    for (format, code, units) in [
        ("[$XOF] #,##0", "XOF", 655_957),
        ("#,##0 \"k€\"", "EUR", 65_595_700_000),
    ] {
        let plan = of(Kind::Budget, &["Poste", "2027"], format);
        let budget = the_budget(&after(&plan, &records()));
        assert_eq!(budget.currency.code(), code);
        assert_eq!(shares(&budget.lines[0]), [(2027, units)]);
    }
    for format in ["#,##0.00 [$€-40C]", "#,##0 \"€\"", "#,##0.00", "General"] {
        assert!(budget(format).starts_with('+'), "{format}");
    }

    let convention = |format| {
        let plan = of(Kind::Conventions, &["Titre", "Montant"], format);
        let after = after(&plan, &records());
        let kept = after
            .of_kind(crate::model::Kind::Convention)
            .next()
            .cloned();
        (told(&plan), kept)
    };
    let (rows, kept) = convention("[$XOF] #,##0");
    let Some(Record::Convention(kept)) = kept.as_deref() else {
        panic!("{rows:?}");
    };
    let kept = kept.taken_over.as_ref().unwrap();
    let currency = kept.currency.as_ref().map(|it| it.code().to_owned());
    assert_eq!(
        (currency.as_deref(), kept.amount),
        (Some("XOF"), Some(Amount(655_957)))
    );
    assert!(convention("#,##0 \"FCFA\"").0[0].contains("XOF, XAF"));
}

#[test]
fn what_stands_beside_the_shares_is_their_total() {
    let records = with_funders();
    for (heads, row) in [
        ("Coût total;Valmont;MEAE", "150;100;50"),
        ("Montant 2027;dont Valmont;dont MEAE", "150;100;50"),
        ("2027;Part de Valmont 2027;Part du MEAE 2027", "150;100;50"),
    ] {
        let table = format!("Projet 2027\nPoste;{heads}\nTravaux et infrastructures;{row}\n");
        let plan = planned(&known(&table, &records), &records);
        let after = after(&plan, &records);
        assert!(plan.change.is_some(), "{heads}: {:?}", told(&plan));
        let (valmont, meae) = ("valmont".to_owned(), "meae".to_owned());
        assert_eq!(
            laid(&after)[0].1,
            [(2027, valmont, 10_000), (2027, meae, 5_000)],
            "{heads}"
        );
        let wrong = table.replace("150;", "180;");
        let plan = planned(&known(&wrong, &records), &records);
        assert!(
            plan.rows[0].beside.remarks[0].contains("dit 180"),
            "{heads}: {:?}",
            plan.rows[0].beside
        );
    }
    // Totals of funders over several years are no third year.
    let table = "Poste;2027;2028;MEAE\nTravaux et infrastructures;100;50;60\n";
    let plan = planned(&known(table, &records), &records);
    assert!(plan.remarks[0].contains("MEAE"), "{:?}", plan.remarks);
    assert_eq!(
        shares(&the_budget(&after(&plan, &records)).lines[0]),
        [(2027, 10_000), (2028, 5_000)]
    );
}

#[test]
fn the_head_of_a_column_says_in_what_its_amounts_are_counted() {
    let budget = |heads: &str, currency: Option<&str>| {
        let table = format!("Projet 2027\nPoste;{heads}\nTravaux et infrastructures;12,5\n");
        let mut import = known(&table, &records());
        import.currency = currency.map(Currency::new);
        (planned(&import, &records()), import)
    };
    for (head, code, units) in [
        ("Montant 2027 en k€", "EUR", 1_250_000),
        ("2027 (milliers d’euros)", "EUR", 1_250_000),
        ("Coût total 2027 TND", "TND", 12_500),
        ("2027 €", "EUR", 1_250),
    ] {
        let (plan, import) = budget(head, None);
        let after = after(&plan, &records());
        let budget = the_budget(&after);
        assert_eq!(budget.currency.code(), code, "{head}: {:?}", told(&plan));
        assert_eq!(shares(&budget.lines[0]), [(2027, units)], "{head}");
        assert!(is_settled(&import, &after), "{head}");
        let is_said = plan
            .remarks
            .iter()
            .any(|it| it.contains("12,5 y est lu 12"));
        assert_eq!(is_said, units == 1_250_000, "{head}: {:?}", plan.remarks);
    }
    // Two currencies have that sign: one is asked, and then taken.
    let (plan, import) = budget("Montant 2027 (FCFA)", None);
    assert!(plan.change.is_none() && told(&plan)[0].contains("peuvent être en XOF, XAF"));
    assert!(
        import.unread()[0].contains("en XOF ou XAF"),
        "{:?}",
        import.unread()
    );
    let (plan, import) = budget("Montant 2027 (FCFA)", Some("XAF"));
    let budget = the_budget(&after(&plan, &records()));
    assert_eq!(shares(&budget.lines[0]), [(2027, 13)]);
    assert_eq!(budget.currency.code(), "XAF");
    assert!(import.unread().is_empty(), "{:?}", import.unread());
    // Of a budget in euros it is refused.
    let mut there = records();
    let mut euros = crate::model::Budget::new(Ids::counted(3).next_id(), "Projet");
    euros.years = vec![2027];
    there.apply(&Change::create("", Record::Budget(euros.clone())));
    let mut import = known("Poste;2027 TND\nTravaux;12\n", &there);
    import.budget = Some(euros.id);
    let rows = told(&planned(&import, &there));
    assert!(rows[0].contains("n’est pas en EUR"), "{rows:?}");
}

#[test]
fn thousands_said_above_the_heads_count_and_a_cell_that_says_another_unit_is_refused() {
    let table = "Budget prévisionnel 2027 (en k€)\nPoste;2027\nTravaux et infrastructures;12,5\nÉtudes;900 €\n";
    let plan = planned(&known(table, &records()), &records());
    let rows = told(&plan);
    assert!(rows[1].contains("ne disent pas la même unité"), "{rows:?}");
    let budget = the_budget(&after(&plan, &records()));
    assert_eq!(shares(&budget.lines[0]), [(2027, 1_250_000)]);
}

#[test]
fn conventions_are_in_the_currency_that_the_head_of_their_amounts_says() {
    let of = |head: &str, currency: Option<&str>| {
        let table = format!("Titre;{head}\nCharte de jumelage;1 200\nPacte;\n");
        let mut import = import(&table, Kind::Conventions);
        import.currency = currency.map(Currency::new);
        let plan = planned(&import, &records());
        let after = after(&plan, &records());
        let kept = after.conventions_sorted().next().cloned();
        let kept = kept.and_then(|it| it.taken_over);
        let money = kept.map(|it| (it.currency.map(|it| it.code().to_owned()), it.amount));
        (told(&plan), money)
    };
    let amount = |code: Option<&str>, units| Some((code.map(str::to_owned), Some(Amount(units))));
    assert_eq!(of("Coût total TND", None).1, amount(Some("TND"), 1_200_000));
    assert_eq!(of("Montant en k€", None).1, amount(None, 120_000_000));
    let (rows, _) = of("Montant (FCFA)", None);
    assert!(
        rows[0].starts_with('!') && rows[1].starts_with('+'),
        "{rows:?}"
    );
    assert_eq!(
        of("Montant (FCFA)", Some("XOF")).1,
        amount(Some("XOF"), 1_200)
    );
    assert_eq!(of("Montant", Some("MAD")).1, amount(Some("MAD"), 120_000));
}
