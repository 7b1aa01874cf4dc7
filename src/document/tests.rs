//! What a reader of a composed convention would notice.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::*;
use crate::model::{
    Act, ActKind, Change, Convention, Key, Kind, Record, RecordId, Records, Signatory, Snapshot,
    Version,
};
use crate::reference::Reference;

const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();

fn id(last: u32) -> String {
    format!("019ab3c0-1000-7000-8000-{last:012}")
}

fn text(lang: &str, title: &str, paragraphs: &[&str]) -> Value {
    json!({ "lang": lang, "title": title, "paragraphs": paragraphs })
}

/// Valmont, a town of Cabo Verde and an association: two languages, a budget over two years, one delibération voted.
fn records() -> Records {
    let mut note = text(
        "fr",
        "Finances",
        &[
            "Valmont apporte {{engagements.valmont.numeraire}}, soit {{engagements.valmont.numeraire.lettres}}[^taux].",
            "{{tableau.engagements}}",
        ],
    );
    note["notes"] = json!([{ "key": "taux", "text": "Au taux du **jour**." }]);
    let convention = json!({
        "id": id(1), "kind": "cooperation", "title": "Valmont – São Filipe 2027-2028",
        "parties": [
            { "id": id(11), "key": "valmont", "signatory": id(91) },
            { "id": id(12), "key": "sao-filipe", "partner": id(2) },
            { "id": id(13), "key": "eau", "partner": id(3), "decided_by": "conseil d’administration" },
        ],
        "languages": ["fr", "pt"],
        "visas": [{ "id": id(14), "texts": [text("fr", "", &["le code général des collectivités territoriales"]), text("pt", "", &["o código geral"])] }],
        "recitals": [
            { "id": id(15), "texts": [text("fr", "", &["que la mer les lie ;"])] },
            { "id": id(16), "texts": [text("fr", "", &["l’amitié {{partie.sao-filipe.du}}"])] },
        ],
        "articles": [
            { "id": id(21), "key": "objet", "role": "objet", "texts": [
                text("fr", "Objet", &[
                    "Les parties conduisent trois actions :", "- l’eau ;", "  - les **puits**,", "  - les sources ;", "- la mer.",
                    "Le montant est dit à l’{{article:finances}} et à l’{{annexe:budget}}, pour une durée de {{duree}}, jusqu’au ___.",
                ]),
                text("pt", "Objeto", &["As partes cooperam. Ver o {{article:finances}}."]),
            ] },
            { "id": id(22), "key": "argent", "role": "finances", "texts": [note, text("pt", "Finanças", &["O custo é de {{cout.total}}."])] },
        ],
        "annexes": [{ "id": id(31), "key": "budget", "kind": "budget", "texts": [text("fr", "Budget", &[])] }],
        "budget": id(5), "start": "2027-01-01", "end": "2028-12-31",
        "acts": [
            { "id": id(41), "kind": "vote", "party": "valmont", "date": "2026-11-17", "number": "2026-118" },
            { "id": id(42), "kind": "signature", "party": "valmont", "date": "2026-12-01", "place": "Valmont" },
        ],
        "version": 3,
    });
    let share = |last: u32, year: i32, funder: u32, amount: i64| json!({ "id": id(last), "year": year, "funder": id(funder), "amount": amount });
    let values = [
        (
            Kind::Authority,
            json!({
                "name": { "text": "Communauté d’agglomération de Valmont" }, "short_name": { "text": "Valmont" },
                "kind": "communaute-d-agglomeration", "seat": "4, place des Tanneurs, à Valmont",
                "signatories": [{ "id": id(91), "name": "Mme Hélène Carvalho", "function": "présidente", "gender": "f" }],
            }),
        ),
        (
            Kind::Partner,
            json!({
                "id": id(2), "nature": "foreign-authority", "country": "CV",
                "name": { "text": "Commune de São Filipe" }, "short_name": { "text": "São Filipe" },
                "names": [{ "lang": "pt", "text": "Município de São Filipe" }],
                "signatories": [{ "id": id(92), "name": "M. Nuno Évora", "function": "maire", "function_there": "presidente da câmara", "gender": "m" }],
            }),
        ),
        (
            Kind::Partner,
            json!({
                "id": id(3), "nature": "association", "country": "FR",
                "name": { "text": "Association Eau partagée" }, "short_name": { "text": "Eau partagée" },
            }),
        ),
        (
            Kind::Budget,
            json!({
                "id": id(5), "title": "Eau", "currency": "EUR", "years": [2027, 2028],
                "funders": [{ "id": id(51), "key": "valmont" }, { "id": id(52), "key": "sao-filipe", "partner": id(2) }, { "id": id(53), "key": "meae" }],
                "lines": [
                    { "id": id(61), "heading": "Travaux", "label": "Puits", "shares": [share(71, 2027, 51, 10_000_050), share(72, 2028, 51, 5_000_000), share(73, 2028, 53, 2_000_000)] },
                    { "id": id(62), "heading": "Personnel", "label": "Techniciens", "in_kind": true, "shares": [share(74, 2027, 52, 900_000)] },
                ],
            }),
        ),
        (Kind::Convention, convention),
    ];
    Records::from_records(values.map(|(kind, value)| Record::from_value(kind, value).unwrap()))
}

