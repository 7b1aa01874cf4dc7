//! What a row says, laid over a convention that is there.

use std::sync::Arc;

use chrono::NaiveDate;

use super::told::{Told, amount_in, kept};
use super::{Planner, Working};
use crate::exchange::import::{Differences, Outcome, Refused, Row, said_day};
use crate::model::{Act, ActKind, Amount, Convention, Currency, Id, Kind, Record, RecordId};

impl Planner<'_> {
    /// Lays what a row says over a convention that is there.
    pub(super) fn lay(&mut self, id: Id, told: &Told, row: &Row<'_>) -> Result<Outcome, Refused> {
        if let Some(working) = self.working.get(&id) {
            let line = self.import.sheet().grid.line(working.row);
            return Err(Refused::whole(format!(
                "cette convention est déjà à la ligne {line}"
            )));
        }
        let name = RecordId {
            kind: Kind::Convention,
            id,
        };
        let Some((before, Record::Convention(known))) = self
            .around
            .records
            .get(name)
            .map(|record| (record, record.as_ref()))
        else {
            return Err(Refused::whole("cette convention n’est plus là"));
        };
        let Some(taken) = &known.taken_over else {
            return Err(Refused::whole(
                "elle est rédigée ici\u{a0}: un tableau ne la modifie pas",
            ));
        };
        let mut after = known.clone();
        let mut taken = taken.clone();
        let mut differences = Differences::default();
        let reference = self.around.reference;

        if let Some(kind) = told.kind
            && differences.lay_said("genre", known.kind.label(), kind.label())
        {
            after.kind = kind;
        }
        if let Some(object) = &told.object
            && differences.lay_said("objet", &taken.object, object)
        {
            taken.object.clone_from(object);
        }
        // What the row says in no currency is in that of the convention.
        let was = taken.currency.clone().unwrap_or_default();
        let (currency, amount) = match &told.currency {
            Some(currency) => (currency, told.amount),
            None => (&was, amount_in(row, &was, reference, &mut Vec::new())?),
        };
        let said = |amount: Option<Amount>, currency: &Currency| {
            amount.map_or_else(String::new, |it| reference.figures(it, currency))
        };
        if differences.lay_said("montant", said(taken.amount, &was), said(amount, currency)) {
            taken.amount = amount;
        }
        if differences.lay_said("devise", was.code(), currency.code()) {
            taken.currency = kept(currency);
        }
        if differences.lay_said(
            "signature",
            said_day(signed_on(known)),
            said_day(told.signed),
        ) {
            after.acts.retain(|act| act.kind != ActKind::Signature);
            self.sign(&mut after, told.signed);
        }
        differences.lay_day("début", &mut after.start, told.start);
        differences.lay_day("fin", &mut after.end, told.end);
        if differences.lay_said("thèmes", known.themes.join(", "), told.themes.join(", ")) {
            after.themes.clone_from(&told.themes);
        }
        differences.add_remarks(&mut after.notes, told.notes.as_ref());
        let new: Vec<Id> = told
            .partners
            .iter()
            .copied()
            .filter(|partner| {
                !known
                    .parties
                    .iter()
                    .any(|party| party.partner == Some(*partner))
            })
            .collect();
        for partner in new {
            let party = self.party(partner, &after);
            let name = self.partner_name(partner);
            differences.note("partie", "", name);
            if let Some(signed) = told.signed.or_else(|| signed_on(known)) {
                let mut act = Act::new(self.ids.next_id(), ActKind::Signature);
                act.party = Some(party.key.clone());
                act.date = Some(signed);
                after.acts.push(act);
            }
            after.parties.push(party);
        }
        after.taken_over = Some(taken);

        let what = known.title.clone();
        let changed = !differences.is_empty();
        self.working.insert(
            id,
            Working {
                before: Some(Arc::clone(before)),
                convention: after,
                row: row.row,
                changed,
            },
        );
        Ok(differences.outcome(what))
    }
}

/// The day of the last signature.
pub(super) fn signed_on(convention: &Convention) -> Option<NaiveDate> {
    let signatures = convention
        .acts
        .iter()
        .filter(|act| act.kind == ActKind::Signature);
    signatures.filter_map(|act| act.date).max()
}
