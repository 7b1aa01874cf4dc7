//! Around every page of an open workspace: the navigation with the state of saving at the left, banners above, the
//! last notice below.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Center, Element, Fill, Size};

use super::desk::{Beyond, Message, hand};
use super::fonts::STRONG;
use super::outside::{Access, local};
use super::route::{Route, Topic};
use super::screen::{Notice, import};
use super::session::Session;
use super::text as french;
use super::theme::Palette;
use super::widget::{
    Button, Icon, Tone, banner, button, field_button, hairline, icon, pane, quiet, row_button,
    scroll, words,
};
use crate::check::Tally;
use crate::model::quoted;

/// Below this width the navigation lies above the page.
const NARROW: f32 = 860.0;

/// Below this height a narrow window scrolls, the navigation with the page: that is twice the size.
const LOW: f32 = 520.0;

/// Below this height what is in the navigation stands closer: all of it is in sight at 125 % of 800 pixels.
const TIGHT: f32 = 690.0;

/// From this height three lines of the name of our authority leave room for all that stands under it.
const LONG_NAME: f32 = 760.0;

/// How high a page is there that has something of its own to scroll, in pixels.
const ROOM: f32 = 520.0;

/// How high a convention is there at least.
const LEAST: f32 = 420.0;

/// The widest that the navigation is, in pixels.
const WIDTH: f32 = 224.0;

/// What the ring of the focus takes around a place: what scrolls cuts what passes its edges.
const RING: f32 = 5.0;

/// The page in its frame; `waits` is whether the hand was asked for.
pub fn around<'a>(
    page: Element<'a, Message>,
    session: &'a Session,
    route: Route,
    notice: Option<Notice>,
    waits: bool,
    size: Size,
    palette: Palette,
) -> Element<'a, Message> {
    let narrow = size.width < NARROW;
    // Banners are one child, there or not, so that the page stays where it is and keeps its focus.
    let page = column![
        column(banners(session, waits, palette)),
        container(page).width(Fill).height(Fill)
    ]
    .width(Fill)
    .height(Fill);
    let notice = notice.map(|notice| told(notice, palette));

    let above = || pane("navigation", above(session, route, palette)).width(Fill);
    if narrow && size.height < LOW {
        let page = match room(route, size.height) {
            Some(height) => container(page).height(height).into(),
            None => Element::from(page),
        };
        column![scroll(column![above(), page], "frame", palette), notice].into()
    } else if narrow {
        column![above(), page, notice].into()
    } else {
        row![
            pane("navigation", beside(session, route, size.height, palette))
                .width(WIDTH)
                .height(Fill),
            column![page, notice],
        ]
        .into()
    }
}

/// How high a page is, in pixels, where a window of that height scrolls: one that has something of its own to scroll, a
/// table, a text that is written. Any other is as high as what it holds.
fn room(route: Route, window: f32) -> Option<f32> {
    match route {
        // Its text and the foot that says what to verify are in sight together.
        Route::Convention(_) => Some(window.max(LEAST)),
        Route::Compare(..) | Route::Import(_) | Route::Budget(_) => Some(ROOM),
        _ => None,
    }
}

/// What is told at the foot of the page.
fn told<'a>(notice: Notice, palette: Palette) -> Element<'a, Message> {
    let undo = notice.undo.then(|| {
        button("Annuler", palette)
            .id("notice.undo")
            .on_press(Message::Undo)
    });
    let dismiss = quiet("Compris", palette).on_press(Message::Dismiss);
    let there = notice.there.map(|there| {
        quiet("Y aller", palette)
            .id("notice.there")
            .on_press(Message::Go(there))
    });
    let acts = there.into_iter().chain(undo).chain([dismiss]);
    banner(notice.tone, notice.words, acts, palette)
}

