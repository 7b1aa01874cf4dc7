//! How the sheet of a budget looks: its head, the view that is chosen, what is said of the cell under it, cards, and what
//! stands beside.

use iced::widget::{Column, Row as Across, column, container, responsive, row, space, text};
use iced::{Center, Element, Fill, Size};

use super::rows::{self, Field, Row, Tab, Which};
use super::say::Book;
use super::{Message, Panel, Sheet, TABLE};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::grid::{Cell, Line, Spot, table};
use crate::app::widget::{
    Dialog, button, link, pane, pill_of, plain_button, quiet, scroll, segmented, select, strong,
    tabs, words,
};
use crate::chart::width_of;
use crate::check::Tally;
use crate::model::{Budget, Kind, quoted};

/// From this width of the page, what stands beside the table leaves room for it.
const BESIDE: f32 = 760.0;

/// The width of what stands beside the table.
const PANEL: f32 = 350.0;

/// Below this width of the page, what accompanies is left out.
const NARROW: f32 = 640.0;

/// From this width there is room beside what a view lets choose, and for what keys do.
const ROOMY: f32 = 960.0;

/// So many years are chosen from side by side; more, from a list.
const SIDE_BY_SIDE: usize = 4;

/// The height of the first line of the head: a long title stands on two.
const TITLE: f32 = 40.0;

/// The height of the second.
const LINE: f32 = 36.0;

/// The most room of what the schedule is filtered by.
const FILTER: f32 = 220.0;

/// The height of two lines of what is told of a cell.
const TOLD: f32 = 37.0;

/// From this height there are cards under the table; below, a line tells what matters of them.
const TALL: f32 = 740.0;

