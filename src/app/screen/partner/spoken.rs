//! Languages by their French names: what partners speak, and what their names are written in.

use crate::model::{Lang, fold};
use crate::reference::Reference;

/// What a language is called in French; its tag where we do not know.
#[must_use]
pub fn language<'a>(lang: &'a Lang, reference: &'a Reference) -> &'a str {
    let printed = reference
        .labels(&Lang::french())
        .languages
        .get(lang.primary());
    let others = OTHERS.iter().find(|(tag, _)| *tag == lang.primary());
    match (printed, others) {
        (Some(name), _) => name,
        (None, Some((_, name))) => name,
        (None, None) => lang.as_str(),
    }
}

/// Languages that documents are not printed in, and partners speak: their tags and French names (ISO 639, BNF).
const OTHERS: [(&str, &str); 34] = [
    ("bg", "bulgare"),
    ("bm", "bambara"),
    ("ca", "catalan"),
    ("cs", "tchèque"),
    ("da", "danois"),
    ("et", "estonien"),
    ("fa", "persan"),
    ("ff", "peul"),
    ("fi", "finnois"),
    ("fon", "fon"),
    ("ga", "irlandais"),
    ("guw", "goun"),
    ("ha", "haoussa"),
    ("hi", "hindi"),
    ("hr", "croate"),
    ("ht", "créole haïtien"),
    ("hu", "hongrois"),
    ("hy", "arménien"),
    ("ka", "géorgien"),
    ("ko", "coréen"),
    ("lo", "lao"),
    ("lt", "lituanien"),
    ("lv", "letton"),
    ("nl", "néerlandais"),
    ("no", "norvégien"),
    ("rw", "kinyarwanda"),
    ("sk", "slovaque"),
    ("sl", "slovène"),
    ("sr", "serbe"),
    ("sv", "suédois"),
    ("sw", "swahili"),
    ("th", "thaï"),
    ("tr", "turc"),
    ("yo", "yoruba"),
];

/// Every language that has a French name here, by tag.
pub(super) fn known_languages(reference: &Reference) -> impl Iterator<Item = (&str, &str)> {
    let printed = &reference.labels(&Lang::french()).languages;
    let printed = printed
        .iter()
        .map(|(tag, name)| (tag.as_str(), name.as_str()));
    printed.chain(OTHERS)
}

/// « français, portugais ».
#[must_use]
pub fn languages(all: &[Lang], reference: &Reference) -> String {
    let named: Vec<&str> = all.iter().map(|lang| language(lang, reference)).collect();
    named.join(", ")
}

/// Languages by their French names or their tags, with commas.
pub(super) fn read_languages(raw: &str, reference: &Reference) -> Result<Vec<Lang>, String> {
    raw.split([',', ';'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(|word| {
            let folded = fold(word);
            let named = known_languages(reference).find(|(_, name)| fold(name) == folded);
            let is_tag = |word: &str| {
                (2..=11).contains(&word.len())
                    && word.bytes().all(|it| it.is_ascii_lowercase() || it == b'-')
                    && word.split('-').next().is_some_and(|it| it.len() <= 3)
            };
            match named {
                Some((tag, _)) => Ok(Lang::new(tag)),
                None if is_tag(word) => Ok(Lang::new(word)),
                None => Err(format!(
                    "«\u{a0}{word}\u{a0}» n’est pas une langue connue\u{a0}: écrivez son nom en français, ou son code (pt, wo…)."
                )),
            }
        })
        .collect()
}
