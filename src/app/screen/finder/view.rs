//! How the palette looks: what is asked, what answers under its headings, what the keys do.

use iced::widget::{Column, column, container, responsive, row, text};
use iced::{Center, Element, Fill};

use super::{Acts, Finder, Hit, Message, QUERY, row_id};
use crate::app::fonts::STRONG;
use crate::app::theme::Palette;
use crate::app::widget::{
    Dialog, Words, crisp, field, hairline, raised, row_button, scroll, words,
};
use crate::search::Passage;

impl Finder {
    /// The palette, in front of the page.
    #[must_use]
    pub fn dialog(&self, palette: Palette) -> Dialog<'_, Message> {
        let card = responsive(move |room| self.card(room.height, palette));
        let place = container(card).padding([56, 24]).width(Fill).height(Fill);
        Dialog::bare(place, Message::Close)
    }

    /// What is asked, what answers, what the keys do; as high as that at most.
    fn card(&self, height: f32, palette: Palette) -> Element<'_, Message> {
        let (found, keys) = match (&self.acts, self.hits.get(self.here)) {
            (Some(acts), Some(hit)) => (
                listed_acts(acts, hit, palette),
                "↑ ↓ choisir · Entrée faire · Tab ou Échap revenir aux réponses",
            ),
            _ => (
                self.answers(palette),
                "↑ ↓ choisir · Entrée ouvrir · Tab agir · Échap fermer",
            ),
        };
        let found = scroll(container(found).padding(10), "finder", palette).height(iced::Shrink);
        let query = field(
            &self.query,
            "Rechercher un écran, un partenaire, une convention, une commande…",
            QUERY,
            palette,
            Message::Query,
        )
        .face(crate::app::fonts::SANS, 17.0)
        .on_submit(Message::Take);

        let card = container(column![
            container(query).padding(10),
            hairline(palette),
            container(found).max_height(height - AROUND),
            hairline(palette),
            container(text(keys).size(13).color(palette.muted)).padding([8, 16]),
        ])
        .max_width(680)
        .style(move |_| raised(palette));
        container(crisp(card, palette)).center_x(Fill).into()
    }

    /// The answers, under their headings.
    fn answers(&self, palette: Palette) -> Element<'_, Message> {
        if self.hits.is_empty() {
            return text("Rien ne répond à cette recherche.")
                .size(15)
                .color(palette.muted)
                .into();
        }
        let mut lines = Column::new().spacing(2);
        let mut group = "";
        for (rank, hit) in self.hits.iter().enumerate() {
            if hit.group != group {
                group = hit.group;
                lines = lines.push(heading(group, palette));
            }
            lines = lines.push(self.line(rank, hit, palette));
        }
        lines.into()
    }

    fn line<'a>(&self, rank: usize, hit: &'a Hit, palette: Palette) -> Element<'a, Message> {
        let here = rank == self.here;
        let words = row![
            container(touched(&hit.title, palette).color(palette.ink)).max_width(TITLE),
            touched(&hit.detail, palette)
                .size(14.0)
                .color(palette.muted)
                .width(Fill),
            text(if here { "Tab" } else { "" })
                .size(13)
                .color(palette.muted),
        ]
        .spacing(10)
        .align_y(Center);
        row_button(words, here, palette)
            .id(row_id(rank))
            .on_press(Message::Choose(rank))
            .into()
    }
}

fn heading<'a>(words: &'a str, palette: Palette) -> Element<'a, Message> {
    let words = text(words).size(13).font(STRONG).color(palette.muted);
    container(words).padding([6, 10]).into()
}

/// What can be done with an answer.
fn listed_acts<'a>(acts: &'a Acts, hit: &'a Hit, palette: Palette) -> Element<'a, Message> {
    let lines = acts.all.iter().enumerate().map(|(rank, act)| {
        row_button(text(&act.label).size(15), rank == acts.here, palette)
            .id(row_id(rank))
            .on_press(Message::Choose(rank))
            .into()
    });
    column![
        heading(&hit.title.text, palette),
        Column::with_children(lines).spacing(2),
    ]
    .into()
}

/// Words on one line, what was looked for in bold.
fn touched(passage: &Passage, palette: Palette) -> Words<'_> {
    words(passage.text.as_str()).touched(passage.touched.as_slice(), palette.accent)
}

/// What stands above and below the answers, in pixels.
const AROUND: f32 = 100.0;

/// The room of a title at most, in pixels: what is said of it stands beside.
const TITLE: f32 = 520.0;
