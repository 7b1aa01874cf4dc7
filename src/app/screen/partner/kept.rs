//! What each entry of a partner's form says of it, and how what is typed in it is kept.

use super::field::{Field, Office};
use super::spoken::{languages, read_languages};
use crate::app::widget::form::typed;
use crate::model::{
    Association, Coordinates, Id as RecordKey, Lang, Name, OwnName, Partner, RecognitionCheck,
    Signatory, Supervision,
};
use crate::reference::Reference;

/// What an entry says of a partner.
#[must_use]
pub fn say(partner: &Partner, field: Field, reference: &Reference) -> String {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let recognition = partner.recognition.as_ref();
    let association = partner.association.as_ref();
    let supervision = partner.supervision.as_ref();
    match field {
        Field::Name => partner.name.text.clone(),
        Field::ShortName => {
            let short = partner.short_name.as_ref();
            short.map(|it| it.text.clone()).unwrap_or_default()
        }
        Field::OwnName(rank) => {
            let own = partner.names.get(rank);
            own.map(|it| it.text.clone()).unwrap_or_default()
        }
        Field::Kind => said(&partner.kind),
        Field::Seat => said(&partner.seat),
        Field::Town => said(&partner.town),
        Field::Assembly => {
            let assembly = partner.assembly.as_ref();
            assembly.map(|it| it.text.clone()).unwrap_or_default()
        }
        Field::AuthorisingOfficer => said(&partner.authorising_officer),
        Field::Languages => languages(&partner.languages, reference),
        Field::Population => typed::say_whole(partner.population),
        Field::Coordinates => partner.coordinates.map(point).unwrap_or_default(),
        Field::OwnLaw => said(&partner.own_law),
        Field::Supervisor => supervision
            .map(|it| said(&it.authority))
            .unwrap_or_default(),
        Field::SupervisionBasis => supervision.map(|it| said(&it.basis)).unwrap_or_default(),
        Field::RecognitionDate => typed::say_day(recognition.map(|it| it.date)),
        Field::RecognitionBy => recognition.map(|it| it.by.clone()).unwrap_or_default(),
        Field::RecognitionResult => recognition.map(|it| it.result.clone()).unwrap_or_default(),
        Field::Siret => association.map(|it| said(&it.siret)).unwrap_or_default(),
        Field::Rna => association.map(|it| said(&it.rna)).unwrap_or_default(),
        Field::Commitment => typed::say_day(association.and_then(|it| it.republican_commitment)),
        Field::Notes => said(&partner.notes),
        Field::Executive(office) => {
            let first = partner.signatories.first();
            first.map(|it| of_signatory(it, office)).unwrap_or_default()
        }
        Field::Signatory(id, office) => {
            let signatory = partner.signatories.iter().find(|it| it.id == id);
            signatory
                .map(|it| of_signatory(it, office))
                .unwrap_or_default()
        }
    }
}

fn of_signatory(signatory: &Signatory, office: Office) -> String {
    match office {
        Office::Name => signatory.name.clone(),
        Office::Function => signatory.function.clone(),
        Office::FunctionThere => signatory.function_there.clone().unwrap_or_default(),
        Office::From => typed::say_day(signatory.from),
        Office::Until => typed::say_day(signatory.until),
        Office::Delegation => signatory.delegation.clone().unwrap_or_default(),
    }
}

