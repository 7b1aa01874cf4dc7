//! What is pasted from elsewhere (Word, a PDF, a page of the web), as one would have typed it: lines that a page broke
//! are joined, hyphens at their ends go, bullets are marks of lists, signs that cannot be seen are no more there.
//!
//! Pure. What is pasted says the same, to a reader: a word is never lost, and none is corrected.

use unicode_normalization::UnicodeNormalization;

/// Lines at least that share of the longest are lines that the page broke, whatever they end with.
const FULL: f32 = 0.75;

/// The longest line of a text that a page broke holds at least that many characters.
const BROKEN: usize = 45;

/// The first parts of compounds that keep their hyphen when a page broke them there.
const COMPOUNDS: [&str; 40] = [
    "après", "arrière", "au", "avant", "celle", "celles", "celui", "ceux", "ci", "contre", "cette",
    "c’est", "demi", "elle", "elles", "est", "eux", "ex", "grand", "il", "ils", "lui", "mi", "moi",
    "nous", "par", "peut", "presqu", "quelques", "rendez", "savoir", "semi", "soi", "sous", "toi",
    "va", "vice", "vis", "vous", "non",
];

/// Bullets: dot, middle dot, disc, squares, diamond, arrowheads, tick, operator dot.
const BULLETS: [char; 10] = [
    '•', '·', '\u{25cf}', '\u{25a0}', '\u{25a1}', '\u{25c6}', '\u{27a2}', '\u{25ba}', '✓',
    '\u{2219}',
];

/// Those of a list in a list: hollow bullet, circle, small squares.
const INNER_BULLETS: [char; 4] = ['\u{25e6}', '\u{25cb}', '\u{25aa}', '\u{25ab}'];

/// What is pasted, as it goes in a text: one paragraph a line, `- ` and `1. ` before items. In French its quotes and its
/// spaces are French.
#[must_use]
pub fn cleaned(pasted: &str, french: bool) -> String {
    let seen = without_hidden(pasted);
    let begins_apart = seen.starts_with(' ');
    let ends_apart = seen.ends_with(' ');
    let lines: Vec<&str> = seen.split('\n').collect();
    let paragraphs: Vec<String> = joined(&lines)
        .iter()
        .map(|line| {
            let line = with_single_spaces(line);
            if french { in_french(&line) } else { line }
        })
        .filter(|line| !line.trim().is_empty())
        .collect();
    let text = paragraphs.join("\n");
    if text.is_empty() {
        let is_space = !seen.is_empty() && !seen.contains('\n');
        return if is_space { " ".to_owned() } else { text };
    }
    // Words that are pasted in a sentence keep the space that parts them from it.
    let before = if begins_apart && item(&text).is_none() {
        " "
    } else {
        ""
    };
    let after = if ends_apart { " " } else { "" };
    format!("{before}{text}{after}")
}

/// Composed letters, whole ligatures, plain spaces and one kind of break; nothing that cannot be seen.
fn without_hidden(pasted: &str) -> String {
    let one_break = pasted.replace("\r\n", "\n");
    // Scripts that join or run from right to left need their invisible signs.
    let joins = one_break
        .chars()
        .any(|c| ('\u{590}'..='\u{109f}').contains(&c));
    let mut seen = String::with_capacity(one_break.len());
    for c in one_break.nfc() {
        match c {
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => seen.push('\n'),
            // Bullets of old fonts stand in the private area.
            '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f0fc}' => seen.push('•'),
            '\t' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => seen.push(' '),
            '\u{ad}' => seen.push('\u{ad}'),
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffc}' => {}
            '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                if !joins => {}
            '\u{2010}' | '\u{2011}' => seen.push('-'),
            'ﬀ' => seen.push_str("ff"),
            'ﬁ' => seen.push_str("fi"),
            'ﬂ' => seen.push_str("fl"),
            'ﬃ' => seen.push_str("ffi"),
            'ﬄ' => seen.push_str("ffl"),
            'ﬅ' | 'ﬆ' => seen.push_str("st"),
            '\n' => seen.push('\n'),
            c if c.is_control() => {}
            c => seen.push(c),
        }
    }
    // A soft hyphen shows at the end of a line only.
    seen.replace("\u{ad}\n", "\u{2010}\n").replace('\u{ad}', "")
}

