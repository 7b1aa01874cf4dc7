//! Two states of a paragraph, word by word: what stayed, what is gone, what is new.
//!
//! The difference is Myers' (« An O(ND) Difference Algorithm and Its Variations », 1986), over words and signs and not
//! over characters. Where two texts have too little in common for it, words that each has once are taken for landmarks
//! (the *patience* of Bram Cohen) and it works between them; where there are none, the whole is replaced. A few words
//! left standing between two longer changes belong to the change: a person reads it so.

use std::collections::HashMap;

/// What became of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Revision {
    /// It is new.
    Inserted,
    /// It is gone.
    Deleted,
}

/// A stretch of text of which the same became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it; nothing when it stayed.
    pub revision: Option<Revision>,
    /// The words, with the spaces that follow them.
    pub text: String,
}

/// Beyond this many insertions and deletions, landmarks are looked for.
const MOST_EDITS: usize = 400;

/// Landmarks within landmarks: no paragraph asks for more.
const DEEPEST: usize = 12;

/// What became of a paragraph. What stayed is said as in `after`: only spaces may differ.
#[must_use]
pub fn compare_words(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (tokens(before), tokens(after));
    let mut numbers = HashMap::new();
    let (old_words, new_words) = (numbered(&old, &mut numbers), numbered(&new, &mut numbers));

    let mut same = Vec::new();
    pair(&old_words, &new_words, (0, 0), DEEPEST, &mut same);
    joined(runs(&old, &new, &same))
}

/// A word or a sign, and the spaces after it.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    word: &'a str,
    whole: &'a str,
}

/// Words with their hyphens and, in figures, their spaces: « Porto-Novo », « 162 000 € ». An elided article is a word
/// of its own: « l’ » « article ».
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut start = 0;
    // Spaces at the very beginning belong to the first word.
    while start < text.len() {
        let rest = text.get(start..).unwrap_or("");
        let lead = rest.len() - rest.trim_start_matches(' ').len();
        let end = start + lead + word_length(rest.get(lead..).unwrap_or(""));
        let after = text.get(end..).unwrap_or("");
        let next = end + (after.len() - after.trim_start_matches(' ').len());
        tokens.push(Token {
            word: text.get(start + lead..end).unwrap_or(""),
            whole: text.get(start..next).unwrap_or(""),
        });
        start = next.max(start + 1);
        while !text.is_char_boundary(start) {
            start += 1;
        }
    }
    tokens
}

/// How many bytes the first word or sign has.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some((_, first)) = chars.next() else {
        return 0;
    };
    if !first.is_alphanumeric() {
        return first.len_utf8();
    }
    let mut last = first;
    let mut end = first.len_utf8();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = match c {
            '’' | '\'' => return at + c.len_utf8(),
            '-' | '\u{2011}' => next.is_some_and(char::is_alphanumeric),
            '\u{a0}' | '\u{202f}' => {
                last.is_ascii_digit()
                    && next.is_some_and(|next| next.is_ascii_digit() || "€$£%".contains(next))
            }
            ',' | '.' => last.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit()),
            '€' | '$' | '£' | '%' => matches!(last, '\u{a0}' | '\u{202f}'),
            c => c.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        last = c;
        end = at + c.len_utf8();
    }
    end
}

fn numbered<'a>(tokens: &[Token<'a>], numbers: &mut HashMap<&'a str, u32>) -> Vec<u32> {
    tokens
        .iter()
        .map(|token| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(token.word).or_insert(next)
        })
        .collect()
}

