//! What stands beside the tables: more of a line, of a funder or of an operation, and the budget as a whole.

mod whole;

use iced::widget::{Column, Row as Across, column, row, text, text_editor};
use iced::{Center, Element, Fill, Task};

use super::record;
use super::rows::Key;
use super::say::{Book, certainty};
use super::write;
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::screen::Action;
use crate::app::screen::partners::called;
use crate::app::screen::pieces::{self, Pieces};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Area, Cell, Form, Heard, Typing, columns, entry, labelled, typed};
use crate::app::widget::{button, checkbox, link, segmented, select};
use crate::model::{
    Amount, Budget, Certainty, Change, Currency, Foreign, HEADINGS, Holder, Id as RecordKey, Kind,
    Line, Record, RecordId, Section, Shelf, percent, split,
};
use crate::reference::{AID_TYPES, CHANNELS};

/// See the module.
#[derive(Debug)]
pub struct Detail {
    id: RecordKey,
    form: Form<Entry>,
    notes: Area,
    pieces: Pieces,
}

/// Something that is typed there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// The budget's title.
    Title,
    /// Its years.
    Years,
    /// What a line pays for.
    Label(RecordKey),
    /// The heading of a line, when it is none of the usual ones.
    Heading(RecordKey),
    /// The service's budget that pays a line.
    ServiceBudget(RecordKey),
    /// The M57 function of a line.
    Function(RecordKey),
    /// The M57 account of a line.
    Account(RecordKey),
    /// What a line costs in another currency.
    Foreign(RecordKey),
    /// The rate of that currency.
    Rate(RecordKey),
    /// The day of the rate.
    RateDay(RecordKey),
    /// Where the rate comes from.
    RateSource(RecordKey),
    /// What a funder pays of a line in a year.
    Share(RecordKey, RecordKey, i32),
    /// The call under which a funder pays.
    Call(RecordKey),
    /// The years of the budget that a convention covers.
    Covers(RecordKey),
}

/// What happens there.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something is typed.
    Typed(Entry, Typing),
    /// Remarks are typed.
    Notes(text_editor::Action),
    /// A line, a funder or an operation becomes that.
    Set(RecordKey, Value),
    /// What a line costs in another currency becomes what it costs.
    Take(RecordKey),
    /// A convention names this budget.
    Attach(RecordKey),
    /// A convention names it no more.
    Detach(RecordKey),
    /// The budget is for that partner, or not.
    Partner(RecordKey),
    /// Its currency.
    Currency(String),
    /// A page.
    Go(Route),
    /// Among its pieces.
    Pieces(pieces::Message),
}

/// What something chosen becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The heading of a line.
    Heading(String),
    /// The section of a line.
    Section(Section),
    /// Whether a line is in kind, or not.
    InKind,
    /// The scheme of a line.
    Scheme(Option<String>),
    /// The OECD purpose of a line.
    Purpose(Option<String>),
    /// Its type of aid.
    AidType(Option<String>),
    /// Its channel.
    Channel(Option<String>),
    /// Who receives it.
    Beneficiary(Option<RecordKey>),
    /// The other currency of a line.
    Currency(Option<String>),
    /// Who a funder is.
    Body(Option<RecordKey>),
    /// How sure a funder's money is.
    Certainty(Certainty),
    /// The proof of an operation, among the budget's pieces.
    Proof(Holder, Option<RecordKey>),
}

/// A width at which a form has two columns, for entries of figures, which are short.
const TWO: f32 = 600.0;

/// Where the keyboard writes the title of the budget.
pub const TITLE: &str = "budget.title";
/// Where it writes what a line pays for.
pub const LABEL: &str = "budget.line.label";
/// Where it writes the call of a funder.
pub const CALL: &str = "budget.funder.call";

impl Detail {
    pub(super) fn new(id: RecordKey) -> Self {
        Self {
            id,
            form: Form::default(),
            notes: Area::new(""),
            pieces: Pieces::new(Shelf::of(record(id))),
        }
    }

