//! « Vu… » and « Considérant… »: added from the law or free, written in place, ordered, removed.

use iced::widget::{Column, Id, Row, column, container, row, text};
use iced::{Center, Element, Fill};

use super::begun::Begun;
use super::order::arrows;
use super::{Convention, Message as Above, Part, reading, view};
use crate::app::fonts::{SERIF, STRONG};
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{button, quiet, row_button, select};
use crate::drafting::visas;
use crate::model::{self, Lang, Recital, Text, Visa};
use crate::reference::{LegalKind, Status};

/// What happens to the preamble.
#[derive(Debug, Clone)]
pub enum Message {
    /// A visa more: of that text of law, or free.
    AddVisa(Option<String>),
    /// The visas that the contents call for, each at its place.
    Lacking,
    /// A recital more.
    AddRecital,
}

impl Convention {
    /// Reads what happens to the preamble.
    pub(super) fn update_preamble(
        &mut self,
        message: Message,
        session: &Session,
    ) -> Vec<Action<Above>> {
        let id = session.fresh_id();
        let words = |words: String| vec![Text::new(Lang::french(), vec![words])];
        match message {
            Message::AddVisa(Some(basis)) => {
                let legal = session.reference().legal(&basis);
                let cited = legal.map_or_else(String::new, |legal| as_cited(&legal.reference));
                let visa = Visa {
                    id,
                    basis: Some(basis),
                    texts: words(cited),
                };
                let mut actions =
                    self.edit(session, "Ajouter un visa", |after| after.visas.push(visa));
                self.show(Part::Visa(id), session);
                actions.push(Action::Focus(Id::new(view::EDITOR)));
                actions
            }
            Message::AddVisa(None) => {
                let texts = words(String::new());
                let basis = None;
                self.begin(Begun::Visa(Visa { id, basis, texts }), session)
            }
            Message::Lacking => {
                let lacking = session
                    .records()
                    .convention(self.id)
                    .map(|convention| {
                        let (records, reference) = (session.records(), session.reference());
                        session.with_ids(|ids| visas::lacking(convention, records, reference, ids))
                    })
                    .unwrap_or_default();
                let label = "Ajouter les visas que le contenu appelle";
                self.part = Part::Visas;
                self.edit(session, label, |after| {
                    for (place, visa) in lacking {
                        after.visas.insert(place.min(after.visas.len()), visa);
                    }
                })
            }
            Message::AddRecital => {
                let texts = words(String::new());
                self.begin(Begun::Recital(Recital { id, texts }), session)
            }
        }
    }

    /// Opens what is added, to be written.
    fn begin(&mut self, begun: Begun, session: &Session) -> Vec<Action<Above>> {
        self.language = Lang::french();
        let part = begun.part();
        self.begun = Some(begun);
        self.show(part, session);
        vec![Action::Rest, Action::Focus(Id::new(view::EDITOR))]
    }

    /// The French that the visa or recital translates.
    fn french_of<'a>(&'a self, texts: &'a [Text], palette: Palette) -> Option<Element<'a, Above>> {
        if !self.is_translating() {
            return None;
        }
        let words = reading::paragraphs(texts, &Lang::french(), &self.fields);
        Some(
            text(words)
                .size(16)
                .font(SERIF)
                .line_height(1.4)
                .color(palette.muted)
                .into(),
        )
    }

    /// The visas, to be changed; or the recitals.
    pub(super) fn preamble<'a>(
        &'a self,
        written: &'a model::Convention,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let narrow = width < NARROW;
        let visas = matches!(self.part, Part::Visas | Part::Visa(_));
        let (title, opening) = if visas {
            ("Visas", "Vu")
        } else {
            ("Considérants", "Considérant")
        };
        let mut items: Vec<(Part, &[Text])> = if visas {
            let visas = written.visas.iter();
            visas
                .map(|it| (Part::Visa(it.id), it.texts.as_slice()))
                .collect()
        } else {
            let recitals = written.recitals.iter();
            recitals
                .map(|it| (Part::Recital(it.id), it.texts.as_slice()))
                .collect()
        };

        let begun = self.begun.as_ref().filter(|it| it.part() == self.part);
        items.extend(begun.and_then(|it| Some((it.part(), it.texts(self.part)?))));