/// Adds the pairs of ranks of words that stayed, which only grow. `at` is where both stretches begin.
fn pair(
    old: &[u32],
    new: &[u32],
    at: (usize, usize),
    depth: usize,
    same: &mut Vec<(usize, usize)>,
) {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    same.extend((0..head).map(|rank| (at.0 + rank, at.1 + rank)));

    let (old, new) = (
        old.get(head..).unwrap_or(&[]),
        new.get(head..).unwrap_or(&[]),
    );
    let at = (at.0 + head, at.1 + head);
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (many_old, many_new) = (old.len() - tail, new.len() - tail);
    let (old, new) = (
        old.get(..many_old).unwrap_or(&[]),
        new.get(..many_new).unwrap_or(&[]),
    );

    if !old.is_empty() && !new.is_empty() {
        if let Some(found) = myers(old, new) {
            same.extend(found.into_iter().map(|(a, b)| (at.0 + a, at.1 + b)));
        } else if depth > 0 {
            let mut from = (0, 0);
            for (a, b) in landmarks(old, new) {
                let between = (
                    old.get(from.0..a).unwrap_or(&[]),
                    new.get(from.1..b).unwrap_or(&[]),
                );
                let begin = (at.0 + from.0, at.1 + from.1);
                pair(between.0, between.1, begin, depth - 1, same);
                same.push((at.0 + a, at.1 + b));
                from = (a + 1, b + 1);
            }
            if from != (0, 0) {
                let rest = (
                    old.get(from.0..).unwrap_or(&[]),
                    new.get(from.1..).unwrap_or(&[]),
                );
                let begin = (at.0 + from.0, at.1 + from.1);
                pair(rest.0, rest.1, begin, depth - 1, same);
            }
        }
    }
    same.extend((0..tail).map(|rank| (at.0 + many_old + rank, at.1 + many_new + rank)));
}

/// The words that stayed, by the fewest insertions and deletions; nothing when they are more than [`MOST_EDITS`].
fn myers(old: &[u32], new: &[u32]) -> Option<Vec<(usize, usize)>> {
    let (many_old, many_new) = (old.len() as isize, new.len() as isize);
    let most = MOST_EDITS.min(old.len() + new.len()) as isize;
    let middle = most + 1;
    let mut furthest = vec![0_isize; 2 * middle as usize + 1];
    let mut trace: Vec<Vec<isize>> = Vec::new();
    let at = |furthest: &[isize], diagonal: isize| {
        furthest
            .get((middle + diagonal) as usize)
            .copied()
            .unwrap_or(0)
    };
    let goes_down = |furthest: &[isize], diagonal: isize, edits: isize| {
        diagonal == -edits
            || (diagonal != edits && at(furthest, diagonal - 1) < at(furthest, diagonal + 1))
    };

    for edits in 0..=most {
        // Only the diagonals that were reached are kept: the whole is the square of the edits.
        let kept = (middle - edits - 1).max(0) as usize..=(middle + edits + 1) as usize;
        trace.push(furthest.get(kept).unwrap_or(&[]).to_vec());
        for diagonal in (-edits..=edits).step_by(2) {
            let mut x = if goes_down(&furthest, diagonal, edits) {
                at(&furthest, diagonal + 1)
            } else {
                at(&furthest, diagonal - 1) + 1
            };
            let mut y = x - diagonal;
            while x < many_old && y < many_new && old.get(x as usize) == new.get(y as usize) {
                (x, y) = (x + 1, y + 1);
            }
            if let Some(cell) = furthest.get_mut((middle + diagonal) as usize) {
                *cell = x;
            }
            if x >= many_old && y >= many_new {
                return Some(walked_back(&trace, (many_old, many_new)));
            }
        }
    }
    None
}

/// The pairs on the way that Myers' search found, from its end.
fn walked_back(trace: &[Vec<isize>], end: (isize, isize)) -> Vec<(usize, usize)> {
    let mut same = Vec::new();
    let (mut x, mut y) = end;
    for (edits, furthest) in trace.iter().enumerate().rev() {
        let edits = edits as isize;
        let at = |diagonal: isize| {
            let rank = diagonal + edits + 1;
            furthest.get(rank as usize).copied().unwrap_or(0)
        };
        let diagonal = x - y;
        let down = diagonal == -edits || (diagonal != edits && at(diagonal - 1) < at(diagonal + 1));
        let from = if down { diagonal + 1 } else { diagonal - 1 };
        let (from_x, from_y) = if edits == 0 {
            (0, 0)
        } else {
            (at(from), at(from) - from)
        };
        while x > from_x && y > from_y {
            (x, y) = (x - 1, y - 1);
            same.push((x as usize, y as usize));
        }
        (x, y) = (from_x, from_y);
    }
    same.reverse();
    same
}

