//! Countries: names in diplomatic use, codes, region, whether aid to them counts, year by year.

use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};

use super::{Message, Resources, SEARCH};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{choice, field, words};
use crate::model::fold;
use crate::reference::{Country, Oda, Reference};

/// The height of a row, in pixels.
pub(super) const ROW: f32 = 56.0;

impl Resources {
    /// The countries that answer the search.
    pub(super) fn select_countries(&mut self, reference: &Reference) {
        let search = fold(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();
        let answers = |country: &&Country| {
            let official = country.official.as_ref().map_or("", |name| &name.text);
            let all = [
                &country.name.text,
                official,
                &country.id,
                &country.iso3,
                &country.region,
            ];
            let all = fold(&all.join(" "));
            words.iter().all(|word| all.contains(word))
        };
        let mut shown: Vec<&Country> = reference
            .countries()
            .iter()
            .filter(answers)
            .filter(|country| !self.only_ours || self.ours.contains(&country.id))
            .collect();
        shown.sort_by_cached_key(|country| crate::model::sort_key(&country.name.text));
        self.countries = shown.iter().map(|country| Slug::of(&country.id)).collect();
        self.list.holds(self.countries.len());
    }

    pub(super) fn countries<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let reference = session.reference();
        let list = self.list.view(
            move |rank| {
                let entry = *self.countries.get(rank)?;
                let country = reference.country(entry.as_str())?;
                let is_ours = self.ours.contains(&country.id);
                let line = self.line(&country.id, line(country, is_ours, palette), palette);
                Some((entry, line))
            },
            Message::Scrolled,
            palette,
        );
        let head = row![
            field(
                &self.search,
                "Nom, code, région…",
                SEARCH,
                palette,
                Message::Search
            )
            .width(280),
            choice("Tous", !self.only_ours, palette).on_press(Message::OnlyOurs(false)),
            choice("Où nous avons un partenaire", self.only_ours, palette)
                .on_press(Message::OnlyOurs(true)),
            text(french::count(
                self.countries.len(),
                "pays ou territoire",
                "pays et territoires"
            ))
            .size(14)
            .color(palette.muted),
        ]
        .spacing(10)
        .align_y(Center);
        column![container(head).padding([0, 6]), list,]
            .spacing(12)
            .into()
    }
}

fn line<'a>(country: &'a Country, is_ours: bool, palette: Palette) -> Element<'a, Message> {
    let official = country
        .official
        .as_ref()
        .filter(|official| official.text != country.name.text);
    let codes = format!("{} · {} · {}", country.id, country.iso3, country.region);
    let under = match official {
        Some(official) => format!("{} · {codes}", official.text),
        None => codes,
    };
    row![
        column![
            row![text(&country.name.text).size(16).font(STRONG)]
                .push(is_ours.then(|| text("● partenaire").size(14).color(palette.accent)))
                .spacing(10)
                .align_y(Center),
            words(under)
                .size(14.0)
                .color(palette.muted)
                .lines(1)
                .width(Fill),
        ]
        .width(Fill)
        .spacing(2)
        .clip(true),
        text(eligibility(country)).size(14).width(330),
    ]
    .spacing(16)
    .padding([0, 8])
    .align_y(Center)
    .height(Fill)
    .into()
}

/// « 2024-2025 : pays moins avancé, à confirmer ».
fn eligibility(country: &Country) -> String {
    if country.oda.is_empty() {
        return "hors de la liste du CAD, à confirmer".to_owned();
    }
    let periods: Vec<_> = country.oda.iter().map(period).collect();
    periods.join("\n")
}

fn period(oda: &Oda) -> String {
    let years = match oda.to {
        Some(to) if to == oda.from => oda.from.to_string(),
        Some(to) => format!("{}-{to}", oda.from),
        None => format!("depuis {}", oda.from),
    };
    let doubt = if oda.confidence.is_verified() {
        ""
    } else {
        ", à confirmer"
    };
    format!("{years}\u{a0}: {}{doubt}", oda.category.label())
}
