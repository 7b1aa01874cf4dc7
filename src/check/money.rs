//! What the text says of money, and what the budget says.

use super::Severity::{Blocking, Warning};
use super::case::ConventionCase;
use super::passage::Passage;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, is_contract};
use super::text::basis_of_contents;
use super::{Fix, Place};
use crate::model::field::Field;
use crate::model::text::Content;
use crate::model::{Amount, AnnexKind, Kind, RecordId, Slice, fold, roles};

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new(
        "montant-previsionnel",
        "Montant prévisionnel des engagements financiers",
        Blocking,
        &["cgct-l1115-1"],
    ),
    check: Check::Convention(is_contract, forecast),
}];

/// Articles in which a reader looks for the amount.
const MONEY_ROLES: [&str; 3] = [roles::FINANCES, roles::COMMITMENTS, roles::PAYMENTS];

/// Ways to say that no money is committed, folded.
const NO_MONEY: [&str; 6] = [
    "aucun engagement financier",
    "sans engagement financier",
    "pas d engagement financier",
    "aucune contribution financiere",
    "aucune contrepartie financiere",
    "aucune depense",
];

/// Currencies as texts write them, folded; `€` is looked for before folding.
const CURRENCIES: [&str; 11] = [
    "euro", "eur", "francs", "fcfa", "cfa", "xof", "xaf", "dinar", "dirham", "dollar", "ariary",
];

/// Words that make an amount in letters, folded.
const NUMERALS: [&str; 10] = [
    "dix",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "cent",
    "cents",
    "mille",
    "million",
];

fn forecast(case: &ConventionCase<'_>) -> Vec<Found> {
    let kind = case.convention.kind;

    if let Some(taken_over) = &case.convention.taken_over {
        let known = taken_over.amount.is_some() || !committed_in_cash(case).is_zero();
        return if known {
            Vec::new()
        } else {
            let place = Place::field(case.record(), "taken_over");
            vec![
                Found::new(
                    place,
                    "Le montant que cette convention engage n’est pas saisi\u{a0}; zéro se dit aussi.",
                    Facts::default().with("repris sans montant"),
                )
                .only(Warning)
                .under(&[]),
            ]
        };
    }

    let said: Vec<&Passage<'_>> = case
        .french_passages()
        .filter(|passage| MONEY_ROLES.iter().any(|role| passage.has_role(role)))
        .collect();
    let in_the_text = said.iter().any(|passage| names_an_amount(passage))
        || case.french_passages().any(says_no_money);
    let in_an_annex = case
        .written
        .annexes
        .iter()
        .any(|annex| annex.kind == AnnexKind::Budget)
        && !committed_in_cash(case).is_zero();

    let unplanned = case.budget().filter(|budget| budget.lines.is_empty());
    if (in_the_text && unplanned.is_none()) || in_an_annex {
        return Vec::new();
    }
    if let Some(budget) = unplanned.filter(|_| in_the_text) {
        let place = RecordId {
            kind: Kind::Budget,
            id: budget.id,
        };
        let found = Found::new(
            Place::field(place, "lines"),
            "Le budget de la convention n’a pas encore de ligne\u{a0}: les montants qu’elle annonce sont vides.",
            Facts::default().with(budget.id),
        );
        return vec![found.under(basis_of_contents(kind))];
    }

    let facts = Facts::default()
        .with(said.iter().map(|passage| passage.text).collect::<Vec<_>>())
        .with(case.written.budget);
    let found = match case.article_with_role(roles::FINANCES) {
        Some(article) => Found::new(
            Place::item(case.record(), "articles", article),
            "L’article sur les finances ne dit ni le montant prévisionnel des engagements financiers des parties, ni \
             qu’il n’y en a aucun.",
            facts,
        ),
        None => {
            let found = Found::new(
                Place::field(case.record(), "articles"),
                "Aucun article ne dit le montant prévisionnel des engagements financiers des parties. S’il n’y en a \
                 aucun, la convention le dit.",
                facts,
            );
            if case.written.budget.is_none() {
                found.fixed_by(Fix::AddArticle {
                    convention: case.convention.id,
                    role: roles::FINANCES,
                    title: "Dispositions financières",
                    paragraphs: &[
                        "La présente convention n’emporte aucun engagement financier des parties.",
                    ],
                })
            } else {
                found.fixed_by(Fix::AddArticle {
                    convention: case.convention.id,
                    role: roles::FINANCES,
                    title: "Dispositions financières",
                    paragraphs: &[],
                })
            }
        }
    };
    vec![found.under(basis_of_contents(kind))]
}

/// What the parties, and they alone, are to pay in cash over the years that the convention covers.
fn committed_in_cash(case: &ConventionCase<'_>) -> Amount {
    let Some(budget) = case.budget() else {
        return Amount::ZERO;
    };
    budget
        .funders
        .iter()
        .filter(|funder| case.written.party(&funder.key).is_some())
        .map(|funder| {
            budget.planned(Slice {
                years: &case.written.budget_years,
                funder: Some(funder.id),
                in_kind: Some(false),
            })
        })
        .sum()
}

