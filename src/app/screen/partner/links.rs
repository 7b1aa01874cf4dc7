//! What a partner is bound to: conventions with their amendments under them, budgets, grants year by year.

use chrono::Datelike;
use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion};

use super::{Message, card};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{button, link, row_button, stage_tag, tally};
use crate::check::Tally;
use crate::model::{Amount, Budget, Convention, ConventionKind, Currency, Id as RecordKey};

/// Its conventions, the latest first, amendments under the one that they amend.
pub(super) fn conventions<'a>(
    partner: RecordKey,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let mut all: Vec<&Convention> = session.records().conventions_of(partner).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.start));
    let is_under = |convention: &Convention| {
        convention.kind == ConventionKind::Amendment
            && convention
                .parent
                .is_some_and(|parent| all.iter().any(|it| it.id == parent))
    };
    let mut lines = Column::new().spacing(2);
    for convention in all.iter().filter(|it| !is_under(it)) {
        lines = lines.push(line(convention, false, session, palette));
        let amendments = all
            .iter()
            .filter(|it| is_under(it) && it.parent == Some(convention.id));
        for amendment in amendments {
            lines = lines.push(line(amendment, true, session, palette));
        }
    }
    let lines = if all.is_empty() {
        let words = "Aucune convention avec ce partenaire.";
        lines.push(text(words).size(15).color(palette.muted))
    } else {
        lines
    };
    let new = (!session.is_read_only()).then(|| {
        button("Nouvelle convention avec ce partenaire…", palette).on_press(Message::NewConvention)
    });
    column![card(lines, palette)].push(new).spacing(10).into()
}

fn line<'a>(
    convention: &'a Convention,
    under: bool,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let indent = if under { "› " } else { "" };
    let mut right = row![].spacing(10).align_y(Center);
    let marks = Tally::of(session.findings(convention.id));
    if !marks.is_empty() {
        right = right.push(tally(marks, palette));
    }
    let line = row![
        column![
            text(format!("{indent}{}", convention.title)).size(15),
            text(french::term(convention.start, convention.end))
                .size(14)
                .color(palette.muted),
        ]
        .spacing(2)
        .width(Fill),
        right.push(stage_tag(session.stage(convention), palette)),
    ]
    .spacing(12)
    .align_y(Center);
    row_button(line, false, palette)
        .on_press(Message::Convention(convention.id))
        .into()
}

/// The budgets of its conventions, and what it is granted year by year.
pub(super) fn money<'a>(
    partner: RecordKey,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let records = session.records();
    let mut budgets: Vec<&Budget> = records
        .conventions_of(partner)
        .filter_map(|it| records.budget(it.budget?))
        .chain(records.budgets().filter(|budget| {
            let funders = budget.funders.iter();
            funders.filter_map(|it| it.partner).any(|it| it == partner)
        }))
        .collect();
    budgets.sort_by_key(|budget| budget.id);
    budgets.dedup_by_key(|budget| budget.id);

    let muted = |words: &'a str| text(words).size(15).color(palette.muted);
    let mut page = Column::new().spacing(16);
    let mut lines = Column::new().spacing(8);
    for budget in &budgets {
        lines = lines.push(of_budget(budget, partner, session, palette));
    }
    let lines: Element<'a, Message> = if budgets.is_empty() {
        muted("Aucun budget ne concerne ce partenaire.").into()
    } else {
        lines.into()
    };
    page = page.push(
        column![
            text("Budgets de projets").size(17).font(STRONG),
            card(lines, palette)
        ]
        .spacing(8),
    );

    let years = records.years_of_grants_to(partner);
    if !years.is_empty() {
        let cell = |words: String| {
            container(text(words).size(15))
                .width(FillPortion(2))
                .align_right(FillPortion(2))
        };
        let head = |words: &'a str| {
            container(text(words).size(14).color(palette.muted))
                .width(FillPortion(2))
                .align_right(FillPortion(2))
        };
        let mut table = column![row![
            text("Année")
                .size(14)
                .color(palette.muted)
                .width(FillPortion(1)),
            head("Prévu"),
            head("Engagé"),
            head("Payé"),
        ]]
        .spacing(6);
        for year in years.into_iter().rev() {
            let (planned, committed, paid, currency) = granted(partner, year, session);
            let said = |amount| french::amount(amount, &currency, session.reference());
            table = table.push(row![
                container(text(year.to_string()).size(15)).width(FillPortion(1)),
                cell(said(planned)),
                cell(said(committed)),
                cell(said(paid)),
            ]);
        }
        page = page.push(
            column![
                text("Subventions, par année").size(17).font(STRONG),
                card(table, palette)
            ]
            .spacing(8),
        );
    }
    page.into()
}

fn of_budget<'a>(
    budget: &'a Budget,
    partner: RecordKey,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let shares = budget.lines.iter().flat_map(|line| &line.shares);
    let all: Amount = shares.clone().map(|share| share.amount).sum();
    let theirs: Amount = shares
        .filter(|share| {
            let funder = budget.funders.iter().find(|it| it.id == share.funder);
            funder.is_some_and(|it| it.partner == Some(partner))
        })
        .map(|share| share.amount)
        .sum();
    let said = |amount| french::amount(amount, &budget.currency, session.reference());
    let mut words = format!("{} prévus", said(all));
    if !theirs.is_zero() {
        words.push_str(&format!(", dont {} de ce partenaire", said(theirs)));
    }
    column![
        link(budget.title.as_str(), palette).on_press(Message::Budget(budget.id)),
        text(words).size(14).color(palette.muted)
    ]
    .spacing(2)
    .into()
}

/// What a body is granted in a year: planned, engaged, paid; in the currency of the first budget.
fn granted(body: RecordKey, year: i32, session: &Session) -> (Amount, Amount, Amount, Currency) {
    let mut all = session.records().grants_to(body, year).peekable();
    let currency = all
        .peek()
        .map(|it| it.budget.currency.clone())
        .unwrap_or_default();
    let (mut planned, mut committed, mut paid) = (Vec::new(), Vec::new(), Vec::new());
    for grant in all.filter(|it| it.budget.currency == currency) {
        planned.push(grant.planned);
        committed.push(grant.committed);
        paid.push(grant.paid);
    }
    let sum = |all: Vec<Amount>| all.into_iter().sum();
    (sum(planned), sum(committed), sum(paid), currency)
}

/// « 12 000 € en 2026 », for the list; nothing when nothing is granted this year.
#[must_use]
pub fn granted_this_year(body: RecordKey, session: &Session) -> Option<String> {
    let year = session.today().year();
    let (planned, committed, _, currency) = granted(body, year, session);
    let most = if committed.is_zero() {
        planned
    } else {
        committed
    };
    (!most.is_zero()).then(|| {
        let said = french::amount(most, &currency, session.reference());
        format!("{said} en {year}")
    })
}
