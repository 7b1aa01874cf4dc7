//! The colours and faces of what is shown, from the stretches of each line.

use std::ops::Range;
use std::sync::Arc;
use std::vec;

use iced::Font;
use iced::advanced::text::highlighter::{self, Format};
use iced::font;

use super::cell::Style;
use super::field::Standing;
use super::line::{Line, Span, What};
use super::look::Tints;

/// What the highlighter draws from: the lines themselves, shared with the editor.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The lines shown.
    pub lines: Arc<Vec<Arc<Line>>>,
    /// The face of the text.
    pub face: Font,
    /// The colours.
    pub tints: Tints,
}

impl PartialEq for Settings {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.lines, &other.lines)
            && self.face == other.face
            && self.tints == other.tints
    }
}

/// Walks the lines from the first that changed.
#[derive(Debug)]
pub struct Highlighter {
    settings: Settings,
    line: usize,
}

impl highlighter::Highlighter for Highlighter {
    type Settings = Settings;
    type Highlight = Format<Font>;
    type Iterator<'a> = vec::IntoIter<(Range<usize>, Format<Font>)>;

    fn new(settings: &Settings) -> Self {
        Self {
            settings: settings.clone(),
            line: 0,
        }
    }

    fn update(&mut self, settings: &Settings) {
        let same_look =
            self.settings.face == settings.face && self.settings.tints == settings.tints;
        let same_lines = self
            .settings
            .lines
            .iter()
            .zip(settings.lines.iter())
            .take_while(|(before, after)| Arc::ptr_eq(before, after))
            .count();

        self.change_line(if same_look { same_lines } else { 0 });
        self.settings = settings.clone();
    }

    fn change_line(&mut self, line: usize) {
        self.line = self.line.min(line);
    }

    fn highlight_line(&mut self, shown: &str) -> Self::Iterator<'_> {
        let line = self.settings.lines.get(self.line);
        self.line += 1;

        // Between an edit and its answer iced may draw what the lines do not say yet.
        let spans = line
            .filter(|line| line.shown() == shown)
            .map_or(&[][..], |line| line.spans());
        let formats: Vec<_> = spans
            .iter()
            .map(|span| (span.range.clone(), self.settings.format(span)))
            .collect();
        formats.into_iter()
    }

    fn current_line(&self) -> usize {
        self.line
    }
}

impl Settings {
    fn format(&self, span: &Span) -> Format<Font> {
        let Tints {
            muted,
            accent,
            wary,
            grave,
            ..
        } = self.tints;
        let color = match &span.what {
            What::Words => None,
            What::Marker => Some(muted),
            What::Blank => Some(wary),
            What::Note(_) | What::Field(_, Standing::Filled) => Some(accent),
            What::Field(_, Standing::Empty) => Some(wary),
            What::Field(_, Standing::Unknown) => Some(grave),
        };
        Format {
            color,
            font: (span.style != Style::default()).then(|| set(self.face, span.style)),
        }
    }
}

fn set(face: Font, style: Style) -> Font {
    Font {
        weight: if style.bold {
            font::Weight::Bold
        } else {
            face.weight
        },
        style: if style.italic {
            font::Style::Italic
        } else {
            face.style
        },
        ..face
    }
}
