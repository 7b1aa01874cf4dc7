//! What a painted page must look like.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::{Glyphs, Pixels, paint};
use crate::demo;
use crate::document::{Composition, Picture, Rgb, compose};
use crate::pdf::tests::sample;
use crate::reference::Reference;
use crate::typeset::pages::{Area, Drawing, Item, Length, Owner, Page, Pages, Path, Step};
use crate::typeset::{Fonts, Paragraphs, lay_out};

/// Pixels a point at 80 dots an inch.
const DPI_80: f32 = 80.0 / 72.0;

fn pixel(pixels: &Pixels, x: u32, y: u32) -> [u8; 3] {
    let at = 4 * (y * pixels.width + x) as usize;
    pixels.rgba[at..at + 3].try_into().unwrap()
}

fn blank() -> Pages {
    let mut pages = sample::convention();
    pages.pages = vec![Page::default()];
    pages
}

fn put(pages: &mut Pages, drawing: Drawing) {
    pages.pages[0].items.push(Item {
        owner: Owner::Node(0),
        place: None,
        drawing,
    });
}

fn square(x: f64, y: f64, side: f64) -> Vec<Step> {
    let (left, top) = (sample::pt(x), sample::pt(y));
    let (right, foot) = (sample::pt(x + side), sample::pt(y + side));
    vec![
        Step::Move(left, top),
        Step::Line(right, top),
        Step::Line(right, foot),
        Step::Line(left, foot),
        Step::Close,
    ]
}

#[test]
fn a_page_has_the_pixels_of_its_sheet_and_is_opaque() {
    let pixels = paint(&blank(), 0, DPI_80, &mut Glyphs::new()).unwrap();
    assert_eq!((pixels.width, pixels.height), (662, 936));
    assert_eq!(pixels.rgba.len(), 662 * 936 * 4);
    assert!(pixels.rgba.iter().all(|byte| *byte == 255));
}

#[test]
fn no_page_no_pixel_too_many_pixels_give_nothing() {
    let pages = blank();
    let glyphs = &mut Glyphs::new();
    assert_eq!(paint(&pages, 1, 1.0, glyphs), None);
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 50.0] {
        assert_eq!(paint(&pages, 0, scale, glyphs), None, "{scale}");
    }
}

#[test]
fn paths_are_filled_and_stroked_in_their_colours() {
    let mut pages = blank();
    put(
        &mut pages,
        Drawing::Path(Path {
            steps: square(100.0, 100.0, 50.0),
            fill: Some(Rgb(200, 10, 20)),
            stroke: Some((Rgb(0, 0, 250), sample::pt(4.0))),
        }),
    );
    let pixels = paint(&pages, 0, 1.0, &mut Glyphs::new()).unwrap();
    assert_eq!(pixel(&pixels, 125, 125), [200, 10, 20]);
    assert_eq!(pixel(&pixels, 100, 125), [0, 0, 250]);
    assert_eq!(pixel(&pixels, 90, 125), [255, 255, 255]);
}

#[test]
fn a_rule_thinner_than_a_pixel_is_one_whole_pixel() {
    let mut pages = blank();
    let [left, right, top, foot] = [10.2, 60.2, 20.3, 20.5].map(sample::pt);
    let steps = vec![
        Step::Move(left, top),
        Step::Line(right, top),
        Step::Line(right, foot),
        Step::Line(left, foot),
        Step::Close,
    ];
    let path = Path {
        steps,
        fill: Some(Rgb(10, 20, 30)),
        stroke: None,
    };
    put(&mut pages, Drawing::Path(path));
    let painted = paint(&pages, 0, 1.0, &mut Glyphs::new()).unwrap();
    let rows = [19, 20, 21].map(|y| pixel(&painted, 30, y));
    assert_eq!(rows, [[255; 3], [10, 20, 30], [255; 3]]);
}

