//! A text: what it says, what it changes for a convention, its ceilings, its story, who cites it.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion};

use super::{Law, Message, shown_status};
use crate::app::fonts::STRONG;
use crate::app::screen::book;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{hairline, link, tag};
use crate::model::quoted;
use crate::reference::{Ceiling, LegalText, Milestone, Status};

impl Law {
    /// The text chosen.
    pub(super) fn sheet<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let Some(known) = session.reference().legal(self.here.as_str()) else {
            return container(text("Choisissez un texte dans la liste.").size(16))
                .padding(28)
                .into();
        };

        let mut parts = Column::new()
            .push(head(known, palette))
            .push(remarks(known, session, palette))
            .push(self.why(session, palette))
            .push(book::prose(&known.summary))
            .push(practice(known, palette));
        if let Some(then) = &known.then {
            parts = parts.push(then_and_now(then, known, palette));
        }
        if !known.ceilings.is_empty() {
            parts = parts.push(book::part("Plafonds et seuils", ceilings(known, palette)));
        }
        if !known.history.is_empty() {
            parts = parts.push(book::part("Histoire", story(known, palette)));
        }
        if !self.resting.is_empty() {
            let points = self.points(session, palette);
            parts = parts.push(book::part("Points à vérifier qui s’y fondent", points));
        }
        if self.cited.count() > 0 {
            let cited = self.cited.view(session, palette).map(Message::Cited);
            parts = parts.push(book::part("Cité par", cited));
        }
        parts = parts
            .push(related(known, session, palette))
            .push(
                self.notes
                    .view(self.here, session, palette)
                    .map(Message::Note),
            )
            .push(book::part(
                "Sources",
                column![
                    book::sources(&known.sources, palette, Message::Link),
                    known
                        .notes
                        .as_deref()
                        .map(|notes| book::small(notes, palette)),
                ]
                .spacing(6),
            ));
        book::page(parts, "law.page", palette)
    }
}

impl Law {
    /// Why it applies to the convention chosen.
    fn why<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Element<'a, Message>> {
        let convention = session.records().convention(self.of?)?;
        let lines = (self.applies.get(&self.here)?.iter())
            .map(|why| text(format!("– {why}.")).size(15).width(Fill).into());
        let name = session.records().short_title(convention);
        let head = row![
            text(format!("S’applique à {}\u{a0}:", quoted(&name)))
                .size(15)
                .font(STRONG)
                .width(Fill),
            link("Ouvrir la convention", palette).on_press(Message::Convention(convention.id)),
        ]
        .spacing(12)
        .align_y(Center);
        let why = column![head, Column::with_children(lines).spacing(3)].spacing(4);
        Some(book::set_out(why, palette.raised))
    }
}

fn head<'a>(known: &'a LegalText, palette: Palette) -> Element<'a, Message> {
    let mut facts = vec![known.title.clone(), known.kind.label().to_owned()];
    facts.extend(known.date.map(|date| format!("du {}", french::day(date))));
    facts.push(format!("relu le\u{a0}{}", french::day(known.checked)));
    column![
        row![
            text(&known.reference).size(24).font(STRONG),
            book::status_tag(shown_status(known), palette),
        ]
        .spacing(12)
        .align_y(Center)
        .wrap(),
        text(facts.join(" · ")).size(15).color(palette.muted),
        known
            .status_note
            .as_deref()
            .map(|note| text(french::capital(note)).size(15)),
    ]
    .spacing(4)
    .into()
}

/// What to know before relying on it.
fn remarks<'a>(
    known: &'a LegalText,
    session: &'a Session,
    palette: Palette,
) -> Option<Element<'a, Message>> {
    let mut remarks = Vec::new();
    let slug = Slug::of(&known.id);
    let is_confirmed = book::note_on(slug, session).is_some_and(|note| note.confirmed.is_some());
    if !known.is_certain() && !is_confirmed {
        remarks.push("Cette fiche reste à confirmer\u{a0}: n’en tirez pas un refus. Elle n’a pas été lue en entier dans une source à jour.".to_owned());
    }
    if book::is_old(known.checked, session.today()) && !is_confirmed {
        remarks.push(format!(
            "Dernière relecture le {}, il y a plus d’un an\u{a0}: vérifiez avant de vous y appuyer.",
            french::day(known.checked)
        ));
    }
    if let Some(correction) = session.reference().legal_all().correction(&known.id) {
        remarks.push(format!(
            "Corrigée dans cet espace par {} le {}.",
            correction.by,
            french::day(correction.on)
        ));
    }
    if remarks.is_empty() {
        return None;
    }
    let lines = remarks.into_iter().map(|remark| {
        text(format!("◆ {remark}"))
            .size(15)
            .color(palette.wary)
            .into()
    });
    Some(book::set_out(
        Column::with_children(lines).spacing(4),
        palette.wary_soft,
    ))
}

