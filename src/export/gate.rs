//! Why a text may not leave to be signed: a point that blocks and that nobody set aside, or another text than the one
//! that was voted.

use std::fmt;

use chrono::NaiveDate;

use super::ExportError;
use crate::check::{self, AS_VOTED, Finding, Subject};
use crate::model::{Convention, Id, Records, Text};
use crate::reference::Reference;

/// What stands between a text and its signature. Nothing does when all is empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Obstacles {
    /// Points that block.
    pub findings: Vec<Finding>,
    /// Where the text is not the one that was voted, beyond its blanks.
    pub not_voted: Vec<Finding>,
    /// The paragraphs that differ.
    pub differences: Vec<Difference>,
}

/// A paragraph that is not as it was voted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// As it was voted; empty when it was not there.
    pub voted: String,
    /// As it would be signed; empty when it is gone.
    pub now: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| match text {
            "" => "rien".to_owned(),
            text => format!("«\u{a0}{text}\u{a0}»"),
        };
        let (voted, now) = around_the_change(&self.voted, &self.now);
        write!(
            f,
            "voté\u{a0}: {}, à signer\u{a0}: {}",
            quoted(&voted),
            quoted(&now)
        )
    }
}

impl Obstacles {
    /// Whether nothing stands in the way.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.not_voted.is_empty()
    }

    pub(super) fn refuse(self, convention: &Convention) -> Result<(), ExportError> {
        let title = convention.title.clone();
        let messages = |findings: Vec<Finding>| findings.into_iter().map(|it| it.message).collect();
        if !self.findings.is_empty() {
            return Err(ExportError::Blocked {
                title,
                messages: messages(self.findings),
            });
        }
        if !self.not_voted.is_empty() {
            return Err(ExportError::NotVoted {
                title,
                messages: messages(self.not_voted),
                differences: self.differences,
            });
        }
        Ok(())
    }
}

/// What stands between that convention and its signature.
///
/// That the text is the one voted is what « signature » means here, however sure the law's text is: the point stands
/// unless somebody set it aside.
#[must_use]
pub fn obstacles(
    convention: &Convention,
    records: &Records,
    reference: &Reference,
    today: NaiveDate,
) -> Obstacles {
    let findings = check::review(
        Subject::Convention(convention.id),
        records,
        reference,
        today,
    );
    let (voted, others): (Vec<Finding>, Vec<Finding>) = findings
        .into_iter()
        .partition(|finding| finding.rule == AS_VOTED);
    let not_voted: Vec<Finding> = voted
        .into_iter()
        .filter(|it| it.set_aside.is_none())
        .collect();

    let before = records.voted(convention.id).and_then(|version| {
        version
            .records
            .conventions
            .iter()
            .find(|it| it.id == convention.id)
    });
    let differences = before.map_or_else(Vec::new, |before| {
        let items = not_voted.iter().filter_map(|finding| finding.place.item);
        items
            .flat_map(|item| differences(texts_of(before, item), texts_of(convention, item)))
            .collect()
    });
    Obstacles {
        findings: others.into_iter().filter(Finding::blocks).collect(),
        not_voted,
        differences,
    }
}

fn texts_of(convention: &Convention, item: Id) -> &[Text] {
    let visas = convention.visas.iter().map(|it| (it.id, &it.texts));
    let recitals = convention.recitals.iter().map(|it| (it.id, &it.texts));
    let articles = convention.articles.iter().map(|it| (it.id, &it.texts));
    let annexes = convention.annexes.iter().map(|it| (it.id, &it.texts));
    let mut items = visas.chain(recitals).chain(articles).chain(annexes);
    items
        .find(|(id, _)| *id == item)
        .map_or(&[], |(_, texts)| texts.as_slice())
}

/// The paragraphs between the first and the last that differ, title included, language by language.
fn differences(voted: &[Text], now: &[Text]) -> Vec<Difference> {
    let lines = |text: &Text| -> Vec<String> {
        let title = Some(&text.title).filter(|it| !it.is_empty());
        title.into_iter().chain(&text.paragraphs).cloned().collect()
    };
    let languages = voted.iter().chain(
        now.iter()
            .filter(|text| voted.iter().all(|it| it.lang != text.lang)),
    );
    let in_language = |texts: &[Text], text: &Text| {
        texts
            .iter()
            .find(|it| it.lang == text.lang)
            .map(lines)
            .unwrap_or_default()
    };

    let mut found = Vec::new();
    for text in languages {
        let (mut before, mut after) = (in_language(voted, text), in_language(now, text));
        let same = |(voted, now): &(&String, &String)| voted == now || check::fills(voted, now);
        let first = before.iter().zip(&after).take_while(same).count();
        before.drain(..first);
        after.drain(..first);
        let last = before
            .iter()
            .rev()
            .zip(after.iter().rev())
            .take_while(same)
            .count();
        before.truncate(before.len() - last);
        after.truncate(after.len() - last);
        for place in 0..before.len().max(after.len()) {
            found.push(Difference {
                voted: before.get(place).cloned().unwrap_or_default(),
                now: after.get(place).cloned().unwrap_or_default(),
            });
        }
    }
    found
}

/// The words that differ, with some before and after.
fn around_the_change(voted: &str, now: &str) -> (String, String) {
    /// Words kept at each side.
    const AROUND: usize = 4;
    /// Words shown at most.
    const MOST: usize = 30;

    let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    let (voted, now) = (words(voted), words(now));
    let first = voted.iter().zip(&now).take_while(|(a, b)| a == b).count();
    let last = voted
        .iter()
        .rev()
        .zip(now.iter().rev())
        .take(voted.len().min(now.len()) - first)
        .take_while(|(a, b)| a == b)
        .count();
    let cut = |words: &[String]| {
        let from = first.saturating_sub(AROUND);
        let to = (words.len() - last + AROUND).min(words.len());
        let shown = words.get(from..to).unwrap_or_default();
        let mut text = shown
            .iter()
            .take(MOST)
            .cloned()
            .collect::<Vec<_>>()
            .join(" ");
        if from > 0 {
            text.insert_str(0, "… ");
        }
        if to < words.len() || shown.len() > MOST {
            text.push_str(" …");
        }
        text
    };
    (cut(&voted), cut(&now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    fn text(paragraphs: &[&str]) -> Vec<Text> {
        let paragraphs = paragraphs.iter().map(|it| (*it).to_owned()).collect();
        vec![Text::new(Lang::french(), paragraphs)]
    }

    #[test]
    fn the_paragraphs_that_differ_are_shown_and_filled_blanks_are_not() {
        let voted = text(&[
            "Un.",
            "Le ___ à Valmont.",
            "Une somme de 60 000 € est versée chaque année en mars.",
            "Fin.",
        ]);
        let now = text(&[
            "Un.",
            "Le 3 mai à Valmont.",
            "Une somme de 90 000 € est versée chaque année en mars.",
            "Fin.",
        ]);
        let found = differences(&voted, &now);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].to_string(),
            "voté\u{a0}: «\u{a0}Une somme de 60 000 € est versée …\u{a0}», à signer\u{a0}: «\u{a0}Une somme de 90 000 € est versée …\u{a0}»"
        );
        assert!(differences(&voted, &voted).is_empty());
    }

    #[test]
    fn what_is_added_or_removed_is_shown_against_nothing() {
        let found = differences(&text(&["A.", "B."]), &text(&["A."]));
        assert_eq!(
            found[0].to_string(),
            "voté\u{a0}: «\u{a0}B.\u{a0}», à signer\u{a0}: rien"
        );
        let found = differences(&[], &text(&["A."]));
        assert_eq!(found[0].now, "A.");
    }
}
