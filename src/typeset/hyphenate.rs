//! Where a line may end: after spaces and hyphens by the rules of Unicode (UAX 14), and inside words by the
//! patterns of their language.
//!
//! A word is cut only when it is at least five letters long, lower-case from its first letter (a capital
//! makes a name, but for German, where every noun has one), made of letters only, in a language whose patterns we have, not bound to what stands before
//! it (« 18 novembre », « 3 hectares ») and not in a span that must stay whole. French keeps two letters before
//! the hyphen and three after (Imprimerie nationale). A name (« Porto-Novo », « Boulogne-sur-Mer ») and a
//! number (« 07/25/CU ») are not cut at their own hyphens and strokes either.

use hypher::hyphenate_bounded;

use crate::model::Lang;

use super::itemize::is_ignorable;
use super::shape::{Cluster, Give, Shaped};
use super::spaces::{FINE, NO_BREAK};
use super::text::{OBJECT, Text};

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chance {
    /// The cluster that the line ends before, spaces left out.
    pub at: u32,
    /// The cluster that the next line begins with.
    pub next: u32,
    /// How much it is disliked: 0 is a space.
    pub penalty: i64,
    /// Whether a hyphen is added.
    pub hyphen: bool,
    /// Whether the line must end here.
    pub forced: bool,
}

/// Between 150 and 250, where French readers see neither holes nor ladders of hyphens (measured in the lab).
const HYPHEN: i64 = 230;
/// After two letters only: « re-présentée ».
const SHORT_HEAD: i64 = 300;
/// After a hyphen that the author wrote.
const COMPOUND: i64 = 90;
/// After a dash, a stroke or between ideographs.
const OTHER: i64 = 40;
/// After a short word of a title.
const SHORT_WORD: i64 = 1_500;

/// The places between words where a line may end, in order; the last is the end of the paragraph.
pub(super) fn chances(text: &Text, shaped: &Shaped) -> Vec<Chance> {
    let mut found: Vec<Chance> = Vec::with_capacity(shaped.clusters.len() / 4);
    let clusters = &shaped.clusters;
    let total = clusters.len() as u32;
    let string = shaped.text.as_str();
    let mut cluster = 0;

    // Bytes and characters walk together: looks are by character.
    let mut characters = CharacterAt::new(string);
    for (byte, _) in unicode_linebreak::linebreaks(string) {
        if byte >= string.len() {
            break;
        }
        while clusters
            .get(cluster)
            .is_some_and(|c| (c.start as usize) < byte)
        {
            cluster += 1;
        }
        if clusters
            .get(cluster)
            .is_none_or(|c| c.start as usize != byte)
        {
            continue;
        }
        let place = characters.at(byte);
        let (Some(&before), Some(&after)) =
            (text.chars.get(place.wrapping_sub(1)), text.chars.get(place))
        else {
            continue;
        };
        let attributes = |place: usize| &text.attributes[text.looks[place] as usize];
        if before != ' ' {
            let whole = attributes(place - 1).solid && attributes(place).solid;
            let raised = attributes(place).raised;
            if whole
                || raised
                || before == OBJECT
                || after == OBJECT
                || short_compound(&text.chars, place)
                || in_name_or_number(&text.chars, place)
            {
                continue;
            }
        }
        let penalty = match before {
            ' ' => 0,
            '-' | '‐' => COMPOUND,
            _ => OTHER,
        };
        let forced = before == ' ' && attributes(place - 1).ends_line;
        found.push(Chance {
            at: before_spaces(shaped, cluster) as u32,
            // Never over the end of a line of the author's.
            next: if forced {
                cluster
            } else {
                after_spaces(shaped, cluster, clusters.len())
            } as u32,
            penalty,
            hyphen: false,
            forced,
        });
    }
    keep_ends_of_lines(&mut found);
    found.retain(|chance| chance.at > 0 && chance.next < total);
    found.push(Chance {
        at: before_spaces(shaped, clusters.len()) as u32,
        next: total,
        penalty: 0,
        hyphen: false,
        forced: true,
    });
    found
}

/// Where the line's last letter ends, if it breaks before this cluster. Spaces at the edge of a line, those that no
/// line ends on like the others, would be a hole in its margin.
fn before_spaces(shaped: &Shaped, cluster: usize) -> usize {
    let before = shaped.clusters[..cluster].iter().rev();
    cluster - before.take_while(|it| is_blank(shaped, it)).count()
}

