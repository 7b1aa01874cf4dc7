//! From the composed document to the extract: what each block prints goes to the item where it was written.

use crate::document::{Block, BlockKind, Document, Inline, List, Place, State};
use crate::model::text::{Content, Leaf, Marker, Paragraph, print};
use crate::model::{Convention, Id, Key, Lang, Note, Records, Text};
use crate::reference::Reference;

use super::{Annex, Article, Extract, FORMAT, Item, Party, Table, VERSION};

/// The name of the file inside the PDF.
pub const NAME: &str = "convention.json";

/// What that document prints of a convention. `records` are those by which it was composed.
#[must_use]
pub fn extract(
    document: &Document,
    convention: &Convention,
    records: &Records,
    reference: &Reference,
    state: State,
) -> Extract {
    let printed = Printed {
        blocks: &document.blocks,
    };
    let labels = |lang: &Lang| &reference.labels(lang).preamble;
    let item = |id: Id, opening: &dyn Fn(&Lang) -> String| Item {
        id,
        texts: printed.clauses(id, opening),
    };

    Extract {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: convention.id,
        kind: convention.kind,
        title: document.title.clone(),
        state: state.into(),
        dated: document.date,
        languages: convention.languages.clone(),
        start: convention.start,
        end: convention.end,
        parties: convention
            .parties
            .iter()
            .map(|party| {
                let body = party.partner.and_then(|id| records.partner(id));
                let ours = party.partner.is_none().then(|| &records.authority().name);
                Party {
                    id: party.id,
                    key: party.key.clone(),
                    partner: party.partner,
                    name: ours
                        .or_else(|| body.map(|it| &it.name))
                        .map(|name| name.text.clone())
                        .unwrap_or_default(),
                    nature: body.map(|it| it.nature),
                    country: body.and_then(|it| it.country.clone()),
                    printed: printed.texts(party.id),
                }
            })
            .collect(),
        visas: convention
            .visas
            .iter()
            .map(|visa| item(visa.id, &|lang| labels(lang).citing.clone()))
            .collect(),
        recitals: convention
            .recitals
            .iter()
            .map(|recital| item(recital.id, &|lang| labels(lang).considering.clone()))
            .collect(),
        articles: convention
            .articles
            .iter()
            .map(|article| Article {
                id: article.id,
                key: article.key.clone(),
                role: article.role.clone(),
                texts: printed.texts(article.id),
            })
            .collect(),
        annexes: convention
            .annexes
            .iter()
            .map(|annex| Annex {
                id: annex.id,
                key: annex.key.clone(),
                kind: annex.kind,
                texts: printed.texts(annex.id),
            })
            .collect(),
        tables: printed.tables(),
    }
}

struct Printed<'a> {
    blocks: &'a [Block],
}

impl Printed<'_> {
    /// Blocks as they stand, those of pairs included.
    fn flat(&self) -> Vec<&Block> {
        let mut flat = Vec::new();
        for block in self.blocks {
            match &block.kind {
                BlockKind::Paired(pairs) => {
                    flat.extend(
                        pairs
                            .iter()
                            .flat_map(|(left, right)| left.iter().chain(right)),
                    );
                }
                _ => flat.push(block),
            }
        }
        flat
    }

    /// What is printed of an item, a text a language.
    fn texts(&self, item: Id) -> Vec<Text> {
        let mut texts: Vec<Text> = Vec::new();
        for block in self.flat() {
            let Some(Place {
                item: of, language, ..
            }) = &block.place
            else {
                continue;
            };
            if *of != Some(item) {
                continue;
            }
            if texts.last().is_none_or(|text| text.lang != *language) {
                texts.push(Text::new(language.clone(), Vec::new()));
            }
            let Some(text) = texts.last_mut() else {
                continue;
            };
            match &block.kind {
                BlockKind::Heading(heading) => {
                    let printed = words(&heading.text);
                    let title = printed.split_once(" — ").map(|(_, title)| title);
                    text.title = title.unwrap_or_default().to_owned();
                }
                BlockKind::Paragraph(paragraph) => {
                    write(&paragraph.text, Marker::None, text);
                }
                BlockKind::List(list) => write_list(list, 0, text),
                _ => {}
            }
        }
        texts
    }

    /// The same, without the word that opens a clause nor the mark that ends it.
    fn clauses(&self, item: Id, opening: &dyn Fn(&Lang) -> String) -> Vec<Text> {
        let mut texts = self.texts(item);
        for text in &mut texts {
            let opening = format!("{} ", opening(&text.lang));
            if let Some(first) = text.paragraphs.first_mut()
                && let Some(rest) = first.strip_prefix(&opening)
            {
                *first = rest.to_owned();
            }
            if let Some(last) = text.paragraphs.last_mut() {
                let end = last
                    .trim_end_matches([';', ',', ' ', '\u{a0}', '\u{202f}'])
                    .len();
                last.truncate(end);
            }
        }
        texts
    }

    fn tables(&self) -> Vec<Table> {
        let cells = |row: &[Vec<Inline>]| row.iter().map(|cell| words(cell)).collect();
        self.flat()
            .into_iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Table(table) => Some(Table {
                    lang: block
                        .place
                        .as_ref()
                        .map_or_else(Lang::french, |place| place.language.clone()),
                    caption: words(&table.caption),
                    head: cells(&table.head),
                    rows: table.rows.iter().map(|row| cells(&row.cells)).collect(),
                }),
                _ => None,
            })
            .collect()
    }
}

