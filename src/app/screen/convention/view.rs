//! How a convention looks.

use std::sync::LazyLock;

use iced::widget::{Column, Id, Row, column, container, responsive, row, space, text};
use iced::{Center, Element, Fill, Size};

use super::plan::Part;
use super::side::Side;
use super::{Convention, Message, Open, plan, reading};
use crate::app::editor::{Look, Tints};
use crate::app::fonts::{SANS, SERIF, STRONG};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{
    Tone, banner, choice, field, goes_down, link, mark, pane, quiet, row_button, scroll, stage_tag,
    strong,
};
use crate::model::{self, Stage};

/// Where the keyboard types the title of an article.
pub const TITLE: &str = "convention.title";

/// Where the keyboard types the text.
pub const EDITOR: &str = "convention.editor";

/// How the editor looks, in the light theme and in the dark one: it borrows its look for as long as it is drawn.
static LOOKS: LazyLock<[Look; 2]> = LazyLock::new(|| [Palette::LIGHT, Palette::DARK].map(look));

fn look(palette: Palette) -> Look {
    Look {
        id: Id::new(EDITOR),
        size: 17.0,
        face: SERIF,
        label_face: SANS,
        tints: Tints {
            surface: palette.surface,
            raised: palette.raised,
            edge: palette.edge,
            ink: palette.ink,
            muted: palette.muted,
            accent: palette.accent,
            accent_soft: palette.accent_soft,
            wary: palette.wary,
            grave: palette.grave,
        },
    }
}

/// Below this width plan and part take turns.
const NARROW: f32 = 700.0;

/// Below this height the stages are left to the tag beside the title.
const LOW: f32 = 560.0;

/// Where the keyboard finds a line of the plan.
pub fn plan_id(rank: usize) -> Id {
    Id::from(format!("convention.plan.{rank}"))
}