    pub(super) fn follow(&mut self, budget: &Budget, session: &Session) -> Task<Message> {
        self.notes
            .follow(budget.notes.as_deref().unwrap_or_default());
        self.pieces.follow(session).map(Message::Pieces)
    }

    pub(super) fn dropped(
        &mut self,
        file: std::path::PathBuf,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let actions = self.pieces.update(pieces::Message::Dropped(file), session);
        actions
            .into_iter()
            .map(|it| it.map(Message::Pieces))
            .collect()
    }

    pub(super) fn update(
        &mut self,
        message: Message,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let mut after = budget.clone();
        let label = match message {
            Message::Typed(Entry::Covers(convention), typing) => {
                return self.covers(convention, typing, session);
            }
            Message::Typed(entry, typing) => {
                let heard = self.form.hear(
                    entry,
                    typing,
                    budget,
                    |budget| say(budget, entry, session),
                    |budget, raw| set(budget, entry, raw, session),
                );
                return match heard {
                    Heard::Becomes(after) => {
                        let key = format!("{entry:?}");
                        self.edit("Modifier le budget", after, Some(key), session)
                    }
                    Heard::Left => vec![Action::Rest],
                    Heard::Nothing => Vec::new(),
                };
            }
            Message::Notes(action) => {
                let Some(said) = self.notes.hear(action) else {
                    return Vec::new();
                };
                after.notes = typed::optional(&said);
                let key = Some("notes".to_owned());
                return self.edit("Modifier les remarques", after, key, session);
            }
            Message::Set(id, value) => {
                put(&mut after, id, value, session);
                "Modifier le budget"
            }
            Message::Take(line) => {
                take(&mut after, line, session);
                "Reprendre le montant en devise"
            }
            Message::Partner(partner) => {
                if after.partners.contains(&partner) {
                    after.partners.retain(|it| *it != partner);
                } else {
                    after.partners.push(partner);
                }
                "Modifier les partenaires du budget"
            }
            Message::Currency(code) => {
                after.currency = Currency::new(&code);
                "Changer la monnaie du budget"
            }
            Message::Attach(convention) => {
                return attach(convention, Some(self.id), "Attacher le budget", session);
            }
            Message::Detach(convention) => {
                return attach(convention, None, "Détacher le budget", session);
            }
            Message::Go(route) => return vec![Action::Go(route)],
            Message::Pieces(message) => {
                let actions = self.pieces.update(message, session);
                let wrap = |it: Action<_>| it.map(Message::Pieces);
                return actions.into_iter().map(wrap).collect();
            }
        };
        self.edit(label, after, None, session)
    }

    fn edit(
        &self,
        label: &str,
        after: Budget,
        key: Option<String>,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let Some(before) = session.records().get(record(self.id)) else {
            return Vec::new();
        };
        let after = Record::Budget(after);
        if **before == after {
            return Vec::new();
        }
        let change = Change::replace(label, before.clone(), after);
        vec![Action::Edit(match key {
            Some(key) => change.coalescing(key),
            None => change,
        })]
    }

    /// The years that a convention covers are typed.
    fn covers(
        &mut self,
        convention: RecordKey,
        typing: Typing,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let Some(it) = session.records().convention(convention) else {
            return Vec::new();
        };
        let heard = self.form.hear(
            Entry::Covers(convention),
            typing,
            it,
            |it| typed::say_years(&it.budget_years),
            |it, raw| {
                it.budget_years = typed::years(raw)?;
                Ok(())
            },
        );
        let name = RecordId {
            kind: Kind::Convention,
            id: convention,
        };
        match (heard, session.records().get(name)) {
            (Heard::Becomes(after), Some(before)) => vec![Action::Edit(
                Change::replace(
                    "Changer les années couvertes",
                    before.clone(),
                    Record::Convention(after),
                )
                .coalescing(format!("covers {convention}")),
            )],
            (Heard::Left, _) => vec![Action::Rest],
            _ => Vec::new(),
        }
    }

