//! « Fiche budget »: a project's budget on paper, for an assembly, a co-funder, a file: who pays what and when, how far
//! it has gone, what it weighs under the 1 % ceilings, how it stands against the rules of its funders; charts, and each
//! figure of theirs in a table.
//!
//! It leaves in French only.

use std::ops::Range;

use chrono::NaiveDate;

use super::inline::{bold, plain};
use super::{
    Align, Around, Block, BlockKind, Column, Document, Figure, Heading, Inline, Logo, Paper,
    Paragraph, Place, Row, Running, Table, compose,
};
use crate::chart::Chart;
use crate::ledger;
use crate::model::{Amount, Budget, ByYear, Funder, Lang, Percentage, Records, Step, Sums, Totals};
use crate::reference::Reference;

/// The width at which charts are drawn, in pixels: their letters then print at about nine points.
const CHART: f64 = 640.0;

/// More years than this do not stand side by side: they go on in another table.
const MOST_YEARS: usize = 5;

/// A budget as a document.
#[must_use]
pub fn budget_sheet(
    budget: &Budget,
    records: &Records,
    reference: &Reference,
    dated: NaiveDate,
    paper: Paper,
    logos: Vec<Logo>,
) -> Document {
    let sheet = Sheet {
        budget,
        records,
        reference,
        totals: Totals::of(budget),
    };
    let authority = records.authority();
    Document {
        identity: format!("{}/fiche", budget.id),
        title: format!("Fiche budget – {}", budget.title),
        author: authority.name.text.clone(),
        date: dated,
        language: Lang::french(),
        paper,
        accent: authority.color.as_deref().and_then(compose::color),
        line_numbers: false,
        around: Around {
            header: Running {
                left: budget.title.clone(),
                right: String::new(),
            },
            footer: Running {
                left: authority.name.text.clone(),
                right: String::new(),
            },
            ..Around::default()
        },
        logos,
        blocks: sheet.blocks(dated),
        masked: Vec::new(),
    }
}

struct Sheet<'a> {
    budget: &'a Budget,
    records: &'a Records,
    reference: &'a Reference,
    totals: Totals,
}

