//! Around every page of an open workspace: the navigation with the state of saving at the left, banners above, the
//! last notice below.

use iced::widget::{Row, column, container, row, space, text};
use iced::{Center, Element, Fill, Size};

use super::desk::Message;
use super::fonts::STRONG;
use super::outside::Access;
use super::route::{Route, Topic};
use super::screen::Notice;
use super::session::Session;
use super::text as french;
use super::theme::Palette;
use super::widget::{Button, Tally, Tone, banner, button, pane, quiet, row_button, tally};
use crate::model::Kind;

/// Below this width the navigation lies above the page.
const NARROW: f32 = 860.0;

/// The widest that the navigation is, in pixels.
const WIDTH: f32 = 216.0;

/// The page in its frame.
pub fn around<'a>(
    page: Element<'a, Message>,
    session: &'a Session,
    route: Route,
    notice: Option<Notice>,
    size: Size,
    palette: Palette,
) -> Element<'a, Message> {
    let narrow = size.width < NARROW;
    // Banners are one child, there or not, so that the page stays where it is and keeps its focus.
    let mut content = column![
        column(banners(session, palette)),
        container(page).width(Fill).height(Fill)
    ]
    .width(Fill)
    .height(Fill);
    if let Some(Notice { tone, words }) = notice {
        let dismiss = quiet("Compris", palette).on_press(Message::Dismiss);
        content = content.push(banner(tone, words, [dismiss], palette));
    }

    if narrow {
        column![
            pane("navigation", above(session, route, palette)).width(Fill),
            content
        ]
        .into()
    } else {
        row![
            pane("navigation", beside(session, route, palette))
                .width(WIDTH)
                .height(Fill),
            content
        ]
        .into()
    }
}

/// The navigation at the left.
fn beside<'a>(session: &'a Session, route: Route, palette: Palette) -> Element<'a, Message> {
    let mut whose = column![text("Passerelle").size(18).font(STRONG)];
    let authority = &session.records().authority().name.text;
    if !authority.is_empty() {
        whose = whose.push(text(authority).size(14).color(palette.muted));
    }

    let places = PLACES.map(|place| place.view(session, route, palette).into());
    container(
        column![
            container(whose).padding([6, 10]),
            column(places).spacing(4),
            space().height(Fill),
            history(session, palette),
            column![
                quiet("Affichage et clavier", palette).on_press(Message::Display),
                quiet("À propos", palette).on_press(Message::Go(Route::About)),
                quiet("Ouvrir un autre espace", palette).on_press(Message::Another),
            ],
            saving(session, palette),
        ]
        .spacing(10),
    )
    .padding([14, 12])
    .height(Fill)
    .style(move |_| palette.on(palette.surface))
    .into()
}

/// The navigation above a narrow page, on one line.
fn above<'a>(session: &'a Session, route: Route, palette: Palette) -> Element<'a, Message> {
    let places = PLACES.map(|place| place.narrow(route, palette).into());
    container(
        row![
            Row::with_children(places).spacing(4),
            space().width(Fill),
            state(session, palette),
        ]
        .spacing(10)
        .align_y(Center),
    )
    .padding([4, 10])
    .width(Fill)
    .style(move |_| palette.on(palette.surface))
    .into()
}

/// A place of the navigation.
#[derive(Clone, Copy)]
struct Place {
    name: &'static str,
    route: Route,
    id: &'static str,
}

const PLACES: [Place; 5] = [
    Place {
        name: "Conventions",
        route: Route::Conventions,
        id: "navigation.conventions",
    },
    Place {
        name: "Partenaires",
        route: Route::Partners,
        id: "navigation.partners",
    },
    Place {
        name: "Glossaire",
        route: Route::Glossary(None),
        id: "navigation.glossary",
    },
    Place {
        name: "Cadre juridique",
        route: Route::Law(None),
        id: "navigation.law",
    },
    Place {
        name: "Ressources",
        route: Route::Resources(Topic::Origins),
        id: "navigation.resources",
    },
];

impl Place {
    fn holds(self, route: Route) -> bool {
        match route {
            Route::Conventions | Route::Convention(_) | Route::Export(_) => {
                self.route == Route::Conventions
            }
            Route::Partners | Route::Partner(_) => self.route == Route::Partners,
            Route::Glossary(_) => self.route == Route::Glossary(None),
            Route::Law(_) => self.route == Route::Law(None),
            Route::Resources(_) => matches!(self.route, Route::Resources(_)),
            Route::About => false,
        }
    }