/// The paragraphs that the lines make.
fn joined(lines: &[&str]) -> Vec<String> {
    let length = |line: &str| line.trim().chars().count();
    let longest = lines.iter().map(|line| length(line)).max().unwrap_or(0);
    let is_full = |line: &str| longest >= BROKEN && length(line) as f32 >= longest as f32 * FULL;

    let mut paragraphs: Vec<String> = Vec::new();
    // The line before, as long as the next may go on with it.
    let mut open: Option<&str> = None;
    for line in lines {
        if line.trim().is_empty() {
            open = None;
            continue;
        }
        let written = item(line);
        let goes_on = open
            .filter(|_| written.is_none())
            .is_some_and(|before| continues(before, line, is_full(before)));
        match paragraphs.last_mut().filter(|_| goes_on) {
            Some(paragraph) => join(paragraph, line.trim()),
            None => paragraphs.push(written.unwrap_or_else(|| line.trim().to_owned())),
        }
        open = Some(line);
    }
    for paragraph in &mut paragraphs {
        *paragraph = paragraph.replace('\u{2010}', "");
    }
    paragraphs
}

/// Whether a line goes on with the one before.
fn continues(before: &str, line: &str, before_is_full: bool) -> bool {
    let before = before.trim_end();
    let first = line.trim_start().chars().find(|c| c.is_alphanumeric());
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    let ends = matches!(last, '.' | ';' | ':' | '!' | '?' | '…');
    match first {
        _ if matches!(last, '-' | '\u{2010}' | ',' | '’' | '\'' | '(') => true,
        Some(c) if c.is_lowercase() => !matches!(last, '.' | '!' | '?' | ';'),
        Some(_) => before_is_full && !ends,
        None => !ends,
    }
}

