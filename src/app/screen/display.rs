//! Display and keyboard (F1), in front of the page: the theme, the zoom, and every shortcut.

use iced::widget::{Column, column, row, text};
use iced::{Center, Fill};

use crate::app::fonts::STRONG;
use crate::app::preferences::Preferences;
use crate::app::theme::{Appearance, Palette};
use crate::app::widget::{Dialog, button, segmented, strong};

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

const SHORTCUTS: [(&str, &str); 21] = [
    (
        "Tab, Maj+Tab",
        "passer d’un élément au suivant, au précédent",
    ),
    ("Entrée, Espace", "agir sur l’élément choisi"),
    ("↑, ↓", "monter, descendre dans une liste ou un plan"),
    (
        "Page préc., Page suiv., Début, Fin",
        "dérouler la page ou le volet où l’on est",
    ),
    ("F6, Maj+F6", "passer d’un volet au suivant, au précédent"),
    (
        "F8, Maj+F8",
        "aller au point à vérifier, à la différence suivante, précédente",
    ),
    ("Alt+←, Alt+→", "revenir à la page précédente, y retourner"),
    ("Ctrl+K", "rechercher un écran, une fiche, une commande"),
    (
        "Ctrl+D",
        "dans une convention, ce que veulent dire les termes de la partie",
    ),
    (
        "Ctrl+G, Ctrl+I, Ctrl+L",
        "dans un article\u{a0}: gras, italique, liste",
    ),
    ("Ctrl+Espace", "dans un article\u{a0}: insérer un champ"),
    (
        "Ctrl+F, Ctrl+H",
        "rechercher, remplacer dans une convention",
    ),
    ("F9", "montrer ou cacher l’aperçu"),
    ("Ctrl+S", "enregistrer tout de suite"),
    ("Ctrl+Z, Ctrl+Maj+Z", "annuler, rétablir"),
    ("←, →", "passer d’un onglet, d’un choix à l’autre"),
    ("Ctrl+P", "exporter le PDF de la convention"),
    ("Ctrl+O", "ouvrir un autre espace"),
    (
        "Ctrl++, Ctrl+-, Ctrl+0",
        "agrandir, réduire, taille normale",
    ),
    ("Échap", "fermer ce qui est devant"),
    ("F1", "cette page"),
];

/// What keys do in the tables of a budget, where they are those of a spreadsheet.
const IN_TABLES: [(&str, &str); 10] = [
    (
        "Flèches, Entrée, Tab",
        "aller d’une cellule à l’autre\u{a0}; avec Maj, en choisir plusieurs",
    ),
    (
        "Entrée, F2, ou taper",
        "modifier la cellule\u{a0}; =1200*3 se calcule\u{a0}; Échap laisse ce qui y était",
    ),
    ("Suppr", "vider les cellules choisies"),
    (
        "Ctrl+A, Ctrl+C, Ctrl+X, Ctrl+V",
        "tout choisir, copier, couper, coller, aussi avec un tableur",
    ),
    (
        "Ctrl+R",
        "recopier à droite la première cellule choisie de chaque ligne",
    ),
    ("Inser", "insérer une ligne dessous"),
    ("Ctrl+D", "dupliquer la ligne"),
    ("Alt+↑, Alt+↓", "déplacer la ligne"),
    ("Ctrl+Suppr", "supprimer la ligne"),
    ("F4", "détail de la ligne\u{a0}; F6 quitte le tableau"),
];

/// The dialog.
pub fn dialog(preferences: &Preferences, palette: Palette) -> Dialog<'_, Message> {
    let themes = Appearance::ALL.map(|appearance| (appearance, appearance.label().to_owned()));
    let all = |shortcuts: &'static [(&str, &str)]| {
        let lines = shortcuts.iter().map(|(keys, what)| {
            row![
                text(*keys).size(15).font(STRONG).width(190),
                text(*what).size(15).width(Fill),
            ]
            .spacing(12)
            .into()
        });
        Column::with_children(lines).spacing(6)
    };
    let content = column![
        segmented(
            themes,
            &preferences.appearance,
            THEMES,
            palette,
            Message::Appearance
        ),
        row![
            text("Taille de l’affichage").size(15),
            button("−", palette).on_press(Message::Reduce),
            text(format!("{}\u{a0}%", preferences.zoom)).size(16),
            button("+", palette).on_press(Message::Enlarge),
        ]
        .spacing(12)
        .align_y(Center),
        text("Clavier").size(17).font(STRONG),
        all(&SHORTCUTS),
        text("Dans les tableaux d’un budget").size(17).font(STRONG),
        all(&IN_TABLES),
    ]
    .spacing(14);
    Dialog::new(
        "Affichage et clavier",
        content,
        [strong("Fermer", palette).id(CLOSE).on_press(Message::Close)],
        Message::Close,
        palette,
    )
}

/// Where the keyboard is at first: what it reads is turned by arrows, which would choose another theme.
pub const CLOSE: &str = "display.close";

/// Where the keyboard chooses a theme.
pub const THEMES: &str = "display.themes";
