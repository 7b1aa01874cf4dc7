//! Partners looked for by the names that tables give them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{Coordinates, Id, Kind, Partner, Record, Records, distance, fold};

/// Who is known, by any of its names.
#[derive(Default)]
pub struct Known {
    by_name: HashMap<String, Vec<Id>>,
}

/// Two towns of one name so near are one: thousandths of a degree.
const NEAR: i32 = 300;

/// A shorter name is near too many others.
const SHORTEST: usize = 5;

/// From there on two letters may differ.
const LONG: usize = 8;

impl Known {
    /// The partners that there are.
    #[must_use]
    pub fn of(records: &Records) -> Self {
        let mut known = Self::default();
        for record in records.of_kind(Kind::Partner) {
            if let Record::Partner(partner) = record.as_ref() {
                known.add(partner);
            }
        }
        known
    }

    /// One more.
    pub fn add(&mut self, partner: &Partner) {
        let short = partner.short_name.iter().map(|name| name.text.as_str());
        let own = partner.names.iter().map(|name| name.text.as_str());
        let names = [partner.name.text.as_str()]
            .into_iter()
            .chain(short)
            .chain(own);
        for name in names {
            for key in keys(name) {
                let those = self.by_name.entry(key).or_default();
                if !those.contains(&partner.id) {
                    those.push(partner.id);
                }
            }
        }
    }

    /// Those who are called so.
    #[must_use]
    pub fn named(&self, name: &str) -> &[Id] {
        let whole = self.by_name.get(&fold(name));
        let found = whole.or_else(|| keys(name).iter().find_map(|key| self.by_name.get(key)));
        found.map_or(&[], Vec::as_slice)
    }

    /// Who alone is called nearly so: a letter or two apart.
    #[must_use]
    pub fn near(&self, name: &str) -> Option<Id> {
        let mut best: Option<(usize, &[Id])> = None;
        for wanted in keys(name) {
            let length = wanted.chars().count();
            if length < SHORTEST {
                continue;
            }
            let most = if length < LONG { 1 } else { 2 };
            for (known, those) in &self.by_name {
                let Some(far) = distance(known, &wanted, most) else {
                    continue;
                };
                match best {
                    Some((least, _)) if least < far => {}
                    // Two are as near: it may be either.
                    Some((least, others)) if least == far && others != those.as_slice() => {
                        best = Some((far, &[]));
                    }
                    _ => best = Some((far, those)),
                }
            }
        }
        match best {
            Some((_, [one])) => Some(*one),
            _ => None,
        }
    }
}

/// The names of all who may pay: those of partners, our own, and what budgets call their funders.
#[derive(Debug, Clone, Default)]
pub struct Payers(Arc<HashSet<String>>);

impl Payers {
    /// Those that there are.
    #[must_use]
    pub fn of(records: &Records) -> Self {
        let ours = records.authority();
        let ours = std::iter::once(&ours.name).chain(&ours.short_name);
        let mut names: HashSet<String> = ours.flat_map(|name| keys(&name.text)).collect();
        names.extend(Known::of(records).by_name.into_keys());
        let funders = records.budgets().flat_map(|budget| &budget.funders);
        names.extend(funders.map(|funder| fold(funder.key.as_str())));
        names.remove("");
        Self(Arc::new(names))
    }

    /// Whether one of them is called so.
    pub(super) fn has(&self, name: &str) -> bool {
        keys(name).iter().any(|key| self.0.contains(key))
    }
}

/// A name folded, and without what kind of body it says: « Commune de Porto-Novo » is also `porto novo`.
fn keys(name: &str) -> Vec<String> {
    const KINDS: [&str; 15] = [
        "commune",
        "ville",
        "municipalite",
        "mairie",
        "city",
        "town",
        "municipality",
        "municipio",
        "ayuntamiento",
        "stadt",
        "comune",
        "gemeinde",
        "collectivite",
        "region",
        "departement",
    ];
    let whole = fold(name);
    let mut keys = vec![whole.clone()];
    let mut words = whole.split(' ');
    if words.next().is_some_and(|first| KINDS.contains(&first)) {
        let mut rest: Vec<&str> = words.collect();
        while rest.len() > 1
            && rest.first().is_some_and(|word| {
                [
                    "de", "du", "d", "des", "la", "le", "l", "of", "di", "do", "da", "urbaine",
                    "rurale",
                ]
                .contains(word)
            })
        {
            rest.remove(0);
        }
        if !rest.is_empty() {
            keys.push(rest.join(" "));
        }
    }
    keys
}

/// Whether two places may be one: the same within a third of a degree, or one of them not known.
#[must_use]
pub(super) fn may_be_one(one: Option<Coordinates>, other: Option<Coordinates>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            let across = (one.longitude - other.longitude).abs();
            (one.latitude - other.latitude).abs() <= NEAR && across.min(360_000 - across) <= NEAR
        }
        _ => true,
    }
}
