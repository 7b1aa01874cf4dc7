//! Other people's tables, hostile until they are read here: CSV and its kin, XLSX, XLS and ODS become a plain
//! [`Grid`] of typed cells, with what was understood on the way.
//!
//! Nothing here knows what a table is about; [`super::import`] does.

mod archive;
mod biff;
mod course;
mod decode;
mod grid;
mod heads;
mod ods;
mod separated;
mod symbol;
pub mod value;
mod workbook;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use thiserror::Error;

use self::course::Course;
pub use self::course::STEPS;
pub use self::decode::{Encoding, Written};
pub use self::grid::{Grid, MOST_ROWS, Value};
pub use self::heads::{Aside, Layout};
pub use self::symbol::Symbol;
use super::watch::Watch;
use crate::reference::thousands;

/// A longer file is not read.
pub const MOST_BYTES: u64 = 64 << 20;

/// A file of tables, read.
#[derive(Debug, Clone)]
pub struct Book {
    /// What kind of file it is, and how its text was written.
    pub form: Form,
    /// Its sheets that hold something; at least one.
    pub sheets: Vec<Sheet>,
}

/// What kind of file a table came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Text, cells between delimiters.
    Text {
        /// How letters are written.
        written: Written,
        /// What stands between two cells.
        delimiter: char,
    },
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// A workbook of LibreOffice.
    Ods,
}

/// A sheet: one table.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name; empty for a text file.
    pub name: String,
    /// Its cells.
    pub grid: Grid,
    /// Rows of the grid that could not be read for sure, and why: they are shown, never taken as they are.
    pub doubtful: BTreeMap<usize, String>,
    /// What was mended on the way, told in sentences.
    pub remarks: Vec<String>,
}

/// What a person corrects of how a text file is read; what is absent is guessed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// How letters are written.
    pub encoding: Option<Encoding>,
    /// What stands between two cells.
    pub delimiter: Option<char>,
}

/// Why a file is not read. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("ce fichier ne contient aucun tableau")]
    Empty,
    /// It is longer than what is read.
    #[error(
        "ce fichier dépasse 64\u{a0}Mo\u{a0}: n’y gardez que ce qui est à importer (un exercice, un service), ou \
         partagez-le en plusieurs fichiers"
    )]
    TooLong,
    /// It has so many rows, which is too many.
    #[error(
        "ce tableau a {}\u{a0}lignes et {} au plus sont lues\u{a0}: n’y gardez que celles à importer (un exercice, un \
         service), ou partagez-le en plusieurs fichiers",
        thousands(&.0.to_string()),
        thousands(&MOST_ROWS.to_string())
    )]
    TooManyRows(usize),
    /// It has too many columns.
    #[error(
        "ce tableau a plus de 1\u{202f}000\u{a0}colonnes\u{a0}: n’en gardez que celles à importer"
    )]
    TooManyColumns,
    /// It has too many cells.
    #[error(
        "ce tableau a plus de 5\u{a0}millions de cellules\u{a0}: n’en gardez que ce qui est à importer"
    )]
    TooManyCells,
    /// Its compressed content would fill the memory.
    #[error(
        "ce classeur est une archive anormale, dont le contenu déplié dépasse ce qu’un tableau peut être\u{a0}; il n’est pas ouvert"
    )]
    Bomb,
    /// Its XML declares a document type or entities, which no spreadsheet writes.
    #[error(
        "ce classeur déclare des entités XML, ce qu’aucun tableur n’écrit et qui peut remplir la mémoire\u{a0}; il n’est pas ouvert"
    )]
    Entities,
    /// It is protected by a password.
    #[error(
        "ce classeur est protégé par un mot de passe\u{a0}: enregistrez-en une copie sans mot de passe"
    )]
    Password,
    /// It is a web page under the name of a workbook.
    #[error(
        "ce fichier est une page web enregistrée sous un nom de classeur\u{a0}: ouvrez-le dans le tableur et enregistrez-le en .xlsx"
    )]
    WebPage,
    /// It is something else.
    #[error(
        "ce fichier n’est ni un classeur (.xlsx, .xls, .ods) ni un tableau en texte (.csv, .tsv)"
    )]
    NotATable,
    /// It is a workbook that does not read.
    #[error("ce classeur est endommagé ou incomplet ({0})")]
    Damaged(String),
    /// Quotes open everywhere and close nowhere.
    #[error(
        "trop de guillemets s’ouvrent sans se fermer dans ce fichier\u{a0}: réexportez-le depuis le logiciel d’origine"
    )]
    Quotes,
    /// Nobody waits for it any more.
    #[error("la lecture de ce fichier a été arrêtée")]
    GivenUp,
}

/// The bytes of a file, as far as any that we read.
///
/// # Errors
/// When the disk does not give them.
pub fn bytes_of(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file of tables. What it is follows from its bytes, never from its name. `watch` hears [`STEPS`] steps at
/// most.
///
/// # Errors
/// When it is none, or would cost more than a table may; when it was given up.
pub fn read(bytes: &[u8], wish: Wish, watch: &dyn Watch) -> Result<Book, Refusal> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Refusal::TooLong);
    }
    let mut book = match signature(bytes) {
        Signature::Zip => guarded(|| workbook::zipped(bytes, &mut Course::of(watch))),
        Signature::Compound => guarded(|| workbook::xls(bytes)),
        Signature::Web => Err(Refusal::WebPage),
        Signature::Other => Err(Refusal::NotATable),
        Signature::Text => separated::read(bytes, wish, &mut Course::of(watch)),
    }?;
    book.sheets.retain(|sheet| sheet.grid.height() > 0);
    if book.sheets.is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(book)
}

enum Signature {
    Zip,
    Compound,
    Web,
    Text,
    Other,
}

fn signature(bytes: &[u8]) -> Signature {
    let beginning: String = bytes
        .iter()
        .take(256)
        .filter(|byte| byte.is_ascii() && **byte != 0)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let beginning = beginning.trim_start();
    match bytes {
        [b'P', b'K', 3, 4, ..] => Signature::Zip,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Signature::Compound,
        [b'%', b'P', b'D', b'F', ..] | [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => {
            Signature::Other
        }
        _ if ["<html", "<!doctype", "<table", "<?xml"]
            .iter()
            .any(|it| beginning.starts_with(it)) =>
        {
            Signature::Web
        }
        _ => Signature::Text,
    }
}

/// Runs a reader of workbooks where a panic in a library is an error message.
fn guarded(read: impl FnOnce() -> Result<Book, Refusal> + Send) -> Result<Book, Refusal> {
    let damaged = || Refusal::Damaged("le lecteur s’est arrêté".to_owned());
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("lecture d’un classeur".to_owned())
            .spawn_scoped(scope, || {
                panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged()))
            })
            .map_err(|_| damaged())
            .and_then(|thread| thread.join().unwrap_or_else(|_| Err(damaged())))
    })
}
