//! A document as a Word file (Office Open XML, ECMA-376), for a partner or a lawyer who answers in one.
//!
//! What is said is what the PDF says, and structure stays structure: styles of headings, real lists and notes, heads of
//! tables that repeat, the language of each run, places to fill as form fields, a comparison as tracked changes. Pages
//! are Word's: there is no table of contents, for the headings are its plan, and lines end where Word wants.
//!
//! Same document, same bytes.

mod body;
mod picture;
mod run;
mod styles;
mod xml;

#[cfg(test)]
mod tests;

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use self::body::Body;
use self::xml::{Xml, element, text_element};
use crate::document::{Around, Document, Paper};

/// The file.
///
/// # Errors
/// When a picture cannot be written as PNG, or memory is lacking.
pub fn docx(document: &Document) -> io::Result<Vec<u8>> {
    let body = Body::of(document)?;
    let mut package = Package::new();

    package.add("[Content_Types].xml", &content_types(&body)?)?;
    package.add("_rels/.rels", &package_relations()?)?;
    package.add("docProps/core.xml", &properties(document)?)?;
    package.add("word/document.xml", &body.xml)?;
    package.add("word/_rels/document.xml.rels", &relations(&body)?)?;
    package.add("word/styles.xml", &styles::styles(document)?)?;
    package.add("word/numbering.xml", &styles::numbering(&body.lists)?)?;
    package.add("word/footnotes.xml", &body.notes)?;
    package.add("word/settings.xml", &settings()?)?;
    for (number, around) in (1..).zip(&body.sections) {
        for (name, bytes) in running(number, around)? {
            package.add(&format!("word/{name}"), &bytes)?;
        }
    }
    for (number, bytes) in (1..).zip(&body.pictures) {
        package.add(&format!("word/media/logo{number}.png"), bytes)?;
    }
    package.finish()
}

/// A zip of named parts.
struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Package {
    fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        self.0.start_file(name, options).map_err(io::Error::other)?;
        self.0.write_all(bytes)
    }

    fn finish(self) -> io::Result<Vec<u8>> {
        self.0
            .finish()
            .map(Cursor::into_inner)
            .map_err(io::Error::other)
    }
}

/// The widths of a sheet, in twentieths of a point: width, height, margin at each side.
pub(super) const fn sheet(paper: Paper) -> (u32, u32, u32) {
    match paper {
        Paper::A4 => (11_906, 16_838, 1_418),
        Paper::Letter => (12_240, 15_840, 1_418),
    }
}

/// Names of the parts that stand around a section, with what each is: first header, header, footer.
const RUNNING: [(&str, &str); 3] = [
    ("first", "header"),
    ("header", "header"),
    ("footer", "footer"),
];

