//! The spaces that each language wants: which kind, and where a line may not end.
//!
//! Authors type ordinary spaces; here some become no-break (U+00A0) or fine no-break (U+202F). A space is
//! never added nor taken away, and no other character changes: what is printed is what was written.
//! French rules are those of the *Lexique des règles typographiques en usage à l'Imprimerie nationale*:
//! fine space before ; ! ? and inside « », full space before : and before units, fine space between the
//! thousands, and nothing that belongs together parted at the end of a line (n° 5, 1er janvier, L. 1115-1,
//! M. le Maire, XXIe siècle).

use crate::model::Lang;

use super::text::OBJECT;

/// An ordinary space that no line may end on.
pub(super) const NO_BREAK: char = '\u{A0}';
/// A fine space that no line may end on.
pub(super) const FINE: char = '\u{202F}';

/// Sets the spaces of `text`, a line as it will be read, where `language` gives the language of each character.
///
/// Idempotent.
pub fn set_spaces<'a>(text: &mut [char], language: impl Fn(usize) -> &'a Lang) {
    for place in 0..text.len() {
        let space = text[place];
        if space != ' ' && space != NO_BREAK && space != FINE {
            continue;
        }
        let wanted = match language(place).primary() {
            "fr" => french(text, place),
            "en" => bound(text, place, &ENGLISH),
            "de" => bound(text, place, &GERMAN),
            "pt" => bound(text, place, &PORTUGUESE),
            "es" => bound(text, place, &SPANISH),
            "it" => bound(text, place, &ITALIAN),
            _ => None,
        };
        // A space that the author made no-break stays so.
        match wanted {
            Some(FINE) => text[place] = FINE,
            Some(kind) if space == ' ' => text[place] = kind,
            _ => {}
        }
    }
}

/// What holds together in a language other than French.
struct Bonds {
    /// Words that stay with the figure or the capital after them.
    before: &'static [&'static str],
    /// Months, which stay with the day before them; in Portuguese and Spanish it is « de » that does.
    months: &'static [&'static str],
}

