//! How the table looks: wide, every column; narrower, what matters most; narrow, a column.

use iced::widget::{Column as Stack, Id, Row, column, container, responsive, row, space, text};
use iced::{Center, Element, Fill, FillPortion, Padding, Right, Shrink};

use super::super::begin::How;
use super::column::Column;
use super::line::Line;
use super::{Conventions, Message, NAME_VIEW, SEARCH, UNFOLD, VIEW_NAME};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{
    BAR, Order, button, choice, escaping, field, goes_down, head, pane, quiet, row_button, select,
    stage_tag, strong, table_head, tally, words,
};
use crate::model::Id as RecordKey;

/// The height of a row, in pixels: rows out of sight are known by it alone.
pub const ROW: f32 = 82.0;

/// The height of a line of text in a row: what takes more than two is cut between lines.
const LINE: f32 = 20.0;

/// Below this width who follows it and what it waits for go under other cells.
const MIDDLING: f32 = 980.0;

/// Below this width a row is one column.
const NARROW: f32 = 700.0;

/// How much of the width a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Wide,
    Middling,
    Narrow,
}

impl Room {
    fn of(width: f32) -> Self {
        if width < NARROW {
            Self::Narrow
        } else if width < MIDDLING {
            Self::Middling
        } else {
            Self::Wide
        }
    }
}

/// Where the keyboard finds the row of a convention.
#[must_use]
pub fn row_id(convention: RecordKey) -> Id {
    Id::from(format!("conventions.row.{convention}"))
}

