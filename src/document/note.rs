//! « Note d'opportunité »: why act abroad, by the reasons chosen: for each its sentence, its argument, an example, and
//! what shows it at home.

use chrono::NaiveDate;

use super::compose::color;
use super::inline::{bold, plain};
use super::{
    Align, Around, Block, BlockKind, Document, Heading, Inline, List, ListItem, Logo, Paper,
    Paragraph, Running, Span,
};
use crate::model::{Convention, Lang, Nature, Records, Stage, quoted};
use crate::reference::{Reason, Reference};

/// What the note is called.
pub const NOTE: &str = "Note d’opportunité";

/// How many conventions show what a reason is at home.
const AT_HOME: usize = 4;

/// The conventions of the workspace that show what a reason is: those that share a theme with it.
pub fn at_home<'a>(
    reason: &'a Reason,
    records: &'a Records,
) -> impl Iterator<Item = &'a Convention> {
    records
        .conventions_sorted()
        .filter(|it| it.themes.iter().any(|theme| reason.themes.contains(theme)))
        .take(AT_HOME)
}

/// The note for those reasons, in the order given.
#[must_use]
pub fn note(
    reasons: &[&Reason],
    records: &Records,
    reference: &Reference,
    logos: Vec<Logo>,
    dated: NaiveDate,
) -> Document {
    let labels = reference.labels(&Lang::french());
    let authority = &records.authority().name.text;
    let day = labels.date(dated);

    let mut blocks = vec![
        block(BlockKind::Title(vec![plain(NOTE)])),
        block(BlockKind::Subtitle(vec![plain(
            "Pourquoi agir au-delà de nos frontières",
        )])),
        paragraph(vec![plain(
            "Cette note réunit les raisons d’agir que le service propose de retenir. Chacune tient en une phrase\u{a0}; un \
             argument la développe, un exemple la montre, et ce que nous faisons déjà l’illustre.",
        )]),
    ];
    for (number, reason) in (1..).zip(reasons) {
        blocks.extend(one(number, reason, records, reference, dated));
    }
    let ids: Vec<&str> = reasons.iter().map(|it| it.id.as_str()).collect();
    Document {
        identity: format!("note/{}", ids.join("+")),
        title: NOTE.to_owned(),
        author: authority.clone(),
        date: dated,
        language: Lang::french(),
        paper: Paper::A4,
        accent: records.authority().color.as_deref().and_then(color),
        line_numbers: false,
        around: Around {
            header: Running {
                left: authority.clone(),
                right: NOTE.to_owned(),
            },
            footer: Running {
                left: day,
                right: String::new(),
            },
            ..Around::default()
        },
        logos,
        blocks,
        masked: Vec::new(),
    }
}

fn one(
    number: usize,
    reason: &Reason,
    records: &Records,
    reference: &Reference,
    dated: NaiveDate,
) -> Vec<Block> {
    let saying = quoted(reason.saying.trim_end_matches('.'));
    let mut blocks = vec![
        heading(format!("{number}. {}", reason.title)),
        block(BlockKind::Paragraph(Paragraph {
            align: Align::Start,
            hanging: false,
            number: None,
            keep_with_next: true,
            text: vec![Inline::Span(Span {
                text: saying,
                italic: true,
                bold: true,
                ..Span::default()
            })],
        })),
        paragraph(vec![plain(&reason.argument)]),
    ];
    if let Some(example) = reference.examples().get(&reason.example) {
        blocks.push(paragraph(vec![
            bold("Exemple. "),
            plain(format!(
                "{}, {}. {} {}",
                example.title,
                lower(&example.when),
                example.account,
                example.lesson
            )),
        ]));
    }

    let ours: Vec<ListItem> = at_home(reason, records)
        .map(|convention| ListItem {
            label: "–".to_owned(),
            text: vec![plain(format!(
                "{} ({})",
                convention.title,
                stage(convention, records, dated).label().to_lowercase()
            ))],
            sublist: None,
            place: None,
        })
        .collect();
    if !ours.is_empty() {
        blocks.push(block(BlockKind::Paragraph(Paragraph {
            align: Align::Start,
            hanging: false,
            number: None,
            keep_with_next: true,
            text: vec![bold("Chez nous")],
        })));
        blocks.push(block(BlockKind::List(List {
            ordered: false,
            items: ours,
        })));
    }

    let goals: Vec<String> = (reason.goals.iter())
        .filter_map(|number| Some(format!("{number}\u{a0}({})", reference.odd(*number)?.label)))
        .collect();
    if !goals.is_empty() {
        let words = format!(
            "Objectifs de développement durable\u{a0}: {}.",
            goals.join(", ")
        );
        blocks.push(paragraph(vec![Inline::Span(Span {
            text: words,
            italic: true,
            ..Span::default()
        })]));
    }
    blocks
}

fn stage(convention: &Convention, records: &Records, on: NaiveDate) -> Stage {
    convention.stage(on, |party| {
        records.nature_of(party) == Some(Nature::FrenchAuthority)
    })
}

fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        language: None,
        place: None,
    }
}

fn heading(text: String) -> Block {
    block(BlockKind::Heading(Heading {
        level: 1,
        text: vec![plain(text)],
        anchor: None,
    }))
}

fn paragraph(text: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(Paragraph {
        align: Align::Justify,
        hanging: false,
        number: None,
        keep_with_next: false,
        text,
    }))
}

/// « Depuis 2005 » within a sentence.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    #[test]
    fn a_note_says_the_reasons_chosen_in_their_order_and_what_shows_them_here() {
        let (records, reference) = (crate::demo::records(), Reference::shipped());
        let reasons: Vec<&Reason> = ["pauvrete-et-droits", "developpement-local"]
            .into_iter()
            .filter_map(|id| reference.reasons().get(id))
            .collect();
        let day = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let said = text(&note(&reasons, &records, reference, Vec::new(), day));

        let place = |words: &str| {
            said.find(words)
                .unwrap_or_else(|| panic!("{words}\n{said}"))
        };
        assert!(place("1. Lutter contre la pauvreté") < place("2. Mettre en perspective"));
        assert!(place("L’eau, le soin, l’école") > place("1. Lutter contre la pauvreté"));
        assert!(said.contains("Cergy-Pontoise"));
        assert!(said.contains("Chez nous"));
        let ours = at_home(reasons[0], &records).next().unwrap();
        assert!(said.contains(&ours.title));
        assert!(!said.contains("à compléter"));
    }
}
