//! What the text says of money, and what the budget says.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Severity::{Blocking, Warning};
use super::case::ConventionCase;
use super::passage::Passage;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, is_contract};
use super::text::basis_of_contents;
use super::{Fix, Place};
use crate::model::field::Field;
use crate::model::text::Content;
use crate::model::{Amount, AnnexKind, Kind, RecordId, Slice, fold, roles};
use crate::reference::Reference;

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

/// How a sentence denies a thing, folded, before its name.
const NONE_OF: [&str; 6] = ["aucun", "aucune", "aucunes", "sans", "pas d", "pas de"];

/// What it denies where it says that no money is committed, folded.
const MONEY: [&str; 15] = [
    "engagement financier",
    "engagements financiers",
    "engagement budgetaire",
    "obligation financiere",
    "contribution financiere",
    "contrepartie financiere",
    "participation financiere",
    "incidence financiere",
    "implication financiere",
    "charge financiere",
    "flux financier",
    "apport financier",
    "transfert financier",
    "transfert de fonds",
    "mouvement de fonds",
];

/// What follows where it denies only some of it: « sans engagement financier supplémentaire », folded.
const ONLY_SOME: [&str; 13] = [
    "supplementaire",
    "supplementaires",
    "complementaire",
    "nouveau",
    "nouvelle",
    "autre",
    "autres",
    "avant",
    "sauf",
    "hors",
    "exception",
    "dela",
    "dehors",
];

/// The same of expenses, which are spoken of otherwise: « aucune dépense n’est engagée sans l’accord du comité », folded.
const ONLY_SOME_EXPENSES: [&str; 6] = ["sans", "si", "tant", "remboursee", "eligible", "apres"];

/// Signs of currencies, and words for them.
const SIGNS: [(char, &str); 4] = [
    ('€', " euros "),
    ('$', " dollars "),
    ('£', " livres sterling "),
    ('¥', " yens "),
];

/// Names of currencies that are first those of other things, folded: the next word tells them apart.
const NAMESAKES: [&str; 10] = [
    "livre",
    "livres",
    "couronne",
    "couronnes",
    "sol",
    "sols",
    "or",
    "ors",
    "nouveau",
    "nouveaux",
];

/// Words that make an amount in letters, folded.
const NUMERALS: [&str; 30] = [
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "vingt",
    "vingts",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "septante",
    "huitante",
    "nonante",
    "cent",
    "cents",
    "mille",
    "million",
    "millions",
    "milliard",
];

/// What may stand between a number and its currency: « deux millions de francs », « 12 k€ », « 5 M€ », folded.
const BETWEEN: [&str; 6] = ["de", "d", "en", "k", "m", "milliers"];

/// How currencies are written, folded: their codes, and their names, of which some say nothing without a second word.
struct Currencies {
    alone: BTreeSet<String>,
    pairs: BTreeSet<(String, String)>,
}

static CURRENCIES: LazyLock<Currencies> = LazyLock::new(|| {
    let usual = ["f", "fcfa", "cfa", "fcfp", "cfp", "shekel", "shekels"];
    let mut alone: BTreeSet<String> = usual.map(str::to_owned).into();
    let mut pairs = BTreeSet::new();
    for currency in Reference::shipped().currencies() {
        alone.insert(fold(&currency.id));
        for name in [&currency.one, &currency.many] {
            let name = fold(name);
            let mut words = name.split(' ').map(str::to_owned);
            let Some(first) = words.next() else { continue };
            if !NAMESAKES.contains(&&*first) {
                alone.insert(first);
            } else if let Some(second) = words.next() {
                pairs.insert((first, second));
            }
        }
    }
    Currencies { alone, pairs }
});

impl Currencies {
    fn has(&self, word: &str, next: &str) -> bool {
        self.alone.contains(word)
            || (NAMESAKES.contains(&word)
                && self.pairs.contains(&(word.to_owned(), next.to_owned())))
    }
}

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
    (passage.says_any(&MONEY) || passage.says_any(&[EXPENSE]))
        && passage.sentences().iter().any(|it| denies_all_money(it))
}

const EXPENSE: &str = "depense";

