//! The fields beside the tables: what each says, how what is typed or chosen sets it, or why it cannot.

use super::{Entry, Value};
use crate::app::screen::budget::write;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::widget::form::typed;
use crate::model::{
    Amount, Budget, Currency, Exchange, Foreign, HEADINGS, Id as RecordKey, Rate, split,
};

const A_FUNCTION: &str = "Une fonction M57 est faite de chiffres, par exemple 044.";
const AN_ACCOUNT: &str = "Un compte M57 est fait de chiffres, par exemple 65748.";

pub(super) fn decimals(currency: &Currency, session: &Session) -> u32 {
    u32::try_from(french::decimals_of(currency, session.reference())).unwrap_or(2)
}

/// The fixed parity of a currency with the euro, and what fixes it.
pub(super) fn parity(currency: &Currency, session: &Session) -> Option<(String, String)> {
    let known = session.reference().currency(currency.code())?;
    let parity = known.parity.as_ref()?;
    Some((parity.rate.clone(), parity.source.clone()))
}

pub(super) fn say(budget: &Budget, entry: Entry, session: &Session) -> String {
    let reference = session.reference();
    let line = |id| budget.line(id);
    let words = |it: Option<&Option<String>>| it.cloned().flatten().unwrap_or_default();
    let foreign = |id: RecordKey| line(id).and_then(|it| it.foreign.as_ref());
    match entry {
        Entry::Title => budget.title.clone(),
        Entry::Years => typed::say_years(&budget.years),
        Entry::Worth => {
            let rate = budget.rate.as_ref();
            rate.map_or_else(String::new, |it| it.units.replace('.', ","))
        }
        Entry::WorthDay => typed::say_day(budget.rate.as_ref().and_then(|it| it.date)),
        Entry::WorthSource => words(budget.rate.as_ref().map(|it| &it.source)),
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

pub(super) fn set(
    budget: &mut Budget,
    entry: Entry,
    raw: &str,
    session: &Session,
) -> Result<(), String> {
    match entry {
        Entry::Title => {
            budget.title = typed::required(raw, "Un budget a un titre.")?;
            return Ok(());
        }
        Entry::Years => {
            budget.years = typed::years(raw)?;
            return Ok(());
        }
        Entry::Worth | Entry::WorthDay | Entry::WorthSource => {
            return set_worth(budget, entry, raw);
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
    let (Entry::Label(id)
    | Entry::Heading(id)
    | Entry::ServiceBudget(id)
    | Entry::Function(id)
    | Entry::Account(id)
    | Entry::Foreign(id)
    | Entry::Rate(id)
    | Entry::RateDay(id)
    | Entry::RateSource(id)) = entry
    else {
        return Ok(());
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
            line.function = code(raw, A_FUNCTION)?;
        }
        Entry::Account(_) => {
            line.account = code(raw, AN_ACCOUNT)?;
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
                Entry::Rate(_) => foreign.rate = units(raw)?,
                Entry::RateDay(_) => foreign.date = typed::day(raw)?,
                _ => foreign.source = typed::optional(raw),
            }
        }
    }
    Ok(())
}

/// How many units of a currency one euro is worth.
fn units(raw: &str) -> Result<String, String> {
    let rate: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    let rate = rate.replace(',', ".");
    match Exchange::at(&rate, 0) {
        Some(_) => Ok(rate),
        None => Err("Écrivez combien d’unités valent un euro, par exemple 655,957.".to_owned()),
    }
}

/// What the budget's own currency is worth.
fn set_worth(budget: &mut Budget, entry: Entry, raw: &str) -> Result<(), String> {
    let mut rate = budget.rate.clone().unwrap_or_default();
    match entry {
        Entry::WorthDay => rate.date = typed::day(raw)?,
        Entry::WorthSource => rate.source = typed::optional(raw),
        _ if raw.trim().is_empty() => rate.units.clear(),
        _ => rate.units = units(raw)?,
    }
    budget.rate = Some(rate).filter(|rate| *rate != Rate::default());
    Ok(())
}

fn code(raw: &str, why: &str) -> Result<Option<String>, String> {
    match typed::optional(raw) {
        Some(code) if !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Err(why.to_owned()),
        code => Ok(code),
    }
}

/// Something chosen becomes that.
pub(super) fn put(budget: &mut Budget, id: RecordKey, value: Value, session: &Session) {
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
pub(super) fn take(budget: &mut Budget, id: RecordKey, session: &Session) {
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
