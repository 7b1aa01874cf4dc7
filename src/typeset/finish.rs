//! What is written when all pages are cut: page numbers of headings, links, running lines, bookmarks.

use std::collections::BTreeMap;

use crate::document::{Align, Anchor, Running};

use super::imprint::{Flowed, Imprint, Pending, PendingNumber, hairline, moved};
use super::measure::{RUNNING, centipoints, pt};
use super::pages::{Artifact, Bookmark, Destination, Drawing, Item, Length, Link, Owner};
use super::watermark::watermark;

impl Imprint<'_, '_> {
    /// Finishes the pages.
    pub fn finish(mut self) -> Flowed {
        self.write_numbers();
        self.write_links();
        let document = self.galley.document;
        let sheet = self.galley.sheet;
        let mark = document
            .watermark
            .as_deref()
            .and_then(|word| watermark(word, &document.language, &sheet, &mut self.galley.press));
        let count = self.pages.len();
        for page in 0..count {
            if let Some(path) = &mark {
                let item = Item {
                    owner: Owner::Artifact(Artifact::Watermark),
                    place: None,
                    drawing: Drawing::Path(path.clone()),
                };
                self.pages[page].items.insert(0, item);
            }
            if page > 0 {
                self.header(page, &document.header);
            }
            let number = format!("{} / {count}", page + 1);
            let baseline = sheet.footer;
            self.running(
                page,
                &document.footer.left,
                Artifact::Footer,
                Align::Start,
                baseline,
                sheet.measure * 3 / 4,
            );
            self.running(
                page,
                &number,
                Artifact::Footer,
                Align::End,
                baseline,
                sheet.measure / 5,
            );
        }
        let outline = self
            .galley
            .headings
            .iter()
            .zip(&self.fell)
            .filter_map(|(heading, fell)| {
                let (page, y) = (*fell)?;
                Some(Bookmark {
                    level: heading.level,
                    title: heading.title.clone(),
                    page,
                    y,
                })
            })
            .collect();
        Flowed {
            pages: self.pages,
            outline,
            figures: self.figures,
        }
    }

    fn header(&mut self, page: usize, header: &Running) {
        if header.left.is_empty() && header.right.is_empty() {
            return;
        }
        let sheet = self.galley.sheet;
        self.running(
            page,
            &header.left,
            Artifact::Header,
            Align::Start,
            sheet.header,
            sheet.measure * 62 / 100,
        );
        self.running(
            page,
            &header.right,
            Artifact::Header,
            Align::End,
            sheet.header,
            sheet.measure * 35 / 100,
        );
        let drawing = hairline(sheet.left, sheet.header + centipoints(700), sheet.measure);
        self.pages[page].items.push(Item {
            owner: Owner::Artifact(Artifact::Header),
            place: None,
            drawing,
        });
    }

    fn write_numbers(&mut self) {
        for PendingNumber {
            page,
            item,
            heading,
            right,
            y,
            style,
        } in std::mem::take(&mut self.numbers)
        {
            let Some((number, _)) = self.fell.get(heading).copied().flatten() else {
                continue;
            };
            let text = (number + 1).to_string();
            if let Some(drawing) = self.plain(&text, style, Align::End, right, pt(60), y)
                && let Some(item) = self.pages[page].items.get_mut(item)
            {
                item.drawing = drawing;
            }
        }
    }

    fn write_links(&mut self) {
        let anchors: BTreeMap<&Anchor, usize> = self
            .galley
            .headings
            .iter()
            .enumerate()
            .rev()
            .filter_map(|(number, heading)| Some((heading.anchor.as_ref()?, number)))
            .collect();
        for link in std::mem::take(&mut self.links) {
            let heading = match &link.to {
                Pending::Heading(heading) => Some(*heading),
                Pending::Anchor(anchor) => anchors.get(anchor).copied(),
                Pending::Address(_) => None,
            };
            let (to, description) = match (link.to, heading) {
                (Pending::Address(address), _) => (Destination::Address(address.clone()), address),
                (_, Some(heading)) => {
                    let Some((page, y)) = self.fell.get(heading).copied().flatten() else {
                        continue;
                    };
                    (
                        Destination::Page { page, y },
                        self.galley.headings[heading].title.clone(),
                    )
                }
                _ => continue,
            };
            self.pages[link.page].links.push(Link {
                area: link.area,
                node: link.node,
                to,
                description,
            });
        }
    }

    /// All the pieces of one line of plain text, as decoration on a page.
    fn running(
        &mut self,
        page: usize,
        text: &str,
        artifact: Artifact,
        align: Align,
        baseline: Length,
        width: Length,
    ) {
        let sheet = self.galley.sheet;
        let language = self.galley.document.language.clone();
        let laid = self
            .galley
            .press
            .set_line(text, &language, RUNNING, width, align);
        let Some(line) = laid.lines.first() else {
            return;
        };
        let x = if align == Align::End {
            sheet.left + sheet.measure - width
        } else {
            sheet.left
        };
        for ink in &line.ink {
            let drawing = moved(&ink.drawing, x, baseline - line.baseline);
            self.pages[page].items.push(Item {
                owner: Owner::Artifact(artifact),
                place: None,
                drawing,
            });
        }
    }
}
