//! Colours, and how plain things wear them.
//!
//! A [`Palette`] is copied into whatever draws. Nothing is told by colour alone, and every pair of ink and
//! ground that a screen uses has a contrast of at least 4.5 (WCAG 2.1, 1.4.3), which a test measures.

use iced::widget::{container, progress_bar, rule, scrollable, text_editor, text_input};
use iced::{Background, Border, Color, Rectangle, Shadow, Theme, color, theme};
use serde::{Deserialize, Serialize};

/// What the person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Appearance {
    /// As the computer.
    #[default]
    System,
    /// Clair.
    Light,
    /// Sombre.
    Dark,
    /// Contraste élevé, on white.
    Contrast,
    /// Contraste élevé, on black.
    DarkContrast,
}

impl Appearance {
    /// All of them, in the order of the choice.
    pub const ALL: [Self; 5] = [
        Self::System,
        Self::Light,
        Self::Dark,
        Self::Contrast,
        Self::DarkContrast,
    ];

    /// Its name on screens.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "Thème du système",
            Self::Light => "Thème clair",
            Self::Dark => "Thème sombre",
            Self::Contrast => "Contraste élevé, fond blanc",
            Self::DarkContrast => "Contraste élevé, fond noir",
        }
    }

    /// The colours, on a computer whose own theme is dark or not.
    #[must_use]
    pub const fn palette(self, system_is_dark: bool) -> Palette {
        match (self, system_is_dark) {
            (Self::Dark, _) | (Self::System, true) => Palette::DARK,
            (Self::Light, _) | (Self::System, false) => Palette::LIGHT,
            (Self::Contrast, _) => Palette::CONTRAST,
            (Self::DarkContrast, _) => Palette::DARK_CONTRAST,
        }
    }
}

/// The colours of a theme, by use, and the screen that they are for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color,
    /// Cards, fields, the navigation.
    pub surface: Color,
    /// Under the pointer, the header of tables.
    pub raised: Color,
    /// Hairlines between things.
    pub line: Color,
    /// The edge of what can be acted on: 3:1 with what is around it.
    pub edge: Color,
    /// Text.
    pub ink: Color,
    /// Text that accompanies.
    pub muted: Color,
    /// Links, what is chosen, the ring of focus.
    pub accent: Color,
    /// Behind what is chosen.
    pub accent_soft: Color,
    /// The ground of the main button.
    pub fill: Color,
    /// Text on [`Self::fill`].
    pub on_fill: Color,
    /// Blocking, damaged, failed.
    pub grave: Color,
    /// Behind it.
    pub grave_soft: Color,
    /// To be looked at.
    pub wary: Color,
    /// Behind it.
    pub wary_soft: Color,
    /// In force, saved.
    pub good: Color,
    /// Behind it.
    pub good_soft: Color,
    /// How many pixels of the screen a logical one is.
    pub scale: f32,
}

impl Palette {
    /// Clair.
    pub const LIGHT: Self = Self {
        ground: color!(0xf6f7f2),
        surface: color!(0xffffff),
        raised: color!(0xeeefe9),
        line: color!(0xdedfd8),
        edge: color!(0x85868f),
        ink: color!(0x1b1b24),
        muted: color!(0x5a5a66),
        accent: color!(0x2c3e9e),
        accent_soft: color!(0xe6eaf8),
        fill: color!(0x2c3e9e),
        on_fill: color!(0xffffff),
        grave: color!(0xa81b1b),
        grave_soft: color!(0xfbe4e2),
        wary: color!(0x804b00),
        wary_soft: color!(0xfdf0d8),
        good: color!(0x1b6a40),
        good_soft: color!(0xdff1e5),
        scale: 1.0,
    };

    /// Sombre.
    pub const DARK: Self = Self {
        ground: color!(0x101018),
        surface: color!(0x1a1a24),
        raised: color!(0x242430),
        line: color!(0x30303e),
        edge: color!(0x74748a),
        ink: color!(0xededf3),
        muted: color!(0xa6a6b6),
        accent: color!(0xa3b1ff),
        accent_soft: color!(0x242a4c),
        fill: color!(0x5866e2),
        on_fill: color!(0xffffff),
        grave: color!(0xff9d96),
        grave_soft: color!(0x431f22),
        wary: color!(0xf2bd6b),
        wary_soft: color!(0x3b2c12),
        good: color!(0x7fd3a0),
        good_soft: color!(0x16352a),
        scale: 1.0,
    };

