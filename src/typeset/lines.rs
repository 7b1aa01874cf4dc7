//! A paragraph's lines, chosen together: the total-fit method of Knuth and Plass.
//!
//! Every way of breaking the paragraph has a cost: how far its spaces are stretched or shrunk, hyphens, two
//! hyphens running, a tight line beside a loose one, a last line of one syllable. The cheapest way wins. All
//! in integers: ratios are in 1/1024 (*Breaking Paragraphs into Lines*, Software: Practice and Experience
//! 11, 1981; costs follow TeX).

use super::hyphenate::Chance;
use super::shape::{Cluster, Give};

/// One in the ratio of stretch or shrink.
pub(super) const ONE: i64 = 1024;

/// Widths, stretch and shrink from the start of the paragraph to each cluster.
pub(super) struct Sums {
    pub width: Vec<i64>,
    pub stretch: Vec<i64>,
    pub shrink: Vec<i64>,
}

impl Sums {
    pub fn of(clusters: &[Cluster]) -> Self {
        let mut sums = Self {
            width: Vec::with_capacity(clusters.len() + 1),
            stretch: Vec::with_capacity(clusters.len() + 1),
            shrink: Vec::with_capacity(clusters.len() + 1),
        };
        let (mut width, mut stretch, mut shrink) = (0, 0, 0);
        for cluster in clusters {
            sums.width.push(width);
            sums.stretch.push(stretch);
            sums.shrink.push(shrink);
            width += cluster.width;
            stretch += stretch_of(cluster);
            shrink += shrink_of(cluster);
        }
        sums.width.push(width);
        sums.stretch.push(stretch);
        sums.shrink.push(shrink);
        sums
    }
}

/// How far a cluster can grow before it looks loose.
pub(super) fn stretch_of(cluster: &Cluster) -> i64 {
    match cluster.give {
        Give::None => 0,
        Give::Space => cluster.width / 2,
        Give::NoBreak => cluster.width / 4,
        Give::Ideograph => cluster.width / 12,
        Give::Blank => cluster.width / 2,
    }
}

/// How far a cluster can shrink at all: a space by a third, as in TeX.
pub(super) fn shrink_of(cluster: &Cluster) -> i64 {
    match cluster.give {
        Give::None | Give::Ideograph => 0,
        Give::Space => cluster.width / 3,
        Give::NoBreak | Give::Blank => cluster.width / 8,
    }
}

/// The measure that lines are broken to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub first: i64,
    pub others: i64,
    pub justified: bool,
    /// Whether the last line should be about as long as the others, as in a title.
    pub balanced: bool,
    /// Width of the hyphen that a cut word gets.
    pub hyphen: i64,
    /// Below this a last line looks like a crumb; half as much again, where it is the end of a word.
    pub crumb: i64,
}

/// A line: its clusters, and where the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub from: usize,
    /// The end of what is seen.
    pub to: usize,
    /// The end with its spaces.
    pub next: usize,
    pub hyphen: bool,
    /// Whether the paragraph, or a line of the author's, ends here.
    pub last: bool,
}

#[derive(Clone, Copy)]
struct Node {
    /// The chance that ends the line, plus one; 0 is the start.
    chance: u32,
    previous: u32,
    cost: i64,
    fitness: i8,
    hyphen: bool,
}

/// Spaces may not be stretched beyond this at first, with words whole and then cut: it doubles them at most. With it a
/// draft has no more hyphens than typst gives the same text (`benches/beside.py`).
const TIGHT: i64 = 2 * ONE;

/// Chooses the lines. `chances` is in order and ends with the end of the paragraph; `within_words` adds those that most
/// paragraphs do without.
pub(super) fn break_lines(
    sums: &Sums,
    mut chances: Vec<Chance>,
    measure: &Measure,
    within_words: impl FnOnce(&mut Vec<Chance>),
) -> Vec<Line> {
    let total = sums.width.len() - 1;
    if total == 0 || chances.is_empty() {
        return Vec::new();
    }
    if sums.width[total] <= measure.first && !chances[..chances.len() - 1].iter().any(|c| c.forced)
    {
        let to = chances[chances.len() - 1].at as usize;
        return vec![Line {
            from: 0,
            to,
            next: total,
            hyphen: false,
            last: true,
        }];
    }
    if let Some(lines) = attempt(sums, &chances, measure, false, TIGHT) {
        return lines;
    }
    within_words(&mut chances);
    let has_hyphens = chances.iter().any(|chance| chance.hyphen);
    for tolerance in [TIGHT, 5 * ONE, i64::MAX] {
        if !has_hyphens && tolerance == TIGHT && !measure.justified {
            continue;
        }
        if let Some(lines) = attempt(sums, &chances, measure, true, tolerance) {
            return lines;
        }
    }
    Vec::new()
}