fn the(records: &Records) -> &Convention {
    records.conventions().next().unwrap()
}

fn composed(records: &Records, composition: &Composition) -> Document {
    compose(the(records), records, Reference::shipped(), composition)
}

fn working() -> Composition {
    Composition {
        dated: DAY,
        ..Composition::default()
    }
}

/// The text with ordinary spaces, so that tests read as a person does.
fn read(document: &Document) -> String {
    super::text(document).replace(['\u{a0}', '\u{202f}'], " ")
}

fn edited(records: &Records, edit: impl FnOnce(&mut Convention)) -> Records {
    let mut after = the(records).clone();
    edit(&mut after);
    let mut edited = records.clone();
    edited.apply(&Change::create("", Record::Convention(after)));
    edited
}

#[test]
fn the_golden_convention_reads_as_an_officer_would_have_it() {
    let document = composed(&records(), &working());
    let golden = include_str!("golden/convention.txt");
    assert_eq!(
        read(&document),
        golden,
        "read the difference before accepting it"
    );
}

#[test]
fn nothing_that_is_missing_stops_it() {
    let whole = records();
    let bare = Records::from_records([Record::Convention(the(&whole).clone())]);
    let document = composed(&bare, &working());

    let blanks: Vec<&str> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Paragraph(paragraph) => Some(&paragraph.text),
            _ => None,
        })
        .flatten()
        .filter_map(|inline| match inline {
            Inline::Blank { label, .. } => Some(label.as_str()),
            _ => None,
        })
        .collect();
    assert!(
        blanks.contains(&"engagement en numéraire – valmont"),
        "{blanks:?}"
    );
    assert!(blanks.contains(&"nom de la partie"), "{blanks:?}");
    assert!(
        !document
            .blocks
            .iter()
            .any(|block| matches!(block.kind, BlockKind::Table(_)))
    );

    let empty = edited(&whole, |convention| {
        *convention = Convention::new(convention.id, convention.kind, "");
    });
    assert!(!composed(&empty, &working()).blocks.is_empty());
}

#[test]
fn a_field_that_no_one_knows_is_a_place_to_fill_with_its_name() {
    let odd = edited(&records(), |convention| {
        convention.articles[0].texts[0].paragraphs = vec![
            "{{partie.nulle-part.nom}} {{cout}} {{article:rien}} {{engagements.valmont.or}} {{engagements.valmont.numeraire.mdccc}}".to_owned(),
        ];
    });
    let text = read(&composed(&odd, &working()));
    assert!(text.contains("… … … … …"), "{text}");
}

