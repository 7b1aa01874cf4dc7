//! Fewer pixels: each new one is the mean of those that it covers, weighed by their opacity.
//!
//! In integers, so that the same image gives the same picture on every machine.

/// Reduces RGBA pixels so that no side is longer than `longest`; leaves alone what is small enough.
pub(super) fn reduce(width: u32, height: u32, rgba: Vec<u8>, longest: u32) -> (u32, u32, Vec<u8>) {
    let side = width.max(height);
    if side <= longest {
        return (width, height, rgba);
    }
    let scaled = |length: u32| {
        let scaled = u64::from(length) * u64::from(longest) / u64::from(side);
        scaled.max(1) as u32
    };
    let (across, down) = (scaled(width), scaled(height));
    let rows = rgba.chunks_exact(4 * width as usize);

    // One row of sums at a time: colour weighed by opacity, opacity, and the weight of both.
    let mut reduced = Vec::with_capacity(4 * across as usize * down as usize);
    let mut sums = vec![[0_u64; 5]; across as usize];
    let mut row_done = 0;
    for (y, row) in (0..).zip(rows) {
        for (place, part) in covered(y, height, down) {
            if place != row_done {
                reduced.extend(sums.iter().flat_map(mean));
                sums.fill([0; 5]);
                row_done = place;
            }
            for (x, pixel) in (0..).zip(row.chunks_exact(4)) {
                add(&mut sums, covered(x, width, across), pixel, part);
            }
        }
    }
    reduced.extend(sums.iter().flat_map(mean));
    (across, down, reduced)
}

/// The one or two new pixels in which an old one lies, along one axis, and how much of it in each.
fn covered(old: u64, from: u32, to: u32) -> impl Iterator<Item = (u64, u64)> {
    let (from, to) = (u64::from(from), u64::from(to));
    // In units of which an old pixel has `to` and a new one `from`.
    let (start, end) = (old * to, (old + 1) * to);
    let first = start / from;
    let border = ((first + 1) * from).min(end);
    let parts = [(first, border - start), (first + 1, end - border)];
    parts
        .into_iter()
        .filter(move |(place, part)| *part > 0 && *place < to)
}

fn add(sums: &mut [[u64; 5]], places: impl Iterator<Item = (u64, u64)>, pixel: &[u8], down: u64) {
    let [red, green, blue, alpha] = *pixel else {
        return;
    };
    for (place, across) in places {
        let Some([r, g, b, a, weight]) = sums.get_mut(place as usize) else {
            continue;
        };
        let part = across * down;
        let opacity = part * u64::from(alpha);
        *r += opacity * u64::from(red);
        *g += opacity * u64::from(green);
        *b += opacity * u64::from(blue);
        *a += opacity;
        *weight += part;
    }
}

fn mean(&[red, green, blue, alpha, weight]: &[u64; 5]) -> [u8; 4] {
    let rounded = |sum: u64, by: u64| match by {
        0 => 0,
        by => ((sum + by / 2) / by) as u8,
    };
    [
        rounded(red, alpha),
        rounded(green, alpha),
        rounded(blue, alpha),
        rounded(alpha, weight),
    ]
}
