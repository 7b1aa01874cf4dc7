//! Where a table begins, and which of its rows say something: titles above it, heads over several lines, totals among
//! the rows, heads that each printed page repeats.

use std::ops::Range;

use super::value::years_in;
use super::{Grid, Value};
use crate::model::fold;

/// How far down heads are looked for.
const LOOKED_AT: usize = 30;

/// The most lines that heads take.
const TALLEST: usize = 3;

/// How a sheet is laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The rows of the grid that hold the heads.
    pub heads: Range<usize>,
    /// The head of each column; empty where it has none.
    pub columns: Vec<String>,
    /// The rows of the grid that say something.
    pub rows: Vec<usize>,
    /// The rows that do not, and why.
    pub aside: Vec<(usize, Aside)>,
}

/// Why a row is not one of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// It adds up others.
    Total,
    /// It says the heads again.
    Heads,
    /// It stands above the heads.
    Above,
}

impl Layout {
    /// The layout that fits the heads best. `known` says how well a head is known: 0 when it is not.
    #[must_use]
    pub fn guess(grid: &Grid, known: impl Fn(&str) -> u32) -> Self {
        let mut best = (0, 0..0);
        let merged = |row: &usize| {
            grid.length(*row) > 1 && is_title(grid, *row) && !grid.value(*row, 1).is_empty()
        };
        for first in (0..grid.height().min(LOOKED_AT)).filter(|row| !merged(row)) {
            for height in 1..=TALLEST.min(grid.height() - first) {
                let heads = first..first + height;
                if height > 1 && (is_title(grid, first) || !is_head_line(grid, first + height - 1))
                {
                    break;
                }
                // A merged head says no more for standing over several columns.
                let mut said = joined(grid, &heads);
                said.sort_unstable();
                said.dedup();
                let score: u32 = said.iter().map(|head| known(head)).sum();
                if score > best.0 {
                    best = (score, heads);
                }
            }
        }
        // Of a table whose heads say nothing to us, the first row with several texts is the head.
        let heads = if best.0 > 0 {
            let Range { start, mut end } = best.1;
            while end < start + TALLEST && goes_on(grid, start..end, &known) {
                end += 1;
            }
            start..end
        } else {
            let wide = |row: &usize| {
                grid.values(*row)
                    .filter(|it| matches!(it, Value::Text(_)))
                    .count()
                    > 1
            };
            let first = (0..grid.height().min(LOOKED_AT)).find(wide).unwrap_or(0);
            first..(first + 1).min(grid.height())
        };
        Self::at(grid, heads)
    }

    /// The layout whose heads are those rows.
    #[must_use]
    pub fn at(grid: &Grid, heads: Range<usize>) -> Self {
        let columns = joined(grid, &heads);
        let mut layout = Self {
            columns,
            ..Self::default()
        };
        for row in 0..grid.height() {
            if heads.contains(&row) {
                continue;
            }
            let aside = if row < heads.start {
                Some(Aside::Above)
            } else if is_total(grid, row) {
                Some(Aside::Total)
            } else if repeats(grid, row, &heads) {
                Some(Aside::Heads)
            } else {
                None
            };
            match aside {
                Some(why) => layout.aside.push((row, why)),
                None => layout.rows.push(row),
            }
        }
        layout.heads = heads;
        layout
    }
}

/// The head of each column: its lines one after the other, a line that stands over several columns in each of them.
fn joined(grid: &Grid, heads: &Range<usize>) -> Vec<String> {
    let last = heads.end.saturating_sub(1);
    (0..grid.width())
        .map(|column| {
            let mut words: Vec<String> = Vec::new();
            for row in heads.clone() {
                let mut value = grid.value(row, column);
                // Only what stands above another line reaches over the columns to its right.
                if row < last && value.is_empty() && !grid.value(last, column).is_empty() {
                    let mut before = (0..column).rev().map(|left| grid.value(row, left));
                    value = before.find(|it| !it.is_empty()).unwrap_or_default();
                }
                let said = value.shown();
                if !said.is_empty() && words.last() != Some(&said) {
                    words.push(said);
                }
            }
            words.join(" ")
        })
        .collect()
}

/// Whether all that a row says stands at its left, over the whole table where cells are merged: its title, « Budget 2027 ».
fn is_title(grid: &Grid, row: usize) -> bool {
    let title = grid.value(row, 0);
    let others = || grid.values(row).skip(1);
    !title.is_empty() && others().all(|it| it.is_empty() || it == title)
}

