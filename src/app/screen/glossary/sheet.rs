//! A term: what it means, what it goes with, where it is used; for one of the department's own, what it is written
//! with.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};

use super::{Glossary, Message, NAME};
use crate::app::fonts::STRONG;
use crate::app::screen::book;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Shown, area, entry};
use crate::app::widget::{button, link, quiet, select, tag};
use crate::model::{Id as RecordKey, Stage, Term};
use crate::reference::GlossaryTerm;

/// The width of « partiellement abrogé », in pixels.
const STATUS: f32 = 130.0;

impl Glossary {
    /// The term chosen.
    pub(super) fn sheet<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let parts = if let Some(term) = session.reference().term(self.here.as_str()) {
            self.known(term, session, palette)
        } else if let Some(term) = self.own_here(session) {
            self.own(term, session, palette)
        } else {
            return container(text("Choisissez un terme dans la liste.").size(16))
                .padding(28)
                .into();
        };
        book::page(parts, "glossary.page", palette)
    }

    fn known<'a>(
        &'a self,
        term: &'a GlossaryTerm,
        session: &'a Session,
        palette: Palette,
    ) -> Column<'a, Message> {
        let acronym = term
            .acronym
            .as_deref()
            .map(|acronym| text(acronym).size(18).color(palette.muted));
        let mut tags = Vec::new();
        if term.in_brochure {
            tags.push(tag(
                "Brochure de référence",
                palette.muted,
                palette.raised,
                palette,
            ));
        }
        if let Some(count) = self.use_count() {
            tags.push(tag(count, palette.accent, palette.accent_soft, palette));
        }
        tags.extend(book::doubt(term.confidence, palette));

        let related = term.related.iter().filter_map(|id| {
            let other = session.reference().term(id)?;
            let press = Message::Open(Slug::of(id));
            Some(link(other.term.as_str(), palette).on_press(press).into())
        });
        let texts = term.texts.iter().filter_map(|id| {
            let known = session.reference().legal(id)?;
            let line = row![
                container(Element::from(
                    link(format!("§ {} — {}", known.reference, known.title), palette)
                        .on_press(Message::Text(Slug::of(id)))
                ))
                .width(Fill),
                text(known.status.label())
                    .size(14)
                    .color(palette.muted)
                    .width(STATUS),
            ];
            Some(line.spacing(10).align_y(Center).into())
        });

        let mut parts = Column::new()
            .push(
                column![
                    row![text(&term.term).size(24).font(STRONG)]
                        .push(acronym)
                        .spacing(12)
                        .align_y(Center),
                    book::flow(tags),
                ]
                .spacing(6),
            )
            .push(book::prose(&term.definition));
        if !term.related.is_empty() {
            parts = parts.push(book::part("Termes liés", book::flow(related)));
        }
        if !term.texts.is_empty() {
            parts = parts.push(book::part(
                "Textes",
                Column::with_children(texts).spacing(2),
            ));
        }
        parts
            .push(self.used(session, palette))
            .push(self.definable(session, palette))
            .push(
                self.notes
                    .view(self.here, session, palette)
                    .map(Message::Note),
            )
            .push(book::part(
                "Sources",
                column![
                    book::sources(&term.sources, palette, Message::Link),
                    book::small(format!("Relu le {}", french::day(term.checked)), palette),
                ]
                .spacing(4),
            ))
    }

    /// A term of the department's own, which is written here.
    fn own<'a>(
        &'a self,
        term: &'a Term,
        session: &'a Session,
        palette: Palette,
    ) -> Column<'a, Message> {
        let shown = |words: &'a str| Shown {
            text: words.into(),
            fault: None,
        };
        let name = entry("Terme", shown(&term.term), NAME, palette, Message::Name)
            .locked(session.is_read_only());
        let acronym = entry(
            "Sigle",
            shown(term.acronym.as_deref().unwrap_or_default()),
            "glossary.acronym",
            palette,
            Message::Acronym,
        )
        .width(160)
        .locked(session.is_read_only());

        let mut parts = Column::new()
            .push(
                row![
                    tag("Terme du service", palette.muted, palette.raised, palette),
                    iced::widget::space().width(Fill),
                    quiet("Retirer ce terme", palette).on_press(Message::Remove),
                ]
                .align_y(Center),
            )
            .push(row![Element::from(name), Element::from(acronym)].spacing(12));
        if let Some((_, held)) = &self.own {
            parts = parts.push(area(
                "Définition",
                held,
                "glossary.definition",
                110.0,
                palette,
                Message::Definition,
            ));
        }
        parts
            .push(self.used(session, palette))
            .push(self.definable(session, palette))
    }

    fn use_count(&self) -> Option<String> {
        let count = self.used.count();
        (count > 0).then(|| {
            format!(
                "Cité dans {}",
                french::count(count, "convention", "conventions")
            )
        })
    }

    /// The conventions that use it.
    fn used<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Element<'a, Message>> {
        (self.used.count() > 0).then(|| {
            let used = self.used.view(session, palette).map(Message::Used);
            book::part("Employé dans", used)
        })
    }

    /// Putting the definition into a convention that is being written.
    fn definable<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        if session.is_read_only() {
            return None;
        }
        let written: Vec<(RecordKey, String)> = session
            .records()
            .conventions_sorted()
            .filter(|it| it.taken_over.is_none())
            .filter(|it| matches!(session.stage(it), Stage::Drafting | Stage::Review))
            .map(|it| (it.id, it.title.clone()))
            .collect();
        if written.is_empty() {
            return None;
        }
        let insert = self.into.map(|_| Message::Insert);
        Some(book::part(
            "Définir dans une convention en rédaction",
            row![
                select(
                    written,
                    self.into.as_ref(),
                    "glossary.into",
                    palette,
                    Message::Into
                )
                .empty("Choisir la convention"),
                button("Insérer dans l’annexe", palette).on_press_maybe(insert),
            ]
            .spacing(10)
            .align_y(Center),
        ))
    }
}
