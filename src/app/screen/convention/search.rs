//! Find and replace, over all the articles of a convention and all their languages.

use std::ops::Range;

use iced::widget::{Column, Id, column, container, row, space, text};
use iced::{Center, Element, Fill, Task, widget::operation};

use super::plan::Part;
use super::{Convention, Message, plan, view};
use crate::app::editor::{Finder, Query};
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{button, choice, field, quiet, reveal_named, row_button, words};
use crate::model::{self, Change, Convention as Written, Lang, Record, Text};

/// Where the keyboard types what is looked for.
pub const FIND: &str = "search.find";

/// Where it types what takes its place.
const REPLACE: &str = "search.replace";

/// How many of the places found are listed around the one that is shown.
const LISTED: usize = 5;

/// How much is shown before what is found, in letters.
const BEFORE: usize = 28;

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

/// A place where it is found.
struct Hit {
    part: Part,
    /// The article, annex, visa or recital.
    item: model::Id,
    language: Lang,
    /// The paragraph; the title when absent.
    paragraph: Option<usize>,
    range: Range<usize>,
    fixed: bool,
    /// What it is among, on a line.
    around: String,
    /// Where it is there.
    touched: Range<usize>,
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
                    Some(_) => vec![Action::Focus(Id::new(view::EDITOR))],
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
        let id = Id::new(FIND);
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
                Id::new(view::EDITOR)
            }
            (Some(_), None) => Id::new(view::TITLE),
            (None, _) => self.first(),
        };
        self.point_out();
        let top = Action::Run(view::to_top());
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

    /// The search above the part that is open.
    pub(super) fn search<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        let search = self.search.as_ref()?;
        let written = self.written(session)?;
        Some(search.view(written, self.can_edit(session), palette))
    }
}

impl Search {
    fn hit(&self) -> Option<&Hit> {
        self.hits.get(self.current)
    }

    fn view<'a>(
        &'a self,
        written: &'a Written,
        can_edit: bool,
        palette: Palette,
    ) -> Element<'a, Message> {
        let count = match (self.query.words.is_empty(), self.hits.len()) {
            (true, _) => String::new(),
            (false, 0) => "introuvable".to_owned(),
            (false, all) => format!("{} sur {all}", self.current + 1),
        };
        let any = !self.hits.is_empty();
        let step = |backwards| {
            any.then_some(Message::Search(Event::Step {
                backwards,
                to_text: false,
            }))
        };
        let query = self.query.clone();
        let find = field(
            &self.query.words,
            "Rechercher",
            FIND,
            palette,
            move |words| {
                Message::Search(Event::Query(Query {
                    words,
                    ..query.clone()
                }))
            },
        )
        .on_submit(Message::Search(Event::Step {
            backwards: false,
            to_text: false,
        }));
        let first = row![find, text(count).size(14).color(palette.muted)]
            .spacing(6)
            .align_y(Center);
        let walk = row![
            quiet("▲", palette).on_press_maybe(step(true)),
            quiet("▼", palette).on_press_maybe(step(false)),
            quiet("Fermer", palette).on_press(Message::Search(Event::Close)),
        ]
        .spacing(6);
        let mut page = column![].spacing(6);

        if self.replacing {
            let with = field(&self.with, "Remplacer par", REPLACE, palette, |with| {
                Message::Search(Event::With(with))
            })
            .on_submit(Message::Search(Event::ReplaceOne));
            let act = |event| (any && can_edit).then_some(Message::Search(event));
            // What takes its place is typed after what is looked for, and then it is done.
            page = page.push(first).push(
                row![
                    with,
                    button("Remplacer", palette).on_press_maybe(act(Event::ReplaceOne)),
                    button("Tout remplacer", palette).on_press_maybe(act(Event::ReplaceAll)),
                    walk,
                ]
                .spacing(6)
                .align_y(Center),
            );
        } else {
            page = page.push(first.push(walk));
        }
        let option = |label, on, query: Query| {
            choice(label, on, palette)
                .padding([2, 9])
                .on_press(Message::Search(Event::Query(query)))
        };
        let mut options = row![
            option(
                "mot entier",
                self.query.whole,
                Query {
                    whole: !self.query.whole,
                    ..self.query.clone()
                }
            ),
            option(
                "accents et majuscules",
                self.query.exact,
                Query {
                    exact: !self.query.exact,
                    ..self.query.clone()
                }
            ),
            space().width(Fill),
        ]
        .spacing(6)
        .align_y(Center);
        if !self.replacing && can_edit {
            options = options.push(
                quiet("Remplacer…", palette)
                    .on_press(Message::Search(Event::Open { replacing: true })),
            );
        }
        page = page.push(options).push(self.list(written, palette));
        container(page)
            .padding(10)
            .style(move |_| palette.card())
            .into()
    }

    /// The places found around the one that is shown.
    fn list<'a>(&'a self, written: &'a Written, palette: Palette) -> Element<'a, Message> {
        let first = self
            .current
            .saturating_sub(LISTED / 2)
            .min(self.hits.len().saturating_sub(LISTED));
        let many = written.languages.len() > 1;
        let rows = self.hits.iter().enumerate().skip(first).take(LISTED);
        let rows = rows.map(|(rank, hit)| {
            let mut name = place(written, hit.part);
            if many {
                name = format!("{name} ({})", hit.language);
            }
            let touched = std::slice::from_ref(&hit.touched);
            let around = words(&hit.around)
                .size(14.0)
                .touched(touched, palette.accent);
            let mut line = row![
                words(name).size(13.0).color(palette.muted).width(92),
                around.width(Fill),
            ]
            .spacing(6)
            .align_y(Center);
            if hit.fixed {
                line = line.push(text("champ").size(13).color(palette.muted));
            }
            row_button(line, rank == self.current && self.walking, palette)
                .padding([2, 6])
                .on_press(Message::Search(Event::Go(rank)))
                .into()
        });
        let others = self.hits.len().saturating_sub(LISTED);
        let others = (others > 0).then(|| {
            let words = french::count(others, "autre endroit", "autres endroits");
            let words = format!("et {words}, par ▲ et ▼");
            container(text(words).size(13).color(palette.muted)).padding([2, 6])
        });
        Column::with_children(rows).push(others).into()
    }
}

