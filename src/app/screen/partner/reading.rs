//! The sheet as it is read: what is kept, and nothing that is not.

use iced::widget::{Column, column, row, text};
use iced::{Center, Element};

use super::field::{Field, executive};
use super::form::eligibility;
use super::spoken::{language, languages};
use super::written::Written;
use super::{Message, card};
use crate::app::fonts::STRONG;
use crate::app::screen::partners::{called, country_of, nature};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::reading;
use crate::app::widget::{button, mark};
use crate::check::{Finding, Subject, review};
use crate::model::{Name, Nature, Partner, fold};

/// What is kept of a partner.
pub(super) fn view<'a>(
    partner: &'a Partner,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let mut page = Column::new().spacing(14);
    let findings = findings(partner, session);
    if !findings.is_empty() {
        let lines = findings.into_iter().map(|finding| {
            row![
                mark(Some(finding.severity), palette),
                text(finding.message).size(15).width(iced::Fill),
            ]
            .spacing(8)
            .into()
        });
        page = page.push(card(Column::with_children(lines).spacing(8), palette));
    }
    for (title, facts) in [
        ("", identity(partner, session)),
        ("Siège et signataires", seat(partner, session)),
        ("Coopération", cooperation(partner, session)),
        ("Droit", law(partner, session)),
    ] {
        if facts.is_empty() {
            continue;
        }
        let lines = facts
            .into_iter()
            .map(|(label, value)| reading(label, value, palette));
        let part = card(Column::with_children(lines).spacing(8), palette);
        page = page.push(if title.is_empty() {
            part
        } else {
            column![text(title).size(17).font(STRONG), part]
                .spacing(8)
                .into()
        });
    }
    if is_looked_up(partner, session) {
        page = page.push(recognition(partner, session, palette));
    }
    if let Some(notes) = &partner.notes {
        page = page.push(
            column![
                text("Notes du service").size(17).font(STRONG),
                card(text(notes).size(15), palette)
            ]
            .spacing(8),
        );
    }
    page.into()
}

/// What there is to see to about the body itself.
fn findings(partner: &Partner, session: &Session) -> Vec<Finding> {
    let subject = Subject::Body(partner.id);
    let mut findings = review(
        subject,
        session.records(),
        session.reference().as_ref(),
        session.today(),
    );
    findings.retain(|it| it.set_aside.is_none());
    findings
}

type Facts = Vec<(&'static str, String)>;

fn say(facts: &mut Facts, label: &'static str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        facts.push((label, value));
    }
}

fn identity(partner: &Partner, session: &Session) -> Facts {
    let mut facts = Facts::new();
    let mut named = |label, name: Option<&Name>| {
        say(&mut facts, label, name.map(|it| it.text.clone()));
    };
    named("Nom officiel", Some(&partner.name));
    named("Nom court", partner.short_name.as_ref());
    let own = partner.names.iter().map(|own| {
        let lang = language(&own.lang, session.reference());
        // Read from left to right, whatever the name is written in: its language stands after it.
        format!("\u{200e}{} ({lang})", own.text)
    });
    let own: Vec<String> = own.collect();
    let label = match own.len() {
        0 | 1 => "Dans sa langue",
        _ => "Dans ses langues",
    };
    say(&mut facts, label, Some(own.join(" · ")));
    say(
        &mut facts,
        "Nature",
        Some(nature(partner.nature).to_owned()),
    );
    say(
        &mut facts,
        "Pays",
        country_of(partner, session).map(str::to_owned),
    );
    say(
        &mut facts,
        Field::Kind.label(partner.nature),
        partner.kind.clone(),
    );
    if let Some(association) = &partner.association {
        say(&mut facts, "SIRET", association.siret.clone());
        say(&mut facts, "N° RNA", association.rna.clone());
        let signed = association.republican_commitment;
        say(
            &mut facts,
            "Engagement républicain",
            signed.map(|it| format!("signé le {}", french::day(it))),
        );
        let useful = association.public_utility;
        say(
            &mut facts,
            "Utilité publique",
            useful.then(|| "reconnue, ou agréée".to_owned()),
        );
    }
    facts
}

