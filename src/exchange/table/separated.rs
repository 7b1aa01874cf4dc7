//! Tables in text: cells between delimiters, some in quotes. What does not read for sure is told, never guessed.

mod decimals;
mod records;

use self::decimals::{Decimals, Mended};
use self::records::Records;
use super::course::Course;
use super::decode::decode;
use super::{Book, Form, Grid, Refusal, Sheet, Value, Wish};
use crate::exchange::sheet::unguarded;
use crate::model::count;

/// What may stand between two cells, the likeliest first.
pub const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];

/// How many records tell the delimiter.
const LOOKED_AT: usize = 200;

/// So many rows that are too short are told one by one.
const SHORT_TOLD: usize = 6;

/// So many quotes that never close make a file that cannot be read.
const MOST_BROKEN: usize = 100;

pub(super) fn read(bytes: &[u8], wish: Wish, course: &mut Course<'_>) -> Result<Book, Refusal> {
    let (text, written) = decode(bytes, wish.encoding);
    // A file that is not text is full of what no text has.
    let odd = text
        .chars()
        .take(4_000)
        .filter(|c| c.is_control() && !c.is_whitespace());
    if odd.count() > 40 {
        return Err(Refusal::NotATable);
    }
    let (text, told) = without_excel_hint(&text);
    let delimiter = wish.delimiter.or(told).unwrap_or_else(|| guess(text));
    let mut sheet = read_rows(text, delimiter, course)?;
    if written.lost > 0 {
        sheet.remarks.push(format!(
            "{}\u{a0}: choisissez un autre codage s’ils manquent au sens.",
            count(
                written.lost,
                "caractère n’a pas pu être lu",
                "caractères n’ont pas pu être lus"
            )
        ));
    }
    Ok(Book {
        form: Form::Text { written, delimiter },
        sheets: vec![sheet],
    })
}

/// Excel writes `sep=;` on the first line of some files.
fn without_excel_hint(text: &str) -> (&str, Option<char>) {
    let hint = text.get(..4).filter(|it| it.eq_ignore_ascii_case("sep="));
    let Some((delimiter, rest)) = hint.and(text.get(4..)).and_then(|rest| {
        let delimiter = rest.chars().next()?;
        let rest = rest.get(delimiter.len_utf8()..)?;
        rest.starts_with(['\r', '\n']).then_some((delimiter, rest))
    }) else {
        return (text, None);
    };
    (rest, Some(delimiter))
}