/// The navigation at the left.
fn beside<'a>(
    session: &'a Session,
    route: Route,
    height: f32,
    palette: Palette,
) -> Element<'a, Message> {
    let tight = height < TIGHT;
    let mut whose = column![text("Passerelle").size(18).font(STRONG)];
    let authority = &session.records().authority().name.text;
    if !authority.is_empty() {
        let lines = if height < LONG_NAME { 2 } else { 3 };
        let authority = words(authority).size(14.0).lines(lines);
        whose = whose.push(authority.color(palette.muted));
    }

    let mut places = Column::new().spacing(4);
    for place in PLACES {
        if place.apart {
            let line = hairline(palette);
            places = places.push(container(line).padding([6, 4]));
        }
        let line = place.view(session, route, palette);
        places = places.push(Element::from(if tight {
            line.padding([3, 10])
        } else {
            line
        }));
    }
    let above = column![
        container(whose).padding([6, 10]),
        field_button("Rechercher…", "Ctrl\u{a0}K", palette)
            .id(SEARCH)
            .on_press(Message::Palette),
        places,
    ]
    .spacing(10);
    let below = column![
        history(session, palette),
        Column::with_children(elsewhere(palette)),
        saving(session, palette),
    ]
    .spacing(if tight { 2 } else { 10 });
    container(
        column![
            scroll(container(above).padding(RING), "navigation.places", palette),
            container(below).padding([0.0, RING]),
        ]
        .spacing(4),
    )
    .padding([14.0 - RING, 12.0 - RING])
    .height(Fill)
    .style(move |_| palette.on(palette.surface))
    .into()
}

/// The navigation above a narrow page, on as many lines as it takes: at twice the size nothing of it is out of sight.
fn above<'a>(session: &'a Session, route: Route, palette: Palette) -> Element<'a, Message> {
    let places = PLACES.map(|place| place.narrow(session, route, palette).into());
    let search = quiet("Rechercher", palette)
        .id(SEARCH)
        .on_press(Message::Palette);
    let places = std::iter::once(search.into()).chain(places);
    let others = [
        history(session, palette),
        container(state(session, palette)).padding([4, 8]).into(),
    ];
    let others = others.into_iter().chain(elsewhere(palette));
    let line = |things: Vec<Element<'a, Message>>| {
        Row::with_children(things).spacing(4).align_y(Center).wrap()
    };
    container(column![line(places.collect()), line(others.collect())].spacing(2))
        .padding([4, 10])
        .width(Fill)
        .style(move |_| palette.on(palette.surface))
        .into()
}

/// Where the keyboard finds what opens the palette.
pub const SEARCH: &str = "navigation.search";

/// A place of the navigation.
#[derive(Clone, Copy)]
pub struct Place {
    /// Its name on screens.
    pub name: &'static str,
    /// Its page.
    pub route: Route,
    icon: Icon,
    id: &'static str,
    /// Whether a line parts it from the place above.
    apart: bool,
}

/// The places, in the order of the navigation.
pub const PLACES: [Place; 8] = [
    Place {
        name: "Tableau de bord",
        icon: Icon::Dashboard,
        route: Route::Dashboard,
        id: "navigation.dashboard",
        apart: false,
    },
    Place {
        name: "Partenaires",
        icon: Icon::Partners,
        route: Route::Partners,
        id: "navigation.partners",
        apart: false,
    },
    Place {
        name: "Conventions",
        icon: Icon::Conventions,
        route: Route::Conventions,
        id: "navigation.conventions",
        apart: false,
    },
    Place {
        name: "Budgets",
        icon: Icon::Budgets,
        route: Route::Budgets,
        id: "navigation.budgets",
        apart: false,
    },
    Place {
        name: "Glossaire",
        icon: Icon::Glossary,
        route: Route::Glossary(None),
        id: "navigation.glossary",
        apart: true,
    },
    Place {
        name: "Cadre juridique",
        icon: Icon::Law,
        route: Route::Law(None),
        id: "navigation.law",
        apart: false,
    },
    Place {
        name: "Ressources",
        icon: Icon::Resources,
        route: Route::Resources(Topic::Origins),
        id: "navigation.resources",
        apart: false,
    },
    Place {
        name: "Réglages",
        icon: Icon::Settings,
        route: Route::Settings,
        id: "navigation.settings",
        apart: true,
    },
];

impl Place {
    fn holds(self, route: Route) -> bool {
        let of = match route {
            Route::Conventions
            | Route::Convention(_)
            | Route::Compare(..)
            | Route::Begin(_)
            | Route::Export(_)
            | Route::ExportAll
            | Route::TakeIn => Route::Conventions,
            Route::Import(kind) => import::home(kind),
            Route::Partners | Route::Partner(_) => Route::Partners,
            Route::Budgets | Route::Budget(_) | Route::Summary(_) | Route::Consolidated => {
                Route::Budgets
            }
            Route::Glossary(_) => Route::Glossary(None),
            Route::Law(_) | Route::LawOf(_) => Route::Law(None),
            Route::Resources(_) | Route::Resource(..) => Route::Resources(Topic::Origins),
            Route::Settings => Route::Settings,
            Route::Dashboard => Route::Dashboard,
            Route::About => Route::About,
        };
        self.route == of
    }

