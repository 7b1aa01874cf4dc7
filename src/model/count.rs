//! How many there are, in words.

/// « 0 article », « 1 article », « 3 articles »: nothing and one are singular in French.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number}\u{a0}{}", if number < 2 { one } else { many })
}