/// Puts a line after what it goes on with.
fn join(paragraph: &mut String, line: &str) {
    let trimmed = paragraph.trim_end().len();
    paragraph.truncate(trimmed);
    let goes_lower = line.starts_with(char::is_lowercase);
    let is_soft = paragraph.ends_with('\u{2010}');
    let is_broken = paragraph.ends_with('-') && {
        let word = paragraph.trim_end_matches('-');
        let word = word
            .rsplit(|c: char| !(c.is_alphabetic() || c == '’'))
            .next()
            .unwrap_or("");
        let is_compound = COMPOUNDS.contains(&word.to_lowercase().as_str());
        goes_lower && !word.is_empty() && !is_compound
    };
    if is_soft || is_broken {
        paragraph.pop();
    } else if !paragraph.ends_with(['-', '’', '\'', '(']) {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// The item that a line is, as the grammar of texts writes it; nothing when it is none.
fn item(line: &str) -> Option<String> {
    let spaces = line.len() - line.trim_start_matches([' ', '\u{a0}']).len();
    let rest = line.trim_start_matches([' ', '\u{a0}']);
    let mut letters = rest.chars();
    let first = letters.next()?;
    let after = letters.as_str();
    let apart = after.starts_with([' ', '\u{a0}']);

    let is_inner = first == 'o' || INNER_BULLETS.contains(&first);
    let depth = usize::from(spaces >= 4 || (is_inner && apart));
    let indent = "  ".repeat(depth);
    match first {
        c if BULLETS.contains(&c) || INNER_BULLETS.contains(&c) => {
            Some(format!("{indent}- {}", after.trim()))
        }
        '-' | '–' | '—' | '*' | 'o' | '−' if apart => {
            Some(format!("{indent}- {}", after.trim()))
        }
        c if c.is_ascii_digit() => {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, after) = rest.split_at_checked(digits).filter(|_| digits <= 2)?;
            let after = after.strip_prefix(['.', ')', '°'])?;
            after
                .starts_with([' ', '\u{a0}'])
                .then(|| format!("{indent}{number}. {}", after.trim()))
        }
        _ => None,
    }
}

/// One space where there were several, one that does not break where one of them did not.
fn with_single_spaces(line: &str) -> String {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let (indent, rest) = line.split_at_checked(indent).unwrap_or(("", line));
    let mut single = indent.to_owned();
    let mut pending: Option<char> = None;
    for c in rest.trim_end().chars() {
        match (c, pending) {
            (' ', None) => pending = Some(' '),
            ('\u{a0}' | '\u{202f}', _) => pending = Some(c),
            (' ', Some(_)) => {}
            (c, space) => {
                single.extend(space);
                single.push(c);
                pending = None;
            }
        }
    }
    single
}

/// French quotes, apostrophes, and spaces that do not break before high signs.
fn in_french(line: &str) -> String {
    let mut said = String::with_capacity(line.len());
    let mut is_open = false;
    let mut letters = line.chars().peekable();
    while let Some(c) = letters.next() {
        let before = said.chars().next_back();
        let next = letters.peek().copied();
        match c {
            '\'' | '‘' | '’' | 'ʼ' if before.is_some_and(char::is_alphanumeric) => {
                said.push('’');
            }
            '“' | '«' => open_quote(&mut said, &mut letters),
            '”' | '»' => close_quote(&mut said),
            '"' if is_open => {
                close_quote(&mut said);
                is_open = false;
            }
            // Inches and seconds follow a figure.
            '"' if before.is_some_and(|c| c.is_ascii_digit()) => said.push('"'),
            '"' => {
                open_quote(&mut said, &mut letters);
                is_open = true;
            }
            ' ' | '\u{a0}' | '\u{202f}' if matches!(next, Some(';' | '!' | '?')) => {
                said.push('\u{202f}');
            }
            ' ' | '\u{202f}' if matches!(next, Some(':' | '%' | '€')) => said.push('\u{a0}'),
            c => said.push(c),
        }
    }
    said
}

fn open_quote(said: &mut String, letters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while letters.next_if(|c| c.is_whitespace()).is_some() {}
    said.push_str("«\u{a0}");
}

fn close_quote(said: &mut String) {
    said.truncate(said.trim_end().len());
    said.push_str("\u{a0}»");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_comes_from_word_or_a_pdf_reads_as_if_it_were_typed() {
        for (what, pasted, typed) in [
            ("words in a sentence", " mot ", " mot "),
            ("nothing", "", ""),
            ("a space", " ", " "),
            (
                "one paragraph",
                "Les parties conviennent.",
                "Les parties conviennent.",
            ),
            (
                "two paragraphs, an empty line between",
                "Un.\r\n\r\nDeux.\r\n",
                "Un.\nDeux.",
            ),
            (
                "straight quotes",
                "l'association dite \"le comité\"",
                "l’association dite «\u{a0}le comité\u{a0}»",
            ),
            ("English quotes", "“ le comité ”", "«\u{a0}le comité\u{a0}»"),
            (
                "French quotes, plain spaces",
                "« le comité »",
                "«\u{a0}le comité\u{a0}»",
            ),
            (
                "inches",
                "un écran de 24\" au plus",
                "un écran de 24\" au plus",
            ),
            (
                "spaces before high signs",
                "une action ; une autre : 20 % !",
                "une action\u{202f}; une autre\u{a0}: 20\u{a0}%\u{202f}!",
            ),
            (
                "many spaces and tabs",
                "un\t\tdeux   trois",
                "un deux trois",
            ),
            (
                "no-break spaces among spaces",
                "M. \u{a0}Martin",
                "M.\u{a0}Martin",
            ),
            (
                "thin and em spaces",
                "1\u{2009}234\u{2003}euros",
                "1 234 euros",
            ),
            (
                "hidden signs",
                "co\u{200b}opé\u{feff}ration\u{2060}",
                "coopération",
            ),
            ("control characters", "un\u{7} deux\u{0}", "un deux"),
            (
                "soft hyphens in a word",
                "dé\u{ad}ve\u{ad}lop\u{ad}pe\u{ad}ment",
                "développement",
            ),
            (
                "a soft hyphen at the end of a line",
                "le dévelop\u{ad}\npement durable",
                "le développement durable",
            ),
            (
                "a hyphen at the end of a line",
                "le dévelop-\npement durable",
                "le développement durable",
            ),
            (
                "a typographer's hyphen",
                "le dévelop\u{2010}\npement",
                "le développement",
            ),
            (
                "a compound broken at its hyphen",
                "cela peut-\nêtre utile",
                "cela peut-être utile",
            ),
            (
                "a name broken at its hyphen",
                "la commune de Porto-\nNovo",
                "la commune de Porto-Novo",
            ),
            ("no-break hyphens", "Porto\u{2011}Novo", "Porto-Novo"),
            (
                "ligatures",
                "ﬁnancer l’aﬄuence, eﬀectif, oﬃce",
                "financer l’affluence, effectif, office",
            ),
            ("decomposed letters", "cooe\u{301}ration", "cooération"),
            ("œ stays", "œuvre", "œuvre"),
            (
                "lines that the page broke",
                "Les parties conviennent de mener ensemble\nles actions que décrit l’annexe.",
                "Les parties conviennent de mener ensemble les actions que décrit l’annexe.",
            ),
            (
                "full lines before a capital",
                "La présente convention lie la Ville du Havre et la Commune de\nPorto-Novo, qui en acceptent toutes les stipulations et toutes les\nannexes.",
                "La présente convention lie la Ville du Havre et la Commune de Porto-Novo, qui en acceptent toutes les stipulations et toutes les annexes.",
            ),
            (
                "a heading is not joined to what it heads",
                "Article 3 - Finances\nLa Communauté d’agglomération verse chaque année sa contribution au\nprogramme.",
                "Article 3 - Finances\nLa Communauté d’agglomération verse chaque année sa contribution au programme.",
            ),
            (
                "a sentence that ends is not joined",
                "Première phrase.\nSeconde phrase.",
                "Première phrase.\nSeconde phrase.",
            ),
            (
                "bullets",
                "Elle s’engage :\n• à payer ;\n•\tà rendre compte.",
                "Elle s’engage\u{a0}:\n- à payer\u{202f};\n- à rendre compte.",
            ),
            (
                "bullets of an old font",
                "\u{f0b7} un\n\u{f0a7} deux",
                "- un\n- deux",
            ),
            (
                "dashes",
                "– un ;\n— deux ;\n- trois.",
                "- un\u{202f};\n- deux\u{202f};\n- trois.",
            ),
            (
                "an inner list of Word",
                "• un\no\tun a\n• deux",
                "- un\n  - un a\n- deux",
            ),
            (
                "numbers",
                "1)\tun\n2. deux\n3° trois",
                "1. un\n2. deux\n3. trois",
            ),
            (
                "an item that the page broke",
                "• à mettre à disposition les terrains\net locaux ;\n• à payer.",
                "- à mettre à disposition les terrains et locaux\u{202f};\n- à payer.",
            ),
            (
                "a year is no number of a list",
                "2027. Une année.",
                "2027. Une année.",
            ),
            (
                "a dash in a sentence",
                "l’eau – et l’énergie –, oui",
                "l’eau – et l’énergie –, oui",
            ),
            (
                "marks of our grammar stay words",
                "{{champ}} *gras* [^1]",
                "{{champ}} *gras* [^1]",
            ),
        ] {
            assert_eq!(cleaned(pasted, true), typed, "{what}");
        }
    }

    #[test]
    fn another_language_keeps_its_quotes_and_its_signs() {
        assert_eq!(
            cleaned("the \"committee\" isn't here ; ok", false),
            "the \"committee\" isn't here ; ok"
        );
        let arabic = "اللغة\u{200f} العربية";
        assert_eq!(cleaned(arabic, false), arabic);
    }

    proptest! {
        /// Letters and figures are all there, in order; what was cleaned is clean. (An « o » may be a bullet of Word.)
        #[test]
        fn nothing_that_is_read_is_lost(pasted in "[a-np-zA-Zé0-9 \n\t’'\",.;:•\u{ad}\u{a0}\u{200b}-]{0,120}") {
            let read = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
            let once = cleaned(&pasted, true);
            prop_assert_eq!(read(&once), read(&pasted));
            let is_hidden = once.contains(['\u{ad}', '\u{200b}', '\t', '\r']);
            prop_assert!(!is_hidden, "{:?}", once);
        }

        #[test]
        fn anything_is_pasted(pasted in "\\PC*|(?s).{0,80}", french: bool) {
            let _ = cleaned(&pasted, french);
        }
    }
}