fn denies_all_money(sentence: &str) -> bool {
    let denied = |of: &str, only_some: &[&str]| {
        sentence.match_indices(of).any(|(at, _)| {
            let before = sentence.get(..at).unwrap_or("").trim_end();
            let after = sentence.get(at + of.len()..).unwrap_or("");
            let is_denied = NONE_OF.iter().any(|none| {
                let rest = before.strip_suffix(none);
                rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
            });
            let is_whole_word = after.is_empty() || after.starts_with(' ');
            let is_partial = |word| ONLY_SOME.contains(&word) || only_some.contains(&word);
            is_denied && is_whole_word && !after.split(' ').any(is_partial)
        })
    };
    MONEY.iter().any(|money| denied(money, &[])) || denied(EXPENSE, &ONLY_SOME_EXPENSES)
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
    for (sign, name) in SIGNS {
        if words.contains(sign) {
            words = words.replace(sign, name);
        }
    }
    words.split(['|', ';', '.']).any(|part| {
        let folded = fold(part);
        let words: Vec<&str> = folded.split(' ').collect();
        is_amount(&words)
    })
}

/// A number, then its currency; or a currency, then a number: « en euros : 12 000 ».
fn is_amount(words: &[&str]) -> bool {
    let (mut after_number, mut after_currency) = (false, false);
    let mut before = "";
    for (at, word) in words.iter().enumerate() {
        let is_figures = word.starts_with(|c: char| c.is_ascii_digit());
        if after_currency && is_figures && !is_year(word) {
            return true;
        }
        let next = words.get(at + 1).copied().unwrap_or("");
        let is_currency = CURRENCIES.has(word, next);
        if after_number && is_currency {
            return true;
        }
        // « les versements de 2027 en euros » names none.
        let goes_on = after_number && BETWEEN.contains(word) && !is_year(before);
        after_number = is_figures || NUMERALS.contains(word) || goes_on;
        after_currency = is_currency || (after_currency && *word == "sterling");
        before = word;
    }
    false
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
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
            "Une aide de 5 000 roupies est versée.",
            "Elle apporte 20 000 CAD.",
            "Elle apporte 20 000 $ canadiens, ou 1,5 M€.",
            "Elle apporte 30 000 livres sterling.",
            "Elle apporte 2 000 000 de dôngs.",
            "Elle apporte deux millions de francs CFA.",
            "Elle apporte 500 F.",
            "Montant (en euros) : 12 000",
            "Elle apporte XOF 5 000 000.",
            "Une participation de quinze euros.",
            "Douze couronnes danoises par personne.",
        ] {
            assert!(is_known_in(paragraph), "{paragraph}");
        }
        for paragraph in [
            "Une somme de ___ euros est versée.",
            "Les paiements se font en euros.",
            "Trois rapports sont remis en 2027. Les paiements se font en euros.",
            "Les signataires se réunissent {{date.debut}}.",
            "La bibliothèque reçoit 5 000 livres.",
            "En 2027, les paiements se font en euros.",
            "Les versements de 2027 en euros sont faits par virement.",
            "Trois rapports par an sont remis, et les paiements se font en euros",
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
    fn money_is_denied_as_a_whole_or_not_at_all() {
        let denies = |paragraph: &str| {
            let mut draft = cooperation();
            draft.articles[0].texts = vec![text("fr", &[paragraph])];
            says_no_money(&passages(&draft)[0])
        };
        for paragraph in [
            "La présente convention n’emporte aucun engagement financier des parties.",
            "Elle est conclue sans incidence financière.",
            "Elle n’entraîne aucune dépense pour les parties.",
            "Elle n'entraîne pas d'engagement financier ; un rapport est remis avant juin.",
            "Il n’est prévu aucun flux financier entre elles.",
        ] {
            assert!(denies(paragraph), "{paragraph}");
        }
        for paragraph in [
            "Aucune dépense n’est engagée avant la signature ; le montant sera fixé plus tard.",
            "Le partenaire prolonge l’action sans engagement financier supplémentaire.",
            "Aucune autre contribution financière n’est demandée.",
            "Aucune dépense ne peut être engagée sans l’accord du comité.",
            "Les dépenses sont suivies.",
        ] {
            assert!(!denies(paragraph), "{paragraph}");
        }
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