    /// More of the row where the keyboard is.
    pub(super) fn of_row<'a>(
        &'a self,
        key: Option<Key>,
        book: Book<'a>,
        palette: Palette,
    ) -> Element<'a, Message> {
        let part = match key {
            Some(Key::Line(id)) => book
                .budget
                .line(id)
                .map(|line| self.of_line(line, book, palette)),
            Some(Key::Funder(id)) => self.of_funder(id, book, palette),
            Some(Key::Operation(holder, id)) => of_operation(holder, id, book, palette),
            _ => None,
        };
        part.unwrap_or_else(|| {
            text("Placez-vous sur une ligne, un financeur ou une opération\u{a0}: son détail paraît ici.")
                .size(15)
                .color(palette.muted)
                .into()
        })
    }

    fn field<'a>(
        &'a self,
        label: &'a str,
        of: Entry,
        id: impl Into<iced::widget::Id>,
        book: Book<'a>,
        palette: Palette,
    ) -> crate::app::widget::form::Entry<'a, Message> {
        let said = say(book.budget, of, book.session);
        entry(
            label,
            self.form.shown(of, said),
            id,
            palette,
            move |typing| Message::Typed(of, typing),
        )
        .locked(book.session.is_read_only())
    }

    fn of_line<'a>(
        &'a self,
        line: &'a Line,
        book: Book<'a>,
        palette: Palette,
    ) -> Element<'a, Message> {
        let (id, session) = (line.id, book.session);
        let reference = session.reference();
        let set = move |value| Message::Set(id, value);
        let headings = headings(book.budget).into_iter().map(|it| (it.clone(), it));
        let sections = [
            (Section::Running, "Fonctionnement".to_owned()),
            (Section::Capital, "Investissement".to_owned()),
        ];
        let schemes = reference.schemes().iter();
        let schemes = schemes.map(|it| (Some(it.id.clone()), it.label.clone()));
        let purposes = reference.purposes().iter();
        let purposes = purposes.map(|it| (Some(it.id.clone()), format!("{} {}", it.id, it.label)));
        let coded = |codes: &'static [(&'static str, &'static str)]| {
            let each = codes
                .iter()
                .map(|(code, label)| (Some((*code).to_owned()), format!("{code} {label}")));
            none("Non précisé").chain(each)
        };
        let bodies = session
            .records()
            .partners_sorted()
            .map(|it| (Some(it.id), called(it).to_owned()));

        let mut parts: Vec<Element<'a, Message>> = vec![
            text("Ligne de dépense").size(17).font(STRONG).into(),
            self.field("Ce qu’elle paie", Entry::Label(id), LABEL, book, palette)
                .into(),
            labelled(
                "Poste",
                select(
                    headings,
                    Some(&line.heading),
                    "budget.line.heading",
                    palette,
                    move |it| set(Value::Heading(it)),
                ),
                palette,
            ),
            self.field(
                "Autre poste",
                Entry::Heading(id),
                "budget.line.other",
                book,
                palette,
            )
            .into(),
            labelled(
                "Section",
                segmented(
                    sections,
                    &line.section,
                    "budget.line.section",
                    palette,
                    move |it| set(Value::Section(it)),
                ),
                palette,
            ),
            checkbox("Apport en nature", line.in_kind, palette)
                .id("budget.line.kind")
                .on_press(set(Value::InKind))
                .into(),
            self.shares(line, book, palette),
            labelled(
                "Dispositif",
                select(
                    none("Aucun").chain(schemes),
                    Some(&line.scheme),
                    "budget.line.scheme",
                    palette,
                    move |it| set(Value::Scheme(it)),
                ),
                palette,
            ),
        ];
        if line.scheme.is_some() {
            parts.push(
                self.field(
                    "Budget du service",
                    Entry::ServiceBudget(id),
                    "budget.line.service",
                    book,
                    palette,
                )
                .example("budget annexe de l’eau")
                .into(),
            );
        }
        let codes = row![
            self.field(
                "Fonction M57",
                Entry::Function(id),
                "budget.line.function",
                book,
                palette
            )
            .example("044"),
            self.field(
                "Compte M57",
                Entry::Account(id),
                "budget.line.account",
                book,
                palette
            )
            .example("65748"),
        ];
        parts.extend([
            codes.spacing(12).into(),
            labelled(
                "Secteur CRS",
                select(
                    none("Non précisé").chain(purposes),
                    Some(&line.purpose),
                    "budget.line.purpose",
                    palette,
                    move |it| set(Value::Purpose(it)),
                ),
                palette,
            ),
            labelled(
                "Type d’aide",
                select(
                    coded(&AID_TYPES),
                    Some(&line.aid_type),
                    "budget.line.aid",
                    palette,
                    move |it| set(Value::AidType(it)),
                ),
                palette,
            ),
            labelled(
                "Canal",
                select(
                    coded(&CHANNELS),
                    Some(&line.channel),
                    "budget.line.channel",
                    palette,
                    move |it| set(Value::Channel(it)),
                ),
                palette,
            ),
            labelled(
                "Bénéficiaire d’une subvention",
                select(
                    none("Personne").chain(bodies),
                    Some(&line.beneficiary),
                    "budget.line.body",
                    palette,
                    move |it| set(Value::Beneficiary(it)),
                ),
                palette,
            ),
        ]);
        parts.push(self.foreign(line, book, palette));
        Column::with_children(parts).spacing(12).into()
    }

    /// How the line is shared, year by year.
    fn shares<'a>(
        &'a self,
        line: &'a Line,
        book: Book<'a>,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut lines = column![text("Qui paie, par année").size(14).font(STRONG)].spacing(8);
        for year in &book.totals.years {
            let whole = line.planned(*year);
            let cells = book
                .budget
                .funders
                .iter()
                .zip(book.names)
                .map(|(funder, name)| {
                    let amount: Amount = line
                        .shares_of(*year)
                        .filter(|it| it.funder == funder.id)
                        .map(|it| it.amount)
                        .sum();
                    let part = percent(amount, whole).filter(|_| !amount.is_zero());
                    let part = part.map(|it| format!("{it}\u{202f}%"));
                    let of = Entry::Share(line.id, funder.id, *year);
                    let id = format!("budget.share.{}.{year}", funder.key);
                    let shown = self.form.shown(of, say(book.budget, of, book.session));
                    let entry = entry(name.as_str(), shown, id, palette, move |typing| {
                        Message::Typed(of, typing)
                    });
                    let entry = entry.locked(book.session.is_read_only());
                    Cell::Half(match part {
                        Some(part) => entry.hint(part).into(),
                        None => entry.into(),
                    })
                });
            lines = lines
                .push(text(year.to_string()).size(14).font(STRONG))
                .push(columns(TWO, cells));
        }
        lines.into()
    }

    fn foreign<'a>(
        &'a self,
        line: &'a Line,
        book: Book<'a>,
        palette: Palette,
    ) -> Element<'a, Message> {
        let id = line.id;
        let reference = book.session.reference();
        let currencies = reference
            .currencies()
            .iter()
            .filter(|it| it.id != book.budget.currency.code())
            .map(|it| (Some(it.id.clone()), format!("{} – {}", it.id, it.many)));
        let chosen = line
            .foreign
            .as_ref()
            .map(|it| it.currency.code().to_owned());
        let pick = select(
            none("Aucune").chain(currencies),
            Some(&chosen),
            "budget.line.currency",
            palette,
            move |it| Message::Set(id, Value::Currency(it)),
        );
        let mut parts = column![labelled("Dit d’abord en devise", pick, palette)].spacing(10);
        if let Some(foreign) = &line.foreign {
            let said = foreign
                .in_euros(decimals(&foreign.currency, book.session))
                .map(|it| french::amount(it, &Currency::euro(), reference));
            let is_fixed = parity(&foreign.currency, book.session).is_some();
            parts = parts
                .push(self.field(
                    "Montant en devise",
                    Entry::Foreign(id),
                    "budget.line.foreign",
                    book,
                    palette,
                ))
                .push(
                    self.field(
                        "Unités pour un euro",
                        Entry::Rate(id),
                        "budget.line.rate",
                        book,
                        palette,
                    )
                    .locked(is_fixed || book.session.is_read_only()),
                )
                .push(
                    row![
                        self.field(
                            "Date du taux",
                            Entry::RateDay(id),
                            "budget.line.rate-day",
                            book,
                            palette
                        )
                        .example("JJ/MM/AAAA"),
                        self.field(
                            "Source du taux",
                            Entry::RateSource(id),
                            "budget.line.rate-source",
                            book,
                            palette
                        ),
                    ]
                    .spacing(12),
                )
                .push(
                    text(match said {
                        Some(said) => format!("soit {said}"),
                        None => "Le taux manque\u{a0}: le montant en euros n’est pas calculé."
                            .to_owned(),
                    })
                    .size(15),
                );
            if !book.session.is_read_only() && book.budget.currency == Currency::euro() {
                parts = parts.push(
                    button("En faire le coût de la ligne", palette).on_press(Message::Take(id)),
                );
            }
        }
        parts.into()
    }

    fn of_funder<'a>(
        &'a self,
        id: RecordKey,
        book: Book<'a>,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        let funder = book.budget.payer(id)?;
        let records = book.session.records();
        let bodies = records
            .partners_sorted()
            .map(|it| (Some(it.id), called(it).to_owned()));
        let certainties = [
            Certainty::Expected,
            Certainty::Notified,
            Certainty::Committed,
        ]
        .map(|it| (it, french::capital(certainty(it))));
        let mut parts = column![
            text("Financeur").size(17).font(STRONG),
            labelled(
                "Qui",
                select(
                    none("Nous").chain(bodies),
                    Some(&funder.partner),
                    "budget.funder.body",
                    palette,
                    move |it| Message::Set(id, Value::Body(it))
                ),
                palette
            ),
            self.field("Appel ou dispositif", Entry::Call(id), CALL, book, palette)
                .example("appel à projets du MEAE, 2027"),
            labelled(
                "Certitude",
                segmented(
                    certainties,
                    &funder.certainty,
                    "budget.funder.certainty",
                    palette,
                    move |it| { Message::Set(id, Value::Certainty(it)) }
                ),
                palette
            ),
            text(format!("Dans les articles\u{a0}: {}", funder.key))
                .size(14)
                .color(palette.muted),
        ]
        .spacing(12);
        if let Some(partner) = funder.partner {
            parts = parts.push(
                link("Ouvrir sa fiche", palette).on_press(Message::Go(Route::Partner(partner))),
            );
        }
        Some(parts.into())
    }
}

