//! One convention: its plan at the left, the part that is open beside it, what there is to verify at the foot.
//!
//! Its plan is made in [`plan`], what typing changes in [`edit`]; what is drawn is in [`view`](self::view), the reading of
//! parts that are not edited here in [`reading`].

mod edit;
mod plan;
mod reading;
mod search;
mod side;
mod strip;
mod view;

pub use search::Event as SearchEvent;
#[cfg(test)]
pub use search::FIND;
#[cfg(test)]
pub use view::{EDITOR, TITLE};

use iced::widget::Id;

pub use plan::{Entry, Part};

use self::search::Search;
use super::{Action, Notice};
use crate::app::editor::{self, Edited, Editor, Field};
use crate::app::preview::{self, Press, Preview};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::check::Finding;
use crate::document;
use crate::model::text::in_language;
use crate::model::{self, Kind, Lang, RecordId, Records, Stage, Text};

/// A convention on the screen.
pub struct Convention {
    id: model::Id,
    part: Part,
    language: Lang,
    open: Option<Open>,
    plan: Vec<Entry>,
    /// What its texts may name, with the value of each: as they were signed, once they are.
    fields: Vec<Field>,
    finding: usize,
    /// Whether F8 has shown the first of them.
    walking: bool,
    /// On a narrow window, whether the plan is shown in the place of the part.
    plan_first: bool,
    search: Option<Search>,
    preview: Preview,
    /// Whether F9 has hidden what stands beside the part, or shown it in its place where there is no room.
    side_flipped: bool,
}

/// A text being edited.
struct Open {
    part: Part,
    title: String,
    editor: Editor,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A part is opened.
    Show(Part),
    /// The keyboard moves in the plan.
    Step {
        /// From this line.
        from: usize,
        /// Down, or up.
        down: bool,
    },
    /// Another language.
    Language(Lang),
    /// The title is typed.
    Title(String),
    /// Something in the editor.
    Editor(editor::Message),
    /// An article more.
    AddArticle,
    /// Another finding, and its place.
    Finding {
        /// The one before.
        backwards: bool,
    },
    /// The place of the finding shown.
    GoToFinding,
    /// What can be done about it mechanically.
    Fix,
    /// To the list.
    List,
    /// To the PDF.
    Export,
    /// The plan, in the place of the part.
    Plan,
    /// What stands beside the part, shown or hidden.
    Side,
    /// In find and replace.
    Search(search::Event),
    /// Among the pages.
    Preview(preview::Message),
}

impl Convention {
    /// A convention, at its first article where it has one.
    #[must_use]
    pub fn new(id: model::Id, press: Press, session: &Session) -> Self {
        let mut screen = Self {
            id,
            part: Part::Sheet,
            language: Lang::french(),
            open: None,
            plan: Vec::new(),
            fields: Vec::new(),
            finding: 0,
            walking: false,
            plan_first: false,
            search: None,
            preview: Preview::new(press),
            side_flipped: false,
        };
        if screen.can_edit(session)
            && let Some(convention) = session.records().convention(id)
            && let Some(first) = convention.articles.first()
        {
            screen.part = Part::Article(first.id);
        }
        screen.follow(session);
        screen
    }

    /// Which.
    #[must_use]
    pub const fn id(&self) -> model::Id {
        self.id
    }

    /// Where the keyboard begins: the part that is open, in the plan.
    #[must_use]
    pub fn first(&self) -> Id {
        let rank = self.plan.iter().position(|entry| entry.part == self.part);
        view::plan_id(rank.unwrap_or(0))
    }

    /// Records changed: by this screen, by an undo, by something else.
    pub fn follow(&mut self, session: &Session) {
        let Some(written) = self.written(session) else {
            return;
        };
        let findings = session.findings(self.id);
        self.plan = plan::plan(written, findings);
        self.fields = self.fields_of(written, session);
        self.finding = self
            .finding
            .min(unanswered(findings).count().saturating_sub(1));
        if !self.plan.iter().any(|entry| entry.part == self.part) {
            self.part = Part::Sheet;
        }
        self.open_text(session);
        self.look(session);
        self.preview.follow(side::points(findings, self.id));
    }

