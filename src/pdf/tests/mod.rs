//! What a written file must show, read back with `lopdf` alone; veraPDF judges the same file in `.ci/proofs`.

mod sample;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

use super::{PdfError, write};
use crate::typeset::pages::{Drawing, Owner, Pages};

fn written() -> (Pages, Vec<u8>, Document) {
    let pages = sample::convention();
    let bytes = write(&pages).expect("the sample conforms");
    // For a look with other readers: PASSERELLE_KEEP=/tmp/sample.pdf cargo test --lib pdf::
    if let Ok(path) = std::env::var("PASSERELLE_KEEP") {
        std::fs::write(path, &bytes).unwrap();
    }
    let document = Document::load_mem(&bytes).expect("our own file opens");
    (pages, bytes, document)
}

#[test]
fn the_catalog_says_tagged_titled_and_in_which_language() {
    let (_, bytes, document) = written();
    let catalog = document.catalog().unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let mark_info = catalog.get(b"MarkInfo").unwrap().as_dict().unwrap();
    assert!(mark_info.get(b"Marked").unwrap().as_bool().unwrap());
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"fr");
    let preferences = catalog
        .get(b"ViewerPreferences")
        .unwrap()
        .as_dict()
        .unwrap();
    assert!(
        preferences
            .get(b"DisplayDocTitle")
            .unwrap()
            .as_bool()
            .unwrap()
    );
    let intents = catalog.get(b"OutputIntents").unwrap().as_array().unwrap();
    let intent = intents[0].as_dict().unwrap();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1");
}
