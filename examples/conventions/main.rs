//! Conventions of every kind as PDF, each with the text that its structure must read back: what the proofs of
//! conformance and of text are given.
//!
//! ```text
//! conventions DOSSIER NOMBRE [GRAINE]
//! ```
//!
//! First the demonstration's conventions, in each of the four states; then that many made by chance, the same for the
//! same seed: 2 to 6 parties, names and sentences of a dozen scripts, lists, notes, places to fill, tables, logos with
//! opacity, one document in ten with its data inside. Beside each `x.pdf`, `x.lines` has a line for each piece of the
//! structure, in order: its kind, a tab, its text.

mod lines;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use passerelle::demo;
use passerelle::document::{
    self, Align, Block, BlockKind, Column, Composition, Document, Inline, Languages, Logo, Paper,
    Picture, Row, State, Table,
};
use passerelle::model::{
    Article, Change, Convention, ConventionKind, Ids, Key, Lang, Name, Nature, Note, OwnName,
    Partner, Party, Recital, Record, Records, Text, Visa,
};
use passerelle::pdf::{self, Attachment};
use passerelle::reference::Reference;
use passerelle::typeset::pages::Tag;
use passerelle::typeset::{self, Fonts, Paragraphs};

const STATES: [(State, &str); 4] = [
    (State::Working, "travail"),
    (State::Vote, "vote"),
    (State::Signature, "signature"),
    (State::Publication, "publication"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .ok_or("conventions DOSSIER NOMBRE [GRAINE]")?;
    let count: usize = arguments.next().ok_or("NOMBRE")?.parse()?;
    let seed: u64 = arguments.next().map_or(Ok(20_261_126), |it| it.parse())?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;

    let fonts = Fonts::shipped();
    let reference = Reference::shipped();
    let records = demo::records();
    for (place, convention) in records.conventions_sorted().enumerate() {
        for (state, name) in STATES {
            let composition = Composition {
                state,
                dated: demo::TODAY,
                ..Composition::default()
            };
            let document = document::compose(convention, &records, reference, &composition);
            write(
                folder,
                &format!("demo-{place:02}-{name}"),
                &document,
                &fonts,
                false,
            )?;
        }
    }

    let mut chance = Chance(seed.max(1));
    for number in 0..count {
        let document = made(&mut chance, &records, reference);
        let data = number % 10 == 9;
        let name = if data {
            format!("data-{number:04}")
        } else {
            format!("made-{number:04}")
        };
        write(folder, &name, &document, &fonts, data)?;
    }
    Ok(())
}

fn write(
    folder: &Path,
    name: &str,
    document: &Document,
    fonts: &Fonts,
    data: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let pages = typeset::lay_out(document, fonts, &mut Paragraphs::default());
    // Contents stand in long documents only: the pages know.
    let listed = pages.nodes.iter().any(|node| node.tag == Tag::Contents);
    let lines = lines::lines(document, listed);
    let bytes = if data {
        let attachment = Attachment {
            name: "convention.json",
            media_type: "application/json",
            description: "Les lignes du texte « telles qu’imprimées »",
            bytes: lines.as_bytes(),
        };
        pdf::write_with(&pages, &attachment)?
    } else {
        pdf::write(&pages)?
    };
    fs::write(folder.join(format!("{name}.pdf")), bytes)?;
    fs::write(folder.join(format!("{name}.lines")), lines)?;
    Ok(())
}

/// A sequence that looks like chance and is the same for the same seed (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<'a, T, const N: usize>(&mut self, all: &'a [T; N]) -> &'a T {
        let [first, ..] = all.as_slice() else {
            unreachable!("a list of nothing")
        };
        all.get(self.below(N)).unwrap_or(first)
    }
}

/// Towns, with their country and their name in their own script.
const TOWNS: [(&str, &str, &str, &str); 14] = [
    ("Commune de Porto-Novo", "BJ", "fr", "Commune de Porto-Novo"),
    ("Ville de Đà Nẵng", "VN", "vi", "Thành phố Đà Nẵng"),
    ("Commune d’Ioannina", "GR", "el", "Δήμος Ιωαννιτών"),
    ("Commune de Figuig", "MA", "ar", "جماعة فجيج"),
    ("Ville de Guilin", "CN", "zh", "桂林市人民政府"),
    ("Ville d’Addis-Abeba", "ET", "am", "አዲስ አበባ ከተማ አስተዳደር"),
    ("Ville d’Haïfa", "IL", "he", "עיריית חיפה"),
    ("Ville de Pondichéry", "IN", "hi", "पुदुचेरी नगरपालिका"),
    ("Ville de Chiang Mai", "TH", "th", "เทศบาลนครเชียงใหม่"),
    ("Province de Siem Reap", "KH", "km", "ខេត្តសៀមរាប"),
    ("Ville d’Oulan-Oude", "RU", "ru", "Городской округ Улан-Удэ"),
    (
        "Município de São Filipe",
        "CV",
        "pt",
        "Câmara Municipal de São Filipe",
    ),
    ("Ville de Łowicz", "PL", "pl", "Gmina Miasto Łowicz"),
    (
        "Ville de Schwäbisch Gmünd",
        "DE",
        "de",
        "Große Kreisstadt Schwäbisch Gmünd",
    ),
];

