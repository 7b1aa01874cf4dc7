//! An amount shared by weights, to the last cent.

use super::super::Amount;

/// Shares an amount in proportion to those weights: the parts add up to it, and none is a unit away from its exact
/// share. What does not divide goes to the largest remainders, the first of equal ones first.
///
/// Weights below zero count as nothing; where all do, the first takes everything. No weight, no part.
#[must_use]
pub fn split(amount: Amount, weights: &[i64]) -> Vec<Amount> {
    let weights: Vec<i128> = weights.iter().map(|it| i128::from(*it).max(0)).collect();
    let whole: i128 = weights.iter().sum();
    if whole == 0 {
        let first = std::iter::once(amount).chain(std::iter::repeat(Amount::ZERO));
        return first.take(weights.len()).collect();
    }

    let total = i128::from(amount.0);
    let mut parts: Vec<(i128, i128)> = weights
        .iter()
        .map(|weight| {
            let exact = total * weight;
            (exact.div_euclid(whole), exact.rem_euclid(whole))
        })
        .collect();
    let given: i128 = parts.iter().map(|(part, _)| part).sum();
    let left = usize::try_from(total - given).unwrap_or(0);

    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|rank| std::cmp::Reverse(parts.get(*rank).map(|(_, rest)| *rest)));
    for rank in order.into_iter().take(left) {
        if let Some((part, _)) = parts.get_mut(rank) {
            *part += 1;
        }
    }
    let amount = |(part, _): (i128, i128)| Amount(i64::try_from(part).unwrap_or(i64::MAX));
    parts.into_iter().map(amount).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(amount: i64, weights: &[i64]) -> Vec<i64> {
        split(Amount(amount), weights)
            .iter()
            .map(|it| it.0)
            .collect()
    }

    #[test]
    fn cents_that_do_not_divide_go_to_the_largest_remainders() {
        assert_eq!(parts(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(parts(100, &[1, 2]), [33, 67]);
        assert_eq!(parts(-100, &[1, 1, 1]).iter().sum::<i64>(), -100);
        assert_eq!(parts(500, &[60, 40]), [300, 200]);
        assert_eq!(parts(500, &[0, 0]), [500, 0]);
        assert_eq!(parts(500, &[]), [] as [i64; 0]);
    }

    proptest! {
        #[test]
        fn the_parts_add_up(amount in any::<i64>(), weights in proptest::collection::vec(any::<i64>(), 1..8)) {
            let whole: i128 = parts(amount, &weights).into_iter().map(i128::from).sum();
            prop_assert_eq!(whole, i128::from(amount));
        }
    }
}
