//! The galley cut into pages.
//!
//! A page takes rows while they and the notes that they call fit, then ends at the last row before which a
//! page may begin; when there is none, where it must. Then each row is drawn at its place, and bookmarks,
//! links and page numbers are filled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::{Align, Anchor, Running, Target};

use super::galley::{Before, Galley, Placed, Row};
use super::measure::{
    HAIRLINE, LINE_NUMBER, NOTE, PALE, RUNNING, TextStyle, centipoints, pt, tenths_of_mm,
};
use super::pages::{
    Area, Artifact, Bookmark, Destination, Drawing, GlyphRun, Item, Length, Link, Owner, Page,
    Path, Step,
};
use super::paragraph::{Laid, rectangle};
use super::text::Mark;
use super::watermark::watermark;

/// Between the text and the rule above its notes.
const ABOVE_NOTES: Length = pt(10);
/// Between that rule and the notes.
const UNDER_RULE: Length = pt(4);

/// A link whose destination is known when all pages are cut.
struct PendingLink {
    page: usize,
    area: Area,
    node: usize,
    to: Pending,
}

enum Pending {
    Heading(usize),
    Anchor(Anchor),
    Address(String),
}

/// A page number to be written where its heading fell.
struct PendingNumber {
    page: usize,
    item: usize,
    heading: usize,
    right: Length,
    y: Length,
    style: TextStyle,
}

/// The pages as they grow.
pub(super) struct Flow<'g, 'd> {
    galley: &'g mut Galley<'d>,
    pages: Vec<Page>,
    /// Where each heading fell.
    fell: Vec<Option<(usize, Length)>>,
    links: Vec<PendingLink>,
    numbers: Vec<PendingNumber>,
    /// The area of each figure's node.
    figures: Vec<(usize, usize, Area)>,
    /// Rows of notes that the last page had no room for.
    carried: Vec<Row>,
    lines_counted: usize,
}

/// Where a page ends in a column of rows, and how much it takes.
struct Cut {
    end: usize,
    height: Length,
    notes: Length,
}

/// Pages, bookmarks, and the pages on which figures stand.
pub(super) struct Flowed {
    pub pages: Vec<Page>,
    pub outline: Vec<Bookmark>,
    pub figures: Vec<(usize, usize, Area)>,
}

impl<'g, 'd> Flow<'g, 'd> {
    pub fn new(galley: &'g mut Galley<'d>) -> Self {
        let count = galley.headings.len();
        Self {
            galley,
            pages: Vec::new(),
            fell: vec![None; count],
            links: Vec::new(),
            numbers: Vec::new(),
            figures: Vec::new(),
            carried: Vec::new(),
            lines_counted: 0,
        }
    }

    /// Cuts `rows` into pages and finishes them.
    pub fn run(mut self, mut rows: Vec<Row>) -> Flowed {
        let mut at = 0;
        let mut progress = [0, 0];
        while at < rows.len() || !self.carried.is_empty() || self.pages.is_empty() {
            self.pages.push(Page::default());
            let (next, next_progress) = self.page(&mut rows, at, progress);
            at = next;
            progress = next_progress;
        }
        self.finish()
    }

