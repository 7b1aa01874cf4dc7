//! Funders: those that a row tells, and those that amounts name.

use super::Planner;
use crate::exchange::budget::Column;
use crate::exchange::import::{
    Answer, Beside, Differences, Field, Meant, Outcome, Proposal, Refused, Row, both,
};
use crate::exchange::table::value::cited;
use crate::model::{Certainty, Funder, Id, Key, Name, Nature, Partner, fold};

/// Who is to pay an amount.
pub(super) enum Payer {
    Is(Id),
    /// Nobody of that name is known.
    Unknown(String),
}

impl Planner<'_> {
    /// A row of income: a funder, and what is known of its money.
    pub(super) fn take_funder(&mut self, row: &Row<'_>) -> Result<Outcome, Refused> {
        // Files of earlier versions have the key in the place of the name.
        let key = row.text(Field::Cell(Column::FunderKey));
        let has_key = key.is_some();
        let said = key.or_else(|| row.text(Field::Cell(Column::Funder)));
        let id: Option<Id> = row
            .text(Field::Cell(Column::Id))
            .and_then(|id| id.parse().ok())
            .filter(|_| self.trusted);
        let ours = row.text(Field::Cell(Column::BodyId)).is_none()
            && row
                .text(Field::Cell(Column::Body))
                .is_none_or(|name| self.is_ours(&name));
        let body = if ours { Ok(None) } else { self.body(row) };
        let certainty = row.text(Field::Cell(Column::Certainty));
        let certainty = certainty.map(|said| certainty_of(&said)).transpose();
        let (body, certainty) = both(body, certainty)?;
        let call = row.text(Field::Cell(Column::Call));
        let rule = row.text(Field::Cell(Column::Rule));
        let rule = rule.map(|said| self.rule(said));

        let by_key = |funder: &&mut Funder| {
            said.as_ref()
                .is_some_and(|said| fold(funder.key.as_str()) == fold(said))
        };
        let mut found = self
            .budget
            .funders
            .iter_mut()
            .find(|funder| Some(funder.id) == id);
        if found.is_none() {
            found = self.budget.funders.iter_mut().find(by_key);
        }
        // A row typed by hand has the name alone.
        if found.is_none() && !has_key {
            let named = said.as_deref().and_then(|said| self.so_called(said));
            let mut funders = self.budget.funders.iter_mut();
            found = funders.find(|it| Some(it.id) == named);
        }
        let Some(funder) = found else {
            let key = match (said, body) {
                (Some(key), _) if has_key => Key::new(&key),
                (Some(name), _) => Key::fold(&name),
                (None, Some(body)) => Key::fold(&self.name_of(body)),
                (None, None) => {
                    return Err(Refused::at(
                        Field::Cell(Column::Funder),
                        "le financeur manque",
                    ));
                }
            };
            let id = id.unwrap_or_else(|| self.ids.next_id());
            let funder = Funder {
                id,
                key,
                partner: body,
                certainty: certainty.unwrap_or_default(),
                call,
                rule,
                operations: Vec::new(),
            };
            let what = self.funder_name(&funder);
            self.budget.funders.push(funder);
            self.created.push(id);
            return Ok(Outcome::Created { what });
        };
        let mut differences = Differences::default();
        let before = funder.certainty.label();
        if let Some(certainty) = certainty
            && differences.lay("certitude", before, certainty.label())
        {
            funder.certainty = certainty;
        }
        for (field, place, said) in [
            ("appel", &mut funder.call, call),
            ("règles", &mut funder.rule, rule),
        ] {
            differences.lay_text(field, place, said.as_ref());
        }
        let funder = funder.clone();
        let what = self.funder_name(&funder);
        Ok(differences.outcome(what))
    }

    /// The slug of a funder's rules, by their label; what is not known stays as it is said.
    fn rule(&self, said: String) -> String {
        let mut rules = self.around.reference.funding_rules().iter();
        let known = rules.find(|rule| fold(&rule.label) == fold(&said));
        known.map_or(said, |rule| rule.id.clone())
    }

    fn is_ours(&self, name: &str) -> bool {
        let ours = self.around.records.authority();
        let said = fold(name);
        fold(&ours.name.text) == said
            || ours
                .short_name
                .as_ref()
                .is_some_and(|it| fold(&it.text) == said)
    }

    /// The funder whom a row or a head names; ours, or the only one, where nothing does.
    pub(super) fn payer(&mut self, row: &Row<'_>, head: Option<&str>) -> Payer {
        let id: Option<Id> = row
            .text(Field::Cell(Column::FunderId))
            .and_then(|id| id.parse().ok())
            .filter(|_| self.trusted);
        if let Some(known) = self.budget.funders.iter().find(|it| Some(it.id) == id) {
            return Payer::Is(known.id);
        }
        let named = row
            .text(Field::Cell(Column::Funder))
            .or_else(|| head.map(str::to_owned));
        let Some(name) = named else {
            return Payer::Is(self.usual());
        };
        if let Some(known) = self.so_called(&name) {
            return Payer::Is(known);
        }
        let body = match self.known.named(&name) {
            [one] => Some(*one),
            _ if self.is_ours(&name) => None,
            _ => return Payer::Unknown(name),
        };
        if let Some(known) = self.budget.funders.iter().find(|it| it.partner == body) {
            return Payer::Is(known.id);
        }
        Payer::Is(self.add_funder(&name, body))
    }

    /// The funder of that key or name.
    fn so_called(&self, said: &str) -> Option<Id> {
        let said = fold(said);
        let is_so_called = |funder: &&Funder| {
            fold(funder.key.as_str()) == said || fold(&self.funder_name(funder)) == said
        };
        let known = self.budget.funders.iter().find(is_so_called);
        known.map(|it| it.id)
    }

    /// Whether a name is that of several funders or bodies, each known.
    pub(super) fn are_known(&self, name: &str) -> bool {
        let is_known = |name: &str| {
            let mut funders = self.budget.funders.iter();
            self.known.named(name).len() == 1
                || self.is_ours(name)
                || funders.any(|it| fold(it.key.as_str()) == fold(name))
        };
        let names: Vec<&str> = name.split(['/', ';', '+']).map(str::trim).collect();
        names.len() > 1 && names.into_iter().all(is_known)
    }

    fn usual(&mut self) -> Id {
        let ours = self.budget.funders.iter().find(|it| it.partner.is_none());
        if let Some(one) = ours.or_else(|| self.budget.funders.first()) {
            return one.id;
        }
        let authority = self.around.records.authority();
        let name = authority
            .short_name
            .as_ref()
            .unwrap_or(&authority.name)
            .text
            .clone();
        self.add_funder(&name, None)
    }

    fn add_funder(&mut self, name: &str, partner: Option<Id>) -> Id {
        let id = self.ids.next_id();
        let key = Key::fold(name).free(|key| self.budget.funder(key).is_some());
        self.budget.funders.push(Funder {
            id,
            key,
            partner,
            certainty: Certainty::default(),
            call: None,
            rule: None,
            operations: Vec::new(),
        });
        self.created.push(id);
        id
    }

    /// Creates a funder of that name, with its sheet, where that was answered.
    pub(super) fn newcomer(&mut self, name: &str, row: &Row<'_>) -> Option<Id> {
        let accepted = self.import.accepts(Proposal::Partners)
            || self.import.answered(row.row) == Some(Answer::Yes);
        if !accepted {
            return None;
        }
        let partner = Partner::new(self.ids.next_id(), Nature::PublicBody, Name::new(name));
        let id = partner.id;
        self.known.add(&partner);
        self.newcomers.push(partner);
        Some(self.add_funder(name, Some(id)))
    }

    /// What a row asks about a funder who is not known.
    pub(super) fn ask(&self, name: &str, row: &Row<'_>, beside: &mut Beside) -> Outcome {
        let field = Field::Cell(Column::Funder);
        // A name in the head of a column has no cell in the row.
        beside.meant = row
            .text(field)
            .and_then(|_| self.known.near(name))
            .map(|near| Meant::whole(field, self.name_of(near)));
        Outcome::Asked {
            question: format!("créer le financeur {}\u{202f}?", cited(name)),
        }
    }
}

fn certainty_of(said: &str) -> Result<Certainty, Refused> {
    match fold(said).as_str() {
        "attendu" | "prevu" | "sollicite" | "demande" => Ok(Certainty::Expected),
        "notifie" | "acquis" => Ok(Certainty::Notified),
        "engage" => Ok(Certainty::Committed),
        _ => Err(Refused::at(
            Field::Cell(Column::Certainty),
            format!(
                "certitude inconnue {}\u{a0}: Attendu, Notifié ou Engagé",
                cited(said)
            ),
        )),
    }
}
