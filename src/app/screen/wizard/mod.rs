//! A convention that is to be written: its kind, its parties, what it is about, and the draft that follows.
//!
//! Three steps, each as short as the kind allows. Beside them stands what the draft will hold, made anew at each
//! answer by the same [`crate::drafting`] that makes the draft.

mod view;

use iced::widget::Id;
use iced::{Element, Task};

use super::{Action, Notice, Screen};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Form, Heard, Typing, typed};
use crate::drafting::{self, Brief, CannotDraft};
use crate::model::{self, Change, ConventionKind, Ids, Lang, Name, Nature, Partner, Record};

/// Where the keyboard begins.
pub const FIRST: &str = "wizard.kind.0";

/// The three steps.
pub struct Wizard {
    step: Step,
    answers: Answers,
    form: Form<Field>,
    outline: Outline,
    /// Whether its draft is made, or not wanted: until then, what was answered waits for whoever comes back.
    done: bool,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What kind of convention.
    Kind,
    /// Between whom, and after which other convention.
    Parties,
    /// About what, for how long, with money or not.
    About,
}

/// What was answered so far.
#[derive(Debug, Clone, PartialEq)]
struct Answers {
    brief: Brief,
    /// The name of a partner that is not there yet.
    newcomer: String,
    /// The title, where the proposed one will not do.
    title: String,
}

/// A field that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The name of a partner that is not there yet.
    Newcomer,
    /// The title.
    Title,
    /// The first day of the programme.
    Start,
    /// The last.
    End,
}

/// What the draft will hold, or why there can be none yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Outline {
    title: String,
    articles: Vec<String>,
    annexes: Vec<String>,
    to_review: bool,
    wants: Option<String>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Another step.
    Step(Step),
    /// The kind.
    Kind(ConventionKind),
    /// The kind above or below the one of that rank.
    Beside {
        /// Its rank among them.
        rank: usize,
        /// Down, or up.
        down: bool,
    },
    /// One more partner.
    With(model::Id),
    /// One less.
    Without(model::Id),
    /// The convention that it carries out, amends or renews.
    Parent(Option<model::Id>),
    /// A theme, or no longer.
    Theme(String),
    /// A 1 % scheme, or no longer.
    Scheme(String),
    /// A clause of the department's own, or no longer.
    OwnClause(model::Id),
    /// A language, or no longer.
    Language(&'static str),
    /// Whether money is committed.
    Money,
    /// Whether funders who do not sign are expected.
    Cofunding,
    /// Whether the association passes money on.
    PassingOn,
    /// Something is typed.
    Typed(Field, Typing),
    /// The draft is made.
    Make,
    /// It is not, after all.
    Close,
}

impl Step {
    const ALL: [Self; 3] = [Self::Kind, Self::Parties, Self::About];

    const fn next(self) -> Option<Self> {
        match self {
            Self::Kind => Some(Self::Parties),
            Self::Parties => Some(Self::About),
            Self::About => None,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Kind => "1. Genre",
            Self::Parties => "2. Parties",
            Self::About => "3. Contenu",
        }
    }
}

impl Field {
    fn say(self, answers: &Answers) -> String {
        match self {
            Self::Newcomer => answers.newcomer.clone(),
            Self::Title => answers.title.clone(),
            Self::Start => typed::say_day(answers.brief.start),
            Self::End => typed::say_day(answers.brief.end),
        }
    }

    fn set(self, answers: &mut Answers, raw: &str) -> Result<(), String> {
        match self {
            Self::Newcomer => raw.trim().clone_into(&mut answers.newcomer),
            Self::Title => raw.trim().clone_into(&mut answers.title),
            Self::Start => answers.brief.start = typed::day(raw)?,
            Self::End => answers.brief.end = typed::day(raw)?,
        }
        Ok(())
    }
}

impl Wizard {
    /// The first step, with that partner where one is known.
    #[must_use]
    pub fn new(partner: Option<model::Id>, session: &Session) -> Self {
        let partners = partner.into_iter().collect();
        let mut wizard = Self {
            step: Step::Kind,
            answers: Answers {
                brief: Brief::new(ConventionKind::Cooperation, partners),
                newcomer: String::new(),
                title: String::new(),
            },
            form: Form::default(),
            outline: Outline::default(),
            done: false,
        };
        wizard.outline = wizard.outlined(session);
        wizard
    }

    /// Whether its draft is made, or not wanted.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// Whether that partner is one of the parties.
    #[must_use]
    pub fn is_with(&self, partner: model::Id) -> bool {
        self.answers.brief.partners.contains(&partner)
    }

    /// Where the keyboard begins.
    #[must_use]
    pub const fn first(&self) -> &'static str {
        self.step.first()
    }
}

