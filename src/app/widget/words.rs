//! Words on a given number of lines: what does not fit is left out, and « … » says so. Some of them can stand out.
//!
//! iced 0.14 cuts a text where its container ends, in the middle of a word and without a sign.

use std::borrow::Cow;
use std::ops::Range;

use iced::advanced::text::{
    self, Alignment, Difference, Hit, LineHeight, Paragraph as _, Shaping, Span, Text, Wrapping,
};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::{
    Color, Element, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme, alignment,
};

use crate::app::fonts::{SANS, STRONG};

/// See the module.
pub struct Words<'a> {
    content: Cow<'a, str>,
    touched: Cow<'a, [Range<usize>]>,
    look: Look,
    color: Option<Color>,
    width: Length,
    is_aside: bool,
}

/// All that decides where words stand.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    size: f32,
    leading: f32,
    font: Font,
    lines: usize,
    /// The ink of what stands out.
    touched: Option<Color>,
}

/// Those words on one line, as running text.
pub fn words<'a>(content: impl Into<Cow<'a, str>>) -> Words<'a> {
    Words {
        content: content.into(),
        touched: Cow::Borrowed(&[]),
        look: Look {
            size: 15.0,
            leading: 19.5,
            font: SANS,
            lines: 1,
            touched: None,
        },
        color: None,
        width: Length::Shrink,
        is_aside: false,
    }
}

impl<'a> Words<'a> {
    /// On at most that many lines.
    #[must_use]
    pub const fn lines(mut self, lines: usize) -> Self {
        self.look.lines = lines;
        self
    }

    /// Of that size, in pixels.
    #[must_use]
    pub fn size(mut self, size: f32) -> Self {
        self.look.size = size;
        self.look.leading = size * 1.3;
        self
    }

    /// With lines that far from each other, in pixels.
    #[must_use]
    pub const fn leading(mut self, leading: f32) -> Self {
        self.look.leading = leading;
        self
    }

    /// In that face.
    #[must_use]
    pub const fn font(mut self, font: Font) -> Self {
        self.look.font = font;
        self
    }

    /// In that ink.
    #[must_use]
    pub const fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }

    /// As wide as that.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// Those stretches stand out, in that ink: what a search touches.
    #[must_use]
    pub fn touched(mut self, touched: impl Into<Cow<'a, [Range<usize>]>>, ink: Color) -> Self {
        self.touched = touched.into();
        self.look.touched = Some(ink);
        self
    }

    /// They may be left out: where a few letters alone would fit, nothing is shown.
    #[must_use]
    pub const fn aside(mut self) -> Self {
        self.is_aside = true;
        self
    }

    /// The words up to there laid out, « … » after them where there are more.
    fn laid_out(&self, end: usize, bounds: Size) -> Paragraph {
        let shown = self.content.get(..end).unwrap_or(&self.content);
        let is_cut = shown.len() < self.content.len();
        if self.touched.is_empty() {
            let shown = match is_cut {
                true => Cow::Owned(format!("{}…", shown.trim_end())),
                false => Cow::Borrowed(shown),
            };
            return Paragraph::with_text(self.text(shown.as_ref(), bounds));
        }

        let plain = |words: &'a str| -> Span<'a, (), Font> { Span::new(words) };
        let mut spans: Vec<Span<'_, (), Font>> = Vec::new();
        let mut from = 0;
        for touched in self.touched.iter() {
            let range = touched.start.min(end)..touched.end.min(end);
            let before = self.content.get(from..range.start).unwrap_or_default();
            let within = self.content.get(range.clone()).unwrap_or_default();
            spans.push(Span::new(before));
            spans.push(
                Span::new(within)
                    .font(STRONG)
                    .color_maybe(self.look.touched),
            );
            from = range.end;
        }
        spans.push(Span::new(shown.get(from..).unwrap_or_default()));
        if is_cut {
            spans.push(plain("…"));
        }
        Paragraph::with_spans(self.text(spans.as_slice(), bounds))
    }

    fn text<T>(&self, content: T, bounds: Size) -> Text<T, Font> {
        let Look {
            size,
            leading,
            font,
            ..
        } = self.look;
        Text {
            content,
            bounds,
            size: Pixels(size),
            line_height: LineHeight::Absolute(Pixels(leading)),
            font,
            align_x: Alignment::Default,
            align_y: alignment::Vertical::Top,
            shaping: Shaping::Auto,
            wrapping: Wrapping::WordOrGlyph,
        }
    }

    /// As much as fits in that width.
    fn fitted(&self, width: f32) -> Paragraph {
        let bounds = Size::new(width, f32::INFINITY);
        let fits = |paragraph: &Paragraph| {
            let size = paragraph.min_bounds();
            let height = self.look.leading * self.look.lines as f32;
            // Words of two directions on a line may be wider than it.
            size.height <= height + 0.5 && size.width <= width + 0.5
        };
        let whole = self.laid_out(self.content.len(), bounds);
        if fits(&whole) {
            return whole;
        }
        let end = self.longest(width, |end| fits(&self.laid_out(end, bounds)));
        let end = before_a_number(&self.content, end);
        if self.is_aside && end < A_FEW {
            return Paragraph::with_text(self.text("", bounds));
        }
        self.laid_out(end, bounds)
    }

    /// Where the longest beginning of them ends that fits in that width.
    fn longest(&self, width: f32, fits: impl Fn(usize) -> bool) -> usize {
        let ends: Vec<usize> = self.content.char_indices().map(|(at, _)| at).collect();
        let near = self.reached(width, &ends);
        if let Some(end) = near.into_iter().flatten().find(|end| fits(*end)) {
            return end;
        }
        let (mut least, mut most) = (0, ends.len());
        while least + 1 < most {
            let middle = usize::midpoint(least, most);
            let end = ends.get(middle).copied().unwrap_or_default();
            if fits(end) {
                least = middle;
            } else {
                most = middle;
            }
        }
        ends.get(least).copied().unwrap_or_default()
    }
}

