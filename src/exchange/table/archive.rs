//! Workbooks are archives. Before a library opens one, all of it is inflated once through a counter, and looked at.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Refusal;
use super::course::Course;

/// The most that a workbook inflates to.
const MOST: u64 = 200 << 20;

/// By how much more than its own length a part inflates, once it is longer than a megabyte: XML that says something
/// shrinks twenty times, at most a hundred.
const RATIO: u64 = 200;

/// The most parts.
const PARTS: usize = 10_000;

/// The steps of the reading that looking through an archive takes.
const STEPS: (u64, u64) = (0, 40);

/// What a workbook is, from the parts that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Ods,
}

/// Counts what an archive inflates to and looks into its XML.
pub(super) fn vet(bytes: &[u8], course: &mut Course<'_>) -> Result<Kind, Refusal> {
    let damaged = |_| Refusal::Damaged("archive illisible".to_owned());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > PARTS {
        return Err(Refusal::Bomb);
    }
    // As it says itself: only how far one is depends on it.
    let said = archive.decompressed_size().unwrap_or_default();
    let said = u64::try_from(said).unwrap_or(MOST).min(MOST);
    let mut kind = None;
    let mut total = 0_u64;
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).map_err(damaged)?;
        if part.encrypted() {
            return Err(Refusal::Password);
        }
        let name = part
            .name()
            .map_err(damaged)?
            .to_lowercase()
            .replace('\\', "/");
        match name.as_str() {
            "xl/workbook.xml" => kind = Some(Kind::Xlsx),
            "content.xml" => kind = kind.or(Some(Kind::Ods)),
            _ => {}
        }
        let shrunk = part.compressed_size();
        let mut scan = Scan::of(&name);
        let mut inflated = 0_u64;
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = part
                .read(&mut piece)
                .map_err(|error| Refusal::Damaged(error.to_string()))?;
            if read == 0 {
                break;
            }
            inflated += read as u64;
            total += read as u64;
            if total > MOST || (inflated > 1 << 20 && inflated / RATIO > shrunk.max(1)) {
                return Err(Refusal::Bomb);
            }
            scan.look(piece.get(..read).unwrap_or_default())?;
            course.reach(STEPS, total, said)?;
        }
    }
    kind.ok_or(Refusal::NotATable)
}

/// What the XML of a part may not say.
struct Scan {
    is_xml: bool,
    counts_strings: bool,
    /// The end of what was seen before, so that a word cut in two is found.
    tail: Vec<u8>,
    begun: bool,
}

impl Scan {
    fn of(name: &str) -> Self {
        Self {
            is_xml: [".xml", ".rels"].iter().any(|end| name.ends_with(end)),
            counts_strings: name.ends_with("sharedstrings.xml"),
            tail: Vec::new(),
            begun: false,
        }
    }

    fn look(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        if !self.is_xml {
            return Ok(());
        }
        let mut seen = std::mem::take(&mut self.tail);
        seen.extend_from_slice(piece);
        if memchr::memmem::find(&seen, b"<!DOCTYPE").is_some()
            || memchr::memmem::find(&seen, b"<!ENTITY").is_some()
            // The same in UTF-16.
            || memchr::memmem::find(&seen, b"<\0!\0D\0O\0C").is_some()
        {
            return Err(Refusal::Entities);
        }
        // The library makes room for as many strings as the part says that it has.
        if self.counts_strings && !self.begun && said_strings(&seen) > 5_000_000 {
            return Err(Refusal::Bomb);
        }
        self.begun = true;
        self.tail = seen.split_off(seen.len().saturating_sub(16));
        Ok(())
    }
}

fn said_strings(beginning: &[u8]) -> u64 {
    const WORD: &[u8] = b"uniqueCount";
    let Some(at) = memchr::memmem::find(beginning, WORD) else {
        return 0;
    };
    let figures = beginning.get(at + WORD.len()..).unwrap_or_default();
    let figures: String = figures
        .iter()
        .take(40)
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    figures
        .parse()
        .unwrap_or(if figures.is_empty() { 0 } else { u64::MAX })
}
