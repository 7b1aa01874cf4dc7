//! The extract: only what is printed goes out, anything may come in.

use proptest::prelude::*;

use super::*;
use crate::document::{self, Composition};
use crate::export::{self, Wanted};
use crate::model::{
    ActKind, Change, Contact, Convention, Id, Ids, Kind, Record, RecordId, Records,
};
use crate::reference::Reference;
use crate::typeset::Fonts;
use crate::{demo, model};

fn is_signed_by_somebody(convention: &Convention) -> bool {
    convention.done(ActKind::Signature).next().is_some()
}

fn draft(records: &Records) -> Id {
    let mut drafts = records
        .conventions_sorted()
        .filter(|it| it.taken_over.is_none() && !is_signed_by_somebody(it));
    drafts.find(|it| it.budget.is_some()).unwrap().id
}

fn reviewed(extract: &Extract, records: &Records) -> Review {
    let at = demo::TODAY.and_hms_opt(9, 12, 0).unwrap().and_utc();
    review(
        extract,
        records,
        Reference::shipped(),
        &mut Ids::counted(7),
        at,
    )
}

fn pdf(records: &Records, convention: Id, state: State) -> Vec<u8> {
    let wanted = Wanted {
        state: Some(state),
        data: true,
        ..Wanted::default()
    };
    let reference = Reference::shipped();
    export::convention_pdf(
        convention,
        records,
        reference,
        &wanted,
        demo::TODAY,
        &Fonts::shipped(),
    )
    .unwrap()
    .bytes
}

fn extract_of(records: &Records, convention: Id, state: State) -> Extract {
    let convention = records.convention(convention).unwrap();
    let composition = Composition {
        state,
        dated: demo::TODAY,
        ..Composition::default()
    };
    let reference = Reference::shipped();
    let document = document::compose(convention, records, reference, &composition);
    extract(&document, convention, records, reference, state)
}

