//! One budget: what it costs and who pays, what was done of it, what is expected and when.

use iced::Element;
use iced::widget::{Id, column, row, text};

use super::Action;
use super::budgets::years;
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{link, pane};
use crate::model::{Id as RecordKey, Totals};

/// See the module.
#[derive(Debug)]
pub struct Sheet {
    id: RecordKey,
    totals: Totals,
}

/// What happens on the sheet.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// The list.
    List,
}

/// Where the keyboard begins.
pub const FIRST: &str = "budget.first";

impl Sheet {
    /// The sheet of that budget.
    #[must_use]
    pub fn new(id: RecordKey) -> Self {
        Self {
            id,
            totals: Totals::default(),
        }
    }

    /// Whose sheet it is.
    #[must_use]
    pub const fn id(&self) -> RecordKey {
        self.id
    }

    /// Records changed, or the sheet has just come.
    pub fn follow(&mut self, session: &Session) {
        if let Some(budget) = session.records().budget(self.id) {
            self.totals = Totals::of(budget);
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, _: &Session) -> Vec<Action<Message>> {
        match message {
            Message::List => vec![Action::Go(Route::Budgets)],
        }
    }

    /// The page.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let Some(budget) = session.records().budget(self.id) else {
            return text("Ce budget n’est plus là.").into();
        };
        let said = |amount| french::amount(amount, &budget.currency, session.reference());
        pane(
            "budget",
            column![
                row![
                    link("Budgets", palette)
                        .id(Id::new(FIRST))
                        .on_press(Message::List),
                    text(&budget.title).size(22).font(STRONG),
                ]
                .spacing(12),
                text(format!(
                    "{} · {}",
                    years(&budget.years),
                    said(self.totals.expenses.planned.total())
                )),
            ]
            .spacing(12),
        )
        .padding([18, 24])
        .into()
    }
}