/// Whether a row may be a line of heads: texts and years, no other figure.
fn is_head_line(grid: &Grid, row: usize) -> bool {
    let mut texts = 0;
    for value in grid.values(row) {
        match value {
            Value::Empty => {}
            Value::Day(_) => return false,
            Value::Number(number) | Value::Counted(number, _) => {
                if !(1900.0..=2200.0).contains(&number) || number.fract() != 0.0 {
                    return false;
                }
                texts += 1;
            }
            Value::Text(text) => {
                let has_figures = text.bytes().any(|byte| byte.is_ascii_digit());
                let letters = text.chars().filter(|c| c.is_alphabetic()).count();
                if has_figures && letters < 3 && years_in(text).is_empty() {
                    return false;
                }
                texts += 1;
            }
        }
    }
    texts > 0
}

/// Whether the row below heads goes on with them, « mandat ; émission ; TTC » under « N° ; Date ; Montant »: it says words
/// where several columns hold figures below it, no figure anywhere, and a head that was not known is known by it; or it
/// says words above figures alone, which no row of the table does.
fn goes_on(grid: &Grid, heads: Range<usize>, known: impl Fn(&str) -> u32) -> bool {
    const FEW: usize = 20;
    let has_figure = |value: Value<'_>| match value {
        Value::Empty => false,
        Value::Number(_) | Value::Counted(..) | Value::Day(_) => true,
        Value::Text(text) => text.bytes().any(|byte| byte.is_ascii_digit()),
    };
    let row = heads.end;
    if row >= grid.height() || !is_head_line(grid, row) || grid.values(row).any(has_figure) {
        return false;
    }
    let below = row + 1..grid.height().min(row + 1 + FEW);
    let holds_figures = |column: &usize| {
        let figures = below
            .clone()
            .filter(|row| has_figure(grid.value(*row, *column)));
        figures.count() * 2 > below.len()
    };
    let says_words = |column: &usize| !grid.value(row, *column).is_empty();
    let words = (0..grid.width()).filter(says_words);
    let over_figures = words.clone().filter(holds_figures).count();
    // « prévu », « en € », under each year and nowhere else.
    let is_alone = over_figures > 1 && grid.value(row, 0).is_empty() && {
        let holds_any = |column: &usize| {
            below
                .clone()
                .any(|row| has_figure(grid.value(row, *column)))
        };
        words.clone().all(|column| holds_any(&column))
    };
    let (before, after) = (joined(grid, &heads), joined(grid, &(heads.start..row + 1)));
    let mut both = before.iter().zip(&after);
    let is_known_by_it = both.any(|(before, after)| known(before) == 0 && known(after) > 0);
    is_alone || over_figures > 1 && is_known_by_it
}

/// « Total », « Sous-total 2027 » with figures and no other words.
fn is_total(grid: &Grid, row: usize) -> bool {
    let mut label = None;
    let (mut figures, mut other_words) = (0, 0);
    for value in grid.values(row) {
        match value {
            Value::Empty => {}
            Value::Number(_) | Value::Counted(..) | Value::Day(_) => figures += 1,
            Value::Text(text) => {
                let is_figure = text.bytes().any(|byte| byte.is_ascii_digit())
                    && text.chars().filter(|c| c.is_alphabetic()).count() <= 3;
                match &label {
                    _ if is_figure => figures += 1,
                    None => label = Some(fold(text)),
                    // A merged cell says its text in each of its columns.
                    Some(first) if *first == fold(text) => {}
                    Some(_) => other_words += 1,
                }
            }
        }
    }
    let Some(label) = label else {
        return false;
    };
    const WORDS: [&str; 8] = [
        "total",
        "totaux",
        "sous total",
        "sous totaux",
        "total general",
        "grand total",
        "subtotal",
        "sub total",
    ];
    if WORDS.contains(&label.as_str()) {
        return true;
    }
    // A département has that name.
    if label == "somme" {
        return figures > 0 && other_words == 0;
    }
    let begins = [
        "total ",
        "totaux ",
        "sous total ",
        "subtotal ",
        "total des ",
        "ensemble ",
    ];
    begins.iter().any(|begin| label.starts_with(begin)) && figures > 0 && other_words == 0
}

