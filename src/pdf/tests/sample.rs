//! Pages made by hand: a convention's beginning with everything that the writer must know how to write.
//!
//! Shaping is the simplest there is, a glyph a character; it stands for the typesetter only here.

use std::sync::Arc;

use chrono::NaiveDate;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

use crate::document::{Picture, Rgb};
use crate::model::Lang;
use crate::typeset::pages::{
    About, Area, Artifact, Bookmark, Destination, Drawing, Face, FontData, Glyph, GlyphRun, Item,
    Length, Link, Node, Owner, Page, Pages, Path, Step, Tag,
};

const REGULAR: usize = 0;
const BOLD: usize = 1;
const ARABIC: usize = 2;
const GREEK: usize = REGULAR;

const BLACK: Rgb = Rgb(0, 0, 0);

pub fn pt(points: f64) -> Length {
    Length((points * 65_536.0) as i64)
}

struct Setter {
    pages: Pages,
}

impl Setter {
    fn node(&mut self, tag: Tag, parent: usize) -> usize {
        self.pages.nodes.push(Node {
            tag,
            parent: Some(parent),
            language: None,
            replacement: None,
            alternative: None,
            figure_box: None,
            revision: None,
        });
        self.pages.nodes.len() - 1
    }

    fn put(&mut self, page: usize, owner: Owner, drawing: Drawing) {
        self.pages.pages[page].items.push(Item {
            owner,
            place: None,
            drawing,
        });
    }

    /// Sets `text` on one baseline and returns where it ends.
    fn line(
        &mut self,
        page: usize,
        owner: Owner,
        face: usize,
        (x, y): (f64, f64),
        text: &str,
    ) -> f64 {
        let run = shape(&self.pages.faces[face], face, 10.5, (x, y), text);
        let width: i64 = run.glyphs.iter().map(|glyph| glyph.advance.0).sum();
        self.put(page, owner, Drawing::Glyphs(run));
        x + width as f64 / 65_536.0
    }

    fn rule(&mut self, page: usize, y: f64) {
        let path = Path {
            steps: vec![Step::Move(pt(70.0), pt(y)), Step::Line(pt(520.0), pt(y))],
            fill: None,
            stroke: Some((Rgb(90, 90, 90), pt(0.5))),
        };
        self.put(page, Owner::Artifact(Artifact::Layout), Drawing::Path(path));
    }
}

/// A glyph a character; right-to-left text is set backwards, as it is drawn.
pub fn shape(face: &Face, number: usize, size: f64, (x, y): (f64, f64), text: &str) -> GlyphRun {
    let font = FontRef::new(face.data.bytes()).unwrap();
    let upem = f64::from(
        font.metrics(Size::unscaled(), LocationRef::default())
            .units_per_em,
    );
    let advances = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let right_to_left = text.chars().any(|c| matches!(c, '\u{590}'..='\u{6FF}'));
    let mut glyphs: Vec<Glyph> = text
        .char_indices()
        .map(|(at, c)| {
            let drawn = if c == '\u{AD}' { '-' } else { c };
            let id = font
                .charmap()
                .map(drawn)
                .unwrap_or_else(|| panic!("no glyph for {c:?}"));
            let advance = f64::from(advances.advance_width(id).unwrap_or(0.0)) / upem * size;
            // A justified line: its spaces are a little wider than the font's.
            let stretch = if c == ' ' { 0.377 } else { 0.0 };
            Glyph {
                id: id.to_u32() as u16,
                advance: pt(advance + stretch),
                dx: Length(0),
                dy: Length(0),
                start: at as u32,
                end: (at + c.len_utf8()) as u32,
            }
        })
        .collect();
    if right_to_left {
        glyphs.reverse();
    }
    GlyphRun {
        face: number,
        size: pt(size),
        x: pt(x),
        y: pt(y),
        glyphs: glyphs.into(),
        text: text.into(),
        right_to_left,
        color: BLACK,
    }
}

fn shipped(name: &str) -> Face {
    let path = format!("{}/assets/fonts/{name}.ttf", env!("CARGO_MANIFEST_DIR"));
    Face {
        name: name.to_owned(),
        data: FontData::Shared(Arc::new(std::fs::read(path).unwrap())),
        index: 0,
    }
}