fn running(number: usize, around: &Around) -> io::Result<Vec<(String, Vec<u8>)>> {
    RUNNING
        .iter()
        .map(|(name, _)| {
            let bytes = match *name {
                "first" => styles::first_header(around)?,
                "header" => styles::header(around)?,
                _ => styles::footer(around)?,
            };
            Ok((format!("{name}{number}.xml"), bytes))
        })
        .collect()
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

fn content_types(body: &Body<'_>) -> io::Result<Vec<u8>> {
    let mut parts = vec![
        ("document".to_owned(), "document.main"),
        ("styles".to_owned(), "styles"),
        ("numbering".to_owned(), "numbering"),
        ("footnotes".to_owned(), "footnotes"),
        ("settings".to_owned(), "settings"),
    ];
    for number in 1..=body.sections.len() {
        parts.extend(RUNNING.map(|(name, kind)| (format!("{name}{number}"), kind)));
    }

    let mut xml = Xml::begin();
    element(
        &mut xml,
        "Types",
        &[("xmlns", &format!("{PACKAGE}/content-types"))],
        |xml| {
            let defaults = [
                (
                    "rels",
                    "application/vnd.openxmlformats-package.relationships+xml",
                ),
                ("xml", "application/xml"),
                ("png", "image/png"),
            ];
            for (extension, kind) in defaults {
                xml.empty(
                    "Default",
                    &[("Extension", extension), ("ContentType", kind)],
                )?;
            }
            for (part, kind) in &parts {
                let (part, kind) = (format!("/word/{part}.xml"), format!("{WORD}.{kind}+xml"));
                xml.empty("Override", &[("PartName", &part), ("ContentType", &kind)])?;
            }
            let core = "application/vnd.openxmlformats-package.core-properties+xml";
            xml.empty(
                "Override",
                &[("PartName", "/docProps/core.xml"), ("ContentType", core)],
            )
        },
    )?;
    Ok(xml.end())
}

fn package_relations() -> io::Result<Vec<u8>> {
    let mut xml = Xml::begin();
    let namespace = format!("{PACKAGE}/relationships");
    element(&mut xml, "Relationships", &[("xmlns", &namespace)], |xml| {
        let (document, core) = (
            format!("{OFFICE}/officeDocument"),
            format!("{PACKAGE}/relationships/metadata/core-properties"),
        );
        let related = [
            ("rId1", &document, "word/document.xml"),
            ("rId2", &core, "docProps/core.xml"),
        ];
        for (id, kind, target) in related {
            xml.empty(
                "Relationship",
                &[("Id", id), ("Type", kind), ("Target", target)],
            )?;
        }
        Ok(())
    })?;
    Ok(xml.end())
}

fn relations(body: &Body<'_>) -> io::Result<Vec<u8>> {
    let mut related: Vec<(String, &str, String)> = ["styles", "numbering", "footnotes", "settings"]
        .map(|part| (part.to_owned(), part, format!("{part}.xml")))
        .into();
    for number in 1..=body.sections.len() {
        related.extend(RUNNING.map(|(name, kind)| {
            (
                format!("{name}{number}"),
                kind,
                format!("{name}{number}.xml"),
            )
        }));
    }
    for number in 1..=body.pictures.len() {
        let (id, target) = (format!("logo{number}"), format!("media/logo{number}.png"));
        related.push((id, "image", target));
    }

    let mut xml = Xml::begin();
    let namespace = format!("{PACKAGE}/relationships");
    element(&mut xml, "Relationships", &[("xmlns", &namespace)], |xml| {
        for (id, kind, target) in &related {
            let kind = format!("{OFFICE}/{kind}");
            xml.empty(
                "Relationship",
                &[("Id", id), ("Type", &kind), ("Target", target)],
            )?;
        }
        for (number, address) in (1..).zip(&body.links) {
            let (id, kind) = (format!("link{number}"), format!("{OFFICE}/hyperlink"));
            let outside = ("TargetMode", "External");
            xml.empty(
                "Relationship",
                &[("Id", &id), ("Type", &kind), ("Target", address), outside],
            )?;
        }
        Ok(())
    })?;
    Ok(xml.end())
}

fn properties(document: &Document) -> io::Result<Vec<u8>> {
    let mut xml = Xml::begin();
    let namespaces = [
        (
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        ),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    element(&mut xml, "cp:coreProperties", &namespaces, |xml| {
        text_element(xml, "dc:title", &[], &document.title)?;
        text_element(xml, "dc:creator", &[], &document.author)?;
        text_element(xml, "dc:language", &[], document.language.as_str())?;
        let day = document.date.format("%Y-%m-%dT00:00:00Z").to_string();
        text_element(
            xml,
            "dcterms:created",
            &[("xsi:type", "dcterms:W3CDTF")],
            &day,
        )
    })?;
    Ok(xml.end())
}

fn settings() -> io::Result<Vec<u8>> {
    let mut xml = Xml::begin();
    element(&mut xml, "w:settings", &[xml::W], |xml| {
        xml.empty("w:autoHyphenation", &[("w:val", "1")])?;
        xml.empty("w:defaultTabStop", &[("w:val", "567")])?;
        element(xml, "w:compat", &[], |xml| {
            xml.empty(
                "w:compatSetting",
                &[
                    ("w:name", "compatibilityMode"),
                    ("w:uri", "http://schemas.microsoft.com/office/word"),
                    ("w:val", "15"),
                ],
            )
        })
    })?;
    Ok(xml.end())
}
