//! How a convention looks.

use std::sync::LazyLock;

use iced::keyboard::{Key, key::Named};
use iced::widget::operation;
use iced::widget::scrollable::AbsoluteOffset;
use iced::widget::text::Wrapping;
use iced::widget::tooltip::Position;
use iced::widget::{Column, Id, Row, column, container, responsive, row, space, text, tooltip};
use iced::{Center, Element, Fill, Size, Task};

use super::article::Tools;
use super::plan::Part;
use super::side::{ROOMY, Side};
use super::{Convention, Front, Message, acts, plan, reading, versions};
use crate::app::editor::{Look, Tints};
use crate::app::fonts::{SANS, SERIF, STRONG};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{
    Dialog, Tone, banner, button, goes_down, link, mark, pane, quiet, row_button, scroll,
    stage_tag, strong, words,
};
use crate::model::{self, Stage};

/// Where the keyboard types the title of an article.
pub const TITLE: &str = "convention.title";

/// Where the keyboard types the text.
pub const EDITOR: &str = "convention.editor";

/// How the editor looks in each theme: it borrows its look for as long as it is drawn.
static LOOKS: LazyLock<[(Palette, Look); 4]> = LazyLock::new(|| {
    [
        Palette::LIGHT,
        Palette::DARK,
        Palette::CONTRAST,
        Palette::DARK_CONTRAST,
    ]
    .map(|palette| (palette, look(palette)))
});

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

/// Where the keyboard finds the act that is expected.
pub const NEXT: &str = "convention.next";

/// How the editor looks in that theme.
pub fn look_of(palette: Palette) -> &'static Look {
    let [(_, light), ..] = &*LOOKS;
    let palette = palette.at(1.0);
    let known = LOOKS.iter().find(|(known, _)| *known == palette);
    known.map_or(light, |(_, look)| look)
}

/// Below this width plan and part take turns.
const NARROW: f32 = 700.0;

/// Below this height the line of time gives way, to the tag beside the title or to the head of the plan, and the tools of
/// a text are folded.
const LOW: f32 = 560.0;

/// Below this height the search has the room of the line of time, and what there is to verify waits to be asked for.
const SEARCHED: f32 = 760.0;

/// Below this one the tools of a text are folded, and what its clause says stays.
const SHORT: f32 = 720.0;

/// Below this one the tools of a text leave their room to the fields that it is offered, or to the French beside it.
const SHARED: f32 = 900.0;

/// How wide the whole title is told, in pixels.
const TOLD: f32 = 520.0;

/// What the part that is open scrolls in.
const PART: &str = "convention.part";

/// The part that opens is shown from its beginning.
pub fn to_top() -> Task<Message> {
    operation::scroll_to(Id::new(PART), AbsoluteOffset { x: 0.0, y: 0.0 })
}

/// Where the keyboard goes back to the list.
pub const LIST: &str = "convention.list";

/// Where the keyboard turns from a part to the plan and back, in a narrow window.
pub const TURN: &str = "convention.turn";

/// Where the keyboard finds a line of the plan.
pub fn plan_id(rank: usize) -> Id {
    Id::from(format!("convention.plan.{rank}"))
}

