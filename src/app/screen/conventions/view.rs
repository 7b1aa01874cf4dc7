//! How the table looks: wide, every column; narrower, what matters most; narrow, a column.

use iced::widget::{Column as Stack, Row, column, container, responsive, row, space, text};
use iced::{Center, Element, Fill, FillPortion, Padding, Right, Shrink};

use super::super::begin::How;
use super::column::Column;
use super::row::{AMOUNT, APART, GAP, LAST, TALLY, TERM};
use super::{Conventions, Message, NAME_VIEW, SEARCH, UNFOLD, VIEW_NAME};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{
    BAR, Button, Order, button, choice, escaping, field, head, pane, quiet, select, strong,
    table_head,
};

/// Below this width term, amount, who follows it and what there is to verify share a column.
const MIDDLING: f32 = 980.0;

/// Below this width a row is one column.
const NARROW: f32 = 700.0;

/// How much of the width a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
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

    /// How title and kind, partner and country, stage and next act share what other columns leave.
    pub const fn shares(self) -> [u16; 3] {
        match self {
            Self::Wide => [11, 6, 8],
            Self::Middling | Self::Narrow => [21, 15, 18],
        }
    }
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
            above = match room {
                Room::Narrow => above.push(self.folded(session, palette)),
                Room::Middling => {
                    let stages = self.stages(palette);
                    above.push(stages).push(self.half_folded(session, palette))
                }
                Room::Wide => {
                    let filters = self.filters(4, palette);
                    above.push(self.stages(palette)).push(filters).push(
                        row![
                            self.views(palette),
                            self.count(palette),
                            space().width(Fill)
                        ]
                        .push(self.elsewhere(session, palette))
                        .spacing(12)
                        .align_y(Center),
                    )
                }
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
        .padding(match room {
            Room::Narrow => [8, 12],
            Room::Middling => [14, 16],
            Room::Wide => [18, 24],
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
        let new = if narrow {
            "Nouvelle…"
        } else {
            "Nouvelle convention"
        };
        let acts = [
            button("Reprendre…", palette).on_press(Message::Begin(How::TakenOver)),
            strong(new, palette).on_press(Message::Begin(How::Written)),
        ];
        // An empty page offers its first acts itself.
        let acts = acts.into_iter();
        let acts = acts.filter(|_| !session.is_read_only() && !self.lines.is_empty());
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
        let all = (self.is_filtered() && !self.unfolded)
            .then(|| quiet("Tout afficher", palette).on_press(Message::Reset));
        let line = row![
            self.unfold(["▸ Filtrer et trier…", "▾ Filtrer et trier"], palette),
            self.count(palette)
        ]
        .push(all)
        .spacing(12)
        .align_y(Center);
        if !self.unfolded {
            return line.into();
        }
        let all = column![
            line,
            self.stages(palette),
            self.filters(2, palette),
            self.sorting(palette),
            self.views(palette),
            self.elsewhere(session, palette),
        ];
        escaping(all.spacing(10), Message::Unfold(false))
    }

    /// The same under the stages, which stay in sight where there is room for them: lists to filter by and what keeps
    /// them as a view leave their room to the rows.
    fn half_folded<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let views = (!self.unfolded).then(|| self.kept_views(palette).wrap().vertical_spacing(6));
        let line = row![
            self.unfold(["▸ Filtrer…", "▾ Filtrer"], palette),
            self.count(palette)
        ]
        .push(views)
        .push(space().width(Fill))
        .push(self.elsewhere(session, palette))
        .spacing(12)
        .align_y(Center);
        if !self.unfolded {
            return line.into();
        }
        let all = column![line, self.filters(4, palette), self.views(palette)];
        escaping(all.spacing(10), Message::Unfold(false))
    }

    /// What folds and unfolds them, by its words when they are folded and when they are not.
    fn unfold<'a>(&self, [folded, unfolded]: [&str; 2], palette: Palette) -> Button<'a, Message> {
        let label = if self.unfolded { unfolded } else { folded };
        button(label, palette)
            .id(UNFOLD)
            .on_press(Message::Unfold(!self.unfolded))
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

    /// The views that the person keeps, and what shows everything again.
    fn kept_views(&self, palette: Palette) -> Row<'_, Message> {
        let current = self.current_view();
        let views = self.views.iter().enumerate().map(|(rank, view)| {
            choice(view.name.as_str(), current == Some(rank), palette)
                .on_press(Message::View(rank))
                .into()
        });
        let all = self
            .is_filtered()
            .then(|| quiet("Tout afficher", palette).on_press(Message::Reset));
        Row::with_children(views)
            .push(all)
            .spacing(6)
            .align_y(Center)
    }

    /// The same, and what keeps one more.
    fn views(&self, palette: Palette) -> Element<'_, Message> {
        let line = self.kept_views(palette);
        let line = match (&self.naming, self.current_view()) {
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
        let [first, second, third] = room.shares();
        let heads = row![
            names(&[Column::Title, Column::Kind]).width(FillPortion(first)),
            names(&[Column::Partner, Column::Country]).width(FillPortion(second)),
            names(&[Column::Stage, Column::Next]).width(FillPortion(third)),
        ];
        let heads = if room == Room::Wide {
            heads
                .push(names(&[Column::InCharge]).width(FillPortion(4)))
                .push(names(&[Column::Term]).width(TERM))
                .push(names(&[Column::Amount]).width(AMOUNT).align_x(Right))
                .push(names(&[Column::Findings]).width(TALLY).padding(APART))
        } else {
            let last = [
                Column::Term,
                Column::Findings,
                Column::Amount,
                Column::InCharge,
            ];
            heads.push(names(&last).width(LAST))
        };
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
        row![
            strong("Reprendre une convention signée…", palette)
                .on_press(Message::Begin(How::TakenOver)),
            button("Importer mes tableaux…", palette).on_press(Message::Import),
            button("Nouvelle convention", palette).on_press(Message::Begin(How::Written)),
        ]
        .spacing(8)
        .wrap()
        .vertical_spacing(8)
        .into()
    });
    let words = words
        .iter()
        .map(|words| text(*words).size(16).color(palette.muted).into());
    Stack::with_children(words.chain(first)).spacing(10).into()
}
