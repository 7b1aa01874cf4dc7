//! The editor of an article's text, as officers see it: words, values of fields, raised calls of notes; no code.
//!
//! It emits edits and is patched in place; it undoes nothing, for the session's history does, and keeps no
//! record. The convention's screen makes one for each text that it shows, gives it the [`Message`]s of its view,
//! and gives it back what the records became.
//!
//! In reading order: `field`, `cell` and `line` know one paragraph, `body` all of them, `surface` what iced
//! edits, `offer` the fields to choose from, `pasted` what comes from elsewhere, `spelling` the words that nobody knows, `view`, `highlight`, `keys` and `strip` how it all looks and answers.

mod body;
mod cell;
mod field;
mod find;
mod highlight;
mod keys;
mod line;
mod look;
mod moved;
mod offer;
mod pasted;
mod spelling;
mod strip;
mod surface;
#[cfg(test)]
mod tests;
mod typography;
mod view;

use std::ops::Range;
use std::sync::Arc;

use iced::widget::text_editor::{Action, Edit};

use crate::model::text::{Note, Text};
use crate::spelling::Speller;

pub use field::Field;
pub use find::{Finder, Query};
pub use look::{Look, Tints};
pub use surface::difference;

use body::{Body, Place};
use cell::Style;
use field::Fields;
use keys::typable;
use line::{Line, Span, What};
use moved::moved;
use offer::Offer;
use pasted::cleaned;
use spelling::Spelling;
use surface::Surface;

/// A text being edited.
pub struct Editor {
    surface: Surface,
    body: Body,
    notes: Vec<Note>,
    /// Whether the text is in French, whose quotes and spaces are its own.
    french: bool,
    spelling: Spelling,
    offer: Option<Offer>,
    /// A style asked for at the caret, that what is typed next takes.
    style: Option<(Place, Style)>,
    burst: Option<Burst>,
    /// What a search points out: bytes of what is shown of a paragraph.
    pointed_out: Option<(usize, Range<usize>)>,
    /// How high the box of the text was when it was last drawn.
    height: f32,
    /// How often it was touched, going round.
    turn: u8,
}

/// What an edit made of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// All its paragraphs; those that were not touched, byte for byte.
    pub paragraphs: Vec<String>,
    /// Whether it goes on with the edit before, so that both are one thing to undo. When it does not, the
    /// history rests before it records.
    pub typing: bool,
}

/// What the editor is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// What iced's own editor asks: move, select, scroll, type.
    Act(Action),
    /// Bold, set or unset.
    Bold,
    /// Italic, set or unset.
    Italic,
    /// Paragraphs as items of a list, or no longer.
    List,
    /// Offer fields at the caret, or to replace the one that it is on.
    Offer,
    /// Choose the next field offered, or the one before.
    Step {
        /// The next.
        forward: bool,
    },
    /// Insert the field offered at that rank.
    Choose(usize),
    /// Take away the field or the call of a note that the caret is on.
    Remove,
    /// Offer no more.
    Close,
    /// Select the next word that is not known.
    NextUnknown,
    /// Put that word in the place of the unknown one that the caret is on.
    Correct(String),
    /// The department's dictionary is to know that word: whoever relays it does it.
    Learn(String),
    /// The box of the text is that high now.
    Room(f32),
    /// French typography for what was just typed, as a thing of its own to undo: whoever relayed the typing asks it.
    Mend,
}

impl Message {
    /// Whether it may come from a button below the text, which took the focus: whoever relays it gives it back.
    #[must_use]
    pub const fn takes_the_focus(&self) -> bool {
        !matches!(self, Self::Act(_) | Self::Room(_) | Self::Mend)
    }

    /// Whether a sign was typed of which French typography may make another.
    #[must_use]
    pub const fn may_want_mending(&self) -> bool {
        matches!(
            self,
            Self::Act(Action::Edit(Edit::Insert(
                '\'' | '"' | '.' | ';' | '!' | '?' | ':' | '%' | '€' | '»' | ' '
            )))
        )
    }
}

/// A run of keystrokes that is one thing to undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Burst {
    inserts: bool,
    end: Place,
    ended_a_word: bool,
}

impl Editor {
    /// Shows a text, the caret before its first word.
    #[must_use]
    pub fn new(text: &Text, fields: &[Field]) -> Self {
        let body = Body::read(&text.paragraphs, Fields::new(fields));
        Self {
            surface: Surface::new(body.lines()),
            body,
            notes: text.notes.clone(),
            french: text.lang.is_french(),
            spelling: Spelling::default(),
            offer: None,
            style: None,
            burst: None,
            pointed_out: None,
            height: 0.0,
            turn: 0,
        }
    }