static ENGLISH: Bonds = Bonds {
    before: &[
        "Mr.", "Mrs.", "Ms.", "Dr.", "Mr", "Mrs", "Ms", "Dr", "No.", "no.", "Art.", "art.", "p.",
        "article", "Article", "annex", "Annex",
    ],
    months: &[
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};
static GERMAN: Bonds = Bonds {
    before: &[
        "Nr.", "Art.", "Abs.", "Hr.", "Fr.", "Dr.", "S.", "z.", "Artikel", "Anlage", "§",
    ],
    months: &[
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};
static PORTUGUESE: Bonds = Bonds {
    before: &[
        "n.º", "art.", "artigo", "Artigo", "anexo", "Anexo", "Sr.", "Sra.", "Dr.", "Dra.", "p.",
    ],
    months: &["de"],
};
static SPANISH: Bonds = Bonds {
    before: &[
        "n.º",
        "art.",
        "artículo",
        "Artículo",
        "anexo",
        "Anexo",
        "Sr.",
        "Sra.",
        "D.",
        "Dª",
        "p.",
    ],
    months: &["de"],
};
static ITALIAN: Bonds = Bonds {
    before: &[
        "n.", "art.", "Art.", "articolo", "Articolo", "allegato", "Allegato", "Sig.", "Dott.", "p.",
    ],
    months: &[
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
};

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const UNITS: [&str; 27] = [
    "€",
    "%",
    "‰",
    "$",
    "£",
    "¥",
    "°",
    "k€",
    "M€",
    "Md€",
    "F",
    "euros",
    "euro",
    "m",
    "m²",
    "m³",
    "km",
    "km²",
    "ha",
    "kg",
    "t",
    "h",
    "heures",
    "ans",
    "millions",
    "million",
    "milliards",
];
const BEFORE_FIGURES: [&str; 34] = [
    "n°", "N°", "nos", "p.", "pp.", "art.", "Art.", "al.", "chap.", "fig.", "§", "L.", "R.", "D.",
    "LO.", "LO", "A.", "article", "articles", "Article", "Articles", "annexe", "annexes", "Annexe",
    "Annexes", "alinéa", "page", "pages", "titre", "Titre", "chapitre", "Chapitre", "BP", "CS",
];
const TITLES: [&str; 13] = [
    "M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Me", "Mgr", "Dr", "Pr", "Sté", "St", "Ste",
];

fn french(text: &[char], place: usize) -> Option<char> {
    let before = text.get(..place)?;
    let after = text.get(place + 1..)?;
    let next = after.first().copied();
    let last = before.last().copied();

    match next {
        Some(';' | '!' | '?' | '»') => return Some(FINE),
        Some(':') if !after.starts_with(&[':', '/', '/']) => return Some(NO_BREAK),
        _ => {}
    }
    if last == Some('«') {
        return Some(FINE);
    }

    let word_before = word_ending(before);
    let word_after = word_starting(after);
    let figures_after = next.is_some_and(|c| c.is_ascii_digit());
    // A place to fill stays with what numbers it, « n° ____ »: with « du » too, lines would have holes.
    let blank_after = next == Some(OBJECT);
    let is =
        |word: &[char], known: &[&str]| known.iter().any(|w| w.chars().eq(word.iter().copied()));

    if last.is_some_and(|c| c.is_ascii_digit()) {
        if figures_after {
            return Some(if between_thousands(before, after) {
                FINE
            } else {
                NO_BREAK
            });
        }
        if is(word_after, &UNITS) || is(word_after, &MONTHS) {
            return Some(NO_BREAK);
        }
    }
    if blank_after && is(word_before, &BEFORE_FIGURES) {
        return Some(NO_BREAK);
    }
    // Whatever the number is made of: « n° XXI/148 », « n° BGM-3 ».
    if is(word_before, &["n°", "N°"]) {
        return Some(NO_BREAK);
    }
    if figures_after && (is(word_before, &BEFORE_FIGURES) || is(word_before, &MONTHS)) {
        return Some(NO_BREAK);
    }
    let first_of_month = is(word_before, &["1er"]) && is(word_after, &MONTHS);
    let century = is_ordinal(word_before) && is(word_after, &["siècle", "siècles"]);
    let capital_after = next.is_some_and(char::is_uppercase);
    let roman_after =
        !word_after.is_empty() && word_after.iter().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let numbered = roman_after
        && is(
            word_before,
            &["titre", "Titre", "chapitre", "Chapitre", "annexe", "Annexe"],
        );
    let initial = matches!(word_before, [letter, '.'] if letter.is_uppercase()) && capital_after;
    let person = is(word_before, &["M.", "MM."])
        || ((capital_after || is(word_after, &["la", "le"])) && is(word_before, &TITLES));
    (first_of_month || century || numbered || initial || person).then_some(NO_BREAK)
}

/// « 46 400 »: one to three figures, then groups of three.
fn between_thousands(before: &[char], after: &[char]) -> bool {
    let group = after.iter().take_while(|c| c.is_ascii_digit()).count();
    if group != 3 {
        return false;
    }
    let mut led = 0;
    for c in before.iter().rev() {
        match c {
            '0'..='9' => led += 1,
            ' ' | &NO_BREAK | &FINE => break,
            '-' | '/' | '.' => return false,
            c if c.is_alphabetic() => return false,
            _ => break,
        }
    }
    (1..=3).contains(&led)
}

/// « XXIe », « 2e ».
fn is_ordinal(word: &[char]) -> bool {
    matches!(word.split_last(), Some(('e', number))
        if !number.is_empty() && number.iter().all(|c| matches!(c, 'I' | 'V' | 'X' | '0'..='9')))
}

/// Between what holds together: « art. 3 », « 3 February », « 3 de fevereiro », « 25 % ».
fn bound(text: &[char], place: usize, bonds: &Bonds) -> Option<char> {
    let (before, after) = (text.get(..place)?, text.get(place + 1..)?);
    let next = *after.first()?;
    let (word, following) = (word_ending(before), word_starting(after));
    let is = |word: &[char], known: &[&str]| {
        let mut known = known.iter();
        known.any(|known| known.chars().eq(word.iter().copied()))
    };
    let announced = is(word, bonds.before) && (next.is_ascii_digit() || next.is_uppercase());
    let measured = is_figure(word) && (is(following, bonds.months) || is(following, &UNITS));
    // « 3 de fevereiro »
    let day = word_ending(
        before
            .get(..(before.len() - word.len()).saturating_sub(1))
            .unwrap_or(&[]),
    );
    let of_a_day = is(word, &["de"]) && is(word, bonds.months) && is_figure(day);
    let blank_after = next == OBJECT && is(word, bonds.before);
    (announced || measured || of_a_day || blank_after).then_some(NO_BREAK)
}

/// « 3 », « 3. » of a German date, « 1.º » of a Portuguese one.
fn is_figure(word: &[char]) -> bool {
    word.first().is_some_and(char::is_ascii_digit)
        && word
            .iter()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | 'º' | ','))
}

/// The longest word that any table knows, so that looking back stays cheap in a word without end.
const LONGEST: usize = 12;

fn ends_word(c: &char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '(' | ')' | '«' | '»' | '’' | '\'' | ',' | ';' | '[' | ']'
        )
}

fn word_ending(before: &[char]) -> &[char] {
    let length = before
        .iter()
        .rev()
        .take(LONGEST + 1)
        .take_while(|c| !ends_word(c))
        .count();
    before.get(before.len() - length..).unwrap_or(&[])
}

fn word_starting(after: &[char]) -> &[char] {
    let length = after
        .iter()
        .take(LONGEST + 1)
        .take_while(|c| !ends_word(c) && !matches!(c, '.' | ':'))
        .count();
    after.get(..length).unwrap_or(&[])
}

