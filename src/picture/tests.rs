//! Images from elsewhere: what is sound comes through, what is not is said.

use proptest::prelude::*;

use super::*;

fn png(image: &image::DynamicImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn pixel(picture: &Picture, x: u32, y: u32) -> [u8; 3] {
    let at = 3 * (y * picture.width + x) as usize;
    picture.rgb[at..at + 3].try_into().unwrap()
}

fn near(found: [u8; 3], wanted: [u8; 3]) {
    let far = found.iter().zip(wanted).any(|(a, b)| a.abs_diff(b) > 6);
    assert!(!far, "{found:?} instead of {wanted:?}");
}

/// A JPEG in four inks, 8 × 8 pixels of cyan, as Adobe's programs write them: coefficients only, one block a component.
fn four_inks() -> Vec<u8> {
    let mut file = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, body: &[u8]| {
        file.extend([0xFF, marker]);
        file.extend((body.len() as u16 + 2).to_be_bytes());
        file.extend(body);
    };
    // Adobe's mark: no transformation, inks are inverted.
    segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x00");
    let mut quantum = vec![0];
    quantum.extend([1_u8; 64]);
    segment(0xDB, &quantum);
    segment(
        0xC0,
        &[
            8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
        ],
    );
    // Differences of up to eleven bits, all codes of four bits; and « end of block », of one bit.
    let mut direct = vec![0x00, 0, 0, 0, 12];
    direct.extend([0; 12]);
    direct.extend(0..12);
    segment(0xC4, &direct);
    let mut rest = vec![0x10, 1];
    rest.extend([0; 15]);
    rest.push(0);
    segment(0xC4, &rest);
    segment(0xDA, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);

    // The mean of a block is 128 + DC / 8. Inverted cyan is 0: DC = -1024, of eleven bits; the others are 255: 1016.
    let mut bits = String::new();
    let mut block = |value: i32, size: usize| {
        let code = if value < 0 {
            value + (1 << size) - 1
        } else {
            value
        };
        bits.push_str(&format!("{size:04b}{code:0size$b}0"));
    };
    block(-1024, 11);
    block(1016, 10);
    block(1016, 10);
    block(1016, 10);
    while !bits.len().is_multiple_of(8) {
        bits.push('1');
    }
    for byte in bits.as_bytes().chunks(8) {
        let byte = u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap();
        file.push(byte);
        if byte == 0xFF {
            file.push(0);
        }
    }
    file.extend([0xFF, 0xD9]);
    file
}

#[test]
fn a_png_comes_through_with_its_opacity_apart() {
    let mut image = image::RgbaImage::from_pixel(4, 3, image::Rgba([10, 20, 30, 255]));
    image.put_pixel(1, 2, image::Rgba([200, 100, 50, 128]));
    let cleaned = read(&png(&image.into())).unwrap();
    let picture = &cleaned.picture;

    assert_eq!((picture.width, picture.height), (4, 3));
    assert_eq!(pixel(picture, 1, 2), [200, 100, 50]);
    assert_eq!(picture.alpha.as_ref().unwrap()[9], 128);
    assert_eq!(cleaned.said, Vec::<String>::new());

    let kept = to_png(picture);
    assert_eq!(read(&kept).unwrap().picture, *picture);
    assert_eq!(to_png(picture), kept);
}

#[test]
fn an_opaque_image_has_no_mask() {
    let image = image::RgbaImage::from_pixel(4, 3, image::Rgba([10, 20, 30, 255]));
    let picture = read(&png(&image.into())).unwrap().picture;
    assert_eq!(picture.alpha, None);
    assert_eq!(read(&to_png(&picture)).unwrap().picture, picture);
}

#[test]
fn sixteen_bits_become_eight() {
    let image = image::ImageBuffer::from_pixel(2, 2, image::Rgb([65_535_u16, 32_896, 0]));
    let picture = read(&png(&image.into())).unwrap().picture;
    assert_eq!(pixel(&picture, 0, 0), [255, 128, 0]);
}

#[test]
fn a_profile_is_followed_and_a_broken_one_is_said() {
    use image::ImageEncoder as _;

    let with_profile = |profile: Vec<u8>| {
        let mut file = Vec::new();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut file);
        encoder.set_icc_profile(profile).unwrap();
        let pixels = [0, 255, 0].repeat(4);
        let color = image::ExtendedColorType::Rgb8;
        encoder.write_image(&pixels, 2, 2, color).unwrap();
        read(&file).unwrap()
    };

    // A middling colour of Adobe RGB is more vivid in sRGB; its green is out of reach.
    let wide = moxcms::ColorProfile::new_adobe_rgb().encode().unwrap();
    let cleaned = with_profile(wide);
    near(pixel(&cleaned.picture, 0, 0), [0, 255, 0]);
    assert!(cleaned.said.is_empty());

    let swapped = {
        let mut profile = moxcms::ColorProfile::new_srgb();
        std::mem::swap(&mut profile.red_colorant, &mut profile.green_colorant);
        profile.cicp = None;
        profile.encode().unwrap()
    };
    near(pixel(&with_profile(swapped).picture, 0, 0), [255, 0, 0]);

    let cleaned = with_profile(vec![7; 200]);
    assert_eq!(pixel(&cleaned.picture, 0, 0), [0, 255, 0]);
    assert!(cleaned.said[0].contains("profil"), "{:?}", cleaned.said);
}

