//! Charts: what one shows, and the marks that draw it.
//!
//! A [`Chart`] is data: names, amounts, words. [`Chart::draw`] makes it a [`Drawing`]: polygons, lines and words on a
//! rectangle, that a canvas, an SVG file and a page all draw as they are. Each tone has a pattern of its own and each
//! part its words, so that nothing is told by colour alone; [`Chart::table`] says the same in figures, and
//! [`Chart::described`] in a sentence.
//!
//! It knows no budget and no window. Only additions, multiplications and divisions are used, so that a drawing is the
//! same on every machine.

mod columns;
mod geometry;
mod ring;
mod rows;
mod svg;
#[cfg(test)]
mod tests;

use geometry::hatched;

pub use svg::{on_paper, svg};

use crate::model::{Amount, Currency, Percentage};
use crate::reference::Reference;

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// « Budget par année et par financeur ».
    pub title: String,
    /// What must be known to read it: « dont 66 000 € valorisés en nature ».
    pub note: Option<String>,
    /// In which currency.
    pub currency: Currency,
    /// What it shows.
    pub kind: Kind,
}

/// What a chart shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A column a group, the parts of each series one on the other.
    Columns {
        /// Under the columns: the years.
        groups: Vec<String>,
        /// What each is made of; every series has an amount a group.
        series: Vec<Series>,
    },
    /// The parts of a whole.
    Ring(Vec<Part>),
    /// A line a thing: how much of it there is, and how far it has gone.
    Rows {
        /// What the whole length is called: « Prévu », « Plafond ».
        whole: String,
        /// What the parts along it are called, the longest first: « Engagé », « Payé ».
        steps: Vec<String>,
        /// The things.
        rows: Vec<RowOf>,
    },
}

/// A series of amounts.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One a group.
    pub amounts: Vec<Amount>,
    /// Its tone; those of the tone of [`OTHERS`] are drawn together.
    pub tone: usize,
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// How much.
    pub amount: Amount,
    /// Its tone; those of the tone of [`OTHERS`] are drawn together.
    pub tone: usize,
}

/// A thing and how far it has gone.
#[derive(Debug, Clone, PartialEq)]
pub struct RowOf {
    /// Its name.
    pub name: String,
    /// The whole; nothing while it is not known.
    pub whole: Option<Amount>,
    /// How far each step has gone, one a step.
    pub steps: Vec<Amount>,
    /// What is said at the end: « reste 20 000 € sur 52 000 € ».
    pub words: String,
    /// Whether the end of the whole is not to be passed, and is marked.
    pub bounded: bool,
}

/// A chart as marks, on a rectangle whose top left corner is (0, 0).
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// In pixels, or points.
    pub width: f64,
    /// In pixels, or points.
    pub height: f64,
    /// What is drawn, from back to front.
    pub marks: Vec<Mark>,
}

/// A place: across, down.
pub type Point = (f64, f64);

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A filled surface.
    Surface {
        /// Its corners.
        corners: Vec<Point>,
        /// Its colour.
        ink: Ink,
    },
    /// A straight line.
    Line {
        /// From here.
        from: Point,
        /// To there.
        to: Point,
        /// How wide.
        width: f64,
        /// Its colour.
        ink: Ink,
    },
    /// Words on one line.
    Words {
        /// The baseline, at the side that `align` says.
        at: Point,
        /// Which part of the words stands there.
        align: Align,
        /// The size of the letters.
        size: f64,
        /// Whether they are bold.
        bold: bool,
        /// The words.
        text: String,
        /// Their colour.
        ink: Ink,
    },
}

/// Which part of the words stands at their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Align {
    Start,
    Middle,
    End,
}

/// Colours, by use: each medium has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Words.
    Text,
    /// Words that accompany.
    Muted,
    /// Rules behind.
    Rule,
    /// What a chart stands on; patterns are cut into tones with it.
    Ground,
    /// A place that something may fill.
    Track,
    /// The tone of a series, from 0.
    Tone(usize),
}

/// How many tones there are.
pub const TONES: usize = 8;

/// The tone of what is not told apart, grey, whatever it is beside.
pub const OTHERS: usize = TONES - 1;

