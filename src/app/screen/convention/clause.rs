//! The clause behind the article that is open: what its author should know, how else it may be written; and articles
//! inserted from clauses, or kept as one.

use iced::widget::{Column, Id, Row, column, container, row, space, text};
use iced::{Center, Element, Fill, Shrink};

use super::{Convention, Message as Above, Part};
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{link, quiet, row_button, scroll, select, tag, words};
use crate::drafting::library::{self, Wording};
use crate::drafting::{own, visas};
use crate::model::text::in_language;
use crate::model::{self, Article, Change, Ids, Lang, Record};
use crate::reference::Weight;

/// Where the keyboard finds the articles that can be inserted.
pub const INSERT: &str = "convention.insert";

/// Where the keyboard unfolds what the clause says.
pub const FOLD: &str = "clause.fold";

/// How much of the page what the clause says takes at most, in pixels.
const HIGHEST: f32 = 230.0;

/// What the clauses say of the convention and of the article that is open, made anew when records change and not at each
/// frame.
#[derive(Debug, Default)]
pub struct ClauseNote {
    about: Option<About>,
    wordings: Vec<Offered>,
    /// The articles that the convention may still take.
    insertable: Vec<library::Offered>,
    /// The visas that the contents call for and that it lacks, as they are written.
    pub(super) lacking_visas: Vec<String>,
    unfolded: bool,
}

#[derive(Debug)]
struct About {
    weight: Weight,
    guidance: String,
    basis: Vec<(String, String)>,
}

#[derive(Debug)]
struct Offered {
    wording: Wording,
    /// Whether the article says just that.
    here: bool,
}

/// What happens to clauses.
#[derive(Debug, Clone)]
pub enum Message {
    /// What the clause says is unfolded, or folded.
    Fold,
    /// The article is written otherwise: as the wording of that rank.
    Rewrite(usize),
    /// An article more, from a clause.
    Insert(usize),
    /// The article is kept as a clause of the department's own.
    Keep,
    /// To the text of law that the clause rests on.
    Law(String),
}

impl Convention {
    /// Reads again what the clauses say, for the article that is open.
    pub(super) fn look_at_clauses(&mut self, session: &Session) {
        let unfolded = self.clause.unfolded;
        self.clause = ClauseNote {
            unfolded,
            ..ClauseNote::default()
        };
        let records = session.records();
        let reference = session.reference();
        let Some(convention) = records
            .convention(self.id)
            .filter(|_| self.can_edit(session))
        else {
            return;
        };
        self.clause.insertable = library::offered(convention, records, reference);
        // Only what they say is kept of them.
        let lacking = visas::lacking(convention, records, reference, &mut Ids::counted(0));
        self.clause.lacking_visas = lacking
            .into_iter()
            .flat_map(|(_, visa)| visa.texts)
            .flat_map(|text| text.paragraphs)
            .collect();

        let Some(article) = self.open_article(convention) else {
            return;
        };
        let origin = library::origin(article, convention, records, reference);
        let said = in_language(&article.texts, &Lang::french()).map(|text| &text.paragraphs);
        self.clause.wordings = library::wordings(article, origin.as_ref(), convention, records)
            .into_iter()
            .map(|wording| Offered {
                here: said == Some(&wording.paragraphs),
                wording,
            })
            .collect();
        self.clause.about = origin.map(|origin| About {
            weight: origin.clause.weight,
            guidance: origin.clause.guidance.clone(),
            basis: origin
                .clause
                .basis
                .iter()
                .filter_map(|id| Some((id.clone(), reference.legal(id)?.reference.clone())))
                .collect(),
        });
    }