#[test]
fn a_sealed_text_does_not_follow_the_records() {
    let signed = records();
    let mut sealed = signed.clone();
    let version = Version {
        id: "019ab3c0-1000-7000-8000-000000000081".parse().unwrap(),
        convention: the(&signed).id,
        at: "2026-12-01T10:00:00Z".parse().unwrap(),
        reason: crate::model::VersionReason::Seal,
        name: None,
        application: String::new(),
        reference: String::new(),
        sealed: true,
        records: Snapshot::of(the(&signed).id, &signed).unwrap(),
    };
    sealed.apply(&Change::create("", Record::Version(version)));
    let moved = edited(&sealed, |convention| convention.articles.clear());

    assert_eq!(composed(&moved, &working()), composed(&signed, &working()));
    assert_ne!(
        composed(&moved, &working()),
        composed(&edited(&signed, |it| it.articles.clear()), &working())
    );
}

#[test]
fn the_state_says_what_is_printed_across_and_whether_people_are_named() {
    let records = records();
    let state = |state| composed(&records, &Composition { state, ..working() });

    assert_eq!(
        state(State::Working).around.watermark.as_deref(),
        Some("PROJET")
    );
    assert_eq!(state(State::Signature).around.watermark, None);
    assert!(read(&state(State::Signature)).contains("Carvalho"));
    assert!(!read(&state(State::Publication)).contains("Carvalho"));
    assert_ne!(
        state(State::Vote).identity,
        state(State::Signature).identity
    );
}

#[test]
fn the_second_language_has_its_own_words_and_links() {
    let records = records();
    let both = composed(&records, &working());
    let alone = composed(
        &records,
        &Composition {
            languages: Languages::One(Lang::new("pt")),
            ..working()
        },
    );
    let text = read(&alone);
    assert!(
        text.starts_with("Convenção de cooperação descentralizada"),
        "{text}"
    );
    assert!(
        text.contains("Município de São Filipe") && text.contains("presidente da câmara"),
        "{text}"
    );
    assert!(!text.contains("représenté"), "{text}");

    let mut anchors: Vec<&Anchor> = both
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) => heading.anchor.as_ref(),
            _ => None,
        })
        .collect();
    let count = anchors.len();
    anchors.sort();
    anchors.dedup();
    assert_eq!(anchors.len(), count, "each heading has a name of its own");
}

#[test]
fn fields_are_told_to_officers_in_their_words() {
    let records = records();
    let fields = fields_of(the(&records), &records, Reference::shipped(), DAY);
    let field = |name: &str| fields.iter().find(|it| it.name == name).unwrap();

    assert_eq!(
        field("partie.sao-filipe.signataire").value.as_deref(),
        Some("M. Nuno Évora")
    );
    assert_eq!(
        field("partie.sao-filipe.signataire").label,
        "signataire – São Filipe"
    );
    assert_eq!(field("partie.eau.signataire").value, None);
    assert_eq!(
        field("engagements.valmont.total.2027").label,
        "engagement total – Valmont, 2027"
    );
    assert_eq!(
        field("engagements.valmont.numeraire.lettres").label,
        "engagement en numéraire – Valmont, en lettres"
    );
    assert_eq!(
        field("article:finances").value.as_deref(),
        Some("article 2")
    );
    assert_eq!(field("duree").value.as_deref(), Some("deux ans"));
    assert_eq!(field("article:objet").value.as_deref(), Some("article 1er"));
}

/// What each block says and, of those side by side, both.
fn sides(document: &Document) -> Vec<(String, String)> {
    let say = |blocks: &[Block]| -> String {
        let document = Document {
            blocks: blocks.to_vec(),
            ..document.clone()
        };
        read(&document).trim().replace('\n', " | ")
    };
    let pairs = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Paired(pairs) => Some(pairs),
            _ => None,
        });
    let pairs = pairs.flatten();
    pairs.map(|(left, right)| (say(left), say(right))).collect()
}

