//! Rows printed on pages: every piece of a row becomes an item at its place, and what points to pages that
//! are not known yet is kept for the end.

use std::collections::BTreeMap;

use crate::document::{Align, Anchor, Rgb, Target};

use super::galley::{Galley, Placed, Row};
use super::measure::{HAIRLINE, LINE_NUMBER, PALE, TextStyle, tenths_of_mm};
use super::pages::{
    Area, Artifact, Bookmark, Drawing, GlyphRun, Item, Length, Owner, Page, Path, Step,
};
use super::paragraph::Laid;
use super::setter::rectangle;
use super::text::Mark;

/// A link whose destination is known when all pages are cut.
pub(super) struct PendingLink {
    pub page: usize,
    pub area: Area,
    pub node: usize,
    pub to: Pending,
}

pub(super) enum Pending {
    Heading(usize),
    Anchor(Anchor),
    Address(String),
}

/// A page number to be written where its heading fell.
pub(super) struct PendingNumber {
    pub page: usize,
    pub item: usize,
    pub heading: usize,
    pub right: Length,
    pub y: Length,
    pub style: TextStyle,
}

/// The pages as they grow.
pub(super) struct Imprint<'g, 'd> {
    pub galley: &'g mut Galley<'d>,
    pub pages: Vec<Page>,
    /// Where each heading fell.
    pub fell: Vec<Option<(usize, Length)>>,
    pub links: Vec<PendingLink>,
    pub numbers: Vec<PendingNumber>,
    /// The area of each figure's node.
    pub figures: Vec<(usize, usize, Area)>,
    /// The part that each page is of.
    pub page_parts: Vec<usize>,
    lines_counted: usize,
}

/// Pages, bookmarks, and the pages on which figures stand.
pub(super) struct Flowed {
    pub pages: Vec<Page>,
    pub outline: Vec<Bookmark>,
    pub figures: Vec<(usize, usize, Area)>,
}

impl<'g, 'd> Imprint<'g, 'd> {
    pub fn new(galley: &'g mut Galley<'d>) -> Self {
        let count = galley.headings.len();
        Self {
            galley,
            pages: Vec::new(),
            fell: vec![None; count],
            links: Vec::new(),
            numbers: Vec::new(),
            figures: Vec::new(),
            page_parts: Vec::new(),
            lines_counted: 0,
        }
    }

    /// What follows is drawn on a new page.
    pub fn begin_page(&mut self) {
        self.pages.push(Page::default());
        let part = self.page_parts.last().copied().unwrap_or(0);
        self.page_parts.push(part);
    }

