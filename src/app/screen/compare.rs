//! Two versions of a convention, article by article and word by word: what is gone is struck out, what is new is
//! underlined, and F8 goes from one change to the next.

use iced::widget::{Column, Id, column, container, responsive, rich_text, row, span, text};
use iced::{Center, Element, Fill, Task};

use super::convention::version_named;
use super::deliver::Delivery;
use super::{Action, Notice, Screen};
use crate::app::fonts::{SERIF, STRONG};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{checkbox, focusable, link, pane, quiet, scroll, select, strong, tag};
use crate::document::{ComparedPart, Comparison, Fate, Piece, Revision, compare};
use crate::export::{self, Compared};
use crate::model::{self, Records, quoted};
use crate::typeset::Fonts;

/// Below this width the choices stand under each other.
const NARROW: f32 = 900.0;

/// Under this width, what is shown of the differences goes under their count.
const TIGHT: f32 = 760.0;

/// Two versions being compared.
#[derive(Debug)]
pub struct Compare {
    convention: model::Id,
    before: State,
    after: State,
    comparison: Comparison,
    /// The changes, in order: a part, and a paragraph of it.
    changes: Vec<(usize, usize)>,
    here: Option<usize>,
    /// Whether parts and paragraphs that did not change are shown too.
    whole: bool,
}

/// A state of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// That version.
    Version(model::Id),
    /// As it is.
    Today,
}

/// What happens here.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// The earlier state is that one.
    Before(State),
    /// The later one is.
    After(State),
    /// What did not change is shown, or hidden.
    Whole(bool),
    /// To the next change.
    Step {
        /// Or to the one before.
        backwards: bool,
    },
    /// The comparison leaves as PDF.
    Export,
    /// To the convention.
    Convention,
    /// To all of them.
    List,
}

impl Compare {
    /// That version, or the last one, with what the text has become.
    #[must_use]
    pub fn new(convention: model::Id, version: Option<model::Id>, session: &Session) -> Self {
        let last = || {
            session
                .records()
                .versions_of(convention)
                .pop()
                .map(|it| it.id)
        };
        let before = version.or_else(last).map_or(State::Today, State::Version);
        Self {
            convention,
            before,
            after: State::Today,
            comparison: Comparison::default(),
            changes: Vec::new(),
            here: None,
            whole: false,
        }
    }

    /// Records changed.
    fn refresh(&mut self, session: &Session) {
        let records = session.records();
        let is_there = |state| match state {
            State::Version(id) => records.version(id).is_some(),
            State::Today => true,
        };
        for state in [&mut self.before, &mut self.after] {
            if !is_there(*state) {
                *state = State::Today;
            }
        }
        let state = |state| match state {
            State::Version(id) => match records.version(id) {
                Some(version) => Records::from_snapshot(&version.records),
                None => records.clone(),
            },
            State::Today => records.clone(),
        };
        self.comparison = compare(
            self.convention,
            &state(self.before),
            &state(self.after),
            session.reference(),
        );
        self.changes = changes(&self.comparison);
        self.here = self.here.filter(|here| *here < self.changes.len());
    }
}

impl Screen for Compare {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "compare"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Before(state) => self.choose(state, self.after, session),
            Message::After(state) => self.choose(self.before, state, session),
            Message::Whole(whole) => {
                self.whole = whole;
                Vec::new()
            }
            Message::Step { backwards } => {
                let count = self.changes.len();
                if count == 0 {
                    return vec![Action::Notify(Notice::calm(
                        "Les deux textes sont identiques.",
                    ))];
                }
                let here = match (self.here, backwards) {
                    (None, false) => 0,
                    (None, true) => count - 1,
                    (Some(here), false) => (here + 1) % count,
                    (Some(here), true) => (here + count - 1) % count,
                };
                self.here = Some(here);
                vec![Action::Focus(change_id(here))]
            }
            Message::Export => self.export(session).into_iter().collect(),
            Message::Convention => vec![Action::Go(Route::Convention(self.convention))],
            Message::List => vec![Action::Go(Route::Conventions)],
        }
    }

    fn follow(&mut self, session: &Session) -> Task<Message> {
        self.refresh(session);
        Task::none()
    }

    /// Back to where one was.
    fn escape(&mut self, _: &Session) -> Option<Vec<Action<Message>>> {
        Some(vec![Action::Back])
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        responsive(move |size| {
            let narrow = size.width < NARROW;
            let parts = self.parts(palette);
            let body = scroll(container(parts).padding([14, 24]), "compare.page", palette);
            pane(
                "compare",
                column![
                    self.head(narrow, session, palette),
                    self.summary(size.width < TIGHT, palette),
                    container(body).height(Fill),
                ],
            )
            .into()
        })
        .into()
    }
}