    /// Contraste élevé, on white: every text at 7:1 or more, every edge drawn.
    pub const CONTRAST: Self = Self {
        ground: color!(0xffffff),
        surface: color!(0xffffff),
        raised: color!(0xf0f0f0),
        line: color!(0x555555),
        edge: color!(0x000000),
        ink: color!(0x000000),
        muted: color!(0x2b2b2b),
        accent: color!(0x001a8c),
        accent_soft: color!(0xe4ebff),
        fill: color!(0x001a8c),
        on_fill: color!(0xffffff),
        grave: color!(0x7a0000),
        grave_soft: color!(0xfff0f0),
        wary: color!(0x593300),
        wary_soft: color!(0xfff5e0),
        good: color!(0x00401c),
        good_soft: color!(0xe9fbef),
        scale: 1.0,
    };

    /// Contraste élevé, on black.
    pub const DARK_CONTRAST: Self = Self {
        ground: color!(0x000000),
        surface: color!(0x000000),
        raised: color!(0x1c1c1c),
        line: color!(0x9a9a9a),
        edge: color!(0xffffff),
        ink: color!(0xffffff),
        muted: color!(0xdddddd),
        accent: color!(0xffe14d),
        accent_soft: color!(0x2b2600),
        fill: color!(0xffe14d),
        on_fill: color!(0x000000),
        grave: color!(0xffb3ad),
        grave_soft: color!(0x3a0000),
        wary: color!(0xffd08a),
        wary_soft: color!(0x332000),
        good: color!(0x9af0bb),
        good_soft: color!(0x00290f),
        scale: 1.0,
    };

    /// The same, on a screen of so many pixels to a logical one.
    #[must_use]
    pub const fn at(self, scale: f32) -> Self {
        Self { scale, ..self }
    }

    /// The nearest place on whole pixels of the screen.
    #[must_use]
    pub fn on_pixels(self, bounds: Rectangle) -> Rectangle {
        let whole = |along: f32| (along * self.scale).round() / self.scale;
        let (x, y) = (whole(bounds.x), whole(bounds.y));
        Rectangle {
            x,
            y,
            width: whole(bounds.x + bounds.width) - x,
            height: whole(bounds.y + bounds.height) - y,
        }
    }

    /// How thick an edge is, in logical pixels: a whole number of those of the screen. Where pixels are smaller than
    /// logical ones there are two of them, of which one is whole wherever a page is scrolled to.
    #[must_use]
    pub fn edge_width(self) -> f32 {
        self.scale.ceil() / self.scale
    }

    /// Whether it is one of those of high contrast.
    fn is_high_contrast(self) -> bool {
        [Self::CONTRAST, Self::DARK_CONTRAST].contains(&self.at(1.0))
    }

    /// Whether its ground is dark.
    pub(super) fn is_dark(self) -> bool {
        self.ground.relative_luminance() < 0.2
    }

    /// The theme that iced's own widgets fall back to.
    #[must_use]
    pub fn theme(self) -> Theme {
        let name = if self.is_dark() { "Sombre" } else { "Clair" };
        Theme::custom(
            name,
            theme::Palette {
                background: self.ground,
                text: self.ink,
                primary: self.fill,
                success: self.good,
                warning: self.wary,
                danger: self.grave,
            },
        )
    }

    /// A plain ground.
    #[must_use]
    pub fn on(self, ground: Color) -> container::Style {
        container::Style {
            background: Some(Background::Color(ground)),
            text_color: Some(self.ink),
            ..container::Style::default()
        }
    }

    /// A card on the ground.
    #[must_use]
    pub fn card(self) -> container::Style {
        container::Style {
            border: Border {
                color: self.line,
                width: 1.0,
                radius: 8.0.into(),
            },
            ..self.on(self.surface)
        }
    }

