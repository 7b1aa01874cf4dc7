//! What is written when all pages are cut: page numbers of headings, links, running lines, bookmarks.

use std::collections::BTreeMap;

use crate::document::{Align, Anchor, Around};
use crate::model::Lang;

use super::imprint::{Flowed, Imprint, Pending, PendingNumber, hairline, moved};
use super::measure::{RUNNING, centipoints, pt};
use super::pages::{Artifact, Bookmark, Destination, Drawing, Item, Length, Link, Owner, Path};
use super::watermark::watermark;

/// No running line of this many points is cut.
const WIDER_THAN_ANY: Length = pt(10_000);

impl Imprint<'_, '_> {
    /// Finishes the pages.
    pub fn finish(mut self) -> Flowed {
        self.write_numbers();
        self.write_links();
        let sheet = self.galley.sheet;
        let parts = self.galley.parts.clone();
        let marks: Vec<Option<Path>> = parts
            .iter()
            .map(|around| {
                let word = around.watermark.as_deref()?;
                watermark(word, &around.language, &sheet, &mut self.galley.press)
            })
            .collect();
        let count = self.pages.len();
        for page in 0..count {
            let part = self.page_parts.get(page).copied().unwrap_or(0);
            let Some(around) = parts.get(part) else {
                continue;
            };
            if let Some(Some(path)) = marks.get(part) {
                let item = Item {
                    owner: Owner::Artifact(Artifact::Watermark),
                    place: None,
                    drawing: Drawing::Path(path.clone()),
                };
                self.pages[page].items.insert(0, item);
            }
            if page > 0 {
                self.header(page, around);
            }
            let number = format!("{} / {count}", page + 1);
            let baseline = sheet.footer;
            self.running(
                page,
                &around.language,
                &around.footer.left,
                Artifact::Footer,
                Align::Start,
                baseline,
                sheet.measure * 3 / 4,
            );
            self.running(
                page,
                &around.language,
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

    /// The running lines at the top: each takes what the other leaves, half each where both are long.
    fn header(&mut self, page: usize, around: &Around) {
        let Around {
            language, header, ..
        } = around;
        if header.left.is_empty() && header.right.is_empty() {
            return;
        }
        let sheet = self.galley.sheet;
        let room = sheet.measure - centipoints(1800);
        let left = self.natural_width(&header.left, language);
        let right = self.natural_width(&header.right, language);
        let half = room / 2;
        let widths = match (left <= half, right <= half) {
            (_, true) => (room - right, right),
            (true, false) => (left, room - left),
            (false, false) => (half, half),
        };
        for (text, align, width) in [
            (&header.left, Align::Start, widths.0),
            (&header.right, Align::End, widths.1),
        ] {
            self.running(
                page,
                language,
                text,
                Artifact::Header,
                align,
                sheet.header,
                width,
            );
        }
        let drawing = hairline(sheet.left, sheet.header + centipoints(700), sheet.measure);
        self.pages[page].items.push(Item {
            owner: Owner::Artifact(Artifact::Header),
            place: None,
            drawing,
        });
    }

    /// How wide a running line is when nothing of it is left out.
    fn natural_width(&mut self, text: &str, language: &Lang) -> Length {
        let laid =
            self.galley
                .press
                .set_line(text, language, RUNNING, WIDER_THAN_ANY, Align::Start);
        let ink = laid.lines.first().map_or(&[][..], |line| &line.ink);
        ink.iter().map(|ink| ink.width).sum()
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
    #[allow(clippy::too_many_arguments)]
    fn running(
        &mut self,
        page: usize,
        language: &Lang,
        text: &str,
        artifact: Artifact,
        align: Align,
        baseline: Length,
        width: Length,
    ) {
        let sheet = self.galley.sheet;
        let laid = self
            .galley
            .press
            .set_line(text, language, RUNNING, width, align);
        let Some(line) = laid.lines.first() else {
            return;
        };
        let at_the_right = (align == Align::End) != language.is_right_to_left();
        let x = if at_the_right {
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
