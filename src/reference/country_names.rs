//! Countries by any of their names: French, English, official, old, or a code of ISO 3166. Lists from elsewhere say
//! « Ivory Coast », « RDC » or `DEU`.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::Reference;
use crate::model::{distance, fold};

/// Names beside those that [`super::Country`] has.
const OTHERS: &str = include_str!("../../assets/reference/country_names.json");

#[derive(Deserialize)]
struct File {
    entries: Vec<Others>,
}

#[derive(Deserialize)]
struct Others {
    id: String,
    names: Vec<String>,
}

/// Every name of every country, and the code that it stands for.
pub struct CountryNames {
    codes: HashMap<String, String>,
}

impl CountryNames {
    /// The names that a reference knows, and those that ship beside it.
    #[must_use]
    pub fn of(reference: &Reference) -> Self {
        let mut codes: HashMap<String, String> = HashMap::new();
        let mut add = |name: &str, code: &str| {
            codes.entry(key(name)).or_insert_with(|| code.to_owned());
        };
        // The name that we print comes first: « Congo » is the Republic, « Guinée » is none of the three others.
        for country in reference.countries() {
            add(&country.name.text, &country.id);
            add(&country.id, &country.id);
            add(&country.iso3, &country.id);
        }
        for country in reference.countries() {
            let names = country.cldr.iter().map(String::as_str);
            let official = country.official.iter().map(|name| name.text.as_str());
            names
                .chain(official)
                .for_each(|name| add(name, &country.id));
        }
        for others in others() {
            others.names.iter().for_each(|name| add(name, &others.id));
        }
        codes.remove("");
        Self { codes }
    }

    /// The ISO 3166-1 alpha-2 code of the country so called.
    #[must_use]
    pub fn code(&self, name: &str) -> Option<&str> {
        self.codes.get(&key(name)).map(String::as_str)
    }

    /// The country whose name differs by a letter or two, where only one does.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let wanted = key(name);
        if wanted.len() < 4 {
            return None;
        }
        let most = if wanted.len() < 8 { 1 } else { 2 };
        let mut near: Vec<&str> = self
            .codes
            .iter()
            .filter(|(known, _)| known.len() >= 4 && distance(known, &wanted, most).is_some())
            .map(|(_, code)| code.as_str())
            .collect();
        near.sort_unstable();
        near.dedup();
        match near.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

fn others() -> &'static [Others] {
    static READ: OnceLock<Vec<Others>> = OnceLock::new();
    READ.get_or_init(|| {
        // What ships reads: a test sees to it.
        serde_json::from_str::<File>(OTHERS).map_or_else(|_| Vec::new(), |file| file.entries)
    })
}

/// A name without articles, « et » and « and »: « The Gambia », « Antigua & Barbuda ».
fn key(name: &str) -> String {
    const SMALL: [&str; 9] = ["the", "and", "et", "la", "le", "les", "l", "of", "d"];
    let folded = fold(name);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !SMALL.contains(word))
        .collect();
    if words.is_empty() {
        folded
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_known_by_its_names_in_french_and_english_and_its_codes() {
        let names = CountryNames::of(Reference::shipped());
        for (name, code) in [
            ("Bénin", "BJ"),
            ("BENIN", "BJ"),
            ("République du Bénin", "BJ"),
            ("bj", "BJ"),
            ("BEN", "BJ"),
            ("Ivory Coast", "CI"),
            ("Côte d'Ivoire", "CI"),
            ("People's Republic of China", "CN"),
            ("Czech Republic", "CZ"),
            ("United States of America", "US"),
            ("The Gambia", "GM"),
            ("Antigua and Barbuda", "AG"),
            ("Palestinian National Authority", "PS"),
            ("Republic of Macedonia", "MK"),
            ("Congo", "CG"),
            ("RDC", "CD"),
            ("Viêt Nam", "VN"),
            ("Vietnam", "VN"),
            ("Germany", "DE"),
            ("LA", "LA"),
        ] {
            assert_eq!(names.code(name), Some(code), "{name}");
        }
        for unknown in ["Prussia", "", "?", "Corée"] {
            assert_eq!(names.code(unknown), None, "{unknown}");
        }
        assert_eq!(names.nearest("Palestinne"), Some("PS"));
        assert_eq!(names.nearest("Sénégale"), Some("SN"));
        assert_eq!(names.nearest("Tgoo"), Some("TG"));
        assert_eq!(names.nearest("Atlantide"), None);
    }

    #[test]
    fn other_names_are_of_countries_that_ship() {
        assert!(others().len() > 150);
        for other in others() {
            assert!(
                Reference::shipped().country(&other.id).is_some(),
                "{}",
                other.id
            );
        }
    }
}
