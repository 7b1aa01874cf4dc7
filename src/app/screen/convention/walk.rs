//! The walk from one finding to the next, and to the place of each.

use iced::widget::Id;

use super::{Action, Convention, Message, plan, view};
use crate::app::screen::Notice;
use crate::app::session::Session;
use crate::check::{Finding, Place};

impl Convention {
    /// To the next finding, or to the one before; the first step shows the one that stands at the foot.
    pub(super) fn walk(&mut self, backwards: bool, session: &Session) -> Vec<Action<Message>> {
        let count = unanswered(session.findings(self.id)).count();
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
        match self.shown_finding(session) {
            Some(finding) => self.go_to(&finding.place, session),
            None => Vec::new(),
        }
    }

    pub(super) fn shown_finding<'a>(&self, session: &'a Session) -> Option<&'a Finding> {
        unanswered(session.findings(self.id)).nth(self.finding)
    }

    /// Opens the place of a finding.
    pub(super) fn go_to(&mut self, place: &Place, session: &Session) -> Vec<Action<Message>> {
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
        let place = if self.open.is_some() {
            Id::new(view::EDITOR)
        } else {
            self.first()
        };
        vec![Action::Rest, Action::Focus(place)]
    }
}

/// The findings that nobody answers for.
pub(super) fn unanswered(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings
        .iter()
        .filter(|finding| finding.set_aside.is_none())
}
