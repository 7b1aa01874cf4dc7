//! What the department writes with: its own clauses, offered in the wizard and beside articles, and the words that
//! its dictionary knows.

use iced::widget::{Column, Id as WidgetId, Row, column, container, row, text};
use iced::{Center, Element, Fill, Task};

use crate::app::editor::{self, Edited, Editor};
use crate::app::fonts::STRONG;
use crate::app::screen::convention::{EDITOR, look_of};
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Form, Heard, Typing, disclosure, entry, labelled, section};
use crate::app::widget::{button, field, quiet, row_button, select, several};
use crate::document::{field_guide, fields_of_clauses};
use crate::model::{
    Authority, Change, ConventionKind, Id, Kind, Lang, OwnClause, Record, RecordId, Text, quoted,
    roles, sort_key,
};

/// See the module.
#[derive(Default)]
pub struct Writing {
    open: Option<Open>,
    form: Form<Field>,
    word: String,
    /// Whether all the fields are listed.
    guide: bool,
}

/// A clause being changed.
struct Open {
    id: Id,
    editor: Editor,
}

/// An entry of the clause that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Its title.
    Title,
    /// What its author should know.
    Guidance,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A clause is opened, or closed.
    Open(Id),
    /// A clause more.
    Add,
    /// That clause is no longer there.
    Remove(Id),
    /// Something is typed.
    Form(Field, Typing),
    /// What the clause is for.
    Role(Option<String>),
    /// It is offered for that kind, or no longer.
    Offered(ConventionKind),
    /// In its text.
    Editor(editor::Message),
    /// A word is typed.
    Word(String),
    /// It joins the dictionary.
    Learn,
    /// That word leaves it.
    Forget(String),
    /// The fields are listed, or no longer.
    Guide,
}

/// Where the title of a clause is typed.
pub const TITLE: &str = "writing.title";

/// Where a word is typed.
pub const WORD: &str = "writing.word";

impl Writing {
    /// Records changed.
    pub fn follow(&mut self, session: &Session) {
        let Some(open) = &mut self.open else { return };
        match session.records().clause(open.id) {
            Some(clause) => open.editor.patch(&text_of(clause), &fields()),
            None => self.open = None,
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Open(id) => {
                let is_open = self.open.as_ref().is_some_and(|open| open.id == id);
                self.open = session
                    .records()
                    .clause(id)
                    .filter(|_| !is_open)
                    .map(Open::new);
                self.form = Form::default();
                vec![Action::Rest]
            }
            Message::Add => {
                let clause = OwnClause {
                    id: session.fresh_id(),
                    title: "Nouvelle clause".to_owned(),
                    role: None,
                    kinds: Vec::new(),
                    guidance: String::new(),
                    paragraphs: Vec::new(),
                };
                self.open = Some(Open::new(&clause));
                vec![
                    Action::Edit(Change::create("Ajouter une clause", Record::Clause(clause))),
                    Action::Focus(WidgetId::new(TITLE)),
                ]
            }
            Message::Remove(id) => {
                let Some(before) = session.records().get(record_of(id)) else {
                    return Vec::new();
                };
                self.open = None;
                let label = format!("Supprimer la clause {}", quoted(before.title()));
                let told = format!("{label}. Les conventions qui l’ont reprise la gardent.");
                vec![
                    Action::Edit(Change::delete(label, before.clone())),
                    Action::Notify(Notice::calm(told).undoable()),
                ]
            }
            Message::Form(field, typing) => self.typed(field, typing, session),
            Message::Role(role) => self.edit("role", session, |clause| clause.role = role),
            Message::Offered(kind) => self.edit("kinds", session, |clause| {
                match clause.kinds.iter().position(|it| *it == kind) {
                    Some(place) => drop(clause.kinds.remove(place)),
                    None => clause.kinds.push(kind),
                }
            }),
            Message::Editor(message) => self.write(message, session),
            Message::Word(word) => {
                self.word = word;
                Vec::new()
            }
            Message::Learn => {
                let word = std::mem::take(&mut self.word);
                learn(&word, session)
                    .map(Action::Edit)
                    .into_iter()
                    .collect()
            }
            Message::Guide => {
                self.guide = !self.guide;
                Vec::new()
            }
            Message::Forget(word) => edit_words(
                format!("Retirer «\u{a0}{word}\u{a0}» du dictionnaire"),
                session,
                |ours| ours.words.retain(|it| *it != word),
            )
            .map(Action::Edit)
            .into_iter()
            .collect(),
        }
    }

