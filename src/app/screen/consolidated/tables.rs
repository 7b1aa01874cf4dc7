//! The table of what adds up, and under it that of what stands together: as many measures as there is room for, names
//! beside their amounts or above them.

use iced::widget::scrollable::Viewport;
use iced::widget::{Row, column, container, row, space, text};
use iced::{Center, Element, Fill, Padding};

use super::{Consolidated, Line, Message, ROW};
use crate::app::fonts::{SANS, STRONG};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{BAR, LongList, hairline, plain_button, words};
use crate::ledger::{Dimension, Measure, Sums};
use crate::model::Percentage;

/// The width of the column of rates.
const RATE: f32 = 86.0;

/// Between columns.
const GAP: f32 = 12.0;

/// The room that names have at least beside all that a table tells.
const NAMES: f32 = 100.0;

/// About the size of letters in the table, as names are reckoned.
pub(super) const LETTERS: f64 = 14.4;

/// The height of a line of a name, and what stands over and under the lines of a row.
const LINE: f32 = 20.0;
const EDGES: f32 = 10.0;

/// What stands left and right of the table.
const SIDE: f32 = 14.0;

/// What stands left and right of its heads and its total, and over them.
const EDGE: Padding = Padding {
    top: 8.0,
    right: SIDE + BAR,
    bottom: 8.0,
    left: SIDE,
};

/// Between two tables.
const APART: f32 = 12.0;

/// What a table has above and under its rows: its heads, its total.
const AROUND_ROWS: f32 = 88.0;

/// What the table of what stands together has above its rows: what it counts, its heads.
const ABOVE_APART: f32 = 70.0;

/// The room of a name: the whole width of the table, and what is left beside amounts.
#[derive(Clone, Copy)]
struct Room {
    whole: f32,
    beside: f32,
}

impl Room {
    /// How a line is told there, as low as its name lets it: a line is broken between words, so that two hold less than
    /// twice what one does.
    fn of(self, line: &Line) -> Stands {
        const TWO: f32 = 1.6;
        // A long word stands there.
        const WORD: f32 = 84.0;

        if line.wide <= self.beside {
            Stands::Beside(1)
        } else if self.beside >= WORD && line.wide <= self.beside * TWO {
            Stands::Beside(2)
        } else if line.wide <= self.whole {
            Stands::Above(1)
        } else {
            Stands::Above(2)
        }
    }
}

/// What a table shows of its rows.
struct Shown {
    measures: Vec<Measure>,
    room: Room,
}

/// Where the name of a line stands, and on how many lines.
#[derive(Clone, Copy)]
enum Stands {
    /// Beside its amounts.
    Beside(usize),
    /// Above them, over the whole width.
    Above(usize),
}

impl Stands {
    fn height(self) -> f32 {
        let lines = match self {
            Self::Beside(1) => return ROW,
            Self::Beside(lines) => lines,
            Self::Above(lines) => lines + 1,
        };
        lines as f32 * LINE + EDGES
    }
}

/// « % payé », « % reçu »: of what is planned in money.
const fn rate_of(done: Measure) -> &'static str {
    match done {
        Measure::Received => "%\u{a0}encaissé",
        _ => "%\u{a0}payé",
    }
}

impl Consolidated {
    /// The measures that a table of that width has room for: the step between what is begun and what is done as long as
    /// names have some beside it, then all but what is planned and done, as long as there is any.
    fn measures(&self, whole: f32) -> Vec<Measure> {
        let mut measures = self.wish.dimension.measures().to_vec();
        let lines = self.rows.iter().chain(&self.apart);
        let names = lines.map(|line| line.wide).fold(0.0, f32::max).min(NAMES);
        for (left_out, names) in [
            ([Measure::Ordered, Measure::Invoiced], names),
            ([Measure::InKind; 2], 0.0),
            ([Measure::Committed, Measure::Notified], 0.0),
        ] {
            if self.wide(&measures) + names > whole {
                measures.retain(|it| !left_out.contains(it));
            }
        }
        measures
    }

    /// How wide those and the rate are.
    fn wide(&self, measures: &[Measure]) -> f32 {
        let amounts = measures.iter().map(|it| self.columns.wide(*it) + GAP);
        amounts.sum::<f32>() + RATE + GAP
    }

