//! Whether the text to sign is the text that was voted.

use super::Place;
use super::Severity::{Blocking, Warning};
use super::case::ConventionCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind, is_about_to_be_signed};
use super::wording::{capital, day as told, item, quoted};
use crate::model::text::{Content, parse};
use crate::model::{
    ActKind, Amount, Budget, Convention, Id, Kind, RecordId, Slice, Snapshot, Stage, Text,
};

/// The rule's name.
pub const AS_VOTED: &str = "texte-vote";

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new(
        AS_VOTED,
        "Texte conforme au texte voté",
        Blocking,
        &["cgct-l2121-29"],
    ),
    check: Check::Text(any_kind, as_voted),
}];

fn as_voted(case: &ConventionCase<'_>) -> Vec<Found> {
    let Some((snapshot, voted)) = voted(case) else {
        return not_kept(case).into_iter().collect();
    };
    let mut found = changed_items(case, voted);
    found.extend(changed_amounts(case, snapshot));

    if is_about_to_be_signed(case.stage) {
        found
    } else {
        found.into_iter().map(|it| it.only(Warning)).collect()
    }
}

/// The text is about to be signed, and nothing tells what was voted: the vote was recorded elsewhere, or before versions
/// were kept.
fn not_kept(case: &ConventionCase<'_>) -> Option<Found> {
    let mut parties = case.convention.parties.iter();
    let ours = &parties.find(|it| it.partner.is_none())?.key;
    let (act, date) = case.convention.done_by(ActKind::Vote, ours)?;
    (case.stage == Stage::DeliberationTransmitted).then(|| {
        Found::new(
            Place::item(case.record(), "acts", act.id),
            format!(
                "Le texte voté le {} n’a pas été gardé\u{a0}: rien ne montre que celui que l’on va signer est le même. Le \
                 comparer à ce qui fut annexé à la délibération.",
                told(date)
            ),
            Facts::default().with((act.id, date)),
        )
        .only(Warning)
    })
}

/// The version that our assembly voted, and the convention in it.
fn voted<'a>(case: &ConventionCase<'a>) -> Option<(&'a Snapshot, &'a Convention)> {
    let snapshot = &case.records.voted(case.convention.id)?.records;
    let mut conventions = snapshot.conventions.iter();
    let convention = conventions.find(|it| it.id == case.convention.id)?;
    Some((snapshot, convention))
}

/// An item of the text: its field, its rank from 1, its identifier, its texts.
type Item<'a> = (&'static str, usize, Id, &'a [Text]);

fn items(convention: &Convention) -> Vec<Item<'_>> {
    let visas = (1..).zip(&convention.visas);
    let recitals = (1..).zip(&convention.recitals);
    let articles = (1..).zip(&convention.articles);
    let annexes = (1..).zip(&convention.annexes);

    visas
        .map(|(number, it)| ("visas", number, it.id, it.texts.as_slice()))
        .chain(recitals.map(|(number, it)| ("recitals", number, it.id, it.texts.as_slice())))
        .chain(articles.map(|(number, it)| ("articles", number, it.id, it.texts.as_slice())))
        .chain(annexes.map(|(number, it)| ("annexes", number, it.id, it.texts.as_slice())))
        .collect()
}

fn changed_items(case: &ConventionCase<'_>, voted: &Convention) -> Vec<Found> {
    let (before, now) = (items(voted), items(case.written));
    let mut found = Vec::new();

    for (field, number, id, texts) in &now {
        let same = before.iter().find(|(_, _, other, _)| other == id);
        let message = match same {
            Some((_, _, _, voted)) if fills_only_blanks(voted, texts) => continue,
            Some(_) => "n’est plus tel qu’il a été voté",
            None => "n’était pas dans le texte voté",
        };
        found.push(Found::new(
            Place::item(case.record(), field, *id),
            format!(
                "{} {message}\u{a0}: signer le texte voté, ou soumettre celui-ci à l’assemblée.",
                capital(&item(field, *number))
            ),
            Facts::default().with(texts),
        ));
    }
    for (field, number, id, texts) in &before {
        if now.iter().all(|(_, _, other, _)| other != id) {
            found.push(Found::new(
                Place::field(case.record(), field),
                format!(
                    "{} du texte voté n’y est plus\u{a0}: signer le texte voté, ou soumettre celui-ci à l’assemblée.",
                    capital(&item(field, *number))
                ),
                Facts::default().with(texts),
            ));
        }
    }
    found
}

/// Whether texts are the same, but for blanks that have been filled since.
fn fills_only_blanks(voted: &[Text], now: &[Text]) -> bool {
    voted.len() == now.len()
        && voted.iter().zip(now).all(|(voted, now)| {
            voted.lang == now.lang
                && voted.title == now.title
                && voted.notes == now.notes
                && voted.paragraphs.len() == now.paragraphs.len()
                && voted
                    .paragraphs
                    .iter()
                    .zip(&now.paragraphs)
                    .all(|(voted, now)| voted == now || fills(voted, now))
        })
}