/// Puts what is typed in a partner. `fresh` names a signatory that was not there.
///
/// # Errors
/// Why it cannot be kept, in French.
pub fn set(
    partner: &mut Partner,
    field: Field,
    raw: &str,
    fresh: RecordKey,
    reference: &Reference,
) -> Result<(), String> {
    let words = typed::optional(raw);
    match field {
        Field::Name => {
            partner.name.text = typed::required(raw, "Un partenaire a un nom.")?;
        }
        Field::ShortName => partner.short_name = renamed(partner.short_name.take(), words),
        Field::OwnName(rank) => set_own_name(partner, rank, words, reference),
        Field::Kind => partner.kind = words,
        Field::Seat => partner.seat = words,
        Field::Town => partner.town = words,
        Field::Assembly => partner.assembly = renamed(partner.assembly.take(), words),
        Field::AuthorisingOfficer => partner.authorising_officer = words,
        Field::Languages => partner.languages = read_languages(raw, reference)?,
        Field::Population => partner.population = typed::whole(raw)?,
        Field::Coordinates => partner.coordinates = read_point(raw)?,
        Field::OwnLaw => partner.own_law = words,
        Field::Supervisor => {
            partner.supervision.get_or_insert_default().authority = words;
            tidy_supervision(&mut partner.supervision);
        }
        Field::SupervisionBasis => {
            partner.supervision.get_or_insert_default().basis = words;
            tidy_supervision(&mut partner.supervision);
        }
        Field::RecognitionDate => match (typed::day(raw)?, &mut partner.recognition) {
            (Some(date), Some(check)) => check.date = date,
            (Some(date), none) => {
                *none = Some(RecognitionCheck {
                    date,
                    by: String::new(),
                    result: String::new(),
                });
            }
            (None, check) => *check = None,
        },
        Field::RecognitionBy => looked_up(partner)?.by = words.unwrap_or_default(),
        Field::RecognitionResult => looked_up(partner)?.result = words.unwrap_or_default(),
        Field::Siret => {
            let siret = figures(raw, 14, "Un SIRET a 14 chiffres.")?;
            partner.association.get_or_insert_default().siret = siret;
            tidy_association(&mut partner.association);
        }
        Field::Rna => {
            let rna = words.map(|it| it.to_uppercase().replace(char::is_whitespace, ""));
            let is_one = |rna: &String| {
                rna.strip_prefix('W')
                    .is_some_and(|rest| rest.len() == 9 && rest.is_ascii())
            };
            if !rna.as_ref().is_none_or(is_one) {
                return Err("Un numéro RNA est un W et 9 chiffres.".to_owned());
            }
            partner.association.get_or_insert_default().rna = rna;
            tidy_association(&mut partner.association);
        }
        Field::Commitment => {
            let day = typed::day(raw)?;
            partner
                .association
                .get_or_insert_default()
                .republican_commitment = day;
            tidy_association(&mut partner.association);
        }
        Field::Notes => partner.notes = words,
        Field::Executive(office) => {
            if partner.signatories.is_empty() {
                partner.signatories.push(Signatory::new(fresh));
            }
            if let Some(first) = partner.signatories.first_mut() {
                set_signatory(first, office, raw)?;
            }
            let nobody = |it: &Signatory| it.name.is_empty() && it.function.is_empty();
            if partner.signatories.first().is_some_and(nobody) {
                partner.signatories.remove(0);
            }
        }
        Field::Signatory(id, office) => {
            if let Some(signatory) = partner.signatories.iter_mut().find(|it| it.id == id) {
                set_signatory(signatory, office, raw)?;
            }
        }
    }
    Ok(())
}

fn set_signatory(signatory: &mut Signatory, office: Office, raw: &str) -> Result<(), String> {
    match office {
        Office::Name => raw.trim().clone_into(&mut signatory.name),
        Office::Function => raw.trim().clone_into(&mut signatory.function),
        Office::FunctionThere => signatory.function_there = typed::optional(raw),
        Office::From => signatory.from = typed::day(raw)?,
        Office::Until => signatory.until = typed::day(raw)?,
        Office::Delegation => signatory.delegation = typed::optional(raw),
    }
    Ok(())
}

/// A name with another text: its grammar stays, for it was told of the same thing.
fn renamed(name: Option<Name>, text: Option<String>) -> Option<Name> {
    let text = text?;
    Some(match name {
        Some(name) => Name { text, ..name },
        None => Name::new(text),
    })
}

/// The name in a language: one that is emptied goes, the first one typed is in the language of the country.
fn set_own_name(partner: &mut Partner, rank: usize, text: Option<String>, reference: &Reference) {
    match (text, partner.names.get_mut(rank)) {
        (Some(text), Some(own)) => own.text = text,
        (Some(text), None) => {
            let lang = language_there(partner, reference);
            partner.names.push(OwnName { lang, text });
        }
        (None, Some(_)) => {
            partner.names.remove(rank);
        }
        (None, None) => {}
    }
}

/// The first language of a partner's country that is not French, where we know one.
fn language_there(partner: &Partner, reference: &Reference) -> Lang {
    let country = partner.country.as_deref();
    let there = country
        .and_then(|code| reference.country(code))
        .and_then(|country| country.languages.iter().find(|tag| *tag != "fr"));
    Lang::new(there.map_or("und", String::as_str))
}

fn looked_up(partner: &mut Partner) -> Result<&mut RecognitionCheck, String> {
    let asked = "Écrivez d’abord la date de la vérification.";
    partner.recognition.as_mut().ok_or_else(|| asked.to_owned())
}

fn tidy_supervision(supervision: &mut Option<Supervision>) {
    if *supervision == Some(Supervision::default()) {
        *supervision = None;
    }
}

fn tidy_association(association: &mut Option<Association>) {
    if *association == Some(Association::default()) {
        *association = None;
    }
}

/// So many figures, with any space between them.
fn figures(raw: &str, count: usize, reason: &str) -> Result<Option<String>, String> {
    let figures: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    if figures.is_empty() {
        return Ok(None);
    }
    if figures.len() != count || !figures.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(reason.to_owned());
    }
    Ok(Some(figures))
}

