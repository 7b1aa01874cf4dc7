//! Words that do not fit in their cell end with « … ». What was measured once is known.

use std::collections::HashMap;

use iced::advanced::text::{self, Paragraph as _, Renderer as TextRenderer};
use iced::alignment::Vertical;
use iced::{Font, Pixels, Renderer, Size};

use super::place::ROW;

/// How many are known before all are forgotten.
const MOST: usize = 4_000;

/// No sign of our faces is wider, at the size of one pixel.
const WIDEST: f32 = 1.0;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Cut {
    known: HashMap<(String, Font, u32, u32), String>,
    widths: HashMap<(String, Font, u32), f32>,
}

impl Cut {
    /// How wide words are, in pixels, up to the next whole one.
    pub(super) fn width(&mut self, words: &str, face: Font, size: f32) -> f32 {
        if self.widths.len() >= MOST {
            self.widths.clear();
        }
        let key = (words.to_owned(), face, size.to_bits());
        *self
            .widths
            .entry(key)
            .or_insert_with(|| width(words, face, size).ceil())
    }

    /// The words, or how they begin, in a room so wide.
    pub(super) fn cut(&mut self, words: String, face: Font, size: f32, room: f32) -> String {
        if words.chars().count() as f32 * size * WIDEST <= room {
            return words;
        }
        let key = (words, face, size.to_bits(), room.to_bits());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let cut = shortened(&key.0, |words| width(words, face, size) <= room);
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(key, cut.clone());
        cut
    }
}

/// The longest beginning that fits, with « … » after it; the whole where it does.
fn shortened(words: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(words) {
        return words.to_owned();
    }
    let ends: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    let begun = |at: usize| format!("{}…", words.get(..at).unwrap_or("").trim_end());
    let fitting = ends.partition_point(|at| fits(&begun(*at)));
    begun(
        fitting
            .checked_sub(1)
            .and_then(|rank| ends.get(rank).copied())
            .unwrap_or(0),
    )
}

fn width(words: &str, face: Font, size: f32) -> f32 {
    type Paragraph = <Renderer as TextRenderer>::Paragraph;
    Paragraph::with_text(line_of(words, face, size)).min_width()
}

/// Words on one line, as cells have them.
pub(super) fn line_of<T>(content: T, font: Font, size: f32) -> text::Text<T> {
    text::Text {
        content,
        bounds: Size::new(f32::INFINITY, ROW),
        size: Pixels(size),
        line_height: text::LineHeight::default(),
        font,
        align_x: text::Alignment::Left,
        align_y: Vertical::Center,
        shaping: text::Shaping::Advanced,
        wrapping: text::Wrapping::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_says_so() {
        let fits = |words: &str| words.chars().count() <= 8;
        assert_eq!(shortened("Réseau", fits), "Réseau");
        assert_eq!(shortened("Réseau d’eau", fits), "Réseau…");
        assert_eq!(shortened("Assainissement", fits), "Assaini…");
        assert_eq!(shortened("Assainissement", |_| false), "…");
    }
}
