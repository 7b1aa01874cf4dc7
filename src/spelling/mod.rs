//! Spelling, by the Hunspell dictionaries that this computer has: which words of a text are not known, and what they may
//! have been meant to be.
//!
//! Nothing ships: where there is no dictionary for a language there is no spelling, and nobody is told. What the
//! department's records name is known: partners, people, places, its own words, the words of the field.

mod files;
mod known;

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::Lang;

pub use files::on_this_computer;
pub use known::{Known, known};

/// How many suggestions are made.
const SUGGESTED: usize = 5;

/// The rules and words of a dictionary, as its `.aff` and `.dic` files hold them.
pub struct Source {
    /// The rules.
    pub aff: String,
    /// The words.
    pub dic: String,
}

/// Who finds the dictionary of a language.
type Find = dyn Fn(&Lang) -> Option<Source> + Send + Sync;

/// Dictionaries, each read when it is first asked for.
pub struct Dictionaries {
    find: Box<Find>,
    read: Mutex<BTreeMap<Lang, Option<Arc<spellbook::Dictionary>>>>,
}

impl Dictionaries {
    /// Those that `find` finds.
    #[must_use]
    pub fn new(find: impl Fn(&Lang) -> Option<Source> + Send + Sync + 'static) -> Self {
        Self {
            find: Box::new(find),
            read: Mutex::new(BTreeMap::new()),
        }
    }

    /// The dictionary of a language. The first time it is read, which takes a tenth of a second: called from a task.
    fn of(&self, lang: &Lang) -> Option<Arc<spellbook::Dictionary>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let dictionary = read.entry(lang.clone()).or_insert_with(|| {
            let Source { aff, dic } = (self.find)(lang)?;
            // A file of this computer may hold anything; the library is not to be trusted with it.
            let read = || spellbook::Dictionary::new(&aff, &dic).ok();
            catch_unwind(AssertUnwindSafe(read)).ok()?.map(Arc::new)
        });
        dictionary.clone()
    }

    /// Who spells in that language, knowing those words besides; nobody where there is no dictionary.
    #[must_use]
    pub fn speller(&self, lang: &Lang, known: Known) -> Option<Speller> {
        let dictionary = self.of(lang)?;
        Some(Speller {
            dictionary,
            known: Arc::new(known),
            own: Arc::default(),
        })
    }
}

/// Who knows the words of a language, and those of the department.
#[derive(Clone)]
pub struct Speller {
    dictionary: Arc<spellbook::Dictionary>,
    known: Arc<Known>,
    own: Arc<HashSet<String>>,
}

impl fmt::Debug for Speller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speller").finish_non_exhaustive()
    }
}

impl Speller {
    /// The same, whose own dictionary holds those words.
    #[must_use]
    pub fn with_own(&self, words: &[String]) -> Self {
        Self {
            own: Arc::new(words.iter().cloned().collect()),
            ..self.clone()
        }
    }

    /// Whether it has the same words as that one.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.dictionary, &other.dictionary)
            && Arc::ptr_eq(&self.known, &other.known)
            && self.own == other.own
    }

    /// The bytes of a text where words stand that are not known.
    #[must_use]
    pub fn unknown(&self, text: &str) -> Vec<Range<usize>> {
        words(text)
            .filter(|range| {
                text.get(range.clone())
                    .is_some_and(|word| !self.knows(word))
            })
            .collect()
    }

    /// Whether a word is right, or nobody's business: an acronym, a single letter.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let is_short = letters.next().is_none() || letters.next().is_none();
        let is_acronym = word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        if is_short || is_acronym || self.is_one(word) {
            return true;
        }
        if let Some((before, after)) = word.rsplit_once(['’', '\'']) {
            return !after.is_empty() && before.chars().count() <= 6 && self.knows(after);
        }
        // A compound of words that are right.
        word.contains('-')
            && word
                .split('-')
                .all(|part| !part.is_empty() && self.knows(part))
    }

    fn is_one(&self, word: &str) -> bool {
        self.own.contains(word)
            || self.known.contains(word)
            || self.dictionary.check(word)
            || (word.contains('’') && self.dictionary.check(&word.replace('’', "'")))
    }

    /// What a word may have been meant to be, the likeliest first. It may take a tenth of a second: called from a task.
    #[must_use]
    pub fn suggestions(&self, word: &str) -> Vec<String> {
        let (before, meant) = match word.rsplit_once(['’', '\'']) {
            Some((before, after)) => (format!("{before}’"), after),
            None => (String::new(), word),
        };
        let mut found = Vec::new();
        let suggest = || self.dictionary.suggest(meant, &mut found);
        if catch_unwind(AssertUnwindSafe(suggest)).is_err() {
            return Vec::new();
        }
        found.truncate(SUGGESTED);
        let whole = found.into_iter().map(|it| format!("{before}{it}"));
        whole.map(|it| it.replace('\'', "’")).collect()
    }
}

