//! What stands around the text: the running lines and the word across the pages of a draft, in each language.

use chrono::NaiveDate;

use crate::model::{ActKind, Convention};
use crate::reference::{Labels, fill};

use super::desk::Desk;
use super::{Around, Composition, Running, State};

/// The running lines and the word across the page, in the language of the desk.
pub(super) fn around(desk: &Desk<'_>, composition: &Composition) -> Around {
    let Desk {
        convention,
        records,
        labels,
        ..
    } = desk;
    let draft = composition.state == State::Working && convention.taken_over.is_none();
    Around {
        language: desk.lang.clone(),
        watermark: draft.then(|| labels.page.draft.clone()),
        header: Running {
            left: records.authority().name.text.clone(),
            right: convention.title.clone(),
        },
        footer: Running {
            left: foot(convention, labels, composition),
            right: String::new(),
        },
    }
}

/// Around two languages side by side: the foot and the word across the page say in both what the text is.
pub(super) fn both(first: &Around, second: &Around) -> Around {
    let mut both = first.clone();
    if let (Some(word), Some(other)) = (&mut both.watermark, &second.watermark)
        && word != other
    {
        *word = format!("{word} – {other}");
    }
    both.footer.left = format!("{} – {}", first.footer.left, second.footer.left);
    both
}

/// What the foot of each page says that the document is, and of which day.
fn foot(convention: &Convention, labels: &Labels, composition: &Composition) -> String {
    let page = &labels.page;
    let taken_over = convention.taken_over.is_some();
    let (label, first) = match composition.state {
        State::Working if !taken_over => (&page.draft_version_of, &page.draft_of),
        State::Vote if !taken_over => (&page.annexed_version_of, &page.annexed_to),
        _ => (&page.version_of, &labels.sheet.state_on),
    };
    let date = match composition.state {
        State::Vote if !taken_over => {
            day_of_vote(convention).map_or_else(|| TO_COME.to_owned(), |date| labels.date(date))
        }
        _ => labels.date(composition.dated),
    };
    let number = convention.version.to_string();
    let label = if convention.version == 0 {
        first
    } else {
        label
    };
    fill(label, &[("n", &number), ("date", &date)])
}

/// Stands in the foot for a day that is not known yet.
const TO_COME: &str = "…………………";

/// The day on which our own assembly votes, or has: as the act of the vote says, done or due.
fn day_of_vote(convention: &Convention) -> Option<NaiveDate> {
    let ours = convention.parties.iter().find(|it| it.partner.is_none())?;
    let votes = convention
        .acts
        .iter()
        .filter(|act| act.kind == ActKind::Vote && act.party.as_ref() == Some(&ours.key));
    votes.filter_map(|act| act.date.or(act.due)).next_back()
}
