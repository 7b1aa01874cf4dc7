//! Expenses: a line of the budget, and what one funder, or each of several, is to pay of it by year.

use std::collections::BTreeMap;

use super::funder::Payer;
use super::{Planner, only_year};
use crate::exchange::budget::Column;
use crate::exchange::import::difference::same;
use crate::exchange::import::{
    Beside, Differences, Field, Outcome, Refused, Row, both, rounded_to,
};
use crate::exchange::table::value::cited;
use crate::model::{
    Amount, Currency, Exchange, Foreign, Id, Line, Section, Share, fold, quoted, usual_heading,
};

/// An amount that a row tells: its year, whom its head names, and the amount; none where the cell is empty.
type Told<'a> = (i32, Option<&'a str>, Option<Amount>);

/// What a row says of its line, understood, where it says it.
struct Fields {
    section: Option<Section>,
    /// Of no scheme, or of that one.
    scheme: Option<Option<String>>,
    body: Option<Id>,
    foreign: Option<Foreign>,
}

impl Planner<'_> {
    pub(super) fn take_expense(
        &mut self,
        row: &Row<'_>,
        beside: &mut Beside,
    ) -> Result<Outcome, Refused> {
        let heading = row.text(Field::Cell(Column::Heading));
        let label = row.text(Field::Cell(Column::Label));
        let read = both(self.amounts(row, &mut beside.remarks), self.fields(row));
        let above = self.heading.as_ref();
        let under = heading.as_ref().or(above).or(label.as_ref()).cloned();
        let under =
            under.ok_or_else(|| Refused::at(Field::Cell(Column::Heading), "le poste manque"));
        let ((told, fields), under) = both(read, under)?;
        let has_amount = told.iter().any(|(.., amount)| amount.is_some());
        let has_id = row.text(Field::Cell(Column::Id)).is_some();

        // A title over the lines of a heading, in a table that is not ours.
        if !has_amount && !has_id && (heading.is_some() != label.is_some() || heading == label) {
            if !self
                .import
                .columns()
                .iter()
                .any(|it| it.field == Some(Field::Planned))
            {
                return Err(Refused::whole("aucun montant n’est lu"));
            }
            let title = heading.or(label).unwrap_or_default();
            self.is_income = is_income_title(&title);
            self.heading = Some(title.clone());
            beside.remarks.push("titre de poste".to_owned());
            return Ok(Outcome::Unchanged { what: title });
        }
        if self.is_income && !has_id {
            return Err(Refused::whole(
                "sous un titre de recettes\u{a0}: la recette d’un financeur est la somme de ses parts des dépenses",
            ));
        }
        if heading.is_some() {
            self.heading.clone_from(&heading);
        }
        let label = label.unwrap_or_else(|| under.clone());
        let heading = match has_id {
            true => under,
            false => self.usual_of(under, &mut beside.remarks),
        };

        // Whoever pays must be known before anything is laid down.
        let mut shares: Vec<(Id, i32, Option<Amount>)> = Vec::new();
        for (year, head, amount) in told {
            if amount.is_none()
                && row.text(Field::Cell(Column::Id)).is_none()
                && self.find(row, &heading, &label).is_none()
            {
                continue;
            }
            match self.payer(row, head) {
                Payer::Is(funder) => shares.push((funder, year, amount)),
                // An empty cell under a name that is not known says nothing.
                Payer::Unknown(_) if amount.is_none() => {}
                Payer::Unknown(name) if self.are_known(&name) => {
                    return Err(Refused::at(
                        Field::Cell(Column::Funder),
                        format!(
                            "{} nomme plusieurs financeurs\u{a0}: une ligne, ou une colonne, pour chacun",
                            cited(&name)
                        ),
                    ));
                }
                Payer::Unknown(name) => match self.newcomer(&name, row) {
                    Some(funder) => shares.push((funder, year, amount)),
                    None => return Ok(self.ask(&name, row, beside)),
                },
            }
        }

        let mut line = self.line(row, heading.clone(), label);
        let is_new = !self.budget.lines.iter().any(|it| it.id == line.id);
        let mut differences = self.lay_fields(row, fields, &heading, &mut line);
        self.lay_shares(&mut line, &shares, &mut differences);
        let what = line.label.clone();
        let id = line.id;
        match self.budget.lines.iter_mut().find(|it| it.id == id) {
            Some(there) if **there == line => {}
            Some(there) => *there = line.into(),
            None => self.budget.lines.push(line.into()),
        }
        if is_new {
            self.created.push(id);
        }
        Ok(if self.created.contains(&id) {
            Outcome::Created { what }
        } else {
            differences.outcome(what)
        })
    }

    /// A heading of the budget, or the usual one that begins so: « Travaux » is « Travaux et infrastructures ».
    fn usual_of(&self, said: String, remarks: &mut Vec<String>) -> String {
        let mut lines = self.budget.lines.iter();
        let is_there = lines.any(|line| fold(&line.heading) == fold(&said));
        match usual_heading(&said).filter(|usual| !is_there && *usual != said) {
            Some(usual) => {
                remarks.push(format!("poste {}", quoted(usual)));
                usual.to_owned()
            }
            None => said,
        }
    }

    /// The amounts of a row, by year.
    fn amounts<'b>(
        &self,
        row: &Row<'b>,
        remarks: &mut Vec<String>,
    ) -> Result<Vec<Told<'b>>, Refused> {
        let mut refused = Refused::default();
        let mut told = Vec::new();
        let columns = row.import.columns().iter().enumerate();
        for (place, column) in columns.filter(|(_, column)| column.field == Some(Field::Planned)) {
            let money = (&self.budget.currency, self.decimals);
            let read = (self.import.amount(row.row, place, money))
                .map_err(|reason| Refused::in_column(place, reason));
            let read = refused.hear(read);
            if read.is_some_and(|read| read.rounded) {
                remarks.push(rounded_to(&column.head, self.decimals));
            }
            let year = match column.year {
                Some(year) => Ok(Some(year)),
                None => row.year(Field::Cell(Column::Year)),
            };
            let year = year.map(|year| year.or_else(|| only_year(self.import, &self.budget)));
            match (year, read.map(|read| read.value)) {
                (Err(why), _) => refused.note(why),
                (Ok(Some(year)), amount) => told.push((year, column.payer(), amount)),
                (Ok(None), None) => {}
                (Ok(None), Some(_)) => refused.note(Refused::at(
                    Field::Cell(Column::Year),
                    "l’année manque\u{a0}: choisissez-la avec la lecture du tableau, ou mettez-la dans le titre \
                     de la colonne",
                )),
            }
        }
        refused.none().map(|()| told)
    }

    /// What a row says of its line beside names, codes and amounts.
    fn fields(&self, row: &Row<'_>) -> Result<Fields, Refused> {
        let scheme = row.text(Field::Cell(Column::Scheme));
        let mut refused = Refused::default();
        let fields = Fields {
            section: refused.hear(section(row)),
            scheme: refused.hear(scheme.map(|said| self.scheme(&said)).transpose()),
            body: refused.hear(self.body(row)),
            foreign: refused.hear(self.foreign(row)),
        };
        refused.none().map(|()| fields)
    }

    /// The line that a row is about: by its identifier, else by its heading and label.
    fn find(&self, row: &Row<'_>, heading: &str, label: &str) -> Option<&Line> {
        let id: Option<Id> = row
            .text(Field::Cell(Column::Id))
            .and_then(|id| id.parse().ok())
            .filter(|_| self.trusted);
        if let Some(id) = id {
            return self.budget.line(id);
        }
        let in_kind = row
            .text(Field::Cell(Column::InKind))
            .map(|said| is_yes(&said));
        let mut lines = self.budget.lines.iter().map(|line| &**line);
        lines.find(|line| {
            fold(&line.heading) == fold(heading)
                && fold(&line.label) == fold(label)
                && in_kind.is_none_or(|in_kind| line.in_kind == in_kind)
        })
    }

    /// The line of the budget that a row names which is left out, as far as it can be told: its heading may stand above.
    pub(super) fn named_by(&self, row: &Row<'_>) -> Option<Id> {
        let said = |column| row.text(Field::Cell(column)).unwrap_or_default();
        let (heading, label) = (said(Column::Heading), said(Column::Label));
        let so_called = || {
            let mut lines = self.budget.lines.iter();
            lines
                .find(|line| fold(&line.label) == fold(&label))
                .map(|line| line.id)
        };
        self.find(row, &heading, &label)
            .map(|line| line.id)
            .or_else(so_called)
    }

    fn line(&mut self, row: &Row<'_>, heading: String, label: String) -> Line {
        if let Some(line) = self.find(row, &heading, &label) {
            return line.clone();
        }
        let id: Option<Id> = row
            .text(Field::Cell(Column::Id))
            .and_then(|id| id.parse().ok())
            .filter(|_| self.trusted);
        Line::new(id.unwrap_or_else(|| self.ids.next_id()), heading, label)
    }

    /// Lays the fields of a row over its line. An empty cell changes nothing.
    fn lay_fields(
        &self,
        row: &Row<'_>,
        fields: Fields,
        heading: &str,
        line: &mut Line,
    ) -> Differences {
        let mut differences = Differences::default();
        let mut lay = |field: Field, before: &str, after: &str| {
            differences.lay(field.label().to_lowercase(), before, after)
        };
        let said = |column| row.text(Field::Cell(column));
        let heading = said(Column::Heading).map(|_| heading.to_owned());
        for (column, place, said) in [
            (Column::Heading, &mut line.heading, heading),
            (Column::Label, &mut line.label, said(Column::Label)),
        ] {
            let field = Field::Cell(column);
            if let Some(said) = said
                && fold(&said) != fold(place)
                && lay(field, place, &said)
            {
                *place = said;
            }
        }
        if let Some(section) = fields.section
            && lay(
                Field::Cell(Column::Section),
                line.section.label(),
                section.label(),
            )
        {
            line.section = section;
        }
        if let Some(said) = row.text(Field::Cell(Column::InKind)) {
            let in_kind = is_yes(&said);
            let label = |yes: bool| if yes { "oui" } else { "non" };
            if lay(
                Field::Cell(Column::InKind),
                label(line.in_kind),
                label(in_kind),
            ) {
                line.in_kind = in_kind;
            }
        }
        if let Some(scheme) = fields.scheme {
            let label =
                |scheme: &Option<String>| scheme.clone().unwrap_or_else(|| "general".to_owned());
            if lay(
                Field::Cell(Column::Scheme),
                &label(&line.scheme),
                &label(&scheme),
            ) {
                line.scheme = scheme;
            }
        }
        for (field, place) in [
            (Field::Cell(Column::ServiceBudget), &mut line.service_budget),
            (Field::Cell(Column::Function), &mut line.function),
            (Field::Cell(Column::Account), &mut line.account),
            (Field::Cell(Column::Purpose), &mut line.purpose),
            (Field::Cell(Column::AidType), &mut line.aid_type),
            (Field::Cell(Column::Channel), &mut line.channel),
        ] {
            let label = field.label().to_lowercase();
            differences.lay_text(label, place, row.text(field).as_ref());
        }
        if let Some(body) = fields.body
            && line.beneficiary != Some(body)
        {
            let before = line
                .beneficiary
                .map(|it| self.name_of(it))
                .unwrap_or_default();
            differences.note("organisme", before, self.name_of(body));
            line.beneficiary = Some(body);
        }
        if let Some(foreign) = fields.foreign
            && !line
                .foreign
                .as_ref()
                .is_some_and(|there| says_the_same(there, &foreign))
        {
            let said = |it: &Foreign| {
                let amount = self.around.reference.figures(it.amount, &it.currency);
                format!("{amount} {}, {} pour 1 €", it.currency, it.rate)
            };
            let before = line.foreign.as_ref().map(said).unwrap_or_default();
            differences.note("devise", before, said(&foreign));
            line.foreign = Some(foreign);
        }
        differences
    }

    fn scheme(&self, said: &str) -> Result<Option<String>, Refused> {
        let folded = fold(said);
        if ["general", "budget general", "non", "aucun"].contains(&folded.as_str()) {
            return Ok(None);
        }
        let mut schemes = self.around.reference.schemes().iter();
        let known = schemes.find(|scheme| {
            let label = fold(&scheme.label);
            folded == scheme.id
                || folded == label
                || label.strip_prefix("1 ") == Some(&folded)
                || folded == format!("1 {}", scheme.id)
        });
        match known {
            Some(scheme) => Ok(Some(scheme.id.clone())),
            None => Err(Refused::at(
                Field::Cell(Column::Scheme),
                format!("dispositif inconnu {}", cited(said)),
            )),
        }
    }

    fn foreign(&self, row: &Row<'_>) -> Result<Option<Foreign>, Refused> {
        let Some(code) = row.text(Field::Cell(Column::Currency)) else {
            return Ok(None);
        };
        let known = self.around.reference.currency(&code);
        let known = known.ok_or_else(|| {
            Refused::at(
                Field::Cell(Column::Currency),
                format!("devise inconnue {}", cited(&code)),
            )
        })?;
        let currency = Currency::new(&known.id);
        let decimals = self.around.reference.decimals_of(&currency);
        let Some(amount) = row.amount(
            Field::Cell(Column::ForeignAmount),
            (&currency, decimals),
            &mut Vec::new(),
        )?
        else {
            return Ok(None);
        };
        let rate = row
            .text(Field::Cell(Column::Rate))
            .map(|rate| rate.replace(',', "."));
        let rate = rate.or_else(|| known.parity.as_ref().map(|parity| parity.rate.clone()));
        Ok(Some(Foreign {
            amount,
            currency,
            rate: rate.ok_or_else(|| {
                Refused::at(Field::Cell(Column::Rate), "le cours de la devise manque")
            })?,
            date: row.day(Field::Cell(Column::RateDate))?,
            source: row.text(Field::Cell(Column::RateSource)),
        }))
    }

    /// Lays the amounts of a row over the shares of its line. The first row of a line and a funder tells the first share
    /// of each year, the second the second; a cell that is empty takes its share away.
    fn lay_shares(
        &mut self,
        line: &mut Line,
        told: &[(Id, i32, Option<Amount>)],
        differences: &mut Differences,
    ) {
        let funders = self.budget.funders.iter();
        let names: BTreeMap<Id, String> = funders
            .map(|funder| (funder.id, self.funder_name(funder)))
            .collect();
        let places = self.places.entry(line.id).or_insert_with(|| {
            let mut places: BTreeMap<(Id, i32), Vec<Id>> = BTreeMap::new();
            for share in &line.shares {
                places
                    .entry((share.funder, share.year))
                    .or_default()
                    .push(share.id);
            }
            places
        });
        let mut ranks: BTreeMap<Id, usize> = BTreeMap::new();
        for (funder, year, amount) in told {
            let rank = *ranks.entry(*funder).or_insert_with(|| {
                let count = self.counted.entry((line.id, *funder)).or_default();
                *count += 1;
                *count - 1
            });
            let there = places
                .get(&(*funder, *year))
                .and_then(|those| those.get(rank))
                .copied();
            let before = there
                .and_then(|id| line.shares.iter().find(|share| share.id == id))
                .map(|share| share.amount);
            if before == *amount {
                continue;
            }
            let payer = names.get(funder).map_or("", String::as_str);
            let (reference, currency) = (self.around.reference, &self.budget.currency);
            let said = |amount: Option<Amount>| {
                amount.map_or_else(String::new, |it| reference.figures(it, currency))
            };
            differences.note(format!("{year}, {payer}"), said(before), said(*amount));
            match (there.filter(|_| before.is_some()), amount) {
                (Some(id), Some(amount)) => {
                    if let Some(share) = line.shares.iter_mut().find(|share| share.id == id) {
                        share.amount = *amount;
                    }
                }
                (Some(id), None) => line.shares.retain(|share| share.id != id),
                (None, Some(amount)) => line.shares.push(Share {
                    id: self.ids.next_id(),
                    year: *year,
                    funder: *funder,
                    amount: *amount,
                }),
                (None, None) => {}
            }
        }
    }
}

