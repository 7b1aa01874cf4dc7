//! What has the focus is scrolled into sight, however it came there.
//!
//! Focusing, looking and scrolling are one operation: iced 0.14 asks for no frame after an operation, and of two that
//! follow each other the second may come after the frame that the first was painted in.

use iced::advanced::widget::operation::{Focusable, Outcome, Scrollable};
use iced::advanced::widget::{self, Operation};
use iced::widget::Id;
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Rectangle, Task, Vector};

/// Room kept between what is revealed and the edge, in pixels.
const MARGIN: f32 = 8.0;

/// Brings the keyboard there, and that into sight.
pub fn focus<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    widget::operate(Focus(id.into())).discard()
}

/// Scrolls all that holds what bears that identifier, the innermost first.
pub fn reveal_named<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    widget::operate(Reveal::of(Some(id.into()))).discard()
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

/// Something that scrolls.
struct Area {
    id: Option<Id>,
    view: Rectangle,
    offset: Vector,
}

struct Reveal {
    /// What to reveal, or else what has the focus.
    named: Option<Id>,
    /// What scrolls and is about to be looked into.
    met: Option<Area>,
    /// What scrolls around what is being looked at, the outermost first.
    around: Vec<Area>,
    /// How far each is to be scrolled, the innermost first.
    targets: Vec<(Id, f32)>,
}

impl Reveal {
    const fn of(named: Option<Id>) -> Self {
        Self {
            named,
            met: None,
            around: Vec::new(),
            targets: Vec::new(),
        }
    }
}

impl Operation<()> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        let depth = self.around.len();
        self.around.extend(self.met.take());
        operate(self);
        self.around.truncate(depth);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        _: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.met = Some(Area {
            id: id.cloned(),
            view: bounds,
            offset: translation,
        });
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
        for area in self.around.iter().rev() {
            let y = match &area.id {
                Some(id) => match offset_for(place, area) {
                    Some(y) => {
                        self.targets.push((id.clone(), y));
                        y
                    }
                    None => area.offset.y,
                },
                None => area.offset.y,
            };
            place.y -= y;
            place = place.intersection(&area.view).unwrap_or(area.view);
        }
    }

    fn finish(&self) -> Outcome<()> {
        if self.targets.is_empty() {
            return Outcome::None;
        }
        Outcome::Chain(Box::new(ScrollAll(self.targets.clone())))
    }
}

/// How far that is to be scrolled for a place in it to be in sight; nothing where it is.
fn offset_for(place: Rectangle, area: &Area) -> Option<f32> {
    let top = place.y - area.view.y - area.offset.y;
    let bottom = top + place.height;
    let y = if top < 0.0 {
        area.offset.y + top - MARGIN
    } else if bottom > area.view.height {
        // Of what is taller than the view, its top.
        let along = (bottom - area.view.height + MARGIN).min(top - MARGIN);
        area.offset.y + along
    } else {
        return None;
    };
    Some(y.max(0.0))
}

/// Scrolls each of those so far.
struct ScrollAll(Vec<(Id, f32)>);

impl Operation<()> for ScrollAll {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        _: Rectangle,
        _: Rectangle,
        _: Vector,
        state: &mut dyn Scrollable,
    ) {
        let target = self.0.iter().find(|(area, _)| id == Some(area));
        if let Some((_, y)) = target {
            state.scroll_to(AbsoluteOffset {
                x: None,
                y: Some(*y),
            });
        }
    }
}
