//! What is kept of one person, to be handed to it (RGPD, art. 15): a text that anybody reads, and the same as JSON.

use chrono::NaiveDate;
use serde_json::json;

use crate::model::{Contact, Key, Lang, Mention, RecordId, Records, mentions};

/// What the file is called, as text: `donnees-hounkpatin.txt`.
#[must_use]
pub fn file_name(person: &Contact) -> String {
    let last = person.name.split_whitespace().next_back().unwrap_or("");
    format!("donnees-{}.txt", Key::fold(last))
}

/// The text, and the JSON.
#[must_use]
pub fn of(person: &Contact, records: &Records, today: NaiveDate) -> (String, String) {
    let mentions = mentions(person, records);
    let value = json!({
        "etabli_le": today,
        "responsable": records.authority().name.text,
        "contact": person,
        "mentions": mentions.iter().map(|mention| json!({
            "nature": mention.record.kind.label(),
            "fiche": title(mention.record, records),
            "texte": mention.text,
        })).collect::<Vec<_>>(),
    });
    let structured = serde_json::to_string_pretty(&value).unwrap_or_default() + "\n";
    (plain(person, &mentions, records, today), structured)
}

fn plain(person: &Contact, mentions: &[Mention], records: &Records, today: NaiveDate) -> String {
    let day = |date: NaiveDate| date.format("%d/%m/%Y").to_string();
    let holder = match person.holder {
        Some(id) => records.partner(id).map(|it| it.name.text.clone()),
        // Of somebody who is only named, nothing says where it works.
        None => records
            .person(person.id)
            .map(|_| records.authority().name.text.clone()),
    };
    let languages: Vec<&str> = person.languages.iter().map(Lang::as_str).collect();
    let facts = [
        ("Nom", Some(person.name.clone())),
        ("Nom dans son écriture", person.own_name.clone()),
        ("Fonction", person.function.clone()),
        ("Organisme", holder),
        ("Courriel", person.email.clone()),
        ("Téléphone", person.phone.clone()),
        (
            "Langues",
            Some(languages.join(", ")).filter(|it| !it.is_empty()),
        ),
        ("Origine de ces données", person.source.clone()),
        ("Vérifiées le", person.verified.map(day)),
        ("À effacer après le", person.keep_until.map(day)),
    ];

    let mut text = format!(
        "Données gardées sur {}\n{}, le {}\n\n",
        person.name,
        records.authority().name.text,
        day(today)
    );
    for (label, value) in facts {
        if let Some(value) = value {
            text.push_str(&format!("{label}\u{a0}: {value}\n"));
        }
    }
    if mentions.is_empty() {
        text.push_str("\nCette personne n’est nommée dans aucune autre fiche.\n");
    } else {
        text.push_str("\nElle est aussi nommée dans\u{a0}:\n");
    }
    for mention in mentions {
        text.push_str(&format!(
            "- {} «\u{a0}{}\u{a0}»\u{a0}: {}\n",
            mention.record.kind.label(),
            title(mention.record, records),
            mention.text
        ));
    }
    text
}

fn title(name: RecordId, records: &Records) -> &str {
    records.get(name).map_or("", |record| record.title())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Record};

    #[test]
    fn a_person_is_handed_all_that_is_kept_of_it() {
        let id = "019ab3c0-1000-7000-8000-000000000001";
        let values = [
            (
                Kind::Authority,
                json!({ "name": { "text": "Agglomération de Valmont" } }),
            ),
            (
                Kind::Contact,
                json!({ "id": id, "name": "Mme Adjoua Hounkpatin", "phone": "+229 01", "verified": "2026-03-02" }),
            ),
            (
                Kind::Convention,
                json!({ "id": id, "kind": "intent", "title": "Lettre", "notes": "Vue avec Mme Hounkpatin." }),
            ),
        ];
        let records = Records::from_records(
            values.map(|(kind, value)| Record::from_value(kind, value).unwrap()),
        );
        let person = records.contacts().next().unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let (plain, structured) = of(person, &records, today);

        for words in [
            "Agglomération de Valmont, le 26/11/2026",
            "Téléphone\u{a0}: +229 01",
            "Vérifiées le\u{a0}: 02/03/2026",
            "- convention «\u{a0}Lettre\u{a0}»\u{a0}: Vue avec Mme Hounkpatin.",
        ] {
            assert!(plain.contains(words), "{plain}");
        }
        let value: serde_json::Value = serde_json::from_str(&structured).unwrap();
        assert_eq!(value["contact"]["phone"], "+229 01");
        assert_eq!(value["mentions"][0]["fiche"], "Lettre");
        assert_eq!(file_name(person), "donnees-hounkpatin.txt");
    }
}
