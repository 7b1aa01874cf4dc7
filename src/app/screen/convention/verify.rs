//! « À vérifier »: every finding of a convention, those that somebody answers for apart, each with what can be done.

use iced::widget::{Column, Id, Row, column, container, row, text};
use iced::{Center, Element, Fill};

use super::walk::elsewhere;
use super::{Convention, Message as Above, acts, aside, preamble};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{link, mark, quiet, row_button, segmented};
use crate::check::{Finding, Severity, UNREAD};
use crate::model::{ActKind, Party};

/// The rule of the visas that the contents call for.
const VISAS: &str = "visas";

/// The rule of the authorisation that a partner's own law wants.
const SUPERVISION: &str = "tutelle";

/// Which findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kept {
    /// Those that nobody answers for.
    #[default]
    Open,
    /// Those of that severity.
    Of(Severity),
    /// Those that somebody answers for.
    Aside,
}

impl Kept {
    fn holds(self, finding: &Finding) -> bool {
        match self {
            Self::Open => finding.set_aside.is_none(),
            Self::Of(severity) => finding.set_aside.is_none() && finding.severity == severity,
            Self::Aside => finding.set_aside.is_some(),
        }
    }

    fn label(self, count: usize) -> String {
        match self {
            Self::Open if count > 1 => format!("{count}\u{a0}points"),
            Self::Open => format!("{count}\u{a0}point"),
            Self::Of(severity) => {
                let many = count > 1 && severity != Severity::Warning;
                let plural = if many { "s" } else { "" };
                format!(
                    "{} {count}\u{a0}{}{plural}",
                    severity.mark(),
                    severity.label()
                )
            }
            Self::Aside if count > 1 => format!("{count}\u{a0}écartés"),
            Self::Aside => format!("{count}\u{a0}écarté"),
        }
    }
}

impl Convention {
    /// The panel.
    pub(super) fn to_verify<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let findings = session.findings(self.id);
        let filters = [
            Kept::Open,
            Kept::Of(Severity::Blocking),
            Kept::Of(Severity::Warning),
            Kept::Of(Severity::Advice),
            Kept::Aside,
        ]
        .into_iter()
        .filter_map(|kept| {
            let count = findings.iter().filter(|it| kept.holds(it)).count();
            let is_offered = count > 0 || kept == Kept::Open || kept == self.kept;
            is_offered.then(|| (kept, kept.label(count)))
        });
        let filters = segmented(filters, &self.kept, "verify.filter", palette, Above::Kept);

