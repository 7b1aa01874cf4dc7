//! The document as `printpdf` makes it: sheets, fonts and pictures under their names. What the sheets show is
//! [`super::content`]'s.

use printpdf::{
    FontId, Op, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextItem,
    XObject,
};

use crate::typeset::pages::Pages;

use super::fonts::Faces;
use super::resources::{font_for_printpdf, font_name, image, picture_name};
use super::{PdfError, points};

/// A document with sheets, fonts and pictures, not yet conforming.
pub(super) fn draw(pages: &Pages, faces: &Faces<'_>) -> Result<lopdf::Document, PdfError> {
    let mut document = PdfDocument::new("");
    for (number, face) in faces.used() {
        let font = PdfFont::new(font_for_printpdf(face)?);
        document
            .resources
            .fonts
            .map
            .insert(FontId(font_name(number)), font);
    }
    for (number, picture) in pages.pictures.iter().enumerate() {
        document.resources.xobjects.map.insert(
            picture_name(number),
            XObject::External(image(picture, number)?),
        );
    }
    let sheet = Rect {
        x: Pt(0.0),
        y: Pt(0.0),
        width: Pt(points(pages.width)),
        height: Pt(points(pages.height)),
        mode: None,
        winding_order: None,
    };
    document.pages = pages
        .pages
        .iter()
        .map(|_| PdfPage {
            media_box: sheet.clone(),
            trim_box: sheet.clone(),
            crop_box: sheet.clone(),
            ops: Vec::new(),
        })
        .collect();
    if let Some(first) = document.pages.first_mut() {
        first.ops = every_code(faces);
    }
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    Ok(document.to_lopdf_document(&options, &mut Vec::new()))
}

/// Each code of each face shown once: `printpdf` embeds what it sees used, and measures it. What the first page really
/// shows takes their place.
fn every_code(faces: &Faces<'_>) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for (number, face) in faces.used() {
        let codes = 1..face.coded.len() as u32;
        ops.push(Op::SetFont {
            font: PdfFontHandle::External(FontId(font_name(number))),
            size: Pt(1.0),
        });
        ops.push(Op::ShowText {
            items: vec![TextItem::Text(codes.filter_map(char::from_u32).collect())],
        });
    }
    ops.push(Op::EndTextSection);
    ops
}
