//! How what is typed in a cell of a budget's views changes the budget, or why it cannot.

use super::rows::{Field, Key, Row};
use super::say::{Book, certainty};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::widget::form::typed;
use crate::model::{
    Amount, Budget, Certainty, Holder, Id as RecordKey, Ids, Kind, Line, Operation, RecordId,
    Section, Step, evaluate, fold, quoted, usual_heading,
};

/// Its value is in no account.
const IN_KIND: &str =
    "Un apport en nature ne s’engage ni ne se paie\u{a0}: il est valorisé, hors comptabilité.";

/// A hundred per cent, in hundredths of one.
const WHOLE: i64 = 10_000;

/// What a cell cannot be typed in for, or why what was typed says nothing there.
pub(super) type Fault = String;

/// Whether a cell can be typed in; else why not.
pub(super) fn is_open(book: Book<'_>, row: Row, field: Field) -> Result<(), Fault> {
    let refuse = |words: &str| Err(words.to_owned());
    match (row, field) {
        (Row::Usual(_) | Row::NewLine | Row::NewHeading | Row::NewFunder, Field::Label) => Ok(()),
        (Row::NewOperation, Field::About) => Ok(()),
        (Row::Usual(_) | Row::NewLine | Row::NewHeading | Row::NewFunder, _) => {
            refuse("Tapez d’abord son nom, dans la première colonne.")
        }
        (Row::NewOperation, _) => {
            refuse("Tapez d’abord son objet\u{a0}: une ligne ou un financeur.")
        }
        (Row::Heading(_), Field::Label) => Ok(()),
        (Row::Line(_), Field::Label | Field::Section | Field::Scheme | Field::Funders)
        | (Row::Line(_), Field::Year(_)) => Ok(()),
        (Row::Line(rank), Field::Step(_))
            if book.line(rank).is_some_and(|it| it.in_kind)
                && book.amount_at(row, field).is_none_or(Amount::is_zero) =>
        {
            refuse(IN_KIND)
        }
        // Without a year it is refused too, but what is typed waits for one: see `exercise`.
        (Row::Line(_) | Row::Funder(_), Field::Step(_)) => Ok(()),
        (Row::Funder(_), Field::Section | Field::Funders) => Ok(()),
        (Row::Funder(_), Field::Label) => {
            refuse("F4 ouvre le détail du financeur\u{a0}: son organisme s’y choisit.")
        }
        (Row::Funder(_), Field::Year(_)) => refuse(
            "La recette est la somme des parts des dépenses\u{a0}: changez les financeurs des lignes.",
        ),
        (Row::Operation(rank), Field::Reference)
            if book.operations.get(rank).is_some_and(|(_, it)| it.lump) =>
        {
            refuse(
                "Cette saisie globale complète les opérations entrées une à une\u{a0}: \
                     elle n’a pas de référence.",
            )
        }
        (Row::Operation(_), Field::About) => refuse(
            "L’objet d’une opération ne change pas\u{a0}: supprimez-la et entrez-la ailleurs.",
        ),
        (Row::Operation(_), _) => Ok(()),
        _ => refuse("Ce chiffre se calcule."),
    }
}

/// Puts what was typed in a cell.
pub(super) fn set(
    budget: &mut Budget,
    key: Key,
    field: Field,
    raw: &str,
    book: Book<'_>,
    ids: &mut Ids,
) -> Result<(), Fault> {
    match key {
        Key::Line(id) => of_line(budget, id, field, raw, book, ids),
        Key::Funder(id) => of_funder(budget, id, field, raw, book, ids),
        Key::Operation(holder, id) => of_operation(budget, holder, id, field, raw, book),
        Key::Own(Row::Heading(rank)) => {
            let old = book.totals.headings.get(rank).map(|it| it.name.as_str());
            let name = heading(raw)?;
            let lines = budget.lines.iter_mut();
            lines
                .filter(|line| Some(line.heading.as_str()) == old)
                .for_each(|line| line.heading.clone_from(&name));
            Ok(())
        }
        Key::Own(_) => Err("Ce chiffre se calcule.".to_owned()),
    }
}