    /// What calls for attention there.
    fn calls(self, session: &Session) -> Tally {
        match self.route {
            Route::Conventions => Tally {
                advice: 0,
                ..session.tally()
            },
            Route::Settings => session.files_to_see(),
            _ => Tally::default(),
        }
    }

    fn view<'a>(self, session: &Session, route: Route, palette: Palette) -> Button<'a, Message> {
        let chosen = self.holds(route);
        let font = if chosen { STRONG } else { super::fonts::SANS };
        let ink = if chosen {
            palette.accent
        } else {
            palette.muted
        };
        let line = row![
            icon(self.icon, ink),
            text(self.name).size(15).font(font).width(Fill),
            self.calls(session).short(palette),
        ]
        .spacing(8)
        .align_y(Center);
        row_button(line, chosen, palette)
            .id(self.id)
            .on_press(Message::Go(self.route))
    }

    fn narrow<'a>(self, session: &Session, route: Route, palette: Palette) -> Button<'a, Message> {
        let chosen = self.holds(route);
        let font = if chosen { STRONG } else { super::fonts::SANS };
        let line = row![
            text(self.name).size(15).font(font),
            self.calls(session).short(palette),
        ];
        row_button(line.spacing(6).align_y(Center), chosen, palette)
            .width(iced::Shrink)
            .padding([4, 8])
            .id(self.id)
            .on_press(Message::Go(self.route))
    }
}

/// Around what stands below the pages: all of it is in sight in the smallest window.
const CLOSE: [u16; 2] = [5, 8];

/// What leads out of the pages of the workspace.
fn elsewhere<'a>(palette: Palette) -> [Element<'a, Message>; 3] {
    [
        quiet("Affichage et clavier", palette)
            .padding(CLOSE)
            .on_press(Message::Beyond(Beyond::Display))
            .into(),
        quiet("À propos", palette)
            .padding(CLOSE)
            .on_press(Message::Go(Route::About))
            .into(),
        quiet("Ouvrir un autre espace", palette)
            .padding(CLOSE)
            .on_press(Message::Beyond(Beyond::Another))
            .into(),
    ]
}

fn history<'a>(session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let undo = session.history().undo_label().map(|_| Message::Undo);
    let redo = session.history().redo_label().map(|_| Message::Redo);
    row![
        quiet("Annuler", palette)
            .padding(CLOSE)
            .on_press_maybe(undo),
        quiet("Rétablir", palette)
            .padding(CLOSE)
            .on_press_maybe(redo),
    ]
    .spacing(4)
    .into()
}

fn saving<'a>(session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let mut lines = column![state(session, palette)].spacing(4);
    for (sign, words) in archives(session) {
        let ink = if sign == '◆' {
            palette.wary
        } else {
            palette.muted
        };
        let line = row![
            text(sign).size(13).color(ink),
            text(words).size(13).color(palette.muted),
        ];
        lines = lines.push(line.spacing(6));
    }
    let name = session.folder().file_name();
    let name = name.map(|name| name.to_string_lossy().into_owned());
    let told = match session.fixed_day() {
        Some(day) => Some(format!("Démonstration au {}", french::day(day))),
        None => name,
    };
    lines = lines.push(told.map(|told| words(told).size(13.0).color(palette.muted)));
    container(lines).padding([0, 8]).into()
}

/// The last backup, and the one elsewhere when it is old.
fn archives(session: &Session) -> Vec<(char, String)> {
    let Some(archives) = session.archives() else {
        return Vec::new();
    };
    let today = session.day_of_clock();
    let mut lines = vec![match archives.here.last().map(|last| local(last.at)) {
        Some(last) if last.date() == today => (
            '●',
            format!("Sauvegarde d’aujourd’hui à {}", french::hour(last.time())),
        ),
        Some(last) => ('●', format!("Sauvegarde du {}", french::day(last.date()))),
        None => ('○', "Pas encore de sauvegarde".to_owned()),
    }];
    if archives.second_place.is_some() {
        let last = archives.last_elsewhere.map(|at| local(at).date());
        match last {
            None => lines.push(('◆', "Rien encore au second endroit".to_owned())),
            Some(day) if (today - day).num_days() > LONG_AGO => lines.push((
                '◆',
                format!("Second endroit\u{a0}: rien depuis le {}", french::day(day)),
            )),
            Some(_) => {}
        }
    }
    lines
}