/// « article 3 », « visa 8 ».
fn place(written: &Written, part: Part) -> String {
    let ranked = |name: &str, rank: Option<usize>| {
        rank.map_or_else(|| name.to_owned(), |rank| format!("{name} {}", rank + 1))
    };
    match part {
        Part::Visa(id) => ranked("visa", written.visas.iter().position(|it| it.id == id)),
        Part::Recital(id) => ranked(
            "considérant",
            written.recitals.iter().position(|it| it.id == id),
        ),
        part => plan::name(written, part)
            .trim_start_matches("l’")
            .to_owned(),
    }
}

/// The texts of a convention, with the part and the item that each belongs to, in the order of the page.
fn texts(written: &Written) -> impl Iterator<Item = (Part, model::Id, &Vec<Text>)> {
    let visas = written
        .visas
        .iter()
        .map(|it| (Part::Visa(it.id), it.id, &it.texts));
    let recitals = written
        .recitals
        .iter()
        .map(|it| (Part::Recital(it.id), it.id, &it.texts));
    let articles = written
        .articles
        .iter()
        .map(|it| (Part::Article(it.id), it.id, &it.texts));
    let annexes = written
        .annexes
        .iter()
        .map(|it| (Part::Annex(it.id), it.id, &it.texts));
    visas.chain(recitals).chain(articles).chain(annexes)
}

/// The same, to be changed.
fn texts_mut(written: &mut Written) -> impl Iterator<Item = (Part, model::Id, &mut Vec<Text>)> {
    let visas = written
        .visas
        .iter_mut()
        .map(|it| (Part::Visa(it.id), it.id, &mut it.texts));
    let recitals = written
        .recitals
        .iter_mut()
        .map(|it| (Part::Recital(it.id), it.id, &mut it.texts));
    let articles = written
        .articles
        .iter_mut()
        .map(|it| (Part::Article(it.id), it.id, &mut it.texts));
    let annexes = written
        .annexes
        .iter_mut()
        .map(|it| (Part::Annex(it.id), it.id, &mut it.texts));
    visas.chain(recitals).chain(articles).chain(annexes)
}

fn hits(written: &Written, finder: &Finder) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (part, item, texts) in texts(written) {
        for text in texts {
            let hit = |paragraph, shown: &str, range: Range<usize>, fixed| {
                let (around, touched) = around(shown, &range);
                Hit {
                    part,
                    item,
                    language: text.lang.clone(),
                    paragraph,
                    range,
                    fixed,
                    around,
                    touched,
                }
            };
            for range in finder.find_in(&text.title) {
                hits.push(hit(None, &text.title, range, false));
            }
            for (rank, paragraph) in text.paragraphs.iter().enumerate() {
                let (shown, found) = finder.find(paragraph);
                for it in found {
                    hits.push(hit(Some(rank), &shown, it.range, it.fixed));
                }
            }
        }
    }
    hits
}

/// What a stretch is among, short enough before it that it is in sight, and where it is there.
fn around(shown: &str, range: &Range<usize>) -> (String, Range<usize>) {
    let before = shown.get(..range.start).unwrap_or_default();
    let cut = before.char_indices().rev().nth(BEFORE);
    let (sign, from) = cut.map_or(("", 0), |(at, _)| ("…", at));
    let around = format!("{sign}{}", shown.get(from..).unwrap_or_default());
    let start = sign.len() + range.start - from;
    (around, start..start + range.len())
}
