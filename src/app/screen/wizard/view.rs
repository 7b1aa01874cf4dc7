//! The three steps, and beside them what the draft will hold.

use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, Id, Row, column, container, responsive, row, text};
use iced::{Center, Element, Fill, FillPortion};

use super::{Field, Message, Step, Wizard};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, columns, entry, labelled};
use crate::app::widget::{
    button, checkbox, footed, goes_down, pane, quiet, row_button, segmented, select, several,
    strong, tag,
};
use crate::model::{ConventionKind, Lang, Nature, OwnClause, sort_key};

/// Below this width the outline stands under the form.
const BESIDE: f32 = 820.0;

impl Step {
    /// Where the keyboard begins in it.
    pub(super) const fn first(self) -> &'static str {
        match self {
            Self::Kind => super::FIRST,
            Self::Parties => "wizard.parties",
            Self::About => "wizard.start",
        }
    }
}

impl Wizard {
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let page = responsive(move |size| {
            let steps = Step::ALL.map(|step| (step, step.label().to_owned()));
            let answers = match self.step {
                Step::Kind => self.kinds(palette),
                Step::Parties => self.parties(session, size.width, palette),
                Step::About => self.about(session, size.width, palette),
            };
            let form = column![
                segmented(steps, &self.step, "wizard.steps", palette, Message::Step),
                container(answers)
                    .padding(16)
                    .width(Fill)
                    .style(move |_| palette.card()),
            ]
            .spacing(14);
            let outline = self.outlined_view(palette);
            let both: Element<'a, Message> = if size.width < BESIDE {
                column![form, outline].spacing(20).into()
            } else {
                row![
                    container(form).width(FillPortion(3)),
                    container(outline).width(FillPortion(2)),
                ]
                .spacing(20)
                .into()
            };
            let content =
                column![text("Nouvelle convention").size(24).font(STRONG), both].spacing(14);
            let content = container(content.max_width(1080)).padding([18, 24]);
            footed(content, "wizard.page", self.acts(palette), palette)
        });
        pane("wizard", page).width(Fill).height(Fill).into()
    }

    fn acts<'a>(&'a self, palette: Palette) -> Element<'a, Message> {
        let mut acts = Row::new().spacing(8).align_y(Center);
        acts = match self.step.next() {
            Some(next) => acts
                .push(strong("Continuer", palette).on_press(Message::Step(next)))
                .push(button("Créer la convention", palette).on_press(Message::Make)),
            None => acts.push(strong("Créer la convention", palette).on_press(Message::Make)),
        };
        acts.push(quiet("Annuler", palette).on_press(Message::Close))
            .into()
    }

    fn kinds<'a>(&'a self, palette: Palette) -> Element<'a, Message> {
        let lines = ConventionKind::ALL
            .into_iter()
            .enumerate()
            .map(|(rank, kind)| {
                let chosen = kind == self.answers.brief.kind;
                let mark = if chosen { "●" } else { "○" };
                let line = row![
                    text(mark).size(14).color(palette.accent),
                    column![
                        text(kind.label()).size(15).font(STRONG),
                        text(said_of(kind)).size(14).color(palette.muted),
                    ],
                ]
                .spacing(10)
                .align_y(Center);
                row_button(line, chosen, palette)
                    .id(Id::from(format!("wizard.kind.{rank}")))
                    .on_press(Message::Kind(kind))
                    .focusable()
                    .in_list("wizard.kinds", chosen)
                    .on_key(move |key| match key {
                        // What is chosen is agreed to.
                        Key::Named(Named::Enter) if chosen => Some(Message::Step(Step::Parties)),
                        key => goes_down(key).map(|down| Message::Beside { rank, down }),
                    })
                    .into()
            });
        Column::with_children(lines).spacing(2).into()
    }

    fn parties<'a>(
        &'a self,
        session: &'a Session,
        width: f32,
        palette: Palette,
    ) -> Element<'a, Message> {
        let brief = &self.answers.brief;
        let mut cells = Vec::new();
        if brief.kind == ConventionKind::Amendment {
            let said = "Les parties sont celles de la convention modifiée.";
            cells.push(Cell::Wide(text(said).size(15).color(palette.muted).into()));
        } else {
            cells.push(Cell::Half(labelled(
                "Avec qui",
                self.partners(session, palette),
                palette,
            )));
            cells.push(Cell::Half(self.typed(
                "Ou un nouveau partenaire",
                Field::Newcomer,
                "wizard.newcomer",
                "Commune de Saint-Louis",
                palette,
            )));
        }
        let parent = match brief.kind {
            ConventionKind::Annual => "Convention-cadre exécutée",
            ConventionKind::Amendment => "Convention modifiée",
            _ => "Convention renouvelée ou prolongée, s’il y en a une",
        };
        let others = session
            .records()
            .conventions_sorted()
            .map(|convention| (Some(convention.id), convention.title.clone()));
        let others = std::iter::once((None, "Aucune".to_owned())).chain(others);
        let id = if brief.kind == ConventionKind::Amendment {
            Step::Parties.first()
        } else {
            "wizard.parent"
        };
        cells.push(Cell::Wide(labelled(
            parent,
            select(others, Some(&brief.parent), id, palette, Message::Parent),
            palette,
        )));
        columns(width, cells)
    }

    fn partners<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let chosen = &self.answers.brief.partners;
        let lines = chosen.iter().filter_map(|id| {
            let partner = session.records().partner(*id)?;
            let line = row![
                text(&partner.name.text).size(15).width(Fill),
                quiet("Retirer", palette).on_press(Message::Without(*id)),
            ]
            .align_y(Center);
            Some(line.into())
        });
        let others = session
            .records()
            .partners_sorted()
            .filter(|partner| !chosen.contains(&partner.id))
            .map(|partner| (partner.id, partner.name.text.clone()));
        let empty = if chosen.is_empty() {
            "Choisir un partenaire…"
        } else {
            "Un autre encore…"
        };
        Column::with_children(lines)
            .push(select(others, None, Step::Parties.first(), palette, Message::With).empty(empty))
            .spacing(4)
            .into()
    }

    fn about<'a>(
        &'a self,
        session: &'a Session,
        width: f32,
        palette: Palette,
    ) -> Element<'a, Message> {
        let brief = &self.answers.brief;
        let reference = session.reference();
        let mut cells = Vec::new();
        let has_term = brief.kind != ConventionKind::Twinning;
        if has_term {
            let day =
                |label, field, id| Cell::Half(self.typed(label, field, id, "JJ/MM/AAAA", palette));
            cells.push(day("Premier jour", Field::Start, Step::About.first()));
            cells.push(day("Dernier jour", Field::End, "wizard.end"));
        }
        if !brief.kind.is_charter() {
            cells.push(Cell::Wide(labelled(
                "Argent",
                self.money(session, palette),
                palette,
            )));
        }
        let others = Lang::COMPOSED.into_iter().filter(|(tag, _)| *tag != "fr");
        let languages = others.map(|(tag, label)| {
            let on = brief.languages.contains(&Lang::new(tag));
            (tag, label.to_owned(), on)
        });
        cells.push(Cell::Wide(labelled(
            "Langues, outre le français",
            several(languages, "wizard.languages", palette, Message::Language),
            palette,
        )));
        let themes = reference.themes().iter().map(|theme| {
            let on = brief.themes.contains(&theme.id);
            (theme.id.clone(), theme.label.clone(), on)
        });
        cells.push(Cell::Wide(labelled(
            "Thèmes",
            several(themes, "wizard.themes", palette, Message::Theme),
            palette,
        )));
        let mut own: Vec<&OwnClause> = session
            .records()
            .clauses()
            .filter(|clause| clause.suits(brief.kind))
            .collect();
        own.sort_by_cached_key(|clause| sort_key(&clause.title));
        if !own.is_empty() {
            let own = own.into_iter().map(|clause| {
                let on = brief.own_clauses.contains(&clause.id);
                (clause.id, clause.title.clone(), on)
            });
            cells.push(Cell::Wide(labelled(
                "Clauses du service",
                several(own, "wizard.clauses", palette, Message::OwnClause),
                palette,
            )));
        }
        cells.push(Cell::Wide(self.typed(
            "Titre, si celui qui est proposé ne convient pas",
            Field::Title,
            if has_term {
                "wizard.title"
            } else {
                Step::About.first()
            },
            &self.outline.title,
            palette,
        )));
        columns(width, cells)
    }

    fn money<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let brief = &self.answers.brief;
        let mut lines = Column::new().spacing(4).push(
            checkbox("La convention engage de l’argent", brief.money, palette)
                .id("wizard.money")
                .on_press(Message::Money),
        );
        if brief.money {
            lines = lines.push(
                checkbox(
                    "Des cofinanceurs qui ne signent pas sont attendus",
                    brief.cofunding,
                    palette,
                )
                .on_press(Message::Cofunding),
            );
            let is_association = |id: &crate::model::Id| {
                let partner = session.records().partner(*id);
                partner.is_some_and(|partner| partner.nature == Nature::Association)
            };
            if brief.partners.iter().any(is_association) {
                lines = lines.push(
                    checkbox(
                        "L’association reverse une part des fonds",
                        brief.passing_on,
                        palette,
                    )
                    .on_press(Message::PassingOn),
                );
            }
            let schemes = session
                .reference()
                .schemes()
                .iter()
                .filter(|scheme| scheme.per_thousand.is_some())
                .map(|scheme| {
                    let on = brief.schemes.contains(&scheme.id);
                    (scheme.id.clone(), scheme.label.clone(), on)
                });
            lines = lines.push(several(schemes, "wizard.schemes", palette, Message::Scheme));
            let ours = session
                .reference()
                .authority_kind(&session.records().authority().kind);
            let chosen = session.reference().schemes().iter();
            for scheme in chosen.filter(|scheme| brief.schemes.contains(&scheme.id)) {
                let caution = ours.and_then(|kind| scheme.caution(kind));
                let (said, color) = match (caution, &scheme.who) {
                    (Some(caution), _) => (format!("◆ {caution}"), palette.wary),
                    (None, Some(who)) => (
                        format!("{}, qui peut y recourir\u{a0}: {who}", scheme.label),
                        palette.muted,
                    ),
                    (None, None) => continue,
                };
                lines = lines.push(text(said).size(14).color(color));
            }
        }
        lines.into()
    }

    fn typed<'a>(
        &'a self,
        label: &'a str,
        field: Field,
        id: &'static str,
        example: &'a str,
        palette: Palette,
    ) -> Element<'a, Message> {
        entry(
            label,
            self.form.shown(field, field.say(&self.answers)),
            id,
            palette,
            move |typing| Message::Typed(field, typing),
        )
        .example(example)
        .on_submit(self.step.next().map_or(Message::Make, Message::Step))
        .into()
    }

    /// What the draft will hold.
    fn outlined_view<'a>(&'a self, palette: Palette) -> Element<'a, Message> {
        let outline = &self.outline;
        let mut said = Column::new().spacing(6);
        if let Some(wants) = &outline.wants {
            said = said
                .push(
                    text("Ce que contiendra la convention")
                        .size(17)
                        .font(STRONG),
                )
                .push(text(format!("◆ {wants}")).size(15).color(palette.wary));
        } else {
            said = said.push(text(&outline.title).size(17).font(STRONG));
            if outline.to_review {
                said = said.push(tag(
                    "modèle à relire",
                    palette.wary,
                    palette.wary_soft,
                    palette,
                ));
            }
            let articles = outline.articles.iter().enumerate().map(|(rank, title)| {
                let number = rank + 1;
                text(format!("{number}. {title}")).size(14).into()
            });
            said = said.push(Column::with_children(articles).spacing(3));
            for (rank, title) in outline.annexes.iter().enumerate() {
                let number = rank + 1;
                said = said.push(
                    text(format!("Annexe {number} – {title}"))
                        .size(14)
                        .color(palette.muted),
                );
            }
        }
        container(said)
            .padding(16)
            .width(Fill)
            .style(move |_| palette.card())
            .into()
    }
}

