//! From « nouvelle convention avec Porto-Novo » to a first draft: the articles, visas and recitals that the case
//! wants, and none that it does not.
//!
//! Pure: it reads the records and the clauses of the reference, and answers with new records. The command line and
//! the window's wizard call [`draft`]; what the draft still lacks is for `check` to say. The editor takes articles and
//! other wordings from the same clauses ([`library`]), and keeps articles as clauses of the department's ([`own`]).

mod case;
pub mod library;
pub mod own;
pub mod visas;
mod wording;

use std::sync::Arc;

use chrono::NaiveDate;
use thiserror::Error;

use self::case::Case;
use crate::model::{
    Annex, Article, Budget, Change, Convention, ConventionKind, Edit, Id, Ids, Key, Lang, Recital,
    Record, Records, Text, quoted,
};
use crate::reference::{Circumstance, Clause, ConventionModel, Reference};

/// What is known of a convention before a word of it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// Its kind.
    pub kind: ConventionKind,
    /// The parties beside our own authority, in the order in which they are named. An amendment has those of what it
    /// amends.
    pub partners: Vec<Id>,
    /// Themes, slugs of the reference.
    pub themes: Vec<String>,
    /// The 1 % schemes that pay for a part of it, slugs of the reference: `eau`.
    pub schemes: Vec<String>,
    /// Whether money is committed.
    pub money: bool,
    /// Whether funders who do not sign are expected.
    pub cofunding: bool,
    /// Whether the association passes money on.
    pub passing_on: bool,
    /// Clauses of the department's own that it takes, each in the place of the article of the same role.
    pub own_clauses: Vec<Id>,
    /// The languages beside French.
    pub languages: Vec<Lang>,
    /// The convention that it carries out, amends or renews.
    pub parent: Option<Id>,
    /// The first day of the programme.
    pub start: Option<NaiveDate>,
    /// The last.
    pub end: Option<NaiveDate>,
}

impl Brief {
    /// A convention of that kind with those parties, that commits money; nothing else is known.
    #[must_use]
    pub fn new(kind: ConventionKind, partners: Vec<Id>) -> Self {
        Self {
            kind,
            partners,
            themes: Vec::new(),
            schemes: Vec::new(),
            money: !kind.is_charter() && kind != ConventionKind::Amendment,
            cofunding: false,
            passing_on: false,
            own_clauses: Vec::new(),
            languages: Vec::new(),
            parent: None,
            start: None,
            end: None,
        }
    }
}

/// Why a kind of convention cannot be drafted from a brief.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CannotDraft {
    /// No model of that kind ships.
    #[error("Aucun modèle n’est livré pour le genre {}.", quoted(.0.label()))]
    NoModel(ConventionKind),
    /// A party is not among the records.
    #[error(
        "La fiche {0} n’existe pas\u{a0}: choisissez les parties parmi les partenaires de l’espace."
    )]
    NoSuchPartner(Id),
    /// No foreign local authority is a party.
    #[error(
        "Le genre {} se conclut avec au moins une autorité locale étrangère\u{a0}: ajoutez-la aux parties.",
        quoted(.0.label())
    )]
    NeedsAuthority(ConventionKind),
    /// No association is a party.
    #[error(
        "Le genre {} se conclut avec une association\u{a0}: ajoutez-la aux parties.",
        quoted(.0.label())
    )]
    NeedsAssociation(ConventionKind),
    /// Its last day comes before its first.
    #[error("Le dernier jour vient avant le premier\u{a0}: corrigez l’un ou l’autre.")]
    EndsBeforeItBegins,
    /// It carries out or amends a convention that is not told.
    #[error(
        "Le genre {} se rattache à une autre convention\u{a0}: dites laquelle.",
        quoted(.0.label())
    )]
    NeedsParent(ConventionKind),
}

/// A first draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The convention.
    pub convention: Convention,
    /// Its budget, empty, where money is committed: amounts are blanks until it is filled.
    pub budget: Option<Budget>,
    /// Whether the model still wants a jurist's eye: « modèle à relire ».
    pub to_review: bool,
}

impl Draft {
    /// The one change that keeps it.
    #[must_use]
    pub fn change(self) -> Change {
        let mut change = Change::create(
            format!("Nouvelle convention {}", quoted(&self.convention.title)),
            Record::Convention(self.convention),
        );
        if let Some(budget) = self.budget {
            let budget = Record::Budget(budget);
            change.edits.push(Edit {
                record: budget.record_id(),
                before: None,
                after: Some(Arc::new(budget)),
            });
        }
        change
    }
}