impl Conventions {
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        responsive(move |size| self.page_in(Room::of(size.width), session, palette)).into()
    }

    fn page_in<'a>(
        &'a self,
        room: Room,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut above = column![self.head(room, session, palette)].spacing(10);
        if !self.lines.is_empty() {
            above = above.push(self.stages(palette));
            above = if room == Room::Narrow {
                above.push(self.folded(session, palette))
            } else {
                above.push(self.filters(4, palette)).push(
                    row![
                        self.views(palette),
                        self.count(palette),
                        space().width(Fill)
                    ]
                    .push(self.elsewhere(session, palette))
                    .spacing(12)
                    .align_y(Center),
                )
            };
        }
        let below: Element<'_, Message> = if self.lines.is_empty() {
            empty(session, palette)
        } else if self.shown.is_empty() {
            column![
                text("Aucune convention ne répond à cette recherche.")
                    .size(16)
                    .color(palette.muted),
                quiet("Tout afficher", palette).on_press(Message::Reset),
            ]
            .spacing(8)
            .into()
        } else {
            self.table(room, palette)
        };

        column![
            pane("conventions", above).width(Fill),
            pane("table", below).width(Fill).height(Fill),
        ]
        .spacing(10)
        .padding(if room == Room::Narrow {
            [8, 12]
        } else {
            [18, 24]
        })
        .into()
    }

    fn head<'a>(
        &'a self,
        room: Room,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let search = field(
            &self.filter.search,
            "Filtrer\u{a0}: titre, partenaire…",
            SEARCH,
            palette,
            Message::Search,
        )
        .on_submit(Message::First)
        .into_list(Message::Step {
            from: None,
            down: true,
        });
        let narrow = room == Room::Narrow;
        let (taken, new) = if narrow {
            ("Reprendre…", "Nouvelle…")
        } else {
            ("Reprendre…", "Nouvelle convention")
        };
        let acts = [
            button(taken, palette).on_press(Message::Begin(How::TakenOver)),
            strong(new, palette).on_press(Message::Begin(How::Written)),
        ];
        // Where there is none yet, they stand below, with what they are for.
        let offers = !session.is_read_only() && !self.lines.is_empty();
        let acts = acts.into_iter().filter(|_| offers);
        if narrow {
            let acts = acts.map(Element::from);
            return row![search].extend(acts).spacing(8).align_y(Center).into();
        }
        let width = if room == Room::Wide { 260 } else { 220 };
        head(
            "Conventions",
            (!self.lines.is_empty()).then(|| search.width(width)),
            acts,
        )
    }

    /// What the table is filtered and sorted by, and what is done with all of it, where it has no room until it is
    /// asked for.
    fn folded<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let label = if self.unfolded {
            "▾ Filtrer et trier"
        } else {
            "▸ Filtrer et trier…"
        };
        let unfold = button(label, palette)
            .id(UNFOLD)
            .on_press(Message::Unfold(!self.unfolded));
        let line = row![unfold, self.count(palette)]
            .spacing(12)
            .align_y(Center);
        if !self.unfolded {
            return line.into();
        }
        let all = column![
            line,
            self.filters(2, palette),
            self.sorting(palette),
            self.views(palette),
            self.elsewhere(session, palette),
        ];
        escaping(all.spacing(10), Message::Unfold(false))
    }

    /// By what the table is sorted, where it has no heads that say it.
    fn sorting(&self, palette: Palette) -> Element<'_, Message> {
        let order = self.order;
        let columns = Column::ALL.map(|column| {
            let label = format!("Trier par\u{a0}: {}", column.label());
            (column, label)
        });
        let by = select(
            columns,
            Some(&order.by),
            "conventions.sort",
            palette,
            |by| Message::Order(Order::by(by)),
        );
        let turn = choice("Ordre inverse", order.descending, palette)
            .on_press(Message::Order(order.then(order.by)));
        row![container(by).max_width(2.0 * FILTER), turn]
            .spacing(8)
            .align_y(Center)
            .into()
    }

    /// The views that the person keeps, and what keeps one more.
    fn views(&self, palette: Palette) -> Element<'_, Message> {
        let current = self.current_view();
        let mut line = Row::new().spacing(6).align_y(Center);
        for (rank, view) in self.views.iter().enumerate() {
            line = line.push(
                choice(view.name.as_str(), current == Some(rank), palette)
                    .on_press(Message::View(rank)),
            );
        }
        line = match (&self.naming, current) {
            (Some(name), _) => {
                let naming = row![
                    field(name, "nom de la vue", VIEW_NAME, palette, Message::ViewName)
                        .on_submit(Message::KeepView)
                        .width(220),
                    quiet("Enregistrer", palette).on_press(Message::KeepView),
                    quiet("Annuler", palette).on_press(Message::ForgetName),
                ]
                .spacing(6);
                line.push(escaping(naming.align_y(Center), Message::ForgetName))
            }
            (None, Some(rank)) => {
                line.push(quiet("Retirer cette vue", palette).on_press(Message::DropView(rank)))
            }
            (None, None) => line.push(
                quiet("Enregistrer cette vue…", palette)
                    .id(NAME_VIEW)
                    .on_press(Message::NameView),
            ),
        };
        if self.is_filtered() {
            line = line.push(quiet("Tout afficher", palette).on_press(Message::Reset));
        }
        line.wrap().vertical_spacing(6).into()
    }

    /// How many are shown.
    fn count(&self, palette: Palette) -> Element<'_, Message> {
        let count = match self.shown.len() {
            shown if shown == self.lines.len() => french::count(shown, "convention", "conventions"),
            shown => format!("{shown} sur {}", self.lines.len()),
        };
        text(count).size(14).color(palette.muted).into()
    }

    /// What comes in and goes out by files, under the head, which has no room for what is seldom asked.
    fn elsewhere<'a>(
        &self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        (!session.is_read_only()).then(|| {
            row![
                quiet("Importer un tableau…", palette).on_press(Message::Import),
                quiet("Importer un PDF…", palette).on_press(Message::TakeIn),
                quiet("Exporter tout…", palette).on_press(Message::ExportAll),
            ]
            .wrap()
            .vertical_spacing(6)
            .into()
        })
    }

    /// How many stand where, and only these.
    fn stages(&self, palette: Palette) -> Element<'_, Message> {
        let all = choice(
            format!("Toutes {}", self.lines.len()),
            self.filter.stage.is_none(),
            palette,
        )
        .on_press(Message::Stage(None));
        let stages = self.offers.stages.iter().map(|(stage, count)| {
            choice(
                format!("{} {count}", stage.label()),
                self.filter.stage == Some(*stage),
                palette,
            )
            .on_press(Message::Stage(Some(*stage)))
        });
        let to_see = choice("Avec points à vérifier", self.filter.with_findings, palette)
            .on_press(Message::WithFindings(!self.filter.with_findings));
        Row::with_children(
            std::iter::once(all)
                .chain(stages)
                .chain([to_see])
                .map(Element::from),
        )
        .spacing(6)
        .wrap()
        .vertical_spacing(6)
        .into()
    }

    /// By kind, country, partner, person in charge: each when there is more than one, so many a line.
    fn filters(&self, a_line: usize, palette: Palette) -> Element<'_, Message> {
        let offers = &self.offers;
        let kinds = offers
            .kinds
            .iter()
            .map(|kind| (*kind, kind.label().to_owned()));
        let filters = [
            one_of(
                "Tous les genres",
                kinds,
                &self.filter.kind,
                "conventions.kind",
                palette,
                Message::Kind,
            ),
            one_of(
                "Tous les pays",
                offers.countries.iter().cloned(),
                &self.filter.country,
                "conventions.country",
                palette,
                Message::Country,
            ),
            one_of(
                "Tous les partenaires",
                offers.partners.iter().cloned(),
                &self.filter.partner,
                "conventions.partner",
                palette,
                Message::Partner,
            ),
            one_of(
                "Toutes les personnes",
                offers.people.iter().cloned(),
                &self.filter.in_charge,
                "conventions.in-charge",
                palette,
                Message::InCharge,
            ),
        ];
        let mut filters = filters.into_iter().flatten().peekable();
        let mut lines = Stack::new().spacing(8);
        while filters.peek().is_some() {
            let line = filters.by_ref().take(a_line);
            let line = line.map(|filter| container(filter).max_width(FILTER).into());
            lines = lines.push(Row::with_children(line).spacing(8));
        }
        lines.into()
    }

    fn table(&self, room: Room, palette: Palette) -> Element<'_, Message> {
        let list = self.list.view(
            move |rank| {
                let line = self.line(rank)?;
                Some((line.id, line.view(rank, room, palette)))
            },
            Message::Scrolled,
            palette,
        );
        if room == Room::Narrow {
            return list;
        }
        column![self.heads(room, palette), list].spacing(2).into()
    }

    /// The names of the columns; each sorts.
    fn heads(&self, room: Room, palette: Palette) -> Element<'_, Message> {
        let order = self.order;
        let names = |columns: &[Column]| {
            let titles = columns
                .iter()
                .map(|column| (Some(*column), column.label(), Shrink));
            container(table_head(titles, order, 12, palette, move |by| {
                Message::Order(order.then(by))
            }))
        };
        let mut heads = row![
            names(&[Column::Title, Column::Kind]).width(FillPortion(11)),
            names(&[Column::Partner, Column::Country]).width(FillPortion(6)),
            names(&[Column::Stage, Column::Next]).width(FillPortion(8)),
        ];
        if room == Room::Wide {
            heads = heads.push(names(&[Column::InCharge]).width(FillPortion(4)));
        }
        let heads = heads
            .push(names(&[Column::Term]).width(TERM))
            .push(names(&[Column::Amount]).width(AMOUNT).align_x(Right))
            .push(names(&[Column::Findings]).width(TALLY).padding(APART));
        container(heads.spacing(GAP).align_y(Center))
            .padding(Padding {
                top: 2.0,
                right: 15.0 + BAR,
                bottom: 2.0,
                left: 15.0,
            })
            .into()
    }

    fn is_filtered(&self) -> bool {
        self.filter != super::Filter::default()
    }
}

