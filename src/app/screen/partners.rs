//! The list of partners and other bodies.

use iced::widget::scrollable::Viewport;
use iced::widget::{Id, column, responsive, row, space, text};
use iced::{Center, Element, Fill, FillPortion};

use super::Action;
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{LongList, field, goes_down, pane, row_button};
use crate::model::{Id as RecordKey, Kind, Nature, Partner, RecordId, fold};

/// The height of a row, in pixels.
const ROW: f32 = 55.0;

/// Below this width country and kind go under the name.
const NARROW: f32 = 640.0;

/// The list of partners.
#[derive(Debug)]
pub struct Partners {
    search: String,
    shown: Vec<RecordKey>,
    list: LongList,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A search is typed.
    Search(String),
    /// A partner's sheet.
    Open(RecordKey),
    /// The keyboard moves from that row to another.
    Step {
        /// From this row.
        from: usize,
        /// Down, or up.
        down: bool,
    },
    /// The list was scrolled.
    Scrolled(Viewport),
}

impl Partners {
    /// All partners.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        let mut screen = Self {
            search: String::new(),
            shown: Vec::new(),
            list: LongList::new("partners.list", ROW),
        };
        screen.follow(session);
        screen
    }

    /// Records changed, or the search.
    pub fn follow(&mut self, session: &Session) {
        let search = fold(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();
        let records = session.records();
        let answers = |partner: &&Partner| {
            let key = records.search_key(RecordId {
                kind: Kind::Partner,
                id: partner.id,
            });
            words
                .iter()
                .all(|word| key.is_some_and(|key| key.contains(word)))
        };

        self.shown = records
            .partners_sorted()
            .filter(answers)
            .map(|partner| partner.id)
            .collect();
        self.list.holds(self.shown.len());
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Search(search) => {
                self.search = search;
                self.follow(session);
                vec![Action::Run(self.list.rewind())]
            }
            Message::Open(id) => vec![Action::Go(Route::Partner(id))],
            Message::Step { from, down } => {
                let to = self.list.step(from, down);
                let Some(id) = self.shown.get(to) else {
                    return Vec::new();
                };
                let focus = Action::Focus(row_id(*id));
                vec![Action::Run(self.list.reveal(to)), focus]
            }
            Message::Scrolled(view) => {
                self.list.scrolled(&view);
                Vec::new()
            }
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
                SEARCH,
                palette,
                Message::Search,
            )
            .width(300),
        ]
        .align_y(Center)
        .spacing(16);

        let remark = |words| text(words).size(16).color(palette.muted);
        let body: Element<'a, Message> = if session.records().count(Kind::Partner) == 0 {
            remark(
                "Ici se rangent les collectivités étrangères et les organismes avec lesquels vous travaillez.",
            )
            .into()
        } else if self.shown.is_empty() {
            remark("Aucun partenaire ne répond à cette recherche.").into()
        } else {
            responsive(move |size| {
                self.list.view(
                    |rank| {
                        let partner = session.records().partner(*self.shown.get(rank)?)?;
                        let narrow = size.width < NARROW;
                        Some((partner.id, line(partner, rank, session, narrow, palette)))
                    },
                    Message::Scrolled,
                    palette,
                )
            })
            .into()
        };
        pane("partners", column![head, body].spacing(14))
            .padding([18, 24])
            .width(Fill)
            .height(Fill)
            .into()
    }
}

/// Where the keyboard searches.
pub const SEARCH: &str = "partners.search";

/// Where the keyboard finds the row of a partner.
#[must_use]
pub fn row_id(partner: RecordKey) -> Id {
    Id::from(format!("partners.row.{partner}"))
}

fn line<'a>(
    partner: &'a Partner,
    rank: usize,
    session: &'a Session,
    narrow: bool,
    palette: Palette,
) -> Element<'a, Message> {
    let name = text(&partner.name.text)
        .size(16)
        .font(STRONG)
        .color(palette.ink);
    let muted = |words: &str| text(words.to_owned()).size(14).color(palette.muted);
    let country = country_of(partner, session).unwrap_or_default();
    let nature = nature(partner.nature);

    let line: Element<'a, Message> = if narrow {
        column![name, muted(&format!("{country} · {nature}"))].into()
    } else {
        let mut names = column![name];
        if let Some(own) = partner.names.first() {
            names = names.push(muted(&own.text));
        }
        row![
            names.width(FillPortion(5)),
            text(country).size(15).width(FillPortion(2)),
            muted(nature).width(FillPortion(3)),
        ]
        .spacing(14)
        .align_y(Center)
        .into()
    };
    row_button(
        iced::widget::container(line).center_y(ROW - 16.0),
        false,
        palette,
    )
    .id(row_id(partner.id))
    .on_press(Message::Open(partner.id))
    .focusable()
    .on_key(move |key| goes_down(key).map(|down| Message::Step { from: rank, down }))
    .into()
}

/// How French diplomacy names the country of a partner.
#[must_use]
pub fn country_of<'a>(partner: &Partner, session: &'a Session) -> Option<&'a str> {
    let country = session.reference().country(partner.country.as_deref()?)?;
    Some(&country.name.text)
}

/// What a nature is called.
#[must_use]
pub const fn nature(nature: Nature) -> &'static str {
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
