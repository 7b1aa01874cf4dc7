//! Logos as pictures of a Word file.

use std::io;

use image::{ExtendedColorType, ImageEncoder};

use super::xml::{Xml, element};
use crate::document::{Logo, Picture};

/// Namespaces of drawings.
pub(super) const DRAWING: &str =
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
pub(super) const ART: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub(super) const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// How high a logo stands, and how wide at most: 18 mm, 70 mm, in English metric units (36 000 a millimetre).
const HEIGHT: u64 = 18 * 36_000;
const WIDEST: u64 = 70 * 36_000;

/// A picture as PNG.
pub(super) fn png(picture: &Picture) -> io::Result<Vec<u8>> {
    let mut png = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut png);
    let (width, height) = (picture.width, picture.height);
    let written = match &picture.alpha {
        None => encoder.write_image(&picture.rgb, width, height, ExtendedColorType::Rgb8),
        Some(alpha) => {
            let pixels = picture.rgb.chunks_exact(3).zip(alpha);
            let rgba: Vec<u8> = pixels
                .flat_map(|(rgb, alpha)| rgb.iter().copied().chain([*alpha]))
                .collect();
            encoder.write_image(&rgba, width, height, ExtendedColorType::Rgba8)
        }
    };
    written.map_err(io::Error::other)?;
    Ok(png)
}

/// A run that shows the picture of that number.
pub(super) fn inline(xml: &mut Xml, number: usize, logo: &Logo) -> io::Result<()> {
    let (wide, high) = (
        u64::from(logo.image.width.max(1)),
        u64::from(logo.image.height.max(1)),
    );
    let width = (HEIGHT * wide / high).min(WIDEST);
    let (cx, cy) = (width.to_string(), (width * high / wide).to_string());
    let (id, embed) = (number.to_string(), format!("logo{number}"));
    let named = [
        ("id", id.as_str()),
        ("name", embed.as_str()),
        ("descr", logo.alternative.as_str()),
    ];

    element(xml, "w:r", &[], |xml| {
        element(xml, "w:drawing", &[], |xml| {
            element(xml, "wp:inline", &[], |xml| {
                xml.empty("wp:extent", &[("cx", &cx), ("cy", &cy)])?;
                xml.empty("wp:docPr", &named)?;
                element(xml, "a:graphic", &[], |xml| {
                    element(xml, "a:graphicData", &[("uri", PICTURE)], |xml| {
                        element(xml, "pic:pic", &[], |xml| {
                            element(xml, "pic:nvPicPr", &[], |xml| {
                                xml.empty("pic:cNvPr", &named)?;
                                xml.empty("pic:cNvPicPr", &[])
                            })?;
                            element(xml, "pic:blipFill", &[], |xml| {
                                xml.empty("a:blip", &[("r:embed", &embed)])?;
                                element(xml, "a:stretch", &[], |xml| xml.empty("a:fillRect", &[]))
                            })?;
                            element(xml, "pic:spPr", &[], |xml| {
                                element(xml, "a:xfrm", &[], |xml| {
                                    xml.empty("a:off", &[("x", "0"), ("y", "0")])?;
                                    xml.empty("a:ext", &[("cx", &cx), ("cy", &cy)])
                                })?;
                                element(xml, "a:prstGeom", &[("prst", "rect")], |xml| {
                                    xml.empty("a:avLst", &[])
                                })
                            })
                        })
                    })
                })
            })
        })
    })
}
