//! What an article is for by its title, where nobody gave it a role: a text that came from elsewhere, an article of the
//! department's own. « Durée, modification et résiliation » is for three.

use crate::model::{Article, fold, roles, text};

/// How words of a title begin that say a role, folded.
const TITLES: [(&str, &[&str]); 16] = [
    (roles::OBJECT, &["objet"]),
    (roles::COMMITMENTS, &["engagement", "obligation"]),
    (
        roles::FINANCES,
        &[
            "financ",
            "budget",
            "montant",
            "cout",
            "participation",
            "contribution",
        ],
    ),
    (roles::PAYMENTS, &["versement", "paiement"]),
    (roles::PASSING_ON, &["reversement"]),
    (
        roles::STEERING,
        &["pilotage", "suivi", "gouvernance", "comite"],
    ),
    (
        roles::EVALUATION,
        &[
            "evaluation",
            "compte rendu",
            "comptes rendus",
            "rapport",
            "bilan",
        ],
    ),
    (
        roles::COMMUNICATION,
        &["communication", "publicite", "visibilite", "valorisation"],
    ),
    (
        roles::PERSONAL_DATA,
        &["donnees personnelles", "donnees a caractere personnel"],
    ),
    (
        roles::SECURITY,
        &["securite", "assurance", "responsabilite"],
    ),
    (
        roles::DURATION,
        &["duree", "entree en vigueur", "prise d effet"],
    ),
    (
        roles::MODIFICATION,
        &["modification", "avenant", "revision"],
    ),
    (roles::SUSPENSION, &["suspension", "force majeure"]),
    (roles::TERMINATION, &["resiliation", "denonciation"]),
    (
        roles::DISPUTES,
        &[
            "differend",
            "litige",
            "contestation",
            "contentieux",
            "reglement amiable",
        ],
    ),
    (roles::LANGUAGES, &["langue"]),
];

/// Whether a title says that role.
pub(super) fn is_titled(title: &str, role: &str) -> bool {
    let Some((_, beginnings)) = TITLES.iter().find(|(of, _)| *of == role) else {
        return false;
    };
    let folded = format!(" {}", fold(&text::plain(title)));
    let mut beginnings = beginnings.iter();
    beginnings.any(|beginning| folded.contains(&format!(" {beginning}")))
}

/// Whether an article has that role: the one that it was given, else those that its title in French says.
pub(super) fn has_role(article: &Article, role: &str) -> bool {
    match &article.role {
        Some(given) => given == role,
        None => says_role(article, role),
    }
}

/// Whether its title in French says that role, whatever role it was given beside.
pub(super) fn says_role(article: &Article, role: &str) -> bool {
    super::case::french(&article.texts).is_some_and(|text| is_titled(&text.title, role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_the_article_is_for() {
        for (title, said) in [
            ("Objet", &[roles::OBJECT][..]),
            ("Objectifs de développement durable", &[]),
            (
                "Durée, modification et résiliation",
                &[roles::DURATION, roles::MODIFICATION, roles::TERMINATION],
            ),
            ("**RÈGLEMENT DES LITIGES**", &[roles::DISPUTES]),
            ("Dispositions financières", &[roles::FINANCES]),
            ("Modalités de versement", &[roles::PAYMENTS]),
            ("Dispositions diverses", &[]),
            ("", &[]),
        ] {
            let all = TITLES.iter().map(|(role, _)| *role);
            let found: Vec<&str> = all.filter(|role| is_titled(title, role)).collect();
            let mut wanted = said.to_vec();
            wanted.sort_by_key(|role| TITLES.iter().position(|(of, _)| of == role));
            assert_eq!(found, wanted, "{title}");
        }
    }
}
