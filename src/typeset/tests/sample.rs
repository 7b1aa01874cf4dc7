//! A convention between three parties with everything that a document can hold.

use std::sync::Arc;

use super::build::{
    blank, block, block_in, bold, contents, draft, foreign, hanging, heading, italic, item, list,
    note, numbered, paragraph, reference, signature, table, words,
};
use crate::document::{
    Align, Around, Block, BlockKind, Document, Heading, Inline, ListItem, Logo, Paragraph, Picture,
    Running, Target,
};

/// The whole convention: a working draft of some pages.
pub fn convention() -> Document {
    let mut blocks = opening();
    blocks.extend(articles());
    blocks.extend(finances());
    blocks.extend(ending());
    blocks.extend(annexes());
    Document {
        around: Around {
            watermark: Some("PROJET".into()),
            header: Running {
                left: "Convention de coopération décentralisée — Valmont / Porto-Novo / Đà Nẵng"
                    .into(),
                right: "Projet du 23 novembre 2026".into(),
            },
            footer: Running {
                left: "Projet, version 14 du 23 novembre 2026".into(),
                right: String::new(),
            },
            ..Around::default()
        },
        logos: vec![
            logo(300, 120, (27, 42, 107), "Logo de Valmont"),
            logo(120, 140, (11, 122, 75), "Logo de Porto-Novo"),
        ],
        ..draft(blocks)
    }
}

fn opening() -> Vec<Block> {
    vec![
        block(BlockKind::Title(vec!["Convention de coopération décentralisée".into()])),
        block(BlockKind::Subtitle(vec![
            "entre la Communauté d’agglomération de Valmont (République française),".into(),
            Inline::LineBreak,
            "la Commune de Porto-Novo (République du Bénin) et la Ville de Đà Nẵng (Viêt Nam)".into(),
            Inline::LineBreak,
            "2027-2029".into(),
        ])),
        block(BlockKind::Contents(contents("Sommaire", 0))),
        block(BlockKind::Paragraph(paragraph(vec![
            bold("Entre"),
            " la Communauté d’agglomération de Valmont, sise 1 place de la République à Valmont, \
             représentée par sa présidente, Mme Hélène Ferrand, dûment habilitée par délibération du \
             conseil communautaire du "
                .into(),
            blank(6, "date de la délibération"),
            ", ci-après « Valmont », d’une part,".into(),
        ]))),
        block(BlockKind::Paragraph(paragraph(vec![
            bold("et"),
            " la Commune de Porto-Novo (République du Bénin), en gun ".into(),
            foreign("guw", "Xɔ̀gbónú"),
            ", représentée par son maire, dûment habilité par délibération du conseil municipal du "
                .into(),
            blank(6, "date de la délibération"),
            ", ci-après « Porto-Novo »,".into(),
        ]))),
        block(BlockKind::Paragraph(paragraph(vec![
            bold("et"),
            " la Ville de ".into(),
            foreign("vi", "Đà Nẵng"),
            " (République socialiste du Viêt Nam), représentée par son comité populaire, ci-après \
             « Đà Nẵng », d’autre part,"
                .into(),
        ]))),
        hanging(vec![
            "Vu le code général des collectivités territoriales, notamment ses articles L. 1115-1 et \
             L. 1115-1-1 ;"
                .into(),
        ]),
        hanging(vec![
            "Vu la délibération n° ".into(),
            blank(5, "numéro"),
            " du conseil communautaire du ".into(),
            blank(6, "date"),
            " approuvant la présente convention ;".into(),
        ]),
        hanging(vec![
            "Considérant les liens noués entre les trois territoires depuis 1995, et le principe de \
             réciprocité qui les guide".into(),
            note("Charte de la coopération signée à Porto-Novo le 1er mars 1995, dont l’article 3 \
                  pose que chaque partie apporte selon ses moyens et reçoit selon ses besoins, et dont \
                  l’article 7 prévoit l’évaluation commune des actions tous les trois ans."),
            " ;".into(),
        ]),
        words("il est convenu ce qui suit."),
    ]
}

