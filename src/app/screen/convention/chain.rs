//! « Frise »: the chain that a convention is in, pact, framework, annual, amendments, one line of time under the other;
//! beneath it, the same as a list.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use iced::widget::canvas::{self, Canvas, Frame, Geometry, Path, Stroke};
use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, Point, Rectangle, Renderer, Size, Theme, mouse};

use super::{Convention, Message as Above};
use crate::app::fonts::{SANS, STRONG};
use crate::app::screen::conventions::next_words;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::section;
use crate::app::widget::{link, stage_tag};
use crate::model::{self, LegalityReview, NextAct, Records};

/// The height of a line of time, in pixels.
const LINE: f32 = 46.0;

/// Of it, what its title takes.
const TITLE: f32 = 21.0;

/// Room for the years, above the lines.
const YEARS: f32 = 24.0;

/// The width of a letter of a title, at most, in pixels: a canvas cuts nothing.
const LETTER: f32 = 7.2;

/// A convention of the chain, with how many stand between it and the eldest.
type Link<'a> = (&'a model::Convention, usize);

/// The chain: from the eldest convention to the youngest, each before those that carry it out or amend it. A circle of
/// parents, as a file may hold, is cut where it closes.
#[must_use]
pub fn chain<'a>(convention: &'a model::Convention, records: &'a Records) -> Vec<Link<'a>> {
    let mut eldest = convention;
    let mut seen = BTreeSet::from([eldest.id]);
    while let Some(parent) = eldest.parent.and_then(|id| records.convention(id)) {
        if !seen.insert(parent.id) {
            break;
        }
        eldest = parent;
    }

    let mut chain = Vec::new();
    let mut seen = BTreeSet::new();
    let mut rest = vec![(eldest, 0)];
    while let Some((here, depth)) = rest.pop() {
        if !seen.insert(here.id) {
            continue;
        }
        chain.push((here, depth));
        let mut children: Vec<&model::Convention> = records.children_of(here.id).collect();
        children.sort_by_key(|child| (began(child), child.id));
        rest.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
    }
    chain
}

/// The day from which its line runs.
fn began(convention: &model::Convention) -> Option<NaiveDate> {
    let first_act = || convention.acts.iter().filter_map(|act| act.date).min();
    convention.start.or_else(first_act)
}

/// Something that happened, or is to, on a day.
struct Moment {
    day: NaiveDate,
    done: bool,
    words: String,
    convention: model::Id,
}

fn moments(convention: &model::Convention, session: &Session) -> Vec<Moment> {
    let today = session.today();
    let mut moments: Vec<Moment> = convention
        .acts
        .iter()
        .filter_map(|act| {
            let named = NextAct {
                kind: act.kind,
                party: act.party.clone(),
                due: None,
                planned: None,
            };
            let mut words = next_words(&named, convention, session);
            if let Some(number) = &act.number {
                words.push_str(&format!(" · n°\u{a0}{number}"));
            }
            if let Some(place) = &act.place {
                words.push_str(&format!(" · à {place}"));
            }
            Some(Moment {
                day: act.date.or(act.due)?,
                done: act.date.is_some_and(|day| day <= today),
                words,
                convention: convention.id,
            })
        })
        .collect();
    let delay = match convention.legality_review() {
        Some(LegalityReview::Runs { until }) => Some(until),
        _ => None,
    };
    let dated = [
        (convention.start, "Début du programme"),
        (convention.effect, "Prise d’effet nommée par le texte"),
        (delay, "Fin du délai de déféré"),
        (convention.end, "Terme"),
    ];
    moments.extend(dated.into_iter().filter_map(|(day, words)| {
        let day = day?;
        Some(Moment {
            day,
            done: day <= today,
            words: words.to_owned(),
            convention: convention.id,
        })
    }));
    moments
}

