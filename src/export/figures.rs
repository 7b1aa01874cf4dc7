//! The engagements of the model sentence, of the budget and of the table that the PDF prints are the same figures,
//! whatever the budget.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::drafting::{Brief, draft};
use crate::model::{Amount, Convention, ConventionKind, Id, Ids, Kind, Record, Records};
use crate::reference::Reference;

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

/// « 1 234,56 » of euro cents.
fn written(cents: i64) -> String {
    let reference = Reference::shipped();
    let labels = reference.labels(&crate::model::Lang::french());
    money::figures(Amount(cents), 2, labels)
}

/// The cells of the table of commitments, row by row.
fn table_of(document: &Document) -> Vec<Vec<String>> {
    let mut tables = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        });
    let table = tables.next().unwrap();
    let cells = |row: &Row| row.cells.iter().map(|cell| text::inlines(cell)).collect();
    table.rows.iter().map(cells).collect()
}

proptest! {
    #[test]
    fn a_sentence_the_budget_and_the_table_say_the_same(
        shares in prop::collection::vec((any::<bool>(), 0..3_usize, 0..3_usize, 1..200_000_000_i64), 1..24)
    ) {
        let (convention, records) = drafted(&shares);
        let composition = Composition::default();
        let document = compose(&convention, &records, Reference::shipped(), &composition);
        let said = text(&document);
        let table = table_of(&document);
        let sum = |of: &dyn Fn(&&Paid) -> bool| -> i64 { shares.iter().filter(of).map(|it| it.3).sum() };

        for (funder, name) in ["Valmont", "Porto-Novo"].into_iter().enumerate() {
            for (in_kind, row) in [(false, "en numéraire"), (true, "en nature")] {
                let total = sum(&|it| it.0 == in_kind && it.2 == funder);
                let sentence = if in_kind {
                    format!("{name}, à {}\u{a0}euro", written(total))
                } else {
                    let of = "financiers de";
                    format!("{of} {name} s’élève, pour la durée de la convention, à {}\u{a0}euro", written(total))
                };
                prop_assert!(said.contains(&sentence), "{}\n{}", sentence, said);

                let known = table.iter().find(|cells| cells[0] == format!("{name}, {row}"));
                let expected: Vec<String> = (0..YEARS.len())
                    .map(|year| sum(&|it| it.0 == in_kind && it.2 == funder && it.1 == year))
                    .chain([total])
                    .map(written)
                    .collect();
                match known {
                    Some(cells) => prop_assert_eq!(&cells[1..], &expected[..]),
                    None => prop_assert_eq!(total, 0),
                }
            }
        }
        let cofunded = sum(&|it| it.2 == 2);
        prop_assert!(said.contains(&format!("sont estimés à {}\u{a0}euro", written(cofunded))), "{}", said);
        let cost = sum(&|_| true);
        prop_assert!(said.contains(&format!("ainsi estimé à {}\u{a0}euro", written(cost))), "{}", said);
        let last = table.last().unwrap();
        prop_assert_eq!(last.last().unwrap(), &written(cost));

        let fields = fields_of(&convention, &records, Reference::shipped());
        let value = |name: &str| {
            let field = fields.iter().find(|it| it.name == name).unwrap();
            field.value.clone().unwrap()
        };
        let in_kind = sum(&|it| it.0 && it.2 < 2);
        prop_assert!(value("apports.nature.total").starts_with(&written(in_kind)));
        let first_year = sum(&|it| it.1 == 0 && it.2 == 0);
        prop_assert!(value("engagements.valmont.total.2027").starts_with(&written(first_year)));
    }
}