#[test]
fn pictures_are_reduced_with_their_opacity() {
    let mut pages = blank();
    let side = 400_u32;
    // Left half red, right half green but transparent.
    let left = |i: u32| i % side < side / 2;
    pages.pictures = vec![Arc::new(Picture {
        width: side,
        height: side,
        rgb: (0..side * side)
            .flat_map(|i| if left(i) { [255, 0, 0] } else { [0, 255, 0] })
            .collect(),
        alpha: Some(
            (0..side * side)
                .map(|i| if left(i) { 255 } else { 0 })
                .collect(),
        ),
    })];
    let area = Area {
        x: sample::pt(100.0),
        y: sample::pt(200.0),
        width: sample::pt(40.0),
        height: sample::pt(40.0),
    };
    put(&mut pages, Drawing::Picture { picture: 0, area });
    let pixels = paint(&pages, 0, 1.0, &mut Glyphs::new()).unwrap();
    assert_eq!(pixel(&pixels, 110, 220), [255, 0, 0]);
    assert_eq!(pixel(&pixels, 130, 220), [255, 255, 255]);
    assert_eq!(pixel(&pixels, 99, 220), [255, 255, 255]);
}

#[test]
fn kept_masks_paint_the_same_page_and_faces_are_told_apart_by_name() {
    let pages = sample::convention();
    let mut kept = Glyphs::new();
    let first = paint(&pages, 0, 1.3, &mut kept);
    assert_eq!(paint(&pages, 0, 1.3, &mut kept), first);

    // Another document that numbers its faces otherwise.
    let mut other = pages.clone();
    other.faces.reverse();
    for item in other.pages.iter_mut().flat_map(|page| &mut page.items) {
        if let Drawing::Glyphs(run) = &mut item.drawing {
            run.face = 2 - run.face;
        }
    }
    assert_eq!(paint(&other, 0, 1.3, &mut kept), first);
}

#[test]
fn what_hangs_over_the_edge_is_cut() {
    let mut pages = sample::convention();
    for item in &mut pages.pages[0].items {
        if let Drawing::Glyphs(run) = &mut item.drawing {
            run.x = Length(run.x.0 - sample::pt(90.0).0);
            run.y = sample::pt(2.0);
            run.size = sample::pt(60.0);
        }
    }
    assert!(paint(&pages, 0, 1.0, &mut Glyphs::new()).is_some());
}

/// Skipped, saying so, where poppler's `pdftoppm` is not installed; CI installs it.
#[test]
fn painted_pages_look_like_those_of_pdftoppm_if_it_is_installed() {
    let pages = sample::convention();
    let Some(theirs) = pdftoppm(&crate::pdf::write(&pages).unwrap()) else {
        eprintln!("pdftoppm is not installed: not compared");
        return;
    };
    let mut glyphs = Glyphs::new();
    for (number, theirs) in theirs.iter().enumerate() {
        let ours = paint(&pages, number, DPI_80, &mut glyphs).unwrap();
        if let Ok(folder) = std::env::var("PASSERELLE_KEEP_PAINTED") {
            keep(&format!("{folder}/ours-{number}.ppm"), &ours);
            keep(&format!("{folder}/theirs-{number}.ppm"), theirs);
        }
        let likeness = compare(&ours, theirs);
        assert!(likeness.mean < 40.0, "page {number}: {likeness:?}");
        assert!(likeness.far < 0.05, "page {number}: {likeness:?}");
    }
    // The measure bites: a page shifted by one pixel is not the same page.
    let mut shifted = pages.clone();
    for item in &mut shifted.pages[0].items {
        if let Drawing::Glyphs(run) = &mut item.drawing {
            run.x = Length(run.x.0 + sample::pt(0.9).0);
        }
    }
    let shifted = paint(&shifted, 0, DPI_80, &mut glyphs).unwrap();
    let likeness = compare(&shifted, &theirs[0]);
    assert!(likeness.far > 0.2, "{likeness:?}");
}