/// Where the first letter of the next line is, at `end` at most, if the line breaks before this cluster.
fn after_spaces(shaped: &Shaped, cluster: usize, end: usize) -> usize {
    let after = shaped.clusters[..end].iter().skip(cluster);
    cluster + after.take_while(|it| is_blank(shaped, it)).count()
}

/// Whether nothing of it is seen: an accent may stand on a space.
fn is_blank(shaped: &Shaped, cluster: &Cluster) -> bool {
    let shown = shaped
        .text
        .get(cluster.start as usize..cluster.end as usize);
    shown.is_some_and(|shown| shown.chars().all(is_space))
}

fn is_space(c: char) -> bool {
    // A soft hyphen, marks of direction.
    let unseen = matches!(c, '\u{AD}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    matches!(c, ' ' | NO_BREAK | FINE) || unseen || is_ignorable(c)
}

/// Of chances that begin the same line, the last: it is the one that must be taken, if one must.
fn keep_ends_of_lines(found: &mut Vec<Chance>) {
    let mut begun = u32::MAX;
    found.reverse();
    found.retain(|chance| {
        let begins = chance.next < begun;
        begun = begun.min(chance.next);
        begins
    });
    found.reverse();
}

/// « a-t-il », « vice-… »: fewer than three letters on either side of a hyphen stay together.
fn short_compound(chars: &[char], place: usize) -> bool {
    if !matches!(chars[place - 1], '-' | '‐') {
        return false;
    }
    let before = chars[..place - 1]
        .iter()
        .rev()
        .take(3)
        .take_while(|c| c.is_alphanumeric())
        .count();
    let after = chars[place..]
        .iter()
        .take(3)
        .take_while(|c| c.is_alphanumeric())
        .count();
    before < 3 || after < 3
}

/// Longer than this it is no name and no number, and a hostile one must not cost.
const LONGEST_NAME: usize = 40;

/// « Porto-Novo », « Boulogne-sur-Mer », « 07/25/CU »: whether this is inside one, after its hyphen or stroke. An
/// address on the Web is neither.
fn in_name_or_number(chars: &[char], place: usize) -> bool {
    if !matches!(chars[place - 1], '-' | '‐' | '/' | '–') {
        return false;
    }
    let of_word =
        |c: &&char| c.is_alphanumeric() || matches!(**c, '-' | '‐' | '/' | '–' | '.' | ':');
    let before = chars[..place]
        .iter()
        .rev()
        .take(LONGEST_NAME)
        .take_while(of_word)
        .count();
    let after = chars[place..]
        .iter()
        .take(LONGEST_NAME)
        .take_while(of_word)
        .count();
    let word = &chars[place - before..place + after];
    if word.windows(3).any(|three| three == [':', '/', '/']) || word.len() > LONGEST_NAME {
        return false;
    }
    let number = word.iter().any(char::is_ascii_digit);
    let mut parts = word.split(|c| matches!(c, '-' | '‐' | '/' | '–'));
    let capital = |part: &[char]| part.first().is_some_and(|c| c.is_uppercase());
    let name = parts.next().is_some_and(capital) && parts.any(capital);
    number || name
}

/// The places inside words where a line may end with a hyphen.
pub(super) fn add_hyphens(text: &Text, shaped: &Shaped, found: &mut Vec<Chance>) {
    let mut added: Vec<Chance> = Vec::new();
    let mut byte = 0;
    let mut cluster = 0;
    let mut place = 0;
    let mut word = String::new();
    while place < text.chars.len() {
        let start = place;
        let start_byte = byte;
        while place < text.chars.len() && text.chars[place].is_alphabetic() {
            byte += text.chars[place].len_utf8();
            place += 1;
        }
        if place == start {
            byte += text.chars[place].len_utf8();
            place += 1;
            continue;
        }
        let compound = start
            .checked_sub(1)
            .is_some_and(|before| is_hyphen(text.chars[before]))
            || text.chars.get(place).copied().is_some_and(is_hyphen);
        let look = &text.attributes[text.looks[start] as usize];
        let first = usize::from(look.language.primary() == "de");
        let letters = text.chars[start..place].iter().skip(first);
        let lower = letters.into_iter().all(|c| !c.is_uppercase());
        let one_look = text.looks[start] == text.looks[place - 1];
        let bound = start
            .checked_sub(1)
            .is_some_and(|before| text.chars[before] == NO_BREAK);
        if place - start < 5 || compound || bound || look.solid || !lower || !one_look {
            continue;
        }
        let Some((language, before, after)) = patterns(&look.language) else {
            continue;
        };
        // Patterns know no word this long, and a hostile one must not cost.
        if place - start > 60 {
            continue;
        }
        word.clear();
        word.extend(&text.chars[start..place]);
        let mut cut = start_byte;
        let mut head = 0;
        for syllable in hyphenate_bounded(&word, language, before, after) {
            cut += syllable.len();
            head += syllable.chars().count();
            if cut >= byte {
                break;
            }
            while shaped
                .clusters
                .get(cluster)
                .is_some_and(|c| (c.start as usize) < cut)
            {
                cluster += 1;
            }
            if cluster > 0
                && shaped
                    .clusters
                    .get(cluster)
                    .is_some_and(|c| c.start as usize == cut)
            {
                added.push(Chance {
                    at: cluster as u32,
                    next: cluster as u32,
                    penalty: if head < 3 { SHORT_HEAD } else { HYPHEN },
                    hyphen: true,
                    forced: false,
                });
            }
        }
    }
    found.extend(added);
    found.sort_by_key(|chance| chance.next);
    found.dedup_by_key(|chance| chance.next);
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// The patterns of a language, with the letters that must stay before and after the hyphen.
fn patterns(language: &Lang) -> Option<(hypher::Lang, usize, usize)> {
    Some(match language.primary() {
        "fr" => (hypher::Lang::French, 2, 3),
        "en" => (hypher::Lang::English, 2, 3),
        "pt" => (hypher::Lang::Portuguese, 2, 3),
        "es" => (hypher::Lang::Spanish, 2, 2),
        "de" => (hypher::Lang::German, 2, 2),
        "it" => (hypher::Lang::Italian, 2, 2),
        _ => return None,
    })
}

/// Breaks inside what is wider than any line: a word of ten thousand letters, Thai or Khmer without spaces.
///
/// `widest` is the narrowest line that must hold it. Letters of an alphabet get a hyphen; others none.
pub(super) fn add_emergencies(shaped: &Shaped, widest: i64, found: &mut Vec<Chance>) {
    let mut added = Vec::new();
    let mut from = 0_usize;
    for chance in found.iter() {
        let (start, end) = (from, chance.at as usize);
        from = chance.next as usize;
        let Some(part) = shaped.clusters.get(start..end) else {
            continue;
        };
        if part.iter().map(|cluster| cluster.width).sum::<i64>() <= widest {
            continue;
        }
        for (place, cluster) in part.iter().enumerate().skip(1) {
            let letter = |at: u32| {
                shaped
                    .text
                    .get(at as usize..)
                    .and_then(|s| s.chars().next())
                    .is_some_and(|c| c.is_alphabetic() && (c as u32) < 0x530)
            };
            let ordinary = |cluster: &Cluster| cluster.give == Give::Space;
            if ordinary(cluster) || ordinary(&part[place - 1]) {
                continue;
            }
            let at = before_spaces(shaped, start + place);
            let next = after_spaces(shaped, start + place, end);
            if at <= start || next >= end {
                continue;
            }
            added.push(Chance {
                at: at as u32,
                next: next as u32,
                penalty: 5_000,
                hyphen: letter(cluster.start) && letter(part[place - 1].start),
                forced: false,
            });
        }
    }
    if !added.is_empty() {
        found.extend(added);
        found.sort_by_key(|chance| chance.next);
        found.dedup_by_key(|chance| chance.next);
    }
}

/// Makes the lines of a title end elsewhere than on « de », « la », « et » where they can: such a word belongs with the
/// next.
pub(super) fn keep_short_words(shaped: &Shaped, found: &mut [Chance]) {
    const LONGEST: usize = 3;

    for chance in found.iter_mut().filter(|it| !it.forced && it.penalty == 0) {
        let end = shaped.clusters.get(chance.at as usize);
        let before = end.and_then(|space| shaped.text.get(..space.start as usize));
        let letters = before.unwrap_or_default().chars().rev();
        let letters = letters.take(LONGEST + 1).take_while(|c| !c.is_whitespace());
        if letters.count() <= LONGEST {
            chance.penalty = SHORT_WORD;
        }
    }
}

/// Turns growing byte offsets into character places.
struct CharacterAt<'a> {
    rest: &'a str,
    byte: usize,
    place: usize,
}

impl<'a> CharacterAt<'a> {
    const fn new(string: &'a str) -> Self {
        Self {
            rest: string,
            byte: 0,
            place: 0,
        }
    }

    fn at(&mut self, byte: usize) -> usize {
        let step = byte.saturating_sub(self.byte);
        let (passed, rest) = self.rest.split_at_checked(step).unwrap_or((self.rest, ""));
        self.place += passed.chars().count();
        self.byte += passed.len();
        self.rest = rest;
        self.place
    }
}
