//! Tables in text: cells between delimiters, some in quotes. What does not read for sure is told, never guessed.

use std::ops::Range;

use super::course::Course;
use super::decode::decode;
use super::value::years_in;
use super::{Book, Form, Grid, Refusal, Sheet, Value, Wish};
use crate::exchange::sheet::unguarded;

/// What may stand between two cells, the likeliest first.
pub const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];

/// How many records tell the delimiter.
const LOOKED_AT: usize = 200;

/// A quoted cell longer than this was never closed: what follows is not its contents.
const LONGEST_CELL: usize = 64 * 1024;

/// So many rows that are too short are told one by one.
const SHORT_TOLD: usize = 6;

/// So many quotes that never close make a file that cannot be read.
const MOST_BROKEN: usize = 100;

/// A cell of a record: where its text stands, and whether quotes in it are doubled.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    text: Range<usize>,
    doubled: bool,
}

/// One row as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Record {
    fields: Vec<Field>,
    /// A quote opens in it and closes nowhere.
    broken: bool,
}

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
            counted(
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
            counted(too_long, "ligne", "lignes")
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
            let count = several.len();
            format!("{count}\u{a0}lignes ont moins de cellules que les autres ({first}{more})")
        }
    };
    Some(format!("{told}\u{a0}: ce qui y manque est lu comme vide."))
}

/// « 3 lignes ».
fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number}\u{a0}{}", if number < 2 { one } else { many })
}

impl Field {
    fn read(&self, text: &str) -> String {
        let written = text.get(self.text.clone()).unwrap_or_default();
        if self.doubled {
            written.replace("\"\"", "\"")
        } else {
            written.to_owned()
        }
    }
}

impl Record {
    fn is_blank(&self, text: &str) -> bool {
        let blank = |field: &Field| {
            text.get(field.text.clone())
                .is_none_or(|it| it.trim().is_empty())
        };
        self.fields.iter().all(blank)
    }
}

/// The records of a text, one a line but for line breaks in quotes.
struct Records<'a> {
    text: &'a str,
    at: usize,
    delimiter: char,
    broken: usize,
}

