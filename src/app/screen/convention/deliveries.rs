//! What a convention can be written as, beside its PDF: the sheet of its checks, a Word file.

use std::path::Path;

use crate::app::screen::deliver::Delivery;
use crate::app::session::Session;
use crate::exchange::word;
use crate::export::{self, Wanted};
use crate::model::{self, quoted};
use crate::typeset::Fonts;

/// The sheet of checks of a convention, to be written where somebody says.
#[must_use]
pub fn checks_delivery(convention: model::Id, session: &Session) -> Option<Delivery> {
    let record = session.records().convention(convention)?;
    let name = export::checks_file_name(record);
    let told = format!(
        "Ce qui est tenu, à revoir ou écarté dans {}, pour le dossier du juriste.",
        quoted(&record.title)
    );
    let (records, reference) = (session.records().clone(), session.reference().clone());
    let today = session.today();
    let make = move || {
        let sheet = export::checks_sheet(convention, &records, &reference, today);
        let sheet = sheet.ok_or("La convention n’existe plus.")?;
        export::sheet_pdf(&sheet, &Fonts::shipped()).map_err(|fault| fault.to_string())
    };
    Some(Delivery::new(
        "Fiche de vérification",
        told,
        &name,
        session,
        make,
    ))
}

/// The convention as a Word file, as it stands, to be written where somebody says.
#[must_use]
pub fn word_delivery(convention: model::Id, session: &Session) -> Option<Delivery> {
    let record = session.records().convention(convention)?;
    let name = Path::new(&export::file_name(record)).with_extension("docx");
    let told = format!(
        "Le texte de {} tel qu’il est, à relire ou à annoter dans un traitement de texte. Ce qui y change \
         ne revient pas ici de lui-même\u{a0}: c’est le PDF qui est voté et signé.",
        quoted(&record.title)
    );
    let (records, reference) = (session.records().clone(), session.reference().clone());
    let today = session.today();
    let make = move || {
        let wanted = Wanted::default();
        let document =
            export::convention_document(convention, &records, &reference, &wanted, today)
                .map_err(|fault| fault.to_string())?;
        word::docx(&document).map_err(|fault| fault.to_string())
    };
    Some(Delivery::new(
        "Exporter pour Word",
        told,
        &name.to_string_lossy(),
        session,
        make,
    ))
}
