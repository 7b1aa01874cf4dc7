//! What is due under one convention.

use chrono::{Datelike, Months, NaiveDate};

use super::{Deed, Delay, Due, Place, in_figures, last_session};
use crate::model::{
    Act, ActKind, Amount, Convention, ConventionKind, Key, LegalityReview, Nature, Party, Records,
    Stage,
};

/// Above this sum a year, in euro cents, a grant asks for a convention and its essential data are published (loi
/// n° 2000-321, art. 10; décret n° 2017-779).
const GRANT: Amount = Amount(2_300_000);

/// From this many inhabitants the essential data of grants are published (décret n° 2017-779).
const PUBLISHES_FROM: u64 = 3_500;

/// Whether something still happens under it.
pub(super) fn goes_on(convention: &Convention, records: &Records, today: NaiveDate) -> bool {
    !matches!(stage(convention, records, today), Stage::Ended)
}

fn stage(convention: &Convention, records: &Records, today: NaiveDate) -> Stage {
    convention.stage(today, |party| {
        records.nature_of(party) == Some(Nature::FrenchAuthority)
    })
}

/// What is due under it.
pub(super) fn due(convention: &Convention, records: &Records, today: NaiveDate) -> Vec<Due> {
    let case = Case {
        convention,
        records,
        today,
        stage: stage(convention, records, today),
    };
    if case.stage == Stage::Ended {
        return case.after_the_term();
    }
    [
        case.awaited(),
        case.vote().into_iter().collect(),
        case.deliberations(),
        case.transmission().into_iter().collect(),
        case.review_of_legality().into_iter().collect(),
        case.delay_of_third_parties(),
        case.publication().into_iter().collect(),
        case.report().into_iter().collect(),
        case.renewal().into_iter().collect(),
    ]
    .concat()
}

struct Case<'a> {
    convention: &'a Convention,
    records: &'a Records,
    today: NaiveDate,
    stage: Stage,
}

