//! What answers what is typed: pages and commands by their names, records and texts from the session's library
//! ([`crate::search`]). It knows nothing of the window.

use super::{Command, Goes, Hit, OF_A_GROUP};
use crate::app::route::{Route, Topic};
use crate::app::screen::begin::How;
use crate::app::screen::convention::invitation;
use crate::app::screen::settings::Part;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::exchange::import::Kind as Tables;
use crate::model::{Id, Kind, fold};
use crate::search::{Found, Passage, Query, Target, whole};

/// What answers those words: what is called so, pages first and commands last, then what only says it. A page that has
/// them inside a word (« eau » in « Tableau de bord ») is nobody's first thought. With none, pages and commands.
/// `behind` is the convention that one was in.
#[must_use]
pub fn answers(query: &str, behind: Option<Id>, session: &Session) -> Vec<Hit> {
    let folded = fold(query);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let holds = |key: &str| words.iter().all(|word| key.contains(word));
    let named = |hit: &Hit| holds(&fold(&format!("{} {}", hit.title.text, hit.detail.text)));
    let query = Query::new(query);
    let shown = |hit: Hit| Hit {
        title: whole(&hit.title.text, &query),
        ..hit
    };

    let found = session
        .library()
        .find(&query, OF_A_GROUP, session.records(), session.reference());
    let (by_name, in_text): (Vec<_>, Vec<_>) = found
        .into_iter()
        .flat_map(|(_, found)| found)
        .partition(|it| it.by_name);
    let hits_of = |found: Vec<Found>| {
        found
            .into_iter()
            .filter_map(|found| of_found(found, session))
    };

    let begins = |hit: &Hit| {
        let title = format!(" {}", fold(&hit.title.text));
        words.iter().all(|word| title.contains(&format!(" {word}")))
    };
    let parts = parts().filter(|_| !words.is_empty());
    let (pages, others): (Vec<Hit>, Vec<Hit>) =
        pages().chain(parts).filter(named).partition(begins);

    let mut hits: Vec<Hit> = pages.into_iter().map(shown).collect();
    if words.iter().any(|word| asks_for_an_act(word)) && !session.is_read_only() {
        hits.extend(awaited(named, behind, session).into_iter().map(shown));
    }
    hits.extend(hits_of(by_name));
    hits.extend(others.into_iter().map(shown).map(|hit| Hit {
        group: "Autres écrans",
        ..hit
    }));
    hits.extend(commands(session).filter(named).map(shown));
    hits.extend(hits_of(in_text));
    // Each family once, under its heading.
    let order: Vec<&str> = hits.iter().map(|hit| hit.group).collect();
    hits.sort_by_key(|hit| order.iter().position(|group| *group == hit.group));
    hits
}

/// Whether that begins what the button of an act says ([`invitation`]): « noter », « envoyer en relecture ».
fn asks_for_an_act(word: &str) -> bool {
    let length = word.chars().count();
    length >= 3
        && ["noter", "envoyer"]
            .iter()
            .any(|verb| verb.starts_with(word))
}

/// The acts that conventions wait for and that are named so: of the one behind the palette, then the soonest due first.
fn awaited(named: impl Fn(&Hit) -> bool, behind: Option<Id>, session: &Session) -> Vec<Hit> {
    let mut acts: Vec<_> = session
        .records()
        .conventions()
        .filter_map(|convention| {
            let next = session.next_act(convention)?;
            let hit = Hit {
                group: "Actes attendus",
                title: told(invitation(&next, convention, session)),
                detail: told(session.records().short_title(convention)),
                target: None,
                goes: Goes::NextAct(convention.id),
            };
            let is_behind = behind == Some(convention.id);
            named(&hit).then_some(((!is_behind, next.due.is_none(), next.due), hit))
        })
        .collect();
    acts.sort_by_key(|(rank, _)| *rank);
    acts.into_iter()
        .take(OF_A_GROUP)
        .map(|(_, hit)| hit)
        .collect()
}

/// What was found, as a line: where it leads, and where the words stand.
fn of_found(found: Found, session: &Session) -> Option<Hit> {
    let slug = |id: &str| Some(Slug::of(id));
    let route = match &found.target {
        Target::Record(name) => match name.kind {
            Kind::Partner => Route::Partner(name.id),
            Kind::Convention => Route::Convention(name.id),
            Kind::Contact => match session.records().contact(name.id)?.holder {
                Some(partner) => Route::Partner(partner),
                None => Route::Settings,
            },
            Kind::Budget => Route::Budget(name.id),
            Kind::Term => match &session.records().term(name.id)?.about {
                Some(entry) if session.reference().legal(entry).is_some() => {
                    Route::Law(slug(entry))
                }
                Some(entry) => Route::Glossary(slug(entry)),
                None => Route::Glossary(slug(&name.id.to_string())),
            },
            Kind::Authority | Kind::Version | Kind::Clause | Kind::Posting => return None,
        },
        Target::Text(id) => Route::Law(slug(id)),
        Target::Term(id) => Route::Glossary(slug(id)),
        Target::Organisation(id) => Route::Resource(Topic::Networks, Slug::of(id)),
        Target::Origin(id) => Route::Resource(Topic::Origins, Slug::of(id)),
        Target::Reason(id) => Route::Resource(Topic::Reasons, Slug::of(id)),
        Target::Example(id) => Route::Resource(Topic::Examples, Slug::of(id)),
        Target::Country(id) => Route::Resource(Topic::Countries, Slug::of(id)),
    };
    let detail = match found.passage {
        Some(place) => match place.label {
            Some(label) => behind(&format!("{label} · "), place.passage),
            None => place.passage,
        },
        None => told(about(&found.target, session)),
    };
    Some(Hit {
        group: found.target.group().label(),
        title: found.title,
        detail,
        target: Some(found.target),
        goes: Goes::Page(route),
    })
}