/// The words of a text: letters, with the apostrophes and hyphens that stand between letters. What holds a figure is
/// none.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'' | '-' | '\u{ad}');
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let from = rest + text.get(rest..)?.find(|c: char| c.is_alphanumeric())?;
            let tail = text.get(from..)?;
            let length = tail.find(|c| !inside(c)).unwrap_or(tail.len());
            rest = from + length;
            let word = text.get(from..rest)?;
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            if word.chars().all(|c| !c.is_numeric()) {
                return Some(from..from + word.len());
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// « bonjour », « eau », « ville » and « villes », « porte ».
    fn speller(known: &[&str]) -> Speller {
        let source = || {
            Some(Source {
                aff: "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\nSFX S Y 1\nSFX S 0 s .\n".to_owned(),
                dic: "4\nbonjour\neau\nville/S\nporte\n".to_owned(),
            })
        };
        let dictionaries = Dictionaries::new(move |lang| source().filter(|_| lang.is_french()));
        let known = known.iter().map(|word| (*word).to_owned()).collect();
        dictionaries.speller(&Lang::french(), known).unwrap()
    }

    fn unknown<'a>(speller: &Speller, text: &'a str) -> Vec<&'a str> {
        let ranges = speller.unknown(text);
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_that_nobody_knows_are_told_and_nothing_else() {
        let speller = speller(&["Aného"]);
        for (text, expected) in [
            ("Bonjour, villes d’eau !", &[][..]),
            ("bonjuor la ville", &["bonjuor", "la"]),
            ("l’eau, l'eau, l’eua", &["l’eua"]),
            ("Aného, CGCT, n° 2021-14, XIV, a", &[]),
            ("porte-ville et porte-eua", &["et", "porte-eua"]),
            ("« ville- » ’eau", &[]),
            ("", &[]),
        ] {
            assert_eq!(unknown(&speller, text), expected, "{text}");
        }
    }

    #[test]
    fn the_departments_words_are_known() {
        let speller = speller(&[]);
        assert_eq!(unknown(&speller, "zémidjan"), ["zémidjan"]);
        let taught = speller.with_own(&["zémidjan".to_owned()]);
        assert_eq!(unknown(&taught, "zémidjan"), [""; 0]);
        assert!(!taught.is_same(&speller) && taught.is_same(&taught.clone()));
    }

    #[test]
    fn what_was_meant_is_suggested_with_its_apostrophe() {
        let speller = speller(&[]);
        assert_eq!(
            speller.suggestions("vile").first().map(String::as_str),
            Some("ville")
        );
        assert!(speller.suggestions("l’eua").contains(&"l’eau".to_owned()));
    }

    #[test]
    fn without_a_dictionary_or_with_a_broken_one_nobody_spells() {
        let none = Dictionaries::new(|_| None);
        assert!(none.speller(&Lang::french(), Known::new()).is_none());
        let broken = Dictionaries::new(|_| {
            Some(Source {
                aff: "FLAG num\nSFX é".to_owned(),
                dic: "x\n\u{0}/////".to_owned(),
            })
        });
        assert!(broken.speller(&Lang::french(), Known::new()).is_none());
    }
}
