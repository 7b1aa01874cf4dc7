//! Where systems keep Hunspell dictionaries, and how their files are read.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Source;
use crate::model::Lang;

/// The longest file that is read, in bytes: the largest dictionaries hold some ten million.
const LONGEST: u64 = 64 << 20;

/// Folders of dictionaries: of the distribution, of older ones, of LibreOffice where it brings its own.
const FOLDERS: [&str; 8] = [
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/share/myspell",
    "/usr/local/share/hunspell",
    "/Library/Spelling",
    "/opt/homebrew/share/hunspell",
    "/Applications/LibreOffice.app/Contents/Resources/extensions",
    "C:\\Program Files\\LibreOffice\\share\\extensions",
];

/// The dictionary of a language that this computer has; that of its own country before another's.
#[must_use]
pub fn on_this_computer(lang: &Lang) -> Option<Source> {
    FOLDERS
        .iter()
        .find_map(|folder| in_folder(Path::new(folder), lang))
}

/// The same, in that folder or in one of those in it.
fn in_folder(folder: &Path, lang: &Lang) -> Option<Source> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).ok()?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            let inner = std::fs::read_dir(&path).into_iter().flatten().flatten();
            files.extend(inner.map(|entry| entry.path()));
        } else {
            files.push(path);
        }
    }
    let tag = lang.as_str().replace('-', "_").to_lowercase();
    let primary = lang.primary();
    let own_country = format!("{primary}_{primary}");
    // Among those of a language: the one asked for, `fr`, `fr_FR`, then any.
    let fitness = |path: &PathBuf| {
        let stem = path.file_stem()?.to_str()?.to_lowercase();
        let is_rules = path.extension().is_some_and(|it| it == "aff");
        let of_language = stem == primary || stem.starts_with(&format!("{primary}_"));
        (is_rules && of_language).then(|| match &stem {
            stem if *stem == tag => 0,
            stem if *stem == primary => 1,
            stem if *stem == own_country => 2,
            _ => 3,
        })
    };
    let mut rules: Vec<(u8, PathBuf)> = files
        .into_iter()
        .filter_map(|path| Some((fitness(&path)?, path)))
        .collect();
    rules.sort();
    rules
        .iter()
        .find_map(|(_, aff)| read(aff, &aff.with_extension("dic")))
}

fn read(aff: &Path, dic: &Path) -> Option<Source> {
    let (aff, dic) = (bytes(aff)?, bytes(dic)?);
    // The rules say in ASCII how both files are written.
    let said = aff
        .split(|byte| *byte == b'\n')
        .filter_map(|line| std::str::from_utf8(line).ok())
        .find_map(|line| line.trim().strip_prefix("SET "));
    let encoding = match said.map(str::trim) {
        None => encoding_rs::WINDOWS_1252,
        Some(name) => {
            let name = name.replace("ISO8859-", "ISO-8859-");
            encoding_rs::Encoding::for_label(name.as_bytes())?
        }
    };
    let text = |bytes: &[u8]| encoding.decode(bytes).0.into_owned();
    Some(Source {
        aff: text(&aff),
        dic: text(&dic),
    })
}

fn bytes(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    let is_file = file.metadata().ok()?.is_file();
    let read = file.take(LONGEST + 1).read_to_end(&mut bytes).ok()?;
    (is_file && read as u64 <= LONGEST).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_of_a_language_is_found_in_its_encoding() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        put("fr_BE.aff", b"SET UTF-8\n");
        put("fr_BE.dic", "1\nseptante\n".as_bytes());
        put("fr.aff", b"SET ISO8859-15\n");
        put("fr.dic", b"1\n\xe9t\xe9\n");
        put("frp.aff", b"SET UTF-8\n");
        put("dict-pt/pt_PT.aff", b"SET UTF-8\n");
        put("dict-pt/pt_PT.dic", b"1\ncasa\n");
        put("de.aff", b"SET UTF-8\n");

        let found = |tag: &str| in_folder(folder.path(), &Lang::new(tag)).map(|it| it.dic);
        assert_eq!(found("fr").as_deref(), Some("1\nété\n"));
        assert_eq!(found("fr-BE").as_deref(), Some("1\nseptante\n"));
        assert_eq!(found("pt").as_deref(), Some("1\ncasa\n"));
        assert_eq!(found("de"), None);
        assert_eq!(found("it"), None);
        assert!(in_folder(Path::new("/nulle/part"), &Lang::french()).is_none());
    }
}
