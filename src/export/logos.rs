//! The logos of a document: pieces of the workspace, read again as hostile as the day they came, and once each.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::{Logo, Picture};
use crate::model::{Convention, Id, Key, Lang, Party, Piece, Records};
use crate::picture;
use crate::reference::{Reference, fill};

/// As many as the top of a page holds without crowding.
const MOST: usize = 2;

/// Logos already read, kept from one document to the next.
#[derive(Debug, Default)]
pub struct Logos {
    read: BTreeMap<String, Result<Arc<Picture>, String>>,
}

impl Logos {
    /// The logos at the top of a convention, and why one cannot be shown when it cannot: those of its parties that have
    /// one, in the order in which it names them, two at most. `bytes_of` reads a piece by its hash.
    pub fn of(
        &mut self,
        convention: Id,
        copy_of: Option<&Key>,
        records: &Records,
        reference: &Reference,
        bytes_of: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> (Vec<Logo>, Vec<String>) {
        let signed = records
            .sealed(convention)
            .map(|version| Records::from_snapshot(&version.records));
        let records = signed.as_ref().unwrap_or(records);
        let Some(convention) = records.convention(convention) else {
            return (Vec::new(), Vec::new());
        };

        let mut logos = Vec::new();
        let mut refused = Vec::new();
        for (name, piece) in pieces(convention, copy_of, records) {
            match self.picture(piece, bytes_of) {
                Ok(image) => logos.push(Logo {
                    image,
                    alternative: alternative(name, convention, reference),
                }),
                Err(why) => refused.push(why),
            }
        }
        (logos, refused)
    }

    /// The logo of our own authority, at the top of what is ours alone; the second is why it cannot be shown.
    pub fn ours(
        &mut self,
        records: &Records,
        reference: &Reference,
        bytes_of: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> (Vec<Logo>, Vec<String>) {
        let ours = records.authority();
        let Some(piece) = &ours.logo else {
            return (Vec::new(), Vec::new());
        };
        match self.picture(piece, bytes_of) {
            Ok(image) => {
                let alternative = called(&ours.name.text, &Lang::french(), reference);
                (vec![Logo { image, alternative }], Vec::new())
            }
            Err(why) => (Vec::new(), vec![why]),
        }
    }

    fn picture(
        &mut self,
        piece: &Piece,
        bytes_of: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Arc<Picture>, String> {
        let read = || {
            let bytes = bytes_of(&piece.sha256).ok_or_else(|| {
                format!(
                    "Le logo «\u{a0}{}\u{a0}» n’est plus dans le dossier\u{a0}: le document part sans lui.",
                    piece.file_name
                )
            })?;
            picture::read(&bytes)
                .map(|cleaned| Arc::new(cleaned.picture))
                .map_err(|refused| format!("{refused} Le document part sans ce logo."))
        };
        self.read
            .entry(piece.sha256.clone())
            .or_insert_with(read)
            .clone()
    }
}

/// The logos of the parties, each with the name of whose it is.
fn pieces<'a>(
    convention: &'a Convention,
    copy_of: Option<&Key>,
    records: &'a Records,
) -> Vec<(&'a str, &'a Piece)> {
    let mut parties: Vec<&Party> = convention.parties.iter().collect();
    parties.sort_by_key(|party| Some(&party.key) != copy_of);
    let logo = |party: &Party| match party.partner {
        None => {
            let ours = records.authority();
            Some((ours.name.text.as_str(), ours.logo.as_ref()?))
        }
        Some(partner) => {
            let partner = records.partner(partner)?;
            Some((partner.name.text.as_str(), partner.logo.as_ref()?))
        }
    };
    parties.into_iter().filter_map(logo).take(MOST).collect()
}

fn alternative(name: &str, convention: &Convention, reference: &Reference) -> String {
    let french = Lang::french();
    let lang = convention.languages.first().unwrap_or(&french);
    called(name, lang, reference)
}

fn called(name: &str, lang: &Lang, reference: &Reference) -> String {
    fill(&reference.labels(lang).page.logo_of, &[("name", name)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::model::{Change, Ids, Record};

    fn logo(ids: &mut Ids, hash: &str) -> Piece {
        Piece {
            id: ids.next_id(),
            title: "Logo".to_owned(),
            file_name: format!("{hash}.png"),
            sha256: hash.to_owned(),
            media_type: "image/png".to_owned(),
            bytes: 0,
            kind: None,
            date: None,
        }
    }

    #[test]
    fn the_parties_of_a_copy_show_their_logos_in_its_order_and_one_that_is_gone_is_told() {
        let mut records = demo::records();
        let reference = Reference::shipped();
        let mut ids = Ids::counted(4);
        let draft = records
            .conventions_sorted()
            .find(|it| {
                records.sealed(it.id).is_none()
                    && it.parties.len() == 2
                    && it.parties.iter().any(|party| party.partner.is_none())
            })
            .cloned()
            .unwrap();
        let theirs = draft
            .parties
            .iter()
            .find(|it| it.partner.is_some())
            .unwrap();
        let mut partner = records.partner(theirs.partner.unwrap()).unwrap().clone();
        partner.logo = Some(logo(&mut ids, "theirs"));
        let mut ours = records.authority().clone();
        ours.logo = Some(logo(&mut ids, "ours"));
        records.apply(&Change::create("", Record::Partner(partner.clone())));
        records.apply(&Change::create("", Record::Authority(ours.clone())));

        let pixel = |grey: u8| {
            picture::to_png(&Picture {
                width: 1,
                height: 1,
                rgb: vec![grey; 3],
                alpha: None,
            })
        };
        let bytes = |hash: &str| match hash {
            "ours" => Some(pixel(10)),
            "theirs" => Some(pixel(20)),
            _ => None,
        };
        let mut read = Logos::default();
        let mut greys = |copy_of: Option<&Key>, bytes: &dyn Fn(&str) -> Option<Vec<u8>>| {
            let (logos, refused) = read.of(draft.id, copy_of, &records, reference, bytes);
            let greys: Vec<u8> = logos.iter().map(|logo| logo.image.rgb[0]).collect();
            (greys, refused, logos)
        };
        let (first, _, logos) = greys(None, &bytes);
        let (copy, ..) = greys(Some(&theirs.key), &bytes);
        assert_eq!(copy, [20, 10], "theirs first in their copy");
        assert_eq!(first.len(), 2);
        assert!(logos[0].alternative.contains("Logo"));

        let (none, refused) = Logos::default().of(draft.id, None, &records, reference, &|_| None);
        assert!(none.is_empty());
        assert_eq!(refused.len(), 2);
        assert!(refused[0].contains("n’est plus dans le dossier"));
    }
}
