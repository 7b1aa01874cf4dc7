//! What ships, read whole: entries point at entries that exist, and say something.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::labels::FILES;
use super::table::Entry;
use super::*;

fn shipped() -> &'static Reference {
    Reference::shipped()
}

/// Asserts that a table holds every entry of its file, each under an id of its own, and prints as its file.
fn prints_as_shipped<T: Entry + Serialize>(table: &Table<T>, json: &str) {
    let file: Value = serde_json::from_str(json).unwrap();
    let ids: BTreeSet<_> = table.iter().map(Entry::id).collect();
    assert_eq!(ids.len(), table.len());
    assert!(!table.is_empty());
    assert!(!table.sources.is_empty());

    let shipped = file["entries"].as_array().unwrap();
    assert_eq!(table.len(), shipped.len());
    for (entry, shipped) in table.iter().zip(shipped) {
        assert_eq!(&serde_json::to_value(entry).unwrap(), shipped);
    }
}

#[test]
fn every_file_reads_and_its_entries_print_as_they_are_written() {
    let all = shipped();
    prints_as_shipped(all.countries(), all.countries.json());
    prints_as_shipped(all.currencies(), all.currencies.json());
    prints_as_shipped(all.authority_kinds(), all.authority_kinds.json());
    prints_as_shipped(all.legal_all(), all.legal.json());
    prints_as_shipped(all.terms(), all.glossary.json());
    prints_as_shipped(all.organisations(), all.directory.json());
    prints_as_shipped(all.themes(), all.themes.json());
    prints_as_shipped(all.goals(), all.goals.json());
    prints_as_shipped(all.schemes(), all.schemes.json());
    prints_as_shipped(all.purposes(), all.purposes.json());
    prints_as_shipped(all.funding_rules(), all.funding.json());
    prints_as_shipped(all.millennium_goals(), all.millennium.json());
    prints_as_shipped(all.origins(), all.origins.json());
    prints_as_shipped(all.reasons(), all.reasons.json());
    prints_as_shipped(all.examples(), all.examples.json());
    prints_as_shipped(all.clauses(), all.clauses.json());
    prints_as_shipped(all.models(), all.models.json());
}

#[test]
fn every_text_of_law_that_an_entry_names_ships() {
    let all = shipped();
    let named = (all.legal_all().iter().flat_map(|text| &text.related))
        .chain(all.terms().iter().flat_map(|term| &term.texts))
        .chain(all.schemes().iter().flat_map(|scheme| &scheme.basis))
        .chain(all.authority_kinds().iter().flat_map(|kind| {
            let delegates = kind.delegates.iter().flat_map(|delegate| &delegate.basis);
            kind.basis.iter().chain([&kind.executory]).chain(delegates)
        }));

    for id in named {
        assert!(all.legal(id).is_some(), "{id}");
    }
}

#[test]
fn related_terms_ship_and_no_term_relates_to_itself() {
    for term in shipped().terms() {
        for related in &term.related {
            assert_ne!(related, &term.id);
            assert!(shipped().term(related).is_some(), "{}: {related}", term.id);
        }
    }
}

#[test]
fn every_entry_says_something() {
    let all = shipped();
    for text in all.legal_all() {
        assert!(!text.summary.trim().is_empty(), "{}", text.id);
        assert!(!text.practice.trim().is_empty(), "{}", text.id);
        assert!(!text.sources.is_empty(), "{}", text.id);
    }
    for term in all.terms() {
        assert!(!term.definition.trim().is_empty(), "{}", term.id);
        assert!(!term.sources.is_empty(), "{}", term.id);
    }
    for organisation in all.organisations() {
        assert!(
            !organisation.purpose.trim().is_empty(),
            "{}",
            organisation.id
        );
        assert!(
            !organisation.change.trim().is_empty(),
            "{}",
            organisation.id
        );
        assert!(!organisation.needs.is_empty(), "{}", organisation.id);
        assert!(organisation.url.starts_with("http"), "{}", organisation.id);
    }
}

#[test]
fn an_organisation_of_which_nothing_was_read_is_to_confirm() {
    for organisation in shipped().organisations() {
        assert!(
            !organisation.sources.is_empty() || !organisation.confidence.is_verified(),
            "{}",
            organisation.id
        );
    }
}