/// The delimiter that cuts most records into as many cells as their neighbours, and into more than one.
fn guess(text: &str) -> char {
    let score = |delimiter: char| {
        let mut lengths: Vec<usize> = Records::new(text, delimiter)
            .filter(|record| record.fields.len() > 1 || !record.is_blank(text))
            .take(LOOKED_AT)
            .map(|record| record.fields.len())
            .collect();
        lengths.sort_unstable();
        let common = lengths
            .chunk_by(|one, other| one == other)
            .filter_map(|same| Some((same.len(), *same.first()?)))
            .max();
        match common {
            Some((records, cells)) if cells > 1 => (records * 100 / lengths.len().max(1), cells),
            _ => (0, 0),
        }
    };
    let mut best = (DELIMITERS[0], (0, 0));
    for delimiter in DELIMITERS {
        let score = score(delimiter);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

fn read_rows(text: &str, delimiter: char, course: &mut Course<'_>) -> Result<Sheet, Refusal> {
    let mut records = Records::new(text, delimiter);
    let mut sheet = Sheet::default();
    let mut grid = Grid::default();
    let mut decimals = Decimals::of(text, delimiter);
    let mut too_long = 0_usize;
    let mut lengths: Vec<(usize, usize)> = Vec::new();

    for line in 1.. {
        let Some(record) = records.next() else {
            break;
        };
        course.reach((0, 100), records.at as u64, text.len() as u64)?;
        if records.broken > MOST_BROKEN {
            return Err(Refusal::Quotes);
        }
        let mut cells: Vec<String> = record.fields.iter().map(|field| field.read(text)).collect();
        let mut doubt = record
            .broken
            .then(|| "un guillemet s’ouvre dans cette ligne et ne se ferme nulle part".to_owned());
        if doubt.is_none()
            && let Some(decimals) = &mut decimals
        {
            match decimals.mend(&mut cells) {
                Mended::AsItWas => {}
                Mended::Joined => too_long += 1,
                Mended::Unclear => {
                    doubt = Some(
                        "cette ligne a plus de cellules que de titres\u{a0}: une virgule \
                             décimale n’y est pas protégée par des guillemets"
                            .to_owned(),
                    );
                }
            }
        }
        let before = grid.height();
        let length = cells.len();
        grid.push(line, cells.iter().map(|cell| Value::typed(unguarded(cell))))?;
        if grid.height() > before {
            lengths.push((line, length));
            if let Some(doubt) = doubt {
                sheet.doubtful.insert(before, doubt);
            }
        }
    }

    if too_long > 0 {
        sheet.remarks.push(format!(
            "Des virgules décimales sans guillemets coupaient {}\u{a0}: elles ont été recollées.",
            count(too_long, "ligne", "lignes")
        ));
    }
    sheet.remarks.extend(short_rows(&lengths));
    sheet.grid = grid.whole()?;
    Ok(sheet)
}

/// Which rows end before the others, once those have begun: titles above a table may be as short as they like. Each is its
/// line and how many cells it has.
fn short_rows(lengths: &[(usize, usize)]) -> Option<String> {
    let mut sorted: Vec<usize> = lengths.iter().map(|(_, length)| *length).collect();
    sorted.sort_unstable();
    let same = sorted.chunk_by(|one, other| one == other);
    let (_, usual) = same
        .filter_map(|same| Some((same.len(), *same.first()?)))
        .max()?;
    let rows = lengths.iter().skip_while(|(_, length)| *length < usual);
    let short: Vec<String> = rows
        .filter(|(_, length)| *length < usual)
        .map(|(line, _)| line.to_string())
        .collect();
    let told = match short.as_slice() {
        [] => return None,
        [one] => format!("La ligne {one} a moins de cellules que les autres"),
        several => {
            let first = several.get(..SHORT_TOLD).unwrap_or(several).join(", ");
            let more = if several.len() > SHORT_TOLD {
                "…"
            } else {
                ""
            };
            let lines = count(several.len(), "ligne a", "lignes ont");
            format!("{lines} moins de cellules que les autres ({first}{more})")
        }
    };
    Some(format!("{told}\u{a0}: ce qui y manque est lu comme vide."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read(text.as_bytes(), Wish::default(), &mut Course::of(&()))
            .unwrap()
            .sheets
            .remove(0)
    }

    fn rows(sheet: &Sheet) -> Vec<Vec<String>> {
        (0..sheet.grid.height())
            .map(|row| sheet.grid.values(row).map(Value::shown).collect())
            .collect()
    }

    #[test]
    fn every_delimiter_is_recognised() {
        for delimiter in DELIMITERS {
            let text = "nom;pays;habitants\nThiès;Sénégal;317 763\nHué;Viêt Nam;1 134 310\n"
                .replace(';', &delimiter.to_string());
            let book = read(text.as_bytes(), Wish::default(), &mut Course::of(&())).unwrap();
            assert!(matches!(book.form, Form::Text { delimiter: found, .. } if found == delimiter));
            assert_eq!(rows(&book.sheets[0])[1], ["Thiès", "Sénégal", "317 763"]);
        }
    }

    #[test]
    fn a_title_above_and_amounts_with_commas_do_not_mislead() {
        let text =
            "Partenaires, au 3 février 2027\n\nnom;montant\nThiès;12,5\nHué;1 000,25\nAného;3,00\n";
        let sheet = sheet(text);
        assert_eq!(rows(&sheet)[2], ["Thiès", "12,5"]);
        assert_eq!(sheet.grid.line(1), 3);
    }

    #[test]
    fn quotes_hold_delimiters_breaks_and_quotes() {
        let sheet =
            sheet("nom;objet\r\n\"Thiès\";\"eau ; \"\"puits\"\"\r\net forage\"\r\nHué;x\r\n");
        assert_eq!(rows(&sheet)[1], ["Thiès", "eau ; \"puits\"\net forage"]);
        assert_eq!(rows(&sheet)[2], ["Hué", "x"]);
        assert!(sheet.doubtful.is_empty());
    }

    #[test]
    fn a_quote_never_closed_spoils_its_row_only() {
        let sheet = sheet("nom;objet\n\"Thiès;eau\nHué;\"puits\"\nAného;x\n");
        assert_eq!(rows(&sheet)[1], ["\"Thiès", "eau"]);
        assert_eq!(rows(&sheet)[2], ["Hué", "puits"]);
        assert_eq!(sheet.doubtful.keys().collect::<Vec<_>>(), [&1]);

        let all = "\"a;b\n".repeat(5_000);
        assert_eq!(
            read(all.as_bytes(), Wish::default(), &mut Course::of(&())).unwrap_err(),
            Refusal::Quotes
        );
    }

    #[test]
    fn a_row_too_short_is_read_and_told() {
        let short =
            sheet("Nos jumelages\n\nnom;pays;habitants\nThiès;Sénégal;12\nHué\nAného;Togo;3\n");
        assert_eq!(rows(&short)[3], ["Hué"]);
        assert_eq!(
            short.remarks,
            [
                "La ligne 5 a moins de cellules que les autres\u{a0}: ce qui y manque est lu comme vide."
            ]
        );
        let many = sheet(&format!("a;b\n1;2\n3;4\n{}", "5\n6;7\n".repeat(9)));
        assert!(many.remarks[0].starts_with(
            "9\u{a0}lignes ont moins de cellules que les autres (4, 6, 8, 10, 12, 14…)"
        ));
        assert!(sheet("a;b\n1;2\n;\n\n3;4\n").remarks.is_empty());
    }

    #[test]
    fn decimal_commas_between_commas_are_joined_or_doubted() {
        let mended = sheet("nom,montant,pays\nThiès,12500,50,Sénégal\nHué,3,Viêt Nam\n");
        assert_eq!(rows(&mended)[1], ["Thiès", "12500,50", "Sénégal"]);
        assert_eq!(rows(&mended)[2], ["Hué", "3", "Viêt Nam"]);
        assert!(
            mended.remarks[0].contains("recollées"),
            "{:?}",
            mended.remarks
        );
        assert!(mended.doubtful.is_empty());

        let unclear = sheet("nom,2027,2028\nThiès,100,50,75\n");
        assert_eq!(unclear.doubtful.keys().collect::<Vec<_>>(), [&1]);

        let learnt = sheet("nom,2027,2028\nThiès,100,50,75\nHué,100,50,750\n");
        assert_eq!(
            rows(&learnt)[1],
            ["Thiès", "100,50", "75"],
            "the other row tells"
        );
    }

    #[test]
    fn excel_says_its_delimiter() {
        assert_eq!(rows(&sheet("sep=|\nnom|a;b\nx|y;z\n"))[1], ["x", "y;z"]);
    }
}
