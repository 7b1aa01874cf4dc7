//! What leaves is what was composed: the structure of each demonstration PDF, in each state, reads back piece by piece.

#[path = "../../examples/conventions/lines.rs"]
mod lines;

use super::*;
use crate::pdf::tests::reader::Reader;
use crate::typeset::pages::Tag;
use crate::{demo, document};

/// Elements that hold a piece of text of their own.
const PIECES: [&str; 12] = [
    "P", "H1", "H2", "H3", "H4", "H5", "H6", "TOCI", "LI", "Caption", "TH", "TD",
];

/// What two readings must agree on: letters and figures; not spaces, hyphens or marks.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The pieces of a file, in the order of its structure; what stands inside a piece is a part of it.
fn pieces(file: &Reader) -> Vec<(String, String)> {
    let mut pieces: Vec<(String, String)> = Vec::new();
    let mut inside = Vec::new();
    for element in file.elements() {
        let parent = element.dictionary.get(b"P").unwrap();
        let parent = parent.as_reference().unwrap();
        let text = letters(&file.text_of(element.id));
        if let Some((_, piece)) = inside.iter().find(|(id, _)| *id == parent).copied() {
            if element.kind == "L" {
                // A list under an item is pieces of its own, after what the item says.
                let item: &mut (String, String) = &mut pieces[piece];
                item.1.truncate(item.1.strip_suffix(&text).unwrap().len());
            } else {
                inside.push((element.id, piece));
            }
        } else if PIECES.contains(&element.kind.as_str()) {
            inside.push((element.id, pieces.len()));
            pieces.push((element.kind.clone(), text));
        }
    }
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}

#[test]
fn the_structure_of_each_demonstration_pdf_reads_back_what_was_composed() {
    let records = demo::records();
    let reference = Reference::shipped();
    let fonts = Fonts::shipped();
    let mut compared = 0;
    for convention in records.conventions_sorted() {
        for state in [
            State::Working,
            State::Vote,
            State::Signature,
            State::Publication,
        ] {
            let composition = Composition {
                state,
                dated: demo::TODAY,
                ..Composition::default()
            };
            let document = document::compose(convention, &records, reference, &composition);
            let pages = typeset::lay_out(&document, &fonts, &mut Paragraphs::default());
            let file = Reader::open(&pdf::write(&pages).unwrap());
            let mut found = pieces(&file).into_iter();

            let listed = pages.nodes.iter().any(|node| node.tag == Tag::Contents);
            for line in lines::lines(&document, listed).lines() {
                let (kind, text) = line.split_once('\t').unwrap();
                let wanted = letters(text);
                if wanted.is_empty() || kind == "Figure" {
                    continue;
                }
                let mut read = String::new();
                // A place to sign is several paragraphs; an entry of contents ends with its page.
                while read.len() < wanted.len() {
                    let (_, piece) = found.next().unwrap_or_else(|| panic!("nothing for {line}"));
                    read.push_str(&piece);
                    if kind != "Signature" {
                        break;
                    }
                }
                if kind == "TOCI" {
                    let page = read.strip_prefix(&wanted).unwrap_or("x");
                    assert!(page.parse::<usize>().is_ok(), "{read} instead of {wanted}");
                } else {
                    assert_eq!(read, wanted, "{}, {state:?}, {kind}", convention.title);
                }
                compared += 1;
            }
            assert_eq!(found.next(), None, "{}", convention.title);
        }
    }
    assert!(compared > 2_000, "{compared}");
}

/// « Jumelage: one solemn page », whoever signs it and in whatever state it leaves.
#[test]
fn a_charter_of_twinning_is_one_page() {
    use crate::drafting::{Brief, draft};
    use crate::model::{ConventionKind, Ids, Kind, Record};
    use serde_json::json;

    let reference = Reference::shipped();
    for (kind, name) in [
        ("commune", "Commune du Val-Fleuri"),
        (
            "communaute-d-agglomeration",
            "Communauté d’agglomération de Valmont et des Trois-Rivières",
        ),
        ("departement", "Département de la Loire-Bleue"),
        ("region", "Région Hauts-de-France"),
        (
            "syndicat-mixte-ferme",
            "Syndicat mixte des eaux et de l’assainissement du Val-Fleuri",
        ),
    ] {
        let mut ids = Ids::counted(1_790_000_000_000);
        let partner = ids.next_id();
        let signs = |ids: &mut Ids, name: &str| json!([{ "id": ids.next_id(), "name": name, "function": "président du conseil départemental" }]);
        let ours = json!({
            "name": { "text": name }, "kind": kind, "seat": "12 avenue de la République, 49000 Val-Fleuri",
            "signatories": signs(&mut ids, "Mme Hélène Carvalho-Delaunay"),
        });
        let theirs = json!({
            "id": partner, "nature": "foreign-authority", "name": { "text": "Commune de Porto-Novo" },
            "short_name": { "text": "Porto-Novo" }, "country": "BJ", "seat": "Hôtel de ville, Porto-Novo",
            "assembly": { "text": "conseil communal" }, "signatories": signs(&mut ids, "M. Koffi Houngbédji"),
        });
        let mut records = Records::from_records([
            Record::from_value(Kind::Authority, ours).unwrap(),
            Record::from_value(Kind::Partner, theirs).unwrap(),
        ]);
        let brief = Brief::new(ConventionKind::Twinning, vec![partner]);
        let mut draft = draft(&brief, &records, reference, &mut ids).unwrap();
        for recital in &mut draft.convention.recitals {
            for paragraph in &mut recital.texts[0].paragraphs {
                *paragraph = paragraph.replace(
                    "___",
                    "une rivière, des artisans du bois et trente ans d’échanges entre leurs écoles et leurs fanfares",
                );
            }
        }
        let convention = draft.convention.clone();
        records.apply(&draft.change());
        for state in [
            State::Working,
            State::Vote,
            State::Signature,
            State::Publication,
        ] {
            let composition = Composition {
                state,
                dated: demo::TODAY,
                ..Composition::default()
            };
            let document = document::compose(&convention, &records, reference, &composition);
            let pages = typeset::lay_out(&document, &Fonts::shipped(), &mut Paragraphs::default());
            assert_eq!(pages.pages.len(), 1, "{name}, {state:?}");
        }
    }
}
