//! The page: what is asked at the top, the table, the chart beside it or under it.

use iced::widget::scrollable::Viewport;
use iced::widget::{Column, Row, column, container, responsive, row, space, text};
use iced::{Center, Element, Fill, Padding};

use super::{Consolidated, Line, Message, Picture, ROW};
use crate::app::fonts::{SANS, STRONG};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{
    BAR, LongList, button, hairline, link, pane, plain_button, scroll, segmented, select, strong,
    words,
};
use crate::ledger::{Dimension, Measure, Sums, Whose};
use crate::model::{Currency, Percentage};

/// Below this width of the page the chart stands in the place of the table.
const NARROW: f32 = 940.0;

/// The width of the column of rates.
const RATE: f32 = 86.0;

/// Between columns.
const GAP: f32 = 12.0;

/// The room that names have at least beside all that a table tells.
const NAMES: f32 = 100.0;

/// About the size of letters in the table, as names are reckoned.
pub(super) const LETTERS: f64 = 14.4;

/// What stands left and right of a chart in its card.
const AROUND: f32 = 40.0;

/// The height of a line of a name, and what stands over and under the lines of a row.
const LINE: f32 = 20.0;
const EDGES: f32 = 10.0;

/// What stands left and right of the table.
const SIDE: f32 = 14.0;

