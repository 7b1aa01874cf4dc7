//! What the glossary, the law and the resources have in common: a list of entries at the left, the entry chosen at
//! the right; a department's note on an entry, and its word that the entry is right.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use iced::widget::text_editor::Action as Typed;
use iced::widget::{Column, Id, Row, column, container, responsive, row, text};
use iced::{Center, Element, Fill};

use super::Action;
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Area, area};
use crate::app::widget::{button, field, pane, row_button, scroll, tag};
use crate::model::{Change, Confirmation, Record, Term};
use crate::reference::{Confidence, Status};

/// Below this width of the page the list lies above the entry.
const NARROW: f32 = 640.0;

/// The width of the list, in pixels.
const LIST: f32 = 300.0;

/// The list at the left and the entry at the right, or above and below where it is narrow. Where the window scrolls,
/// the list is given the entry, to be shown under its line.
pub fn open<'a, M: 'a>(
    list: impl Fn(Option<Element<'a, M>>) -> Element<'a, M> + 'a,
    entry: impl Fn() -> Element<'a, M> + 'a,
    palette: Palette,
) -> Element<'a, M> {
    responsive(move |size| {
        let list = |entry| {
            pane("list", list(entry))
                .padding([16, 14])
                .style(move |_| palette.on(palette.surface))
        };
        let entry = pane("entry", entry()).width(Fill).height(Fill);
        if size.height.is_infinite() {
            let ground = entry.style(move |_| palette.on(palette.ground));
            list(Some(ground.into())).width(Fill).into()
        } else if size.width < NARROW {
            column![list(None).width(Fill).height(size.height * 0.4), entry].into()
        } else {
            row![list(None).width(LIST).height(Fill), entry].into()
        }
    })
    .into()
}

/// An entry, on a page that scrolls.
pub fn page<'a, M: 'a>(parts: Column<'a, M>, id: &'static str, palette: Palette) -> Element<'a, M> {
    let page = container(parts.spacing(14).max_width(760)).padding([20, 28]);
    scroll(page, id, palette).into()
}

/// A heading within an entry, and what stands under it.
pub fn part<'a, M: 'a>(title: &'a str, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    column![text(title).size(16).font(STRONG), content.into()]
        .spacing(6)
        .into()
}

/// Running text.
pub fn prose<'a, M: 'a>(words: &'a str) -> Element<'a, M> {
    text(words).size(16).line_height(1.45).width(Fill).into()
}

/// Small print: sources, dates.
pub fn small<'a, M: 'a>(words: impl Into<String>, palette: Palette) -> Element<'a, M> {
    text(words.into())
        .size(14)
        .color(palette.muted)
        .width(Fill)
        .into()
}

/// Things one after the other, on as many lines as it takes.
pub fn flow<'a, M: 'a>(things: impl IntoIterator<Item = Element<'a, M>>) -> Element<'a, M> {
    Row::with_children(things)
        .spacing(8)
        .wrap()
        .vertical_spacing(6)
        .into()
}

/// Something that stands out of the page, on a soft ground.
pub fn set_out<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    ground: iced::Color,
) -> Element<'a, M> {
    container(content)
        .padding([14, 18])
        .width(Fill)
        .style(move |_| container::Style {
            background: Some(ground.into()),
            border: iced::border::rounded(8),
            ..container::Style::default()
        })
        .into()
}

/// Where a text stands, told by a word and a colour.
pub fn status_tag<'a, M: 'a>(status: Status, palette: Palette) -> Element<'a, M> {
    let (ink, ground) = match status {
        Status::InForce => (palette.good, palette.good_soft),
        Status::Amended => (palette.accent, palette.accent_soft),
        Status::Replaced | Status::Repealed => (palette.muted, palette.raised),
        Status::ToConfirm => (palette.wary, palette.wary_soft),
    };
    tag(french::capital(status.label()), ink, ground, palette)
}

/// « À confirmer », where it is.
pub fn doubt<'a, M: 'a>(confidence: Confidence, palette: Palette) -> Option<Element<'a, M>> {
    (!confidence.is_verified())
        .then(|| tag("◆ À confirmer", palette.wary, palette.wary_soft, palette))
}

/// A line of the list.
pub fn line<'a, M: Clone + 'a>(
    name: &'a str,
    more: Option<&'a str>,
    beside: Option<Element<'a, M>>,
    chosen: bool,
    palette: Palette,
) -> crate::app::widget::Button<'a, M> {
    let face = if chosen {
        STRONG
    } else {
        crate::app::fonts::SANS
    };
    let ink = if chosen { palette.accent } else { palette.ink };
    let head = row![text(name).size(15).font(face).color(ink).width(Fill)]
        .push(beside)
        .spacing(8)
        .align_y(Center);
    let more = more.map(|more| text(more).size(14).color(palette.muted).width(Fill));
    row_button(column![head].push(more).spacing(2), chosen, palette)
}