impl Convention {
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let (Some(kept), Some(written)) =
            (session.records().convention(self.id), self.written(session))
        else {
            return gone(palette);
        };
        responsive(move |size| self.page_in(kept, written, session, size, palette)).into()
    }

    /// What stands in front of it until it is answered.
    pub(super) fn asked<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Dialog<'a, Message>> {
        match self.front.as_ref()? {
            Front::Act(form) => {
                let convention = session.records().convention(self.id)?;
                Some(form.dialog(convention, session, palette).map(Message::Acts))
            }
            Front::Aside(form) => Some(form.dialog(palette).map(Message::Aside)),
            Front::Definitions(shown) => {
                let dialog = shown.dialog(self.can_edit(session), palette);
                Some(dialog.map(Message::Definitions))
            }
            Front::Version(name) => Some(versions::naming(name, palette).map(Message::Versions)),
            Front::Misprint(form) => Some(form.dialog(palette).map(Message::Versions)),
        }
    }

    fn page_in<'a>(
        &'a self,
        kept: &'a model::Convention,
        written: &'a model::Convention,
        session: &'a Session,
        size: Size,
        palette: Palette,
    ) -> Element<'a, Message> {
        let narrow = size.width < NARROW;
        let searching = self.search.is_some() && size.height < SEARCHED;
        let low = narrow || searching || size.height < LOW;
        let stage = session.stage(kept);
        let next = session
            .next_act(kept)
            .filter(|_| !session.is_read_only())
            .map(|next| acts::invitation(&next, kept, session));
        // What has no room above the text stands above the plan.
        let plan = || {
            let time = narrow.then(|| stages(stage, kept.kind, None, palette));
            let act = next.as_deref().map(|words| next_act(words, palette));
            let above = column(time).push(act).spacing(6);
            self.plan(low.then_some(above), session, palette)
        };
        // One child, there or not, so that the text stays where it is and keeps its focus.
        let search = column(self.search(size.height, session, palette));
        // The tools of a text give way before its lines do, to the search, to the fields that it is offered, to the French.
        let offering = self.open.as_ref().is_some_and(|it| it.editor.is_offering());
        let shared = offering || self.is_translating();
        let tools = if low || self.search.is_some() || (shared && size.height < SHARED) {
            Tools::Asked
        } else if size.height < SHORT {
            Tools::Note
        } else {
            Tools::All
        };
        let part = column![search, self.part(written, tools, session, palette)].spacing(8);
        let part = pane("part", part)
            .padding(if narrow { [6, 12] } else { [14, 20] })
            .width(Fill)
            .height(Fill);
        let body: Element<'_, Message> = match (self.side_width(size.width), narrow) {
            _ if narrow && self.plan_first => plan().width(Fill).into(),
            (Side::Instead, true) => self.side(true, palette).into(),
            (Side::Instead, false) => row![plan().width(210), self.side(true, palette)].into(),
            (Side::Beside(_), _) if self.part.stands_alone() => {
                row![plan().width(210), part].into()
            }
            (Side::Beside(width), _) => row![
                plan().width(210),
                part,
                self.side(false, palette).width(width)
            ]
            .into(),
            (Side::Hidden, false) => row![plan().width(250), part].into(),
            (Side::Hidden, true) => part.into(),
        };

        let time = (!low).then(|| stages(stage, kept.kind, next.clone(), palette));
        let signed = self.is_signed(session).then(|| {
            banner(
                Tone::Calm,
                "Texte signé\u{a0}: il ne change plus. Un avenant peut le modifier.",
                [],
                palette,
            )
        });
        column![
            self.head(written, stage, low, size.width, palette),
            // One child, there or not, so that what is below stays where it is.
            column(time).push(signed),
            container(body).height(Fill),
            self.strip(session, size, narrow || searching, palette),
        ]
        .into()
    }

    fn head<'a>(
        &'a self,
        written: &'a model::Convention,
        stage: Stage,
        low: bool,
        width: f32,
        palette: Palette,
    ) -> Element<'a, Message> {
        let (narrow, roomy) = (width < NARROW, width >= ROOMY);
        let size = match width {
            ..NARROW => 15.0,
            ..ROOMY => 18.0,
            _ => 20.0,
        };
        let title = words(&written.title).size(size).lines(2).font(STRONG);
        let whole = container(text(&written.title).size(15))
            .padding([4, 10])
            .max_width(TOLD)
            .style(move |_| palette.tip());
        let title = tooltip(container(title).width(Fill), whole, Position::Bottom);
        let mut head = Row::new().spacing(12).align_y(Center);
        if narrow {
            let label = if self.plan_first { "Texte" } else { "Plan" };
            let plan = quiet(label, palette).id(TURN);
            head = head.push(plan.on_press(Message::Plan));
        } else if roomy || !low {
            let list = link("Conventions", palette).id(LIST);
            head = head
                .push(list.on_press(Message::List))
                .push(text("/").color(palette.muted));
        }
        head = head.push(title);
        // The line of time below says it too, and leaves its room to the way back.
        if roomy || (low && !narrow) {
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

    /// The plan, under what has no room elsewhere.
    fn plan<'a>(
        &'a self,
        above: Option<Column<'a, Message>>,
        session: &'a Session,
        palette: Palette,
    ) -> container::Container<'a, Message> {
        let last = self.plan.len().saturating_sub(1);
        let step = move |key: &Key, from| match key {
            Key::Named(Named::Home) => Some(Message::Step {
                from: 0,
                down: false,
            }),
            Key::Named(Named::End) => Some(Message::Step {
                from: last,
                down: true,
            }),
            key => goes_down(key).map(|down| Message::Step { from, down }),
        };
        let lines = self.plan.iter().enumerate().map(|(rank, entry)| {
            let mark = if entry.worst.is_none() && !entry.part.is_checked() {
                space().width(18).into()
            } else {
                mark(entry.worst, palette)
            };
            let line = row![mark, words(&entry.label).lines(2)]
                .spacing(8)
                .align_y(Center);
            let part = entry.part;
            row_button(line, part == self.part.line(), palette)
                .padding([5, 10])
                .id(plan_id(rank))
                .on_press(Message::Show(part))
                .focusable()
                .in_list("plan", part == self.part.line())
                .on_alt_key(move |key| goes_down(key).map(|down| Message::Shift { part, down }))
                .on_key(move |key| step(key, rank))
                .into()
        });
        let mut list = column(above.map(Element::from)).extend(lines).spacing(1);
        if self.can_edit(session) {
            list = list
                .push(space().height(6))
                .push(container(self.insertion(palette)).padding([0, 4]))
                .push(quiet("+ Article vide", palette).on_press(Message::AddArticle))
                .push(quiet("+ Ajouter une annexe", palette).on_press(Message::AddAnnex));
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
        tools: Tools,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        if let Some(open) = &self.open
            && matches!(open.part, Part::Article(_) | Part::Annex(_))
        {
            return self.edited(open, written, tools, palette);
        }
        // Acts go on after the signature: the sheet is that of today.
        let kept = session.records().convention(self.id).unwrap_or(written);
        let can_edit = self.can_edit(session);
        responsive(move |size| {
            let width = size.width.min(reading::MEASURE);
            let part = match self.part {
                Part::Verify => self.to_verify(session, palette),
                Part::Sheet => self.sheet(kept, width, session, palette),
                Part::Signatures => self.signatures(kept, session, palette),
                Part::Reciprocity => self.reciprocity(written, width, session, palette),
                Part::Chain => self.chain(kept, session, palette),
                Part::Versions => self.versions(session, palette),
                // Parties are known of what is taken over too.
                Part::Parties if can_edit || kept.taken_over.is_some() => {
                    self.parties(kept, width, session, palette)
                }
                Part::Parties => reading::parties(written, session, palette),
                Part::Visas | Part::Visa(_) | Part::Recitals | Part::Recital(_) if can_edit => {
                    self.preamble(written, width, session, palette)
                }
                Part::Visas | Part::Visa(_) => {
                    let texts = written.visas.iter().map(|visa| visa.texts.as_slice());
                    reading::preamble("Visas", "Vu", texts, &self.fields, palette)
                }
                Part::Recitals | Part::Recital(_) => {
                    let texts = written.recitals.iter().map(|it| it.texts.as_slice());
                    reading::preamble("Considérants", "Considérant", texts, &self.fields, palette)
                }
                Part::Annex(id) if can_edit => self.annex(id, written, palette),
                Part::Article(_) | Part::Annex(_) => {
                    let label = self.plan.iter().find(|entry| entry.part == self.part);
                    let title = label.map_or_else(String::new, |entry| entry.label.clone());
                    let texts = plan::texts(written, self.part).unwrap_or_default();
                    reading::text_of(title, texts, &self.fields, &self.language, palette)
                }
            };
            scroll(
                container(part).max_width(reading::MEASURE).padding([4, 6]),
                PART,
                palette,
            )
            .into()
        })
        .into()
    }
}

