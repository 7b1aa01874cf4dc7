//! `exporter pdf`, `exporter texte`, `exporter budget` and `exporter note`.

use std::collections::BTreeSet;
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::thread;

use super::arguments::Shape;
use super::beside::say_beside;
use super::{Done, Failure, Place, find, print::say};
use crate::document::{self, Logo, State};
use crate::exchange::word;
use crate::export::{self, BudgetFormat, ExportError, Exported, Logos, Reserve, Wanted};
use crate::model::{Change, Convention, Id, Ids, Key, Kind, Lang, VersionReason, keep, quoted};
use crate::picture;
use crate::reference::{Reason, Reference};
use crate::typeset::{self, Fonts};
use crate::workspace::{Access, Holder, Who, Wish, Workspace};

impl From<Shape> for Wanted {
    fn from(shape: Shape) -> Self {
        let signature = shape.definitif.then_some(State::Signature);
        let accepted = [
            shape.cadres.then_some(Reserve::Boxes),
            shape.blancs.then_some(Reserve::Blanks),
        ];
        Self {
            state: shape.etat.map(State::from).or(signature),
            language: shape.langue.as_deref().map(Lang::new),
            side_by_side: shape.colonnes,
            line_numbers: shape.lignes,
            copy_of: shape.exemplaire.as_deref().map(Key::new),
            paper: shape.papier.into(),
            without_annexes: shape.sans_annexes,
            data: shape.donnees,
            accepted: accepted.into_iter().flatten().collect(),
            logos: Vec::new(),
        }
    }
}

pub(super) fn pdf(
    folder: &Path,
    who: &Who,
    id: Option<&str>,
    output: &Path,
    shape: Shape,
    replace: bool,
) -> Result<Done, Failure> {
    let wanted = Wanted::from(shape);
    let mut kit = Kit::new();
    let place = thread::scope(|scope| {
        scope.spawn(|| kit.prepare());
        if wanted.state == Some(State::Vote) {
            to_keep_versions(folder, who)
        } else {
            Place::open(folder, who)
        }
    })?;
    let Some(id) = id else {
        let files = all(&place, output, &wanted, replace, &mut kit);
        keep_versions(&kit.left, &place, folder, who, wanted.state);
        let files = files?;
        return Ok(Done::lines(files.iter().map(|it| it.display().to_string())));
    };

    let convention = convention(&place, id)?;
    can_be(convention, &wanted)?;
    one(&place, convention, output, &wanted, replace, &mut kit)?;
    keep_versions(&kit.left, &place, folder, who, wanted.state);
    // The process ends: the system takes back all at once what would be given back piece by piece.
    mem::forget((place.opened.records, kit));
    Ok(Done::lines([output.display().to_string()]))
}

/// Keeps the texts that left as versions. What goes to the vote was kept before it left, for its number.
///
/// The workspace is opened for writing only when one of them says something new, so that an export made again costs
/// nothing more and holds nobody up. The file has left: what cannot be kept is told, and is no failure.
fn keep_versions(left: &[Id], place: &Place, folder: &Path, who: &Who, state: Option<State>) {
    if state == Some(State::Vote) {
        return;
    }
    let (records, at) = (&place.opened.records, who.now());
    let mut ids = Ids::system();
    let kept = left
        .iter()
        .filter_map(|id| keep(*id, VersionReason::Export, None, records, &mut ids, at));
    let change = Change {
        label: "Garder la version exportée".to_owned(),
        coalescing: None,
        edits: kept.collect(),
    };
    if change.edits.is_empty() {
        return;
    }
    let why = match Workspace::open(folder, Wish::WriteOrRead, who) {
        Ok(opened) => match opened.workspace.access() {
            Access::Reading { held_by } => Some(held(held_by.as_ref())),
            Access::Writing => match opened.workspace.write(&change) {
                Ok(()) => {
                    say_beside(&opened.workspace);
                    None
                }
                Err(error) => Some(error.to_string()),
            },
        },
        Err(error) => Some(error.to_string()),
    };
    if let Some(why) = why {
        let why = why.trim_end_matches('.');
        say(&format!(
            "{why}\u{a0}: le PDF est parti, sa version n’est pas gardée dans l’espace."
        ));
    }
}

/// What is kept from one convention to the next.
pub(super) struct Kit {
    fonts: Fonts,
    logos: Logos,
    /// Those that have left.
    left: Vec<Id>,
}

impl Kit {
    pub(super) fn new() -> Self {
        Self {
            fonts: Fonts::of_this_computer(),
            logos: Logos::default(),
            left: Vec::new(),
        }
    }

    /// Makes ready what any convention wants, while the records are read.
    fn prepare(&self) {
        let french = Lang::french();
        typeset::prepare(&self.fonts, &french);
        Reference::shipped().prepare();
    }