/// Every byte of a file, streams inflated.
fn everything(pdf: &[u8]) -> String {
    let mut document = lopdf::Document::load_mem(pdf).unwrap();
    document.decompress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    for object in document.objects.values() {
        if let Ok(stream) = object.as_stream() {
            bytes.extend(
                stream
                    .decompressed_content()
                    .unwrap_or_else(|_| stream.content.clone()),
            );
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn what_is_not_printed_is_in_no_byte_of_the_file() {
    let mut records = demo::records();
    let id = draft(&records);
    let mut convention = records.convention(id).unwrap().clone();
    convention.notes = Some("zz-remarque-de-service-zz".to_owned());
    let partner_id = convention.parties.iter().find_map(|it| it.partner).unwrap();
    let mut partner = records.partner(partner_id).unwrap().clone();
    partner.notes = Some("zz-note-du-partenaire-zz".to_owned());
    let mut check = partner.recognition.clone().unwrap_or_else(|| {
        serde_json::from_value(serde_json::json!({
            "date": "2026-01-05", "by": "zz-verificateur-zz", "result": "zz-resultat-zz"
        }))
        .unwrap()
    });
    check.by = "zz-verificateur-zz".to_owned();
    partner.recognition = Some(check);
    let contact: Contact = serde_json::from_value(serde_json::json!({
        "id": "019ab3c0-1000-7000-8000-000000009999", "name": "Mme Zélie Zzcontact",
        "holder": partner_id, "email": "zz-contact@exemple.fr", "phone": "+33 1 99 88 77 66"
    }))
    .unwrap();
    for record in [
        Record::Convention(convention),
        Record::Partner(partner),
        Record::Contact(contact),
    ] {
        records.apply(&Change::create("", record));
    }

    for state in [State::Working, State::Vote, State::Publication] {
        let file = everything(&pdf(&records, id, state));
        // The control: what is printed is found, so that what is not would be.
        assert!(file.contains(super::FORMAT) && file.contains("\"articles\""));
        for secret in ["zz-", "Zzcontact", "99 88 77 66", "exemple.fr"] {
            assert!(!file.contains(secret), "{state:?}: {secret}");
        }
    }
}

#[test]
fn what_is_masked_on_the_page_is_masked_in_the_data() {
    let mut records = demo::records();
    let id = draft(&records);
    let mut convention = records.convention(id).unwrap().clone();
    let signatory = records.authority().signatories[0].name.clone();
    let text = &mut convention.articles[0].texts[0];
    text.paragraphs.push(format!(
        "Suivi par {signatory}, tél. 01 23 45 67 89, sur le compte FR76 3000 6000 0112 3456 7890 189, a.b@valmont.fr."
    ));
    records.apply(&Change::create("", Record::Convention(convention)));

    let open = String::from_utf8(extract_of(&records, id, State::Vote).to_json()).unwrap();
    let masked = String::from_utf8(extract_of(&records, id, State::Publication).to_json()).unwrap();
    for secret in [
        "01 23 45 67 89",
        "7890 189",
        "a.b@valmont.fr",
        "Suivi par M",
    ] {
        assert!(open.contains(secret), "{secret}");
        assert!(!masked.contains(secret), "{secret}");
    }
    assert!(masked.contains("donnée masquée"));
}

#[test]
fn the_file_carries_the_extract_and_it_reads_back() {
    let records = demo::records();
    let id = draft(&records);
    let extract = extract_of(&records, id, State::Vote);
    assert!(!extract.articles.is_empty() && !extract.tables.is_empty());
    assert!(
        extract
            .articles
            .iter()
            .all(|it| !it.texts[0].title.is_empty())
    );
    assert!(
        extract
            .visas
            .iter()
            .all(|it| !it.texts[0].paragraphs[0].starts_with("Vu"))
    );
    assert!(!extract.parties[0].printed[0].paragraphs[0].is_empty());
    assert_eq!(read(&pdf(&records, id, State::Vote)).unwrap(), extract);
}

#[test]
fn an_empty_house_takes_the_convention_in_whole() {
    let theirs = demo::records();
    let id = draft(&theirs);
    let extract = extract_of(&theirs, id, State::Vote);
    let ours = Records::from_records([]);
    let review = reviewed(&extract, &ours);

    assert!(
        review
            .records
            .iter()
            .all(|it| it.outcome == Outcome::Created)
    );
    let mut after = ours.clone();
    after.apply(review.change.as_ref().unwrap());
    let convention = after.convention(id).unwrap();
    assert_eq!(convention.articles.len(), extract.articles.len());
    // Whoever made it is a partner here; each party has its record.
    for party in &convention.parties {
        assert!(after.partner(party.partner.unwrap()).is_some());
    }
    // Taken in a second time, it says nothing new.
    let again = reviewed(&extract, &after);
    assert!(
        matches!(
            again.records[0].outcome,
            Outcome::Unchanged | Outcome::Updated(_)
        ),
        "{:?}",
        again.records
    );
}

#[test]
fn a_draft_that_is_known_takes_only_what_differs() {
    let records = demo::records();
    let id = draft(&records);
    let mut extract = extract_of(&records, id, State::Vote);
    let same = reviewed(&extract, &records);
    assert_eq!(
        (same.records[0].outcome.clone(), same.change),
        (Outcome::Unchanged, None)
    );

    extract.articles[1].texts[0].paragraphs[0] = "Le partenaire propose ceci.".to_owned();
    let review = reviewed(&extract, &records);
    assert_eq!(
        review.records[0].outcome,
        Outcome::Updated(vec!["l’article 2 change".to_owned()])
    );
    let change = review.change.unwrap();
    let before = records.convention(id).unwrap();
    let Some(Record::Version(kept)) = change.edits[0].after.as_deref() else {
        panic!("no version of what was there")
    };
    assert_eq!(kept.text(), Some(before));
    let Some(Record::Convention(after)) = change.edits[1].after.as_deref() else {
        panic!("no convention")
    };
    let (there, here) = (&after.articles[1].texts[0], &before.articles[1].texts[0]);
    assert_eq!(there.title, here.title);
    assert_eq!(
        there.paragraphs[1..],
        here.paragraphs[1..],
        "what prints alike keeps its fields"
    );
    assert!(here.paragraphs[1..].iter().any(|it| it.contains("{{")));
    assert_eq!(
        after.articles[1].texts[0].paragraphs[0],
        "Le partenaire propose ceci."
    );
    assert_eq!(after.articles[0], before.articles[0]);
    assert_eq!((&after.acts, &after.budget), (&before.acts, &before.budget));

    extract.state = Leaving::Publication;
    let masked = reviewed(&extract, &records);
    assert!(matches!(masked.records[0].outcome, Outcome::Refused(_)));
    assert_eq!(masked.change, None);
}

#[test]
fn a_text_that_all_or_one_signed_is_never_touched() {
    let records = demo::records();
    let signed = |by_all: bool| {
        let mut written = records
            .conventions_sorted()
            .filter(|it| it.taken_over.is_none() && is_signed_by_somebody(it));
        written.find(|it| records.sealed(it.id).is_some() == by_all)
    };
    for convention in [signed(true), signed(false)] {
        let mut extract = extract_of(&records, convention.unwrap().id, State::Signature);
        extract.articles[0].texts[0].title = "Autre chose".to_owned();
        let review = reviewed(&extract, &records);
        assert!(matches!(review.records[0].outcome, Outcome::Refused(_)));
        assert_eq!(review.change, None);
    }
}

#[test]
fn an_identifier_that_is_taken_here_names_nobody_else() {
    let theirs = demo::records();
    let extract = extract_of(&theirs, draft(&theirs), State::Vote);
    let taken = extract.parties.iter().find_map(|it| it.partner).unwrap();
    let stranger = model::Partner::new(
        taken,
        model::Nature::Association,
        model::Name::new("Tout autre"),
    );
    let ours = Records::from_records([Record::Partner(stranger.clone())]);
    let review = reviewed(&extract, &ours);
    let mut after = ours.clone();
    after.apply(review.change.as_ref().unwrap());
    assert_eq!(after.partner(taken), Some(&stranger));
    let name = RecordId {
        kind: Kind::Partner,
        id: taken,
    };
    assert!(review.records.iter().all(|it| it.record != name));
}

/// A PDF of somebody else, with those bytes as an embedded file, compressed.
fn carrying(json: &[u8]) -> Vec<u8> {
    use std::io::Write as _;

    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(json).unwrap();
    let mut file =
        b"%PDF-1.7\n1 0 obj\n<</Type /EmbeddedFile /Filter/FlateDecode>>\nstream\r\n".to_vec();
    file.extend(encoder.finish().unwrap());
    file.extend(b"\nendstream endobj");
    file
}

#[test]
fn what_is_not_ours_newer_or_broken_is_said() {
    let records = demo::records();
    let sound = extract_of(&records, draft(&records), State::Vote);
    let told = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut value = serde_json::to_value(&sound).unwrap();
        change(&mut value);
        read(&carrying(&serde_json::to_vec(&value).unwrap()))
    };
    assert!(told(&|_| {}).is_ok());
    assert_eq!(read(b"GIF89a"), Err(ReadError::NotPdf));
    assert_eq!(read(b"%PDF-1.7 nothing"), Err(ReadError::Nothing));
    assert_eq!(read(b"%PDF-1.7 /Encrypt 3 0 R"), Err(ReadError::Encrypted));
    assert_eq!(read(&carrying(b"{}")), Err(ReadError::Nothing));
    assert_eq!(
        told(&|it| it["version"] = 9.into()),
        Err(ReadError::Newer { version: 9 })
    );
    let broken: [&dyn Fn(&mut serde_json::Value); 6] = [
        &|it| it["title"] = " ".into(),
        &|it| it["articles"][1]["id"] = it["articles"][0]["id"].clone(),
        &|it| it["articles"][0]["key"] = "../../etc".into(),
        &|it| it["languages"] = serde_json::json!(["fr; rm"]),
        &|it| it["parties"][0]["nature"] = "pirate".into(),
        &|it| it["secret"] = 1.into(),
    ];
    for change in broken {
        assert!(matches!(told(change), Err(ReadError::Broken { .. })));
    }
    let clean = told(&|it| it["title"] = "Un\u{0}\u{1b}[2Jdeux".into()).unwrap();
    assert_eq!(clean.title, "Un[2Jdeux");
}

#[test]
fn a_bomb_is_read_up_to_a_bound() {
    let begun = std::time::Instant::now();
    let bomb = carrying(&vec![b' '; 300 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024);
    assert!(matches!(read(&bomb), Err(ReadError::Broken { .. })));
    let mut many = b"%PDF-1.7\n".to_vec();
    many.extend(b"/EmbeddedFile stream\n".repeat(200_000));
    assert_eq!(read(&many), Err(ReadError::Nothing));
    assert_eq!(
        read(&carrying(&b"[".repeat(500_000))),
        Err(ReadError::Nothing)
    );
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_an_extract_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
        let _ = read(&[b"%PDF-1.7\n", &bytes[..]].concat());
        let _ = read(&carrying(&bytes));
    }

    #[test]
    fn an_extract_spoiled_anywhere_is_reviewed_or_refused(
        spoils in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let records = demo::records();
        let mut json = extract_of(&records, draft(&records), State::Vote).to_json();
        for (place, byte) in spoils {
            let place = place.index(json.len());
            json[place] = byte;
        }
        if let Ok(extract) = read(&carrying(&json)) {
            let _ = reviewed(&extract, &records);
        }
    }
}