impl Sheet {
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let Some(budget) = session.records().budget(self.id) else {
            return container(
                column![
                    text("Ce budget n’est plus là.").size(17),
                    link("Revenir aux budgets", palette).on_press(Message::List),
                ]
                .spacing(12),
            )
            .padding([18, 24])
            .into();
        };
        responsive(move |size| self.page_in(self.book(budget, session), size, palette)).into()
    }

    fn page_in<'a>(&'a self, book: Book<'a>, size: Size, palette: Palette) -> Element<'a, Message> {
        let beside = size.width >= BESIDE;
        let narrow = size.width < NARROW;
        let panel: Option<Element<'a, Message>> = self.panel.map(|panel| {
            pane("budget-panel", self.panel(panel, book, palette))
                .height(Fill)
                .into()
        });
        let head = pane("budget", self.head(book, size.width, palette)).width(Fill);
        let main = || {
            let table = pane("budget-table", self.table(book, palette))
                .width(Fill)
                .height(Fill);
            let has_cards = self.panel.is_none() && self.tab != Tab::Schedule;
            let cards = has_cards.then(|| {
                if size.height >= TALL {
                    self.cards(book, palette)
                } else {
                    self.in_short(book, palette)
                }
            });
            let width = size.width
                - if self.panel.is_some() && beside {
                    PANEL
                } else {
                    0.0
                };
            column![table, self.under(book, width, palette)]
                .push(cards)
                .spacing(8)
                .width(Fill)
        };
        // The table keeps its place among the widgets, and with it the keyboard, whether or not something is beside it.
        let body: Element<'a, Message> = match panel {
            Some(panel) if !beside => panel,
            panel => {
                let width = if panel.is_some() { PANEL } else { 0.0 };
                let panel = panel.unwrap_or_else(|| space().into());
                row![main(), container(panel).width(width)]
                    .spacing(if width > 0.0 { 14 } else { 0 })
                    .into()
            }
        };
        let content = column![head, body].spacing(8);
        container(content)
            .padding(if narrow { [8, 10] } else { [14, 20] })
            .width(Fill)
            .height(Fill)
            .into()
    }

    fn head<'a>(&'a self, book: Book<'a>, width: f32, palette: Palette) -> Element<'a, Message> {
        let narrow = width < NARROW;
        // The years of the execution take the room of what the budget is attached to.
        let has_room = match self.tab {
            Tab::Funding => width >= NARROW,
            Tab::Execution => width >= ROOMY,
            Tab::Schedule => width >= ROOMY && self.about.is_none(),
        };
        let title = responsive(move |size| {
            let title = &book.budget.title;
            let fits = |letters: &f32| {
                let letters = f64::from(*letters);
                1.06 * width_of(title, letters) as f32 <= size.width
            };
            // A long one stands whole on two lines, as far as it can.
            let large = if narrow { 17.0 } else { 21.0 };
            let on_one = [large, 17.0].into_iter().find(fits);
            let (size, lines) = on_one.map_or((15.0, 2), |letters| (letters, 1));
            let title = words(title).size(size).font(STRONG).lines(lines);
            container(title.width(Fill)).center_y(Fill).into()
        });
        let act = |label: &'static str, panel: Panel| {
            let pressed = self.panel == Some(panel);
            let label = if pressed {
                format!("✓ {label}")
            } else {
                label.to_owned()
            };
            button(label, palette).on_press(Message::Panel(panel))
        };
        let first = row![link("Budgets", palette).on_press(Message::List)]
            .spacing(10)
            .align_y(Center)
            .push(text("/").color(palette.muted))
            .push(title)
            .push(button("Synthèse et exports", palette).on_press(Message::Summary))
            .push(act("Fiche", Panel::Whole).id("budget.whole"))
            .push(act("Détail", Panel::Row).id("budget.row"));
        let views = Tab::ALL.map(|tab| (tab, tab.label().to_owned()));
        let second = row![tabs(views, &self.tab, "budget.tabs", palette, Message::Tab)]
            .spacing(14)
            .align_y(Center);
        let choices = self.choices(book, has_room, palette);
        let second = if has_room {
            let about = container(about(book, palette));
            let about = about.align_right(Fill).max_height(26).clip(true);
            second.push(choices).push(about)
        } else {
            let choices = container(choices.unwrap_or_else(|| space().into()));
            second
                .push(choices.width(Fill).clip(true))
                .push(aside(currency(book), palette))
        };
        // Whole pixels, and the same in every view: the table under them stands still.
        column![first.height(TITLE), second.height(LINE)]
            .spacing(2)
            .into()
    }

    /// What the view shows: of which year, of which operations.
    fn choices<'a>(
        &'a self,
        book: Book<'a>,
        has_room: bool,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        match self.tab {
            Tab::Funding => None,
            Tab::Execution => {
                let years = book.totals.years.iter();
                let each = years.map(|year| (Some(*year), year.to_string()));
                let all = std::iter::once((None, "Toutes".to_owned()));
                let all = all.chain(each);
                let choice: Element<'_, Message> = if book.totals.years.len() > SIDE_BY_SIDE {
                    let years =
                        select(all, Some(&self.year), "budget.year", palette, Message::Year);
                    container(Element::from(years)).width(120).into()
                } else {
                    segmented(all, &self.year, "budget.year", palette, Message::Year)
                };
                let label = if has_room {
                    "Opérations de la ligne"
                } else {
                    "Opérations"
                };
                let more = quiet(label, palette).on_press(Message::Operations);
                Some(row![choice, more].spacing(8).align_y(Center).into())
            }
            Tab::Schedule => {
                let which = [
                    (Which::Expected, "Prévues"),
                    (Which::Done, "Faites"),
                    (Which::All, "Toutes"),
                ];
                let which = which.map(|(it, label)| (it, label.to_owned()));
                let choice = segmented(which, &self.which, "budget.which", palette, Message::Which);
                let about = self.about.map(|holder| {
                    let name = words(format!("×\u{a0}{}", book.called(holder)));
                    pill_of(container(name).max_width(FILTER), false, palette)
                        .id("budget.of-all")
                        .on_press(Message::OfAll)
                });
                Some(
                    row![choice]
                        .push(about.map(Element::from))
                        .spacing(8)
                        .align_y(Center)
                        .into(),
                )
            }
        }
    }

    fn table<'a>(&'a self, book: Book<'a>, palette: Palette) -> Element<'a, Message> {
        let rows = self.rows.iter().enumerate();
        let sticky = rows.filter(|(_, row)| row.sticks(self.tab));
        let is_main = |field: &Field| matches!(field, Field::Year(_) | Field::About);
        let main = self.fields.iter().position(is_main);
        table(
            rows::columns(&self.fields, &self.totals, &self.shape),
            self.rows.len(),
            move |spot| self.cell_in(spot, book),
            &self.cursor,
            TABLE,
            palette,
            Message::Table,
        )
        .lines(move |row| self.rows.get(row).map_or(Line::Plain, |row| row.look()))
        .sticky(sticky.map(|(rank, _)| rank).collect())
        .lid(self.rows.iter().position(|row| *row == Row::Band))
        .mainly(main.unwrap_or(0))
        .into()
    }

    fn cell_in<'a>(&'a self, spot: Spot, book: Book<'a>) -> Cell<'a> {
        let row = self.rows.get(spot.row).copied();
        let key = self.keys.get(spot.row).copied();
        let field = self.fields.get(spot.column).copied();
        let (Some(row), Some(key), Some(field)) = (row, key, field) else {
            return Cell::empty();
        };
        match self.held.get(&(key, field)) {
            Some(held) => Cell {
                faulty: true,
                ..Cell::plain(held.raw.as_str())
            },
            None => book.show(row, field),
        }
    }

    /// Under the table: why the cell is not kept, what it holds in full, what can be typed.
    fn under<'a>(&'a self, book: Book<'a>, width: f32, palette: Palette) -> Element<'a, Message> {
        let at = self.cursor.at();
        let key = self.keys.get(at.row).copied();
        let field = self.fields.get(at.column).copied();
        let held = key.zip(field).and_then(|it| self.held.get(&it));
        let (told, ink) = match (&self.remark, held) {
            (Some(remark), _) => (format!("◆ {remark}"), palette.wary),
            (None, Some(held)) => (
                format!("▲ {} {} n’est pas enregistré.", held.why, quoted(&held.raw)),
                palette.grave,
            ),
            (None, None) => (self.told(book), palette.ink),
        };
        let told = words(told).size(14.0).lines(2).color(ink).width(Fill);
        // However long it is, the table above keeps its height.
        let told = container(told).height(TOLD).align_y(Center);
        let mut links = row![].spacing(14).align_y(Center);
        let others = self.held.len() > usize::from(held.is_some());
        if others {
            let words = french::count(
                self.held.len(),
                "cellule n’est pas enregistrée",
                "cellules ne sont pas enregistrées",
            );
            links = links.push(link(format!("▲ {words}"), palette).on_press(Message::NextHeld));
        }
        let tally = Tally::of(&self.findings);
        if !tally.is_empty() {
            links = links.push(
                link("Points à vérifier", palette)
                    .id("budget.findings")
                    .on_press(Message::Panel(Panel::Findings)),
            );
            links = links.push(tally.short(palette));
        }
        if width >= ROOMY {
            let moves = match self.tab {
                Tab::Schedule => "",
                _ => "Alt+↑↓ déplace · ",
            };
            links = links.push(
                text(format!(
                    "Entrée modifie · Ins ajoute · {moves}F4 détaille · F6 quitte le tableau"
                ))
                .size(13)
                .color(palette.muted),
            );
        }
        // Beside something else there is no room for both on a line.
        let line: Element<'_, Message> = if width < NARROW && (others || !tally.is_empty()) {
            column![told, links].spacing(2).into()
        } else {
            row![told, links].spacing(14).align_y(Center).into()
        };
        container(line).padding([0, 2]).into()
    }

    fn panel<'a>(&'a self, panel: Panel, book: Book<'a>, palette: Palette) -> Element<'a, Message> {
        let key = self.here().map(|(_, key)| key);
        let content = match panel {
            Panel::Row => self.detail.of_row(key, book, palette).map(Message::Detail),
            Panel::Whole => {
                let whole = self.detail.of_whole(book, palette).map(Message::Detail);
                let mut acts = Across::new().spacing(6);
                if !book.session.is_read_only() {
                    acts = acts
                        .push(quiet("Dupliquer", palette).on_press(Message::Duplicate))
                        .push(quiet("Supprimer", palette).on_press(Message::Delete));
                }
                column![whole, acts].spacing(14).into()
            }
            Panel::Findings => self.all_findings(palette),
        };
        let close = quiet("Fermer", palette)
            .id("budget.close")
            .on_press(Message::Panel(panel));
        let card = column![
            container(close).align_right(Fill),
            scroll(container(content).padding([2, 10]), "budget.panel", palette)
        ];
        container(card)
            .padding([8, 6])
            .height(Fill)
            .style(move |_| palette.card())
            .into()
    }

    fn all_findings(&self, palette: Palette) -> Element<'_, Message> {
        use crate::app::widget::mark;

        let mut list = Column::new()
            .push(text("Points à vérifier").size(17).font(STRONG))
            .spacing(12);
        for (rank, finding) in self.findings.iter().enumerate() {
            let words = match (finding.place.record.kind, finding.place.field) {
                (Kind::Authority, _) if finding.place.item.is_some() => Some("Voir l’assiette…"),
                (Kind::Authority, _) => Some("Saisir l’assiette…"),
                (_, Some("rate")) => Some("Saisir le taux…"),
                _ => finding.place.item.map(|_| "Y aller"),
            };
            let go = words
                .map(|words| Element::from(link(words, palette).on_press(Message::Finding(rank))));
            list = list.push(
                row![
                    mark(Some(finding.severity), palette),
                    column![text(&finding.message).size(15)].push(go).spacing(4)
                ]
                .spacing(6),
            );
        }
        list.into()
    }
}

