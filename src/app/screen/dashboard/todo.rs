//! « À faire » : late, this month, this quarter, to prepare; each line with its act.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, alignment::Horizontal::Right as End};

use super::{Dashboard, Message, card};
use crate::agenda::{Deed, Due, Nearness, Place};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::screen::book;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{button, checkbox, hairline, quiet, select, words};
use crate::model::{ActKind, Id as RecordKey};

impl Dashboard {
    pub(super) fn todo<'a>(
        &'a self,
        session: &'a Session,
        narrow: bool,
        palette: Palette,
    ) -> Element<'a, Message> {
        let today = session.today();
        let mine = |due: &Due| self.person.is_none() || due.in_charge == self.person;
        let put_off = (self.due.iter())
            .filter(|due| mine(due) && due.put_off.is_some())
            .count();

        let mut parts = Column::new().spacing(10);
        let mut some = false;
        for nearness in Nearness::ALL {
            let lines: Vec<(usize, &Due)> = (self.due.iter().enumerate())
                .filter(|(_, due)| mine(due) && (self.all || due.put_off.is_none()))
                .filter(|(_, due)| due.nearness(today) == nearness)
                .collect();
            if lines.is_empty() {
                continue;
            }
            some = true;
            let ink = if nearness == Nearness::Late {
                palette.grave
            } else {
                palette.muted
            };
            let sign = if nearness == Nearness::Late {
                "▲ "
            } else {
                ""
            };
            parts = parts.push(
                text(format!("{sign}{}", nearness.label()))
                    .size(14)
                    .font(STRONG)
                    .color(ink),
            );
            for (place, (rank, due)) in lines.into_iter().enumerate() {
                parts = parts.push(hairline(palette)).push(line(
                    due,
                    (nearness, place),
                    rank,
                    narrow,
                    session,
                    palette,
                ));
            }
        }
        if !some {
            parts = parts.push(book::small(
                "Rien n’est attendu\u{202f}: les actes, les termes et les subventions feront paraître ici ce qui vient.",
                palette,
            ));
        }
        let all = (put_off > 0).then(|| {
            let label = if put_off == 1 {
                "Montrer l’échéance reportée".to_owned()
            } else {
                format!("Montrer les {put_off} échéances reportées")
            };
            checkbox(label, self.all, palette).on_press(Message::All(!self.all))
        });
        let agenda = quiet("Exporter l’agenda…", palette).on_press(Message::Agenda);
        let foot = row![container(column![].push(all)).width(Fill), agenda].align_y(Center);
        let parts = parts.push(foot);
        card("À faire", self.whose(session, palette), parts, palette)
    }

    /// The choice of a person, when conventions have several in charge.
    fn whose<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Element<'a, Message>> {
        let of_due = self.due.iter().filter_map(|due| due.in_charge);
        let mut people: Vec<RecordKey> = of_due.chain(self.person).collect();
        people.sort_unstable();
        people.dedup();
        if people.is_empty() {
            return None;
        }
        let named = people.into_iter().filter_map(|id| {
            let contact = session.records().contact(id)?;
            Some((Some(id), contact.name.clone()))
        });
        let everybody = (None, "Tout le service".to_owned());
        Some(
            container(select(
                std::iter::once(everybody).chain(named),
                Some(&self.person),
                "dashboard.person",
                palette,
                Message::Person,
            ))
            .width(200)
            .into(),
        )
    }
}

fn line<'a>(
    due: &'a Due,
    (nearness, place): (Nearness, usize),
    rank: usize,
    narrow: bool,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let act = act(due, session, palette).map(|act| act.id(format!("due.{nearness:?}.{place}")));
    let later = (!session.is_read_only()).then(|| match due.put_off {
        None => quiet("Reporter…", palette).on_press(Message::PutOff(rank)),
        Some(_) => quiet("Reprendre", palette).on_press(Message::TakeUp(rank)),
    });
    let said = column![
        words(due.about.as_str()).font(STRONG).lines(3).width(Fill),
        words(due.words.as_str())
            .color(palette.muted)
            .lines(6)
            .width(Fill),
    ]
    .push(due.put_off.map(|until| {
        text(format!("○ reportée au {}", french::day(until)))
            .size(14)
            .color(palette.muted)
    }))
    .spacing(2)
    .width(Fill);
    let day = text(french::near_day(due.day, session.today()))
        .size(15)
        .width(92);
    let late = if nearness == Nearness::Late {
        day.color(palette.grave)
    } else {
        day.color(palette.muted)
    };
    let act = act.map(Element::from);
    if narrow {
        let acts = row![].push(act).push(later).spacing(4).align_y(Center);
        row![late, column![said, acts].spacing(6)]
            .spacing(10)
            .into()
    } else {
        let acts = column![].push(act).push(later).align_x(End);
        row![late, said, acts].spacing(12).align_y(Center).into()
    }
}

/// The button of a line: the act itself, or where it is done.
fn act<'a>(
    due: &Due,
    session: &Session,
    palette: Palette,
) -> Option<crate::app::widget::Button<'a, Message>> {
    let there = match due.place {
        Place::Convention(id) => Route::Convention(id),
        Place::Partner(id) => Route::Partner(id),
        Place::Budget(id) => Route::Budget(id),
        Place::Workspace => return None,
    };
    let go = Message::Go(there);
    Some(match (&due.deed, due.place) {
        (Deed::Done(act), Place::Convention(convention)) if !session.is_read_only() => {
            button("Fait", palette).on_press(Message::Done(convention, *act))
        }
        (Deed::Record(kind, party), Place::Convention(convention)) if !session.is_read_only() => {
            let record = Message::Record(convention, *kind, party.clone());
            button(recording(*kind), palette).on_press(record)
        }
        _ if due.prepares => button("Préparer…", palette).on_press(go),
        _ => button("Voir", palette).on_press(go),
    })
}

/// « Noter la signature… »
const fn recording(kind: ActKind) -> &'static str {
    match kind {
        ActKind::DeliberationTransmission | ActKind::ConventionTransmission => {
            "Noter la transmission…"
        }
        ActKind::Signature => "Noter la signature…",
        ActKind::Vote => "Noter la délibération…",
        ActKind::DataPublication => "Noter la publication…",
        ActKind::Report => "Noter le rapport…",
        ActKind::Payment => "Noter le versement…",
        ActKind::DelayEnd => "Noter la fin du délai…",
        _ => "Noter…",
    }
}