/// Pages of ten conventions of the demonstration, a first one, a second one, and so on: titles, tables, notes, every
/// script that it has. Skipped, saying so, where `pdftoppm` is not installed. To be looked at, each as we paint it beside
/// theirs: PASSERELLE_LOOK=/tmp/look cargo test --lib paint::
#[test]
fn ten_pages_of_the_demonstration_look_like_those_of_pdftoppm_if_it_is_installed() {
    let records = demo::records();
    let fonts = Fonts::shipped();
    let (mut paragraphs, mut glyphs) = (Paragraphs::default(), Glyphs::new());
    let composition = Composition {
        dated: demo::TODAY,
        ..Composition::default()
    };
    let mut compared = 0;
    for (rank, convention) in records.conventions().take(10).enumerate() {
        let document = compose(convention, &records, Reference::shipped(), &composition);
        let pages = lay_out(&document, &fonts, &mut paragraphs);
        let number = rank % pages.pages.len();
        let Some(theirs) = pdftoppm(&crate::pdf::write(&pages).unwrap()) else {
            eprintln!("pdftoppm is not installed: not compared");
            return;
        };
        let ours = paint(&pages, number, DPI_80, &mut glyphs).unwrap();
        let likeness = compare(&ours, &theirs[number]);
        let what = format!("{}, page {}", convention.title, number + 1);
        println!("{what}: {likeness:?}");
        if let Some(folder) = std::env::var_os("PASSERELLE_LOOK") {
            let file = PathBuf::from(folder).join(format!("page-{rank}.png"));
            beside(&ours, &theirs[number]).save(file).unwrap();
        }
        // Small letters differ by more of their own pixels; a page shifted by one pixel differs at more than 0.2.
        assert!(likeness.mean < 60.0, "{what}: {likeness:?}");
        assert!(likeness.far < 0.15, "{what}: {likeness:?}");
        compared += 1;
    }
    assert_eq!(compared, 10);
}

fn beside(left: &Pixels, right: &Pixels) -> image::RgbaImage {
    let mut both = image::RgbaImage::new(left.width * 2, left.height);
    for (page, x) in [(left, 0), (right, left.width)] {
        let page = image::RgbaImage::from_raw(page.width, page.height, page.rgba.clone());
        image::imageops::replace(&mut both, &page.unwrap(), i64::from(x), 0);
    }
    both
}

/// How two pictures of a page differ.
#[derive(Debug)]
struct Likeness {
    /// Mean difference of the channels, of 255, for each pixel where either page is dark.
    mean: f64,
    /// How many pixels, for each dark one, where a channel differs by more than 96.
    far: f64,
}

fn compare(ours: &Pixels, theirs: &Pixels) -> Likeness {
    assert_eq!((ours.width, ours.height), (theirs.width, theirs.height));
    let (mut sum, mut far, mut inked) = (0_u64, 0_u64, 0_u64);
    for (a, b) in ours.rgba.chunks(4).zip(theirs.rgba.chunks(4)) {
        let apart = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b)));
        sum += apart.clone().sum::<u64>();
        far += u64::from(apart.max() > Some(96));
        inked += u64::from(a.iter().chain(b).any(|channel| *channel < 160));
    }
    let inked = inked.max(1) as f64;
    Likeness {
        mean: sum as f64 / (3.0 * inked),
        far: far as f64 / inked,
    }
}

fn pdftoppm(pdf: &[u8]) -> Option<Vec<Pixels>> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let output = Command::new("pdftoppm")
        .args(["-r", "80"])
        .arg(file.path())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let mut rest = output.stdout.as_slice();
    let mut pages = Vec::new();
    while !rest.is_empty() {
        let (page, after) = ppm(rest);
        pages.push(page);
        rest = after;
    }
    assert!(!pages.is_empty(), "pdftoppm shows no page");
    Some(pages)
}

/// The first picture of a chain of binary PPM ones, and what follows.
fn ppm(bytes: &[u8]) -> (Pixels, &[u8]) {
    let lines: Vec<&[u8]> = bytes.splitn(4, |byte| *byte == b'\n').collect();
    assert_eq!(lines[0], b"P6");
    let size = std::str::from_utf8(lines[1]).unwrap();
    let (width, height) = size.split_once(' ').unwrap();
    let (width, height): (u32, u32) = (width.parse().unwrap(), height.parse().unwrap());
    let (samples, rest) = lines[3].split_at((width * height * 3) as usize);
    let rgba = samples
        .chunks(3)
        .flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255])
        .collect();
    (
        Pixels {
            width,
            height,
            rgba,
        },
        rest,
    )
}

fn keep(path: &str, pixels: &Pixels) {
    let mut bytes = format!("P6\n{} {}\n255\n", pixels.width, pixels.height).into_bytes();
    for pixel in pixels.rgba.chunks(4) {
        bytes.extend(&pixel[0..3]);
    }
    std::fs::write(path, bytes).unwrap();
}