/// Words that each side has once, in the longest order that both share.
fn landmarks(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let once = |words: &[u32]| -> HashMap<u32, Option<usize>> {
        let mut places = HashMap::new();
        for (rank, word) in words.iter().enumerate() {
            places
                .entry(*word)
                .and_modify(|place| *place = None)
                .or_insert(Some(rank));
        }
        places
    };
    let (in_old, in_new) = (once(old), once(new));
    let mut shared: Vec<(usize, usize)> = in_old
        .into_iter()
        .filter_map(|(word, place)| Some((place?, in_new.get(&word).copied().flatten()?)))
        .collect();
    shared.sort_unstable();
    let ranks: Vec<usize> = shared.iter().map(|(_, rank)| *rank).collect();
    longest_growing(&ranks)
        .into_iter()
        .filter_map(|place| shared.get(place).copied())
        .collect()
}

/// The places of a longest growing sequence.
pub(super) fn longest_growing(ranks: &[usize]) -> Vec<usize> {
    // The place of the smallest rank that ends a sequence of each length, and what comes before each place in its own.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(ranks.len());
    let rank_at = |place: usize| ranks.get(place).copied().unwrap_or(0);
    for (place, rank) in ranks.iter().enumerate() {
        let length = ends.partition_point(|end| rank_at(*end) < *rank);
        before.push(length.checked_sub(1).and_then(|it| ends.get(it).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut places = Vec::with_capacity(ends.len());
    let mut place = ends.last().copied();
    while let Some(here) = place {
        places.push(here);
        place = before.get(here).copied().flatten();
    }
    places.reverse();
    places
}

/// A stretch that stayed, and what was done before it.
#[derive(Debug, Default)]
struct Run<'a> {
    deleted: Vec<Token<'a>>,
    inserted: Vec<Token<'a>>,
    /// As they were, and as they are.
    stayed: Vec<(Token<'a>, Token<'a>)>,
}

fn runs<'a>(old: &[Token<'a>], new: &[Token<'a>], same: &[(usize, usize)]) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    let (mut a, mut b) = (0, 0);
    let end = (old.len(), new.len());
    for (to_a, to_b) in same.iter().copied().chain([end]) {
        if (a, b) != (to_a, to_b) || runs.is_empty() {
            runs.push(Run {
                deleted: old.get(a..to_a).unwrap_or(&[]).to_vec(),
                inserted: new.get(b..to_b).unwrap_or(&[]).to_vec(),
                stayed: Vec::new(),
            });
        }
        if let (Some(run), Some(old), Some(new)) = (runs.last_mut(), old.get(to_a), new.get(to_b)) {
            run.stayed.push((*old, *new));
        }
        (a, b) = (to_a + 1, to_b + 1);
    }

    // What stands between two changes, and is not half as long as either, is a part of them.
    let mut read: Vec<Run<'a>> = Vec::with_capacity(runs.len());
    for run in runs {
        let swallowed = read.last_mut().filter(|last| {
            let between = length(last.stayed.iter().map(|(_, new)| new));
            let change = |run: &Run<'_>| length(&run.deleted).max(length(&run.inserted));
            let both = |run: &Run<'_>| !run.deleted.is_empty() && !run.inserted.is_empty();
            both(last) && both(&run) && 2 * between <= change(last).min(change(&run))
        });
        match swallowed {
            Some(last) => {
                for (old, new) in last.stayed.drain(..) {
                    last.deleted.push(old);
                    last.inserted.push(new);
                }
                last.deleted.extend(run.deleted);
                last.inserted.extend(run.inserted);
                last.stayed = run.stayed;
            }
            None => read.push(run),
        }
    }
    read
}

fn length<'a>(tokens: impl IntoIterator<Item = &'a Token<'a>>) -> usize {
    tokens.into_iter().map(|token| token.word.len()).sum()
}

