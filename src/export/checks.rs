//! « Fiche de vérification »: for the jurist's file, what holds, what is to be reviewed, what somebody set aside, why,
//! with which function and when.

use chrono::NaiveDate;

use super::blocks::{heading, paragraph, plain, sheet, subtitle, table, title};
use crate::check::{Examined, Finding, Severity, Subject, examine};
use crate::document::{Block, Document};
use crate::model::{Convention, Id, Lang, Records, SetAside};
use crate::reference::Reference;

const TITLE: &str = "Fiche de vérification";

/// The sheet of a convention on that day; nothing when it is not there.
#[must_use]
pub fn checks_sheet(
    convention: Id,
    records: &Records,
    reference: &Reference,
    today: NaiveDate,
) -> Option<Document> {
    let convention = records.convention(convention)?;
    let subject = Subject::Convention(convention.id);
    let examined = examine(subject, records, reference, today);
    let writer = Writer {
        convention,
        records,
        reference,
    };
    let blocks = writer.blocks(&examined, today);
    let identity = format!("{}/verification/{today}", convention.id);
    Some(sheet(
        TITLE,
        &convention.title,
        identity,
        records,
        today,
        blocks,
    ))
}

/// What the file of the sheet is called.
#[must_use]
pub fn checks_file_name(convention: &Convention) -> String {
    format!("{TITLE} – {}", super::file_name(convention))
}

struct Writer<'a> {
    convention: &'a Convention,
    records: &'a Records,
    reference: &'a Reference,
}

impl Writer<'_> {
    fn blocks(&self, examined: &[Examined], today: NaiveDate) -> Vec<Block> {
        let all = || examined.iter().flat_map(|it| &it.findings);
        let mut open: Vec<&Finding> = all().filter(|it| it.set_aside.is_none()).collect();
        open.sort_by_key(|finding| finding.severity);
        let aside: Vec<(&Finding, &SetAside)> = all()
            .filter_map(|finding| Some((finding, finding.set_aside.as_ref()?)))
            .collect();
        let held: Vec<&Examined> = examined
            .iter()
            .filter(|it| it.findings.is_empty())
            .collect();

        let mut blocks = vec![
            title(TITLE),
            subtitle(&self.convention.title),
            subtitle(format!("État au {}", self.day(today))),
            paragraph(plain(summary(
                examined.len(),
                held.len(),
                &open,
                aside.len(),
            ))),
        ];
        blocks.push(heading("À revoir"));
        if open.is_empty() {
            blocks.push(paragraph(plain("Aucun point.")));
        } else {
            blocks.push(table(
                &[("Gravité", 3), ("Point", 5), ("Constat", 12), ("Base", 5)],
                open.iter().map(|finding| self.open(finding, examined)),
            ));
        }
        blocks.push(heading("Écarté"));
        if aside.is_empty() {
            blocks.push(paragraph(plain("Aucun point.")));
        } else {
            blocks.push(table(
                &[("Point", 5), ("Constat", 9), ("Motif", 6), ("Par, le", 5)],
                aside.iter().map(|(finding, answer)| {
                    vec![
                        title_of(finding, examined),
                        finding.message.clone(),
                        answer.reason.clone(),
                        self.who(answer),
                    ]
                }),
            ));
        }
        blocks.push(heading("Tenu"));
        blocks.push(table(
            &[("Vérification", 8), ("Sur", 6), ("Base", 11)],
            held.iter().map(|it| {
                vec![
                    it.rule.title.to_owned(),
                    self.subject(it.subject),
                    self.basis(it.rule.basis),
                ]
            }),
        ));
        blocks.push(paragraph(plain(
            "Cette fiche dit ce que l’application a vérifié ce jour-là dans les fiches de l’espace de travail. Elle ne \
             remplace ni l’avis d’un juriste, ni le contrôle de légalité.",
        )));
        blocks
    }

    fn open(&self, finding: &Finding, examined: &[Examined]) -> Vec<String> {
        let mut message = finding.message.clone();
        if let Some(answer) = &finding.was_set_aside {
            message.push_str(&format!(
                " Écarté auparavant ({}\u{a0}: {}), ce point est revenu\u{a0}: les faits ont changé.",
                self.who(answer),
                answer.reason
            ));
        }
        vec![
            format!("{} {}", finding.severity.mark(), finding.severity.label()),
            title_of(finding, examined),
            message,
            self.basis(finding.basis),
        ]
    }

    fn who(&self, answer: &SetAside) -> String {
        format!(
            "{}, {}, {}",
            answer.by,
            answer.function,
            self.day(answer.date)
        )
    }

    fn basis(&self, basis: &[&str]) -> String {
        let texts = basis.iter().filter_map(|id| self.reference.legal(id));
        let texts: Vec<&str> = texts.map(|text| text.reference.as_str()).collect();
        if texts.is_empty() {
            "–".to_owned()
        } else {
            texts.join(" · ")
        }
    }

    fn subject(&self, subject: Subject) -> String {
        let of = |name: Option<&str>, year: Option<i32>| {
            let name = name.unwrap_or("fiche absente");
            year.map_or_else(|| name.to_owned(), |year| format!("{name}, {year}"))
        };
        let partner = |id| self.records.partner(id).map(|it| it.name.text.as_str());
        match subject {
            Subject::Convention(_) => "la convention".to_owned(),
            Subject::Budget(id) => of(self.records.budget(id).map(|it| it.title.as_str()), None),
            Subject::Body(id) => of(partner(id), None),
            Subject::BodyYear(id, year) => of(partner(id), Some(year)),
            Subject::Authority(year) => of(Some(&self.records.authority().name.text), Some(year)),
        }
    }

    fn day(&self, day: NaiveDate) -> String {
        self.reference.labels(&Lang::french()).date(day)
    }
}

