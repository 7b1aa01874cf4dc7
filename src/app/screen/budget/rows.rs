//! The rows and the columns that each view of a budget has.

use std::borrow::Cow;

use super::figures::Shape;
use crate::app::widget::grid::{Column, Line, Side};
use crate::model::{Budget, HEADINGS, Holder, Id as RecordKey, Operation, Step, Totals};

/// A view of the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tab {
    /// What it costs and who pays, as a co-funder reads it.
    Funding,
    /// What was done of it.
    Execution,
    /// What is expected, by date.
    Schedule,
}

impl Tab {
    pub(super) const ALL: [Self; 3] = [Self::Funding, Self::Execution, Self::Schedule];

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Funding => "Bailleur",
            Self::Execution => "Exécution",
            Self::Schedule => "Échéancier",
        }
    }
}

/// A row, by ranks in the budget and its totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Row {
    /// A heading, with the sums of what stands under it.
    Heading(usize),
    /// An expense.
    Line(usize),
    /// Where the first line under one of the usual headings is typed, by its rank among them: as long as there is none.
    Usual(usize),
    /// Where a new line is typed.
    NewLine,
    /// Where a new heading is.
    NewHeading,
    /// All expenses.
    Expenses,
    /// What parts expenses from incomes.
    Band,
    /// A funder.
    Funder(usize),
    /// What nobody known pays.
    Unfunded,
    /// Where a new funder is typed.
    NewFunder,
    /// All incomes.
    Incomes,
    /// All that others are to bring, which alone is notified and received.
    Awaited,
    /// Something done or expected, by its rank among those shown.
    Operation(usize),
    /// Where a new one is typed.
    NewOperation,
    /// All payments shown: those that are expected, or done.
    Payments(State),
    /// All receipts shown.
    Receipts(State),
}

/// Whether operations are done, or expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    Done,
    Expected,
}

/// What a row is about, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Line(RecordKey),
    Funder(RecordKey),
    Operation(Holder, RecordKey),
    /// A row that the budget does not hold.
    Own(Row),
}

impl Row {
    pub(super) const fn look(self) -> Line {
        match self {
            Self::Heading(_) => Line::Group,
            Self::Line(_) | Self::Funder(_) | Self::Unfunded | Self::Operation(_) => Line::Plain,
            Self::Usual(_)
            | Self::NewLine
            | Self::NewHeading
            | Self::NewFunder
            | Self::NewOperation => Line::Offer,
            Self::Expenses
            | Self::Incomes
            | Self::Awaited
            | Self::Payments(_)
            | Self::Receipts(_) => Line::Total,
            Self::Band => Line::Band,
        }
    }

    /// Whether it stays at the foot of that view: with the titles of incomes, where they are not those of expenses.
    pub(super) fn sticks(self, tab: Tab) -> bool {
        match self {
            Self::Band => tab == Tab::Execution,
            row => row.look() == Line::Total,
        }
    }
}

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Label,
    Section,
    Scheme,
    Funders,
    /// What is planned in the year of that rank.
    Year(usize),
    Total,
    /// The part of the whole.
    Part,
    Planned,
    /// What was done at the step of that rank.
    Step(usize),
    /// What is still to be committed, or notified.
    ToCommit,
    /// What is still to be paid, or received.
    ToPay,
    /// How much of what is planned was paid, or received.
    Rate,
    Date,
    Kind,
    About,
    Exercise,
    Amount,
    Condition,
    Reference,
    State,
}

/// The rows of a view, in order, with so many operations; `locked` ones offer nothing to type.
pub(super) fn rows(
    tab: Tab,
    totals: &Totals,
    (which, operations): (Which, usize),
    locked: bool,
) -> Vec<Row> {
    match tab {
        Tab::Funding => both(totals, Row::Incomes, locked),
        Tab::Execution => both(totals, Row::Awaited, locked),
        Tab::Schedule => {
            let each = (0..operations).map(Row::Operation);
            let offer = (!locked).then_some(Row::NewOperation);
            let totals = [Row::Payments, Row::Receipts]
                .into_iter()
                .flat_map(|total| which.states().iter().map(move |it| total(*it)));
            each.chain(offer).chain(totals).collect()
        }
    }
}

fn both(totals: &Totals, incomes: Row, locked: bool) -> Vec<Row> {
    let lines: usize = totals.headings.iter().map(|it| it.lines.len() + 1).sum();
    let mut rows = Vec::with_capacity(lines + totals.funders.len() + 8);
    for (rank, heading) in totals.headings.iter().enumerate() {
        rows.push(Row::Heading(rank));
        rows.extend(heading.lines.iter().map(|line| Row::Line(*line)));
    }
    if !locked {
        if rows.is_empty() {
            rows.extend((0..HEADINGS.len()).map(Row::Usual));
        } else {
            rows.push(Row::NewLine);
        }
        rows.push(Row::NewHeading);
    }
    rows.extend([Row::Expenses, Row::Band]);
    rows.extend((0..totals.funders.len()).map(Row::Funder));
    if !totals.unfunded.total().is_zero() {
        rows.push(Row::Unfunded);
    }
    if !locked {
        rows.push(Row::NewFunder);
    }
    rows.push(incomes);
    rows
}

/// Which operations are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that are expected: the schedule.
    Expected,
    /// Those that are done.
    Done,
    /// All.
    All,
}