/// Where words that end there are cut: before a number that would lack a figure, as it would be another.
fn before_a_number(content: &str, end: usize) -> usize {
    let joins =
        |c: char| c.is_ascii_digit() || matches!(c, '\u{a0}' | '\u{202f}' | ',' | '.' | '%' | '€');
    let Some((shown, rest)) = content.split_at_checked(end) else {
        return end;
    };
    let before = shown.trim_end_matches(joins);
    let number = shown.get(before.len()..).unwrap_or_default();
    let is_cut = number.ends_with(|c: char| c.is_ascii_digit()) || rest.starts_with(joins);
    match number.contains(|c: char| c.is_ascii_digit()) && is_cut && !rest.is_empty() {
        true => before.len(),
        false => end,
    }
}

/// Of what may be left out, fewer bytes than that are not worth their room.
const A_FEW: usize = 4;

impl Words<'_> {
    /// Where one line that runs from left to right reaches that width, and the letter before: it is laid out once and
    /// measured, not laid out again for each letter that may be the last.
    fn reached(&self, width: f32, ends: &[usize]) -> Option<[usize; 2]> {
        let runs_right = |c: char| u32::from(c) < 0x590 || c == '\u{2019}' || c == '\u{202f}';
        if self.look.lines > 1 || !self.content.chars().all(runs_right) {
            return None;
        }
        let line = self.laid_out(self.content.len(), Size::INFINITE);
        let sign = Paragraph::with_text(self.text("…", Size::INFINITE)).min_width();
        let place = Point::new(width - sign, self.look.leading / 2.0);
        let Hit::CharOffset(at) = line.hit_test(place)?;
        let before = ends.partition_point(|end| *end < at).checked_sub(1)?;
        Some([at, *ends.get(before)?])
    }
}

/// Those words cut to that width, on one line of that size: for what draws its own text.
pub fn cut(content: &str, width: f32, size: f32, font: Font) -> Cow<'_, str> {
    let words = words(content).size(size).font(font);
    let fits = |end| {
        let laid_out = words.laid_out(end, Size::INFINITE);
        laid_out.min_width() <= width
    };
    if fits(content.len()) {
        return Cow::Borrowed(content);
    }
    let end = before_a_number(content, words.longest(width, fits));
    let shown = content.get(..end).unwrap_or_default();
    Cow::Owned(format!("{}…", shown.trim_end()))
}

type Paragraph = <Renderer as text::Renderer>::Paragraph;

/// The words as they were last laid out, and for what.
#[derive(Default)]
struct State {
    paragraph: Paragraph,
    of: Option<(String, Vec<Range<usize>>, Look, f32)>,
}

