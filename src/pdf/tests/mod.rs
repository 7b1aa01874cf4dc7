//! What a written file must show, read back with `lopdf` alone; veraPDF judges the same kind of file in
//! `.ci/proofs`.

mod data;
pub(crate) mod reader;
pub(crate) mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lopdf::{Object, ObjectId};

use super::{PdfError, write};
use crate::model::Lang;
use crate::typeset::pages::{Drawing, Glyph, Item, Length, Owner, Pages, Tag};
use reader::Reader;

fn written() -> (Pages, Reader) {
    let pages = sample::convention();
    let bytes = write(&pages).expect("the sample conforms");
    // For other readers and for veraPDF: PASSERELLE_KEEP=/tmp/sample.pdf cargo test --lib pdf::
    if let Ok(path) = std::env::var("PASSERELLE_KEEP") {
        std::fs::write(path, &bytes).unwrap();
    }
    (pages, Reader::open(&bytes))
}

fn runs(pages: &mut Pages) -> impl Iterator<Item = &mut crate::typeset::pages::GlyphRun> {
    let items = pages.pages.iter_mut().flat_map(|page| &mut page.items);
    items.filter_map(|item| match &mut item.drawing {
        Drawing::Glyphs(run) => Some(run),
        _ => None,
    })
}

#[test]
fn the_catalog_says_tagged_titled_coloured_and_in_which_language() {
    let (_, file) = written();
    let mark_info = file.dictionary(file.catalog("MarkInfo"));
    assert!(mark_info.get(b"Marked").unwrap().as_bool().unwrap());
    assert_eq!(file.catalog("Lang").as_str().unwrap(), b"fr");
    let preferences = file.dictionary(file.catalog("ViewerPreferences"));
    let shown = preferences.get(b"DisplayDocTitle").unwrap();
    assert!(shown.as_bool().unwrap());
    let intents = file.catalog("OutputIntents").as_array().unwrap();
    let intent = file.dictionary(&intents[0]);
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1");
    assert!(intent.get(b"DestOutputProfile").is_ok());
    assert_eq!(file.document.version, "1.7");
}

#[test]
fn everything_painted_is_content_or_artifact() {
    let (_, file) = written();
    for page in &file.pages {
        assert_eq!(page.unmarked, Vec::<String>::new());
    }
}

#[test]
fn each_piece_of_content_has_one_leaf_and_the_parent_tree_leads_back_to_it() {
    let (_, file) = written();
    let parents = file.parents();
    let mut seen = BTreeSet::new();
    for element in file.elements() {
        for (page, mcid) in &element.content {
            assert!(
                seen.insert((*page, *mcid)),
                "{mcid} stands twice in the tree"
            );
            let entry = file.document.get_dictionary(*page).unwrap();
            let key = entry.get(b"StructParents").unwrap().as_i64().unwrap();
            assert_eq!(parents[&key][*mcid as usize], element.id);
        }
        for annotation in &element.annotations {
            let entry = file.document.get_dictionary(*annotation).unwrap();
            let key = entry.get(b"StructParent").unwrap().as_i64().unwrap();
            assert_eq!(parents[&key], [element.id]);
        }
    }
    let drawn: BTreeSet<(ObjectId, i64)> = file
        .pages
        .iter()
        .flat_map(|page| page.mcids.iter().map(|mcid| (page.id, *mcid)))
        .collect();
    assert_eq!(seen, drawn);
}

#[test]
fn the_structure_reads_back_what_was_written_in_order() {
    let (_, file) = written();
    let blocks: Vec<(String, String)> = file
        .elements()
        .iter()
        .filter(|element| {
            matches!(
                element.kind.as_str(),
                "H1" | "H2" | "P" | "LI" | "TR" | "TOCI"
            )
        })
        .map(|element| (element.kind.clone(), file.text_of(element.id)))
        .collect();
    let expected = [
        ("H1", "Convention de coopération"),
        ("TOCI", "Article 2 – Engagements"),
        ("H2", "Article 1er – Objet"),
        (
            "P",
            "Les parties\u{A0}: Valmont et Αθήνα coo\u{AD}pèrent pour l’eau\u{202F}; voir la note1\
             1. Carte de l’annexe 1.et la carte.",
        ),
        ("P", "فجيج"),
        ("LI", "1.un comité\u{202F};"),
        ("LI", "2.un budget."),
        ("H2", "Article 2 – Engagements"),
        ("TR", "PartieNuméraire"),
        ("TR", "Valmont60\u{202F}000\u{A0}€"),
        ("TR", "Porto-Novo15\u{202F}000\u{A0}€"),
        ("P", "Voir la page du programme"),
    ]
    .map(|(kind, text)| (kind.to_owned(), text.to_owned()));
    assert_eq!(blocks, expected);
}

