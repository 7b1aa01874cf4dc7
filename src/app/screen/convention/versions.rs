//! « Versions »: the text as it was kept, with what changed from one to the next; one is compared, put back, named. A
//! signed text is rid of a misprint here, and nowhere else.

use iced::widget::{Column, Id, column, container, row, text};
use iced::{Center, Element, Fill};

use super::{Convention, Front, Message as Above};
use crate::app::fonts::STRONG;
use crate::app::outside::local;
use crate::app::route::Route;
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, Form, Heard, Typing, columns, entry};
use crate::app::widget::{Dialog, button, quiet, strong, tag};
use crate::document::compare;
use crate::model::{
    self, Change, Misprint, Records, Version, VersionReason, correct, keep, restore,
};

/// Where the keyboard types the name of a version.
pub const NAME: &str = "versions.name";

/// Where the keyboard types the words that are wrong.
pub const WRONG: &str = "misprint.wrong";

/// What happens to versions.
#[derive(Debug, Clone)]
pub enum Message {
    /// The text is to be kept under a name.
    Keep,
    /// The name is typed.
    Name(String),
    /// It is kept.
    Kept,
    /// A version is compared with what the text has become; the last one where none is said.
    Compare(Option<model::Id>),
    /// A version is put back.
    Restore(model::Id),
    /// A misprint of the signed text is to be corrected.
    Correct,
    /// Something is typed about it.
    Typed(Field, Typing),
    /// It is corrected.
    Corrected,
    /// Nothing is done.
    Close,
}

/// A field of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The words that are wrong.
    Wrong,
    /// Those that should stand there.
    Right,
    /// Why the error is a material one.
    Reason,
    /// Who answers for it.
    By,
}

/// A misprint being told.
#[derive(Debug)]
pub struct MisprintForm {
    misprint: Misprint,
    form: Form<Field>,
    fault: Option<String>,
}

/// What changed from one version to the next, told once: versions do not change.
#[derive(Debug, Default)]
pub struct Told {
    versions: Vec<(model::Id, String)>,
    /// Since the last of them.
    since: Option<String>,
}

impl Told {
    /// Tells what it has not told yet. `convention` is compared with itself, from the first version to today.
    pub fn follow(&mut self, convention: model::Id, session: &Session) {
        let records = session.records();
        let reference = session.reference();
        let versions = records.versions_of(convention);
        let known = |id| self.versions.iter().find(|(known, _)| *known == id);
        let told = versions.iter().enumerate().map(|(rank, version)| {
            if let Some(known) = known(version.id) {
                return known.clone();
            }
            let before = rank.checked_sub(1).and_then(|before| versions.get(before));
            let told = before.map_or_else(
                || "première version gardée".to_owned(),
                |before| {
                    let before = Records::from_snapshot(&before.records);
                    let after = Records::from_snapshot(&version.records);
                    compare(convention, &before, &after, reference).told()
                },
            );
            (version.id, told)
        });
        let told = told.collect();
        self.since = versions.last().map(|last| {
            let before = Records::from_snapshot(&last.records);
            compare(convention, &before, records, reference).told()
        });
        self.versions = told;
    }

    fn of(&self, version: model::Id) -> &str {
        let told = self.versions.iter().find(|(id, _)| *id == version);
        told.map_or("", |(_, told)| told)
    }
}

/// « Version 9 du 04/11/2026, soumise au service juridique »: what a version is called among the others.
#[must_use]
pub fn named(version: &Version, records: &Records) -> String {
    let versions = records.versions_of(version.convention);
    let rank = versions.iter().position(|it| it.id == version.id);
    format!(
        "Version {} · {} · {}",
        rank.unwrap_or(0) + 1,
        french::day(local(version.at).date()),
        version.told()
    )
}

impl Field {
    const fn label(self) -> &'static str {
        match self {
            Self::Wrong => "Mots erronés, tels que le texte signé les porte",
            Self::Right => "Mots justes",
            Self::Reason => "En quoi l’erreur est matérielle",
            Self::By => "Qui en répond, et à quel titre",
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Wrong => WRONG,
            Self::Right => "misprint.right",
            Self::Reason => "misprint.reason",
            Self::By => "misprint.by",
        }
    }

    const fn of(self, misprint: &mut Misprint) -> &mut String {
        match self {
            Self::Wrong => &mut misprint.wrong,
            Self::Right => &mut misprint.right,
            Self::Reason => &mut misprint.reason,
            Self::By => &mut misprint.by,
        }
    }
}

