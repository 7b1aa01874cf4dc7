//! Text for a terminal: control characters escaped, for what is printed comes from files.

use std::io::{self, Write};

use serde_json::Value;

use super::Failure;

/// What a command prints on stdout.
#[derive(Debug)]
pub(super) enum Printed {
    /// Lines for a person.
    Lines(Vec<String>),
    /// A value for a program.
    Json(Value),
}

impl Printed {
    /// Writes it whole; a pipe closed at the other end is no failure.
    ///
    /// # Errors
    /// When what stands behind stdout refuses it: a file on a full disk.
    pub(super) fn to_stdout(&self) -> Result<(), Failure> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let written = match self {
            Self::Lines(lines) => lines
                .iter()
                .try_for_each(|line| writeln!(out, "{}", clean(line))),
            Self::Json(value) => serde_json::to_writer_pretty(&mut out, value)
                .map_err(io::Error::from)
                .and_then(|()| writeln!(out)),
        };
        match written.and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::output(&error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// A message on stderr.
pub(super) fn say(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", clean(message));
}

/// The same text without what would move a terminal's cursor or turn its line around.
pub(super) fn clean(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        let moves =
            c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if moves {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_command_the_terminal_is_shown() {
        assert_eq!(
            clean("a\u{1b}[2Jb\nc\u{202e}d"),
            "a\\u{1b}[2Jb\\u{a}c\\u{202e}d"
        );
        assert_eq!(
            clean("Đà Nẵng – 1\u{202f}000\u{a0}€"),
            "Đà Nẵng – 1\u{202f}000\u{a0}€"
        );
    }
}
