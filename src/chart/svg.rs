//! A chart as an SVG file: alone, without any font or style from elsewhere, with its title, what must be known to read it
//! and its description.

use std::fmt::Write as _;

use super::{Align, Chart, Ink, Mark, ON_LIGHT, TONES};
use crate::reference::Reference;

/// Around the drawing: the letters of who reads it may be wider than ours.
const EDGE: f64 = 16.0;
/// By how much the letters of usual faces are wider than ours at most: Verdana, DejaVu Sans.
const WIDER: f64 = 1.25;
/// The height of the title and of what stands under it.
const HEAD: f64 = 44.0;

/// The file, for a drawing so wide.
#[must_use]
pub fn svg(chart: &Chart, width: f64, reference: &Reference) -> String {
    let drawing = chart.draw_for(width, WIDER, reference);
    let (width, height) = (
        number(width + 2.0 * EDGE),
        number(drawing.height + HEAD + 2.0 * EDGE),
    );
    let mut file = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"title desc\" font-family=\"Inter, Arial, sans-serif\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
        escaped(&chart.caption()),
        escaped(&chart.described(reference)),
        color(Ink::Ground)
    );
    let words = |(baseline, size, bold, ink), text: &str| Mark::Words {
        at: (EDGE, baseline),
        align: Align::Start,
        size,
        bold,
        text: text.to_owned(),
        ink,
    };
    let title = words((EDGE + 14.0, 16.0, true, Ink::Text), &chart.title);
    write_mark(&mut file, &title);
    if let Some(note) = &chart.note {
        let note = words((EDGE + 32.0, 13.0, false, Ink::Muted), note);
        write_mark(&mut file, &note);
    }
    let (across, down) = (number(EDGE), number(EDGE + HEAD));
    file.push_str(&format!("<g transform=\"translate({across} {down})\">\n"));
    for mark in &drawing.marks {
        write_mark(&mut file, mark);
    }
    file.push_str("</g>\n</svg>\n");
    file
}

fn write_mark(file: &mut String, mark: &Mark) {
    // Writing to a string cannot fail.
    let _ = match mark {
        Mark::Surface { corners, ink } => {
            let points: Vec<String> = corners
                .iter()
                .map(|(x, y)| format!("{},{}", number(*x), number(*y)))
                .collect();
            let (points, fill) = (points.join(" "), color(*ink));
            writeln!(file, "<polygon points=\"{points}\" fill=\"{fill}\"/>")
        }
        Mark::Line {
            from,
            to,
            width,
            ink,
        } => writeln!(
            file,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"{}\"/>",
            number(from.0),
            number(from.1),
            number(to.0),
            number(to.1),
            color(*ink),
            number(*width)
        ),
        Mark::Words {
            at,
            align,
            size,
            bold,
            text,
            ink,
        } => {
            let anchor = match align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            let weight = if *bold { " font-weight=\"600\"" } else { "" };
            writeln!(
                file,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\"{weight} fill=\"{}\">{}</text>",
                number(at.0),
                number(at.1),
                number(*size),
                color(*ink),
                escaped(text)
            )
        }
    };
}

/// To the hundredth, without useless noughts.
fn number(value: f64) -> String {
    let hundredths = (value * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (
        hundredths.unsigned_abs() / 100,
        hundredths.unsigned_abs() % 100,
    );
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        part => format!("{sign}{whole}.{part:02}"),
    }
}

fn color(ink: Ink) -> String {
    let [red, green, blue] = on_paper(ink);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A colour on white paper.
#[must_use]
pub const fn on_paper(ink: Ink) -> [u8; 3] {
    match ink {
        Ink::Text => [0, 0, 0],
        Ink::Muted => [84, 84, 84],
        Ink::Rule => [210, 210, 216],
        Ink::Ground => [255, 255, 255],
        Ink::Track => [236, 237, 242],
        Ink::Tone(tone) => {
            // Indexing of constants is checked by the remainder.
            #[allow(clippy::indexing_slicing)]
            ON_LIGHT[tone % TONES]
        }
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
