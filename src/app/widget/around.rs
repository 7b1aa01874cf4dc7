//! What scrolls around each thing of a page, by its rank: known as an operation walks, scrolled by the one after it.

use iced::advanced::widget::Operation;
use iced::advanced::widget::operation::{Outcome, Scrollable};
use iced::widget::Id;
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Rectangle, Vector};

/// Something that scrolls.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    /// Where it is seen, were nothing around it scrolled.
    pub view: Rectangle,
    /// How far it is scrolled, in pixels.
    pub offset: f32,
    /// How far it can be.
    pub last: f32,
}

/// What has been met that scrolls, and what of it is around what is being looked at. The rank of each is the order in
/// which it is met.
#[derive(Debug, Default)]
pub(super) struct Around {
    areas: Vec<Area>,
    /// What scrolls and is about to be looked into.
    met: Option<usize>,
    /// What is around, the outermost first.
    ranks: Vec<usize>,
}

impl Around {
    /// Looks into what was met last; gives what [`Around::leave`] wants afterwards.
    pub fn enter(&mut self) -> usize {
        let depth = self.ranks.len();
        self.ranks.extend(self.met.take());
        depth
    }

    /// Is done with what was entered at that depth.
    pub fn leave(&mut self, depth: usize) {
        self.ranks.truncate(depth);
    }

    /// Meets something that scrolls, as an operation is told of it.
    pub fn meet(&mut self, bounds: Rectangle, content: Rectangle, translation: Vector) {
        self.met = Some(self.areas.len());
        self.areas.push(Area {
            view: bounds,
            offset: translation.y,
            last: (content.height - bounds.height).max(0.0),
        });
    }

    /// All that has been met, by rank.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The ranks of what is around what is being looked at, the outermost first.
    pub fn ranks(&self) -> &[usize] {
        &self.ranks
    }
}

/// Scrolls the things of those ranks so far, in pixels.
pub(super) fn then_scroll(targets: Vec<(usize, f32)>) -> Outcome<()> {
    if targets.is_empty() {
        return Outcome::None;
    }
    Outcome::Chain(Box::new(ScrollAll { targets, next: 0 }))
}

struct ScrollAll {
    targets: Vec<(usize, f32)>,
    next: usize,
}

impl Operation<()> for ScrollAll {
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
        let target = self.targets.iter().find(|(rank, _)| *rank == self.next);
        if let Some((_, y)) = target {
            state.scroll_to(AbsoluteOffset {
                x: None,
                y: Some(*y),
            });
        }
        self.next += 1;
    }
}
