//! What charts say, and that they can be drawn from anything.

use proptest::prelude::*;

use super::*;

fn euros(kind: Kind) -> Chart {
    Chart {
        title: "Essai".to_owned(),
        note: None,
        currency: Currency::euro(),
        kind,
    }
}

fn series(name: &str, amounts: &[i64]) -> Series {
    Series {
        name: name.to_owned(),
        amounts: amounts.iter().map(|it| Amount(*it)).collect(),
        tone: usize::from(name != "Valmont"),
    }
}

fn columns() -> Chart {
    euros(Kind::Columns {
        groups: vec!["2027".to_owned(), "2028".to_owned()],
        series: vec![
            series("Valmont", &[4_640_000, 4_140_000]),
            series("Agence de l’eau", &[1_800_000, 0]),
        ],
    })
}

#[test]
fn a_chart_is_told_in_a_sentence_and_in_a_table() {
    let reference = Reference::shipped();
    let said = columns()
        .described(reference)
        .replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(
        said,
        "Essai. 2027 : 64 400 € (Valmont 46 400 €, Agence de l’eau 18 000 €) ; 2028 : 41 400 € (Valmont 41 400 €)."
    );

    let (head, rows) = columns().table(reference);
    assert_eq!(head, ["", "2027", "2028"]);
    assert_eq!(rows[1], ["Agence de l’eau", "18\u{202f}000", "–"]);
    assert_eq!(rows[2], ["Total", "64\u{202f}400", "41\u{202f}400"]);
}

#[test]
fn what_is_not_known_is_no_zero() {
    let row = |whole| RowOf {
        name: "2025, budget de l’eau".to_owned(),
        whole,
        steps: vec![Amount(50)],
        words: "assiette à saisir".to_owned(),
        bounded: false,
    };
    let chart = Chart {
        title: "Essai".to_owned(),
        note: None,
        currency: Currency::euro(),
        kind: Kind::Rows {
            whole: "Plafond".to_owned(),
            steps: vec!["Imputé".to_owned()],
            rows: vec![row(None), row(Some(Amount(7_000)))],
        },
    };
    let (_, rows) = chart.table(Reference::shipped());
    assert_eq!(rows[0][1..], ["inconnu", "0,50"]);
    assert_eq!(rows[1][1..], ["70", "0,50"]);
}

#[test]
fn each_series_has_its_tone_and_its_pattern_and_its_name() {
    let drawing = columns().draw(600.0, Reference::shipped());
    let tones = |tone| {
        let mut marks = drawing.marks.iter();
        marks.any(|it| matches!(it, Mark::Surface { ink: Ink::Tone(it), .. } if *it == tone))
    };
    assert!(tones(0) && tones(1) && !tones(2));
    let words: Vec<&str> = drawing
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Words { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    for word in ["Valmont", "Agence de l’eau", "2027", "64\u{202f}400"] {
        assert!(words.contains(&word), "{word}: {words:?}");
    }
    let patterned = drawing.marks.iter();
    assert!(
        patterned
            .filter(|it| matches!(
                it,
                Mark::Line {
                    ink: Ink::Ground,
                    ..
                }
            ))
            .count()
            > 5
    );
}

#[test]
fn an_svg_file_says_what_it_shows() {
    let drawing = columns().draw(600.0, Reference::shipped());
    let chart = Chart {
        title: "A < B & C".to_owned(),
        note: Some("en euros".to_owned()),
        ..columns()
    };
    let file = svg(&chart, 600.0, Reference::shipped());
    assert!(file.starts_with("<svg xmlns="));
    assert!(file.contains("<title id=\"title\">A &lt; B &amp; C, en euros</title>"));
    assert!(file.contains("<desc id=\"desc\">A &lt; B &amp; C, en euros. 2027"));
    assert!(file.contains(">A &lt; B &amp; C</text>") && file.contains(">en euros</text>"));
    assert_eq!(
        file.matches("<polygon").count(),
        drawing
            .marks
            .iter()
            .filter(|it| matches!(it, Mark::Surface { .. }))
            .count()
    );
    assert!(!file.contains("NaN") && !file.contains("inf"));
}

#[test]
fn tones_are_seen_on_what_they_stand_on() {
    let luminance = |[red, green, blue]: [u8; 3]| {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    };
    let contrast = |one, other| {
        let (one, other): (f64, f64) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    };
    for tone in ON_LIGHT {
        assert!(contrast(tone, [255, 255, 255]) >= 3.0, "{tone:?}");
    }
    for tone in ON_DARK {
        assert!(contrast(tone, [0x1a, 0x1a, 0x24]) >= 3.0, "{tone:?}");
    }
}

fn anything() -> impl Strategy<Value = Kind> {
    let names = || proptest::collection::vec("\\PC{0,40}", 0..9);
    let amounts = || proptest::collection::vec(any::<i64>(), 0..9);
    let columns = (
        names(),
        proptest::collection::vec(("\\PC{0,60}", amounts()), 0..10),
    )
        .prop_map(|(groups, all)| {
            let series = all
                .iter()
                .map(|(name, amounts)| series(name, amounts))
                .collect();
            Kind::Columns { groups, series }
        });
    let ring = proptest::collection::vec(("\\PC{0,60}", any::<i64>()), 0..12).prop_map(|parts| {
        let part = |(name, amount): (String, i64)| Part {
            tone: name.len() % TONES,
            name,
            amount: Amount(amount),
        };
        Kind::Ring(parts.into_iter().map(part).collect())
    });
    let rows =
        proptest::collection::vec(("\\PC{0,60}", any::<i64>(), amounts(), any::<bool>()), 0..9)
            .prop_map(|rows| {
                let row = |(name, whole, steps, bounded): (String, i64, Vec<i64>, bool)| RowOf {
                    words: name.clone(),
                    name,
                    whole: Some(Amount(whole)),
                    steps: steps.into_iter().map(Amount).collect(),
                    bounded,
                };
                Kind::Rows {
                    whole: "Prévu".to_owned(),
                    steps: vec!["Engagé".to_owned(), "Payé".to_owned()],
                    rows: rows.into_iter().map(row).collect(),
                }
            });
    prop_oneof![columns, ring, rows]
}

proptest! {
    /// Whatever the amounts and the names, surfaces stay on the drawing and every number is one.
    #[test]
    fn anything_can_be_drawn(kind in anything(), width in 200.0..1200.0_f64) {
        let chart = euros(kind);
        let reference = Reference::shipped();
        let drawing = chart.draw(width, reference);
        prop_assert!(drawing.height.is_finite() && drawing.height < 2_000.0);
        for mark in &drawing.marks {
            let points = match mark {
                Mark::Surface { corners, .. } => corners.clone(),
                Mark::Line { from, to, .. } => vec![*from, *to],
                Mark::Words { at, .. } => vec![*at],
            };
            for (x, y) in points {
                prop_assert!(x.is_finite() && y.is_finite());
                if matches!(mark, Mark::Surface { ink: Ink::Tone(_), .. }) && matches!(chart.kind, Kind::Rows { .. }) {
                    prop_assert!(x <= width + 400.0 && y <= drawing.height);
                }
            }
        }
        let _ = (chart.described(reference), chart.table(reference), chart.is_empty());
    }
}
