//! What content streams name: fonts as `printpdf` must know them, and pictures.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, FontMetrics, ParsedFont, XObjectId};
use skrifa::MetadataProvider as _;
use skrifa::raw::TableProvider as _;

use crate::document::Picture;

use super::fonts::UsedFace;
use super::{PdfError, deflate};

/// The four bytes by which `printpdf` knows a TrueType program; `conform` puts the real one in its place,
/// which another thread is making meanwhile.
const TRUETYPE: [u8; 4] = [0, 1, 0, 0];

/// Under which name a face is known in content streams; `printpdf` keeps F1 to F14 for itself.
pub(super) fn font_name(face: usize) -> String {
    format!("F{}", 100 + face)
}

/// What `printpdf` must know of a face to write its dictionary: everything in thousandths of an em.
pub(super) fn font_for_printpdf(face: &UsedFace<'_>) -> Result<ParsedFont, PdfError> {
    let coded = || face.coded.iter().enumerate().skip(1);
    let program = if face.cff {
        face.subset()?
    } else {
        TRUETYPE.to_vec()
    };
    let thousandths = |units: i16| face.thousandths(i32::from(units)) as i16;
    let (ascent, descent) = face.font.hhea().map_or((800, -200), |hhea| {
        (hhea.ascender().to_i16(), hhea.descender().to_i16())
    });

    let mut font = ParsedFont::with_glyph_data(
        program,
        0,
        Some(format!("{}+{}", face.subset_tag(), face.face.name)),
        coded()
            .map(|(code, _)| (code as u32, code as u16))
            .collect(),
        coded()
            .map(|(code, coded)| (code as u16, coded.width))
            .collect(),
        1000,
        FontMetrics {
            ascent: thousandths(ascent),
            descent: thousandths(descent),
        },
    );
    let described = &mut font.pdf_font_metrics;
    if let Ok(head) = face.font.head() {
        described.x_min = thousandths(head.x_min());
        described.y_min = thousandths(head.y_min());
        described.x_max = thousandths(head.x_max());
        described.y_max = thousandths(head.y_max());
    }
    if let Ok(hhea) = face.font.hhea() {
        described.caret_slope_rise = hhea.caret_slope_rise();
        described.caret_slope_run = hhea.caret_slope_run();
    }
    described.us_weight_class = face.font.attributes().weight.value() as u16;
    Ok(font)
}

pub(super) fn picture_name(number: usize) -> XObjectId {
    XObjectId(format!("Im{number}"))
}

/// A picture as an image of its own, with its opacity as a soft mask.
pub(super) fn image(picture: &Picture, number: usize) -> Result<ExternalXObject, PdfError> {
    let pixels = u64::from(picture.width) * u64::from(picture.height);
    let fits = |bytes: &[u8], channels| bytes.len() as u64 == pixels * channels;
    if pixels == 0
        || !fits(&picture.rgb, 3)
        || picture.alpha.as_ref().is_some_and(|alpha| !fits(alpha, 1))
    {
        return Err(PdfError::Inconsistent(format!(
            "image n° {number} dont les pixels ne remplissent pas le cadre"
        )));
    }
    let samples = |bytes: &[u8], space: &str| {
        let name = |name: &str| DictItem::Name(name.into());
        let dict: BTreeMap<_, _> = [
            ("Type", name("XObject")),
            ("Subtype", name("Image")),
            ("Width", DictItem::Int(i64::from(picture.width))),
            ("Height", DictItem::Int(i64::from(picture.height))),
            ("BitsPerComponent", DictItem::Int(8)),
            ("ColorSpace", name(space)),
            ("Filter", name("FlateDecode")),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
        Ok::<_, PdfError>(ExternalStream {
            dict,
            content: deflate(bytes)?,
            compress: false,
        })
    };
    let mut stream = samples(&picture.rgb, "DeviceRGB")?;
    if let Some(alpha) = &picture.alpha {
        let mask = DictItem::Stream {
            stream: samples(alpha, "DeviceGray")?,
        };
        stream.dict.insert("SMask".to_owned(), mask);
    }
    Ok(ExternalXObject {
        stream,
        width: None,
        height: None,
        dpi: None,
    })
}
