//! Hostile files, each read to its end or refused with a sentence; and workbooks of every kind, read the same.

use std::io::{Cursor, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(contents).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn refused(bytes: &[u8]) -> Refusal {
    read(bytes, Wish::default(), &())
        .map(|book| book.sheets.len())
        .unwrap_err()
}

fn rows(sheet: &Sheet) -> Vec<Vec<String>> {
    (0..sheet.grid.height())
        .map(|row| sheet.grid.values(row).map(Value::shown).collect())
        .collect()
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet><table:table table:name=\"F1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn a_zip_bomb_is_not_opened() {
    let nothing = vec![b' '; 300 << 20];
    for parts in [
        vec![
            ("xl/workbook.xml", b"<workbook/>".as_slice()),
            ("xl/worksheets/sheet1.xml", &nothing),
        ],
        vec![("content.xml", nothing.as_slice())],
    ] {
        let bomb = zip(&parts);
        assert!(bomb.len() < 2 << 20);
        assert_eq!(refused(&bomb), Refusal::Bomb);
    }
}

#[test]
fn an_entity_bomb_is_not_opened() {
    let bomb = br#"<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><sst>&lol2;</sst>"#;
    for name in [
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    ] {
        let book = zip(&[("xl/styles.xml", b"<styleSheet/>"), (name, bomb)]);
        assert_eq!(refused(&book), Refusal::Entities, "{name}");
    }
    assert_eq!(refused(&zip(&[("content.xml", bomb)])), Refusal::Entities);
}

#[test]
fn a_workbook_that_says_it_holds_billions_of_strings_is_not_opened() {
    let strings = br#"<sst xmlns="x" count="4000000000" uniqueCount="4000000000"></sst>"#;
    let book = zip(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", strings),
    ]);
    assert_eq!(refused(&book), Refusal::Bomb);
}

#[test]
fn cells_repeated_a_million_times_cost_nothing() {
    let row = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>";
    assert_eq!(refused(&ods(row)), Refusal::TooManyColumns);
    let row = row.replace("16384", "900");
    assert_eq!(refused(&ods(&row)), Refusal::TooManyRows(1 << 20));
    let usual = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>nom</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16383\"/></table:table-row><table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let book = read(&ods(usual), Wish::default(), &()).unwrap();
    assert_eq!(rows(&book.sheets[0]), [["nom"]]);
}

#[test]
fn a_million_rows_are_refused_before_they_fill_the_memory() {
    let text = "nom;pays\n".to_owned() + &"Thiès;Sénégal\n".repeat(1_000_000);
    let refused = refused(text.as_bytes());
    assert_eq!(refused, Refusal::TooManyRows(1_000_001));
    assert_eq!(
        refused.to_string(),
        "ce tableau a 1\u{202f}000\u{202f}001\u{a0}lignes et 200\u{202f}000 au plus sont lues\u{a0}: n’y gardez que celles \
         à importer (un exercice, un service), ou partagez-le en plusieurs fichiers"
    );
}

#[test]
fn too_many_rows_of_a_workbook_are_counted_and_not_kept() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..MOST_ROWS as u32 + 5 {
        sheet.write(row, 0, row).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(refused(&bytes), Refusal::TooManyRows(MOST_ROWS + 5));
}

/// Who waits for so many steps, and counts them.
struct Patience(usize, AtomicUsize);

impl Watch for Patience {
    fn goes_on(&self) -> bool {
        self.1.fetch_add(1, Ordering::Relaxed) < self.0
    }
}

#[test]
fn a_reading_tells_how_far_it_is_and_stops_when_nobody_waits() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..3_000 {
        sheet.write(row, 0, "Thiès").unwrap();
    }
    let files = [
        "nom;pays\nThiès;Sénégal\n".repeat(2_000).into_bytes(),
        workbook.save_to_buffer().unwrap(),
        ods(&"<table:table-row><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>".repeat(2_000)),
    ];
    for file in files {
        let waits = Patience(usize::MAX, AtomicUsize::new(0));
        read(&file, Wish::default(), &waits).unwrap();
        let told = waits.1.into_inner();
        assert!((90..=STEPS).contains(&told), "{told}");

        let leaves = Patience(20, AtomicUsize::new(0));
        let refused = read(&file, Wish::default(), &leaves).unwrap_err();
        assert_eq!(refused, Refusal::GivenUp);
        assert_eq!(leaves.1.into_inner(), 21);
    }
}

