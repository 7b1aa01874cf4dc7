//! The engagements of the model sentence, of the budget and of the tables are the same figures, whatever the budget: as
//! the PDF has them, read back from its bytes.

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::document::fields_of;
use crate::drafting::{Brief, draft};
use crate::model::{Convention, ConventionKind, Ids, Kind, Record};
use crate::pdf::tests::reader::Reader;

/// A share: its line's means, its year, who pays, how much in euro cents.
type Paid = (bool, usize, usize, i64);

const YEARS: [i32; 3] = [2027, 2028, 2029];

/// Valmont and Porto-Novo, who sign, a region, which does not, and a budget of those shares.
fn drafted(shares: &[Paid]) -> (Convention, Records) {
    let mut ids = Ids::counted(1_790_000_000_000);
    let [novo, region] = [(); 2].map(|()| ids.next_id());
    let partner = |id: Id, nature: &str, name: &str, country: &str| {
        let value = json!({
            "id": id, "nature": nature, "name": { "text": format!("Commune de {name}") },
            "short_name": { "text": name }, "country": country,
        });
        Record::from_value(Kind::Partner, value).unwrap()
    };
    let ours = json!({ "name": { "text": "Agglomération de Valmont" }, "short_name": { "text": "Valmont" } });
    let mut records = Records::from_records([
        Record::from_value(Kind::Authority, ours).unwrap(),
        partner(novo, "foreign-authority", "Porto-Novo", "BJ"),
        partner(region, "french-authority", "Bellerive", "FR"),
    ]);
    let brief = Brief {
        cofunding: true,
        start: chrono::NaiveDate::from_ymd_opt(YEARS[0], 1, 1),
        end: chrono::NaiveDate::from_ymd_opt(YEARS[2], 12, 31),
        ..Brief::new(ConventionKind::Cooperation, vec![novo])
    };
    let mut draft = draft(&brief, &records, Reference::shipped(), &mut ids).unwrap();
    let budget = draft.budget.as_mut().unwrap();
    let cofunder = json!({ "id": ids.next_id(), "key": "bellerive", "partner": region, "certainty": "expected" });
    budget
        .funders
        .push(serde_json::from_value(cofunder).unwrap());
    for in_kind in [false, true] {
        let shares: Vec<_> = shares
            .iter()
            .filter(|share| share.0 == in_kind)
            .map(|(_, year, funder, amount)| {
                let funder = budget.funders[*funder].id;
                json!({ "id": ids.next_id(), "year": YEARS[*year], "funder": funder, "amount": amount })
            })
            .collect();
        let line = json!({
            "id": ids.next_id(), "heading": "Travaux", "label": "Bornes", "in_kind": in_kind, "shares": shares,
        });
        budget.lines.push(serde_json::from_value(line).unwrap());
    }
    let convention = draft.convention.clone();
    records.apply(&draft.change());
    (convention, records)
}

/// « 1234,56 » of euro cents, as a sheet prints it, its spaces apart.
fn written(cents: i64) -> String {
    match cents % 100 {
        0 => format!("{}", cents / 100),
        rest => format!("{},{rest:02}", cents / 100),
    }
}

/// The amounts of a row: all of a table have cents where one has, and what is written here has those that there are.
fn amounts(cells: &[String]) -> Vec<String> {
    let amounts = cells.iter().skip(1);
    amounts
        .map(|it| it.strip_suffix(",00").unwrap_or(it).to_owned())
        .collect()
}

/// What is compared: spaces and places where a word may be cut are the typesetter's.
fn close(text: &str) -> String {
    let set = |c: char| c.is_whitespace() || c == '\u{ad}';
    text.chars().filter(|c| !set(*c)).collect()
}

/// What a PDF says: its paragraphs and items one after the other, and the rows of its tables, cell by cell.
struct Printed {
    said: String,
    rows: Vec<Vec<String>>,
}