#[test]
fn a_jpeg_in_four_inks_is_converted_and_said() {
    let cleaned = read(&four_inks()).unwrap();
    assert_eq!((cleaned.picture.width, cleaned.picture.height), (8, 8));
    near(pixel(&cleaned.picture, 3, 3), [0, 255, 255]);
    assert!(cleaned.said[0].contains("CMJN"), "{:?}", cleaned.said);
}

#[test]
fn a_jpeg_that_is_cut_is_refused_and_not_painted_grey() {
    let image = image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([4 * x as u8, 4 * y as u8, 7]));
    let mut file = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut file)
        .encode_image(&image)
        .unwrap();
    near(pixel(&read(&file).unwrap().picture, 62, 62), [248, 248, 7]);

    // What a program leaves after the end is no part of the image.
    let longer = [&file[..], b"left by a program"].concat();
    assert_eq!(read(&longer), read(&file));
    for end in [file.len() / 2, file.len() * 3 / 4, file.len() - 2] {
        let refused = read(&file[..end]).unwrap_err();
        assert!(
            refused
                .to_string()
                .contains("JPEG est abîmée ou incomplète"),
            "{refused}"
        );
    }
}

#[test]
fn a_large_image_is_reduced_without_dark_edges() {
    // White where it is opaque, black where it is not: the mean must stay white.
    let image = image::RgbaImage::from_fn(4_000, 1_000, |x, _| {
        if x % 2 == 0 {
            image::Rgba([255, 255, 255, 255])
        } else {
            image::Rgba([0, 0, 0, 0])
        }
    });
    let picture = read(&png(&image.into())).unwrap().picture;
    assert_eq!((picture.width, picture.height), (1_800, 450));
    assert!(picture.rgb.iter().all(|it| *it == 255));
    let alpha = picture.alpha.unwrap();
    let mean: u64 = alpha.iter().map(|it| u64::from(*it)).sum::<u64>() / alpha.len() as u64;
    assert!((126..=129).contains(&mean), "{mean}");
}

#[test]
fn fifty_megapixels_are_refused_from_the_header() {
    let mut file = png(&image::RgbaImage::new(1, 1).into());
    file[16..20].copy_from_slice(&10_000_u32.to_be_bytes());
    file[20..24].copy_from_slice(&5_000_u32.to_be_bytes());
    let mut sum = 0xFFFF_FFFF_u32;
    for byte in &file[12..29] {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    file[29..33].copy_from_slice(&(!sum).to_be_bytes());
    let refused = read(&file).unwrap_err();
    assert_eq!(
        refused,
        PictureError::Large {
            width: 10_000,
            height: 5_000
        }
    );
    assert!(refused.to_string().contains("40 millions"), "{refused}");
}

#[test]
fn what_is_damaged_or_is_no_image_is_said() {
    let whole =
        png(
            &image::RgbaImage::from_fn(40, 40, |x, y| image::Rgba([x as u8, y as u8, 7, 255]))
                .into(),
        );
    let broken = read(&whole[..whole.len() / 2]).unwrap_err();
    assert!(broken.to_string().contains("PNG est abîmée"), "{broken}");
    assert_eq!(read(b"GIF89a"), Err(PictureError::Unknown));
    assert_eq!(read(b""), Err(PictureError::Unknown));
    assert!(matches!(read(b"<svg"), Err(PictureError::Broken { .. })));
    assert!(matches!(
        read(&vec![0; MOST_BYTES + 1]),
        Err(PictureError::Heavy)
    ));
}

fn svg(inside: &str) -> String {
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">{inside}</svg>"##
    )
}

