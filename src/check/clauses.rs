//! Articles that a convention is better with, and the others that good practice asks for.

use super::Severity::{Advice, Warning};
use super::case::{ConventionCase, french};
use super::rule::{Check, Facts, Found, Rule, RuleInfo, is_contract};
use super::text::says_something;
use super::titles::says_role;
use super::wording::quoted;
use super::{Fix, Place};
use crate::model::{ConventionKind, Lang, Text, fold, roles};

/// An article that is looked for.
#[derive(Debug)]
pub(super) struct Clause {
    /// Its role.
    pub(super) role: &'static str,
    /// Its title where it is to be added.
    pub(super) title: &'static str,
    /// What to say when there is none.
    pub(super) missing: &'static str,
    /// Phrases by which another article says it as well, folded.
    pub(super) elsewhere: &'static [&'static str],
}

impl Clause {
    /// What is found when no article says it.
    pub(super) fn missing(&self, case: &ConventionCase<'_>) -> Option<Found> {
        let titled = (case.written.articles.iter())
            .filter(|article| says_role(article, self.role))
            .filter_map(|article| french(&article.texts));
        if case
            .french_with_role(self.role)
            .chain(titled)
            .chain(case.french_of_framework(self.role))
            .any(says_something)
            || (!self.elsewhere.is_empty()
                && case
                    .french_passages()
                    .any(|passage| passage.says_any(self.elsewhere)))
        {
            return None;
        }
        let facts = Facts::default().with(case.french_with_role(self.role).collect::<Vec<_>>());

        Some(match case.article_with_role(self.role) {
            Some(article) => Found::new(
                Place::item(case.record(), "articles", article).in_language(Lang::french()),
                format!("L’article {} ne dit encore rien.", quoted(self.title)),
                facts,
            ),
            None => Found::new(Place::field(case.record(), "articles"), self.missing, facts)
                .fixed_by(Fix::AddArticle {
                    convention: case.convention.id,
                    role: self.role,
                    title: self.title,
                    paragraphs: &[],
                }),
        })
    }
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new("resiliation", "Résiliation", Warning, &[]),
        check: Check::Clause(
            is_contract,
            &Clause {
                role: roles::TERMINATION,
                title: "Résiliation",
                missing: "Aucun article ne dit comment une partie met fin à la convention avant son terme\u{a0}: motifs, \
                          préavis, sort des fonds et des actions en cours.",
                elsewhere: &[],
            },
        ),
    },
    Rule {
        info: RuleInfo::new("differends", "Règlement des différends", Warning, &[]),
        check: Check::Clause(
            is_contract,
            &Clause {
                role: roles::DISPUTES,
                title: "Règlement des différends",
                missing: "Aucun article ne dit comment se règlent les différends\u{a0}: à l’amiable d’abord, puis devant \
                          quel juge.",
                elsewhere: &[],
            },
        ),
    },
    Rule {
        info: RuleInfo::new("modification", "Modification par avenant", Warning, &[]),
        check: Check::Clause(
            is_contract,
            &Clause {
                role: roles::MODIFICATION,
                title: "Modification",
                missing: "Aucun article ne dit comment la convention se modifie\u{a0}: par un avenant, signé des mêmes \
                          parties et dans les mêmes formes.",
                elsewhere: &[],
            },
        ),
    },
    Rule {
        info: RuleInfo::new("pilotage", "Pilotage et suivi", Warning, &[]),
        check: Check::Clause(
            ConventionKind::is_cooperation,
            &Clause {
                role: roles::STEERING,
                title: "Pilotage et suivi",
                missing: "Aucun article ne dit qui pilote la coopération, ni à quel rythme\u{a0}: prévoir un comité et des \
                          personnes référentes.",
                elsewhere: &[],
            },
        ),
    },
    Rule {
        info: RuleInfo::new("evaluation", "Comptes rendus et évaluation", Warning, &[]),
        check: Check::Clause(
            is_contract,
            &Clause {
                role: roles::EVALUATION,
                title: "Comptes rendus et évaluation",
                missing: "Aucun article ne dit quels comptes rendus sont remis, par qui et quand, ni comment les \
                          résultats s’évaluent.",
                elsewhere: &[],
            },
        ),
    },
    Rule {
        info: RuleInfo::new(
            "odd",
            "Objectifs de développement durable",
            Advice,
            &["cgct-l1115-1"],
        ),
        check: Check::Text(is_not_an_amendment, goals),
    },
    Rule {
        info: RuleInfo::new("securite", "Sécurité des missions", Advice, &[]),
        check: Check::Clause(
            ConventionKind::is_cooperation,
            &Clause {
                role: roles::SECURITY,
                title: "Sécurité des missions et assurances",
                missing: "Aucun article ne traite de la sécurité des missions, des assurances et des responsabilités de \
                          chaque partie.",
                elsewhere: &[],
            },
        ),
    },
    Rule {
        info: RuleInfo::new(
            "donnees-personnelles",
            "Données personnelles",
            Advice,
            &["rgpd-contacts"],
        ),
        check: Check::Clause(
            is_contract,
            &Clause {
                role: roles::PERSONAL_DATA,
                title: "Données personnelles",
                missing: "Aucun article ne dit ce que deviennent les données personnelles que les parties s’échangent, ni \
                          qui en répond.",
                elsewhere: &["donnees personnelles", "donnees a caractere personnel"],
            },
        ),
    },
    Rule {
        info: RuleInfo::new("communication", "Communication", Advice, &[]),
        check: Check::Clause(
            is_contract,
            &Clause {
                role: roles::COMMUNICATION,
                title: "Communication",
                missing: "Aucun article ne dit comment les parties font connaître l’action et nomment ceux qui la \
                          financent.",
                elsewhere: &[],
            },
        ),
    },
    Rule {
        info: RuleInfo::new("force-majeure", "Suspension et force majeure", Advice, &[]),
        check: Check::Clause(
            is_contract,
            &Clause {
                role: roles::SUSPENSION,
                title: "Suspension et force majeure",
                missing: "Aucun article ne dit ce qui arrive en cas de force majeure, d’insécurité ou de suspension \
                          décidée par un État.",
                elsewhere: &["force majeure"],
            },
        ),
    },
    Rule {
        info: RuleInfo::new("loi-applicable", "Droit applicable", Advice, &[]),
        check: Check::Text(ConventionKind::is_cooperation, applicable_law),
    },
];