#[test]
fn what_is_no_table_says_so() {
    assert_eq!(refused(b""), Refusal::Empty);
    assert_eq!(refused(b"\n\n ;;\n"), Refusal::Empty);
    assert_eq!(refused(b"%PDF-1.7 ..."), Refusal::NotATable);
    assert_eq!(
        refused(b"<html><table><tr><td>1</td></tr></table>"),
        Refusal::WebPage
    );
    assert_eq!(
        refused(&zip(&[("word/document.xml", b"<x/>")])),
        Refusal::NotATable
    );
    assert!(matches!(
        refused(b"PK\x03\x04 not an archive"),
        Refusal::Damaged(_)
    ));
    assert!(matches!(
        refused(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
        Refusal::Damaged(_)
    ));
}

#[test]
fn a_workbook_of_excel_is_read_with_its_days_and_its_merged_cells() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet
        .merge_range(0, 0, 0, 2, "Jumelages", &Format::new())
        .unwrap();
    sheet.write_row(2, 0, ["Nom", "Depuis", "Montant"]).unwrap();
    sheet.write(3, 0, "Thiès").unwrap();
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2027, 2, 3).unwrap();
    sheet.write_with_format(3, 1, &date, &day).unwrap();
    sheet.write(3, 2, 1234.5).unwrap();
    sheet
        .merge_range(4, 0, 5, 0, "Hué", &Format::new())
        .unwrap();
    sheet.write(4, 2, 1).unwrap();
    sheet.write(5, 2, 2).unwrap();
    sheet
        .write_formula(
            6,
            2,
            rust_xlsxwriter::Formula::new("=SUM(C4:C6)").set_result("1237.5"),
        )
        .unwrap();
    let bytes = workbook.save_to_buffer().unwrap();

    let book = read(&bytes, Wish::default(), &()).unwrap();
    assert_eq!(book.form, Form::Xlsx);
    let read = rows(&book.sheets[0]);
    assert_eq!(read[0], ["Jumelages", "Jumelages", "Jumelages"]);
    assert_eq!(read[2], ["Thiès", "03/02/2027", "1234,5"]);
    assert_eq!(read[3], ["Hué", "", "1"]);
    assert_eq!(
        read[4],
        ["Hué", "", "2"],
        "a merged cell says its text in each row"
    );
    assert_eq!(read[5], ["", "", "1237,5"], "a formula is its result");
    assert_eq!(book.sheets[0].grid.line(1), 3);
}

