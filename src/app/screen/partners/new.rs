//! A new partner: its name, what it is, its country. The rest is said on its sheet.

use iced::Task;
use iced::widget::column;

use super::{Kindred, Message, NATURES, countries, nature};
use crate::app::screen::towns::{self, Offers, Town};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Shown, entry, labelled};
use crate::app::widget::{Dialog, quiet, select, strong};
use crate::model::{Name, Nature, Partner};

/// Where the keyboard writes the name.
pub const NAME: &str = "partners.new.name";

/// What is said of a partner that is not there yet.
#[derive(Debug)]
pub(super) struct New {
    name: String,
    fault: Option<&'static str>,
    pub(super) nature: Nature,
    pub(super) country: Option<String>,
    /// The towns that answer its name.
    pub(super) towns: Offers,
    /// The one that it is.
    town: Option<Town>,
}

impl New {
    /// One of those that are looked at.
    pub(super) fn of(kindred: Kindred) -> Self {
        Self {
            name: String::new(),
            fault: None,
            nature: match kindred {
                Kindred::All | Kindred::Authorities => Nature::ForeignAuthority,
                Kindred::Associations => Nature::Association,
                Kindred::Funders => Nature::State,
                Kindred::Posts => Nature::DiplomaticPost,
            },
            country: None,
            towns: Offers::default(),
            town: None,
        }
    }

    /// Its name is typed.
    pub(super) fn name(&mut self, raw: String) -> Task<towns::Message> {
        self.fault = None;
        let look = if self.is_authority() {
            self.towns.look(&raw, self.country.as_deref())
        } else {
            Task::none()
        };
        self.name = raw;
        look
    }

    /// Whether its name may be that of a town.
    const fn is_authority(&self) -> bool {
        matches!(
            self.nature,
            Nature::ForeignAuthority | Nature::FrenchAuthority
        )
    }

    /// The town of that rank is meant: its name can still be made the official one.
    pub(super) fn is_town(&mut self, rank: usize) {
        let Some(town) = self.towns.take(rank) else {
            return;
        };
        self.name = towns::called(&self.name, &town.name);
        self.country = Some(town.country.clone());
        self.town = Some(town);
    }

    /// The partner, once it has a name; without one, says so.
    pub(super) fn partner(&mut self, session: &Session) -> Option<Partner> {
        let name = self.name.trim();
        if name.is_empty() {
            self.fault = Some("Un partenaire a un nom.");
            return None;
        }
        let is_french = matches!(self.nature, Nature::FrenchAuthority | Nature::Association);
        let mut partner = Partner::new(session.fresh_id(), self.nature, Name::new(name));
        partner.country = self
            .country
            .clone()
            .or_else(|| is_french.then(|| "FR".to_owned()));
        let town = self.town.take();
        if let Some(town) = town.filter(|it| partner.country.as_ref() == Some(&it.country)) {
            town.put(&mut partner);
        }
        Some(partner)
    }

    pub(super) fn dialog<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Dialog<'a, Message> {
        let shown = Shown {
            text: self.name.as_str().into(),
            fault: self.fault,
        };
        let natures = NATURES.map(|it| (it, nature(it).to_owned()));
        let content = column![
            entry(
                "Nom officiel, en français",
                shown,
                NAME,
                palette,
                Message::Name
            )
            .example("Commune de Saint-Louis")
            .on_submit(Message::Create)
            .into_list(Message::Towns(towns::INTO)),
            self.is_authority()
                .then(|| self.towns.place(session, palette, Message::Towns)),
            labelled(
                "Nature",
                select(
                    natures,
                    Some(&self.nature),
                    "partners.new.nature",
                    palette,
                    Message::Nature
                ),
                palette
            ),
            labelled(
                "Pays",
                select(
                    countries(session),
                    self.country.as_ref(),
                    "partners.new.country",
                    palette,
                    Message::Country
                ),
                palette
            ),
        ]
        .spacing(14);
        Dialog::new(
            "Nouveau partenaire",
            content,
            [
                strong("Ajouter", palette).on_press(Message::Create),
                quiet("Annuler", palette).on_press(Message::Cancel),
            ],
            Message::Cancel,
            palette,
        )
    }
}
