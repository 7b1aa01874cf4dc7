//! Two versions of a convention on paper: what was added is underlined and bold, what was removed is struck out between
//! brackets, so that neither colour nor sight is needed to tell them apart.

use chrono::NaiveDate;

use super::blocks::{heading, paragraph, plain, sheet, subtitle, title};
use crate::document::{
    Block, ComparedPart, Comparison, Document, Fate, Inline, Piece, Revision, Span,
};
use crate::model::{Convention, Records};

const TITLE: &str = "Comparaison";

/// What is compared: the convention, and what each of its states is called.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The convention.
    pub convention: &'a Convention,
    /// The earlier state: « Version 9 du 04/11/2026, soumise au service juridique ».
    pub before: &'a str,
    /// The later one.
    pub after: &'a str,
}

/// The document of a comparison.
#[must_use]
pub fn comparison_sheet(
    compared: Compared<'_>,
    comparison: &Comparison,
    records: &Records,
    today: NaiveDate,
) -> Document {
    let Compared {
        convention,
        before,
        after,
    } = compared;
    let piece = |revision, text: &str| Piece {
        revision: Some(revision),
        text: text.to_owned(),
    };
    let mut legend = plain("Se lit ainsi\u{a0}: ");
    legend.extend(inlines(&[piece(Revision::Inserted, "ce qui est ajouté")]));
    legend.extend(plain(", souligné\u{202f}; "));
    legend.extend(inlines(&[piece(Revision::Deleted, "ce qui est supprimé")]));
    legend.extend(plain(", barré et entre crochets."));

    let mut blocks = vec![
        title("Comparaison de deux versions"),
        subtitle(&convention.title),
        paragraph(plain(format!("De\u{a0}: {before}"))),
        paragraph(plain(format!("À\u{a0}: {after}"))),
        paragraph(plain(told(comparison))),
        paragraph(legend),
    ];
    let (same, changed): (Vec<&ComparedPart>, Vec<&ComparedPart>) = comparison
        .parts
        .iter()
        .partition(|part| part.fate == Fate::Same && !part.moved);
    blocks.extend(changed.into_iter().flat_map(part));
    if !same.is_empty() {
        blocks.push(heading("Identique"));
        let titles: Vec<String> = same.iter().map(|part| part.heading()).collect();
        blocks.push(paragraph(plain(format!("{}.", titles.join("\u{202f}; ")))));
    }
    let identity = format!("{}/comparaison/{before}/{after}", convention.id);
    sheet(TITLE, &convention.title, identity, records, today, blocks)
}

/// What the file of a comparison is called.
#[must_use]
pub fn comparison_file_name(convention: &Convention) -> String {
    format!("{TITLE} – {}", super::file_name(convention))
}

fn told(comparison: &Comparison) -> String {
    if comparison.is_empty() {
        return "Les deux textes sont identiques.".to_owned();
    }
    let same = comparison.count(Fate::Same);
    format!(
        "Articles et parties\u{a0}: {}\u{202f}; {same} sans autre changement.",
        comparison.told()
    )
}

fn part(part: &ComparedPart) -> Vec<Block> {
    let mut blocks = vec![heading(format!("{} – {}", part.heading(), part.told()))];
    blocks.extend(
        part.paragraphs
            .iter()
            .map(|pieces| paragraph(inlines(pieces))),
    );
    if !part.language.is_french() {
        for block in blocks.iter_mut().skip(1) {
            block.language = Some(part.language.clone());
        }
    }
    blocks
}

/// The spaces around a revision are no part of it: a rule under nothing tells nothing.
fn inlines(pieces: &[Piece]) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for (rank, piece) in pieces.iter().enumerate() {
        let Some(revision) = piece.revision else {
            inlines.push(Inline::Span(Span::plain(&piece.text)));
            continue;
        };
        let words = piece.text.trim_end();
        if words.is_empty() {
            continue;
        }
        let text = match revision {
            Revision::Inserted => words.to_owned(),
            Revision::Deleted => format!("[{words}]"),
        };
        inlines.push(Inline::Span(Span {
            text,
            bold: revision == Revision::Inserted,
            revision: Some(revision),
            ..Span::default()
        }));
        // What is struck out stands apart from what takes its place.
        let next = pieces.get(rank + 1).and_then(|it| it.revision);
        if piece.text.len() > words.len() || next == Some(Revision::Inserted) {
            inlines.push(Inline::Span(Span::plain(" ")));
        }
    }
    inlines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::document::{compare, text};
    use crate::model::{Change, Record};
    use crate::pdf;
    use crate::reference::Reference;
    use crate::typeset::{Fonts, Paragraphs, lay_out, pages::Drawing, pages::Owner};

    #[test]
    fn what_changed_is_read_without_colour_and_said_without_sight() {
        let before = demo::records();
        let mut draft = before
            .conventions()
            .find(|it| it.taken_over.is_none() && before.sealed(it.id).is_none())
            .unwrap()
            .clone();
        draft.articles[0].texts[0].paragraphs[0] = "Un texte tout neuf.".to_owned();
        let mut after = before.clone();
        after.apply(&Change::create("", Record::Convention(draft.clone())));
        let comparison = compare(draft.id, &before, &after, Reference::shipped());
        let compared = Compared {
            convention: &draft,
            before: "hier",
            after: "aujourd’hui",
        };
        let sheet = comparison_sheet(compared, &comparison, &after, demo::TODAY);
        let said = text(&sheet);
        assert!(
            said.contains("– modifié\n") && said.contains("Un texte tout neuf."),
            "{said}"
        );

        let pages = lay_out(&sheet, &Fonts::shipped(), &mut Paragraphs::default());
        let revised = |revision| {
            let mut nodes = pages.nodes.iter();
            nodes
                .position(|node| node.revision == Some(revision))
                .unwrap()
        };
        for (revision, words) in [
            (Revision::Inserted, "[ajouté\u{a0}: ce qui est ajouté]"),
            (Revision::Deleted, "[supprimé\u{a0}: [ce qui est supprimé]]"),
        ] {
            let node = revised(revision);
            assert_eq!(pages.nodes[node].replacement.as_deref(), Some(words));
            let items = pages.pages.iter().flat_map(|page| &page.items);
            let own: Vec<_> = items.filter(|it| it.owner == Owner::Node(node)).collect();
            assert!(own.iter().any(|it| matches!(it.drawing, Drawing::Path(_))));
            assert!(
                own.iter()
                    .any(|it| matches!(it.drawing, Drawing::Glyphs(_)))
            );
        }
        assert!(pdf::write(&pages).unwrap().starts_with(b"%PDF"));
    }
}