fn side_by_side(records: &Records) -> Document {
    composed(
        records,
        &Composition {
            languages: Languages::Paired(Lang::french(), Lang::new("pt")),
            ..working()
        },
    )
}

#[test]
fn two_languages_stand_side_by_side_article_by_article() {
    let document = side_by_side(&records());
    let sides = sides(&document);
    let facing = |words: &str| {
        let found = sides.iter().find(|(left, _)| left.contains(words));
        found.map_or("", |(_, right)| right.as_str())
    };
    assert!(facing("Convention de coopération").starts_with("Convenção de cooperação"));
    assert!(
        facing("Article 1er — Objet").starts_with("Artigo 1.º — Objeto"),
        "{sides:#?}"
    );
    assert!(facing("Article 1er — Objet").contains("As partes cooperam"));
    assert!(facing("Article 2 — Finances").starts_with("Artigo 2"));
    assert!(facing("Vu le code général").contains("código geral"));
    assert_eq!(facing("Considérant que la mer"), "", "it has no Portuguese");
    assert!(facing("il est convenu").starts_with("acorda"));

    let right = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paired(pairs) => pairs.first()?.1.first(),
        _ => None,
    });
    assert_eq!(right.unwrap().language, Some(Lang::new("pt")));
}

#[test]
fn side_by_side_each_column_masks_and_drafts_in_its_own_language() {
    let mut records = records();
    let mut convention = records.conventions().next().unwrap().clone();
    for text in &mut convention.articles[0].texts {
        text.paragraphs = vec!["Tel. +238 281 12 95.".to_owned()];
    }
    records.apply(&Change::create("", Record::Convention(convention)));
    let paired = |state| Composition {
        state,
        languages: Languages::Paired(Lang::new("fr"), Lang::new("pt")),
        ..working()
    };

    let published = composed(&records, &paired(State::Publication));
    let sides = sides(&published);
    let (left, right) = sides
        .iter()
        .find(|(left, _)| left.contains("Article 1er"))
        .unwrap();
    assert!(left.contains("Tel. donnée masquée"), "{left}");
    assert!(right.contains("Tel. dado oculto"), "{right}");

    let draft = composed(&records, &paired(State::Working));
    assert_eq!(draft.around.watermark.as_deref(), Some("PROJET – PROJETO"));
}

#[test]
fn side_by_side_tables_are_as_wide_as_the_page_and_each_party_signs_once() {
    let document = side_by_side(&records());
    let tables = document
        .blocks
        .iter()
        .filter(|it| matches!(it.kind, BlockKind::Table(_)));
    // Commitments, expenses and income in French; expenses and income again in Portuguese.
    assert_eq!(tables.count(), 5);
    let signatures: Vec<&Vec<Signature>> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Signatures(signatures) => Some(signatures),
            _ => None,
        })
        .collect();
    let [signatures] = signatures[..] else {
        panic!("one place to sign for each party");
    };
    let names = super::text::inlines(&signatures[1].party);
    assert!(names.contains("Pour la Commune de São Filipe"), "{names}");
    assert!(names.contains("Município de São Filipe"), "{names}");
    assert_eq!(signatures[1].function, "Maire / Presidente da câmara");
}

#[test]
fn each_copy_names_its_party_first() {
    let records = records();
    let copy = composed(
        &records,
        &Composition {
            copy_of: Some(Key::new("sao-filipe")),
            ..working()
        },
    );
    let text = read(&copy);
    assert!(
        text.contains("entre la Commune de São Filipe, la Communauté d’agglomération"),
        "{text}"
    );
    let place = |words: &str| text.find(words).unwrap();
    assert!(place("Pour la Commune de São Filipe") < place("Pour la Communauté"));
    assert_ne!(copy.identity, composed(&records, &working()).identity);
    // Nobody's copy is the text as it is recorded.
    let nobody = Composition {
        copy_of: Some(Key::new("nulle-part")),
        ..working()
    };
    assert_eq!(
        read(&composed(&records, &nobody)),
        read(&composed(&records, &working()))
    );
}

