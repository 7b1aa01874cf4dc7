//! `importer partenaires`, `conventions`, `budget` and `realisations`: a table, row by row.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::arguments::{BudgetImport, HowImported, TableImport};
use super::beside::{note_beside, say_beside};
use super::print::{Printed, say};
use super::{Done, Failure, Place, find};
use crate::exchange::import::{
    self, Around, Counts, Difference, Fault, Import, Kind, Outcome, Payers, Plan, Planned, Proposal,
};
use crate::exchange::table::{self, Book, Form, Wish as Reading};
use crate::export::write_whole;
use crate::model::{self, Currency, Ids, count, quoted};
use crate::workspace::{Who, Wish, explain};

/// Rows told one by one; the others are counted.
const TOLD: usize = 50;

/// What is asked beside the table.
struct Asked<'a> {
    kind: Kind,
    budget: Option<&'a str>,
    accepted: Option<Proposal>,
    currency: Option<&'a str>,
    year: Option<i32>,
}

impl Asked<'_> {
    const fn of(kind: Kind) -> Self {
        Self {
            kind,
            budget: None,
            accepted: None,
            currency: None,
            year: None,
        }
    }
}

pub(super) fn partners(table: &TableImport, who: &Who) -> Result<Done, Failure> {
    let asked = Asked::of(Kind::Partners);
    run(&table.folder, &table.file, &asked, &table.how, who)
}

pub(super) fn conventions(
    table: &TableImport,
    create: bool,
    currency: Option<&str>,
    who: &Who,
) -> Result<Done, Failure> {
    let asked = Asked {
        accepted: create.then_some(Proposal::Partners),
        currency,
        ..Asked::of(Kind::Conventions)
    };
    run(&table.folder, &table.file, &asked, &table.how, who)
}

pub(super) fn budget(
    table: &BudgetImport,
    currency: Option<&str>,
    year: Option<i32>,
    who: &Who,
) -> Result<Done, Failure> {
    let (budget, file) = budget_and_file(table)?;
    let asked = Asked {
        budget: budget.as_deref(),
        currency,
        year,
        ..Asked::of(Kind::Budget)
    };
    run(&table.folder, &file, &asked, &table.how, who)
}

pub(super) fn done(table: &BudgetImport, confirm: bool, who: &Who) -> Result<Done, Failure> {
    let (budget, file) = budget_and_file(table)?;
    let asked = Asked {
        budget: budget.as_deref(),
        accepted: confirm.then_some(Proposal::Matches),
        ..Asked::of(Kind::Done)
    };
    run(&table.folder, &file, &asked, &table.how, who)
}

/// What was typed after the folder: the file alone, or the budget and the file.
fn budget_and_file(table: &BudgetImport) -> Result<(Option<String>, PathBuf), Failure> {
    match table.what.as_slice() {
        [file] => Ok((None, PathBuf::from(file))),
        [budget, file] => Ok((
            Some(budget.to_string_lossy().into_owned()),
            PathBuf::from(file),
        )),
        _ => Err(Failure::usage("Il manque le tableau à importer.")),
    }
}