fn of_operation<'a>(
    holder: Holder,
    id: RecordKey,
    book: Book<'a>,
    palette: Palette,
) -> Option<Element<'a, Message>> {
    let operations = book.budget.operations_of(holder);
    let operation = operations.iter().find(|it| it.id == id)?;
    let said = french::amount(
        operation.amount,
        &book.budget.currency,
        book.session.reference(),
    );
    let proofs = book.budget.pieces.iter();
    let proofs = proofs.map(|it| (Some(it.id), it.title.clone()));
    let proof = operation.piece.as_ref().map(|it| it.id);
    let own = operation
        .piece
        .iter()
        .map(|it| (Some(it.id), it.title.clone()));
    let known =
        move |id: &Option<RecordKey>| book.budget.pieces.iter().any(|it| Some(it.id) == *id);
    let choices = none("Aucune")
        .chain(proofs)
        .chain(own.filter(move |(id, _)| !known(id)));
    let mut parts = column![
        text(operation.step.label()).size(17).font(STRONG),
        text(book.called(holder)).size(15),
        text(format!("{said}, exercice {}", operation.year)).size(15),
    ]
    .spacing(8);
    if let Some(condition) = &operation.condition {
        parts = parts.push(text(format!("Condition\u{a0}: {condition}")).size(15));
    }
    parts = parts.push(labelled(
        "Pièce, parmi celles du budget",
        select(
            choices,
            Some(&proof),
            "budget.operation.piece",
            palette,
            move |it| Message::Set(id, Value::Proof(holder, it)),
        ),
        palette,
    ));
    Some(parts.into())
}

