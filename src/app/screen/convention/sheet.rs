//! The sheet of a convention: what is known of it beside its text, its acts, what it brings, and what is done to the
//! whole of it.

use iced::widget::text_editor;
use iced::widget::{Column, column, row, text};
use iced::{Center, Element, Fill};

use super::begun::Begun;
use super::fields::{Field, Side, say, set};
use super::{Convention, Message as Above};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{
    Cell, Heard, Shown, Typing, area, columns, disclosure, entry, labelled, said, section,
};
use crate::app::widget::{button, link, quiet, select, several};
use crate::model::{self, Budget, Change, ConventionKind, Id, Outcome, Record, quoted};

/// What happens to the whole of a convention.
#[derive(Debug, Clone)]
pub enum Message {
    /// Its kind is another.
    Kind(ConventionKind),
    /// Somebody follows it, or nobody.
    InCharge(Option<Id>),
    /// It has that budget, or none.
    Budget(Option<Id>),
    /// Its budget is opened.
    OpenBudget,
    /// It gets a budget of its own, paid by its parties over its term.
    NewBudget,
    /// It carries out, amends or renews that one, or none.
    Parent(Option<Id>),
    /// A theme more, or less.
    Theme(String),
    /// A goal more, or less.
    Goal(u8),
    /// A result more.
    AddOutcome(Side),
    /// A result less.
    RemoveOutcome(Side, Id),
    /// What is less often needed is shown, or hidden.
    More,
    /// The same convention once more, to be written anew.
    Duplicate,
    /// It is deleted; Ctrl+Z brings it back.
    Delete,
}

