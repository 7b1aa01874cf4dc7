//! The first page: how the table is understood, and what each column holds; all of it may be changed.

use chrono::Datelike;
use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion};

use super::table::Table;
use super::{Import, Message};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Tone, banner, segmented, select, words};
use crate::exchange::budget::Column as Cell;
use crate::exchange::import::{Column as Told, Field, Kind};
use crate::exchange::table::value::short;
use crate::exchange::table::{Aside, Encoding, Form, Value};
use crate::model::{self, Currency, Kind as RecordKind, Name, quoted};

/// Where the keyboard goes on to the rows.
pub const NEXT: &str = "import.next";

/// Where one says what the table is about.
pub(super) const KIND: &str = "import.kind";

/// Delimiters that may be chosen, and their names.
const DELIMITERS: [(char, &str); 4] = [
    (';', "point-virgule"),
    (',', "virgule"),
    ('\t', "tabulation"),
    ('|', "barre verticale"),
];

/// How many cells of a column are shown.
const SAMPLES: usize = 3;

/// How many columns are shown.
const MOST_COLUMNS: usize = 60;

impl Import {
    pub(super) fn understood<'a>(
        &'a self,
        table: &'a Table,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut page = Column::new()
            .spacing(12)
            .push(text(sentence(table)).size(15).color(palette.muted));
        let unread = table.taken.unread();
        for remark in table
            .taken
            .sheet()
            .remarks
            .iter()
            .take(4)
            .cloned()
            .chain(unread)
        {
            page = page.push(banner(Tone::Wary, remark, [], palette));
        }
        page = page.push(labelled("Ce que contient le tableau", self.kinds(palette)));
        page = page.push(self.reading(table, session, palette));

