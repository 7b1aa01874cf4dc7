//! The towns of the world that answer what is typed, by any of their names: offered under a field, never imposed.
//!
//! They are looked for away from the window's thread, for the first look reads all of them. What is not among them
//! stays as it was typed.

use iced::widget::{Column, Id, column, container, row, text};
use iced::{Center, Element, Fill, Task};

use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{goes_down, row_button, step, words};
use crate::model::{Coordinates, Nature, Partner, fold};
use crate::reference::Towns;

/// How many towns are offered.
const OFFERED: usize = 5;

/// How high the line of a town is, in pixels.
const ROW: f32 = 30.0;

/// How high are what says what they are, and as many towns as are offered.
const HEIGHT: f32 = 24.0 + ROW * OFFERED as f32;

/// The towns that answer.
#[derive(Debug, Default)]
pub struct Offers {
    /// What is looked for now, so that an older answer is dropped.
    asked: u64,
    found: Vec<Town>,
}

/// A town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    /// Its name.
    pub name: String,
    /// The other name by which it was found.
    also: Option<String>,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: String,
    coordinates: Coordinates,
    population: Option<u64>,
}

/// From the field above them, down.
pub const INTO: Message = Message::Step {
    from: None,
    down: true,
};

/// What happens among them.
#[derive(Debug, Clone)]
pub enum Message {
    /// Those answer, of that look.
    Found(u64, Vec<Town>),
    /// That one is meant.
    Choose(usize),
    /// The keyboard moves from that one to the next, or to the one before.
    Step {
        /// From this one, or from the field above them.
        from: Option<usize>,
        /// Down, or up.
        down: bool,
    },
}

impl Offers {
    /// Looks for what was typed, in that country first where it is known.
    pub fn look(&mut self, typed: &str, country: Option<&str>) -> Task<Message> {
        self.asked += 1;
        if typed.trim().is_empty() {
            self.found.clear();
            return Task::none();
        }
        let (_, typed) = parted(typed);
        let (asked, typed, country) = (self.asked, typed.to_owned(), country.map(str::to_owned));
        let look = async move { towns(&typed, country.as_deref()) };
        Task::perform(look, move |found| Message::Found(asked, found))
    }

    /// The answer to a look has come.
    pub fn hear(&mut self, asked: u64, found: Vec<Town>) {
        if asked == self.asked {
            self.found = found;
        }
    }

    /// The one of that rank is meant: nothing more is offered.
    pub fn take(&mut self, rank: usize) -> Option<Town> {
        let town = self.found.get(rank).cloned();
        self.forget();
        town
    }

    /// Something else is being done.
    pub fn forget(&mut self) {
        self.asked += 1;
        self.found.clear();
    }

    /// Where the keyboard goes from the town of that rank, or from the `field` above them.
    #[must_use]
    pub fn step(&self, from: Option<usize>, down: bool, field: Id) -> Id {
        step(from, down, self.found.len()).map_or(field, row_id)
    }

    /// The same where a dialog holds still as towns come and go: as high with none, and then says what comes there.
    pub fn place<'a, M: Clone + 'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
        wrap: impl Fn(Message) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        let offered = self.view(session, palette, wrap).unwrap_or_else(|| {
            text("Les villes qui portent ce nom sont proposées ici, avec leur pays. Rien n’oblige à en choisir une.")
                .size(13)
                .color(palette.muted)
                .into()
        });
        container(offered).height(HEIGHT).into()
    }

    /// What is offered, under the field.
    pub fn view<'a, M: Clone + 'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
        wrap: impl Fn(Message) -> M + Copy + 'a,
    ) -> Option<Element<'a, M>> {
        if self.found.is_empty() {
            return None;
        }
        let lines =
            self.found.iter().enumerate().map(|(rank, town)| {
                let country = session.reference().country(&town.country);
                let mut about = vec![
                    country
                        .map_or(&*town.country, |it| it.name.text.as_str())
                        .to_owned(),
                ];
                about.extend(town.population.map(|count| {
                    format!("{}\u{a0}habitants", french::thousands(&count.to_string()))
                }));
                about.extend(town.also.as_ref().map(|also| format!("aussi {also}")));
                let line = row![
                    text(&town.name).size(15).font(STRONG),
                    words(about.join(" · "))
                        .size(14.0)
                        .lines(1)
                        .color(palette.muted)
                        .width(Fill),
                ]
                .spacing(8)
                .align_y(Center);
                row_button(container(line).center_y(ROW - 10.0), false, palette)
                    .padding([5, 8])
                    .id(row_id(rank))
                    .on_press(wrap(Message::Choose(rank)))
                    .focusable()
                    .on_key(move |key| {
                        goes_down(key).map(|down| {
                            wrap(Message::Step {
                                from: Some(rank),
                                down,
                            })
                        })
                    })
                    .into()
            });
        let offered = column![
            text("Villes de ce nom, d’après GeoNames")
                .size(13)
                .color(palette.muted),
            Column::with_children(lines),
        ]
        .spacing(2);
        Some(offered.into())
    }
}

