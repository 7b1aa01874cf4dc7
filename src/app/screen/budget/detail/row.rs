//! More of the row where the keyboard is: a line, a funder or an operation.

use iced::Element;
use iced::widget::{Column, column, row, text};

use super::field::{decimals, parity, say};
use super::{Detail, Entry, Message, Value};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::screen::budget::rows::Key;
use crate::app::screen::budget::say::{Book, certainty};
use crate::app::screen::partners::called;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, columns, entry, labelled};
use crate::app::widget::grid::Look;
use crate::app::widget::{button, checkbox, link, segmented, select};
use crate::model::{
    Amount, Budget, Certainty, Currency, HEADINGS, Holder, Id as RecordKey, Line, Percentage,
    Section,
};
use crate::reference::{AID_TYPES, CHANNELS};

/// A width at which a form has two columns, for entries of figures, which are short.
const TWO: f32 = 600.0;

impl Detail {
    /// More of the row where the keyboard is.
    pub(in super::super) fn of_row<'a>(
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
            text(
                "Placez-vous sur une ligne, un financeur ou une opération\u{a0}: son détail \
                 paraît ici.",
            )
            .size(15)
            .color(palette.muted)
            .into()
        })
    }

    pub(super) fn field<'a>(
        &'a self,
        label: &'a str,
        of: Entry,
        book: Book<'a>,
        palette: Palette,
    ) -> crate::app::widget::form::Entry<'a, Message> {
        let said = say(book.budget, of, book.session);
        entry(
            label,
            self.form.shown(of, said),
            of.id(),
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
            self.field("Ce qu’elle paie", Entry::Label(id), book, palette)
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
            self.field("Autre poste", Entry::Heading(id), book, palette)
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
                self.field("Budget du service", Entry::ServiceBudget(id), book, palette)
                    .example("budget annexe de l’eau")
                    .into(),
            );
        }
        let codes = row![
            self.field("Fonction M57", Entry::Function(id), book, palette)
                .example("044"),
            self.field("Compte M57", Entry::Account(id), book, palette)
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
                    let part = Percentage::of(amount, whole).filter(|_| !amount.is_zero());
                    let part = part.map(|it| it.to_string());
                    let of = Entry::Share(line.id, funder.id, *year);
                    let shown = self.form.shown(of, say(book.budget, of, book.session));
                    let entry = entry(name.as_str(), shown, of.id(), palette, move |typing| {
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
                .push(self.field("Montant en devise", Entry::Foreign(id), book, palette))
                .push(
                    self.field("Unités pour un euro", Entry::Rate(id), book, palette)
                        .locked(is_fixed || book.session.is_read_only()),
                )
                .push(
                    row![
                        self.field("Date du taux", Entry::RateDay(id), book, palette)
                            .example("JJ/MM/AAAA"),
                        self.field("Source du taux", Entry::RateSource(id), book, palette),
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
            self.field("Appel ou dispositif", Entry::Call(id), book, palette)
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
    let (state, look) = super::super::say::state(operation, book.session.today());
    let ink = match look {
        Look::Wary => palette.wary,
        _ => palette.ink,
    };
    let day = operation.date.map_or("sans date".to_owned(), french::day);
    let mut parts = column![
        text(operation.step.act()).size(17).font(STRONG),
        row![text(day).size(15), text(state).size(15).color(ink)].spacing(10),
        text(book.called(holder)).size(15),
        text(format!("{said}, exercice {}", operation.year)).size(15),
    ]
    .spacing(8);
    if let Some(reference) = &operation.reference {
        parts = parts.push(text(format!("Référence\u{a0}: {reference}")).size(15));
    }
    if let Some(object) = &operation.object {
        parts = parts.push(text(format!("Objet, selon les finances\u{a0}: {object}")).size(15));
    }
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
