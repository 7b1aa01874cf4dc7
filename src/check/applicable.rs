//! Which texts of law apply to a convention, and why: its kind, its parties, the schemes that pay, the points that are
//! verified of it.
//!
//! It holds what the rules hold, told by text rather than by rule. A text that nothing here leads to may apply all the
//! same: this helps to read, and decides nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Subject, cited_by, examine};
use crate::model::{Convention, ConventionKind, Nature, Records, quoted};
use crate::reference::{Citations, Reference};

/// A text that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicable {
    /// Its id in the reference.
    pub text: String,
    /// Why, in as many reasons as there are: sentences without their full stop.
    pub why: Vec<String>,
}

/// The texts that apply to that convention, in the order of the reference.
#[must_use]
pub fn applicable(
    convention: &Convention,
    records: &Records,
    reference: &Reference,
    today: NaiveDate,
) -> Vec<Applicable> {
    let mut found = Reasons::default();
    found.of_kind(convention.kind);
    found.of_ours(records, reference);
    found.of_parties(convention, records, reference);
    found.of_money(convention, records);
    found.of_rules(convention, records, reference, today);
    for visa in &convention.visas {
        if let Some(basis) = &visa.basis {
            found.add(basis, "ses visas le citent");
        }
    }
    let citations = Citations::of(reference.legal_all());
    for text in cited_by(convention, &citations) {
        if !found.0.contains_key(text) {
            found.add(text, "elle le cite");
        }
    }

    reference
        .legal_all()
        .iter()
        .filter_map(|text| {
            Some(Applicable {
                text: text.id.clone(),
                why: found.0.remove(&text.id)?,
            })
        })
        .collect()
}

/// Reasons by text.
#[derive(Default)]
struct Reasons(BTreeMap<String, Vec<String>>);

impl Reasons {
    fn add(&mut self, text: &str, why: impl Into<String>) {
        let (all, why) = (self.0.entry(text.to_owned()).or_default(), why.into());
        if !all.contains(&why) {
            all.push(why);
        }
    }

    fn of_kind(&mut self, kind: ConventionKind) {
        let label = quoted(kind.label());
        if kind.is_cooperation() {
            let why = format!("{label}\u{a0}: c’est le fondement et le contenu de la convention");
            self.add("cgct-l1115-1", why);
        }
        if kind.is_charter() {
            let why = format!("{label}\u{a0}: les chartes sont transmises elles aussi");
            self.add("circulaire-2018-05-24", why);
        }
        if kind.is_grant() {
            for text in [
                "loi-2000-321-art-9-1-10",
                "decret-2021-1947-cer",
                "cgct-l1611-4",
            ] {
                self.add(text, "de l’argent public va à un organisme de droit privé");
            }
            self.add("cgct-l2311-7", "une subvention se vote à part du budget");
        }
        if kind == ConventionKind::Emergency {
            self.add("cgct-l1115-1", "l’urgence dispense de convention préalable");
            self.add("faceco", "une aide d’urgence peut passer par ce fonds");
        }
    }

    /// What our own kind of authority is held to.
    fn of_ours(&mut self, records: &Records, reference: &Reference) {
        let Some(kind) = reference.authority_kind(&records.authority().kind) else {
            return;
        };
        let name = quoted(&kind.name.text);
        self.add(
            &kind.executory,
            format!("nous sommes une collectivité de type {name}\u{a0}: quand nos actes sont exécutoires"),
        );
        self.add("cgct-l2131-6", "le préfet peut déférer nos actes");
    }

    fn of_parties(&mut self, convention: &Convention, records: &Records, reference: &Reference) {
        let partners = (convention.parties.iter()).filter_map(|it| records.partner(it.partner?));
        for partner in partners {
            let name = partner.short_name.as_ref().unwrap_or(&partner.name);
            let name = &name.text;
            let country = partner.country.as_deref().filter(|code| *code != "FR");
            let country = country.and_then(|code| reference.country(code));
            if let Some(country) = country {
                let there = format!("{name} est hors de France ({})", country.name.text);
                self.add(
                    "loi-94-665-toubon-art-5",
                    format!("{there}\u{a0}: en quelle langue l’on contracte"),
                );
                self.add("circulaire-2018-05-24", there.clone());
                if country.is_in_eu() {
                    self.add(
                        "cgct-l1115-4-2",
                        format!("{name} est dans l’Union européenne\u{a0}: un GECT est possible"),
                    );
                }
                if !country.is_in_eea_or_switzerland() && country.part_of.as_deref() != Some("FR") {
                    self.add(
                        "jp-haut-karabagh",
                        format!("{name} est hors de l’Espace économique européen\u{a0}: la reconnaissance se vérifie"),
                    );
                }
            }
            match partner.nature {
                Nature::State | Nature::DeconcentratedBody => self.add(
                    "cgct-l1115-5",
                    format!("{name} est un État, ou dépend d’un État"),
                ),
                Nature::Private if convention.kind.is_cooperation() => {
                    self.add("ce-2016-annaba", format!("{name} est une personne privée"));
                }
                _ => {}
            }
        }
        if convention.languages.len() > 1 {
            self.add(
                "loi-94-665-toubon-art-5",
                "elle est écrite en plusieurs langues",
            );
        }
    }

