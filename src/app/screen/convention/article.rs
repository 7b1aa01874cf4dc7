//! The head of a text that is open: its title, its languages, and what is done to it as a whole.

use iced::widget::{Row, column, container, row, text};
use iced::{Center, Element, Fill, Padding};

use super::{Convention, Message, Open, Part, definitions, plan, reading, sheet, view};
use crate::app::fonts::STRONG;
use crate::app::theme::Palette;
use crate::app::widget::{field, link, quiet, segmented, select};
use crate::model::{self, AnnexKind, Lang, roles};

/// What stands above a text for which there is so much room; the rest is one act away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tools {
    /// All of them.
    All,
    /// What its clause says.
    Note,
    /// Nothing.
    Asked,
}

impl Convention {
    /// The text that is open for writing, under those tools.
    pub(super) fn edited<'a>(
        &'a self,
        open: &'a Open,
        written: &'a model::Convention,
        shown: Tools,
        palette: Palette,
    ) -> Element<'a, Message> {
        let name = plan::name(written, open.part);
        let name = name.trim_start_matches("l’");
        let mut letters = name.chars();
        let name: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect();

        let mut head = row![
            text(name).size(18).font(STRONG),
            field(&open.title, "Titre", view::TITLE, palette, Message::Title).face(STRONG, 17.0),
        ]
        .spacing(10)
        .align_y(Center);
        let editor = open
            .editor
            .view(view::look_of(palette), palette)
            .map(Message::Editor);
        if shown != Tools::All {
            head = head.push(quiet("Outils", palette).on_press(Message::Tools));
        }
        let french = self.french_beside(written, palette);
        let measure = if french.is_some() { 2.0 } else { 1.0 } * reading::MEASURE + 60.0;
        let is_clause = matches!(open.part, Part::Article(_)) && self.language.is_french();
        let note = || is_clause.then(|| self.clause_note(palette));
        let tools = if shown == Tools::All || self.tools {
            let tools = column![self.tools(open.part, written, palette)].push(note());
            Some(tools.spacing(10))
        } else if shown == Tools::Note && is_clause && !self.is_translating() {
            Some(column![].push(note()))
        } else {
            // Whoever translates goes from one language to the other.
            let languages = || column![self.languages(open.part, written, palette)];
            self.is_translating().then(languages)
        };
        let bar = self.translation_bar(written, palette);
        let apart = if tools.is_some() || bar.is_some() {
            10.0
        } else {
            0.0
        };
        // What is above is one child, there or not, so that the text stays where it is and keeps its focus.
        let above = column(tools.map(Element::from))
            .push(bar)
            .spacing(10)
            .padding(Padding::ZERO.bottom(apart));
        let both = row![
            column(french.map(|french| container(french).width(Fill).into())),
            editor
        ];
        let page = column![head, column![above, both]].spacing(10);
        container(page.max_width(measure))
            .width(Fill)
            .height(Fill)
            .into()
    }

    /// Role, languages, order, copy, removal.
    fn tools<'a>(
        &'a self,
        part: Part,
        written: &'a model::Convention,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut tools = Row::new().spacing(4).align_y(Center);
        let rank = match part {
            Part::Article(id) => {
                let article = written.articles.iter().find(|it| it.id == id);
                let role = article.map(|it| &it.role);
                tools = tools.push(container(role_of(role, palette)).width(190));
                rank_in(written.articles.iter().map(|it| it.id), id)
            }
            Part::Annex(id) => {
                tools = tools.push(holding(AnnexKind::Text, palette));
                rank_in(written.annexes.iter().map(|it| it.id), id)
            }
            _ => None,
        };
        tools = tools.push(self.languages(part, written, palette));
        let more = Lang::COMPOSED
            .into_iter()
            .map(|(tag, name)| (Lang::new(tag), name.to_owned()))
            .filter(|(lang, _)| !written.languages.contains(lang));
        let add = select(
            more,
            None,
            "article.language",
            palette,
            Message::AddLanguage,
        )
        .empty("+ langue");
        tools = tools.push(container(add).width(110));

        let shift = |down, can: bool| can.then_some(Message::Shift { part, down });
        let (up, down) = rank.map_or((false, false), |(rank, last)| (rank > 0, rank < last));
        // Both on one line, wherever it is broken.
        tools = tools.push(row![
            quiet("↑", palette).on_press_maybe(shift(false, up)),
            quiet("↓", palette).on_press_maybe(shift(true, down)),
        ]);
        if matches!(part, Part::Article(_)) {
            tools = tools.push(quiet("Dupliquer", palette).on_press(Message::Duplicate(part)));
        }
        let define = Message::Definitions(definitions::Message::Open);
        tools
            .push(quiet("Définitions", palette).on_press(define))
            .push(quiet("Supprimer", palette).on_press(Message::Remove(part)))
            .wrap()
            .vertical_spacing(6)
            .into()
    }

    /// An annex that is no text: what it holds, and what can be done to it.
    pub(super) fn annex<'a>(
        &'a self,
        id: model::Id,
        written: &'a model::Convention,
        palette: Palette,
    ) -> Element<'a, Message> {
        let part = Part::Annex(id);
        let annex = written.annexes.iter().find(|it| it.id == id);
        let kind = annex.map_or(AnnexKind::Text, |it| it.kind);
        let words = match kind {
            AnnexKind::Budget => {
                "Le budget lié à la convention s’imprime ici, en tableau, tel qu’il est tenu dans les budgets."
            }
            AnnexKind::Piece => match annex.and_then(|annex| annex.piece.as_ref()) {
                Some(piece) => piece.title.as_str(),
                None => "Un fichier suivra ici. Aucun n’est encore joint.",
            },
            AnnexKind::Text => "",
        };
        let (up, down) = rank_in(written.annexes.iter().map(|it| it.id), id)
            .map_or((false, false), |(rank, last)| (rank > 0, rank < last));
        let shift = |down, can: bool| can.then_some(Message::Shift { part, down });
        let title = self.plan.iter().find(|entry| entry.part == part);
        let budget = written
            .budget
            .filter(|_| kind == AnnexKind::Budget)
            .map(|_| {
                let open = Message::Sheet(sheet::Message::OpenBudget);
                link("Ouvrir le budget", palette).on_press(open)
            });
        column![
            text(title.map_or("Annexe", |entry| entry.label.as_str()))
                .size(20)
                .font(STRONG),
            row![
                holding(kind, palette),
                quiet("↑", palette).on_press_maybe(shift(false, up)),
                quiet("↓", palette).on_press_maybe(shift(true, down)),
                quiet("Supprimer", palette).on_press(Message::Remove(part)),
            ]
            .spacing(4)
            .align_y(Center),
            text(words).size(15),
        ]
        .push(budget)
        .spacing(12)
        .into()
    }
}

/// What an annex holds.
fn holding<'a>(kind: AnnexKind, palette: Palette) -> Element<'a, Message> {
    let kinds = [
        (AnnexKind::Text, "Texte".to_owned()),
        (AnnexKind::Budget, "Budget".to_owned()),
        (AnnexKind::Piece, "Fichier".to_owned()),
    ];
    segmented(kinds, &kind, "annex.kind", palette, Message::AnnexKind)
}

fn role_of<'a>(role: Option<&Option<String>>, palette: Palette) -> Element<'a, Message> {
    let roles = std::iter::once((None, "Sans rôle".to_owned())).chain(
        roles::ALL
            .into_iter()
            .map(|(role, label)| (Some(role.to_owned()), label.to_owned())),
    );
    select(roles, role, "article.role", palette, Message::Role)
        .empty("Sans rôle")
        .into()
}

/// The rank of an item, and that of the last one.
fn rank_in(
    items: impl ExactSizeIterator<Item = model::Id>,
    id: model::Id,
) -> Option<(usize, usize)> {
    let last = items.len().checked_sub(1)?;
    let mut items = items;
    Some((items.position(|it| it == id)?, last))
}
