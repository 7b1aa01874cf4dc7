//! « Fiche budget »: a project's budget on paper, for an assembly, a co-funder, a file: who pays what and when, how far
//! it has gone, what it weighs under the 1 % ceilings, how it stands against the rules of its funders; charts, and each
//! figure of theirs in a table.
//!
//! It leaves in French only.

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

/// More years than this do not stand side by side: the total alone is told.
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
        blocks.push(self.block(BlockKind::Table(self.incomes())));
        blocks.extend(self.figure(&by_year));
        blocks.extend(self.figure(&shares));
        blocks.push(self.block(BlockKind::Table(self.brought())));

        blocks.push(self.heading("Ce que le projet coûte"));
        blocks.push(self.block(BlockKind::Table(self.expenses())));
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

    fn figures(&self, amount: Amount) -> String {
        if amount.is_zero() {
            return "–".to_owned();
        }
        self.reference.figures(amount, &self.budget.currency)
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
        let conventions: Vec<&str> = self
            .records
            .conventions_with_budget(self.budget.id)
            .map(|it| it.title.as_str())
            .collect();
        if !conventions.is_empty() {
            said.push_str(&format!(
                " Conclu par\u{a0}: {}.",
                conventions.join("\u{202f}; ")
            ));
        }
        said
    }

    /// The years that have a column, with their rank.
    fn years(&self) -> Vec<(usize, i32)> {
        let years: Vec<(usize, i32)> = self.totals.years.iter().copied().enumerate().collect();
        if (2..=MOST_YEARS).contains(&years.len()) {
            years
        } else {
            Vec::new()
        }
    }

    /// A caption with the currency of what it heads.
    fn captioned(&self, caption: &str) -> Vec<Inline> {
        let labels = self.reference.labels(&Lang::french());
        let unit = labels.currencies.get(self.budget.currency.code());
        let unit = unit.map_or(self.budget.currency.code(), |words| words.many.as_str());
        vec![plain(format!("{caption} (en {unit})"))]
    }

    fn table(&self, caption: &str, head: Vec<String>, first: u16, rows: Vec<Row>) -> Table {
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

    fn by_year_head(&self, first: &str) -> Vec<String> {
        let mut head = vec![first.to_owned()];
        head.extend(self.years().iter().map(|(_, year)| year.to_string()));
        head.push("Total".to_owned());
        head
    }

    fn by_year_row(&self, name: String, sums: &ByYear, total: bool) -> Row {
        let mut cells = vec![name];
        let years = self.years();
        cells.extend(years.iter().map(|(rank, _)| self.figures(sums.year(*rank))));
        cells.push(self.figures(sums.total()));
        row(cells, total)
    }

    fn expenses(&self) -> Table {
        let mut rows = Vec::new();
        for heading in &self.totals.headings {
            let lines = heading.lines.iter().filter_map(|rank| {
                Some((self.budget.lines.get(*rank)?, self.totals.lines.get(*rank)?))
            });
            for (line, sums) in lines {
                let kind = if line.in_kind { " (en nature)" } else { "" };
                let name = format!("{} – {}{kind}", heading.name, line.label);
                rows.push(self.by_year_row(name, &sums.planned, false));
            }
        }
        let planned = &self.totals.expenses.planned;
        rows.push(self.by_year_row("Total des dépenses".to_owned(), planned, true));
        self.table(
            "Dépenses par poste",
            self.by_year_head("Poste et dépense"),
            6,
            rows,
        )
    }

    fn incomes(&self) -> Table {
        let of = |(funder, sums): (&Funder, &Sums)| {
            let name = format!(
                "{} ({})",
                self.name_of(funder),
                funder.certainty.label().to_lowercase()
            );
            self.by_year_row(name, &sums.planned, false)
        };
        let funders = self.budget.funders.iter().zip(&self.totals.funders);
        let mut rows: Vec<Row> = funders.map(of).collect();
        if !self.totals.unfunded.total().is_zero() {
            let unknown = "Financeur à préciser".to_owned();
            rows.push(self.by_year_row(unknown, &self.totals.unfunded, false));
        }
        let planned = &self.totals.expenses.planned;
        rows.push(self.by_year_row("Total des recettes".to_owned(), planned, true));
        self.table(
            "Recettes par financeur",
            self.by_year_head("Financeur"),
            6,
            rows,
        )
    }

    /// What each funder weighs, and how far its money has come.
    fn brought(&self) -> Table {
        let whole = self.totals.expenses.planned.total();
        let of = |(funder, sums): (&Funder, &Sums)| {
            let planned = sums.planned.total();
            let mut cells = vec![self.name_of(funder), rate(planned, whole)];
            let done = Step::OF_INCOMES.map(|step| self.figures(sums.step(step).total()));
            cells.extend(done);
            row(cells, false)
        };
        let funders = self.budget.funders.iter().zip(&self.totals.funders);
        let mut head = vec!["Financeur".to_owned(), "Part du coût".to_owned()];
        head.extend(Step::OF_INCOMES.map(|step| step.label().to_owned()));
        self.table("Parts et versements", head, 4, funders.map(of).collect())
    }

    fn execution(&self) -> Table {
        let of = |name: String, sums: &Sums, total: bool| {
            let planned = sums.in_money(None);
            let mut cells = vec![name, self.figures(planned)];
            cells.extend(Step::OF_EXPENSES.map(|step| self.figures(sums.step(step).total())));
            let paid = sums.step(Step::Paid).total();
            cells.push(rate(paid, planned));
            row(cells, total)
        };
        let headings = self
            .totals
            .headings
            .iter()
            .filter(|it| it.sums.is_in_money());
        let mut rows: Vec<Row> = headings
            .map(|heading| of(heading.name.clone(), &heading.sums, false))
            .collect();
        rows.push(of("Total".to_owned(), &self.totals.expenses, true));
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
            row(
                vec![
                    format!("{}, {}", ceiling.scheme.label, ceiling.place()),
                    ceiling.year.to_string(),
                    ceiling.in_full(self.reference),
                    source.unwrap_or_else(|| "–".to_owned()),
                ],
                false,
            )
        });
        let columns = [6, 2, 5, 5].map(|weight| Column {
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
                    "Ce que tous les budgets ensemble laissent sous chaque plafond",
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
                row(cells.to_vec(), false)
            });
            let columns = [4, 2, 4, 2].map(|weight| Column {
                align: Align::Start,
                weight,
            });
            blocks.push(
                self.block(BlockKind::Table(Table {
                    caption: vec![plain(format!(
                        "{} – {}, {}",
                        self.name_of(funder),
                        rule.label,
                        rule.confidence.label()
                    ))],
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

fn rate(part: Amount, whole: Amount) -> String {
    Percentage::of(part, whole).map_or_else(|| "–".to_owned(), Percentage::in_column)
}

fn row(cells: Vec<String>, total: bool) -> Row {
    let cell = |text: String| vec![if total { bold(text) } else { plain(text) }];
    Row {
        cells: cells.into_iter().map(cell).collect(),
        total,
    }
}