/// What a kind of convention is for.
const fn said_of(kind: ConventionKind) -> &'static str {
    match kind {
        ConventionKind::Cooperation => {
            "Des actions précises avec une autorité locale étrangère, et ce que chacun y met."
        }
        ConventionKind::Framework => {
            "Un cadre pour plusieurs années, dont des conventions annuelles arrêtent les actions."
        }
        ConventionKind::Annual => {
            "Les actions et les montants d’une année, selon une convention-cadre."
        }
        ConventionKind::Twinning => "Une charte solennelle d’une page, sans montant ni moyens.",
        ConventionKind::Friendship => "Une amitié déclarée, avant ou sans convention.",
        ConventionKind::Intent => "L’intention d’étudier une coopération, sans s’y engager.",
        ConventionKind::Grant => {
            "Une subvention à une association, pour un projet qui est le sien."
        }
        ConventionKind::TwinningCommittee => {
            "Ce que fait le comité de jumelage, et l’aide qu’il reçoit."
        }
        ConventionKind::Multiparty => {
            "Plusieurs collectivités, associations ou établissements ensemble."
        }
        ConventionKind::Amendment => "Ce qui change dans une convention signée.",
        ConventionKind::Emergency => "Une aide humanitaire unique, mise en œuvre par un organisme.",
    }
}