impl Sheet<'_> {
    fn blocks(&self, dated: NaiveDate) -> Vec<Block> {
        let [by_year, shares, execution] =
            ledger::charts::of_one(self.budget, self.records, self.reference);
        let labels = self.reference.labels(&Lang::french());

        let mut blocks = vec![
            self.block(BlockKind::Title(vec![plain(&self.budget.title)])),
            self.block(BlockKind::Subtitle(vec![plain(format!(
                "Fiche budget, {}",
                labels.date(dated)
            ))])),
        ];
        blocks.push(self.paragraph(&self.summary()));
        if let Some(notes) = &self.budget.notes {
            blocks.push(self.paragraph(notes));
        }

        blocks.push(self.heading("Qui paie"));
        blocks.extend(self.incomes());
        blocks.extend(self.figure(&by_year));
        blocks.extend(self.figure(&shares));
        blocks.push(self.block(BlockKind::Table(self.brought())));

        blocks.push(self.heading("Ce que le projet coûte"));
        blocks.extend(self.expenses());
        blocks.push(self.heading("Où il en est"));
        blocks.push(self.block(BlockKind::Table(self.execution())));
        blocks.extend(self.figure(&execution));
        blocks.extend(self.ceilings());
        blocks.extend(self.rules());
        blocks
    }

    fn block(&self, kind: BlockKind) -> Block {
        Block {
            kind,
            language: None,
            place: Some(Place {
                record: self.budget.id,
                item: None,
                language: Lang::french(),
                paragraph: 0,
                range: 0..0,
            }),
        }
    }

    fn heading(&self, text: &str) -> Block {
        self.block(BlockKind::Heading(Heading {
            level: 1,
            text: vec![plain(text)],
            anchor: None,
        }))
    }

    fn paragraph(&self, text: &str) -> Block {
        self.block(BlockKind::Paragraph(Paragraph {
            align: Align::Justify,
            hanging: false,
            number: None,
            keep_with_next: false,
            text: vec![plain(text)],
        }))
    }

    fn figure(&self, chart: &Chart) -> Option<Block> {
        (!chart.is_empty()).then(|| {
            self.block(BlockKind::Figure(Figure {
                caption: vec![plain(chart.caption())],
                drawing: chart.draw(CHART, self.reference),
                alternative: chart.described(self.reference),
            }))
        })
    }

    fn said(&self, amount: Amount) -> String {
        self.reference.amount(amount, &self.budget.currency)
    }

    /// What it is, for whom, for how much, by which convention.
    fn summary(&self) -> String {
        let total = self.totals.expenses.planned.total();
        let in_kind = self.totals.expenses.in_kind.total();
        let partners = ledger::of_budget(self.budget, self.records);
        let mut said = format!("{partners}. Coût total\u{a0}: {}", self.said(total));
        if !in_kind.is_zero() {
            let part = format!(", dont {} d’apports en nature", self.said(in_kind));
            said.push_str(&part);
        }
        said.push('.');
        if let Some(rate) = self.rate() {
            said.push_str(&rate);
        }
        let conventions: Vec<&str> = self
            .records
            .conventions_with_budget(self.budget.id)
            .map(|it| it.title.as_str())
            .collect();
        if !conventions.is_empty() {
            let plural = if conventions.len() > 1 { "s" } else { "" };
            let titles = conventions.join("\u{202f}; ");
            said.push_str(&format!(" Convention{plural}\u{a0}: {titles}."));
        }
        said
    }

    /// At what rate a budget in another currency is counted under ceilings, which are in euros.
    fn rate(&self) -> Option<String> {
        if self.budget.is_in_euros() {
            return None;
        }
        let unit = self.reference.unit(&self.budget.currency);
        let Some(rate) = ledger::rate(self.budget, self.reference) else {
            return Some(format!(
                " Budget en {unit}, sans taux\u{a0}: il ne compte pas sous les plafonds, qui sont en euros."
            ));
        };
        let units = rate.units.replace('.', ",");
        let mut about = Vec::new();
        about.extend(rate.date.map(|day| {
            let labels = self.reference.labels(&Lang::french());
            format!("taux du {}", labels.date(day))
        }));
        about.extend(rate.source);
        let about = match about.join(", ") {
            about if about.is_empty() => about,
            about => format!(" ({about})"),
        };
        Some(format!(
            " Budget en {unit}, compté en euros sous les plafonds à {units} pour 1\u{a0}€{about}."
        ))
    }

    /// The years by their ranks, as many together as stand side by side.
    fn years(&self) -> Vec<Range<usize>> {
        let count = self.totals.years.len();
        let tables = count.div_ceil(MOST_YEARS).max(1);
        let each = count.div_ceil(tables);
        (0..tables)
            .map(|rank| rank * each..((rank + 1) * each).min(count))
            .collect()
    }

    /// A caption with the currency of what it heads.
    fn captioned(&self, caption: &str) -> Vec<Inline> {
        let unit = self.reference.unit(&self.budget.currency);
        vec![plain(format!("{caption} (en {unit})"))]
    }

    /// A table of what is told in figures: all amounts tell their cents once one has some.
    fn table(&self, caption: &str, head: Vec<String>, first: u16, rows: Vec<Counted>) -> Table {
        let (reference, currency) = (self.reference, &self.budget.currency);
        let mut figures = rows.iter().flat_map(|row| &row.figures);
        let cents = figures.any(|figure| match figure {
            Told::Money(amount) => reference.has_cents(*amount, currency),
            Told::Words(_) => false,
        });
        let told = |figure| match figure {
            Told::Money(Amount::ZERO) => "–".to_owned(),
            Told::Money(amount) => reference.figures_in(cents, amount, currency),
            Told::Words(words) => words,
        };
        let rows = rows.into_iter().map(|counted| {
            let figures = counted.figures.into_iter().map(told);
            let cells = std::iter::once(counted.name).chain(figures);
            standing_row(cells.collect(), counted.standing)
        });
        let rows = rows.collect();
        let columns = (0..head.len()).map(|place| Column {
            align: if place == 0 { Align::Start } else { Align::End },
            weight: if place == 0 { first } else { 2 },
        });
        Table {
            caption: self.captioned(caption),
            columns: columns.collect(),
            head: head.into_iter().map(|it| vec![plain(it)]).collect(),
            rows,
        }
    }

    /// Amounts by year and in all: a table, or as many as the years need; the total stands in the last.
    fn by_year(&self, caption: &str, first: &str, rows: &[ByYearRow<'_>]) -> Vec<Block> {
        let tables = self.years();
        let last = tables.len().saturating_sub(1);
        let table = |(rank, ranks): (usize, Range<usize>)| {
            let years = self.totals.years.get(ranks.clone()).unwrap_or_default();
            // The only year is the total too.
            let has_total = rank == last && self.totals.years.len() != 1;
            let total = has_total.then(|| "Total".to_owned());
            let head = std::iter::once(first.to_owned())
                .chain(years.iter().map(i32::to_string))
                .chain(total);
            let counted = rows.iter().map(|(name, sums, standing)| {
                let years = ranks.clone().map(|rank| sums.year(rank));
                let total = has_total.then(|| sums.total());
                Counted {
                    name: name.clone(),
                    figures: years.chain(total).map(Told::Money).collect(),
                    standing: *standing,
                }
            });
            let caption = match (years, last) {
                (_, 0) => caption.to_owned(),
                ([first, .., last], _) => format!("{caption}, {first}–{last}"),
                (years, _) => {
                    let years: Vec<String> = years.iter().map(i32::to_string).collect();
                    format!("{caption}, {}", years.join(", "))
                }
            };
            let table = self.table(&caption, head.collect(), 6, counted.collect());
            self.block(BlockKind::Table(table))
        };
        tables.into_iter().enumerate().map(table).collect()
    }

    fn expenses(&self) -> Vec<Block> {
        let mut rows: Vec<ByYearRow<'_>> = Vec::new();
        for heading in &self.totals.headings {
            let name = heading.name.clone();
            rows.push((name, &heading.sums.planned, Standing::Heading));
            let lines = heading.lines.iter().filter_map(|rank| {
                Some((self.budget.lines.get(*rank)?, self.totals.lines.get(*rank)?))
            });
            rows.extend(lines.map(|(line, sums)| {
                let kind = if line.in_kind { " (en nature)" } else { "" };
                let name = format!("{}{kind}", line.name());
                (name, &sums.planned, Standing::Line)
            }));
        }
        let planned = &self.totals.expenses.planned;
        rows.push(("Total des dépenses".to_owned(), planned, Standing::Total));
        self.by_year("Dépenses par poste", "Poste et dépense", &rows)
    }

    fn incomes(&self) -> Vec<Block> {
        let funders = self.budget.funders.iter().zip(&self.totals.funders);
        let mut rows: Vec<ByYearRow<'_>> = funders
            .map(|(funder, sums)| {
                let certainty = funder.certainty.label().to_lowercase();
                let name = format!("{} ({certainty})", self.name_of(funder));
                (name, &sums.planned, Standing::Line)
            })
            .collect();
        if !self.totals.unfunded.total().is_zero() {
            let unknown = "Financeur à préciser".to_owned();
            rows.push((unknown, &self.totals.unfunded, Standing::Line));
        }
        let planned = &self.totals.expenses.planned;
        rows.push(("Total des recettes".to_owned(), planned, Standing::Total));
        self.by_year("Recettes par financeur", "Financeur", &rows)
    }

    /// What each funder weighs, and how far its money has come.
    fn brought(&self) -> Table {
        let unfunded = self.totals.unfunded.total();
        let planned = self.totals.funders.iter().map(|it| it.planned.total());
        let parts = Percentage::of_parts(&planned.chain([unfunded]).collect::<Vec<_>>());
        let of = |((funder, sums), part): ((&Funder, &Sums), Percentage)| {
            let part = part.of_part(sums.planned.total());
            let done = Step::OF_INCOMES.map(|step| Told::Money(sums.step(step).total()));
            Counted {
                name: self.name_of(funder),
                figures: std::iter::once(Told::Words(part)).chain(done).collect(),
                standing: Standing::Line,
            }
        };
        let funders = self.budget.funders.iter().zip(&self.totals.funders);
        let funders = funders.zip(parts);
        let mut head = vec!["Financeur".to_owned(), "Part du coût".to_owned()];
        head.extend(Step::OF_INCOMES.map(|step| step.label().to_owned()));
        self.table("Parts et versements", head, 4, funders.map(of).collect())
    }

    fn execution(&self) -> Table {
        let of = |name: String, sums: &Sums, standing: Standing| {
            let planned = sums.in_money(None);
            let done = Step::OF_EXPENSES.map(|step| sums.step(step).total());
            let rate = Percentage::of(sums.step(Step::Paid).total(), planned);
            let rate = rate.map_or_else(|| "–".to_owned(), |it| it.to_string());
            let figures = std::iter::once(planned).chain(done).map(Told::Money);
            Counted {
                name,
                figures: figures.chain([Told::Words(rate)]).collect(),
                standing,
            }
        };
        let headings = self
            .totals
            .headings
            .iter()
            .filter(|it| it.sums.is_in_money());
        let mut rows: Vec<Counted> = headings
            .map(|heading| of(heading.name.clone(), &heading.sums, Standing::Line))
            .collect();
        rows.push(of(
            "Total".to_owned(),
            &self.totals.expenses,
            Standing::Total,
        ));
        let mut head = vec!["Poste".to_owned(), "Prévu".to_owned()];
        head.extend(Step::OF_EXPENSES.map(|step| step.label().to_owned()));
        head.push("Payé / prévu".to_owned());
        self.table("Exécution par poste, en numéraire", head, 4, rows)
    }

    /// The ceilings on which the budget weighs.
    fn ceilings(&self) -> Vec<Block> {
        let ceilings = ledger::ceilings_of(self.budget, self.records, self.reference);
        if ceilings.is_empty() {
            return Vec::new();
        }

        let rows = ceilings.iter().map(|ceiling| {
            let source = ceiling.base.and_then(|base| base.source.clone());
            row(vec![
                format!("{}, {}", ceiling.scheme.label, ceiling.place()),
                ceiling.year.to_string(),
                ceiling.in_full(self.reference),
                source.unwrap_or_else(|| "–".to_owned()),
            ])
        });
        let columns = [5, 2, 7, 4].map(|weight| Column {
            align: Align::Start,
            weight,
        });
        let head = [
            "Dispositif et budget du service",
            "Année",
            "Plafond",
            "Assiette, source",
        ];
        let mut blocks = vec![
            self.heading("Sous les plafonds de 1\u{202f}%"),
            self.block(BlockKind::Table(Table {
                caption: vec![plain(
                    "Ce que tous les budgets ensemble laissent sous chaque plafond (en euros)",
                )],
                columns: columns.to_vec(),
                head: head.map(|it| vec![plain(it)]).to_vec(),
                rows: rows.collect(),
            })),
        ];
        blocks.extend(self.figure(&ledger::charts::under_ceilings(&ceilings, self.reference)));
        blocks
    }

    /// How it stands for each funder whose rules are chosen.
    fn rules(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for funder in &self.budget.funders {
            let named = funder.rule.as_deref();
            let rule = named.and_then(|it| ledger::rule(it, self.records, self.reference));
            let Some(rule) = rule else { continue };
            let points = ledger::standing(self.budget, funder, &rule, self.records, self.reference);
            if blocks.is_empty() {
                blocks.push(self.heading("Au regard des règles des financeurs"));
            }
            let rows = points.into_iter().map(|point| {
                let held = match point.held {
                    Some(true) => "tenu",
                    Some(false) => "non tenu",
                    None => "à établir",
                };
                let cells = [
                    point.what.to_owned(),
                    point.figure,
                    point.bound,
                    held.to_owned(),
                ];
                row(cells.to_vec())
            });
            let columns = [4, 2, 4, 2].map(|weight| Column {
                align: Align::Start,
                weight,
            });
            blocks.push(
                self.block(BlockKind::Table(Table {
                    caption: vec![plain(match rule.label.starts_with(&self.name_of(funder)) {
                        true => format!("{}, {}", rule.label, rule.confidence.label()),
                        false => format!(
                            "{} – {}, {}",
                            self.name_of(funder),
                            rule.label,
                            rule.confidence.label()
                        ),
                    })],
                    columns: columns.to_vec(),
                    head: ["Point", "Budget", "Règle", "Résultat"]
                        .map(|it| vec![plain(it)])
                        .to_vec(),
                    rows: rows.collect(),
                })),
            );
        }
        blocks
    }

    fn name_of(&self, funder: &Funder) -> String {
        let key = ledger::Key::Funder(funder.partner);
        ledger::name(&key, self.records, self.reference)
    }
}

/// A row of figures.
struct Counted {
    name: String,
    figures: Vec<Told>,
    standing: Standing,
}

/// What a row is called, its amounts, and what it is among others.
type ByYearRow<'a> = (String, &'a ByYear, Standing);

/// What a row is among others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// One of several.
    Line,
    /// It adds up those under it.
    Heading,
    /// It adds up all.
    Total,
}

/// What one of them tells.
enum Told {
    Money(Amount),
    /// A rate, or that there is none.
    Words(String),
}

fn row(cells: Vec<String>) -> Row {
    standing_row(cells, Standing::Line)
}

fn standing_row(cells: Vec<String>, standing: Standing) -> Row {
    let cell = |text: String| match standing {
        Standing::Line => vec![plain(text)],
        Standing::Heading | Standing::Total => vec![bold(text)],
    };
    Row {
        cells: cells.into_iter().map(cell).collect(),
        total: standing == Standing::Total,
        heads: standing == Standing::Heading,
    }
}