    /// Fills one page from row `at`; `progress` is how far two columns that began before have gone.
    fn page(
        &mut self,
        rows: &mut [Row],
        mut at: usize,
        mut progress: [usize; 2],
    ) -> (usize, [usize; 2]) {
        let sheet = self.galley.sheet;
        let depth = sheet.depth();
        let mut y = Length::ZERO;
        let carried = self.take_carried(depth * 6 / 10);
        let mut notes: Vec<Row> = carried;
        let mut notes_height: Length = notes.iter().map(|row| row.height).sum();
        let mut called: Vec<usize> = Vec::new();

        // The heads of a table that goes on.
        if let Some(heads) = rows.get(at).and_then(|row| row.table) {
            let heads_rows = std::mem::take(&mut self.galley.heads[heads]);
            for row in &heads_rows {
                self.draw(row, sheet.top + y);
                y += row.height;
            }
            self.galley.heads[heads] = heads_rows;
        }

        let mut top = true;
        while at < rows.len() {
            if rows[at].before == Before::NewPage && !top {
                break;
            }
            if rows[at].columns.is_some() {
                let gap = if top { Length::ZERO } else { rows[at].gap };
                let room = depth - y - gap - notes_space(notes_height);
                let Some(columns) = rows[at].columns.take() else {
                    break;
                };
                let starts = progress;
                let cuts = self.cut_columns(&columns, starts, room, top);
                let moved = (0..2).any(|side| cuts[side].end > starts[side]);
                let done = (0..2).all(|side| cuts[side].end >= columns[side].len());
                // Two columns begin together or not at all.
                let begins = starts == [0, 0]
                    && !top
                    && !done
                    && (0..2).any(|side| cuts[side].end == 0 && !columns[side].is_empty());
                if moved && !begins {
                    let mut deepest = Length::ZERO;
                    for side in 0..2 {
                        let mut down = y + gap;
                        for (number, row) in columns[side][starts[side]..cuts[side].end]
                            .iter()
                            .enumerate()
                        {
                            if number > 0 {
                                down += row.gap;
                            }
                            self.draw(row, sheet.top + down);
                            called.extend(&row.notes);
                            down += row.height;
                        }
                        notes_height += cuts[side].notes;
                        deepest = deepest.max(down);
                    }
                    y = deepest;
                    top = false;
                }
                rows[at].columns = Some(columns);
                if done {
                    at += 1;
                    progress = [0, 0];
                    continue;
                }
                if moved && !begins {
                    progress = [cuts[0].end, cuts[1].end];
                }
                break;
            }
            // Up to the next pair of columns, or the next page that must begin.
            let stop = (at + 1..rows.len())
                .find(|&row| rows[row].columns.is_some() || rows[row].before == Before::NewPage)
                .unwrap_or(rows.len());
            let room = depth - y - notes_space(notes_height);
            let cut = self.cut(&rows[..stop], at, room, top, notes_height > Length::ZERO);
            if cut.end == at {
                break;
            }
            for (number, row) in rows[at..cut.end].iter().enumerate() {
                if !(top && number == 0) {
                    y += row.gap;
                }
                self.draw(row, sheet.top + y);
                called.extend(&row.notes);
                y += row.height;
            }
            notes_height += cut.notes;
            top = false;
            at = cut.end;
            if at < stop {
                break;
            }
        }

        for note in called {
            if let Some(rows) = self.galley.notes.get_mut(note) {
                notes.append(rows);
            }
        }
        self.draw_notes(notes, y);
        (at, progress)
    }

    fn take_carried(&mut self, most: Length) -> Vec<Row> {
        let mut height = Length::ZERO;
        let mut count = 0;
        for row in &self.carried {
            height += row.height;
            if height > most && count > 0 {
                break;
            }
            count += 1;
        }
        self.carried.drain(..count).collect()
    }

    /// Where a page of this much room must end. Always takes a row when it is at the top.
    fn cut(&self, rows: &[Row], from: usize, room: Length, top: bool, has_notes: bool) -> Cut {
        let mut taken = Cut {
            end: from,
            height: Length::ZERO,
            notes: Length::ZERO,
        };
        let mut allowed = Cut {
            end: from,
            height: Length::ZERO,
            notes: Length::ZERO,
        };
        for (number, row) in rows.iter().enumerate().skip(from) {
            let first = top && number == from;
            if row.before == Before::Free && number > from {
                allowed = Cut { ..taken };
            }
            let gap = if first { Length::ZERO } else { row.gap };
            let own: Length = row.notes.iter().map(|note| self.note_height(*note)).sum();
            let notes = taken.notes + own;
            let space = if has_notes { notes } else { notes_space(notes) };
            let height = taken.height + gap + row.height;
            if height + space > room && !first {
                let stuck = allowed.end == from;
                // Rows that all hold together and fill a page are parted where the page ends.
                return if stuck && top {
                    taken
                } else if stuck {
                    allowed
                } else {
                    allowed
                };
            }
            taken = Cut {
                end: number + 1,
                height,
                notes,
            };
        }
        taken
    }

