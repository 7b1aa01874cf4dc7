//! The preview: the pages that the PDF will have, beside the text that is being written.
//!
//! They are made by a [`Press`] away from the window's thread, one job at a time: what changes meanwhile is in the
//! next, so that the latest wins and nothing queues. [`Preview::prepare`] is asked after every message whether there
//! is something to make; [`spot`] goes from the text to the pages and back; [`sheets`] draws.

pub mod press;
mod sheets;
pub mod spot;
mod view;

use std::sync::Arc;

use iced::widget::{Id, operation, scrollable};
use iced::{Task, keyboard::Key, keyboard::key::Named};

pub use press::{Order, Press, usual_composition};
pub use sheets::{Gesture, Mark};

use press::{Job, Picture, Printed, points};
use sheets::{Seen, Stack};
use spot::{Click, Spot, Target};

use crate::check::Severity;
use crate::typeset::pages::{Pages, Remark};

/// Where the keyboard and scrolling find the sheets.
pub const SHEETS: &str = "preview.sheets";

/// Where the keyboard turns the pages.
const PANE: &str = "preview";

/// How many bytes of pictures are kept, those in sight apart: a dozen pages as wide as a window.
const MOST_BYTES: usize = 48 * 1024 * 1024;

/// The pixels of an inch that « 100 % » means.
const DOTS: f32 = 96.0;

/// How large the sheets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// As wide as the pane.
    Width,
    /// In hundredths of the paper's size.
    Percent(u16),
}

impl Zoom {
    const STEPS: [u16; 7] = [50, 67, 80, 100, 125, 150, 200];

    /// The next step up or down from what is shown.
    fn step(shown: u16, larger: bool) -> Self {
        let next = if larger {
            Self::STEPS.iter().find(|step| **step > shown)
        } else {
            Self::STEPS.iter().rev().find(|step| **step < shown)
        };
        let last = if larger { 200 } else { 50 };
        Self::Percent(*next.unwrap_or(&last))
    }
}

/// Pages beside a text. See the module.
pub struct Preview {
    press: Press,
    pages: Option<Arc<Pages>>,
    pictures: Vec<(usize, Picture)>,
    /// Whether what the pages are made from has changed since they were ordered.
    stale: bool,
    at_work: bool,
    fault: Option<String>,
    zoom: Zoom,
    seen: Option<Seen>,
    /// Physical pixels a logical one.
    pixels: f32,
    follows: bool,
    target: Option<Target>,
    spot: Option<Spot>,
    points: Vec<(usize, Severity, Target)>,
    marks: Vec<Mark>,
    remark: usize,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// On the sheets.
    Sheets(Gesture),
    /// A job is done.
    Printed(Result<Printed, String>),
    /// Another size.
    Zoom(Zoom),
    /// A step larger, or smaller.
    Step {
        /// Larger.
        larger: bool,
    },
    /// The caret is followed, or no longer.
    Follow,
    /// Another page, from the one in sight.
    Turn(Turn),
    /// The place of the remark of layout that is shown.
    Remark,
    /// The next remark.
    NextRemark,
}

/// Where the keyboard goes among the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The one after.
    Next,
    /// The one before.
    Previous,
    /// The first.
    First,
    /// The last.
    Last,
}

impl Turn {
    /// What a key asks.
    #[must_use]
    pub fn of_key(key: &Key) -> Option<Self> {
        match key {
            Key::Named(Named::PageDown | Named::ArrowDown) => Some(Self::Next),
            Key::Named(Named::PageUp | Named::ArrowUp) => Some(Self::Previous),
            Key::Named(Named::Home) => Some(Self::First),
            Key::Named(Named::End) => Some(Self::Last),
            _ => None,
        }
    }
}

/// What a message asks of the screen.
pub enum Wish {
    /// Nothing.
    Nothing,
    /// A task.
    Run(Task<Message>),
    /// The text that was clicked.
    Text(Click),
    /// The finding whose mark was clicked.
    Finding(usize),
}

