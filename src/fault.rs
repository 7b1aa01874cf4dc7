//! A fault of ours, met by a person: one sentence and the path of a report, never a Rust trace.

use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

/// The exit code of a fault of ours (`cli.md`).
const OUR_FAULT: u8 = 70;

/// What a panic said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fault {
    file: String,
    report: String,
}

/// Runs `work`; a panic in it is a [`Fault`], and nothing is printed.
///
/// # Errors
/// When it panicked.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    let caught = Arc::new(Mutex::new(None));
    let usual = panic::take_hook();
    panic::set_hook(Box::new({
        let caught = Arc::clone(&caught);
        move |info| {
            *caught.lock().unwrap_or_else(PoisonError::into_inner) = Some(Fault::of(info));
        }
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(usual);

    result.map_err(|_| {
        caught
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .unwrap_or_default()
    })
}

impl Fault {
    fn of(info: &PanicHookInfo<'_>) -> Self {
        let backtrace = std::backtrace::Backtrace::force_capture();
        Self {
            file: info
                .location()
                .map_or_else(String::new, |place| place.file().to_owned()),
            report: format!(
                "Passerelle {}\n{info}\n\n{backtrace}\n",
                env!("CARGO_PKG_VERSION")
            ),
        }
    }

    #[cfg(test)]
    pub(crate) fn in_file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            report: String::new(),
        }
    }

    /// The source file that gave up, as its author's machine named it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Tells it on stderr, with where the report is, and gives the exit code.
    #[must_use]
    pub fn end(&self) -> ExitCode {
        let report = self.write().map_or_else(
            || "Le rapport n’a pas pu être écrit.".to_owned(),
            |path| format!("Le rapport est dans {}.", path.display()),
        );
        // There is nobody to tell that nobody can be told.
        let _ = writeln!(
            std::io::stderr(),
            "Passerelle s’est arrêté sur un défaut. Ce qui était enregistré est intact. {report}"
        );
        ExitCode::from(OUR_FAULT)
    }

    /// Writes the report among temporary files, under a name that is not taken.
    fn write(&self) -> Option<PathBuf> {
        let mut file = tempfile::Builder::new()
            .prefix("passerelle-incident-")
            .suffix(".txt")
            .tempfile()
            .ok()?;
        file.write_all(self.report.as_bytes()).ok()?;
        file.keep().ok().map(|(_, path)| path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_of_a_fault_is_kept() {
        let fault = Fault {
            file: "src/model/merge.rs".to_owned(),
            report: "Passerelle 0.1.0\nici".to_owned(),
        };
        let path = fault.write().unwrap();
        let kept = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(kept, fault.report);
    }
}