    fn open_article<'a>(&self, convention: &'a model::Convention) -> Option<&'a Article> {
        let Part::Article(id) = self.part else {
            return None;
        };
        convention.articles.iter().find(|it| it.id == id)
    }

    /// Reads what happens to clauses.
    pub(super) fn update_clause(
        &mut self,
        message: Message,
        session: &Session,
    ) -> Vec<Action<Above>> {
        match message {
            Message::Fold => {
                self.clause.unfolded = !self.clause.unfolded;
                Vec::new()
            }
            Message::Law(id) => vec![Action::Go(crate::app::route::Route::Law(Some(
                crate::app::slug::Slug::of(&id),
            )))],
            Message::Rewrite(rank) => self.rewrite(rank, session),
            Message::Insert(rank) => self.insert(rank, session),
            Message::Keep => self.keep(session),
        }
    }

    fn rewrite(&self, rank: usize, session: &Session) -> Vec<Action<Above>> {
        let Some(offered) = self.clause.wordings.get(rank) else {
            return Vec::new();
        };
        let part = self.part;
        let label = self.told("Rédiger autrement ", part, session);
        let paragraphs = offered.wording.paragraphs.clone();
        let edit = self.edit(session, label, |after| {
            let texts = super::plan::texts_mut(after, part);
            let french = texts.and_then(|texts| texts.iter_mut().find(|it| it.lang.is_french()));
            if let Some(text) = french {
                text.paragraphs = paragraphs;
            }
        });
        let mut actions = vec![Action::Rest];
        actions.extend(edit);
        actions.push(Action::Focus(Id::new(super::view::EDITOR)));
        actions
    }

    fn insert(&mut self, rank: usize, session: &Session) -> Vec<Action<Above>> {
        let Some(offered) = self.clause.insertable.get(rank) else {
            return Vec::new();
        };
        let records = session.records();
        let Some(convention) = records.convention(self.id) else {
            return Vec::new();
        };
        let beside = match self.part {
            Part::Article(id) => Some(id),
            _ => None,
        };
        let made = session.with_ids(|ids| {
            let reference = session.reference();
            library::inserted(&offered.source, beside, convention, records, reference, ids)
        });
        let Some(first) = made.first().map(|(_, article)| article.id) else {
            return vec![Action::Notify(Notice::wary(
                "Aucune partie de cette convention n’appelle cet article.",
            ))];
        };
        let label = format!("Insérer l’article «\u{a0}{}\u{a0}»", offered.title);
        let actions = self.edit(session, label, |after| {
            for (place, article) in made {
                let place = place.min(after.articles.len());
                after.articles.insert(place, article);
            }
        });
        self.at_new(Part::Article(first), actions)
    }

    fn keep(&self, session: &Session) -> Vec<Action<Above>> {
        let records = session.records();
        let Some((convention, article)) = records
            .convention(self.id)
            .and_then(|convention| Some((convention, self.open_article(convention)?)))
        else {
            return Vec::new();
        };
        let clause = own::kept(article, convention, records, session.fresh_id());
        let label = format!("Garder la clause «\u{a0}{}\u{a0}»", clause.title);
        vec![
            Action::Edit(Change::create(label, Record::Clause(clause))),
            Action::Notify(
                Notice::calm(
                    "L’article est gardé comme clause du service\u{a0}: elle se relit et se modifie dans les réglages, «\u{a0}Rédaction\u{a0}».",
                )
                .undoable(),
            ),
        ]
    }

    /// What the clause of the article says: one line, or all of it.
    pub(super) fn clause_note<'a>(&'a self, palette: Palette) -> Element<'a, Above> {
        let note = &self.clause;
        let say = |message: Message| Above::Clause(message);
        let guidance = note.about.as_ref().map_or(
            "Article libre\u{a0}: aucun modèle ne le décrit.",
            |about| about.guidance.as_str(),
        );
        let weight = note.about.as_ref().map(|it| weight_tag(it.weight, palette));
        let others = note.wordings.iter().filter(|it| !it.here).count();
        let label = match (note.unfolded, others) {
            (true, _) => "▾ moins".to_owned(),
            (false, 0) => "▸ plus".to_owned(),
            (false, others) => format!("▸ plus ({others})"),
        };
        let fold = link(label, palette).id(FOLD).on_press(say(Message::Fold));
        let head = row![].push(weight).spacing(8).align_y(Center);
        if !note.unfolded {
            let one_line = words(guidance).size(14.0).color(palette.muted).width(Fill);
            return head.push(one_line).push(fold).into();
        }

        let keep = quiet("Garder comme clause du service", palette);
        let head = head
            .push(space().width(Fill))
            .push(keep.on_press(say(Message::Keep)))
            .push(fold);
        let guidance = text(guidance).size(14).color(palette.muted);
        let head = column![head, guidance].spacing(4);
        let mut parts = column![head].spacing(6);
        if let Some(about) = &note.about
            && !about.basis.is_empty()
        {
            let laws = about.basis.iter().map(|(id, reference)| {
                link(reference.as_str(), palette)
                    .on_press(say(Message::Law(id.clone())))
                    .into()
            });
            parts = parts.push(Row::with_children(laws).spacing(10).wrap());
        }
        let choices = note.wordings.iter().enumerate().map(|(rank, offered)| {
            let Wording {
                label, guidance, ..
            } = &offered.wording;
            let sign = if offered.here { "●" } else { "○" };
            let mut said = column![text(label).size(15)];
            if !guidance.is_empty() {
                said = said.push(text(guidance).size(14).color(palette.muted));
            }
            let line = row![text(sign).size(14).color(palette.accent), said]
                .spacing(8)
                .align_y(Center);
            row_button(line, offered.here, palette)
                .padding([3, 8])
                .on_press(say(Message::Rewrite(rank)))
                .into()
        });
        let parts = parts.push(Column::with_children(choices).spacing(1));
        // The text keeps most of the page.
        container(scroll(parts, "clause.note", palette).height(Shrink))
            .max_height(HIGHEST)
            .into()
    }

    /// A field that opens on the articles that can be inserted.
    pub(super) fn insertion<'a>(&'a self, palette: Palette) -> Element<'a, Above> {
        let choices = self
            .clause
            .insertable
            .iter()
            .enumerate()
            .map(|(rank, offered)| {
                let sort = offered.weight.map_or("du service", Weight::label);
                (rank, format!("{} · {sort}", offered.title))
            });
        select(choices, None, INSERT, palette, |rank| {
            Above::Clause(Message::Insert(rank))
        })
        .empty("+ Insérer un article…")
        .into()
    }
}

fn weight_tag<'a>(weight: Weight, palette: Palette) -> Element<'a, Above> {
    let (ink, ground) = match weight {
        Weight::Legal => (palette.accent, palette.accent_soft),
        Weight::Usual | Weight::Optional => (palette.muted, palette.raised),
    };
    tag(format!("clause {}", weight.label()), ink, ground, palette)
}