fn practice<'a>(known: &'a LegalText, palette: Palette) -> Element<'a, Message> {
    book::set_out(
        column![
            text("Ce que cela change pour une convention")
                .size(16)
                .font(STRONG),
            book::prose(&known.practice),
        ]
        .spacing(6),
        palette.accent_soft,
    )
}

/// What the brochure said of a text, beside where it stands now.
fn then_and_now<'a>(then: &'a str, known: &'a LegalText, palette: Palette) -> Element<'a, Message> {
    let side = |title: &'a str, words: String| {
        container(
            column![
                text(title).size(15).font(STRONG),
                text(words).size(15).line_height(1.4)
            ]
            .spacing(4),
        )
        .padding([12, 14])
        .width(FillPortion(1))
        .style(move |_| palette.card())
    };
    let note = known.status_note.as_deref();
    let now = match known.history.last() {
        Some(last) => format!(
            "{}\u{a0}: {}. {}",
            french::capital(known.status.label()),
            note.unwrap_or("telle quelle"),
            last.scope
        ),
        None => french::capital(known.status.label()),
    };
    row![
        side("En 2009, dans la brochure", then.to_owned()),
        side("Aujourd’hui", format!("{now}.")),
    ]
    .spacing(12)
    .into()
}

fn ceilings<'a>(known: &'a LegalText, palette: Palette) -> Element<'a, Message> {
    let cell = |words: &'a str, part: u16| text(words).size(15).width(FillPortion(part));
    let head = |words: &'a str, part: u16| {
        text(words)
            .size(14)
            .color(palette.muted)
            .width(FillPortion(part))
    };
    let mut table = column![
        row![
            head("Plafond", 2),
            head("Pour", 3),
            head("Compté sur", 4),
            head("Qui", 4)
        ]
        .spacing(12)
    ]
    .spacing(8);
    for Ceiling {
        rate,
        base,
        who,
        domain,
    } in &known.ceilings
    {
        table = table.push(hairline(palette)).push(
            row![
                cell(rate, 2).font(STRONG),
                cell(domain, 3),
                cell(base, 4),
                cell(who, 4)
            ]
            .spacing(12),
        );
    }
    container(table)
        .padding([12, 14])
        .style(move |_| palette.card())
        .into()
}

/// The line of time: a point and a date on the line, what it changed beside.
fn story<'a>(known: &'a LegalText, palette: Palette) -> Element<'a, Message> {
    let last = known.history.len().saturating_sub(1);
    let lines = known.history.iter().enumerate().map(|(rank, milestone)| {
        let Milestone { since, when, scope } = milestone;
        let date = match (since, when) {
            (Some(since), _) => french::day(*since),
            (None, Some(when)) => when.clone(),
            (None, None) => String::new(),
        };
        let (sign, ink) = if rank == last {
            ("●", palette.accent)
        } else {
            ("○", palette.muted)
        };
        row![
            text(sign).size(15).color(ink).width(18),
            text(date).size(15).font(STRONG).width(110),
            text(scope).size(15).width(Fill),
        ]
        .spacing(8)
        .into()
    });
    Column::with_children(lines).spacing(8).into()
}

impl Law {
    /// The conventions in which something that rests on the text is to be verified.
    fn points<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let lines = self.resting.iter().filter_map(|(id, count)| {
            let convention = session.records().convention(*id)?;
            let line = row![
                link(convention.title.as_str(), palette).on_press(Message::Convention(*id)),
                text(french::count(*count, "point", "points"))
                    .size(14)
                    .color(palette.muted),
            ];
            Some(line.spacing(8).align_y(Center).wrap().into())
        });
        Column::with_children(lines).spacing(2).into()
    }
}

fn related<'a>(
    known: &'a LegalText,
    session: &'a Session,
    palette: Palette,
) -> Option<Element<'a, Message>> {
    let reference = session.reference();
    let texts = known.related.iter().filter_map(|id| {
        let text = reference.legal(id)?;
        let line = link(format!("§ {} — {}", text.reference, text.title), palette)
            .on_press(Message::Open(Slug::of(id)));
        let standing = shown_status(text);
        let doubt = (standing != Status::InForce)
            .then(|| tag(standing.label(), palette.muted, palette.raised, palette));
        let line = row![line].push(doubt).spacing(8).align_y(Center);
        Some(line.wrap().into())
    });
    let terms = reference
        .terms()
        .iter()
        .filter(|term| term.texts.contains(&known.id))
        .map(|term| {
            link(term.term.as_str(), palette)
                .on_press(Message::Term(Slug::of(&term.id)))
                .into()
        });
    let all: Vec<_> = texts.chain(terms).collect();
    (!all.is_empty()).then(|| book::part("À lire avec", Column::with_children(all).spacing(2)))
}