fn title_of(finding: &Finding, examined: &[Examined]) -> String {
    let rule = examined.iter().find(|it| it.rule.name == finding.rule);
    rule.map_or(finding.rule, |it| it.rule.title).to_owned()
}

/// « 42 vérifications : 38 tenues, 1 bloquant, 2 à revoir, 1 conseil, aucun point écarté. »
fn summary(examined: usize, held: usize, open: &[&Finding], aside: usize) -> String {
    let of = |severity| open.iter().filter(|it| it.severity == severity).count();
    let several = |count: usize, one: &str, many: &str| {
        format!("{count}\u{a0}{}", if count > 1 { many } else { one })
    };
    format!(
        "{}\u{a0}: {}. Points à revoir\u{a0}: {}, {}, {}. {}.",
        several(examined, "vérification", "vérifications"),
        several(held, "tenue", "tenues"),
        several(of(Severity::Blocking), "bloquant", "bloquants"),
        several(of(Severity::Warning), "à revoir", "à revoir"),
        several(of(Severity::Advice), "conseil", "conseils"),
        several(aside, "point écarté", "points écartés"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::document::text;
    use crate::model::{Change, Record};

    fn draft(records: &Records) -> Convention {
        let review = |it: &Convention| {
            crate::check::review(
                Subject::Convention(it.id),
                records,
                Reference::shipped(),
                demo::TODAY,
            )
        };
        let mut conventions = records.conventions();
        conventions
            .find(|it| review(it).iter().any(|finding| finding.can_be_set_aside))
            .unwrap()
            .clone()
    }

    #[test]
    fn the_sheet_says_what_is_open_what_is_set_aside_and_what_holds() {
        let mut records = demo::records();
        let mut convention = draft(&records);
        let said = |records: &Records, id| {
            text(&checks_sheet(id, records, Reference::shipped(), demo::TODAY).unwrap())
        };
        let findings = crate::check::review(
            Subject::Convention(convention.id),
            &records,
            Reference::shipped(),
            demo::TODAY,
        );
        let finding = findings
            .iter()
            .find(|it| it.can_be_set_aside && it.set_aside.is_none());
        let finding = finding.unwrap();
        let before = said(&records, convention.id);
        let (open, rest) = before.split_once("\nÉcarté\n").unwrap();
        assert!(open.contains(&finding.message));
        assert!(rest.contains("\nTenu\n"));

        let id = "019ab3c0-1000-7000-8000-000000000888".parse().unwrap();
        let answer = finding.set_aside_by(
            id,
            "Le partenaire l’a confirmé par lettre.",
            "Mme Pons",
            "directrice juridique",
            demo::TODAY,
        );
        convention.set_aside.extend(answer);
        let id = convention.id;
        records.apply(&Change::create("", Record::Convention(convention)));
        let after = said(&records, id);
        let (open, rest) = after.split_once("\nÉcarté\n").unwrap();
        let (aside, held) = rest.split_once("\nTenu\n").unwrap();
        assert!(!open.contains(&finding.message) && aside.contains(&finding.message));
        assert!(aside.contains("Le partenaire l’a confirmé par lettre."));
        assert!(aside.contains("Mme Pons, directrice juridique, 24 novembre 2026"));
        assert!(held.contains("la convention"));
        let one_more = |text: &str| text.contains("1\u{a0}point écarté.");
        assert!(one_more(&after) && !one_more(&before), "{after}");
    }
}
