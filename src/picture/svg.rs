//! SVG: weighed before it is drawn, then drawn once, as pixels.
//!
//! The drawing is looked over as XML first: what would read a file, run, or multiply is refused or said. No font is
//! known and no reference followed, whatever the library would do by itself.

use std::collections::HashMap;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};
use resvg::usvg::{self, ImageHrefResolver, Options, Paint, Tree};

use super::{Cleaned, LONGEST_SIDE, PictureError, part};

/// The longest side of a drawing's pixels: 6 cm at 600 dots an inch.
const SIDE: u32 = 1_400;

const MOST_BYTES: usize = 2 * 1024 * 1024;
const MOST_NODES: u32 = 20_000;
const DEEPEST: usize = 100;
const LONGEST_STYLE: usize = 64 * 1024;
/// Bytes of attributes once every `use` has been written out.
const MOST_WRITTEN: u64 = 4 * 1024 * 1024;
const MOST_PATHS: u32 = 5_000;
/// Surfaces that are drawn apart, then laid over: groups with an opacity, a clip, a mask; patterns.
const MOST_LAYERS: u32 = 64;
const MOST_DASHED: u32 = 50;

const BROKEN: PictureError = PictureError::Broken { kind: "SVG" };

fn refused(why: &'static str) -> PictureError {
    PictureError::Drawing { why }
}

pub(super) fn read(bytes: &[u8]) -> Result<Cleaned, PictureError> {
    if bytes.len() > MOST_BYTES {
        return Err(refused("il est trop lourd"));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| BROKEN)?;
    let reading = ParsingOptions {
        // Drawing programs declare entities for their namespaces; the parser bounds how they unfold, and reads no file.
        allow_dtd: true,
        nodes_limit: MOST_NODES,
    };
    let document = Document::parse_with_options(text.trim_start(), reading).map_err(|_| BROKEN)?;
    let said = look_over(&document)?;

    let nothing = ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options {
        image_href_resolver: nothing,
        languages: vec!["fr".to_owned()],
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options).map_err(|_| BROKEN)?;
    let mut work = Work::default();
    work.group(tree.root())?;
    if work.paths == 0 {
        return Err(refused("il n’y reste aucun tracé"));
    }
    draw(&tree).map(|picture| Cleaned { picture, said })
}

fn draw(tree: &Tree) -> Result<crate::document::Picture, PictureError> {
    const { assert!(SIDE <= LONGEST_SIDE) };

    let size = tree.size();
    let (width, height) = (size.width(), size.height());
    let scale = SIDE as f32 / width.max(height);
    if !scale.is_finite() || scale <= 0.0 {
        return Err(BROKEN);
    }
    let pixels = |length: f32| ((length * scale).round() as u32).clamp(1, SIDE);
    let (across, down) = (pixels(width), pixels(height));
    let mut pixmap = Pixmap::new(across, down).ok_or(BROKEN)?;
    resvg::render(
        tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    let rgba: Vec<u8> = pixmap
        .pixels()
        .iter()
        .flat_map(|pixel| {
            let color = pixel.demultiply();
            [color.red(), color.green(), color.blue(), color.alpha()]
        })
        .collect();
    Ok(part(across, down, &rgba))
}

/// What the drawing holds that is not kept, in sentences; or why it is refused as a whole.
fn look_over(document: &Document<'_>) -> Result<Vec<String>, PictureError> {
    let mut scripts = false;
    let mut outside = false;
    let mut text = false;
    let mut picture = false;
    let mut style = 0;

    for node in document.descendants().filter(Node::is_element) {
        if node.ancestors().nth(DEEPEST).is_some() {
            return Err(refused("ses groupes sont trop imbriqués"));
        }
        match node.tag_name().name() {
            "script" | "foreignObject" | "handler" => scripts = true,
            "text" => text = true,
            "image" => picture = true,
            "filter" => return Err(refused("il emploie des filtres (ombre, flou)")),
            "style" => {
                let rules = node.text().unwrap_or_default();
                style += rules.len();
                outside |= leads_outside(rules);
            }
            _ => {}
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            scripts |= name.starts_with("on") || value.trim_start().starts_with("javascript:");
            outside |= match name {
                "href" => !value.starts_with('#') && !value.starts_with("data:"),
                _ => leads_outside(value),
            };
            if name.starts_with("marker") || (name == "style" && value.contains("marker")) {
                return Err(refused(
                    "il emploie des pointes de flèche répétées (marker)",
                ));
            }
        }
    }
    if style > LONGEST_STYLE {
        return Err(refused("sa feuille de style est trop longue"));
    }
    if Written::default().of(document.root(), document)? > MOST_WRITTEN {
        return Err(refused("il se recopie lui-même trop souvent (use)"));
    }

    let sentences = [
        (
            scripts,
            "Ce dessin contenait un programme\u{a0}: il a été retiré.",
        ),
        (
            outside,
            "Ce dessin renvoyait à d’autres fichiers\u{a0}: ils n’ont pas été lus.",
        ),
        (
            picture,
            "Ce dessin contenait une photographie\u{a0}: elle n’a pas été gardée.",
        ),
        (
            text,
            "Ce dessin contenait du texte sans tracé\u{a0}: il n’a pas été gardé. Vectorisez-le.",
        ),
    ];
    Ok(sentences
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, sentence)| sentence.to_owned())
        .collect())
}

