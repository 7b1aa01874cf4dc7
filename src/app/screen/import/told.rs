//! Once a table is imported: the change, what is told of it, and the page where it is seen.

use super::{Import, Message, Step};
use crate::app::route::Route;
use crate::app::screen::{Action, Notice};
use crate::app::text as french;
use crate::exchange::import::{Counts, Kind, Plan, counts};
use crate::model::{Change, Kind as RecordKind};

impl Import {
    pub(super) fn finish(&mut self, plan: &Plan) -> Vec<Action<Message>> {
        let Some(change) = plan.change.clone() else {
            self.step = Step::Rows;
            return vec![Action::Notify(Notice::calm(
                "Rien ne change\u{a0}: tout ce que dit ce tableau est déjà là.",
            ))];
        };
        let said = said(self.kind, counts(plan));
        let there = self.home_of(&change);
        *self = Self::new(self.kind);
        vec![
            Action::Edit(change),
            Action::Go(there),
            Action::Notify(Notice::calm(said).undoable()),
        ]
    }

    /// The page where what changes is seen.
    fn home_of(&self, change: &Change) -> Route {
        let changed = |kind| {
            let edits = change.edits.iter();
            edits.filter(move |edit| edit.record.kind == kind)
        };
        let mut budgets = changed(RecordKind::Budget);
        match (self.kind, self.budget) {
            (Kind::Partners, _) => Route::Partners,
            (Kind::Conventions, _) => Route::Conventions,
            (Kind::Done, _) if changed(RecordKind::Posting).count() == change.edits.len() => {
                Route::Budgets
            }
            (Kind::Budget | Kind::Done, Some(budget)) => Route::Budget(budget),
            (Kind::Budget | Kind::Done, None) => match (budgets.next(), budgets.next()) {
                (Some(one), None) => Route::Budget(one.record.id),
                _ => Route::Budgets,
            },
        }
    }
}

/// « 8 lignes importées, 1 déjà là, 1 laissée de côté. »: every row of the table.
fn said(kind: Kind, counts: Counts) -> String {
    let (kept, left) = match kind {
        Kind::Done => (counts.asked + counts.kept, counts.refused),
        _ => (0, counts.asked + counts.refused),
    };
    let made = counts.created + counts.changed;
    let mut said = french::count(made, "ligne importée", "lignes importées");
    if kept > 0 {
        let kept = french::count(kept, "gardée", "gardées");
        said.push_str(&format!(", {kept} à rapprocher plus tard"));
    }
    if counts.unchanged > 0 {
        said.push_str(&format!(", {} déjà là", counts.unchanged));
    }
    if left > 0 {
        let left = french::count(left, "laissée de côté", "laissées de côté");
        said.push_str(&format!(", {left}"));
    }
    said.push_str(". Une sauvegarde a été faite avant.");
    said
}