    fn cut_columns(
        &self,
        columns: &[Vec<Row>; 2],
        starts: [usize; 2],
        room: Length,
        top: bool,
    ) -> [Cut; 2] {
        let first = self.cut(&columns[0], starts[0], room, true, false);
        let second = self.cut(&columns[1], starts[1], room - first.notes, true, false);
        let fits = |cut: &Cut| cut.height + cut.notes <= room;
        if !top && (!fits(&first) || !fits(&second)) {
            // Not even their first rows fit here: they wait for the next page.
            let none = |start| Cut {
                end: start,
                height: Length::ZERO,
                notes: Length::ZERO,
            };
            return [none(starts[0]), none(starts[1])];
        }
        if second.notes > Length::ZERO && first.height + first.notes + second.notes > room {
            let first = self.cut(&columns[0], starts[0], room - second.notes, true, false);
            return [first, second];
        }
        [first, second]
    }

    fn note_height(&self, note: usize) -> Length {
        self.galley
            .notes
            .get(note)
            .map_or(Length::ZERO, |rows| rows.iter().map(|row| row.height).sum())
    }

    /// The notes at the foot of the page; those without room wait for the next.
    fn draw_notes(&mut self, notes: Vec<Row>, text: Length) {
        if notes.is_empty() {
            return;
        }
        let sheet = self.galley.sheet;
        let room = (sheet.depth() - text - ABOVE_NOTES - UNDER_RULE).max(NOTE.leading);
        let mut height = Length::ZERO;
        let mut kept = Vec::new();
        let mut left = Vec::new();
        for row in notes {
            if left.is_empty() && (height + row.height <= room || kept.is_empty()) {
                height += row.height;
                kept.push(row);
            } else {
                left.push(row);
            }
        }
        self.carried.splice(0..0, left);
        let mut y = sheet.bottom - height;
        self.decoration(
            rule_path(sheet.left, y - UNDER_RULE, pt(60), HAIRLINE),
            Artifact::Layout,
        );
        for row in &kept {
            self.draw(row, y);
            y += row.height;
        }
    }

    fn decoration(&mut self, drawing: Drawing, artifact: Artifact) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item {
                owner: Owner::Artifact(artifact),
                place: None,
                drawing,
            });
        }
    }

    /// Draws a row whose top is at `y`.
    fn draw(&mut self, row: &Row, y: Length) {
        let page = self.pages.len() - 1;
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
                let mut path = rule_path(area.x, top + area.y, area.width, area.height);
                if let Drawing::Path(path) = &mut path {
                    path.fill = Some(*color);
                }
                self.decoration(path, Artifact::Layout);
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
    fn plain(
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

    fn finish(mut self) -> Flowed {
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
        let drawing = rule_path(
            sheet.left,
            sheet.header + centipoints(700),
            sheet.measure,
            HAIRLINE,
        );
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
}

/// What notes of this height take from the page, with their rule.
fn notes_space(notes: Length) -> Length {
    if notes > Length::ZERO {
        notes + ABOVE_NOTES + UNDER_RULE
    } else {
        Length::ZERO
    }
}

fn rule_path(x: Length, y: Length, width: Length, thickness: Length) -> Drawing {
    Drawing::Path(Path {
        steps: rectangle(x, y, width, thickness),
        fill: Some(PALE),
        stroke: None,
    })
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
fn moved(drawing: &Drawing, dx: Length, dy: Length) -> Drawing {
    match drawing {
        Drawing::Glyphs(run) => Drawing::Glyphs(GlyphRun {
            x: run.x + dx,
            y: run.y + dy,
            text: Arc::clone(&run.text),
            glyphs: run.glyphs.clone(),
            ..*run
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