impl Preview {
    /// Nothing yet, to be made by that press.
    #[must_use]
    pub fn new(press: Press) -> Self {
        Self {
            press,
            pages: None,
            pictures: Vec::new(),
            stale: true,
            at_work: false,
            fault: None,
            zoom: Zoom::Width,
            seen: None,
            pixels: 1.0,
            follows: true,
            target: None,
            spot: None,
            points: Vec::new(),
            marks: Vec::new(),
            remark: 0,
        }
    }

    /// What the pages are made from has changed. The findings to be shown beside them, with their rank and place.
    pub fn follow(&mut self, points: Vec<(usize, Severity, Target)>) {
        self.stale = true;
        self.points = points;
    }

    /// Nobody sees the sheets any more: nothing is made until somebody does.
    pub fn hide(&mut self) {
        self.seen = None;
    }

    /// Whether the sheets stand in the place of the text.
    #[must_use]
    pub fn is_instead(&self) -> bool {
        self.seen.is_some_and(|seen| seen.instead)
    }

    /// Makes what is missing: called after every message. `order` says what the pages are made from, `target` where
    /// the caret is.
    pub fn prepare(
        &mut self,
        order: impl FnOnce() -> Order,
        target: Option<Target>,
        pixels: f32,
    ) -> Task<Message> {
        self.pixels = pixels;
        let Some(seen) = self.seen else {
            return Task::none();
        };
        let scroll = if target == self.target {
            Task::none()
        } else {
            self.target = target;
            self.look_for_target()
        };
        if self.at_work {
            return scroll;
        }
        let paint = self.missing(&seen);
        if !self.stale && paint.is_empty() {
            return scroll;
        }

        let job = Job {
            order: self.stale.then(order),
            pages: self.pages.clone(),
            paint: if self.stale {
                self.in_sight(&seen)
            } else {
                paint
            },
            width: self.across(&seen),
        };
        self.stale = false;
        self.at_work = true;
        let press = self.press.clone();
        let work = Task::perform(async move { press.print(&job) }, Message::Printed);
        Task::batch([scroll, work])
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message) -> Wish {
        match message {
            Message::Sheets(Gesture::Seen(seen)) => {
                let before = self.seen.replace(seen);
                if before.is_none() && seen.instead {
                    let focus = operation::focus(Id::new(PANE));
                    return Wish::Run(self.look_for_target().chain(focus));
                }
                if before.is_some_and(|before| before.pane == seen.pane) {
                    return Wish::Nothing;
                }
                Wish::Run(self.look_for_target())
            }
            Message::Sheets(Gesture::Clicked { page, x, y }) => {
                let pages = self.pages.as_ref();
                pages
                    .and_then(|pages| spot::clicked(pages, page, x, y))
                    .map_or(Wish::Nothing, Wish::Text)
            }
            Message::Sheets(Gesture::Marked(rank)) => Wish::Finding(rank),
            Message::Printed(Ok(printed)) => self.take(printed),
            Message::Printed(Err(fault)) => {
                self.at_work = false;
                self.fault = Some(fault);
                Wish::Nothing
            }
            Message::Zoom(zoom) => {
                self.zoom = zoom;
                Wish::Run(self.look_for_target())
            }
            Message::Step { larger } => {
                self.zoom = Zoom::step(self.percent(), larger);
                Wish::Run(self.look_for_target())
            }
            Message::Follow => {
                self.follows = !self.follows;
                Wish::Run(self.look_for_target())
            }
            Message::Turn(turn) => Wish::Run(self.turn(turn)),
            Message::Remark => self.go_to_remark(),
            Message::NextRemark => {
                self.remark = (self.remark + 1) % self.remarks().len().max(1);
                Wish::Nothing
            }
        }
    }

    fn take(&mut self, printed: Printed) -> Wish {
        self.at_work = false;
        self.fault = None;
        let changed = &printed.changed;
        self.pictures.retain(|(page, _)| !changed.contains(page));
        for (page, picture) in printed.pictures {
            self.pictures.retain(|(other, _)| *other != page);
            self.pictures.push((page, picture));
        }
        if !printed.set {
            self.forget_far_pictures();
            return Wish::Nothing;
        }
        self.pages = Some(printed.pages);
        self.remark = self.remark.min(self.remarks().len().saturating_sub(1));
        self.place_marks();
        Wish::Run(self.look_for_target())
    }

