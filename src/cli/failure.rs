//! How a command fails: a sentence, an exit code (`cli.md`), the file that it is about.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::export::ExportError;
use crate::workspace::{WorkspaceError, explain};

/// What went wrong, for a person and for a program.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    message: String,
    file: Option<PathBuf>,
}

impl Failure {
    /// A point of the draft forbids it.
    pub const BLOCKED: u8 = 1;
    /// Wrong use.
    pub const USAGE: u8 = 2;
    /// The workspace cannot be opened, or not for writing.
    pub const WORKSPACE: u8 = 3;
    /// Reading or writing a file failed.
    pub const FILE: u8 = 4;
    /// No display.
    pub const DISPLAY: u8 = 5;
    /// A fault of ours.
    pub const FAULT: u8 = 70;

    /// Wrong use, with where to learn the right one.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            code: Self::USAGE,
            message: format!(
                "{} «\u{a0}passerelle --help\u{a0}» montre l’usage.",
                message.into()
            ),
            file: None,
        }
    }

    /// Points of drafts forbid some of it; the rest is done.
    pub(super) fn blocked(message: impl Into<String>) -> Self {
        Self {
            code: Self::BLOCKED,
            message: message.into(),
            file: None,
        }
    }

    /// A file that was to be read is not what it should be.
    pub(super) fn file(path: &std::path::Path, message: &str) -> Self {
        Self {
            code: Self::FILE,
            message: format!("«\u{a0}{}\u{a0}»\u{a0}: {message}", path.display()),
            file: Some(path.to_owned()),
        }
    }

    /// What was to be printed could not be, or not whole.
    pub(super) fn output(error: &std::io::Error) -> Self {
        Self {
            code: Self::FILE,
            message: format!(
                "L’écriture du résultat a échoué\u{a0}: {}. Il n’est pas complet.",
                explain(error)
            ),
            file: None,
        }
    }

    /// A fault of ours.
    #[must_use]
    pub fn fault(message: impl Into<String>) -> Self {
        Self {
            code: Self::FAULT,
            message: message.into(),
            file: None,
        }
    }

    /// The exit code.
    #[must_use]
    pub const fn code(&self) -> u8 {
        self.code
    }

    /// The sentence, in French.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// As `--json` prints it.
    pub(super) fn to_json(&self) -> Value {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let (Some(file), Some(error)) = (&self.file, error.as_object_mut()) {
            error.insert("file".to_owned(), json!(file.to_string_lossy()));
        }
        json!({ "error": error })
    }
}

impl From<WorkspaceError> for Failure {
    fn from(error: WorkspaceError) -> Self {
        let code = match &error {
            WorkspaceError::NotAWorkspace { .. }
            | WorkspaceError::Newer { .. }
            | WorkspaceError::Held { .. }
            | WorkspaceError::ReadOnly { .. } => Self::WORKSPACE,
            WorkspaceError::NotEmpty { .. }
            | WorkspaceError::Disk { .. }
            | WorkspaceError::NoRoom { .. }
            | WorkspaceError::TooLarge { .. }
            | WorkspaceError::Backup { .. }
            | WorkspaceError::Piece { .. }
            | WorkspaceError::PieceMissing { .. }
            | WorkspaceError::PieceAltered { .. } => Self::FILE,
            WorkspaceError::Unwritable { .. } => Self::FAULT,
        };
        Self {
            code,
            message: error.to_string(),
            file: error.path().map(ToOwned::to_owned),
        }
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        let (code, file) = match &error {
            ExportError::Blocked { .. }
            | ExportError::NotVoted { .. }
            | ExportError::Unprintable { .. }
            | ExportError::Unfilled { .. } => (Self::BLOCKED, None),
            ExportError::Missing => (Self::USAGE, None),
            ExportError::TooLarge(_) => (Self::FILE, None),
            ExportError::Pdf { .. } => (Self::FAULT, None),
            ExportError::Exists { path } | ExportError::Disk { path, .. } => {
                (Self::FILE, Some(path.clone()))
            }
        };
        Self {
            code,
            message: error.to_string(),
            file,
        }
    }
}
