//! Find and replace, over all the articles of a convention and all their languages.
//!
//! Where it is found is in [`hits`], how it looks in [`view`](self::view).

mod hits;
mod view;

use iced::widget::Id;
use iced::{Task, widget::operation};

use self::hits::{Hit, hits, texts_mut};
use super::{Convention, Message, Part, plan, view as page};
use crate::app::editor::{Finder, Query};
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::widget::reveal_named;
use crate::model::{Change, Record};

/// Where the keyboard types what is looked for.
pub const FIND: &str = "search.find";

/// Where it types what takes its place.
const REPLACE: &str = "search.replace";

/// A search under way.
#[derive(Default)]
pub struct Search {
    query: Query,
    with: String,
    replacing: bool,
    hits: Vec<Hit>,
    current: usize,
    /// Whether one of the places has been gone to.
    walking: bool,
}

/// What happens in the search.
#[derive(Debug, Clone)]
pub enum Event {
    /// It opens, to find only or to replace.
    Open {
        /// To replace.
        replacing: bool,
    },
    /// What is looked for.
    Query(Query),
    /// What takes its place.
    With(String),
    /// To another place found; the keyboard stays where it is or goes to the text.
    Step {
        /// The one before.
        backwards: bool,
        /// To the text.
        to_text: bool,
    },
    /// To that place.
    Go(usize),
    /// That one is replaced.
    ReplaceOne,
    /// All are.
    ReplaceAll,
    /// It closes.
    Close,
}

impl Convention {
    pub(super) fn seek(&mut self, event: Event, session: &Session) -> Vec<Action<Message>> {
        match event {
            Event::Open { replacing } => self.open_search(replacing, session),
            Event::Query(query) => {
                if let Some(search) = &mut self.search {
                    search.query = query;
                    search.walking = false;
                }
                self.look(session);
                self.begin_here();
                Vec::new()
            }
            Event::With(with) => {
                if let Some(search) = &mut self.search {
                    search.with = with;
                }
                Vec::new()
            }
            Event::Step { backwards, to_text } => self.step(backwards, to_text, session),
            Event::Go(rank) => {
                if let Some(search) = &mut self.search {
                    search.current = rank;
                    search.walking = true;
                }
                self.go_to_hit(true, session)
            }
            Event::ReplaceOne => self.replace_one(session),
            Event::ReplaceAll => self.replace_all(session),
            Event::Close => {
                self.search = None;
                self.point_out();
                match self.open {
                    Some(_) => vec![Action::Focus(Id::new(page::EDITOR))],
                    None => vec![Action::Focus(self.first())],
                }
            }
        }
    }

    fn open_search(&mut self, replacing: bool, session: &Session) -> Vec<Action<Message>> {
        let selected = self
            .open
            .as_mut()
            .and_then(|open| open.editor.selected())
            .filter(|words| !words.contains('\n'));
        let goes_on = self.search.as_ref();
        let goes_on = goes_on.is_some_and(|it| !it.replacing && !it.query.words.is_empty());
        let search = self.search.get_or_insert_with(Search::default);
        search.replacing = replacing;
        if let Some(words) = selected {
            search.query.words = words;
            search.walking = false;
        }
        self.plan_first = false;
        self.look(session);
        if !self.search.as_ref().is_some_and(|search| search.walking) {
            self.begin_here();
        }
        // What is looked for is known: what takes its place is asked.
        let id = Id::new(if replacing && goes_on { REPLACE } else { FIND });
        let all: Task<Message> = operation::select_all(id.clone());
        vec![Action::Focus(id), Action::Run(all)]
    }

    /// Looks again: the query or the records are others.
    pub(super) fn look(&mut self, session: &Session) {
        let Some(mut search) = self.search.take() else {
            return;
        };
        if let Some(written) = self.written(session) {
            let finder = Finder::new(&search.query, &self.fields);
            search.hits = hits(written, &finder);
        }
        search.current = search.current.min(search.hits.len().saturating_sub(1));
        self.search = Some(search);
        self.point_out();
    }

    /// The first place found is the one in the part that is open, or else after it.
    fn begin_here(&mut self) {
        let rank = |part: Part| self.plan.iter().position(|it| it.part == part.line());
        let here = rank(self.part);
        let first = |hits: &[Hit]| hits.iter().position(|hit| rank(hit.part) >= here);
        let current = self.search.as_ref().and_then(|search| first(&search.hits));
        if let Some(search) = &mut self.search {
            search.current = current.unwrap_or(0);
        }
    }

    /// The place found that is shown stands out in the text, where the keyboard is in the search.
    fn point_out(&mut self) {
        let hit = self
            .search
            .as_ref()
            .filter(|search| search.walking)
            .and_then(Search::hit);
        let found = hit.filter(|hit| hit.language == self.language).map(|hit| {
            let paragraph = hit.paragraph.map(|it| (it, hit.range.clone()));
            (hit.part, paragraph)
        });
        if let Some(open) = &mut self.open {
            let found = found.filter(|(part, _)| *part == open.part);
            open.editor.point_out(found.and_then(|(_, place)| place));
        }
    }