fn printed(convention: &Convention, records: &Records) -> Printed {
    let composition = Composition::default();
    let document = document::compose(convention, records, Reference::shipped(), &composition);
    let pages = typeset::lay_out(&document, &Fonts::shipped(), &mut Paragraphs::default());
    let file = Reader::open(&pdf::write(&pages).unwrap());

    let (mut said, mut rows) = (String::new(), Vec::new());
    let mut row = None;
    for element in file.elements() {
        let text = || close(&file.text_of(element.id));
        match element.kind.as_str() {
            "P" | "LI" => said.push_str(&text()),
            "TR" => {
                row = Some(element.id);
                rows.push(Vec::new());
            }
            "TH" | "TD" => {
                let parent = element.dictionary.get(b"P").unwrap().as_reference().ok();
                assert_eq!(parent, row, "a cell is in its row");
                rows.last_mut().unwrap().push(text());
            }
            _ => {}
        }
    }
    Printed { said, rows }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_sentence_the_budget_and_the_tables_of_the_pdf_say_the_same(
        shares in prop::collection::vec((any::<bool>(), 0..3_usize, 0..3_usize, 1..200_000_000_i64), 1..24)
    ) {
        let (convention, records) = drafted(&shares);
        let Printed { said, rows } = printed(&convention, &records);
        let sum = |of: &dyn Fn(&&Paid) -> bool| -> i64 { shares.iter().filter(of).map(|it| it.3).sum() };
        let by_year = |of: &dyn Fn(&Paid) -> bool| -> Vec<String> {
            let of_year = |year| sum(&|it| of(it) && it.1 == year);
            (0..YEARS.len()).map(of_year).chain([sum(&|it| of(it))]).map(written).collect()
        };
        let row_of = |name: &str| {
            let name = close(name);
            rows.iter().find(|cells| cells[0] == name).map(|cells| amounts(cells))
        };
        let says = |sentence: String| {
            prop_assert!(said.contains(&close(&sentence)), "{}\n{}", sentence, said);
            Ok(())
        };

        for (funder, name) in ["Valmont", "Porto-Novo"].into_iter().enumerate() {
            let cash = sum(&|it| !it.0 && it.2 == funder);
            says(format!("financiers de {name} s’élève, pour la durée de la convention, à {} euro", written(cash)))?;
            let in_kind = sum(&|it| it.0 && it.2 == funder);
            says(format!("{name}, à {} euro", written(in_kind)))?;
            for (kind, row) in [(false, "en numéraire"), (true, "en nature")] {
                let expected = by_year(&|it| it.0 == kind && it.2 == funder);
                match row_of(&format!("{name}, {row}")) {
                    Some(cells) => prop_assert_eq!(cells, expected),
                    None => prop_assert_eq!(expected.last().unwrap(), "0"),
                }
            }
            // The annex tells the budget by who pays.
            match row_of(name) {
                Some(cells) => prop_assert_eq!(cells, by_year(&|it| it.2 == funder)),
                None => prop_assert_eq!(sum(&|it| it.2 == funder), 0),
            }
        }
        says(format!("sont estimés à {} euro", written(sum(&|it| it.2 == 2))))?;
        says(format!("ainsi estimé à {} euro", written(sum(&|_| true))))?;
        let costs: Vec<_> = rows.iter().filter(|cells| cells[0] == close("Coût total estimé")).collect();
        prop_assert_eq!(costs.len(), 2, "the article's table and the annex's");
        for cells in costs {
            prop_assert_eq!(amounts(cells), by_year(&|_| true));
        }

        let fields = fields_of(&convention, &records, Reference::shipped(), NaiveDate::default());
        let value = |name: &str| {
            let field = fields.iter().find(|it| it.name == name).unwrap();
            close(&field.value.clone().unwrap())
        };
        let in_kind = written(sum(&|it| it.0 && it.2 < 2));
        prop_assert!(value("apports.nature.total").starts_with(&in_kind));
        let first_year = written(sum(&|it| it.1 == 0 && it.2 == 0));
        prop_assert!(value("engagements.valmont.total.2027").starts_with(&first_year));
    }
}