/// The sources of an entry: the brochure by its name, addresses as links that say where they go.
pub fn sources<'a, M: Clone + 'a>(
    sources: &'a [String],
    palette: Palette,
    on_open: impl Fn(String) -> M + 'a,
) -> Element<'a, M> {
    let lines = sources.iter().map(|source| {
        if source == "brochure" {
            small("Brochure de référence, 2009", palette)
        } else if source.starts_with("http") {
            crate::app::widget::link(host(source), palette)
                .on_press(on_open(source.clone()))
                .into()
        } else {
            small(source.as_str(), palette)
        }
    });
    Column::with_children(lines).spacing(2).into()
}

/// The site of an address: what is shown of a long one.
#[must_use]
pub fn host(address: &str) -> String {
    let after = address.split("://").nth(1).unwrap_or(address);
    let site = after.split('/').next().unwrap_or(after);
    site.trim_start_matches("www.").to_owned()
}

/// The department's notes on entries, as they are typed, and who confirms them.
#[derive(Debug, Default)]
pub struct Notes {
    areas: BTreeMap<Slug, Area>,
    who: String,
}

/// What happens to a note.
#[derive(Debug, Clone)]
pub enum NoteMessage {
    /// It is typed.
    Typed(Typed),
    /// Somebody's name.
    Who(String),
    /// That person holds the entry to be right.
    Confirm,
    /// Nobody does any more.
    Withdraw,
}

/// Where the name of who confirms is typed.
const WHO: &str = "note.who";

impl Notes {
    /// That entry is shown.
    pub fn show(&mut self, entry: Slug, session: &Session) {
        let said = note_on(entry, session).map_or("", |note| note.text.as_str());
        self.areas
            .entry(entry)
            .or_insert_with(|| Area::new(said))
            .follow(said);
    }

    /// Reads what happened to the note on that entry.
    pub fn update<M>(
        &mut self,
        message: NoteMessage,
        entry: Slug,
        session: &Session,
    ) -> Vec<Action<M>> {
        let before = note_on(entry, session);
        let mut after = before.cloned().unwrap_or_else(|| Term {
            id: session.fresh_id(),
            about: Some(entry.as_str().to_owned()),
            term: String::new(),
            acronym: None,
            text: String::new(),
            confirmed: None,
        });

        let label = match message {
            NoteMessage::Typed(action) => {
                let Some(text) = self
                    .areas
                    .get_mut(&entry)
                    .and_then(|area| area.hear(action))
                else {
                    return Vec::new();
                };
                text.trim_end().clone_into(&mut after.text);
                "Noter une fiche"
            }
            NoteMessage::Who(who) => {
                self.who = who;
                return Vec::new();
            }
            NoteMessage::Confirm => {
                let by = self.who.trim();
                if by.is_empty() {
                    return vec![Action::Focus(Id::new(WHO))];
                }
                after.confirmed = Some(Confirmation {
                    by: by.to_owned(),
                    date: session.today(),
                });
                "Confirmer une fiche"
            }
            NoteMessage::Withdraw => {
                after.confirmed = None;
                "Retirer une confirmation"
            }
        };

        let is_empty = after.text.is_empty() && after.confirmed.is_none();
        let change = match (before, is_empty) {
            (None, true) => return Vec::new(),
            (None, false) => Change::create(label, Record::Term(after)),
            (Some(before), _) => {
                let before = std::sync::Arc::new(Record::Term(before.clone()));
                if is_empty {
                    Change::delete(label, before)
                } else {
                    Change::replace(label, before, Record::Term(after))
                }
            }
        };
        vec![Action::Edit(
            change.coalescing(format!("{label} {}", entry.as_str())),
        )]
    }

    /// The note on that entry, and who holds the entry to be right.
    pub fn view<'a>(
        &'a self,
        entry: Slug,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, NoteMessage> {
        let mut parts = Column::new().spacing(12);
        if let Some(held) = self.areas.get(&entry) {
            parts = parts.push(area(
                "Note du service",
                held,
                "note.text",
                70.0,
                palette,
                NoteMessage::Typed,
            ));
        }

        let confirmed = note_on(entry, session).and_then(|note| note.confirmed.as_ref());
        parts = parts.push(match confirmed {
            Some(Confirmation { by, date }) => row![
                text(format!("● Relu par {by} le {}", french::day(*date)))
                    .size(15)
                    .color(palette.good)
                    .width(Fill),
                crate::app::widget::quiet("Retirer", palette).on_press(NoteMessage::Withdraw),
            ]
            .align_y(Center),
            None => row![
                field(
                    &self.who,
                    "Prénom et nom de qui a relu la source",
                    WHO,
                    palette,
                    NoteMessage::Who,
                )
                .on_submit(NoteMessage::Confirm)
                .width(Fill),
                button("Confirmer cette fiche", palette).on_press(NoteMessage::Confirm),
            ]
            .spacing(10)
            .align_y(Center),
        });
        parts.into()
    }
}

/// The department's note on an entry.
#[must_use]
pub fn note_on(entry: Slug, session: &Session) -> Option<&Term> {
    session.records().notes_on(entry.as_str()).next()
}

/// Whether an entry was last read over more than a year before that day.
#[must_use]
pub fn is_old(checked: NaiveDate, today: NaiveDate) -> bool {
    today.signed_duration_since(checked).num_days() > 365
}
