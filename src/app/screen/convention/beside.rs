//! Two languages side by side: the French, paragraph by paragraph, beside the text that translates it, with what is not
//! translated yet and what has changed since it was.

use iced::widget::{Column, Id, Row, column, container, row, text};
use iced::{Center, Element, Fill, Padding};

use super::{Convention, Message, Part, plan, reading, view};
use crate::app::editor::Field;
use crate::app::fonts::{SERIF, STRONG};
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{choice, quiet, row_button, scroll};
use crate::model::text::{Translation, in_language};
use crate::model::{self, Lang, Text};

impl Convention {
    /// Whether the text that is open translates another.
    pub(super) fn is_translating(&self) -> bool {
        !self.language.is_french() && self.open.is_some()
    }

    /// The French text that the one that is open translates.
    fn original<'a>(&self, written: &'a model::Convention) -> Option<&'a Text> {
        let texts = plan::texts(written, self.part)?;
        in_language(texts, &Lang::french()).filter(|_| self.is_translating())
    }

    /// How the text in that language stands to the French.
    fn standing(&self, language: &Lang, part: Part, written: &model::Convention) -> Translation {
        let texts = plan::texts(written, part).unwrap_or_default();
        match in_language(texts, &Lang::french()) {
            Some(french) if !language.is_french() => {
                Translation::of(in_language(texts, language), french)
            }
            _ => Translation::UpToDate,
        }
    }

    /// The languages of the convention, each with how the part that is open stands in it.
    pub(super) fn languages<'a>(
        &'a self,
        part: Part,
        written: &'a model::Convention,
        palette: Palette,
    ) -> Row<'a, Message> {
        let pills = written.languages.iter().map(|language| {
            let name = language.name();
            let label = match self.standing(language, part, written) {
                Translation::UpToDate | Translation::Unknown => name.to_owned(),
                Translation::Missing => format!("{name} ○"),
                Translation::Old => format!("{name} ◆"),
            };
            choice(label, *language == self.language, palette)
                .on_press(Message::Language(language.clone()))
                .into()
        });
        Row::with_children(pills).spacing(4)
    }

    /// The French beside its translation; nothing where French is written.
    pub(super) fn french_beside<'a>(
        &'a self,
        written: &'a model::Convention,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        let french = self.original(written)?;
        let texts = plan::texts(written, self.part)?;
        let translated = in_language(texts, &self.language);
        let open = self.open.as_ref()?;
        let (here, _) = open.editor.caret();

        let lines = french.paragraphs.iter().enumerate().map(|(rank, source)| {
            let missing = translated.is_none_or(|text| {
                let said = text.paragraphs.get(rank);
                said.is_none_or(|said| said.trim().is_empty())
            });
            let mark = if missing {
                Some("○ à traduire")
            } else if translated.is_some_and(|text| text.paragraph_is_newer(source)) {
                Some("◆ changé depuis")
            } else {
                None
            };
            paragraph(rank, source, mark, rank == here, &self.fields, palette)
        });
        let lines = Column::with_children(lines).spacing(2);
        let more = translated.map_or(0, |text| text.paragraphs.len());
        let more = more.saturating_sub(french.paragraphs.len());
        let mut parts =
            column![text(french.title.as_str()).size(17).font(STRONG), lines].spacing(8);
        if more > 0 {
            let words = match more {
                1 => "La traduction a un alinéa de plus que le français.".to_owned(),
                more => format!("La traduction a {more} alinéas de plus que le français."),
            };
            parts = parts.push(text(words).size(14).color(palette.wary));
        }
        let text = container(parts).padding([10, 12]);
        let french = container(scroll(text, "convention.french", palette))
            .width(Fill)
            .height(Fill)
            .style(move |_| palette.on(palette.raised));
        Some(
            container(french)
                .padding(Padding::default().right(12))
                .into(),
        )
    }

    /// How the translation stands, and the word that it is up to date.
    pub(super) fn translation_bar<'a>(
        &'a self,
        written: &'a model::Convention,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        self.original(written)?;
        let (sign, words, ink) = match self.standing(&self.language, self.part, written) {
            Translation::UpToDate => ("●", "Traduit du français d’aujourd’hui", palette.good),
            Translation::Missing => ("○", "À traduire", palette.wary),
            Translation::Old => (
                "◆",
                "Le français a changé depuis la traduction",
                palette.wary,
            ),
            Translation::Unknown => (
                "○",
                "On ne sait de quel français c’est la traduction",
                palette.muted,
            ),
        };
        let can_be_held = matches!(sign, "◆") || words.starts_with("On");
        let mut bar = row![
            text(format!("{sign} {words}"))
                .size(14)
                .color(ink)
                .width(Fill)
        ]
        .spacing(8)
        .align_y(Center);
        if can_be_held {
            bar = bar.push(
                quiet("Tenue à jour", palette)
                    .id(UP_TO_DATE)
                    .on_press(Message::UpToDate),
            );
        }
        Some(bar.into())
    }

    /// The translation that is open was read against the French of today.
    pub(super) fn hold_up_to_date(&self, session: &Session) -> Vec<Action<Message>> {
        let Some(french) = session
            .records()
            .convention(self.id)
            .and_then(|convention| self.original(convention))
            .cloned()
        else {
            return Vec::new();
        };
        let label = self.told("Tenir à jour la traduction de ", self.part, session);
        let part = self.part;
        let language = self.language.clone();
        let mut actions = vec![Action::Rest];
        actions.extend(self.edit(session, label, |after| {
            let texts = plan::texts_mut(after, part).into_iter().flatten();
            for text in texts.filter(|text| text.lang == language) {
                text.translates(&french);
            }
        }));
        actions.push(Action::Focus(Id::new(view::EDITOR)));
        actions
    }
}

/// Where the keyboard says that a translation is up to date.
pub const UP_TO_DATE: &str = "convention.up-to-date";

/// A paragraph of the French; a click puts the caret in its translation.
fn paragraph<'a>(
    rank: usize,
    source: &'a str,
    mark: Option<&'static str>,
    here: bool,
    fields: &[Field],
    palette: Palette,
) -> Element<'a, Message> {
    let said = reading::read(source, fields);
    let mut words = Column::new().spacing(2);
    if let Some(mark) = mark {
        words = words.push(text(mark).size(13).color(palette.wary));
    }
    words = words.push(
        text(said)
            .size(16)
            .font(SERIF)
            .line_height(1.45)
            .color(palette.ink),
    );
    row_button(words, here, palette)
        .padding([5, 8])
        .on_press(Message::Opposite(rank))
        .into()
}
