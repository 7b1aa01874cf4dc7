//! Partners and bodies: the list, and the sheet of one, to be read.

use iced::widget::{Column, column, container, responsive, row, rule, space, text};
use iced::{Center, Element, Fill, FillPortion};

use super::Action;
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{field, link, pane, row_button, scroll, stage_tag};
use crate::model::{Id as RecordKey, Kind, Nature, Partner, RecordId, fold};

/// Below this width country and kind go under the name.
const NARROW: f32 = 640.0;

/// The list of partners, or one of them.
#[derive(Debug, Default)]
pub struct Partners {
    search: String,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A search is typed.
    Search(String),
    /// A partner's sheet.
    Open(RecordKey),
    /// A convention.
    Convention(RecordKey),
    /// The list.
    List,
}

impl Partners {
    /// Reads what happened.
    pub fn update(&mut self, message: Message) -> Vec<Action<Message>> {
        match message {
            Message::Search(search) => {
                self.search = search;
                Vec::new()
            }
            Message::Open(id) => vec![Action::Go(Route::Partner(id))],
            Message::Convention(id) => vec![Action::Go(Route::Convention(id))],
            Message::List => vec![Action::Go(Route::Partners)],
        }
    }

    /// The list.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let head = row![
            text("Partenaires").size(24).font(STRONG),
            space().width(Fill),
            field(
                &self.search,
                "Rechercher un nom, une ville…",
                "partners.search",
                palette,
                Message::Search,
            )
            .width(300),
        ]
        .align_y(Center)
        .spacing(16);

        let body: Element<'a, Message> = if session.records().count(Kind::Partner) == 0 {
            text("Ici se rangent les collectivités étrangères et les organismes avec lesquels vous travaillez.")
                .size(16)
                .color(palette.muted)
                .into()
        } else {
            responsive(move |size| self.list(session, size.width < NARROW, palette)).into()
        };
        pane("partners", column![head, body].spacing(14))
            .padding([18, 24])
            .width(Fill)
            .height(Fill)
            .into()
    }

    fn list<'a>(
        &'a self,
        session: &'a Session,
        narrow: bool,
        palette: Palette,
    ) -> Element<'a, Message> {
        let search = fold(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();
        let found = session.records().partners_sorted().filter(|partner| {
            let key = session.records().search_key(RecordId {
                kind: Kind::Partner,
                id: partner.id,
            });
            words
                .iter()
                .all(|word| key.is_some_and(|key| key.contains(word)))
        });

        let rows = found.map(|partner| {
            let name = text(&partner.name.text)
                .size(16)
                .font(STRONG)
                .color(palette.ink);
            let own = partner.names.first().map(|name| name.text.as_str());
            let country = country_of(partner, session).unwrap_or_default();
            let nature = nature(partner.nature);
            let line: Element<'a, Message> = if narrow {
                let under = format!("{country} · {nature}");
                column![name, text(under).size(14).color(palette.muted)].into()
            } else {
                row![
                    column![
                        name,
                        text(own.unwrap_or_default()).size(14).color(palette.muted)
                    ]
                    .width(FillPortion(5)),
                    text(country).size(15).width(FillPortion(2)),
                    text(nature)
                        .size(15)
                        .color(palette.muted)
                        .width(FillPortion(3)),
                ]
                .spacing(14)
                .align_y(Center)
                .into()
            };
            let row = row_button(line, false, palette).on_press(Message::Open(partner.id));
            column![
                Element::from(row),
                rule::horizontal(1).style(move |_| palette.hairline()),
            ]
            .into()
        });
        scroll(Column::with_children(rows), "partners.list", palette).into()
    }

    /// One partner's sheet.
    #[must_use]
    pub fn sheet<'a>(
        &'a self,
        id: RecordKey,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
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
    let languages: Vec<_> = partner
        .languages
        .iter()
        .map(crate::model::Lang::as_str)
        .collect();
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

fn country_of<'a>(partner: &Partner, session: &'a Session) -> Option<&'a str> {
    let country = session.reference().country(partner.country.as_deref()?)?;
    Some(&country.name.text)
}

const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::ForeignAuthority => "Collectivité étrangère",
        Nature::FrenchAuthority => "Collectivité française",
        Nature::Association => "Association",
        Nature::PublicBody => "Établissement public",
        Nature::DeconcentratedBody => "Administration déconcentrée",
        Nature::State => "État ou ministère",
        Nature::InternationalOrganisation => "Organisation internationale",
        Nature::Private => "Entreprise ou fondation",
        Nature::DiplomaticPost => "Poste diplomatique",
    }
}

fn card<'a>(content: impl Into<Element<'a, Message>>, palette: Palette) -> Element<'a, Message> {
    container(content)
        .padding(16)
        .width(Fill)
        .style(move |_| palette.card())
        .into()
}