    /// The convention as its text stands: the signed one once it is sealed.
    fn written<'a>(&self, session: &'a Session) -> Option<&'a model::Convention> {
        let signed = session.sealed(self.id).and_then(|version| {
            version
                .records
                .conventions
                .iter()
                .find(|convention| convention.id == self.id)
        });
        signed.or_else(|| session.records().convention(self.id))
    }

    fn fields_of(&self, written: &model::Convention, session: &Session) -> Vec<Field> {
        let signed = session
            .sealed(self.id)
            .map(|version| Records::from_snapshot(&version.records));
        let records = signed.as_ref().unwrap_or_else(|| session.records());

        document::fields_of(written, records, session.reference())
            .into_iter()
            .map(|field| Field {
                name: field.name,
                label: field.label,
                value: field.value,
            })
            .collect()
    }

    /// Whether its text can be changed here: it is ours to write, and nobody has signed all of it.
    fn can_edit(&self, session: &Session) -> bool {
        let written_here = session
            .records()
            .convention(self.id)
            .is_some_and(|it| it.taken_over.is_none());
        written_here && !session.is_read_only() && !self.is_signed(session)
    }

    /// Whether its text is what everybody signed.
    fn is_signed(&self, session: &Session) -> bool {
        let convention = session.records().convention(self.id);
        session.sealed(self.id).is_some()
            || convention
                .is_some_and(|it| it.taken_over.is_none() && session.stage(it) >= Stage::Signed)
    }

    /// Opens the text of the part shown, or brings what is open up to date.
    fn open_text(&mut self, session: &Session) {
        let text = self
            .written(session)
            .filter(|_| self.can_edit(session))
            .and_then(|written| plan::texts(written, self.part))
            .map(|texts| self.text_among(texts));
        let Some(text) = text else {
            self.open = None;
            return;
        };

        match &mut self.open {
            Some(open) if open.part == self.part => {
                open.title.clone_from(&text.title);
                open.editor.patch(&text, &self.fields);
            }
            _ => {
                self.open = Some(Open {
                    part: self.part,
                    title: text.title.clone(),
                    editor: Editor::new(&text, &self.fields),
                });
            }
        }
    }

    /// The text in the language shown; an empty one where it is not written yet.
    fn text_among(&self, texts: &[Text]) -> Text {
        in_language(texts, &self.language)
            .cloned()
            .unwrap_or_else(|| Text::new(self.language.clone(), Vec::new()))
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Show(part) => {
                self.plan_first = false;
                self.show(part, session);
                let mut actions = vec![Action::Rest];
                if self.open.is_some() {
                    actions.push(Action::Focus(Id::new(view::EDITOR)));
                }
                actions
            }
            Message::Step { from, down } => {
                let last = self.plan.len().saturating_sub(1);
                let to = if down {
                    (from + 1).min(last)
                } else {
                    from.saturating_sub(1)
                };
                let Some(entry) = self.plan.get(to) else {
                    return Vec::new();
                };
                let part = entry.part;
                self.show(part, session);
                vec![Action::Rest, Action::Focus(view::plan_id(to))]
            }
            Message::Language(language) => {
                self.language = language;
                self.open = None;
                self.open_text(session);
                vec![Action::Rest]
            }
            Message::Title(title) => {
                let part = self.part;
                self.change_text(session, "title", move |text| text.title = title)
                    .map(|change| {
                        edit::describe(change, "Modifier le titre de ", part, session, self.id)
                    })
                    .into_iter()
                    .map(Action::Edit)
                    .collect()
            }
            Message::Editor(message) => self.type_text(message, session),
            Message::AddArticle => self.add_article(session),
            Message::Finding { backwards } => {
                let count = unanswered(session.findings(self.id)).count();
                if count == 0 {
                    return vec![Action::Notify(Notice::calm("Rien à vérifier ici."))];
                }
                self.finding = match (self.walking, backwards) {
                    (false, false) => self.finding,
                    (_, true) => (self.finding + count - 1) % count,
                    (true, false) => (self.finding + 1) % count,
                };
                self.walking = true;
                self.go_to_finding(session)
            }
            Message::GoToFinding => self.go_to_finding(session),
            Message::Fix => self
                .shown_finding(session)
                .and_then(|finding| finding.fix.as_ref())
                .and_then(|fix| session.with_ids(|ids| fix.change(session.records(), ids)))
                .map(Action::Edit)
                .into_iter()
                .collect(),
            Message::List => vec![Action::Go(Route::Conventions)],
            Message::Export => vec![Action::Go(Route::Export(self.id))],
            Message::Side => self.flip_side(),
            Message::Search(event) => self.seek(event, session),
            Message::Preview(message) => self.turn_pages(message, session),
            Message::Plan => {
                self.plan_first = !self.plan_first;
                vec![Action::Focus(if self.plan_first {
                    self.first()
                } else {
                    Id::new(view::EDITOR)
                })]
            }
        }
    }

    fn show(&mut self, part: Part, session: &Session) {
        self.part = part;
        self.open_text(session);
    }

    fn shown_finding<'a>(&self, session: &'a Session) -> Option<&'a Finding> {
        unanswered(session.findings(self.id)).nth(self.finding)
    }

    fn go_to_finding(&mut self, session: &Session) -> Vec<Action<Message>> {
        let (Some(finding), Some(written)) = (self.shown_finding(session), self.written(session))
        else {
            return Vec::new();
        };
        let part = plan::part_of(&finding.place, written);
        let language = finding.place.language.clone();
        let (paragraph, range) = (finding.place.paragraph, finding.place.range.clone());
        if let Some(language) = language {
            self.speak(&language, part);
        }
        self.plan_first = false;
        self.show(part, session);
        if let (Some(open), Some(paragraph)) = (&mut self.open, paragraph) {
            match &range {
                Some(range) => open.editor.select_source(paragraph, range),
                None => open.editor.go_to(paragraph),
            }
        }
        let place = if self.open.is_some() {
            Id::new(view::EDITOR)
        } else {
            self.first()
        };
        vec![Action::Rest, Action::Focus(place)]
    }

    fn type_text(&mut self, message: editor::Message, session: &Session) -> Vec<Action<Message>> {
        let part = self.part;
        let mut actions = Vec::new();
        if message.takes_the_focus() {
            actions.push(Action::Focus(Id::new(view::EDITOR)));
        }
        let edited = self
            .open
            .as_mut()
            .and_then(|open| open.editor.update(message));
        let Some(Edited { paragraphs, typing }) = edited else {
            return actions;
        };

        let change = self.change_text(session, "paragraphs", move |text| {
            text.paragraphs = paragraphs;
        });
        if !typing {
            actions.push(Action::Rest);
        }
        actions.extend(
            change
                .map(|change| edit::describe(change, "Modifier ", part, session, self.id))
                .map(Action::Edit),
        );
        actions
    }

    #[cfg(test)]
    pub const fn preview(&self) -> &Preview {
        &self.preview
    }

    const fn record(&self) -> RecordId {
        RecordId {
            kind: Kind::Convention,
            id: self.id,
        }
    }
}

/// The findings that nobody answers for.
fn unanswered(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings
        .iter()
        .filter(|finding| finding.set_aside.is_none())
}