fn run(
    folder: &Path,
    file: &Path,
    asked: &Asked<'_>,
    how: &HowImported,
    who: &Who,
) -> Result<Done, Failure> {
    let wish = if how.simuler { Wish::Read } else { Wish::Write };
    let place = Place::open_as(wish, folder, who)?;
    let records = &place.opened.records;
    let budget = match asked.budget {
        Some(typed) => Some(
            find::record(records, &[model::Kind::Budget], typed)?
                .record_id()
                .id,
        ),
        None => None,
    };
    let currency = match asked.currency {
        Some(code) => Some(place.reference.currency(code).ok_or_else(|| {
            Failure::usage(format!("La monnaie {} n’est pas connue.", quoted(code)))
        })?),
        None => None,
    };
    let bytes = table::bytes_of(file).map_err(|error| {
        let why = explain(&error);
        Failure::file(
            file,
            &format!("lire ce fichier a échoué\u{a0}: {why}. Rien n’a été importé."),
        )
    })?;
    let book = table::read(&bytes, Reading::default(), &())
        .map_err(|refusal| Failure::file(file, &format!("{refusal}. Rien n’a été importé.")))?;
    let name = file
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut import = Import::guess(&book, asked.kind, &name, Payers::of(records));
    (import.budget, import.year) = (budget, asked.year);
    import.currency = currency.map(|it| Currency::new(&it.id));
    if let Some(proposal) = asked.accepted {
        import.accept(proposal);
    }
    let around = Around {
        records,
        reference: place.reference,
        today: place.today,
        watch: &(),
    };
    let plan = import.plan(&around, &mut Ids::system());

    if let Some(refused) = &how.refus {
        write_whole(refused, &import::refusals(&import, &plan), false)?;
    }
    let mut beside = Vec::new();
    if let Some(change) = plan.change.as_ref().filter(|_| !how.simuler) {
        let workspace = &place.opened.workspace;
        if let Some(lack) = workspace.import(change)?.lack() {
            say(&lack);
        }
        beside = say_beside(workspace);
    }
    Ok(Done::printed(if how.output.json {
        let mut told = to_json(&book, &import, &plan);
        note_beside(&mut told, &beside);
        Printed::Json(told)
    } else {
        for remark in remarks(&import, &plan) {
            say(&remark);
        }
        Printed::Lines(lines(&import, &plan))
    }))
}

fn remarks(import: &Import, plan: &Plan) -> Vec<String> {
    let understood = import.columns().iter().filter_map(|column| {
        let field = column.field?;
        Some(format!("{} → {}", column.head, field.label()))
    });
    let understood: Vec<String> = understood.collect();
    let mut told = vec![if understood.is_empty() {
        "Aucune colonne n’est reconnue\u{a0}: vérifiez les titres du tableau.".to_owned()
    } else {
        format!("Colonnes\u{a0}: {}.", understood.join(", "))
    }];
    told.extend(left_aside(import));
    told.extend(import.sheet().remarks.iter().cloned());
    told.extend(plan.remarks.iter().cloned());
    for currency in import.in_which_currency() {
        told.push(format!("{currency} «\u{a0}--devise\u{a0}» la dit."));
    }
    if import.kind == Kind::Budget && import.year.is_none() && !import.is_dated() {
        told.push(
            "Le tableau ne dit pas l’année de ses montants\u{a0}: «\u{a0}--annee\u{a0}» la dit."
                .to_owned(),
        );
    }
    told
}

/// The columns of which nothing is taken, and that say something.
fn left_aside(import: &Import) -> Option<String> {
    const MOST: usize = 12;
    let says = |place: usize| {
        let rows = import.layout().rows.iter();
        rows.take(TOLD)
            .any(|row| !import.value(*row, place).is_empty())
    };
    let columns = import.columns().iter().enumerate();
    let aside = columns.filter(|(place, column)| column.field.is_none() && says(*place));
    let heads: Vec<&str> = aside
        .map(|(_, column)| match column.head.as_str() {
            "" => "sans titre",
            head => head,
        })
        .collect();
    let more = match heads.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(", et {}", count(more, "autre", "autres")),
    };
    let told = heads.get(..MOST).unwrap_or(&heads).join(", ");
    (!heads.is_empty()).then(|| format!("Laissées de côté\u{a0}: {told}{more}."))
}

fn lines(import: &Import, plan: &Plan) -> Vec<String> {
    let mut lines: Vec<String> = plan.rows.iter().take(TOLD).map(line).collect();
    let others = plan.rows.iter().skip(TOLD);
    // Of the others what is refused is told all the same, as far as a screen can be read.
    lines.extend(
        others
            .clone()
            .filter(|it| it.outcome.reason().is_some())
            .take(TOLD)
            .map(line),
    );
    let Counts {
        rows,
        created,
        changed,
        unchanged,
        asked,
        kept,
        newly_kept: _,
        refused,
    } = import::counts(plan);
    let kept = match kept {
        0 => String::new(),
        kept => format!(", {} à rapprocher", count(kept, "gardée", "gardées")),
    };
    lines.push(format!(
        "{}\u{a0}: {}, {}, {}, {asked} à confirmer{kept}, {}",
        count(rows, "ligne lue", "lignes lues"),
        count(created, "créée", "créées"),
        count(changed, "modifiée", "modifiées"),
        count(unchanged, "inchangée", "inchangées"),
        count(refused, "refusée", "refusées")
    ));
    let aside = import.layout().aside.len();
    if aside > 0 {
        lines.push(count(
            aside,
            "ligne de titre ou de total laissée de côté",
            "lignes de titre ou de total laissées de côté",
        ));
    }
    lines
}

