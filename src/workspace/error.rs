//! What can go wrong in a workspace, in the words of the person who sees it: what happened, to which file,
//! what was kept, what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::Holder;

/// Why a workspace does not open, or is not written.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// There is no such folder, or nothing in it says that it is a workspace.
    #[error(
        "«\u{a0}{}\u{a0}» n’est pas un espace de travail Passerelle\u{a0}: {reason}. Rien n’y a été écrit. Choisissez un autre \
         dossier, ou créez-y un espace.",
        folder.display()
    )]
    NotAWorkspace {
        /// The folder.
        folder: PathBuf,
        /// What is missing or damaged.
        reason: String,
    },

    /// The folder was written by a newer application.
    #[error(
        "«\u{a0}{}\u{a0}» est au format {found}, plus récent que celui de cette application ({known}). Rien n’a été lu ni \
         écrit. Mettez Passerelle à jour sur ce poste.",
        folder.display()
    )]
    Newer {
        /// The folder.
        folder: PathBuf,
        /// Its format.
        found: u64,
        /// The newest that is known here.
        known: u64,
    },

    /// Somebody else writes there.
    #[error(
        "«\u{a0}{}\u{a0}» est déjà ouvert en écriture{}. Rien n’a été écrit. Réessayez quand il sera fermé.",
        folder.display(),
        .holder.as_ref().map(|holder| format!(" par {holder}")).unwrap_or_default()
    )]
    Held {
        /// The folder.
        folder: PathBuf,
        /// Who, where that is known.
        holder: Option<Holder>,
    },

    /// A write was asked of a workspace that is only read.
    #[error(
        "«\u{a0}{}\u{a0}» est ouvert en lecture seule\u{a0}: la modification n’est pas enregistrée. Elle reste à l’écran.",
        folder.display()
    )]
    ReadOnly {
        /// The folder.
        folder: PathBuf,
    },

    /// A folder that should be empty is not.
    #[error(
        "«\u{a0}{}\u{a0}» existe déjà et n’est pas vide. Rien n’y a été écrit. Donnez le nom d’un nouveau dossier.",
        folder.display()
    )]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },

    /// Reading or writing failed.
    #[error("{action} «\u{a0}{}\u{a0}» a échoué\u{a0}: {}. Ce qui était enregistré est intact.", path.display(), explain(source))]
    Disk {
        /// « Lire », « Enregistrer »…
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },

    /// There is too little room for a backup.
    #[error(
        "La place manque pour la sauvegarde dans «\u{a0}{}\u{a0}»\u{a0}: il faut {}\u{a0}Mo, il en reste {}. Rien n’a \
         été écrit. Libérez de la place, ou choisissez un autre emplacement.",
        folder.display(), needed.div_ceil(1024 * 1024), free / (1024 * 1024)
    )]
    NoRoom {
        /// Where.
        folder: PathBuf,
        /// Bytes that are wanted.
        needed: u64,
        /// Bytes that are left.
        free: u64,
    },

    /// A backup cannot be trusted.
    #[error("La sauvegarde «\u{a0}{}\u{a0}» ne peut pas être restaurée\u{a0}: {reason}. L’espace n’a pas changé.", file.display())]
    Backup {
        /// The archive.
        file: PathBuf,
        /// Why.
        reason: String,
    },

    /// The records are more than one archive holds.
    #[error("L’espace «\u{a0}{}\u{a0}» compte plus de {} Mo de fiches, plus qu’une sauvegarde n’en contient. Rien n’a changé. Copiez le dossier entier ailleurs, puis supprimez d’anciennes versions.", folder.display(), most / (1024 * 1024))]
    TooLarge {
        /// The workspace.
        folder: PathBuf,
        /// The most that an archive holds, in bytes.
        most: u64,
    },

    /// A file cannot be kept as a piece.
    #[error("«\u{a0}{}\u{a0}» ne peut pas être joint\u{a0}: {reason}. Rien n’a changé. Choisissez un autre fichier.", file.display())]
    Piece {
        /// The file.
        file: PathBuf,
        /// Why, a clause.
        reason: String,
    },

    /// The file of a piece is not there any more.
    #[error(
        "Le fichier de la pièce «\u{a0}{title}\u{a0}» manque. La fiche qui la cite n’a pas changé. Remettez-le d’une copie de \
         l’espace («\u{a0}{}\u{a0}»), ou joignez-le de nouveau.",
        file.display()
    )]
    PieceMissing {
        /// What the piece is called.
        title: String,
        /// Where its file should be.
        file: PathBuf,
    },

    /// The file of a piece has not the bytes that were kept.
    #[error(
        "Le fichier de la pièce «\u{a0}{title}\u{a0}» n’est plus celui qui avait été joint\u{a0}: il n’est pas ouvert. Remettez-le \
         d’une copie de l’espace, ou joignez-le de nouveau."
    )]
    PieceAltered {
        /// What the piece is called.
        title: String,
    },

    /// A record could not be turned into JSON: a fault of ours.
    #[error(
        "«\u{a0}{title}\u{a0}» n’a pas pu être mis en forme pour l’enregistrement\u{a0}: {reason}. Il reste en mémoire."
    )]
    Unwritable {
        /// What the record is called.
        title: String,
        /// What the serialiser says.
        reason: String,
    },
}

