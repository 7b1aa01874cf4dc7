//! The prefect's delay: two months from the transmission of the convention (CGCT, L. 2131-6), put off by a request for
//! documents until they have been transmitted.

use chrono::{Months, NaiveDate};

use super::{ActKind, Convention};

/// Where the prefect's delay stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegalityReview {
    /// It runs, until that day.
    Runs {
        /// Its last day.
        until: NaiveDate,
    },
    /// Documents were asked for that day and have not been transmitted: it does not run.
    Waits {
        /// The day of the request.
        asked: NaiveDate,
    },
    /// It is over, as somebody recorded.
    Over {
        /// The day recorded.
        on: NaiveDate,
    },
}

impl Convention {
    /// Where the prefect's delay stands; nothing before the convention is transmitted.
    ///
    /// A transmission recorded after a request is that of the documents asked for.
    #[must_use]
    pub fn legality_review(&self) -> Option<LegalityReview> {
        let last = |kind| self.done(kind).map(|(_, day)| day).max();
        let sent = last(ActKind::ConventionTransmission)?;
        if let Some(on) = last(ActKind::DelayEnd).filter(|on| *on >= sent) {
            return Some(LegalityReview::Over { on });
        }
        match last(ActKind::DocumentRequest).filter(|asked| *asked >= sent) {
            Some(asked) => Some(LegalityReview::Waits { asked }),
            None => Some(LegalityReview::Runs {
                until: sent.checked_add_months(Months::new(2))?,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Act, ConventionKind, Ids};

    #[test]
    fn a_request_puts_the_delay_off_until_the_documents_are_sent() {
        let mut ids = Ids::counted(1);
        let mut convention = Convention::new(ids.next_id(), ConventionKind::Cooperation, "");
        let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day).unwrap();
        let mut then = |kind, date| {
            convention.acts.push(Act {
                date: Some(date),
                ..Act::new(ids.next_id(), kind)
            });
            convention.legality_review()
        };
        assert_eq!(then(ActKind::Vote, day(1, 10)), None);
        let runs = |until| Some(LegalityReview::Runs { until });
        assert_eq!(
            then(ActKind::ConventionTransmission, day(2, 1)),
            runs(day(4, 1))
        );
        let asked = Some(LegalityReview::Waits { asked: day(3, 5) });
        assert_eq!(then(ActKind::DocumentRequest, day(3, 5)), asked);
        assert_eq!(
            then(ActKind::ConventionTransmission, day(3, 20)),
            runs(day(5, 20))
        );
        let over = Some(LegalityReview::Over { on: day(5, 21) });
        assert_eq!(then(ActKind::DelayEnd, day(5, 21)), over);
    }
}