fn section(row: &Row<'_>) -> Result<Option<Section>, Refused> {
    let Some(said) = row.text(Field::Cell(Column::Section)) else {
        return Ok(None);
    };
    match fold(&said).as_str() {
        "fonctionnement" | "f" | "fct" => Ok(Some(Section::Running)),
        "investissement" | "i" | "inv" => Ok(Some(Section::Capital)),
        _ => {
            let reason = format!(
                "section inconnue {}\u{a0}: Fonctionnement ou Investissement",
                cited(&said)
            );
            Err(Refused::at(Field::Cell(Column::Section), reason))
        }
    }
}

/// Whether a title begins the income of a table, below its expenses: « RECETTES », « Ressources prévisionnelles ».
fn is_income_title(title: &str) -> bool {
    const WORDS: [&str; 9] = [
        "recette",
        "recettes",
        "ressources",
        "produits",
        "previsionnels",
        "previsionnelles",
        "plan",
        "de",
        "financement",
    ];
    let title = fold(title);
    let mut words = title.split(' ').filter(|word| word.parse::<u16>().is_err());
    title != "plan" && words.all(|word| WORDS.contains(&word))
}

/// Whether two amounts in another currency differ by the spaces of their source at most.
fn says_the_same(there: &Foreign, told: &Foreign) -> bool {
    let source = |it: &Foreign| it.source.clone().unwrap_or_default();
    let bare = |it: &Foreign| Foreign {
        rate: String::new(),
        source: None,
        ..it.clone()
    };
    bare(there) == bare(told)
        && same_rate(&there.rate, &told.rate)
        && same(&source(there), &source(told))
}

/// Whether two rates are one: a spreadsheet drops the zeros at their end.
pub(super) fn same_rate(one: &str, other: &str) -> bool {
    one == other || Exchange::at(one, 0).is_some_and(|it| Exchange::at(other, 0) == Some(it))
}

fn is_yes(said: &str) -> bool {
    let said = fold(said);
    [
        "oui",
        "o",
        "x",
        "vrai",
        "true",
        "yes",
        "1",
        "nature",
        "en nature",
        "valorisation",
        "valorise",
    ]
    .contains(&said.as_str())
}
