//! Pages read as a person reads them: lines of text with their places.

use crate::typeset::pages::{
    Artifact, Drawing, GlyphRun, Item, Length, Node, Owner, Page, Pages, Tag,
};

/// A line of text as it stands on its page.
#[derive(Debug)]
pub struct Line {
    /// What it says, hyphens at its end left out.
    pub text: String,
    pub left: Length,
    /// The end of its last letter.
    pub right: Length,
    pub baseline: Length,
}

fn run(item: &Item) -> Option<&GlyphRun> {
    match &item.drawing {
        Drawing::Glyphs(run) => Some(run),
        Drawing::Path(_) | Drawing::Picture { .. } => None,
    }
}

/// Where the ink of a run begins and ends: spaces that hang at its sides are not seen.
fn extent(run: &GlyphRun) -> Option<(Length, Length)> {
    let mut pen = run.x;
    let mut extent: Option<(Length, Length)> = None;
    for glyph in run.glyphs.iter() {
        let shown = &run.text[glyph.start as usize..glyph.end as usize];
        let from = pen;
        pen += glyph.advance;
        if !shown.trim().is_empty() {
            let (left, right) = extent.unwrap_or((from, pen));
            extent = Some((left.min(from), right.max(pen)));
        }
    }
    extent
}

/// The lines of those items of a page whose owner is wanted, from the top.
pub fn lines(page: &Page, wanted: impl Fn(Owner) -> bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for run in page
        .items
        .iter()
        .filter(|item| wanted(item.owner))
        .filter_map(run)
    {
        let text = run.text.trim_end_matches('\u{AD}');
        // Spaces alone have no extent.
        let (left, right) = extent(run).unwrap_or((Length(i64::MAX), Length(i64::MIN)));
        match lines.iter_mut().find(|line| line.baseline == run.y) {
            Some(line) => {
                line.text.push_str(text);
                line.left = line.left.min(left);
                line.right = line.right.max(right);
            }
            None => lines.push(Line {
                text: text.to_owned(),
                left,
                right,
                baseline: run.y,
            }),
        }
    }
    lines.sort_by_key(|line| line.baseline);
    lines
}

/// The lines of the text, without decoration.
pub fn body(page: &Page) -> Vec<Line> {
    lines(page, |owner| matches!(owner, Owner::Node(_)))
}

/// The words of a kind of decoration on a page.
pub fn decoration(page: &Page, kind: Artifact) -> Vec<String> {
    lines(page, |owner| owner == Owner::Artifact(kind))
        .into_iter()
        .map(|line| line.text)
        .collect()
}

/// The page whose text has these words in one line, and that line.
pub fn find(pages: &Pages, words: &str) -> (usize, Line) {
    pages
        .pages
        .iter()
        .enumerate()
        .find_map(|(number, page)| {
            let line = body(page)
                .into_iter()
                .find(|line| line.text.contains(words))?;
            Some((number, line))
        })
        .unwrap_or_else(|| panic!("no line says « {words} »"))
}

/// Whether `node` is `ancestor` or stands under it.
pub fn is_under(nodes: &[Node], node: usize, ancestor: usize) -> bool {
    let mut node = Some(node);
    while let Some(at) = node {
        if at == ancestor {
            return true;
        }
        node = nodes[at].parent;
    }
    false
}

/// The lines of a node and of what stands under it, page by page.
pub fn lines_of(pages: &Pages, node: usize) -> Vec<(usize, Line)> {
    let owned = |owner| match owner {
        Owner::Node(own) => is_under(&pages.nodes, own, node),
        Owner::Artifact(_) => false,
    };
    let of_page = |(number, page)| {
        let lines = lines(page, owned);
        lines.into_iter().map(move |line| (number, line))
    };
    pages.pages.iter().enumerate().flat_map(of_page).collect()
}

/// The tree as a screen reader walks it: each node's depth, tag and own words.
pub fn tree(pages: &Pages) -> Vec<String> {
    let said = |node: usize| -> String {
        let items = pages.pages.iter().flat_map(|page| &page.items);
        let own = items
            .filter(|item| item.owner == Owner::Node(node))
            .filter_map(run);
        own.map(|run| run.text.trim_end_matches('\u{AD}')).collect()
    };
    let mut told = Vec::new();
    let mut walk = vec![(0, 0)];
    while let Some((node, depth)) = walk.pop() {
        let words = match &pages.nodes[node].replacement {
            Some(replacement) => replacement.clone(),
            None => said(node),
        };
        let name = name(pages.nodes[node].tag);
        told.push(
            format!("{}{name} {words}", "  ".repeat(depth))
                .trim_end()
                .to_owned(),
        );
        let children = (0..pages.nodes.len()).filter(|at| pages.nodes[*at].parent == Some(node));
        walk.extend(children.rev().map(|child| (child, depth + 1)));
    }
    told
}

fn name(tag: Tag) -> String {
    match tag {
        Tag::Heading(level) => format!("H{level}"),
        Tag::Paragraph => "P".into(),
        Tag::List => "L".into(),
        Tag::ListItem => "LI".into(),
        Tag::Label => "Lbl".into(),
        Tag::ListBody => "LBody".into(),
        Tag::TableHead => "THead".into(),
        Tag::TableBody => "TBody".into(),
        Tag::TableRow => "TR".into(),
        Tag::ColumnHeader | Tag::RowHeader => "TH".into(),
        Tag::TableCell => "TD".into(),
        tag => format!("{tag:?}"),
    }
}
