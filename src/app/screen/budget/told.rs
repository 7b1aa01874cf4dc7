//! What is told under the table of the cell where the keyboard is: what it holds in full, or what can be typed in it; of a
//! block, its sum.

use super::rows::{Field, Row, Tab};
use super::say::Book;
use super::{Sheet, write};
use crate::app::text as french;
use crate::model::{Amount, HEADINGS, Holder, quoted};

impl Sheet {
    /// What the cell holds, in full; of a block, how many cells and their sum.
    pub(super) fn told(&self, book: Book<'_>) -> String {
        if self.cursor.typing().is_some() {
            return self.expected(book);
        }
        let at = self.cursor.at();
        let row = self.rows.get(at.row).copied();
        let field = self.fields.get(at.column).copied();
        let (Some(row), Some(field)) = (row, field) else {
            return String::new();
        };
        if self.cursor.is_block() {
            return self.sum(book);
        }
        if self.tab == Tab::Execution {
            let label = || book.show(row, Field::Label).text;
            if let Some(beyond) = book.beyond(row) {
                return format!("◆ {}\u{a0}: {beyond}", label());
            }
            if let Some(taken) = book.taken_before(row) {
                return format!("{}\u{a0}: {taken}", label());
            }
        }
        let said = |amount| book.said(amount);
        match (row, field) {
            (Row::Awaited, _) if !book.own().is_zero() => format!(
                "{}\u{a0}: nos {} n’y comptent pas, personne ne nous les notifie ni ne nous les verse.",
                book.show(row, Field::Label).text,
                said(book.own()),
            ),
            (Row::Line(rank), Field::Year(year)) => {
                let (Some(line), Some(year)) = (book.line(rank), book.totals.years.get(year))
                else {
                    return String::new();
                };
                let shares: Vec<String> = line
                    .shares_of(*year)
                    .filter(|share| !share.amount.is_zero())
                    .map(|share| {
                        let holder = Holder::Funder(share.funder);
                        format!("{} {}", book.called(holder), said(share.amount))
                    })
                    .collect();
                let whole = said(line.planned(*year));
                let name = line.name();
                match shares.as_slice() {
                    [] => format!("{name}, {year}\u{a0}: rien"),
                    [share] => format!("{name}, {year}\u{a0}: {share}"),
                    _ => format!("{name}, {year}\u{a0}: {whole} ({})", shares.join(" · ")),
                }
            }
            (Row::Usual(_) | Row::NewLine, Field::Label) => format!(
                "Tapez ce qu’elle paie\u{a0}: la ligne ira sous {}.",
                quoted(&super::table::heading_of(row, book.budget))
            ),
            (Row::NewHeading, Field::Label) => {
                format!("Les postes habituels\u{a0}: {}.", HEADINGS.join(" · "))
            }
            (Row::NewFunder, Field::Label) => {
                "Tapez son nom\u{a0}; Entrée offre ceux qui cofinancent d’habitude\u{a0}: ministère, AFD, agences de l’eau."
                    .to_owned()
            }
            (Row::Operation(rank), field) => book.told_of_operation(rank, field),
            (Row::NewOperation, _) => {
                let begins = if book.operations.is_empty() {
                    "Rien de prévu ici. "
                } else {
                    ""
                };
                format!(
                    "{begins}Tapez une ligne ou un financeur pour prévoir un paiement ou un encaissement."
                )
            }
            (Row::Line(rank), Field::Label) => match book.line(rank) {
                // Who pays is told too: its column may be out of sight.
                Some(line) => {
                    let payers = book.funders_of(line);
                    let payers = (!payers.is_empty()).then(|| format!("payé par {payers}"));
                    let name = Some(line.label.clone()).filter(|it| !it.is_empty());
                    let parts = [Some(line.heading.clone()), name, payers];
                    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
                }
                None => String::new(),
            },
            (Row::Line(rank), Field::Step(_))
                if book.line(rank).is_some_and(|line| line.in_kind) =>
            {
                "Un apport en nature ne s’engage ni ne se paie.".to_owned()
            }
            (Row::Line(_), Field::Step(_)) if write::exercise(book).is_err() => {
                "Le total des années se calcule\u{a0}: choisissez une année au-dessus pour saisir."
                    .to_owned()
            }
            (Row::Line(_), Field::Step(_)) => "Taper un total écrit une opération «\u{202f}saisie \
                     globale\u{202f}»\u{a0}; les opérations une à une sont dans l’échéancier."
                .to_owned(),
            _ => {
                let words = book.show(row, field).text.into_owned();
                match row {
                    Row::Funder(_) => {
                        format!("{}\u{a0}: {words}", book.show(row, Field::Label).text)
                    }
                    _ => words,
                }
            }
        }
    }

