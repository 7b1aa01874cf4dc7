//! `exporter pdf` and `exporter texte`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::Shape;
use super::{Done, Failure, Place, find};
use crate::document::{self, State};
use crate::export::{self, ExportError, Wanted};
use crate::model::{Convention, Key, Kind, Lang};
use crate::typeset::Fonts;

impl From<Shape> for Wanted {
    fn from(shape: Shape) -> Self {
        let signature = shape.definitif.then_some(State::Signature);
        Self {
            state: shape.etat.map(State::from).or(signature),
            language: shape.langue.as_deref().map(Lang::new),
            side_by_side: shape.colonnes,
            paper: shape.papier.into(),
            without_annexes: shape.sans_annexes,
            line_numbers: shape.lignes,
            copy_of: shape.exemplaire.as_deref().map(Key::new),
        }
    }
}

pub(super) fn pdf(
    place: &Place,
    id: Option<&str>,
    output: &Path,
    shape: Shape,
    replace: bool,
) -> Result<Done, Failure> {
    let wanted = Wanted::from(shape);
    let Some(id) = id else {
        let files = all(place, output, &wanted, replace)?;
        return Ok(Done::lines(files.iter().map(|it| it.display().to_string())));
    };

    let convention = convention(place, id)?;
    can_be(convention, &wanted)?;
    one(
        place,
        convention,
        output,
        &wanted,
        replace,
        &Fonts::shipped(),
    )?;
    Ok(Done::lines([output.display().to_string()]))
}

pub(super) fn text(
    place: &Place,
    id: &str,
    output: &Path,
    shape: Shape,
    replace: bool,
) -> Result<Done, Failure> {
    if output.extension().is_none_or(|it| it != "txt") {
        return Err(Failure::usage("Le fichier de texte se termine par .txt."));
    }
    let convention = convention(place, id)?;
    let wanted = Wanted::from(shape);
    can_be(convention, &wanted)?;

    let document = export::convention_document(
        convention.id,
        &place.opened.records,
        &place.reference,
        &wanted,
        place.today,
    )?;
    export::write_whole(output, document::text(&document).as_bytes(), replace)?;
    Ok(Done::lines([output.display().to_string()]))
}

/// Exports every convention into a folder, one file each, and says which.
pub(super) fn all(
    place: &Place,
    folder: &Path,
    wanted: &Wanted,
    replace: bool,
) -> Result<Vec<PathBuf>, Failure> {
    fs::create_dir_all(folder).map_err(|source| ExportError::Disk {
        path: folder.to_owned(),
        source,
    })?;

    let fonts = Fonts::shipped();
    let mut taken = BTreeSet::new();
    let mut files = Vec::new();
    for convention in place.opened.records.conventions_sorted() {
        let path = folder.join(free_name(&export::file_name(convention), &mut taken));
        one(place, convention, &path, wanted, replace, &fonts)?;
        files.push(path);
    }
    Ok(files)
}

/// A name that no other convention of the same export has, however the system compares names.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = name.trim_end_matches(".pdf");
    let mut free = name.to_owned();
    let mut number = 2;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{stem} ({number}).pdf");
        number += 1;
    }
    free
}

fn one(
    place: &Place,
    convention: &Convention,
    path: &Path,
    wanted: &Wanted,
    replace: bool,
    fonts: &Fonts,
) -> Result<(), Failure> {
    let bytes = export::convention_pdf(
        convention.id,
        &place.opened.records,
        &place.reference,
        wanted,
        place.today,
        fonts,
    )?;
    Ok(export::write_whole(path, &bytes, replace)?)
}

fn convention<'a>(place: &'a Place, id: &str) -> Result<&'a Convention, Failure> {
    let records = &place.opened.records;
    let found = find::record(records, &[Kind::Convention], id)?;
    records
        .convention(found.record_id().id)
        .ok_or_else(|| ExportError::Missing.into())
}

/// Whether that one convention has what is asked of it; of all together, each gives what it has.
fn can_be(convention: &Convention, wanted: &Wanted) -> Result<(), Failure> {
    let title = &convention.title;
    if let Some(lang) = &wanted.language
        && !convention.languages.contains(lang)
    {
        return Err(Failure::usage(format!(
            "«\u{a0}{title}\u{a0}» n’est pas écrite en «\u{a0}{lang}\u{a0}»."
        )));
    }
    if wanted.side_by_side && convention.languages.len() < 2 {
        return Err(Failure::usage(format!(
            "«\u{a0}{title}\u{a0}» n’est écrite qu’en une langue\u{a0}: rien à mettre en regard."
        )));
    }
    if let Some(party) = &wanted.copy_of
        && convention.party(party).is_none()
    {
        let keys: Vec<&str> = convention
            .parties
            .iter()
            .map(|it| it.key.as_str())
            .collect();
        return Err(Failure::usage(format!(
            "«\u{a0}{title}\u{a0}» n’a pas de partie «\u{a0}{party}\u{a0}», mais {}.",
            keys.join(", ")
        )));
    }
    Ok(())
}
