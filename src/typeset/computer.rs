//! The faces of this computer, for characters that no shipped face has: Yi, Tibetan, emoji in outlines.
//!
//! They are looked for once, when the first such character occurs, and only those whose outlines may stand in a file
//! are kept. Their order is that of their names, so that one computer always chooses alike; another may have others,
//! which is why each use is remarked.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use fontdb::{Database, ID, Source, Style};
use harfrust::font::Blob;
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, MetadataProvider as _, Tag};

use super::fonts::Face;
use super::pages::FontData;

/// A longer file is left alone: the largest collections of Han faces stay below.
const MOST_BYTES: u64 = 96 * 1024 * 1024;
/// More faces than any computer has in use.
const MOST_FACES: usize = 4_000;
/// After so many characters that no face has, none is looked for any more: that is no text.
const MOST_MISSED: usize = 500;

/// Where faces beside the shipped ones come from.
pub(super) enum Folders {
    /// From nowhere.
    None,
    /// From where the system keeps them.
    System,
    /// From that folder.
    One(PathBuf),
}

/// The faces found, each opened when it is needed.
pub(super) struct Computer {
    folders: Folders,
    found: OnceLock<Found>,
    chosen: Mutex<Chosen>,
}

#[derive(Default)]
struct Chosen {
    /// Which face shows a character, by that character and whether it is bold.
    faces: HashMap<(char, bool), Option<usize>>,
    missed: usize,
}

#[derive(Default)]
struct Found {
    database: Database,
    faces: Vec<FoundFace>,
}

struct FoundFace {
    id: ID,
    name: String,
    file: PathBuf,
    index: u32,
    /// How far it is from a regular upright text face, and from a bold one.
    distance: [u16; 2],
    face: OnceLock<Option<Face>>,
}

impl Computer {
    pub fn new(folders: Folders) -> Self {
        Self {
            folders,
            found: OnceLock::new(),
            chosen: Mutex::new(Chosen::default()),
        }
    }

    /// The face of that rank, opened.
    pub fn face(&self, rank: usize) -> Option<&Face> {
        let found = self.found();
        let face = found.faces.get(rank)?;
        face.face.get_or_init(|| found.open(face)).as_ref()
    }

    /// Its PostScript name.
    pub fn name(&self, rank: usize) -> &str {
        let face = self.found().faces.get(rank);
        face.map_or("", |face| &face.name)
    }

    /// The rank of the face that shows `c` best.
    pub fn face_for(&self, c: char, bold: bool) -> Option<usize> {
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = chosen.faces.get(&(c, bold)) {
            return *known;
        }
        if chosen.missed >= MOST_MISSED {
            return None;
        }
        let found = self.found();
        let ranks = found.faces.iter().enumerate();
        let best = ranks
            .filter(|(_, face)| found.has(face, c))
            .min_by_key(|(rank, face)| (face.distance[usize::from(bold)], *rank))
            .map(|(rank, _)| rank);
        chosen.faces.insert((c, bold), best);
        chosen.missed += usize::from(best.is_none());
        best
    }

    fn found(&self) -> &Found {
        self.found.get_or_init(|| {
            let mut database = Database::new();
            match &self.folders {
                Folders::None => return Found::default(),
                Folders::System => database.load_system_fonts(),
                Folders::One(folder) => database.load_fonts_dir(folder),
            }
            let mut faces: Vec<FoundFace> = database.faces().filter_map(FoundFace::of).collect();
            faces.sort_by(|a, b| (&a.name, &a.file, a.index).cmp(&(&b.name, &b.file, b.index)));
            faces.truncate(MOST_FACES);
            Found { database, faces }
        })
    }
}

impl Found {
    /// Whether a face shows `c`, and may.
    fn has(&self, face: &FoundFace, c: char) -> bool {
        let looked = self.database.with_face_data(face.id, |bytes, index| {
            FontRef::from_index(bytes, index).is_ok_and(|font| {
                let glyph = font.charmap().map(c);
                glyph.is_some_and(|glyph| glyph.to_u32() != 0) && may_be_embedded(&font)
            })
        });
        looked.unwrap_or(false)
    }

    fn open(&self, face: &FoundFace) -> Option<Face> {
        let bytes = self
            .database
            .with_face_data(face.id, |bytes, _| Arc::new(bytes.to_vec()))?;
        let data = FontData::Shared(Arc::clone(&bytes));
        Face::new(data, Blob::Shared(bytes), face.index)
    }
}

impl FoundFace {
    fn of(info: &fontdb::FaceInfo) -> Option<Self> {
        let Source::File(file) = &info.source else {
            return None;
        };
        // It is written in the file as a name of PDF, and shown.
        let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name: String = info.post_script_name.chars().filter(plain).collect();
        let far = |wanted: u16| {
            let slanted = u16::from(info.style != Style::Normal) * 2_000;
            let mono = u16::from(info.monospaced) * 4_000;
            info.weight.0.abs_diff(wanted) + slanted + mono
        };
        let short = std::fs::metadata(file).is_ok_and(|it| it.len() <= MOST_BYTES);
        (short && !name.is_empty()).then(|| Self {
            id: info.id,
            name,
            file: file.clone(),
            index: info.index,
            distance: [far(400), far(700)],
            face: OnceLock::new(),
        })
    }
}

/// Whether its outlines are ours to draw, and its maker lets a part of them stand in a file (`fsType` of the table
/// `OS/2`: 2 is « restricted », 0x100 « no subsetting »).
fn may_be_embedded(font: &FontRef<'_>) -> bool {
    const RESTRICTED: u16 = 0x0002;
    const PERMISSIONS: u16 = 0x000F;
    const WHOLE_ONLY: u16 = 0x0100;

    let outlines = [b"glyf", b"CFF "];
    let drawn = outlines
        .iter()
        .any(|tag| font.table_data(Tag::new(tag)).is_some());
    let allowed = font.os2().map_or(0, |os2| os2.fs_type());
    drawn && allowed & PERMISSIONS != RESTRICTED && allowed & WHOLE_ONLY == 0
}
