//! What the text must say, in which language, and whether it holds together.

use super::Severity::Blocking;
use super::case::{ConventionCase, french};
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind, is_contract};
use super::{Fix, Place, wording};
use crate::model::{AnnexKind, ConventionKind, Id, Lang, Text, fold, roles, text};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new(
            "objet",
            "Objet de la convention",
            Blocking,
            &["cgct-l1115-1"],
        ),
        check: Check::Text(is_contract, object),
    },
    Rule {
        info: RuleInfo::new(
            "langue-francaise",
            "Version française complète",
            Blocking,
            &["loi-94-665-toubon-art-5"],
        )
        .never_set_aside(),
        check: Check::Text(any_kind, french_version),
    },
];

/// The text of law that wants an object and an amount: that on cooperation, or that on grants.
pub(super) fn basis_of_contents(kind: ConventionKind) -> &'static [&'static str] {
    if kind.is_cooperation() {
        &["cgct-l1115-1"]
    } else {
        &["loi-2000-321-art-9-1-10"]
    }
}

/// How a paragraph puts off what it should say, folded.
const POSTPONED: [&str; 6] = [
    "a completer",
    "a preciser",
    "a definir",
    "a rediger",
    "a determiner",
    "en cours de redaction",
];

/// In how many words at most: a longer one says something beside.
const POSTPONED_IN: usize = 8;

/// Whether a text says something: blanks and fields alone, or « à compléter », do not.
pub(super) fn says_something(text: &Text) -> bool {
    const ENOUGH: usize = 3;
    let words = |paragraph: &String| {
        let folded = fold(&text::plain(paragraph));
        let count = folded.split_whitespace().count();
        let is_postponed = count <= POSTPONED_IN && POSTPONED.iter().any(|it| folded.contains(it));
        if is_postponed { 0 } else { count }
    };
    let mut found = 0;
    text.paragraphs.iter().any(|paragraph| {
        found += words(paragraph);
        found >= ENOUGH
    })
}

fn object(case: &ConventionCase<'_>) -> Vec<Found> {
    if case.french_with_role(roles::OBJECT).any(says_something) {
        return Vec::new();
    }
    let kind = case.convention.kind;
    let facts = Facts::default().with(case.french_with_role(roles::OBJECT).collect::<Vec<_>>());

    let found = match case.article_with_role(roles::OBJECT) {
        Some(article) => Found::new(
            Place::item(case.record(), "articles", article).in_language(Lang::french()),
            "L’article sur l’objet ne dit pas encore quelles actions sont envisagées.",
            facts,
        ),
        None => Found::new(
            Place::field(case.record(), "articles"),
            "Aucun article ne dit l’objet de la convention, c’est-à-dire les actions envisagées.",
            facts,
        )
        .fixed_by(Fix::AddArticle {
            convention: case.convention.id,
            role: roles::OBJECT,
            title: "Objet",
            paragraphs: &[],
        }),
    };
    vec![found.under(basis_of_contents(kind))]
}

