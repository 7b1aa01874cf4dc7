//! Words between French quotation marks; what they quote themselves stands between others.

/// Those words between « »: « Rif vert “forêts et sources” ».
#[must_use]
pub fn quoted(words: &str) -> String {
    format!("«\u{202f}{}\u{202f}»", with_inner_quotes(words))
}

/// Words as they stand between « »: their own are “ ”, close to what they hold.
#[must_use]
pub fn with_inner_quotes(words: &str) -> String {
    let mut said = String::with_capacity(words.len());
    let mut opens = false;
    for letter in words.chars() {
        match letter {
            '«' => said.push('“'),
            '»' => {
                said.truncate(said.trim_end().len());
                said.push('”');
            }
            space if opens && space.is_whitespace() => continue,
            letter => said.push(letter),
        }
        opens = letter == '«';
    }
    said
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    /// The sources under a folder that are not tests.
    fn sources(folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        paths
            .filter(|path| path.file_stem().is_some_and(|name| name != "tests"))
            .flat_map(|path| match path.is_dir() {
                true => sources(&path),
                false => vec![path],
            })
            .collect()
    }

    #[test]
    fn no_title_is_put_between_quotes_by_hand() {
        let by_hand = ["«\\u{202f}{", "«\u{202f}{"];
        for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
            let source = std::fs::read_to_string(&path).unwrap();
            let lines = source.lines().zip(1..);
            for (line, number) in lines.filter(|_| !path.ends_with("model/quote.rs")) {
                let is_by_hand = by_hand.iter().any(|it| line.contains(it));
                assert!(!is_by_hand, "{}:{number}: {line}", path.display());
            }
        }
    }

    #[test]
    fn what_is_quoted_inside_has_quotes_of_its_own() {
        assert_eq!(
            quoted("Rif vert «\u{a0}forêts et sources\u{a0}» 2026"),
            "«\u{202f}Rif vert “forêts et sources” 2026\u{202f}»"
        );
        assert_eq!(quoted(""), "«\u{202f}\u{202f}»");
        assert_eq!(with_inner_quotes("« «"), "““");
    }
}