    /// The card that one came for, among others.
    #[must_use]
    pub fn chosen_card(self) -> container::Style {
        container::Style {
            border: Border {
                color: self.accent,
                width: 2.0,
                radius: 8.0.into(),
            },
            ..self.on(self.surface)
        }
    }

    /// A line between rows.
    #[must_use]
    pub fn hairline(self) -> rule::Style {
        rule::Style {
            color: self.line,
            radius: 0.0.into(),
            fill_mode: rule::FillMode::Full,
            snap: true,
        }
    }

    /// How far work is, along what there is to do.
    #[must_use]
    pub fn progress(self) -> progress_bar::Style {
        progress_bar::Style {
            background: Background::Color(self.surface),
            bar: Background::Color(self.accent),
            border: Border {
                color: self.edge,
                width: self.edge_width(),
                radius: 4.0.into(),
            },
        }
    }

    /// What is told of something that the mouse is over.
    #[must_use]
    pub fn tip(self) -> container::Style {
        container::Style {
            background: Some(Background::Color(self.raised)),
            text_color: Some(self.ink),
            border: Border {
                color: self.edge,
                width: self.edge_width(),
                radius: 4.0.into(),
            },
            ..container::Style::default()
        }
    }

    /// A label on a soft ground; one that is that of what the mouse is over keeps an edge.
    #[must_use]
    pub fn tag(self, ink: Color, ground: Color) -> container::Style {
        container::Style {
            background: Some(Background::Color(ground)),
            text_color: Some(ink),
            border: Border {
                radius: 4.0.into(),
                width: if ground == self.raised { 1.0 } else { 0.0 },
                color: self.line,
            },
            ..container::Style::default()
        }
    }

    /// A field of one line.
    #[must_use]
    pub fn field(self, status: text_input::Status) -> text_input::Style {
        let focused = matches!(status, text_input::Status::Focused { .. });
        text_input::Style {
            background: Background::Color(self.surface),
            border: self.edge_of_field(focused),
            icon: self.muted,
            placeholder: self.muted,
            value: self.ink,
            selection: self.accent_soft,
        }
    }

    /// An entry of a form; a thick edge of that ink says that what it holds is not kept, or is in doubt.
    #[must_use]
    pub fn entry(self, status: text_input::Status, edge: Option<Color>) -> text_input::Style {
        let style = self.field(status);
        let locked = matches!(status, text_input::Status::Disabled);
        text_input::Style {
            background: Background::Color(if locked { self.ground } else { self.surface }),
            border: match edge {
                Some(color) => Border {
                    color,
                    width: 2.0,
                    ..style.border
                },
                None => style.border,
            },
            ..style
        }
    }

    /// A field of several lines.
    #[must_use]
    pub fn area(self, status: text_editor::Status) -> text_editor::Style {
        let focused = matches!(status, text_editor::Status::Focused { .. });
        text_editor::Style {
            background: Background::Color(self.surface),
            border: self.edge_of_field(focused),
            placeholder: self.muted,
            value: self.ink,
            selection: self.accent_soft,
        }
    }

    /// The edge of a field, which shows the focus.
    #[must_use]
    pub fn edge_of_field(self, focused: bool) -> Border {
        Border {
            color: if focused { self.accent } else { self.edge },
            width: match focused {
                true if self.is_high_contrast() => 3.0,
                true => 2.0,
                false => self.edge_width(),
            },
            radius: 6.0.into(),
        }
    }

    /// A thin bar that does not cover what it scrolls.
    #[must_use]
    pub fn scrollable(self, status: scrollable::Status) -> scrollable::Style {
        let active = match status {
            scrollable::Status::Active { .. } => false,
            scrollable::Status::Hovered {
                is_vertical_scrollbar_hovered,
                ..
            } => is_vertical_scrollbar_hovered,
            scrollable::Status::Dragged { .. } => true,
        };
        let rail = scrollable::Rail {
            background: None,
            border: Border::default(),
            scroller: scrollable::Scroller {
                background: Background::Color(if active { self.muted } else { self.edge }),
                border: Border {
                    radius: 3.0.into(),
                    ..Border::default()
                },
            },
        };
        scrollable::Style {
            container: container::Style::default(),
            vertical_rail: rail,
            horizontal_rail: rail,
            gap: None,
            auto_scroll: scrollable::AutoScroll {
                background: Background::Color(self.surface),
                border: Border::default(),
                shadow: Shadow::default(),
                icon: self.muted,
            },
        }
    }
}