    fn logos(&mut self, place: &Place, convention: &Convention, wanted: &Wanted) -> Vec<Logo> {
        let workspace = &place.opened.workspace;
        let (logos, refused) = self.logos.of(
            convention.id,
            wanted.copy_of.as_ref(),
            &place.opened.records,
            place.reference,
            &|hash| workspace.piece(hash, picture::MOST_BYTES as u64),
        );
        for refused in refused {
            say(&refused);
        }
        logos
    }
}

/// What is submitted to the vote is kept as a version; where nobody may write, it leaves all the same, and that is said.
fn to_keep_versions(folder: &Path, who: &Who) -> Result<Place, Failure> {
    let place = Place::open_as(Wish::WriteOrRead, folder, who)?;
    if let Access::Reading { held_by } = place.opened.workspace.access() {
        let why = held(held_by.as_ref());
        say(&format!(
            "{why}\u{a0}: la version soumise au vote n’y sera pas gardée."
        ));
    }
    Ok(place)
}

/// Why nothing is written in a workspace.
fn held(by: Option<&Holder>) -> String {
    by.map_or_else(
        || "L’espace n’est ouvert qu’en lecture".to_owned(),
        |holder| format!("L’espace est tenu par {holder}"),
    )
}

pub(super) fn text(
    place: &Place,
    id: &str,
    output: &Path,
    shape: Shape,
    replace: bool,
) -> Result<Done, Failure> {
    let extension = output.extension().and_then(|it| it.to_str());
    if !matches!(extension, Some("txt" | "docx")) {
        return Err(Failure::usage(
            "Le fichier de texte se termine par .txt ou .docx.",
        ));
    }
    let convention = convention(place, id)?;
    let wanted = Wanted::from(shape);
    can_be(convention, &wanted)?;

    let document = export::convention_document(
        convention.id,
        &place.opened.records,
        place.reference,
        &wanted,
        place.today,
    )?;
    let bytes = if extension == Some("docx") {
        word::docx(&document).map_err(|error| Failure::fault(error.to_string()))?
    } else {
        document::text(&document).into_bytes()
    };
    export::write_whole(output, &bytes, replace)?;
    Ok(Done::lines([output.display().to_string()]))
}

pub(super) fn budget(
    place: &Place,
    id: &str,
    output: &Path,
    replace: bool,
) -> Result<Done, Failure> {
    let extension = output.extension().and_then(|it| it.to_str());
    let Some(format) = extension.and_then(BudgetFormat::of_extension) else {
        let known: Vec<String> = BudgetFormat::ALL
            .iter()
            .map(|it| format!(".{}", it.extension()))
            .collect();
        return Err(Failure::usage(format!(
            "Un budget s’exporte dans un fichier {}.",
            known.join(", ")
        )));
    };
    let records = &place.opened.records;
    let found = find::record(records, &[Kind::Budget], id)?;
    let budget = records
        .budget(found.record_id().id)
        .ok_or_else(|| Failure::usage("Ce budget n’est plus dans l’espace."))?;

    let workspace = &place.opened.workspace;
    let (logos, refused) = Logos::default().ours(records, place.reference, &|hash| {
        workspace.piece(hash, picture::MOST_BYTES as u64)
    });
    if format == BudgetFormat::Pdf {
        refused.iter().for_each(|why| say(why));
    }
    let bytes = export::budget_file(budget, format, records, place.reference, logos, place.today)?;
    export::write_whole(output, &bytes, replace)?;
    Ok(Done::lines([output.display().to_string()]))
}

pub(super) fn note(
    place: &Place,
    reasons: &[String],
    output: &Path,
    replace: bool,
) -> Result<Done, Failure> {
    let all = place.reference.reasons();
    let chosen: Vec<&Reason> = if reasons.is_empty() {
        all.iter().collect()
    } else {
        let known = |id: &String| {
            all.get(id).ok_or_else(|| {
                let ids: Vec<&str> = all.iter().map(|it| it.id.as_str()).collect();
                Failure::usage(format!(
                    "{} n’est pas une raison d’agir. Il y a\u{a0}: {}.",
                    quoted(id),
                    ids.join(", ")
                ))
            })
        };
        reasons.iter().map(known).collect::<Result<_, _>>()?
    };
    let workspace = &place.opened.workspace;
    let (logos, refused) = Logos::default().ours(&place.opened.records, place.reference, &|hash| {
        workspace.piece(hash, picture::MOST_BYTES as u64)
    });
    refused.iter().for_each(|refused| say(refused));
    let bytes = export::note_pdf(
        &chosen,
        &place.opened.records,
        place.reference,
        logos,
        place.today,
        &Fonts::shipped(),
    )?;
    export::write_whole(output, &bytes, replace)?;
    Ok(Done::lines([output.display().to_string()]))
}