fn seat(partner: &Partner, session: &Session) -> Facts {
    let mut facts = Facts::new();
    say(&mut facts, "Siège", partner.seat.clone());
    say(&mut facts, "Ville", partner.town.clone());
    let assembly = partner.assembly.as_ref();
    say(&mut facts, "Assemblée", assembly.map(|it| it.text.clone()));
    for (rank, signatory) in partner.signatories.iter().enumerate() {
        let label = match rank {
            0 => executive(partner.nature),
            _ => "Signataire",
        };
        let mut words = format!("{}, {}", signatory.name, signatory.function);
        let there = signatory.function_there.as_ref();
        if let Some(there) = there.filter(|it| fold(it) != fold(&signatory.function)) {
            words.push_str(&format!(" ({there})"));
        }
        if !signatory.in_office(session.today()) {
            words.push_str(" – n’est pas en fonction aujourd’hui");
        }
        say(&mut facts, label, Some(words));
    }
    say(
        &mut facts,
        "Ordonnateur",
        partner.authorising_officer.clone(),
    );
    let spoken = languages(&partner.languages, session.reference());
    say(&mut facts, "Langues de travail", Some(spoken));
    facts
}

fn cooperation(partner: &Partner, session: &Session) -> Facts {
    let mut facts = Facts::new();
    let reference = session.reference();
    let themes: Vec<String> = partner
        .themes
        .iter()
        .filter_map(|slug| reference.theme(slug))
        .map(|theme| french::within(&theme.label))
        .collect();
    say(&mut facts, "Thèmes", Some(themes.join(", ")));
    let goals: Vec<String> = partner.odd.iter().map(ToString::to_string).collect();
    say(&mut facts, "ODD", Some(goals.join(", ")));
    let first = partner.history.iter().filter_map(|event| {
        use chrono::Datelike;

        event.date.map(|it| it.year()).or(event.year)
    });
    say(
        &mut facts,
        "Lien depuis",
        first.min().map(|year| year.to_string()),
    );
    let is_post = |it: &Partner| it.nature == Nature::DiplomaticPost;
    let there = session.records().partners().filter(|it| {
        partner.country.is_some() && it.country == partner.country && it.id != partner.id
    });
    let there = there.filter(|it| is_post(it) != is_post(partner));
    let there: Vec<&str> = there.map(called).collect();
    let label = if is_post(partner) {
        "Partenaires là-bas"
    } else {
        "Poste français"
    };
    // At home there is none, and a list of all would say nothing.
    if partner.country.as_deref() != Some("FR") {
        say(&mut facts, label, Some(there.join(", ")));
    }
    facts
}

fn law(partner: &Partner, session: &Session) -> Facts {
    let mut facts = Facts::new();
    let is_abroad = partner.country.as_deref().is_some_and(|it| it != "FR");
    if is_abroad && partner.nature != Nature::DiplomaticPost {
        say(&mut facts, "Pays", Some(eligibility(partner, session)));
    }
    if let Some(supervision) = &partner.supervision {
        let needed = if supervision.needed {
            "autorisation demandée"
        } else {
            "pas d’autorisation"
        };
        let told = [
            Some(needed.to_owned()),
            supervision.authority.clone(),
            supervision.basis.clone(),
        ];
        let told: Vec<String> = told.into_iter().flatten().collect();
        say(&mut facts, "Tutelle", Some(told.join(", ")));
    }
    say(&mut facts, "Droit national", partner.own_law.clone());
    facts
}

/// Whether recognition and sanctions are looked up for it: neither in France nor among its neighbours in Europe.
fn is_looked_up(partner: &Partner, session: &Session) -> bool {
    let country = partner.country.as_deref();
    let country = country.and_then(|it| session.reference().country(it));
    let is_near = country.is_some_and(|country| {
        country.id == "FR"
            || country.part_of.as_deref() == Some("FR")
            || country.is_in_eea_or_switzerland()
    });
    partner.recognition.is_some()
        || !is_near
            && !matches!(
                partner.nature,
                Nature::FrenchAuthority
                    | Nature::DiplomaticPost
                    | Nature::InternationalOrganisation
            )
}

/// When recognition and sanctions were looked up, and the button that says it was today.
fn recognition<'a>(
    partner: &'a Partner,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let mut words = Column::new().spacing(4).width(iced::Fill);
    match &partner.recognition {
        Some(check) => {
            let day = french::day(check.date);
            let when = match check.by.trim() {
                "" => format!("Vérifié le {day}. «\u{a0}Modifier\u{a0}» permet de dire par qui."),
                by => format!("Vérifié le {day} par {by}."),
            };
            words = words
                .push(text(&check.result).size(15))
                .push(text(when).size(14).color(palette.muted));
        }
        None => words = words.push(text("Pas encore vérifié.").size(15)),
    }
    let mut line = row![words].spacing(12).align_y(Center);
    if !session.is_read_only() {
        line = line.push(
            button("Vérifié aujourd’hui", palette)
                .id("partner.recognised")
                .on_press(Message::Write(Written::Recognised)),
        );
    }
    column![
        text("Reconnaissance et sanctions").size(17).font(STRONG),
        card(line, palette)
    ]
    .spacing(8)
    .into()
}