/// « Aucun », before choices that are optional.
fn none<T>(words: &str) -> std::iter::Once<(Option<T>, String)> {
    std::iter::once((None, words.to_owned()))
}

/// The usual headings, then the others of the budget.
fn headings(budget: &Budget) -> Vec<String> {
    let mut all: Vec<String> = HEADINGS.iter().map(|it| (*it).to_owned()).collect();
    for line in &budget.lines {
        if !all.contains(&line.heading) {
            all.push(line.heading.clone());
        }
    }
    all
}

fn decimals(currency: &Currency, session: &Session) -> u32 {
    u32::try_from(french::decimals_of(currency, session.reference())).unwrap_or(2)
}

/// The fixed parity of a currency with the euro, and what fixes it.
fn parity(currency: &Currency, session: &Session) -> Option<(String, String)> {
    let known = session.reference().currency(currency.code())?;
    let parity = known.parity.as_ref()?;
    Some((parity.rate.clone(), parity.source.clone()))
}

fn say(budget: &Budget, entry: Entry, session: &Session) -> String {
    let reference = session.reference();
    let line = |id| budget.line(id);
    let words = |it: Option<&Option<String>>| it.cloned().flatten().unwrap_or_default();
    let foreign = |id: RecordKey| line(id).and_then(|it| it.foreign.as_ref());
    match entry {
        Entry::Title => budget.title.clone(),
        Entry::Years => typed::say_years(&budget.years),
        Entry::Label(id) => line(id).map_or_else(String::new, |it| it.label.clone()),
        Entry::Heading(id) => match line(id) {
            Some(line) if !HEADINGS.contains(&line.heading.as_str()) => line.heading.clone(),
            _ => String::new(),
        },
        Entry::ServiceBudget(id) => words(line(id).map(|it| &it.service_budget)),
        Entry::Function(id) => words(line(id).map(|it| &it.function)),
        Entry::Account(id) => words(line(id).map(|it| &it.account)),
        Entry::Foreign(id) => foreign(id).map_or_else(String::new, |it| {
            let amount = Some(it.amount).filter(|it| !it.is_zero());
            typed::say_amount(amount, &it.currency, reference)
        }),
        Entry::Rate(id) => foreign(id).map_or_else(String::new, |it| it.rate.replace('.', ",")),
        Entry::RateDay(id) => typed::say_day(foreign(id).and_then(|it| it.date)),
        Entry::RateSource(id) => words(foreign(id).map(|it| &it.source)),
        Entry::Share(id, funder, year) => {
            let shares = line(id).into_iter().flat_map(|line| line.shares_of(year));
            let all = shares.filter(|it| it.funder == funder).map(|it| it.amount);
            let amount = Some(all.sum::<Amount>()).filter(|it| !it.is_zero());
            typed::say_amount(amount, &budget.currency, reference)
        }
        Entry::Call(id) => words(budget.payer(id).map(|it| &it.call)),
        Entry::Covers(_) => String::new(),
    }
}