/// The height of the choice of a picture.
const PICTURES: f32 = 36.0;

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
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let unit = session.reference().unit(&self.wish.currency);
        let files = row![
            button("Tableau en CSV…", palette).on_press(Message::Csv),
            button("en XLSX…", palette).on_press(Message::Xlsx),
            button("Graphique en SVG…", palette).on_press(Message::Svg),
        ]
        .spacing(8)
        .align_y(Center)
        .wrap()
        .vertical_spacing(8)
        .align_x(iced::Right);
        let head = row![
            link("Budgets", palette).on_press(Message::Go(Route::Budgets)),
            text("/").size(20).color(palette.muted),
            text("Consolidé").size(24).font(STRONG),
            text(format!("en {unit}")).size(15).color(palette.muted),
            container(files).align_right(Fill),
        ]
        .spacing(8)
        .align_y(Center);

        let body: Element<'_, Message> = if self.rows.is_empty() {
            let words = if self.currencies.is_empty() {
                "Ici s’additionnent tous les budgets\u{a0}: par année, par partenaire, \
                     par pays, par financeur… Il n’y en a pas encore."
            } else {
                "Rien n’est chiffré pour ce choix."
            };
            let first = self.currencies.is_empty().then(|| {
                strong("Créer le premier budget", palette).on_press(Message::Go(Route::Budgets))
            });
            let words = text(words).size(16).color(palette.muted);
            container(Column::new().push(words).push(first).spacing(12))
                .padding([8, 2])
                .height(Fill)
                .into()
        } else {
            responsive(move |size| {
                if size.width < NARROW {
                    let seen = if self.at_table {
                        let height = size.height - PICTURES - 10.0;
                        self.tables(size.width, height, session, palette)
                    } else {
                        self.figure(size.width, None, session, palette)
                    };
                    column![self.pictures(true, palette), container(seen).height(Fill)]
                        .spacing(10)
                        .into()
                } else {
                    let beside = (size.width * 0.37).clamp(370.0, 560.0);
                    let wide = size.width - beside - 14.0;
                    row![
                        container(self.tables(wide, size.height, session, palette)).width(Fill),
                        container(self.figure(
                            beside,
                            Some(self.pictures(false, palette)),
                            session,
                            palette
                        ))
                        .width(beside),
                    ]
                    .spacing(14)
                    .into()
                }
            })
            .into()
        };

        pane(
            "consolidated",
            column![
                head,
                self.asked(palette),
                body,
                self.about_sums(session, palette)
            ]
            .spacing(12),
        )
        .padding([18, 24])
        .width(Fill)
        .height(Fill)
        .into()
    }

    /// By what, which year, whose money, in which currency.
    fn asked(&self, palette: Palette) -> Element<'_, Message> {
        let by = segmented(
            Dimension::ALL.map(|it| (it, it.label().to_owned())),
            &self.wish.dimension,
            "consolidated.by",
            palette,
            Message::By,
        );
        let years = std::iter::once((None, "Toutes les années".to_owned()));
        let years = years.chain(self.years.iter().map(|it| (Some(*it), it.to_string())));
        let year = self.wish.years.first().copied();
        let years = select(
            years,
            Some(&year),
            "consolidated.year",
            palette,
            Message::Year,
        );
        let whose = segmented(
            [
                (Whose::Everyone, "Coût des projets".to_owned()),
                (Whose::Ours, "Notre part".to_owned()),
            ],
            &self.wish.whose,
            "consolidated.whose",
            palette,
            Message::Whose,
        );
        let mut second = row![container(Element::from(years)).width(190), whose]
            .spacing(16)
            .align_y(Center);
        if self.currencies.len() > 1 {
            let currencies = self.currencies.iter();
            let currency = select(
                currencies.map(|it| (it.clone(), it.code().to_owned())),
                Some(&self.wish.currency),
                "consolidated.currency",
                palette,
                Message::Currency,
            );
            second = second.push(container(Element::from(currency)).width(110));
        }
        let second = second.wrap().vertical_spacing(8);
        column![by, second].spacing(8).into()
    }

    /// What is counted where; at what rates budgets in other currencies are counted; which are not, and what to do.
    fn about_sums<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        let left_out = self.left_out(session, palette);
        let converted = (!self.rates.is_empty()).then(|| {
            let words = format!("Compté en euros\u{a0}: {}.", self.rates.join("\u{202f}; "));
            text(words).size(14).color(palette.muted)
        });
        let kind = self.ledger.total().of(Measure::InKind);
        let counted = (!kind.is_zero()).then(|| {
            text(
                "«\u{202f}Prévu\u{202f}» et le taux ne comptent que le numéraire\u{a0}; les \
                 apports en nature ont leur colonne.",
            )
            .size(14)
            .color(palette.muted)
        });
        let own = |words| text(words).size(14).color(palette.muted);
        let whole_lines = self.ledger.counts_whole_lines.then(|| {
            own("«\u{202f}Engagé\u{202f}», «\u{202f}Mandaté\u{202f}» et «\u{202f}Payé\u{202f}» comptent en entier les \
                 lignes que nous payons en partie\u{a0}: il n’en est pas donné de taux.")
        });
        let by_funder = (self.wish.dimension == Dimension::Funder).then(|| {
            own("Personne ne nous notifie ni ne nous verse nos fonds propres\u{a0}: le taux du total est hors d’eux.")
        });
        let together = self.rows.iter().any(|row| row.is_together).then(|| {
            own("Ce qui est de plusieurs ensemble a sa propre rangée\u{a0}: ainsi rien n’est compté deux fois.")
        });
        let lines = [counted, whole_lines, by_funder, together, converted];
        let lines = lines.into_iter().flatten().map(Element::from);
        let lines: Vec<Element<'_, Message>> = lines.chain(left_out).collect();
        (!lines.is_empty()).then(|| Column::with_children(lines).spacing(2).into())
    }

    /// The budgets that are not counted: those that a rate would bring in, by their names, which lead to them.
    fn left_out<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        const NAMED: usize = 3;

        let all = &self.ledger.left_out;
        let said = |words: String| text(words).size(14).color(palette.wary);
        if all.is_empty() {
            return None;
        }
        if self.wish.currency != Currency::euro() {
            let are = french::count(all.len(), "budget est", "budgets sont");
            let code = self.wish.currency.code();
            return Some(
                said(format!(
                    "◆ {are} dans une autre monnaie que {code}, et hors de ces sommes."
                ))
                .into(),
            );
        }
        let named = all.iter().take(NAMED).filter_map(|id| {
            let budget = session.records().budget(*id)?;
            let title = words(&budget.title).size(14.0).color(palette.accent);
            let open = plain_button(title, [0, 2], palette);
            Some(open.on_press(Message::Go(Route::Budget(*id))).into())
        });
        let rest = match all.len().saturating_sub(NAMED) {
            0 => String::new(),
            rest => format!(" et {}", french::count(rest, "autre", "autres")),
        };
        let whose = if all.len() > 1 { "leur" } else { "sa" };
        let why = format!("◆ Hors de ces sommes, faute d’un taux dans {whose} fiche\u{a0}:");
        let line = row![said(why)]
            .extend(named)
            .push(said(rest))
            .spacing(4)
            .align_y(Center);
        Some(line.wrap().into())
    }

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
    fn tables<'a>(
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

    /// Which chart is seen; or the table, where there is no room for both.
    fn pictures(&self, narrow: bool, palette: Palette) -> Element<'_, Message> {
        let table = narrow.then(|| (None, "Tableau".to_owned()));
        let charts = Picture::ALL.map(|it| (Some(it), it.label().to_owned()));
        let seen = Some(self.picture).filter(|_| !(narrow && self.at_table));
        segmented(
            table.into_iter().chain(charts),
            &seen,
            "consolidated.picture",
            palette,
            Message::Picture,
        )
    }

    fn figure<'a>(
        &'a self,
        width: f32,
        pictures: Option<Element<'a, Message>>,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let content: Element<'_, Message> = match &self.shown {
            None => text(match self.picture {
                Picture::Ceilings => {
                    "Aucun plafond\u{a0}: les assiettes se saisissent dans les réglages, \
                         et les dépenses disent le budget du service qui les paie."
                }
                _ => "Rien à dessiner pour ce choix.",
            })
            .size(15)
            .color(palette.muted)
            .into(),
            Some(shown) => {
                let inner = width - AROUND - BAR;
                let chart = shown.view(inner, Message::Turn, session.reference(), palette);
                scroll(container(chart).padding(6), "consolidated.figure", palette).into()
            }
        };
        let parts = Column::new().push(pictures).push(content).spacing(12);
        container(parts)
            .padding([12, 14])
            .width(Fill)
            .height(Fill)
            .style(move |_| palette.card())
            .into()
    }
}
