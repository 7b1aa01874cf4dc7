//! The text itself: blocks as paragraphs, lists, tables and sections.

use std::io;

use super::picture;
use super::run::{Look, bookmark};
use super::sheet;
use super::xml::{W, Xml, element, text_element};
use crate::document::{
    Align, Around, Block, BlockKind, Document, Heading, Inline, List, Paragraph, Signature, Span,
    Table,
};
use crate::model::Lang;

/// What the body of a document becomes, with what other parts must hold for it.
pub(super) struct Body<'a> {
    pub(super) document: &'a Document,
    /// The part itself.
    pub(super) xml: Vec<u8>,
    /// The part of the notes.
    pub(super) notes: Vec<u8>,
    pub(super) note_count: usize,
    /// Addresses that links lead to, in the order of their numbers.
    pub(super) links: Vec<String>,
    /// The numbered lists, by the number that each begins with.
    pub(super) lists: Vec<u32>,
    /// What stands around each section.
    pub(super) sections: Vec<&'a Around>,
    /// Logos as PNG.
    pub(super) pictures: Vec<Vec<u8>>,
    /// The language of the block being written.
    pub(super) language: Lang,
    pub(super) changes: usize,
    bookmarks: usize,
}

/// The lists with a dash share one list: the first.
const DASHES: usize = 1;

impl<'a> Body<'a> {
    pub(super) fn of(document: &'a Document) -> io::Result<Self> {
        let mut body = Self {
            document,
            xml: Vec::new(),
            notes: Vec::new(),
            note_count: 0,
            links: Vec::new(),
            lists: Vec::new(),
            sections: vec![&document.around],
            pictures: Vec::new(),
            language: document.language.clone(),
            changes: 0,
            bookmarks: 0,
        };
        let mut xml = Xml::begin();
        let namespaces = [
            W,
            ("xmlns:r", super::OFFICE),
            ("xmlns:wp", picture::DRAWING),
            ("xmlns:a", picture::ART),
            ("xmlns:pic", picture::PICTURE),
        ];
        element(&mut xml, "w:document", &namespaces, |xml| {
            element(xml, "w:body", &[], |xml| {
                body.logos(xml)?;
                body.blocks(xml, &document.blocks)?;
                body.section(xml)
            })
        })?;
        body.xml = xml.end();
        body.notes = notes_part(&body.notes)?;
        Ok(body)
    }

    /// The day of the document, as a moment.
    pub(super) fn day(&self) -> String {
        self.document.date.format("%Y-%m-%dT00:00:00Z").to_string()
    }

    fn logos(&mut self, xml: &mut Xml) -> io::Result<()> {
        if self.document.logos.is_empty() {
            return Ok(());
        }
        element(xml, "w:p", &[], |xml| {
            for logo in &self.document.logos {
                self.pictures.push(picture::png(&logo.image)?);
                picture::inline(xml, self.pictures.len(), logo)?;
            }
            Ok(())
        })
    }

    fn blocks(&mut self, xml: &mut Xml, blocks: &'a [Block]) -> io::Result<()> {
        blocks.iter().try_for_each(|block| self.block(xml, block))
    }

    fn block(&mut self, xml: &mut Xml, block: &'a Block) -> io::Result<()> {
        let outer = self.language.clone();
        if let Some(language) = &block.language {
            self.language = language.clone();
        }
        let written = match &block.kind {
            BlockKind::Title(text) => self.styled(xml, "Title", text),
            BlockKind::Subtitle(text) => self.styled(xml, "Subtitle", text),
            BlockKind::Heading(heading) => self.heading(xml, heading),
            BlockKind::Paragraph(paragraph) => self.paragraph(xml, paragraph),
            BlockKind::List(list) => self.list(xml, list, 0),
            BlockKind::Table(table) => self.table(xml, table),
            // What a drawing shows, said.
            BlockKind::Figure(figure) => {
                self.styled(xml, "Caption", &figure.caption)?;
                self.styled(xml, "Normal", &[Inline::from(figure.alternative.as_str())])
            }
            BlockKind::Signatures(signatures) => self.signatures(xml, signatures),
            BlockKind::Paired(pairs) => self.paired(xml, pairs),
            // The headings are the plan of a Word file.
            BlockKind::Contents(_) => Ok(()),
            BlockKind::PageBreak => element(xml, "w:p", &[], |xml| {
                element(xml, "w:r", &[], |xml| {
                    xml.empty("w:br", &[("w:type", "page")])
                })
            }),
            BlockKind::Part(around) => {
                element(xml, "w:p", &[], |xml| {
                    element(xml, "w:pPr", &[], |xml| self.section(xml))
                })?;
                self.sections.push(around);
                Ok(())
            }
        };
        self.language = outer;
        written
    }

