//! Finding a record by what one types: its identifier, the beginning or the end of it, or its exact name.

use std::sync::Arc;

use super::Failure;
use crate::model::{Kind, Record, Records, quoted};

/// The record of those kinds that `typed` names.
pub(super) fn record<'a>(
    records: &'a Records,
    kinds: &[Kind],
    typed: &str,
) -> Result<&'a Arc<Record>, Failure> {
    let all = || kinds.iter().flat_map(|kind| records.of_kind(*kind));
    let by_id = |matches: &dyn Fn(&str) -> bool| {
        all()
            .filter(|record| matches(&record.record_id().id.to_string()))
            .collect::<Vec<_>>()
    };

    let wanted = typed.to_lowercase();
    let mut found = by_id(&|id| id == wanted);
    if found.is_empty() && !wanted.is_empty() {
        found = by_id(&|id| id.starts_with(&wanted) || id.ends_with(&wanted));
    }
    if found.is_empty() {
        found = all().filter(|record| record.title() == typed).collect();
    }

    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Failure::usage(format!(
            "Aucune fiche n’a pour identifiant, ni pour nom exact, {}.",
            quoted(typed)
        ))),
        several => {
            let names: Vec<String> = several
                .iter()
                .take(5)
                .map(|record| format!("{} ({})", record.title(), record.record_id().id))
                .collect();
            Err(Failure::usage(format!(
                "{} désigne plusieurs fiches\u{a0}: {}.",
                quoted(typed),
                names.join(", ")
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Name, Nature, Partner};

    fn records() -> Records {
        Records::from_records([("101", "Aného"), ("102", "Aného"), ("203", "Hué")].map(
            |(end, name)| {
                let id: Id = format!("019ab3c0-1000-7000-8000-000000000{end}")
                    .parse()
                    .unwrap();
                Record::Partner(Partner::new(id, Nature::ForeignAuthority, Name::new(name)))
            },
        ))
    }

    #[test]
    fn an_end_a_name_or_all_of_it_will_do_and_a_doubt_is_told() {
        let records = records();
        let found =
            |typed| record(&records, &[Kind::Partner], typed).map(|it| it.title().to_owned());

        assert_eq!(found("203").unwrap(), "Hué");
        assert_eq!(found("Hué").unwrap(), "Hué");
        assert_eq!(
            found("019AB3C0-1000-7000-8000-000000000102").unwrap(),
            "Aného"
        );
        assert!(found("Aného").unwrap_err().message().contains("plusieurs"));
        assert!(
            found("019ab3c0")
                .unwrap_err()
                .message()
                .contains("plusieurs")
        );
        assert_eq!(found("").unwrap_err().code(), Failure::USAGE);
        assert_eq!(found("none").unwrap_err().code(), Failure::USAGE);
        assert!(record(&records, &[Kind::Budget], "203").is_err());
    }
}
