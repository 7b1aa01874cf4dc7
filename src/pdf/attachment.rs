//! A file inside the file: what PDF/A-3 (ISO 19005-3, 6.8) and PDF/UA (ISO 14289-1, 7.11) ask of it.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::typeset::pages::About;

use super::conform::{ascii, text_string};
use super::{PdfError, deflate};

/// A file to embed.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a> {
    /// Its name, in ASCII: `convention.json`.
    pub name: &'a str,
    /// Its media type: `application/json`.
    pub media_type: &'a str,
    /// What it holds, for the reader of the document.
    pub description: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Adds the file, and has the catalog name it as data of the whole document.
pub(super) fn embed(
    document: &mut Document,
    about: &About,
    attachment: &Attachment<'_>,
) -> Result<(), PdfError> {
    let date = about.date.format("D:%Y%m%d").to_string();
    let entry = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => Object::Name(attachment.media_type.as_bytes().to_vec()),
        "Filter" => "FlateDecode",
        "Params" => dictionary! {
            "Size" => attachment.bytes.len() as i64,
            "ModDate" => ascii(&date),
        },
    };
    let stream = Stream::new(entry, deflate(attachment.bytes)?).with_compression(false);
    let stream = document.add_object(stream);
    let file = document.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => ascii(attachment.name),
        "UF" => ascii(attachment.name),
        "Desc" => text_string(attachment.description),
        "AFRelationship" => "Data",
        "EF" => dictionary! { "F" => stream, "UF" => stream },
    });

    let catalog = document.catalog_mut()?;
    catalog.set("AF", vec![file.into()]);
    let names: Dictionary = dictionary! { "Names" => vec![ascii(attachment.name), file.into()] };
    catalog.set("Names", dictionary! { "EmbeddedFiles" => names });
    Ok(())
}