/// Tones on white, as red, green and blue: 3:1 or more with it.
pub const ON_LIGHT: [[u8; 3]; TONES] = [
    [0x2c, 0x3e, 0x9e],
    [0xb4, 0x50, 0x0f],
    [0x1b, 0x7a, 0x6b],
    [0x8a, 0x2c, 0x6b],
    [0x6b, 0x6b, 0x1a],
    [0x2f, 0x74, 0xa8],
    [0xa2, 0x3b, 0x3b],
    [0x5a, 0x5a, 0x66],
];

/// Tones on a dark ground: 3:1 or more with it.
pub const ON_DARK: [[u8; 3]; TONES] = [
    [0x93, 0xa4, 0xff],
    [0xf0, 0xa3, 0x5e],
    [0x5e, 0xc9, 0xb5],
    [0xe0, 0x8c, 0xc4],
    [0xc9, 0xc7, 0x5a],
    [0x7f, 0xc4, 0xf5],
    [0xf2, 0x8b, 0x82],
    [0xb0, 0xb0, 0xbc],
];

impl Chart {
    /// Draws it, `width` wide; its height follows.
    #[must_use]
    pub fn draw(&self, width: f64, reference: &Reference) -> Drawing {
        self.draw_for(width, 1.0, reference)
    }

    /// The same, where letters may be `wider` than ours by that much: nobody knows with which face it is read.
    fn draw_for(&self, width: f64, wider: f64, reference: &Reference) -> Drawing {
        let mut pen = Pen {
            chart: self,
            reference,
            wider,
            marks: Vec::new(),
        };
        let height = match &self.kind {
            Kind::Columns { groups, series } => pen.columns(width, groups, series),
            Kind::Ring(parts) => pen.ring(width, parts),
            Kind::Rows { whole, steps, rows } => pen.rows(width, whole, steps, rows),
        };
        Drawing {
            width,
            height,
            marks: pen.marks,
        }
    }

    /// Its title, and what must be known to read it.
    #[must_use]
    pub fn caption(&self) -> String {
        match &self.note {
            Some(note) => format!("{}, {note}", self.title),
            None => self.title.clone(),
        }
    }