    fn place_marks(&mut self) {
        let Some(pages) = &self.pages else { return };
        self.marks = self
            .points
            .iter()
            .flat_map(|(rank, severity, target)| {
                spot::stretches_of(pages, target)
                    .into_iter()
                    .map(|spot| Mark {
                        spot,
                        severity: *severity,
                        rank: *rank,
                    })
            })
            .collect();
    }

    /// Finds the line of the caret, and brings it in sight when it is followed and has moved.
    fn look_for_target(&mut self) -> Task<Message> {
        let found = match (&self.pages, &self.target) {
            (Some(pages), Some(target)) => spot::spot_of(pages, target),
            _ => None,
        };
        self.spot = found;
        match found.filter(|_| self.follows) {
            Some(spot) => self.bring_in_sight(&spot),
            None => Task::none(),
        }
    }

    fn bring_in_sight(&self, spot: &Spot) -> Task<Message> {
        /// Room kept around the line, in logical pixels.
        const MARGIN: f32 = 24.0;

        let (Some(seen), Some(stack)) = (self.seen, self.stack()) else {
            return Task::none();
        };
        let (top, foot) = stack.line(spot);
        if top - MARGIN >= seen.top && foot + MARGIN <= seen.top + seen.height {
            return Task::none();
        }
        // With what comes before it, so that it is read where it stands.
        let y = top - seen.height / 3.0;
        scroll_to(y.min(stack.size().height - seen.height))
    }

    fn turn(&self, turn: Turn) -> Task<Message> {
        let (Some(page), Some(stack), Some(pages)) =
            (self.page_in_sight(), self.stack(), &self.pages)
        else {
            return Task::none();
        };
        let last = pages.pages.len().saturating_sub(1);
        let page = match turn {
            Turn::Next => (page + 1).min(last),
            Turn::Previous => page.saturating_sub(1),
            Turn::First => 0,
            Turn::Last => last,
        };
        scroll_to(stack.sheet(page).y - 6.0)
    }

    /// What layout remarks, each once, where it first is, with how many times it is: a character that no face has is
    /// on every page that says it.
    fn remarks(&self) -> Vec<(&Remark, usize)> {
        let mut found: Vec<(&Remark, usize)> = Vec::new();
        for remark in self.pages.iter().flat_map(|pages| &pages.remarks) {
            match found
                .iter_mut()
                .find(|(it, _)| it.message == remark.message)
            {
                Some((_, times)) => *times += 1,
                None => found.push((remark, 1)),
            }
        }
        found
    }

    fn go_to_remark(&self) -> Wish {
        let remarks = self.remarks();
        let place = remarks
            .get(self.remark)
            .and_then(|(it, _)| it.place.clone());
        place.map_or(Wish::Nothing, |place| {
            Wish::Text(Click {
                place,
                printed: String::new(),
                byte: 0,
            })
        })
    }

    /// The page that is read: the one at a third of what is in sight.
    fn page_in_sight(&self) -> Option<usize> {
        let (seen, stack) = (self.seen?, self.stack()?);
        let third = stack.pages_in(seen.top + seen.height / 3.0, 1.0);
        Some(
            third
                .start
                .min(self.pages.as_ref()?.pages.len().saturating_sub(1)),
        )
    }

    fn stack(&self) -> Option<Stack> {
        let (seen, pages) = (self.seen?, self.pages.as_ref()?);
        Some(Stack::new(
            pages,
            seen.pane,
            self.across(&seen),
            self.pixels,
        ))
    }

    /// How wide a sheet is, in physical pixels.
    fn across(&self, seen: &Seen) -> u32 {
        let paper = self.paper_width();
        let logical = match self.zoom {
            Zoom::Width => Stack::room(seen.pane).min(2.0 * paper),
            Zoom::Percent(percent) => paper * f32::from(percent) / 100.0,
        };
        (logical * self.pixels).round().clamp(40.0, 8_000.0) as u32
    }

    /// The paper as wide as it is, in logical pixels.
    fn paper_width(&self) -> f32 {
        let a4 = 595.0;
        let width = self
            .pages
            .as_ref()
            .map_or(a4, |pages| points(pages.width.0));
        width * DOTS / 72.0
    }

