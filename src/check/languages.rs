//! Versions in several languages: which are authentic, and which follow the French.

use super::Place;
use super::Severity::Warning;
use super::case::{ConventionCase, french};
use super::clauses::Clause;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::{item, quoted};
use crate::model::{Id, Text, roles};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new(
            "clause-langues",
            "Versions qui font foi",
            Warning,
            &["loi-94-665-toubon-art-5"],
        ),
        check: Check::Text(any_kind, authentic_versions),
    },
    Rule {
        info: RuleInfo::new("traduction-ancienne", "Traductions à jour", Warning, &[]),
        check: Check::Text(any_kind, translations),
    },
];

const LANGUAGES: Clause = Clause {
    role: roles::LANGUAGES,
    title: "Langues et exemplaires",
    missing: "La convention a plusieurs versions et aucun article ne dit lesquelles font foi.",
    elsewhere: &[
        "font foi",
        "fait foi",
        "font egalement foi",
        "fait seule foi",
        "font toutes foi",
        "fera foi",
        "fera seule foi",
        "feront foi",
        "feront egalement foi",
        "faisant foi",
        "faisant egalement foi",
        "prevaut",
        "prevaudra",
    ],
};

fn authentic_versions(case: &ConventionCase<'_>) -> Vec<Found> {
    if case.written.languages.len() < 2 {
        return Vec::new();
    }
    LANGUAGES.missing(case).into_iter().collect()
}

fn translations(case: &ConventionCase<'_>) -> Vec<Found> {
    let written = case.written;
    let mut found = Vec::new();
    let mut look = |field: &'static str, number: usize, id: Id, texts: &[Text]| {
        let Some(original) = french(texts) else {
            return;
        };
        // Of what nobody translated nothing is to be told apart.
        let translated = texts.iter().filter(|text| !text.lang.is_french());
        let mut translated = translated.filter(|text| text.of.is_some()).peekable();
        if translated.peek().is_none() {
            return;
        }
        let hash = original.hash();
        for text in translated.filter(|text| text.of.as_ref() != Some(&hash)) {
            found.push(Found::new(
                Place::item(case.record(), field, id).in_language(text.lang.clone()),
                format!(
                    "Le français a changé depuis que {} a été traduit ({})\u{a0}: relire la traduction.",
                    item(field, number),
                    quoted(text.lang.as_str())
                ),
                Facts::default().with(&text.lang).with(&hash),
            ));
        }
    };

    for (number, visa) in (1..).zip(&written.visas) {
        look("visas", number, visa.id, &visa.texts);
    }
    for (number, recital) in (1..).zip(&written.recitals) {
        look("recitals", number, recital.id, &recital.texts);
    }
    for (number, article) in (1..).zip(&written.articles) {
        look("articles", number, article.id, &article.texts);
    }
    for (number, annex) in (1..).zip(&written.annexes) {
        look("annexes", number, annex.id, &annex.texts);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, cooperation, findings, text};
    use super::*;
    use crate::model::{Lang, TakenOver};

    fn in_two_languages() -> World {
        let mut world = World::new();
        world.convention.languages.push(Lang::new("pt"));
        for article in &mut world.convention.articles {
            let mut translated = text("pt", &["As partes melhoram juntas o acesso à água."]);
            translated.of = Some(article.texts[0].hash());
            article.texts.push(translated);
        }
        world
    }

    #[test]
    fn two_versions_whose_rank_is_told_hold() {
        let mut world = in_two_languages();
        world.article(roles::LANGUAGES, &["Les deux versions font également foi."]);
        assert!(world.findings("clause-langues").is_empty());
    }

    #[test]
    fn two_versions_without_rank_do_not_hold() {
        let found = in_two_languages().findings("clause-langues");
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].basis, ["loi-94-665-toubon-art-5"]);
        assert!(found[0].fix.is_some());
    }

    #[test]
    fn one_version_needs_no_rank() {
        assert!(findings("clause-langues", &cooperation()).is_empty());
    }

    #[test]
    fn a_translation_of_the_french_as_it_is_holds() {
        assert!(
            in_two_languages()
                .findings("traduction-ancienne")
                .is_empty()
        );
    }

    #[test]
    fn a_translation_older_than_its_french_does_not_hold() {
        let mut world = in_two_languages();
        world.convention.articles[1].texts[0]
            .paragraphs
            .push("Un alinéa de plus.".to_owned());
        let found = world.findings("traduction-ancienne");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.item, Some(world.convention.articles[1].id));
        assert_eq!(found[0].place.language, Some(Lang::new("pt")));
        assert!(found[0].message.contains("l’article 2"));
    }

    #[test]
    fn a_translation_that_does_not_say_what_it_translates_and_a_paper_are_not_looked_at() {
        let mut world = in_two_languages();
        world.convention.articles[0].texts[1].of = None;
        world.convention.articles[0].texts[0].title.push('…');
        assert!(world.findings("traduction-ancienne").is_empty());

        world.convention.articles[1].texts[0].title.push('…');
        world.convention.taken_over = Some(TakenOver::default());
        assert!(world.findings("traduction-ancienne").is_empty());
    }
}