const SENTENCES: [&str; 16] = [
    "Les parties se tiennent informées de l’avancement des actions et se réunissent au moins une fois par an.",
    "La contribution de chaque partie est versée dans la limite des crédits inscrits à son budget.",
    "Chacune affecte les moyens humains et matériels nécessaires à l’exécution de la présente convention.",
    "Les ouvrages réalisés deviennent la propriété de la commune, qui en assure l’entretien.",
    "En cas de manquement grave, la convention peut être résiliée après une mise en demeure restée sans effet.",
    "Il est dit « accord-cadre » tout accord qui fixe des orientations ; il n’engage aucune dépense.",
    "Le montant prévisionnel s’élève à 1 234 567,89 € pour trois ans, soit 0,5 % des recettes.",
    "Le 1er janvier 2027, les articles L. 1115-1 et suivants s’appliquent au XXIe siècle comme avant.",
    "L’efficacité et la qualité des offices sont affichées ; les effets en sont suffisants.",
    "As partes acordam cooperar nos domínios da água, do saneamento e da educação.",
    "Η συνεργασία αφορά το νερό και την εκπαίδευση.",
    "يتعاون الطرفان في مجال الماء والتطهير (2027) وفق هذه الاتفاقية.",
    "双方同意在水务和教育领域开展合作。",
    "ሁለቱ ወገኖች በውኃ አቅርቦት ዙሪያ ይተባበራሉ።",
    "הצדדים ישתפו פעולה בתחום המים והחינוך.",
    "दोनों पक्ष जल और शिक्षा के क्षेत्र में सहयोग करेंगे।",
];

const TITLES: [&str; 8] = [
    "Objet",
    "Engagements des parties",
    "Dispositions financières et modalités de versement de la contribution de chacune des parties signataires",
    "Pilotage",
    "Durée",
    "Communication — image « commune » & droits",
    "Données personnelles",
    "Différends",
];

fn made(chance: &mut Chance, house: &Records, reference: &Reference) -> Document {
    let mut ids = Ids::counted(chance.next() % 1_000_000_000_000);
    let mut records = house.clone();
    let kind = *chance.of(&ConventionKind::ALL);
    let title = format!(
        "Convention {} <{}> & « suites »",
        chance.below(900),
        chance.below(90)
    );
    let mut convention = Convention::new(ids.next_id(), kind, title);

    let mut parties = vec![party(&mut ids, "valmont", None)];
    for number in 0..=chance.below(5) {
        let (name, country, lang, own) = chance.of(&TOWNS);
        let mut partner = Partner::new(ids.next_id(), Nature::ForeignAuthority, Name::new(*name));
        partner.country = Some((*country).to_owned());
        partner.names = vec![OwnName {
            lang: Lang::new(lang),
            text: (*own).to_owned(),
        }];
        parties.push(party(
            &mut ids,
            &format!("partie-{number}"),
            Some(partner.id),
        ));
        records.apply(&Change::create("", Record::Partner(partner)));
    }
    convention.parties = parties;
    for _ in 0..chance.below(5) {
        convention.visas.push(Visa {
            id: ids.next_id(),
            basis: None,
            texts: vec![text(chance, 1)],
        });
        convention.recitals.push(Recital {
            id: ids.next_id(),
            texts: vec![text(chance, 1)],
        });
    }
    let longest = if chance.one_in(8) { 45 } else { 9 };
    for number in 0..=chance.below(longest) {
        let mut body = text(chance, 9);
        (*chance.of(&TITLES)).clone_into(&mut body.title);
        convention.articles.push(Article {
            id: ids.next_id(),
            key: Key::new(&format!("article-{number}")),
            role: None,
            texts: vec![body],
        });
    }
    records.apply(&Change::create("", Record::Convention(convention.clone())));

    let composition = Composition {
        languages: Languages::One(Lang::french()),
        state: chance.of(&STATES).0,
        paper: if chance.one_in(4) {
            Paper::Letter
        } else {
            Paper::A4
        },
        dated: demo::TODAY,
        ..Composition::default()
    };
    let mut document = document::compose(&convention, &records, reference, &composition);
    for _ in 0..chance.below(3) {
        let table = table(chance);
        document.blocks.push(Block {
            kind: BlockKind::Table(table),
            language: None,
            place: None,
        });
    }
    document.line_numbers = chance.one_in(5);
    for number in 0..chance.below(3) {
        document.logos.push(logo(chance, number));
    }
    document
}

