//! People whose data is kept: contacts, and those who sign for our authority or a partner, elected persons mostly.

use super::{Contact, Id, Records, Signatory, Traces, fold};

impl Records {
    /// All who may sign, each with the partner that it signs for: none is our authority.
    pub fn signatories(&self) -> impl Iterator<Item = (Option<Id>, &Signatory)> {
        let ours = self.authority().signatories.iter();
        let theirs = self.partners().flat_map(|partner| {
            let all = partner.signatories.iter();
            all.map(|signatory| (Some(partner.id), signatory))
        });
        ours.map(|signatory| (None, signatory)).chain(theirs)
    }

    /// The contact of that identifier, or who signs under it as a contact is told.
    #[must_use]
    pub fn person(&self, id: Id) -> Option<Contact> {
        let kept = self.contact(id).cloned();
        kept.or_else(|| {
            let mut all = self.signatories();
            let (holder, signatory) = all.find(|(_, it)| it.id == id)?;
            Some(as_contact(holder, signatory))
        })
    }

    /// The people whose name holds that, contacts first; somebody who is both a contact and a signatory once.
    #[must_use]
    pub fn people_called(&self, name: &str) -> Vec<Contact> {
        let name = fold(name);
        let is_called = |it: &str| fold(it).contains(&name);
        let mut people: Vec<Contact> = self
            .contacts()
            .filter(|it| is_called(&it.name))
            .cloned()
            .collect();
        let mut known: Vec<Traces> = people.iter().map(Traces::of).collect();
        for (holder, signatory) in self.signatories() {
            let is_known = || known.iter().any(|traces| traces.are_in(&signatory.name));
            if is_called(&signatory.name) && !is_known() {
                let person = as_contact(holder, signatory);
                known.push(Traces::of(&person));
                people.push(person);
            }
        }
        people
    }
}

fn as_contact(holder: Option<Id>, signatory: &Signatory) -> Contact {
    Contact {
        function: Some(signatory.function.clone()).filter(|it| !it.is_empty()),
        gender: signatory.gender,
        holder,
        ..Contact::named(signatory.id, signatory.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Erasure, Kind, Record};

    fn id(last: u32) -> Id {
        format!("019ab3c0-1000-7000-8000-{last:012}")
            .parse()
            .unwrap()
    }

    fn records() -> Records {
        let mayor = json!({ "id": id(4), "name": "M. Charlemagne Yankoty", "function": "maire" });
        let values = [
            (
                Kind::Authority,
                json!({ "name": { "text": "Valmont" }, "signatories": [
                    { "id": id(3), "name": "Mme Hélène Carvalho", "function": "présidente" }] }),
            ),
            (
                Kind::Partner,
                json!({ "id": id(2), "nature": "foreign-authority", "name": { "text": "Porto-Novo" },
                    "signatories": [mayor] }),
            ),
            (
                Kind::Contact,
                json!({ "id": id(1), "name": "Charlemagne Yankoty" }),
            ),
        ];
        Records::from_records(values.map(|(kind, value)| Record::from_value(kind, value).unwrap()))
    }

    #[test]
    fn who_signs_is_found_as_a_contact_is_and_nobody_twice() {
        let records = records();
        let found = |name| {
            let people = records.people_called(name).into_iter();
            people.map(|it| (it.id, it.holder)).collect::<Vec<_>>()
        };
        assert_eq!(found("carv"), [(id(3), None)]);
        assert_eq!(found("yankoty"), [(id(1), None)]);
        assert!(found("dupont").is_empty());
        assert_eq!(records.person(id(4)).unwrap().holder, Some(id(2)));
        assert!(records.person(id(9)).is_none());
    }

    #[test]
    fn who_signs_is_erased_without_being_a_contact() {
        let mut records = records();
        let person = records.person(id(3)).unwrap();
        let erasure = Erasure::of_person(person, &records);
        records.apply(&erasure.change);
        assert_eq!(
            records.authority().signatories[0].name,
            "(personne effacée)"
        );
        assert!(records.people_called("carv").is_empty());
    }
}