#[test]
fn what_the_brochure_held_is_there_first() {
    let all = shipped();
    let told = all.legal_all().iter().filter(|text| text.then.is_some());
    assert_eq!(told.count(), 4);

    let (defined, others) = all.terms().iter().as_slice().split_at(6);
    assert!(defined.iter().all(|term| term.in_brochure));
    assert!(others.iter().all(|term| !term.in_brochure));

    let (listed, others) = all.organisations().iter().as_slice().split_at(9);
    assert!(listed.iter().all(|listed| listed.brochure_url.is_some()));
    assert!(others.iter().all(|other| !other.in_brochure));
}

/// The same labels, as many words in each list, the same places to fill: everything but the words.
fn shape(label: &Value) -> Value {
    match label {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, label)| (name.clone(), shape(label)))
            .collect(),
        Value::Array(labels) => labels.iter().map(shape).collect(),
        Value::String(text) => {
            let places: BTreeSet<_> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(place, _)| place)
                .collect();
            Value::from_iter(places)
        }
        _ => Value::Null,
    }
}

#[test]
fn labels_have_the_same_shape_in_every_language() {
    let read = |json| {
        let mut labels = serde_json::from_str::<Value>(json).unwrap();
        // How sure they are is no label.
        labels.as_object_mut().unwrap().remove("confidence");
        labels
    };
    let french = shape(&read(FILES[0].1));

    for (tag, json) in FILES {
        assert_eq!(shape(&read(json)), french, "{tag}");
        assert_eq!(shipped().labels(&Lang::new(tag)).lang(), Lang::new(tag));
    }
    assert_eq!(
        FILES.map(|(tag, _)| tag),
        ["fr", "pt", "en", "es", "de", "it", "ar"]
    );
    // Nobody who speaks these has read them yet.
    let unread = FILES.map(|(tag, _)| tag).into_iter();
    let unread = unread.filter(|tag| shipped().labels(&Lang::new(tag)).is_to_confirm());
    assert_eq!(unread.collect::<Vec<_>>(), ["pt", "de", "it", "ar"]);
}

#[test]
fn no_slug_that_was_ever_given_out_is_lost_and_every_new_one_is_written_down() {
    let all = shipped();
    let given: Vec<(&str, &str)> = include_str!("ids.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let check = |file: &str, answers: &dyn Fn(&str) -> bool, shipped: Vec<&str>| {
        for (_, id) in given.iter().filter(|(of, _)| *of == file) {
            assert!(answers(id), "{file}\u{a0}: {id} a disparu");
        }
        for id in shipped {
            assert!(
                given.contains(&(file, id)),
                "{file}\u{a0}: {id} manque à ids.txt"
            );
        }
    };
    macro_rules! kept {
        ($($file:literal $table:expr),*) => {
            $(check(
                $file,
                &|id| $table.get(id).is_some(),
                $table.iter().map(Entry::id).collect(),
            );)*
        };
    }
    kept!(
        "legal" all.legal_all(), "glossary" all.terms(), "directory" all.organisations(),
        "themes" all.themes(), "odd" all.goals(), "omd" all.millennium_goals(),
        "schemes" all.schemes(), "funders" all.funding_rules(), "authority_kinds" all.authority_kinds(),
        "origins" all.origins(), "reasons" all.reasons(), "examples" all.examples()
    );
}

#[test]
fn rules_of_funders_are_dated_say_where_they_were_read_and_can_be_reckoned() {
    for rule in shipped().funding_rules() {
        assert!(rule.label.contains(&rule.year.to_string()), "{}", rule.id);
        assert!(!rule.sources.is_empty(), "{}", rule.id);
        let rates = rule.rates.iter().map(|rate| rate.percent);
        let percents = rates.chain(
            [
                rule.several_countries,
                rule.own_share,
                rule.in_kind,
                rule.others_share,
            ]
            .into_iter()
            .flatten(),
        );
        for percent in percents {
            assert!((1..=100).contains(&percent), "{}: {percent}", rule.id);
        }
        let kinds: BTreeSet<String> = rule.rates.iter().map(|it| format!("{it:?}")).collect();
        assert_eq!(kinds.len(), rule.rates.len(), "{}", rule.id);
        assert!(
            rule.cost_from <= rule.cost_to || rule.cost_to.is_none(),
            "{}",
            rule.id
        );
    }
}