    pub fn decoration(&mut self, drawing: Drawing, artifact: Artifact) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item {
                owner: Owner::Artifact(artifact),
                place: None,
                drawing,
            });
        }
    }

    /// Draws a row whose top is `y` under that of the text.
    pub fn draw(&mut self, row: &Row, y: Length) {
        let y = self.galley.sheet.top + y;
        let page = self.pages.len() - 1;
        if let (Some(part), Some(own)) = (row.part, self.page_parts.last_mut()) {
            *own = part;
        }
        for heading in &row.headings {
            self.fell[*heading] = Some((page, y));
        }
        for placed in &row.drawn {
            self.placed(placed, page, y);
        }
        if let Some(baseline) = row.counted {
            self.count_line(y + baseline);
        }
    }

    fn placed(&mut self, placed: &Placed, page: usize, top: Length) {
        match placed {
            Placed::Line {
                laid,
                line,
                x,
                y,
                owner,
                marks,
                place,
            } => {
                let Some(set) = laid.lines.get(*line) else {
                    return;
                };
                let y = top + *y;
                for ink in &set.ink {
                    let owner = match (owner, ink.mark.and_then(|mark| marks.get(mark))) {
                        (Owner::Node(_), Some(node)) => Owner::Node(*node),
                        _ => *owner,
                    };
                    self.pages[page].items.push(Item {
                        owner,
                        place: place.clone(),
                        drawing: moved(&ink.drawing, *x, y),
                    });
                }
                if !marks.is_empty() {
                    self.link_areas(laid, *line, marks, page, (*x, y));
                }
            }
            Placed::Rule { area, color } => {
                let area = Area {
                    y: top + area.y,
                    ..*area
                };
                self.decoration(filled(area, *color), Artifact::Layout);
            }
            Placed::Figure {
                picture,
                area,
                node,
            } => {
                let area = Area {
                    y: top + area.y,
                    ..*area
                };
                self.figures.push((*node, page, area));
                self.pages[page].items.push(Item {
                    owner: Owner::Node(*node),
                    place: None,
                    drawing: Drawing::Picture {
                        picture: *picture,
                        area,
                    },
                });
            }
            Placed::Ink { drawing, y, node } => {
                self.pages[page].items.push(Item {
                    owner: Owner::Node(*node),
                    place: None,
                    drawing: moved(drawing, Length::ZERO, top + *y),
                });
            }
            Placed::Drawn { area, node } => {
                let area = Area {
                    y: top + area.y,
                    ..*area
                };
                self.figures.push((*node, page, area));
            }
            Placed::PageOf {
                heading,
                right,
                y,
                style,
                node,
            } => {
                self.numbers.push(PendingNumber {
                    page,
                    item: self.pages[page].items.len(),
                    heading: *heading,
                    right: *right,
                    y: top + *y,
                    style: *style,
                });
                // Holds the place of the number until its page is known.
                self.pages[page].items.push(Item {
                    owner: Owner::Node(*node),
                    place: None,
                    drawing: Drawing::Path(Path {
                        steps: Vec::new(),
                        fill: None,
                        stroke: None,
                    }),
                });
            }
            Placed::LeadsTo {
                heading,
                area,
                node,
            } => {
                self.links.push(PendingLink {
                    page,
                    area: Area {
                        y: top + area.y,
                        ..*area
                    },
                    node: *node,
                    to: Pending::Heading(*heading),
                });
            }
        }
    }

    /// The areas of a line that lead elsewhere, one for each link.
    fn link_areas(
        &mut self,
        laid: &Laid,
        line: usize,
        marks: &[usize],
        page: usize,
        (x, y): (Length, Length),
    ) {
        let set = &laid.lines[line];
        let mut areas: BTreeMap<usize, (Length, Length)> = BTreeMap::new();
        for ink in &set.ink {
            let Some(link) = ink.mark.and_then(|mark| link_of(&laid.marks, mark)) else {
                continue;
            };
            let (from, to) = (x + ink.x, x + ink.x + ink.width);
            areas
                .entry(link)
                .and_modify(|area| *area = (area.0.min(from), area.1.max(to)))
                .or_insert((from, to));
        }
        for (link, (from, to)) in areas {
            let (Some(node), Some(target)) = (marks.get(link), &laid.marks[link].target) else {
                continue;
            };
            self.links.push(PendingLink {
                page,
                area: Area {
                    x: from,
                    y,
                    width: to - from,
                    height: set.height,
                },
                node: *node,
                to: match target {
                    Target::Anchor(anchor) => Pending::Anchor(anchor.clone()),
                    Target::Address(address) => Pending::Address(address.clone()),
                },
            });
        }
    }

    fn count_line(&mut self, baseline: Length) {
        self.lines_counted += 1;
        if !self.galley.document.line_numbers || !self.lines_counted.is_multiple_of(5) {
            return;
        }
        let right = self.galley.sheet.left - tenths_of_mm(50);
        let number = self.lines_counted.to_string();
        if let Some(drawing) = self.plain(
            &number,
            LINE_NUMBER,
            Align::End,
            right,
            tenths_of_mm(150),
            baseline,
        ) {
            self.decoration(drawing, Artifact::Layout);
        }
    }

    /// One line of plain text on this baseline, ending at `right`, or beginning at `right - width`.
    pub fn plain(
        &mut self,
        text: &str,
        style: TextStyle,
        align: Align,
        right: Length,
        width: Length,
        baseline: Length,
    ) -> Option<Drawing> {
        let language = self.galley.document.language.clone();
        let laid = self
            .galley
            .press
            .set_line(text, &language, style, width, align);
        let line = laid.lines.first()?;
        let ink = line.ink.first()?;
        Some(moved(&ink.drawing, right - width, baseline - line.baseline))
    }
}

/// A rectangle of one colour.
fn filled(area: Area, color: Rgb) -> Drawing {
    Drawing::Path(Path {
        steps: rectangle(area.x, area.y, area.width, area.height),
        fill: Some(color),
        stroke: None,
    })
}

/// A pale rule.
pub(super) fn hairline(x: Length, y: Length, width: Length) -> Drawing {
    let area = Area {
        x,
        y,
        width,
        height: HAIRLINE,
    };
    filled(area, PALE)
}

/// The link that a mark stands in.
fn link_of(marks: &[Mark], mut mark: usize) -> Option<usize> {
    loop {
        let own = marks.get(mark)?;
        if own.target.is_some() {
            return Some(mark);
        }
        mark = own.parent?;
    }
}

/// A drawing moved right and down.
pub(super) fn moved(drawing: &Drawing, dx: Length, dy: Length) -> Drawing {
    match drawing {
        Drawing::Glyphs(run) => Drawing::Glyphs(GlyphRun {
            x: run.x + dx,
            y: run.y + dy,
            ..run.clone()
        }),
        Drawing::Path(path) => Drawing::Path(Path {
            steps: path
                .steps
                .iter()
                .map(|step| moved_step(*step, dx, dy))
                .collect(),
            ..*path
        }),
        Drawing::Picture { picture, area } => Drawing::Picture {
            picture: *picture,
            area: Area {
                x: area.x + dx,
                y: area.y + dy,
                ..*area
            },
        },
    }
}

fn moved_step(step: Step, dx: Length, dy: Length) -> Step {
    match step {
        Step::Move(x, y) => Step::Move(x + dx, y + dy),
        Step::Line(x, y) => Step::Line(x + dx, y + dy),
        Step::Curve(ax, ay, bx, by, x, y) => {
            Step::Curve(ax + dx, ay + dy, bx + dx, by + dy, x + dx, y + dy)
        }
        Step::Close => Step::Close,
    }
}