    fn step(&mut self, backwards: bool, to_text: bool, session: &Session) -> Vec<Action<Message>> {
        let Some(search) = &mut self.search else {
            return self.open_search(false, session);
        };
        let count = search.hits.len();
        if count == 0 {
            return Vec::new();
        }
        search.current = match (search.walking, backwards) {
            (false, false) => search.current,
            (true, false) => (search.current + 1) % count,
            (_, true) => (search.current + count - 1) % count,
        };
        search.walking = true;
        self.go_to_hit(to_text, session)
    }

    /// Shows the place found, selected where it can be written.
    fn go_to_hit(&mut self, to_text: bool, session: &Session) -> Vec<Action<Message>> {
        let Some(hit) = self.search.as_ref().and_then(Search::hit) else {
            return Vec::new();
        };
        let (part, language) = (hit.part, hit.language.clone());
        let (paragraph, range) = (hit.paragraph, hit.range.clone());
        self.speak(&language, part);
        self.show(part, session);

        let place = match (&mut self.open, paragraph) {
            (Some(open), Some(paragraph)) => {
                open.editor.select(paragraph, range);
                Id::new(page::EDITOR)
            }
            (Some(_), None) => Id::new(page::TITLE),
            (None, _) => self.first(),
        };
        self.point_out();
        let top = Action::Run(page::to_top());
        let show = if to_text {
            Action::Focus(place)
        } else {
            Action::Run(reveal_named(place))
        };
        vec![Action::Rest, top, show]
    }

    fn replace_one(&mut self, session: &Session) -> Vec<Action<Message>> {
        let Some((search, hit)) = self
            .search
            .as_ref()
            .and_then(|search| Some((search, search.hit()?)))
        else {
            return Vec::new();
        };
        if hit.fixed {
            return vec![Action::Notify(Notice::wary(
                "Ces mots viennent d’un champ\u{a0}: ils se changent là où sa valeur est saisie.",
            ))];
        }
        let name = self
            .written(session)
            .map_or_else(String::new, |written| plan::name(written, hit.part));
        let label = format!(
            "Remplacer «\u{a0}{}\u{a0}» par «\u{a0}{}\u{a0}» dans {name}",
            search.query.words, search.with
        );
        let change = self.replacement(Some(hit), session);
        match change {
            Some((mut change, _)) => {
                change.label = label;
                vec![Action::Rest, Action::Edit(change), Action::Rest]
            }
            None => Vec::new(),
        }
    }

    fn replace_all(&mut self, session: &Session) -> Vec<Action<Message>> {
        let Some(search) = &self.search else {
            return Vec::new();
        };
        let fixed = search.hits.iter().filter(|hit| hit.fixed).count();
        let Some((mut change, count)) = self.replacement(None, session) else {
            return vec![Action::Notify(Notice::calm("Il n’y a rien à remplacer."))];
        };
        let times = french::count(count, "fois", "fois");
        change.label = format!(
            "Remplacer «\u{a0}{}\u{a0}» par «\u{a0}{}\u{a0}», {times}",
            search.query.words, search.with
        );
        let mut told = format!("Remplacé {times}.");
        if fixed > 0 {
            let left = french::count(
                fixed,
                "autre est dans un champ, laissé",
                "autres sont dans des champs, laissés",
            );
            told = format!("{told} {left} tel quel.");
        }
        vec![
            Action::Rest,
            Action::Edit(change),
            Action::Rest,
            Action::Notify(Notice::calm(told).undoable()),
        ]
    }

    /// The change that replaces one place, or all.
    fn replacement(&self, only: Option<&Hit>, session: &Session) -> Option<(Change, usize)> {
        let search = self.search.as_ref().filter(|_| self.can_edit(session))?;
        let before = session.records().get(self.record())?;
        let Record::Convention(present) = before.as_ref() else {
            return None;
        };
        let finder = Finder::new(&search.query, &self.fields);
        let mut after = present.clone();
        let mut count = 0;
        for (_, item, texts) in texts_mut(&mut after) {
            for written in texts {
                let is_it = |hit: &Hit, paragraph| {
                    hit.item == item && hit.language == written.lang && hit.paragraph == paragraph
                };
                let place = |paragraph| match only {
                    None => Some(None),
                    Some(hit) if is_it(hit, paragraph) => Some(Some(hit.range.start)),
                    Some(_) => None,
                };
                if let Some(start) = place(None)
                    && let Some((title, times)) =
                        finder.replace_in(&written.title, &search.with, start)
                {
                    written.title = title;
                    count += times;
                }
                for (rank, paragraph) in written.paragraphs.iter_mut().enumerate() {
                    let Some(start) = place(Some(rank)) else {
                        continue;
                    };
                    if let Some((words, times)) = finder.replace(paragraph, &search.with, start) {
                        *paragraph = words;
                        count += times;
                    }
                }
            }
        }
        (count > 0).then(|| {
            let change = Change::replace("", before.clone(), Record::Convention(after));
            (change, count)
        })
    }
}

impl Search {
    fn hit(&self) -> Option<&Hit> {
        self.hits.get(self.current)
    }
}