/// Whether a row says again what the last line of the heads says.
fn repeats(grid: &Grid, row: usize, heads: &Range<usize>) -> bool {
    let filled = grid.values(row).filter(|value| !value.is_empty()).count();
    filled > 1
        && heads.clone().any(|head| {
            grid.length(head) == grid.length(row) && grid.values(head).eq(grid.values(row))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        let mut grid = Grid::default();
        for (line, row) in text.lines().enumerate() {
            grid.push(line + 1, row.split('|').map(Value::typed))
                .unwrap();
        }
        grid
    }

    fn known(head: &str) -> u32 {
        let folded = fold(head);
        if ["poste", "montant", "nom", "pays"].contains(&folded.as_str()) {
            6
        } else if years_in(head).len() == 1 {
            4
        } else {
            u32::from(folded.contains("nom"))
        }
    }

    #[test]
    fn what_stands_above_and_what_adds_up_are_set_aside() {
        let grid = grid(
            "Jumelages de Valmont\n\nNom|Pays|Montant\nThiès|Sénégal|100\nTotal||100\nNom|Pays|Montant\nTotal Énergies|France|3\nHué|Viêt Nam|2\nTotal général|200|",
        );
        let layout = Layout::guess(&grid, known);
        assert_eq!(layout.columns, ["Nom", "Pays", "Montant"]);
        let names: Vec<_> = layout
            .rows
            .iter()
            .map(|row| grid.value(*row, 0).shown())
            .collect();
        assert_eq!(names, ["Thiès", "Total Énergies", "Hué"]);
        let aside: Vec<_> = layout
            .aside
            .iter()
            .map(|(row, why)| (grid.line(*row), *why))
            .collect();
        assert_eq!(
            aside,
            [
                (1, Aside::Above),
                (5, Aside::Total),
                (6, Aside::Heads),
                (9, Aside::Total)
            ]
        );
    }

    #[test]
    fn the_department_of_the_somme_is_no_total() {
        let one = |row: &str| is_total(&grid(row), 0);
        assert!(!one("Somme|France|570000"));
        assert!(!one("Somme|France"));
        assert!(one("Somme||570000") && one("Total|Toutes villes"));
    }

    #[test]
    fn heads_go_on_over_the_lines_that_say_words_where_figures_are() {
        let known = |head: &str| {
            u32::from(["N° mandat", "Date", "Libellé", "Engagé", "Mandaté"].contains(&head))
        };
        let rows = "1201|15/02/2026|F12|Eaux|12,00|12,00\n1202|16/02/2026|F13|Élan|3,00|3,00";
        let heads = "Pièce||Tiers||Montants|\nN°|Date|Code|Libellé|Engagé|Mandaté";
        let below = "mandat|émission|tiers|tiers|TTC|TTC";
        let layout = Layout::guess(&grid(&format!("{heads}\n{below}\n{rows}")), known);
        assert_eq!(layout.heads, 1..3);
        assert_eq!(
            layout.columns,
            [
                "N° mandat",
                "Date émission",
                "Code tiers",
                "Libellé tiers",
                "Engagé TTC",
                "Mandaté TTC"
            ]
        );
        assert_eq!(layout.rows, [3, 4]);

        // A row that tells no head, or says words over no figures, is one of the table, whatever is wrong with it.
        let wrong = "douze|hier|Eaux|Eaux|cent|cent";
        let layout = Layout::guess(&grid(&format!("{heads}\n{wrong}\n{rows}")), known);
        assert_eq!((layout.heads, layout.rows.len()), (1..2, 3));
        let names = Layout::guess(
            &grid("Nom|Pays\nThiès|Sénégal\nHué|Viêt Nam"),
            super::tests::known,
        );
        assert_eq!(names.heads, 0..1);
    }

    #[test]
    fn heads_over_two_lines_are_joined() {
        let grid = grid("Poste|2027||2028|\n|Valmont|MEAE|Valmont|MEAE\nMissions|1|2|3|4\n");
        let layout = Layout::guess(&grid, known);
        assert_eq!(layout.heads, 0..2);
        assert_eq!(
            layout.columns,
            [
                "Poste",
                "2027 Valmont",
                "2027 MEAE",
                "2028 Valmont",
                "2028 MEAE"
            ]
        );
        assert_eq!(layout.rows.len(), 1);
    }

    #[test]
    fn a_title_that_names_a_year_is_no_line_of_heads() {
        for title in ["Budget 2027||", "Budget 2027|Budget 2027|Budget 2027"] {
            let grid = grid(&format!("{title}\nPoste|Valmont|MEAE\nMissions|1|2\n"));
            let layout = Layout::guess(&grid, known);
            assert_eq!(layout.columns, ["Poste", "Valmont", "MEAE"], "{title}");
        }
    }

    #[test]
    fn heads_that_say_nothing_to_us_still_are_heads() {
        let grid = grid("Liste\nAlpha|Bêta\n1|2\n");
        assert_eq!(Layout::guess(&grid, |_| 0).columns, ["Alpha", "Bêta"]);
    }

    #[test]
    fn a_line_that_says_words_over_figures_alone_is_the_last_of_the_heads() {
        let merged = "Montant|Montant|2027|2027|2028|2028\nPoste|Nom|Valmont|MEAE|Valmont|MEAE\n\
            ||prévu|prévu|prévu|prévu\nTravaux|Forage|1000|500|200|\nÉtudes|Diag|50|50||3";
        let layout = Layout::guess(&grid(merged), known);
        assert_eq!(layout.heads, 0..3);
        assert_eq!(layout.columns[3], "2027 MEAE prévu");
        assert_eq!(layout.rows.len(), 2);
        // A row whose amounts are not there yet is a row.
        let waits = "Poste|2027|2028\nTravaux|à voir|à voir\nÉtudes|50|60\nForage|50|60";
        assert_eq!(Layout::guess(&grid(waits), known).rows.len(), 3);
    }
}
