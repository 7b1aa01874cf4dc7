//! What every page repeats is kept once: the watermark's outlines, a sixth of a working draft's bytes.

use crate::typeset::pages::Pages;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::content::Content;
use super::{PdfError, points};

/// How a page calls it.
const NAME: &str = "Wm";

/// Takes the watermark that several pages draw alike out of them, each of which then calls it (ISO 32000-1, 8.10).
///
/// The colour stays on the page: what follows there counts on it, and a form is drawn in the colour that it finds.
pub(super) fn take_watermark(contents: &mut [Content]) -> Option<Vec<u8>> {
    let drawn = |content: &Content| {
        let range = content.watermark.clone()?;
        content.bytes.get(range).map(<[u8]>::to_vec)
    };
    let outlines = contents.iter().find_map(drawn)?;
    let alike = |content: &Content| drawn(content).as_ref() == Some(&outlines);
    if contents.iter().filter(|content| alike(content)).count() < 2 {
        return None;
    }
    let call = format!("/{NAME} Do\n").into_bytes();
    for content in contents.iter_mut().filter(|content| alike(content)) {
        if let Some(range) = content.watermark.take() {
            content.bytes.splice(range, call.iter().copied());
        }
    }
    Some(outlines)
}

/// Writes the outlines that pages call, deflated already.
pub(super) fn write_watermark(
    document: &mut Document,
    pages: &Pages,
    sheets: &[ObjectId],
    deflated: Vec<u8>,
) -> Result<(), PdfError> {
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
        deflated,
    );
    let form = document.add_object(form.with_compression(false));
    name_form(document, sheets, form)
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
