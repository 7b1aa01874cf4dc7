//! The rules of funders' calls that the department enters itself, when a new year comes.

use iced::Element;
use iced::widget::column;

use super::begun::Several;
use super::fields::Field;
use super::people::{listed, more, one_of};
use super::{Message, Settings};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, columns, section, typed};
use crate::model::{Authority, Call, Currency, Id};
use crate::reference::Reference;

/// Of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asks {
    /// What it is called.
    Label,
    /// The year.
    Year,
    /// The share paid in a least developed country.
    LeastDeveloped,
    /// In another that receives aid.
    Eligible,
    /// In any other.
    Elsewhere,
    /// In several.
    SeveralCountries,
    /// What French authorities bring.
    OwnShare,
    /// What of it is in kind.
    InKind,
    /// What all but the funder bring.
    OthersShare,
    /// The least cost.
    CostFrom,
    /// The highest.
    CostTo,
    /// What else to know.
    Note,
    /// Where it was read.
    Source,
    /// When.
    Checked,
}

impl Asks {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Label => "Appel",
            Self::Year => "Année",
            Self::LeastDeveloped => "Part payée au plus, pays moins avancé (%)",
            Self::Eligible => "Part payée au plus, pays éligible à l’APD (%)",
            Self::Elsewhere => "Part payée au plus, pays hors APD (%)",
            Self::SeveralCountries => "Part payée au plus, plusieurs pays (%)",
            Self::OwnShare => "Part des collectivités françaises, au moins (%)",
            Self::InKind => "Nature dans notre apport, au plus (%)",
            Self::OthersShare => "Part de tous sauf le financeur, au moins (%)",
            Self::CostFrom => "Coût du projet, au moins (euros)",
            Self::CostTo => "Coût du projet, au plus (euros)",
            Self::Note => "À savoir",
            Self::Source => "Source",
            Self::Checked => "Lu le",
        }
    }
}

/// What it says of a call.
pub(super) fn say(ours: &Authority, id: Id, part: Asks, reference: &Reference) -> String {
    let Some(call) = ours.calls.iter().find(|it| it.id == id) else {
        return String::new();
    };
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    let euros = |amount| typed::say_amount(amount, &Currency::euro(), reference);
    match part {
        Asks::Label => call.label.clone(),
        Asks::Year => call.year.to_string(),
        Asks::LeastDeveloped => typed::say_whole(call.least_developed),
        Asks::Eligible => typed::say_whole(call.eligible),
        Asks::Elsewhere => typed::say_whole(call.elsewhere),
        Asks::SeveralCountries => typed::say_whole(call.several_countries),
        Asks::OwnShare => typed::say_whole(call.own_share),
        Asks::InKind => typed::say_whole(call.in_kind),
        Asks::OthersShare => typed::say_whole(call.others_share),
        Asks::CostFrom => euros(call.cost_from),
        Asks::CostTo => euros(call.cost_to),
        Asks::Note => words(&call.note),
        Asks::Source => words(&call.source),
        Asks::Checked => typed::say_day(Some(call.checked)),
    }
}

/// Puts that text in it.
pub(super) fn set(
    call: &mut Call,
    part: Asks,
    raw: &str,
    reference: &Reference,
) -> Result<(), String> {
    let euros = || typed::amount(raw, &Currency::euro(), reference);
    match part {
        Asks::Label => raw.trim().clone_into(&mut call.label),
        Asks::Year => call.year = super::fields::year(raw)?,
        Asks::LeastDeveloped => call.least_developed = percent(raw)?,
        Asks::Eligible => call.eligible = percent(raw)?,
        Asks::Elsewhere => call.elsewhere = percent(raw)?,
        Asks::SeveralCountries => call.several_countries = percent(raw)?,
        Asks::OwnShare => call.own_share = percent(raw)?,
        Asks::InKind => call.in_kind = percent(raw)?,
        Asks::OthersShare => call.others_share = percent(raw)?,
        Asks::CostFrom => call.cost_from = euros()?,
        Asks::CostTo => call.cost_to = euros()?,
        Asks::Note => call.note = typed::optional(raw),
        Asks::Source => call.source = typed::optional(raw),
        Asks::Checked => {
            call.checked = typed::day(raw)?.ok_or("Indiquez le jour où la notice a été lue.")?;
        }
    }
    Ok(())
}

/// A percentage, its sign or not; none when nothing is typed.
fn percent(raw: &str) -> Result<Option<u16>, String> {
    let wrong = || "Écrivez un nombre entier de 0 à 100.".to_owned();
    let figures = raw.trim().trim_end_matches('%');
    let percent = typed::whole::<u16>(figures).map_err(|_| wrong())?;
    match percent {
        Some(percent) if percent > 100 => Err(wrong()),
        percent => Ok(percent),
    }
}

impl Settings {
    pub(super) fn calls<'a>(
        &'a self,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let calls = self.ours(session).calls.iter().map(|call| {
            let id = call.id;
            let entry = |part| self.entry(Field::Call(id, part), session, palette);
            let half = |part| Cell::Half(entry(part).into());
            let cells = vec![
                Cell::Half(
                    entry(Asks::Label)
                        .example("MEAE, appels à projets 2026")
                        .into(),
                ),
                half(Asks::Year),
                half(Asks::LeastDeveloped),
                half(Asks::Eligible),
                half(Asks::Elsewhere),
                half(Asks::SeveralCountries),
                half(Asks::OwnShare),
                half(Asks::InKind),
                half(Asks::OthersShare),
                half(Asks::Checked),
                half(Asks::CostFrom),
                half(Asks::CostTo),
                Cell::Wide(entry(Asks::Source).example("adresse de la notice").into()),
                Cell::Wide(entry(Asks::Note).into()),
            ];
            one_of(columns(width, cells), Several::Calls, id, session, palette)
        });
        let none = "Aucun appel n’est saisi ici\u{a0}: ceux que Passerelle connaît se choisissent \
             dans la synthèse de chaque budget, d’où ils se reprennent aussi pour l’année \
             suivante.";
        column![section(
            "Règles des financeurs",
            more("Ajouter un appel", Several::Calls, session, palette),
            listed(calls, none, palette),
            palette,
        )]
        .into()
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::Ids;

    #[test]
    fn what_a_call_asks_is_said_as_it_was_typed_and_a_percentage_has_bounds() {
        let reference = Reference::shipped();
        let today = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        let mut ours = Authority::default();
        let id = Ids::counted(1).next_id();
        ours.calls.push(Call::new(id, 2026, today));
        for (part, raw, said) in [
            (Asks::Label, " MEAE 2026 ", "MEAE 2026"),
            (Asks::Eligible, "50 %", "50"),
            (Asks::CostTo, "1500000", "1\u{202f}500\u{202f}000"),
            (Asks::Checked, "4/2/26", "04/02/2026"),
            (Asks::OwnShare, "10", "10"),
            (Asks::OwnShare, "", ""),
        ] {
            set(&mut ours.calls[0], part, raw, reference).unwrap();
            assert_eq!(say(&ours, id, part, reference), said);
        }
        for wrong in ["101", "-3", "la moitié"] {
            assert!(set(&mut ours.calls[0], Asks::InKind, wrong, reference).is_err());
        }
        assert!(set(&mut ours.calls[0], Asks::Checked, "", reference).is_err());
    }
}