fn of_line(
    budget: &mut Budget,
    id: RecordKey,
    field: Field,
    raw: &str,
    book: Book<'_>,
    ids: &mut Ids,
) -> Result<(), Fault> {
    let place = budget.lines.iter().position(|it| it.id == id);
    let Some(line) = place.and_then(|place| budget.lines.get_mut(place)) else {
        return Err("Cette ligne n’est plus là.".to_owned());
    };
    match field {
        Field::Label => raw.trim().clone_into(&mut line.label),
        Field::Section => (line.section, line.in_kind) = section(raw)?,
        Field::Scheme => {
            line.scheme = scheme(raw, book.session)?;
            if line.scheme.is_none() {
                line.service_budget = None;
            }
        }
        Field::Funders
            if raw.trim().is_empty() && line.by_funder().iter().all(|it| it.1.is_zero()) =>
        {
            line.shares.clear();
        }
        Field::Funders => {
            let weights = weights(raw, book)?;
            share_out(line, &weights, book, ids)?;
        }
        Field::Year(rank) => {
            let Some(year) = book.totals.years.get(rank).copied() else {
                return Err("Cette année n’est plus au budget.".to_owned());
            };
            let amount = planned(raw, budget, book.session)?;
            if !budget.plan(id, year, amount, ids) {
                return Err("Ajoutez d’abord un financeur, au pied du tableau.".to_owned());
            }
        }
        Field::Step(_) if line.in_kind && amount(raw, book.budget, book.session)?.is_some() => {
            return Err(IN_KIND.to_owned());
        }
        Field::Step(rank) => record(
            budget,
            Holder::Line(id),
            Step::OF_EXPENSES,
            rank,
            raw,
            book,
            ids,
        )?,
        _ => return Err("Ce chiffre se calcule.".to_owned()),
    }
    Ok(())
}

fn of_funder(
    budget: &mut Budget,
    id: RecordKey,
    field: Field,
    raw: &str,
    book: Book<'_>,
    ids: &mut Ids,
) -> Result<(), Fault> {
    let Some(funder) = budget.funders.iter_mut().find(|it| it.id == id) else {
        return Err("Ce financeur n’est plus là.".to_owned());
    };
    match field {
        Field::Section => {
            let all = [
                Certainty::Expected,
                Certainty::Notified,
                Certainty::Committed,
            ];
            let named = all.map(|it| (it, certainty(it)));
            funder.certainty = one_of(raw, &named).ok_or("Écrivez attendu, notifié ou engagé.")?;
        }
        Field::Funders => funder.call = typed::optional(raw),
        Field::Step(rank) => {
            record(
                budget,
                Holder::Funder(id),
                Step::OF_INCOMES,
                rank,
                raw,
                book,
                ids,
            )?;
        }
        _ => return Err("Ce chiffre se calcule.".to_owned()),
    }
    Ok(())
}

fn record(
    budget: &mut Budget,
    holder: Holder,
    steps: [Step; 3],
    rank: usize,
    raw: &str,
    book: Book<'_>,
    ids: &mut Ids,
) -> Result<(), Fault> {
    let year = exercise(book)?;
    let Some(step) = steps.get(rank) else {
        return Err("Ce chiffre se calcule.".to_owned());
    };
    let total = amount(raw, budget, book.session)?.unwrap_or_default();
    budget.record(holder, *step, year, total, ids);
    Ok(())
}

/// The year in which what is done is typed: the one that is chosen, or the only one.
pub(super) fn exercise(book: Book<'_>) -> Result<i32, Fault> {
    let years = &*book.totals.years;
    let year = match (book.year, years) {
        (Some(rank), _) => years.get(rank),
        (None, [year]) => Some(year),
        _ => None,
    };
    year.copied().ok_or_else(|| {
        "Choisissez une année au-dessus\u{a0}: le total des années se calcule, et ce qui est tapé attend là."
            .to_owned()
    })
}

