//! The structure tree: what every piece of the pages is, in the order in which it is to be read.
//!
//! Marked content and link annotations hang from its elements; the parent tree leads back from them. Rules
//! are those of ISO 32000-1, 14.7 and 14.8, as ISO 14289-1 (PDF/UA-1) narrows them.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::typeset::pages::{Area, Drawing, Node, Owner, Pages, Tag};

use super::conform::{LONGEST_TEXT, ascii, tag_of, text_string};
use super::sequence::{Marked, Sequence};
use super::{PdfError, height_above_foot, points};

/// The name that PDF gives to a kind of node.
pub(super) fn name_of(tag: Tag) -> &'static str {
    match tag {
        Tag::Document => "Document",
        Tag::Sect => "Sect",
        Tag::Heading(0 | 1) => "H1",
        Tag::Heading(2) => "H2",
        Tag::Heading(3) => "H3",
        Tag::Heading(4) => "H4",
        Tag::Heading(5) => "H5",
        Tag::Heading(_) => "H6",
        Tag::Paragraph => "P",
        Tag::List => "L",
        Tag::ListItem => "LI",
        Tag::Label => "Lbl",
        Tag::ListBody => "LBody",
        Tag::Table => "Table",
        Tag::Caption => "Caption",
        Tag::TableHead => "THead",
        Tag::TableBody => "TBody",
        Tag::TableRow => "TR",
        Tag::ColumnHeader | Tag::RowHeader => "TH",
        Tag::TableCell => "TD",
        Tag::Contents => "TOC",
        Tag::ContentsItem => "TOCI",
        Tag::Figure => "Figure",
        Tag::Note => "Note",
        Tag::Reference => "Reference",
        Tag::Link => "Link",
        Tag::Span => "Span",
    }
}

/// What hangs from an element, in the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kid {
    Element(usize),
    Content { page: usize, mcid: usize },
    Annotation { page: usize, link: usize },
}

/// Writes the tree and returns its root, to be named by the catalog. `links` are the annotations, page by
/// page, that the elements of links refer to.
pub(super) fn write_tree(
    document: &mut Document,
    pages: &Pages,
    sheets: &[ObjectId],
    sequences: &[Vec<Sequence>],
    links: &[Vec<ObjectId>],
) -> Result<ObjectId, PdfError> {
    let kids = kids(pages, sequences)?;
    let root = document.new_object_id();
    let elements: Vec<ObjectId> = pages
        .nodes
        .iter()
        .map(|_| document.new_object_id())
        .collect();
    let element = |node: usize| {
        elements
            .get(node)
            .copied()
            .ok_or_else(|| PdfError::Inconsistent(format!("balise n° {node} absente")))
    };

    for (number, (node, kids)) in pages.nodes.iter().zip(&kids).enumerate() {
        let parent = node.parent.map_or(Ok(root), element)?;
        let mut entry = dictionary! {
            "S" => name_of(node.tag),
            "P" => parent,
        };
        describe(&mut entry, pages, number, node);
        let home = kids.iter().find_map(|kid| match kid {
            Kid::Content { page, .. } => Some(*page),
            Kid::Element(_) | Kid::Annotation { .. } => None,
        });
        if let Some(sheet) = home.and_then(|page| sheets.get(page)) {
            entry.set("Pg", *sheet);
        }
        let mut objects = Vec::with_capacity(kids.len());
        for kid in kids {
            objects.push(match *kid {
                Kid::Element(child) => element(child)?.into(),
                Kid::Content { page, mcid } if Some(page) == home => (mcid as i64).into(),
                Kid::Content { page, mcid } => dictionary! {
                    "Type" => "MCR",
                    "Pg" => reference(sheets, page)?,
                    "MCID" => mcid as i64,
                }
                .into(),
                Kid::Annotation { page, link } => dictionary! {
                    "Type" => "OBJR",
                    "Pg" => reference(sheets, page)?,
                    "Obj" => reference(links.get(page).map_or(&[], Vec::as_slice), link)?,
                }
                .into(),
            });
        }
        match <[Object; 1]>::try_from(objects) {
            Ok([only]) => entry.set("K", only),
            Err(objects) if objects.is_empty() => {}
            Err(objects) => entry.set("K", objects),
        }
        document.set_object(element(number)?, entry);
    }

    let parents = parent_tree(document, pages, sequences, &element)?;
    let mut entry = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => element(0)?,
        "ParentTree" => parents.tree,
        "ParentTreeNextKey" => parents.next_key,
    };
    let notes: Vec<Object> = pages
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.tag == Tag::Note)
        .map(|(number, _)| Ok([ascii(&note_id(number)), element(number)?.into()]))
        .collect::<Result<Vec<_>, PdfError>>()?
        .into_iter()
        .flatten()
        .collect();
    if !notes.is_empty() {
        entry.set("IDTree", dictionary! { "Names" => notes });
    }
    document.set_object(root, entry);
    Ok(root)
}

