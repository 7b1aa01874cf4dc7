//! A reader of tagged PDF as small as the tests want: structure, marked content, text and places.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

pub struct Reader {
    pub document: Document,
    pub pages: Vec<PageContent>,
}

/// What the content stream of a page draws, and how it is marked.
#[derive(Default)]
pub struct PageContent {
    pub id: ObjectId,
    pub glyphs: Vec<Shown>,
    /// Operators that paint outside of marked content and artifacts.
    pub unmarked: Vec<String>,
    pub mcids: Vec<i64>,
}

/// A glyph that was shown.
pub struct Shown {
    pub mcid: Option<i64>,
    pub font: Vec<u8>,
    pub code: u16,
    pub text: Option<String>,
    pub x: f64,
    pub y: f64,
}

pub struct Font {
    pub to_unicode: BTreeMap<u16, String>,
    pub widths: BTreeMap<u16, f64>,
    pub code_to_glyph: Vec<u8>,
}

impl Reader {
    pub fn open(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).expect("our own file opens");
        let ids: Vec<ObjectId> = document.page_iter().collect();
        let mut reader = Self {
            document,
            pages: Vec::new(),
        };
        reader.pages = ids.into_iter().map(|id| reader.read_page(id)).collect();
        reader
    }

    pub fn dictionary<'a>(&'a self, object: &'a Object) -> &'a Dictionary {
        let (_, object) = self.document.dereference(object).unwrap();
        object.as_dict().unwrap()
    }

    pub fn catalog(&self, key: &str) -> &Object {
        let object = self.document.catalog().unwrap().get(key.as_bytes());
        object.unwrap_or_else(|_| panic!("no {key} in the catalog"))
    }

    pub fn text(&self, dictionary: &Dictionary, key: &str) -> Option<String> {
        decode_text_string(dictionary.get(key.as_bytes()).ok()?).ok()
    }

    pub fn fonts(&self) -> BTreeMap<Vec<u8>, Font> {
        let page = self.document.page_iter().next().unwrap();
        let fonts = self.document.get_page_fonts(page).unwrap();
        fonts
            .into_iter()
            .map(|(name, font)| (name, self.font(font)))
            .collect()
    }

    fn font(&self, font: &Dictionary) -> Font {
        let stream = |object: &Object| {
            let (_, object) = self.document.dereference(object).unwrap();
            object.as_stream().unwrap().decompressed_content().unwrap()
        };
        let descendant =
            self.dictionary(&font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0]);
        let mut widths = BTreeMap::new();
        let list = descendant.get(b"W").unwrap().as_array().unwrap();
        for pair in list.chunks(2) {
            let first = pair[0].as_i64().unwrap();
            for (place, width) in pair[1].as_array().unwrap().iter().enumerate() {
                widths.insert(first as u16 + place as u16, width.as_i64().unwrap() as f64);
            }
        }
        let map = String::from_utf8(stream(font.get(b"ToUnicode").unwrap())).unwrap();
        let mut to_unicode = BTreeMap::new();
        for line in map
            .lines()
            .filter(|line| line.starts_with('<') && line.contains("> <"))
        {
            let (code, text) = line.split_once("> <").unwrap();
            let (code, text) = (code.trim_matches(['<', '>']), text.trim_matches(['<', '>']));
            if code.len() != 4 || text == "FFFF" {
                continue;
            }
            let units: Vec<u16> = (0..text.len() / 4)
                .map(|at| u16::from_str_radix(&text[4 * at..4 * at + 4], 16).unwrap())
                .collect();
            to_unicode.insert(
                u16::from_str_radix(code, 16).unwrap(),
                String::from_utf16(&units).unwrap(),
            );
        }
        Font {
            to_unicode,
            widths,
            code_to_glyph: stream(descendant.get(b"CIDToGIDMap").unwrap()),
        }
    }

    fn read_page(&self, id: ObjectId) -> PageContent {
        let fonts = self.fonts();
        let bytes = self.document.get_page_content(id);
        let mut page = PageContent {
            id,
            ..PageContent::default()
        };
        let mut marks: Vec<(bool, Option<i64>)> = Vec::new();
        let (mut font, mut size) = (Vec::new(), 0.0);
        let (mut x, mut y, mut rise) = (0.0, 0.0, 0.0);
        let mut line = (0.0, 0.0);
        let number = |object: &Object| f64::from(object.as_float().unwrap());
        for operation in Content::decode(&bytes).unwrap().operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "BDC" => {
                    let artifact = operands[0].as_name().unwrap() == b"Artifact";
                    let mcid = operands[1].as_dict().unwrap().get(b"MCID");
                    let mcid = mcid.and_then(Object::as_i64).ok();
                    page.mcids.extend(mcid);
                    marks.push((artifact, mcid));
                }
                "EMC" => {
                    marks.pop().expect("EMC without BDC");
                }
                "Tf" => {
                    font = operands[0].as_name().unwrap().to_vec();
                    size = number(&operands[1]);
                }
                "BT" => line = (0.0, 0.0),
                "Td" => {
                    line = (line.0 + number(&operands[0]), line.1 + number(&operands[1]));
                    (x, y) = line;
                }
                "Ts" => rise = number(&operands[0]),
                "TJ" | "Tj" => {
                    let parts = match &operands[0] {
                        Object::Array(parts) => parts,
                        _ => operands,
                    };
                    for part in parts {
                        let Ok(codes) = part.as_str() else {
                            x -= number(part) / 1000.0 * size;
                            continue;
                        };
                        for code in codes.chunks(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            page.glyphs.push(Shown {
                                mcid: marks.iter().rev().find_map(|mark| mark.1),
                                font: font.clone(),
                                code,
                                text: fonts[&font].to_unicode.get(&code).cloned(),
                                x,
                                y: y + rise,
                            });
                            x += fonts[&font].widths[&code] / 1000.0 * size;
                        }
                    }
                }
                _ => {}
            }
            let paints = matches!(
                operation.operator.as_str(),
                "TJ" | "Tj" | "Do" | "f" | "f*" | "S" | "s" | "B" | "b" | "sh"
            );
            let marked = marks
                .iter()
                .any(|(artifact, mcid)| *artifact || mcid.is_some());
            if paints && !marked {
                page.unmarked.push(operation.operator);
            }
        }
        assert!(marks.is_empty(), "marked content left open");
        page
    }

    /// The elements in the order of reading, each with what it shows of its own.
    pub fn elements(&self) -> Vec<Element<'_>> {
        let root = self.dictionary(self.catalog("StructTreeRoot"));
        let mut elements = Vec::new();
        self.walk(root.get(b"K").unwrap(), &mut elements);
        elements
    }

    fn walk<'a>(&'a self, object: &'a Object, elements: &mut Vec<Element<'a>>) {
        let id = object.as_reference().unwrap();
        let dictionary = self.dictionary(object);
        let place = elements.len();
        elements.push(Element {
            id,
            kind: String::from_utf8(dictionary.get(b"S").unwrap().as_name().unwrap().into())
                .unwrap(),
            dictionary,
            content: Vec::new(),
            annotations: Vec::new(),
        });
        let kids: &[Object] = match dictionary.get(b"K") {
            Ok(Object::Array(kids)) => kids,
            Ok(kid) => std::slice::from_ref(kid),
            Err(_) => &[],
        };
        for kid in kids {
            let own_page = || dictionary.get(b"Pg").unwrap().as_reference().unwrap();
            match kid {
                Object::Integer(mcid) => elements[place].content.push((own_page(), *mcid)),
                Object::Dictionary(kid) if kid.has(b"MCID") => {
                    let page = kid.get(b"Pg").unwrap().as_reference().unwrap();
                    let mcid = kid.get(b"MCID").unwrap().as_i64().unwrap();
                    elements[place].content.push((page, mcid));
                }
                Object::Dictionary(kid) => {
                    let annotation = kid.get(b"Obj").unwrap().as_reference().unwrap();
                    elements[place].annotations.push(annotation);
                }
                child => {
                    let parent = self.dictionary(child).get(b"P").unwrap();
                    assert_eq!(
                        parent.as_reference().unwrap(),
                        id,
                        "a child knows its parent"
                    );
                    self.walk(child, elements);
                }
            }
        }
    }

    /// The text of an element and of those under it, as a screen reader takes it: replacements applied.
    pub fn text_of(&self, id: ObjectId) -> String {
        let dictionary = self.document.get_dictionary(id).unwrap();
        if let Some(text) = self.text(dictionary, "ActualText") {
            return text;
        }
        let kids: &[Object] = match dictionary.get(b"K") {
            Ok(Object::Array(kids)) => kids,
            Ok(kid) => std::slice::from_ref(kid),
            Err(_) => &[],
        };
        let shown = |page: ObjectId, mcid: i64| -> String {
            let page = self
                .pages
                .iter()
                .find(|content| content.id == page)
                .unwrap();
            let glyphs = page.glyphs.iter().filter(|glyph| glyph.mcid == Some(mcid));
            glyphs.filter_map(|glyph| glyph.text.as_deref()).collect()
        };
        kids.iter()
            .map(|kid| match kid {
                Object::Integer(mcid) => shown(
                    dictionary.get(b"Pg").unwrap().as_reference().unwrap(),
                    *mcid,
                ),
                Object::Dictionary(kid) => match kid.get(b"MCID") {
                    Ok(mcid) => shown(
                        kid.get(b"Pg").unwrap().as_reference().unwrap(),
                        mcid.as_i64().unwrap(),
                    ),
                    Err(_) => String::new(),
                },
                child => self.text_of(child.as_reference().unwrap()),
            })
            .collect()
    }

    /// The parent tree, flattened: for each key, the element or the elements by MCID.
    pub fn parents(&self) -> BTreeMap<i64, Vec<ObjectId>> {
        let root = self.dictionary(self.catalog("StructTreeRoot"));
        let tree = self.dictionary(root.get(b"ParentTree").unwrap());
        let numbers = tree.get(b"Nums").unwrap().as_array().unwrap();
        numbers
            .chunks(2)
            .map(|pair| {
                let (id, object) = self.document.dereference(&pair[1]).unwrap();
                let elements = match object {
                    Object::Array(elements) => {
                        elements.iter().map(|e| e.as_reference().unwrap()).collect()
                    }
                    _ => vec![id.unwrap()],
                };
                (pair[0].as_i64().unwrap(), elements)
            })
            .collect()
    }
}

pub struct Element<'a> {
    pub id: ObjectId,
    pub kind: String,
    pub dictionary: &'a Dictionary,
    pub content: Vec<(ObjectId, i64)>,
    pub annotations: Vec<ObjectId>,
}