impl Convention {
    /// What an entry shows of the convention.
    pub(super) fn shown<'a>(&'a self, field: Field, session: &Session) -> Shown<'a> {
        let said = session
            .records()
            .convention(self.id)
            .map_or_else(String::new, |it| say(it, field, session.reference()));
        self.form.shown(field, said)
    }

    /// Reads what is typed in an entry.
    pub(super) fn type_field(
        &mut self,
        field: Field,
        typing: Typing,
        session: &Session,
    ) -> Vec<Action<Above>> {
        let Some(before) = session.records().get(self.record()) else {
            return Vec::new();
        };
        let Record::Convention(present) = before.as_ref() else {
            return Vec::new();
        };
        let reference = session.reference();
        let heard = self.form.hear(
            field,
            typing,
            &self.with_begun(present),
            |it| say(it, field, reference),
            |it, raw| set(it, field, raw, reference),
        );
        match heard {
            Heard::Becomes(after) => {
                let change = self.change(session, field.change(), |it| *it = after);
                let change = change.map(|it| it.coalescing(format!("{field:?}")));
                change.map(Action::Edit).into_iter().collect()
            }
            Heard::Left => vec![Action::Rest],
            Heard::Nothing => Vec::new(),
        }
    }

    /// Reads what is written in an entry of several lines.
    pub(super) fn write_area(
        &mut self,
        field: Field,
        action: text_editor::Action,
        session: &Session,
    ) -> Vec<Action<Above>> {
        let (area, action) = match field {
            // A title has one line, however many it is shown on.
            Field::Title => match on_one_line(action) {
                Some(action) => (&mut self.title, action),
                None => return Vec::new(),
            },
            Field::Object => (&mut self.object, action),
            _ => (&mut self.notes, action),
        };
        match area.hear(action) {
            Some(said) => self.type_field(field, Typing::Typed(said), session),
            None => Vec::new(),
        }
    }

    /// Reads what happens to the whole of it.
    pub(super) fn update_sheet(
        &mut self,
        message: Message,
        session: &Session,
    ) -> Vec<Action<Above>> {
        match message {
            Message::Kind(kind) => {
                self.edit(session, "Changer le genre", |after| after.kind = kind)
            }
            Message::InCharge(person) => self.edit(session, "Changer le suivi", |after| {
                after.in_charge = person;
            }),
            Message::Budget(budget) => self.edit(session, "Choisir le budget", |after| {
                after.budget = budget;
            }),
            Message::OpenBudget => {
                let convention = session.records().convention(self.id);
                let budget = convention.and_then(|it| it.budget);
                budget
                    .map(|id| Action::Go(Route::Budget(id)))
                    .into_iter()
                    .collect()
            }
            Message::NewBudget => self.new_budget(session),
            Message::Parent(parent) => self.edit(session, "Rattacher la convention", |after| {
                after.parent = parent;
            }),
            Message::Theme(theme) => self.edit(session, "Modifier les thèmes", |after| {
                toggle(&mut after.themes, theme);
            }),
            Message::Goal(goal) => self.edit(session, "Modifier les ODD", |after| {
                toggle(&mut after.odd, goal);
                after.odd.sort_unstable();
            }),
            Message::AddOutcome(side) => {
                let outcome = Outcome {
                    id: session.fresh_id(),
                    text: String::new(),
                    indicator: None,
                };
                let id = outcome_id(side, outcome.id);
                self.begun = Some(Begun::Outcome(side, outcome));
                vec![Action::Rest, Action::Focus(id.into())]
            }
            Message::RemoveOutcome(side, id) => {
                let is_it = |it: &mut Begun| matches!(it, Begun::Outcome(_, it) if it.id == id);
                self.begun.take_if(is_it);
                let mut actions = self.edit(session, "Retirer un résultat", |after| {
                    side.of_mut(after).retain(|it| it.id != id);
                });
                actions.push(Action::Focus(add_id(side)));
                actions
            }
            Message::More => {
                self.more = !self.more;
                Vec::new()
            }
            Message::Duplicate => self.duplicate_all(session),
            Message::Delete => {
                let Some(before) = session.records().get(self.record()) else {
                    return Vec::new();
                };
                let label = format!("Supprimer {}", quoted(before.title()));
                vec![
                    Action::Edit(Change::delete(label, before.clone())),
                    Action::Go(Route::Conventions),
                    Action::Notify(Notice::calm("La convention est supprimée.").undoable()),
                ]
            }
        }
    }

    /// A budget over the convention's term, paid by its parties, and the convention that names it: one change.
    fn new_budget(&mut self, session: &Session) -> Vec<Action<Above>> {
        let Some(convention) = session.records().convention(self.id) else {
            return Vec::new();
        };
        let title = session.records().short_title(convention);
        let budget = session.with_ids(|ids| {
            let term = (convention.start, convention.end);
            Budget::of_parties(title, term, &convention.parties, ids)
        });
        let id = budget.id;
        let attached = self.change(session, "Créer le budget de la convention", |after| {
            after.budget = Some(id);
            after.budget_years.clear();
        });
        let Some(mut change) = attached else {
            return Vec::new();
        };
        let created = Change::create(String::new(), Record::Budget(budget));
        change.edits.extend(created.edits);
        vec![Action::Edit(change), Action::Go(Route::Budget(id))]
    }

    /// A copy that nothing has happened to: its text, its parties and its dates to be changed.
    fn duplicate_all(&mut self, session: &Session) -> Vec<Action<Above>> {
        let Some(convention) = session.records().convention(self.id) else {
            return Vec::new();
        };
        let copy = model::Convention {
            id: session.fresh_id(),
            title: format!("{} (copie)", convention.title),
            acts: Vec::new(),
            pieces: Vec::new(),
            set_aside: Vec::new(),
            version: 0,
            ..convention.clone()
        };
        let id = copy.id;
        let label = format!("Dupliquer {}", quoted(&convention.title));
        vec![
            Action::Edit(Change::create(label, Record::Convention(copy))),
            Action::Go(Route::Convention(id)),
        ]
    }

    /// The sheet.
    pub(super) fn sheet<'a>(
        &'a self,
        convention: &'a model::Convention,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let mut page = column![
            text("Fiche").size(20).font(STRONG),
            section(
                "En bref",
                [],
                columns(width, self.general(convention, session, palette)),
                palette,
            ),
            self.acts(convention, width, session, palette),
        ]
        .spacing(16);

        page = page.push(match self.pieces.item() {
            None => section(
                "Pièces",
                [],
                self.pieces.view(session, palette).map(Above::Pieces),
                palette,
            ),
            Some(_) => {
                row![button("Pièces de la convention", palette).on_press(Above::PiecesOf(None))]
                    .into()
            }
        });
        page = page.push(disclosure(
            "Compléter",
            "thèmes, ODD, résultats ici et là-bas, notes du service",
            self.more,
            Above::Sheet(Message::More),
            || self.complements(convention, session, palette),
            palette,
        ));
        if !session.is_read_only() {
            page = page.push(
                row![
                    button("Dupliquer la convention", palette)
                        .on_press(Above::Sheet(Message::Duplicate)),
                    button("Supprimer la convention", palette)
                        .on_press(Above::Sheet(Message::Delete)),
                ]
                .spacing(8),
            );
        }
        page.into()
    }

    fn general<'a>(
        &'a self,
        convention: &'a model::Convention,
        session: &'a Session,
        palette: Palette,
    ) -> Vec<Cell<'a, Above>> {
        let records = session.records();
        // Once it is signed, what its text says does not change any more.
        let locked = session.is_read_only() || self.is_signed(session);
        let typed = |label, field, id, example| -> Element<'a, Above> {
            entry(
                label,
                self.shown(field, session),
                id,
                palette,
                move |typing| Above::Form(field, typing),
            )
            .example(example)
            .locked(locked)
            .into()
        };
        let pick = |label, picked: Element<'a, Above>| labelled(label, picked, palette);

        let kind: Element<'a, Above> = if locked {
            text(convention.kind.label()).size(15).into()
        } else {
            let kinds = ConventionKind::ALL.map(|kind| (kind, kind.label().to_owned()));
            let to = |kind| Above::Sheet(Message::Kind(kind));
            select(kinds, Some(&convention.kind), "sheet.kind", palette, to).into()
        };
        let people = std::iter::once((None, "Personne pour l’instant".to_owned())).chain(
            records
                .contacts_of(None)
                .map(|person| (Some(person.id), person.name.clone())),
        );
        let budgets = std::iter::once((None, "Sans budget".to_owned())).chain(
            records
                .budgets()
                .map(|budget| (Some(budget.id), budget.title.clone())),
        );
        let others = std::iter::once((None, "À aucune autre".to_owned())).chain(
            records
                .conventions_sorted()
                .filter(|other| other.id != convention.id)
                .map(|other| (Some(other.id), other.title.clone())),
        );

        let mut cells = vec![
            Cell::Wide(self.entry_of_lines("Titre", Field::Title, locked, session, palette)),
            Cell::Half(pick("Genre", kind)),
            Cell::Half(pick(
                "Suivie par",
                select(
                    people,
                    Some(&convention.in_charge),
                    "sheet.in-charge",
                    palette,
                    |it| Above::Sheet(Message::InCharge(it)),
                )
                .locked(session.is_read_only())
                .into(),
            )),
            Cell::Short(typed("Début", Field::Start, "sheet.start", "JJ/MM/AAAA")),
            Cell::Short(typed("Fin", Field::End, "sheet.end", "JJ/MM/AAAA")),
        ];
        if convention.taken_over.is_some() {
            cells.push(Cell::Wide(self.entry_of_lines(
                "Objet",
                Field::Object,
                session.is_read_only(),
                session,
                palette,
            )));
            cells.push(Cell::Half(typed(
                "Notre engagement",
                Field::Amount,
                "sheet.amount",
                "aucun",
            )));
        } else {
            cells.push(Cell::Half(typed(
                "Prise d’effet, si le texte en nomme une",
                Field::Effect,
                "sheet.effect",
                "JJ/MM/AAAA",
            )));
            let commitment = session.commitment(convention).map_or_else(
                || "aucun budget n’est lié".to_owned(),
                |(amount, currency)| french::amount(amount, &currency, session.reference()),
            );
            cells.push(Cell::Half(pick(
                "Notre engagement, d’après le budget",
                text(commitment).size(15).into(),
            )));
        }
        let (words, message) = match convention.budget {
            Some(_) => ("Ouvrir le budget", Message::OpenBudget),
            None => ("Créer son budget", Message::NewBudget),
        };
        let open = (convention.budget.is_some() || !session.is_read_only())
            .then(|| Element::from(link(words, palette).on_press(Above::Sheet(message))));
        let budget = select(
            budgets,
            Some(&convention.budget),
            "sheet.budget",
            palette,
            |it| Above::Sheet(Message::Budget(it)),
        )
        .locked(session.is_read_only());
        cells.push(Cell::Half(pick(
            "Budget",
            column![budget].push(open).spacing(4).into(),
        )));
        cells.push(Cell::Half(typed(
            "Années du budget",
            Field::Years,
            "sheet.years",
            "toutes",
        )));
        cells.push(Cell::Wide(pick(
            "Se rattache à",
            select(
                others,
                Some(&convention.parent),
                "sheet.parent",
                palette,
                |it| Above::Sheet(Message::Parent(it)),
            )
            .locked(session.is_read_only())
            .into(),
        )));
        for signer in convention.taken_over.iter().flat_map(|it| &it.signatories) {
            cells.push(Cell::Half(
                entry(
                    "Signataire, comme écrit",
                    self.shown(Field::Signer(signer.id), session),
                    format!("sheet.signer.{}", signer.id),
                    palette,
                    |typing| Above::Form(Field::Signer(signer.id), typing),
                )
                .locked(locked)
                .into(),
            ));
            cells.push(Cell::Half(
                entry(
                    "Fonction",
                    self.shown(Field::Function(signer.id), session),
                    format!("sheet.function.{}", signer.id),
                    palette,
                    |typing| Above::Form(Field::Function(signer.id), typing),
                )
                .locked(locked)
                .into(),
            ));
        }
        cells
    }

    /// An entry that shows all that it says, on as many lines as it takes.
    fn entry_of_lines<'a>(
        &'a self,
        label: &'a str,
        field: Field,
        locked: bool,
        session: &Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let shown = self.shown(field, session);
        if locked {
            return said(label, &shown.text, palette);
        }
        let (entry, id, height) = match field {
            Field::Title => (&self.title, "sheet.title", 0.0),
            Field::Object => (&self.object, "sheet.object", 70.0),
            _ => (&self.notes, "sheet.notes", 90.0),
        };
        let on = move |action| Above::Area(field, action);
        let fault = shown.fault.map(|fault| {
            let words = format!("▲ {fault}");
            text(words).size(14).color(palette.grave)
        });
        column![area(label, entry, id, height, palette, on)]
            .push(fault)
            .spacing(4)
            .into()
    }

    fn complements<'a>(
        &'a self,
        convention: &'a model::Convention,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let themes = session.reference().themes().iter().map(|theme| {
            let on = convention.themes.contains(&theme.id);
            (theme.id.clone(), theme.label.clone(), on)
        });
        let goals = session.reference().goals().iter().map(|goal| {
            let on = convention.odd.contains(&goal.number);
            (goal.number, format!("{} {}", goal.number, goal.label), on)
        });
        column![
            labelled(
                "Thèmes",
                several(themes, "sheet.themes", palette, |it| {
                    Above::Sheet(Message::Theme(it))
                }),
                palette,
            ),
            labelled(
                "Objectifs de développement durable",
                several(goals, "sheet.odd", palette, |it| {
                    Above::Sheet(Message::Goal(it))
                }),
                palette,
            ),
            self.outcomes(Side::Here, convention, session, palette),
            self.outcomes(Side::There, convention, session, palette),
            self.entry_of_lines(
                "Notes du service, jamais imprimées",
                Field::Notes,
                session.is_read_only(),
                session,
                palette,
            ),
        ]
        .spacing(16)
        .into()
    }

    fn outcomes<'a>(
        &'a self,
        side: Side,
        convention: &'a model::Convention,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let title = match side {
            Side::Here => "Résultats ici",
            Side::There => "Résultats là-bas",
        };
        let begun = match &self.begun {
            Some(Begun::Outcome(of, begun)) if *of == side => Some(begun),
            _ => None,
        };
        let lines = side.of(convention).iter().chain(begun).map(|outcome| {
            let id = outcome.id;
            let typed = |label, field, name: String| {
                entry(
                    label,
                    self.shown(field, session),
                    name,
                    palette,
                    move |typing| Above::Form(field, typing),
                )
            };
            row![
                typed("Résultat", Field::Outcome(side, id), outcome_id(side, id)),
                typed(
                    "Indicateur",
                    Field::Indicator(side, id),
                    format!("sheet.indicator.{id}")
                ),
                quiet("Retirer", palette).on_press(Above::Sheet(Message::RemoveOutcome(side, id))),
            ]
            .spacing(8)
            .align_y(Center)
            .width(Fill)
            .into()
        });
        section(
            title,
            [quiet("+ Ajouter un résultat", palette)
                .id(add_id(side))
                .on_press(Above::Sheet(Message::AddOutcome(side)))],
            Column::with_children(lines).spacing(10),
            palette,
        )
    }
}

/// What an entry of one line does of it.
fn on_one_line(action: text_editor::Action) -> Option<text_editor::Action> {
    use text_editor::{Action, Edit};
    match action {
        Action::Edit(Edit::Enter) => None,
        Action::Edit(Edit::Paste(words)) => {
            let words: Vec<&str> = words.lines().collect();
            Some(Action::Edit(Edit::Paste(words.join(" ").into())))
        }
        action => Some(action),
    }
}

/// Where the keyboard adds a result of that side.
fn add_id(side: Side) -> iced::widget::Id {
    format!("sheet.outcomes.{side:?}").into()
}

fn outcome_id(side: Side, id: Id) -> String {
    format!("sheet.outcome.{side:?}.{id}")
}

fn toggle<T: PartialEq>(items: &mut Vec<T>, item: T) {
    match items.iter().position(|it| *it == item) {
        Some(rank) => drop(items.remove(rank)),
        None => items.push(item),
    }
}
