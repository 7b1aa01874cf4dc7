//! Tables of people, imported.

mod amounts;
mod budgets;
mod conventions;
mod done;
mod partners;

use chrono::NaiveDate;

use super::*;
use crate::exchange::table::{self, Wish};
use crate::model::{Amount, Authority, Name, Record};

const TODAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 11, 26) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

fn records() -> Records {
    let authority = Authority {
        name: Name::new("Communauté d’agglomération de Valmont"),
        short_name: Some(Name::new("Valmont")),
        ..Authority::default()
    };
    Records::from_records([Record::Authority(authority)])
}

fn import(text: &str, kind: Kind) -> Import {
    let book = table::read(text.as_bytes(), Wish::default(), &()).unwrap();
    Import::guess(&book, kind, "essai.csv", Payers::of(&records()))
}

fn planned(import: &Import, records: &Records) -> Plan {
    let around = Around {
        records,
        reference: Reference::shipped(),
        today: TODAY,
        watch: &(),
    };
    import.plan(&around, &mut Ids::counted(1_790_000_000_000))
}

fn after(plan: &Plan, records: &Records) -> Records {
    let mut records = records.clone();
    if let Some(change) = &plan.change {
        records.apply(change);
    }
    records
}

/// Once more changes nothing.
fn is_settled(import: &Import, records: &Records) -> bool {
    let plan = planned(import, records);
    let counts = counts(&plan);
    plan.change.is_none() && counts.created + counts.changed == 0
}

fn told(plan: &Plan) -> Vec<String> {
    plan.rows
        .iter()
        .map(|planned| match &planned.outcome {
            Outcome::Created { what } => format!("+ {what}"),
            Outcome::Changed { what, differences } => {
                let fields: Vec<_> = differences
                    .iter()
                    .map(|it| format!("{} {} → {}", it.field, it.before, it.after))
                    .collect();
                format!("~ {what}: {}", fields.join(", "))
            }
            Outcome::Unchanged { what } => format!("= {what}"),
            Outcome::Asked { question } => format!("? {question}"),
            Outcome::Kept { reason, is_known } => {
                format!("{} {reason}", if *is_known { "…" } else { "… +" })
            }
            Outcome::Refused { faults } => format!("! {}", reasons(faults)),
        })
        .collect()
}
