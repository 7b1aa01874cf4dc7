//! « Consolidé »: all budgets added up by year, project, partner, country, theme, funder, scheme, section or person in charge;
//! plan against done, as a table and as charts; and both as files.

mod columns;
mod tables;
mod view;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use iced::widget::scrollable::Viewport;
use iced::{Element, Task};

use self::columns::Columns;
use super::deliver::Delivery;
use super::{Action, Notice, Screen};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::LongList;
use crate::app::widget::chart::Shown;
use crate::chart;
use crate::exchange::consolidated;
use crate::exchange::sheet::{self, Sheet, TooLarge};
use crate::ledger::{self, Dimension, Key, Ledger, Whose, Wish, charts};
use crate::model::{Currency, Id, Percentage};

/// The height of a row whose name is on one line, in pixels.
const ROW: f32 = 38.0;

/// The page.
#[derive(Debug)]
pub struct Consolidated {
    wish: Wish,
    ledger: Ledger,
    /// The rows, as they are read.
    rows: Vec<Line>,
    /// How the columns of amounts look.
    columns: Columns,
    /// Every year of the records, for the choice.
    years: Vec<i32>,
    /// Every currency that sums can be in.
    currencies: Vec<Currency>,
    /// « 2 budgets en XOF, à 655,957 pour 1 € ».
    rates: Vec<String>,
    picture: Picture,
    /// Whether the table is what is seen, where there is no room for the chart beside it.
    at_table: bool,
    in_figures: bool,
    shown: Option<Shown>,
    list: LongList,
    /// One row each of what stands together with others in the rows.
    apart: Vec<Line>,
    list_apart: LongList,
}

/// A row.
#[derive(Debug)]
struct Line {
    name: String,
    /// About how wide its name is, in pixels.
    wide: f32,
    /// Whether it is of several partners, countries or themes together.
    is_together: bool,
    sums: ledger::Sums,
    rate: Option<Percentage>,
    /// Where one goes from it.
    to: Option<Route>,
}

/// What the chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// By year and funder.
    Years,
    /// The parts of what is chosen.
    Parts,
    /// How far it has gone.
    Execution,
    /// What is left under the ceilings of one per cent.
    Ceilings,
}

impl Picture {
    const ALL: [Self; 4] = [Self::Years, Self::Parts, Self::Execution, Self::Ceilings];

    const fn label(self) -> &'static str {
        match self {
            Self::Years => "Années",
            Self::Parts => "Parts",
            Self::Execution => "Exécution",
            Self::Ceilings => "Plafonds 1\u{202f}%",
        }
    }
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// By something else.
    By(Dimension),
    /// One year, or all.
    Year(Option<i32>),
    /// Whose money.
    Whose(Whose),
    /// In another currency.
    Currency(Currency),
    /// Another chart; the table, where there is no room for both.
    Picture(Option<Picture>),
    /// The chart's figures instead of it, or back.
    Turn,
    /// The rows were scrolled.
    Scrolled(Viewport),
    /// Those of what stands together with others were.
    ScrolledApart(Viewport),
    /// A page.
    Go(Route),
    /// The table as a file that any spreadsheet opens.
    Csv,
    /// The table as a workbook, its totals as formulas.
    Xlsx,
    /// The chart as a file.
    Svg,
}

impl Consolidated {
    /// By year, once it is looked at.
    #[must_use]
    pub fn new() -> Self {
        let wish = Wish::by(Dimension::Year);
        Self {
            ledger: ledger::add_up(
                &crate::model::Records::default(),
                crate::reference::Reference::shipped(),
                &wish,
            ),
            wish,
            rows: Vec::new(),
            columns: Columns::default(),
            years: Vec::new(),
            currencies: Vec::new(),
            rates: Vec::new(),
            picture: Picture::Years,
            at_table: true,
            in_figures: false,
            shown: None,
            list: LongList::new("consolidated.list", ROW),
            apart: Vec::new(),
            list_apart: LongList::new("consolidated.apart", ROW),
        }
    }