#[test]
fn elements_say_their_language_scope_alternative_and_identity() {
    let (_, file) = written();
    let elements = file.elements();
    let find = |kind: &str, text: &str| {
        let found = elements
            .iter()
            .find(|element| element.kind == kind && file.text_of(element.id).contains(text));
        found
            .unwrap_or_else(|| panic!("no {kind} with {text}"))
            .dictionary
    };
    let attribute = |kind: &str, text: &str, key: &str| {
        let attributes = file.dictionary(find(kind, text).get(b"A").unwrap());
        String::from_utf8(
            attributes
                .get(key.as_bytes())
                .unwrap()
                .as_name()
                .unwrap()
                .into(),
        )
        .unwrap()
    };
    let lang = |kind: &str, text: &str| find(kind, text).get(b"Lang").unwrap().as_str().unwrap();

    assert_eq!(lang("Span", "Αθήνα"), b"el");
    assert_eq!(lang("P", "فجيج"), b"ar");
    assert_eq!(attribute("TH", "Numéraire", "Scope"), "Column");
    assert_eq!(attribute("TH", "Porto-Novo", "Scope"), "Row");
    assert_eq!(attribute("L", "comité", "ListNumbering"), "Decimal");

    let figure = find("Figure", "");
    assert_eq!(
        file.text(figure, "Alt").unwrap(),
        "Logo de Valmont agglomération"
    );
    let layout = file.dictionary(figure.get(b"A").unwrap());
    let corners: Vec<f32> = layout
        .get(b"BBox")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|side| side.as_float().unwrap())
        .collect();
    assert_eq!(corners, [70.0, 759.89, 118.0, 791.89]);

    let id = find("Note", "Carte").get(b"ID").unwrap();
    let root = file.dictionary(file.catalog("StructTreeRoot"));
    let names = file.dictionary(root.get(b"IDTree").unwrap());
    assert!(
        names
            .get(b"Names")
            .unwrap()
            .as_array()
            .unwrap()
            .contains(id)
    );
}

#[test]
fn every_glyph_stands_where_layout_put_it() {
    let (pages, file) = written();
    assert_places(&pages, &file);
    // At a size that has no short decimal form.
    let mut odd = pages;
    for run in runs(&mut odd) {
        run.size = Length(9 * 65_536 + 21_823);
    }
    let file = Reader::open(&write(&odd).unwrap());
    assert_places(&odd, &file);
}

fn assert_places(pages: &Pages, file: &Reader) {
    for (page, content) in pages.pages.iter().zip(&file.pages) {
        let mut shown = content.glyphs.iter();
        for item in &page.items {
            let Drawing::Glyphs(run) = &item.drawing else {
                continue;
            };
            let mut pen = run.x.0;
            for glyph in run.glyphs.iter() {
                let shown = shown.next().expect("a glyph is missing");
                let x = (pen + glyph.dx.0) as f64 / 65_536.0;
                let y = (pages.height.0 - run.y.0 + glyph.dy.0) as f64 / 65_536.0;
                assert!((shown.x - x).abs() < 0.01, "{} instead of {x}", shown.x);
                assert!((shown.y - y).abs() < 0.01, "{} instead of {y}", shown.y);
                pen += glyph.advance.0;
            }
        }
        assert!(shown.next().is_none());
    }
}

#[test]
fn marks_above_the_baseline_are_raised() {
    let mut pages = sample::convention();
    for run in runs(&mut pages) {
        Arc::make_mut(&mut run.glyphs)[0].dy = Length(3 * 65_536);
    }
    let file = Reader::open(&write(&pages).unwrap());
    let runs: Vec<_> = runs(&mut pages).map(|run| run.y).collect();
    let first = &file.pages[0].glyphs[0];
    let above = first.y - (pages.height.0 - runs[0].0) as f64 / 65_536.0;
    assert!((above - 3.0).abs() < 0.01);
    let second = &file.pages[0].glyphs[1];
    assert!((first.y - second.y - 3.0).abs() < 0.01);
}

#[test]
fn a_glyph_shared_by_two_characters_keeps_both() {
    // Source Serif draws the space and the no-break space with one glyph.
    let (_, file) = written();
    let texts: Vec<&str> = file.pages[0]
        .glyphs
        .iter()
        .filter_map(|g| g.text.as_deref())
        .collect();
    assert!(texts.contains(&" ") && texts.contains(&"\u{A0}") && texts.contains(&"\u{AD}"));
}

