//! The search above the part that is open: what is looked for, what takes its place, the places found.

use iced::widget::{Column, column, container, row, space, text};
use iced::{Center, Element, Fill};

use super::{Event, FIND, REPLACE, Search};
use crate::app::editor::Query;
use crate::app::screen::convention::plan::Part;
use crate::app::screen::convention::{Convention, Message, plan};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{button, choice, field, quiet, row_button, words};
use crate::model::Convention as Written;

/// How many of the places found are listed around the one that is shown, at most…
const LISTED: usize = 5;

/// … each as high as that, on a page that has that much for the rest, in pixels.
const PLACE: f32 = 26.0;
const REST: f32 = 610.0;

/// The places that are listed on a page of that height: the text keeps some lines.
fn listed(height: f32) -> usize {
    (((height - REST) / PLACE) as usize).clamp(1, LISTED)
}

impl Convention {
    /// The search above the part that is open, on a page of that height.
    pub(in crate::app::screen::convention) fn search<'a>(
        &'a self,
        height: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        let search = self.search.as_ref()?;
        let written = self.written(session)?;
        let listed = listed(height);
        Some(search.view(written, self.can_edit(session), listed, palette))
    }
}

impl Search {
    fn view<'a>(
        &'a self,
        written: &'a Written,
        can_edit: bool,
        listed: usize,
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
        let count = text(count).size(14).color(palette.muted);
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
            let acts = row![
                button("Remplacer", palette).on_press_maybe(act(Event::ReplaceOne)),
                button("Tout remplacer", palette).on_press_maybe(act(Event::ReplaceAll)),
                walk,
                count,
            ];
            let acts = acts.spacing(6).align_y(Center).wrap().vertical_spacing(6);
            page = page.push(row![find, with].spacing(6)).push(acts);
        } else {
            let line = row![find, count, walk].spacing(6);
            page = page.push(line.align_y(Center));
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
        page = page.push(options).push(self.list(written, listed, palette));
        container(page)
            .padding(10)
            .style(move |_| palette.card())
            .into()
    }

    /// The places found around the one that is shown.
    fn list<'a>(
        &'a self,
        written: &'a Written,
        listed: usize,
        palette: Palette,
    ) -> Element<'a, Message> {
        let first = self
            .current
            .saturating_sub(listed / 2)
            .min(self.hits.len().saturating_sub(listed));
        let many = written.languages.len() > 1;
        let rows = self.hits.iter().enumerate().skip(first).take(listed);
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
        let others = self.hits.len().saturating_sub(listed);
        // Where there is little room, their number is said above.
        let others = (others > 0 && listed == LISTED).then(|| {
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