impl Convention {
    /// Reads what happens to versions.
    pub(super) fn update_versions(
        &mut self,
        message: Message,
        session: &Session,
    ) -> Vec<Action<Above>> {
        match message {
            Message::Keep => {
                self.front = Some(Front::Version(String::new()));
                vec![Action::Focus(Id::new(NAME))]
            }
            Message::Name(typed) => {
                if let Some(Front::Version(name)) = &mut self.front {
                    *name = typed;
                }
                Vec::new()
            }
            Message::Kept => self.keep_version(session),
            Message::Compare(version) => {
                let last = || session.records().versions_of(self.id).pop().map(|it| it.id);
                vec![Action::Go(Route::Compare(self.id, version.or_else(last)))]
            }
            Message::Restore(version) => {
                let at = session.at();
                let change = session.with_ids(|ids| restore(version, session.records(), ids, at));
                let Some(change) = change else {
                    return vec![Action::Notify(Notice::calm(
                        "Le texte est déjà celui de cette version.",
                    ))];
                };
                self.open = None;
                vec![
                    Action::Edit(change),
                    Action::Notify(
                        Notice::calm(
                            "Le texte de cette version est de retour\u{a0}; celui d’avant est gardé. Les fiches des \
                             partenaires et le budget restent ceux d’aujourd’hui.",
                        )
                        .undoable(),
                    ),
                ]
            }
            Message::Correct => {
                self.front = Some(Front::Misprint(Box::new(MisprintForm {
                    misprint: Misprint::default(),
                    form: Form::default(),
                    fault: None,
                })));
                vec![Action::Focus(Id::new(WRONG))]
            }
            Message::Typed(field, typing) => {
                if let Some(Front::Misprint(form)) = &mut self.front {
                    form.fault = None;
                    let heard = form.form.hear(
                        field,
                        typing,
                        &form.misprint,
                        |misprint| field.of(&mut misprint.clone()).clone(),
                        |misprint, raw| {
                            raw.clone_into(field.of(misprint));
                            Ok(())
                        },
                    );
                    if let Heard::Becomes(misprint) = heard {
                        form.misprint = misprint;
                    }
                }
                Vec::new()
            }
            Message::Corrected => self.correct_misprint(session),
            Message::Close => {
                self.front = None;
                Vec::new()
            }
        }
    }

    fn keep_version(&mut self, session: &Session) -> Vec<Action<Above>> {
        let Some(Front::Version(name)) = self.front.take() else {
            return Vec::new();
        };
        let name = Some(name.trim().to_owned()).filter(|it| !it.is_empty());
        let at = session.at();
        let kept = session.with_ids(|ids| {
            keep(
                self.id,
                VersionReason::Named,
                name,
                session.records(),
                ids,
                at,
            )
        });
        kept.map(|edit| {
            Action::Edit(Change {
                label: "Garder une version".to_owned(),
                coalescing: None,
                edits: vec![edit],
            })
        })
        .into_iter()
        .collect()
    }

    fn correct_misprint(&mut self, session: &Session) -> Vec<Action<Above>> {
        let Some(Front::Misprint(form)) = &mut self.front else {
            return Vec::new();
        };
        let at = session.at();
        let corrected =
            session.with_ids(|ids| correct(self.id, &form.misprint, session.records(), ids, at));
        match corrected {
            Err(why) => {
                form.fault = Some(why.to_string());
                vec![Action::Focus(Id::new(WRONG))]
            }
            Ok((change, places)) => {
                self.front = None;
                let places = french::count(places, "endroit", "endroits");
                vec![
                    Action::Edit(change),
                    Action::Notify(Notice::calm(format!(
                        "L’erreur est corrigée en {places}\u{a0}; le texte signé d’origine reste parmi les versions."
                    ))),
                ]
            }
        }
    }

    /// The versions, the latest first.
    pub(super) fn versions<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let versions = session.records().versions_of(self.id);
        let is_signed = session.sealed(self.id).is_some();
        let mut head = row![text("Versions").size(20).font(STRONG).width(Fill)]
            .spacing(8)
            .align_y(Center);
        if self.can_edit(session) {
            head = head.push(
                button("Garder une version…", palette).on_press(Above::Versions(Message::Keep)),
            );
        }
        if is_signed && !session.is_read_only() {
            head = head.push(
                button("Corriger une erreur matérielle…", palette)
                    .on_press(Above::Versions(Message::Correct)),
            );
        }