#[test]
fn fonts_have_a_text_for_every_code_and_never_the_missing_glyph() {
    let (_, file) = written();
    let fonts = file.fonts();
    assert_eq!(fonts.len(), 3);
    for glyph in file.pages.iter().flat_map(|page| &page.glyphs) {
        let font = &fonts[&glyph.font];
        assert_ne!(glyph.code, 0);
        assert!(font.widths.contains_key(&glyph.code));
        assert!(
            font.to_unicode
                .get(&glyph.code)
                .is_some_and(|text| !text.is_empty())
        );
        let at = 2 * usize::from(glyph.code);
        assert_ne!(
            font.code_to_glyph[at..at + 2],
            [0, 0],
            "code {} is .notdef",
            glyph.code
        );
    }
}

#[test]
fn a_cluster_of_several_glyphs_reads_as_its_text() {
    let mut pages = sample::convention();
    let run = runs(&mut pages)
        .find(|run| run.text.starts_with("Les parties"))
        .unwrap();
    // « L » and « e » drawn for one syllable, as Indic and Khmer letters are.
    for glyph in &mut Arc::make_mut(&mut run.glyphs)[0..2] {
        (glyph.start, glyph.end) = (0, 2);
    }
    let bytes = write(&pages).unwrap();
    let content = Reader::open(&bytes);
    let stream = content.document.get_page_content(content.pages[0].id);
    let stream = String::from_utf8_lossy(&stream);
    assert!(stream.contains("/ActualText<FEFF004C0065>"), "{stream}");
}

#[test]
fn info_and_xmp_agree_and_xmp_is_escaped() {
    let (pages, file) = written();
    let info = file.dictionary(file.document.trailer.get(b"Info").unwrap());
    assert_eq!(file.text(info, "Title").unwrap(), pages.about.title);
    assert_eq!(file.text(info, "Author").unwrap(), pages.about.author);

    let (_, xmp) = file.document.dereference(file.catalog("Metadata")).unwrap();
    let xmp = xmp.as_stream().unwrap();
    assert!(
        xmp.dict.get(b"Filter").is_err(),
        "the packet is in the clear"
    );
    let xmp = String::from_utf8(xmp.content.clone()).unwrap();
    assert!(xmp.contains("« Eau &amp; assainissement » &lt;Valmont"));
    let inside = |tag: &str| {
        let start = xmp.find(&format!("<{tag}>")).unwrap() + tag.len() + 2;
        let end = xmp.find(&format!("</{tag}>")).unwrap();
        let text = &xmp[start..end];
        // What stands inside the lists of Dublin Core.
        let text = text.rsplit_once("\">").map_or(text, |(_, text)| text);
        let text = text.split("</").next().unwrap();
        text.rsplit('>').next().unwrap().to_owned()
    };
    let unescaped = |text: String| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    assert_eq!(unescaped(inside("dc:title")), pages.about.title);
    assert_eq!(unescaped(inside("dc:creator")), pages.about.author);
    assert_eq!(inside("pdf:Producer"), file.text(info, "Producer").unwrap());
    assert_eq!(
        inside("xmp:CreatorTool"),
        file.text(info, "Creator").unwrap()
    );
    assert_eq!(inside("xmp:CreateDate"), "2026-11-24");
    assert_eq!(file.text(info, "CreationDate").unwrap(), "D:20261124");
    assert_eq!(inside("pdfaid:part"), "2");
    assert_eq!(inside("pdfaid:conformance"), "A");
    assert_eq!(inside("pdfuaid:part"), "1");
}

#[test]
fn a_title_with_control_characters_stays_well_formed() {
    let mut pages = sample::convention();
    pages.about.title = "Un\u{0}deux\u{1B}trois\u{FFFE}".to_owned();
    let file = Reader::open(&write(&pages).unwrap());
    let info = file.dictionary(file.document.trailer.get(b"Info").unwrap());
    assert_eq!(file.text(info, "Title").unwrap(), "Un deux trois");
    let (_, xmp) = file.document.dereference(file.catalog("Metadata")).unwrap();
    let xmp = String::from_utf8(xmp.as_stream().unwrap().content.clone()).unwrap();
    assert!(xmp.contains(">Un deux trois</"));
}

