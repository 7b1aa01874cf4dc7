//! Conformance: what PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) ask for, over the document that
//! `printpdf` drew.
//!
//! `printpdf` writes no structure, no language and no XMP, and the intent that it has for PDF/A is one for
//! presses; everything here is ours, and is checked by veraPDF in `.ci/proofs`.
//!
//! With an attachment it is PDF/A-3a (ISO 19005-3): one more entry of the catalog, another number in
//! [`metadata::xmp`]; nothing else depends on the part.

use std::borrow::Cow;

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use crate::model::Lang;
use crate::typeset::pages::{About, Destination, Link, Pages};

use super::attachment::{self, Attachment};
use super::content::utf16;
use super::fonts::{Faces, Program, UsedFace};
use super::resources::font_name;
use super::sequence::Sequence;
use super::{PdfError, deflate, metadata, outline, shared, structure};

/// Makes `document`, drawn from `pages`, conform.
pub(super) fn conform(
    document: &mut Document,
    pages: &Pages,
    faces: &Faces<'_>,
    sequences: &[Vec<Sequence>],
    attachment: Option<&Attachment<'_>>,
) -> Result<(), PdfError> {
    let sheets: Vec<ObjectId> = document.page_iter().collect();
    if sheets.len() != pages.pages.len() {
        return Err(PdfError::Assembly("des pages manquent".to_owned()));
    }

    for (face, font) in fonts(document, faces)? {
        complete_font(document, face, font)?;
    }
    let links = write_links(document, pages, &sheets)?;
    let tree = structure::write_tree(document, pages, &sheets, sequences, &links)?;
    let bookmarks = outline::write_outline(document, pages, &sheets)?;
    let intent = metadata::output_intent(document)?;
    let part = if attachment.is_some() { 3 } else { 2 };
    let xmp = document.add_object(metadata::xmp(&pages.about, part));
    if let Some(attachment) = attachment {
        attachment::embed(document, &pages.about, attachment)?;
    }

    let catalog = document.catalog_mut()?;
    catalog.set("Lang", ascii(main_language(&pages.about)));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    catalog.set("Metadata", xmp);
    catalog.set("OutputIntents", vec![intent]);
    catalog.set("PageLabels", outline::page_labels());
    if let Some(bookmarks) = bookmarks {
        catalog.set("Outlines", bookmarks);
        catalog.set("PageMode", "UseOutlines");
    }

    let info = document.trailer.get(b"Info")?.as_reference()?;
    document.set_object(info, metadata::info(&pages.about));
    Ok(())
}

/// What was deflated meanwhile.
pub(super) struct Deflated {
    /// In the order of [`Faces::used`].
    pub programs: Vec<Program>,
    /// What each page draws.
    pub contents: Vec<Vec<u8>>,
    /// The watermark that they share.
    pub watermark: Option<Vec<u8>>,
}

/// Gives each font its program, each page what it draws, and the file its identifier. `data` is what it carries.
pub(super) fn fill(
    document: &mut Document,
    pages: &Pages,
    faces: &Faces<'_>,
    deflated: Deflated,
    data: &[u8],
) -> Result<(), PdfError> {
    for ((face, font), program) in fonts(document, faces)?.into_iter().zip(deflated.programs) {
        embed(document, face, font, program)?;
    }
    let sheets: Vec<ObjectId> = document.page_iter().collect();
    let identifier = metadata::identifier(pages, &deflated.contents, data);
    document.trailer.set("ID", identifier);
    for (sheet, bytes) in sheets.iter().zip(deflated.contents) {
        let content = document
            .get_dictionary(*sheet)?
            .get(b"Contents")?
            .as_reference()?;
        set_deflated(document, content, bytes)?;
    }
    match deflated.watermark {
        Some(watermark) => shared::write_watermark(document, pages, &sheets, watermark),
        None => Ok(()),
    }
}

/// The font of each face that occurs, as the first page names it.
fn fonts<'f, 'a>(
    document: &Document,
    faces: &'f Faces<'a>,
) -> Result<Vec<(&'f UsedFace<'a>, ObjectId)>, PdfError> {
    let Some(first) = document.page_iter().next() else {
        return Ok(Vec::new());
    };
    let resources = document
        .get_dictionary(first)?
        .get(b"Resources")?
        .as_reference()?;
    let resources = document.get_dictionary(resources)?;
    let fonts = document.get_dictionary(resources.get(b"Font")?.as_reference()?)?;
    faces
        .used()
        .map(|(number, face)| {
            let font = fonts.get(font_name(number).as_bytes())?;
            Ok((face, font.as_reference()?))
        })
        .collect()
}

/// What describes a font to readers, which names its program.
fn descriptor(document: &Document, font: ObjectId) -> Result<&Dictionary, PdfError> {
    let entry = document.get_dictionary(font)?;
    let descendant = entry.get(b"DescendantFonts")?.as_array()?.first();
    let descendant = descendant
        .ok_or_else(|| PdfError::Assembly("police sans descendante".to_owned()))?
        .as_dict()?;
    let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
    Ok(document.get_dictionary(descriptor)?)
}

