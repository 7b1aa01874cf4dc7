//! What a person chose about the window, and where they worked last. Kept beside no workspace.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::theme::Appearance;

/// The most that « Espaces récents » holds.
const MOST_RECENT: usize = 6;

/// Steps of the zoom, in per cent.
const ZOOMS: [u16; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

/// Preferences; whatever is missing from the file is as at first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Light or dark.
    pub appearance: Appearance,
    /// The size of everything, in per cent, 80 to 200.
    pub zoom: u16,
    /// Workspaces, the last one first.
    pub recent: Vec<Recent>,
}

/// A workspace that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Where.
    pub folder: PathBuf,
    /// Whose: the authority's name.
    #[serde(default)]
    pub name: String,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            appearance: Appearance::default(),
            zoom: 100,
            recent: Vec::new(),
        }
    }
}

impl Preferences {
    /// The factor by which everything is drawn; a file from elsewhere may say anything.
    #[must_use]
    pub fn scale(&self) -> f32 {
        f32::from(self.zoom.clamp(80, 200)) / 100.0
    }

    /// One step larger.
    pub fn enlarge(&mut self) {
        let larger = ZOOMS.into_iter().find(|zoom| *zoom > self.zoom);
        self.zoom = larger.unwrap_or(200);
    }

    /// One step smaller.
    pub fn reduce(&mut self) {
        let smaller = ZOOMS.into_iter().rfind(|zoom| *zoom < self.zoom);
        self.zoom = smaller.unwrap_or(80);
    }

    /// Puts a workspace first among the recent ones.
    pub fn remember(&mut self, folder: &Path, name: &str) {
        self.recent.retain(|recent| recent.folder != folder);
        self.recent.insert(
            0,
            Recent {
                folder: folder.to_owned(),
                name: name.to_owned(),
            },
        );
        self.recent.truncate(MOST_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zoom_stays_between_80_and_200() {
        let mut preferences = Preferences::default();
        for _ in 0..20 {
            preferences.enlarge();
        }
        assert_eq!(preferences.zoom, 200);
        for _ in 0..20 {
            preferences.reduce();
        }
        assert_eq!(preferences.zoom, 80);

        preferences.zoom = 9000;
        assert!((preferences.scale() - 2.0).abs() < f32::EPSILON);
    }

    #[test]
    fn the_last_workspace_comes_first_and_once() {
        let mut preferences = Preferences::default();
        for folder in ["a", "b", "a"] {
            preferences.remember(Path::new(folder), folder);
        }
        let order: Vec<_> = preferences.recent.iter().map(|it| &*it.name).collect();
        assert_eq!(order, ["a", "b"]);
    }
}
