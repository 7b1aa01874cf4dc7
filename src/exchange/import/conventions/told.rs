//! What a row says of a convention, its kind, its currency and its themes understood.

use chrono::NaiveDate;

use crate::exchange::budget::Column;
use crate::exchange::import::{Field, Refused, Row, at, said_day};
use crate::exchange::table::value::{cited, mark_of};
use crate::model::{Amount, ConventionKind, Currency, Id, fold};
use crate::reference::Reference;

/// What a row says of a convention.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) kind: Option<ConventionKind>,
    /// Who is party to it, once the names of the row are looked for.
    pub(super) partners: Vec<Id>,
    pub(super) object: Option<String>,
    /// In the smallest unit of `currency`, else of euros.
    pub(super) amount: Option<Amount>,
    /// The currency that the row says, euros included.
    pub(super) currency: Option<Currency>,
    pub(super) signed: Option<NaiveDate>,
    pub(super) start: Option<NaiveDate>,
    pub(super) end: Option<NaiveDate>,
    pub(super) themes: Vec<String>,
    pub(super) notes: Option<String>,
}

pub(super) fn read(
    row: &Row<'_>,
    reference: &Reference,
    remarks: &mut Vec<String>,
) -> Result<Told, Refused> {
    let title = row
        .name(Field::Title)
        .and_then(|title| title.ok_or_else(|| Refused::at(Field::Title, "le titre manque")));
    let kind = row
        .text(Field::Genre)
        .map(|said| at(Field::Genre, kind_of(&said)))
        .transpose();
    let mut refused = Refused::default();
    let (currency, amount) = refused.hear(money(row, reference, remarks));
    let mut told = Told {
        title: refused.hear(title),
        kind: refused.hear(kind),
        partners: Vec::new(),
        object: row.text(Field::Object),
        amount,
        currency,
        signed: refused.hear(row.day(Field::Signed)),
        start: refused.hear(row.day(Field::Start)),
        end: refused.hear(row.day(Field::End)),
        themes: refused.hear(themes(row, reference)),
        notes: row.text(Field::Cell(Column::Notes)),
    };
    let (field, which, first) = match told.start {
        Some(start) => (Field::Start, "le début", Some(start)),
        None => (Field::Signed, "la signature", told.signed),
    };
    if first.zip(told.end).is_some_and(|(first, end)| end < first) {
        let (first, end) = (said_day(first), said_day(told.end.take()));
        let reason = format!("la fin, le {end}, vient avant {which}, le {first}");
        // Either may be the wrong one.
        refused.note(Refused::at(Field::End, reason.as_str()));
        refused.note(Refused::at(field, reason));
    }
    refused.none().map(|()| told)
}

/// The currency that a row says, and what it comes to: no amount is read in a currency that is not known.
fn money(
    row: &Row<'_>,
    reference: &Reference,
    remarks: &mut Vec<String>,
) -> Result<(Option<Currency>, Option<Amount>), Refused> {
    let currency = match row.text(Field::Cell(Column::Currency)) {
        None => marked(row, reference)?,
        Some(code) => Some(currency_of(&code, reference)?),
    };
    let counted = currency.clone().unwrap_or_default();
    let amount = amount_in(row, &counted, reference, remarks)?;
    match amount {
        Some(Amount(..0)) => Err(Refused::at(
            Field::Cell(Column::Amount),
            "le montant est négatif",
        )),
        amount => Ok((currency, amount)),
    }
}

/// What a row says that it comes to, in that currency.
pub(super) fn amount_in(
    row: &Row<'_>,
    currency: &Currency,
    reference: &Reference,
    remarks: &mut Vec<String>,
) -> Result<Option<Amount>, Refused> {
    let decimals = reference.decimals_of(currency);
    row.amount(Field::Cell(Column::Amount), (currency, decimals), remarks)
}

/// As a convention keeps it: euros are not said.
pub(super) fn kept(currency: &Currency) -> Option<Currency> {
    Some(currency.clone()).filter(|it| *it != Currency::euro())
}