        let mut list = Column::new().spacing(10);
        if versions.is_empty() {
            list = list.push(
                text(
                    "Aucune version n’est gardée encore. Chaque export et chaque acte en garde une\u{a0}; vous pouvez en \
                     garder une à tout moment, sous un nom.",
                )
                .size(15)
                .color(palette.muted),
            );
        } else if !is_signed {
            let since = self.told.since.as_deref().unwrap_or_default();
            let line = column![
                text("Texte d’aujourd’hui").size(16).font(STRONG),
                text(format!("Depuis la dernière version\u{a0}: {since}"))
                    .size(15)
                    .color(palette.muted),
            ]
            .spacing(2)
            .width(Fill);
            let compare = button("Comparer…", palette)
                .id("versions.compare")
                .on_press(Above::Versions(Message::Compare(None)));
            let line = row![line, compare].spacing(12).align_y(Center);
            list = list.push(card(line.into(), palette));
        }
        for version in versions.into_iter().rev() {
            list = list.push(card(self.version(version, session, palette), palette));
        }
        column![head, list].spacing(12).into()
    }

    fn version<'a>(
        &'a self,
        version: &'a Version,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let at = local(version.at);
        let when = format!("{} à {}", french::day(at.date()), french::hour(at.time()));
        let mut first = row![text(version.told()).size(16).font(STRONG)]
            .spacing(8)
            .align_y(Center);
        if version.sealed {
            first = first.push(tag("signé", palette.good, palette.good_soft, palette));
        }
        let words = column![
            first,
            text(format!("{when} · {}", why(version.reason)))
                .size(14)
                .color(palette.muted),
            text(self.told.of(version.id)).size(15),
        ]
        .spacing(2)
        .width(Fill);
        let id = version.id;
        let mut line = row![
            words,
            quiet("Comparer…", palette).on_press(Above::Versions(Message::Compare(Some(id)))),
        ]
        .spacing(6)
        .align_y(Center);
        if self.can_edit(session) {
            let act = quiet("Restaurer", palette).on_press(Above::Versions(Message::Restore(id)));
            line = line.push(act);
        }
        line.into()
    }
}

/// The name of a version, in front of the page.
pub fn naming<'a>(name: &'a str, palette: Palette) -> Dialog<'a, Message> {
    let content = column![
        text("Le texte est gardé tel qu’il est\u{a0}; vous pourrez le comparer et le restaurer.")
            .size(15),
        crate::app::widget::field(
            name,
            "version soumise au bureau",
            NAME,
            palette,
            Message::Name
        )
        .label("Nom de la version")
        .on_submit(Message::Kept),
    ]
    .spacing(12);
    Dialog::new(
        "Garder une version",
        content,
        [
            strong("Garder la version", palette).on_press(Message::Kept),
            quiet("Annuler", palette).on_press(Message::Close),
        ],
        Message::Close,
        palette,
    )
}

impl MisprintForm {
    /// The form, in front of the page.
    pub fn dialog<'a>(&'a self, palette: Palette) -> Dialog<'a, Message> {
        let field = |field: Field| {
            let said = field.of(&mut self.misprint.clone()).clone();
            let entry = entry(
                field.label(),
                self.form.shown(field, said),
                field.id(),
                palette,
                move |typing| Message::Typed(field, typing),
            )
            .on_submit(Message::Corrected);
            Cell::Wide(entry.into())
        };
        let cells = [Field::Wrong, Field::Right, Field::Reason, Field::By].map(field);
        let mut content = column![
            text(
                "Pour une faute de plume qui ne change rien à ce qui est convenu\u{a0}; le reste demande un avenant. La \
                 correction, son motif et son auteur restent parmi les versions. Un nom mal écrit est corrigé aussi sur \
                 la fiche d’où il vient."
            )
            .size(15),
            columns(620.0, cells),
        ]
        .spacing(12);
        if let Some(fault) = &self.fault {
            content = content.push(text(format!("▲ {fault}")).size(15).color(palette.grave));
        }
        Dialog::new(
            "Corriger une erreur matérielle",
            content,
            [
                strong("Corriger le texte signé", palette).on_press(Message::Corrected),
                quiet("Annuler", palette).on_press(Message::Close),
            ],
            Message::Close,
            palette,
        )
    }
}

const fn why(reason: VersionReason) -> &'static str {
    match reason {
        VersionReason::Export => "à un export",
        VersionReason::Act => "à un acte",
        VersionReason::Named => "à la demande",
        VersionReason::Replaced => "d’office",
        VersionReason::Seal => "à la dernière signature",
        VersionReason::Correction => "erreur matérielle",
    }
}

fn card<'a>(content: Element<'a, Above>, palette: Palette) -> Element<'a, Above> {
    container(content)
        .padding([12, 16])
        .width(Fill)
        .style(move |_| palette.card())
        .into()
}
