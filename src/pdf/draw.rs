//! Drawing: the items of each page as `printpdf` operations, in marked content.

use std::collections::BTreeMap;

use printpdf::{
    Color, CurTransMat, DictItem, FontId, Line, LinePoint, Op, PaintMode, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, TextMatrix,
    WindingOrder, XObject, XObjectTransform,
};

use crate::document::Rgb;
use crate::typeset::pages::{
    Area, Artifact, Drawing, Glyph, GlyphRun, Item, Length, Page, Pages, Path, Step,
};

use super::fonts::{Faces, clusters, share};
use super::resources::{font_for_printpdf, font_name, image, picture_name};
use super::sequence::{Marked, Sequence};
use super::structure::name_of;
use super::text_line::TextLine;
use super::{PdfError, height_above_foot, points};

/// Has `printpdf` draw the pages: a document with content, fonts and pictures, not yet conforming.
pub(super) fn draw(
    pages: &Pages,
    faces: &Faces<'_>,
    sequences: &[Vec<Sequence>],
) -> Result<lopdf::Document, PdfError> {
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
    for (page, sequences) in pages.pages.iter().zip(sequences) {
        let mut pen = Pen {
            pages,
            faces,
            ops: Vec::with_capacity(page.items.len() * 8),
            fill: Rgb(0, 0, 0),
            stroke: Rgb(0, 0, 0),
            stroke_width: Length(65_536),
        };
        pen.page(page, sequences)?;
        document.pages.push(PdfPage {
            media_box: sheet.clone(),
            trim_box: sheet.clone(),
            crop_box: sheet.clone(),
            ops: pen.ops,
        });
    }
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    Ok(document.to_lopdf_document(&options, &mut Vec::new()))
}

/// The operations of one page, and the graphics state that they leave.
struct Pen<'a> {
    pages: &'a Pages,
    faces: &'a Faces<'a>,
    ops: Vec<Op>,
    fill: Rgb,
    stroke: Rgb,
    stroke_width: Length,
}