impl<'a> Records<'a> {
    const fn new(text: &'a str, delimiter: char) -> Self {
        Self {
            text,
            at: 0,
            delimiter,
            broken: 0,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// A cell in quotes that closes before a delimiter or the end of the line; none otherwise.
    fn quoted(&mut self) -> Option<Field> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let reach = bytes.len().min(start + LONGEST_CELL);
        let mut at = start;
        let mut doubled = false;
        loop {
            let found = memchr::memchr(b'"', bytes.get(at..reach)?)?;
            at += found;
            if bytes.get(at + 1) == Some(&b'"') {
                doubled = true;
                at += 2;
                continue;
            }
            let after = self.text.get(at + 1..).unwrap_or_default();
            let closes = after.is_empty()
                || after.starts_with(['\r', '\n'])
                || after.starts_with(self.delimiter);
            if !closes {
                return None;
            }
            self.at = at + 1;
            return Some(Field {
                text: start..at,
                doubled,
            });
        }
    }

    fn plain(&mut self) -> Field {
        let start = self.at;
        let stop = |c: char| c == self.delimiter || c == '\n' || c == '\r';
        let length = self.rest().find(stop).unwrap_or(self.rest().len());
        self.at += length;
        Field {
            text: start..self.at,
            doubled: false,
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut record = Record::default();
        loop {
            let quoted = if self.rest().starts_with('"') {
                let quoted = self.quoted();
                if quoted.is_none() {
                    record.broken = true;
                    self.broken += 1;
                }
                quoted
            } else {
                None
            };
            let field = match quoted {
                Some(field) => field,
                None => self.plain(),
            };
            record.fields.push(field);

            let rest = self.rest();
            if rest.starts_with(self.delimiter) {
                self.at += self.delimiter.len_utf8();
                continue;
            }
            self.at += if rest.starts_with("\r\n") {
                2
            } else {
                rest.len().min(1)
            };
            return Some(record);
        }
    }
}

/// What joins again the amounts that an unprotected decimal comma cut in two.
struct Decimals {
    width: usize,
    /// Columns in which a row that reads in one way only has a decimal comma.
    seen: Vec<usize>,
}

enum Mended {
    AsItWas,
    Joined,
    Unclear,
}

impl Decimals {
    /// Only where cells stand between commas. The rows as wide as the table's head tell its width.
    fn of(text: &str, delimiter: char) -> Option<Self> {
        if delimiter != ',' {
            return None;
        }
        let says = |field: &Field| {
            let words = text.get(field.text.clone()).unwrap_or_default();
            words.chars().any(char::is_alphabetic) || !years_in(words).is_empty()
        };
        let filled = |record: &Record| record.fields.iter().filter(|field| says(field)).count();
        // Of two rows that say as much, the first.
        let head = Records::new(text, delimiter)
            .take(10)
            .reduce(|one, other| {
                if filled(&other) > filled(&one) {
                    other
                } else {
                    one
                }
            })
            .filter(|record| record.fields.len() > 1)?;
        let width = head.fields.len();
        let mut decimals = Self {
            width,
            seen: Vec::new(),
        };
        for record in Records::new(text, delimiter).take(5_000) {
            let cells: Vec<String> = record.fields.iter().map(|it| it.read(text)).collect();
            if let [only] = decimals.ways(&cells).as_slice() {
                for column in only {
                    if !decimals.seen.contains(column) {
                        decimals.seen.push(*column);
                    }
                }
            }
        }
        Some(decimals)
    }

    /// The columns to be joined with what follows them, in each way that gives the width; two ways are enough.
    fn ways(&self, cells: &[String]) -> Vec<Vec<usize>> {
        let filled = cells.iter().rposition(|cell| !cell.trim().is_empty());
        let length = filled.map_or(0, |last| last + 1);
        let Some(excess) = length
            .checked_sub(self.width)
            .filter(|it| *it > 0 && *it <= 12)
        else {
            return Vec::new();
        };
        let mut ways = Vec::new();
        self.search(
            cells.get(..length).unwrap_or_default(),
            0,
            excess,
            &mut Vec::new(),
            &mut ways,
        );
        ways
    }

    fn search(
        &self,
        cells: &[String],
        from: usize,
        excess: usize,
        chosen: &mut Vec<usize>,
        ways: &mut Vec<Vec<usize>>,
    ) {
        // The more there are, the less one of them can be told from the others.
        if ways.len() > 16 {
            return;
        }
        if excess == 0 {
            ways.push(
                (0..)
                    .zip(chosen.iter())
                    .map(|(before, at)| at - before)
                    .collect(),
            );
            return;
        }
        for at in from..cells.len().saturating_sub(1) {
            let halves = cells.get(at).zip(cells.get(at + 1));
            if halves.is_some_and(|(whole, part)| is_whole(whole) && is_part(part)) {
                chosen.push(at);
                self.search(cells, at + 2, excess - 1, chosen, ways);
                chosen.pop();
            }
        }
    }

    fn mend(&mut self, cells: &mut Vec<String>) -> Mended {
        let mut ways = self.ways(cells);
        if ways.len() > 1 {
            ways.retain(|way| way.iter().all(|column| self.seen.contains(column)));
        }
        let filled = cells.iter().rposition(|cell| !cell.trim().is_empty());
        match ways.as_slice() {
            [way] => {
                for column in way {
                    if let Some(part) = cells.get(column + 1).cloned() {
                        cells.remove(column + 1);
                        if let Some(whole) = cells.get_mut(*column) {
                            whole.push(',');
                            whole.push_str(part.trim());
                        }
                    }
                }
                Mended::Joined
            }
            _ if filled.is_some_and(|last| last >= self.width) => Mended::Unclear,
            _ => Mended::AsItWas,
        }
    }
}

/// « 12 345 », « -3 ».
fn is_whole(cell: &str) -> bool {
    let cell = cell.trim().trim_start_matches(['-', '−']);
    !cell.is_empty()
        && cell
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
}

/// « 67 », « 5 € »: what follows a decimal comma.
fn is_part(cell: &str) -> bool {
    let cell = cell.trim_start_matches('€');
    let figures = cell.trim().trim_end_matches('€').trim_end();
    (1..=2).contains(&figures.len())
        && figures.bytes().all(|it| it.is_ascii_digit())
        && !cell.starts_with(' ')
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
