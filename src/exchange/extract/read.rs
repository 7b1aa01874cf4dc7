//! The extract found in a PDF of any origin, without trusting a word of that PDF.
//!
//! No table, tree or length of the file is followed: an embedded file is always a stream of its own (ISO 32000-1,
//! 7.5.7), so each stream that follows « /EmbeddedFile » is inflated, up to a bound, and read. So nothing that
//! the file declares decides how much is read, how deep, or where.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use flate2::read::ZlibDecoder;

use super::{Extract, FORMAT, VERSION};
use crate::model::{Id, Key, Lang, Text};
use crate::workspace::explain;

/// The most bytes that a PDF may have.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The most bytes that an extract may have; the longest convention seen has a hundredth of it.
const LONGEST: u64 = 8 * 1024 * 1024;

/// How far after the name of its kind a stream may begin.
const DICTIONARY: usize = 2_048;

/// How many embedded files are looked at.
const MOST_FILES: usize = 32;

/// The most items of each kind: parties, visas, articles, annexes.
const MOST_ITEMS: usize = 2_000;

/// Why nothing was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The disk does not give it.
    #[error("Lire ce fichier a échoué\u{a0}: {why}. Rien n’a été importé.")]
    Unreadable {
        /// What the system says.
        why: String,
    },
    /// Not a PDF.
    #[error("Ce fichier n’est pas un PDF.")]
    NotPdf,
    /// Too long.
    #[error("Ce PDF pèse plus de {} Mo\u{a0}: ce n’est pas une convention exportée par Passerelle.", MOST_BYTES / (1024 * 1024))]
    Heavy,
    /// Nothing of ours in it.
    #[error(
        "Ce PDF ne porte pas de données Passerelle. Demandez à son auteur de l’exporter avec ses données (à l’export, \
         «\u{a0}les données que le texte imprime\u{a0}», ou --donnees)."
    )]
    Nothing,
    /// It is protected by a password.
    #[error(
        "Ce PDF est chiffré\u{a0}: ses données ne peuvent pas être lues. Demandez-en une copie sans mot de passe."
    )]
    Encrypted,
    /// Ours, of a later version.
    #[error(
        "Les données de ce PDF viennent d’une version plus récente de Passerelle ({version}). Mettez celle-ci à jour."
    )]
    Newer {
        /// Which.
        version: u32,
    },
    /// Ours, and broken.
    #[error("Les données de ce PDF sont abîmées ({reason}). Rien n’a été importé.")]
    Broken {
        /// What is wrong.
        reason: String,
    },
}

/// Finds the extract in a file, of which no more is read than a PDF may be long.
///
/// # Errors
/// As [`read`], and when the file cannot be read.
pub fn read_file(file: &Path) -> Result<Extract, ReadError> {
    let bytes = || {
        if !fs::metadata(file)?.is_file() {
            return Err(io::Error::other("ce n’est pas un fichier"));
        }
        let mut bytes = Vec::new();
        let most = MOST_BYTES as u64 + 1;
        fs::File::open(file)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = bytes().map_err(|error| ReadError::Unreadable {
        why: explain(&error),
    })?;
    read(&bytes)
}

/// Finds the extract in the bytes of a PDF.
///
/// # Errors
/// When there is none, or it is not sound.
pub fn read(bytes: &[u8]) -> Result<Extract, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::Heavy);
    }
    let head = bytes.get(..1_024.min(bytes.len()));
    if head.is_none_or(|head| find(head, b"%PDF-").is_none()) {
        return Err(ReadError::NotPdf);
    }

    let mut failure = ReadError::Nothing;
    for stream in embedded(bytes).take(MOST_FILES) {
        match parse(stream) {
            Ok(extract) => return Ok(extract),
            Err(ReadError::Nothing) => {}
            Err(error) => failure = error,
        }
    }
    if failure == ReadError::Nothing && find(bytes, b"/Encrypt").is_some() {
        return Err(ReadError::Encrypted);
    }
    Err(failure)
}

/// What follows the dictionary of each embedded file.
fn embedded(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += find(bytes.get(at..)?, b"/EmbeddedFile")? + 1;
            let rest = bytes.get(at..)?;
            let near = rest.get(..DICTIONARY).unwrap_or(rest);
            if let Some(stream) = find(near, b"stream") {
                at += stream + b"stream".len();
                let data = bytes.get(at..)?;
                let data = data.strip_prefix(b"\r").unwrap_or(data);
                return Some(data.strip_prefix(b"\n").unwrap_or(data));
            }
        }
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

