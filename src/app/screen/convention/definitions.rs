//! The terms of the glossary that the part shown uses, and what each means, on demand, in front of the page: the one
//! at the caret first.

use std::ops::Range;

use iced::widget::{Id, column, row, text};
use iced::{Center, Fill};

use super::{Convention, Front, Message as Above, plan};
use crate::app::route::Route;
use crate::app::screen::glossary::annex;
use crate::app::screen::{Action, Notice, book};
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, button, link, segmented, strong};
use crate::model::{Record, fold, fold_with_places, text as grammar};

/// The terms found, and the one that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definitions {
    terms: Vec<Defined>,
    here: usize,
}

/// A term and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Defined {
    slug: Slug,
    name: String,
    /// Its names, folded.
    keys: Vec<String>,
    definition: String,
}

/// What happens to definitions.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// Those of the part shown are asked for.
    Open,
    /// Another of them.
    Read(usize),
    /// The one that is read, in the glossary.
    Glossary,
    /// It is defined in the annex of the convention.
    Annex,
    /// Enough.
    Close,
}

/// Where the keyboard goes from one term to the next.
const TERMS: &str = "definitions.terms";

impl Convention {
    /// Reads what happens to definitions.
    pub(super) fn update_definitions(
        &mut self,
        message: Message,
        session: &Session,
    ) -> Vec<Action<Above>> {
        match message {
            Message::Open => self.define(session),
            Message::Read(rank) => {
                if let Some(Front::Definitions(shown)) = &mut self.front {
                    shown.here = rank;
                }
                Vec::new()
            }
            Message::Glossary => match self.read() {
                Some(term) => {
                    let there = Route::Glossary(Some(term.slug));
                    self.front = None;
                    vec![Action::Go(there)]
                }
                None => Vec::new(),
            },
            Message::Annex => self.define_in_annex(session),
            Message::Close => {
                self.front = None;
                Vec::new()
            }
        }
    }

    fn read(&self) -> Option<&Defined> {
        match &self.front {
            Some(Front::Definitions(shown)) => shown.terms.get(shown.here),
            _ => None,
        }
    }

    /// Opens the terms that the part shown uses.
    fn define(&mut self, session: &Session) -> Vec<Action<Above>> {
        let paragraphs: Vec<String> = match (&self.open, self.written(session)) {
            (Some(open), _) => open.editor.paragraphs(),
            (None, Some(written)) => plan::texts(written, self.part)
                .map(|texts| self.text_among(texts).paragraphs)
                .unwrap_or_default(),
            (None, None) => Vec::new(),
        };
        let said: Vec<String> = (paragraphs.iter())
            .map(|paragraph| fold(&grammar::plain(paragraph)))
            .collect();
        let terms: Vec<Defined> = glossary(session)
            .filter(|term| said.iter().any(|said| !term.places_in(said).is_empty()))
            .collect();
        if terms.is_empty() {
            let words = "Aucun terme du glossaire n’est employé dans cette partie.";
            return vec![Action::Notify(Notice::calm(words))];
        }
        let here = self.at_the_caret(&terms).unwrap_or(0);
        self.front = Some(Front::Definitions(Definitions { terms, here }));
        vec![Action::Focus(Id::new(TERMS))]
    }

    /// The term on which the caret is: the longest, where one is within another.
    fn at_the_caret(&self, terms: &[Defined]) -> Option<usize> {
        let editor = &self.open.as_ref()?.editor;
        let (paragraph, column) = editor.caret();
        let (folded, places) = fold_with_places(editor.shown(paragraph)?);
        let covers = |place: &Range<usize>| {
            let start = places.get(place.start).copied();
            let end = places.get(place.end).copied().unwrap_or(usize::MAX);
            start.is_some_and(|start| (start..=end).contains(&column))
        };
        (terms.iter().enumerate())
            .flat_map(|(rank, term)| {
                term.places_in(&folded)
                    .into_iter()
                    .map(move |it| (rank, it))
            })
            .filter(|(_, place)| covers(place))
            .max_by_key(|(_, place)| place.len())
            .map(|(rank, _)| rank)
    }

