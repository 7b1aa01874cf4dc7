//! Older formats, lifted to today's. A step a format, each over plain JSON and done twice leaves the same, so that a
//! migration that a power cut stopped is simply done again.
//!
//! Format 0 (prototypes of 2026): a name was a plain string, `"name": "Commune d’Aného"`; a text was one string, its
//! paragraphs apart by line breaks; amounts of budgets were decimal euros in a string, `"1250.50"`.

use serde_json::{Map, Value, json};

use crate::model::Kind;

/// A record of format 0, as format 1 writes it. What has not the old shape is left alone.
pub(super) fn lift(kind: Kind, mut value: Value) -> Value {
    if let Value::Object(record) = &mut value {
        match kind {
            Kind::Authority | Kind::Partner => {
                for field in ["name", "short_name", "assembly", "prefect", "accountant"] {
                    lift_name(record, field);
                }
            }
            Kind::Convention => {
                for field in ["visas", "recitals", "articles", "annexes"] {
                    each(record, field, |item| each(item, "texts", lift_text));
                }
            }
            Kind::Budget => each(record, "lines", |line| {
                each(line, "shares", lift_amount);
                each(line, "operations", lift_amount);
            }),
            Kind::Contact | Kind::Version | Kind::Term | Kind::Clause | Kind::Posting => {}
        }
    }
    value
}

fn each(record: &mut Map<String, Value>, field: &str, lift: impl Fn(&mut Map<String, Value>)) {
    if let Some(Value::Array(items)) = record.get_mut(field) {
        for item in items {
            if let Value::Object(item) = item {
                lift(item);
            }
        }
    }
}

fn lift_name(record: &mut Map<String, Value>, field: &str) {
    if let Some(name @ Value::String(_)) = record.get_mut(field) {
        *name = json!({ "text": name.take() });
    }
}

fn lift_text(text: &mut Map<String, Value>) {
    let Some(Value::String(whole)) = text.remove("text") else {
        return;
    };
    let paragraphs: Vec<&str> = whole
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    text.insert("paragraphs".to_owned(), json!(paragraphs));
}

/// Euros to cents, digit by digit: no float comes near money.
fn lift_amount(item: &mut Map<String, Value>) {
    let Some(Value::String(euros)) = item.get("amount") else {
        return;
    };
    if let Some(cents) = cents(euros) {
        item.insert("amount".to_owned(), json!(cents));
    }
}

fn cents(euros: &str) -> Option<i64> {
    let (sign, digits) = match euros.trim().strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, euros.trim()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if part.len() > 2 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole: i64 = whole.parse().ok().filter(|whole| *whole >= 0)?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(part)?.checked_mul(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn euros_become_cents_exactly() {
        for (euros, expected) in [
            ("1250.50", Some(125_050)),
            ("0.07", Some(7)),
            ("12", Some(1_200)),
            ("-3.5", Some(-350)),
            ("1,5", None),
            ("1.234", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(cents(euros), expected, "{euros}");
        }
    }

    #[test]
    fn lifting_twice_is_lifting_once() {
        let old = json!({
            "articles": [{ "texts": [{ "lang": "fr", "text": "Un.\n\nDeux." }] }],
        });
        let once = lift(Kind::Convention, old);
        assert_eq!(
            once["articles"][0]["texts"][0]["paragraphs"],
            json!(["Un.", "Deux."])
        );
        assert_eq!(lift(Kind::Convention, once.clone()), once);
    }
}
