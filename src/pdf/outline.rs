//! Bookmarks as nested as the headings, page labels, and where links lead.

use lopdf::{Document, Object, ObjectId, dictionary};

use crate::typeset::pages::{Length, Pages};

use super::conform::text_string;
use super::{PdfError, height_above_foot};

/// Writes the bookmarks and returns their root; none when the pages have no bookmark.
pub(super) fn write_outline(
    document: &mut Document,
    pages: &Pages,
    sheets: &[ObjectId],
) -> Result<Option<ObjectId>, PdfError> {
    if pages.outline.is_empty() {
        return Ok(None);
    }
    let root = document.new_object_id();
    let entries: Vec<ObjectId> = pages
        .outline
        .iter()
        .map(|_| document.new_object_id())
        .collect();

    let mut families = vec![Family::default(); entries.len() + 1];
    let parents = parents(pages);
    for (entry, parent) in entries.iter().zip(&parents) {
        if let Some(family) = families.get_mut(*parent) {
            family.0.push(*entry);
        }
    }

    // A title above everything is shown open and the rest closed: either way a reader begins with a list
    // of articles. A positive count says open (ISO 32000-1, 12.3.3).
    let alone = families.first().is_some_and(|family| family.0.len() == 1);
    for (number, bookmark) in pages.outline.iter().enumerate() {
        let (Some(parent), Some(entry)) = (parents.get(number), entries.get(number)) else {
            continue;
        };
        let above = parent
            .checked_sub(1)
            .and_then(|parent| entries.get(parent))
            .unwrap_or(&root);
        let mut dictionary = dictionary! {
            "Title" => text_string(&bookmark.title),
            "Parent" => *above,
            "Dest" => destination(pages, sheets, bookmark.page, bookmark.y)?,
        };
        if let Some(family) = families.get(*parent) {
            let (before, after) = family.neighbours(*entry);
            if let Some(before) = before {
                dictionary.set("Prev", before);
            }
            if let Some(after) = after {
                dictionary.set("Next", after);
            }
        }
        if let Some((first, last, count)) = families.get(number + 1).and_then(Family::ends) {
            let open = *parent == 0 && alone;
            dictionary.set("First", first);
            dictionary.set("Last", last);
            dictionary.set("Count", if open { count } else { -count });
        }
        document.set_object(*entry, dictionary);
    }

    let mut dictionary = dictionary! { "Type" => "Outlines" };
    if let Some((first, last, count)) = families.first().and_then(Family::ends) {
        dictionary.set("First", first);
        dictionary.set("Last", last);
        let shown = match families.get(1) {
            Some(under) if alone => under.0.len() as i64,
            _ => 0,
        };
        dictionary.set("Count", count + shown);
    }
    document.set_object(root, dictionary);
    Ok(Some(root))
}

/// Bookmarks under the same one.
#[derive(Debug, Clone, Default)]
struct Family(Vec<ObjectId>);

impl Family {
    fn ends(&self) -> Option<(ObjectId, ObjectId, i64)> {
        Some((*self.0.first()?, *self.0.last()?, self.0.len() as i64))
    }

    fn neighbours(&self, entry: ObjectId) -> (Option<ObjectId>, Option<ObjectId>) {
        // Entries are numbered in order, so that the family is sorted.
        let Ok(place) = self.0.binary_search(&entry) else {
            return (None, None);
        };
        let before = place.checked_sub(1).and_then(|place| self.0.get(place));
        (before.copied(), self.0.get(place + 1).copied())
    }
}

/// For each bookmark, the one above it: 0 for the root, otherwise its place plus one.
fn parents(pages: &Pages) -> Vec<usize> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    pages
        .outline
        .iter()
        .enumerate()
        .map(|(number, bookmark)| {
            while open
                .last()
                .is_some_and(|(level, _)| *level >= bookmark.level)
            {
                open.pop();
            }
            let parent = open.last().map_or(0, |(_, parent)| *parent);
            open.push((bookmark.level, number + 1));
            parent
        })
        .collect()
}

/// A place on a page, reached without changing the zoom.
pub(super) fn destination(
    pages: &Pages,
    sheets: &[ObjectId],
    page: usize,
    y: Length,
) -> Result<Object, PdfError> {
    let sheet = sheets.get(page).ok_or_else(|| {
        PdfError::Inconsistent(format!("renvoi à la page {}, qui n’existe pas", page + 1))
    })?;
    Ok(vec![
        (*sheet).into(),
        "XYZ".into(),
        Object::Null,
        height_above_foot(pages, y).into(),
        Object::Null,
    ]
    .into())
}

/// Pages are numbered 1, 2, 3… as their feet say.
pub(super) fn page_labels() -> Object {
    dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => "D" }.into()] }.into()
}
