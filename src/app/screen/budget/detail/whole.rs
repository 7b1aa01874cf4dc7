//! The budget as a whole: title, years, currency, the conventions that name it, partners, remarks, pieces.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Center, Element, Fill};

use super::field::parity;
use super::{Detail, Entry, Message};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::screen::budget::say::Book;
use crate::app::screen::partners::called;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{area, entry, labelled, reading, typed};
use crate::app::widget::{Button, link, quiet, select};
use crate::model::Id as RecordKey;

impl Detail {
    pub(in super::super) fn of_whole<'a>(
        &'a self,
        book: Book<'a>,
        palette: Palette,
    ) -> Element<'a, Message> {
        let locked = book.session.is_read_only();
        let mut parts: Vec<Element<'a, Message>> = vec![
            text("Fiche du budget").size(17).font(STRONG).into(),
            self.field("Titre", Entry::Title, book, palette).into(),
            self.field("Années", Entry::Years, book, palette)
                .example("2027-2029")
                .into(),
            currency(book, palette),
        ];
        parts.extend(self.worth(book, palette));
        parts.extend([self.conventions(book, palette), partners(book, palette)]);
        let read_only = parts.len();
        parts.push(area(
            "Remarques, imprimées en tête de la fiche",
            &self.notes,
            "budget.notes",
            90.0,
            palette,
            Message::Notes,
        ));
        parts.push(
            column![
                text("Pièces").size(14).font(STRONG),
                self.pieces.view(book.session, palette).map(Message::Pieces)
            ]
            .spacing(6)
            .into(),
        );
        if locked {
            parts.truncate(read_only);
        }
        Column::with_children(parts).spacing(14).into()
    }

    /// At what rate a budget in another currency counts among the others.
    fn worth<'a>(&'a self, book: Book<'a>, palette: Palette) -> Option<Element<'a, Message>> {
        if book.budget.is_in_euros() {
            return None;
        }
        if let Some((units, source)) = parity(&book.budget.currency, book.session) {
            let words = format!("{} pour 1\u{a0}€ ({source})", units.replace('.', ","));
            return Some(reading("Compté en euros à", words, palette));
        }
        let field = |label, of| self.field(label, of, book, palette);
        let day = field("Date du taux", Entry::WorthDay).example("JJ/MM/AAAA");
        let source = field("Source du taux", Entry::WorthSource);
        let parts = column![
            field("Unités pour un euro", Entry::Worth),
            row![day, source].spacing(12),
        ];
        let without = book
            .budget
            .rate
            .as_ref()
            .is_none_or(|rate| rate.units.is_empty());
        let words = "Sans taux, ce budget ne compte pas dans les budgets consolidés en euros.";
        let remark = without.then(|| text(words).size(14).color(palette.wary));
        Some(parts.push(remark).spacing(10).into())
    }

    fn conventions<'a>(&'a self, book: Book<'a>, palette: Palette) -> Element<'a, Message> {
        let records = book.session.records();
        let locked = book.session.is_read_only();
        let mut parts = column![text("Conventions").size(14).font(STRONG)].spacing(8);
        let mut named: Vec<RecordKey> = Vec::new();
        for convention in records.conventions_with_budget(book.budget.id) {
            named.push(convention.id);
            let id = convention.id;
            let open = link(records.short_title(convention), palette)
                .on_press(Message::Go(Route::Convention(id)));
            let detach =
                (!locked).then(|| quiet("Détacher", palette).on_press(Message::Detach(id)));
            let of = Entry::Covers(id);
            let shown = self
                .form
                .shown(of, typed::say_years(&convention.budget_years));
            parts = parts.push(with_act(open.into(), detach)).push(
                entry("Années couvertes", shown, of.id(), palette, move |typing| {
                    Message::Typed(of, typing)
                })
                .example("toutes")
                .locked(locked),
            );
        }
        if named.is_empty() {
            let words = "Aucune convention ne nomme ce budget.";
            parts = parts.push(text(words).size(15).color(palette.muted));
        }
        let others = records
            .conventions_sorted()
            .filter(|it| !named.contains(&it.id))
            .map(|it| {
                let title = records.short_title(it);
                let busy = it.budget.is_some();
                let title = if busy {
                    format!("{title} (a un autre budget)")
                } else {
                    title
                };
                (it.id, title)
            });
        if !locked {
            let pick = select(others, None, "budget.attach", palette, Message::Attach)
                .empty("Attacher à une convention…");
            parts = parts.push(pick);
        }
        parts.into()
    }
}

/// The currency, which changes only as long as no amount is in it.
fn currency<'a>(book: Book<'a>, palette: Palette) -> Element<'a, Message> {
    let reference = book.session.reference();
    let budget = book.budget;
    let mut shares = budget.lines.iter().flat_map(|line| &line.shares);
    let is_empty = shares.all(|it| it.amount.is_zero()) && budget.operations().next().is_none();
    let named = |id: &str| match reference.currency(id) {
        Some(currency) => format!("{} – {}", currency.id, currency.many),
        None => id.to_owned(),
    };
    if !is_empty || book.session.is_read_only() {
        let said = french::capital(&named(budget.currency.code()));
        let said = reading("Monnaie", said, palette);
        let why = (!is_empty).then(|| {
            let words = "Elle ne change plus\u{a0}: des montants y sont comptés, et les changer de monnaie les \
                         fausserait. Un budget dupliqué puis vidé de ses montants peut en prendre une autre.";
            text(words).size(14).color(palette.muted)
        });
        return column![said].push(why).spacing(4).into();
    }
    let all = reference.currencies().iter();
    let all = all.map(|it| (it.id.clone(), named(&it.id)));
    let chosen = budget.currency.code().to_owned();
    let pick = select(
        all,
        Some(&chosen),
        "budget.currency",
        palette,
        Message::Currency,
    );
    labelled("Monnaie", pick, palette)
}

fn partners<'a>(book: Book<'a>, palette: Palette) -> Element<'a, Message> {
    let records = book.session.records();
    let locked = book.session.is_read_only();
    let mut parts = column![text("Partenaires du projet").size(14).font(STRONG)].spacing(6);
    for id in &book.budget.partners {
        let name = records
            .partner(*id)
            .map_or("Un organisme qui n’est plus là", called);
        let open = link(name, palette).on_press(Message::Go(Route::Partner(*id)));
        let remove = (!locked).then(|| quiet("Retirer", palette).on_press(Message::Partner(*id)));
        parts = parts.push(with_act(open.into(), remove));
    }
    if !locked {
        let others = records
            .partners_sorted()
            .filter(|it| !book.budget.partners.contains(&it.id))
            .map(|it| (it.id, called(it).to_owned()));
        parts = parts.push(
            select(others, None, "budget.partner", palette, Message::Partner)
                .empty("Ajouter un partenaire…"),
        );
    }
    parts.into()
}

/// Parts of a whole on one line, each with what can be done about it.
fn with_act<'a>(
    words: Element<'a, Message>,
    acts: impl IntoIterator<Item = Button<'a, Message>>,
) -> Element<'a, Message> {
    let acts = Row::with_children(acts.into_iter().map(Element::from)).spacing(6);
    row![container(words).width(Fill), acts]
        .spacing(8)
        .align_y(Center)
        .into()
}
