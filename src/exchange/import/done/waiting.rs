//! What finance did and no line of a budget has yet: kept from one import to the next, and shown as a table of its own.

use std::sync::Arc;

use super::told::{Told, bare};
use crate::exchange::budget::Column;
use crate::exchange::import::{Differences, Field, Import, Kind, Outcome, Payers, Refused, column};
use crate::exchange::table::{Grid, Layout, Sheet, Value};
use crate::model::{
    Currency, Edit, Id, Ids, Kind as RecordKind, Posting, Record, RecordId, Records, fold,
};
use crate::reference::Reference;

/// The heads of the table of what waits.
const HEADS: [Field; 10] = [
    Field::Commitment,
    Field::Mandate,
    Field::Cell(Column::Date),
    Field::ThirdParty,
    Field::Cell(Column::Amount),
    Field::Object,
    Field::Cell(Column::ServiceBudget),
    Field::Cell(Column::Account),
    Field::Cell(Column::Year),
    Field::Cell(Column::Notes),
];

/// What waits for a line, to be matched: nothing where nothing does.
pub(in crate::exchange::import) fn import(
    records: &Records,
    reference: &Reference,
) -> Option<Import> {
    let mut waiting: Vec<&Posting> = records.postings().filter(|it| !it.set_aside).collect();
    if waiting.is_empty() {
        return None;
    }
    waiting.sort_by_key(|it| (it.date, it.year, it.id));

    let mut grid = Grid::default();
    let heads = HEADS.map(|field| Value::Text(field.label()));
    grid.push(1, heads).ok()?;
    for (posting, line) in waiting.into_iter().zip(2..) {
        let is_mandate =
            posting.engagement.is_some() || posting.step == crate::model::Step::Ordered;
        let (engagement, mandate) = if is_mandate {
            (&posting.engagement, &posting.number)
        } else {
            (&posting.number, &None)
        };
        let amount = reference.figures(posting.amount, &Currency::euro());
        let year = posting.year.to_string();
        let said = |said: &'_ Option<String>| said.clone().unwrap_or_default();
        let words = [
            said(engagement),
            said(mandate),
            said(&posting.third_party),
            said(&posting.object),
            said(&posting.service_budget),
            said(&posting.account),
            said(&posting.source),
        ];
        let [
            engagement,
            mandate,
            third_party,
            object,
            service,
            account,
            source,
        ] = words.each_ref().map(|it| Value::typed(it));
        let cells = [
            engagement,
            mandate,
            posting.date.map_or(Value::Empty, Value::Day),
            third_party,
            Value::typed(&amount),
            object,
            service,
            account,
            Value::typed(&year),
            source,
        ];
        // What is beyond the most that a table holds stays for the next time.
        if grid.push(line, cells).is_err() {
            break;
        }
    }
    let layout = Layout {
        heads: 0..1,
        columns: HEADS.map(|field| field.label().to_owned()).to_vec(),
        rows: (1..grid.height()).collect(),
        aside: Vec::new(),
    };
    let sheet = Sheet {
        name: String::new(),
        grid,
        ..Sheet::default()
    };
    let columns = column::guess(&layout.columns, Kind::Done, &Payers::default());
    let name = "Réalisations à rapprocher";
    Some(Import {
        waits: true,
        ..Import::laid_out(Kind::Done, name, sheet, layout, columns)
    })
}

/// What waits, while a table is read.
pub(super) struct Waiting {
    all: Vec<Held>,
}

struct Held {
    /// As it was kept; nothing when it comes with this table.
    before: Option<Arc<Record>>,
    posting: Posting,
    /// The line of the table that says it.
    line: Option<usize>,
    /// Whether it has its line of a budget now.
    is_placed: bool,
}

/// What became of a row that waits.
pub(super) struct Known {
    is_known: bool,
    is_set_aside: bool,
}

impl Known {
    pub(super) fn outcome(self, reason: String, told: &Told) -> Outcome {
        if self.is_set_aside {
            let what = format!("{}\u{a0}: écartée", told.what());
            return Outcome::Unchanged { what };
        }
        Outcome::Kept {
            reason,
            is_known: self.is_known,
        }
    }
}

