//! « Synthèse » of one budget: its charts, the ceilings it weighs on, how it stands against the rules of its funders;
//! and the files in which it leaves.

mod rules;
mod view;

use iced::{Element, Task};
use std::sync::Arc;

use super::deliver::Delivery;
use super::{Action, Notice, Screen};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::chart::Shown;
use crate::export::{self, BudgetFormat, Logos};
use crate::ledger::{self, charts};
use crate::model::{Change, Id, Kind, Record, RecordId};

/// The page.
#[derive(Debug)]
pub struct Summary {
    id: Id,
    charts: Vec<Shown>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A page.
    Go(Route),
    /// A chart in figures, or drawn again, by its rank.
    Turn(usize),
    /// The rules that count for a funder; none.
    Rule(Id, Option<String>),
    /// Where rules were read.
    Source(String),
    /// The budget as a file.
    Export(BudgetFormat),
}

impl Summary {
    /// That of a budget.
    #[must_use]
    pub const fn new(id: Id) -> Self {
        Self {
            id,
            charts: Vec::new(),
        }
    }

    /// Of which budget.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }
}

impl Screen for Summary {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "summary"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Go(route) => vec![Action::Go(route)],
            Message::Turn(rank) => {
                self.charts.get_mut(rank).into_iter().for_each(Shown::turn);
                Vec::new()
            }
            Message::Rule(funder, rule) => self.choose(funder, rule, session),
            Message::Source(address) => vec![Action::Browse(address)],
            Message::Export(format) => self.export(format, session),
        }
    }

    fn follow(&mut self, session: &Session) -> Task<Message> {
        let (records, reference) = (session.records(), session.reference());
        let Some(budget) = records.budget(self.id) else {
            self.charts.clear();
            return Task::none();
        };
        let ceilings = ledger::ceilings_of(budget, records, reference);
        let all = charts::of_one(budget, records, reference)
            .into_iter()
            .chain([charts::under_ceilings(&ceilings, reference)]);
        let in_figures: Vec<bool> = self.charts.iter().map(Shown::is_in_figures).collect();
        self.charts = all
            .filter(|chart| !chart.is_empty())
            .enumerate()
            .map(|(rank, chart)| {
                Shown::new(chart, in_figures.get(rank).copied().unwrap_or_default())
            })
            .collect();
        Task::none()
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(session, palette)
    }
}

impl Summary {
    fn choose(&self, funder: Id, rule: Option<String>, session: &Session) -> Vec<Action<Message>> {
        if session.is_read_only() {
            return vec![Action::Notify(Notice::wary(
                "Cet espace est en lecture seule\u{a0}: rien n’y est changé.",
            ))];
        }
        let name = RecordId {
            kind: Kind::Budget,
            id: self.id,
        };
        let Some(before) = session.records().get(name) else {
            return Vec::new();
        };
        let Record::Budget(budget) = before.as_ref() else {
            return Vec::new();
        };
        let mut after = budget.clone();
        let Some(funder) = after.funders.iter_mut().find(|it| it.id == funder) else {
            return Vec::new();
        };
        if funder.rule == rule {
            return Vec::new();
        }
        funder.rule = rule;
        vec![Action::Edit(Change::replace(
            "Choisir les règles d’un financeur",
            before.clone(),
            Record::Budget(after),
        ))]
    }

    fn export(&self, format: BudgetFormat, session: &Session) -> Vec<Action<Message>> {
        let Some(budget) = session.records().budget(self.id).cloned() else {
            return Vec::new();
        };
        let records = session.records().clone();
        let reference = Arc::clone(session.reference());
        let cabinet = Arc::clone(session.cabinet());
        let today = session.today();
        let name = export::name_of_file(&budget.title, "Budget", format.extension());
        let title = match format {
            BudgetFormat::Csv => "Exporter le budget en CSV",
            BudgetFormat::Xlsx => "Exporter le budget en classeur XLSX",
            BudgetFormat::Pdf => "Exporter la fiche budget",
        };
        let told = "Le budget tel qu’il est à cet instant.";
        let delivery = Delivery::new(title, told, &name, session, move || {
            let bytes_of = |hash: &str| cabinet.bytes(hash);
            let (logos, _) = Logos::default().ours(&records, &reference, &bytes_of);
            export::budget_file(&budget, format, &records, &reference, logos, today)
                .map_err(|error| error.to_string())
        });
        vec![delivery.asked()]
    }
}