    fn clause<'a>(&self, session: &'a Session) -> Option<&'a OwnClause> {
        session.records().clause(self.open.as_ref()?.id)
    }

    fn typed(&mut self, field: Field, typing: Typing, session: &Session) -> Vec<Action<Message>> {
        let Some(clause) = self.clause(session) else {
            return Vec::new();
        };
        let heard = self.form.hear(
            field,
            typing,
            clause,
            |clause| say(clause, field),
            |clause, raw| set(clause, field, raw),
        );
        match heard {
            Heard::Nothing => Vec::new(),
            Heard::Left => vec![Action::Rest],
            Heard::Becomes(after) => self.edit(&format!("{field:?}"), session, |it| *it = after),
        }
    }

    fn write(&mut self, message: editor::Message, session: &Session) -> Vec<Action<Message>> {
        let mut actions = Vec::new();
        if message.takes_the_focus() {
            actions.push(Action::Focus(WidgetId::new(EDITOR)));
        }
        let mends = message.may_want_mending();
        let edited = self
            .open
            .as_mut()
            .and_then(|open| open.editor.update(message));
        if let Some(Edited { paragraphs, typing }) = edited {
            if !typing {
                actions.push(Action::Rest);
            }
            actions.extend(self.edit("paragraphs", session, |it| it.paragraphs = paragraphs));
            if mends {
                actions.push(Action::Run(Task::done(Message::Editor(
                    editor::Message::Mend,
                ))));
            }
        }
        actions
    }

    /// The clause that is open becomes that, under one thing to undo with what was done to the same part of it.
    fn edit(
        &self,
        part: &str,
        session: &Session,
        edit: impl FnOnce(&mut OwnClause),
    ) -> Vec<Action<Message>> {
        let Some(clause) = self.clause(session) else {
            return Vec::new();
        };
        let mut after = clause.clone();
        edit(&mut after);
        let Some(before) = session
            .records()
            .get(record_of(clause.id))
            .filter(|_| after != *clause)
        else {
            return Vec::new();
        };
        let label = format!("Modifier la clause «\u{a0}{}\u{a0}»", clause.title);
        let change = Change::replace(label, before.clone(), Record::Clause(after));
        vec![Action::Edit(change.coalescing(part))]
    }

    /// The part of the settings.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let can_edit = !session.is_read_only();
        let add = can_edit.then(|| button("Ajouter une clause", palette).on_press(Message::Add));
        column![
            section(
                "Clauses du service",
                add,
                self.clauses(can_edit, session, palette),
                palette
            ),
            section(
                "Dictionnaire du service",
                [],
                self.words(can_edit, session, palette),
                palette
            ),
            section("Champs", [], self.fields(palette), palette),
        ]
        .spacing(18)
        .into()
    }

    fn clauses<'a>(
        &'a self,
        can_edit: bool,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut all: Vec<&OwnClause> = session.records().clauses().collect();
        all.sort_by_cached_key(|clause| sort_key(&clause.title));
        if all.is_empty() {
            return text(
                "Un article bien écrit peut resservir\u{a0}: «\u{a0}Garder comme clause du service\u{a0}», dans une \
                 convention, le range ici. L’assistant le propose ensuite, et l’éditeur l’insère ou le met à la place \
                 d’un autre.",
            )
            .size(15)
            .color(palette.muted)
            .into();
        }
        let mut lines = Column::new().spacing(4);
        for clause in all {
            let open = self.open.as_ref().filter(|open| open.id == clause.id);
            let sign = if open.is_some() { '▾' } else { '▸' };
            let head = row![
                text(format!("{sign} {}", clause.title))
                    .size(15)
                    .font(STRONG),
                text(for_what(clause))
                    .size(14)
                    .color(palette.muted)
                    .width(Fill),
            ]
            .spacing(10)
            .align_y(Center);
            lines = lines
                .push(row_button(head, open.is_some(), palette).on_press(Message::Open(clause.id)));
            if let Some(open) = open.filter(|_| can_edit) {
                lines = lines.push(self.opened(open, clause, palette));
            }
        }
        lines.into()
    }

    fn opened<'a>(
        &'a self,
        open: &'a Open,
        clause: &'a OwnClause,
        palette: Palette,
    ) -> Element<'a, Message> {
        let typed = |label, field, id| {
            entry(
                label,
                self.form.shown(field, say(clause, field)),
                id,
                palette,
                move |typing| Message::Form(field, typing),
            )
        };
        let roles = std::iter::once((None, "Sans rôle".to_owned())).chain(
            roles::ALL
                .into_iter()
                .map(|(role, label)| (Some(role.to_owned()), label.to_owned())),
        );
        let role = select(
            roles,
            Some(&clause.role),
            "writing.role",
            palette,
            Message::Role,
        );
        let kinds = ConventionKind::ALL.map(|kind| {
            let on = clause.kinds.contains(&kind);
            (kind, kind.label().to_owned(), on)
        });
        let editor = open
            .editor
            .view(look_of(palette), palette)
            .map(Message::Editor);
        container(
            column![
                row![
                    container(typed("Titre de l’article", Field::Title, TITLE)).width(Fill),
                    container(labelled("Rôle", role, palette)).width(240),
                ]
                .spacing(16),
                labelled(
                    "Proposée pour (aucun genre\u{a0}: pour tous)",
                    several(kinds, "writing.kinds", palette, Message::Offered),
                    palette,
                ),
                typed(
                    "Conseil à qui l’emploie",
                    Field::Guidance,
                    "writing.guidance"
                ),
                labelled("Texte", container(editor).height(320), palette),
                quiet("Supprimer la clause", palette).on_press(Message::Remove(clause.id)),
            ]
            .spacing(14),
        )
        .padding([8, 20])
        .into()
    }

    fn fields<'a>(&'a self, palette: Palette) -> Element<'a, Message> {
        let said = "Un champ prend sa valeur dans les fiches et le budget\u{a0}: rien ne se recopie. Dans un texte, \
                    Ctrl+Espace en ouvre la liste\u{a0}; quelques lettres suffisent.";
        column![
            text(said).size(15).color(palette.muted),
            disclosure(
                "Tous les champs",
                "noms, montants, dates, renvois",
                self.guide,
                Message::Guide,
                || all_fields(palette),
                palette,
            ),
        ]
        .spacing(12)
        .into()
    }

    fn words<'a>(
        &'a self,
        can_edit: bool,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let words = &session.records().authority().words;
        let mut parts = column![
            text(
                "Les mots que l’orthographe ne signale pas, pour tous ceux qui écrivent dans cet espace. Les noms des \
                 partenaires, des personnes et des pays sont connus d’eux-mêmes."
            )
            .size(15)
            .color(palette.muted)
        ]
        .spacing(12);
        if can_edit {
            parts = parts.push(
                row![
                    field(&self.word, "Un mot", WORD, palette, Message::Word)
                        .on_submit(Message::Learn)
                        .width(260),
                    button("Ajouter", palette).on_press(Message::Learn),
                ]
                .spacing(10)
                .align_y(Center),
            );
        }
        let pills = words.iter().map(|word| {
            let forget = can_edit.then(|| Message::Forget(word.clone()));
            button(format!("{word}  ×"), palette)
                .on_press_maybe(forget)
                .padding([4, 10])
                .into()
        });
        parts
            .push(
                Row::with_children(pills)
                    .spacing(6)
                    .wrap()
                    .vertical_spacing(6),
            )
            .into()
    }
}