impl Compare {
    fn choose(&mut self, before: State, after: State, session: &Session) -> Vec<Action<Message>> {
        (self.before, self.after) = (before, after);
        self.here = None;
        self.refresh(session);
        Vec::new()
    }

    fn export(&self, session: &Session) -> Option<Action<Message>> {
        let convention = session.records().convention(self.convention)?.clone();
        let name = export::comparison_file_name(&convention);
        let told = quoted(&convention.title);
        let (before, after) = (
            state_name(self.before, session),
            state_name(self.after, session),
        );
        let comparison = self.comparison.clone();
        let records = session.records().clone();
        let today = session.today();
        let make = move || {
            let compared = Compared {
                convention: &convention,
                before: &before,
                after: &after,
            };
            let sheet = export::comparison_sheet(compared, &comparison, &records, today);
            export::sheet_pdf(&sheet, &Fonts::shipped()).map_err(|fault| fault.to_string())
        };
        let delivery = Delivery::new("Exporter la comparaison", told, &name, session, make);
        Some(delivery.asked())
    }

    fn head<'a>(
        &'a self,
        narrow: bool,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let records = session.records();
        let title = records
            .convention(self.convention)
            .map_or("", |it| it.title.as_str());
        let states = || {
            let versions = records.versions_of(self.convention).into_iter().rev();
            std::iter::once((State::Today, state_name(State::Today, session)))
                .chain(versions.map(|it| (State::Version(it.id), version_named(it, records))))
        };
        let choices = row![
            container(select(
                states(),
                Some(&self.before),
                "compare.before",
                palette,
                Message::Before
            ))
            .width(Fill),
            text("avec").size(15).color(palette.muted),
            container(select(
                states(),
                Some(&self.after),
                "compare.after",
                palette,
                Message::After
            ))
            .width(Fill),
        ]
        .spacing(12)
        .align_y(Center);
        let trail = row![
            link("Conventions", palette).on_press(Message::List),
            text("/").color(palette.muted),
            container(link(title, palette).on_press(Message::Convention))
                .max_height(if narrow { f32::INFINITY } else { 26.0 })
                .clip(!narrow),
        ]
        .spacing(8)
        .align_y(Center);
        let name = text("Comparer").size(20).font(STRONG);
        let export = strong("Exporter la comparaison", palette).on_press(Message::Export);
        let head: Element<'_, Message> = if narrow {
            column![
                trail,
                row![container(name).width(Fill), export]
                    .spacing(12)
                    .align_y(Center),
                choices
            ]
            .spacing(8)
            .into()
        } else {
            column![
                row![container(trail).width(Fill), export]
                    .spacing(12)
                    .align_y(Center),
                row![name, choices].spacing(18).align_y(Center)
            ]
            .spacing(8)
            .into()
        };
        container(head)
            .padding([10, 24])
            .width(Fill)
            .style(move |_| palette.on(palette.surface))
            .into()
    }

    fn summary<'a>(&'a self, tight: bool, palette: Palette) -> Element<'a, Message> {
        let count = |fate| self.comparison.count(fate);
        let several = |count: usize, one: &str, many: &str| {
            format!("{count}\u{a0}{}", if count > 1 { many } else { one })
        };
        let passages = text("Passages\u{a0}:").size(14).color(palette.muted);
        let mut line = row![passages].spacing(10).align_y(Center);
        for (fate, one, many) in [
            (Fate::Modified, "modifié", "modifiés"),
            (Fate::Added, "ajouté", "ajoutés"),
            (Fate::Removed, "supprimé", "supprimés"),
        ] {
            if count(fate) > 0 {
                let (ink, ground) = tint(fate, palette);
                line = line.push(tag(several(count(fate), one, many), ink, ground, palette));
            }
        }
        line = line.push(
            text(several(count(Fate::Same), "identique", "identiques"))
                .size(14)
                .color(palette.muted),
        );
        let rank = match self.here {
            Some(here) => format!("{}/{}", here + 1, self.changes.len()),
            None => crate::app::text::count(self.changes.len(), "différence", "différences"),
        };
        let whole =
            checkbox("Texte entier", self.whole, palette).on_press(Message::Whole(!self.whole));
        let steps = row![
            text(rank).size(14).color(palette.muted),
            quiet("Précédente  Maj+F8", palette).on_press(Message::Step { backwards: true }),
            quiet("Suivante  F8", palette)
                .id(NEXT)
                .on_press(Message::Step { backwards: false }),
        ]
        .spacing(6)
        .align_y(Center);
        let summary: Element<'_, Message> = if tight {
            let shown = row![whole, steps].spacing(18).align_y(Center);
            column![line.wrap(), shown.wrap()].spacing(4).into()
        } else {
            row![container(line).width(Fill), whole, steps]
                .spacing(18)
                .align_y(Center)
                .into()
        };
        container(summary).padding([8, 24]).into()
    }

    fn parts<'a>(&'a self, palette: Palette) -> Element<'a, Message> {
        let shown = |part: &ComparedPart| self.whole || part.fate != Fate::Same || part.moved;
        let mut list = Column::new().spacing(14);
        for (rank, part) in self.comparison.parts.iter().enumerate() {
            if shown(part) {
                list = list.push(self.part(rank, part, palette));
            }
        }
        if self.comparison.is_empty() {
            list = list.push(
                text("● Les deux textes sont identiques.")
                    .size(15)
                    .color(palette.good),
            );
        }
        list.into()
    }

    fn part<'a>(
        &'a self,
        rank: usize,
        part: &'a ComparedPart,
        palette: Palette,
    ) -> Element<'a, Message> {
        let (ink, _) = tint(part.fate, palette);
        let mut card = column![
            row![
                text(part.heading()).size(16).font(STRONG).width(Fill),
                text(part.told()).size(14).color(ink),
            ]
            .spacing(12)
            .align_y(Center)
        ]
        .spacing(10);
        let mut hidden = 0;
        for (place, pieces) in part.paragraphs.iter().enumerate() {
            let changed = pieces.iter().any(|it| it.revision.is_some());
            if !changed && !self.whole {
                hidden += 1;
                continue;
            }
            let change = self.changes.iter().position(|it| *it == (rank, place));
            card = card.push(self.paragraph(pieces, change, palette));
        }
        if hidden > 0 {
            let told = crate::app::text::count(
                hidden,
                "paragraphe identique n’est pas montré",
                "paragraphes identiques ne sont pas montrés",
            );
            card = card.push(text(told).size(13).color(palette.muted));
        }
        container(card)
            .padding([14, 16])
            .width(Fill)
            .style(move |_| palette.card())
            .into()
    }

    fn paragraph<'a>(
        &'a self,
        pieces: &'a [Piece],
        change: Option<usize>,
        palette: Palette,
    ) -> Element<'a, Message> {
        let spans = pieces.iter().enumerate().flat_map(|(rank, piece)| {
            let words = piece.text.trim_end();
            let rest = piece.text.get(words.len()..).unwrap_or("");
            let said = match piece.revision {
                None => return vec![span(piece.text.as_str())],
                Some(Revision::Deleted) => span(words)
                    .strikethrough(true)
                    .color(palette.grave)
                    .background(palette.grave_soft),
                Some(Revision::Inserted) => span(words)
                    .underline(true)
                    .color(palette.good)
                    .background(palette.good_soft),
            };
            // What is struck out stands apart from what takes its place.
            let next = pieces.get(rank + 1).and_then(|it| it.revision);
            let glued = rest.is_empty() && next == Some(Revision::Inserted);
            vec![said, span(if glued { " " } else { rest })]
        });
        let spans: Vec<iced::widget::text::Span<'a, ()>> = spans.collect();
        let words = rich_text(spans)
            .size(16)
            .line_height(1.6)
            .font(SERIF)
            .width(Fill);
        let Some(change) = change else {
            return words.into();
        };
        let here = self.here == Some(change);
        let sign = text(if here { "▸" } else { " " })
            .size(16)
            .color(palette.accent)
            .width(14);
        focusable(row![sign, words].spacing(2), palette.accent)
            .id(change_id(change))
            .into()
    }
}

