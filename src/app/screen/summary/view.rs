//! The page: its files at the top, then charts and rules on cards, in two columns where there is room.

use iced::widget::{Column, column, container, responsive, row, text};
use iced::{Center, Element, Fill};

use super::{Message, Summary, rules};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{button, link, pane, scroll, words};
use crate::export::BudgetFormat;
use crate::ledger;
use crate::model::Id;

/// Below this width of the page cards are in one column.
const NARROW: f32 = 860.0;

/// What stands left and right of what a card holds.
const EDGES: f32 = 40.0;

/// What stands where there is nothing to draw.
fn nothing_yet<'a>(budget: Id, palette: Palette) -> Element<'a, Message> {
    let words = text("Les dessins paraîtront ici dès qu’une dépense sera chiffrée.");
    let go = link("Saisir les dépenses", palette).on_press(Message::Go(Route::Budget(budget)));
    container(column![words.size(15).color(palette.muted), go].spacing(8))
        .padding([14, 18])
        .width(Fill)
        .style(move |_| palette.card())
        .into()
}

impl Summary {
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let Some(budget) = session.records().budget(self.id) else {
            return container(text("Ce budget n’est plus là.").size(17))
                .padding([18, 24])
                .into();
        };
        let title = words(&budget.title).size(21.0).font(STRONG).width(Fill);
        let export = |label, format| button(label, palette).on_press(Message::Export(format));
        let head = row![
            link("Budgets", palette).on_press(Message::Go(Route::Budgets)),
            text("/").color(palette.muted),
            title,
            link("Tableau", palette).on_press(Message::Go(Route::Budget(self.id))),
        ]
        .spacing(10)
        .align_y(Center);
        let for_whom = ledger::of_budget(budget, session.records());
        let files = row![
            text(for_whom).size(15).color(palette.muted).width(Fill),
            export("CSV…", BudgetFormat::Csv),
            export("XLSX…", BudgetFormat::Xlsx),
            export("Fiche PDF…", BudgetFormat::Pdf),
        ]
        .spacing(10)
        .align_y(Center);

        let body = responsive(move |size| {
            let two = size.width >= NARROW;
            let wide = if two {
                (size.width - 40.0) / 2.0
            } else {
                size.width - 24.0
            };
            let mut cards: Vec<Element<'_, Message>> = self
                .charts
                .iter()
                .enumerate()
                .map(|(rank, shown)| {
                    let turn = Message::Turn(rank);
                    let chart = shown.view(wide - EDGES, turn, session.reference(), palette);
                    container(chart)
                        .padding([14, 18])
                        .width(Fill)
                        .style(move |_| palette.card())
                        .into()
                })
                .collect();
            if cards.is_empty() {
                cards.push(nothing_yet(self.id, palette));
            }
            cards.insert(1.min(cards.len()), rules::card(budget, session, palette));
            let cards: Element<'_, Message> = if two {
                let mut left = Column::new().spacing(14);
                let mut right = Column::new().spacing(14);
                for (rank, card) in cards.into_iter().enumerate() {
                    if rank % 2 == 0 {
                        left = left.push(card);
                    } else {
                        right = right.push(card);
                    }
                }
                row![left.width(Fill), right.width(Fill)].spacing(14).into()
            } else {
                Column::with_children(cards).spacing(14).into()
            };
            scroll(container(cards).padding([2, 6]), "summary.page", palette).into()
        });
        pane("summary", column![head, files, body].spacing(10))
            .padding([18, 24])
            .width(Fill)
            .height(Fill)
            .into()
    }
}
