//! How many there are, in words.

/// Thousands apart: « 3 869 ».
fn apart(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{}\u{202f}{:03}", apart(number / 1_000), number % 1_000),
    }
}

/// « 0 article », « 1 article », « 3 articles »: nothing and one are singular in French.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!(
        "{}\u{a0}{}",
        apart(number),
        if number < 2 { one } else { many }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let rows = |number| count(number, "ligne", "lignes");
        assert_eq!(rows(1), "1\u{a0}ligne");
        assert_eq!(rows(999), "999\u{a0}lignes");
        assert_eq!(rows(3_069), "3\u{202f}069\u{a0}lignes");
        assert_eq!(rows(1_000_000), "1\u{202f}000\u{202f}000\u{a0}lignes");
    }
}
