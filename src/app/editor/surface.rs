//! What iced edits: the shown lines in a [`Content`], which is never made again but patched in place, so that the
//! scroll and the caret stay where they are.

use std::ops::Range;
use std::sync::Arc;

use iced::widget::text_editor::{Action, Content, Cursor, Edit, Motion, Position};

use super::body::Place;
use super::line::Line;

/// The shown lines as iced has them.
pub struct Surface {
    content: Content,
}

impl Surface {
    /// Lines, the caret before the first.
    #[must_use]
    pub fn new(lines: &[Arc<Line>]) -> Self {
        let shown: Vec<&str> = lines.iter().map(|line| line.shown()).collect();
        Self {
            content: Content::with_text(&shown.join("\n")),
        }
    }

    /// What the widget draws.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Where the caret is.
    #[must_use]
    pub fn caret(&self) -> Place {
        place(self.content.cursor().position)
    }

    /// Moves, selects or scrolls.
    pub fn perform(&mut self, action: Action) {
        self.content.perform(action);
    }

    /// What is selected, from its start to its end; `None` when nothing is.
    ///
    /// iced tells where a selection of words or lines began, and not how far it reaches; its text does, from
    /// where the caret goes when the selection is left by the start.
    pub fn selection(&mut self) -> Option<(Place, Place)> {
        let words = self.content.selection().filter(|words| !words.is_empty())?;
        let caret = self.caret();

        self.content.perform(Action::Move(Motion::Left));
        let from = self.caret();
        let to = after(from, &words);

        if caret == from {
            self.select(to, from);
        } else {
            self.select(from, to);
        }
        Some((from, to))
    }

    /// What an edit takes away, or where it puts something. `None` when there is nothing to delete.
    ///
    /// Only a deletion without selection is done here, for iced knows what one character is.
    pub fn taken_by(&mut self, edit: &Edit) -> Option<(Place, Place)> {
        if let Some(selection) = self.selection() {
            return Some(selection);
        }
        let caret = self.caret();

        match edit {
            Edit::Backspace => {
                self.content.perform(Action::Edit(Edit::Backspace));
                let start = self.caret();
                (start != caret).then_some((start, caret))
            }
            Edit::Delete => {
                let (lines, length) = (self.content.line_count(), self.length_of(caret.line));
                self.content.perform(Action::Edit(Edit::Delete));

                if self.content.line_count() < lines {
                    return Some((caret, Place::new(caret.line + 1, 0)));
                }
                let taken = length.saturating_sub(self.length_of(caret.line));
                (taken > 0).then_some((caret, Place::new(caret.line, caret.column + taken)))
            }
            _ => Some((caret, caret)),
        }
    }

    /// Makes the lines what they must show, changing only what differs.
    pub fn show(&mut self, lines: &[Arc<Line>]) {
        let want = |rank: usize| lines.get(rank).map_or("", |line| line.shown());
        let (had, wanted) = (self.content.line_count(), lines.len());
        let shorter = had.min(wanted);
        let same = |have: usize, rank: usize| {
            let line = self.content.line(have);
            line.is_some_and(|line| line.text == want(rank))
        };
        let mut head = (0..shorter).take_while(|rank| same(*rank, *rank)).count();
        let mut tail = (1..=shorter - head)
            .take_while(|back| same(had - back, wanted - back))
            .count();

        if had == wanted {
            for rank in head..wanted - tail {
                let have = self.shown(rank..rank + 1);
                self.rewrite(Place::new(rank, 0), &have, want(rank));
            }
            return;
        }
        // Lines appear or go with the break that parts them from a neighbour.
        if head + tail == shorter {
            if head > 0 {
                head -= 1;
            } else {
                tail = tail.saturating_sub(1);
            }
        }
        let have = self.shown(head..had - tail);
        let want: Vec<&str> = (head..wanted - tail).map(want).collect();
        self.rewrite(Place::new(head, 0), &have, &want.join("\n"));
    }

    /// What iced shows of those lines.
    fn shown(&self, lines: Range<usize>) -> String {
        let lines: Vec<String> = lines
            .filter_map(|rank| self.content.line(rank))
            .map(|line| line.text.into_owned())
            .collect();
        lines.join("\n")
    }

    /// Puts the caret there, nothing selected.
    pub fn put_caret(&mut self, at: Place) {
        self.select(at, at);
        // Leaving an empty selection by its start clears it, which moving to no selection does not.
        self.content.perform(Action::Move(Motion::Left));
    }

    /// Selects, the caret at the second place.
    pub fn select(&mut self, from: Place, to: Place) {
        self.content.move_to(Cursor {
            position: position(to),
            selection: Some(position(from)),
        });
    }

    /// Brings the caret into sight at the next frame, wherever that was scrolled to, what is selected staying so: iced
    /// looks for a caret that moved, and not for one whose room became less.
    pub fn reveal(&mut self) {
        let Position { line, column } = self.content.cursor().position;
        for column in [column + 1, column] {
            let position = Position { line, column };
            let selection = None;
            self.content.move_to(Cursor {
                position,
                selection,
            });
        }
    }

    /// Where the selection began, when something is selected.
    #[must_use]
    pub fn anchor(&self) -> Option<Place> {
        let anchor = self.content.cursor().selection.map(place);
        anchor.filter(|anchor| *anchor != self.caret())
    }

    fn rewrite(&mut self, start: Place, have: &str, want: &str) {
        let (gone, come) = difference(have, want);
        let (Some(before), Some(removed), Some(added)) = (
            have.get(..gone.start),
            have.get(gone.clone()),
            want.get(come),
        ) else {
            return;
        };
        if removed.is_empty() && added.is_empty() {
            return;
        }
        let from = after(start, before);
        self.select(from, after(from, removed));

        let edit = if added.is_empty() {
            Edit::Delete
        } else {
            Edit::Paste(Arc::new(added.to_owned()))
        };
        self.content.perform(Action::Edit(edit));
    }

    fn length_of(&self, line: usize) -> usize {
        self.content.line(line).map_or(0, |line| line.text.len())
    }
}

/// What differs between two texts: the bytes of the first that went, the bytes of the second that came.
#[must_use]
pub fn difference(before: &str, after: &str) -> (Range<usize>, Range<usize>) {
    let head = before
        .char_indices()
        .zip(after.chars())
        .find(|((_, one), other)| one != other)
        .map_or(before.len().min(after.len()), |((at, _), _)| at);
    let (before_rest, after_rest) = (before.get(head..), after.get(head..));
    let tail: usize = before_rest
        .unwrap_or("")
        .chars()
        .rev()
        .zip(after_rest.unwrap_or("").chars().rev())
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one.len_utf8())
        .sum();

    (head..before.len() - tail, head..after.len() - tail)
}

/// The place after words that begin there.
#[must_use]
pub fn after(start: Place, words: &str) -> Place {
    match words.rfind('\n') {
        None => Place::new(start.line, start.column + words.len()),
        Some(last) => Place::new(
            start.line + words.matches('\n').count(),
            words.len() - last - 1,
        ),
    }
}

fn place(position: Position) -> Place {
    Place::new(position.line, position.column)
}

fn position(place: Place) -> Position {
    Position {
        line: place.line,
        column: place.column,
    }
}