/// « 6,497 ; 2,605 »: degrees, north and east positive.
fn point(coordinates: Coordinates) -> String {
    let degrees = |thousandths: i32| {
        let sign = if thousandths < 0 { "-" } else { "" };
        let size = thousandths.unsigned_abs();
        format!("{sign}{},{:03}", size / 1000, size % 1000)
    };
    format!(
        "{} ; {}",
        degrees(coordinates.latitude),
        degrees(coordinates.longitude)
    )
}

fn read_point(raw: &str) -> Result<Option<Coordinates>, String> {
    const REASON: &str =
        "Écrivez la latitude puis la longitude en degrés, par exemple 6,497 ; 2,605.";

    if raw.trim().is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = match raw.split(';').collect::<Vec<_>>() {
        parts if parts.len() == 2 => parts,
        _ => raw.split_whitespace().collect(),
    };
    let [latitude, longitude] = parts.as_slice() else {
        return Err(REASON.to_owned());
    };
    let read = |part: &str, most: f64| {
        let degrees: f64 = part.trim().replace(',', ".").parse().ok()?;
        (degrees.abs() <= most).then(|| (degrees * 1000.0).round() as i32)
    };
    match (read(latitude, 90.0), read(longitude, 180.0)) {
        (Some(latitude), Some(longitude)) => Ok(Some(Coordinates {
            latitude,
            longitude,
        })),
        _ => Err(REASON.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Ids, Nature};

    fn partner() -> Partner {
        let id = Ids::counted(1).next_id();
        let mut partner = Partner::new(id, Nature::ForeignAuthority, Name::new("Commune d’Aného"));
        partner.country = Some("BR".to_owned());
        partner
    }

    fn put(partner: &mut Partner, field: Field, raw: &str) -> Result<String, String> {
        let reference = Reference::shipped();
        let fresh = Ids::counted(2).next_id();
        set(partner, field, raw, fresh, reference)?;
        Ok(say(partner, field, reference))
    }

    #[test]
    fn what_is_typed_is_said_back_in_one_way() {
        let mut partner = partner();
        for (field, raw, said) in [
            (Field::Name, " Commune de Hué ", "Commune de Hué"),
            (Field::ShortName, "Hué", "Hué"),
            (Field::OwnName(0), "Huế", "Huế"),
            (Field::Population, "264 320", "264\u{202f}320"),
            (Field::Coordinates, "6.4969 2.605", "6,497 ; 2,605"),
            (Field::Coordinates, "-0,5;-47,123", "-0,500 ; -47,123"),
            (Field::Languages, "Français; Português, pt, wo", ""),
            (
                Field::Languages,
                "français, Portugais",
                "français, portugais",
            ),
            (Field::Siret, "123 456 789 00012", "12345678900012"),
            (Field::Rna, "w751234567", "W751234567"),
            (Field::Executive(Office::Function), "maire", "maire"),
            (Field::Executive(Office::Name), "Mme X", "Mme X"),
            (Field::RecognitionDate, "3/2/26", "03/02/2026"),
            (Field::RecognitionResult, "reconnue", "reconnue"),
        ] {
            match put(&mut partner, field, raw) {
                Ok(back) => assert_eq!(back, said, "{raw}"),
                Err(_) => assert_eq!(said, "", "{raw}"),
            }
        }
        assert_eq!(partner.names[0].lang, Lang::new("pt"));
        assert_eq!(partner.signatories.len(), 1);
    }

    #[test]
    fn what_is_emptied_leaves_nothing_behind() {
        let mut partner = partner();
        let before = partner.clone();
        for (field, raw) in [
            (Field::ShortName, "Hué"),
            (Field::OwnName(0), "Huế"),
            (Field::Siret, "12345678900012"),
            (Field::Supervisor, "préfet"),
            (Field::RecognitionDate, "03/02/2026"),
            (Field::Executive(Office::Function), "maire"),
        ] {
            put(&mut partner, field, raw).unwrap();
            put(&mut partner, field, "").unwrap();
        }
        assert_eq!(partner, before);
    }

    #[test]
    fn what_says_nothing_is_refused() {
        let mut partner = partner();
        for (field, raw) in [
            (Field::Name, " "),
            (Field::Siret, "123"),
            (Field::Rna, "751234567"),
            (Field::Coordinates, "91 ; 0"),
            (Field::Coordinates, "nord"),
            (Field::RecognitionResult, "reconnue"),
            (Field::Population, "beaucoup"),
        ] {
            assert!(put(&mut partner, field, raw).is_err(), "{raw}");
        }
    }
}