    /// Whether there is anything to see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Columns { series, .. } => {
                let mut amounts = series.iter().flat_map(|it| &it.amounts);
                amounts.all(|amount| amount.0 <= 0)
            }
            Kind::Ring(parts) => parts.iter().all(|part| part.amount.0 <= 0),
            Kind::Rows { rows, .. } => rows
                .iter()
                .all(|row| row.reach() <= 0 && row.steps.iter().all(|it| it.0 <= 0)),
        }
    }

    /// The same in figures: a head, then rows; the first cell of each names it, and the last row of columns and rings is
    /// their total.
    #[must_use]
    pub fn table(&self, reference: &Reference) -> (Vec<String>, Vec<Vec<String>>) {
        let column = |amounts: Vec<Amount>| -> Vec<String> {
            let figures = alike(&amounts, &self.currency, reference);
            let told = figures.into_iter().zip(amounts);
            told.map(|(figures, amount)| match amount.is_zero() {
                true => NOTHING.to_owned(),
                false => figures,
            })
            .collect()
        };
        match &self.kind {
            Kind::Columns { groups, series } => {
                let mut head = vec![String::new()];
                head.extend(groups.iter().cloned());
                let of_group = |rank: usize| {
                    let amounts = series.iter().map(|it| it.amounts.get(rank).copied());
                    with_total(amounts.map(Option::unwrap_or_default))
                };
                // Rows may stand for columns: all tell their cents, once one has some.
                let all = column((0..groups.len()).flat_map(of_group).collect());
                let each = all.chunks(series.len() + 1);
                let columns: Vec<_> = each.map(<[String]>::to_vec).collect();
                let names = series.iter().map(|it| it.name.clone());
                (head, rows_of(names.chain([TOTAL.to_owned()]), &columns))
            }
            Kind::Ring(parts) => {
                let amounts = with_total(parts.iter().map(|it| it.amount));
                let whole = Percentage::of(Amount(1), Amount(1)).map(|it| it.to_string());
                let shares = shares(parts).into_iter().chain(whole).collect();
                let head = ["", "Montant", "Part"].map(str::to_owned).to_vec();
                let names = parts.iter().map(|it| it.name.clone());
                let names = names.chain([TOTAL.to_owned()]);
                (head, rows_of(names, &[column(amounts), shares]))
            }
            Kind::Rows { whole, steps, rows } => {
                let mut head = vec![String::new(), whole.clone()];
                head.extend(steps.iter().cloned());
                let of_whole = |amounts: Vec<Amount>| -> Vec<String> {
                    let figures = column(amounts).into_iter().zip(rows);
                    let told = figures.map(|(figures, row)| match row.whole {
                        Some(_) => figures,
                        None => UNKNOWN.to_owned(),
                    });
                    told.collect()
                };
                let wholes = rows.iter().map(|it| it.whole.unwrap_or_default());
                let mut columns = vec![of_whole(wholes.collect())];
                columns.extend((0..steps.len()).map(|rank| {
                    let amounts = rows.iter().map(|it| it.steps.get(rank).copied());
                    column(amounts.map(Option::unwrap_or_default).collect())
                }));
                if rows.iter().any(|it| it.bounded) {
                    head.push(LEFT.to_owned());
                    columns.push(of_whole(rows.iter().map(RowOf::left).collect()));
                }
                (
                    head,
                    rows_of(rows.iter().map(|it| it.name.clone()), &columns),
                )
            }
        }
    }

    /// What it shows, for those who do not see it: « Budget par année. 2027 : 72 400 € (Valmont 46 400 €, …) ; … ».
    #[must_use]
    pub fn described(&self, reference: &Reference) -> String {
        let said = |amount: Amount| reference.amount(amount, &self.currency);
        let told: Vec<String> = match &self.kind {
            Kind::Columns { groups, series } => groups
                .iter()
                .enumerate()
                .map(|(rank, group)| {
                    let of_group = |it: &Series| it.amounts.get(rank).copied().unwrap_or_default();
                    let total = series.iter().map(of_group).sum();
                    let parts: Vec<String> = series
                        .iter()
                        .filter(|it| !of_group(it).is_zero())
                        .map(|it| format!("{} {}", it.name, said(of_group(it))))
                        .collect();
                    format!("{group}\u{a0}: {} ({})", said(total), parts.join(", "))
                })
                .collect(),
            Kind::Ring(parts) => {
                let told = |(part, share): (&Part, String)| {
                    format!("{}\u{a0}: {}, {share}", part.name, said(part.amount))
                };
                parts.iter().zip(shares(parts)).map(told).collect()
            }
            Kind::Rows { rows, .. } => rows
                .iter()
                .map(|row| format!("{}\u{a0}: {}", row.name, row.words))
                .collect(),
        };
        format!("{}. {}.", self.caption(), told.join("\u{202f}; "))
    }
}

/// What those are called that are drawn together.
const TOGETHER: &str = "Autres";

/// The row of a table that adds the others up.
const TOTAL: &str = "Total";

/// The cell of what is not known, which zero would not say.
const UNKNOWN: &str = "inconnu";

/// The cell of nothing, as other tables have it.
const NOTHING: &str = "–";

/// The column of what is left of wholes that are not to be passed.
const LEFT: &str = "Reste";

impl RowOf {
    /// The whole, zero while it is not known.
    fn reach(&self) -> i64 {
        self.whole.unwrap_or_default().0
    }

    /// Whether the first step goes beyond the whole.
    fn is_passed(&self) -> bool {
        self.whole.is_some() && self.left() < Amount::ZERO
    }

    /// What of it the first step leaves; below nothing where it is passed.
    fn left(&self) -> Amount {
        self.whole.unwrap_or_default() - self.steps.first().copied().unwrap_or_default()
    }
}

/// Amounts, then what they add up to.
fn with_total(amounts: impl Iterator<Item = Amount>) -> Vec<Amount> {
    let mut all: Vec<Amount> = amounts.collect();
    all.push(all.iter().copied().sum());
    all
}

/// The figures of a column: each with its cents once one has some.
fn alike(amounts: &[Amount], currency: &Currency, reference: &Reference) -> Vec<String> {
    let has_cents = |amount: &Amount| reference.has_cents(*amount, currency);
    let cents = amounts.iter().any(has_cents);
    let figures = |amount: &Amount| reference.figures_in(cents, *amount, currency);
    amounts.iter().map(figures).collect()
}