    /// The table; under it, where some rows are of several together, what each of these comes to.
    pub(super) fn tables<'a>(
        &'a self,
        width: f32,
        height: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let shown = self.shown_in(width);
        let table = self.table(&shown, session, palette);
        if self.apart.is_empty() {
            return table;
        }
        let apart = self.table_apart(&shown, session, palette);
        let high = |lines: &[Line]| -> f32 {
            let heights = lines.iter().map(|line| shown.room.of(line).height());
            heights.sum::<f32>() + 12.0
        };
        // As high as its rows where both have room for theirs; else each has its part of it.
        let most = height - high(&self.rows) - AROUND_ROWS - APART;
        let asked = high(&self.apart) + ABOVE_APART;
        let under = asked.min(most.max(height * 0.45));
        let under = container(apart).height(if height.is_finite() {
            under.into()
        } else {
            iced::Length::Shrink
        });
        column![container(table).height(Fill), under]
            .spacing(APART)
            .into()
    }

    /// What a table of that width shows of its rows.
    fn shown_in(&self, width: f32) -> Shown {
        let whole = width - 2.0 * SIDE - BAR;
        let measures = self.measures(whole);
        let beside = whole - self.wide(&measures);
        Shown {
            measures,
            room: Room { whole, beside },
        }
    }

    /// The titles of columns.
    fn titles<'a>(&'a self, shown: &Shown, palette: Palette) -> Element<'a, Message> {
        let title = |words: &'a str| text(words).size(14).color(palette.muted);
        let mut head = row![title(self.wish.dimension.label()).width(Fill)].spacing(GAP);
        for measure in &shown.measures {
            let words = title(measure.label()).align_x(iced::Right);
            let wide = self.columns.wide(*measure);
            head = head.push(container(words).width(wide).align_x(iced::Right));
        }
        let rate = title(rate_of(self.wish.dimension.done()));
        head.push(container(rate).width(RATE).align_x(iced::Right))
            .into()
    }

    /// Rows, of which those in sight are drawn.
    fn listed<'a>(
        &'a self,
        list: &LongList,
        lines: &'a [Line],
        shown: &Shown,
        on_scroll: fn(Viewport) -> Message,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let room = shown.room;
        let heights = lines.iter().map(|line| room.of(line).height());
        let measures = shown.measures.clone();
        let row = move |rank: usize| {
            let line = lines.get(rank)?;
            let stands = room.of(line);
            Some((rank, self.line(line, stands, &measures, session, palette)))
        };
        list.view_uneven(heights, row, on_scroll, palette)
    }

    fn table<'a>(
        &'a self,
        shown: &Shown,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let rows = self.listed(
            &self.list,
            &self.rows,
            shown,
            Message::Scrolled,
            session,
            palette,
        );
        let total = self.amounts(
            text("Total").size(15).font(STRONG).width(Fill).into(),
            (&self.ledger.total(), self.ledger.rate_of_all()),
            &shown.measures,
            true,
            session,
            palette,
        );
        container(column![
            container(self.titles(shown, palette)).padding(EDGE),
            hairline(palette),
            container(rows).height(Fill).padding([0, 4]),
            hairline(palette),
            container(total).padding(EDGE),
        ])
        .style(move |_| palette.card())
        .height(Fill)
        .into()
    }

    /// What each comes to of those that stand together in some rows.
    fn table_apart<'a>(
        &'a self,
        shown: &Shown,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let by = match self.wish.dimension {
            Dimension::Partner => "Par partenaire, un budget compté chez chacun des siens",
            Dimension::Country => "Par pays, un budget compté dans chacun des siens",
            Dimension::InCharge => {
                "Par chargé du suivi, un budget compté chez chacun de ceux qui le suivent"
            }
            _ => "Par thème, un budget compté dans chacun des siens",
        };
        let told = "ces rangées ne s’additionnent pas";
        let rows = self.listed(
            &self.list_apart,
            &self.apart,
            shown,
            Message::ScrolledApart,
            session,
            palette,
        );
        container(column![
            column![
                row![
                    text(by).size(15).font(STRONG),
                    text(told).size(14).color(palette.muted),
                ]
                .spacing(8)
                .align_y(Center)
                .wrap(),
                self.titles(shown, palette),
            ]
            .spacing(2)
            .padding(EDGE),
            hairline(palette),
            container(rows).height(Fill).padding([0, 4]),
        ])
        .style(move |_| palette.card())
        .into()
    }

    fn line<'a>(
        &'a self,
        line: &'a Line,
        stands: Stands,
        measures: &[Measure],
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let (Stands::Beside(lines) | Stands::Above(lines)) = stands;
        let said = words(line.name.as_str()).lines(lines);
        let name: Element<'_, Message> = match line.to {
            Some(route) => plain_button(said, [2, 0], palette)
                .on_press(Message::Go(route))
                .into(),
            None => said.into(),
        };
        let name: Element<'_, Message> = container(name).width(Fill).clip(true).into();
        let amounts = |first| {
            let of = (&line.sums, line.rate);
            self.amounts(first, of, measures, false, session, palette)
        };
        let row: Element<'_, Message> = match stands {
            Stands::Beside(_) => amounts(name),
            Stands::Above(_) => column![name, amounts(space().width(Fill).into())].into(),
        };
        container(row)
            .padding([0, 5])
            .align_y(Center)
            .height(Fill)
            .into()
    }

    fn amounts<'a>(
        &'a self,
        name: Element<'a, Message>,
        (sums, rate): (&Sums, Option<Percentage>),
        measures: &[Measure],
        strong: bool,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let font = if strong { STRONG } else { SANS };
        let figure = |words: String, color, width: f32| {
            container(
                text(words)
                    .size(15)
                    .font(font)
                    .color(color)
                    .wrapping(text::Wrapping::None),
            )
            .width(width)
            .align_x(iced::Right)
        };
        let mut cells = Row::new().push(name).spacing(GAP).align_y(Center);
        for measure in measures {
            let (amount, wide) = (sums.of(*measure), self.columns.wide(*measure));
            let cell = if amount.is_zero() {
                figure("–".to_owned(), palette.muted, wide)
            } else {
                let (currency, reference) = (&self.wish.currency, session.reference());
                let cents = self.columns.has_cents(*measure);
                let words = reference.figures_in(cents, amount, currency);
                figure(words, palette.ink, wide)
            };
            cells = cells.push(cell);
        }
        let (rate, ink) = match rate {
            None => ("–".to_owned(), palette.muted),
            Some(rate) if rate.is_over() => (format!("◆ {rate}"), palette.wary),
            Some(rate) => (rate.to_string(), palette.muted),
        };
        cells.push(figure(rate, ink, RATE)).into()
    }
}
