//! Paragraphs as they are written become blocks: running text numbered by the article, lists with their sub-lists, the
//! table of commitments where its field stands alone.

use crate::model::text::{Content, Marker, Paragraph as Source, parse};
use crate::model::{Id, Text};

use super::desk::Desk;
use super::{
    Align, Block, BlockKind, List, ListItem, Paragraph, Place, commitments, fields, inline,
};

/// The blocks of a text. `number` is that of the article, when its paragraphs are numbered.
pub(super) fn blocks(desk: &Desk<'_>, item: Id, text: &Text, number: Option<usize>) -> Vec<Block> {
    let sources: Vec<Written> = text
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, source)| !source.trim().is_empty())
        .map(|(place, source)| Written {
            source: parse(source),
            place: desk.place(Some(item), place, source.len()),
        })
        .collect();
    let running = sources.iter().filter(|it| it.is_running()).count();
    let number = number.filter(|_| running > 1);

    let mut blocks = Vec::new();
    let mut count = 0;
    let mut rest = sources.as_slice();
    while let [first, after @ ..] = rest {
        if let Some(depth) = first.depth() {
            let items = rest.iter().take_while(|it| it.depth().is_some()).count();
            let (listed, after) = rest.split_at(items);
            let mut lists = listed;
            while !lists.is_empty() {
                let list = list(desk, text, &mut lists, depth);
                blocks.push(block(BlockKind::List(list), &first.place));
            }
            rest = after;
        } else if first.is_table() {
            blocks.extend(
                commitments::table(desk).map(|it| block(BlockKind::Table(it), &first.place)),
            );
            rest = after;
        } else {
            count += 1;
            let opens_a_list = after.first().is_some_and(|next| next.depth().is_some());
            let paragraph = Paragraph {
                align: Align::Justify,
                hanging: false,
                number: number.map(|article| format!("{article}.{count}")),
                keep_with_next: opens_a_list,
                text: inline::of_leaves(desk, &first.source.leaves, text),
            };
            blocks.push(block(BlockKind::Paragraph(paragraph), &first.place));
            rest = after;
        }
    }
    blocks
}

pub(super) fn block(kind: BlockKind, place: &Place) -> Block {
    Block {
        kind,
        language: None,
        place: Some(place.clone()),
    }
}

struct Written {
    source: Source,
    place: Place,
}

impl Written {
    const fn depth(&self) -> Option<usize> {
        match self.source.marker {
            Marker::None => None,
            Marker::Dash(depth) | Marker::Number(depth, _) => Some(depth),
        }
    }

    const fn is_numbered(&self) -> bool {
        matches!(self.source.marker, Marker::Number(..))
    }

    /// The field of the table of commitments, alone.
    fn is_table(&self) -> bool {
        matches!(
            self.source.leaves.as_slice(),
            [leaf] if leaf.content == Content::Field(fields::TABLE.to_owned())
        )
    }

    fn is_running(&self) -> bool {
        self.depth().is_none() && !self.is_table()
    }
}

/// Takes from `rest` the items of one list at that depth, with what is deeper under each. A change of kind at the same
/// depth, or a shallower item, ends it.
fn list(desk: &Desk<'_>, text: &Text, rest: &mut &[Written], depth: usize) -> List {
    let ordered = rest.first().is_some_and(Written::is_numbered);
    let mut items: Vec<ListItem> = Vec::new();

    while let [first, after @ ..] = *rest {
        let its = first.depth().unwrap_or(0);
        if its > depth
            && let Some(above) = items.last_mut()
            && above.sublist.is_none()
        {
            above.sublist = Some(list(desk, text, rest, its));
            continue;
        }
        let ends = (its < depth || first.is_numbered() != ordered) && !items.is_empty();
        if ends {
            break;
        }
        items.push(ListItem {
            label: match first.source.marker {
                Marker::Number(_, number) => format!("{number}."),
                Marker::Dash(_) | Marker::None => "–".to_owned(),
            },
            text: inline::of_leaves(desk, &first.source.leaves, text),
            sublist: None,
            place: Some(first.place.clone()),
        });
        *rest = after;
    }
    List { ordered, items }
}
