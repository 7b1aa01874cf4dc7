//! The parts that say how things look: styles, lists, what stands around the pages.

use std::io;

use super::sheet;
use super::xml::{W, Xml, element, text_element};
use crate::document::{Around, Document, Rgb, Running};

/// A style of paragraph.
struct Style {
    id: &'static str,
    /// The name that Word knows it by, and shows in its own language.
    name: &'static str,
    /// Of what it is a kind.
    based_on: Option<&'static str>,
    /// In half points.
    size: Option<u32>,
    bold: bool,
    italic: bool,
    /// Whether the authority's colour is its own.
    accent: bool,
    align: Option<&'static str>,
    /// Space before and after, in twentieths of a point.
    spacing: (u32, u32),
    /// Indent of the first line, less, and of the others.
    hanging: Option<u32>,
    keep_next: bool,
    /// The level in the plan, from 0.
    outline: Option<&'static str>,
}

const STYLE: Style = Style {
    id: "",
    name: "",
    based_on: Some("Normal"),
    size: None,
    bold: false,
    italic: false,
    accent: false,
    align: None,
    spacing: (0, 0),
    hanging: None,
    keep_next: false,
    outline: None,
};

const HEADING: Style = Style {
    bold: true,
    accent: true,
    align: Some("left"),
    keep_next: true,
    ..STYLE
};

#[rustfmt::skip]
const STYLES: [Style; 16] = [
    Style { id: "Normal", name: "Normal", based_on: None, align: Some("both"), spacing: (0, 120), ..STYLE },
    Style { id: "Title", name: "Title", size: Some(34), bold: true, accent: true, align: Some("center"), spacing: (240, 120), keep_next: true, ..STYLE },
    Style { id: "Subtitle", name: "Subtitle", size: Some(24), align: Some("center"), spacing: (0, 240), keep_next: true, ..STYLE },
    Style { id: "Heading1", name: "heading 1", size: Some(25), spacing: (280, 100), outline: Some("0"), ..HEADING },
    Style { id: "Heading2", name: "heading 2", size: Some(23), spacing: (220, 80), outline: Some("1"), ..HEADING },
    Style { id: "Heading3", name: "heading 3", size: Some(22), spacing: (180, 60), outline: Some("2"), ..HEADING },
    Style { id: "Heading4", name: "heading 4", italic: true, spacing: (160, 60), outline: Some("3"), ..HEADING },
    Style { id: "Visa", name: "Visa", hanging: Some(425), spacing: (0, 100), ..STYLE },
    Style { id: "ListParagraph", name: "List Paragraph", spacing: (0, 60), ..STYLE },
    Style { id: "Caption", name: "caption", size: Some(20), bold: true, align: Some("left"), spacing: (160, 80), keep_next: true, ..STYLE },
    Style { id: "TableText", name: "Table Text", size: Some(19), align: Some("left"), spacing: (20, 20), ..STYLE },
    Style { id: "AfterTable", name: "After Table", size: Some(8), ..STYLE },
    Style { id: "Signature", name: "Signature", align: Some("left"), spacing: (0, 40), keep_next: true, ..STYLE },
    // Room to sign in.
    Style { id: "SignaturePlace", name: "Signature Place", size: Some(18), italic: true, align: Some("left"), spacing: (0, 1500), ..STYLE },
    Style { id: "FootnoteText", name: "footnote text", size: Some(18), spacing: (0, 40), ..STYLE },
    Style { id: "Running", name: "Running", size: Some(17), align: Some("left"), ..STYLE },
];

/// The styles, in the language of the document.
pub(super) fn styles(document: &Document) -> io::Result<Vec<u8>> {
    let mut xml = Xml::begin();
    element(&mut xml, "w:styles", &[W], |xml| {
        element(xml, "w:docDefaults", &[], |xml| {
            element(xml, "w:rPrDefault", &[], |xml| {
                element(xml, "w:rPr", &[], |xml| {
                    let faces = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"];
                    xml.empty("w:rFonts", &faces.map(|it| (it, "Cambria")))?;
                    xml.empty("w:sz", &[("w:val", "22")])?;
                    xml.empty("w:szCs", &[("w:val", "22")])?;
                    let tag = document.language.as_str();
                    xml.empty("w:lang", &[("w:val", tag)])
                })
            })
        })?;
        for style in &STYLES {
            paragraph_style(xml, style, document)?;
        }
        character_style(xml, "FootnoteReference", "footnote reference", |xml| {
            xml.empty("w:vertAlign", &[("w:val", "superscript")])
        })?;
        character_style(xml, "Hyperlink", "Hyperlink", |xml| {
            xml.empty("w:color", &[("w:val", "1F3F77")])?;
            xml.empty("w:u", &[("w:val", "single")])
        })?;
        table_style(xml, "Plain", false)?;
        table_style(xml, "Grid", true)
    })?;
    Ok(xml.end())
}