fn articles() -> Vec<Block> {
    vec![
        heading(1, "Article 1er — Objet"),
        words(
            "La présente convention définit les actions que les parties mènent ensemble dans les \
             domaines de l’eau et de l’assainissement, de la santé et de la gouvernance locale, ainsi \
             que le montant prévisionnel de leurs engagements financiers.",
        ),
        heading(1, "Article 2 — Engagements réciproques"),
        numbered(
            "2.1",
            vec![
                "Valmont mobilise ses services de l’eau et de l’assainissement, à hauteur de vingt \
                 jours d’expertise par an, et finance les actions décrites à l’".into(),
                reference("Article 3 — Actions", "article 3"),
                " dans la limite du montant figurant à l’annexe 1.".into(),
            ],
        ),
        numbered(
            "2.2",
            vec![
                "Porto-Novo met à disposition un chef de projet à mi-temps et les locaux nécessaires, \
                 et prend en charge l’hébergement des délégations"
                    .into(),
                note("Dans la limite de deux délégations par an et de six personnes chacune."),
                ".".into(),
            ],
        ),
        numbered(
            "2.3",
            vec![
                "Đà Nẵng accueille chaque année quatre agents en formation dans ses services \
                 d’urbanisme et partage ses données de gestion des eaux pluviales, sous réserve des \
                 autorisations que sa législation prévoit."
                    .into(),
            ],
        ),
        heading(1, "Article 3 — Actions"),
        words("Les parties conduisent ensemble :"),
        block(BlockKind::List(list(vec![
            ListItem {
                sublist: Some(list(vec![
                    item(
                        "a)",
                        vec![
                            "trois forages équipés de pompes à énergie solaire dans les quartiers de \
                             Djassin et de Tokpota ;"
                                .into(),
                        ],
                    ),
                    item("b)", vec!["la formation de douze agents ;".into()]),
                    ListItem {
                        sublist: Some(list(vec![
                            item("i.", vec!["un relevé des réseaux ;".into()]),
                            item("viii.", vec!["un plan d’entretien sur dix ans ;".into()]),
                        ])),
                        ..item("c)", vec!["un schéma directeur comprenant :".into()])
                    },
                ])),
                ..item(
                    "–",
                    vec!["l’accès à l’eau potable et à l’assainissement, soit :".into()],
                )
            },
            item(
                "–",
                vec![
                    "la santé maternelle et infantile, avec le centre hospitalier de Valmont et les \
                     maternités communales, dont les équipes se rencontrent deux fois par an ;"
                        .into(),
                ],
            ),
            item(
                "–",
                vec![
                    "la gouvernance locale : état civil, ".into(),
                    italic("open data"),
                    ", participation des habitants.".into(),
                ],
            ),
        ]))),
        heading(1, "Article 4 — Noms et langues"),
        block(BlockKind::Paragraph(paragraph(vec![
            "Les noms des lieux sont écrits dans leur langue : ".into(),
            foreign("ar", "فجيج"),
            " (Maroc), ".into(),
            foreign("el", "Θεσσαλονίκη"),
            " (Grèce), ".into(),
            foreign("zh", "成都市"),
            " (Chine), ".into(),
            foreign("vi", "Đà Nẵng"),
            " (Viêt Nam), ".into(),
            foreign("am", "አዲስ አበባ"),
            " (Éthiopie), ".into(),
            foreign("uk", "Харків"),
            " (Ukraine), ".into(),
            foreign("he", "חיפה"),
            " (Israël), ".into(),
            foreign("pl", "Łódź"),
            " (Pologne). La correspondance se tient en français ; l’adresse est ".into(),
            Inline::Link {
                target: Target::Address("https://valmont.example/cooperation".into()),
                text: vec!["https://valmont.example/cooperation".into()],
            },
            ".".into(),
        ]))),
        block_in(
            "ar",
            BlockKind::Paragraph(paragraph(vec![
                "تحدد هذه الاتفاقية الأعمال التي يقوم بها الطرفان معا في مجالات الماء والتطهير والصحة \
                 والحكامة المحلية، وكذلك المبلغ التقديري لالتزاماتهما المالية لسنوات 2027 إلى 2029."
                    .into(),
            ])),
        ),
    ]
}

fn finances() -> Vec<Block> {
    let figures: Vec<[String; 5]> = (1..=38)
        .map(|line: i64| {
            let year = |n: i64| format!("{} {:03} €", line * n % 47 + 1, line * 37 % 1000);
            let label = if line == 9 {
                "Mission d’expertise sur les réseaux d’assainissement pluvial, y compris les \
                 déplacements et l’hébergement des agents"
                    .to_owned()
            } else {
                format!("Action {line}")
            };
            [label, year(3), year(5), year(7), year(11)]
        })
        .chain([[
            "Coût total estimé",
            "72 400 €",
            "67 400 €",
            "46 600 €",
            "186 400 €",
        ]
        .map(Into::into)])
        .collect();
    let cells: Vec<Vec<&str>> = figures
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    vec![
        heading(1, "Article 5 — Dispositions financières"),
        words(
            "Le montant prévisionnel des engagements financiers des parties s’élève à 114 200 € pour \
             Valmont. Porto-Novo apporte en nature l’équivalent de 22 000 €. Le coût total de l’action \
             est estimé à 186 400 €, dont 50 200 € de cofinancements attendus.",
        ),
        block(BlockKind::Table(table(
            "Tableau 1 — Coût des actions, en euros",
            &[
                ("Action", Align::Start, 40),
                ("2027", Align::End, 15),
                ("2028", Align::End, 15),
                ("2029", Align::End, 15),
                ("Total", Align::End, 18),
            ],
            &rows,
        ))),
        words(
            "Les versements de Valmont interviennent en deux fois chaque année : 60 % à la réception du \
             programme annuel, le solde au vu du compte rendu d’exécution. Au XXIe siècle comme au XXe, \
             le comptable assignataire est celui de la collectivité qui verse.",
        ),
    ]
}