/// The key under which the parent tree knows the annotations of links, in order, after one key a page.
pub(super) fn first_link_key(pages: &Pages) -> i64 {
    pages.pages.len() as i64
}

struct ParentTree {
    tree: ObjectId,
    next_key: i64,
}

fn parent_tree(
    document: &mut Document,
    pages: &Pages,
    sequences: &[Vec<Sequence>],
    element: &dyn Fn(usize) -> Result<ObjectId, PdfError>,
) -> Result<ParentTree, PdfError> {
    let mut numbers: Vec<Object> = Vec::new();
    for (page, sequences) in sequences.iter().enumerate() {
        let mut owners: Vec<Object> = Vec::new();
        for sequence in sequences {
            if let Marked::Content { node, .. } = sequence.owner {
                owners.push(element(node)?.into());
            }
        }
        numbers.push((page as i64).into());
        numbers.push(document.add_object(owners).into());
    }
    let mut next_key = first_link_key(pages);
    for link in pages.pages.iter().flat_map(|page| &page.links) {
        numbers.push(next_key.into());
        numbers.push(element(link.node)?.into());
        next_key += 1;
    }
    Ok(ParentTree {
        tree: document.add_object(dictionary! { "Nums" => numbers }),
        next_key,
    })
}

/// What an element says of itself beyond its kind.
fn describe(entry: &mut Dictionary, pages: &Pages, number: usize, node: &Node) {
    if let Some(tag) = node.language.as_ref().and_then(tag_of) {
        entry.set("Lang", ascii(tag));
    }
    // One too long for a string would replace the text by its beginning: the glyphs say it whole.
    if let Some(text) = &node.replacement
        && text.chars().count() <= LONGEST_TEXT
    {
        entry.set("ActualText", text_string(text));
    }
    if let Some(text) = &node.alternative {
        entry.set("Alt", text_string(text));
    }
    let scope = |scope: &str| dictionary! { "O" => "Table", "Scope" => scope };
    match node.tag {
        Tag::ColumnHeader => entry.set("A", scope("Column")),
        Tag::RowHeader => entry.set("A", scope("Row")),
        Tag::List => entry.set(
            "A",
            dictionary! { "O" => "List", "ListNumbering" => numbering(pages, number) },
        ),
        Tag::Note => entry.set("ID", ascii(&note_id(number))),
        _ => {}
    }
    if let Some((_, area)) = node.figure_box {
        entry.set(
            "A",
            dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners(pages, area) },
        );
    }
}

/// An area as PDF writes rectangles: left, foot, right, top.
pub(super) fn corners(pages: &Pages, area: Area) -> Object {
    use crate::typeset::pages::Length;

    let right = Length(area.x.0 + area.width.0);
    let foot = Length(area.y.0 + area.height.0);
    vec![
        points(area.x).into(),
        height_above_foot(pages, foot).into(),
        points(right).into(),
        height_above_foot(pages, area.y).into(),
    ]
    .into()
}