/// Where the keyboard finds the next change.
pub const NEXT: &str = "compare.next";

fn change_id(rank: usize) -> Id {
    Id::from(format!("compare.change.{rank}"))
}

/// The changes: each paragraph of what was modified, the whole of what was added or removed as one.
fn changes(comparison: &Comparison) -> Vec<(usize, usize)> {
    let mut changes = Vec::new();
    for (rank, part) in comparison.parts.iter().enumerate() {
        let changed = |pieces: &[Piece]| pieces.iter().any(|it| it.revision.is_some());
        let paragraphs = part.paragraphs.iter().enumerate();
        let own = paragraphs.filter(|(_, pieces)| changed(pieces));
        let own = own.map(|(place, _)| (rank, place));
        match part.fate {
            Fate::Modified => changes.extend(own),
            Fate::Added | Fate::Removed => changes.extend(own.take(1)),
            Fate::Same => {}
        }
    }
    changes
}

fn state_name(state: State, session: &Session) -> String {
    let version = match state {
        State::Version(id) => session.records().version(id),
        State::Today => None,
    };
    version.map_or_else(
        || "Texte d’aujourd’hui".to_owned(),
        |version| version_named(version, session.records()),
    )
}

fn tint(fate: Fate, palette: Palette) -> (iced::Color, iced::Color) {
    match fate {
        Fate::Modified => (palette.accent, palette.accent_soft),
        Fate::Added => (palette.good, palette.good_soft),
        Fate::Removed => (palette.grave, palette.grave_soft),
        Fate::Same => (palette.muted, palette.raised),
    }
}