/// Words in which nothing was looked for.
fn told(words: impl Into<String>) -> Passage {
    Passage {
        text: words.into(),
        touched: Vec::new(),
    }
}

/// A passage after a few words.
fn behind(words: &str, passage: Passage) -> Passage {
    let along = words.len();
    Passage {
        text: format!("{words}{}", passage.text),
        touched: (passage.touched.into_iter())
            .map(|it| it.start + along..it.end + along)
            .collect(),
    }
}

/// What else to know of what is found by its name.
fn about(target: &Target, session: &Session) -> String {
    let (records, reference) = (session.records(), session.reference());
    let known = match target {
        Target::Record(name) => match name.kind {
            Kind::Partner => records
                .partner(name.id)
                .and_then(|it| reference.country(it.country.as_deref()?))
                .map(|country| country.name.text.clone()),
            Kind::Convention => records
                .convention(name.id)
                .map(|it| session.stage(it).label().to_owned()),
            Kind::Contact => records
                .contact(name.id)
                .and_then(|contact| contact.function.clone()),
            _ => None,
        },
        Target::Text(id) => reference.legal(id).map(|text| text.reference.clone()),
        Target::Country(id) => reference.country(id).map(|it| it.region.clone()),
        _ => None,
    };
    known.unwrap_or_default()
}

fn pages() -> impl Iterator<Item = Hit> {
    let places = crate::app::frame::PLACES
        .into_iter()
        .map(|place| (place.name, place.route));
    let beginnings = [
        ("Nouvelle convention", Route::Begin(How::Written)),
        (
            "Reprendre une convention signée",
            Route::Begin(How::TakenOver),
        ),
        (
            "Budgets consolidés, plafonds 1\u{202f}%",
            Route::Consolidated,
        ),
        ("Exporter toutes les conventions", Route::ExportAll),
        ("À propos, accessibilité, licences", Route::About),
        ("Importer une convention d’un PDF", Route::TakeIn),
    ];
    let shelves = Topic::ALL.map(|topic| (topic.label(), Route::Resources(topic)));
    let imports = [
        ("Importer des partenaires", Tables::Partners),
        ("Importer des conventions", Tables::Conventions),
        ("Importer un budget", Tables::Budget),
        (
            "Importer des réalisations (engagements, mandats)",
            Tables::Done,
        ),
    ];
    let imports = imports.map(|(name, kind)| (name, Route::Import(kind)));
    let shown = places
        .chain(beginnings)
        .chain(imports)
        .chain(shelves)
        .map(|(name, route)| (name, Goes::Page(route)));
    let asked = [
        ("Nouveau partenaire", Goes::NewPartner),
        ("Nouveau budget", Goes::NewBudget),
    ];
    shown.chain(asked).map(|(name, goes)| Hit {
        group: "Écrans",
        title: told(name),
        detail: told(""),
        target: None,
        goes,
    })
}

/// The parts of the settings, for whoever looks for one by its name.
fn parts() -> impl Iterator<Item = Hit> {
    Part::ALL.into_iter().map(|part| Hit {
        group: "Écrans",
        title: told(part.name()),
        detail: told("Réglages"),
        target: None,
        goes: Goes::Settings(part),
    })
}

fn commands(session: &Session) -> impl Iterator<Item = Hit> {
    let history = session.history();
    let undo = history
        .undo_label()
        .map(|what| format!("Annuler\u{a0}: {what}"));
    let redo = history
        .redo_label()
        .map(|what| format!("Rétablir\u{a0}: {what}"));
    let archive = (!session.is_read_only()).then(|| "Sauvegarder maintenant".to_owned());
    [
        (
            Some("Enregistrer maintenant".to_owned()),
            "Ctrl+S",
            Command::Save,
        ),
        (undo, "Ctrl+Z", Command::Undo),
        (redo, "Ctrl+Maj+Z", Command::Redo),
        (archive, "", Command::BackUp),
        (
            Some("Fiche de vérification de la convention ouverte".to_owned()),
            "PDF",
            Command::Checks,
        ),
        (
            Some("Exporter en PDF la convention ouverte".to_owned()),
            "Ctrl+P",
            Command::Export,
        ),
        (
            Some("Exporter pour Word la convention ouverte".to_owned()),
            "DOCX",
            Command::Word,
        ),
        (
            Some("Exporter l’agenda".to_owned()),
            "iCalendar",
            Command::Agenda,
        ),
        (
            Some("Thème, zoom et raccourcis".to_owned()),
            "F1",
            Command::Display,
        ),
        (
            Some("Ouvrir un autre espace".to_owned()),
            "Ctrl+O",
            Command::Another,
        ),
    ]
    .into_iter()
    .filter_map(|(title, keys, command)| {
        Some(Hit {
            group: "Commandes",
            title: told(title?),
            detail: told(keys),
            target: None,
            goes: Goes::Command(command),
        })
    })
}