    /// Does what is asked. Gives what the text became, when it changed.
    pub fn update(&mut self, message: Message) -> Option<Edited> {
        self.turn = self.turn.wrapping_add(1);
        let edited = self.act(message);
        self.spell_again();
        edited
    }

    fn act(&mut self, message: Message) -> Option<Edited> {
        match message {
            Message::Act(Action::Edit(edit)) => self.edit(&edit),
            Message::Act(action) => {
                let scrolls = matches!(action, Action::Scroll { .. });
                self.surface.perform(action);
                if !scrolls {
                    self.rest();
                    self.follow_offer();
                }
                None
            }
            Message::Bold => self.toggle(|style| &mut style.bold),
            Message::Italic => self.toggle(|style| &mut style.italic),
            Message::List => self.toggle_list(),
            Message::Offer => {
                self.offer_at_caret();
                None
            }
            Message::Step { forward } => {
                if let Some(offer) = &mut self.offer {
                    offer.step(forward);
                }
                None
            }
            Message::Choose(rank) => {
                let offer = self.offer.as_ref()?;
                let (_, field) = offer.fields(&self.body).nth(rank)?;
                let name = field.name.clone();
                self.insert(&name)
            }
            Message::Remove => {
                let range = self.object_at_caret()?.range.clone();
                let line = self.surface.caret().line;
                self.replace(
                    Place::new(line, range.start),
                    Place::new(line, range.end),
                    "",
                    None,
                )
            }
            Message::Close => {
                self.offer = None;
                None
            }
            Message::NextUnknown => {
                let (line, word) = self.spelling.next(self.surface.caret())?;
                self.select(line, word);
                None
            }
            Message::Correct(word) => {
                let line = self.surface.caret().line;
                let range = self.spelling.at(self.surface.caret())?;
                let place = |column| Place::new(line, column);
                self.replace(place(range.start), place(range.end), &word, None)
            }
            Message::Learn(_) => None,
            Message::Room(height) => {
                if height < self.height {
                    self.surface.reveal();
                }
                self.height = height;
                None
            }
            Message::Mend => self.mend(),
        }
    }

    /// Takes what the text and the fields became, from an undo or from elsewhere. Only what differs is edited, and
    /// the caret stays where it was in the words.
    pub fn patch(&mut self, text: &Text, fields: &[Field]) {
        self.notes.clone_from(&text.notes);
        if self.body.says(&text.paragraphs) && self.body.fields().all() == fields {
            return;
        }
        self.turn = self.turn.wrapping_add(1);
        let body = self.body.reread(&text.paragraphs, Fields::new(fields));
        let before = std::mem::replace(&mut self.body, body);
        let caret = moved(&before, &self.body, self.surface.caret());
        let anchor = self
            .surface
            .anchor()
            .map(|anchor| moved(&before, &self.body, anchor));

        self.surface.show(self.body.lines());
        match anchor {
            Some(anchor) if anchor != caret => self.surface.select(anchor, caret),
            _ => self.surface.put_caret(caret),
        }
        self.rest();
        self.offer = None;
        self.spell_again();
    }

    /// Those bytes of what is shown of a paragraph stand out, or nothing does.
    pub fn point_out(&mut self, found: Option<(usize, Range<usize>)>) {
        if self.pointed_out != found {
            self.pointed_out = found;
            self.turn = self.turn.wrapping_add(1);
        }
    }

    /// Who tells the words that are not known; nobody where there is no dictionary.
    pub fn spell(&mut self, speller: Option<Speller>) {
        if self.spelling.set(speller) {
            self.spell_again();
        }
    }

    /// The unknown word that the caret is on, when what it may have been meant to be is not known yet.
    #[must_use]
    pub fn puzzling(&self) -> Option<&str> {
        let word = self.unknown_at_caret()?;
        self.spelling.suggested(word).is_none().then_some(word)
    }

    /// That is what a word may have been meant to be.
    pub fn suggest(&mut self, word: String, words: Vec<String>) {
        self.spelling.suggest(word, words);
    }

    /// The words that are not known, in order.
    #[must_use]
    pub fn unknown(&self) -> Vec<&str> {
        let lines = self.spelling.unknown().iter().zip(self.body.lines().iter());
        lines
            .flat_map(|(words, line)| {
                let shown = line.shown();
                words.iter().filter_map(|word| shown.get(word.clone()))
            })
            .collect()
    }

    fn unknown_at_caret(&self) -> Option<&str> {
        let caret = self.surface.caret();
        let range = self.spelling.at(caret)?;
        self.body.line(caret.line)?.shown().get(range)
    }