/// Exports every convention into a folder, one file each, and gives which. One that may not leave so is told and left
/// out: the others leave, and the whole fails at the end.
pub(super) fn all(
    place: &Place,
    folder: &Path,
    wanted: &Wanted,
    replace: bool,
    kit: &mut Kit,
) -> Result<Vec<PathBuf>, Failure> {
    fs::create_dir_all(folder).map_err(|source| ExportError::Disk {
        path: folder.to_owned(),
        source,
    })?;

    let mut taken = BTreeSet::new();
    let mut files = Vec::new();
    let mut refused = 0;
    for convention in place.opened.records.conventions_sorted() {
        let path = folder.join(free_name(&export::file_name(convention), &mut taken));
        match one(place, convention, &path, wanted, replace, kit) {
            Ok(()) => files.push(path),
            Err(failure) if failure.code() == Failure::BLOCKED => {
                say(failure.message());
                refused += 1;
            }
            Err(failure) => return Err(failure),
        }
    }
    match refused {
        0 => Ok(files),
        refused => Err(Failure::blocked(format!(
            "Conventions exportées dans {}\u{a0}: {} sur {}\u{202f}; les raisons du reste sont ci-dessus.",
            quoted(&folder.display().to_string()),
            files.len(),
            files.len() + refused
        ))),
    }
}

/// A name that no other convention of the same export has, however the system compares names.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = name.trim_end_matches(".pdf");
    let mut free = name.to_owned();
    let mut number = 2;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{stem} ({number}).pdf");
        number += 1;
    }
    free
}

fn one(
    place: &Place,
    convention: &Convention,
    path: &Path,
    wanted: &Wanted,
    replace: bool,
    kit: &mut Kit,
) -> Result<(), Failure> {
    let wanted = &Wanted {
        logos: kit.logos(place, convention, wanted),
        ..wanted.clone()
    };
    let workspace = &place.opened.workspace;
    let records = &place.opened.records;
    let frozen = if wanted.state == Some(State::Vote) && *workspace.access() == Access::Writing {
        let at = workspace.who().now();
        export::freeze(convention.id, records, at, &mut Ids::system())
    } else {
        None
    };
    let mut numbered = records.clone();
    if let Some(change) = &frozen {
        numbered.apply(change);
    }

    let exported = export::convention_pdf(
        convention.id,
        &numbered,
        place.reference,
        wanted,
        place.today,
        &kit.fonts,
    )?;
    export::write_whole(path, &exported.bytes, replace)?;
    kit.left.push(convention.id);
    if let Some(change) = &frozen {
        workspace.write(change)?;
        say_beside(workspace);
        let version = numbered.versions_of(convention.id).into_iter().next_back();
        if let Some(name) = version.and_then(|version| version.name.as_ref()) {
            say(&format!("{name}\u{a0}: gardée dans l’espace."));
        }
    }
    if exported.state == State::Publication {
        say(&masked(convention, &exported));
    }
    Ok(())
}

/// What was masked, in a sentence.
fn masked(convention: &Convention, exported: &Exported) -> String {
    let told: Vec<String> = exported.masked.iter().map(|it| it.told()).collect();
    let told = if told.is_empty() {
        "rien".to_owned()
    } else {
        told.join(", ")
    };
    format!(
        "{}, à publier\u{a0}: masqué\u{a0}: {told}. Relisez avant de mettre en ligne.",
        quoted(&convention.title)
    )
}

pub(super) fn convention<'a>(place: &'a Place, id: &str) -> Result<&'a Convention, Failure> {
    let records = &place.opened.records;
    let found = find::record(records, &[Kind::Convention], id)?;
    records
        .convention(found.record_id().id)
        .ok_or_else(|| ExportError::Missing.into())
}

/// Whether that one convention has what is asked of it; of all together, each gives what it has.
fn can_be(convention: &Convention, wanted: &Wanted) -> Result<(), Failure> {
    let title = &convention.title;
    if let Some(lang) = &wanted.language
        && !convention.languages.contains(lang)
    {
        return Err(Failure::usage(format!(
            "{} n’est pas écrite en {}.",
            quoted(title),
            quoted(lang.as_str())
        )));
    }
    if wanted.side_by_side && convention.languages.len() < 2 {
        return Err(Failure::usage(format!(
            "{} n’est écrite qu’en une langue\u{a0}: rien à mettre en regard.",
            quoted(title)
        )));
    }
    if let Some(party) = &wanted.copy_of
        && convention.party(party).is_none()
    {
        let keys: Vec<&str> = convention
            .parties
            .iter()
            .map(|it| it.key.as_str())
            .collect();
        return Err(Failure::usage(format!(
            "{} n’a pas de partie {}, mais {}.",
            quoted(title),
            quoted(party.as_str()),
            keys.join(", ")
        )));
    }
    Ok(())
}
