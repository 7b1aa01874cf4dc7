//! Two languages side by side: what says the same in both begins level, article by article.
//!
//! Tables and signatures are not halved: a table stands across the page in the first language, then in the second; the
//! parties sign once, under words in both.

use std::collections::VecDeque;

use crate::model::{Id, Lang};

use super::desk::Desk;
use super::{Block, BlockKind, compose, parts, signatures};

/// The blocks of both languages, the first at the left.
pub(super) fn blocks(desks: [&Desk<'_>; 2], annexed: bool) -> Vec<Block> {
    let [_, second] = desks;
    let [left, right] = desks.map(parts::opening);
    let mut sheet = Sheet {
        right: &second.lang,
        blocks: Vec::new(),
        pairs: Vec::new(),
    };
    sheet.text(left.title, right.title);
    sheet
        .pairs
        .push((vec![left.contents], vec![right.contents]));
    sheet.text(left.preamble, right.preamble);
    let [left, right] = desks.map(parts::articles);
    sheet.text(left, right);
    let [left, right] = desks.map(signatures::blocks);
    sheet.signatures(left, right);
    if annexed {
        let [left, right] = desks.map(parts::annexes);
        for (left, right) in left.into_iter().zip(right) {
            sheet.close();
            sheet.blocks.push(compose::page_break());
            sheet.text(left, right);
        }
    }
    sheet.close();
    sheet.blocks
}

/// What is being set side by side.
struct Sheet<'a> {
    /// The language at the right.
    right: &'a Lang,
    blocks: Vec<Block>,
    /// Pairs that stand in the same two columns.
    pairs: Vec<(Vec<Block>, Vec<Block>)>,
}

impl Sheet<'_> {
    fn text(&mut self, left: Vec<Block>, right: Vec<Block>) {
        for (left, right) in matched(passages(left), passages(right)) {
            let (mut left, mut right) = (left.into_iter(), right.into_iter());
            loop {
                let (first, first_table) = up_to_a_table(&mut left);
                let (second, second_table) = up_to_a_table(&mut right);
                if !(first.is_empty() && second.is_empty()) {
                    self.pairs.push((first, second));
                }
                if first_table.is_none() && second_table.is_none() {
                    break;
                }
                self.across(first_table, None);
                self.across(second_table, Some(self.right));
            }
        }
    }

    /// A block as wide as the page; in that language, where it is not the document's.
    fn across(&mut self, block: Option<Block>, language: Option<&Lang>) {
        self.close();
        self.blocks.extend(block.map(|block| Block {
            language: language.cloned(),
            ..block
        }));
    }

    /// The words that come before the signatures side by side, then the signatures once.
    fn signatures(&mut self, mut left: Vec<Block>, mut right: Vec<Block>) {
        let (first, second) = (left.pop(), right.pop());
        self.text(left, right);
        self.close();
        let signs = match (first, second) {
            (Some(mut block), Some(second)) => {
                if let (BlockKind::Signatures(own), BlockKind::Signatures(others)) =
                    (&mut block.kind, second.kind)
                {
                    signatures::in_both_languages(own, others);
                }
                Some(block)
            }
            (first, second) => first.or(second),
        };
        self.blocks.extend(signs);
    }

    /// What follows is not in the same columns.
    fn close(&mut self) {
        let mut pairs = std::mem::take(&mut self.pairs);
        if pairs.is_empty() {
            return;
        }
        for (_, right) in &mut pairs {
            compose::in_language(self.right, right);
        }
        self.blocks.push(Block {
            kind: BlockKind::Paired(pairs),
            language: None,
            place: None,
        });
    }
}

/// The blocks before the next table, and that table.
fn up_to_a_table(blocks: &mut impl Iterator<Item = Block>) -> (Vec<Block>, Option<Block>) {
    let mut before = Vec::new();
    for block in blocks {
        if matches!(block.kind, BlockKind::Table(_)) {
            return (before, Some(block));
        }
        before.push(block);
    }
    (before, None)
}

/// Blocks that say one thing: those of an article, of a visa, of a party.
struct Passage {
    item: Option<Id>,
    blocks: Vec<Block>,
}

fn passages(blocks: Vec<Block>) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    for block in blocks {
        let item = block.place.as_ref().and_then(|place| place.item);
        match passages.last_mut() {
            Some(last) if last.item == item && item.is_some() => last.blocks.push(block),
            _ => passages.push(Passage {
                item,
                blocks: vec![block],
            }),
        }
    }
    passages
}

/// Passages of the same item side by side, in order; what one language lacks faces nothing.
fn matched(left: Vec<Passage>, right: Vec<Passage>) -> Vec<(Vec<Block>, Vec<Block>)> {
    let mut matched = Vec::new();
    let mut waiting = VecDeque::from(right);
    for passage in left {
        let facing = match passage.item {
            Some(_) => waiting.iter().position(|it| it.item == passage.item),
            None => waiting.front().filter(|it| it.item.is_none()).map(|_| 0),
        };
        let alone = waiting.drain(..facing.unwrap_or(0));
        matched.extend(alone.map(|it| (Vec::new(), it.blocks)));
        let facing = facing.and_then(|_| waiting.pop_front());
        matched.push((passage.blocks, facing.map_or_else(Vec::new, |it| it.blocks)));
    }
    matched.extend(waiting.into_iter().map(|it| (Vec::new(), it.blocks)));
    matched
}
