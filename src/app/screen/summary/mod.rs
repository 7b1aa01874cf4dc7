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
    /// The rules of a funder go on into the year after, to be corrected in the settings.
    Next(Id),
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
            Message::Next(funder) => self.go_on(funder, session),
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
        let change = self.held_against(funder, rule, session);
        change.map(Action::Edit).into_iter().collect()
    }

    /// The change by which a funder's rules are those; nothing where they are already.
    fn held_against(&self, funder: Id, rule: Option<String>, session: &Session) -> Option<Change> {
        let name = RecordId {
            kind: Kind::Budget,
            id: self.id,
        };
        let before = session.records().get(name)?;
        let Record::Budget(budget) = before.as_ref() else {
            return None;
        };
        let mut after = budget.clone();
        let funder = after.funders.iter_mut().find(|it| it.id == funder)?;
        if funder.rule == rule {
            return None;
        }
        funder.rule = rule;
        let label = "Choisir les règles d’un financeur";
        Some(Change::replace(
            label,
            before.clone(),
            Record::Budget(after),
        ))
    }

    /// The call of the year after becomes one of our authority's own, and that of the funder: one change.
    fn go_on(&self, funder: Id, session: &Session) -> Vec<Action<Message>> {
        let (records, reference) = (session.records(), session.reference());
        let funders = records.budget(self.id).map(|it| &it.funders);
        let named = funders
            .and_then(|all| all.iter().find(|it| it.id == funder))
            .and_then(|it| it.rule.as_deref());
        let Some(rule) = named.and_then(|it| ledger::rule(it, records, reference)) else {
            return Vec::new();
        };
        let call = ledger::call_after(&rule, session.fresh_id(), session.today());
        let told = format!(
            "«\u{a0}{}\u{a0}» est à corriger d’après la notice de l’appel\u{a0}: \
                 Réglages, 1\u{a0}% et financeurs.",
            call.label
        );
        let chosen = self.held_against(funder, Some(call.id.to_string()), session);
        let authority = RecordId {
            kind: Kind::Authority,
            id: Id::SINGLE,
        };
        let mut ours = records.authority().clone();
        ours.calls.push(call);
        let ours = Record::Authority(ours);
        let mut change = match records.get(authority) {
            Some(before) => Change::replace("", before.clone(), ours),
            None => Change::create("", ours),
        };
        change.label = "Reprendre les règles d’un financeur pour l’année suivante".to_owned();
        change
            .edits
            .extend(chosen.into_iter().flat_map(|it| it.edits));
        vec![
            Action::Edit(change),
            Action::Notify(Notice::calm(told).undoable()),
        ]
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
