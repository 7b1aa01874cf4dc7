//! Tab: from one stop of the window to the next, and round. The rows of a list are one stop together; arrows walk in it.
//! F6: from pane to pane, as [`super::pane`] says.
//!
//! The focus moves as the key is heard, and not by a task: what is typed behind it in the same breath, in a window that
//! is slow to draw, goes into the field that it leads to.

use std::any::Any;

use iced::advanced::Layout;
use iced::advanced::widget::operation::{Focusable, Outcome};
use iced::advanced::widget::{Operation, Tree};
use iced::keyboard::key::Named;
use iced::keyboard::{self, Key};
use iced::widget::Id;
use iced::{Element, Event, Rectangle};

use super::compound::{Compound, Heard, compound};
use super::pane::{pane_beside, then_somewhere};
use super::reveal::then_reveal;

/// What a row says before it says that it can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InList {
    /// Of which list it is.
    pub list: &'static str,
    /// Whether it is the one where the keyboard comes into the list; the first, where none is.
    pub chosen: bool,
}

/// What Tab and F6 go round in, where nothing in it takes the key itself: to the stop after the one that has the focus,
/// or before it, and to the pane; where nothing has it any more, as when what had it is gone, Tab goes to the first of
/// the page, whose panes those are. Without panes the keys are left.
pub fn stops<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    panes: Option<&'static [&'static str]>,
) -> Element<'a, M> {
    compound(Stops {
        content: [content.into()],
        panes,
    })
}

struct Stops<'a, M> {
    content: [Element<'a, M>; 1],
    panes: Option<&'static [&'static str]>,
}

impl<'a, M> Compound<'a, M> for Stops<'a, M> {
    type State = ();

    fn parts(&self) -> &[Element<'a, M>] {
        &self.content
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.content
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        self.pass(tree, layout, &mut heard);
        if heard.shell.is_event_captured() {
            return;
        }
        let Some(first) = self.panes.and_then(|panes| moved(heard.event, panes)) else {
            return;
        };
        let mut next = Some(first);
        while let Some(mut operation) = next.take() {
            self.pass_operation(tree, layout, heard.renderer, &mut *operation);
            if let Outcome::Chain(chained) = operation.finish() {
                next = Some(chained);
            }
        }
        heard.shell.capture_event();
        heard.shell.request_redraw();
    }
}

/// How the focus moves when that happens, among those panes.
fn moved(event: &Event, panes: &'static [&'static str]) -> Option<Box<dyn Operation>> {
    let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event else {
        return None;
    };
    let backwards = modifiers.shift();
    match key {
        Key::Named(Named::Tab) if !modifiers.command() && !modifiers.alt() => {
            Some(Box::new(Walk::new(panes, backwards)))
        }
        Key::Named(Named::F6) => Some(pane_beside(panes, backwards)),
        _ => None,
    }
}

struct Walk {
    panes: &'static [&'static str],
    backwards: bool,
    row: Option<InList>,
    /// What can be focused, and of which list it is a row.
    stops: Vec<Option<InList>>,
    here: Option<usize>,
}

impl Walk {
    /// To the stop after the one that has the focus, or before it.
    const fn new(panes: &'static [&'static str], backwards: bool) -> Self {
        Self {
            panes,
            backwards,
            row: None,
            stops: Vec::new(),
            here: None,
        }
    }

    /// Where the focus goes.
    fn there(&self) -> Option<usize> {
        let count = self.stops.len();
        let list = |rank: usize| Some(self.stops.get(rank).copied()??.list);
        let from = match (self.here, self.backwards) {
            (Some(here), false) => here + 1,
            (Some(here), true) => here + count - 1,
            (None, _) => count.checked_sub(1)?,
        };
        let left = self.here.and_then(list);
        let step = |far: usize| match self.backwards {
            false => (from + far) % count,
            true => (from + count - far) % count,
        };
        let next = (0..count)
            .map(step)
            .find(|rank| left.is_none() || list(*rank) != left)
            .or(self.here)?;
        let Some(list) = list(next).filter(|list| Some(*list) != left) else {
            return Some(next);
        };
        let rows = || {
            self.stops
                .iter()
                .enumerate()
                .filter_map(|(rank, row)| Some((rank, (*row)?)))
        };
        let rows = || rows().filter(|(_, row)| row.list == list);
        let chosen = rows().find(|(_, row)| row.chosen).or_else(|| rows().next());
        chosen.map(|(rank, _)| rank)
    }
}

impl Operation<()> for Walk {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Any) {
        if let Some(row) = state.downcast_ref::<InList>() {
            self.row = Some(*row);
        }
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.here = Some(self.stops.len());
        }
        self.stops.push(self.row.take());
    }

    fn finish(&self) -> Outcome<()> {
        if self.here.is_none() && !self.backwards {
            return then_somewhere(self.panes);
        }
        self.there().map_or(Outcome::None, |rank| {
            Outcome::Chain(Box::new(FocusNth::new(rank)))
        })
    }
}

/// Focuses the thing of that rank, and nothing else; it comes into sight.
pub(super) struct FocusNth {
    rank: usize,
    next: usize,
}

impl FocusNth {
    pub(super) const fn new(rank: usize) -> Self {
        Self { rank, next: 0 }
    }
}

impl Operation<()> for FocusNth {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if self.next == self.rank {
            state.focus();
        } else {
            state.unfocus();
        }
        self.next += 1;
    }

    fn finish(&self) -> Outcome<()> {
        then_reveal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there(
        stops: &[Option<(&'static str, bool)>],
        here: Option<usize>,
        backwards: bool,
    ) -> usize {
        let row = |(list, chosen)| InList { list, chosen };
        let walk = Walk {
            stops: stops.iter().map(|stop| stop.map(row)).collect(),
            here,
            ..Walk::new(&[], backwards)
        };
        walk.there().unwrap()
    }

    #[test]
    fn a_list_is_one_stop_at_its_chosen_row_and_the_last_stop_leads_to_the_first() {
        let (row, chosen) = (Some(("plan", false)), Some(("plan", true)));
        let stops = [None, row, row, chosen, row, None, None];
        assert_eq!(there(&stops, None, true), 6);
        assert_eq!(there(&stops, Some(0), false), 3);
        assert_eq!(there(&stops, Some(2), false), 5);
        assert_eq!(there(&stops, Some(6), false), 0);
        assert_eq!(there(&stops, Some(0), true), 6);
        assert_eq!(there(&stops, Some(5), true), 3);
        assert_eq!(there(&stops, Some(3), true), 0);
        assert_eq!(there(&[None, row, row], Some(0), false), 1);
        assert_eq!(there(&[row, row], Some(1), false), 1);
    }
}