fn paragraph_style(xml: &mut Xml, style: &Style, document: &Document) -> io::Result<()> {
    let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", style.id)];
    if style.based_on.is_none() {
        attributes.push(("w:default", "1"));
    }
    element(xml, "w:style", &attributes, |xml| {
        xml.empty("w:name", &[("w:val", style.name)])?;
        if let Some(base) = style.based_on {
            xml.empty("w:basedOn", &[("w:val", base)])?;
        }
        xml.empty("w:qFormat", &[])?;
        element(xml, "w:pPr", &[], |xml| {
            if style.keep_next {
                xml.empty("w:keepNext", &[])?;
            }
            if style.id == "Running" {
                let (width, _, margin) = sheet(document.paper);
                let end = (width - 2 * margin).to_string();
                element(xml, "w:tabs", &[], |xml| {
                    xml.empty("w:tab", &[("w:val", "right"), ("w:pos", &end)])
                })?;
            }
            let (before, after) = (style.spacing.0.to_string(), style.spacing.1.to_string());
            xml.empty("w:spacing", &[("w:before", &before), ("w:after", &after)])?;
            if let Some(hanging) = style.hanging {
                let hanging = hanging.to_string();
                xml.empty("w:ind", &[("w:left", &hanging), ("w:hanging", &hanging)])?;
            }
            if let Some(align) = style.align {
                xml.empty("w:jc", &[("w:val", align)])?;
            }
            match style.outline {
                Some(level) => xml.empty("w:outlineLvl", &[("w:val", level)]),
                None => Ok(()),
            }
        })?;
        element(xml, "w:rPr", &[], |xml| {
            if style.bold {
                xml.empty("w:b", &[])?;
                xml.empty("w:bCs", &[])?;
            }
            if style.italic {
                xml.empty("w:i", &[])?;
                xml.empty("w:iCs", &[])?;
            }
            if let Some(Rgb(red, green, blue)) = document.accent.filter(|_| style.accent) {
                let colour = format!("{red:02X}{green:02X}{blue:02X}");
                xml.empty("w:color", &[("w:val", &colour)])?;
            }
            if let Some(size) = style.size.map(|size| size.to_string()) {
                xml.empty("w:sz", &[("w:val", &size)])?;
                xml.empty("w:szCs", &[("w:val", &size)])?;
            }
            Ok(())
        })
    })
}

fn character_style(
    xml: &mut Xml,
    id: &str,
    name: &str,
    look: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    element(
        xml,
        "w:style",
        &[("w:type", "character"), ("w:styleId", id)],
        |xml| {
            xml.empty("w:name", &[("w:val", name)])?;
            element(xml, "w:rPr", &[], look)
        },
    )
}

fn table_style(xml: &mut Xml, id: &str, ruled: bool) -> io::Result<()> {
    element(
        xml,
        "w:style",
        &[("w:type", "table"), ("w:styleId", id)],
        |xml| {
            xml.empty("w:name", &[("w:val", id)])?;
            element(xml, "w:tblPr", &[], |xml| {
                if ruled {
                    element(xml, "w:tblBorders", &[], |xml| {
                        ["w:top", "w:bottom", "w:insideH"]
                            .iter()
                            .try_for_each(|side| {
                                let rule =
                                    [("w:val", "single"), ("w:sz", "4"), ("w:color", "808080")];
                                xml.empty(side, &rule)
                            })
                    })?;
                }
                element(xml, "w:tblCellMar", &[], |xml| {
                    ["w:left", "w:right"]
                        .iter()
                        .try_for_each(|side| xml.empty(side, &[("w:w", "80"), ("w:type", "dxa")]))
                })
            })
        },
    )
}