/// « en euros »: without it figures say nothing.
fn currency(book: Book<'_>) -> String {
    let unit = book.session.reference().unit(&book.budget.currency);
    format!("en {unit}")
}

fn aside<'a>(said: String, palette: Palette) -> Element<'a, Message> {
    words(said).size(14.0).color(palette.muted).into()
}

/// « en euros · 2027–2029 · Porto-Novo 2027-2029 ».
fn about<'a>(book: Book<'a>, palette: Palette) -> Element<'a, Message> {
    let records = book.session.records();
    let years = super::super::budgets::years(&book.budget.years);
    if book.budget.years.is_empty() {
        let fix = link("Fixer les années", palette).id("budget.fix-years");
        let fix = fix.on_press(Message::Panel(Panel::Whole));
        return row![aside(currency(book), palette), fix]
            .spacing(10)
            .align_y(Center)
            .into();
    }
    let said = format!("{} · {years}", currency(book));
    let mut named = records.conventions_with_budget(book.budget.id);
    let mut line = row![].spacing(6).align_y(Center);
    match (named.next(), named.count()) {
        (None, _) => line = line.push(aside(format!("{said} · sans convention"), palette)),
        (Some(convention), more) => {
            line = line.push(aside(said, palette));
            let title = words(records.short_title(convention)).color(palette.accent);
            let open = plain_button(title, [2, 2], palette);
            line = line.push(open.on_press(Message::Convention(convention.id)));
            if more > 0 {
                let words = format!("et {}", french::count(more, "autre", "autres"));
                line = line.push(aside(words, palette));
            }
        }
    }
    line.into()
}

/// It is asked once more before a budget that conventions name is deleted.
pub(super) fn deleting<'a>(
    budget: &'a Budget,
    session: &'a Session,
    palette: Palette,
) -> Dialog<'a, Message> {
    let records = session.records();
    let mut names = column![
        text("Des conventions le nomment\u{a0}; elles n’auraient plus de budget\u{a0}:").size(15)
    ]
    .spacing(8);
    for convention in records.conventions_with_budget(budget.id) {
        names = names.push(text(records.short_title(convention)).size(15).font(STRONG));
    }
    Dialog::new(
        "Supprimer ce budget\u{202f}?",
        names,
        [
            strong("Supprimer", palette).on_press(Message::DeleteAnyway),
            quiet("Garder", palette).on_press(Message::Keep),
        ],
        Message::Keep,
        palette,
    )
}