/// Drafts a convention.
///
/// # Errors
/// When a party is not there, or when the kind wants a party or a parent convention that the brief does not name.
pub fn draft(
    brief: &Brief,
    records: &Records,
    reference: &Reference,
    ids: &mut Ids,
) -> Result<Draft, CannotDraft> {
    let model = reference
        .model(brief.kind)
        .ok_or(CannotDraft::NoModel(brief.kind))?;
    if matches!((brief.start, brief.end), (Some(start), Some(end)) if end < start) {
        return Err(CannotDraft::EndsBeforeItBegins);
    }
    let case = Case::new(brief, records, ids)?;

    let mut convention = Convention::new(ids.next_id(), brief.kind, case.fill_title(&model.title));
    convention.parties = case.parties.clone();
    convention.languages.extend(brief.languages.iter().cloned());
    convention.themes.clone_from(&brief.themes);
    convention.parent = brief.parent;
    // A twinning has no term: years under its title would give it one.
    if brief.kind != ConventionKind::Twinning {
        (convention.start, convention.end) = (brief.start, brief.end);
    }
    convention.visas = visas::of_draft(model, &case, reference, ids);
    convention.recitals = recitals(model, &case, ids);
    convention.articles = articles(model, &case, reference, ids);
    for clause in brief
        .own_clauses
        .iter()
        .filter_map(|id| records.clause(*id))
    {
        own::take(&mut convention.articles, clause, &case, ids);
    }
    convention.annexes = annexes(model, &case, ids);

    // An amendment counts in the budget of what it amends, where there is one.
    let amended = case
        .parent()
        .filter(|parent| brief.kind == ConventionKind::Amendment && parent.budget.is_some());
    let mut budget_of_its_own = None;
    if case.holds(Circumstance::Money) {
        if let Some(amended) = amended {
            convention.budget = amended.budget;
            convention.budget_years.clone_from(&amended.budget_years);
        } else {
            let title = format!("Budget – {}", convention.title);
            let term = (brief.start, brief.end);
            let budget = Budget::of_parties(title, term, &case.parties, ids);
            convention.budget = Some(budget.id);
            convention.budget_years.clone_from(&budget.years);
            budget_of_its_own = Some(budget);
        }
    }
    Ok(Draft {
        convention,
        budget: budget_of_its_own,
        to_review: !model.complete,
    })
}

fn articles(
    model: &ConventionModel,
    case: &Case<'_>,
    reference: &Reference,
    ids: &mut Ids,
) -> Vec<Article> {
    let mut articles = Vec::new();
    for used in &model.clauses {
        let Some(clause) = reference.clause(&used.id) else {
            continue;
        };
        if !case.all_hold(&used.when) || !case.all_hold(&clause.when) {
            continue;
        }
        match clause.for_each {
            None => articles.extend(article(clause, case, None, ids)),
            Some(side) => {
                for key in case.keys(side) {
                    articles.extend(article(clause, case, Some(key), ids));
                }
            }
        }
    }
    articles
}

fn article(clause: &Clause, case: &Case<'_>, own: Option<&Key>, ids: &mut Ids) -> Option<Article> {
    let paragraphs = case.paragraphs(&clause.paragraphs, own);
    if paragraphs.is_empty() {
        return None;
    }
    let mut text = Text::new(Lang::french(), paragraphs);
    text.title = case.fill_names(&clause.title, own);
    Some(Article {
        id: ids.next_id(),
        key: Key::new(&case.fill_key(&clause.key, own)),
        role: clause.role.clone(),
        texts: vec![text],
    })
}

fn recitals(model: &ConventionModel, case: &Case<'_>, ids: &mut Ids) -> Vec<Recital> {
    let said = case.paragraphs(&model.recitals, None);
    said.into_iter()
        .map(|said| Recital {
            id: ids.next_id(),
            texts: vec![Text::new(Lang::french(), vec![said])],
        })
        .collect()
}

fn annexes(model: &ConventionModel, case: &Case<'_>, ids: &mut Ids) -> Vec<Annex> {
    let wanted = model
        .annexes
        .iter()
        .filter(|annex| case.all_hold(&annex.when));
    wanted
        .map(|annex| {
            let mut text = Text::new(Lang::french(), annex.paragraphs.clone());
            text.title.clone_from(&annex.title);
            Annex {
                id: ids.next_id(),
                key: Key::new(&annex.key),
                kind: annex.kind,
                texts: vec![text],
                piece: None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