        let head = |words: &'static str, portion| {
            text(words)
                .size(14)
                .color(palette.muted)
                .width(FillPortion(portion))
        };
        let mut columns = Column::new().spacing(0).push(
            container(
                row![
                    head("Colonne du tableau", 4),
                    head("Premières cellules", 5),
                    head("Elle donne", 5),
                ]
                .spacing(12),
            )
            .padding([8, 12]),
        );
        for (place, told) in table.taken.columns().iter().enumerate().take(MOST_COLUMNS) {
            columns = columns.push(self.column(table, place, told, palette));
        }
        page = page.push(
            container(columns)
                .width(Fill)
                .style(move |_| palette.card()),
        );
        let more = table.taken.columns().len().saturating_sub(MOST_COLUMNS);
        if more > 0 {
            page = page.push(
                text(format!("{more} autres colonnes ne sont pas montrées."))
                    .size(14)
                    .color(palette.muted),
            );
        }
        page.into()
    }

    /// What the table is about.
    pub(super) fn kinds<'a>(&self, palette: Palette) -> Element<'a, Message> {
        segmented(
            Kind::ALL.map(|kind| (kind, kind.label().to_owned())),
            &self.kind,
            KIND,
            palette,
            Message::Kind,
        )
    }

    /// How the file is read.
    fn reading<'a>(
        &'a self,
        table: &'a Table,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut line = row![].spacing(16).align_y(iced::Bottom);
        if let Form::Text { written, delimiter } = &table.book.form {
            let here = Encoding::named(&written.encoding);
            let encodings = Encoding::ALL.map(|encoding| (encoding, encoding.label().to_owned()));
            let names = DELIMITERS.map(|(delimiter, name)| (delimiter, name.to_owned()));
            line = line
                .push(labelled(
                    "Codage",
                    container(select(
                        encodings,
                        here.as_ref(),
                        "import.encoding",
                        palette,
                        Message::Encoding,
                    ))
                    .width(190),
                ))
                .push(labelled(
                    "Séparateur",
                    container(select(
                        names,
                        Some(delimiter),
                        "import.delimiter",
                        palette,
                        Message::Delimiter,
                    ))
                    .width(170),
                ));
        } else if table.book.sheets.len() > 1 {
            let sheets = table.book.sheets.iter().enumerate();
            let sheets = sheets.map(|(place, sheet)| (place, sheet.name.clone()));
            let here = table.sheet.or_else(|| {
                let name = &table.taken.sheet().name;
                table
                    .book
                    .sheets
                    .iter()
                    .position(|sheet| sheet.name == *name)
            });
            line = line.push(labelled(
                "Feuille",
                container(select(
                    sheets,
                    here.as_ref(),
                    "import.sheet",
                    palette,
                    Message::Sheet,
                ))
                .width(220),
            ));
        }
        let grid = &table.taken.sheet().grid;
        let first = (0..grid.height().min(40)).map(|row| {
            let cells: Vec<String> = grid
                .values(row)
                .map(Value::shown)
                .filter(|it| !it.is_empty())
                .take(3)
                .collect();
            (
                grid.line(row),
                format!("ligne {}\u{a0}: {}", grid.line(row), cells.join(" · ")),
            )
        });
        let here = grid.line(table.taken.layout().heads.start);
        line = line.push(labelled(
            "Titres",
            container(select(
                first,
                Some(&here),
                "import.heads",
                palette,
                Message::Heads,
            ))
            .width(260),
        ));
        if matches!(self.kind, Kind::Budget | Kind::Done) {
            let none = match self.kind {
                Kind::Budget => "nouveau, ou celui du tableau",
                _ => "tous les budgets",
            };
            let budgets = session.records().sorted(RecordKind::Budget);
            let budgets =
                budgets.map(|record| (Some(record.record_id().id), record.title().to_owned()));
            let choices: Vec<(Option<model::Id>, String)> =
                std::iter::once((None, none.to_owned()))
                    .chain(budgets)
                    .collect();
            line = line.push(labelled(
                "Budget",
                container(select(
                    choices,
                    Some(&self.budget),
                    "import.budget",
                    palette,
                    Message::Budget,
                ))
                .width(300),
            ));
        }
        if self.kind == Kind::Budget && !table.taken.is_dated() {
            line = line.push(labelled("Année", self.year(session, palette)));
        }
        if self.chooses_currency(table) {
            line = line.push(labelled(
                "Monnaie des montants",
                self.currencies(session, palette),
            ));
        }
        line.wrap().vertical_spacing(10).into()
    }

    /// Whether the currency of its amounts may be told: it is neither that of a budget, nor in a column.
    fn chooses_currency(&self, table: &Table) -> bool {
        let has = |field| table.taken.column_of(field).is_some();
        let amounts = match self.kind {
            Kind::Conventions => Field::Cell(Cell::Amount),
            Kind::Budget if self.budget.is_none() => Field::Planned,
            _ => return false,
        };
        has(amounts) && !has(Field::Cell(Cell::Currency)) && !has(Field::Cell(Cell::Row))
    }

    /// The choice of the currency of amounts that do not say it, or may be in several.
    fn currencies<'a>(&self, session: &Session, palette: Palette) -> Element<'a, Message> {
        let known = session.reference().currencies().iter();
        let known = known.map(|it| {
            let label = format!("{} – {}", it.id, it.many);
            (Some(Currency::new(&it.id)), label)
        });
        let none = (None, "celle du tableau, sinon l’euro".to_owned());
        let choices: Vec<(Option<Currency>, String)> = std::iter::once(none).chain(known).collect();
        let choice = select(
            choices,
            Some(&self.currency),
            "import.currency",
            palette,
            Message::Currency,
        );
        container(choice).width(260).into()
    }

    /// The choice of the year of amounts that the table does not date: among those of the budget, or the next ones.
    fn year<'a>(&self, session: &Session, palette: Palette) -> Element<'a, Message> {
        let budget = self.budget.and_then(|id| session.records().budget(id));
        let this_year = session.today().year();
        let years = match budget {
            Some(budget) if !budget.years.is_empty() => budget.years.clone(),
            _ => (this_year - 1..=this_year + 5).collect(),
        };
        let none = (None, "celle du tableau, si elle y est".to_owned());
        let choices: Vec<(Option<i32>, String)> = std::iter::once(none)
            .chain(years.into_iter().map(|year| (Some(year), year.to_string())))
            .collect();
        let choice = select(
            choices,
            Some(&self.year),
            "import.year",
            palette,
            Message::Year,
        );
        container(choice).width(240).into()
    }

    fn column<'a>(
        &'a self,
        table: &'a Table,
        place: usize,
        told: &'a Told,
        palette: Palette,
    ) -> Element<'a, Message> {
        let samples: Vec<String> = table
            .taken
            .layout()
            .rows
            .iter()
            .map(|row| table.taken.shown(*row, place))
            .filter(|cell| !cell.is_empty())
            .take(SAMPLES)
            .map(|cell| short(&cell))
            .collect();
        let head = if told.head.is_empty() {
            "sans titre"
        } else {
            &told.head
        };
        let is_of_amounts = matches!(told.field, None | Some(Field::Planned));
        let mut choices: Vec<(Option<Field>, String)> =
            vec![(None, "— laissée de côté".to_owned())];
        choices.extend(Field::of(self.kind).iter().map(|field| {
            let mut label = field.label().to_owned();
            if *field == Field::Planned {
                if let Some(payer) = told.payer().filter(|_| is_of_amounts) {
                    label = format!("Part {}", Name::new(short(payer)).of());
                }
                if let Some(year) = told.year {
                    label.push_str(&format!(" en {year}"));
                }
            }
            (Some(*field), label)
        }));
        let chosen = select(
            choices,
            Some(&told.field),
            format!("import.column.{place}"),
            palette,
            move |field| Message::Column(place, field),
        );
        // In what its amounts are counted.
        let of_amounts = told.field.is_some_and(Field::is_amount);
        let unit = told.unit.as_ref().filter(|_| of_amounts);
        let unit = unit.map(|unit| text(unit.said()).size(13).color(palette.muted));
        container(
            row![
                text(head).size(15).font(STRONG).width(FillPortion(4)),
                words(samples.join(" · "))
                    .size(14.0)
                    .lines(2)
                    .color(palette.muted)
                    .width(FillPortion(5)),
                column![chosen]
                    .extend(unit.map(Element::from))
                    .spacing(2)
                    .width(FillPortion(5)),
            ]
            .spacing(12)
            .align_y(Center),
        )
        .padding([5, 12])
        .into()
    }
}

