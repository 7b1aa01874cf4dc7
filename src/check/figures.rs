//! Sums in euros that a paragraph writes in figures, and what they are said to be: « 12 000 € en 2027 », « 6 000 € par an ».

use super::passage::Passage;
use super::sums::{Sum, sums};
use crate::model::text::Content;
use crate::model::{Amount, fold};

/// A sum in euros that a text writes in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) amount: Amount,
    pub(super) span: Span,
}

/// Over what a sum is said to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// No year is said, or all of them: a total, as far as a paragraph tells.
    Whole,
    /// That year.
    Year(i32),
    /// Each year.
    EachYear,
    /// An instalment, a few years, a day by which it is paid: nothing that a budget adds up.
    Part,
}

/// The years of a budget, and among them those that the convention covers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Years<'a> {
    pub(super) known: &'a [i32],
    pub(super) covered: &'a [i32],
}

/// The sums in euros of a passage, in order.
pub(super) fn figures(passage: &Passage<'_>, years: Years<'_>) -> Vec<Figure> {
    let words: String = passage
        .read
        .leaves
        .iter()
        .map(|leaf| match &leaf.content {
            Content::Words(words) => words.as_str(),
            Content::Field(_) | Content::Note(_) | Content::Blank(_) => "|",
        })
        .collect();
    // Signs that only space figures become spaces.
    let words = words.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ");
    let sums = sums(&words);

    let mut figures = Vec::with_capacity(sums.len());
    let mut rest = sums.as_slice();
    let mut from = 0;
    while let Some(first) = rest.first() {
        let from_here = clause_begins(&words, from, first.start);
        let ends = clause_ends(&words, first.end);
        let count = rest.iter().take_while(|sum| sum.start < ends).count();
        let (clause, after) = rest.split_at(count.max(1));
        read_clause(&words, (from_here, ends), clause, years, &mut figures);
        from = ends;
        rest = after;
    }
    figures
}

/// Where the clause begins that holds what stands at `to`: after the last full stop or semicolon.
fn clause_begins(words: &str, from: usize, to: usize) -> usize {
    let before = words.get(from..to).unwrap_or("");
    let stops = before.match_indices(['.', ';']);
    let mut ends = stops.filter(|(at, sign)| *sign == ";" || is_stop(before, *at));
    from + ends.next_back().map_or(0, |(at, sign)| at + sign.len())
}

/// Where the clause ends of which a sum ends at `from`: at a full stop, a semicolon, or the colon after which the sum is
/// shared out; in « 2027 : 16 000 €, 2028 : 20 000 € » a colon stands between a year and its sum.
fn clause_ends(words: &str, from: usize) -> usize {
    let after = words.get(from..).unwrap_or("");
    let mut signs = after.match_indices(['.', ';', ':']);
    let stop = signs.find(|(at, sign)| match *sign {
        "." => is_stop(after, *at),
        ":" => !year_before(after.get(..*at).unwrap_or("")),
        _ => true,
    });
    stop.map_or(words.len(), |(at, _)| from + at)
}

fn year_before(text: &str) -> bool {
    let last = text.split_whitespace().next_back();
    last.is_some_and(|word| word.len() == 4 && word.parse::<i32>().is_ok())
}

/// Whether a full stop ends a sentence: not in a number, nor in « L.1115-1 ».
fn is_stop(text: &str, at: usize) -> bool {
    let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
    next.is_none_or(char::is_whitespace)
}