    /// A paragraph of that style; nothing where there are no words.
    fn styled(&mut self, xml: &mut Xml, style: &str, text: &[Inline]) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.written(xml, &Shape::of(style), text, Look::default())
    }

    fn heading(&mut self, xml: &mut Xml, heading: &Heading) -> io::Result<()> {
        let style = format!("Heading{}", heading.level.clamp(1, 4));
        element(xml, "w:p", &[], |xml| {
            self.shape(xml, &Shape::of(&style))?;
            if let Some(anchor) = &heading.anchor {
                self.bookmarks += 1;
                let (id, name) = (self.bookmarks.to_string(), bookmark(anchor.0.as_str()));
                xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)])?;
                xml.empty("w:bookmarkEnd", &[("w:id", &id)])?;
            }
            self.runs(xml, &heading.text, Look::default())
        })
    }

    fn paragraph(&mut self, xml: &mut Xml, paragraph: &Paragraph) -> io::Result<()> {
        let shape = Shape {
            style: if paragraph.hanging { "Visa" } else { "Normal" },
            align: (paragraph.align != Align::Justify).then_some(paragraph.align),
            keep_with_next: paragraph.keep_with_next,
            ..Shape::of("Normal")
        };
        element(xml, "w:p", &[], |xml| {
            self.shape(xml, &shape)?;
            if let Some(number) = &paragraph.number {
                element(xml, "w:r", &[], |xml| {
                    text_element(xml, "w:t", &[("xml:space", "preserve")], number)?;
                    xml.empty("w:tab", &[])
                })?;
            }
            self.runs(xml, &paragraph.text, Look::default())
        })
    }

    fn list(&mut self, xml: &mut Xml, list: &List, depth: usize) -> io::Result<()> {
        let number = if list.ordered {
            let label = list.items.first().map_or("", |item| item.label.as_str());
            let digits: String = label.chars().filter(char::is_ascii_digit).collect();
            self.lists.push(digits.parse().unwrap_or(1));
            DASHES + self.lists.len()
        } else {
            DASHES
        };
        for item in &list.items {
            let shape = Shape {
                list: Some((number, depth.min(2))),
                ..Shape::of("ListParagraph")
            };
            self.written(xml, &shape, &item.text, Look::default())?;
            if let Some(sublist) = &item.sublist {
                self.list(xml, sublist, depth + 1)?;
            }
        }
        Ok(())
    }

    fn table(&mut self, xml: &mut Xml, table: &Table) -> io::Result<()> {
        self.styled(xml, "Caption", &table.caption)?;
        let weights = table.columns.iter().map(|column| u32::from(column.weight));
        let widths = self.widths(&weights.collect::<Vec<_>>());
        table_of(xml, "Grid", &widths, |xml| {
            self.row(xml, table, &table.head, RowKind::Head, &widths)?;
            for row in &table.rows {
                let kind = if row.total {
                    RowKind::Total
                } else {
                    RowKind::Plain
                };
                self.row(xml, table, &row.cells, kind, &widths)?;
            }
            Ok(())
        })
    }

    fn row(
        &mut self,
        xml: &mut Xml,
        table: &Table,
        cells: &[Vec<Inline>],
        kind: RowKind,
        widths: &[u32],
    ) -> io::Result<()> {
        let bold = kind != RowKind::Plain;
        element(xml, "w:tr", &[], |xml| {
            element(xml, "w:trPr", &[], |xml| {
                xml.empty("w:cantSplit", &[])?;
                if kind == RowKind::Head {
                    xml.empty("w:tblHeader", &[])?;
                }
                Ok(())
            })?;
            for ((cell, column), width) in cells.iter().zip(&table.columns).zip(widths) {
                let shape = Shape {
                    align: Some(column.align),
                    ..Shape::of("TableText")
                };
                cell_of(xml, *width, |xml| {
                    let look = Look {
                        bold,
                        ..Look::default()
                    };
                    self.written(xml, &shape, cell, look)
                })?;
            }
            Ok(())
        })
    }

    fn signatures(&mut self, xml: &mut Xml, signatures: &[Signature]) -> io::Result<()> {
        const ABREAST: usize = 2;
        let widths = self.widths(&[1; ABREAST]);
        table_of(xml, "Plain", &widths, |xml| {
            for abreast in signatures.chunks(ABREAST) {
                element(xml, "w:tr", &[], |xml| {
                    element(xml, "w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]))?;
                    for (place, width) in widths.iter().enumerate() {
                        cell_of(xml, *width, |xml| match abreast.get(place) {
                            Some(signature) => self.signature(xml, signature),
                            None => xml.empty("w:p", &[]),
                        })?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })
    }

    fn signature(&mut self, xml: &mut Xml, signature: &Signature) -> io::Result<()> {
        let bold = Look {
            bold: true,
            ..Look::default()
        };
        let shape = Shape::of("Signature");
        self.written(xml, &shape, &signature.party, bold)?;
        let lines = [Some(&signature.function), signature.person.as_ref()];
        for line in lines.into_iter().flatten().filter(|it| !it.is_empty()) {
            self.written(xml, &shape, &[Inline::from(line.as_str())], Look::default())?;
        }
        self.written(xml, &shape, &signature.place_and_date, Look::default())?;
        let mention = Inline::Span(Span {
            italic: true,
            ..Span::plain(signature.mention.as_str())
        });
        self.written(
            xml,
            &Shape::of("SignaturePlace"),
            &[mention],
            Look::default(),
        )
    }

    fn paired(&mut self, xml: &mut Xml, pairs: &'a [(Vec<Block>, Vec<Block>)]) -> io::Result<()> {
        let widths = self.widths(&[1, 1]);
        table_of(xml, "Plain", &widths, |xml| {
            for (left, right) in pairs {
                element(xml, "w:tr", &[], |xml| {
                    for (blocks, width) in [left, right].into_iter().zip(&widths) {
                        cell_of(xml, *width, |xml| {
                            self.blocks(xml, blocks)?;
                            // A cell ends with a paragraph, and holds one at least.
                            let is_open = blocks.last().is_none_or(|block| {
                                !matches!(
                                    block.kind,
                                    BlockKind::Paragraph(_) | BlockKind::Heading(_)
                                )
                            });
                            if is_open { after_table(xml) } else { Ok(()) }
                        })?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })
    }

    fn written(
        &mut self,
        xml: &mut Xml,
        shape: &Shape<'_>,
        text: &[Inline],
        look: Look,
    ) -> io::Result<()> {
        element(xml, "w:p", &[], |xml| {
            self.shape(xml, shape)?;
            self.runs(xml, text, look)
        })
    }

    /// The properties of a paragraph, in the order of the schema (ECMA-376, 17.3.1.26).
    fn shape(&self, xml: &mut Xml, shape: &Shape<'_>) -> io::Result<()> {
        let backwards = self.language.is_right_to_left();
        element(xml, "w:pPr", &[], |xml| {
            xml.empty("w:pStyle", &[("w:val", shape.style)])?;
            if shape.keep_with_next {
                xml.empty("w:keepNext", &[])?;
            }
            if let Some((list, depth)) = shape.list {
                element(xml, "w:numPr", &[], |xml| {
                    xml.empty("w:ilvl", &[("w:val", &depth.to_string())])?;
                    xml.empty("w:numId", &[("w:val", &list.to_string())])
                })?;
            }
            if backwards {
                xml.empty("w:bidi", &[])?;
            }
            if let Some(align) = shape.align {
                // In a paragraph from right to left, « left » is where it begins.
                let align = match align {
                    Align::Justify => "both",
                    Align::Start => "left",
                    Align::End => "right",
                    Align::Center => "center",
                };
                xml.empty("w:jc", &[("w:val", align)])?;
            }
            Ok(())
        })
    }

    /// What closes a section: the paper, and what stands around its text.
    fn section(&self, xml: &mut Xml) -> io::Result<()> {
        let number = self.sections.len();
        let (width, height, margin) = sheet(self.document.paper);
        let [width, height, margin] = [width, height, margin].map(|it| it.to_string());
        element(xml, "w:sectPr", &[], |xml| {
            let around = [
                ("w:headerReference", "first", "first"),
                ("w:headerReference", "default", "header"),
                ("w:footerReference", "first", "footer"),
                ("w:footerReference", "default", "footer"),
            ];
            for (element, kind, name) in around {
                let id = format!("{name}{number}");
                xml.empty(element, &[("w:type", kind), ("r:id", &id)])?;
            }
            xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)])?;
            let margins =
                ["w:top", "w:right", "w:bottom", "w:left"].map(|it| (it, margin.as_str()));
            let [top, right, bottom, left] = margins;
            let inner = [("w:header", "709"), ("w:footer", "709"), ("w:gutter", "0")];
            let [header, footer, gutter] = inner;
            xml.empty(
                "w:pgMar",
                &[top, right, bottom, left, header, footer, gutter],
            )?;
            if self.document.line_numbers {
                xml.empty("w:lnNumType", &[("w:countBy", "5")])?;
            }
            xml.empty("w:titlePg", &[])
        })
    }

    /// The width of the text shared by weight, in twentieths of a point.
    fn widths(&self, weights: &[u32]) -> Vec<u32> {
        let (width, _, margin) = sheet(self.document.paper);
        let all = weights.iter().sum::<u32>().max(1);
        let share = |weight: &u32| (width - 2 * margin) * weight / all;
        weights.iter().map(share).collect()
    }
}

/// How a paragraph stands.
struct Shape<'a> {
    style: &'a str,
    /// Where the style does not say it.
    align: Option<Align>,
    keep_with_next: bool,
    /// The number of its list and its depth there.
    list: Option<(usize, usize)>,
}

impl<'a> Shape<'a> {
    const fn of(style: &'a str) -> Self {
        Self {
            style,
            align: None,
            keep_with_next: false,
            list: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Head,
    Plain,
    Total,
}

/// What a table begins with: its style, its width, its columns.
fn frame(xml: &mut Xml, style: &str, widths: &[u32]) -> io::Result<()> {
    element(xml, "w:tblPr", &[], |xml| {
        xml.empty("w:tblStyle", &[("w:val", style)])?;
        let width = widths.iter().sum::<u32>().to_string();
        xml.empty("w:tblW", &[("w:w", &width), ("w:type", "dxa")])?;
        xml.empty("w:tblLayout", &[("w:type", "fixed")])
    })?;
    element(xml, "w:tblGrid", &[], |xml| {
        widths
            .iter()
            .try_for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]))
    })
}

/// A table of that style and those columns, and what parts it from what follows.
fn table_of(
    xml: &mut Xml,
    style: &str,
    widths: &[u32],
    rows: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    element(xml, "w:tbl", &[], |xml| {
        frame(xml, style, widths)?;
        rows(xml)
    })?;
    after_table(xml)
}

/// A cell of that width.
fn cell_of(
    xml: &mut Xml,
    width: u32,
    inside: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    element(xml, "w:tc", &[], |xml| {
        element(xml, "w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])
        })?;
        inside(xml)
    })
}

/// Two tables would join, and a cell may not end with one: a short empty paragraph parts them.
fn after_table(xml: &mut Xml) -> io::Result<()> {
    element(xml, "w:p", &[], |xml| {
        element(xml, "w:pPr", &[], |xml| {
            xml.empty("w:pStyle", &[("w:val", "AfterTable")])
        })
    })
}

/// The part of the notes, with the two rules that Word wants first.
fn notes_part(notes: &[u8]) -> io::Result<Vec<u8>> {
    let mut xml = Xml::begin();
    let namespaces = [W, ("xmlns:r", super::OFFICE)];
    element(&mut xml, "w:footnotes", &namespaces, |xml| {
        let rules = [
            ("0", "separator", "w:separator"),
            ("1", "continuationSeparator", "w:continuationSeparator"),
        ];
        for (id, kind, rule) in rules {
            element(
                xml,
                "w:footnote",
                &[("w:type", kind), ("w:id", id)],
                |xml| {
                    element(xml, "w:p", &[], |xml| {
                        element(xml, "w:r", &[], |xml| xml.empty(rule, &[]))
                    })
                },
            )?;
        }
        xml.raw(notes)
    })?;
    Ok(xml.end())
}