    fn view<'a>(self, session: &Session, route: Route, palette: Palette) -> Button<'a, Message> {
        let beside: Element<'a, Message> = match self.route {
            Route::Conventions => {
                let findings = session
                    .records()
                    .conventions()
                    .flat_map(|convention| session.findings(convention.id));
                let only_grave = Tally {
                    blocking: Tally::of(findings).blocking,
                    ..Tally::default()
                };
                if only_grave.is_empty() {
                    space().into()
                } else {
                    tally(only_grave, palette)
                }
            }
            Route::Partners => text(session.records().count(Kind::Partner).to_string())
                .size(14)
                .color(palette.muted)
                .into(),
            _ => space().into(),
        };
        let chosen = self.holds(route);
        let font = if chosen { STRONG } else { super::fonts::SANS };
        let line = row![text(self.name).size(16).font(font).width(Fill), beside].align_y(Center);
        row_button(line, chosen, palette)
            .id(self.id)
            .on_press(Message::Go(self.route))
    }

    fn narrow<'a>(self, route: Route, palette: Palette) -> Button<'a, Message> {
        let chosen = self.holds(route);
        let font = if chosen { STRONG } else { super::fonts::SANS };
        row_button(text(self.name).size(15).font(font), chosen, palette)
            .width(iced::Shrink)
            .padding([4, 8])
            .id(self.id)
            .on_press(Message::Go(self.route))
    }
}

fn history<'a>(session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let undo = session.history().undo_label().map(|_| Message::Undo);
    let redo = session.history().redo_label().map(|_| Message::Redo);
    row![
        quiet("Annuler", palette).on_press_maybe(undo),
        quiet("Rétablir", palette).on_press_maybe(redo),
    ]
    .spacing(4)
    .into()
}

fn saving<'a>(session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let mut lines = column![state(session, palette)].spacing(4);
    if let Some(name) = session.folder().file_name() {
        let name = name.to_string_lossy().into_owned();
        lines = lines.push(text(name).size(13).color(palette.muted));
    }
    container(lines).padding([0, 8]).into()
}

fn state<'a>(session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let saving = session.saving();
    let (sign, ink, words) = if session.is_read_only() {
        ('○', palette.wary, "Lecture seule".to_owned())
    } else if saving.failure().is_some() && !saving.is_saved() {
        ('▲', palette.grave, saving.label())
    } else if saving.is_saved() {
        ('●', palette.good, saving.label())
    } else {
        ('○', palette.muted, saving.label())
    };
    row![
        text(sign).size(13).color(ink),
        text(words).size(14).color(palette.muted),
    ]
    .spacing(6)
    .align_y(Center)
    .into()
}

/// What lasts: who holds the folder, what is damaged, what could not be saved.
fn banners<'a>(session: &'a Session, palette: Palette) -> Vec<Element<'a, Message>> {
    let mut banners = Vec::new();

    if let Access::Reading(holder) = session.access() {
        let words = match holder {
            Some(holder) => format!("Lecture seule\u{a0}: cet espace est ouvert par {holder}."),
            None => "Lecture seule\u{a0}: ce dossier ne peut pas être modifié.".to_owned(),
        };
        banners.push(banner(Tone::Wary, words, [], palette));
    }
    if let Some(failure) = session.saving().failure() {
        let waiting = french::count(failure.waiting, "fiche attend", "fiches attendent");
        let words = format!(
            "{} Rien n’est perdu\u{a0}: {waiting}. Nouvel essai dans {}\u{a0}s.",
            failure.message,
            failure.retry_in.as_secs().max(1)
        );
        let retry = button("Réessayer maintenant", palette).on_press(Message::Save);
        banners.push(banner(Tone::Grave, words, [retry], palette));
    }
    if let Some(first) = session.damaged().first() {
        let line = first
            .line
            .map_or_else(String::new, |line| format!(", ligne {line}"));
        let words = match session.damaged().len() {
            1 => format!(
                "Un fichier n’a pas pu être lu\u{a0}: {}{line} ({}). Il est laissé en place\u{a0}; le reste est ouvert.",
                first.file, first.reason
            ),
            count => format!(
                "{count} fichiers n’ont pas pu être lus, dont {}{line} ({}). Ils sont laissés en place\u{a0}; le reste est ouvert.",
                first.file, first.reason
            ),
        };
        banners.push(banner(Tone::Grave, words, [], palette));
    }
    banners
}