impl Screen for Wizard {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "wizard"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        let brief = &mut self.answers.brief;
        let mut actions = Vec::new();
        match message {
            Message::Step(step) => {
                self.step = step;
                actions.push(Action::Focus(Id::new(step.first())));
            }
            // Chosen once more, it is the answer of this step.
            Message::Kind(kind) if kind == brief.kind => {
                return self.update(Message::Step(Step::Parties), session);
            }
            Message::Beside { rank, down } => {
                let last = ConventionKind::ALL.len() - 1;
                let to = if down {
                    (rank + 1).min(last)
                } else {
                    rank.saturating_sub(1)
                };
                if let Some(kind) = ConventionKind::ALL.get(to).filter(|_| to != rank) {
                    actions = self.update(Message::Kind(*kind), session);
                }
                actions.push(Action::Focus(Id::from(format!("wizard.kind.{to}"))));
                return actions;
            }
            Message::Kind(kind) => {
                let fresh = Brief::new(kind, Vec::new());
                brief.kind = kind;
                brief.money = fresh.money;
                let suits = |id: &model::Id| {
                    let clause = session.records().clause(*id);
                    clause.is_some_and(|clause| clause.suits(kind))
                };
                brief.own_clauses.retain(suits);
            }
            Message::With(partner) => {
                brief.partners.push(partner);
                actions.push(Action::Focus(Id::new(Step::Parties.first())));
            }
            Message::Without(partner) => {
                brief.partners.retain(|it| *it != partner);
                actions.push(Action::Focus(Id::new(Step::Parties.first())));
            }
            Message::Parent(parent) => brief.parent = parent,
            Message::Theme(theme) => toggle(&mut brief.themes, theme),
            Message::Scheme(scheme) => toggle(&mut brief.schemes, scheme),
            Message::OwnClause(clause) => toggle(&mut brief.own_clauses, clause),
            Message::Language(tag) => toggle(&mut brief.languages, Lang::new(tag)),
            Message::Money => brief.money = !brief.money,
            Message::Cofunding => brief.cofunding = !brief.cofunding,
            Message::PassingOn => brief.passing_on = !brief.passing_on,
            Message::Typed(field, typing) => {
                let heard = self.form.hear(
                    field,
                    typing,
                    &self.answers,
                    |answers| field.say(answers),
                    |answers, raw| field.set(answers, raw),
                );
                if let Heard::Becomes(answers) = heard {
                    self.answers = answers;
                }
            }
            Message::Make => return self.make(session),
            Message::Close => {
                self.done = true;
                return vec![Action::Back];
            }
        }
        self.outline = self.outlined(session);
        actions
    }

    /// Records changed: so may what the draft will hold.
    fn follow(&mut self, session: &Session) -> Task<Message> {
        let partners = &mut self.answers.brief.partners;
        partners.retain(|it| session.records().partner(*it).is_some());
        self.outline = self.outlined(session);
        Task::none()
    }

    /// Back to where one was.
    fn escape(&mut self, _: &Session) -> Option<Vec<Action<Message>>> {
        let told = "La convention n’est pas créée\u{a0}: «\u{a0}Nouvelle convention\u{a0}» rend vos réponses.";
        Some(vec![Action::Back, Action::Notify(Notice::calm(told))])
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(session, palette)
    }
}

impl Wizard {
    fn outlined(&self, session: &Session) -> Outline {
        // Only what the draft says is kept of it.
        match self.drafted(session, &mut Ids::counted(0)) {
            Ok((draft, _)) => {
                let titled = |texts: &[model::Text]| {
                    texts
                        .first()
                        .map_or_else(String::new, |text| text.title.clone())
                };
                let convention = draft.convention;
                Outline {
                    articles: convention
                        .articles
                        .iter()
                        .map(|it| titled(&it.texts))
                        .collect(),
                    annexes: convention
                        .annexes
                        .iter()
                        .map(|it| titled(&it.texts))
                        .collect(),
                    title: convention.title,
                    to_review: draft.to_review,
                    wants: None,
                }
            }
            Err(wants) => Outline {
                wants: Some(wants.to_string()),
                ..Outline::default()
            },
        }
    }

    /// The draft, and the partner that comes with it where that one was not there yet.
    fn drafted(
        &self,
        session: &Session,
        ids: &mut Ids,
    ) -> Result<(drafting::Draft, Option<Partner>), CannotDraft> {
        let mut records = session.records().clone();
        let mut brief = self.answers.brief.clone();
        let newcomer = (!self.answers.newcomer.is_empty()).then(|| {
            let nature = if brief.kind.is_grant() || brief.kind == ConventionKind::Emergency {
                Nature::Association
            } else {
                Nature::ForeignAuthority
            };
            Partner::new(ids.next_id(), nature, Name::new(&self.answers.newcomer))
        });
        if let Some(partner) = &newcomer {
            records.apply(&Change::create("", Record::Partner(partner.clone())));
            brief.partners.push(partner.id);
        }
        let mut draft = drafting::draft(&brief, &records, session.reference(), ids)?;
        if !self.answers.title.is_empty() {
            draft.convention.title.clone_from(&self.answers.title);
        }
        Ok((draft, newcomer))
    }

    fn make(&mut self, session: &Session) -> Vec<Action<Message>> {
        if self.form.faults() > 0 {
            self.step = Step::About;
            return vec![Action::Notify(Notice::wary(
                "Corrigez d’abord ce qui est signalé.",
            ))];
        }
        let (draft, newcomer) = match session.with_ids(|ids| self.drafted(session, ids)) {
            Ok(made) => made,
            Err(wants) => {
                self.step = match wants {
                    CannotDraft::EndsBeforeItBegins => Step::About,
                    _ => Step::Parties,
                };
                return vec![
                    Action::Focus(Id::new(self.step.first())),
                    Action::Notify(Notice::wary(wants.to_string())),
                ];
            }
        };
        self.done = true;
        let id = draft.convention.id;
        let told = if draft.to_review {
            "La convention est rédigée d’après un modèle à relire\u{a0}: complétez ses blancs, puis faites-la relire."
        } else {
            "La convention est rédigée\u{a0}: complétez ses blancs et son budget."
        };
        let mut change = draft.change();
        if let Some(partner) = newcomer {
            let partner = Change::create("", Record::Partner(partner));
            change.edits.extend(partner.edits);
        }
        vec![
            Action::Edit(change),
            Action::Go(Route::Convention(id)),
            Action::Notify(Notice::calm(told)),
        ]
    }
}

fn toggle<T: PartialEq>(chosen: &mut Vec<T>, one: T) {
    match chosen.iter().position(|it| *it == one) {
        Some(place) => {
            chosen.remove(place);
        }
        None => chosen.push(one),
    }
}
