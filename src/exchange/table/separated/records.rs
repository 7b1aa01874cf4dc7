//! The rows of a text, cell by cell: quotes hold delimiters, line breaks and doubled quotes; one that never closes spoils
//! its row alone.

use std::ops::Range;

/// A quoted cell longer than this was never closed: what follows is not its contents.
const LONGEST_CELL: usize = 64 * 1024;

/// A cell of a record: where its text stands, and whether quotes in it are doubled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) text: Range<usize>,
    doubled: bool,
}

/// One row as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Record {
    pub(super) fields: Vec<Field>,
    /// A quote opens in it and closes nowhere.
    pub(super) broken: bool,
}

impl Field {
    pub(super) fn read(&self, text: &str) -> String {
        let written = text.get(self.text.clone()).unwrap_or_default();
        if self.doubled {
            written.replace("\"\"", "\"")
        } else {
            written.to_owned()
        }
    }
}

impl Record {
    pub(super) fn is_blank(&self, text: &str) -> bool {
        let blank = |field: &Field| {
            text.get(field.text.clone())
                .is_none_or(|it| it.trim().is_empty())
        };
        self.fields.iter().all(blank)
    }
}

/// The records of a text, one a line but for line breaks in quotes.
pub(super) struct Records<'a> {
    text: &'a str,
    /// How far it is read, in bytes.
    pub(super) at: usize,
    delimiter: char,
    /// How many rows are broken so far.
    pub(super) broken: usize,
}

impl<'a> Records<'a> {
    pub(super) const fn new(text: &'a str, delimiter: char) -> Self {
        Self {
            text,
            at: 0,
            delimiter,
            broken: 0,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// A cell in quotes that closes before a delimiter or the end of the line; none otherwise.
    fn quoted(&mut self) -> Option<Field> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let reach = bytes.len().min(start + LONGEST_CELL);
        let mut at = start;
        let mut doubled = false;
        loop {
            let found = memchr::memchr(b'"', bytes.get(at..reach)?)?;
            at += found;
            if bytes.get(at + 1) == Some(&b'"') {
                doubled = true;
                at += 2;
                continue;
            }
            let after = self.text.get(at + 1..).unwrap_or_default();
            let closes = after.is_empty()
                || after.starts_with(['\r', '\n'])
                || after.starts_with(self.delimiter);
            if !closes {
                return None;
            }
            self.at = at + 1;
            return Some(Field {
                text: start..at,
                doubled,
            });
        }
    }

    fn plain(&mut self) -> Field {
        let start = self.at;
        let stop = |c: char| c == self.delimiter || c == '\n' || c == '\r';
        let length = self.rest().find(stop).unwrap_or(self.rest().len());
        self.at += length;
        Field {
            text: start..self.at,
            doubled: false,
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut record = Record::default();
        loop {
            let quoted = if self.rest().starts_with('"') {
                let quoted = self.quoted();
                if quoted.is_none() {
                    record.broken = true;
                    self.broken += 1;
                }
                quoted
            } else {
                None
            };
            let field = match quoted {
                Some(field) => field,
                None => self.plain(),
            };
            record.fields.push(field);

            let rest = self.rest();
            if rest.starts_with(self.delimiter) {
                self.at += self.delimiter.len_utf8();
                continue;
            }
            self.at += if rest.starts_with("\r\n") {
                2
            } else {
                rest.len().min(1)
            };
            return Some(record);
        }
    }
}
