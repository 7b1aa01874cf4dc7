//! Words that do not fit in their cell end with « … ». What was measured once is known.

use std::collections::HashMap;

use iced::advanced::text::{self, Paragraph as _, Renderer as TextRenderer};
use iced::alignment::Vertical;
use iced::{Font, Pixels, Point, Renderer, Size};

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
        let cut = shortened(&key.0, &Measured::of(&key.0, face, size), room);
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(key, cut.clone());
        cut
    }
}

/// What words take, and what of them is where.
trait Ruler {
    /// How wide those are.
    fn width(&self, words: &str) -> f32;

    /// About which byte of the words stands there.
    fn at(&self, x: f32) -> Option<usize>;
}

/// Words set once.
struct Measured {
    set: TextParagraph,
    face: Font,
    size: f32,
}

impl Measured {
    fn of(words: &str, face: Font, size: f32) -> Self {
        let set = TextParagraph::with_text(line_of(words, face, size));
        Self { set, face, size }
    }
}

impl Ruler for Measured {
    fn width(&self, words: &str) -> f32 {
        width(words, self.face, self.size)
    }

    fn at(&self, x: f32) -> Option<usize> {
        let hit = self.set.hit_test(Point::new(x, self.size / 2.0))?;
        Some(hit.cursor())
    }
}

/// The longest beginning that fits, with « … » after it; the whole where it does. Setting words takes long: where the
/// room ends is looked up first, and every beginning tried only where that is not it, as in a script from right to left.
fn shortened(words: &str, ruler: &impl Ruler, room: f32) -> String {
    let fits = |words: &str| ruler.width(words) <= room;
    if fits(words) {
        return words.to_owned();
    }
    let ends: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    let begun = |rank: usize| {
        let end = ends.get(rank).copied().unwrap_or(0);
        format!("{}…", words.get(..end).unwrap_or("").trim_end())
    };
    if let Some(byte) = ruler.at(room - ruler.width("…")) {
        let near = ends.partition_point(|end| *end < byte);
        let is_last = |rank: usize| fits(&begun(rank)) && !fits(&begun(rank + 1));
        let near = [Some(near), near.checked_sub(1)].into_iter().flatten();
        if let Some(rank) = near.into_iter().find(|rank| is_last(*rank)) {
            return begun(rank);
        }
    }
    let ranks: Vec<usize> = (0..ends.len()).collect();
    let fitting = ranks.partition_point(|rank| fits(&begun(*rank)));
    begun(fitting.saturating_sub(1))
}

type TextParagraph = <Renderer as TextRenderer>::Paragraph;

fn width(words: &str, face: Font, size: f32) -> f32 {
    TextParagraph::with_text(line_of(words, face, size)).min_width()
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

    /// Every sign is one wide.
    struct Even(Option<usize>);

    impl Ruler for Even {
        fn width(&self, words: &str) -> f32 {
            words.chars().count() as f32
        }

        fn at(&self, _: f32) -> Option<usize> {
            self.0
        }
    }

    #[test]
    fn what_does_not_fit_says_so() {
        for place in [None, Some(0), Some(8), Some(9), Some(40)] {
            let cut = |words: &str, room: f32| shortened(words, &Even(place), room);
            assert_eq!(cut("Réseau", 8.0), "Réseau");
            assert_eq!(cut("Réseau d’eau", 0.0), "…");
            assert_eq!(cut("Réseau d’eau", 8.0), "Réseau…", "{place:?}");
            assert_eq!(cut("Assainissement", 8.0), "Assaini…", "{place:?}");
        }
    }
}