    /// What its budget is charged to, and whom it pays.
    fn of_money(&mut self, convention: &Convention, records: &Records) {
        let budget = convention.budget.and_then(|id| records.budget(id));
        for line in budget.into_iter().flat_map(|budget| &budget.lines) {
            let texts: &[&str] = match line.scheme.as_deref() {
                Some("eau") => &["cgct-l1115-1-1", "loi-2005-95-oudin-santini"],
                Some("energie") => &["cgct-l1115-1-1", "loi-2006-1537"],
                Some("dechets") => &["cgct-l1115-2"],
                Some("mobilite") => &["cgct-l1115-3"],
                _ => &[],
            };
            for text in texts {
                self.add(text, "une ligne de son budget relève de ce 1\u{202f}%");
            }
            let is_association = |id| {
                let partner = records.partner(id);
                partner.is_some_and(|it| it.nature == Nature::Association)
            };
            if line.beneficiary.is_some_and(is_association) {
                for text in ["loi-2000-321-art-9-1-10", "decret-2021-1947-cer"] {
                    self.add(text, "son budget subventionne une association");
                }
            }
        }
    }

    /// What its own rules rest on, and what they find around it.
    fn of_rules(
        &mut self,
        convention: &Convention,
        records: &Records,
        reference: &Reference,
        today: NaiveDate,
    ) {
        let subject = Subject::Convention(convention.id);
        let examined = examine(subject, records, reference, today);
        for one in &examined {
            for finding in &one.findings {
                for text in finding.basis {
                    self.add(
                        text,
                        format!(
                            "un point à vérifier s’y fonde\u{a0}: {}",
                            quoted(one.rule.title)
                        ),
                    );
                }
            }
        }
        let held = examined
            .iter()
            .filter(|one| one.subject == subject && one.findings.is_empty());
        let mut titles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for one in held {
            for text in one.rule.basis {
                let title = quoted(one.rule.title);
                titles.entry(text).or_default().push(title);
            }
        }
        for (text, titles) in titles {
            self.add(
                text,
                format!(
                    "il fonde ce qui est vérifié d’elle\u{a0}: {}",
                    titles.join(", ")
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{World, today};
    use super::*;

    fn why(world: &World, text: &str) -> Vec<String> {
        applicable(
            &world.convention,
            &world.records(),
            Reference::shipped(),
            today(),
        )
        .into_iter()
        .find(|it| it.text == text)
        .map(|it| it.why)
        .unwrap_or_default()
    }

    #[test]
    fn a_cooperation_rests_on_its_article_and_says_why() {
        let world = World::new();
        let reasons = why(&world, "cgct-l1115-1");
        assert!(reasons[0].contains("fondement"), "{reasons:?}");
        assert!(
            reasons
                .iter()
                .any(|it| it.contains("Objet de la convention"))
        );
        assert!(why(&world, "decret-2021-1947-cer").is_empty());
        assert!(why(&world, "cgct-d1115-1-7").is_empty());
    }

    #[test]
    fn a_grant_rests_on_the_law_on_grants() {
        let mut world = World::new();
        world.convention.kind = ConventionKind::Grant;
        let is_grants = |it: &String| it.contains("droit privé");
        assert!(why(&world, "decret-2021-1947-cer").iter().any(is_grants));
        assert!(
            !why(&world, "cgct-l1115-1")
                .iter()
                .any(|it| it.contains("fondement"))
        );
    }

    #[test]
    fn a_scheme_and_a_second_language_bring_their_texts() {
        let mut world = World::new();
        world.convention.languages =
            vec![crate::model::Lang::french(), crate::model::Lang::new("pt")];
        assert!(
            why(&world, "loi-94-665-toubon-art-5")
                .iter()
                .any(|it| it.contains("plusieurs langues"))
        );

        for line in &mut world.budget.lines {
            line.scheme = Some("dechets".to_owned());
        }
        assert!(
            why(&world, "cgct-l1115-2")
                .iter()
                .any(|it| it.contains("1\u{202f}%"))
        );
        for line in &mut world.budget.lines {
            line.scheme = None;
        }
        assert!(
            !why(&world, "cgct-l1115-2")
                .iter()
                .any(|it| it.contains("1\u{202f}%"))
        );
    }
}
