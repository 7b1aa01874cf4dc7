//! The directory: whom to turn to, by need, and what became of each since 2009.

use iced::widget::{Column, column, row, text};
use iced::{Center, Fill};

use super::{Message, Resources, SEARCH};
use crate::app::fonts::STRONG;
use crate::app::screen::book;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{choice, field, link, tag};
use crate::model::fold;
use crate::reference::{Need, Organisation};

impl Resources {
    pub(super) fn networks<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Column<'a, Message> {
        let all = session.reference().organisations();
        let every = choice(format!("Tous {}", all.len()), self.need.is_none(), palette)
            .on_press(Message::Need(None))
            .into();
        let needs = Need::ALL.map(|need| {
            choice(need.label(), self.need == Some(need), palette)
                .on_press(Message::Need(Some(need)))
                .into()
        });
        let mut shown: Vec<&Organisation> = all
            .iter()
            .filter(|body| self.need.is_none_or(|need| body.needs.contains(&need)))
            .filter(|body| says(body, &self.sought))
            .collect();
        shown.sort_by_cached_key(|body| {
            crate::model::sort_key(body.acronym.as_deref().unwrap_or(&body.name))
        });
        let shown = shown
            .into_iter()
            .map(|body| self.entry(&body.id, one(body, palette), palette));
        let found = if shown.len() == 0 {
            let none = "Aucun réseau ne répond à cette recherche.";
            column![text(none).size(15).color(palette.muted)]
        } else {
            Column::with_children(shown)
        };
        column![
            field(
                &self.sought,
                "Nom, sigle, objet…",
                SEARCH,
                palette,
                Message::Seek
            )
            .width(280),
            book::flow(std::iter::once(every).chain(needs)),
            found.spacing(12),
        ]
    }
}

/// Whether all the words looked for are said of it.
fn says(body: &Organisation, sought: &str) -> bool {
    let said = [
        body.acronym.as_deref().unwrap_or_default(),
        &body.name,
        body.old_name.as_deref().unwrap_or_default(),
        &body.purpose,
        &body.category,
    ];
    let said = fold(&said.join(" "));
    fold(sought)
        .split_whitespace()
        .all(|word| said.contains(word))
}

fn one<'a>(body: &'a Organisation, palette: Palette) -> Column<'a, Message> {
    let acronym = body
        .acronym
        .as_deref()
        .filter(|it| !body.name.contains(*it));
    let name = match acronym {
        Some(acronym) => format!("{acronym} — {}", body.name),
        None => body.name.clone(),
    };
    let mut tags = vec![tag(
        french::capital(&body.state),
        palette.muted,
        palette.raised,
        palette,
    )];
    if body.in_brochure {
        tags.push(tag(
            "Brochure de référence",
            palette.accent,
            palette.accent_soft,
            palette,
        ));
    }
    tags.extend(book::doubt(body.confidence, palette));

    let old = body
        .old_name
        .as_deref()
        .map(|old| book::small(format!("En 2009\u{a0}: {old}"), palette));
    let commissions = (!body.commissions.is_empty()).then(|| {
        book::small(
            format!(
                "Ses quatorze commissions de 2009\u{a0}: {}.",
                body.commissions.join(", ")
            ),
            palette,
        )
    });
    column![
        text(name).size(17).font(STRONG),
        book::flow(tags),
        book::prose(&body.purpose),
        text(&body.change).size(15),
        old,
        commissions,
        row![
            link(book::host(&body.url), palette).on_press(Message::Link(body.url.clone())),
            text(format!(
                "{} · relu le {}",
                body.category,
                french::day(body.checked)
            ))
            .size(14)
            .color(palette.muted)
            .width(Fill),
        ]
        .spacing(12)
        .align_y(Center),
    ]
}
