//! The identifier of an entry of the reference, cheap to copy: a route holds it.
//!
//! Each slug met is kept once for the life of the process: there are a few hundred, and those that a workspace adds.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// See the module.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(&'static str);

static MET: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

impl Slug {
    /// The slug that is written so.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut met = MET.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = met.get(text) {
            return Self(known);
        }
        let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
        met.insert(kept);
        Self(kept)
    }

    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl serde::Serialize for Slug {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Slug {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::of(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writing_is_one_slug() {
        assert_eq!(Slug::of("cuf"), Slug::of(&String::from("cuf")));
        assert_ne!(Slug::of("cuf"), Slug::of("crid"));
        assert_eq!(Slug::of("cuf").as_str(), "cuf");
    }
}
