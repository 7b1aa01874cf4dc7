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
    use super::*;

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