fn line(planned: &Planned) -> String {
    let said = match &planned.outcome {
        Outcome::Created { what } => format!("créé\u{a0}: {what}"),
        Outcome::Changed { what, differences } => {
            let differences: Vec<String> = differences.iter().map(Difference::told).collect();
            format!("modifié\u{a0}: {what} ({})", differences.join("\u{202f}; "))
        }
        Outcome::Unchanged { what } => format!("inchangé\u{a0}: {what}"),
        Outcome::Asked { question } => format!("à confirmer\u{a0}: {question}"),
        Outcome::Kept { reason, is_known } => {
            let known = if *is_known { "déjà gardé" } else { "gardé" };
            format!("{known} à rapprocher\u{a0}: {reason}")
        }
        Outcome::Refused { faults } => format!("refusé\u{a0}: {}", import::reasons(faults)),
    };
    let beside: Vec<String> = planned.beside.said().collect();
    let beside = match beside.as_slice() {
        [] => String::new(),
        beside => format!(" – {}", beside.join(", ")),
    };
    format!("ligne {}, {said}{beside}", planned.line)
}

/// One of the things that are wrong with a row, under the head of its column.
fn fault(fault: &Fault, import: &Import) -> Value {
    let column = fault.column.and_then(|it| import.columns().get(it));
    match column {
        Some(column) => json!({ "column": column.head, "reason": fault.reason }),
        None => json!({ "reason": fault.reason }),
    }
}

fn to_json(book: &Book, import: &Import, plan: &Plan) -> Value {
    let counts = import::counts(plan);
    let kept: Vec<Value> = plan
        .rows
        .iter()
        .filter_map(|planned| match &planned.outcome {
            Outcome::Kept { reason, .. } => Some(json!({ "row": planned.line, "reason": reason })),
            _ => None,
        })
        .collect();
    let refused: Vec<Value> = plan
        .rows
        .iter()
        .filter(|planned| !matches!(planned.outcome, Outcome::Kept { .. }))
        .filter_map(|planned| {
            let mut told = json!({ "row": planned.line, "reason": planned.reason()? });
            if let (Some(told), Outcome::Refused { faults }) =
                (told.as_object_mut(), &planned.outcome)
            {
                let faults: Vec<Value> = faults.iter().map(|it| fault(it, import)).collect();
                let column = faults.iter().find_map(|it| it.get("column")).cloned();
                told.extend(column.map(|head| ("column".to_owned(), head)));
                told.insert("faults".to_owned(), json!(faults));
            }
            Some(told)
        })
        .collect();
    let columns: Vec<Value> = import
        .columns()
        .iter()
        .map(|column| json!({ "head": column.head, "field": column.field.map(import::Field::label) }))
        .collect();
    let aside: Vec<usize> = import
        .layout()
        .aside
        .iter()
        .map(|(row, _)| import.sheet().grid.line(*row))
        .collect();
    let mut told = json!({
        "rows": counts.rows,
        "created": counts.created,
        "updated": counts.changed,
        "unchanged": counts.unchanged,
        "kept": kept,
        "refused": refused,
        "columns": columns,
        "aside": aside,
        "remarks": import.sheet().remarks.iter().chain(&plan.remarks).collect::<Vec<_>>(),
    });
    if let Some(told) = told.as_object_mut() {
        let (encoding, delimiter) = match &book.form {
            Form::Text { written, delimiter } => {
                (written.encoding.as_str(), Some(delimiter.to_string()))
            }
            Form::Xlsx => ("xlsx", None),
            Form::Xls => ("xls", None),
            Form::Ods => ("ods", None),
        };
        told.insert("encoding".to_owned(), json!(encoding));
        if let Some(delimiter) = delimiter {
            told.insert("delimiter".to_owned(), json!(delimiter));
        }
    }
    told
}