/// Rédaction — Relecture — … with the stage reached, and the act that is expected; what has no room goes on below.
fn stages<'a>(
    reached: Stage,
    kind: model::ConventionKind,
    next: Option<String>,
    palette: Palette,
) -> Element<'a, Message> {
    let name = |words: &'static str, is_reached: bool| -> Element<'a, Message> {
        let words = text(words).size(14).wrapping(Wrapping::None);
        if !is_reached {
            return words.color(palette.muted).into();
        }
        container(words.font(STRONG).color(palette.on_fill))
            .padding([3, 10])
            .style(move |_| palette.tag(palette.on_fill, palette.fill))
            .into()
    };
    let sent = if kind.is_grant() {
        "Notification"
    } else {
        "Convention transmise"
    };
    let names: Vec<Element<'_, Message>> = Stage::ALL
        .into_iter()
        .filter(|stage| !matches!(stage, Stage::Suspended | Stage::Ended) || *stage == reached)
        .flat_map(|stage| {
            let sent = (stage == Stage::InForce).then(|| name(sent, false));
            sent.into_iter()
                .chain([name(stage.label(), stage == reached)])
        })
        .collect();
    let last = names.len().saturating_sub(1);
    let line = names.into_iter().enumerate().map(|(rank, name)| {
        // The dash stays after its name when the line is broken.
        let dash = (rank < last).then(|| text("—").size(14).color(palette.edge));
        row![name].push(dash).spacing(10).align_y(Center).into()
    });
    let line = Row::with_children(line)
        .spacing(10)
        .align_y(Center)
        .wrap()
        .vertical_spacing(2);
    let mut bar = row![container(line).width(Fill)]
        .spacing(12)
        .align_y(Center);
    if let Some(words) = next {
        bar = bar.push(
            button(words, palette)
                .id(NEXT)
                .on_press(Message::Acts(acts::Message::Next)),
        );
    }
    container(bar)
        .padding([6, 20])
        .width(Fill)
        .style(move |_| palette.on(palette.raised))
        .into()
}

/// The act that is expected, as a line of the plan.
fn next_act<'a>(said: &str, palette: Palette) -> Element<'a, Message> {
    row_button(words(format!("→ {said}")).lines(2), false, palette)
        .padding([5, 10])
        .id(NEXT)
        .on_press(Message::Acts(acts::Message::Next))
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
