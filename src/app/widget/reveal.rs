//! What has the focus is scrolled into sight, however it came there.
//!
//! Looking and scrolling are one operation, done before the frame that is asked for: iced 0.14 asks for none after an
//! operation that comes later by itself, and what was scrolled would not be seen before the next event.

use iced::advanced::widget::operation::{self, Focusable, Outcome, Scrollable};
use iced::advanced::widget::{self, Operation};
use iced::widget::Id;
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Rectangle, Task, Vector};

/// Room kept between what is revealed and the edge, in pixels.
const MARGIN: f32 = 8.0;

/// Brings the keyboard there, and that into sight.
pub fn focus<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    iced::widget::operation::focus(id).chain(reveal_focused())
}

/// Scrolls the innermost scrollable that bears an identifier and holds the focus.
pub fn reveal_focused<M: Send + 'static>() -> Task<M> {
    reveal(None)
}

/// The same, for what bears that identifier.
pub fn reveal_named<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    reveal(Some(id.into()))
}

fn reveal<M: Send + 'static>(named: Option<Id>) -> Task<M> {
    widget::operate(Reveal {
        named,
        around: Vec::new(),
        target: None,
    })
    .discard()
}

struct Area {
    id: Id,
    view: Rectangle,
    content: Rectangle,
    offset: Vector,
}

struct Reveal {
    /// What to reveal, or else what has the focus.
    named: Option<Id>,
    around: Vec<Area>,
    target: Option<(Id, f32)>,
}

impl Operation<()> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        content_bounds: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        if let Some(id) = id {
            self.around.push(Area {
                id: id.clone(),
                view: bounds,
                content: content_bounds,
                offset: translation,
            });
        }
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        let wanted = match &self.named {
            Some(named) => id == Some(named),
            None => state.is_focused(),
        };
        if !wanted {
            return;
        }
        let holder = self
            .around
            .iter()
            .rfind(|area| area.content.contains(bounds.center()));
        let Some(area) = holder else { return };

        let top = bounds.y - area.view.y - area.offset.y;
        let bottom = top + bounds.height;
        let y = if top < 0.0 {
            area.offset.y + top - MARGIN
        } else if bottom > area.view.height {
            // Of what is taller than the view, its top.
            let along = (bottom - area.view.height + MARGIN).min(top - MARGIN);
            area.offset.y + along
        } else {
            return;
        };
        self.target = Some((area.id.clone(), y.max(0.0)));
    }

    fn finish(&self) -> Outcome<()> {
        let Some((area, y)) = self.target.clone() else {
            return Outcome::None;
        };
        let offset = AbsoluteOffset {
            x: None,
            y: Some(y),
        };
        Outcome::Chain(Box::new(operation::scrollable::scroll_to(area, offset)))
    }
}