fn attempt(
    sums: &Sums,
    chances: &[Chance],
    measure: &Measure,
    hyphens: bool,
    tolerance: i64,
) -> Option<Vec<Line>> {
    let despair = tolerance == i64::MAX;
    let mut nodes = vec![Node {
        chance: 0,
        previous: 0,
        cost: 0,
        fitness: 1,
        hyphen: false,
    }];
    let mut active: Vec<u32> = vec![0];
    let end = chances.len() - 1;

    for (number, chance) in chances.iter().enumerate() {
        if (chance.hyphen || chance.penalty >= 200) && !hyphens {
            continue;
        }
        let last = chance.forced;
        let at = chance.at as usize;
        let mut best: [Option<(i64, u32)>; 4] = [None; 4];
        let mut least: Option<(i64, u32)> = None;
        let mut rescue: Option<u32> = None;

        active.retain(|&node| {
            let from = start_of(chances, nodes[node as usize].chance);
            let width = if from == 0 {
                measure.first
            } else {
                measure.others
            };
            let natural = sums.width[at.max(from)] - sums.width[from]
                + if chance.hyphen { measure.hyphen } else { 0 };
            let ratio = if measure.justified {
                let stretch = sums.stretch[at.max(from)] - sums.stretch[from];
                let shrink = sums.shrink[at.max(from)] - sums.shrink[from];
                justified_ratio(width - natural, stretch, shrink, last)
            } else if natural > width {
                -ONE - 1
            } else if last && !measure.balanced {
                0
            } else {
                (width - natural) * ONE / (width / 5).max(1)
            };
            if ratio < -ONE {
                rescue = Some(node);
                return false;
            }
            let previous = nodes[node as usize];
            let crumb = match (last, previous.hyphen) {
                (true, true) if natural < measure.crumb * 3 / 2 => SYLLABLE,
                (true, false) if natural < measure.crumb => CRUMB,
                _ => 0,
            };
            // Looser lines are tried before the end of a word stands alone.
            let refused = crumb == SYLLABLE && tolerance <= TIGHT;
            if ratio <= tolerance && !refused {
                let fitness = fitness_of(ratio);
                let cost = previous.cost + crumb + cost_of(ratio, chance, last, &previous, fitness);
                let slot = &mut best[fitness as usize];
                if slot.is_none_or(|(known, _)| cost < known) {
                    *slot = Some((cost, node));
                }
                if least.is_none_or(|(known, _)| cost < known) {
                    least = Some((cost, node));
                }
            }
            !last
        });

        // Nothing fits and nothing is left: the last hope takes a line that is too wide, or too loose.
        if active.is_empty() && least.is_none() {
            let node = rescue.filter(|_| despair)?;
            best[1] = Some((nodes[node as usize].cost + 1_000_000_000, node));
            least = best[1];
        }
        let Some((least, _)) = least else { continue };
        for (fitness, found) in best.into_iter().enumerate() {
            let Some((cost, node)) = found.filter(|(cost, _)| *cost <= least + UNLIKE) else {
                continue;
            };
            nodes.push(Node {
                chance: number as u32 + 1,
                previous: node,
                cost,
                fitness: fitness as i8,
                hyphen: chance.hyphen,
            });
            active.push((nodes.len() - 1) as u32);
        }
    }

    let mut node = active
        .into_iter()
        .filter(|&node| nodes[node as usize].chance as usize == end + 1)
        .min_by_key(|&node| (nodes[node as usize].cost, node))?;
    let mut lines = Vec::new();
    while nodes[node as usize].chance != 0 {
        let Node {
            chance, previous, ..
        } = nodes[node as usize];
        let chance = chances[chance as usize - 1];
        let from = start_of(chances, nodes[previous as usize].chance);
        lines.push(Line {
            from,
            to: (chance.at as usize).max(from),
            next: chance.next as usize,
            hyphen: chance.hyphen,
            last: chance.forced,
        });
        node = previous;
    }
    lines.reverse();
    Some(lines)
}

fn start_of(chances: &[Chance], chance: u32) -> usize {
    match chance {
        0 => 0,
        chance => chances[chance as usize - 1].next as usize,
    }
}

/// How far spaces stretch (positive) or shrink; under minus one, the line does not fit.
fn justified_ratio(missing: i64, stretch: i64, shrink: i64, last: bool) -> i64 {
    const LOOSEST: i64 = 20 * ONE;
    if missing >= 0 {
        if last {
            0
        } else if stretch > 0 {
            (missing * ONE / stretch).min(LOOSEST)
        } else if missing == 0 {
            0
        } else {
            LOOSEST
        }
    } else if shrink > 0 {
        (missing * ONE / shrink).max(-2 * ONE)
    } else {
        -2 * ONE
    }
}

const fn fitness_of(ratio: i64) -> i8 {
    if ratio < -ONE / 2 {
        0
    } else if ratio <= ONE / 2 {
        1
    } else if ratio <= ONE {
        2
    } else {
        3
    }
}

/// Lines of unlike density side by side.
const UNLIKE: i64 = 10_000;
/// Two lines running that end with a hyphen: only where the spaces would double otherwise.
const TWO_HYPHENS: i64 = 650_000;
/// A hyphen on the line before the last: the last begins with an end of word.
const LAST_BUT_ONE: i64 = 15_000;
/// A last line so short that it looks like a crumb.
const CRUMB: i64 = 25_000;
/// A last line that is no more than the end of a word: only where a line would gape otherwise.
const SYLLABLE: i64 = 10_000_000;

fn cost_of(ratio: i64, chance: &Chance, last: bool, previous: &Node, fitness: i8) -> i64 {
    let size = ratio.abs().min(20 * ONE);
    let badness = 100 * size * size / ONE * size / ONE / ONE;
    let mut cost = (10 + badness) * (10 + badness) + chance.penalty * chance.penalty;
    if chance.hyphen && previous.hyphen {
        cost += TWO_HYPHENS;
    }
    if last && previous.hyphen {
        cost += LAST_BUT_ONE;
    }
    if (fitness - previous.fitness).abs() > 1 {
        cost += UNLIKE;
    }
    cost
}