    /// The size shown, in hundredths of the paper's.
    fn percent(&self) -> u16 {
        let Some(seen) = self.seen else { return 100 };
        let logical = self.across(&seen) as f32 / self.pixels;
        (logical / self.paper_width() * 100.0).round() as u16
    }

    /// The pages in sight, or the first ones when nothing is made yet.
    fn in_sight(&self, seen: &Seen) -> Vec<usize> {
        self.stack().map_or_else(
            || vec![0],
            |stack| stack.pages_in(seen.top, seen.height).collect(),
        )
    }

    /// The pages to paint: those in sight that are not, at that size; then one before and one after.
    fn missing(&self, seen: &Seen) -> Vec<usize> {
        let (Some(stack), Some(pages)) = (self.stack(), &self.pages) else {
            return Vec::new();
        };
        let width = self.across(seen);
        let is_painted = |page: &usize| {
            let picture = self.picture(*page);
            picture.is_some_and(|picture| picture.width == width)
        };
        let range = stack.pages_in(seen.top, seen.height);
        let near = range.clone().filter(|page| !is_painted(page));
        let missing: Vec<usize> = near.collect();
        if !missing.is_empty() {
            return missing;
        }
        let beside = [range.start.checked_sub(1), Some(range.end)];
        beside
            .into_iter()
            .flatten()
            .filter(|page| *page < pages.pages.len() && !is_painted(page))
            .collect()
    }

    fn picture(&self, page: usize) -> Option<&Picture> {
        self.pictures
            .iter()
            .find(|(number, _)| *number == page)
            .map(|(_, picture)| picture)
    }

    /// The pictures furthest from what is in sight go first.
    fn forget_far_pictures(&mut self) {
        let here = self.page_in_sight().unwrap_or(0);
        self.pictures.sort_by_key(|(page, _)| page.abs_diff(here));
        let mut bytes = 0;
        self.pictures.retain(|(page, picture)| {
            bytes += picture.width as usize * picture.height as usize * 4;
            bytes <= MOST_BYTES || page.abs_diff(here) <= 2
        });
    }
}

fn scroll_to(y: f32) -> Task<Message> {
    let offset = scrollable::AbsoluteOffset {
        x: None,
        y: Some(y.max(0.0)),
    };
    operation::scroll_to(Id::new(SHEETS), offset)
}

#[cfg(test)]
impl Preview {
    /// Where the words are printed in the pane, from its corner, when they are in sight.
    pub fn whereabouts(&self, words: &str) -> Option<iced::Point> {
        let (stack, seen) = (self.stack()?, self.seen?);
        let (page, run, byte) = self.find(words)?;
        let sheet = stack.sheet(page);
        let before = run
            .glyphs
            .iter()
            .filter(|glyph| (glyph.start as usize) < byte);
        let x = points(run.x.0 + before.map(|glyph| glyph.advance.0).sum::<i64>());
        let y = points(run.y.0 - run.size.0 / 4);
        let scale = sheet.width / points(self.pages.as_ref()?.width.0);
        let at = iced::Point::new(sheet.x + x * scale + 1.0, sheet.y + y * scale - seen.top);
        (0.0..seen.height).contains(&at.y).then_some(at)
    }

    /// The middle of the first mark in sight, and the rank of its finding.
    pub fn first_mark(&self) -> Option<(iced::Point, usize)> {
        let (stack, seen) = (self.stack()?, self.seen?);
        let mark = self.marks.first()?;
        let (top, _) = stack.line(&mark.spot);
        let x = stack.sheet(mark.spot.page).x + 8.0;
        Some((iced::Point::new(x, top + 4.0 - seen.top), mark.rank))
    }

    /// Whether the words are printed.
    pub fn prints(&self, words: &str) -> bool {
        self.find(words).is_some()
    }

    fn find(&self, words: &str) -> Option<(usize, &crate::typeset::pages::GlyphRun, usize)> {
        let pages = self.pages.as_ref()?;
        pages.pages.iter().enumerate().find_map(|(page, it)| {
            it.items.iter().find_map(|item| match &item.drawing {
                crate::typeset::pages::Drawing::Glyphs(run) if item.place.is_some() => {
                    Some((page, run, run.text.find(words)?))
                }
                _ => None,
            })
        })
    }
}
