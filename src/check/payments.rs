//! How money goes to who receives it, and beyond.

use super::Place;
use super::Severity::Warning;
use super::case::ConventionCase;
use super::clauses::Clause;
use super::commitments::own_cash;
use super::money::names_an_amount;
use super::passage::Passage;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, is_contract};
use super::wording::list;
use crate::model::{ConventionKind, Lang, roles};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new("versements", "Modalités de versement", Warning, &[]),
        check: Check::Text(pays, terms_of_payment),
    },
    Rule {
        info: RuleInfo::new(
            "reversement",
            "Reversement par un opérateur",
            Warning,
            &["cgct-l1611-4"],
        ),
        check: Check::Text(is_contract, passing_on),
    },
];

/// A framework tells an envelope: its annual conventions pay.
fn pays(kind: ConventionKind) -> bool {
    is_contract(kind) && kind != ConventionKind::Framework
}

const PAYMENTS: Clause = Clause {
    role: roles::PAYMENTS,
    title: "Modalités de versement",
    missing: "De l’argent passe d’une partie à une autre et aucun article ne dit comment\u{a0}: échéances, conditions, \
              compte, ordonnateur qui reçoit, sort des sommes non employées.",
    elsewhere: &[],
};

/// Words that say where the money goes, folded.
const ACCOUNT: [&str; 10] = [
    "compte bancaire",
    "compte ouvert",
    "un compte",
    "le compte",
    "son compte",
    "au compte",
    "coordonnees bancaires",
    "releve d identite bancaire",
    "comptable public",
    "iban",
];

/// Words that say what becomes of what was not spent, folded.
const UNUSED: [&str; 12] = [
    "non depens",
    "pas ete depens",
    "trop percu",
    "non employ",
    "non utilis",
    "pas ete employ",
    "pas ete utilis",
    "non consomm",
    "reverse",
    "restitu",
    "rembours",
    "reliquat",
];

fn terms_of_payment(case: &ConventionCase<'_>) -> Vec<Found> {
    if !money_flows(case) {
        return Vec::new();
    }
    if let Some(found) = PAYMENTS.missing(case) {
        return vec![found];
    }

    let about_money: Vec<&Passage<'_>> = case
        .french_passages()
        .filter(|passage| {
            [roles::PAYMENTS, roles::FINANCES, roles::PASSING_ON]
                .iter()
                .any(|role| passage.has_role(role))
        })
        .collect();
    let says = |phrases: &[&str]| about_money.iter().any(|it| it.says_any(phrases));

    let mut untold = Vec::new();
    if !says(&ACCOUNT) {
        untold.push("sur quel compte");
    }
    // A public body is paid through who orders its income; an association is not.
    if case.convention.kind.is_cooperation()
        && !says(&["ordonnateur", "ordonnatrice"])
        && !goes_to_an_operator(case)
    {
        untold.push("quel ordonnateur reçoit");
    }
    if !says(&UNUSED) {
        untold.push("ce que deviennent les sommes non employées");
    }
    let Some(article) = case.article_with_role(roles::PAYMENTS) else {
        return Vec::new();
    };
    if untold.is_empty() {
        return Vec::new();
    }
    vec![Found::new(
        Place::item(case.record(), "articles", article).in_language(Lang::french()),
        format!("L’article sur les versements ne dit pas {}.", list(&untold)),
        Facts::default().with(&untold),
    )]
}

/// Whether one party pays another: a grant does; a cooperation when a party brings cash of its own.
fn money_flows(case: &ConventionCase<'_>) -> bool {
    if !case.convention.kind.is_cooperation() {
        return true;
    }
    match case.budget() {
        Some(budget) => case
            .written
            .parties
            .iter()
            .any(|party| !own_cash(case, budget, party, None).is_zero()),
        None => case
            .french_passages()
            .filter(|passage| passage.has_role(roles::FINANCES))
            .any(names_an_amount),
    }
}

/// Whether the money is paid to a body of private law, which has no authorising officer.
fn goes_to_an_operator(case: &ConventionCase<'_>) -> bool {
    case.convention.kind == ConventionKind::Multiparty
        && case.written.parties.iter().any(|party| party.passes_on)
}

const PASSING_ON: Clause = Clause {
    role: roles::PASSING_ON,
    title: "Reversement",
    missing: "Un opérateur reverse à d’autres l’argent qu’il reçoit et aucun article ne l’y autorise\u{a0}: la loi veut une \
              clause expresse, qui nomme ceux à qui il reverse.",
    elsewhere: &[],
};

fn passing_on(case: &ConventionCase<'_>) -> Vec<Found> {
    let passes_on = case.written.parties.iter().any(|party| party.passes_on);
    passes_on
        .then(|| PASSING_ON.missing(case))
        .flatten()
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{World, cooperation, findings};
    use super::*;
    use crate::model::Amount;

    const COMPLETE: &str = "La contribution est versée en deux fois, sur le compte que désigne l’ordonnateur de la \
                            commune. Les sommes non employées sont reversées.";

    #[test]
    fn terms_that_say_where_to_whom_and_what_comes_back_hold() {
        let mut world = World::new();
        world.article(roles::PAYMENTS, &[COMPLETE]);
        assert!(world.findings("versements").is_empty());
    }

    #[test]
    fn money_without_terms_does_not_hold() {
        let found = findings("versements", &cooperation());
        assert!(found[0].fix.is_some());

        let mut world = World::new();
        let article = world.article(roles::PAYMENTS, &["Elle est versée en deux fois."]);
        let found = world.findings("versements");
        assert_eq!(found[0].place.item, Some(article));
        for untold in ["compte", "ordonnateur", "non employées"] {
            assert!(found[0].message.contains(untold), "{untold}");
        }
    }

    #[test]
    fn an_association_has_no_authorising_officer() {
        let mut world = World::new();
        world.convention.kind = ConventionKind::Grant;
        world.article(
            roles::PAYMENTS,
            &["Elle est versée sur le compte de l’association. Le reliquat est restitué."],
        );
        assert!(world.findings("versements").is_empty());
    }

    #[test]
    fn a_framework_leaves_it_to_its_annual_conventions() {
        let mut world = World::new();
        assert_eq!(world.findings("versements").len(), 1);
        world.convention.kind = ConventionKind::Framework;
        assert!(world.findings("versements").is_empty());
    }

    #[test]
    fn where_all_is_in_kind_nothing_is_paid() {
        let mut world = World::new();
        for share in &mut world.budget.lines[0].shares {
            share.amount = Amount::ZERO;
        }
        assert!(world.findings("versements").is_empty());
    }

    #[test]
    fn an_operator_with_its_clause_holds() {
        let mut world = World::new();
        world.convention.parties[1].passes_on = true;
        world.article(
            roles::PASSING_ON,
            &["L’opérateur reverse aux comités d’usagers ce que prévoit l’annexe."],
        );
        assert!(world.findings("reversement").is_empty());
    }

    #[test]
    fn an_operator_without_it_does_not_hold() {
        let mut draft = cooperation();
        draft.parties[1].passes_on = true;
        let found = findings("reversement", &draft);
        assert_eq!(found[0].basis, ["cgct-l1611-4"]);
        assert!(found[0].fix.is_some());
    }

    #[test]
    fn who_keeps_what_it_receives_needs_none() {
        assert!(findings("reversement", &cooperation()).is_empty());
    }
}