    /// Records changed, or the page comes.
    fn refresh(&mut self, session: &Session) {
        let (records, reference) = (session.records(), session.reference());
        self.currencies = records.budgets().map(|it| it.currency.clone()).collect();
        if records
            .budgets()
            .any(|it| ledger::rate(it, reference).is_some())
        {
            self.currencies.push(Currency::euro());
        }
        self.currencies.sort();
        self.currencies.dedup();
        if !self.currencies.contains(&self.wish.currency)
            && let Some(first) = self.currencies.first()
        {
            self.wish.currency = first.clone();
        }
        let all_years = Wish {
            years: Vec::new(),
            ..self.wish.clone()
        };
        let whole = ledger::add_up(records, reference, &all_years);
        self.years = whole.years();
        self.wish.years.retain(|year| self.years.contains(year));
        self.ledger = if self.wish.years.is_empty() {
            whole
        } else {
            ledger::add_up(records, reference, &self.wish)
        };

        let line = |(key, sums): (&Key, ledger::Sums)| {
            let name = ledger::name(key, records, reference);
            Line {
                wide: chart::width_of(&name, tables::LETTERS) as f32,
                is_together: key.is_together(),
                name,
                sums,
                rate: self.ledger.rate_of(key, &sums),
                to: match key {
                    Key::Project(id) => Some(Route::Summary(*id)),
                    Key::Partners(ids) => only(ids).map(Route::Partner),
                    Key::Funder(Some(id)) => Some(Route::Partner(*id)),
                    _ => None,
                },
            }
        };
        self.rows = charts::in_order(&self.ledger)
            .into_iter()
            .map(line)
            .collect();
        let apart = charts::apart(&self.ledger);
        self.apart = apart.iter().map(|(key, sums)| line((key, *sums))).collect();
        self.list_apart.holds(self.apart.len());
        let sums = self.rows.iter().chain(&self.apart).map(|row| row.sums);
        let sums: Vec<_> = sums.chain([self.ledger.total()]).collect();
        self.columns = Columns::of(&self.wish, &sums, reference);
        self.list.holds(self.rows.len());
        self.rates = converted(&self.ledger, session);
        self.draw(session);
    }

    fn draw(&mut self, session: &Session) {
        let (records, reference) = (session.records(), session.reference());
        let chart = match self.picture {
            Picture::Years => {
                let by_funder = Wish {
                    dimension: Dimension::Funder,
                    ..self.wish.clone()
                };
                let ledger = ledger::add_up(records, reference, &by_funder);
                charts::by_year_and_funder(&ledger, records, reference)
            }
            Picture::Parts => charts::shares(&self.ledger, records, reference),
            Picture::Execution => charts::execution(&self.ledger, records, reference),
            Picture::Ceilings => {
                let years: Vec<i32> = if self.wish.years.is_empty() {
                    let bases = records.authority().bases.iter().map(|it| it.year);
                    let mut years: Vec<i32> = bases.chain(self.years.iter().copied()).collect();
                    // This year and those to come, which can still be set right, before those that are past.
                    let this = session.today().year();
                    years.sort_unstable_by_key(|year| (*year < this, (year - this).abs()));
                    years.dedup();
                    years
                } else {
                    self.wish.years.clone()
                };
                let all: Vec<_> = years
                    .iter()
                    .flat_map(|year| ledger::ceilings(records, reference, *year))
                    .collect();
                charts::under_ceilings(&all, reference)
            }
        };
        self.shown = (!chart.is_empty()).then(|| Shown::new(chart, self.in_figures));
    }

    /// The page comes back: the rows are where they were left.
    pub fn arrive(&self) -> Task<Message> {
        Task::batch([self.list.stay(), self.list_apart.stay()])
    }
}