        let last = items.len().saturating_sub(1);
        let lines = items.into_iter().enumerate().map(|(rank, (part, texts))| {
            let line: Element<'_, Above> = match &self.open {
                Some(open) if open.part == part => container(column![
                    self.french_of(texts, palette),
                    beside_or_under(
                        narrow,
                        text(opening).size(17).font(SERIF),
                        open.editor
                            .whole(view::look_of(palette), palette)
                            .map(Above::Editor),
                    ),
                    self.translation_bar(written, palette),
                ])
                .into(),
                _ => {
                    let words = reading::paragraphs(texts, &self.language, &self.fields);
                    let words = text(format!("{opening} {words}"))
                        .size(17)
                        .font(SERIF)
                        .line_height(1.4)
                        .color(palette.ink);
                    row_button(words, false, palette)
                        .on_press(Above::Show(part))
                        .into()
                }
            };
            let shift = |down| Above::Shift { part, down };
            let arrows = part
                .item()
                .map(|id| arrows(id, (rank > 0, rank < last), shift, palette));
            let acts = row![
                row(arrows),
                quiet("Retirer", palette).on_press(Above::Remove(part)),
            ]
            .spacing(4)
            .align_y(Center);
            if narrow {
                let acts = container(acts).align_right(Fill);
                column![line, acts].into()
            } else {
                row![container(line).width(Fill), acts]
                    .spacing(4)
                    .align_y(Center)
                    .into()
            }
        });
        let mut add = Row::new().spacing(8).align_y(Center);
        let mut called_for = Column::new().spacing(4);
        if visas && !self.clause.lacking_visas.is_empty() {
            let lacking = &self.clause.lacking_visas;
            let words = lacking.iter().map(|said| {
                let said = reading::read(said, &self.fields);
                text(format!("◆ Vu {said}"))
                    .size(15)
                    .color(palette.wary)
                    .into()
            });
            let act = match lacking.len() {
                1 => "Ajouter ce visa à sa place",
                _ => "Ajouter ces visas à leur place",
            };
            called_for = called_for
                .push(text("Le contenu appelle encore\u{a0}:").size(15))
                .push(Column::with_children(words).spacing(2))
                .push(
                    button(act, palette)
                        .id(LACKING)
                        .on_press(Above::Preamble(Message::Lacking)),
                );
        }
        if visas {
            add = add
                .push(container(laws(written, session, palette)).width(360))
                .push(
                    quiet("+ Visa libre", palette)
                        .on_press(Above::Preamble(Message::AddVisa(None))),
                );
        } else {
            add = add.push(
                quiet("+ Ajouter un considérant", palette)
                    .on_press(Above::Preamble(Message::AddRecital)),
            );
        }
        let mut head = row![text(title).size(20).font(STRONG).width(Fill)].align_y(Center);
        if written.languages.len() > 1 {
            head = head.push(self.languages(self.part, written, palette));
        }
        column![
            head,
            called_for,
            Column::with_children(lines).spacing(6),
            add,
        ]
        .spacing(12)
        .into()
    }
}

/// Below this width what is done to a visa or a recital stands under its words, and its first word above the rest while
/// it is written: beside, they would leave the words half of the room.
const NARROW: f32 = 480.0;

fn beside_or_under<'a>(
    under: bool,
    opening: impl Into<Element<'a, Above>>,
    words: impl Into<Element<'a, Above>>,
) -> Element<'a, Above> {
    if under {
        column![opening.into(), words.into()].spacing(4).into()
    } else {
        row![opening.into(), words.into()].spacing(10).into()
    }
}

/// Where the keyboard adds the visas that the contents call for.
pub const LACKING: &str = "visas.lacking";

/// A field that opens on the texts in force that no visa cites yet.
fn laws<'a>(
    written: &'a model::Convention,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Above> {
    let cited = |id: &str| {
        written
            .visas
            .iter()
            .any(|it| it.basis.as_deref() == Some(id))
    };
    let laws = session
        .reference()
        .legal_all()
        .iter()
        .filter(|it| matches!(it.status, Status::InForce | Status::Amended))
        .filter(|it| {
            matches!(
                it.kind,
                LegalKind::CodeArticle | LegalKind::Law | LegalKind::Decree | LegalKind::Circular
            )
        })
        .filter(|it| !cited(&it.id))
        .map(|it| (it.id.clone(), format!("{} – {}", it.reference, it.title)));
    select(laws, None, "visas.add", palette, |id| {
        Above::Preamble(Message::AddVisa(Some(id)))
    })
    .empty("Citer un texte de loi…")
    .into()
}

/// A reference as a visa says it: « CGCT, art. L. 1115-1 » is « le code général des collectivités territoriales,
/// notamment son article L. 1115-1 ».
fn as_cited(reference: &str) -> String {
    let reference = reference.split(" (").next().unwrap_or(reference);
    let (text, articles) = match reference.split_once(", art.\u{a0}") {
        Some((text, articles)) => (text, Some(articles)),
        None => (reference, None),
    };
    let text = match text {
        "CGCT" => "le code général des collectivités territoriales".to_owned(),
        text => {
            let mut letters = text.chars();
            let first: String = letters
                .next()
                .into_iter()
                .flat_map(char::to_lowercase)
                .collect();
            let rest = letters.as_str();
            let article = match first.as_str() {
                "l" | "c" if rest.starts_with("oi") || rest.starts_with("irculaire") => "la ",
                "i" => "l’",
                "o" => "l’",
                _ => "le ",
            };
            format!("{article}{first}{rest}")
        }
    };
    match articles {
        None => text,
        Some(articles) if articles.contains([',', 'à']) || articles.contains(" et ") => {
            format!("{text}, notamment ses articles {articles}")
        }
        Some(articles) => format!("{text}, notamment son article {articles}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visa_cites_a_text_in_a_sentence() {
        assert_eq!(
            as_cited("CGCT, art.\u{a0}L.\u{a0}1115-1"),
            "le code général des collectivités territoriales, notamment son article L.\u{a0}1115-1"
        );
        assert_eq!(
            as_cited("CGCT, art.\u{a0}L.\u{a0}2131-1 et L.\u{a0}2131-2"),
            "le code général des collectivités territoriales, notamment ses articles L.\u{a0}2131-1 et L.\u{a0}2131-2"
        );
        assert_eq!(
            as_cited("Loi n°\u{a0}2005-95 du 9 février 2005"),
            "la loi n°\u{a0}2005-95 du 9 février 2005"
        );
        assert_eq!(
            as_cited("Décret n°\u{a0}2017-779 du 5 mai 2017"),
            "le décret n°\u{a0}2017-779 du 5 mai 2017"
        );
        assert_eq!(as_cited("Instruction M57"), "l’instruction M57");
    }
}