fn joined(runs: Vec<Run<'_>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut say = |revision, text: String| {
        if !text.is_empty() {
            pieces.push(Piece { revision, text });
        }
    };
    for run in runs {
        let words = |tokens: &[Token<'_>]| tokens.iter().map(|token| token.whole).collect();
        say(Some(Revision::Deleted), words(&run.deleted));
        say(Some(Revision::Inserted), words(&run.inserted));
        say(None, run.stayed.iter().map(|(_, new)| new.whole).collect());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// « s’élève à [-162 000 €-] [+186 400 €+] ».
    fn marked(before: &str, after: &str) -> String {
        compare_words(before, after)
            .into_iter()
            .map(|piece| match piece.revision {
                None => piece.text,
                Some(Revision::Deleted) => format!("[-{}-]", piece.text),
                Some(Revision::Inserted) => format!("[+{}+]", piece.text),
            })
            .collect()
    }

    #[test]
    fn a_change_is_told_by_words_and_figures_are_words() {
        assert_eq!(
            marked(
                "Le montant s’élève à 162\u{202f}000\u{a0}€ sur deux exercices.",
                "Le montant s’élève à 186\u{202f}400\u{a0}€ sur trois exercices."
            ),
            "Le montant s’élève à [-162\u{202f}000\u{a0}€ -][+186\u{202f}400\u{a0}€ +]sur [-deux -][+trois +]exercices."
        );
        assert_eq!(
            marked(
                "comme l’indique l’annexe 1.",
                "comme l’indique l’annexe 1, sous réserve."
            ),
            "comme l’indique l’annexe 1[+, sous réserve+]."
        );
        assert_eq!(marked("à Porto-Novo", "à Porto-Novo"), "à Porto-Novo");
    }

    #[test]
    fn a_word_left_between_two_changes_belongs_to_them() {
        assert_eq!(
            marked(
                "est porté devant la juridiction de compétence.",
                "est porté devant le tribunal de Valmont."
            ),
            "est porté devant [-la juridiction de compétence-][+le tribunal de Valmont+]."
        );
    }

    #[test]
    fn texts_without_much_in_common_are_compared_between_their_landmarks() {
        let words =
            |from: usize| -> String { (from..from + 900).map(|n| format!("m{n} ")).collect() };
        let before = format!("{}jalon {}", words(0), words(2_000));
        let after = format!("{}jalon {}", words(10_000), words(2_000));
        let pieces = compare_words(&before, &after);
        assert_eq!(pieces.len(), 3);
        assert!(pieces[2].text.starts_with("jalon m2000"));
        // And with nothing in common the whole is replaced.
        assert_eq!(compare_words(&words(0), &words(10_000)).len(), 2);
    }

    fn squeezed(text: &str) -> String {
        text.split(' ').filter(|it| !it.is_empty()).collect()
    }

    proptest! {
        #[test]
        fn both_texts_are_found_again(
            before in "[ab ’,\u{202f}0-9é€-]{0,60}", after in "[ab ’,\u{202f}0-9é€-]{0,60}",
        ) {
            let pieces = compare_words(&before, &after);
            let side = |gone: Revision| -> String {
                let kept = pieces.iter().filter(|it| it.revision != Some(gone));
                kept.map(|it| it.text.as_str()).collect()
            };
            prop_assert_eq!(side(Revision::Deleted), after);
            prop_assert_eq!(squeezed(&side(Revision::Inserted)), squeezed(&before));
            if before == side(Revision::Deleted) {
                prop_assert!(pieces.iter().all(|it| it.revision.is_none()));
            }
        }

        #[test]
        fn any_text_is_compared(before in "\\PC{0,80}", after in "\\PC{0,80}") {
            let pieces = compare_words(&before, &after);
            let kept = pieces.iter().filter(|it| it.revision != Some(Revision::Deleted));
            prop_assert_eq!(kept.map(|it| it.text.as_str()).collect::<String>(), after);
        }
    }
}
