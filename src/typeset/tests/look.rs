//! The sample as a file to look at: `PASSERELLE_LOOK=/tmp cargo test --lib typeset::tests::look -- --ignored`.

use std::path::PathBuf;

use super::build::{block, block_in, draft, heading, item, list, paragraph, table, words};
use super::{laid, sample};
use crate::document::{Align, Around, Block, BlockKind, Document, Paper, Running};
use crate::pdf;

/// French beside Arabic on a numbered draft, then scripts whose lines stand further apart.
fn other_scripts() -> Document {
    let said = |language, text: &str| {
        block_in(language, BlockKind::Paragraph(paragraph(vec![text.into()])))
    };
    let arabic_list = list(vec![
        item(
            "1.",
            vec!["الماء الصالح للشرب والتطهير، في حدود المبالغ المبينة في الملحق ؛".into()],
        ),
        item("2.", vec!["الصحة.".into()]),
    ]);
    let french_list = list(vec![
        item(
            "1.",
            vec![
                "l’eau potable et l’assainissement, dans la limite des montants de l’annexe ;"
                    .into(),
            ],
        ),
        item("2.", vec!["la santé.".into()]),
    ]);
    let pairs: Vec<(Vec<Block>, Vec<Block>)> = vec![
        (
            vec![heading(1, "Article 1er — Objet")],
            vec![block_in("ar", heading(1, "المادة 1 — الموضوع").kind)],
        ),
        (
            vec![words(
                "La présente convention définit les actions que les parties mènent ensemble dans les \
                 domaines de l’eau, de l’assainissement et de la gouvernance locale.",
            )],
            vec![said(
                "ar",
                "تحدد هذه الاتفاقية الأعمال التي يقوم بها الطرفان معا في مجالات الماء والتطهير والصحة \
                 والحكامة المحلية.",
            )],
        ),
        (
            vec![block(BlockKind::List(french_list))],
            vec![block_in("ar", BlockKind::List(arabic_list))],
        ),
    ];
    let columns = [("Poste", Align::Start, 3), ("Montant", Align::End, 1)];
    let rows: [&[&str]; 3] = [
        &["Forages", "46 400 €"],
        &["فجيج", "1 200 €"],
        &["Total", "47 600 €"],
    ];
    let long =
        "Le comité de suivi se réunit deux fois par an, alternativement à Valmont et à Figuig. ";
    Document {
        paper: Paper::Letter,
        line_numbers: true,
        accent: None,
        around: Around {
            footer: Running {
                left: "Document de travail".into(),
                right: String::new(),
            },
            ..Around::default()
        },
        ..draft(vec![
            block(BlockKind::Title(vec![
                "Convention entre Valmont et Figuig".into(),
            ])),
            block(BlockKind::Paired(pairs)),
            heading(1, "Article 2 — Coûts"),
            block(BlockKind::Table(table("", &columns, &rows))),
            words(&long.repeat(12)),
            said(
                "hi",
                "यह समझौता उन कार्यों को परिभाषित करता है जिन्हें पक्ष मिलकर करते हैं।",
            ),
            said(
                "th",
                "ข้อตกลงนี้กำหนดกิจกรรมที่ทั้งสองฝ่ายดำเนินการร่วมกันในด้านน้ำ สุขภาพ และการปกครองท้องถิ่น",
            ),
            said("km", "កិច្ចព្រមព្រៀងនេះកំណត់សកម្មភាពដែលភាគីទាំងពីរធ្វើរួមគ្នា។"),
            said(
                "he",
                "הסכם זה מגדיר את הפעולות שהצדדים מקיימים יחד בתחומי המים והבריאות.",
            ),
            said(
                "guw",
                "Xɔ̀gbónú wɛ nyí tò ɖaxó ɖé ɖò Benɛ tò lɔ mɛ; Ɖò fí ɔ́, ƙasa ƴaƴa.",
            ),
        ])
    }
}

#[test]
#[ignore = "writes the samples as PDF in the folder $PASSERELLE_LOOK"]
fn write_the_samples_to_be_looked_at() {
    let folder = std::env::var_os("PASSERELLE_LOOK").expect("PASSERELLE_LOOK names a folder");
    for (name, document) in [
        ("convention.pdf", sample::convention()),
        ("scripts.pdf", other_scripts()),
    ] {
        let bytes = pdf::write(&laid(&document)).expect("the samples conform");
        std::fs::write(PathBuf::from(&folder).join(name), bytes).unwrap();
    }
}
