//! « Réciprocité »: what each party brings, side by side, in cash, in kind and in acts; what the cooperation brings here
//! and there.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Element, Fill};

use super::fields::Side;
use super::{Convention, Message as Above};
use crate::app::editor::Field;
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::section;
use crate::app::widget::quiet;
use crate::model::text::{Content, Marker, in_language, parse};
use crate::model::{self, Amount, Article, Budget, Currency, Lang, Party, Slice, fold, roles};

/// How far into a paragraph a party is still what it begins with, in bytes: « La Communauté d’agglomération de … ».
const BEGINNING: usize = 48;

/// Below this width parties stand under each other.
const NARROW: f32 = 520.0;

impl Convention {
    /// The part.
    pub(super) fn reciprocity<'a>(
        &'a self,
        written: &'a model::Convention,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let acts = acts(written, &self.fields, session);
        let budget = written.budget.and_then(|id| session.records().budget(id));
        let parties = written.parties.iter().zip(acts).map(|(party, acts)| {
            container(self.party_brings(party, acts, written, budget, session, palette))
                .padding(16)
                .width(Fill)
                .style(move |_| palette.card())
                .into()
        });
        let parties: Element<'_, Above> = if width < NARROW {
            Column::with_children(parties).spacing(12).into()
        } else {
            Row::with_children(parties).spacing(12).into()
        };

        let result = |side: Side| {
            let mut list = Column::new().spacing(6);
            for outcome in side.of(written) {
                let mut words = column![text(&outcome.text).size(15)].spacing(2);
                if let Some(indicator) = &outcome.indicator {
                    words = words.push(text(indicator).size(13).color(palette.muted));
                }
                list = list.push(row![text("●").size(13).color(palette.good), words].spacing(8));
            }
            if side.of(written).is_empty() {
                list = list.push(muted("Rien n’est noté.", palette));
            }
            let title = match side {
                Side::Here => "Ici",
                Side::There => "Là-bas",
            };
            column![text(title).size(16).font(STRONG), list]
                .spacing(8)
                .width(Fill)
        };
        let note = quiet("Noter des résultats…", palette).on_press(Above::Results);
        let results = section(
            "Résultats attendus ou obtenus",
            (!session.is_read_only()).then_some(note),
            row![result(Side::Here), result(Side::There)].spacing(16),
            palette,
        );
        column![
            text("Réciprocité").size(20).font(STRONG),
            text("Ce que chaque partie apporte, d’après le budget et les articles d’engagements.")
                .size(15)
                .color(palette.muted),
            parties,
            results,
        ]
        .spacing(16)
        .into()
    }

    fn party_brings<'a>(
        &'a self,
        party: &'a Party,
        acts: Vec<String>,
        written: &'a model::Convention,
        budget: Option<&'a Budget>,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let years = &written.budget_years;
        let planned = |in_kind| {
            let budget = budget?;
            let funder = budget.funder(&party.key)?;
            let of = |years: &[i32]| {
                budget.planned(Slice {
                    years,
                    funder: Some(funder.id),
                    in_kind: Some(in_kind),
                })
            };
            let covered = if years.is_empty() {
                &budget.years
            } else {
                years
            };
            let by_year: Vec<(i32, Amount)> = covered
                .iter()
                .map(|year| (*year, of(std::slice::from_ref(year))))
                .filter(|(_, amount)| !amount.is_zero())
                .collect();
            Some((of(years), by_year, &budget.currency))
        };
        let known = written
            .taken_over
            .as_ref()
            .filter(|_| party.partner.is_none());
        let known =
            known.and_then(|it| Some((it.amount?, it.currency.clone().unwrap_or_default())));

        let mut card = column![text(session.party_name(party)).size(16).font(STRONG)].spacing(10);
        for (label, in_kind) in [("En numéraire", false), ("En nature", true)] {
            let brought = planned(in_kind).filter(|(total, ..)| !total.is_zero());
            let mut lines = column![text(label).size(13).color(palette.muted)].spacing(2);
            lines = match (brought, &known) {
                (Some((total, by_year, currency)), _) => {
                    let said = |amount: Amount, currency: &Currency| {
                        french::amount(amount, currency, session.reference())
                    };
                    let by_year = by_year
                        .into_iter()
                        .map(|(year, amount)| format!("{year}\u{a0}: {}", said(amount, currency)));
                    let by_year: Vec<String> = by_year.collect();
                    lines
                        .push(text(said(total, currency)).size(16).font(STRONG))
                        .push(text(by_year.join(" · ")).size(13).color(palette.muted))
                }
                (None, Some((amount, currency))) if !in_kind => {
                    let said = french::amount(*amount, currency, session.reference());
                    lines.push(text(said).size(16).font(STRONG))
                }
                (None, _) => lines.push(muted("rien", palette)),
            };
            card = card.push(lines);
        }
        let mut lines = column![text("En actes").size(13).color(palette.muted)].spacing(6);
        if acts.is_empty() {
            lines = lines.push(muted("rien d’écrit", palette));
        }
        for act in acts {
            lines = lines.push(text(act).size(15));
        }
        card.push(lines).into()
    }
}

fn muted<'a>(words: &'a str, palette: Palette) -> Element<'a, Above> {
    text(words).size(15).color(palette.muted).into()
}

/// For each party, what it commits itself to in the articles of commitments: from the paragraph that begins by naming
/// it, or the title, up to the one that begins by naming another.
fn acts(convention: &model::Convention, fields: &[Field], session: &Session) -> Vec<Vec<String>> {
    let mut acts = vec![Vec::new(); convention.parties.len()];
    let names: Vec<String> = convention
        .parties
        .iter()
        .map(|party| fold(session.party_name(party)))
        .collect();
    let begins_with = |words: &str| {
        let folded = fold(words);
        let found = names.iter().enumerate();
        let found = found.filter_map(|(rank, name)| Some((folded.find(name.as_str())?, rank)));
        found
            .min()
            .filter(|(at, _)| *at < BEGINNING)
            .map(|(_, rank)| rank)
    };
    let committing = |article: &&Article| article.role.as_deref() == Some(roles::COMMITMENTS);
    for article in convention.articles.iter().filter(committing) {
        let Some(text) = in_language(&article.texts, &Lang::french()) else {
            continue;
        };
        let mut about = begins_with(&said(&text.title, fields));
        for paragraph in &text.paragraphs {
            let words = said(paragraph, fields);
            if parse(paragraph).marker == Marker::None {
                about = begins_with(&words).or(about);
            }
            if let Some(own) = about.and_then(|rank| acts.get_mut(rank))
                && !words.trim().is_empty()
            {
                own.push(words);
            }
        }
    }
    acts
}

/// A paragraph as it is read: fields by their value, or their label where they have none.
fn said(source: &str, fields: &[Field]) -> String {
    let paragraph = parse(source);
    let sign = match paragraph.marker {
        Marker::None => "",
        Marker::Dash(_) | Marker::Number(..) => "– ",
    };
    let words: String = paragraph
        .leaves
        .into_iter()
        .map(|leaf| match leaf.content {
            Content::Words(words) => words,
            Content::Field(name) => {
                let field = fields.iter().find(|it| it.name == name);
                field.map_or(name, |field| {
                    field
                        .value
                        .clone()
                        .unwrap_or_else(|| format!("‹ {} ›", field.label))
                })
            }
            Content::Blank(_) => "…".to_owned(),
            Content::Note(_) => String::new(),
        })
        .collect();
    format!("{sign}{words}")
}