/// A filter that keeps one of those, or all; none where there is nothing to choose between.
fn one_of<'a, T: Clone + PartialEq + 'a>(
    all: &'a str,
    each: impl ExactSizeIterator<Item = (T, String)>,
    chosen: &Option<T>,
    id: &'static str,
    palette: Palette,
    on_choose: impl Fn(Option<T>) -> Message + 'a,
) -> Option<Element<'a, Message>> {
    if each.len() < 2 {
        return None;
    }
    let each = each.map(|(value, label)| (Some(value), label));
    let choices = std::iter::once((None, all.to_owned())).chain(each);
    let filter = select(choices, Some(chosen), id, palette, on_choose);
    Some(filter.into())
}

/// The width of a filter, in pixels.
const FILTER: f32 = 210.0;

/// Between two columns.
const GAP: f32 = 10.0;
/// The widths of the columns that hold no more than that.
const TERM: f32 = 84.0;
const AMOUNT: f32 = 96.0;
const TALLY: f32 = 126.0;

/// An amount stands at the right of its column, and what there is to verify at the left of its own.
const APART: Padding = Padding {
    left: 14.0,
    ..Padding::ZERO
};

impl Line {
    /// « → 15/12/2026 Délibération · Valmont »: what it waits for.
    fn next(&self) -> String {
        match (self.next_words.as_str(), self.due) {
            ("", _) => String::new(),
            (words, Some(due)) if self.is_late => {
                format!("◆ en retard, {} {words}", french::day(due))
            }
            (words, Some(due)) => format!("→ {} {words}", french::day(due)),
            (words, None) => format!("→ {words}"),
        }
    }

