//! The paragraphs of a text, and edits that may cross them. A paragraph that an edit does not touch keeps its
//! bytes, and even its line.

use std::ops::Range;
use std::sync::Arc;

use super::cell::{Cell, Cells, Piece, Style, typed, written};
use super::field::Fields;
use super::line::{Line, column_of, place_in};
use crate::model::text::Marker;

/// A place in what is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The paragraph.
    pub line: usize,
    /// The byte of what is shown for it.
    pub column: usize,
}

impl Place {
    /// That byte of that paragraph.
    #[must_use]
    pub const fn new(line: usize, column: usize) -> Self {
        Self { line, column }
    }
}

/// The paragraphs of a text: at least one line, for the caret to be in.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    lines: Arc<Vec<Arc<Line>>>,
    fields: Fields,
    /// Whether one empty line stands for no paragraph at all.
    none_when_empty: bool,
}

impl Body {
    /// Reads paragraphs.
    #[must_use]
    pub fn read(paragraphs: &[String], fields: Fields) -> Self {
        let mut lines: Vec<Arc<Line>> = paragraphs
            .iter()
            .map(|source| Arc::new(Line::read(source, &fields)))
            .collect();
        if lines.is_empty() {
            lines.push(Arc::new(Line::read("", &fields)));
        }
        Self {
            lines: Arc::new(lines),
            fields,
            none_when_empty: paragraphs.is_empty(),
        }
    }

    /// Reads what became of the paragraphs, keeping the lines that are still the same.
    #[must_use]
    pub fn reread(&self, paragraphs: &[String], fields: Fields) -> Self {
        let mut body = Self::read(paragraphs, fields);

        let lines = Arc::make_mut(&mut body.lines);
        for (line, before) in lines.iter_mut().zip(self.lines.iter()) {
            if line == before {
                *line = Arc::clone(before);
            }
        }
        body
    }

    /// Whether these are its paragraphs, to the byte.
    #[must_use]
    pub fn says(&self, paragraphs: &[String]) -> bool {
        if self.stands_for_none() {
            return paragraphs.is_empty();
        }
        self.lines.len() == paragraphs.len()
            && self
                .lines
                .iter()
                .zip(paragraphs)
                .all(|(line, source)| line.source() == source)
    }