fn labelled<'a>(label: &'a str, what: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    column![text(label).size(14).font(STRONG), what.into()]
        .spacing(4)
        .into()
}

/// « Windows-1252, séparateur « ; », titres en ligne 3, total en ligne 218 ignoré. »
pub(super) fn sentence(table: &Table) -> String {
    let sheet = table.taken.sheet();
    let layout = table.taken.layout();
    let mut said: Vec<String> = Vec::new();
    match &table.book.form {
        Form::Text { written, delimiter } => {
            let name = Encoding::named(&written.encoding)
                .map_or(written.encoding.as_str(), |it| it.label());
            said.push(name.to_owned());
            let delimiter = DELIMITERS.iter().find(|(known, _)| known == delimiter);
            said.push(format!(
                "séparateur {}",
                delimiter.map_or("inconnu", |(_, name)| name)
            ));
        }
        Form::Xlsx | Form::Xls | Form::Ods => {
            said.push(format!("feuille {}", quoted(&sheet.name)));
        }
    }
    let line = |row: usize| sheet.grid.line(row);
    let heads = layout.heads.clone();
    said.push(match heads.len() {
        0 | 1 => format!("titres en ligne {}", line(heads.start)),
        _ => format!(
            "titres en lignes {} à {}",
            line(heads.start),
            line(heads.end.saturating_sub(1))
        ),
    });
    for (why, one, many) in [
        (Aside::Total, "total", "totaux"),
        (Aside::Heads, "titres répétés", "titres répétés"),
    ] {
        let aside = layout.aside.iter().filter(|(_, it)| *it == why);
        let lines: Vec<usize> = aside.map(|(row, _)| line(*row)).collect();
        match lines.as_slice() {
            [] => {}
            [alone] => said.push(format!("{one} en ligne {alone} ignoré")),
            several => said.push(format!("{} lignes de {many} ignorées", several.len())),
        }
    }
    said.push(french::count(layout.rows.len(), "ligne lue", "lignes lues"));
    format!("{}.", said.join(", "))
}