/// The currency that the amount itself says, or the head of its column, where no column says that of each; else that
/// which somebody told.
fn marked(row: &Row<'_>, reference: &Reference) -> Result<Option<Currency>, Refused> {
    let field = Field::Cell(Column::Amount);
    let value = row.value(field);
    if value.is_empty() {
        return Ok(None);
    }
    let told = row.import.currency.as_ref();
    let of_the_head = || {
        let column = row.import.columns().get(row.import.column_of(field)?)?;
        Some(column.unit.as_ref()?.codes.clone()).filter(|codes| !codes.is_empty())
    };
    let codes = mark_of(value).map(|mark| mark.codes).or_else(of_the_head);
    match codes.as_deref() {
        None => Ok(told.cloned()),
        Some([code]) => currency_of(code, reference).map(Some),
        Some(several) => match told.filter(|it| several.iter().any(|code| code == it.code())) {
            Some(told) => Ok(Some(told.clone())),
            None => Err(Refused::at(
                field,
                format!(
                    "ce montant peut être en {}\u{a0}: choisissez sa monnaie avec la lecture du tableau, ou ajoutez \
                     une colonne «\u{a0}Devise\u{a0}»",
                    several.get(..3).unwrap_or(several).join(", ")
                ),
            )),
        },
    }
}

fn currency_of(said: &str, reference: &Reference) -> Result<Currency, Refused> {
    let folded = fold(said);
    let known = reference.currencies().iter().find(|it| {
        it.id.eq_ignore_ascii_case(said.trim())
            || fold(&it.one) == folded
            || fold(&it.many) == folded
            || it.symbol == said
    });
    match known {
        Some(known) => Ok(Currency::new(&known.id)),
        // The French franc is no currency of today; conventions of 1987 are in it.
        None if ["frf", "franc", "francs", "francs francais", "ff"].contains(&folded.as_str()) => {
            Ok(Currency::new("FRF"))
        }
        None if ["euro", "euros"].contains(&folded.as_str()) => Ok(Currency::euro()),
        None => Err(Refused::at(
            Field::Cell(Column::Currency),
            format!("devise inconnue {}", cited(said)),
        )),
    }
}

fn themes(row: &Row<'_>, reference: &Reference) -> Result<Vec<String>, Refused> {
    let Some(said) = row.text(Field::Themes) else {
        return Ok(Vec::new());
    };
    let themes = reference.themes();
    let named = |name: &str| {
        let folded = fold(name);
        themes
            .iter()
            .find(|theme| fold(&theme.label) == folded || theme.id == name)
            .map(|theme| theme.id.clone())
    };
    if let Some(one) = named(&said) {
        return Ok(vec![one]);
    }
    let names = said.split([';', ',', '/', '|']).map(str::trim);
    let mut refused = Refused::default();
    let themes = names
        .filter(|name| !name.is_empty())
        .map(|name| {
            let unknown = || format!("thème inconnu {}", cited(name));
            refused.hear(named(name).ok_or_else(|| Refused::at(Field::Themes, unknown())))
        })
        .collect();
    refused.none().map(|()| themes)
}

/// A kind of convention, from the words of lists.
fn kind_of(said: &str) -> Result<ConventionKind, String> {
    let words = fold(said);
    if let Some(kind) = ConventionKind::ALL
        .into_iter()
        .find(|kind| fold(kind.label()) == words)
    {
        return Ok(kind);
    }
    let has = |word: &str| words.split(' ').any(|it| it.starts_with(word));
    let kind = if has("avenant") || has("amendment") {
        ConventionKind::Amendment
    } else if has("comite") {
        ConventionKind::TwinningCommittee
    } else if has("jumel") || has("twin") || has("sister") {
        ConventionKind::Twinning
    } else if has("amitie") || has("friend") || has("pacte") {
        ConventionKind::Friendship
    } else if has("protocole") || has("intention") || has("intent") || has("memorandum") {
        ConventionKind::Intent
    } else if has("urgence") || has("emergency") {
        ConventionKind::Emergency
    } else if has("cadre") || has("framework") {
        ConventionKind::Framework
    } else if has("annuel") || has("execution") || has("annual") {
        ConventionKind::Annual
    } else if has("multipart") || has("tripart") {
        ConventionKind::Multiparty
    } else if has("subvention") || has("financement") || has("grant") || has("association") {
        ConventionKind::Grant
    } else if has("cooperation") || has("partenariat") || has("partnership") || has("convention") {
        ConventionKind::Cooperation
    } else {
        let kinds = ConventionKind::ALL
            .map(|kind| kind.label().to_lowercase())
            .join(", ");
        return Err(format!(
            "genre inconnu {}\u{a0}: écrivez {kinds}",
            cited(said)
        ));
    };
    Ok(kind)
}
