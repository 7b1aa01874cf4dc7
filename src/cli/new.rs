//! `nouveau`: an empty workspace.

use std::path::Path;

use super::{Done, Failure};
use crate::model::{Authority, Ids, Name};
use crate::workspace::{Who, Workspace};

pub(super) fn run(folder: &Path, authority: &str, who: &Who) -> Result<Done, Failure> {
    let name = authority.trim();
    if name.is_empty() {
        return Err(Failure::usage("Le nom de la collectivité est vide."));
    }
    let authority = Authority {
        name: Name::new(name),
        ..Authority::default()
    };
    Workspace::create(folder, Ids::system().next_id(), &authority, who)?;

    Ok(Done::lines([format!(
        "Espace de travail créé dans «\u{a0}{}\u{a0}». «\u{a0}passerelle {0}\u{a0}» l’ouvre.",
        folder.display()
    )]))
}