fn set(budget: &mut Budget, entry: Entry, raw: &str, session: &Session) -> Result<(), String> {
    match entry {
        Entry::Title => {
            budget.title = typed::required(raw, "Un budget a un titre.")?;
            return Ok(());
        }
        Entry::Years => {
            budget.years = typed::years(raw)?;
            return Ok(());
        }
        Entry::Share(id, funder, year) => {
            let amount = write::amount(raw, budget, session)?.unwrap_or_default();
            if amount.0 < 0 {
                return Err("Une dépense prévue n’est pas négative.".to_owned());
            }
            let mut lines = budget.lines.iter_mut();
            if let Some(line) = lines.find(|it| it.id == id) {
                session.with_ids(|ids| line.share(year, funder, amount, ids));
            }
            return Ok(());
        }
        Entry::Call(id) => {
            let mut funders = budget.funders.iter_mut();
            if let Some(funder) = funders.find(|it| it.id == id) {
                funder.call = typed::optional(raw);
            }
            return Ok(());
        }
        _ => {}
    }
    let id = match entry {
        Entry::Label(id)
        | Entry::Heading(id)
        | Entry::ServiceBudget(id)
        | Entry::Function(id)
        | Entry::Account(id)
        | Entry::Foreign(id)
        | Entry::Rate(id)
        | Entry::RateDay(id)
        | Entry::RateSource(id) => id,
        _ => return Ok(()),
    };
    let Some(line) = budget.lines.iter_mut().find(|it| it.id == id) else {
        return Ok(());
    };
    match entry {
        Entry::Label(_) => raw.trim().clone_into(&mut line.label),
        Entry::Heading(_) => {
            if let Some(name) = typed::optional(raw) {
                line.heading = name;
            }
        }
        Entry::ServiceBudget(_) => line.service_budget = typed::optional(raw),
        Entry::Function(_) => {
            line.function = code(
                raw,
                "Une fonction M57 est faite de chiffres, par exemple 044.",
            )?
        }
        Entry::Account(_) => {
            line.account = code(
                raw,
                "Un compte M57 est fait de chiffres, par exemple 65748.",
            )?
        }
        _ => {
            let Some(foreign) = &mut line.foreign else {
                return Ok(());
            };
            match entry {
                Entry::Foreign(_) => {
                    let reference = session.reference();
                    let amount = typed::amount(raw, &foreign.currency, reference)?;
                    foreign.amount = amount.unwrap_or_default();
                }
                Entry::Rate(_) => {
                    let rate: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
                    let told = Foreign {
                        amount: Amount(1),
                        rate: rate.replace(',', "."),
                        ..foreign.clone()
                    };
                    if told.in_euros(0).is_none() {
                        return Err(
                            "Écrivez combien d’unités valent un euro, par exemple 655,957."
                                .to_owned(),
                        );
                    }
                    foreign.rate = told.rate;
                }
                Entry::RateDay(_) => foreign.date = typed::day(raw)?,
                _ => foreign.source = typed::optional(raw),
            }
        }
    }
    Ok(())
}

