//! A value that several states of a record have in common.
//!
//! A budget of two thousand lines changes one at a time: its states, the history's and those that are being saved share
//! the others. Reading it is reading the value; changing it copies it first, where something else holds it too.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// See the module. It is written as the value that it holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Whether both hold one value, not only equal ones.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Where the value lies: the same for those that hold one.
    #[must_use]
    pub fn place(&self) -> *const T {
        Arc::as_ptr(&self.0)
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || *self.0 == *other.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changing_one_leaves_the_others_as_they_were() {
        let mut one = Shared::from(vec![1]);
        let other = one.clone();
        assert!(one.is_same(&other));
        one.push(2);
        assert_eq!((&*one, &*other), (&vec![1, 2], &vec![1]));
        assert_ne!(one, other);

        let place = one.place();
        one.push(3);
        assert_eq!(one.place(), place, "alone, it is not copied");
        assert_eq!(one, Shared::from(vec![1, 2, 3]));
    }
}
