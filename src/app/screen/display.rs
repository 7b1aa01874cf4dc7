//! Display and keyboard: the theme, the zoom, and every shortcut.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Center, Element, Fill};

use crate::app::fonts::STRONG;
use crate::app::preferences::Preferences;
use crate::app::theme::{Appearance, Palette};
use crate::app::widget::{button, choice, scroll, strong};

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A theme.
    Appearance(Appearance),
    /// One step larger.
    Enlarge,
    /// One step smaller.
    Reduce,
    /// Back to the page.
    Close,
}

const SHORTCUTS: [(&str, &str); 13] = [
    (
        "Tab, Maj+Tab",
        "passer d’un élément au suivant, au précédent",
    ),
    ("Entrée, Espace", "agir sur l’élément choisi"),
    ("↑, ↓", "monter, descendre dans une liste ou un plan"),
    ("F6, Maj+F6", "passer d’un volet au suivant, au précédent"),
    ("F8, Maj+F8", "aller au point à vérifier suivant, précédent"),
    ("Alt+←", "revenir à la page précédente"),
    ("Ctrl+S", "enregistrer tout de suite"),
    ("Ctrl+Z, Ctrl+Maj+Z", "annuler, rétablir"),
    ("Ctrl+P", "exporter le PDF de la convention"),
    ("Ctrl+O", "ouvrir un autre espace"),
    (
        "Ctrl++, Ctrl+-, Ctrl+0",
        "agrandir, réduire, taille normale",
    ),
    ("Échap", "fermer ce qui est devant"),
    ("F1", "cette page"),
];

/// The page.
pub fn view(preferences: &Preferences, palette: Palette) -> Element<'_, Message> {
    let themes = [Appearance::System, Appearance::Light, Appearance::Dark].map(|appearance| {
        choice(
            appearance.label(),
            appearance == preferences.appearance,
            palette,
        )
        .on_press(Message::Appearance(appearance))
        .into()
    });
    let shortcuts = SHORTCUTS.map(|(keys, what)| {
        row![
            text(keys).size(15).font(STRONG).width(190),
            text(what).size(15).width(Fill),
        ]
        .spacing(12)
        .into()
    });

    let page = column![
        text("Affichage et clavier").size(24).font(STRONG),
        Row::with_children(themes)
            .spacing(6)
            .wrap()
            .vertical_spacing(6),
        row![
            button("−", palette).on_press(Message::Reduce),
            text(format!("{}\u{a0}%", preferences.zoom)).size(16),
            button("+", palette).on_press(Message::Enlarge),
        ]
        .spacing(12)
        .align_y(Center),
        text("Clavier").size(17).font(STRONG),
        container(Column::with_children(shortcuts).spacing(8))
            .padding(16)
            .width(Fill)
            .style(move |_| palette.card()),
        strong("Fermer", palette).on_press(Message::Close),
    ]
    .spacing(12)
    .max_width(720);
    scroll(
        container(page.padding(24)).center_x(Fill),
        "display",
        palette,
    )
    .into()
}
