//! What can be done with an answer of the palette, beside showing it: Tab lists it.

use super::{Goes, Hit};
use crate::app::route::Route;
use crate::app::screen::begin::How;
use crate::app::screen::convention::invitation;
use crate::app::session::Session;
use crate::model::{Id, Kind, quoted};
use crate::search::Target;

/// Something to do with an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// « Exporter le PDF ».
    pub label: String,
    /// What it does.
    pub goes: Goes,
}

/// How many conventions of a partner are listed.
const LISTED: usize = 5;

/// What can be done with that answer, opening it first.
#[must_use]
pub fn acts_on(hit: &Hit, session: &Session) -> Vec<Act> {
    let act = |label: &str, goes: Goes| Act {
        label: label.to_owned(),
        goes,
    };
    let first = match hit.goes {
        Goes::Command(_) => "Faire",
        _ => "Ouvrir",
    };
    let mut acts = vec![act(first, hit.goes.clone())];
    let reference = session.reference();
    match &hit.target {
        Some(Target::Record(name)) => match name.kind {
            Kind::Convention => acts.extend(of_convention(name.id, session)),
            Kind::Partner => acts.extend(of_partner(name.id, session)),
            _ => {}
        },
        Some(Target::Text(id)) => {
            let sources = reference.legal(id).map(|text| text.sources.as_slice());
            acts.extend(online(sources.unwrap_or_default()));
        }
        Some(Target::Term(id)) => {
            let sources = reference.term(id).map(|term| term.sources.as_slice());
            acts.extend(online(sources.unwrap_or_default()));
        }
        Some(Target::Organisation(id)) => {
            let site = reference.organisation(id).map(|body| body.url.clone());
            acts.extend(site.map(|site| act("Ouvrir son site", Goes::Address(site))));
        }
        _ => {}
    }
    acts
}

fn of_convention(id: Id, session: &Session) -> Vec<Act> {
    let Some(convention) = session.records().convention(id) else {
        return Vec::new();
    };
    let mut acts = vec![
        Act {
            label: "Exporter le PDF".to_owned(),
            goes: Goes::Page(Route::Export(id)),
        },
        Act {
            label: "Voir ce qui est à vérifier".to_owned(),
            goes: Goes::Verify(id),
        },
        Act {
            label: "Voir les textes qui s’appliquent".to_owned(),
            goes: Goes::Page(Route::LawOf(id)),
        },
    ];
    let next = session.next_act(convention);
    if let Some(next) = next.filter(|_| !session.is_read_only()) {
        acts.push(Act {
            label: invitation(&next, convention, session),
            goes: Goes::NextAct(id),
        });
    }
    acts
}

fn of_partner(id: Id, session: &Session) -> Vec<Act> {
    let act = |label: &str, goes| Act {
        label: label.to_owned(),
        goes,
    };
    let edits = [
        act("Modifier la fiche", Goes::Modify(id)),
        act(
            "Nouvelle convention avec ce partenaire",
            Goes::Page(Route::Begin(How::With(id))),
        ),
    ];
    let edits = edits.into_iter().filter(|_| !session.is_read_only());
    let conventions = session
        .records()
        .conventions_of(id)
        .take(LISTED)
        .map(|it| Act {
            label: format!("Ouvrir {}", quoted(&it.title)),
            goes: Goes::Page(Route::Convention(it.id)),
        });
    edits.chain(conventions).collect()
}

/// The first source that is an address.
fn online(sources: &[String]) -> Option<Act> {
    let address = sources.iter().find(|source| source.starts_with("http"))?;
    Some(Act {
        label: "Lire la source en ligne".to_owned(),
        goes: Goes::Address(address.clone()),
    })
}
