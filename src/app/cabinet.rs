//! The pieces of a workspace on this computer: joined from its disk, opened as copies with its programs.
//!
//! A copy lies in a folder of its own among the system's temporary files, readable by its owner only, and goes when
//! the workspace is closed.

use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

use super::outside::{Attached, Cabinet, KeptPicture, Later, PieceState, Shown};
use crate::exchange::table as tables;
use crate::export;
use crate::model::Piece;
use crate::picture;
use crate::workspace::{FileType, Workspace, explain};

/// See the module.
pub struct Files {
    workspace: Arc<Workspace>,
    copies: Mutex<Option<TempDir>>,
}

impl Files {
    /// The pieces of that workspace.
    #[must_use]
    pub const fn new(workspace: Arc<Workspace>) -> Self {
        Self {
            workspace,
            copies: Mutex::new(None),
        }
    }

    /// Where copies go, made when the first is.
    fn copies(&self) -> Result<PathBuf, String> {
        let mut copies = self.copies.lock().unwrap_or_else(PoisonError::into_inner);
        if copies.is_none() {
            let made = tempfile::Builder::new().prefix("passerelle-").tempdir();
            *copies = Some(made.map_err(|error| {
                format!("Aucun dossier temporaire n’est disponible pour ouvrir une pièce\u{a0}: {error}.")
            })?);
        }
        Ok(copies
            .as_ref()
            .map(|folder| folder.path().to_owned())
            .unwrap_or_default())
    }
}

impl Cabinet for Files {
    fn ask(&self, title: &'static str) -> Later<Option<PathBuf>> {
        Box::pin(async move {
            rfd::AsyncFileDialog::new()
                .set_title(title)
                .pick_file()
                .await
                .map(|file| file.path().to_owned())
        })
    }

    fn keep(&self, file: &Path) -> Result<Attached, String> {
        self.workspace
            .attach_file(file)
            .map_err(|error| error.to_string())
    }

    fn keep_picture(&self, file: &Path) -> Result<KeptPicture, String> {
        let refused = |why: String| format!("«\u{a0}{}\u{a0}»\u{a0}: {why}", file.display());
        let bytes = picture_of(file).map_err(refused)?;
        let cleaned = picture::read(&bytes).map_err(|error| refused(error.to_string()))?;
        let png = picture::to_png(&cleaned.picture);
        let sha256 = self
            .workspace
            .attach(&png)
            .map_err(|error| error.to_string())?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        Ok(KeptPicture {
            attached: Attached {
                file_name: format!("{stem}.png"),
                sha256,
                media_type: "image/png".to_owned(),
                bytes: png.len() as u64,
            },
            said: cleaned.said,
        })
    }

    fn table(&self, file: &Path) -> Result<Vec<u8>, String> {
        tables::bytes_of(file)
            .map_err(|error| format!("lire ce fichier a échoué, {}", explain(&error)))
    }

    fn bytes(&self, sha256: &str) -> Option<Vec<u8>> {
        self.workspace.piece(sha256, picture::MOST_BYTES as u64)
    }

    fn state(&self, piece: &Piece) -> PieceState {
        self.workspace.piece_state(piece)
    }

    fn show(&self, piece: &Piece) -> Result<Shown, String> {
        let copy = self
            .workspace
            .copy_piece(piece, &self.copies()?)
            .map_err(|error| error.to_string())?;
        let (shown, what) = match (FileType::of(&piece.file_name), copy.parent()) {
            (None, Some(folder)) => (Shown::InFolder, folder),
            _ => (Shown::Opened, copy.as_path()),
        };
        hand_over(what).map_err(|error| {
            format!(
                "Le système n’a pas de quoi ouvrir «\u{a0}{}\u{a0}» ({error}). Une copie en est ici\u{a0}: {}",
                piece.file_name,
                copy.display()
            )
        })?;
        Ok(shown)
    }

    fn documents(&self) -> PathBuf {
        super::desktop::documents()
    }

    fn deliver(&self, file: &Path, bytes: &[u8]) -> Result<(), String> {
        export::write_whole(file, bytes, false).map_err(|error| error.to_string())
    }

    fn replace(&self, file: &Path, bytes: &[u8]) -> Result<(), String> {
        export::write_whole(file, bytes, true).map_err(|error| error.to_string())
    }

    fn is_there(&self, file: &Path) -> bool {
        std::fs::symlink_metadata(file).is_ok()
    }
}

/// What a file holds, read no further than a picture may be long.
fn picture_of(file: &Path) -> Result<Vec<u8>, String> {
    let read = || {
        let told = std::fs::metadata(file)?;
        if !told.is_file() {
            return Err(std::io::Error::other("ce n’est pas un fichier"));
        }
        let mut bytes = Vec::new();
        let most = picture::MOST_BYTES as u64 + 1;
        std::fs::File::open(file)?
            .take(most)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| format!("{}. Rien n’a été gardé.", explain(&error)))
}

/// Hands a file or a folder to the program that this computer has for it.
pub(super) fn hand_over(what: &Path) -> std::io::Result<()> {
    #[cfg(target_os = "windows")]
    const OPENER: &str = "explorer";
    #[cfg(target_os = "macos")]
    const OPENER: &str = "open";
    #[cfg(not(any(target_os = "windows", target_os = "macos")))]
    const OPENER: &str = "xdg-open";

    let mut opener = Command::new(OsStr::new(OPENER))
        .arg(what)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // Somebody has to wait for it, or it stays in the system's table.
    std::thread::spawn(move || opener.wait());
    Ok(())
}
