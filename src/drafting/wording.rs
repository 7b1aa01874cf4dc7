//! Keys put where a clause expects a party.

use crate::model::Key;

/// The text with these keys where it says `@mark` inside a field: `{{partie.@nous.du}}`. Several keys make the field
/// several, told one after the other: « de Hué et d’Aného ». Without a key, the place is left to fill.
pub(super) fn put_in(text: &str, mark: &str, keys: &[&Key]) -> String {
    let wanted = format!(".@{mark}.");
    let mut said = String::new();
    let mut rest = text;

    while let Some((before, from)) = rest.split_once("{{") {
        said.push_str(before);
        let Some((field, after)) = from.split_once("}}") else {
            said.push_str("{{");
            said.push_str(from);
            return said;
        };
        if field.contains(&wanted) {
            let fields: Vec<String> = keys
                .iter()
                .map(|key| format!("{{{{{}}}}}", field.replace(&wanted, &format!(".{key}."))))
                .collect();
            said.push_str(&joined(&fields));
        } else {
            said.push_str("{{");
            said.push_str(field);
            said.push_str("}}");
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

/// « a, b et c »; a place to fill when there is nothing.
pub(super) fn joined(items: &[String]) -> String {
    match items {
        [] => "___".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_party_several_or_none() {
        let [hue, aneho] = ["hue", "aneho"].map(Key::new);
        let text = "sur le territoire {{partie.@partenaire.du}}, selon l’{{article:finances}}";
        assert_eq!(
            put_in(text, "partenaire", &[&hue]),
            "sur le territoire {{partie.hue.du}}, selon l’{{article:finances}}"
        );
        assert_eq!(
            put_in(text, "partenaire", &[&hue, &aneho]),
            "sur le territoire {{partie.hue.du}} et {{partie.aneho.du}}, selon l’{{article:finances}}"
        );
        assert_eq!(
            put_in(text, "partenaire", &[]),
            "sur le territoire ___, selon l’{{article:finances}}"
        );
        assert_eq!(
            put_in("sans fin {{partie.@nous", "nous", &[&hue]),
            "sans fin {{partie.@nous"
        );
    }
}
