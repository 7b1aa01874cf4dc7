//! Why a row is refused: every cell of it that is at fault, at once, so that nobody mends one to be told of the next.

use super::{Field, Import};

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column of the cell at fault; none where it is the whole row, or what no column says.
    pub column: Option<usize>,
    /// Why.
    pub reason: String,
}

/// What is wrong with a row, as it is read: nothing so far, perhaps.
#[derive(Debug, Default)]
pub(super) struct Refused(Vec<(Place, String)>);

/// Where something is wrong.
#[derive(Debug, PartialEq)]
enum Place {
    Row,
    Field(Field),
    Column(usize),
}

impl Refused {
    /// For what the row says of that field.
    pub(super) fn at(field: Field, reason: impl Into<String>) -> Self {
        Self(vec![(Place::Field(field), reason.into())])
    }

    /// For its cell of that column.
    pub(super) fn in_column(column: usize, reason: impl Into<String>) -> Self {
        Self(vec![(Place::Column(column), reason.into())])
    }

    /// For the whole of it.
    pub(super) fn whole(reason: impl Into<String>) -> Self {
        Self(vec![(Place::Row, reason.into())])
    }

    /// What was read; what was refused is noted, and nothing taken in its place.
    pub(super) fn hear<T: Default>(&mut self, read: Result<T, Self>) -> T {
        read.unwrap_or_else(|refused| {
            self.note(refused);
            T::default()
        })
    }

    /// That is wrong too; what is said already is not said twice.
    pub(super) fn note(&mut self, Self(faults): Self) {
        for fault in faults {
            if !self.0.contains(&fault) {
                self.0.push(fault);
            }
        }
    }

    /// # Errors
    /// When anything was noted.
    pub(super) fn none(self) -> Result<(), Self> {
        match self.0.as_slice() {
            [] => Ok(()),
            _ => Err(self),
        }
    }

    pub(super) fn faults(self, import: &Import) -> Vec<Fault> {
        let fault = |(place, reason)| Fault {
            column: match place {
                Place::Row => None,
                Place::Field(field) => import.column_of(field),
                Place::Column(column) => Some(column),
            },
            reason,
        };
        self.0.into_iter().map(fault).collect()
    }
}

/// Two things read of a row, or all that is wrong with either.
///
/// # Errors
/// When one of them is refused, or both.
pub(super) fn both<A, B>(
    one: Result<A, Refused>,
    other: Result<B, Refused>,
) -> Result<(A, B), Refused> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(mut refused), Err(also)) => {
            refused.note(also);
            Err(refused)
        }
        (Err(refused), _) | (_, Err(refused)) => Err(refused),
    }
}
