//! Lists whose order is the convention's: parties, visas, recitals, articles, annexes.

/// Moves the item at that rank one place up or down; answers whether there was one to change places with.
pub fn shift<T>(items: &mut [T], rank: usize, down: bool) -> bool {
    let other = if down {
        rank.checked_add(1)
    } else {
        rank.checked_sub(1)
    };
    match other {
        Some(other) if other < items.len() && rank < items.len() => {
            items.swap(rank, other);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_changes_places_with_its_neighbour_and_stops_at_the_ends() {
        let mut items = ['a', 'b', 'c'];
        assert!(shift(&mut items, 0, true));
        assert_eq!(items, ['b', 'a', 'c']);
        assert!(!shift(&mut items, 2, true) && !shift(&mut items, 0, false));
        assert!(!shift(&mut items, 7, false));
        assert_eq!(items, ['b', 'a', 'c']);
    }
}