#[cfg(test)]
pub(in crate::app) mod tests {
    use super::*;

    pub(in crate::app) fn contrast(one: Color, other: Color) -> f32 {
        let [light, dark] = {
            let mut pair = [one.relative_luminance(), other.relative_luminance()];
            pair.sort_by(|a, b| b.total_cmp(a));
            pair
        };
        (light + 0.05) / (dark + 0.05)
    }

    /// What stands on what on screens.
    fn texts(palette: Palette) -> Vec<(Color, Color)> {
        let grounds = [palette.ground, palette.surface, palette.raised];
        let inks = [
            palette.ink,
            palette.muted,
            palette.accent,
            palette.grave,
            palette.wary,
            palette.good,
        ];
        let mut pairs: Vec<_> = inks
            .into_iter()
            .flat_map(|ink| grounds.into_iter().map(move |ground| (ink, ground)))
            .collect();
        pairs.extend([
            (palette.ink, palette.accent_soft),
            (palette.muted, palette.accent_soft),
            (palette.accent, palette.accent_soft),
            (palette.on_fill, palette.fill),
            (palette.grave, palette.grave_soft),
            (palette.wary, palette.wary_soft),
            (palette.good, palette.good_soft),
            (palette.ink, palette.grave_soft),
            (palette.ink, palette.wary_soft),
            (palette.ink, palette.good_soft),
        ]);
        pairs
    }

    fn legible(palette: Palette, least: f32) {
        for (ink, ground) in texts(palette) {
            let contrast = contrast(ink, ground);
            assert!(contrast >= least, "{ink:?} sur {ground:?} : {contrast}");
        }
    }

    #[test]
    fn every_ink_is_legible_on_its_grounds() {
        legible(Palette::LIGHT, 4.5);
        legible(Palette::DARK, 4.5);
    }

    #[test]
    fn high_contrast_is_seven_to_one() {
        legible(Palette::CONTRAST, 7.0);
        legible(Palette::DARK_CONTRAST, 7.0);
    }

    #[test]
    fn what_can_be_acted_on_has_an_edge_that_shows() {
        for appearance in Appearance::ALL {
            let palette = appearance.palette(false);
            for ground in [palette.ground, palette.surface] {
                for drawn in [palette.edge, palette.accent, palette.grave, palette.fill] {
                    assert!(contrast(drawn, ground) >= 3.0, "{appearance:?} {drawn:?}");
                }
            }
        }
        for palette in [Palette::CONTRAST, Palette::DARK_CONTRAST] {
            assert!(contrast(palette.line, palette.ground) >= 3.0);
        }
    }

    /// The sources of the window, with where they are.
    pub(in crate::app) fn sources() -> Vec<(std::path::PathBuf, String)> {
        let mut left = vec![std::path::PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/src/app"
        ))];
        let mut sources = Vec::new();
        while let Some(path) = left.pop() {
            if path.is_dir() {
                let inside = std::fs::read_dir(&path).unwrap();
                left.extend(inside.map(|entry| entry.unwrap().path()));
            } else {
                let source = std::fs::read_to_string(&path).unwrap();
                sources.push((path, source));
            }
        }
        sources
    }

    #[test]
    fn nothing_is_written_smaller_than_13_pixels() {
        let mut sizes = 0;
        for (path, source) in sources() {
            for after in source.split(".size(").skip(1) {
                let figures: String = after
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                let Ok(size) = figures.trim_end_matches('.').parse::<f32>() else {
                    continue;
                };
                sizes += 1;
                assert!(size >= 13.0, "{} écrit en {size}", path.display());
            }
        }
        assert!(sizes > 50, "{sizes} tailles seulement");
    }
}