#[test]
fn a_drawing_is_drawn() {
    let cleaned =
        read(svg(r##"<rect width="100" height="100" fill="#1b2a6b"/>"##).as_bytes()).unwrap();
    let picture = cleaned.picture;
    assert_eq!((picture.width, picture.height), (1_400, 700));
    assert_eq!(pixel(&picture, 350, 350), [0x1b, 0x2a, 0x6b]);
    let alpha = picture.alpha.unwrap();
    assert_eq!(
        (alpha[350 * 1_400 + 350], alpha[350 * 1_400 + 1_050]),
        (255, 0)
    );
    assert!(cleaned.said.is_empty());
}

#[test]
fn what_a_drawing_names_or_runs_is_neither_read_nor_kept() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.png");
    let red = image::RgbaImage::from_pixel(20, 20, image::Rgba([255, 0, 0, 255]));
    std::fs::write(&secret, png(&red.into())).unwrap();

    let inside = format!(
        r##"<script>alert(1)</script><image xlink:href="{}" width="200" height="100"/>
        <image href="https://example.org/a.png" width="200" height="100"/>
        <rect width="10" height="10" style="fill:url(https://example.org/b.svg#c)" onclick="go()"/>
        <rect y="50" width="200" height="50" fill="#00ff00"/><text y="20">Valmont</text>"##,
        secret.display()
    );
    let cleaned = read(svg(&inside).as_bytes()).unwrap();
    assert_eq!(pixel(&cleaned.picture, 700, 600), [0, 255, 0]);
    let alpha = cleaned.picture.alpha.as_ref().unwrap();
    assert_eq!(alpha[100 * 1_400 + 1_000], 0, "the file was drawn");
    for word in ["programme", "autres fichiers", "photographie", "texte"] {
        assert!(
            cleaned.said.iter().any(|it| it.contains(word)),
            "{word}: {:?}",
            cleaned.said
        );
    }
}

#[test]
fn an_entity_that_names_a_file_is_not_read() {
    let file = r#"<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc>&x;</desc><path d="M0 0H9V9z"/></svg>"#;
    match read(file.as_bytes()) {
        Ok(cleaned) => assert_eq!(cleaned.picture.width, 1_400),
        Err(refused) => assert!(matches!(refused, PictureError::Broken { .. })),
    }
}

#[test]
fn a_drawing_that_multiplies_itself_is_refused_at_once() {
    let mut uses = String::from(r##"<g id="a0"><path d="M0 0H9V9z"/></g>"##);
    for level in 1..30 {
        let copy = format!(r##"<use href="#a{}"/>"##, level - 1);
        uses.push_str(&format!(r##"<g id="a{level}">{}</g>"##, copy.repeat(10)));
    }
    let deep = format!(
        "{}<path d=\"M0 0H9V9z\"/>{}",
        "<g>".repeat(5_000),
        "</g>".repeat(5_000)
    );
    let many = "<path d=\"M0 0H9V9z\"/>".repeat(6_000);
    let layers = "<g opacity=\".5\"><path d=\"M0 0H9V9z\"/><path d=\"M0 0H9V9z\"/></g>".repeat(80);
    let circle = r##"<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>"##;
    let laughs = format!(
        r#"<!DOCTYPE svg [<!ENTITY a "ha">{}]>{}"#,
        (0..20)
            .map(|it| {
                let name = |it: usize| ["a", "b"].map(|half| format!("{half}{it}"));
                let [one, _] = name(it);
                let before = if it == 0 {
                    "a".to_owned()
                } else {
                    name(it - 1)[0].clone()
                };
                format!(r#"<!ENTITY {one} "{}">"#, format!("&{before};").repeat(10))
            })
            .collect::<String>(),
        svg("<desc>&a19;</desc>")
    );
    let begun = std::time::Instant::now();
    for (name, file) in [
        ("use", svg(&uses)),
        ("deep", svg(&deep)),
        ("many", svg(&many)),
        ("layers", svg(&layers)),
        ("circle", svg(circle)),
        ("laughs", laughs),
        ("filter", svg(r#"<filter id="f"/><path d="M0 0H9V9z"/>"#)),
        ("nothing", svg("")),
    ] {
        assert!(read(file.as_bytes()).is_err(), "{name}");
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn extreme_shapes_are_drawn_or_refused() {
    for size in [
        r#"width="1e30" height="1""#,
        r#"width="0" height="0""#,
        r#"viewBox="0 0 1e-30 1e30""#,
        r#"width="-4" height="9""#,
        r#"width="NaN" height="inf""#,
    ] {
        let file = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M0 0H9V9z"/></svg>"#
        );
        if let Ok(cleaned) = read(file.as_bytes()) {
            assert!(cleaned.picture.width <= 1_400 && cleaned.picture.height <= 1_400);
        }
    }
}

fn sound(bytes: &[u8]) {
    if let Ok(Cleaned { picture, .. }) = read(bytes) {
        let pixels = (picture.width * picture.height) as usize;
        assert!(pixels > 0 && picture.rgb.len() == 3 * pixels);
        assert!(picture.alpha.is_none_or(|alpha| alpha.len() == pixels));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_an_image_or_an_error(
        head in prop::sample::select(vec![&b""[..], b"\x89PNG\r\n\x1a\n", &[0xFF, 0xD8, 0xFF], b"<svg ", b"<?xml "]),
        rest in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        sound(&[head, &rest].concat());
    }

    #[test]
    fn an_image_spoiled_anywhere_is_an_image_or_an_error(
        which in 0..3_usize,
        spoils in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut file = match which {
            0 => png(&image::RgbaImage::from_fn(9, 9, |x, y| image::Rgba([x as u8, y as u8, 9, 99])).into()),
            1 => four_inks(),
            _ => svg(r##"<g opacity=".5"><use href="#a"/></g><path id="a" d="M0 0H9V9z" stroke-dasharray="1" stroke="red"/>"##).into_bytes(),
        };
        for (place, byte) in spoils {
            let place = place.index(file.len());
            file[place] = byte;
        }
        sound(&file);
    }
}