/// Whether a style names something outside the drawing: « url(…) » that is no « url(#…) », « @import ».
fn leads_outside(style: &str) -> bool {
    let mut urls = style.split("url(").skip(1);
    urls.any(|url| !url.trim_start_matches(['"', '\'', ' ']).starts_with('#'))
        || style.contains("@import")
}

/// How long a part of the drawing is, once each `use` is replaced by what it copies.
#[derive(Default)]
struct Written {
    known: HashMap<usize, u64>,
    /// Those being measured: a circle of copies is worth nothing, the library cuts it.
    open: Vec<usize>,
}

impl Written {
    fn of(&mut self, node: Node<'_, '_>, document: &Document<'_>) -> Result<u64, PictureError> {
        let key = node.id().get_usize();
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        if self.open.len() > 4 * DEEPEST {
            return Err(refused("ses copies sont trop imbriquées (use)"));
        }
        if self.open.contains(&key) {
            return Ok(0);
        }
        self.open.push(key);
        let own: usize = node.attributes().map(|it| it.value().len()).sum();
        let mut written = 64 + own as u64;
        for child in node.children().filter(Node::is_element) {
            written = written.saturating_add(self.of(child, document)?);
        }
        if node.tag_name().name() == "use" {
            let target = node
                .attributes()
                .find(|it| it.name() == "href")
                .and_then(|it| it.value().strip_prefix('#'));
            let copied = target.and_then(|target| {
                let mut nodes = document.descendants();
                nodes.find(|it| it.attribute("id") == Some(target))
            });
            if let Some(copied) = copied {
                written = written.saturating_add(self.of(copied, document)?);
            }
        }
        self.open.pop();
        self.known.insert(key, written);
        Ok(written)
    }
}

/// What drawing will cost, counted through clips, masks and patterns as often as they are drawn.
#[derive(Default)]
struct Work {
    paths: u32,
    layers: u32,
    dashed: u32,
}

impl Work {
    fn group(&mut self, group: &usvg::Group) -> Result<(), PictureError> {
        if !group.filters().is_empty() {
            return Err(refused("il emploie des filtres (ombre, flou)"));
        }
        if group.should_isolate() {
            self.layer()?;
        }
        let mut clip = group.clip_path();
        while let Some(path) = clip {
            self.layer()?;
            self.group(path.root())?;
            clip = path.clip_path();
        }
        let mut mask = group.mask();
        while let Some(over) = mask {
            self.layer()?;
            self.group(over.root())?;
            mask = over.mask();
        }
        for child in group.children() {
            match child {
                usvg::Node::Group(inner) => self.group(inner)?,
                usvg::Node::Path(path) => self.path(path)?,
                // The one is refused by the resolver, the other has no font.
                usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &usvg::Path) -> Result<(), PictureError> {
        self.paths += 1;
        if self.paths > MOST_PATHS {
            return Err(refused("il compte trop de tracés"));
        }
        let stroke = path.stroke();
        if stroke.is_some_and(|stroke| stroke.dasharray().is_some()) {
            self.dashed += 1;
            if self.dashed > MOST_DASHED {
                return Err(refused("il compte trop de traits interrompus"));
            }
        }
        let paints = path.fill().map(usvg::Fill::paint).into_iter();
        for paint in paints.chain(stroke.map(usvg::Stroke::paint)) {
            if let Paint::Pattern(pattern) = paint {
                self.layer()?;
                self.group(pattern.root())?;
            }
        }
        Ok(())
    }

    fn layer(&mut self) -> Result<(), PictureError> {
        self.layers += 1;
        if self.layers > MOST_LAYERS {
            return Err(refused("il superpose trop de transparences et de masques"));
        }
        Ok(())
    }
}