impl Convention {
    /// The chain, drawn and told.
    pub(super) fn chain<'a>(
        &'a self,
        convention: &'a model::Convention,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let chain = chain(convention, session.records());
        let several = chain.len() > 1;
        let lines = chain.iter().map(|(link, depth)| Line {
            title: session.records().short_title(link),
            depth: *depth,
            here: link.id == convention.id,
            from: began(link),
            to: link.end,
            moments: moments(link, session)
                .into_iter()
                .map(|moment| (moment.day, moment.done))
                .collect(),
        });
        let frieze = Frieze::new(lines.collect(), session.today(), palette);
        let height = frieze.height();
        let legend = if frieze.shows_today() {
            "● fait · ○ à venir · trait vertical\u{a0}: aujourd’hui"
        } else {
            "● fait · ○ à venir"
        };
        let drawn: Element<'_, Above> = if frieze.span.is_some() {
            column![
                Canvas::new(frieze).width(Fill).height(height),
                text(legend).size(13).color(palette.muted),
            ]
            .spacing(6)
            .into()
        } else {
            text("Aucune date n’est notée encore.")
                .size(15)
                .color(palette.muted)
                .into()
        };

        let mut kin = Column::new().spacing(6);
        if several {
            for (link_of, depth) in &chain {
                kin = kin.push(kinship(link_of, *depth, convention.id, session, palette));
            }
        }
        let mut told: Vec<(Moment, String)> = chain
            .iter()
            .flat_map(|(link, _)| {
                let title = session.records().short_title(link);
                moments(link, session)
                    .into_iter()
                    .map(move |moment| (moment, title.clone()))
            })
            .collect();
        told.sort_by_key(|(moment, _)| moment.day);
        let list = told.into_iter().map(|(moment, title)| {
            let sign = if moment.done { "●" } else { "○" };
            let ink = match (moment.done, moment.day < session.today()) {
                (true, _) => palette.good,
                (false, true) => palette.wary,
                (false, false) => palette.muted,
            };
            let mut words = column![text(moment.words).size(15)].width(Fill);
            if several && moment.convention != convention.id {
                words = words.push(text(title).size(13).color(palette.muted));
            }
            row![
                text(sign).size(15).color(ink).width(16),
                text(french::day(moment.day))
                    .size(15)
                    .color(palette.muted)
                    .width(96),
                words,
            ]
            .spacing(8)
            .into()
        });
        column![
            text("Frise").size(20).font(STRONG),
            section("Le temps", [], drawn, palette),
            several.then(|| section("La chaîne", [], kin, palette)),
            section(
                "Les mêmes dates, en liste",
                [],
                Column::with_children(list).spacing(6),
                palette
            ),
        ]
        .spacing(16)
        .into()
    }
}

/// A convention of the chain, under the one that it carries out.
fn kinship<'a>(
    convention: &'a model::Convention,
    depth: usize,
    here: model::Id,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Above> {
    let title = session.records().short_title(convention);
    let title: Element<'_, Above> = if convention.id == here {
        text(title).size(15).font(STRONG).into()
    } else {
        link(title, palette)
            .on_press(Above::Open(convention.id))
            .into()
    };
    let branch = if depth == 0 { "" } else { "–" };
    row![
        iced::widget::space().width(depth.min(6) as f32 * 18.0),
        text(branch).size(15).color(palette.muted),
        container(title).width(Fill),
        text(convention.kind.label()).size(13).color(palette.muted),
        stage_tag(session.stage(convention), palette),
    ]
    .spacing(8)
    .align_y(Center)
    .into()
}

/// A line of time.
struct Line {
    title: String,
    depth: usize,
    here: bool,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    moments: Vec<(NaiveDate, bool)>,
}

/// Lines of time, one under the other.
struct Frieze {
    lines: Vec<Line>,
    /// Its first and last day; none when nothing is dated.
    span: Option<(NaiveDate, NaiveDate)>,
    today: NaiveDate,
    palette: Palette,
}

impl Frieze {
    fn shows_today(&self) -> bool {
        self.span
            .is_some_and(|(first, last)| first <= self.today && self.today <= last)
    }

    fn new(lines: Vec<Line>, today: NaiveDate, palette: Palette) -> Self {
        let days = || {
            lines.iter().flat_map(|line| {
                let moments = line.moments.iter().map(|(day, _)| *day);
                line.from.into_iter().chain(line.to).chain(moments)
            })
        };
        let span = days().min().zip(days().max()).and_then(|(first, last)| {
            // Whole years, so that the grid says where one is.
            let from = NaiveDate::from_ymd_opt(first.year(), 1, 1)?;
            let to = NaiveDate::from_ymd_opt(last.max(first).year() + 1, 1, 1)?;
            Some((from, to))
        });
        Self {
            lines,
            span,
            today,
            palette,
        }
    }

    fn height(&self) -> f32 {
        YEARS + LINE * self.lines.len() as f32
    }
}

impl canvas::Program<Above> for Frieze {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = Frame::new(renderer, bounds.size());
        let Some((from, to)) = self.span else {
            return vec![frame.into_geometry()];
        };
        let palette = self.palette;
        let all = to.signed_duration_since(from).num_days().max(1) as f32;
        let at = |day: NaiveDate| {
            let since = day.signed_duration_since(from).num_days() as f32;
            (since / all).clamp(0.0, 1.0) * (bounds.width - 16.0) + 8.0
        };
        let upright = |frame: &mut Frame, x: f32, (top, bottom): (f32, f32), color, width| {
            let path = Path::line(Point::new(x, top), Point::new(x, bottom));
            let stroke = Stroke::default().with_color(color).with_width(width);
            frame.stroke(&path, stroke);
        };

