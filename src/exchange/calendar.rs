//! What is due as an iCalendar file (RFC 5545), for the calendar that an officer already looks at.
//!
//! Whole days, each named once and for all by its place and its key, so that a file imported again moves events and
//! makes none twice. No clock is read: an event is stamped with the moment at which what it is about was recorded. An
//! alarm rings a week before, or on the day until which somebody put it off; what is prepared long before rings three
//! times, as renewals are: nine, six and three months would be too late told once.

use chrono::{DateTime, Days, TimeDelta};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property};

use crate::agenda::{Due, Place};

/// The file of those lines; `title` is what calendars call it.
#[must_use]
pub fn calendar(due: &[Due], title: &str) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Passerelle//Agenda//FR"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", title),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.extend(due.iter().filter_map(event));
    calendar.to_string()
}

/// What a file of the agenda is called.
pub const FILE_NAME: &str = "Agenda Passerelle.ics";

fn event(due: &Due) -> Option<Event> {
    let record = due.place.record();
    let place = match due.place {
        Place::Convention(_) => "convention",
        Place::Partner(_) => "partenaire",
        Place::Budget(_) => "budget",
        Place::Workspace => "espace",
    };
    let stamp = record.id.made_at().unwrap_or(DateTime::UNIX_EPOCH);
    let mut event = Event::new();
    event
        .uid(&format!("{}.{}.{place}@passerelle", due.key, record.id))
        .timestamp(stamp)
        .summary(&format!("{}\u{a0}: {}", due.about, due.words))
        .starts(due.day)
        .ends(due.day.checked_add_days(Days::new(1))?)
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .append_property(Property::new("CATEGORIES", "Passerelle"));
    for days in alarms(due) {
        let mut alarm = Alarm::display(&due.words, -TimeDelta::days(days));
        // What an alarm does not say of itself, the library would take from the clock and from chance.
        alarm
            .uid(&format!(
                "{}.{days}.{}.{place}@passerelle",
                due.key, record.id
            ))
            .timestamp(stamp)
            // Days, and not as many seconds as the library would write.
            .add_property("TRIGGER", format!("-P{days}D"));
        event.alarm(alarm);
    }
    Some(event.done())
}

/// How many days before it an event rings.
fn alarms(due: &Due) -> Vec<i64> {
    if let Some(until) = due.put_off {
        let left = due.day.signed_duration_since(until).num_days();
        return vec![left.max(0)];
    }
    match due.key.as_str() {
        // Nine, six and three months: `convention_model.md`, §5.
        "renouvellement" => vec![270, 180, 90],
        _ if due.prepares => vec![14],
        _ => vec![7],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agenda::{Deed, agenda};
    use crate::demo;
    use crate::reference::Reference;

    fn due(about: &str, words: &str) -> Due {
        Due {
            key: "renouvellement".to_owned(),
            day: "2027-12-15".parse().unwrap(),
            put_off: None,
            prepares: true,
            about: about.to_owned(),
            words: words.to_owned(),
            place: Place::Convention("019ab3c0-1000-7000-8000-000000000301".parse().unwrap()),
            deed: Deed::Look,
            in_charge: None,
        }
    }

    #[test]
    fn an_event_is_a_whole_day_named_for_ever_and_rings() {
        let file = calendar(&[due("Porto-Novo", "À voter")], "Valmont, agenda");
        for line in [
            "X-WR-CALNAME:Valmont\\, agenda",
            "UID:renouvellement.019ab3c0-1000-7000-8000-000000000301.convention@passe",
            "DTSTART;VALUE=DATE:20271215",
            "DTEND;VALUE=DATE:20271216",
            "SUMMARY:Porto-Novo\u{a0}: À voter",
            "TRIGGER:-P270D",
        ] {
            assert!(file.contains(line), "{line} n’est pas dans\n{file}");
        }
        assert_eq!(file.matches("BEGIN:VALARM").count(), 3);
        let stamps: Vec<&str> = file
            .lines()
            .filter(|it| it.starts_with("DTSTAMP"))
            .collect();
        assert_eq!(stamps.len(), 4);
        assert!(
            stamps
                .iter()
                .all(|it| *it == stamps[0] && it.ends_with('Z'))
        );
    }

    #[test]
    fn lines_are_folded_and_texts_are_escaped() {
        let long = "é".repeat(200);
        let file = calendar(&[due("A; B, C\\D", &format!("1\n{long}"))], "x");
        assert!(file.lines().all(|line| line.len() <= 75), "{file}");
        assert!(
            file.split('\n')
                .filter(|it| !it.is_empty())
                .all(|line| line.ends_with('\r'))
        );
        let unfolded = file.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:A\\; B\\, C\\\\D\u{a0}: 1\\n{long}")));
    }

    #[test]
    fn the_same_agenda_is_the_same_file() {
        let records = demo::records();
        let due = agenda(&records, Reference::shipped(), demo::TODAY);
        assert!(due.len() > 3);
        let file = calendar(&due, "Valmont");
        assert_eq!(file, calendar(&due, "Valmont"));
        assert_eq!(file.matches("BEGIN:VEVENT").count(), due.len());
        let mut names: Vec<&str> = file
            .split("\r\nUID:")
            .skip(1)
            .map(|it| it.split("\r\nDT").next().unwrap())
            .collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