/// How a list is numbered, seen from its first label: figures, letters, or nothing that counts.
fn numbering(pages: &Pages, list: usize) -> &'static str {
    let under = |mut node: usize| {
        // Only labels of this very list: up to the item, then to the list.
        for _ in 0..2 {
            match pages.nodes.get(node).and_then(|node| node.parent) {
                Some(parent) => node = parent,
                None => return false,
            }
        }
        node == list
    };
    let label = pages
        .nodes
        .iter()
        .enumerate()
        .position(|(number, node)| node.tag == Tag::Label && under(number));
    let first = pages
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter(|item| label.is_some_and(|label| item.owner == Owner::Node(label)))
        .find_map(|item| match &item.drawing {
            Drawing::Glyphs(run) => run.text.chars().find(|c| c.is_alphanumeric()),
            Drawing::Path(_) | Drawing::Picture { .. } => None,
        });
    match first {
        Some(c) if c.is_ascii_digit() => "Decimal",
        Some(c) if c.is_ascii_lowercase() => "LowerAlpha",
        Some('I') => "UpperRoman",
        Some(c) if c.is_ascii_uppercase() => "UpperAlpha",
        _ => "None",
    }
}

fn note_id(node: usize) -> String {
    format!("note-{node}")
}

fn reference(objects: &[ObjectId], place: usize) -> Result<ObjectId, PdfError> {
    objects
        .get(place)
        .copied()
        .ok_or_else(|| PdfError::Inconsistent(format!("objet n° {place} absent")))
}

/// What hangs from each node, in the order of reading.
///
/// Nodes stand in the tree in the order in which layout made them; a node's own content goes between its
/// children by where it comes on the pages. A note is the exception: printed at the foot, it is read where
/// it is called, after the child before it.
fn kids(pages: &Pages, sequences: &[Vec<Sequence>]) -> Result<Vec<Vec<Kid>>, PdfError> {
    let mut own: Vec<Vec<(usize, Kid)>> = vec![Vec::new(); pages.nodes.len()];
    let mut begins: Vec<Option<usize>> = vec![None; pages.nodes.len()];
    let mut rank = 0;
    for (page, sequences) in sequences.iter().enumerate() {
        for sequence in sequences {
            let Marked::Content { node, mcid } = sequence.owner else {
                continue;
            };
            if let Some(own) = own.get_mut(node) {
                own.push((rank, Kid::Content { page, mcid }));
            }
            if let Some(begins) = begins.get_mut(node) {
                begins.get_or_insert(rank);
            }
            rank += 1;
        }
    }

    let mut children: Vec<Vec<usize>> = vec![Vec::new(); pages.nodes.len()];
    for (number, node) in pages.nodes.iter().enumerate() {
        let sound = match node.parent {
            Some(parent) => parent < number,
            None => number == 0,
        };
        if !sound {
            return Err(PdfError::Inconsistent(format!(
                "balise n° {number} sans parent avant elle"
            )));
        }
        if let Some(children) = node.parent.and_then(|parent| children.get_mut(parent)) {
            children.push(number);
        }
    }
    // Children come after their parent: going backwards, each is settled before it is asked for.
    for (number, node) in pages.nodes.iter().enumerate().rev() {
        let Some(begin) = begins.get(number).copied().flatten() else {
            continue;
        };
        if node.tag == Tag::Note {
            continue;
        }
        if let Some(above) = node.parent.and_then(|parent| begins.get_mut(parent)) {
            *above = Some(above.map_or(begin, |above| above.min(begin)));
        }
    }

    let mut kids: Vec<Vec<Kid>> = Vec::with_capacity(pages.nodes.len());
    for (own, children) in own.into_iter().zip(children) {
        let mut merged = Vec::with_capacity(own.len() + children.len());
        let mut own = own.into_iter().peekable();
        for child in children {
            let note = pages
                .nodes
                .get(child)
                .is_some_and(|node| node.tag == Tag::Note);
            if let Some(begin) = begins.get(child).copied().flatten()
                && !note
            {
                while let Some((_, kid)) = own.next_if(|(rank, _)| *rank < begin) {
                    merged.push(kid);
                }
            }
            merged.push(Kid::Element(child));
        }
        merged.extend(own.map(|(_, kid)| kid));
        kids.push(merged);
    }

    for (page, sheet) in pages.pages.iter().enumerate() {
        for (link, annotation) in sheet.links.iter().enumerate() {
            let kids = kids.get_mut(annotation.node).ok_or_else(|| {
                PdfError::Inconsistent(format!("lien de la page {} sans balise", page + 1))
            })?;
            kids.push(Kid::Annotation { page, link });
        }
    }
    Ok(kids)
}