impl Screen for Consolidated {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "consolidated"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::By(dimension) => self.wish.dimension = dimension,
            Message::Year(year) => self.wish.years = year.into_iter().collect(),
            Message::Whose(whose) => self.wish.whose = whose,
            Message::Currency(currency) => self.wish.currency = currency,
            Message::Picture(picture) => {
                self.at_table = picture.is_none();
                self.picture = picture.unwrap_or(self.picture);
                self.draw(session);
                return Vec::new();
            }
            Message::Turn => {
                self.in_figures = !self.in_figures;
                self.shown.iter_mut().for_each(Shown::turn);
                return Vec::new();
            }
            Message::Scrolled(view) => {
                self.list.scrolled(&view);
                return Vec::new();
            }
            Message::ScrolledApart(view) => {
                self.list_apart.scrolled(&view);
                return Vec::new();
            }
            Message::Go(route) => return vec![Action::Go(route)],
            Message::Csv => {
                return self.written(session, "csv", |table, _, _| Ok(sheet::csv(table)));
            }
            Message::Xlsx => return self.written(session, "xlsx", sheet::xlsx),
            Message::Svg => return self.svg(session),
        }
        self.refresh(session);
        vec![
            Action::Run(self.list.rewind()),
            Action::Run(self.list_apart.rewind()),
        ]
    }

    fn follow(&mut self, session: &Session) -> Task<Message> {
        self.refresh(session);
        Task::none()
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(session, palette)
    }
}

impl Consolidated {
    /// The table as a file of that kind, whose bytes `write` makes of it, of its title and of the day.
    fn written(
        &self,
        session: &Session,
        kind: &str,
        write: fn(&Sheet, &str, NaiveDate) -> Result<Vec<u8>, TooLarge>,
    ) -> Vec<Action<Message>> {
        let table = consolidated::table(&self.ledger, session.records(), session.reference());
        let by = self.wish.dimension.label().to_lowercase();
        let whose = match self.wish.whose {
            Whose::Everyone => "",
            Whose::Ours => ", notre part",
        };
        let heading = format!("Budgets consolidés par {by}{whose}");
        let name = format!("{heading}.{kind}");
        let title = "Exporter le tableau consolidé";
        let told = "Les lignes et les années choisies, pour un tableur.";
        let today = session.today();
        let make = move || write(&table, &heading, today).map_err(|why| why.to_string());
        vec![Delivery::new(title, told, &name, session, make).asked()]
    }

    fn svg(&self, session: &Session) -> Vec<Action<Message>> {
        const WIDTH: f64 = 760.0;

        let Some(shown) = &self.shown else {
            return vec![Action::Notify(Notice::wary(
                "Il n’y a pas de graphique à exporter\u{a0}: rien n’est chiffré ici.",
            ))];
        };
        let chart = shown.chart();
        let file = chart::svg(chart, WIDTH, session.reference());
        let name = format!("{}.svg", chart.title);
        let title = "Exporter le graphique";
        let told = "Le dessin et sa description, pour un traitement de texte ou une page du site.";
        let make = move || Ok(file.clone().into_bytes());
        vec![Delivery::new(title, told, &name, session, make).asked()]
    }
}

fn only(ids: &[Id]) -> Option<Id> {
    match ids {
        [one] => Some(*one),
        _ => None,
    }
}

/// « 2 budgets en XOF, à 655,957 pour 1 € (parité fixe…) », for each rate at which budgets are counted in euros.
fn converted(ledger: &Ledger, session: &Session) -> Vec<String> {
    let (records, reference) = (session.records(), session.reference());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let budgets = ledger.converted.iter().filter_map(|id| records.budget(*id));
    for budget in budgets {
        let Some(rate) = ledger::rate(budget, reference) else {
            continue;
        };
        let mut about = Vec::new();
        about.extend(rate.date.map(|day| format!("du {}", french::day(day))));
        about.extend(rate.source);
        let about = match about.join(", ") {
            about if about.is_empty() => "sans date ni source".to_owned(),
            about => about,
        };
        let units = rate.units.replace('.', ",");
        let words = format!("en {} à {units} pour 1\u{a0}€ ({about})", budget.currency);
        *counts.entry(words).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(words, count)| format!("{} {words}", french::count(count, "budget", "budgets")))
        .collect()
}