/// Where French raises letters: the letters' range, and before it the number that they belong to.
///
/// « 1er », « 1re », « 2e », « XXIe »: an ordinal stands alone between characters that are not letters.
pub(super) fn ordinals(text: &[char]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let opens = matches!(text[start], '0'..='9' | 'I' | 'V' | 'X');
        let free = start == 0
            || !(text[start - 1].is_alphanumeric() || matches!(text[start - 1], '-' | '.' | '/'));
        if !(opens && free) {
            start += 1;
            continue;
        }
        let rest = &text[start..];
        let arabic = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let roman = rest
            .iter()
            .take_while(|c| matches!(c, 'I' | 'V' | 'X'))
            .count();
        let number = arabic.max(roman);
        let letters = rest[number..]
            .iter()
            .take(5)
            .take_while(|c| c.is_alphabetic())
            .count();
        let suffix: String = rest[number..number + letters].iter().collect();
        let closed = rest
            .get(number + letters)
            .is_none_or(|c| !c.is_alphanumeric());
        if closed
            && matches!(
                suffix.as_str(),
                "er" | "re" | "e" | "ers" | "res" | "es" | "nd" | "nde"
            )
        {
            found.push((start, start + number, start + number + letters));
        }
        start += (number + letters).max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, language: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        let language = Lang::new(language);
        set_spaces(&mut chars, |_| &language);
        let once = chars.clone();
        set_spaces(&mut chars, |_| &language);
        assert_eq!(chars, once, "a second pass changes nothing");
        // Seen more easily than the spaces themselves.
        chars
            .iter()
            .map(|c| match *c {
                NO_BREAK => '~',
                FINE => '_',
                c => c,
            })
            .collect()
    }

    #[test]
    fn french_spaces() {
        for (written, printed) in [
            ("Vu la loi ; vu", "Vu la loi_; vu"),
            ("Quoi ! Vraiment ?", "Quoi_! Vraiment_?"),
            ("ci-après « Valmont »,", "ci-après «_Valmont_»,"),
            ("comme suit : un", "comme suit~: un"),
            ("46 400 €", "46_400~€"),
            ("1 186 400,50 €", "1_186_400,50~€"),
            ("au plus 1 % des", "au plus 1~% des"),
            ("la délibération n° 2026-114", "la délibération n°~2026-114"),
            ("la résolution n° XXI/148", "la résolution n°~XXI/148"),
            ("le 12 mars 2026", "le 12~mars~2026"),
            ("le 1er janvier 2027", "le 1er~janvier~2027"),
            (
                "articles L. 1115-1 et L. 1115-1-1",
                "articles L.~1115-1 et L.~1115-1-1",
            ),
            (
                "à l’article 3 et à l’annexe 1",
                "à l’article~3 et à l’annexe~1",
            ),
            (
                "M. le Maire, Mme la Présidente",
                "M.~le Maire, Mme~la Présidente",
            ),
            ("M. J. Dupont", "M.~J.~Dupont"),
            ("au XXIe siècle", "au XXIe~siècle"),
            ("tél. 03 27 00 00 00", "tél. 03~27~00~00~00"),
            ("3 000 habitants", "3_000 habitants"),
            ("en 2026 120 délégués", "en 2026~120 délégués"),
            (
                "voir https://exemple.org : suite",
                "voir https://exemple.org~: suite",
            ),
            // Mistyped, yet an address: the space is neither taken away nor made into another.
            ("voir https ://exemple", "voir https ://exemple"),
            ("n° \u{FFFC} du \u{FFFC} ;", "n°~\u{FFFC} du \u{FFFC}_;"),
            ("rien à changer ici", "rien à changer ici"),
        ] {
            assert_eq!(set(written, "fr"), printed);
        }
    }

    #[test]
    fn other_languages_keep_their_own_spaces() {
        assert_eq!(set("Is it? Yes ; no", "en"), "Is it? Yes ; no");
        assert_eq!(set("Mr. Smith", "en"), "Mr.~Smith");
        assert_eq!(set("on 3 February 2027", "en"), "on 3~February 2027");
        assert_eq!(set("am 3. Februar 2027", "de"), "am 3.~Februar 2027");
        assert_eq!(
            set("a 3 de fevereiro de 2027", "pt"),
            "a 3~de~fevereiro de 2027"
        );
        assert_eq!(set("el 3 de febrero", "es"), "el 3~de~febrero");
        assert_eq!(set("il 1º febbraio", "it"), "il 1º~febbraio");
        assert_eq!(set("25 % of 300 km", "en"), "25~% of 300~km");
        assert_eq!(set("o art. 3 ; sim", "pt"), "o art.~3 ; sim");
    }

    #[test]
    fn ordinals_are_found_and_words_are_not() {
        let of = |text: &str| -> Vec<String> {
            let chars: Vec<char> = text.chars().collect();
            ordinals(&chars)
                .into_iter()
                .map(|(a, _, b)| chars[a..b].iter().collect())
                .collect()
        };
        assert_eq!(
            of("Article 1er, la 1re et la 2e, au XXIe siècle"),
            ["1er", "1re", "2e", "XXIe"]
        );
        assert_eq!(of("Vie, Ie-je, le 3 et 4es"), ["Ie", "4es"]);
        assert!(of("L. 1115-1e A1e 12erx Xenon").is_empty());
    }
}
