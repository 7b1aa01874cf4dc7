//! What every page repeats is kept once: the watermark's outlines, a sixth of a working draft's bytes.

use crate::typeset::pages::{Artifact, Drawing, Owner, Page, Pages, Path};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::{PdfError, points};

/// How a page calls it.
pub(super) const NAME: &str = "Wm";

/// The watermark, where several pages have the same: each then calls its outlines (ISO 32000-1, 8.10).
pub(super) fn watermark(pages: &Pages) -> Option<&Path> {
    let mut drawn = pages.pages.iter().filter_map(drawn);
    let first = drawn.next()?;
    drawn.any(|other| other == first).then_some(first)
}

fn drawn(page: &Page) -> Option<&Path> {
    let mark = Owner::Artifact(Artifact::Watermark);
    page.items.iter().find_map(|item| match &item.drawing {
        Drawing::Path(path) if item.owner == mark && path.fill.is_some() => Some(path),
        _ => None,
    })
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