fn is_not_an_amendment(kind: ConventionKind) -> bool {
    kind != ConventionKind::Amendment
}

/// The law asks that the 2030 Agenda be considered, not that it be written.
fn goals(case: &ConventionCase<'_>) -> Vec<Found> {
    if !case.convention.odd.is_empty() {
        return Vec::new();
    }
    vec![Found::new(
        Place::field(case.record(), "odd"),
        "Aucun objectif de développement durable n’est choisi\u{a0}: dire à quels objectifs de l’Agenda 2030 l’action \
         contribue.",
        Facts::default().with("aucun objectif"),
    )]
}

/// Words by which an article says whose law or whose judge.
const LAW: [&str; 10] = [
    "droit applicable",
    "regi par le droit",
    "soumis au droit",
    "juridiction",
    "juge administratif",
    "loi applicable",
    "droit francais",
    "regie par le droit",
    "soumise au droit",
    "tribuna",
];

fn applicable_law(case: &ConventionCase<'_>) -> Vec<Found> {
    // Without an article on disputes, that is what is missed first.
    let Some(article) = case.article_with_role(roles::DISPUTES) else {
        return Vec::new();
    };
    let says = |text: &Text| {
        let said = fold(&text.paragraphs.join(" "));
        LAW.iter().any(|words| said.contains(words))
    };
    if case.french_passages().any(|passage| passage.says_any(&LAW))
        || case.french_of_framework(roles::DISPUTES).any(says)
    {
        return Vec::new();
    }
    vec![Found::new(
        Place::item(case.record(), "articles", article).in_language(Lang::french()),
        "L’article sur les différends ne dit ni le droit applicable ni le juge qui en connaît.",
        Facts::default().with(case.french_with_role(roles::DISPUTES).collect::<Vec<_>>()),
    )]
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, cooperation, findings};
    use super::*;
    use crate::model::{Record, TakenOver};

    /// The rules that look for one article, with its role.
    fn clauses() -> Vec<(&'static str, &'static str, Severity)> {
        RULES
            .iter()
            .filter_map(|rule| match rule.check {
                Check::Clause(_, clause) => Some((rule.info.name, clause.role, rule.info.severity)),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn an_article_that_says_something_holds() {
        for (rule, role, _) in clauses() {
            let mut world = World::new();
            world.article(role, &["Les parties en conviennent ainsi."]);
            assert!(world.findings(rule).is_empty(), "{rule}");
        }
    }

    #[test]
    fn an_article_left_out_does_not_hold_and_can_be_added() {
        for (rule, role, severity) in clauses() {
            let mut world = World::new();
            let found = world.findings(rule);
            assert_eq!(found[0].severity, severity, "{rule}");

            world.convention = world.fixed(&found[0]);
            assert!(world.convention.article_with_role(role).is_some(), "{rule}");
            let found = world.findings(rule);
            assert!(found[0].message.contains("encore rien"), "{rule}");
            assert_eq!(found[0].fix, None, "{rule}");
        }
    }

    #[test]
    fn what_its_framework_says_an_annual_convention_need_not_say_again() {
        let mut world = World::new();
        let mut framework = world.convention.clone();
        framework.id = world.fresh();
        framework.kind = ConventionKind::Framework;
        world.convention.kind = ConventionKind::Annual;
        world.convention.parent = Some(framework.id);
        world.article(roles::DISPUTES, &["Comme ceux de la convention-cadre."]);
        let count = world.convention.articles.len();
        for (_, role, _) in clauses().into_iter().filter(|it| it.1 != roles::DISPUTES) {
            world.article(role, &["Le tribunal administratif en connaît."]);
        }
        framework.articles = world.convention.articles.split_off(count);
        let mut disputes = world.convention.articles[count - 1].clone();
        disputes.texts[0].paragraphs = vec!["Le tribunal de Valmont en connaît.".to_owned()];
        framework.articles.push(disputes);
        let rules = || {
            clauses()
                .into_iter()
                .map(|it| it.0)
                .chain(["loi-applicable"])
        };
        for rule in rules() {
            let alone = rule == "differends";
            assert_eq!(world.findings(rule).is_empty(), alone, "{rule}");
        }

        world.others.push(Record::Convention(framework));
        for rule in rules() {
            assert!(world.findings(rule).is_empty(), "{rule}");
        }
        world.convention.kind = ConventionKind::Cooperation;
        assert_eq!(world.findings("communication").len(), 1);
    }

    #[test]
    fn a_charter_an_amendment_a_convention_taken_over_need_none() {
        for (rule, ..) in clauses() {
            for kind in [ConventionKind::Friendship, ConventionKind::Amendment] {
                let mut draft = cooperation();
                draft.kind = kind;
                assert!(findings(rule, &draft).is_empty(), "{rule} {kind:?}");
            }
            let mut old = cooperation();
            old.taken_over = Some(TakenOver::default());
            assert!(findings(rule, &old).is_empty(), "{rule}");
        }
    }

    #[test]
    fn a_grant_needs_no_committee_and_no_mission() {
        let mut grant = cooperation();
        grant.kind = ConventionKind::Grant;
        assert!(findings("pilotage", &grant).is_empty());
        assert!(findings("securite", &grant).is_empty());
        assert_eq!(findings("evaluation", &grant).len(), 1);
    }

    #[test]
    fn force_majeure_may_be_told_in_the_article_on_termination() {
        let mut world = World::new();
        world.article(
            roles::TERMINATION,
            &["Le préavis ne joue pas en cas de force majeure."],
        );
        assert!(world.findings("force-majeure").is_empty());
    }

    #[test]
    fn an_article_without_a_role_is_known_by_its_title() {
        let mut world = World::new();
        let article = world.article(
            roles::DURATION,
            &["Elle dure trois ans, et peut prendre fin avant."],
        );
        let article = world
            .convention
            .articles
            .iter_mut()
            .find(|it| it.id == article)
            .unwrap();
        article.role = None;
        article.texts[0].title = "Durée, modification et résiliation".to_owned();
        for rule in ["resiliation", "modification"] {
            assert!(world.findings(rule).is_empty(), "{rule}");
        }
        // Another's title says it too, whatever role it has.
        let article = world.convention.articles.last_mut().unwrap();
        article.role = Some(roles::DURATION.to_owned());
        assert!(world.findings("resiliation").is_empty());

        let article = world.convention.articles.last_mut().unwrap();
        article.texts[0].paragraphs = vec!["À compléter.".to_owned()];
        assert_eq!(world.findings("resiliation").len(), 1);
    }

    #[test]
    fn a_signed_text_is_mended_by_nothing() {
        let mut world = World::new();
        world.seal();
        assert_eq!(world.findings("resiliation")[0].fix, None);
    }

    #[test]
    fn one_goal_is_enough() {
        let mut draft = cooperation();
        assert_eq!(findings("odd", &draft)[0].severity, Severity::Advice);
        draft.odd = vec![6];
        assert!(findings("odd", &draft).is_empty());
    }

    #[test]
    fn the_goals_of_an_amendment_are_those_of_what_it_amends() {
        let mut draft = cooperation();
        draft.kind = ConventionKind::Amendment;
        assert!(findings("odd", &draft).is_empty());
    }

    #[test]
    fn an_article_that_names_a_judge_or_a_law_holds() {
        let mut world = World::new();
        world.article(
            roles::DISPUTES,
            &["À défaut d’accord, le tribunal administratif est saisi."],
        );
        assert!(world.findings("loi-applicable").is_empty());
    }

    #[test]
    fn an_article_on_disputes_that_names_neither_does_not_hold() {
        let mut world = World::new();
        let article = world.article(roles::DISPUTES, &["Les parties se concertent."]);
        let found = world.findings("loi-applicable");
        assert_eq!(found[0].place.item, Some(article));
    }

    #[test]
    fn without_an_article_on_disputes_its_law_is_not_asked_for() {
        assert!(findings("loi-applicable", &cooperation()).is_empty());
    }
}