impl Case<'_> {
    /// What a grant leaves to do once its term has come, the year after.
    fn after_the_term(&self) -> Vec<Due> {
        let is_cut_short = [ActKind::Termination, ActKind::Abandonment]
            .into_iter()
            .any(|kind| self.done(kind).next().is_some());
        let is_recent =
            (self.convention.end).is_some_and(|end| end.year() + 1 >= self.today.year());
        if is_cut_short || !is_recent {
            return Vec::new();
        }
        self.publication()
            .into_iter()
            .chain(self.report())
            .collect()
    }

    fn line(
        &self,
        key: impl Into<String>,
        day: NaiveDate,
        words: impl Into<String>,
        deed: Deed,
    ) -> Due {
        Due {
            key: key.into(),
            put_off: None,
            day,
            prepares: false,
            about: self.records.short_title(self.convention),
            words: words.into(),
            place: Place::Convention(self.convention.id),
            deed,
            in_charge: self.convention.in_charge,
        }
    }

    fn done(&self, kind: ActKind) -> impl Iterator<Item = (&Act, NaiveDate)> {
        self.convention
            .acts
            .iter()
            .filter(move |act| act.kind == kind)
            .filter_map(|act| Some((act, act.date?)))
    }

    /// Whether an act of that kind, of that party or of any, was given a day that is still to come.
    fn awaits(&self, kind: ActKind, party: Option<&Key>) -> bool {
        self.convention.acts.iter().any(|act| {
            act.kind == kind
                && act.date.is_none()
                && act.due.is_some()
                && (party.is_none() || act.party.as_ref() == party)
        })
    }

    /// Whether it is ours: a party's key that names us.
    fn is_ours(&self, key: Option<&Key>) -> bool {
        let party = self
            .convention
            .parties
            .iter()
            .find(|it| Some(&it.key) == key);
        party.is_none_or(|it| it.partner.is_none())
    }

    fn name_of(&self, key: &Key) -> String {
        let party = self.convention.parties.iter().find(|it| it.key == *key);
        let partner = party.and_then(|it| self.records.partner(it.partner?));
        let (short, name) = match partner {
            Some(partner) => (&partner.short_name, &partner.name),
            None => (
                &self.records.authority().short_name,
                &self.records.authority().name,
            ),
        };
        short.as_ref().unwrap_or(name).text.clone()
    }

    /// Acts that were given a day and have not come.
    fn awaited(&self) -> Vec<Due> {
        let acts = self.convention.acts.iter();
        acts.filter(|act| act.date.is_none())
            .filter_map(|act| {
                let day = act.due?;
                let mut words = act.kind.label().to_owned();
                if let Some(party) = &act.party {
                    words = format!("{words}, {}", self.name_of(party));
                }
                if let Some(place) = &act.place {
                    words = format!("{words}, à {place}");
                }
                let deed = match act.kind {
                    ActKind::Committee | ActKind::Report => Deed::Done(act.id),
                    kind => Deed::Record(kind, act.party.clone()),
                };
                Some(self.line(format!("acte.{}", act.id), day, words, deed))
            })
            .collect()
    }

    /// The last sitting of our assembly that can still vote before the programme begins.
    fn vote(&self) -> Option<Due> {
        let is_drafted = matches!(self.stage, Stage::Drafting | Stage::Review);
        let ours = self
            .convention
            .parties
            .iter()
            .find(|it| it.partner.is_none())?;
        let is_voted = self.convention.done_by(ActKind::Vote, &ours.key).is_some();
        if !is_drafted || is_voted || self.awaits(ActKind::Vote, Some(&ours.key)) {
            return None;
        }
        let start = self.convention.start.filter(|start| *start > self.today)?;
        let session = self.session_before(ours.decided_by.as_deref(), start)?;
        let words = format!(
            "À faire voter à la séance du {}, la dernière avant le début du programme ({})",
            in_figures(session.date),
            in_figures(start)
        );
        let deed = Deed::Record(ActKind::Vote, Some(ours.key.clone()));
        Some(self.counted_back(self.line("vote", session.date, words, deed), session))
    }

    fn session_before(&self, body: Option<&str>, day: NaiveDate) -> Option<&crate::model::Session> {
        last_session(self.records.authority(), body, self.today, day)
    }

    /// What is done at a sitting is done by the last day on which a file can be put on its agenda.
    fn counted_back(&self, due: Due, session: &crate::model::Session) -> Due {
        match session.closes {
            Some(closes) => Due {
                day: closes,
                words: format!(
                    "{}\u{a0}; dossier à déposer avant le {}",
                    due.words,
                    in_figures(closes)
                ),
                ..due
            },
            None => due,
        }
    }

    /// Our votes that the representative of the State has not received.
    fn deliberations(&self) -> Vec<Due> {
        let is_past = matches!(self.stage, Stage::InForce | Stage::Suspended);
        if is_past || self.convention.taken_over.is_some() {
            return Vec::new();
        }
        self.done(ActKind::Vote)
            .filter(|(vote, _)| self.is_ours(vote.party.as_ref()))
            .filter(|(vote, _)| {
                !self.awaits(ActKind::DeliberationTransmission, vote.party.as_ref())
            })
            .filter(|(vote, day)| {
                !self
                    .done(ActKind::DeliberationTransmission)
                    .any(|(sent, on)| sent.party == vote.party && on >= *day)
            })
            .filter_map(|(vote, day)| {
                let by = Delay::DeliberationTransmission.after(day, self.records.authority())?;
                let words = format!("Transmettre la délibération votée le {}", in_figures(day));
                let deed = Deed::Record(ActKind::DeliberationTransmission, vote.party.clone());
                Some(self.line(
                    format!("transmission-deliberation.{}", vote.id),
                    by,
                    words,
                    deed,
                ))
            })
            .collect()
    }

    /// Signed by all and not transmitted: it has no effect (CGCT, L. 1115-1).
    fn transmission(&self) -> Option<Due> {
        let is_awaited = self.awaits(ActKind::ConventionTransmission, None);
        let has_effect_then =
            self.records.takes_effect_by(self.convention) == ActKind::ConventionTransmission;
        if self.stage != Stage::Signed || !has_effect_then || is_awaited {
            return None;
        }
        let (_, signed) = self.done(ActKind::Signature).max_by_key(|(_, day)| *day)?;
        let by = Delay::ConventionTransmission.after(signed, self.records.authority())?;
        Some(self.line(
            "transmission-convention",
            by,
            "Transmettre la convention signée\u{a0}: elle ne prend effet qu’alors",
            Deed::Record(ActKind::ConventionTransmission, None),
        ))
    }

    /// The two months of the prefect (CGCT, L. 2131-6); they wait for the documents that he asked for.
    fn review_of_legality(&self) -> Option<Due> {
        match self.convention.legality_review()? {
            LegalityReview::Runs { until } if until >= self.today => Some(self.line(
                "delai-de-defere",
                until,
                "Fin du délai de déféré préfectoral",
                Deed::Record(ActKind::DelayEnd, None),
            )),
            LegalityReview::Waits { asked } => {
                let by = Delay::ConventionTransmission.after(asked, self.records.authority())?;
                let words = format!(
                    "Transmettre les pièces demandées le {}\u{a0}: le délai de déféré ne court qu’ensuite",
                    in_figures(asked)
                );
                let deed = Deed::Record(ActKind::ConventionTransmission, None);
                Some(self.line("pieces-demandees", by, words, deed))
            }
            LegalityReview::Runs { .. } | LegalityReview::Over { .. } => None,
        }
    }

    /// The two months that third parties have from the publication of our délibération and of the convention.
    fn delay_of_third_parties(&self) -> Vec<Due> {
        let published = [
            (ActKind::DeliberationTransmission, "la délibération"),
            (ActKind::ConventionTransmission, "la convention"),
        ];
        published
            .into_iter()
            .flat_map(|(kind, what)| self.done(kind).map(move |(act, _)| (act, what)))
            .filter(|(act, _)| self.is_ours(act.party.as_ref()))
            .filter_map(|(act, what)| {
                let until = act.contestable_until().filter(|it| *it >= self.today)?;
                let words = format!(
                    "Fin du délai de recours des tiers contre {what} publiée le {} (deux mois, à confirmer)",
                    in_figures(act.published?)
                );
                Some(self.line(format!("recours.{}", act.id), until, words, Deed::Look))
            })
            .collect()
    }

    /// The essential data of a grant, three months after signature (décret n° 2017-779).
    fn publication(&self) -> Option<Due> {
        let publishes = (self.records.authority().population)
            .is_none_or(|inhabitants| inhabitants >= PUBLISHES_FROM);
        let is_published = self.done(ActKind::DataPublication).next().is_some();
        if !self.convention.kind.is_grant()
            || is_published
            || !publishes
            || self.largest_year() <= GRANT
        {
            return None;
        }
        let (_, signed) = self.done(ActKind::Signature).max_by_key(|(_, day)| *day)?;
        let day = signed.checked_add_months(Months::new(3))?;
        Some(self.line(
            "donnees-essentielles",
            day,
            "Données essentielles de la subvention à publier",
            Deed::Record(ActKind::DataPublication, None),
        ))
    }

    /// Our shares under it in the year where they are most.
    fn largest_year(&self) -> Amount {
        let Some(budget) = self
            .convention
            .budget
            .and_then(|id| self.records.budget(id))
            .filter(|budget| budget.is_in_euros())
        else {
            return Amount::default();
        };
        let ours = |funder| {
            let mut funders = budget.funders.iter();
            funders.any(|it| it.id == funder && it.partner.is_none())
        };
        let in_year = |year: i32| -> Amount {
            budget
                .lines
                .iter()
                .flat_map(|line| &line.shares)
                .filter(|share| share.year == year && ours(share.funder))
                .map(|share| share.amount)
                .sum()
        };
        let years = budget.years.iter();
        years.map(|year| in_year(*year)).max().unwrap_or_default()
    }

    /// The financial report of a body that is granted money, six months after the year's end (loi n° 2000-321, art. 10).
    fn report(&self) -> Option<Due> {
        if !self.convention.kind.is_grant() || !matches!(self.stage, Stage::InForce | Stage::Ended)
        {
            return None;
        }
        let last = self.today.year() - 1;
        let Convention { start, end, .. } = self.convention;
        let covers = start.is_none_or(|start| start.year() <= last)
            && end.is_none_or(|end| end.year() >= last);
        let end_of_year = NaiveDate::from_ymd_opt(last, 12, 31)?;
        let is_given = (self.done(ActKind::Report)).any(|(_, day)| day > end_of_year);
        let is_awaited = self.awaits(ActKind::Report, None);
        if !covers || is_given || is_awaited {
            return None;
        }
        let day = NaiveDate::from_ymd_opt(self.today.year(), 6, 30)?;
        let words = format!("Compte rendu financier de {last} à recevoir de l’organisme");
        let deed = Deed::Record(ActKind::Report, None);
        Some(self.line(format!("compte-rendu.{last}"), day, words, deed))
    }

    /// A renewal is voted at the last sitting before the term.
    fn renewal(&self) -> Option<Due> {
        let end = self.convention.end?;
        let left = end.signed_duration_since(self.today).num_days();
        let ahead = Delay::Renewal.days(self.records.authority());
        let is_renewed = self.records.is_carried_on(self.convention);
        // Emergency aid is given once.
        let goes_on = self.convention.kind != ConventionKind::Emergency && !is_renewed;
        if self.stage != Stage::InForce || !goes_on || !(0..=ahead).contains(&left) {
            return None;
        }

        let term = in_figures(end);
        let ours = self
            .convention
            .parties
            .iter()
            .find(|it| it.partner.is_none());
        let body = ours.and_then(|party: &Party| party.decided_by.as_deref());
        let due = match self.session_before(body, end) {
            Some(session) => {
                let words = format!(
                    "Renouvellement à faire voter à la séance du {} pour ne pas interrompre l’action (terme le {term})",
                    in_figures(session.date)
                );
                let due = self.line("renouvellement", session.date, words, Deed::Look);
                self.counted_back(due, session)
            }
            None => {
                let words = format!("Préparer le renouvellement ou la fin (terme le {term})");
                self.line("renouvellement", end, words, Deed::Look)
            }
        };
        Some(Due {
            prepares: true,
            ..due
        })
    }
}