fn code(raw: &str, why: &str) -> Result<Option<String>, String> {
    match typed::optional(raw) {
        Some(code) if !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Err(why.to_owned()),
        code => Ok(code),
    }
}

/// Something chosen becomes that.
fn put(budget: &mut Budget, id: RecordKey, value: Value, session: &Session) {
    match value {
        Value::Body(body) => {
            if let Some(funder) = budget.funders.iter_mut().find(|it| it.id == id) {
                funder.partner = body;
            }
            return;
        }
        Value::Certainty(certainty) => {
            if let Some(funder) = budget.funders.iter_mut().find(|it| it.id == id) {
                funder.certainty = certainty;
            }
            return;
        }
        Value::Proof(holder, piece) => {
            let piece = budget
                .pieces
                .iter()
                .find(|it| Some(it.id) == piece)
                .cloned();
            let operations = budget.operations_mut(holder);
            if let Some(it) = operations.and_then(|all| all.iter_mut().find(|it| it.id == id)) {
                it.piece = piece;
            }
            return;
        }
        _ => {}
    }
    let Some(line) = budget.lines.iter_mut().find(|it| it.id == id) else {
        return;
    };
    match value {
        Value::Heading(heading) => line.heading = heading,
        Value::Section(section) => line.section = section,
        Value::InKind => line.in_kind = !line.in_kind,
        Value::Scheme(scheme) => {
            if scheme.is_none() {
                line.service_budget = None;
            }
            line.scheme = scheme;
        }
        Value::Purpose(purpose) => line.purpose = purpose,
        Value::AidType(aid_type) => line.aid_type = aid_type,
        Value::Channel(channel) => line.channel = channel,
        Value::Beneficiary(body) => line.beneficiary = body,
        Value::Currency(code) => {
            let amount = line.foreign.as_ref().map_or(Amount::ZERO, |it| it.amount);
            line.foreign = code.map(|code| {
                let currency = Currency::new(&code);
                let fixed = parity(&currency, session);
                let (rate, source) =
                    fixed.map_or((String::new(), None), |(rate, source)| (rate, Some(source)));
                Foreign {
                    amount,
                    currency,
                    rate,
                    date: None,
                    source,
                }
            });
        }
        Value::Body(_) | Value::Certainty(_) | Value::Proof(..) => {}
    }
}