        let shown: Vec<_> = findings
            .iter()
            .filter(|it| self.kept.holds(it))
            .map(|finding| self.point(finding, session, palette))
            .collect();
        let list: Element<'_, Above> = if shown.is_empty() {
            let words = match self.kept {
                Kept::Aside => "Aucun point n’est écarté.",
                _ => "● Rien à vérifier ici.",
            };
            text(words).size(15).color(palette.muted).into()
        } else {
            Column::with_children(shown).spacing(10).into()
        };
        let head = row![
            text("À vérifier").size(20).font(STRONG).width(Fill),
            quiet("Textes applicables", palette).on_press(Above::Applicable),
            crate::app::widget::button("Fiche de vérification…", palette).on_press(Above::Checks),
        ]
        .align_y(Center);
        column![head, filters, list].spacing(12).into()
    }

    fn point<'a>(
        &'a self,
        finding: &'a Finding,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let words = row![
            mark(Some(finding.severity), palette),
            text(&finding.message)
                .size(15)
                .color(palette.ink)
                .width(Fill),
        ]
        .spacing(6);
        let mut lines = column![
            row_button(words, false, palette)
                .padding([2, 6])
                .id(point_id(&finding.message))
                .on_press(Above::GoTo(Box::new(finding.clone())))
        ]
        .spacing(4);

        if let Some(basis) = basis(finding, session, palette) {
            lines = lines.push(container(basis).padding([0, 24]));
        }
        if let Some(answer) = answered(finding) {
            lines =
                lines.push(container(text(answer).size(14).color(palette.muted)).padding([0, 30]));
        }
        if !session.is_read_only() {
            let acts = self.what_to_do(finding, session, palette);
            lines = lines.push(container(acts).padding([0, 24]));
        }
        container(lines)
            .padding([8, 8])
            .width(Fill)
            .style(move |_| palette.card())
            .into()
    }

    /// « Corriger », « Écarter… », « Ne plus écarter »: what can be done about a finding.
    pub(super) fn what_to_do<'a>(
        &self,
        finding: &'a Finding,
        session: &Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let mut acts = Row::new().spacing(6).align_y(Center);
        if session.is_read_only() {
            return acts.into();
        }
        if let Some(answer) = &finding.set_aside {
            return acts
                .push(
                    quiet("Ne plus écarter", palette)
                        .on_press(Above::Aside(aside::Message::TakeBack(answer.id))),
                )
                .into();
        }
        if let Some(fix) = finding.fix.as_ref().filter(|_| self.can_edit(session)) {
            acts = acts.push(
                crate::app::widget::button(fix.label(), palette)
                    .on_press(Above::Fix(Box::new(finding.clone()))),
            );
        }
        if finding.rule == VISAS
            && finding.fix.is_none()
            && self.can_edit(session)
            && !self.clause.lacking_visas.is_empty()
        {
            let words = match self.clause.lacking_visas.len() {
                1 => "Ajouter ce visa",
                _ => "Ajouter les visas",
            };
            acts = acts.push(
                crate::app::widget::button(words, palette)
                    .on_press(Above::Preamble(preamble::Message::Lacking)),
            );
        }
        if finding.rule == SUPERVISION {
            let whose = session.records().convention(self.id);
            let whose = whose.and_then(|convention| {
                let party = |it: &&Party| Some(it.id) == finding.place.item;
                convention.parties.iter().find(party)
            });
            let record = acts::Message::Record(
                ActKind::SupervisionAuthorisation,
                whose.map(|party| party.key.clone()),
            );
            acts = acts.push(
                crate::app::widget::button("Noter l’autorisation…", palette)
                    .on_press(Above::Acts(record)),
            );
        }
        let there = elsewhere(&finding.place, self.id).map(|(_, words)| words);
        let there = match finding.rule {
            UNREAD => Some("Fichiers à voir"),
            _ => there,
        };
        if let Some(words) = there {
            acts =
                acts.push(quiet(words, palette).on_press(Above::GoTo(Box::new(finding.clone()))));
        }
        if finding.can_be_set_aside {
            let open = aside::Message::Open(Box::new(finding.clone()));
            acts = acts.push(quiet("Écarter…", palette).on_press(Above::Aside(open)));
        }
        acts.into()
    }
}

/// Where the keyboard finds a point.
pub(super) fn point_id(said: &str) -> Id {
    Id::from(format!("verify.point.{said}"))
}

/// « § CGCT, art. L. 1115-1 »: what a finding rests on, and the way there.
pub(super) fn basis<'a>(
    finding: &Finding,
    session: &'a Session,
    palette: Palette,
) -> Option<Element<'a, Above>> {
    let texts = finding.basis.iter();
    let mut links = texts
        .filter_map(|id| session.reference().legal(id))
        .map(|text| {
            link(format!("§ {}", text.reference), palette)
                .padding([0, 6])
                .on_press(Above::Text(Slug::of(&text.id)))
                .into()
        })
        .peekable();
    links.peek()?;
    Some(Row::with_children(links).spacing(6).wrap().into())
}

/// « écarté le 12/01/2027 par Mme Pons, directrice juridique : … »; or who had answered before it came back.
fn answered(finding: &Finding) -> Option<String> {
    let (said, answer) = match (&finding.set_aside, &finding.was_set_aside) {
        (Some(answer), _) => ("Écarté", answer),
        (None, Some(answer)) => ("Revenu, car les faits ont changé\u{a0}; écarté", answer),
        (None, None) => return None,
    };
    Some(format!(
        "{said} le {} par {}, {}\u{a0}: {}",
        french::day(answer.date),
        answer.by,
        answer.function,
        answer.reason
    ))
}
