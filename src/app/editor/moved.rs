//! Where the caret goes when the text changes under it: where it was in the words.

use std::sync::Arc;

use super::body::{Body, Place};
use super::line::Line;
use super::surface::{after, difference};

/// Where a place of a text is in what the text became.
#[must_use]
pub fn moved(before: &Body, now: &Body, place: Place) -> Place {
    let (old, new) = (before.lines().as_slice(), now.lines().as_slice());
    let same = |(one, other): &(&Arc<Line>, &Arc<Line>)| one.source() == other.source();
    let shortest = old.len().min(new.len());
    let head = old.iter().zip(new).take_while(same).count();
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(shortest - head)
        .take_while(same)
        .count();

    let from_end = old.len().saturating_sub(place.line);
    if place.line < head || from_end <= tail || old.len() == new.len() {
        let line = if place.line < head {
            place.line
        } else {
            new.len() - from_end.min(new.len())
        };
        let (Some(was), Some(is)) = (before.line(place.line), now.line(line)) else {
            return Place::default();
        };
        return Place::new(line, in_line((was, before), (is, now), place.column));
    }

    // Whole paragraphs came or went: it stays in its own if that is there, the nearest of those that say the same.
    let middle_of_new = head..new.len() - tail;
    let own = old.get(place.line).map(|line| line.source());
    let still_there = middle_of_new
        .filter(|rank| {
            own.is_some_and(|own| {
                !own.is_empty() && new.get(*rank).is_some_and(|line| line.source() == own)
            })
        })
        .min_by_key(|rank| rank.abs_diff(place.line));
    if let (Some(line), Some(was)) = (still_there, before.line(place.line)) {
        let is = now.line(line).unwrap_or(was);
        return Place::new(line, in_line((was, before), (is, now), place.column));
    }

    let middle = |lines: &[Arc<Line>]| {
        let lines = lines.get(head..lines.len() - tail).unwrap_or(&[]);
        lines
            .iter()
            .map(|line| line.shown())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let at = in_words(&middle(old), &middle(new), offset(old, head, place));
    let words = middle(new);
    let reached = after(Place::new(head, 0), words.get(..at).unwrap_or(""));

    // The paragraphs where the caret was are gone.
    let last = new.len().saturating_sub(1);
    if reached.line > last {
        return Place::new(last, now.line(last).map_or(0, |line| line.shown().len()));
    }
    reached
}

fn in_line((was, before): (&Line, &Body), (is, now): (&Line, &Body), column: usize) -> usize {
    if was.shown() == is.shown() {
        return column;
    }
    if was.source() == is.source() {
        return is.to_shown(was.to_source(column, before.fields()), now.fields());
    }
    in_words(was.shown(), is.shown(), column)
}

fn in_words(was: &str, is: &str, at: usize) -> usize {
    let (gone, come) = difference(was, is);

    if at <= gone.start {
        at
    } else if at >= gone.end {
        at - gone.end + come.end
    } else {
        come.end
    }
}

/// How far a place is from the beginning of that line.
fn offset(lines: &[Arc<Line>], from: usize, place: Place) -> usize {
    let before: usize = lines
        .iter()
        .take(place.line)
        .skip(from)
        .map(|line| line.shown().len() + 1)
        .sum();
    before + place.column
}
