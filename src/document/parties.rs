//! « Entre … et … »: who is bound, who stands for whom, by which decision.

use crate::model::{ActKind, ConventionKind, Gender, Lang, Number, Party, Signatory, fold};
use crate::reference::fill;

use super::desk::Desk;
use super::inline::{blank, plain};
use super::{Align, Block, BlockKind, Inline, Paragraph, Span, State, fields};

/// The blocks that introduce the parties.
pub(super) fn blocks(desk: &Desk<'_>) -> Vec<Block> {
    let labels = &desk.labels.parties;
    let parties = &desk.convention.parties;
    if parties.is_empty() {
        return Vec::new();
    }

    let mut blocks = Vec::new();
    for (place, party) in parties.iter().enumerate() {
        let word = if place == 0 {
            &labels.between
        } else {
            &labels.and
        };
        let mut text = introduction(desk, party);
        if is_solemn(desk) {
            text.insert(0, plain(format!("{word} ")));
        } else {
            blocks.push(line(desk, word));
        }
        match (parties.len(), place) {
            (2, 0) => text.push(plain(format!(", {},", labels.on_the_one_part))),
            (2, _) => text.push(plain(format!(", {},", labels.on_the_other_part))),
            _ => text.push(plain(",")),
        }
        blocks.push(Block {
            kind: BlockKind::Paragraph(Paragraph {
                align: Align::Justify,
                hanging: false,
                number: None,
                keep_with_next: false,
                text,
            }),
            language: None,
            place: Some(desk.place(Some(party.id), 0, 0)),
        });
    }
    if !is_solemn(desk) {
        blocks.push(Block {
            kind: BlockKind::Paragraph(Paragraph {
                align: Align::Justify,
                hanging: false,
                number: None,
                keep_with_next: false,
                text: vec![plain(format!("{},", labels.together))],
            }),
            language: None,
            place: Some(desk.place(None, 0, 0)),
        });
    }
    blocks
}

/// A twinning is one page, which says « nous », by whole names, without addresses and on fewer lines.
fn is_solemn(desk: &Desk<'_>) -> bool {
    desk.convention.kind == ConventionKind::Twinning
}

/// « Entre », « et »: alone on their line, with what follows.
fn line(desk: &Desk<'_>, word: &str) -> Block {
    Block {
        kind: BlockKind::Paragraph(Paragraph {
            align: Align::Start,
            hanging: false,
            number: None,
            keep_with_next: true,
            text: vec![plain(word)],
        }),
        language: None,
        place: Some(desk.place(None, 0, 0)),
    }
}

fn introduction(desk: &Desk<'_>, party: &Party) -> Vec<Inline> {
    let labels = &desk.labels.parties;
    let (gender, number) = agreement(desk, party);
    let mut text = full_name(desk, party);

    if let Some(siret) = siret(desk, party) {
        text.push(plain(", "));
        text.push(Inline::Span(proper(&siret, None)));
    }
    if let Some(seat) = seat(desk, party).filter(|_| !is_solemn(desk)) {
        text.push(plain(format!(
            ", {} {seat}",
            labels.seated.with(gender, number)
        )));
    }
    text.push(plain(format!(
        ", {} ",
        labels.represented_by.with(gender, number)
    )));
    text.extend(representative(desk, party));
    text.extend(authorisation(desk, party));
    // A name that is no shorter needs not be told again.
    let short = desk
        .short_name(party)
        .filter(|short| desk.name(party).is_none_or(|name| name.text != short.text))
        .filter(|_| !is_solemn(desk));
    if let Some(short) = short {
        let quotes = &desk.labels.quotes;
        let article = if desk.is_french() {
            let whole = short.with_article();
            whole.strip_suffix(&short.text).unwrap_or("").to_owned()
        } else {
            String::new()
        };
        text.push(plain(format!(
            ", {} {}{article}",
            labels.hereafter, quotes.open
        )));
        text.push(Inline::Span(Span {
            bold: true,
            ..proper(&short.text, None)
        }));
        text.push(plain(&quotes.close));
    }
    text
}

/// A name, which no line cuts.
fn proper(text: &str, language: Option<&Lang>) -> Span {
    Span {
        text: text.to_owned(),
        language: language.cloned(),
        solid: true,
        ..Span::default()
    }
}

/// Words agree with the name that is printed: the party's own, in its own language.
fn agreement(desk: &Desk<'_>, party: &Party) -> (Gender, Number) {
    let own = desk
        .own_name(party)
        .filter(|own| !desk.is_french() && own.lang.primary() == desk.lang.primary());
    if let Some(own) = own {
        return crate::model::Name::new(own.text.clone()).agreement();
    }
    desk.name(party).map_or(
        (Gender::Masculine, Number::Singular),
        crate::model::Name::agreement,
    )
}