/// Words on one line.
fn words(inlines: &[Inline]) -> String {
    let mut text = Text::new(Lang::french(), Vec::new());
    write(inlines, Marker::None, &mut text);
    let lines: Vec<String> = text
        .paragraphs
        .iter()
        .map(|paragraph| {
            let leaves = crate::model::text::parse(paragraph).leaves;
            let words = leaves.into_iter().filter_map(|leaf| match leaf.content {
                Content::Words(words) => Some(words),
                Content::Blank(_) => Some("…".to_owned()),
                Content::Field(_) | Content::Note(_) => None,
            });
            words.collect()
        })
        .collect();
    lines.join(" ")
}

fn write_list(list: &List, depth: usize, text: &mut Text) {
    for item in &list.items {
        let number = item.label.trim_end_matches('.').parse();
        let marker = match number {
            Ok(number) if list.ordered => Marker::Number(depth, number),
            _ => Marker::Dash(depth),
        };
        write(&item.text, marker, text);
        if let Some(sublist) = &item.sublist {
            write_list(sublist, depth + 1, text);
        }
    }
}

/// Adds a paragraph in the grammar of article text; a line that its author broke makes two.
fn write(inlines: &[Inline], marker: Marker, text: &mut Text) {
    let mut leaves = Vec::new();
    let mut notes = Vec::new();
    let mut lines: Vec<Vec<Leaf>> = Vec::new();
    for inline in inlines {
        if matches!(inline, Inline::LineBreak) {
            lines.push(std::mem::take(&mut leaves));
        } else {
            leaf(inline, &mut leaves, &mut notes, text.notes.len());
        }
    }
    lines.push(leaves);
    text.notes.append(&mut notes);
    for (place, leaves) in lines.into_iter().enumerate() {
        let marker = if place == 0 { marker } else { Marker::None };
        text.paragraphs.push(print(&Paragraph { marker, leaves }));
    }
}

fn leaf(inline: &Inline, leaves: &mut Vec<Leaf>, notes: &mut Vec<Note>, known: usize) {
    let plain = |content| Leaf {
        bold: false,
        italic: false,
        content,
        range: 0..0,
    };
    match inline {
        Inline::Span(span) => leaves.push(Leaf {
            bold: span.bold,
            italic: span.italic,
            content: Content::Words(span.text.clone()),
            range: 0..0,
        }),
        Inline::Blank { ems, .. } => {
            leaves.push(plain(Content::Blank(usize::from(*ems).max(3))));
        }
        Inline::Note(note) => {
            let key = Key::new(&format!("note-{}", known + notes.len() + 1));
            notes.push(Note {
                key: key.clone(),
                text: crate::model::text::escape(&words(note)),
            });
            leaves.push(plain(Content::Note(key)));
        }
        Inline::Link { text, .. } => {
            for inline in text {
                leaf(inline, leaves, notes, known);
            }
        }
        Inline::LineBreak => {}
    }
}
