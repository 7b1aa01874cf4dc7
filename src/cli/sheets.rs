//! `exporter agenda`, `exporter fiche`, `exporter comparaison`: what is told of conventions, beside their text.

use std::path::Path;

use super::arguments::Sheet;
use super::export::convention;
use super::{Done, Failure, Place, find};
use crate::agenda::agenda as due;
use crate::document::{Document, compare};
use crate::exchange::calendar::calendar;
use crate::export::{self, Compared};
use crate::model::{Kind, Records, Version, quoted};
use crate::typeset::Fonts;

pub(super) fn agenda(place: &Place, output: &Path, replace: bool) -> Result<Done, Failure> {
    if output.extension().is_none_or(|it| it != "ics") {
        return Err(Failure::usage(
            "Le fichier de l’agenda se termine par .ics.",
        ));
    }
    let records = &place.opened.records;
    let title = format!("Passerelle – {}", records.authority().name.text);
    let file = calendar(&due(records, place.reference, place.today), &title);
    export::write_whole(output, file.as_bytes(), replace)?;
    Ok(written(output))
}

pub(super) fn checks(place: &Place, sheet: &Sheet) -> Result<Done, Failure> {
    let convention = convention(place, &sheet.id)?;
    let records = &place.opened.records;
    let document = export::checks_sheet(convention.id, records, place.reference, place.today);
    write(&document.ok_or(export::ExportError::Missing)?, sheet)
}

pub(super) fn comparison(
    place: &Place,
    sheet: &Sheet,
    since: Option<&str>,
) -> Result<Done, Failure> {
    let convention = convention(place, &sheet.id)?;
    let records = &place.opened.records;
    let versions = records.versions_of(convention.id);
    let version = match since {
        Some(id) => {
            let found = find::record(records, &[Kind::Version], id)?.record_id().id;
            versions.into_iter().find(|version| version.id == found)
        }
        None => versions.into_iter().next_back(),
    };
    let Some(version) = version else {
        return Err(Failure::usage(format!(
            "Aucune version de {} n’est gardée\u{a0}: rien à comparer.",
            quoted(&convention.title)
        )));
    };
    let before = Records::from_snapshot(&version.records);
    let comparison = compare(convention.id, &before, records, place.reference);
    let compared = Compared {
        convention,
        before: &told(version),
        after: "texte d’aujourd’hui",
    };
    let document = export::comparison_sheet(compared, &comparison, records, place.today);
    write(&document, sheet)
}

fn told(version: &Version) -> String {
    format!("{} du {}", version.told(), version.at.format("%d/%m/%Y"))
}

fn write(document: &Document, sheet: &Sheet) -> Result<Done, Failure> {
    let bytes = export::sheet_pdf(document, &Fonts::shipped())?;
    export::write_whole(&sheet.output, &bytes, sheet.remplacer)?;
    Ok(written(&sheet.output))
}

fn written(output: &Path) -> Done {
    Done::lines([output.display().to_string()])
}
