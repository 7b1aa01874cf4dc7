//! What editing keeps, for any text, any place and any keys.

mod editing;
mod paragraph;
mod window;

use super::Field;

/// Fields with a value, and one without.
fn fields() -> Vec<Field> {
    let field = |name: &str, label: &str, value: Option<&str>| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        value: value.map(str::to_owned),
    };
    vec![
        field("total", "Engagements · Valmont · total", Some("114 200 €")),
        field("article:finances", "Article Finances", Some("l’article 5")),
        field("personnes", "nombre de personnes", None),
        field("a", "A", Some("aa")),
    ]
}