fn logo() -> Arc<Picture> {
    let (width, height) = (24_u32, 16_u32);
    let at = |i: u32| (i % width, i / width);
    Arc::new(Picture {
        width,
        height,
        rgb: (0..width * height)
            .flat_map(|i| [(at(i).0 * 10) as u8, 80, (at(i).1 * 12) as u8])
            .collect(),
        alpha: Some((0..width * height).map(|i| (at(i).0 * 10) as u8).collect()),
    })
}

/// Two pages: logo, title, contents with a link, headings, paragraphs with a foreign name, a no-break space,
/// a hyphenated word and an Arabic name, a note, a list, a table over the page, a watermark, an address.
pub fn convention() -> Pages {
    let mut setter = Setter {
        pages: Pages {
            about: About {
                identity: "0192f0c0-0000-7000-8000-000000000001/fr/travail".to_owned(),
                title: "Convention « Eau & assainissement » <Valmont – Porto-Novo>".to_owned(),
                author: "Communauté d’agglomération de Valmont".to_owned(),
                date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
                language: Lang::french(),
            },
            width: pt(595.276),
            height: pt(841.89),
            pages: vec![Page::default(), Page::default()],
            nodes: vec![Node {
                tag: Tag::Document,
                parent: None,
                language: None,
                replacement: None,
                alternative: None,
                figure_box: None,
                revision: None,
            }],
            outline: Vec::new(),
            faces: vec![
                shipped("SourceSerif4-Regular"),
                shipped("SourceSerif4-Bold"),
                shipped("NotoNaskhArabic-Regular"),
            ],
            pictures: vec![logo()],
            remarks: Vec::new(),
        },
    };
    first_page(&mut setter);
    second_page(&mut setter);
    for page in 0..2 {
        let foot = format!("Version 3 – page {} / 2", page + 1);
        let owner = Owner::Artifact(Artifact::Footer);
        setter.line(page, owner, REGULAR, (70.0, 800.0), &foot);
    }
    setter.pages
}

fn watermark() -> Path {
    let (x, y) = (pt(150.0), pt(500.0));
    Path {
        steps: vec![
            Step::Move(x, y),
            Step::Curve(
                pt(200.0),
                pt(350.0),
                pt(300.0),
                pt(350.0),
                pt(420.0),
                pt(300.0),
            ),
            Step::Line(pt(430.0), pt(340.0)),
            Step::Close,
        ],
        fill: Some(Rgb(235, 235, 235)),
        stroke: None,
    }
}

fn first_page(s: &mut Setter) {
    let mark = Owner::Artifact(Artifact::Watermark);
    s.put(0, mark, Drawing::Path(watermark()));

    let figure = s.node(Tag::Figure, 0);
    let area = Area {
        x: pt(70.0),
        y: pt(50.0),
        width: pt(48.0),
        height: pt(32.0),
    };
    s.pages.nodes[figure].alternative = Some("Logo de Valmont agglomération".to_owned());
    s.pages.nodes[figure].figure_box = Some((0, area));
    s.put(
        0,
        Owner::Node(figure),
        Drawing::Picture { picture: 0, area },
    );

    let title = s.node(Tag::Heading(1), 0);
    s.line(
        0,
        Owner::Node(title),
        BOLD,
        (70.0, 120.0),
        "Convention de coopération",
    );

    let contents = s.node(Tag::Contents, 0);
    let entry = s.node(Tag::ContentsItem, contents);
    let link = s.node(Tag::Link, entry);
    s.line(
        0,
        Owner::Node(link),
        REGULAR,
        (70.0, 140.0),
        "Article 2 – Engagements",
    );
    s.pages.pages[0].links.push(Link {
        area: Area {
            x: pt(70.0),
            y: pt(130.0),
            width: pt(200.0),
            height: pt(14.0),
        },
        node: link,
        to: Destination::Page {
            page: 1,
            y: pt(60.0),
        },
        description: "Article 2 – Engagements, page 2".to_owned(),
    });

    let section = s.node(Tag::Sect, 0);
    let heading = s.node(Tag::Heading(2), section);
    s.line(
        0,
        Owner::Node(heading),
        BOLD,
        (70.0, 180.0),
        "Article 1er – Objet",
    );
    bookmark(s, 1, "Convention de coopération", 0, 108.0);
    bookmark(s, 2, "Article 1er – Objet", 0, 168.0);

    let paragraph = s.node(Tag::Paragraph, section);
    let owner = Owner::Node(paragraph);
    let x = s.line(
        0,
        owner,
        REGULAR,
        (70.0, 200.0),
        "Les parties\u{A0}: Valmont et ",
    );
    let greek = s.node(Tag::Span, paragraph);
    s.pages.nodes[greek].language = Some(Lang::new("el"));
    let x = s.line(0, Owner::Node(greek), GREEK, (x, 200.0), "Αθήνα");
    s.line(0, owner, REGULAR, (x, 200.0), " coo\u{AD}");
    s.line(
        0,
        owner,
        REGULAR,
        (70.0, 214.0),
        "pèrent pour l’eau\u{202F}; voir la note",
    );
    let call = s.node(Tag::Reference, paragraph);
    s.line(0, Owner::Node(call), REGULAR, (300.0, 210.0), "1");
    let note = s.node(Tag::Note, paragraph);
    s.line(0, owner, REGULAR, (320.0, 214.0), "et la carte.");

    let name = s.node(Tag::Paragraph, section);
    s.pages.nodes[name].language = Some(Lang::new("ar"));
    s.pages.nodes[name].replacement = Some("فجيج".to_owned());
    s.line(0, Owner::Node(name), ARABIC, (70.0, 240.0), "فجيج");

    let list = s.node(Tag::List, section);
    for (number, text) in ["un comité\u{202F};", "un budget."].iter().enumerate() {
        let item = s.node(Tag::ListItem, list);
        let label = s.node(Tag::Label, item);
        let body = s.node(Tag::ListBody, item);
        let y = 260.0 + 14.0 * number as f64;
        s.line(
            0,
            Owner::Node(label),
            REGULAR,
            (80.0, y),
            &format!("{}.", number + 1),
        );
        s.line(0, Owner::Node(body), REGULAR, (95.0, y), text);
    }

    s.rule(0, 760.0);
    s.line(
        0,
        Owner::Node(note),
        REGULAR,
        (70.0, 775.0),
        "1. Carte de l’annexe 1.",
    );
}