#[test]
fn what_is_too_long_or_malformed_for_the_standards_is_kept_out() {
    let mut pages = sample::convention();
    pages.about.title = "é".repeat(40_000);
    pages.about.language = Lang::new("français de France");
    let list = pages
        .nodes
        .iter()
        .position(|node| node.tag == Tag::List)
        .unwrap();
    pages.nodes[list].replacement = Some("ب".repeat(20_000));
    pages.nodes[list].language = Some(Lang::new(""));
    pages.pages[0].links[0].description = "x".repeat(40_000);
    runs(&mut pages).next().unwrap().text = "\u{FEFF}\0nvention de coopération".into();
    let bytes = write(&pages).unwrap();
    if let Ok(path) = std::env::var("PASSERELLE_KEEP_ODD") {
        std::fs::write(path, &bytes).unwrap();
    }
    let file = Reader::open(&bytes);

    assert_eq!(file.catalog("Lang").as_str().unwrap(), b"fr");
    let info = file.dictionary(file.document.trailer.get(b"Info").unwrap());
    let title = file.text(info, "Title").unwrap();
    assert!(title.ends_with("é…"));
    let (_, xmp) = file.document.dereference(file.catalog("Metadata")).unwrap();
    let xmp = String::from_utf8(xmp.as_stream().unwrap().content.clone()).unwrap();
    assert!(xmp.contains(&format!(">{title}<")));
    for object in file.document.objects.values() {
        let Ok(dictionary) = object.as_dict() else {
            continue;
        };
        for (key, value) in dictionary.iter() {
            let length = value.as_str().map_or(0, <[u8]>::len);
            assert!(length <= 32_767, "{}", String::from_utf8_lossy(key));
        }
    }
    let elements = file.elements();
    let list = elements.iter().find(|element| element.kind == "L").unwrap();
    assert!(!list.dictionary.has(b"ActualText") && !list.dictionary.has(b"Lang"));
}

#[test]
fn bookmarks_are_nested_as_the_headings() {
    let (_, file) = written();
    let root = file.dictionary(file.catalog("Outlines"));
    let title = file.dictionary(root.get(b"First").unwrap());
    assert_eq!(
        file.text(title, "Title").unwrap(),
        "Convention de coopération"
    );
    assert!(title.get(b"Next").is_err());
    let first = file.dictionary(title.get(b"First").unwrap());
    assert_eq!(file.text(first, "Title").unwrap(), "Article 1er – Objet");
    let second = file.dictionary(first.get(b"Next").unwrap());
    assert_eq!(
        file.text(second, "Title").unwrap(),
        "Article 2 – Engagements"
    );
    assert_eq!(second, file.dictionary(title.get(b"Last").unwrap()));
    let page = second.get(b"Dest").unwrap().as_array().unwrap()[0]
        .as_reference()
        .unwrap();
    assert_eq!(page, file.pages[1].id);
    assert_eq!(root.get(b"Count").unwrap().as_i64().unwrap(), 3);
}

#[test]
fn links_are_described_and_lead_where_they_say() {
    let (_, file) = written();
    let links: Vec<_> = file
        .pages
        .iter()
        .flat_map(|page| file.document.get_page_annotations(page.id).unwrap())
        .collect();
    assert_eq!(links.len(), 2);
    for link in &links {
        assert!(!file.text(link, "Contents").unwrap().is_empty());
        assert_eq!(link.get(b"F").unwrap().as_i64().unwrap(), 4);
    }
    let inside = links[0].get(b"Dest").unwrap().as_array().unwrap();
    assert_eq!(inside[0].as_reference().unwrap(), file.pages[1].id);
    assert!((inside[3].as_float().unwrap() - 781.89).abs() < 0.01);
    let outside = file.dictionary(links[1].get(b"A").unwrap());
    let address = outside.get(b"URI").unwrap().as_str().unwrap();
    assert_eq!(address, b"https://example.org/l%E2%80%99eau");
}

#[test]
fn pictures_stand_in_their_area_and_keep_their_opacity_apart() {
    let (pages, file) = written();
    let images = file.document.get_page_images(file.pages[0].id).unwrap();
    let image = images
        .iter()
        .find(|image| image.origin_dict.has(b"SMask"))
        .unwrap();
    let samples = |id| {
        let object: &Object = file.document.get_object(id).unwrap();
        object.as_stream().unwrap().decompressed_content().unwrap()
    };
    assert_eq!(samples(image.id), pages.pictures[0].rgb);
    let mask = image
        .origin_dict
        .get(b"SMask")
        .unwrap()
        .as_reference()
        .unwrap();
    assert_eq!(Some(samples(mask)), pages.pictures[0].alpha);
    let stream = file.document.get_page_content(file.pages[0].id);
    let placed = String::from_utf8_lossy(&stream).contains("48 0 0 32 70 759.89 cm");
    assert!(placed, "48 × 32 points, foot at 759.89");
}

