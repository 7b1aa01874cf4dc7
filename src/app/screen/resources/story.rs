//! Where it comes from, why act, what others did: the brochure's opening, its reasons, its examples.

use iced::widget::{Column, column, row, text};
use iced::{Element, Fill, Top};

use super::{Message, Resources, card, note};
use crate::app::fonts::STRONG;
use crate::app::route::Topic;
use crate::app::screen::book;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{checkbox, link, tag};
use crate::document::at_home;
use crate::model::{Convention, fold, quoted};
use crate::reference::{Example, Origin, Reason, Way};

impl Resources {
    pub(super) fn origins<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Column<'a, Message> {
        let all = session.reference().origins();
        let dated = (all.iter().filter(|origin| origin.when.is_some())).map(|origin| {
            let moment = moment(origin, self.leads(origin, session, palette), palette);
            self.line(&origin.id, moment, palette)
        });
        let others = (all.iter().filter(|origin| origin.when.is_none())).map(|origin| {
            let content = column![
                text(&origin.title).size(17).font(STRONG),
                book::prose(&origin.text),
                self.leads(origin, session, palette),
            ];
            self.entry(&origin.id, content, palette)
        });
        column![
            card(Column::with_children(dated).spacing(14), palette),
            Column::with_children(others).spacing(14),
        ]
    }

    /// Where a passage leads: texts, terms, the grants of the workspace.
    fn leads<'a>(
        &'a self,
        origin: &'a Origin,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        let reference = session.reference();
        let texts = origin.texts.iter().filter_map(|id| {
            let known = reference.legal(id)?;
            let press = Message::Text(Slug::of(id));
            let words = format!("§ {}", known.reference);
            Some(link(words, palette).on_press(press).into())
        });
        let terms = origin.terms.iter().filter_map(|id| {
            let known = reference.term(id)?;
            let press = Message::Term(Slug::of(id));
            Some(link(known.term.as_str(), palette).on_press(press).into())
        });
        let known: Vec<_> = texts.chain(terms).collect();
        let known = (!known.is_empty()).then(|| book::flow(known));
        let grants = origin.way.map(|way| match way {
            Way::Grants => self.grants(session, palette),
        });
        (known.is_some() || grants.is_some())
            .then(|| column![].push(known).push(grants).spacing(6).into())
    }

    /// The grants of the workspace.
    fn grants<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        if self.grants.count() == 0 {
            return book::small("Cet espace n’a pas encore de subvention.", palette);
        }
        let grants = self.grants.view(session, palette).map(Message::Grants);
        column![
            text("Les subventions de cet espace")
                .size(15)
                .color(palette.muted),
            grants,
        ]
        .spacing(4)
        .into()
    }
}

/// A moment on the line of time.
fn moment<'a>(
    origin: &'a Origin,
    leads: Option<Element<'a, Message>>,
    palette: Palette,
) -> Element<'a, Message> {
    row![
        text("●").size(15).color(palette.accent),
        text(origin.when.as_deref().unwrap_or_default())
            .size(15)
            .font(STRONG)
            .width(130),
        column![
            text(&origin.title).size(16).font(STRONG),
            book::prose(&origin.text),
            leads,
        ]
        .spacing(4)
        .width(Fill),
    ]
    .spacing(12)
    .align_y(Top)
    .into()
}

impl Resources {
    pub(super) fn reasons<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Column<'a, Message> {
        let reasons = (1..)
            .zip(session.reference().reasons())
            .map(|(number, reason)| {
                let chosen = self.note.holds(&reason.id);
                let content = one_reason(number, reason, chosen, session, palette);
                self.entry(&reason.id, content, palette)
            });
        column![
            self.note.view(session, palette).map(Message::Note),
            Column::with_children(reasons).spacing(14),
        ]
    }
}

fn one_reason<'a>(
    number: usize,
    reason: &'a Reason,
    chosen: bool,
    session: &'a Session,
    palette: Palette,
) -> Column<'a, Message> {
    let example = session.reference().examples().get(&reason.example);
    let example = example.map(|example| {
        row![
            text("Exemple").size(15).color(palette.muted).width(90),
            link(
                format!("{} ({})", example.title, lower(&example.when)),
                palette
            )
            .on_press(Message::Entry(Topic::Examples, Slug::of(&example.id))),
        ]
        .align_y(iced::Center)
        .spacing(10)
    });
    let goals = reason.goals.iter().filter_map(|number| {
        let goal = session.reference().odd(*number)?;
        let words = format!("ODD\u{a0}{number} · {}", goal.label);
        Some(tag(words, palette.muted, palette.raised, palette))
    });

    let ours: Vec<_> = at_home(reason, session.records())
        .map(|it| of_ours(it, palette))
        .collect();
    let ours: Element<'_, Message> = if ours.is_empty() {
        book::small(
            "Aucune convention ne l’illustre encore\u{202f}: les thèmes d’une convention la feront paraître ici.",
            palette,
        )
    } else {
        Column::with_children(ours).spacing(2).into()
    };

    column![
        text(format!("{number}. {}", reason.title))
            .size(15)
            .color(palette.muted),
        text(quoted(reason.saying.trim_end_matches('.')))
            .size(19)
            .font(STRONG),
        book::prose(&reason.argument),
        example,
        row![
            text("Chez nous").size(15).color(palette.muted).width(90),
            ours
        ]
        .spacing(10),
        book::flow(goals),
        checkbox("Retenir pour la note d’opportunité", chosen, palette)
            .id(format!("reason.{}", reason.id))
            .on_press(Message::Note(note::Message::Choose(Slug::of(&reason.id)))),
    ]
}

fn of_ours(convention: &Convention, palette: Palette) -> Element<'_, Message> {
    link(convention.title.as_str(), palette)
        .on_press(Message::Convention(convention.id))
        .into()
}

/// « Dans les années 2000 » within a sentence.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

impl Resources {
    pub(super) fn examples<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Column<'a, Message> {
        let all = session.reference().examples().iter();
        Column::with_children(all.map(|example| {
            let content = one_example(example, session, palette);
            self.entry(&example.id, content, palette)
        }))
    }
}

fn one_example<'a>(
    example: &'a Example,
    session: &'a Session,
    palette: Palette,
) -> Column<'a, Message> {
    let reasons = (example.reasons.iter())
        .filter_map(|id| session.reference().reasons().get(id))
        .map(|reason| {
            link(reason.title.as_str(), palette)
                .on_press(Message::Entry(Topic::Reasons, Slug::of(&reason.id)))
                .into()
        });
    let country = example
        .country
        .as_deref()
        .and_then(|code| session.reference().country(code));
    let country = country.map(|country| country.name.text.as_str());
    let named = country.filter(|country| !fold(&example.title).contains(&fold(country)));

    column![
        row![
            text(&example.title).size(17).font(STRONG).width(Fill),
            tag(
                example.when.as_str(),
                palette.accent,
                palette.accent_soft,
                palette
            ),
        ]
        .spacing(10),
        named.map(|country| book::small(country, palette)),
        book::prose(&example.account),
        row![
            text("À retenir").size(15).color(palette.muted).width(90),
            text(&example.lesson).size(15).width(Fill),
        ]
        .spacing(10),
        row![
            text("Raison").size(15).color(palette.muted).width(90),
            Column::with_children(reasons).spacing(2),
        ]
        .spacing(10),
        book::small(
            format!(
                "{} Relu le {}.",
                example.since,
                french::day(example.checked)
            ),
            palette
        ),
    ]
}
