//! A file inside the file, and what all pages share.

use lopdf::Object;

use super::reader::Reader;
use super::sample;
use crate::pdf::{Attachment, write, write_with};
use crate::typeset::pages::{Artifact, Item, Owner};

const DATA: Attachment<'_> = Attachment {
    name: "convention.json",
    media_type: "application/json",
    description: "Le texte, « tel qu’imprimé »",
    bytes: b"{\"un\": \"deux\"}",
};

#[test]
fn the_attached_file_is_data_of_the_document_and_the_file_says_part_three() {
    let pages = sample::convention();
    let file = Reader::open(&write_with(&pages, &DATA).unwrap());

    let associated = file.catalog("AF").as_array().unwrap();
    let described = file.dictionary(&associated[0]);
    assert_eq!(
        described.get(b"AFRelationship").unwrap().as_name().unwrap(),
        b"Data"
    );
    assert_eq!(file.text(described, "UF").unwrap(), "convention.json");
    assert_eq!(file.text(described, "Desc").unwrap(), DATA.description);
    let named = file.dictionary(
        file.dictionary(file.catalog("Names"))
            .get(b"EmbeddedFiles")
            .unwrap(),
    );
    let named = named.get(b"Names").unwrap().as_array().unwrap();
    assert_eq!(named[1], associated[0]);

    let embedded = file
        .dictionary(described.get(b"EF").unwrap())
        .get(b"F")
        .unwrap();
    let (_, stream) = file.document.dereference(embedded).unwrap();
    let stream = stream.as_stream().unwrap();
    assert_eq!(stream.decompressed_content().unwrap(), DATA.bytes);
    assert_eq!(
        stream.dict.get(b"Subtype").unwrap().as_name().unwrap(),
        b"application/json"
    );

    let (_, xmp) = file.document.dereference(file.catalog("Metadata")).unwrap();
    let xmp = String::from_utf8(xmp.as_stream().unwrap().content.clone()).unwrap();
    assert!(xmp.contains("<pdfaid:part>3</pdfaid:part>"));

    let plain = Reader::open(&write(&pages).unwrap());
    let catalog = plain.document.catalog().unwrap();
    assert!(!catalog.has(b"AF") && !catalog.has(b"Names"));
}

#[test]
fn the_watermark_of_several_pages_is_drawn_from_one_form() {
    let mut pages = sample::convention();
    let is_mark = |item: &&Item| item.owner == Owner::Artifact(Artifact::Watermark);
    let mark: Vec<Item> = pages.pages[0]
        .items
        .iter()
        .filter(is_mark)
        .cloned()
        .collect();
    assert!(!mark.is_empty());
    for page in &mut pages.pages {
        page.items.retain(|item| !is_mark(&item));
        page.items.splice(0..0, mark.iter().cloned());
    }
    let file = Reader::open(&write(&pages).unwrap());
    let forms = file.document.objects.values().filter(|object| {
        let form = object.as_stream().and_then(|it| it.dict.get(b"Subtype"));
        form.and_then(Object::as_name).is_ok_and(|it| it == b"Form")
    });
    assert_eq!(forms.count(), 1);
    for page in &file.pages {
        let content = file.document.get_page_content(page.id);
        let content = String::from_utf8_lossy(&content).into_owned();
        let (before, after) = content.split_once("/Wm Do").unwrap();
        let (own, shared) = file.document.get_page_resources(page.id).unwrap();
        let shared = shared
            .iter()
            .map(|id| file.document.get_dictionary(*id).unwrap());
        let named = own.into_iter().chain(shared).any(|resources| {
            let objects = resources.get(b"XObject").and_then(Object::as_dict);
            objects.is_ok_and(|objects| objects.has(b"Wm"))
        });
        assert!(named, "the page knows the form that it calls");
        // Its colour is set on the page, and it stays decoration.
        assert!(before.contains("/Watermark") && before.trim_end().ends_with("rg"));
        assert!(after.trim_start().starts_with("EMC"));
        assert!(page.unmarked.is_empty());
    }
}

#[test]
fn nothing_is_fetched_nor_run() {
    let file = Reader::open(&write_with(&sample::convention(), &DATA).unwrap());
    let mut addresses = 0;
    for object in file.document.objects.values() {
        let stream = object.as_stream().ok().map(|it| &it.dict);
        let Some(dictionary) = stream.or_else(|| object.as_dict().ok()) else {
            continue;
        };
        for key in [
            &b"JS"[..],
            b"OpenAction",
            b"AA",
            b"FFilter",
            b"FDecodeParms",
            b"XFA",
        ] {
            assert!(!dictionary.has(key), "{}", String::from_utf8_lossy(key));
        }
        // A stream whose bytes are in another file says « F »; an annotation's « F » is a number.
        assert!(stream.is_none() || !dictionary.has(b"F"));
        if let Ok(action) = dictionary.get(b"A").and_then(Object::as_dict)
            && let Ok(kind) = action.get(b"S").and_then(Object::as_name)
        {
            assert_eq!(kind, b"URI");
            addresses += 1;
        }
    }
    // The one link that the text holds.
    assert_eq!(addresses, 1);
}