/// Whether a paragraph is another with its blanks filled: what stands around them follows in order.
pub fn fills(voted: &str, now: &str) -> bool {
    let mut rest = now;
    let mut from = 0;
    let mut is_open = false;

    for leaf in parse(voted).leaves {
        if !matches!(leaf.content, Content::Blank(_)) {
            continue;
        }
        let between = voted.get(from..leaf.range.start).unwrap_or("");
        let Some(after) = skip(rest, between, is_open) else {
            return false;
        };
        rest = after;
        from = leaf.range.end;
        is_open = true;
    }
    let last = voted.get(from..).unwrap_or("");
    if is_open {
        rest.ends_with(last)
    } else {
        rest == last
    }
}

/// What follows those words, which come at once unless a blank stands before them.
fn skip<'a>(text: &'a str, words: &str, after_a_blank: bool) -> Option<&'a str> {
    if after_a_blank {
        text.split_once(words).map(|(_, rest)| rest)
    } else {
        text.strip_prefix(words)
    }
}

/// Amounts that the text reads and that the budget no longer says.
fn changed_amounts(case: &ConventionCase<'_>, voted: &Snapshot) -> Option<Found> {
    let now = case.budget()?;
    let before = voted.budgets.iter().find(|budget| budget.id == now.id)?;
    let brings = |budget: &Budget, id: Id, in_kind: bool| -> Amount {
        budget.planned(Slice {
            years: &case.written.budget_years,
            funder: Some(id),
            in_kind: Some(in_kind),
        })
    };
    let party = case.written.parties.iter().find(|party| {
        let funder = |budget: &Budget| budget.funder(&party.key).map(|funder| funder.id);
        [true, false].into_iter().any(|in_kind| {
            let amount = |budget: &Budget| {
                funder(budget).map_or(Amount::ZERO, |id| brings(budget, id, in_kind))
            };
            amount(now) != amount(before)
        })
    })?;

    let place = RecordId {
        kind: Kind::Budget,
        id: now.id,
    };
    Some(Found::new(
        Place::field(place, "lines"),
        format!(
            "Depuis le vote, le budget a changé ce que {} apporte\u{a0}: signer les montants votés, ou soumettre ceux-ci à \
             l’assemblée.",
            quoted(case.name_of(party))
        ),
        Facts::default().with(&now.lines),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, day};
    use super::*;
    use crate::model::{TakenOver, VersionReason};

    const RULE: &str = AS_VOTED;

    /// A draft with a blank, voted by us and kept as it was voted.
    fn voted_world() -> World {
        let mut world = World::new();
        world.article("versements", &["Sur le compte ___ ouvert le ___."]);
        world.act(ActKind::Vote, 0, day(2026, 10, 1));
        world.keep(VersionReason::Act, false);
        world
    }

    #[test]
    fn the_text_as_voted_holds_and_blanks_may_be_filled() {
        let mut world = voted_world();
        assert!(world.findings(RULE).is_empty());

        world.convention.articles[2].texts[0].paragraphs[0] =
            "Sur le compte TG 001 ouvert le 3 mai.".to_owned();
        assert!(world.findings(RULE).is_empty());
    }

    #[test]
    fn what_was_rewritten_added_or_removed_since_the_vote_is_shown() {
        let mut world = voted_world();
        world.convention.articles[2].texts[0].paragraphs[0] =
            "Sur un compte TG 001 ouvert le 3 mai.".to_owned();
        world.convention.articles.remove(1);
        world.article("duree", &["Trois ans."]);
        let found = world.findings(RULE);

        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|it| it.severity == Severity::Warning));
        let said = |part: &str| found.iter().any(|it| it.message.contains(part));
        assert!(said("L’article 2 n’est plus tel qu’il a été voté"));
        assert!(said("L’article 3 n’était pas dans le texte voté"));
        assert!(said("L’article 2 du texte voté n’y est plus"));
    }

    #[test]
    fn it_blocks_once_the_text_is_about_to_be_signed() {
        let mut world = voted_world();
        world.budget.lines[0].shares[0].amount = Amount(1);
        world.act(ActKind::DeliberationTransmission, 0, day(2026, 10, 5));
        let found = world.findings(RULE);
        assert_eq!(found[0].severity, Severity::Blocking);
        assert_eq!(found[0].place.record.id, world.budget.id);
        assert!(found[0].message.contains("Valmont"));

        // The text that says so is « à confirmer » in what ships.
        world.knowledge.unread = &["cgct-l2121-29"];
        assert_eq!(world.findings(RULE)[0].severity, Severity::Warning);
    }

    #[test]
    fn without_a_version_that_was_voted_there_is_nothing_to_compare() {
        let mut world = World::new();
        world.act(ActKind::Vote, 0, day(2026, 10, 1));
        world.keep(VersionReason::Export, false);
        world.convention.articles[0].texts[0].title.push('…');
        assert!(world.findings(RULE).is_empty());

        // That is told before it is signed, and not after.
        world.act(ActKind::DeliberationTransmission, 0, day(2026, 10, 5));
        let found = world.findings(RULE);
        assert_eq!((found.len(), found[0].severity), (1, Severity::Warning));
        assert!(
            found[0].message.contains("01/10/2026"),
            "{}",
            found[0].message
        );
        for party in [0, 1] {
            world.act(ActKind::Signature, party, day(2026, 10, 8));
        }
        assert!(world.findings(RULE).is_empty());

        let mut world = voted_world();
        world.convention.articles.clear();
        world.convention.taken_over = Some(TakenOver::default());
        assert!(world.findings(RULE).is_empty());
    }
}