impl Town {
    /// Puts it in a partner: the town, its country, its place; its inhabitants where the partner is an authority and
    /// nobody counted them.
    pub fn put(self, partner: &mut Partner) {
        let is_authority = matches!(
            partner.nature,
            Nature::ForeignAuthority | Nature::FrenchAuthority
        );
        if is_authority && partner.population.is_none() {
            partner.population = self.population;
        }
        partner.town = Some(self.name);
        partner.country = Some(self.country);
        partner.coordinates = Some(self.coordinates);
    }
}

/// « Ville de », « Commune d’ » at the head of what is typed, where it is there, and the town itself.
fn parted(typed: &str) -> (&str, &str) {
    let typed = typed.trim_start();
    let Some((what, rest)) = typed.split_once(' ') else {
        return ("", typed);
    };
    let is_known = ["ville", "commune", "mairie", "municipalite"].contains(&&*fold(what));
    let rest = rest.to_lowercase();
    let of = ["de ", "d’", "d'"]
        .into_iter()
        .find(|of| rest.starts_with(of));
    match of.filter(|_| is_known) {
        Some(of) => typed.split_at(what.len() + 1 + of.len()),
        None => ("", typed),
    }
}

/// The name under which a town is known, said as it was begun: « Ville d’Aného ».
#[must_use]
pub fn called(typed: &str, town: &str) -> String {
    let (head, _) = parted(typed);
    let Some((what, _)) = head.split_once(' ') else {
        return town.to_owned();
    };
    let is_vowel = fold(town).starts_with(['a', 'e', 'i', 'o', 'u', 'y']);
    let of = if is_vowel { "d’" } else { "de " };
    format!("{what} {of}{town}")
}

fn row_id(rank: usize) -> Id {
    Id::from(format!("towns.{rank}"))
}

/// The towns that answer, those of the country first; those of the world where it has none.
fn towns(typed: &str, country: Option<&str>) -> Vec<Town> {
    let all = Towns::shipped();
    let mut found = match country {
        Some(_) => all.complete(typed, country, OFFERED),
        None => Vec::new(),
    };
    if found.is_empty() {
        found = all.complete(typed, None, OFFERED);
    }
    found
        .into_iter()
        .map(|town| Town {
            name: town.name.to_owned(),
            also: town.also.map(str::to_owned),
            country: town.country.to_owned(),
            coordinates: town.coordinates,
            population: town.population,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Ids, Name};

    #[test]
    fn a_town_is_found_by_any_of_its_names_and_fills_what_is_known_of_it() {
        let town = towns("tourane", None).remove(0);
        assert_eq!(
            (town.name.as_str(), town.country.as_str()),
            ("Da Nang", "VN")
        );

        let id = Ids::counted(1).next_id();
        let mut partner = Partner::new(id, Nature::ForeignAuthority, Name::new("Ville"));
        partner.population = Some(7);
        town.put(&mut partner);
        assert_eq!(partner.town.as_deref(), Some("Da Nang"));
        assert_eq!(partner.country.as_deref(), Some("VN"));
        assert_eq!(partner.population, Some(7), "what was said is kept");
        let place = partner.coordinates.unwrap();
        assert!((15_000..17_000).contains(&place.latitude));
    }

    #[test]
    fn a_town_is_found_behind_what_it_is_and_keeps_it() {
        assert_eq!(parted("Ville de Gm"), ("Ville de ", "Gm"));
        assert_eq!(parted("commune d’An"), ("commune d’", "An"));
        assert_eq!(parted("Villeneuve de Berg"), ("", "Villeneuve de Berg"));
        assert_eq!(parted("Ville"), ("", "Ville"));
        assert_eq!(called("Ville de An", "Aného"), "Ville d’Aného");
        assert_eq!(called("Ville d’Gm", "Gmünd"), "Ville de Gmünd");
        assert_eq!(called("tourane", "Da Nang"), "Da Nang");
    }

    #[test]
    fn the_country_comes_first_and_the_world_where_it_has_none() {
        assert_eq!(towns("vitoria", Some("ES"))[0].country, "ES");
        assert_eq!(towns("porto-novo", Some("VN"))[0].country, "BJ");
        assert!(towns("zzzzqq", None).is_empty());
    }
}
