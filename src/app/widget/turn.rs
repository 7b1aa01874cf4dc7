//! Page Up and Page Down, Home and End, arrows that nothing took: the keyboard turns what scrolls around it, so that
//! what has neither button nor field is read without a mouse too.

use iced::advanced::widget::operation::{Focusable, Outcome, Scrollable};
use iced::advanced::widget::{self, Operation};
use iced::widget::Id;
use iced::{Rectangle, Task, Vector};

use super::around::{Area, Around, then_scroll};

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
        walk: Around::default(),
        focused: None,
    })
    .discard()
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
    walk: Around,
    /// Where the focus is, and the ranks of what scrolls around it.
    focused: Option<(Rectangle, Vec<usize>)>,
}

/// Which of those turns, the focus being at that distance from the left with that around it.
fn chosen(areas: &[Area], focused: Option<(f32, &[usize])>, down: bool) -> Option<usize> {
    let turns = |rank: &usize| areas.get(*rank).is_some_and(|it| it.turns(down));
    let around = focused.into_iter().flat_map(|(_, around)| around);
    if let Some(rank) = around.copied().rev().find(turns) {
        return Some(rank);
    }
    let beside =
        |view: Rectangle| focused.is_some_and(|(x, _)| (view.x..view.x + view.width).contains(&x));
    let mut best: Option<(usize, (bool, f32))> = None;
    for (rank, area) in areas.iter().enumerate().filter(|(rank, _)| turns(rank)) {
        let worth = (beside(area.view), area.view.width * area.view.height);
        if best.is_none_or(|(_, most)| worth >= most) {
            best = Some((rank, worth));
        }
    }
    best.map(|(rank, _)| rank)
}

impl Operation<()> for Look {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        let depth = self.walk.enter();
        operate(self);
        self.walk.leave(depth);
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.walk.meet(bounds, content, translation);
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some((bounds, self.walk.ranks().to_vec()));
        }
    }

    fn finish(&self) -> Outcome<()> {
        let focused = self.focused.as_ref();
        let focused = focused.map(|(place, around)| (place.center_x(), around.as_slice()));
        let turned = chosen(self.walk.areas(), focused, self.down);
        let target = turned.and_then(|rank| {
            let area = self.walk.areas().get(rank)?;
            Some((rank, area.turned(self.turn, self.down)))
        });
        then_scroll(target.into_iter().collect())
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

    #[test]
    fn what_is_around_the_focus_turns_then_what_stands_under_it_then_the_largest() {
        let areas = [
            area(0.0, 300.0, 0.0, 500.0),
            area(300.0, 700.0, 0.0, 900.0),
            area(320.0, 200.0, 80.0, 80.0),
        ];
        let chosen = |focused: Option<(f32, &[usize])>, down| super::chosen(&areas, focused, down);
        assert_eq!(chosen(Some((10.0, &[0])), true), Some(0));
        // The innermost is at its end: what is around it goes on.
        assert_eq!(chosen(Some((350.0, &[1, 2])), true), Some(1));
        assert_eq!(chosen(Some((350.0, &[1, 2])), false), Some(2));
        assert_eq!(chosen(Some((20.0, &[])), true), Some(0));
        assert_eq!(chosen(None, true), Some(1));
        assert_eq!(super::chosen(&areas[..2], None, false), None);
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