fn ending() -> Vec<Block> {
    let left_to_fill = |place: &str| {
        vec![
            Inline::from(format!("À {place}, le ").as_str()),
            blank(7, "date"),
        ]
    };
    vec![
        heading(1, "Article 6 — Durée, modification, fin"),
        words(
            "La présente convention prend effet à sa signature et dure trois ans. Elle peut être \
             modifiée par avenant. Chaque partie peut y mettre fin par lettre recommandée, avec un \
             préavis de six mois ; les actions engagées sont menées à leur terme.",
        ),
        heading(1, "Article 7 — Litiges"),
        words(
            "Les parties cherchent un accord amiable. À défaut d’accord dans les trois mois, le litige \
             est porté devant la juridiction administrative compétente.",
        ),
        block(BlockKind::Paragraph(Paragraph {
            keep_with_next: true,
            ..paragraph(vec![
                "Fait en trois exemplaires originaux, en français.".into(),
            ])
        })),
        block(BlockKind::Signatures(vec![
            signature(
                "Pour la Communauté d’agglomération de Valmont et des vallées voisines",
                "La présidente",
                Some("Hélène Ferrand"),
                left_to_fill("Valmont"),
            ),
            signature(
                "Pour la Commune de Porto-Novo",
                "Le maire",
                Some("Charlemagne Dossou"),
                left_to_fill("Porto-Novo"),
            ),
            signature(
                "Pour la Ville de Đà Nẵng",
                "Le président",
                None,
                left_to_fill("Đà Nẵng"),
            ),
        ])),
    ]
}

fn annexes() -> Vec<Block> {
    let pair = |french: &str, portuguese: &str| {
        let block_of = |language, text: &str| {
            block_in(language, BlockKind::Paragraph(paragraph(vec![text.into()])))
        };
        (
            vec![block_of("fr", french)],
            vec![block_of("pt", portuguese)],
        )
    };
    vec![
        block(BlockKind::PageBreak),
        heading(1, "Annexe 1 — Extrait en deux langues"),
        block(BlockKind::Paired(vec![
            (
                vec![heading(2, "Article 1er — Objet de l’extrait")],
                vec![block_in(
                    "pt",
                    BlockKind::Heading(Heading {
                        level: 2,
                        text: vec!["Artigo 1.º — Objeto".into()],
                        anchor: None,
                    }),
                )],
            ),
            pair(
                "La présente convention définit les actions que les parties mènent ensemble dans les \
                 domaines de l’eau, de l’assainissement et de la gouvernance locale.",
                "A presente convenção define as ações que as partes conduzem em conjunto nos domínios \
                 da água, do saneamento e da governação local, bem como o montante previsto dos seus \
                 compromissos financeiros.",
            ),
            pair(
                "Les engagements financiers figurent à l’article 5 ; ils sont révisés chaque année.",
                "Os compromissos financeiros constam do art. 5; são revistos todos os anos.",
            ),
        ])),
        heading(1, "Annexe 2 — Glossaire"),
        block_in(
            "el",
            BlockKind::Paragraph(paragraph(vec![
                "Η παρούσα σύμβαση ορίζει τις δράσεις που τα μέρη υλοποιούν από κοινού στους τομείς του \
                 νερού, της υγείας και της τοπικής διακυβέρνησης."
                    .into(),
            ])),
        ),
        block_in(
            "zh",
            BlockKind::Paragraph(paragraph(vec![
                "本协定规定双方在水务、卫生、健康和地方治理领域共同开展的行动，以及双方财务承诺的预计金额。\
                 双方每年举行一次会议，评估行动的执行情况，并商定下一年度的计划。"
                    .into(),
            ])),
        ),
        block_in(
            "am",
            BlockKind::Paragraph(paragraph(vec![
                "ይህ ስምምነት ወገኖቹ በውሃ፣ በጤና እና በአካባቢ አስተዳደር ዘርፎች በጋራ የሚያከናውኗቸውን ተግባራት \
                 ይወስናል።"
                    .into(),
            ])),
        ),
        block_in(
            "vi",
            BlockKind::Paragraph(paragraph(vec![
                "Thỏa thuận này quy định các hoạt động mà các bên cùng thực hiện trong lĩnh vực nước \
                 sạch, y tế và quản trị địa phương."
                    .into(),
            ])),
        ),
    ]
}

fn logo(width: u32, height: u32, (red, green, blue): (u8, u8, u8), alternative: &str) -> Logo {
    let pixels = (width * height) as usize;
    Logo {
        image: Arc::new(Picture {
            width,
            height,
            rgb: [red, green, blue].repeat(pixels),
            alpha: None,
        }),
        alternative: alternative.into(),
    }
}
