//! How many findings of each severity there are.

use std::ops::{Add, Sub};

use super::{Finding, Severity};

/// How many findings of each severity nobody answers for; the graver, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Tally {
    /// ▲.
    pub blocking: usize,
    /// ◆.
    pub warning: usize,
    /// ○.
    pub advice: usize,
}

impl Add for Tally {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self {
            blocking: self.blocking + more.blocking,
            warning: self.warning + more.warning,
            advice: self.advice + more.advice,
        }
    }
}

impl Sub for Tally {
    type Output = Self;

    fn sub(self, gone: Self) -> Self {
        Self {
            blocking: self.blocking - gone.blocking,
            warning: self.warning - gone.warning,
            advice: self.advice - gone.advice,
        }
    }
}

impl Tally {
    /// Counts those that nobody answers for.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut tally = Self::default();
        for finding in findings.into_iter().filter(|it| it.set_aside.is_none()) {
            match finding.severity {
                Severity::Blocking => tally.blocking += 1,
                Severity::Warning => tally.warning += 1,
                Severity::Advice => tally.advice += 1,
            }
        }
        tally
    }

    /// The gravest that it counts.
    #[must_use]
    pub const fn worst(self) -> Option<Severity> {
        match self {
            Self { blocking: 1.., .. } => Some(Severity::Blocking),
            Self { warning: 1.., .. } => Some(Severity::Warning),
            Self { advice: 1.., .. } => Some(Severity::Advice),
            _ => None,
        }
    }

    /// Whether it counts nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.worst().is_none()
    }
}