/// After how many days a copy elsewhere is old.
const LONG_AGO: i64 = 7;

fn state<'a>(session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let saving = session.saving();
    let (sign, ink, words) = if session.is_read_only() {
        ('○', palette.wary, "Lecture seule".to_owned())
    } else if saving.refused() > 0 || saving.failure().is_some() && !saving.is_saved() {
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
fn banners<'a>(session: &'a Session, waits: bool, palette: Palette) -> Vec<Element<'a, Message>> {
    let mut banners = Vec::new();

    if let Access::Reading(holder) = session.access() {
        let (words, act) = match (holder, waits) {
            (Some(holder), false) => (
                format!("Lecture seule\u{a0}: cet espace est ouvert par {holder}."),
                Some(
                    button("Demander la main", palette).on_press(Message::Hand(hand::Message::Ask)),
                ),
            ),
            (Some(holder), true) => (
                format!(
                    "La main est demandée (espace ouvert par {holder}). Votre collègue l’apprend dans la minute\u{a0}; \
                     dès que l’espace sera libre, il s’ouvrira ici en écriture."
                ),
                None,
            ),
            (None, _) => (
                "Lecture seule\u{a0}: ce dossier ne peut pas être modifié.".to_owned(),
                None,
            ),
        };
        let again = button("Rouvrir", palette).on_press(Message::Beyond(Beyond::Reopen {
            reading: false,
            told: None,
        }));
        banners.push(banner(
            Tone::Wary,
            words,
            act.into_iter().chain(holder.as_ref().map(|_| again)),
            palette,
        ));
    }
    if let Some(by) = session.asked() {
        let words = format!("La main sur cet espace est demandée par {by}.");
        let acts = [
            button("Céder la main", palette).on_press(Message::Beyond(Beyond::Reopen {
                reading: true,
                told: None,
            })),
            quiet("Plus tard", palette).on_press(Message::Hand(hand::Message::Keep)),
        ];
        banners.push(banner(Tone::Wary, words, acts, palette));
    }
    if let Some(failure) = session.saving().failure() {
        let waiting = match session.unsaved().as_slice() {
            [] => french::count(failure.waiting, "fiche attend", "fiches attendent"),
            [only] => format!("{} attend", quoted(only)),
            [first, others @ ..] => format!(
                "{} et {} attendent",
                quoted(first),
                french::count(others.len(), "autre fiche", "autres fiches")
            ),
        };
        let words = format!(
            "{} Rien n’est perdu\u{a0}: {waiting}. Nouvel essai dans {}\u{a0}s.",
            failure.message,
            failure.retry_in.as_secs().max(1)
        );
        let retry = button("Réessayer maintenant", palette).on_press(Message::Save);
        banners.push(banner(Tone::Grave, words, [retry], palette));
    }
    if let Some(person) = session.half_erased().filter(|_| !session.is_read_only()) {
        let words = format!(
            "L’effacement de {} a été interrompu\u{a0}: des fichiers ou des sauvegardes portent peut-être encore ce nom.",
            quoted(&person.name)
        );
        let finish = button("Finir l’effacement", palette).on_press(Message::FinishErasing);
        banners.push(banner(Tone::Wary, words, [finish], palette));
    }
    if let Some(first) = session.damaged().first() {
        let name = first.title.as_deref().map(quoted);
        let name = name.unwrap_or_else(|| first.name());
        let reason = &first.reason;
        let words = match session.damaged().len() {
            1 => format!(
                "Un fichier n’a pas pu être lu, {name}\u{a0}: {reason}. Il est laissé en place\u{a0}; le reste est ouvert."
            ),
            count => format!(
                "{count} fichiers n’ont pas pu être lus, dont {name}\u{a0}: {reason}. Ils sont laissés en place\u{a0}; \
                 le reste est ouvert."
            ),
        };
        let look = button("Voir", palette).on_press(Message::Files);
        banners.push(banner(Tone::Grave, words, [look], palette));
    }
    banners
}