/// The rows of a table, from the amounts of its columns.
fn rows_of(names: impl Iterator<Item = String>, columns: &[Vec<String>]) -> Vec<Vec<String>> {
    let row = |(rank, name): (usize, String)| {
        let cells = columns.iter().filter_map(|it| it.get(rank).cloned());
        std::iter::once(name).chain(cells).collect()
    };
    names.enumerate().map(row).collect()
}

/// What each part is of the whole: together they are 100 %.
fn shares(parts: &[Part]) -> Vec<String> {
    let amounts: Vec<Amount> = parts.iter().map(|it| it.amount).collect();
    let shares = Percentage::of_parts(&amounts).into_iter().zip(amounts);
    shares
        .map(|(share, amount)| share.of_part(amount))
        .collect()
}

/// What draws.
struct Pen<'a> {
    chart: &'a Chart,
    reference: &'a Reference,
    /// How much wider than ours letters may be.
    wider: f64,
    marks: Vec<Mark>,
}

impl Pen<'_> {
    fn figures(&self, amount: Amount) -> String {
        self.reference.figures(amount, &self.chart.currency)
    }

    /// Amounts above each other or side by side: each with its cents once one has some.
    fn alike(&self, amounts: &[Amount]) -> Vec<String> {
        alike(amounts, &self.chart.currency, self.reference)
    }

    fn words(&mut self, at: Point, align: Align, text: impl Into<String>, ink: Ink) {
        self.marks.push(Mark::Words {
            at,
            align,
            size: LETTERS,
            bold: false,
            text: text.into(),
            ink,
        });
    }

    fn bold(&mut self, at: Point, align: Align, text: impl Into<String>) {
        self.marks.push(Mark::Words {
            at,
            align,
            size: LETTERS,
            bold: true,
            text: text.into(),
            ink: Ink::Text,
        });
    }

    fn line(&mut self, from: Point, to: Point, width: f64, ink: Ink) {
        self.marks.push(Mark::Line {
            from,
            to,
            width,
            ink,
        });
    }

    fn surface(&mut self, corners: Vec<Point>, ink: Ink) {
        self.marks.push(Mark::Surface { corners, ink });
    }

    /// A surface in a tone, with its pattern.
    fn toned(&mut self, corners: Vec<Point>, tone: usize) {
        let lines = hatched(&corners, tone);
        self.surface(corners, Ink::Tone(tone % TONES));
        for (from, to) in lines {
            self.line(from, to, 1.4, Ink::Ground);
        }
    }

    /// What a tone is called, beside a piece of it.
    fn key(&mut self, at: Point, tone: usize, name: &str, room: f64) {
        self.toned(rectangle(at.0, at.1 - 10.0, 14.0, 12.0), tone);
        let name = self.shortened(name, room - 22.0);
        self.words((at.0 + 22.0, at.1), Align::Start, name, Ink::Text);
    }

    fn width_of(&self, text: &str) -> f64 {
        width_of(text, LETTERS * self.wider)
    }

    /// Words that stand in that width, cut with « … » where they do not.
    fn shortened(&self, text: &str, room: f64) -> String {
        if self.width_of(text) <= room {
            return text.to_owned();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while !kept.is_empty() {
            kept.pop();
            let shorter: String = kept.iter().collect();
            let shorter = format!("{}…", shorter.trim_end());
            if self.width_of(&shorter) <= room {
                return shorter;
            }
        }
        "…".to_owned()
    }
}

/// The size of letters.
const LETTERS: f64 = 13.0;

fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Vec<Point> {
    vec![
        (x, y),
        (x + width, y),
        (x + width, y + height),
        (x, y + height),
    ]
}

/// About how wide words are in letters of that size: the faces that draw them are not known here.
#[must_use]
pub fn width_of(text: &str, letters: f64) -> f64 {
    let width = |c: char| match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '\'' | '’' | '.' | ',' | ':' | ';' | 'I' => 0.32,
        ' ' | '\u{a0}' | '\u{202f}' | '-' | '(' | ')' => 0.28,
        'm' | 'w' | 'M' | 'W' | '%' | '—' | '…' => 0.86,
        c if c.is_ascii_digit() => 0.51,
        c if c.is_uppercase() => 0.62,
        _ => 0.53,
    };
    text.chars().map(width).sum::<f64>() * letters
}