impl Convention {
    /// The page.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let (Some(kept), Some(written)) =
            (session.records().convention(self.id), self.written(session))
        else {
            return gone(palette);
        };
        responsive(move |size| self.page(kept, written, session, size, palette)).into()
    }

    fn page<'a>(
        &'a self,
        kept: &'a model::Convention,
        written: &'a model::Convention,
        session: &'a Session,
        size: Size,
        palette: Palette,
    ) -> Element<'a, Message> {
        let narrow = size.width < NARROW;
        let stage = session.stage(kept);
        // One child, there or not, so that the text stays where it is and keeps its focus.
        let search = column(self.search(session, palette));
        let part = column![search, self.part(written, session, palette)].spacing(8);
        let part = pane("part", part)
            .padding(if narrow { [6, 12] } else { [14, 20] })
            .width(Fill)
            .height(Fill);
        let body: Element<'_, Message> = match (self.side_width(size.width), narrow) {
            _ if narrow && self.plan_first => self.plan(session, palette).width(Fill).into(),
            (Side::Instead, true) => self.side(true, palette).into(),
            (Side::Instead, false) => row![
                self.plan(session, palette).width(210),
                self.side(true, palette)
            ]
            .into(),
            (Side::Beside(width), _) => row![
                self.plan(session, palette).width(210),
                part,
                self.side(false, palette).width(width)
            ]
            .into(),
            (Side::Hidden, false) => row![self.plan(session, palette).width(250), part].into(),
            (Side::Hidden, true) => part.into(),
        };

        let mut page = column![self.head(written, stage, narrow, palette)];
        if size.height >= LOW && !narrow {
            page = page.push(stages(stage, palette));
        }
        if self.is_signed(session) {
            page = page.push(banner(
                Tone::Calm,
                "Texte signé\u{a0}: il ne change plus. Un avenant peut le modifier.",
                [],
                palette,
            ));
        }
        page.push(container(body).height(Fill))
            .push(self.strip(session, narrow, palette))
            .into()
    }

    fn head<'a>(
        &'a self,
        written: &'a model::Convention,
        stage: Stage,
        narrow: bool,
        palette: Palette,
    ) -> Element<'a, Message> {
        let (size, lines) = if narrow { (16.0, 1.0) } else { (20.0, 2.0) };
        let title = container(
            text(&written.title)
                .size(size)
                .line_height(1.3)
                .font(STRONG),
        )
        .max_height(size * 1.3 * lines)
        .clip(true);
        let mut head = Row::new().spacing(12).align_y(Center);
        if narrow {
            let label = if self.plan_first { "Texte" } else { "Plan" };
            head = head.push(quiet(label, palette).on_press(Message::Plan));
        } else {
            head = head
                .push(link("Conventions", palette).on_press(Message::List))
                .push(text("/").color(palette.muted));
        }
        head = head.push(container(title).width(Fill));
        if !narrow {
            head = head.push(stage_tag(stage, palette));
        }
        let side = quiet("Aperçu", palette).on_press(Message::Side);
        let export = strong(if narrow { "PDF" } else { "Exporter le PDF" }, palette)
            .on_press(Message::Export);
        pane("head", head.push(side).push(export))
            .padding(if narrow { [4, 12] } else { [10, 20] })
            .width(Fill)
            .style(move |_| palette.on(palette.surface))
            .into()
    }

    fn plan<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> container::Container<'a, Message> {
        let lines = self.plan.iter().enumerate().map(|(rank, entry)| {
            let line = row![
                mark(entry.worst, palette),
                container(text(&entry.label).size(15))
                    .max_height(40)
                    .clip(true),
            ]
            .spacing(8)
            .align_y(Center);
            row_button(line, entry.part == self.part, palette)
                .padding([5, 10])
                .id(plan_id(rank))
                .on_press(Message::Show(entry.part))
                .focusable()
                .on_key(move |key| goes_down(key).map(|down| Message::Step { from: rank, down }))
                .into()
        });
        let mut list = Column::with_children(lines).spacing(1);
        if self.can_edit(session) {
            list = list
                .push(space().height(6))
                .push(quiet("+ Ajouter un article", palette).on_press(Message::AddArticle));
        }
        pane(
            "plan",
            scroll(list.padding([10, 10]), "convention.plan", palette),
        )
        .height(Fill)
    }

    fn part<'a>(
        &'a self,
        written: &'a model::Convention,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        if let Some(open) = &self.open {
            return self.edited(open, written, palette);
        }
        let reading = match self.part {
            Part::Sheet => match session.records().convention(self.id) {
                // Acts go on after the signature: the sheet is that of today.
                Some(kept) => reading::sheet(kept, session, palette),
                None => reading::sheet(written, session, palette),
            },
            Part::Parties => reading::parties(written, session, palette),
            Part::Visas => {
                let texts = written.visas.iter().map(|visa| visa.texts.as_slice());
                reading::preamble("Visas", "Vu", texts, &self.fields, palette)
            }
            Part::Recitals => {
                let texts = written.recitals.iter().map(|it| it.texts.as_slice());
                reading::preamble("Considérants", "Considérant", texts, &self.fields, palette)
            }
            Part::Article(_) | Part::Annex(_) => {
                let label = self.plan.iter().find(|entry| entry.part == self.part);
                let title = label.map_or_else(String::new, |entry| entry.label.clone());
                let texts = plan::texts(written, self.part).unwrap_or_default();
                reading::text_of(title, texts, &self.fields, &self.language, palette)
            }
        };
        scroll(
            container(reading)
                .max_width(reading::MEASURE)
                .padding([0, 6]),
            "convention.part",
            palette,
        )
        .into()
    }

    /// The text that is open for writing.
    fn edited<'a>(
        &'a self,
        open: &'a Open,
        written: &'a model::Convention,
        palette: Palette,
    ) -> Element<'a, Message> {
        let name = plan::name(written, open.part);
        let name = name.trim_start_matches("l’");
        let mut letters = name.chars();
        let name: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect();

        let mut head = row![
            text(name).size(18).font(STRONG),
            field(&open.title, "Titre", TITLE, palette, Message::Title).face(STRONG, 17.0),
        ]
        .spacing(10)
        .align_y(Center);
        if written.languages.len() > 1 {
            for language in &written.languages {
                head = head.push(
                    choice(language.as_str(), *language == self.language, palette)
                        .on_press(Message::Language(language.clone())),
                );
            }
        }

        let [light, dark] = &*LOOKS;
        let look = if palette == Palette::DARK {
            dark
        } else {
            light
        };
        container(
            column![head, open.editor.view(look).map(Message::Editor)]
                .spacing(10)
                .max_width(reading::MEASURE + 60.0),
        )
        .width(Fill)
        .height(Fill)
        .into()
    }
}

/// Rédaction — Relecture — … with the stage reached.
fn stages<'a>(reached: Stage, palette: Palette) -> Element<'a, Message> {
    let line = Stage::ALL
        .into_iter()
        .filter(|stage| !matches!(stage, Stage::Suspended | Stage::Ended) || *stage == reached)
        .enumerate()
        .flat_map(|(rank, stage)| {
            let dash = (rank > 0).then(|| text("—").size(14).color(palette.edge).into());
            let (ink, font) = if stage == reached {
                (palette.accent, STRONG)
            } else {
                (palette.muted, SANS)
            };
            let name = text(stage.label()).size(14).font(font).color(ink).into();
            dash.into_iter().chain([name])
        });
    container(Row::with_children(line).spacing(12))
        .padding([6, 20])
        .width(Fill)
        .style(move |_| palette.on(palette.raised))
        .into()
}

fn gone<'a>(palette: Palette) -> Element<'a, Message> {
    container(
        column![
            text("Cette convention n’existe plus.").size(17),
            text("Ctrl+Z la rétablit si elle vient d’être supprimée.")
                .size(15)
                .color(palette.muted),
            link("Conventions", palette).on_press(Message::List),
        ]
        .spacing(8),
    )
    .padding(24)
    .into()
}