    fn spell_again(&mut self) {
        let typed = self.burst.map(|burst| burst.end);
        self.spelling.read(&self.body, typed);
    }

    /// The paragraphs in the grammar of texts: canonical where they were edited, byte for byte elsewhere.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<String> {
        self.body.paragraphs()
    }

    /// Where the caret is: the paragraph, and the byte of its source.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        let caret = self.surface.caret();
        let line = self.body.line(caret.line);
        let byte = line.map_or(0, |line| line.to_source(caret.column, self.body.fields()));
        (caret.line, byte)
    }

    /// What is shown of a paragraph.
    #[must_use]
    pub fn shown(&self, paragraph: usize) -> Option<&str> {
        self.body.line(paragraph).map(Line::shown)
    }

    /// Where the caret is in what is shown: the paragraph, and the byte of it.
    #[must_use]
    pub fn caret(&self) -> (usize, usize) {
        let caret = self.surface.caret();
        (caret.line, caret.column)
    }

    /// The words selected, as they are shown.
    pub fn selected(&self) -> Option<String> {
        let words = self.surface.content().selection();
        words.filter(|words| !words.is_empty())
    }

    /// Selects bytes of what is shown of a paragraph, the caret after them; puts it there when there are none.
    pub fn select(&mut self, paragraph: usize, shown: Range<usize>) {
        let Some(line) = self.body.line(paragraph) else {
            return;
        };
        let words = line.shown();
        let on_a_letter = |byte: usize| {
            let begins = |at: &usize| words.is_char_boundary(*at);
            (0..=byte.min(words.len())).rev().find(begins).unwrap_or(0)
        };
        let (from, to) = (on_a_letter(shown.start), on_a_letter(shown.end));
        let place = |column| Place::new(paragraph, column);
        if from == to {
            self.surface.put_caret(place(to));
        } else {
            self.surface.select(place(from), place(to));
        }
        self.rest();
        self.offer = None;
    }

    /// Selects bytes of a paragraph as it is written.
    pub fn select_source(&mut self, paragraph: usize, source: &Range<usize>) {
        let Some(line) = self.body.line(paragraph) else {
            return;
        };
        let shown = |byte| line.to_shown(byte, self.body.fields());
        self.select(paragraph, shown(source.start)..shown(source.end));
    }

    /// Puts the caret at the beginning of a paragraph, or of the last one.
    pub fn go_to(&mut self, paragraph: usize) {
        let line = paragraph.min(self.body.lines().len().saturating_sub(1));
        let (_, marker) = self.body.marker(line);
        self.surface.put_caret(Place::new(line, marker));
        self.rest();
        self.offer = None;
    }

    fn edit(&mut self, edit: &Edit) -> Option<Edited> {
        let mut words = match edit {
            Edit::Insert(c) => typable(c.encode_utf8(&mut [0; 4])),
            Edit::Paste(words) => typable(&cleaned(words, self.french)),
            Edit::Enter => "\n".to_owned(),
            Edit::Backspace | Edit::Delete => String::new(),
            Edit::Indent | Edit::Unindent => return None,
        };
        let inserts = !words.is_empty();
        if !inserts && !matches!(edit, Edit::Backspace | Edit::Delete) {
            return None;
        }
        let caret = self.surface.caret();
        let (mut from, to) = self.surface.taken_by(edit)?;

        if *edit == Edit::Enter {
            match self.body.next_marker(from) {
                Some(marker) => words.push_str(&marker),
                None => {
                    from.column = 0;
                    words.clear();
                }
            }
        }
        let style = self
            .style
            .filter(|(place, _)| *place == from)
            .map(|(_, style)| style);
        let one_key = words.chars().count() < 2 && words != "\n" && (!inserts || from == to);
        let burst = self.burst.filter(|burst| {
            let new_word = burst.ended_a_word && !words.ends_with(char::is_whitespace);
            burst.inserts == inserts && burst.end == caret && !new_word
        });

        let mut edited = self.replace(from, to, &words, style)?;
        edited.typing = one_key && burst.is_some();
        self.burst = one_key.then(|| Burst {
            inserts,
            end: self.surface.caret(),
            ended_a_word: words.ends_with(char::is_whitespace),
        });
        self.follow_typing(&words).or(Some(edited))
    }

    /// French typography for what stands before the caret.
    fn mend(&mut self) -> Option<Edited> {
        if !self.french || self.offer.is_some() || self.surface.selection().is_some() {
            return None;
        }
        let caret = self.surface.caret();
        let (gone, words) = typography::mended(self.body.before(caret))?;
        let from = Place::new(caret.line, caret.column.checked_sub(gone)?);
        self.replace(from, caret, &words, None)
    }

    /// Whether a field is being chosen from those offered.
    #[must_use]
    pub const fn is_offering(&self) -> bool {
        self.offer.is_some()
    }

    /// Opens the offer that « {{ » asks for, follows the one that is open, or takes the field closed by « }} ».
    fn follow_typing(&mut self, words: &str) -> Option<Edited> {
        let caret = self.surface.caret();

        if self.offer.is_none() && words == "{" && self.body.before(caret).ends_with("{{") {
            let start = caret.column.saturating_sub(2);
            self.offer = Some(Offer::new(&self.body, caret.line, start, caret.column));
        }
        self.follow_offer();

        let closed = self.offer.as_ref()?.closed_by_hand(&self.body)?;
        let name = closed.name.clone();
        self.insert(&name)
    }

    fn follow_offer(&mut self) {
        let caret = self.surface.caret();
        let stands = self
            .offer
            .as_mut()
            .is_some_and(|offer| offer.follow(&self.body, caret));

        if !stands {
            self.offer = None;
        }
    }

    fn offer_at_caret(&mut self) {
        let caret = self.surface.caret();
        let field = self
            .object_at_caret()
            .filter(|span| matches!(span.what, What::Field(..)))
            .map(|span| span.range.clone());
        let (start, end) = field.map_or((caret.column, caret.column), |field| {
            (field.start, field.end)
        });

        self.surface.put_caret(Place::new(caret.line, end));
        self.rest();
        self.offer = Some(Offer::new(&self.body, caret.line, start, end));
    }

    /// Puts a field in the place of what was typed to find it.
    fn insert(&mut self, name: &str) -> Option<Edited> {
        let (line, range) = self.offer.take()?.range(self.surface.caret());
        self.change(|body, _| body.put_field(line, range, name))
    }

    fn replace(
        &mut self,
        from: Place,
        to: Place,
        words: &str,
        style: Option<Style>,
    ) -> Option<Edited> {
        self.change(|body, _| body.replace(from, to, words, style))
    }

    fn toggle(&mut self, style: fn(&mut Style) -> &mut bool) -> Option<Edited> {
        let Some((from, to)) = self.surface.selection() else {
            let mut asked = self.style_at_caret();
            let one = style(&mut asked);
            *one = !*one;
            self.style = Some((self.surface.caret(), asked));
            self.burst = None;
            return None;
        };
        let lines = self.body.lines().clone();
        self.body.toggle(from, to, style);
        self.edited_since(&lines)
    }

    /// Makes items of the paragraphs selected, or plain paragraphs when all are items.
    fn toggle_list(&mut self) -> Option<Edited> {
        let caret = self.surface.caret();
        let (from, to) = self.surface.selection().unwrap_or((caret, caret));
        let all_items = (from.line..=to.line).all(|line| self.body.marker(line).1 > 0);

        self.change(|body, mut caret| {
            for line in from.line..=to.line {
                let (_, length) = body.marker(line);
                let marker = if all_items { "" } else { "- " };
                body.replace(Place::new(line, 0), Place::new(line, length), marker, None);

                if line == caret.line {
                    caret.column = caret.column.saturating_sub(length) + marker.len();
                }
            }
            caret
        })
    }

    /// Changes the text, then what iced shows of it.
    fn change(&mut self, edit: impl FnOnce(&mut Body, Place) -> Place) -> Option<Edited> {
        let lines = self.body.lines().clone();
        let caret = edit(&mut self.body, self.surface.caret());

        self.surface.show(self.body.lines());
        self.surface.put_caret(caret);
        self.edited_since(&lines)
    }

    fn edited_since(&mut self, lines: &[Arc<Line>]) -> Option<Edited> {
        self.rest();
        let changed = lines != self.body.lines().as_slice();

        changed.then(|| Edited {
            paragraphs: self.body.paragraphs(),
            typing: false,
        })
    }

    /// What is typed next is another thing to undo, in the style of what it follows.
    fn rest(&mut self) {
        self.burst = None;
        self.style = None;
    }

    fn style_at_caret(&self) -> Style {
        let caret = self.surface.caret();
        let asked = self.style.filter(|(place, _)| *place == caret);
        asked.map_or_else(|| self.body.style_at(caret), |(_, style)| style)
    }

    fn is_in_list(&self) -> bool {
        self.body.marker(self.surface.caret().line).1 > 0
    }

    fn object_at_caret(&self) -> Option<&Span> {
        let caret = self.surface.caret();
        self.body.line(caret.line)?.object_at(caret.column)
    }
}
