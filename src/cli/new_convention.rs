//! `nouvelle-convention`: a first draft, from the clauses of its kind.

use serde_json::json;

use super::arguments::NewConvention;
use super::beside::{note_beside, say_beside};
use super::print::Printed;
use super::{Done, Failure, find, say};
use crate::drafting::{self, Brief};
use crate::model::{ConventionKind, Id, Ids, Kind, Lang, Records, fold, quoted};
use crate::reference::Reference;
use crate::workspace::{Who, Wish, Workspace};

pub(super) fn run(wanted: &NewConvention, who: &Who) -> Result<Done, Failure> {
    let opened = Workspace::open(&wanted.folder, Wish::Write, who)?;
    let (files, _) = opened.workspace.corrections();
    let (reference, refused) = Reference::corrected(files);
    for error in refused {
        say(&error.to_string());
    }

    let brief = brief(wanted, &opened.records, &reference)?;
    if let Some(kind) = reference.authority_kind(&opened.records.authority().kind) {
        let schemes = brief.schemes.iter().filter_map(|it| reference.scheme(it));
        schemes
            .filter_map(|scheme| scheme.caution(kind))
            .for_each(|caution| say(&caution));
    }
    let draft = drafting::draft(&brief, &opened.records, &reference, &mut Ids::system())
        .map_err(|error| Failure::usage(error.to_string()))?;
    let mut told = json!({
        "id": draft.convention.id,
        "title": draft.convention.title,
        "articles": draft.convention.articles.len(),
        "budget": draft.budget.as_ref().map(|budget| budget.id),
        "to_review": draft.to_review,
    });
    let mut lines = vec![format!(
        "Convention {} rédigée\u{a0}: {} articles, identifiant {}.",
        quoted(&draft.convention.title),
        draft.convention.articles.len(),
        draft.convention.id
    )];
    if draft.to_review {
        lines.push("Le modèle de ce genre est à relire par un juriste avant usage.".to_owned());
    }

    opened.workspace.write(&draft.change())?;
    note_beside(&mut told, &say_beside(&opened.workspace));
    Ok(Done::printed(if wanted.output.json {
        Printed::Json(told)
    } else {
        Printed::Lines(lines)
    }))
}

fn brief(
    wanted: &NewConvention,
    records: &Records,
    reference: &Reference,
) -> Result<Brief, Failure> {
    let named = |kind: Kind, typed: &str| -> Result<Id, Failure> {
        Ok(find::record(records, &[kind], typed)?.record_id().id)
    };
    let partners = wanted
        .partners
        .iter()
        .map(|typed| named(Kind::Partner, typed))
        .collect::<Result<_, _>>()?;
    let kind = kind(&wanted.genre)?;
    let mut brief = Brief::new(kind, partners);
    brief.money &= !wanted.sans_argent;
    brief.themes = wanted
        .themes
        .iter()
        .map(|typed| theme(typed, reference))
        .collect::<Result<_, _>>()?;
    brief.schemes = wanted
        .schemes
        .iter()
        .map(|typed| match reference.scheme(typed) {
            Some(scheme) => Ok(scheme.id.clone()),
            None => Err(Failure::usage(format!(
                "Aucun dispositif ne s’appelle {}.",
                quoted(typed)
            ))),
        })
        .collect::<Result<_, _>>()?;
    brief.own_clauses = wanted
        .clauses
        .iter()
        .map(|typed| named(Kind::Clause, typed))
        .collect::<Result<_, _>>()?;
    brief.languages = wanted.languages.iter().map(|tag| Lang::new(tag)).collect();
    brief.parent = match &wanted.rattachee_a {
        Some(typed) => Some(named(Kind::Convention, typed)?),
        None => None,
    };
    brief.start = wanted.debut;
    brief.end = wanted.fin;
    Ok(brief)
}

/// The kind, by the word that records write or by its French name.
fn kind(typed: &str) -> Result<ConventionKind, Failure> {
    let by_word = serde_json::from_value(json!(typed)).ok();
    let by_name = || {
        ConventionKind::ALL
            .into_iter()
            .find(|kind| fold(kind.label()) == fold(typed))
    };
    by_word.or_else(by_name).ok_or_else(|| {
        let known: Vec<&str> = ConventionKind::ALL
            .iter()
            .map(|kind| kind.label())
            .collect();
        Failure::usage(format!(
            "Aucun genre de convention ne s’appelle {}. Les genres\u{a0}: {}.",
            quoted(typed),
            known.join(", ")
        ))
    })
}

fn theme(typed: &str, reference: &Reference) -> Result<String, Failure> {
    reference
        .themes()
        .iter()
        .find(|theme| theme.id == typed || fold(&theme.label) == fold(typed))
        .map(|theme| theme.id.clone())
        .ok_or_else(|| Failure::usage(format!("Aucun thème ne s’appelle {}.", quoted(typed))))
}
