//! What a person chose about the window, and where they worked last. Kept beside no workspace.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use super::route::Route;
use super::theme::Appearance;
use crate::model::Id;

/// The most that « Espaces récents » holds.
const MOST_RECENT: usize = 6;

/// Steps of the zoom, in per cent.
const ZOOMS: [u16; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

/// Preferences; whatever is missing from the file is as at first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Light or dark.
    #[serde(deserialize_with = "known")]
    pub appearance: Appearance,
    /// The size of everything, in per cent, 80 to 200.
    pub zoom: u16,
    /// How the window was left.
    pub window: Frame,
    /// Workspaces, the last one first.
    pub recent: Vec<Recent>,
}

/// Where the window stood, in pixels of the desktop, whatever the zoom.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Frame {
    /// Its width, when it was not maximised.
    pub width: f32,
    /// Its height, when it was not maximised.
    pub height: f32,
    /// Its left and top; none where the desktop does not tell, as Wayland.
    pub at: Option<(f32, f32)>,
    /// Whether it filled the screen.
    pub maximized: bool,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            width: 1280.0,
            height: 800.0,
            at: None,
            maximized: false,
        }
    }
}

impl Frame {
    /// The smallest that the window is.
    pub const SMALLEST: (f32, f32) = (640.0, 420.0);

    /// The same within what a screen may be: a file from elsewhere may say anything, a second screen may be gone.
    #[must_use]
    pub fn sane(self) -> Self {
        let usual = Self::default();
        let within = |value: f32, least: f32, usual: f32| {
            if value.is_finite() && value >= least && value <= 16_000.0 {
                value
            } else {
                usual
            }
        };
        let on_screen =
            |(x, y): &(f32, f32)| (-50.0..8000.0).contains(x) && (-50.0..8000.0).contains(y);
        Self {
            width: within(self.width, Self::SMALLEST.0, usual.width),
            height: within(self.height, Self::SMALLEST.1, usual.height),
            at: self.at.filter(on_screen),
            maximized: self.maximized,
        }
    }
}

/// A workspace that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Where.
    pub folder: PathBuf,
    /// Whose: the authority's name.
    #[serde(default)]
    pub name: String,
    /// The page where one was.
    #[serde(default, deserialize_with = "known")]
    pub place: Option<Route>,
    /// Whose conventions the dashboard shows what is due of; everybody's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<Id>,
    /// When it was last opened.
    #[serde(default)]
    pub opened: Option<NaiveDateTime>,
}

/// A page or a theme that this version does not know is as if none was said: the rest of the preferences stays.
fn known<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            appearance: Appearance::default(),
            zoom: 100,
            window: Frame::default(),
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

    /// Puts a workspace first among the recent ones; answers with how one left it.
    pub fn remember(&mut self, folder: &Path, name: &str, now: NaiveDateTime) -> Option<Recent> {
        let known = self.recent.iter().position(|it| it.folder == folder);
        let left = known.map(|rank| self.recent.remove(rank));
        self.recent.insert(
            0,
            Recent {
                folder: folder.to_owned(),
                name: name.to_owned(),
                place: left.as_ref().and_then(|it| it.place),
                whose: left.as_ref().and_then(|it| it.whose),
                opened: Some(now),
            },
        );
        self.recent.truncate(MOST_RECENT);
        left
    }

    /// Forgets a workspace; its folder stays.
    pub fn forget(&mut self, folder: &Path) {
        self.recent.retain(|recent| recent.folder != folder);
    }

    /// The page where one is in a workspace, and whose conventions its dashboard is about.
    pub fn left_at(&mut self, folder: &Path, place: Route, whose: Option<Id>) {
        if let Some(recent) = self.recent.iter_mut().find(|it| it.folder == folder) {
            recent.place = Some(place);
            recent.whose = whose;
        }
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
    fn a_theme_and_a_page_of_another_version_leave_the_rest() {
        let written = r#"{ "appearance": "sepia", "zoom": 150,
            "recent": [{ "folder": "a", "name": "Valmont", "place": { "missions": 3 } }] }"#;
        let preferences: Preferences = serde_json::from_str(written).unwrap();
        assert_eq!(preferences.appearance, Appearance::System);
        assert_eq!(preferences.zoom, 150);
        let recent = &preferences.recent[0];
        assert_eq!((&*recent.name, recent.place), ("Valmont", None));
    }

    #[test]
    fn the_last_workspace_comes_first_and_once() {
        let mut preferences = Preferences::default();
        for folder in ["a", "b", "a"] {
            preferences.remember(Path::new(folder), folder, NaiveDateTime::default());
        }
        let order: Vec<_> = preferences.recent.iter().map(|it| &*it.name).collect();
        assert_eq!(order, ["a", "b"]);
    }

    #[test]
    fn a_window_comes_back_where_it_was_and_never_out_of_sight() {
        let frame = Frame {
            width: 1100.0,
            height: 700.0,
            at: Some((40.0, 60.0)),
            maximized: true,
        };
        assert_eq!(frame.sane(), frame);

        let lost = Frame {
            width: 3.0,
            height: f32::NAN,
            at: Some((-9000.0, 20.0)),
            maximized: false,
        };
        assert_eq!(lost.sane(), Frame::default());
    }

    #[test]
    fn a_page_of_a_later_version_does_not_lose_the_preferences() {
        let kept = r#"{ "zoom": 125, "recent": [{ "folder": "a", "place": "atlas" }] }"#;
        let preferences: Preferences = serde_json::from_str(kept).unwrap();
        assert_eq!((preferences.zoom, preferences.recent[0].place), (125, None));

        let mut preferences = Preferences::default();
        preferences.remember(Path::new("a"), "A", NaiveDateTime::default());
        preferences.left_at(Path::new("a"), Route::Settings, Some(Id::SINGLE));
        let again: Preferences =
            serde_json::from_str(&serde_json::to_string(&preferences).unwrap()).unwrap();
        assert_eq!(again, preferences);
    }
}
