//! What French typography makes of what was just typed: an apostrophe, quotes, an ellipsis, the spaces that do not
//! break before high signs.
//!
//! Pure. It looks at the sign before the caret and at what that sign hangs on, nothing further: what somebody put back
//! as it was typed stays so.

/// What to put in the place of the end of that text, and how many bytes of it go; nothing where it is well typed.
#[must_use]
pub fn mended(before: &str) -> Option<(usize, String)> {
    let typed = before.chars().next_back()?;
    let rest = before.strip_suffix(typed)?;
    let previous = rest.chars().next_back();
    let after_space = || rest.strip_suffix(' ').map(|_| 1 + typed.len_utf8());

    match typed {
        '\'' if previous.is_some_and(char::is_alphanumeric) => Some((1, "’".to_owned())),
        // Inches and seconds follow a figure.
        '"' if previous.is_some_and(|c| c.is_ascii_digit()) => None,
        '"' if rest.matches('«').count() > rest.matches('»').count() => {
            let spaces = rest.len() - rest.trim_end_matches(' ').len();
            Some((1 + spaces, "\u{a0}»".to_owned()))
        }
        '"' => Some((1, "«\u{a0}".to_owned())),
        '.' if rest.ends_with("..") && !rest.ends_with("...") => Some((3, "…".to_owned())),
        ';' | '!' | '?' => Some((after_space()?, format!("\u{202f}{typed}"))),
        ':' | '%' | '€' | '»' => Some((after_space()?, format!("\u{a0}{typed}"))),
        ' ' if previous == Some('«') => Some((1, "\u{a0}".to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text becomes when it is typed sign after sign.
    fn typed(keys: &str) -> String {
        let mut said = String::new();
        for key in keys.chars() {
            said.push(key);
            if let Some((gone, words)) = mended(&said) {
                said.truncate(said.len() - gone);
                said.push_str(&words);
            }
        }
        said
    }

    #[test]
    fn french_is_typed_on_any_keyboard() {
        for (keys, said) in [
            ("l'eau", "l’eau"),
            (
                "dit \"monde\" : fin...",
                "dit «\u{a0}monde\u{a0}»\u{a0}: fin…",
            ),
            ("dit \"monde \"", "dit «\u{a0}monde\u{a0}»"),
            ("« oui » ; non !", "«\u{a0}oui\u{a0}»\u{202f}; non\u{202f}!"),
            ("50 % de 3 €", "50\u{a0}% de 3\u{a0}€"),
            (
                "https://valmont.example/?a=1",
                "https://valmont.example/?a=1",
            ),
            ("9h30: 12\"", "9h30: 12\""),
            ("'tis", "'tis"),
            ("", ""),
        ] {
            assert_eq!(typed(keys), said);
        }
    }

    #[test]
    fn what_is_well_typed_or_put_back_stays() {
        for before in [
            "l’",
            "l'e",
            "fin…",
            "a....",
            "«\u{a0}",
            "mot\u{202f};",
            "mot\u{a0}:",
        ] {
            assert_eq!(mended(before), None, "{before}");
        }
    }
}