fn of_operation(
    budget: &mut Budget,
    holder: Holder,
    id: RecordKey,
    field: Field,
    raw: &str,
    book: Book<'_>,
) -> Result<(), Fault> {
    let told = match field {
        Field::Amount => amount(raw, budget, book.session)?,
        _ => None,
    };
    let operations = budget.operations_mut(holder);
    let Some(operation) = operations.and_then(|all| all.iter_mut().find(|it| it.id == id)) else {
        return Err("Cette opération n’est plus là.".to_owned());
    };
    match field {
        Field::Date => operation.date = typed::day(raw)?,
        Field::Kind => {
            let steps = match holder {
                Holder::Line(_) => Step::OF_EXPENSES,
                Holder::Funder(_) => Step::OF_INCOMES,
            };
            let [acts, done] = [Step::act, Step::label].map(|name| steps.map(|it| (it, name(it))));
            operation.step = one_of(raw, &[acts, done].concat()).ok_or_else(|| {
                let [first, second, third] = steps.map(|it| it.act().to_lowercase());
                format!("Écrivez {first}, {second} ou {third}.")
            })?;
        }
        Field::Exercise => {
            let years = typed::years(raw)?;
            let [year] = years.as_slice() else {
                return Err("Écrivez une année.".to_owned());
            };
            operation.year = *year;
        }
        Field::Amount => operation.amount = told.ok_or("Une opération a un montant.")?,
        Field::Condition => operation.condition = typed::optional(raw),
        Field::Reference => operation.reference = typed::optional(raw),
        Field::State => {
            operation.expected =
                one_of(raw, &[(true, "prévu"), (false, "fait")]).ok_or("Écrivez prévu ou fait.")?;
        }
        _ => return Err("Ce chiffre se calcule.".to_owned()),
    }
    Ok(())
}

/// What is typed as an amount: figures, or a formula after `=`. None when nothing is.
pub(super) fn amount(
    raw: &str,
    budget: &Budget,
    session: &Session,
) -> Result<Option<Amount>, Fault> {
    let (currency, reference) = (&budget.currency, session.reference());
    let raw = raw.trim();
    if let Some(formula) = raw.strip_prefix('=') {
        let decimals = u32::try_from(french::decimals_of(currency, reference)).unwrap_or(2);
        return evaluate(formula, decimals)
            .map(Some)
            .map_err(|fault| fault.to_string());
    }
    match raw.strip_prefix(['-', '−', '–']) {
        Some("") => Ok(None),
        Some(figures) => Ok(typed::amount(figures, currency, reference)?.map(|it| -it)),
        None => typed::amount(raw, currency, reference),
    }
}

fn planned(raw: &str, budget: &Budget, session: &Session) -> Result<Amount, Fault> {
    let amount = amount(raw, budget, session)?.unwrap_or_default();
    if amount.0 < 0 {
        return Err("Une dépense prévue n’est pas négative.".to_owned());
    }
    Ok(amount)
}

/// The one whose name begins with what is typed.
fn one_of<T: Copy>(raw: &str, named: &[(T, &str)]) -> Option<T> {
    let typed = fold(raw.trim());
    let mut named = named.iter();
    named
        .find(|(_, name)| !typed.is_empty() && fold(name).starts_with(typed.as_str()))
        .map(|(value, _)| *value)
}

fn section(raw: &str) -> Result<(Section, bool), Fault> {
    let named = [
        ((Section::Running, false), "fonctionnement"),
        ((Section::Capital, false), "investissement"),
        ((Section::Running, true), "en nature"),
        ((Section::Running, true), "nature"),
    ];
    let raw = raw.trim().trim_end_matches('.');
    if raw.is_empty() {
        return Ok((Section::Running, false));
    }
    one_of(raw, &named).ok_or_else(|| {
        "Écrivez fonctionnement, investissement ou nature (la première lettre suffit).".to_owned()
    })
}

fn scheme(raw: &str, session: &Session) -> Result<Option<String>, Fault> {
    let typed = fold(raw.trim());
    if matches!(typed.as_str(), "" | "—" | "-" | "aucun") {
        return Ok(None);
    }
    let words: Vec<&str> = typed.split_whitespace().collect();
    let schemes = session.reference().schemes();
    let found = schemes.iter().find(|scheme| {
        let label = fold(&format!("{} {}", scheme.label, scheme.id));
        words.iter().all(|word| label.contains(word))
    });
    match found {
        Some(scheme) => Ok(Some(scheme.id.clone())),
        None => {
            let labels: Vec<&str> = schemes.iter().map(|it| it.label.as_str()).collect();
            Err(format!(
                "Aucun dispositif ne s’appelle ainsi\u{a0}: {}.",
                labels.join(", ")
            ))
        }
    }
}

