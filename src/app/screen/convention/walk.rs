//! The walk from one finding to the next, and to the place of each.

use iced::widget::Id;

use super::{Action, Convention, Message, parties, plan, strip, verify, view};
use crate::app::route::Route;
use crate::app::screen::{AtBase, Notice};
use crate::app::session::Session;
use crate::app::widget::{into_pane, reveal_named};
use crate::check::{Finding, Place, UNREAD};
use crate::model::{self, Kind};

/// The rule of the fields that say nothing, and of those that are not closed.
const FIELDS: &str = "champs";

impl Convention {
    /// To the next finding, or to the one before; the first step shows the one that stands at the foot.
    pub(super) fn walk(&mut self, backwards: bool, session: &Session) -> Vec<Action<Message>> {
        let count = self.pending(session).count();
        if count == 0 {
            return vec![Action::Notify(Notice::calm("Rien à vérifier ici."))];
        }
        let rank = match (self.walking, backwards) {
            (false, false) => self.finding,
            (_, true) => (self.finding + count - 1) % count,
            (true, false) => (self.finding + 1) % count,
        };
        self.walk_to(rank, session)
    }

    /// To the finding of that rank, the gravest being the first.
    pub(super) fn walk_to(&mut self, rank: usize, session: &Session) -> Vec<Action<Message>> {
        self.finding = rank;
        self.walking = true;
        let Some(finding) = self.shown_finding(session) else {
            return Vec::new();
        };
        // Where nothing is written, the keyboard reads what there is to verify; the foot is in sight in any case.
        let reads = Action::Focus(Id::new(strip::FIRST));
        let mut actions = if elsewhere(&finding.place, self.id).is_some() {
            self.plan_first = false;
            self.show(plan::Part::Verify, session);
            let point = Action::Run(reveal_named(verify::point_id(&finding.message)));
            vec![Action::Rest, Action::Run(view::to_top()), point, reads]
        } else {
            self.go_to(&finding.place, reads, session)
        };
        actions.push(Action::Run(reveal_named(strip::NEXT)));
        actions
    }

    /// To the place where it is mended, be it on another page.
    pub(super) fn follow_finding(
        &mut self,
        finding: &Finding,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let same = |it: &&Finding| {
            it.rule == finding.rule && it.place == finding.place && it.message == finding.message
        };
        let rank = self.pending(session).position(|it| same(&it));
        self.finding = rank.unwrap_or(self.finding);
        self.walking = true;
        match elsewhere(&finding.place, self.id) {
            _ if finding.rule == UNREAD => vec![Action::Rest, Action::Files],
            Some((Route::Settings, _)) => vec![Action::Rest, Action::Base(AtBase::of(finding))],
            Some((route, _)) => vec![Action::Rest, Action::Go(route)],
            None => {
                let part = Action::Run(into_pane(&["part"]));
                self.go_to(&finding.place, part, session)
            }
        }
    }

    /// What there is to verify: a field that is being chosen from those offered is not wrong yet.
    pub(super) fn pending<'a>(&self, session: &'a Session) -> impl Iterator<Item = &'a Finding> {
        let chosen = self.open.as_ref().filter(|open| open.editor.is_offering());
        let chosen = chosen.map(|open| (open.part, open.editor.caret().0));
        unanswered(session.findings(self.id)).filter(move |finding| {
            let place = &finding.place;
            chosen.is_none_or(|(part, paragraph)| {
                finding.rule != FIELDS
                    || place.paragraph != Some(paragraph)
                    || place.item != part.item()
            })
        })
    }

    pub(super) fn shown_finding<'a>(&self, session: &'a Session) -> Option<&'a Finding> {
        self.pending(session).nth(self.finding)
    }

    /// Opens the place of a finding: the keyboard goes where it is written, or else `otherwise`.
    fn go_to(
        &mut self,
        place: &Place,
        otherwise: Action<Message>,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let Some(written) = self.written(session) else {
            return Vec::new();
        };
        let part = plan::part_at(place, written);
        if let Some(language) = &place.language {
            self.speak(language, part);
        }
        self.plan_first = false;
        self.show(part, session);
        if let (Some(open), Some(paragraph)) = (&mut self.open, place.paragraph) {
            match &place.range {
                Some(range) => open.editor.select_source(paragraph, range),
                None => open.editor.go_to(paragraph),
            }
        }
        let entry = match place.field {
            Some("start") => Some("sheet.start"),
            Some("end") => Some("sheet.end"),
            Some("effect") => Some("sheet.effect"),
            Some("budget" | "budget_years") => Some("sheet.budget"),
            Some("parent") => Some("sheet.parent"),
            _ => None,
        };
        let focused = match entry {
            Some(entry) if part == plan::Part::Sheet => Action::Focus(Id::new(entry)),
            _ if self.open.is_some() => Action::Focus(Id::new(view::EDITOR)),
            _ => otherwise,
        };
        // A party as a whole, from its first entry to its last.
        let party = place.item.filter(|_| part == plan::Part::Parties);
        let party = party.map(parties::entries).into_iter().flatten();
        let mut actions = vec![Action::Rest, Action::Run(view::to_top())];
        actions.extend(party.map(|entry| Action::Run(reveal_named(entry))));
        actions.push(focused);
        actions
    }
}

/// The findings that nobody answers for.
pub(super) fn unanswered(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings
        .iter()
        .filter(|finding| finding.set_aside.is_none())
}

/// The page where a finding is mended, where that is not this convention's, and how one is led there.
pub(super) fn elsewhere(place: &Place, here: model::Id) -> Option<(Route, &'static str)> {
    let id = place.record.id;
    match place.record.kind {
        Kind::Budget => Some((Route::Budget(id), "Ouvrir le budget")),
        Kind::Partner => Some((Route::Partner(id), "Ouvrir la fiche du partenaire")),
        Kind::Authority => Some((Route::Settings, "Ouvrir les réglages")),
        Kind::Convention if id != here => Some((Route::Convention(id), "Ouvrir la convention")),
        _ => None,
    }
}
