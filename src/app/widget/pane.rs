//! F6: from one pane of the page to the next.
//!
//! A pane is a container that bears the identifier of one. Which of them has the focus is seen on the page itself,
//! so that it does not matter how the focus came there.

use iced::advanced::widget::operation::{Focusable, Outcome, Scrollable};
use iced::advanced::widget::{self, Operation};
use iced::widget::{Container, Id, container};
use iced::{Element, Point, Rectangle, Task, Vector};

use super::stops::FocusNth;

/// A pane of that name.
pub fn pane<'a, M>(name: &'static str, content: impl Into<Element<'a, M>>) -> Container<'a, M> {
    container(content).id(Id::new(name))
}

/// Focuses the first thing of that pane.
pub fn into_pane<M: Send + 'static>(name: &'static [&'static str; 1]) -> Task<M> {
    widget::operate(Look::new(name, Way::After)).discard()
}

/// Focuses the first thing of the pane after the one that has the focus, or before it.
pub(super) fn pane_beside(names: &'static [&'static str], backwards: bool) -> Box<dyn Operation> {
    let way = if backwards { Way::Before } else { Way::After };
    Box::new(Look::new(names, way))
}

/// Where nothing has the focus, focuses the first thing of the panes, the one of the navigation last.
pub fn somewhere<M: Send + 'static>(names: &'static [&'static str]) -> Task<M> {
    widget::operate(Look::new(names, Way::Here)).discard()
}

/// The same, after another operation.
pub(super) fn then_somewhere(names: &'static [&'static str]) -> Outcome<()> {
    Outcome::Chain(Box::new(Look::new(names, Way::Here)))
}

/// Which pane is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The one that has the focus, where there is one.
    Here,
    /// The one after it.
    After,
    /// The one before it.
    Before,
}

struct Look {
    names: &'static [&'static str],
    way: Way,
    panes: Vec<Option<Rectangle>>,
    /// What scrolls: all that is in it, and where it is seen.
    scrolled: Vec<(Rectangle, Rectangle)>,
    things: Vec<Thing>,
}

/// Something that can have the focus.
struct Thing {
    bounds: Rectangle,
    /// Where what scrolls around it is seen.
    fold: Option<Rectangle>,
    focused: bool,
}

impl Look {
    fn new(names: &'static [&'static str], way: Way) -> Self {
        Self {
            names,
            way,
            panes: vec![None; names.len()],
            scrolled: Vec::new(),
            things: Vec::new(),
        }
    }

    /// Where a thing is: what lies below the fold of something that scrolls in a pane is where that is. Where the
    /// window scrolls with its panes, it is where it stands among them.
    fn place(&self, thing: &Thing) -> Point {
        let in_a_pane = |fold: &Rectangle| {
            let mut panes = self.panes.iter().flatten();
            panes.any(|pane| fold.is_within(&pane.expand(1.0)))
        };
        let bounds = thing.fold.filter(in_a_pane).unwrap_or(thing.bounds);
        bounds.center()
    }

    /// The first thing of a pane, by its rank among all things.
    fn first_in(&self, pane: usize) -> Option<usize> {
        let bounds = self.panes.get(pane).copied().flatten()?;
        let mut things = self.things.iter();
        things.position(|thing| bounds.contains(self.place(thing)))
    }

    fn current(&self) -> Option<usize> {
        let thing = self.things.iter().find(|thing| thing.focused)?;
        let place = self.place(thing);
        // A pane in another comes after it.
        self.panes
            .iter()
            .rposition(|pane| pane.is_some_and(|bounds| bounds.contains(place)))
    }
}

impl Operation<()> for Look {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        let named = self
            .names
            .iter()
            .position(|name| id.is_some_and(|id| *id == Id::new(name)));
        if let Some(slot) = named.and_then(|rank| self.panes.get_mut(rank)) {
            *slot = Some(bounds);
        }
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content_bounds: Rectangle,
        _: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.scrolled.push((content_bounds, bounds));
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        let scrolled = self.scrolled.iter();
        let fold = scrolled
            .rev()
            .find(|(content, _)| content.contains(bounds.center()))
            .map(|(_, view)| *view);
        self.things.push(Thing {
            bounds,
            fold,
            focused: state.is_focused(),
        });
    }

    fn finish(&self) -> Outcome<()> {
        if self.way == Way::Here && self.things.iter().any(|thing| thing.focused) {
            return Outcome::None;
        }
        let count = self.names.len();
        let step = |from: usize| match (self.way, from) {
            (Way::Here | Way::After, from) => (from + 1) % count,
            (Way::Before, 0) => count - 1,
            (Way::Before, from) => from - 1,
        };
        let start = self.current().unwrap_or(match self.way {
            // The navigation is the first.
            Way::Here | Way::Before => 0,
            Way::After => count.saturating_sub(1),
        });

        std::iter::successors(Some(start), |pane| Some(step(*pane)))
            .skip(1)
            .take(count)
            .find_map(|pane| self.first_in(pane))
            // In front of the page, or on one without panes: the first thing there.
            .or((self.way == Way::Here && !self.things.is_empty()).then_some(0))
            .map_or(Outcome::None, |rank| {
                Outcome::Chain(Box::new(FocusNth::new(rank)))
            })
    }
}
