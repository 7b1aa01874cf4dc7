//! A row of the list: two names, country and kind, what calls for attention at the right.

use chrono::NaiveDate;
use iced::widget::{Column, Id, Row, column, container, row, text};
use iced::{Center, Element, Fill, Right, Shrink};

use super::{Message, ROW, called, country_of, nature};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{goes_down, row_button, tally, words};
use crate::check::Tally;
use crate::model::{Id as RecordKey, Nature, Partner, Stage};

/// The width of the country that heads several rows, in pixels.
const GROUP: f32 = 130.0;

/// Where the keyboard finds the row of a partner.
#[must_use]
pub fn row_id(partner: RecordKey) -> Id {
    Id::from(format!("partners.row.{partner}"))
}

pub(super) fn line<'a>(
    partner: &'a Partner,
    rank: usize,
    chosen: bool,
    wide: bool,
    group: Option<&'a str>,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let name = words(called(partner))
        .size(16.0)
        .font(STRONG)
        .color(palette.ink);
    let mut names = row![name].spacing(8).align_y(Center);
    if let Some(own) = partner.names.first() {
        names = names.push(words(&own.text).color(palette.muted).aside());
    }
    let country = country_of(partner, session).filter(|_| group.is_none());
    let about = match (country, what(partner)) {
        (Some(country), what) => format!("{country} · {what}"),
        (None, what) => what,
    };
    let left = column![names, words(about).size(14.0).color(palette.muted)]
        .spacing(2)
        .width(Fill);
    // The country once for all that are under it.
    let group = group.map(|country| {
        words(country)
            .font(STRONG)
            .color(palette.muted)
            .width(GROUP)
    });
    let line = Row::new()
        .push(group)
        .push(left)
        .push(watch(partner, wide, session, palette))
        .spacing(10)
        .align_y(Center);
    row_button(container(line).center_y(ROW - 16.0), chosen, palette)
        .id(row_id(partner.id))
        .on_press(Message::Open(partner.id))
        .focusable()
        .in_list("partners", chosen)
        .on_key(move |key| {
            goes_down(key).map(|down| Message::Step {
                from: Some(rank),
                down,
            })
        })
        .into()
}

/// What it is: its kind as its country says, else its nature.
fn what(partner: &Partner) -> String {
    partner
        .kind
        .clone()
        .unwrap_or_else(|| nature(partner.nature).to_owned())
}

/// What calls for attention: findings of its conventions, the next date; what an association is granted this year.
fn watch<'a>(
    partner: &Partner,
    wide: bool,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let conventions: Vec<_> = session
        .records()
        .conventions_of(partner.id)
        .filter(|it| session.stage(it) != Stage::Ended)
        .collect();
    let findings = conventions.iter().flat_map(|it| session.findings(it.id));
    let marks = Tally::of(findings);
    let mut watch = Column::new().spacing(2).align_x(Right).width(Shrink);
    if !marks.is_empty() {
        watch = watch.push(tally(marks, palette));
    }

    let dates = conventions.iter().flat_map(|convention| {
        let acts = convention.acts.iter();
        let due = acts
            .filter(|act| act.date.is_none())
            .filter_map(|it| it.due);
        due.chain(convention.end)
    });
    let next: Option<NaiveDate> = dates.filter(|date| *date >= session.today()).min();
    let muted = |words: String| text(words).size(13).color(palette.muted);
    if let Some(next) = next {
        let words = if wide {
            format!("prochaine date {}", french::day(next))
        } else {
            french::day(next)
        };
        watch = watch.push(muted(words));
    } else if partner.nature == Nature::Association
        && let Some(granted) = super::super::partner::granted_this_year(partner.id, session)
    {
        watch = watch.push(muted(granted));
    }
    watch.into()
}