/// Who pays and how much of a whole, from « Valmont », « Valmont 60 % · MEAE 40 % », « Valmont 60\u{a0}; MEAE ».
fn weights(raw: &str, book: Book<'_>) -> Result<Vec<(RecordKey, i64)>, Fault> {
    let mut told: Vec<(RecordKey, Option<i64>)> = Vec::new();
    let parts = raw.split([';', '·', '+', '\n']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        let words = part.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']);
        let name = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
        let figures = words.get(name.len()..).unwrap_or_default();
        let is_share = !figures.is_empty() && name.ends_with(char::is_whitespace);
        let (name, share) = if is_share {
            (name, Some(hundredths(figures)?))
        } else {
            (words, None)
        };
        let funder = named(name, book)?;
        if told.iter().any(|(id, _)| *id == funder) {
            return Err(format!("{} est nommé deux fois.", name.trim()));
        }
        told.push((funder, share));
    }
    let whole: i64 = told.iter().filter_map(|(_, share)| *share).sum();
    let open = told.iter().filter(|(_, share)| share.is_none()).count();
    if told.is_empty() {
        return Err("Une dépense a un financeur\u{a0}: tapez son nom.".to_owned());
    }
    if whole > WHOLE {
        return Err("Les parts dépassent 100\u{202f}%.".to_owned());
    }
    if open == 0 && whole < WHOLE && told.len() > 1 {
        return Err("Les parts ne font pas 100\u{202f}%.".to_owned());
    }
    let rest = (WHOLE - whole) / i64::try_from(open.max(1)).unwrap_or(1);
    let weight = |(id, share): (RecordKey, Option<i64>)| (id, share.unwrap_or(rest));
    Ok(told.into_iter().map(weight).collect())
}

/// A percentage, in hundredths of one.
fn hundredths(figures: &str) -> Result<i64, Fault> {
    let wrong = || "Écrivez une part en pour cent, par exemple 33,33\u{202f}%.".to_owned();
    let figures = figures.replace('.', ",");
    let (whole, part) = figures.split_once(',').unwrap_or((&figures, ""));
    if part.len() > 2 || whole.len() > 3 {
        return Err(wrong());
    }
    format!("{whole}{part:0<2}").parse().map_err(|_| wrong())
}

/// The funder of that name, or the only one whose name begins so, or holds that.
fn named(name: &str, book: Book<'_>) -> Result<RecordKey, Fault> {
    let typed = fold(name.trim());
    let records = book.session.records();
    let other_names = |rank: usize| {
        let partner = book.funder(rank)?.partner?;
        records.search_key(RecordId {
            kind: Kind::Partner,
            id: partner,
        })
    };
    let known: Vec<(usize, String)> = book.names.iter().map(|it| fold(it)).enumerate().collect();
    let all = |is_it: &dyn Fn(&(usize, String)) -> bool| -> Vec<usize> {
        let those = known.iter().filter(|it| is_it(it));
        those.map(|(rank, _)| *rank).collect()
    };
    let found = [
        all(&|(_, name)| *name == typed),
        all(&|(rank, _)| other_names(*rank).is_some_and(|it| it.lines().any(|it| it == typed))),
        all(&|(_, name)| name.starts_with(&typed)),
        all(&|(_, name)| name.contains(&typed)),
        all(&|(rank, _)| other_names(*rank).is_some_and(|it| it.contains(&typed))),
    ]
    .into_iter()
    .find(|found| !found.is_empty());
    match found.as_deref() {
        Some([rank]) => book
            .funder(*rank)
            .map(|it| it.id)
            .ok_or_else(|| "Ce financeur n’est plus là.".to_owned()),
        Some(several) => {
            let names = several.iter().filter_map(|rank| book.names.get(*rank));
            let names: Vec<&str> = names.map(String::as_str).collect();
            Err(format!(
                "Plusieurs financeurs répondent à {}\u{a0}: {}.",
                quoted(name.trim()),
                names.join(", ")
            ))
        }
        None if book.names.is_empty() => {
            Err("Ajoutez d’abord un financeur, au pied du tableau.".to_owned())
        }
        None => Err(format!(
            "{} n’est pas un financeur de ce budget\u{a0}: ajoutez-le au pied du tableau. Ses \
             financeurs\u{a0}: {}.",
            quoted(name.trim()),
            book.names.join(", ")
        )),
    }
}