/// A workbook as scripts write them: formulas of which nobody has reckoned the value.
fn scripted(cells: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>"
    );
    zip(&[
        (
            "[Content_Types].xml",
            b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            b"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"F1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn a_formula_that_nobody_reckoned_is_reckoned_or_stays_a_formula_and_is_never_nothing() {
    let bytes = scripted(
        "<c r=\"A1\" t=\"inlineStr\"><is><t>Puits</t></is></c><c r=\"B1\"><f>6000*2+1</f><v></v></c><c r=\"C1\"><f>1.2345*1000</f></c>\
         <c r=\"D1\"><f>SUM(B1:C1)</f><v/></c><c r=\"E1\" s=\"0\"/><c r=\"F1\" t=\"str\"><f>IF(A1=\"\",\"\",\"\")</f><v></v></c>",
    );
    let book = read(&bytes, Wish::default(), &()).unwrap();
    let grid = &book.sheets[0].grid;
    assert_eq!(grid.value(0, 1), Value::Number(12_001.0));
    assert_eq!(grid.value(0, 2), Value::Number(1_234.5));
    assert_eq!(grid.value(0, 3), Value::Text("=SUM(B1:C1)"));
    assert!(grid.value(0, 4).is_empty());
    assert!(grid.value(0, 5).is_empty(), "reckoned, and nothing");
    let refused = value::amount(grid.value(0, 3), 2).unwrap_err();
    assert!(refused.contains("dans le tableur"), "{refused}");
}

#[test]
fn a_workbook_of_libreoffice_is_read_the_same() {
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let content = format!(
        "<table:table-row>{}{}{}</table:table-row><table:table-row><table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"2\"><text:p>Thiès &amp; <text:span>Hu&#233;</text:span></text:p><office:annotation><text:p>note</text:p></office:annotation></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2027-02-03\"><text:p>3 fév.</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"1234.5\"><text:p>1 234,50</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell/><table:table-cell office:value-type=\"currency\" office:value=\"7\"><text:p>7 €</text:p></table:table-cell></table:table-row>",
        text("Nom"),
        text("Depuis"),
        text("Montant"),
    );
    let book = read(&ods(&content), Wish::default(), &()).unwrap();
    assert_eq!(book.form, Form::Ods);
    assert_eq!(
        rows(&book.sheets[0]),
        [
            vec!["Nom", "Depuis", "Montant"],
            vec!["Thiès & Hué", "03/02/2027", "1234,5"],
            vec!["Thiès & Hué", "", "7\u{a0}€"]
        ]
    );
}

#[test]
fn a_number_of_libreoffice_says_the_unit_of_its_format() {
    let cell = |shown: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"655957\"><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let row = ["655 957 FCFA", "655,957.00", "6,56E+05", "65595700 %"]
        .map(cell)
        .concat();
    let bytes = ods(&format!("<table:table-row>{row}</table:table-row>"));
    let book = read(&bytes, Wish::default(), &()).unwrap();
    let number = "655957";
    assert_eq!(
        rows(&book.sheets[0]),
        [vec!["655957\u{a0}FCFA", number, number, number]]
    );
}

/// A list of partners that LibreOffice kept as Excel 97 does.
const OLD: &[u8] = include_bytes!("../../../tests/fixtures/tables/jumelages.xls");

#[test]
fn a_workbook_of_excel_97_is_read_the_same() {
    let book = read(OLD, Wish::default(), &()).unwrap();
    assert_eq!(book.form, Form::Xls);
    let read = rows(&book.sheets[0]);
    assert_eq!(read[1][..4], ["Commune partenaire", "Etat", "Pop.", "Date"]);
    assert_eq!(read[2][..4], ["Thiès", "Sénégal", "317 763", "1996"]);
    assert_eq!(book.sheets[0].grid.line(1), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Any of its bytes altered, a workbook of Excel 97 is read or refused.
    #[test]
    fn a_damaged_old_workbook_is_read_or_refused(changes in proptest::collection::vec((0..OLD.len(), any::<u8>()), 1..8)) {
        let mut bytes = OLD.to_vec();
        for (place, byte) in changes {
            bytes[place] = byte;
        }
        let _ = read(&bytes, Wish::default(), &());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, Wish::default(), &());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-zé0-9;,\t\"\n\r =€]{0,200}") {
        let _ = read(text.as_bytes(), Wish::default(), &());
    }

    #[test]
    fn any_content_of_a_workbook_is_read_or_refused(inside in "(<table:table-row( table:number-rows-repeated=\"[0-9]{0,9}\")?>|<table:table-cell( office:value=\"[0-9a-z]{0,4}\")?( table:number-columns-repeated=\"[0-9]{0,5}\")?>|</table:table-cell>|</table:table-row>|<text:p>|</text:p>|x|&amp;|&y;|<){0,30}") {
        let _ = read(&ods(&inside), Wish::default(), &());
    }

    /// A workbook cut or altered anywhere is read or refused.
    #[test]
    fn a_damaged_workbook_is_read_or_refused(at in 0.0_f64..1.0, byte in any::<u8>(), cut in any::<bool>()) {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write_row(0, 0, ["nom", "pays"]).unwrap();
        let mut bytes = workbook.save_to_buffer().unwrap();
        let place = ((bytes.len() - 1) as f64 * at) as usize;
        if cut {
            bytes.truncate(place);
        } else {
            bytes[place] = byte;
        }
        let _ = read(&bytes, Wish::default(), &());
    }
}
