//! The sheet of a partner as it is read: what is kept of it, its conventions, its history.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};

use super::{Message, Sheet};
use crate::app::fonts::STRONG;
use crate::app::screen::partners::{country_of, nature};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{link, pane, row_button, scroll, stage_tag};
use crate::model::{Lang, Partner};

impl Sheet {
    /// The sheet.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let id = self.id;
        let Some(partner) = session.records().partner(id) else {
            return container(text("Ce partenaire n’existe plus.").size(17))
                .padding(24)
                .into();
        };
        let facts = facts(partner, session).into_iter().map(|(label, value)| {
            row![
                text(label).size(15).color(palette.muted).width(190),
                text(value).size(15).width(Fill),
            ]
            .spacing(12)
            .into()
        });
        let mut page = column![
            row![
                link("Partenaires", palette).on_press(Message::List),
                text("/").color(palette.muted),
                text(&partner.name.text).size(22).font(STRONG),
            ]
            .spacing(12)
            .align_y(Center),
            card(Column::with_children(facts).spacing(8), palette),
        ]
        .spacing(12);

        let conventions: Vec<_> = session
            .records()
            .conventions_of(id)
            .map(|convention| {
                let line = row![
                    text(&convention.title).size(15).width(Fill),
                    text(french::term(convention.start, convention.end))
                        .size(14)
                        .color(palette.muted),
                    stage_tag(session.stage(convention), palette),
                ]
                .spacing(12)
                .align_y(Center);
                row_button(line, false, palette)
                    .on_press(Message::Convention(convention.id))
                    .into()
            })
            .collect();
        if !conventions.is_empty() {
            page = page
                .push(text("Conventions").size(17).font(STRONG))
                .push(card(Column::with_children(conventions).spacing(2), palette));
        }
        if !partner.history.is_empty() {
            let events = partner.history.iter().map(|event| {
                let date = match (event.date, event.year) {
                    (Some(date), _) => french::day(date),
                    (None, Some(year)) => year.to_string(),
                    (None, None) => String::new(),
                };
                row![
                    text(date).size(15).color(palette.muted).width(190),
                    text(&event.text).size(15).width(Fill),
                ]
                .spacing(12)
                .into()
            });
            page = page
                .push(text("Histoire").size(17).font(STRONG))
                .push(card(Column::with_children(events).spacing(8), palette));
        }
        let head = match self.pieces.count(session) {
            0 => "Pièces".to_owned(),
            count => format!("Pièces {count}"),
        };
        let pieces = self.pieces.view(session, palette).map(Message::Pieces);
        page = page
            .push(text(head).size(17).font(STRONG))
            .push(card(pieces, palette));
        pane(
            "partner",
            scroll(
                container(page.max_width(860)).padding([18, 24]),
                "partner.page",
                palette,
            ),
        )
        .into()
    }
}

fn facts(partner: &Partner, session: &Session) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Nature", nature(partner.nature).to_owned())];
    let mut say = |label, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push((label, value));
        }
    };
    for name in &partner.names {
        say("Dans sa langue", Some(name.text.clone()));
    }
    say("Pays", country_of(partner, session).map(str::to_owned));
    say("Statut local", partner.kind.clone());
    say("Siège", partner.seat.clone());
    say("Ville", partner.town.clone());
    say(
        "Assemblée",
        partner.assembly.as_ref().map(|name| name.text.clone()),
    );
    for signatory in &partner.signatories {
        let words = format!("{}, {}", signatory.name, signatory.function);
        say("Signataire", Some(words));
    }
    say("Ordonnateur", partner.authorising_officer.clone());
    let languages: Vec<_> = partner.languages.iter().map(Lang::as_str).collect();
    say("Langues de travail", Some(languages.join(", ")));
    let themes: Vec<_> = partner
        .themes
        .iter()
        .filter_map(|slug| session.reference().theme(slug))
        .map(|theme| theme.label.as_str())
        .collect();
    say("Thèmes", Some(themes.join(", ")));
    let goals: Vec<_> = partner.odd.iter().map(ToString::to_string).collect();
    say("ODD", Some(goals.join(", ")));
    say(
        "Reconnaissance",
        partner.recognition.as_ref().map(|check| {
            format!(
                "{} (vérifié le {} par {})",
                check.result,
                french::day(check.date),
                check.by
            )
        }),
    );
    say("Notes du service", partner.notes.clone());
    facts
}

fn card<'a>(content: impl Into<Element<'a, Message>>, palette: Palette) -> Element<'a, Message> {
    container(content)
        .padding(16)
        .width(Fill)
        .style(move |_| palette.card())
        .into()
}