/// The official name, in the language of the text where the party has one, with its own name and country beside.
pub(super) fn full_name(desk: &Desk<'_>, party: &Party) -> Vec<Inline> {
    let Some(known) = desk.name(party) else {
        return vec![blank(14, "nom de la partie")];
    };
    let own = desk.own_name(party);
    let own_is_ours = own.filter(|own| own.lang.primary() == desk.lang.primary());

    let mut text = match own_is_ours {
        Some(own) if !desk.is_french() => vec![Inline::Span(Span {
            bold: true,
            ..proper(&own.text, Some(&own.lang))
        })],
        _ => {
            let french = if desk.is_french() {
                known.with_article()
            } else {
                known.text.clone()
            };
            // The article is not part of the name, and not bold.
            let (article, rest) = french
                .strip_suffix(known.text.as_str())
                .map_or(("", french.as_str()), |article| {
                    (article, known.text.as_str())
                });
            let french_elsewhere = (!desk.is_french()).then(Lang::french);
            let mut text = Vec::new();
            if !article.is_empty() {
                text.push(plain(article));
            }
            text.push(Inline::Span(Span {
                bold: true,
                ..proper(rest, french_elsewhere.as_ref())
            }));
            text
        }
    };
    if let Some(own) = own.filter(|own| own.text != known.text && own_is_ours.is_none()) {
        text.push(plain(" ("));
        text.push(Inline::Span(proper(&own.text, Some(&own.lang))));
        text.push(plain(")"));
    }
    if let Some(country) = country(desk, party) {
        text.push(plain(format!(", {country}")));
    }
    text
}

/// The country, in French; « France » is not told.
fn country(desk: &Desk<'_>, party: &Party) -> Option<String> {
    let code = desk.partner(party)?.country.as_deref()?;
    let known = desk
        .reference
        .country(code)
        .filter(|_| code != "FR" && desk.is_french())?;
    Some(known.name.text.clone())
}

/// « SIRET 123 456 789 00012 », of an association: a grant is made to a body that its number tells from others.
fn siret(desk: &Desk<'_>, party: &Party) -> Option<String> {
    let known = desk
        .partner(party)?
        .association
        .as_ref()?
        .siret
        .as_deref()?;
    let digits: Vec<char> = known.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 14 {
        return Some(format!("SIRET {}", known.trim()));
    }
    let groups = [0..3, 3..6, 6..9, 9..14].map(|group| digits.get(group).unwrap_or_default());
    let groups = groups.map(|group| group.iter().collect::<String>());
    Some(format!("SIRET {}", groups.join("\u{a0}")))
}

fn seat(desk: &Desk<'_>, party: &Party) -> Option<String> {
    match party.partner {
        None => desk.records.authority().seat.clone(),
        Some(_) => desk.partner(party)?.seat.clone(),
    }
}

/// « Mme Hélène Carvalho, présidente ».
fn representative(desk: &Desk<'_>, party: &Party) -> Vec<Inline> {
    let Some(signatory) = desk.signatory(party) else {
        return vec![blank(12, "signataire"), plain(", "), blank(8, "fonction")];
    };
    let function = function(desk, party).unwrap_or_else(|| signatory.function.clone());
    let mut text = if desk.state == State::Publication {
        let masked = &desk.labels.page.masked;
        vec![plain(format!(
            "{}{function} ({masked})",
            its(desk, signatory.agreement(), &function)
        ))]
    } else {
        vec![
            Inline::Span(proper(&signatory.name, None)),
            plain(format!(", {function}")),
        ]
    };
    if let Some(delegation) = &signatory.delegation {
        text.push(plain(format!(", {delegation}")));
    }
    text
}

/// « sa présidente », « son maire »: what French puts before a function that no name stands before; nothing elsewhere,
/// nor where the gender is not told.
fn its(desk: &Desk<'_>, gender: Option<Gender>, function: &str) -> &'static str {
    let vowel = fold(function).starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']);
    match gender {
        Some(Gender::Feminine) if desk.is_french() && !vowel => "sa ",
        Some(_) if desk.is_french() => "son ",
        _ => "",
    }
}

/// The function as the language of the text says it, where it is known.
pub(super) fn function(desk: &Desk<'_>, party: &Party) -> Option<String> {
    let signatory = desk.signatory(party)?;
    let speaks = desk
        .own_name(party)
        .is_some_and(|own| own.lang.primary() == desk.lang.primary());
    match &signatory.function_there {
        Some(there) if speaks && !desk.is_french() => Some(there.clone()),
        _ => Some(signatory.function.clone()),
    }
}

/// « , dûment habilitée par délibération n° … du … »: with places to fill where an authority has not decided yet, nothing
/// where another body's decision is not recorded.
fn authorisation(desk: &Desk<'_>, party: &Party) -> Vec<Inline> {
    let labels = &desk.labels.parties;
    let vote = desk.convention.done_by(ActKind::Vote, &party.key);
    if vote.is_none() && !desk.is_authority(party) {
        return Vec::new();
    }

    let gender = desk.signatory(party).and_then(Signatory::agreement);
    let authorised = labels
        .authorised_by
        .with(gender.unwrap_or(Gender::Masculine), Number::Singular);
    let decision = if desk.is_authority(party) {
        &labels.deliberation
    } else {
        &labels.decision
    };
    let mut text = vec![plain(format!(", {authorised} {decision}"))];

    if desk.is_french()
        && let Some(assembly) = fields::assembly(desk, party)
    {
        text.push(plain(format!(" {}", assembly.of())));
    }
    let number = vote.and_then(|(act, _)| act.number.clone());
    if desk.is_authority(party) || number.is_some() {
        text.push(plain(format!(" {} ", labels.number)));
        text.push(number.map_or_else(
            || blank(5, "numéro de la délibération"),
            |number| {
                Inline::Span(Span {
                    text: number,
                    solid: true,
                    ..Span::default()
                })
            },
        ));
    }
    match vote {
        Some((_, date)) => {
            let dated = fill(&labels.dated, &[("date", &desk.labels.date(date))]);
            text.push(plain(format!(" {dated}")));
        }
        None => {
            let dated = fill(&labels.dated, &[("date", "")]);
            text.push(plain(format!(" {} ", dated.trim())));
            text.push(blank(8, "date de la délibération"));
        }
    }
    text
}