/// The sums of one clause. The year stands before each of them, or after: as for the first.
fn read_clause(
    words: &str,
    (begin, end): (usize, usize),
    sums: &[Sum],
    years: Years<'_>,
    figures: &mut Vec<Figure>,
) {
    let between = |from: usize, to: usize| words.get(from..to).unwrap_or("");
    let mut before_first = begin;
    let year_comes_first = sums
        .first()
        .is_some_and(|first| matches!(said_of(between(begin, first.start), years), Span::Year(_)));
    for (rank, sum) in sums.iter().enumerate() {
        let next = sums.get(rank + 1).map_or(end, |next| next.start);
        let before = between(before_first, sum.start);
        let after = between(sum.end, next);
        let span = if is_each_year(before, after) {
            Span::EachYear
        } else if is_instalment(before, after) {
            Span::Part
        } else {
            let (near, other) = match (year_comes_first, rank) {
                (true, _) => (before, after),
                (false, 0) => (after, before),
                (false, _) => (after, ""),
            };
            match said_of(near, years) {
                Span::Whole => said_of(other, years),
                said => said,
            }
        };
        figures.push(Figure {
            amount: sum.amount,
            span,
        });
        before_first = sum.end;
    }
}

const MONTHS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// What the words beside a sum say of years: one, all of those that count (« de 2027 à 2029 » is the term), some, or a
/// day of one, by which something is done.
fn said_of(text: &str, years: Years<'_>) -> Span {
    let (dates, words): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().partition(|word| is_date(word));
    let folded = fold(&words.join(" "));
    let mut is_dated = !dates.is_empty();
    let mut named: Vec<i32> = Vec::new();
    let mut before = "";
    for word in folded.split(' ') {
        match word.parse().ok().filter(|year| years.known.contains(year)) {
            Some(_) if MONTHS.contains(&before) => is_dated = true,
            Some(year) => named.push(year),
            None => {}
        }
        before = word;
    }
    named.sort_unstable();
    named.dedup();
    let ends = |of: &[i32]| of.iter().min().copied().zip(of.iter().max().copied());
    match named.as_slice() {
        [] if is_dated => Span::Part,
        [] => Span::Whole,
        [year] => Span::Year(*year),
        several if ends(several) == ends(years.covered) => Span::Whole,
        _ => Span::Part,
    }
}

/// « 30/06/2027 ».
fn is_date(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    matches!(parts.as_slice(), [_, _, year] if year.len() == 4)
        && parts.iter().all(|part| part.parse::<u32>().is_ok())
}

/// « 6 000 € par an », « chaque année, 6 000 € ».
fn is_each_year(before: &str, after: &str) -> bool {
    let (before, after) = (fold(before), first_words(&fold(after), 4));
    let each = [
        "par an",
        "par annee",
        "par exercice",
        "chaque annee",
        "chaque exercice",
    ];
    let says = |text: &str, phrases: &[&str]| {
        let text = format!(" {text} ");
        let mut phrases = phrases.iter();
        phrases.any(|phrase| text.contains(&format!(" {phrase} ")))
    };
    says(&before, &each)
        || says(&after, &each)
        || says(&before, &["annuellement"])
        || says(&after, &["annuel", "annuels", "annuellement"])
}

/// Words that begin what is but a part, folded.
const PARTS: [&str; 16] = [
    "acompte",
    "avance",
    "solde",
    "tranche",
    "versement",
    "echeance",
    "mensualite",
    "reliquat",
    "moitie",
    "tiers",
    "quart",
    "dont",
    "parts",
    "indemnite",
    "annuel",
    "annuelle",
];

/// What a sum is counted by, where it is no total, folded.
const UNITS: [&str; 14] = [
    "mois",
    "trimestre",
    "semestre",
    "jour",
    "nuit",
    "nuitee",
    "personne",
    "habitant",
    "eleve",
    "mission",
    "stagiaire",
    "beneficiaire",
    "kilometre",
    "m",
];

/// « un acompte de 3 600 € », « 30 %, soit 3 600 € », « 500 € d’avance », « 90 € par nuit ».
fn is_instalment(before: &str, after: &str) -> bool {
    let is_part = |word: &str| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        PARTS.contains(&word) || PARTS.contains(&singular)
    };
    let folded = fold(before);
    // « L’engagement annuel de la Communauté d’agglomération de Valmont est de… »
    let mut near = folded.rsplit(' ').take(10);
    let share = after.trim_start_matches(['€', ' ', '(']);
    let share = share.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == ' ');
    if near.any(is_part) || before.contains('%') || share.starts_with('%') {
        return true;
    }
    let after = first_words(&fold(after), 5);
    let words: Vec<&str> = after.split(' ').collect();
    words.windows(2).any(|pair| match pair {
        ["par", unit] => UNITS.contains(unit),
        ["d", word] | ["de", word] => ["avance", "acompte", "solde"].contains(word),
        _ => false,
    })
}

