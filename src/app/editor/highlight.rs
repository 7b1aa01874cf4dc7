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
use super::spelling::Unknown;

/// What the highlighter draws from: the lines themselves, shared with the editor.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The lines shown.
    pub lines: Arc<Vec<Arc<Line>>>,
    /// The words of each that are not known.
    pub unknown: Unknown,
    /// What a search points out: bytes of a line.
    pub found: Option<(usize, Range<usize>)>,
    /// The face of the text.
    pub face: Font,
    /// The colours.
    pub tints: Tints,
}

impl PartialEq for Settings {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.lines, &other.lines)
            && self.unknown == other.unknown
            && self.found == other.found
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
            .enumerate()
            .take_while(|(rank, (before, after))| {
                Arc::ptr_eq(before, after)
                    && self.settings.unknown.get(*rank) == settings.unknown.get(*rank)
            })
            .count();

        self.change_line(if same_look { same_lines } else { 0 });
        if self.settings.found != settings.found {
            let found = [&self.settings.found, &settings.found];
            let first = found.into_iter().flatten().map(|(line, _)| *line).min();
            self.change_line(first.unwrap_or(0));
        }
        self.settings = settings.clone();
    }

    fn change_line(&mut self, line: usize) {
        self.line = self.line.min(line);
    }

    fn highlight_line(&mut self, shown: &str) -> Self::Iterator<'_> {
        let line = self.settings.lines.get(self.line);
        let unknown = self.settings.unknown.get(self.line);
        let unknown = unknown.map_or(&[][..], |words| words.as_ref());
        let found = self.settings.found.clone();
        let found = found.and_then(|(line, range)| (line == self.line).then_some(range));
        self.line += 1;

        // Between an edit and its answer iced may draw what the lines do not say yet.
        let spans = line
            .filter(|line| line.shown() == shown)
            .map_or(&[][..], |line| line.spans());
        let formats: Vec<_> = spans
            .iter()
            .flat_map(|span| self.settings.formats(span, unknown))
            .flat_map(|format| self.settings.pointed_out(format, found.as_ref()))
            .collect();
        formats.into_iter()
    }

    fn current_line(&self) -> usize {
        self.line
    }
}

impl Settings {
    /// The format of a stretch, but where a word in it is not known.
    fn formats(&self, span: &Span, unknown: &[Range<usize>]) -> Vec<(Range<usize>, Format<Font>)> {
        let format = self.format(span);
        let mut formats = Vec::new();
        let mut at = span.range.start;
        let inside = |word: &&Range<usize>| {
            span.what == What::Words && span.range.start <= word.start && word.end <= span.range.end
        };
        for word in unknown.iter().filter(inside) {
            formats.push((at..word.start, format));
            let color = Some(self.tints.grave);
            formats.push((word.clone(), Format { color, ..format }));
            at = word.end;
        }
        formats.push((at..span.range.end, format));
        formats.retain(|(range, _)| !range.is_empty());
        formats
    }

    /// A stretch, where what is found in it stands out.
    fn pointed_out(
        &self,
        (range, format): (Range<usize>, Format<Font>),
        found: Option<&Range<usize>>,
    ) -> impl Iterator<Item = (Range<usize>, Format<Font>)> + use<> {
        let found = found.cloned().unwrap_or(range.end..range.end);
        let start = found.start.clamp(range.start, range.end);
        let end = found.end.clamp(start, range.end);
        let bold = Font {
            weight: font::Weight::Bold,
            ..format.font.unwrap_or(self.face)
        };
        let standing_out = Format {
            color: Some(self.tints.wary),
            font: Some(bold),
        };
        [
            (range.start..start, format),
            (start..end, standing_out),
            (end..range.end, format),
        ]
        .into_iter()
        .filter(|(range, _)| !range.is_empty())
    }

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