#[test]
fn each_language_has_its_own_words_around_its_pages() {
    let document = composed(&records(), &working());
    assert_eq!(document.around.watermark.as_deref(), Some("PROJET"));
    let part = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Part(around) => Some(around),
        _ => None,
    });
    let around = part.unwrap();
    assert_eq!(around.watermark.as_deref(), Some("PROJETO"));
    assert!(
        around.footer.left.contains("novembro"),
        "{}",
        around.footer.left
    );
}

#[test]
fn who_is_in_office_signs_where_nobody_is_chosen() {
    let mut records = records();
    let mut partner = records.partner(id(2).parse().unwrap()).unwrap().clone();
    let mayor = |last: u32, name: &str, from: &str, until: Option<&str>| -> Signatory {
        serde_json::from_value(json!({
            "id": id(last), "name": name, "function": "maire", "from": from, "until": until,
        }))
        .unwrap()
    };
    partner.signatories = vec![
        mayor(93, "M. Rui Tavares", "2016-01-01", Some("2026-11-30")),
        mayor(94, "Mme Ana Lima", "2026-12-01", None),
    ];
    records.apply(&Change::create("", Record::Partner(partner)));
    let printed = |records: &Records, dated: NaiveDate| {
        let composition = Composition { dated, ..working() };
        let text = read(&composed(records, &composition));
        let (rui, ana) = (text.contains("Rui Tavares"), text.contains("Ana Lima"));
        assert!(rui != ana, "{text}");
        ana
    };
    let next_month = DAY + chrono::Days::new(30);
    assert!(!printed(&records, DAY));
    assert!(printed(&records, next_month));

    // Who was in office on the day of the signature stays on the paper.
    let signed = edited(&records, |convention| {
        let mut act = Act::new(id(43).parse().unwrap(), ActKind::Signature);
        act.party = Some(Key::new("sao-filipe"));
        act.date = NaiveDate::from_ymd_opt(2026, 11, 20);
        convention.acts.push(act);
    });
    assert!(!printed(&signed, next_month));
}

#[test]
fn a_title_inside_guillemets_has_quotes_of_its_own() {
    let mut records = records();
    let convention = records.conventions().next().unwrap().clone();
    let mut parent = convention.clone();
    parent.id = id(900).parse().unwrap();
    parent.title = "Valmont – Hué «\u{202f}eau et assainissement\u{202f}»".to_owned();
    let mut child = convention;
    child.parent = Some(parent.id);
    records.apply(&Change::create("", Record::Convention(parent)));
    let fields = fields_of(&child, &records, Reference::shipped(), DAY);
    let title = fields.iter().find(|it| it.name == "parent.titre").unwrap();
    assert_eq!(
        title.value.as_deref(),
        Some("Valmont – Hué “eau et assainissement”")
    );
}

#[test]
fn a_budget_without_a_line_prints_a_place_to_fill_and_no_zero() {
    let mut records = records();
    let convention = records.conventions().next().unwrap().clone();
    let before = records.get(RecordId {
        kind: Kind::Budget,
        id: convention.budget.unwrap(),
    });
    let before = before.unwrap().clone();
    let Record::Budget(mut budget) = before.as_ref().clone() else {
        unreachable!()
    };
    budget.lines.clear();
    records.apply(&Change::replace("", before, Record::Budget(budget)));
    let document = compose(
        &convention,
        &records,
        Reference::shipped(),
        &Composition::default(),
    );
    assert!(
        !document
            .blocks
            .iter()
            .any(|it| matches!(it.kind, BlockKind::Table(_)))
    );
}
