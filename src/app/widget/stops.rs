//! Tab: from one stop of the window to the next, and round. The rows of a list are one stop together; arrows walk in it.

use std::any::Any;

use iced::advanced::widget::operation::{Focusable, Outcome};
use iced::advanced::widget::{self, Operation};
use iced::widget::Id;
use iced::{Rectangle, Task};

use super::pane::then_somewhere;
use super::reveal::then_reveal;

/// What a row says before it says that it can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InList {
    /// Of which list it is.
    pub list: &'static str,
    /// Whether it is the one where the keyboard comes into the list; the first, where none is.
    pub chosen: bool,
}

/// Focuses the stop after the one that has the focus, or before it; where nothing has it any more, as when what had it
/// is gone, the first of the page, whose panes those are.
pub fn next_stop<M: Send + 'static>(panes: &'static [&'static str], backwards: bool) -> Task<M> {
    widget::operate(Walk {
        panes,
        backwards,
        row: None,
        stops: Vec::new(),
        here: None,
    })
    .discard()
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
            panes: &[],
            backwards,
            row: None,
            stops: stops.iter().map(|stop| stop.map(row)).collect(),
            here,
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
