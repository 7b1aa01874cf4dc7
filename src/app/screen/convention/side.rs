//! What stands beside the part that is open: the preview, which follows the caret and is clicked to move it.

use std::sync::Arc;

use iced::widget::{Id, column, container, row, space, text};
use iced::{Center, Fill, Task};

use super::plan::Part;
use super::{Convention, Message, view};
use crate::app::fonts::STRONG;
use crate::app::preview::spot::{Click, Target};
use crate::app::preview::{self, Order, Wish};
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::pane;
use crate::check::{Finding, Severity};
use crate::document::Place;
use crate::model::{self, Convention as Written, Kind, Lang};

/// Below this width there is no room beside the part.
pub(super) const ROOMY: f32 = 940.0;

/// The same, while two languages stand side by side.
const SPACIOUS: f32 = 1500.0;

/// How the side stands in a window of a certain width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Side {
    /// Beside the part, that wide.
    Beside(f32),
    /// In its place.
    Instead,
    /// Not at all.
    Hidden,
}

/// The findings that nobody answers for and that the pages show, with their rank among those.
pub fn points(findings: &[Finding], convention: model::Id) -> Vec<(usize, Severity, Target)> {
    super::unanswered(findings)
        .enumerate()
        .filter(|(_, finding)| {
            let record = finding.place.record;
            record.kind == Kind::Convention && record.id == convention
        })
        .filter_map(|(rank, finding)| {
            let place = &finding.place;
            let target = Target {
                item: Some(place.item?),
                language: place.language.clone(),
                paragraph: place.paragraph,
                shown: String::new(),
                byte: 0,
            };
            Some((rank, finding.severity, target))
        })
        .collect()
}

impl Convention {
    /// How the side stands when the page is that wide.
    pub(super) fn side_width(&self, page: f32) -> Side {
        // Two languages take the room of three columns.
        let roomy = if self.is_translating() {
            SPACIOUS
        } else {
            ROOMY
        };
        match (page >= roomy, self.side_flipped) {
            (true, false) => Side::Beside((page * 0.36).clamp(330.0, 720.0)),
            (false, true) => Side::Instead,
            (true, true) | (false, false) => Side::Hidden,
        }
    }

    /// The side: what it shows, under its name.
    pub(super) fn side<'a>(
        &'a self,
        instead: bool,
        palette: Palette,
    ) -> container::Container<'a, Message> {
        let name = text("Aperçu").size(15).font(STRONG).color(palette.accent);
        let zoom = self.preview.zoom(palette).map(Message::Preview);
        let head = row![name, space().width(Fill), zoom]
            .align_y(Center)
            .padding([6, 14]);
        let pages = self.preview.view(instead, palette).map(Message::Preview);
        pane("side", column![head, pages])
            .width(Fill)
            .height(Fill)
            .style(move |_| palette.on(palette.raised))
    }

    pub(super) fn flip_side(&mut self) -> Vec<Action<Message>> {
        self.side_flipped = !self.side_flipped;
        let text_comes_back = self.preview.is_instead();
        self.preview.hide();
        if text_comes_back && self.open.is_some() {
            return vec![Action::Focus(Id::new(view::EDITOR))];
        }
        Vec::new()
    }

    /// Has made what the preview wants to show.
    pub(super) fn make_pages(&mut self, session: &Session, pixels: f32) -> Task<Message> {
        let id = self.id;
        let order = || Order {
            convention: id,
            records: session.records().clone(),
            reference: session.reference().clone(),
            composition: preview::usual_composition(id, session.records(), session.today()),
            logos: Some(Arc::clone(session.cabinet())),
        };
        let target = self.target(session);
        let pages = self
            .preview
            .prepare(order, target, pixels)
            .map(Message::Preview);
        Task::batch([pages, self.prepare_spelling(session)])
    }

    /// Where the caret is, or the part that is read.
    fn target(&self, session: &Session) -> Option<Target> {
        let written = self.written(session)?;
        if let Some(open) = &self.open {
            let (paragraph, byte) = open.editor.caret();
            return Some(Target {
                item: open.part.item(),
                language: Some(self.language.clone()),
                paragraph: Some(paragraph),
                shown: open.editor.shown(paragraph).unwrap_or_default().to_owned(),
                byte,
            });
        }
        let item = match self.part {
            Part::Verify
            | Part::Sheet
            | Part::Signatures
            | Part::Reciprocity
            | Part::Chain
            | Part::Versions => None,
            Part::Parties => Some(written.parties.first()?.id),
            Part::Visas => Some(written.visas.first()?.id),
            Part::Recitals => Some(written.recitals.first()?.id),
            Part::Article(id) | Part::Annex(id) | Part::Visa(id) | Part::Recital(id) => Some(id),
        };
        Some(Target::whole(item, None))
    }

    pub(super) fn turn_pages(
        &mut self,
        message: preview::Message,
        session: &Session,
    ) -> Vec<Action<Message>> {
        match self.preview.update(message) {
            Wish::Nothing => Vec::new(),
            Wish::Run(task) => vec![Action::Run(task.map(Message::Preview))],
            Wish::Text(click) => self.go_to_click(&click, session),
            Wish::Finding(rank) => self.walk_to(rank, session),
        }
    }

    /// Opens the part that was clicked on a page, the caret on the letter.
    fn go_to_click(&mut self, click: &Click, session: &Session) -> Vec<Action<Message>> {
        let Some(written) = self.written(session) else {
            return Vec::new();
        };
        let part = part_at(&click.place, written);
        if self.preview.is_instead() {
            self.side_flipped = false;
            self.preview.hide();
        }
        self.plan_first = false;
        self.speak(&click.place.language, part);
        self.show(part, session);

        let Some(open) = &mut self.open else {
            return vec![Action::Rest, Action::Focus(self.first())];
        };
        if click.is_heading() {
            return vec![Action::Rest, Action::Focus(Id::new(view::TITLE))];
        }
        let paragraph = click.place.paragraph;
        let byte = click.byte_in(open.editor.shown(paragraph).unwrap_or_default());
        open.editor.select(paragraph, byte..byte);
        vec![Action::Rest, Action::Focus(Id::new(view::EDITOR))]
    }

    /// Shows a text in that language, where it has several.
    pub(super) fn speak(&mut self, language: &Lang, part: Part) {
        let is_written = matches!(
            part,
            Part::Article(_) | Part::Annex(_) | Part::Visa(_) | Part::Recital(_)
        );
        if *language != self.language && is_written {
            self.language = language.clone();
            self.open = None;
        }
    }
}

/// The part where something printed was written.
fn part_at(place: &Place, written: &Written) -> Part {
    let Some(item) = place.item else {
        return Part::Sheet;
    };
    if written.articles.iter().any(|it| it.id == item) {
        Part::Article(item)
    } else if written.annexes.iter().any(|it| it.id == item) {
        Part::Annex(item)
    } else if written.parties.iter().any(|it| it.id == item) {
        Part::Parties
    } else if written.visas.iter().any(|it| it.id == item) {
        Part::Visa(item)
    } else if written.recitals.iter().any(|it| it.id == item) {
        Part::Recital(item)
    } else {
        Part::Sheet
    }
}