/// The lists: one with a dash, then those with numbers, each from its own first.
pub(super) fn numbering(lists: &[u32]) -> io::Result<Vec<u8>> {
    let mut xml = Xml::begin();
    element(&mut xml, "w:numbering", &[W], |xml| {
        for (id, format, text) in [("0", "bullet", "–"), ("1", "decimal", "%N.")] {
            element(xml, "w:abstractNum", &[("w:abstractNumId", id)], |xml| {
                xml.empty("w:multiLevelType", &[("w:val", "hybridMultilevel")])?;
                (0..3_u32).try_for_each(|depth| level(xml, depth, format, text))
            })?;
        }
        element(xml, "w:num", &[("w:numId", "1")], |xml| {
            xml.empty("w:abstractNumId", &[("w:val", "0")])
        })?;
        for (number, first) in (2..).zip(lists) {
            let (number, first) = (number.to_string(), first.to_string());
            element(xml, "w:num", &[("w:numId", &number)], |xml| {
                xml.empty("w:abstractNumId", &[("w:val", "1")])?;
                (0..3).try_for_each(|depth: u32| {
                    element(
                        xml,
                        "w:lvlOverride",
                        &[("w:ilvl", &depth.to_string())],
                        |xml| xml.empty("w:startOverride", &[("w:val", &first)]),
                    )
                })
            })?;
        }
        Ok(())
    })?;
    Ok(xml.end())
}

fn level(xml: &mut Xml, depth: u32, format: &str, text: &str) -> io::Result<()> {
    let (name, text) = (
        depth.to_string(),
        text.replace('N', &(depth + 1).to_string()),
    );
    let left = (425 * (depth + 1)).to_string();
    element(xml, "w:lvl", &[("w:ilvl", &name)], |xml| {
        xml.empty("w:start", &[("w:val", "1")])?;
        xml.empty("w:numFmt", &[("w:val", format)])?;
        xml.empty("w:lvlText", &[("w:val", &text)])?;
        xml.empty("w:lvlJc", &[("w:val", "left")])?;
        element(xml, "w:pPr", &[], |xml| {
            xml.empty("w:ind", &[("w:left", &left), ("w:hanging", "425")])
        })
    })
}

/// The head of the first page: only « PROJET », where the document is one.
pub(super) fn first_header(around: &Around) -> io::Result<Vec<u8>> {
    let mark = around.watermark.clone().unwrap_or_default();
    running(
        "w:hdr",
        &Running {
            left: String::new(),
            right: mark,
        },
        false,
    )
}

/// The head of the others.
pub(super) fn header(around: &Around) -> io::Result<Vec<u8>> {
    let right = match (&around.watermark, around.header.right.as_str()) {
        (None, right) => right.to_owned(),
        (Some(mark), "") => mark.clone(),
        (Some(mark), right) => format!("{right} — {mark}"),
    };
    let left = around.header.left.clone();
    running("w:hdr", &Running { left, right }, false)
}

/// The foot, with the number of the page.
pub(super) fn footer(around: &Around) -> io::Result<Vec<u8>> {
    running("w:ftr", &around.footer, true)
}

/// How many letters of both sides stand on one line.
const ABREAST: usize = 85;

fn running(part: &str, line: &Running, numbered: bool) -> io::Result<Vec<u8>> {
    let words = |xml: &mut Xml, words: &str| {
        element(xml, "w:r", &[], |xml| {
            text_element(xml, "w:t", &[("xml:space", "preserve")], words)
        })
    };
    let mut xml = Xml::begin();
    element(&mut xml, part, &[W], |xml| {
        element(xml, "w:p", &[], |xml| {
            element(xml, "w:pPr", &[], |xml| {
                xml.empty("w:pStyle", &[("w:val", "Running")])
            })?;
            words(xml, &line.left)?;
            let both = line.left.chars().count() + line.right.chars().count();
            let between = if both > ABREAST { "w:br" } else { "w:tab" };
            element(xml, "w:r", &[], |xml| xml.empty(between, &[]))?;
            if numbered {
                element(xml, "w:fldSimple", &[("w:instr", "PAGE")], |xml| {
                    words(xml, "1")
                })
            } else {
                words(xml, &line.right)
            }
        })
    })?;
    Ok(xml.end())
}
