//! A Word file says what the document says, well formed, in its structure.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::docx;
use crate::demo;
use crate::document::{self, Composition, Document, Languages, State};
use crate::reference::Reference;

fn documents() -> Vec<Document> {
    let records = demo::records();
    let reference = Reference::shipped();
    let composed = |convention, languages| {
        let composition = Composition {
            state: State::Working,
            dated: demo::TODAY,
            languages,
            ..Composition::default()
        };
        document::compose(convention, &records, reference, &composition)
    };
    records
        .conventions_sorted()
        .filter(|it| it.taken_over.is_none())
        .flat_map(|it| {
            let paired = match it.languages.as_slice() {
                [first, second, ..] => Some(Languages::Paired(first.clone(), second.clone())),
                _ => None,
            };
            let ways = std::iter::once(Languages::default()).chain(paired);
            ways.map(|way| composed(it, way)).collect::<Vec<_>>()
        })
        .collect()
}

/// The parts of a file, by name.
fn parts(file: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut part = zip.by_index(index).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (name, String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

/// The paragraphs of a part, as words; a check that it is well formed on the way.
fn paragraphs(part: &str) -> Vec<String> {
    let mut reader = Reader::from_str(part);
    let mut paragraphs = vec![String::new()];
    let mut is_text = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "w:p" => paragraphs.push(String::new()),
            Event::Empty(tag) if tag.name().as_ref() == "w:noBreakHyphen" => {
                paragraphs.last_mut().unwrap().push('-');
            }
            Event::Start(tag) => is_text = tag.name().as_ref() == "w:t",
            Event::End(_) => is_text = false,
            Event::Text(words) if is_text => {
                let words: &str = words.as_ref();
                paragraphs.last_mut().unwrap().push_str(words);
            }
            Event::GeneralRef(entity) if is_text => {
                let name: &str = entity.as_ref();
                let c = match name {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "apos" => '\'',
                    _ => '"',
                };
                paragraphs.last_mut().unwrap().push(c);
            }
            Event::Eof => return paragraphs,
            _ => {}
        }
    }
}

/// Letters and figures alone: spaces and dots of blanks are Word's own.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn what_is_said_is_what_the_text_of_the_document_says() {
    for document in documents() {
        let parts = parts(&docx(&document).unwrap());
        let notes = paragraphs(&parts["word/footnotes.xml"]);
        let said = paragraphs(&parts["word/document.xml"])
            .into_iter()
            .chain(notes)
            .collect::<String>();
        let wanted = document::text(&document);
        // Numbers of lists are Word's to print.
        for words in wanted.lines().flat_map(|line| line.split('\t')) {
            let words = words
                .trim_start()
                .trim_start_matches(|c: char| c.is_ascii_digit());
            assert!(
                bare(&said).contains(&bare(words)),
                "« {words} » dans {}",
                document.title
            );
        }
    }
}

#[test]
fn every_part_is_well_formed_and_declared() {
    for document in documents() {
        let file = docx(&document).unwrap();
        assert_eq!(file, docx(&document).unwrap(), "same document, same bytes");
        let parts = parts(&file);
        let types = &parts["[Content_Types].xml"];
        for (name, part) in &parts {
            if name.ends_with(".xml") || name.ends_with(".rels") {
                paragraphs(part);
            }
            let is_declared = types.contains(&format!("\"/{name}\""));
            assert!(
                is_declared || !name.ends_with(".xml") || name.starts_with('['),
                "{name}"
            );
        }
        let relations = &parts["word/_rels/document.xml.rels"];
        for id in parts["word/document.xml"].split("r:id=\"").skip(1) {
            let id = id.split('"').next().unwrap();
            assert!(relations.contains(&format!("Id=\"{id}\"")), "{id}");
        }
    }
}

#[test]
fn structure_stays_structure() {
    let said: Vec<String> = documents()
        .iter()
        .map(|document| parts(&docx(document).unwrap())["word/document.xml"].clone())
        .collect();
    for mark in [
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:pStyle w:val=\"Visa\"/>",
        "<w:numPr>",
        "<w:tblHeader/>",
        "<w:sdt>",
        "<w:vertAlign w:val=\"superscript\"/>",
        "w:lang w:val=\"pt\"",
    ] {
        assert!(said.iter().any(|it| it.contains(mark)), "{mark}");
    }
}

#[test]
fn french_spaces_are_those_of_word() {
    let said = documents()
        .iter()
        .map(|document| parts(&docx(document).unwrap())["word/document.xml"].clone())
        .collect::<String>();
    assert!(said.contains("«\u{a0}"));
    assert!(!said.contains('\u{202f}'));
    assert!(
        said.contains("1115</w:t><w:noBreakHyphen/>"),
        "no figure is broken"
    );
}