fn parse(stream: &[u8]) -> Result<Extract, ReadError> {
    let mut json = Vec::new();
    let inflated = ZlibDecoder::new(stream)
        .take(LONGEST + 1)
        .read_to_end(&mut json);
    if inflated.is_err() && json.is_empty() {
        // Not compressed: up to the word that ends it.
        let end = find(stream, b"endstream").unwrap_or(0);
        json = stream.get(..end).unwrap_or_default().to_vec();
    }
    if json.len() as u64 > LONGEST {
        return Err(broken("elles sont trop longues"));
    }

    let head: Head = serde_json::from_slice(&json).map_err(|_| ReadError::Nothing)?;
    if head.format != FORMAT {
        return Err(ReadError::Nothing);
    }
    if head.version > VERSION {
        return Err(ReadError::Newer {
            version: head.version,
        });
    }
    let mut extract: Extract =
        serde_json::from_slice(&json).map_err(|error| broken(&error.to_string()))?;
    is_sound(&extract)?;
    clean(&mut extract);
    Ok(extract)
}

/// What tells ours from another's JSON.
#[derive(serde::Deserialize)]
struct Head {
    format: String,
    version: u32,
}

fn broken(reason: &str) -> ReadError {
    ReadError::Broken {
        reason: reason.to_owned(),
    }
}

/// Whether what is to become records can: identifiers that are there once, keys and languages that are some.
fn is_sound(extract: &Extract) -> Result<(), ReadError> {
    if extract.title.trim().is_empty() {
        return Err(broken("le titre manque"));
    }
    let counts = [
        extract.parties.len(),
        extract.visas.len(),
        extract.recitals.len(),
        extract.articles.len(),
        extract.annexes.len(),
        extract.tables.len(),
        extract.languages.len(),
    ];
    if counts.iter().any(|count| *count > MOST_ITEMS) {
        return Err(broken("elles comptent trop d’éléments"));
    }

    let mut ids: BTreeSet<Id> = BTreeSet::new();
    let items = extract
        .visas
        .iter()
        .chain(&extract.recitals)
        .map(|it| it.id);
    let parties = extract.parties.iter().map(|it| it.id);
    let articles = extract.articles.iter().map(|it| it.id);
    let annexes = extract.annexes.iter().map(|it| it.id);
    if !items
        .chain(parties)
        .chain(articles)
        .chain(annexes)
        .all(|id| ids.insert(id))
    {
        return Err(broken("un identifiant y paraît deux fois"));
    }

    let keys = extract.parties.iter().map(|it| &it.key);
    let mut keys = keys
        .chain(extract.articles.iter().map(|it| &it.key))
        .chain(extract.annexes.iter().map(|it| &it.key));
    if let Some(key) = keys.find(|key| !is_key(key)) {
        return Err(broken(&format!(
            "« {} » n’est pas une clé",
            key.as_str().escape_debug()
        )));
    }
    let texts = texts(extract).map(|text| &text.lang);
    let mut languages = texts.chain(&extract.languages);
    if let Some(lang) = languages.find(|lang| !is_language(lang)) {
        return Err(broken(&format!(
            "« {} » n’est pas une langue",
            lang.as_str().escape_debug()
        )));
    }
    Ok(())
}

fn is_key(key: &Key) -> bool {
    let key = key.as_str();
    let mut bytes = key.bytes();
    !key.is_empty()
        && key.len() <= 100
        && bytes.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
}

fn is_language(lang: &Lang) -> bool {
    let mut parts = lang.as_str().split('-');
    parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric())
    })
}

fn texts(extract: &Extract) -> impl Iterator<Item = &Text> {
    let items = extract.visas.iter().chain(&extract.recitals);
    let parties = extract.parties.iter().flat_map(|it| &it.printed);
    items
        .flat_map(|it| &it.texts)
        .chain(parties)
        .chain(extract.articles.iter().flat_map(|it| &it.texts))
        .chain(extract.annexes.iter().flat_map(|it| &it.texts))
}

/// Control characters have no business in a record.
fn clean(extract: &mut Extract) {
    let clean = |text: &mut String| text.retain(|c| !c.is_control());
    let texts = |texts: &mut Vec<Text>| {
        for text in texts {
            clean(&mut text.title);
            text.paragraphs.iter_mut().for_each(clean);
            text.notes.iter_mut().for_each(|note| clean(&mut note.text));
        }
    };
    clean(&mut extract.title);
    for party in &mut extract.parties {
        clean(&mut party.name);
        party.country.iter_mut().for_each(clean);
        texts(&mut party.printed);
    }
    for item in extract.visas.iter_mut().chain(&mut extract.recitals) {
        texts(&mut item.texts);
    }
    for article in &mut extract.articles {
        article.role.iter_mut().for_each(clean);
        texts(&mut article.texts);
    }
    for annex in &mut extract.annexes {
        texts(&mut annex.texts);
    }
}
