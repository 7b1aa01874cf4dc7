//! Patterns and circles, by additions and multiplications alone.

use super::Point;

/// How far the lines of a pattern stand from each other.
const APART: f64 = 6.0;

/// The pattern of a series: lines cut to a surface. The first has none; the next have lines that rise, fall, lie,
/// stand, and two ways of these at once; so on with closer lines.
pub(super) fn hatched(corners: &[Point], series: usize) -> Vec<(Point, Point)> {
    type Across = fn(Point) -> f64;
    const RISE: Across = |(x, y)| x + y;
    const FALL: Across = |(x, y)| x - y;
    const LIE: Across = |(_, y)| y;
    const STAND: Across = |(x, _)| x;

    let ways: &[(Across, f64)] = match series % 8 {
        0 => &[],
        1 => &[(RISE, 1.45)],
        2 => &[(LIE, 1.0)],
        3 => &[(FALL, 1.45)],
        4 => &[(STAND, 1.0)],
        5 => &[(RISE, 1.9), (FALL, 1.9)],
        6 => &[(LIE, 1.2), (STAND, 1.2)],
        _ => &[(RISE, 0.8)],
    };
    ways.iter()
        .flat_map(|(across, wider)| lines(corners, *across, APART * wider))
        .collect()
}

/// Lines along which `across` stays the same, so far apart, cut to the inside of a polygon.
fn lines(corners: &[Point], across: fn(Point) -> f64, apart: f64) -> Vec<(Point, Point)> {
    let values = || corners.iter().map(|corner| across(*corner));
    let (least, most) = (
        values().fold(f64::INFINITY, f64::min),
        values().fold(f64::NEG_INFINITY, f64::max),
    );
    let mut lines = Vec::new();
    if !(most - least).is_finite() {
        return lines;
    }
    let mut level = ((least / apart).floor() + 0.5) * apart;
    while level < most {
        let mut crossings = crossings(corners, across, level);
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for pair in crossings.chunks_exact(2) {
            if let [from, to] = pair {
                lines.push((*from, *to));
            }
        }
        level += apart;
    }
    lines
}

/// Where a line crosses the sides of a polygon.
fn crossings(corners: &[Point], across: fn(Point) -> f64, level: f64) -> Vec<Point> {
    let next = corners.iter().cycle().skip(1);
    corners
        .iter()
        .zip(next)
        .filter_map(|(from, to)| {
            let (start, end) = (across(*from), across(*to));
            // A corner on the line belongs to one of its two sides.
            if (start < level) == (end < level) {
                return None;
            }
            let part = (level - start) / (end - start);
            Some((
                from.0 + (to.0 - from.0) * part,
                from.1 + (to.1 - from.1) * part,
            ))
        })
        .collect()
}

/// The place on a circle of radius 1 after that part of a turn, clockwise from the top.
pub(super) fn turned(part: f64) -> Point {
    use std::f64::consts::FRAC_PI_2;

    let part = part - part.floor();
    let quarter = (part * 4.0 + 0.5).floor();
    // Within an eighth of a turn of a quarter, where these series need few terms.
    let angle = (part * 4.0 - quarter) * FRAC_PI_2;
    let square = angle * angle;
    let sine = angle
        * (1.0
            - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0))));
    let cosine =
        1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    match quarter as i32 {
        1 => (cosine, sine),
        2 => (-sine, cosine),
        3 => (-cosine, -sine),
        _ => (sine, -cosine),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_a_circle() {
        for step in 0..360 {
            let part = f64::from(step) / 360.0;
            let (x, y) = turned(part);
            let angle = part * std::f64::consts::TAU;
            assert!(
                (x - angle.sin()).abs() < 1e-6 && (y + angle.cos()).abs() < 1e-6,
                "{step}"
            );
        }
    }

    #[test]
    fn lines_stay_inside() {
        let square = [(10.0, 20.0), (40.0, 20.0), (40.0, 60.0), (10.0, 60.0)];
        for series in 1..8 {
            let lines = hatched(&square, series);
            assert!(lines.len() > 2, "{series}");
            for (x, y) in lines.into_iter().flat_map(|(from, to)| [from, to]) {
                assert!((9.999..40.001).contains(&x) && (19.999..60.001).contains(&y));
            }
        }
        assert!(hatched(&square, 0).is_empty());
        assert!(hatched(&[], 1).is_empty());
        assert!(hatched(&[(f64::NAN, 0.0), (1.0, 1.0)], 1).is_empty());
    }
}