    /// What can be typed in the cell.
    fn expected(&self, book: Book<'_>) -> String {
        let field = self.fields.get(self.cursor.at().column);
        match field {
            Some(Field::Year(_) | Field::Step(_) | Field::Amount) => {
                let raw = self.cursor.typing().unwrap_or_default();
                let reckoned = raw
                    .trim()
                    .starts_with('=')
                    .then(|| write::amount(raw, book.budget, book.session).ok().flatten());
                match reckoned.flatten() {
                    Some(amount) => format!("= {}", book.said(amount)),
                    None => "Un montant, ou un calcul\u{a0}: =1200*3".to_owned(),
                }
            }
            Some(Field::Section) if self.tab == Tab::Funding => {
                match self.rows.get(self.cursor.at().row) {
                    Some(Row::Funder(_)) => {
                        "attendu, notifié ou engagé\u{a0}: la première lettre suffit".to_owned()
                    }
                    _ => {
                        "fonctionnement, investissement ou nature\u{a0}: la première lettre suffit"
                            .to_owned()
                    }
                }
            }
            Some(Field::Scheme) => {
                let schemes = book.session.reference().schemes().iter();
                let labels: Vec<&str> = schemes.map(|it| it.label.as_str()).collect();
                labels.join(" · ")
            }
            Some(Field::Funders) => {
                format!(
                    "Un nom, ou plusieurs avec leur part\u{a0}: {} 60\u{202f}% · …",
                    book.names.first().map_or("Agence de l’eau", String::as_str)
                )
            }
            Some(Field::Date) => "JJ/MM/AAAA".to_owned(),
            Some(Field::State) => "prévu ou fait".to_owned(),
            _ => "Entrée garde, Échap laisse comme c’était".to_owned(),
        }
    }

    /// How many cells are chosen, and what the amounts among them come to: those of one kind of rows, in years side by side
    /// or in one column; expenses and incomes, or what is planned and what is paid, do not add up.
    fn sum(&self, book: Book<'_>) -> String {
        let (rows, columns) = self.cursor.block();
        let count = rows.clone().count() * columns.clone().count();
        let cells = french::count(count, "cellule", "cellules");

        let amounts = |row: Row, fields: &[Field]| -> Vec<Amount> {
            let all = fields.iter().map(|field| book.amount_at(row, *field));
            all.flatten().collect()
        };
        let fields = self.fields.get(columns).unwrap_or_default();
        let is_year = |field: &Field| matches!(field, Field::Year(_));
        let mut fields: Vec<Field> = fields.to_vec();
        if fields.iter().any(is_year) {
            fields.retain(is_year);
        }
        let rows = self.rows.get(rows).unwrap_or_default();
        let of_kind = |row: &Row| match row {
            Row::Line(_) => Some("lignes"),
            Row::Funder(_) | Row::Unfunded => Some("recettes"),
            Row::Operation(_) => Some("opérations"),
            _ => None,
        };
        let Some(kind) = rows.iter().find_map(of_kind) else {
            return cells;
        };
        let those = || rows.iter().filter(|row| of_kind(row) == Some(kind));
        fields.retain(|field| those().any(|row| book.amount_at(*row, *field).is_some()));
        if fields.is_empty() || fields.len() > 1 && !fields.iter().all(is_year) {
            return cells;
        }
        let sum = those().flat_map(|row| amounts(*row, &fields)).sum();
        format!("{cells} · somme des {kind} {}", book.said(sum))
    }
}