fn second_page(s: &mut Setter) {
    let section = s.node(Tag::Sect, 0);
    let heading = s.node(Tag::Heading(2), section);
    s.line(
        1,
        Owner::Node(heading),
        BOLD,
        (70.0, 72.0),
        "Article 2 – Engagements",
    );
    bookmark(s, 2, "Article 2 – Engagements", 1, 60.0);

    let table = s.node(Tag::Table, section);
    let head = s.node(Tag::TableHead, table);
    let row = s.node(Tag::TableRow, head);
    for (column, text) in ["Partie", "Numéraire"].iter().enumerate() {
        let cell = s.node(Tag::ColumnHeader, row);
        let x = 70.0 + 200.0 * column as f64;
        s.line(1, Owner::Node(cell), BOLD, (x, 100.0), text);
    }
    s.rule(1, 104.0);
    let body = s.node(Tag::TableBody, table);
    for (number, (party, sum)) in [
        ("Valmont", "60\u{202F}000\u{A0}€"),
        ("Porto-Novo", "15\u{202F}000\u{A0}€"),
    ]
    .iter()
    .enumerate()
    {
        let row = s.node(Tag::TableRow, body);
        let y = 118.0 + 14.0 * number as f64;
        let party_cell = s.node(Tag::RowHeader, row);
        s.line(1, Owner::Node(party_cell), REGULAR, (70.0, y), party);
        let sum_cell = s.node(Tag::TableCell, row);
        s.line(1, Owner::Node(sum_cell), REGULAR, (270.0, y), sum);
    }

    let paragraph = s.node(Tag::Paragraph, section);
    let x = s.line(1, Owner::Node(paragraph), REGULAR, (70.0, 170.0), "Voir ");
    let link = s.node(Tag::Link, paragraph);
    s.line(
        1,
        Owner::Node(link),
        REGULAR,
        (x, 170.0),
        "la page du programme",
    );
    s.pages.pages[1].links.push(Link {
        area: Area {
            x: pt(x),
            y: pt(160.0),
            width: pt(110.0),
            height: pt(14.0),
        },
        node: link,
        to: Destination::Address("https://example.org/l’eau".to_owned()),
        description: "Programme, sur example.org".to_owned(),
    });
}

fn bookmark(s: &mut Setter, level: u8, title: &str, page: usize, y: f64) {
    s.pages.outline.push(Bookmark {
        level,
        title: title.to_owned(),
        page,
        y: pt(y),
    });
}
