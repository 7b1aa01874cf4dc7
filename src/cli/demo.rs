//! `demo`: the demonstration workspace, its conventions as PDF, then the window.

use std::path::{Path, PathBuf};

use super::export::{self, Kit};
use super::{Done, Failure, Place, print::say};
use crate::demo;
use crate::export::Wanted;
use crate::workspace::Who;

pub(super) fn run(
    folder: Option<PathBuf>,
    without_window: bool,
    who: &Who,
) -> Result<Done, Failure> {
    let folder = match folder {
        Some(folder) => folder,
        None => usual_folder()?,
    };
    demo::find_or_create(&folder, who)?;

    let place = Place::open(&folder, who)?;
    let files = export::all(
        &place,
        &folder.join("exports"),
        &Wanted::default(),
        true,
        &mut Kit::new(),
    )?;
    let told = told(&folder, files.len());
    if without_window {
        return Ok(Done::lines([told]));
    }
    say(&told);
    Ok(Done::Window {
        workspace: Some(folder),
        optional: true,
    })
}

fn told(folder: &Path, count: usize) -> String {
    format!(
        "Espace de démonstration\u{a0}: «\u{a0}{}\u{a0}»\u{202f}; {count} conventions exportées en PDF dans «\u{a0}{}\u{a0}».",
        folder.display(),
        folder.join("exports").display()
    )
}

/// « Passerelle – démonstration » among the user's documents.
fn usual_folder() -> Result<PathBuf, Failure> {
    let user = directories::UserDirs::new().ok_or_else(|| {
        Failure::usage("Votre dossier personnel n’est pas connu\u{a0}: donnez un DOSSIER.")
    })?;
    let documents = user.document_dir().unwrap_or_else(|| user.home_dir());
    Ok(documents.join(demo::FOLDER))
}
