//! The outline of the lands of the world, for the map of partners: Natural Earth, 1:110 million, without Antarctica.

use std::sync::OnceLock;

/// Rings of land, each point a longitude and a latitude in degrees. A ring that crosses the date line goes on beyond
/// 180° rather than jump back.
#[must_use]
pub fn land() -> &'static [Vec<(f32, f32)>] {
    static LAND: OnceLock<Vec<Vec<(f32, f32)>>> = OnceLock::new();
    LAND.get_or_init(|| {
        // What ships reads: a test sees to it.
        let tenths: Vec<Vec<i16>> =
            serde_json::from_str(include_str!("../../assets/reference/land.json"))
                .unwrap_or_default();
        let degrees = |tenths: i16| f32::from(tenths) / 10.0;
        tenths
            .iter()
            .map(|ring| {
                ring.as_chunks::<2>()
                    .0
                    .iter()
                    .map(|[longitude, latitude]| (degrees(*longitude), degrees(*latitude)))
                    .collect()
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ring_lies_on_the_globe_and_closes() {
        assert!(land().len() > 100);
        for ring in land() {
            assert_eq!(ring.first(), ring.last());
            let jump = |pair: &[(f32, f32)]| (pair[0].0 - pair[1].0).abs() > 180.0;
            assert!(!ring.windows(2).any(jump));
            for (longitude, latitude) in ring {
                assert!(longitude.abs() <= 200.0 && latitude.abs() <= 90.0);
            }
        }
    }
}