    /// Puts the definition that is read in the annex.
    fn define_in_annex(&mut self, session: &Session) -> Vec<Action<Above>> {
        let Some(term) = self.read().cloned() else {
            return Vec::new();
        };
        let Some(before) = session.records().get(self.record()) else {
            return Vec::new();
        };
        let Record::Convention(convention) = before.as_ref() else {
            return Vec::new();
        };
        self.front = None;
        annex::define(convention, &term.name, &term.definition, session)
    }
}

impl Defined {
    /// Where a folded text names it: whole words, or their plural.
    fn places_in(&self, folded: &str) -> Vec<Range<usize>> {
        let stands_apart = |place: &Range<usize>| {
            let before = folded.get(..place.start).unwrap_or_default();
            let after = folded.get(place.end..).unwrap_or_default();
            let after = after.strip_prefix('s').unwrap_or(after);
            before
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric())
                && after.chars().next().is_none_or(|c| !c.is_alphanumeric())
        };
        self.keys
            .iter()
            .flat_map(|key| folded.match_indices(key.as_str()))
            .map(|(at, key)| at..at + key.len())
            .filter(stands_apart)
            .collect()
    }
}

/// Every term that has a definition: those that ship, then the department's own.
fn glossary(session: &Session) -> impl Iterator<Item = Defined> {
    let shipped = session.reference().terms().iter().map(|term| {
        let names = [Some(term.term.as_str()), term.acronym.as_deref()];
        (Slug::of(&term.id), names, term.definition.as_str())
    });
    let own = (session.records().terms())
        .filter(|term| term.about.is_none())
        .map(|term| {
            let names = [Some(term.term.as_str()), term.acronym.as_deref()];
            (Slug::of(&term.id.to_string()), names, term.text.as_str())
        });
    shipped.chain(own).filter_map(|(slug, names, definition)| {
        let name = names.first().copied().flatten()?.to_owned();
        // « convention-cadre (ou protocole) » is written without what is between brackets.
        let keys: Vec<String> = (names.into_iter().flatten())
            .map(|name| fold(name.split(" (").next().unwrap_or(name)))
            .filter(|key| key.chars().count() > 2)
            .collect();
        (!keys.is_empty() && !definition.is_empty()).then(|| Defined {
            slug,
            name,
            keys,
            definition: definition.to_owned(),
        })
    })
}

impl Definitions {
    /// The definition, in front of the page.
    pub fn dialog<'a>(&'a self, can_edit: bool, palette: Palette) -> Dialog<'a, Message> {
        let names = self.terms.iter().enumerate();
        let names = names.map(|(rank, term)| (rank, term.name.clone()));
        let definition = self.terms.get(self.here).map_or("", |it| &it.definition);
        let annex = can_edit.then(|| button("Définir en annexe", palette).on_press(Message::Annex));
        let content = column![
            segmented(names, &self.here, TERMS, palette, Message::Read),
            book::prose(definition),
            row![
                text("Employé dans cette partie.")
                    .size(14)
                    .color(palette.muted)
                    .width(Fill),
                link("Ouvrir dans le glossaire", palette).on_press(Message::Glossary),
            ]
            .align_y(Center),
        ]
        .spacing(14);
        let close = strong("Fermer", palette).on_press(Message::Close);
        Dialog::new(
            "Définitions",
            content,
            annex.into_iter().chain([close]),
            Message::Close,
            palette,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defined(name: &str) -> Defined {
        Defined {
            slug: Slug::of("essai"),
            name: name.to_owned(),
            keys: vec![fold(name)],
            definition: "Ce que c’est.".to_owned(),
        }
    }

    #[test]
    fn a_term_is_found_whole_whatever_its_case_its_accents_and_its_number() {
        let finds = |term: &str, words: &str| !defined(term).places_in(&fold(words)).is_empty();
        assert!(finds(
            "Réciprocité",
            "Dans un esprit de RECIPROCITE, les parties"
        ));
        assert!(finds("Avenant", "par avenants, signés"));
        assert!(!finds("Avenant", "l’avenantaire"));
        assert!(!finds("ODD", "le podd"));
    }
}
