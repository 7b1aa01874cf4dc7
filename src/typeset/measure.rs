//! Lengths, and the few numbers that give the pages their look.
//!
//! Everything is an integer in 1/65536 of a point; the whole style of a document (sizes, leadings, margins,
//! greys) stands here and nowhere else in the typesetter.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use crate::document::{Paper, Rgb};

use super::pages::Length;

impl Length {
    /// No length at all.
    pub const ZERO: Self = Self(0);
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, factor: i64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<i64> for Length {
    type Output = Self;
    fn div(self, divisor: i64) -> Self {
        Self(self.0 / divisor)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

/// So many points.
pub(super) const fn pt(points: i64) -> Length {
    Length(points * 65536)
}

/// So many hundredths of a point.
pub(super) const fn centipoints(hundredths: i64) -> Length {
    Length(hundredths * 65536 / 100)
}

/// So many tenths of a millimetre.
pub(super) const fn tenths_of_mm(tenths: i64) -> Length {
    Length(tenths * 65536 * 72 / 254)
}

/// The serif of running text or the sans serif of headings and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Serif,
    Sans,
}

/// How the letters of a kind of text look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TextStyle {
    pub family: Family,
    pub size: Length,
    pub leading: Length,
    pub bold: bool,
    pub italic: bool,
    pub color: Rgb,
    /// Whether words may be cut; never in a title.
    pub hyphenate: bool,
    /// Whether all figures are as wide as each other.
    pub tabular: bool,
}

pub(super) const BLACK: Rgb = Rgb(0, 0, 0);
/// Subtitles, running lines and mentions: 7.5 to 1 on white, above the 4.5 that WCAG 2 wants.
pub(super) const GREY: Rgb = Rgb(84, 84, 84);
/// Hairlines between rows.
pub(super) const PALE: Rgb = Rgb(190, 190, 196);
/// The watermark: there, and never in the way of reading.
pub(super) const FAINT: Rgb = Rgb(238, 239, 244);

const fn style(family: Family, size: i64, leading: i64) -> TextStyle {
    TextStyle {
        family,
        size: centipoints(size),
        leading: centipoints(leading),
        bold: false,
        italic: false,
        color: BLACK,
        hyphenate: false,
        tabular: false,
    }
}

pub(super) const BODY: TextStyle = TextStyle {
    hyphenate: true,
    ..style(Family::Serif, 1050, 1425)
};
pub(super) const TITLE: TextStyle = TextStyle {
    bold: true,
    ..style(Family::Sans, 1750, 2250)
};
pub(super) const SUBTITLE: TextStyle = TextStyle {
    color: GREY,
    ..style(Family::Sans, 1175, 1650)
};
pub(super) const CELL: TextStyle = TextStyle {
    tabular: true,
    ..style(Family::Sans, 900, 1200)
};
pub(super) const CAPTION: TextStyle = TextStyle {
    bold: true,
    ..style(Family::Sans, 950, 1300)
};
pub(super) const NOTE: TextStyle = TextStyle {
    hyphenate: true,
    ..style(Family::Serif, 875, 1125)
};
pub(super) const RUNNING: TextStyle = TextStyle {
    color: GREY,
    ..style(Family::Sans, 825, 1100)
};
pub(super) const LINE_NUMBER: TextStyle = TextStyle {
    color: GREY,
    ..style(Family::Sans, 650, 900)
};
pub(super) const MENTION: TextStyle = TextStyle {
    color: GREY,
    italic: true,
    ..style(Family::Sans, 850, 1150)
};

/// The look of a heading of this level, from 1.
pub(super) const fn heading(level: u8) -> TextStyle {
    let look = match level {
        0 | 1 => style(Family::Sans, 1150, 1500),
        2 => style(Family::Sans, 1075, 1425),
        _ => style(Family::Sans, 1000, 1375),
    };
    TextStyle {
        bold: true,
        italic: level > 3,
        ..look
    }
}

/// Space above a heading of this level, then below it.
pub(super) const fn heading_gaps(level: u8) -> (Length, Length) {
    match level {
        0 | 1 => (centipoints(1500), centipoints(400)),
        2 => (centipoints(1100), centipoints(300)),
        _ => (centipoints(900), centipoints(200)),
    }
}

/// Space between two paragraphs.
pub(super) const PARAGRAPH_GAP: Length = centipoints(600);
/// How far the lines of a visa after the first are set in.
pub(super) const HANGING: Length = centipoints(1350);
/// How far the text of a list stands from its label's left.
pub(super) const LIST_INDENT: Length = centipoints(1700);
/// Text is not set in columns narrower than this, but for the cells of tables.
pub(super) const NARROWEST: Length = pt(90);
/// Between the text of a cell and the sides of the cell.
pub(super) const CELL_PADDING: Length = centipoints(550);
/// Between the text of a cell and its top.
pub(super) const CELL_ABOVE: Length = centipoints(375);
/// Between two columns: paired languages, signatures.
pub(super) const GUTTER: Length = centipoints(2200);
/// The finest rule.
pub(super) const HAIRLINE: Length = centipoints(40);
/// The rule under the head of a table and above its total.
pub(super) const RULE: Length = centipoints(75);

/// The sheet and the area of the text on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    pub width: Length,
    pub height: Length,
    pub left: Length,
    pub top: Length,
    /// Width of the text.
    pub measure: Length,
    /// Where the text ends.
    pub bottom: Length,
    /// The baseline of the running line at the top.
    pub header: Length,
    /// The baseline of the running line at the foot.
    pub footer: Length,
}

impl Sheet {
    pub fn of(paper: Paper) -> Self {
        let (width, height) = match paper {
            Paper::A4 => (tenths_of_mm(2100), tenths_of_mm(2970)),
            Paper::Letter => (pt(612), pt(792)),
        };
        let margin = tenths_of_mm(250);
        Self {
            width,
            height,
            left: margin,
            top: tenths_of_mm(250),
            measure: width - margin * 2,
            bottom: height - tenths_of_mm(240),
            header: tenths_of_mm(125),
            footer: height - tenths_of_mm(120),
        }
    }

    /// Height of the text on a full page.
    pub fn depth(&self) -> Length {
        self.bottom - self.top
    }
}
