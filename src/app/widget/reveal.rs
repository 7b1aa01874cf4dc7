//! What has the focus is scrolled into sight, however it came there.
//!
//! Focusing, looking and scrolling are one operation: iced 0.14 asks for no frame after an operation, and of two that
//! follow each other the second may come after the frame that the first was painted in.

use iced::advanced::widget::operation::{Focusable, Outcome, Scrollable};
use iced::advanced::widget::{self, Operation};
use iced::widget::Id;
use iced::{Rectangle, Task, Vector};

use super::around::{Area, Around, then_scroll};

/// Room kept between what is revealed and the edge, in pixels.
const MARGIN: f32 = 8.0;

/// Room kept above it, where the label of an entry is.
const ABOVE: f32 = 32.0;

/// Brings the keyboard there, and that into sight.
pub fn focus<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    widget::operate(Focus(id.into())).discard()
}

/// Scrolls all that holds what bears that identifier, the innermost first.
pub fn reveal_named<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    widget::operate(Reveal::of(Some(id.into()))).discard()
}

/// By what name what has the keyboard goes, if it has one.
pub fn focused() -> Task<Option<Id>> {
    widget::operate(Focused::default())
}

/// The page took another shape, and what had the keyboard by that name may have lost it: it has it again, in sight.
pub fn keep_focused<M: Send + 'static>(name: Option<Id>) -> Task<M> {
    let focused = Focused::default();
    widget::operate(Keep { name, focused }).discard()
}

/// Once the keyboard has come somewhere: that comes into sight.
pub(super) fn then_reveal() -> Outcome<()> {
    Outcome::Chain(Box::new(Reveal::of(None)))
}

/// Brings the keyboard to what bears that identifier.
struct Focus(Id);

impl Operation<()> for Focus {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if id == Some(&self.0) {
            state.focus();
        } else {
            state.unfocus();
        }
    }

    fn finish(&self) -> Outcome<()> {
        then_reveal()
    }
}

/// Looks for what has the keyboard.
#[derive(Default)]
struct Focused {
    is_there: bool,
    name: Option<Id>,
}

impl Operation<Option<Id>> for Focused {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<Option<Id>>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        self.look(id, state);
    }

    fn finish(&self) -> Outcome<Option<Id>> {
        Outcome::Some(self.name.clone())
    }
}

impl Focused {
    fn look(&mut self, id: Option<&Id>, state: &dyn Focusable) {
        if state.is_focused() {
            self.is_there = true;
            self.name = id.cloned();
        }
    }
}

/// Brings the keyboard back where it was, unless it is there.
struct Keep {
    name: Option<Id>,
    focused: Focused,
}

impl Operation<()> for Keep {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        self.focused.look(id, state);
    }

    fn finish(&self) -> Outcome<()> {
        match &self.name {
            Some(name) if !self.focused.is_there => Outcome::Chain(Box::new(Focus(name.clone()))),
            _ => then_reveal(),
        }
    }
}

struct Reveal {
    /// What to reveal, or else what has the focus.
    named: Option<Id>,
    walk: Around,
    /// How far each of what is around it is to be scrolled, the innermost first.
    targets: Vec<(usize, f32)>,
}

impl Reveal {
    fn of(named: Option<Id>) -> Self {
        Self {
            named,
            walk: Around::default(),
            targets: Vec::new(),
        }
    }
}

impl Operation<()> for Reveal {
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

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        let wanted = match &self.named {
            Some(named) => id == Some(named),
            None => state.is_focused(),
        };
        if !wanted {
            return;
        }
        // Where it is in what is around: as each is scrolled, it moves in the next.
        let mut place = bounds;
        for rank in self.walk.ranks().iter().rev() {
            let Some(area) = self.walk.areas().get(*rank) else {
                continue;
            };
            let to = offset_for(place, area);
            self.targets.extend(to.map(|y| (*rank, y)));
            place.y -= to.unwrap_or(area.offset);
            place = place.intersection(&area.view).unwrap_or(area.view);
        }
    }

    fn finish(&self) -> Outcome<()> {
        then_scroll(self.targets.clone())
    }
}

/// How far that is to be scrolled for a place in it to be in sight; nothing where it is.
fn offset_for(place: Rectangle, area: &Area) -> Option<f32> {
    let top = place.y - area.view.y - area.offset;
    let bottom = top + place.height;
    // Its label, where there is room for both.
    let above = ABOVE.min((area.view.height - place.height - MARGIN).max(MARGIN));
    let y = if top < 0.0 {
        area.offset + top - above
    } else if bottom > area.view.height {
        // Of what is taller than the view, its top.
        let along = (bottom - area.view.height + MARGIN).min(top - above);
        area.offset + along
    } else {
        return None;
    };
    Some(y.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::{Point, Size};

    fn offset(y: f32, height: f32, seen: f32, scrolled: f32) -> Option<f32> {
        let rectangle = |y, height| Rectangle::new(Point::new(0.0, y), Size::new(100.0, height));
        let area = Area {
            view: rectangle(0.0, seen),
            offset: scrolled,
            last: 1000.0,
        };
        offset_for(rectangle(y, height), &area)
    }

    #[test]
    fn an_entry_comes_into_sight_with_its_label_where_there_is_room_for_both() {
        assert_eq!(offset(300.0, 34.0, 400.0, 100.0), None);
        assert_eq!(offset(300.0, 34.0, 400.0, 350.0), Some(300.0 - ABOVE));
        assert_eq!(offset(600.0, 34.0, 400.0, 0.0), Some(234.0 + MARGIN));
        // Room for it alone: it is whole.
        assert_eq!(offset(300.0, 90.0, 110.0, 350.0), Some(300.0 - 12.0));
        assert_eq!(offset(600.0, 90.0, 110.0, 0.0), Some(580.0 + MARGIN));
        // Taller than the view: its top.
        assert_eq!(offset(600.0, 500.0, 110.0, 0.0), Some(600.0 - MARGIN));
    }
}