fn first_words(folded: &str, count: usize) -> String {
    let words: Vec<&str> = folded.split(' ').take(count).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::passage::passages;
    use super::super::samples::{cooperation, text};
    use super::*;

    /// Cents and span of each sum of that paragraph, in a budget of 2027 to 2029.
    fn read(paragraph: &str) -> Vec<(i64, Span)> {
        let mut draft = cooperation();
        draft.articles[0].texts = vec![text("fr", &[paragraph])];
        let years = Years {
            known: &[2027, 2028, 2029],
            covered: &[2027, 2028, 2029],
        };
        figures(&passages(&draft)[0], years)
            .into_iter()
            .map(|figure| (figure.amount.0, figure.span))
            .collect()
    }

    #[test]
    fn the_year_is_the_one_that_the_clause_names_beside_the_sum() {
        use Span::{Whole, Year};
        for (paragraph, read_as) in [
            (
                "36 000 € : 16 000 € en 2027, 20 000 € en 2028.",
                &[(36, Whole), (16, Year(2027)), (20, Year(2028))][..],
            ),
            (
                "36 000 € : en 2027, 16 000 € ; en 2028, 20 000 €.",
                &[(36, Whole), (16, Year(2027)), (20, Year(2028))],
            ),
            (
                "2027 : 16 000 €, 2028 : 20 000 €",
                &[(16, Year(2027)), (20, Year(2028))],
            ),
            ("En 2027, Valmont apporte 6 000 €.", &[(6, Year(2027))]),
            (
                "Au titre de l’exercice 2027, l’engagement est de 6 000 € et de 7 000 € en 2028.",
                &[(6, Year(2027)), (7, Year(2028))],
            ),
            ("12 000 €. En 2027, un rapport.", &[(12, Whole)]),
            (
                "Un rapport est remis en 2027. Valmont verse 12 000 €.",
                &[(12, Whole)],
            ),
            ("De 2027 à 2029, Valmont apporte 36 000 €.", &[(36, Whole)]),
            ("36 000 € de 2027 à 2029", &[(36, Whole)]),
            ("en 2027 5 000 €", &[(5, Year(2027))]),
            ("12 000 {{date.fin}} €", &[]),
        ] {
            let wanted: Vec<_> = read_as
                .iter()
                .map(|(sum, span)| (sum * 100_000, *span))
                .collect();
            assert_eq!(read(paragraph), wanted, "{paragraph}");
        }
    }

    #[test]
    fn what_comes_each_year_or_by_parts_is_no_total() {
        for paragraph in [
            "Valmont apporte 6 000 € par an.",
            "Chaque année, Valmont apporte 6 000 €.",
            "6 000 euros annuels",
        ] {
            assert_eq!(read(paragraph), [(600_000, Span::EachYear)], "{paragraph}");
        }
        for paragraph in [
            "Un acompte de 6 000 € est versé.",
            "L’engagement annuel de la Communauté d’agglomération de Valmont est de 6 000 €.",
            "Le solde, soit 6 000 €, suit le rapport.",
            "Une première tranche de 6 000 €",
            "30 % de la subvention, soit 6 000 €",
            "6 000 € (30 %) à la signature",
            "6 000 € d’avance",
            "6 000 € par mission",
            "deux versements de 6 000 €",
            "6 000 € avant le 30 juin 2027",
            "6 000 € le 30/06/2027",
            "En 2027 et 2028, Valmont apporte 6 000 €.",
        ] {
            assert_eq!(read(paragraph), [(600_000, Span::Part)], "{paragraph}");
        }
    }
}