/// Has a line paid so, in every year. One that costs nothing yet remembers a single payer.
fn share_out(
    line: &mut Line,
    weights: &[(RecordKey, i64)],
    book: Book<'_>,
    ids: &mut Ids,
) -> Result<(), Fault> {
    let mut years: Vec<i32> = line.shares.iter().map(|share| share.year).collect();
    years.sort_unstable();
    years.dedup();
    let costs = line.shares.iter().any(|share| !share.amount.is_zero());
    match (weights, book.totals.years.first()) {
        _ if costs => {
            for year in years {
                let amount = line.planned(year);
                line.allot(year, amount, weights, ids);
            }
            Ok(())
        }
        ([(funder, _)], Some(year)) => {
            line.shares = vec![crate::model::Share {
                id: ids.next_id(),
                year: *year,
                funder: *funder,
                amount: Amount::ZERO,
            }];
            Ok(())
        }
        ([_], None) => Err("Ce budget n’a pas encore d’années.".to_owned()),
        _ => Err("Saisissez d’abord un montant\u{a0}: il sera partagé ainsi.".to_owned()),
    }
}

/// A heading, by the whole of its name or by how one of the usual ones begins.
pub(super) fn heading(raw: &str) -> Result<String, Fault> {
    let name = typed::required(raw, "Un poste a un nom.")?;
    Ok(usual_heading(&name).map_or(name, str::to_owned))
}

/// Whose operation is meant: the line or the funder that is called so, or the only one whose name holds that.
pub(super) fn holder(raw: &str, book: Book<'_>) -> Result<Holder, Fault> {
    let raw = raw.trim();
    let typed = fold(raw);
    if typed.is_empty() {
        return Err("Tapez le nom d’une ligne ou d’un financeur.".to_owned());
    }
    let lines = book.budget.lines.iter();
    let lines = lines.map(|it| (it.label.as_str(), Holder::Line(it.id)));
    let funders = book.names.iter().zip(&book.budget.funders);
    let funders = funders.map(|(name, it)| (name.as_str(), Holder::Funder(it.id)));
    let answer: Vec<(&str, Holder)> = lines
        .chain(funders)
        .filter(|(name, _)| fold(name).contains(&typed))
        .collect();
    let mut called_so = answer.iter().filter(|(name, _)| fold(name) == typed);
    match (called_so.next(), called_so.next(), answer.as_slice()) {
        (Some((_, one)), None, _) | (_, _, [(_, one)]) => Ok(*one),
        (_, _, []) => Err("Aucune ligne ni aucun financeur ne s’appelle ainsi.".to_owned()),
        (Some(_), Some(_), _) => Err(
            "Plusieurs s’appellent ainsi\u{a0}: «\u{202f}Opérations de la ligne\u{202f}», dans l’exécution, ouvre les \
             siennes."
                .to_owned(),
        ),
        (None, _, [(first, _), (second, _), others @ ..]) => {
            let others = match others.len() {
                0 => String::new(),
                count => format!(" et {}", french::count(count, "autre", "autres")),
            };
            Err(format!(
                "Plusieurs répondent\u{a0}: {}, {}{others}. Tapez-en davantage.",
                quoted(first),
                quoted(second)
            ))
        }
    }
}

/// An expected operation of that holder.
pub(super) fn operation(holder: Holder, book: Book<'_>, ids: &mut Ids) -> Operation {
    use chrono::Datelike;

    let this = book.session.today().year();
    let years = &book.totals.years;
    let year = years.iter().copied().find(|year| *year >= this);
    let step = match holder {
        Holder::Line(_) => Step::Paid,
        Holder::Funder(_) => Step::Received,
    };
    Operation {
        expected: true,
        ..Operation::new(
            ids.next_id(),
            step,
            year.or(years.last().copied()).unwrap_or(this),
            Amount::ZERO,
        )
    }
}