/// What a line costs in another currency becomes what it costs, spread over years as it was.
fn take(budget: &mut Budget, id: RecordKey, session: &Session) {
    let Some(line) = budget.line(id) else { return };
    let Some(foreign) = &line.foreign else { return };
    let Some(euros) = foreign.in_euros(decimals(&foreign.currency, session)) else {
        return;
    };
    let years = budget.years.clone();
    let weights: Vec<i64> = years.iter().map(|year| line.planned(*year).0).collect();
    session.with_ids(|ids| {
        for (year, part) in years.iter().zip(split(euros, &weights)) {
            budget.plan(id, *year, part, ids);
        }
    });
}

/// A convention names that budget, or none.
fn attach(
    convention: RecordKey,
    budget: Option<RecordKey>,
    label: &str,
    session: &Session,
) -> Vec<Action<Message>> {
    let name = RecordId {
        kind: Kind::Convention,
        id: convention,
    };
    let records = session.records();
    let (Some(before), Some(it)) = (records.get(name), records.convention(convention)) else {
        return Vec::new();
    };
    let mut after = it.clone();
    after.budget = budget;
    after.budget_years = budget
        .and_then(|id| records.budget(id))
        .map_or_else(Vec::new, |budget| covered(it, budget));
    let change = Change::replace(label, before.clone(), Record::Convention(after));
    vec![Action::Edit(change)]
}

/// The years of a budget that fall in a convention's term; none, which is all, where they all do.
fn covered(convention: &crate::model::Convention, budget: &Budget) -> Vec<i32> {
    use chrono::Datelike;

    let falls = |year: &i32| {
        convention.start.is_none_or(|start| start.year() <= *year)
            && convention.end.is_none_or(|end| end.year() >= *year)
    };
    let years: Vec<i32> = budget.years.iter().copied().filter(falls).collect();
    if years == budget.years {
        Vec::new()
    } else {
        years
    }
}

/// Parts of a whole on one line, each with what can be done about it.
fn with_act<'a>(
    words: Element<'a, Message>,
    acts: impl IntoIterator<Item = crate::app::widget::Button<'a, Message>>,
) -> Element<'a, Message> {
    let acts = Across::with_children(acts.into_iter().map(Element::from)).spacing(6);
    row![iced::widget::container(words).width(Fill), acts]
        .spacing(8)
        .align_y(Center)
        .into()
}