/// Whether a passage says that no money is committed.
pub(super) fn says_no_money(passage: &Passage<'_>) -> bool {
    passage.says_any(&NO_MONEY)
}

/// Whether a passage names a sum: a field of the commitments, or figures with a currency.
pub(super) fn names_an_amount(passage: &Passage<'_>) -> bool {
    let mut words = String::new();

    for leaf in &passage.read.leaves {
        match &leaf.content {
            Content::Field(name) if is_amount_field(name) => return true,
            Content::Words(text) => words.push_str(text),
            // A blank parts what stands around it: « ___ euros » is no amount.
            Content::Field(_) | Content::Note(_) | Content::Blank(_) => words.push('|'),
        }
    }
    words
        .replace('€', " euros ")
        .split(['|', ';', '.'])
        .any(|part| {
            let folded = fold(part);
            let mut before_currency = folded.split(' ').scan(false, |number, word| {
                let is_currency = CURRENCIES
                    .iter()
                    .any(|currency| word == *currency || word.strip_suffix('s') == Some(currency));
                let hit = *number && is_currency;
                *number |=
                    word.starts_with(|c: char| c.is_ascii_digit()) || NUMERALS.contains(&word);
                Some(hit)
            });
            before_currency.any(|hit| hit)
        })
}

fn is_amount_field(name: &str) -> bool {
    matches!(
        Field::parse(name),
        Some(
            Field::Commitment(..)
                | Field::InKind(_)
                | Field::Cost(_)
                | Field::Cofunding(_)
                | Field::CommitmentsTable
        )
    )
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::passage::passages;
    use super::super::samples::{cooperation, findings, text};
    use super::*;
    use crate::model::{ConventionKind, TakenOver};

    const RULE: &str = "montant-previsionnel";

    fn is_known_in(paragraph: &str) -> bool {
        let mut draft = cooperation();
        draft.articles[0].texts = vec![text("fr", &[paragraph])];
        names_an_amount(&passages(&draft)[0])
    }

    #[test]
    fn an_amount_is_known_by_its_field_its_figures_or_its_letters() {
        for paragraph in [
            "Valmont verse {{engagements.valmont.total}}.",
            "Le coût total est de {{cout.total}}.",
            "Une subvention de **12 000** € est versée.",
            "Une somme de 12\u{202f}000,00\u{a0}euros.",
            "Une participation de dix mille euros.",
            "La contrepartie est de 5 000 000 FCFA.",
        ] {
            assert!(is_known_in(paragraph), "{paragraph}");
        }
        for paragraph in [
            "Une somme de ___ euros est versée.",
            "Les paiements se font en euros.",
            "Trois rapports sont remis en 2027. Les paiements se font en euros.",
            "Les signataires se réunissent {{date.debut}}.",
            "",
        ] {
            assert!(!is_known_in(paragraph), "{paragraph}");
        }
    }

    #[test]
    fn an_amount_stated_holds() {
        assert!(findings(RULE, &cooperation()).is_empty());
    }

    #[test]
    fn the_absence_of_any_commitment_stated_anywhere_holds() {
        let mut draft = cooperation();
        draft.articles[1].role = None;
        draft.articles[1].texts[0].paragraphs[0] =
            "La présente convention n’emporte aucun engagement financier.".to_owned();
        assert!(findings(RULE, &draft).is_empty());
    }

    #[test]
    fn no_amount_does_not_hold() {
        let mut draft = cooperation();
        draft.articles[1].texts = vec![text("fr", &["Chaque partie verse ___ euros."])];
        let found = findings(RULE, &draft);

        assert_eq!(found[0].severity, Severity::Blocking);
        assert_eq!(found[0].place.item, Some(draft.articles[1].id));
        assert_eq!(found[0].basis, ["cgct-l1115-1"]);

        draft.articles.remove(1);
        let found = findings(RULE, &draft);
        assert!(found[0].fix.is_some());
    }

    #[test]
    fn a_charter_and_an_amendment_owe_no_amount() {
        for kind in [ConventionKind::Friendship, ConventionKind::Amendment] {
            let mut charter = cooperation();
            charter.kind = kind;
            charter.articles.remove(1);
            assert!(findings(RULE, &charter).is_empty());
        }
    }

    #[test]
    fn a_convention_taken_over_has_its_amount_in_a_field() {
        let mut old = cooperation();
        old.articles.clear();
        old.budget = None;
        old.taken_over = Some(TakenOver::default());
        assert_eq!(findings(RULE, &old)[0].severity, Severity::Warning);

        old.taken_over = Some(TakenOver {
            amount: Some(Amount::ZERO),
            ..TakenOver::default()
        });
        assert!(findings(RULE, &old).is_empty());
    }
}
