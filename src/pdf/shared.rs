//! What every page repeats is kept once: the watermark's outlines, a sixth of a working draft's bytes.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::typeset::pages::Pages;

use super::{PdfError, deflate, points};

/// How a page calls it.
const NAME: &str = "Wm";

/// Puts the watermark that several pages draw alike in a form (ISO 32000-1, 8.10), which each of them then calls.
///
/// `contents` are the pages' content streams, not yet compressed. The colour stays on the page: what follows there
/// counts on it, and a form is drawn in the colour that it finds.
pub(super) fn share_watermark(
    document: &mut Document,
    pages: &Pages,
    sheets: &[ObjectId],
    contents: &mut [(ObjectId, Vec<u8>)],
) -> Result<(), PdfError> {
    let drawn = |bytes: &[u8]| watermark(bytes).and_then(|it| bytes.get(it).map(<[u8]>::to_vec));
    let Some(outlines) = contents.iter().find_map(|(_, bytes)| drawn(bytes)) else {
        return Ok(());
    };
    let alike = |bytes: &[u8]| drawn(bytes).as_ref() == Some(&outlines);
    if contents.iter().filter(|(_, bytes)| alike(bytes)).count() < 2 {
        return Ok(());
    }

    let sheet: Vec<Object> = vec![
        0.into(),
        0.into(),
        points(pages.width).into(),
        points(pages.height).into(),
    ];
    let form = Stream::new(
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => sheet,
            "Resources" => Dictionary::new(),
            "Filter" => "FlateDecode",
        },
        deflate(&outlines)?,
    );
    let form = document.add_object(form.with_compression(false));
    name_form(document, sheets, form)?;

    let call = format!("/{NAME} Do\n").into_bytes();
    for (_, bytes) in contents.iter_mut().filter(|(_, bytes)| alike(bytes)) {
        if let Some(range) = watermark(bytes) {
            bytes.splice(range, call.iter().copied());
        }
    }
    Ok(())
}

/// The bytes of a content stream that draw the watermark's outlines, after its colour is set.
fn watermark(bytes: &[u8]) -> Option<std::ops::Range<usize>> {
    let find = |from: usize, wanted: &[u8]| -> Option<usize> {
        memchr::memmem::find(bytes.get(from..)?, wanted).map(|found| from + found)
    };
    let marked = find(0, b"/Watermark")?;
    let opened = find(marked, b"BDC\n")? + b"BDC\n".len();
    let closed = find(opened, b"EMC")?;
    let colored = find(opened, b" rg\n").filter(|at| *at < closed)? + b" rg\n".len();
    Some(colored..closed)
}

/// Adds the form to the resources of each page, which some pages share.
fn name_form(document: &mut Document, sheets: &[ObjectId], form: ObjectId) -> Result<(), PdfError> {
    let mut known = Vec::new();
    for sheet in sheets {
        let resources = document
            .get_dictionary(*sheet)?
            .get(b"Resources")?
            .as_reference()?;
        if known.contains(&resources) {
            continue;
        }
        known.push(resources);
        let held = document.get_dictionary(resources)?.get(b"XObject");
        let held = held.cloned().unwrap_or_else(|_| Dictionary::new().into());
        let mut objects = match held {
            Object::Reference(id) => document.get_dictionary(id)?.clone(),
            held => held.as_dict()?.clone(),
        };
        objects.set(NAME, form);
        document
            .get_dictionary_mut(resources)?
            .set("XObject", objects);
    }
    Ok(())
}