fn party(ids: &mut Ids, key: &str, partner: Option<passerelle::model::Id>) -> Party {
    Party {
        id: ids.next_id(),
        key: Key::new(key),
        partner,
        signatory: None,
        capacity: None,
        decided_by: None,
        passes_on: false,
    }
}

fn text(chance: &mut Chance, most: usize) -> Text {
    let mut text = Text::new(Lang::french(), Vec::new());
    let mut deep = 0;
    for number in 0..=chance.below(most) {
        let mut paragraph: Vec<String> = Vec::new();
        for _ in 0..=chance.below(5) {
            let sentence = *chance.of(&SENTENCES);
            paragraph.push(match chance.below(8) {
                0 => format!("**{sentence}**"),
                1 => format!("*{sentence}*"),
                2 => format!("{sentence} Sur le compte _____ ouvert le ___."),
                _ => sentence.to_owned(),
            });
        }
        let mut paragraph = paragraph.join(" ");
        if chance.one_in(9) {
            let key = format!("note-{number}");
            paragraph.push_str(&format!("[^{key}]"));
            text.notes.push(Note {
                key: Key::new(&key),
                text: (*chance.of(&SENTENCES)).to_owned(),
            });
        }
        // A list goes one deeper at a time.
        let opening = match chance.below(6) {
            0 => Some("- "),
            1 => Some("1. "),
            _ => None,
        };
        match opening {
            Some(opening) if most > 1 => {
                paragraph = format!("{}{opening}{paragraph}", "  ".repeat(deep));
                deep = (deep + chance.below(2)).min(2);
            }
            _ => deep = 0,
        }
        text.paragraphs.push(paragraph);
    }
    text
}

fn table(chance: &mut Chance) -> Table {
    let columns = 1 + chance.below(6);
    let cell = |chance: &mut Chance, column: usize| {
        let words = if column == 0 || chance.one_in(6) {
            (*chance.of(&SENTENCES)).to_owned()
        } else {
            format!("{} {:03},00 €", 1 + chance.below(900), chance.below(1_000))
        };
        vec![Inline::from(words.as_str())]
    };
    let rows = 1 + chance.below(40);
    Table {
        caption: vec![Inline::from("Engagements de chaque partie, en euros")],
        columns: (0..columns)
            .map(|column| Column {
                align: if column == 0 {
                    Align::Start
                } else {
                    Align::End
                },
                weight: if column == 0 { 3 } else { 1 },
            })
            .collect(),
        head: (0..columns)
            .map(|column| vec![Inline::from(format!("Colonne {column}").as_str())])
            .collect(),
        rows: (0..rows)
            .map(|row| Row {
                cells: (0..columns).map(|column| cell(chance, column)).collect(),
                total: row + 1 == rows,
                heads: false,
            })
            .collect(),
    }
}

/// A disc that fades out.
fn logo(chance: &mut Chance, number: usize) -> Logo {
    let side = 20 + chance.below(60) as u32;
    let color = [
        chance.below(256) as u8,
        chance.below(256) as u8,
        chance.below(256) as u8,
    ];
    let faded = chance.one_in(2);
    let opacity = |x: u32, y: u32| {
        let (x, y) = (
            i64::from(2 * x) - i64::from(side),
            i64::from(2 * y) - i64::from(side),
        );
        let (far, edge) = (x * x + y * y, i64::from(side) * i64::from(side));
        (255 - (255 * far / edge).clamp(0, 255)) as u8
    };
    let pixels = || (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    Logo {
        image: Arc::new(Picture {
            width: side,
            height: side,
            rgb: pixels().flat_map(|_| color).collect(),
            alpha: faded.then(|| pixels().map(|(x, y)| opacity(x, y)).collect()),
        }),
        alternative: format!("Logo n° {number}"),
    }
}