impl Waiting {
    pub(super) fn of(records: &Records) -> Self {
        let all = records.of_kind(RecordKind::Posting);
        let all = all.filter_map(|record| match record.as_ref() {
            Record::Posting(posting) => Some(Held {
                before: Some(Arc::clone(record)),
                posting: posting.clone(),
                line: None,
                is_placed: false,
            }),
            _ => None,
        });
        Self { all: all.collect() }
    }

    fn find(&mut self, told: &Told) -> Option<&mut Held> {
        let mut all = self.all.iter_mut();
        all.find(|held| !held.is_placed && says_the_same(&held.posting, told))
    }

    /// A row waits: it is kept, where it is not already.
    pub(super) fn hold(
        &mut self,
        told: &Told,
        line: usize,
        import: &Import,
        ids: &mut Ids,
    ) -> Result<Known, Refused> {
        if let Some(held) = self.find(told) {
            if let Some(first) = held.line.filter(|first| *first != line) {
                return Err(Refused::whole(format!(
                    "la même réalisation est déjà à la ligne {first}"
                )));
            }
            held.line = Some(line);
            return Ok(Known {
                is_known: true,
                is_set_aside: held.posting.set_aside,
            });
        }
        self.all.push(Held {
            before: None,
            posting: told.posting(ids.next_id(), &import.name),
            line: Some(line),
            is_placed: false,
        });
        Ok(Known {
            is_known: false,
            is_set_aside: false,
        })
    }

    /// Somebody says that a row belongs to no budget of ours.
    pub(super) fn set_aside(
        &mut self,
        told: &Told,
        line: usize,
        import: &Import,
        ids: &mut Ids,
    ) -> Result<Outcome, Refused> {
        let known = self.hold(told, line, import, ids)?;
        let mut differences = Differences::default();
        if !known.is_set_aside {
            if let Some(held) = self.find(told) {
                held.posting.set_aside = true;
            }
            differences.note("état", "à rapprocher", "écartée");
        }
        Ok(differences.outcome(told.what()))
    }

    /// A row has its line: it waits no more.
    pub(super) fn release(&mut self, told: &Told) {
        if let Some(held) = self.find(told) {
            held.is_placed = true;
        }
    }

    pub(super) fn edits(self) -> impl Iterator<Item = Edit> {
        self.all.into_iter().filter_map(|held| {
            let record = RecordId {
                kind: RecordKind::Posting,
                id: held.posting.id,
            };
            let after = (!held.is_placed).then(|| Arc::new(Record::Posting(held.posting)));
            (held.before != after).then_some(Edit {
                record,
                before: held.before,
                after,
            })
        })
    }
}

impl Told {
    /// « Mandat 4512, AGENCE DE L’EAU ».
    fn what(&self) -> String {
        let number = self.number.as_ref().map(|number| {
            let step = self.step.label();
            format!("{step} n°\u{a0}{number}")
        });
        let said = [number, self.third_party.clone(), self.object.clone()];
        let said: Vec<String> = said.into_iter().flatten().take(2).collect();
        if said.is_empty() {
            self.step.label().to_owned()
        } else {
            said.join(", ")
        }
    }

    fn posting(&self, id: Id, source: &str) -> Posting {
        Posting {
            id,
            step: self.step,
            number: self.number.clone(),
            engagement: self
                .engagement
                .clone()
                .filter(|it| Some(it) != self.number.as_ref()),
            date: self.date,
            year: self.year,
            amount: self.amount,
            third_party: self.third_party.clone(),
            object: self.object.clone(),
            service_budget: self.service.clone(),
            account: self.account.clone(),
            source: Some(source.to_owned()).filter(|it| !it.is_empty()),
            set_aside: false,
        }
    }
}

/// Whether a row says what is kept already: the same number and amount in the same year, and the same third party where
/// numbers are lacking.
fn says_the_same(posting: &Posting, told: &Told) -> bool {
    let words = |words: &Option<String>| words.as_deref().map(fold).unwrap_or_default();
    let number = |number: &Option<String>| number.as_deref().map(bare).unwrap_or_default();
    let is_numbered = posting.number.is_some();
    posting.step == told.step
        && posting.year == told.year
        && posting.amount == told.amount
        && number(&posting.number) == number(&told.number)
        && (is_numbered
            || posting.date == told.date
                && words(&posting.third_party) == words(&told.third_party)
                && words(&posting.object) == words(&told.object))
}
