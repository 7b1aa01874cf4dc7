//! What the list shows of a budget, worked out when records change and not when the page is drawn.

use chrono::Datelike;
use iced::widget::text::Wrapping;
use iced::widget::{Id, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion, Right};

use super::Message;
use crate::app::fonts::STRONG;
use crate::app::screen::partners::called;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{goes_down, row_button, tag, tally, words};
use crate::check::{Subject, Tally, review};
use crate::model::{
    Budget, Id as RecordKey, Kind, Percentage, Record, RecordId, Step, Sums, Totals, fold,
};

/// The height of a row, in pixels.
pub(super) const ROW: f32 = 63.0;

/// Of a list as wide as that, in pixels, the rows tell years and state in columns of their own.
const ROOMY: f32 = 860.0;

/// A line of the list.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) id: RecordKey,
    title: String,
    /// Those it is with, and the conventions that name it.
    about: String,
    years: String,
    total: String,
    /// « engagé 42 %, payé 10 % ».
    done: String,
    pub(super) state: State,
    tally: Tally,
    /// What a search reads, folded.
    pub(super) key: String,
    /// By which French orders the title.
    pub(super) rank: Vec<u8>,
}

/// Where a budget stands among years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its years are to come, or none is told.
    Ahead,
    /// This year is one of them.
    Running,
    /// They are past.
    Past,
}

impl State {
    fn of(budget: &Budget, year: i32) -> Self {
        match (budget.years.iter().min(), budget.years.iter().max()) {
            (_, Some(last)) if *last < year => Self::Past,
            (Some(first), _) if *first <= year => Self::Running,
            _ => Self::Ahead,
        }
    }

    /// Its word.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Ahead => "en préparation",
            Self::Running => "en cours",
            Self::Past => "terminé",
        }
    }
}

/// Where the keyboard finds the row of a budget.
#[must_use]
pub fn row_id(budget: RecordKey) -> Id {
    Id::from(format!("budgets.row.{budget}"))
}

impl Line {
    pub(super) fn of(record: &Record, session: &Session) -> Option<Self> {
        let Record::Budget(budget) = record else {
            return None;
        };
        let records = session.records();
        let totals = Totals::of(budget);
        let total = french::amount(
            totals.expenses.planned.total(),
            &budget.currency,
            session.reference(),
        );
        let about = about(budget, session);
        let name = RecordId {
            kind: Kind::Budget,
            id: budget.id,
        };
        let findings = review(
            Subject::Budget(budget.id),
            records,
            session.reference().as_ref(),
            session.today(),
        );
        Some(Self {
            id: budget.id,
            key: fold(&format!("{}\n{about}", budget.title)),
            title: budget.title.clone(),
            about,
            years: years(&budget.years),
            total,
            done: done(&totals.expenses),
            state: State::of(budget, session.today().year()),
            tally: Tally::of(&findings),
            rank: records.sort_key(name).unwrap_or_default().to_vec(),
        })
    }

    /// The row of a list as wide as that, in pixels.
    pub(super) fn view(&self, rank: usize, width: f32, palette: Palette) -> Element<'_, Message> {
        let roomy = width >= ROOMY;
        let about = if roomy {
            self.about.clone()
        } else {
            let state = self.state.label();
            format!("{} · {state} · {}", self.years, self.about)
        };
        let one_line = |words: &str, size, ink| {
            text(words.to_owned())
                .size(size)
                .color(ink)
                .wrapping(Wrapping::None)
        };
        let titles = column![
            words(&self.title)
                .size(16.0)
                .font(STRONG)
                .color(palette.ink),
            words(about).size(14.0).color(palette.muted),
        ]
        .spacing(2)
        .width(FillPortion(10));
        let figures = column![
            one_line(&self.total, 16, palette.ink),
            one_line(&self.done, 14, palette.muted),
        ]
        .spacing(2)
        .align_x(Right);
        let state = match self.state {
            State::Running => tag(self.state.label(), palette.good, palette.good_soft, palette),
            State::Ahead | State::Past => {
                tag(self.state.label(), palette.muted, palette.raised, palette)
            }
        };
        let mut line = row![titles].spacing(12).align_y(Center);
        if roomy {
            line = line
                .push(container(one_line(&self.years, 15, palette.ink)).width(90))
                .push(container(state).width(112));
        }
        let line = line
            .push(container(figures).width(252).align_x(Right))
            .push(container(tally(self.tally, palette)).width(if roomy { 130 } else { 110 }));
        row_button(
            container(line).center_y(ROW - 16.0).width(Fill),
            false,
            palette,
        )
        .id(row_id(self.id))
        .on_press(Message::Open(self.id))
        .focusable()
        .in_list("budgets", false)
        .on_key(move |key| {
            goes_down(key).map(|down| Message::Step {
                from: Some(rank),
                down,
            })
        })
        .into()
    }
}

/// « Porto-Novo · convention … »: those it is with, then what names it.
fn about(budget: &Budget, session: &Session) -> String {
    let records = session.records();
    let funders = budget.funders.iter().filter_map(|it| it.partner);
    let mut partners: Vec<&str> = Vec::new();
    for partner in budget.partners.iter().copied().chain(funders) {
        if let Some(partner) = records.partner(partner)
            && !partners.contains(&called(partner))
        {
            partners.push(called(partner));
        }
    }
    let conventions = records.conventions_with_budget(budget.id).count();
    let conventions = match conventions {
        0 => "sans convention".to_owned(),
        count => french::count(count, "convention", "conventions"),
    };
    if partners.is_empty() {
        conventions
    } else {
        format!("{} · {conventions}", partners.join(", "))
    }
}

/// « 2027–2029 », « 2026 », « 2026, 2028 », or « années à fixer ».
#[must_use]
pub fn years(years: &[i32]) -> String {
    let mut years = years.to_vec();
    years.sort_unstable();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last))
            if years
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a + 1 == *b)) =>
        {
            format!("{first}–{last}")
        }
        (Some(_), _) => years
            .iter()
            .map(i32::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        _ => "années à fixer".to_owned(),
    }
}

/// « engagé 42 % · payé 10 % du numéraire »: what is in kind is neither committed nor paid.
fn done(sums: &Sums) -> String {
    let planned = sums.in_money(None);
    let share = |step: Step| Percentage::of(sums.step(step).total(), planned);
    match (share(Step::Committed), share(Step::Paid)) {
        (Some(committed), Some(paid)) => {
            let of = if sums.in_kind.total().is_zero() {
                ""
            } else {
                " du numéraire"
            };
            format!("engagé {committed} · payé {paid}{of}")
        }
        _ => "rien de prévu".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_said_as_people_say_them() {
        assert_eq!(years(&[]), "années à fixer");
        assert_eq!(years(&[2027]), "2027");
        assert_eq!(years(&[2027, 2028, 2029]), "2027–2029");
        assert_eq!(years(&[2027, 2029]), "2027, 2029");
    }
}
