//! Small labels on a soft ground.

use iced::widget::{container, text};
use iced::{Color, Element};

use crate::app::theme::Palette;
use crate::model::Stage;

/// A label of that ink on that ground.
pub fn tag<'a, M: 'a>(
    words: impl Into<String>,
    ink: Color,
    ground: Color,
    palette: Palette,
) -> Element<'a, M> {
    container(text(words.into()).size(13).color(ink))
        .padding([2, 8])
        .style(move |_| palette.tag(ink, ground))
        .into()
}

/// Where a convention stands.
pub fn stage_tag<'a, M: 'a>(stage: Stage, palette: Palette) -> Element<'a, M> {
    let (ink, ground) = match stage {
        Stage::Drafting | Stage::Review => (palette.wary, palette.wary_soft),
        Stage::Voted | Stage::DeliberationTransmitted | Stage::Signed => {
            (palette.accent, palette.accent_soft)
        }
        Stage::InForce => (palette.good, palette.good_soft),
        Stage::Suspended => (palette.grave, palette.grave_soft),
        Stage::Ended => (palette.muted, palette.raised),
    };
    tag(stage.label(), ink, ground, palette)
}