impl Pen<'_> {
    fn page(&mut self, page: &Page, sequences: &[Sequence]) -> Result<(), PdfError> {
        for sequence in sequences {
            self.ops.push(self.opening(sequence.owner));
            let items = page.items.get(sequence.items.clone()).unwrap_or_default();
            let is_text = |item: &Item| matches!(item.drawing, Drawing::Glyphs(_));
            for run in items.chunk_by(|a, b| is_text(a) && is_text(b)) {
                if run.first().is_some_and(is_text) {
                    self.text(run)?;
                } else {
                    run.iter().try_for_each(|item| self.shape(&item.drawing))?;
                }
            }
            self.ops.push(Op::EndMarkedContent);
        }
        Ok(())
    }

    fn opening(&self, owner: Marked) -> Op {
        match owner {
            Marked::Content { node, mcid } => {
                let tag = self.pages.nodes.get(node).map(|node| node.tag);
                marked(
                    tag.map_or("Span", name_of),
                    [("MCID", DictItem::Int(mcid as i64))],
                )
            }
            Marked::Artifact(artifact) => {
                let (kind, subtype) = match artifact {
                    Artifact::Header => ("Pagination", Some("Header")),
                    Artifact::Footer => ("Pagination", Some("Footer")),
                    Artifact::Watermark => ("Pagination", Some("Watermark")),
                    Artifact::Layout => ("Layout", None),
                };
                let name = |name: &str| DictItem::Name(name.into());
                let entries = [("Type", name(kind))]
                    .into_iter()
                    .chain(subtype.map(|subtype| ("Subtype", name(subtype))));
                marked("Artifact", entries)
            }
        }
    }

    fn text(&mut self, items: &[Item]) -> Result<(), PdfError> {
        self.ops.push(Op::StartTextSection);
        let mut font = None;
        for item in items {
            let Drawing::Glyphs(run) = &item.drawing else {
                continue;
            };
            self.set_fill(run.color);
            if font != Some((run.face, run.size)) {
                font = Some((run.face, run.size));
                self.ops.push(Op::SetFont {
                    font: PdfFontHandle::External(FontId(font_name(run.face))),
                    size: Pt(points(run.size)),
                });
            }
            self.run(run)?;
        }
        self.ops.push(Op::EndTextSection);
        Ok(())
    }

    fn run(&mut self, run: &GlyphRun) -> Result<(), PdfError> {
        let face = self.faces.get(run.face)?;
        let (x, y) = (points(run.x), height_above_foot(self.pages, run.y));
        self.ops.push(Op::SetTextMatrix {
            matrix: TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, x, y]),
        });

        let mut line = TextLine::new(run.size);
        for cluster in clusters(run) {
            let count = cluster.glyphs.len();
            let glyphs = run.glyphs.get(cluster.glyphs.clone()).unwrap_or_default();
            let otherwise = |glyph: &Glyph| {
                let code = face.code(glyph.id, cluster.text);
                code.is_some_and(|code| code.text != cluster.text)
            };
            // Not from right to left: there poppler loses the line, and elements have their own replacement.
            let replaced = !run.right_to_left
                && !cluster.text.is_empty()
                && (count > 1 || glyphs.iter().any(otherwise));
            if replaced {
                line.show(&mut self.ops);
                let text = utf16(cluster.text);
                self.ops
                    .push(marked("Span", [("ActualText", DictItem::Bytes(text))]));
            }
            for (position, glyph) in glyphs.iter().enumerate() {
                let text = share(cluster.text, position, count, run.right_to_left);
                let code = face.code(glyph.id, text).ok_or_else(|| {
                    PdfError::Inconsistent(format!("glyphe {} sans numéro", glyph.id))
                })?;
                line.rise(&mut self.ops, glyph.dy);
                line.place(glyph.dx);
                line.push(code.number, code.width);
                line.target += glyph.advance.0;
            }
            if replaced {
                line.show(&mut self.ops);
                self.ops.push(Op::EndMarkedContent);
            }
        }
        line.rise(&mut self.ops, Length(0));
        line.show(&mut self.ops);
        Ok(())
    }

    fn shape(&mut self, drawing: &Drawing) -> Result<(), PdfError> {
        match drawing {
            Drawing::Glyphs(_) => Ok(()),
            Drawing::Path(path) => {
                self.path(path);
                Ok(())
            }
            Drawing::Picture { picture, area } => self.picture(*picture, *area),
        }
    }

    fn path(&mut self, path: &Path) {
        let contours = self.contours(&path.steps);
        if let Some(color) = path.fill {
            self.set_fill(color);
            self.ops.push(Op::DrawPolygon {
                polygon: polygon(
                    contours.iter().map(|contour| contour.points.clone()),
                    PaintMode::Fill,
                ),
            });
        }
        if let Some((color, width)) = path.stroke {
            self.set_stroke(color, width);
            for contour in contours {
                // `printpdf` closes every polygon, so that an open contour must be a line.
                self.ops.push(if contour.closed {
                    Op::DrawPolygon {
                        polygon: polygon([contour.points].into_iter(), PaintMode::Stroke),
                    }
                } else {
                    Op::DrawLine {
                        line: Line {
                            points: contour.points,
                            is_closed: false,
                        },
                    }
                });
            }
        }
    }

    fn contours(&self, steps: &[Step]) -> Vec<Contour> {
        let at = |x: Length, y: Length, bezier: bool| LinePoint {
            p: Point {
                x: Pt(points(x)),
                y: Pt(height_above_foot(self.pages, y)),
            },
            bezier,
        };
        let mut contours: Vec<Contour> = Vec::new();
        for step in steps {
            if let Step::Move(x, y) = *step {
                contours.push(Contour {
                    points: vec![at(x, y, false)],
                    closed: false,
                });
                continue;
            }
            let Some(contour) = contours.last_mut() else {
                continue;
            };
            match *step {
                Step::Move(..) => {}
                Step::Line(x, y) => contour.points.push(at(x, y, false)),
                Step::Curve(x1, y1, x2, y2, x, y) => {
                    contour
                        .points
                        .extend([at(x1, y1, true), at(x2, y2, true), at(x, y, false)]);
                }
                Step::Close => contour.closed = true,
            }
        }
        contours
    }

    fn picture(&mut self, picture: usize, area: Area) -> Result<(), PdfError> {
        if picture >= self.pages.pictures.len() {
            return Err(PdfError::Inconsistent(format!(
                "image n° {picture} absente"
            )));
        }
        let foot = Length(area.y.0 + area.height.0);
        self.ops.push(Op::SaveGraphicsState);
        self.ops.push(Op::SetTransformationMatrix {
            matrix: CurTransMat::Raw([
                points(area.width),
                0.0,
                0.0,
                points(area.height),
                points(area.x),
                height_above_foot(self.pages, foot),
            ]),
        });
        self.ops.push(Op::UseXobject {
            id: picture_name(picture),
            transform: XObjectTransform {
                no_auto_scale: true,
                ..XObjectTransform::default()
            },
        });
        self.ops.push(Op::RestoreGraphicsState);
        Ok(())
    }

    fn set_fill(&mut self, color: Rgb) {
        if self.fill != color {
            self.fill = color;
            self.ops.push(Op::SetFillColor { col: rgb(color) });
        }
    }

    fn set_stroke(&mut self, color: Rgb, width: Length) {
        if self.stroke != color {
            self.stroke = color;
            self.ops.push(Op::SetOutlineColor { col: rgb(color) });
        }
        if self.stroke_width != width {
            self.stroke_width = width;
            self.ops.push(Op::SetOutlineThickness {
                pt: Pt(points(width)),
            });
        }
    }
}

struct Contour {
    points: Vec<LinePoint>,
    closed: bool,
}

fn polygon(rings: impl Iterator<Item = Vec<LinePoint>>, mode: PaintMode) -> Polygon {
    Polygon {
        rings: rings.map(|points| PolygonRing { points }).collect(),
        mode,
        winding_order: WindingOrder::NonZero,
    }
}

fn rgb(Rgb(r, g, b): Rgb) -> Color {
    // Three decimals tell the 256 steps apart.
    let part = |byte: u8| (f32::from(byte) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(printpdf::Rgb {
        r: part(r),
        g: part(g),
        b: part(b),
        icc_profile: None,
    })
}

fn marked<'a>(tag: &str, entries: impl IntoIterator<Item = (&'a str, DictItem)>) -> Op {
    let map: BTreeMap<_, _> = entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    Op::BeginMarkedContentWithProperties {
        tag: tag.to_owned(),
        properties: DictItem::Dict { map },
    }
}

/// Text as PDF writes it where it is not ASCII: UTF-16, most significant byte first, marked as such.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}