/// Gives a font its program.
fn embed(
    document: &mut Document,
    face: &UsedFace<'_>,
    font: ObjectId,
    program: Program,
) -> Result<(), PdfError> {
    let descriptor = descriptor(document, font)?;
    if face.cff {
        let file = descriptor.get(b"FontFile3")?.as_reference()?;
        let bytes = deflate(&document.get_object(file)?.as_stream()?.content)?;
        return set_deflated(document, file, bytes);
    }
    let file = descriptor.get(b"FontFile2")?.as_reference()?;
    let stream = document.get_object_mut(file)?.as_stream_mut()?;
    stream.dict.set("Length1", program.length as i64);
    set_deflated(document, file, program.bytes)
}

/// Gives a font the way from codes to text, and from codes to glyphs.
fn complete_font(
    document: &mut Document,
    face: &UsedFace<'_>,
    font: ObjectId,
) -> Result<(), PdfError> {
    let entry = document.get_dictionary(font)?;
    let to_unicode = entry.get(b"ToUnicode")?.as_reference()?;
    set_deflated(document, to_unicode, deflate(face.to_unicode().as_bytes())?)?;
    if face.cff {
        return Ok(());
    }
    let map = lopdf::Stream::new(
        dictionary! { "Filter" => "FlateDecode" },
        deflate(&face.code_to_glyph())?,
    );
    let map = document.add_object(map);
    if let Some(descendant) = document
        .get_dictionary_mut(font)?
        .get_mut(b"DescendantFonts")?
        .as_array_mut()?
        .first_mut()
    {
        descendant.as_dict_mut()?.set("CIDToGIDMap", map);
    }
    Ok(())
}

fn set_deflated(document: &mut Document, id: ObjectId, bytes: Vec<u8>) -> Result<(), PdfError> {
    let stream = document.get_object_mut(id)?.as_stream_mut()?;
    stream.dict.set("Filter", "FlateDecode");
    stream.set_content(bytes);
    Ok(())
}

/// Writes the annotations of links, and what each page says of its structure.
fn write_links(
    document: &mut Document,
    pages: &Pages,
    sheets: &[ObjectId],
) -> Result<Vec<Vec<ObjectId>>, PdfError> {
    let mut key = structure::first_link_key(pages);
    let mut written = Vec::with_capacity(sheets.len());
    for (number, (page, sheet)) in pages.pages.iter().zip(sheets).enumerate() {
        let mut annotations = Vec::with_capacity(page.links.len());
        for link in &page.links {
            let entry = annotation(pages, sheets, link, key)?;
            annotations.push(document.add_object(entry));
            key += 1;
        }
        let sheet = document.get_dictionary_mut(*sheet)?;
        sheet.set("StructParents", number as i64);
        // Tab goes from link to link in the order of the structure (ISO 14289-1, 7.18.3).
        sheet.set("Tabs", "S");
        if annotations.is_empty() {
            sheet.remove(b"Annots");
        } else {
            let references: Vec<Object> = annotations.iter().copied().map(Object::from).collect();
            sheet.set("Annots", references);
        }
        written.push(annotations);
    }
    Ok(written)
}

fn annotation(
    pages: &Pages,
    sheets: &[ObjectId],
    link: &Link,
    key: i64,
) -> Result<Dictionary, PdfError> {
    /// Printed with the page, as PDF/A wants (ISO 19005-2, 6.3.2).
    const PRINT: i64 = 4;

    let mut entry = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => structure::corners(pages, link.area),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "F" => PRINT,
        "Contents" => text_string(&link.description),
        "StructParent" => key,
    };
    match &link.to {
        Destination::Page { page, y } => {
            entry.set("Dest", outline::destination(pages, sheets, *page, *y)?);
        }
        Destination::Address(address) => {
            let address = percent_encoded(address);
            if address.len() <= LONGEST_TEXT {
                entry.set("A", dictionary! { "S" => "URI", "URI" => ascii(&address) });
            }
        }
    }
    Ok(entry)
}

/// An address in the seven bits that PDF wants (ISO 32000-1, 12.6.4.7).
fn percent_encoded(address: &str) -> String {
    address.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_graphic() {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

/// Text no longer than [`LONGEST_TEXT`].
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()).into(),
        None => text.into(),
    }
}

/// The tag of a language, if it has the form of one (BCP 47); a file with another would not conform.
pub(super) fn tag_of(language: &Lang) -> Option<&str> {
    let mut subtags = language.as_str().split('-');
    let primary = subtags.next().unwrap_or_default();
    let sound = (2..=8).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len())
                && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    sound.then(|| language.as_str())
}

/// The tag of the document's language: French where what is given is none.
pub(super) fn main_language(about: &About) -> &str {
    tag_of(&about.language).unwrap_or("fr")
}

/// A string of plain ASCII.
pub(super) fn ascii(text: &str) -> Object {
    Object::String(text.into(), StringFormat::Literal)
}

/// The longest text that a string may hold: PDF/A allows 32,767 bytes (ISO 19005-2, 6.1.13), of which UTF-16
/// takes two or four a character.
pub(super) const LONGEST_TEXT: usize = 8_000;

/// A string that a reader shows: as it stands when it is plain ASCII, otherwise in UTF-16. What is longer
/// than PDF/A allows ends with an ellipsis.
pub(super) fn text_string(text: &str) -> Object {
    let text = &*shortened(text);
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return ascii(text);
    }
    Object::String(utf16(text), StringFormat::Hexadecimal)
}
