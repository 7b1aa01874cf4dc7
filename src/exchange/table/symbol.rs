//! What the format of a cell writes beside its number: an amount in francs may be one by its format alone.

/// « FCFA », « € », « hab. »: its first letters, without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbol([u8; LONGEST]);

/// As many bytes as fit beside a number in a cell of the grid.
const LONGEST: usize = 7;

/// Of amounts in any currency, and of no unit.
const OF_TAXES: [&str; 2] = ["TTC", "HT"];

impl Symbol {
    /// The unit of that name; none where it has neither letter nor sign of currency.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut name: String = name
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{200e}')
            .collect();
        if let Some(rest) = OF_TAXES.iter().find_map(|tax| name.strip_suffix(tax)) {
            name = rest.to_owned();
        }
        if name.eq_ignore_ascii_case("francscfa") {
            name = "FCFA".to_owned();
        }
        if !name.chars().any(|c| c.is_alphabetic() || is_sign(c)) {
            return None;
        }
        let mut bytes = [0; LONGEST];
        let mut end = name.len().min(LONGEST);
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        for (byte, letter) in bytes.iter_mut().zip(name.bytes().take(end)) {
            *byte = letter;
        }
        Some(Self(bytes))
    }

    /// What a number format of a spreadsheet writes beside numbers above zero: `#,##0 "FCFA"`, `[$XOF] #,##0`, `[$€-40C]`.
    #[must_use]
    pub fn of_format(format: &str) -> Option<Self> {
        // The sign of the computer's own currency: which one is not said.
        if format.starts_with("_($* ") || format.starts_with("\"$\"#") || format == "General" {
            return None;
        }
        let mut written = String::new();
        let mut letters = format.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => written.extend(letters.by_ref().take_while(|c| *c != '"')),
                '\\' => written.extend(letters.next()),
                '_' | '*' => {
                    letters.next();
                }
                '[' => {
                    let within: String = letters.by_ref().take_while(|c| *c != ']').collect();
                    let sign = within.strip_prefix('$').and_then(|it| it.split('-').next());
                    written.push_str(sign.unwrap_or_default());
                }
                ';' => break,
                letter if is_sign(letter) => written.push(letter),
                _ => {}
            }
        }
        Self::named(&written)
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let written = std::str::from_utf8(&self.0).unwrap_or_default();
        written.trim_end_matches('\0')
    }
}

const fn is_sign(letter: char) -> bool {
    matches!(letter, '€' | '$' | '£' | '¥' | '₣' | '₤' | '₦' | '₫' | '₹')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_says_its_unit_and_nothing_else() {
        let said = |format| Symbol::of_format(format).map(|symbol| symbol.as_str().to_owned());
        for (format, symbol) in [
            ("#,##0 \"FCFA\"", "FCFA"),
            ("#,##0\\ \"F\"\\ \"CFA\"", "FCFA"),
            ("#,##0\" francs CFA\"", "FCFA"),
            ("[$XOF] #,##0", "XOF"),
            ("#,##0.00\\ [$€-40C];[Red]\\-#,##0.00\\ [$€-40C]", "€"),
            ("_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-", "€"),
            ("$#,##0", "$"),
            ("#,##0\\ \\€\\ \"TTC\"", "€"),
            ("0\" hab.\"", "hab."),
            ("0.0\" k€\"", "k€"),
        ] {
            assert_eq!(said(format).as_deref(), Some(symbol), "{format}");
        }
        for format in [
            "General",
            "0",
            "#,##0.00",
            "[Red]0",
            "0%",
            "#,##0\\ ;(#,##0)",
            "[$-40C]#,##0",
            "_($* #,##0_)",
            "0\" HT\"",
        ] {
            assert_eq!(said(format), None, "{format}");
        }
        assert_eq!(size_of::<Option<Symbol>>(), 8);
    }
}