#[test]
fn same_pages_same_bytes_other_text_other_identifier() {
    let pages = sample::convention();
    let bytes = write(&pages).unwrap();
    let again = std::thread::spawn(|| write(&sample::convention()).unwrap());
    assert_eq!(bytes, again.join().unwrap());

    let halves = |bytes: &[u8]| {
        let file = Reader::open(bytes);
        let id = file
            .document
            .trailer
            .get(b"ID")
            .unwrap()
            .as_array()
            .unwrap()
            .clone();
        (id[0].clone(), id[1].clone())
    };
    let mut edited = pages.clone();
    runs(&mut edited).next().unwrap().x = sample::pt(71.0);
    let (before, after) = (halves(&bytes), halves(&write(&edited).unwrap()));
    assert_eq!(before.0, after.0);
    assert_ne!(before.1, after.1);
}

#[test]
fn nothing_points_outside_the_file() {
    let (_, file) = written();
    let mut keys: BTreeMap<String, usize> = BTreeMap::new();
    for object in file.document.objects.values() {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        for (key, _) in dictionary.iter() {
            *keys
                .entry(String::from_utf8_lossy(key).into_owned())
                .or_default() += 1;
        }
    }
    for forbidden in [
        "JavaScript",
        "JS",
        "AA",
        "OpenAction",
        "EmbeddedFiles",
        "Encrypt",
        "AcroForm",
    ] {
        assert!(!keys.contains_key(forbidden), "{forbidden}");
    }
}

#[test]
fn pages_that_contradict_themselves_are_refused() {
    let refused = |spoil: &dyn Fn(&mut Pages)| {
        let mut pages = sample::convention();
        spoil(&mut pages);
        write(&pages).expect_err("this file would not conform")
    };
    let empty = refused(&|pages| pages.pages.clear());
    assert!(matches!(empty, PdfError::Empty));

    let missing_glyph = refused(&|pages| {
        Arc::make_mut(&mut runs(pages).next().unwrap().glyphs)[0].id = 0;
    });
    assert!(
        missing_glyph.to_string().contains("SourceSerif4-Regular")
            || missing_glyph.to_string().contains("SourceSerif4-Bold")
    );

    let spoils: [&dyn Fn(&mut Pages); 7] = [
        &|pages| pages.pages[0].items[0].owner = Owner::Node(9_999),
        &|pages| runs(pages).next().unwrap().face = 9,
        &|pages| pages.pictures.clear(),
        &|pages| pages.pages[0].links[0].node = 9_999,
        &|pages| pages.outline[0].page = 99,
        &|pages| pages.nodes[3].parent = Some(8),
        &|pages| pages.nodes[3].parent = None,
    ];
    for spoil in spoils {
        assert!(matches!(refused(spoil), PdfError::Inconsistent(_)));
    }

    let broken_font = refused(&|pages| {
        let data = vec![0; 40];
        pages.faces[0].data = crate::typeset::pages::FontData::Shared(Arc::new(data));
    });
    assert!(matches!(broken_font, PdfError::Font { .. }));
}

#[test]
fn strange_runs_neither_panic_nor_lose_the_file() {
    let strange: [fn(&mut Glyph); 3] = [
        |glyph| (glyph.start, glyph.end) = (5, 2),
        |glyph| glyph.end = 60_000,
        |glyph| glyph.advance = Length(-65_536 * 40),
    ];
    for spoil in strange {
        let mut pages = sample::convention();
        for run in runs(&mut pages) {
            Arc::make_mut(&mut run.glyphs).iter_mut().for_each(spoil);
        }
        Reader::open(&write(&pages).unwrap());
    }
    // A page with nothing on it, an element with nothing in it.
    let mut pages = sample::convention();
    pages.pages.push(crate::typeset::pages::Page::default());
    pages.pages[0].items.push(Item {
        owner: Owner::Node(
            pages
                .nodes
                .iter()
                .position(|node| node.tag == Tag::Link)
                .unwrap(),
        ),
        place: None,
        drawing: Drawing::Path(crate::typeset::pages::Path {
            steps: Vec::new(),
            fill: None,
            stroke: None,
        }),
    });
    Reader::open(&write(&pages).unwrap());
}