/// Every field, by what an officer calls it and by its name.
fn all_fields<'a>(palette: Palette) -> Element<'a, Message> {
    let lines = field_guide().into_iter().map(|field| {
        row![
            text(field.label).size(15).width(Fill),
            text(format!("{{{{{}}}}}", field.name))
                .size(14)
                .color(palette.muted)
                .width(Fill),
        ]
        .spacing(12)
        .into()
    });
    Column::with_children(lines).spacing(4).into()
}

impl Open {
    fn new(clause: &OwnClause) -> Self {
        Self {
            id: clause.id,
            editor: Editor::new(&text_of(clause), &fields()),
        }
    }
}

/// The change by which the department's dictionary knows one more word; none when it does already.
#[must_use]
pub fn learn(word: &str, session: &Session) -> Option<Change> {
    let word = word.trim();
    if word.is_empty() || word.contains(char::is_whitespace) {
        return None;
    }
    let label = format!("Ajouter «\u{a0}{word}\u{a0}» au dictionnaire");
    edit_words(label, session, |ours| {
        if !ours.words.iter().any(|known| known == word) {
            ours.words.push(word.to_owned());
            ours.words.sort_by_cached_key(|word| sort_key(word));
        }
    })
}

fn edit_words(
    label: String,
    session: &Session,
    edit: impl FnOnce(&mut Authority),
) -> Option<Change> {
    let before = session.records().get(RecordId {
        kind: Kind::Authority,
        id: Id::SINGLE,
    })?;
    let ours = session.records().authority();
    let mut after = ours.clone();
    edit(&mut after);
    (after != *ours).then(|| Change::replace(label, before.clone(), Record::Authority(after)))
}

const fn record_of(id: Id) -> RecordId {
    RecordId {
        kind: Kind::Clause,
        id,
    }
}

fn text_of(clause: &OwnClause) -> Text {
    Text::new(Lang::french(), clause.paragraphs.clone())
}

fn fields() -> Vec<editor::Field> {
    fields_of_clauses()
        .into_iter()
        .map(|field| editor::Field {
            name: field.name,
            label: field.label,
            value: field.value,
        })
        .collect()
}

fn for_what(clause: &OwnClause) -> String {
    match clause.kinds.as_slice() {
        [] => "pour tous les genres".to_owned(),
        [one] => one.label().to_lowercase(),
        several => format!("pour {} genres", several.len()),
    }
}

fn say(clause: &OwnClause, field: Field) -> String {
    match field {
        Field::Title => clause.title.clone(),
        Field::Guidance => clause.guidance.clone(),
    }
}

fn set(clause: &mut OwnClause, field: Field, raw: &str) -> Result<(), String> {
    match field {
        Field::Title if raw.trim().is_empty() => return Err("Donnez un titre.".to_owned()),
        Field::Title => raw.trim().clone_into(&mut clause.title),
        Field::Guidance => raw.trim().clone_into(&mut clause.guidance),
    }
    Ok(())
}