        let years = to.year() - from.year();
        let step = (years / 12 + 1).max(1);
        for year in (from.year()..=to.year()).step_by(usize::try_from(step).unwrap_or(1)) {
            let Some(day) = NaiveDate::from_ymd_opt(year, 1, 1) else {
                continue;
            };
            let x = at(day);
            upright(&mut frame, x, (YEARS - 6.0, YEARS), palette.line, 1.0);
            // Across each line of time, and not across the title above it.
            for rank in 0..self.lines.len() {
                let bottom = YEARS + LINE * (rank + 1) as f32;
                let across = (bottom - LINE + TITLE, bottom);
                upright(&mut frame, x, across, palette.line, 1.0);
            }
            if year < to.year() {
                frame.fill_text(canvas::Text {
                    content: year.to_string(),
                    position: Point::new(x + 4.0, 0.0),
                    color: palette.muted,
                    size: 13.0.into(),
                    font: SANS,
                    ..canvas::Text::default()
                });
            }
        }

        for (rank, line) in self.lines.iter().enumerate() {
            let top = YEARS + LINE * rank as f32;
            let middle = top + 32.0;
            let left = 8.0 + line.depth.min(6) as f32 * 14.0;
            let room = ((bounds.width - left) / LETTER).max(8.0);
            let title = french::shortened(&line.title, room as usize);
            frame.fill_text(canvas::Text {
                content: title,
                position: Point::new(left, top + 2.0),
                color: if line.here {
                    palette.ink
                } else {
                    palette.muted
                },
                size: 13.0.into(),
                font: if line.here { STRONG } else { SANS },
                ..canvas::Text::default()
            });
            if let Some(begin) = line.from {
                let end = line.to.unwrap_or(to).max(begin);
                let (left, right) = (at(begin), at(end));
                let size = Size::new((right - left).max(3.0), 8.0);
                let ground = if line.here {
                    palette.accent_soft
                } else {
                    palette.raised
                };
                let bar = Path::rectangle(Point::new(left, middle - 4.0), size);
                frame.fill(&bar, ground);
                let stroke = Stroke::default().with_color(palette.edge).with_width(1.0);
                frame.stroke(&bar, stroke);
            }
            if (from..to).contains(&self.today) {
                let across = (top + TITLE, top + LINE);
                upright(&mut frame, at(self.today), across, palette.wary, 2.0);
            }
            for (day, done) in &line.moments {
                let dot = Path::circle(Point::new(at(*day), middle), 5.0);
                let ink = if line.here {
                    palette.good
                } else {
                    palette.muted
                };
                frame.fill(&dot, if *done { ink } else { palette.surface });
                let stroke = Stroke::default().with_color(ink).with_width(1.5);
                frame.stroke(&dot, stroke);
            }
        }
        vec![frame.into_geometry()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Convention, ConventionKind, Ids, Record};

    #[test]
    fn the_chain_goes_from_the_eldest_and_a_circle_is_cut() {
        let mut ids = Ids::counted(1);
        let mut made = |kind, title: &str, parent: Option<model::Id>| {
            let mut made = Convention::new(ids.next_id(), kind, title);
            made.parent = parent;
            made
        };
        let pact = made(ConventionKind::Friendship, "Pacte", None);
        let framework = made(ConventionKind::Framework, "Cadre", Some(pact.id));
        let mut annual = made(ConventionKind::Annual, "Annuelle 2", Some(framework.id));
        annual.start = NaiveDate::from_ymd_opt(2028, 1, 1);
        let mut first = made(ConventionKind::Annual, "Annuelle 1", Some(framework.id));
        first.start = NaiveDate::from_ymd_opt(2027, 1, 1);
        let amendment = made(ConventionKind::Amendment, "Avenant", Some(first.id));
        let all = [&pact, &framework, &annual, &first, &amendment].map(Clone::clone);
        let records = Records::from_records(all.map(Record::Convention));
        let told = |of: &Convention, records: &Records| -> Vec<(String, usize)> {
            let links = chain(records.convention(of.id).unwrap(), records);
            links
                .into_iter()
                .map(|(link, depth)| (link.title.clone(), depth))
                .collect()
        };
        let expected = [
            ("Pacte", 0),
            ("Cadre", 1),
            ("Annuelle 1", 2),
            ("Avenant", 3),
            ("Annuelle 2", 2),
        ];
        let expected = expected.map(|(title, depth)| (title.to_owned(), depth));
        assert_eq!(told(&amendment, &records), expected);
        assert_eq!(told(&pact, &records), expected);

        let mut circle = pact.clone();
        circle.parent = Some(amendment.id);
        let mut records = records;
        records.apply(&model::Change::create("", Record::Convention(circle)));
        assert_eq!(told(&framework, &records).len(), 5);
    }
}