impl<M> Widget<M, Theme, Renderer> for Words<'_> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        layout::sized(limits, self.width, Length::Shrink, |limits| {
            let width = limits.max().width;
            let is_same = state
                .of
                .as_ref()
                .is_some_and(|(content, touched, look, of)| {
                    *content == *self.content
                        && **touched == *self.touched
                        && (*look, *of) == (self.look, width)
                });
            // A face may have come since.
            let bounds = state.paragraph.bounds();
            let is_shaped = state.paragraph.compare(self.text((), bounds)) != Difference::Shape;
            if !is_same || !is_shaped {
                state.paragraph = self.fitted(width);
                let of = (self.content.clone().into_owned(), self.touched.to_vec());
                state.of = Some((of.0, of.1, self.look, width));
            }
            state.paragraph.min_bounds()
        })
    }

    fn operate(
        &mut self,
        _: &mut Tree,
        layout: Layout<'_>,
        _: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.text(None, layout.bounds(), &self.content);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        text::Renderer::fill_paragraph(
            renderer,
            &state.paragraph,
            layout.bounds().position(),
            self.color.unwrap_or(style.text_color),
            *viewport,
        );
    }
}

impl<'a, M: 'a> From<Words<'a>> for Element<'a, M> {
    fn from(words: Words<'a>) -> Self {
        Self::new(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str =
        "Union intercommunale pour l’aménagement du bassin versant de l’Ouémé supérieur";

    fn height(words: &Words<'_>, width: f32) -> f32 {
        words.fitted(width).min_height()
    }

    #[test]
    fn what_fits_is_whole_and_the_rest_is_cut_at_its_lines() {
        let one = words(LONG);
        assert!((height(&one, 2000.0) - 19.5).abs() < 0.1);
        assert!((height(&one, 200.0) - 19.5).abs() < 0.1);
        let two = words(LONG).lines(2);
        assert!((height(&two, 200.0) - 39.0).abs() < 0.1);
        assert!(two.fitted(200.0).min_width() <= 200.0);
        // Nothing fits: the sign alone.
        assert!((height(&one, 1.0) - 19.5).abs() < 0.1);
    }

    #[test]
    fn as_much_is_shown_as_fits() {
        for width in [60.0, 133.0, 200.0, 377.5] {
            let one = words(LONG);
            let bounds = Size::new(width, f32::INFINITY);
            let height = |end| one.laid_out(end, bounds).min_height();
            let shown = one.longest(width, |end| height(end) < 20.0);
            assert!(height(shown) < 20.0, "{width}");
            let next = LONG[shown..].char_indices().nth(2).unwrap().0 + shown;
            assert!(height(next) > 20.0, "{width}: {}", &LONG[..shown]);
        }
    }

    #[test]
    fn no_number_lacks_a_figure() {
        let said = "dépassé de 334\u{202f}308,91\u{a0}€ à fin 2026";
        let shown = |begun: &str| {
            let end = before_a_number(said, begun.len());
            said[..end].trim_end()
        };
        for figures in [
            "3",
            "334",
            "334\u{202f}",
            "334\u{202f}308,9",
            "334\u{202f}308,91\u{a0}",
        ] {
            assert_eq!(
                shown(&format!("dépassé de {figures}")),
                "dépassé de",
                "{figures}"
            );
        }
        let whole = "dépassé de 334\u{202f}308,91\u{a0}€";
        assert_eq!(shown(whole), whole);
        assert_eq!(shown("dépas"), "dépas");
        assert_eq!(shown(said), said);
        assert_eq!(before_a_number("12\u{202f}345", 2), 0);
    }

    #[test]
    fn what_is_said_aside_is_left_out_rather_than_cut_to_nothing() {
        let aside = words("Kaominina").aside();
        assert!(aside.fitted(12.0).min_width() < 1.0);
        assert!(aside.fitted(60.0).min_width() > 20.0);
        assert!(words("Kaominina").fitted(12.0).min_width() > 1.0);
    }

    #[test]
    fn what_stands_out_does_not_change_what_fits() {
        let plain = words(LONG).fitted(300.0).min_bounds();
        let told = words(LONG)
            .touched(vec![0..5, 6..20], Color::BLACK)
            .fitted(300.0);
        assert!((told.min_height() - plain.height).abs() < 0.1);
        assert!(told.min_width() <= 300.0);
    }
}