#[test]
fn resources_point_at_what_ships() {
    let all = shipped();
    for origin in all.origins() {
        for text in &origin.texts {
            assert!(all.legal(text).is_some(), "{}: {text}", origin.id);
        }
        for term in &origin.terms {
            assert!(all.term(term).is_some(), "{}: {term}", origin.id);
        }
    }
    for reason in all.reasons() {
        let example = all.examples().get(&reason.example);
        assert!(
            example.is_some_and(|example| example.reasons.contains(&reason.id)),
            "{}: {}",
            reason.id,
            reason.example
        );
    }
    for example in all.examples() {
        for reason in &example.reasons {
            assert!(all.reasons().get(reason).is_some(), "{reason}");
        }
        if let Some(country) = &example.country {
            assert!(all.country(country).is_some(), "{country}");
        }
    }

    let themes = (all.reasons().iter().flat_map(|it| &it.themes))
        .chain(all.examples().iter().flat_map(|it| &it.themes))
        .chain(all.schemes().iter().flat_map(|it| &it.themes));
    for theme in themes {
        assert!(all.theme(theme).is_some(), "{theme}");
    }
    let goals = (all.reasons().iter().flat_map(|it| &it.goals))
        .chain(all.examples().iter().flat_map(|it| &it.goals))
        .chain(all.millennium_goals().iter().flat_map(|it| &it.goals));
    for goal in goals {
        assert!(all.odd(*goal).is_some(), "{goal}");
    }
}

#[test]
fn dates_of_a_history_go_forward_and_nothing_is_checked_before_it_is_dated() {
    for text in shipped().legal_all() {
        let dates: Vec<_> = text.history.iter().filter_map(|it| it.since).collect();
        assert!(dates.is_sorted(), "{}", text.id);
        assert!(
            text.date.is_none_or(|date| date <= text.checked),
            "{}",
            text.id
        );
        for milestone in &text.history {
            assert!(
                milestone.since.is_some() || milestone.when.is_some(),
                "{}",
                text.id
            );
        }
    }
}

#[test]
fn the_brochure_is_there_by_name() {
    let all = shipped();
    let folded = |text: &str| crate::model::fold(text);

    let terms: Vec<_> = all
        .terms()
        .iter()
        .take(6)
        .map(|it| folded(&it.term))
        .collect();
    assert_eq!(
        terms,
        [
            "solidarite internationale",
            "cooperation internationale",
            "cooperation decentralisee",
            "action exterieure des collectivites",
            "developpement durable",
            "agenda 21 local ou territorial",
        ]
    );

    let told: Vec<_> = (all.legal_all().iter().filter(|it| it.then.is_some()))
        .map(|it| it.reference.as_str())
        .collect();
    for number in ["92-125", "2005-95", "2006-1537", "2007-147"] {
        assert!(told.iter().any(|it| it.contains(number)), "{number}");
    }

    let reasons: Vec<_> = all.reasons().iter().map(|it| folded(&it.title)).collect();
    for words in [
        "developpement local",
        "pauvrete",
        "initiatives de paix",
        "citoyens",
        "nord sud",
        "economie responsable",
        "environnement",
        "pouvoirs locaux",
    ] {
        let with = reasons.iter().filter(|it| it.contains(words)).count();
        assert_eq!(with, 1, "{words}");
    }
    assert_eq!(reasons.len(), 8);

    let examples: Vec<_> = all.examples().iter().map(|it| folded(&it.title)).collect();
    for words in [
        "cergy pontoise et porto novo",
        "rosny sous bois",
        "nanterre",
        "dunkerque et vitoria",
        "seine saint denis et figuig",
        "agenda 21",
        "cites et gouvernements locaux unis",
    ] {
        assert!(examples.iter().any(|it| it.contains(words)), "{words}");
    }
    assert_eq!(examples.len(), 7);

    let listed: Vec<_> = (all.organisations().iter().take(9))
        .filter_map(|it| it.acronym.as_deref())
        .collect();
    assert_eq!(
        listed,
        [
            "AITEC", "CUF", "CRID", "ARENE", "ARRICOD", "GRET", "AFCDRP", "PNUD", "CGLU"
        ]
    );
    let commissions = &all.organisation("cglu").unwrap().commissions;
    let commissions: Vec<_> = commissions.iter().map(|it| folded(it)).collect();
    for words in [
        "autonomie locale",
        "finances locales",
        "diplomatie des villes",
        "culture",
        "cooperation decentralisee",
        "inclusion sociale",
        "egalite des chances",
        "mediterranee",
        "millenaire",
        "peripherie",
        "mobilite urbaine",
        "societe de l information",
        "planification urbaine",
        "eau",
    ] {
        let named = commissions.iter().any(|it| it.contains(words));
        assert!(named, "{words}");
    }
    assert_eq!(commissions.len(), 14);

    for opening in [
        "premiers-liens",
        "loi-de-1992",
        "services",
        "loi-de-2007",
        "loi-de-2014",
        "loi-de-2021",
        "formes",
        "double-defi",
        "avec-les-associations",
    ] {
        assert!(all.origins().get(opening).is_some(), "{opening}");
    }
    assert_eq!(all.millennium_goals().len(), 8);
    assert_eq!(all.goals().len(), 17);
}