fn french_version(case: &ConventionCase<'_>) -> Vec<Found> {
    let written = case.written;
    let place = |field| Place::field(case.record(), field);

    if written.articles.is_empty() {
        return vec![Found::new(
            place("articles"),
            "La convention n’a pas encore de texte en français.",
            Facts::default().with("aucun article"),
        )];
    }

    let mut found = Vec::new();
    if !written.languages.is_empty() && !written.languages.iter().any(Lang::is_french) {
        found.push(Found::new(
            place("languages"),
            "Le français manque parmi les langues de la convention\u{a0}: la loi veut qu’elle soit rédigée en \
             français, quelles que soient ses autres versions.",
            Facts::default().with(&written.languages),
        ));
    }

    let mut look = |field: &'static str, number: usize, item: Id, texts: &[Text]| {
        let french = french(texts);
        if french.is_some_and(|text| !text.is_blank()) {
            return;
        }
        let what = wording::capital(&wording::item(field, number));
        let elsewhere = texts.iter().any(|text| !text.is_blank());
        let message = if elsewhere {
            format!("{what} est écrit dans une autre langue et pas en français.")
        } else {
            format!("{what} est vide en français.")
        };
        found.push(Found::new(
            Place::item(case.record(), field, item).in_language(Lang::french()),
            message,
            Facts::default().with(item).with(texts),
        ));
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
        if annex.kind == AnnexKind::Text {
            look("annexes", number, annex.id, &annex.texts);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{cooperation, findings, text};
    use crate::model::{ConventionKind, Lang, TakenOver, Text, roles};

    #[test]
    fn an_object_that_says_the_actions_holds() {
        assert!(findings("objet", &cooperation()).is_empty());
    }

    #[test]
    fn an_object_left_out_or_left_blank_does_not() {
        let mut draft = cooperation();
        draft.articles[0].texts = vec![text(
            "fr",
            &[
                "À compléter par les services.",
                "Les actions restent à définir",
                "___",
            ],
        )];
        let found = findings("objet", &draft);
        assert_eq!(found[0].severity, Severity::Blocking);
        assert_eq!(found[0].place.item, Some(draft.articles[0].id));

        draft.articles[0].role = None;
        let found = findings("objet", &draft);
        assert_eq!(found[0].place.item, None);
        assert!(found[0].fix.is_some());
    }

    #[test]
    fn an_object_in_another_language_alone_does_not() {
        let mut draft = cooperation();
        draft.articles[0].texts[0].lang = Lang::new("pt");
        assert_eq!(findings("objet", &draft).len(), 1);
    }

    #[test]
    fn a_charter_a_convention_taken_over_owe_no_object() {
        for kind in [
            ConventionKind::Twinning,
            ConventionKind::Friendship,
            ConventionKind::Intent,
            ConventionKind::Amendment,
        ] {
            let mut charter = cooperation();
            charter.kind = kind;
            charter.articles.remove(0);
            assert!(findings("objet", &charter).is_empty(), "{kind:?}");
        }

        let mut old = cooperation();
        old.articles.clear();
        old.taken_over = Some(TakenOver::default());
        assert!(findings("objet", &old).is_empty());
    }

    #[test]
    fn the_object_of_a_grant_rests_on_the_law_on_grants() {
        let mut grant = cooperation();
        grant.kind = ConventionKind::Grant;
        grant.articles.remove(0);
        assert_eq!(
            findings("objet", &grant)[0].basis,
            ["loi-2000-321-art-9-1-10"]
        );
    }

    #[test]
    fn a_complete_french_version_holds_beside_another() {
        let mut draft = cooperation();
        for article in &mut draft.articles {
            article.texts.push(text("pt", &["Texto em português."]));
        }
        draft.languages.push(Lang::new("pt"));
        assert!(findings("langue-francaise", &draft).is_empty());
    }

    #[test]
    fn what_is_in_portuguese_alone_does_not_hold_and_nobody_answers_for_it() {
        let mut draft = cooperation();
        draft.articles[1].texts = vec![
            Text::new(Lang::french(), vec![" ".to_owned()]),
            text("pt", &["Texto em português."]),
        ];
        let found = findings("langue-francaise", &draft);

        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.item, Some(draft.articles[1].id));
        assert_eq!(found[0].place.language, Some(Lang::french()));
        assert!(found[0].message.contains("autre langue"));
        assert!(!found[0].can_be_set_aside);
    }

    #[test]
    fn a_convention_without_french_among_its_languages_or_without_text_does_not_hold() {
        let mut draft = cooperation();
        draft.languages = vec![Lang::new("pt")];
        assert_eq!(findings("langue-francaise", &draft).len(), 1);

        draft.articles.clear();
        assert_eq!(findings("langue-francaise", &draft).len(), 1);
    }

    #[test]
    fn french_of_any_country_is_french() {
        let mut draft = cooperation();
        draft.languages = vec![Lang::new("fr-BE")];
        for article in &mut draft.articles {
            article.texts[0].lang = Lang::new("fr-BE");
        }
        assert!(findings("langue-francaise", &draft).is_empty());
    }

    #[test]
    fn the_french_of_a_convention_taken_over_is_on_its_paper() {
        let mut old = cooperation();
        old.articles.clear();
        old.taken_over = Some(TakenOver::default());
        assert!(findings("langue-francaise", &old).is_empty());
    }

    #[test]
    fn roles_are_what_is_looked_for_and_never_titles() {
        let mut draft = cooperation();
        draft.articles[0].texts[0].title = "Ce que nous ferons ensemble".to_owned();
        assert_eq!(draft.articles[0].role.as_deref(), Some(roles::OBJECT));
        assert!(findings("objet", &draft).is_empty());
    }
}