impl Which {
    /// What is added up of them: what is done and what is expected, never together.
    const fn states(self) -> &'static [State] {
        match self {
            Self::Expected => &[State::Expected],
            Self::Done => &[State::Done],
            Self::All => &[State::Done, State::Expected],
        }
    }
}

/// The operations shown, the soonest first, those without a day last.
pub(super) fn operations(
    budget: &Budget,
    which: Which,
    about: Option<Holder>,
) -> Vec<(Holder, Operation)> {
    let mut all: Vec<(Holder, Operation)> = budget
        .operations()
        .filter(|(holder, _)| about.is_none_or(|about| about == *holder))
        .filter(|(_, operation)| match which {
            Which::Expected => operation.expected,
            Which::Done => !operation.expected,
            Which::All => true,
        })
        .map(|(holder, operation)| (holder, operation.clone()))
        .collect();
    all.sort_by_key(|(_, it)| (it.date.is_none(), it.date, it.year, it.step));
    all
}

/// The columns of a view, in order: what is to come is on a condition first, what is done is written somewhere.
pub(super) fn fields(tab: Tab, totals: &Totals, which: Which) -> Vec<Field> {
    match tab {
        Tab::Funding => {
            let years = (0..totals.years.len()).map(Field::Year);
            [Field::Label, Field::Section, Field::Scheme, Field::Funders]
                .into_iter()
                .chain(years)
                .chain([Field::Total, Field::Part])
                .collect()
        }
        Tab::Execution => vec![
            Field::Label,
            Field::Planned,
            Field::Step(0),
            Field::Step(1),
            Field::Step(2),
            Field::ToCommit,
            Field::ToPay,
            Field::Rate,
        ],
        Tab::Schedule => {
            let [first, second] = match which {
                Which::Expected => [Field::Condition, Field::Reference],
                Which::Done | Which::All => [Field::Reference, Field::Condition],
            };
            vec![
                Field::Date,
                Field::Kind,
                Field::About,
                Field::Exercise,
                Field::Amount,
                first,
                second,
                Field::State,
            ]
        }
    }
}

/// How the columns of a view look: figures are as wide as the longest of them.
pub(super) fn columns(fields: &[Field], totals: &Totals, shape: &Shape) -> Vec<Column<'static>> {
    let steps = |steps: [Step; 3], rank: usize| steps.get(rank).map_or("", |it| it.label());
    let figures = |title: Cow<'static, str>, width: f32, field: &Field| {
        let longest = shape.longest.get(field).cloned().unwrap_or_default();
        let width = if shape.blank.contains(field) {
            0.0
        } else {
            width
        };
        Column::figures(title, width).down_to(0.0).holding(longest)
    };
    let column = |field: &Field| match field {
        Field::Label => Column::words("Dépense", 200.0)
            .down_to(180.0)
            .growing()
            .pinned(Side::Left),
        Field::Section => Column::words("Section", 84.0)
            .down_to(66.0)
            .holding("notifié")
            .pinned(Side::Left)
            .yielding(),
        Field::Scheme => Column::words("Dispositif", if shape.has_schemes { 96.0 } else { 0.0 })
            .down_to(0.0)
            .holding("numéraire"),
        Field::Funders => Column::words("Financeurs", 120.0).down_to(84.0).growing(),
        Field::Year(rank) => {
            let year = totals.years.get(*rank);
            figures(
                year.map_or_else(String::new, i32::to_string).into(),
                86.0,
                field,
            )
        }
        Field::Total => figures("Total".into(), 96.0, field).pinned(Side::Right),
        Field::Part => Column::figures("Part", 72.0)
            .down_to(0.0)
            .holding("100,0\u{202f}%")
            .pinned(Side::Right)
            .yielding(),
        Field::Planned => figures("Prévu".into(), 100.0, field).holding("en nature"),
        Field::Step(rank) => figures(steps(Step::OF_EXPENSES, *rank).into(), 100.0, field)
            .holding(steps(Step::OF_INCOMES, *rank)),
        Field::ToCommit => figures("À engager".into(), 110.0, field)
            .holding("À notifier")
            .pinned(Side::Right),
        Field::ToPay => figures("À payer".into(), 110.0, field).holding("À recevoir"),
        Field::Rate => Column::figures("%\u{a0}payé", 88.0)
            .down_to(0.0)
            .holding("◆ 100,0\u{202f}%")
            .pinned(Side::Right)
            .yielding(),
        Field::Date => Column::words("Date", 96.0)
            .down_to(0.0)
            .holding("30/10/2026")
            .pinned(Side::Left),
        Field::Kind => Column::words("Opération", 108.0)
            .down_to(0.0)
            .holding("Encaissements\u{a0}")
            .pinned(Side::Left),
        Field::About => Column::words("Objet", 200.0).down_to(160.0).growing(),
        Field::Exercise => Column::figures("Exercice", 74.0).down_to(0.0),
        Field::Amount => figures("Montant".into(), 100.0, field).pinned(Side::Right),
        Field::Condition if shape.has_conditions => {
            Column::words("Condition", 170.0).down_to(84.0).growing()
        }
        Field::Condition => Column::words("Condition", 0.0).empty(),
        Field::Reference if shape.has_references => Column::words("Référence", 120.0)
            .down_to(84.0)
            .holding(shape.reference.clone())
            .growing(),
        Field::Reference => Column::words("Référence", 0.0).empty(),
        Field::State => Column::words("État", 100.0)
            .down_to(0.0)
            .holding("◆ en retard")
            .pinned(Side::Right)
            .yielding(),
    };
    fields.iter().map(column).collect()
}