    /// The row, at that rank of the table.
    fn view(&self, rank: usize, room: Room, palette: Palette) -> Element<'_, Message> {
        let title = |lines| {
            let words = words(&self.title)
                .lines(lines)
                .leading(LINE)
                .font(STRONG)
                .color(palette.ink);
            if self.is_amendment {
                row![text("›").size(15).color(palette.muted), words].spacing(6)
            } else {
                row![words]
            }
        };
        let cell = |said: &str, width| {
            let said = words(said.to_owned()).lines(2).leading(LINE);
            said.color(palette.ink).width(width)
        };
        let small = |said: &str, lines| {
            let said = words(said.to_owned()).size(14.0).lines(lines).leading(LINE);
            said.color(palette.muted)
        };
        let found = tally(self.tally, palette);
        let next = |lines| {
            let next = small(&self.next(), lines);
            if self.is_late {
                next.color(palette.wary)
            } else {
                next
            }
        };
        let content: Element<'_, Message> = if room == Room::Narrow {
            let term = self.end.map(|day| format!("terme {}", french::day(day)));
            let amount = self.amount_cents.map(|_| self.amount.as_str());
            let about = [Some(self.stage.label()), Some(&self.partners), amount]
                .into_iter()
                .flatten()
                .chain(term.as_deref())
                .filter(|said| !said.is_empty());
            let about = about.collect::<Vec<_>>().join(" · ");
            let said = column![title(1), small(&about, 1), next(1)];
            row![said.width(Fill), found]
                .align_y(Center)
                .spacing(GAP)
                .into()
        } else {
            let kind = match (room, self.in_charge.as_str()) {
                (Room::Middling, person) if !person.is_empty() => {
                    format!("{} · {person}", self.kind)
                }
                _ => self.kind.to_owned(),
            };
            let term = self.end.map_or_else(|| "–".to_owned(), french::day);
            let mut line = row![
                column![title(2), small(&kind, 1)].width(FillPortion(11)),
                column![cell(&self.partners, Shrink), small(&self.countries, 1)]
                    .width(FillPortion(6)),
                column![stage_tag(self.stage, palette), next(2)]
                    .spacing(2)
                    .width(FillPortion(8)),
            ];
            if room == Room::Wide {
                line = line.push(cell(&self.in_charge, FillPortion(4)));
            }
            line.push(text(term).size(14).color(palette.ink).width(TERM))
                .push(
                    text(self.amount.clone())
                        .size(15)
                        .color(palette.ink)
                        .width(AMOUNT)
                        .align_x(Right),
                )
                .push(container(found).width(TALLY).padding(APART))
                .align_y(Center)
                .spacing(GAP)
                .into()
        };

        row_button(container(content).center_y(ROW - 15.0), false, palette)
            .id(row_id(self.id))
            .on_press(Message::Open(self.id))
            .focusable()
            .in_list("conventions", false)
            .on_key(move |key| {
                goes_down(key).map(|down| Message::Step {
                    from: Some(rank),
                    down,
                })
            })
            .into()
    }
}

fn empty(session: &Session, palette: Palette) -> Element<'_, Message> {
    let words: &[&str] = if session.is_read_only() {
        &["Cet espace ne contient pas encore de convention."]
    } else {
        &[
            "Ici se suivent les conventions, de la rédaction à la dernière signature et à leur terme.",
            "Cet espace n’en contient pas encore. Commencez par reprendre celles qui sont signées\u{a0}: quelques champs chacune, et leurs échéances sont suivies.",
        ]
    };
    let first = (!session.is_read_only()).then(|| {
        let acts = [
            strong("Reprendre une convention signée…", palette)
                .on_press(Message::Begin(How::TakenOver)),
            button("Nouvelle convention", palette).on_press(Message::Begin(How::Written)),
            button("Importer un tableau…", palette).on_press(Message::Import),
        ];
        let acts = Row::with_children(acts.map(Element::from))
            .spacing(8)
            .wrap();
        acts.vertical_spacing(8).into()
    });
    let words = words
        .iter()
        .map(|words| text(*words).size(16).color(palette.muted).into());
    Stack::with_children(words.chain(first)).spacing(10).into()
}