    /// Its paragraphs as the grammar writes them.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<String> {
        if self.stands_for_none() {
            return Vec::new();
        }
        self.lines
            .iter()
            .map(|line| line.source().to_owned())
            .collect()
    }

    /// Its lines, shared with who draws them.
    #[must_use]
    pub fn lines(&self) -> &Arc<Vec<Arc<Line>>> {
        &self.lines
    }

    /// One of its lines.
    #[must_use]
    pub fn line(&self, line: usize) -> Option<&Line> {
        self.lines.get(line).map(AsRef::as_ref)
    }

    /// The fields that it may use.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The bytes shown of a line before that place.
    #[must_use]
    pub fn before(&self, place: Place) -> &str {
        self.line(place.line)
            .and_then(|line| line.shown().get(..place.column))
            .unwrap_or("")
    }

    /// Puts words, of one paragraph or several, in the place of what is shown there. Gives the caret after them.
    pub fn replace(&mut self, from: Place, to: Place, words: &str, style: Option<Style>) -> Place {
        let (Some(first), Some(last)) = (self.lines.get(from.line), self.lines.get(to.line)) else {
            return from;
        };
        let one_line = from.line == to.line && !words.contains('\n');
        let (new, caret) = if one_line {
            let range = from.column..to.column;
            let (line, column) = first.apply(range, words, style, &self.fields);
            (vec![Arc::new(line)], Place::new(from.line, column))
        } else {
            self.across(
                &Arc::clone(first),
                &Arc::clone(last),
                (from, to),
                words,
                style,
            )
        };

        self.put(from.line..to.line + 1, new);
        caret
    }

    /// Puts a field in the place of what is shown there. Gives the caret after it.
    pub fn put_field(&mut self, line: usize, range: Range<usize>, name: &str) -> Place {
        let Some(before) = self.line(line) else {
            return Place::new(line, range.start);
        };
        let mut cells = before.cells();
        let place = place_in(&cells, range, &self.fields);
        let end = place.start + 1;
        let field = Cell {
            style: cells.style_at(&place),
            piece: Piece::Field(name.into()),
        };
        cells.splice(place, vec![field]);

        let column = column_of(&cells, end, &self.fields);
        self.put(
            line..line + 1,
            vec![Arc::new(Line::print(&cells, &self.fields))],
        );
        Place::new(line, column)
    }

    /// Sets or unsets what is shown there in bold or italic: unsets when all of it already is. Gives whether
    /// anything changed.
    pub fn toggle(&mut self, from: Place, to: Place, style: fn(&mut Style) -> &mut bool) -> bool {
        let mut taken = Vec::new();

        for rank in from.line..=to.line {
            let Some(line) = self.line(rank) else {
                continue;
            };
            let cells = line.cells();
            let start = if rank == from.line { from.column } else { 0 };
            let end = if rank == to.line {
                to.column
            } else {
                line.shown().len()
            };
            let place = place_in(&cells, start..end, &self.fields);
            let place = place.start.max(cells.marker)..place.end.max(cells.marker);
            taken.push((rank, cells, place));
        }
        let all_set = taken.iter_mut().all(|(_, cells, place)| {
            let cells = cells.all.get_mut(place.clone()).unwrap_or_default();
            cells.iter_mut().all(|cell| *style(&mut cell.style))
        });

        let mut changed = false;
        for (rank, mut cells, place) in taken {
            if place.is_empty() {
                continue;
            }
            for cell in cells.all.get_mut(place).unwrap_or_default() {
                *style(&mut cell.style) = !all_set;
            }
            self.put(
                rank..rank + 1,
                vec![Arc::new(Line::print(&cells, &self.fields))],
            );
            changed = true;
        }
        changed
    }

    /// The style that words typed there take.
    #[must_use]
    pub fn style_at(&self, place: Place) -> Style {
        let cells = self.line(place.line).map(Line::cells).unwrap_or_default();
        cells.style_at(&place_in(&cells, place.column..place.column, &self.fields))
    }

    /// The marker of a paragraph, and how many bytes of what is shown it takes.
    #[must_use]
    pub fn marker(&self, line: usize) -> (Marker, usize) {
        let cells = self.line(line).map(Line::cells).unwrap_or_default();
        (cells.read_marker(), cells.marker)
    }

    /// What begins the paragraph after that one when it is split there: an item is followed by an item.
    ///
    /// Nothing when the caret is before the item's words; `None` when the item is empty, for who splits an empty
    /// item ends the list.
    #[must_use]
    pub fn next_marker(&self, place: Place) -> Option<String> {
        let (marker, length) = self.marker(place.line);
        let shown = self.line(place.line).map_or("", Line::shown);

        if length == 0 || place.column < length {
            return Some(String::new());
        }
        if shown.len() == length {
            return None;
        }
        Some(written(match marker {
            Marker::Number(depth, number) => Marker::Number(depth, number.saturating_add(1)),
            marker => marker,
        }))
    }

    fn across(
        &self,
        first: &Arc<Line>,
        last: &Arc<Line>,
        (from, to): (Place, Place),
        words: &str,
        style: Option<Style>,
    ) -> (Vec<Arc<Line>>, Place) {
        let fields = &self.fields;
        let mut head = first.cells();
        let mut tail = last.cells();
        let (cut, rest) = if from.line == to.line {
            let cut = place_in(&head, from.column..to.column, fields);
            (cut.clone(), cut.end)
        } else {
            let end = first.shown().len().max(from.column);
            let cut = place_in(&head, from.column..end, fields);
            (cut, place_in(&tail, 0..to.column, fields).end)
        };
        let style = style.unwrap_or_else(|| head.style_at(&cut));
        let cut = cut.start;
        let mut segments: Vec<&str> = words.split('\n').collect();
        let last_segment = segments.pop().unwrap_or("");
        let count = head.all.len();

        if segments.is_empty() {
            let mut new: Vec<Cell> = typed(last_segment, style).collect();
            let end = cut + new.len();
            new.extend(tail.all.drain(rest.min(tail.all.len())..));
            head.splice(cut..count, new);

            let caret = Place::new(from.line, column_of(&head, end, fields));
            return (vec![Arc::new(Line::print(&head, fields))], caret);
        }

        let line = from.line + segments.len();
        let mut lines = Vec::with_capacity(segments.len() + 1);
        let first_segment = segments.remove(0);
        lines.push(if cut == count && first_segment.is_empty() {
            Arc::clone(first)
        } else {
            head.splice(cut..count, typed(first_segment, style).collect());
            Arc::new(Line::print(&head, fields))
        });
        for segment in segments {
            lines.push(Arc::new(Line::print(&Cells::typed(segment, style), fields)));
        }

        let new: Vec<Cell> = typed(last_segment, style).collect();
        let end = new.len();
        if rest == 0 && new.is_empty() {
            lines.push(Arc::clone(last));
            return (lines, Place::new(line, 0));
        }
        tail.splice(0..rest, new);
        lines.push(Arc::new(Line::print(&tail, fields)));
        (lines, Place::new(line, column_of(&tail, end, fields)))
    }

    fn put(&mut self, range: Range<usize>, new: Vec<Arc<Line>>) {
        let lines = Arc::make_mut(&mut self.lines);
        let end = range.end.min(lines.len());
        lines.splice(range.start.min(end)..end, new);
        self.none_when_empty = true;
    }

    fn stands_for_none(&self) -> bool {
        let alone = self.lines.first().filter(|_| self.lines.len() == 1);
        self.none_when_empty && alone.is_some_and(|line| line.source().is_empty())
    }
}