/// Fields that are read by people, not by programs.
fn is_read(field: &str) -> bool {
    !matches!(
        field,
        "id" | "url"
            | "brochure_url"
            | "sources"
            | "color"
            | "article"
            | "symbol"
            | "rate"
            | "pattern"
    )
}

/// What French typography wants of a text and it has not.
fn unsound(text: &str) -> Option<&'static str> {
    let letters: Vec<char> = text.chars().collect();
    let at = |place: usize| letters.get(place).copied();
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(at);
        let after = at(place + 1);
        match letter {
            '\'' => return Some("une apostrophe droite"),
            '"' => return Some("un guillemet droit"),
            ';' | '!' | '?' | '%' if before != Some('\u{202f}') => {
                return Some("un signe double sans espace fine");
            }
            ':' if before != Some('\u{a0}') && after != Some('/') => {
                return Some("un deux-points sans espace insécable");
            }
            '€' if before == Some(' ') => return Some("un euro sans espace insécable"),
            '«' if after != Some('\u{202f}') => return Some("un guillemet sans espace fine"),
            '»' if before != Some('\u{202f}') => return Some("un guillemet sans espace fine"),
            ' ' if after == Some(' ') || after.is_none() || before.is_none() => {
                return Some("une espace de trop");
            }
            '.' if after == Some('.') => return Some("des points de suspension en trois points"),
            _ => {}
        }
    }
    None
}

fn each_text(value: &Value, path: &str, look: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| is_read(name)) {
                each_text(value, &format!("{path}/{name}"), look);
            }
        }
        Value::Array(values) => {
            for value in values {
                let id = value.get("id").and_then(Value::as_str).unwrap_or("…");
                each_text(value, &format!("{path}/{id}"), look);
            }
        }
        Value::String(text) if !text.starts_with("http") => look(path, text),
        _ => {}
    }
}

#[test]
fn french_typography_is_sound() {
    let all = shipped();
    let files = [
        all.countries.json(),
        all.currencies.json(),
        all.authority_kinds.json(),
        all.legal.json(),
        all.glossary.json(),
        all.directory.json(),
        all.themes.json(),
        all.goals.json(),
        all.millennium.json(),
        all.schemes.json(),
        all.funding.json(),
        all.origins.json(),
        all.reasons.json(),
        all.examples.json(),
    ];
    for file in files {
        each_text(
            &serde_json::from_str(file).unwrap(),
            "",
            &mut |path, text| {
                assert_eq!(unsound(text), None, "{path}: {text}");
            },
        );
    }

    for (text, is_sound) in [
        ("Qu\u{2019}est-ce\u{202f}?", true),
        ("Qu'est-ce\u{202f}?", false),
        ("1\u{202f}% de l\u{2019}eau", true),
        ("1 % de l\u{2019}eau", false),
        ("L\u{2019}eau : loin", false),
        ("« mot »", false),
    ] {
        assert_eq!(unsound(text).is_none(), is_sound, "{text}");
    }
}