impl WorkspaceError {
    /// Wraps what the system answered to `action` on `path`.
    pub(super) fn disk(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Disk {
            action,
            path,
            source,
        }
    }

    /// What failed at saving, without the file: whoever reads it knows the record by its name.
    #[must_use]
    pub fn without_its_file(&self) -> String {
        match self {
            Self::Disk { action, source, .. } => {
                format!("{action} a échoué\u{a0}: {}.", explain(source))
            }
            other => other.to_string(),
        }
    }

    /// The file or folder that it is about, for `--json`.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::NotAWorkspace { folder, .. }
            | Self::Newer { folder, .. }
            | Self::Held { folder, .. }
            | Self::ReadOnly { folder }
            | Self::NotEmpty { folder }
            | Self::NoRoom { folder, .. }
            | Self::TooLarge { folder, .. } => Some(folder),
            Self::Disk { path, .. } => Some(path),
            Self::Backup { file, .. }
            | Self::Piece { file, .. }
            | Self::PieceMissing { file, .. } => Some(file),
            Self::Unwritable { .. } | Self::PieceAltered { .. } => None,
        }
    }
}

/// What the system says, in French where it is one of the usual cases.
#[must_use]
pub fn explain(error: &io::Error) -> String {
    use io::ErrorKind;

    let said = match error.kind() {
        ErrorKind::StorageFull => "le disque est plein",
        ErrorKind::QuotaExceeded => "votre quota de disque est atteint",
        ErrorKind::PermissionDenied => "vous n’en avez pas le droit",
        ErrorKind::NotFound => "le fichier ou le dossier n’existe pas",
        ErrorKind::ReadOnlyFilesystem => "le disque est en lecture seule",
        ErrorKind::AlreadyExists => "il existe déjà",
        ErrorKind::IsADirectory => "c’est un dossier",
        ErrorKind::NotADirectory => "un dossier du chemin est un fichier",
        ErrorKind::InvalidFilename => "ce nom n’est pas permis",
        ErrorKind::TimedOut => "le disque ou le réseau ne répond pas",
        _ if error.raw_os_error() == Some(5) => "le disque signale une erreur matérielle",
        _ => return format!("le système répond «\u{a0}{error}\u{a0}»"),
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_save_is_told_without_the_file() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let error = WorkspaceError::disk("Enregistrer", "/espace/partners/0101.json")(full);
        assert!(error.to_string().contains("0101.json"));
        assert_eq!(
            error.without_its_file(),
            "Enregistrer a échoué\u{a0}: le disque est plein."
        );
    }
}
