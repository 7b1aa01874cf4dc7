//! Page Up and Page Down, Home and End, arrows that nothing took: the keyboard turns what scrolls around it, so that
//! what has neither button nor field is read without a mouse too.

use iced::advanced::widget::operation::{Focusable, Outcome, Scrollable};
use iced::advanced::widget::{self, Operation};
use iced::widget::Id;
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Rectangle, Task, Vector};

/// What an arrow turns, in pixels.
const STEP: f32 = 48.0;

/// What stays in sight when a page is turned, in pixels: the line that one was reading.
const KEPT: f32 = 40.0;

/// How far a key turns what scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// ↑, ↓: a few lines.
    Step,
    /// Page Up, Page Down: what is seen of it.
    Page,
    /// Home, End: all the way.
    All,
}

/// Turns what scrolls around the focus, the innermost that can still go that way; failing that, what stands under or
/// beside it, the largest.
pub fn turn<M: Send + 'static>(turn: Turn, down: bool) -> Task<M> {
    widget::operate(Look {
        turn,
        down,
        met: None,
        around: Vec::new(),
        areas: Vec::new(),
        focused: None,
    })
    .discard()
}

/// Something that scrolls.
#[derive(Debug, Clone, Copy)]
struct Area {
    /// Where it is seen, were nothing around it scrolled.
    view: Rectangle,
    offset: f32,
    /// How far it goes.
    last: f32,
}

impl Area {
    fn turns(&self, down: bool) -> bool {
        if down {
            self.offset < self.last - 0.5
        } else {
            self.offset > 0.5
        }
    }

    fn turned(&self, turn: Turn, down: bool) -> f32 {
        let by = match turn {
            Turn::Step => STEP,
            Turn::Page => (self.view.height - KEPT).max(STEP),
            Turn::All => self.last,
        };
        let to = if down {
            self.offset + by
        } else {
            self.offset - by
        };
        to.clamp(0.0, self.last)
    }
}

struct Look {
    turn: Turn,
    down: bool,
    /// The rank of what scrolls and is about to be looked into.
    met: Option<usize>,
    /// The ranks of what scrolls around what is being looked at, the outermost first.
    around: Vec<usize>,
    areas: Vec<Area>,
    /// Where the focus is, and the ranks of what scrolls around it.
    focused: Option<(Rectangle, Vec<usize>)>,
}

impl Look {
    /// The rank of what turns.
    fn chosen(&self) -> Option<usize> {
        let turns = |rank: &usize| self.areas.get(*rank).is_some_and(|it| it.turns(self.down));
        let around = self.focused.iter().flat_map(|(_, around)| around);
        if let Some(rank) = around.copied().rev().find(turns) {
            return Some(rank);
        }
        let beside = |rank: usize| {
            let place = self.focused.as_ref().map(|(place, _)| place.center_x());
            let view = self.areas.get(rank).map(|it| it.view);
            place
                .zip(view)
                .is_some_and(|(x, view)| (view.x..view.x + view.width).contains(&x))
        };
        let size = |rank: usize| {
            let view = self.areas.get(rank).map(|it| it.view);
            view.map_or(0.0, |view| view.width * view.height)
        };
        (0..self.areas.len()).filter(turns).max_by(|one, other| {
            let (one, other) = (*one, *other);
            let beside = beside(one).cmp(&beside(other));
            beside.then(size(one).total_cmp(&size(other)))
        })
    }
}

impl Operation<()> for Look {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        let depth = self.around.len();
        self.around.extend(self.met.take());
        operate(self);
        self.around.truncate(depth);
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.met = Some(self.areas.len());
        self.areas.push(Area {
            view: bounds,
            offset: translation.y,
            last: (content.height - bounds.height).max(0.0),
        });
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some((bounds, self.around.clone()));
        }
    }

    fn finish(&self) -> Outcome<()> {
        let Some(rank) = self.chosen() else {
            return Outcome::None;
        };
        let Some(area) = self.areas.get(rank) else {
            return Outcome::None;
        };
        Outcome::Chain(Box::new(ScrollNth {
            rank,
            next: 0,
            y: area.turned(self.turn, self.down),
        }))
    }
}

/// Scrolls what comes at that rank.
struct ScrollNth {
    rank: usize,
    next: usize,
    y: f32,
}

impl Operation<()> for ScrollNth {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        _: Rectangle,
        _: Rectangle,
        _: Vector,
        state: &mut dyn Scrollable,
    ) {
        if self.next == self.rank {
            state.scroll_to(AbsoluteOffset {
                x: None,
                y: Some(self.y),
            });
        }
        self.next += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x: f32, width: f32, offset: f32, last: f32) -> Area {
        let view = Rectangle {
            x,
            y: 100.0,
            width,
            height: 400.0,
        };
        Area { view, offset, last }
    }

    fn look(areas: &[Area], focused: Option<(f32, &[usize])>, down: bool) -> Look {
        let place = |x| Rectangle {
            x,
            y: 20.0,
            width: 10.0,
            height: 10.0,
        };
        Look {
            turn: Turn::Page,
            down,
            met: None,
            around: Vec::new(),
            areas: areas.to_vec(),
            focused: focused.map(|(x, around)| (place(x), around.to_vec())),
        }
    }

    #[test]
    fn what_is_around_the_focus_turns_then_what_stands_under_it_then_the_largest() {
        let areas = [
            area(0.0, 300.0, 0.0, 500.0),
            area(300.0, 700.0, 0.0, 900.0),
            area(320.0, 200.0, 80.0, 80.0),
        ];
        let chosen = |focused, down| look(&areas, focused, down).chosen();
        assert_eq!(chosen(Some((10.0, &[0])), true), Some(0));
        // The innermost is at its end: what is around it goes on.
        assert_eq!(chosen(Some((350.0, &[1, 2])), true), Some(1));
        assert_eq!(chosen(Some((350.0, &[1, 2])), false), Some(2));
        assert_eq!(chosen(Some((20.0, &[])), true), Some(0));
        assert_eq!(chosen(None, true), Some(1));
        assert_eq!(look(&areas[..2], None, false).chosen(), None);
    }

    #[test]
    fn a_page_keeps_the_line_that_one_was_reading_and_nothing_turns_beyond_its_end() {
        let long = area(0.0, 300.0, 100.0, 2_000.0);
        assert_eq!(long.turned(Turn::Page, true), 460.0);
        assert_eq!(long.turned(Turn::Page, false), 0.0);
        assert_eq!(long.turned(Turn::All, true), 2_000.0);
        assert_eq!(long.turned(Turn::Step, false), 52.0);
    }
}
