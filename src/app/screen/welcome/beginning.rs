//! The three questions of a new workspace: what the authority is, how it is called, who represents it. The rest is in
//! its settings; what is answered here is enough for a first convention to name its parties.

use std::path::{Path, PathBuf};

use iced::Element;
use iced::Fill;
use iced::widget::{Row, column, container, text};

use crate::app::fonts::STRONG;
use crate::app::outside::typed_path;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, Shown, Typing, columns, entry, labelled, pills};
use crate::app::widget::{quiet, segmented, select, strong};
use crate::model::{Authority, Gender, Id, Name, Signatory};
use crate::reference::{AuthorityKind, Reference};

/// Where the keyboard chooses what the authority is.
pub const KIND: &str = "beginning.kind";
/// Where it types its name.
pub const NAME: &str = "beginning.name";

/// Where it types the folder.
pub const FOLDER: &str = "beginning.folder";

/// The answers.
#[derive(Debug)]
pub struct Beginning {
    kind: Option<String>,
    name: String,
    executive: String,
    /// How who represents it is addressed, once it is known.
    gender: Option<Gender>,
    folder: String,
    /// Whether the name is wanted, and is not there.
    lacks_name: bool,
    /// Of who represents it.
    signatory: Id,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// What the authority is, a slug.
    Kind(String),
    /// How it is called.
    Name(Typing),
    /// Who represents it.
    Executive(Typing),
    /// That person's gender, with which the function agrees.
    Gender(Gender),
    /// The folder of the workspace.
    Folder(Typing),
    /// It is to be made.
    Create,
    /// No new workspace after all.
    Cancel,
}

/// What came of an answer.
#[derive(Debug)]
pub enum Outcome {
    /// There is more to answer.
    Going,
    /// An answer is wanted: where it is typed.
    Missing(&'static str),
    /// All is answered.
    Done {
        /// Where the workspace goes.
        folder: PathBuf,
        /// For whom.
        authority: Box<Authority>,
    },
}

impl Beginning {
    /// Nothing answered; the folder is suggested under `documents`, and who represents the authority has that identifier.
    #[must_use]
    pub fn new(documents: &Path, signatory: Id) -> Self {
        let folder = documents.join("Relations internationales");
        Self {
            kind: None,
            name: String::new(),
            executive: String::new(),
            gender: None,
            folder: folder.display().to_string(),
            lacks_name: false,
            signatory,
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message) -> Outcome {
        match message {
            Message::Kind(kind) => {
                let known = Reference::shipped().authority_kind(&kind);
                // « la Ville de Paris » is called only so.
                if let Some(single) = known.filter(|kind| kind.single) {
                    self.name.clone_from(&single.name.text);
                }
                self.kind = Some(kind);
            }
            Message::Name(Typing::Typed(name)) => (self.name, self.lacks_name) = (name, false),
            Message::Executive(Typing::Typed(name)) => {
                self.gender = Gender::told_by(&name).or(self.gender);
                self.executive = name;
            }
            Message::Folder(Typing::Typed(folder)) => self.folder = folder,
            Message::Gender(gender) => self.gender = Some(gender),
            Message::Create => return self.create(),
            Message::Name(Typing::Left)
            | Message::Executive(Typing::Left)
            | Message::Folder(Typing::Left)
            | Message::Cancel => {}
        }
        Outcome::Going
    }

    fn create(&mut self) -> Outcome {
        let name = self.name.trim();
        self.lacks_name = name.is_empty();
        if self.lacks_name {
            return Outcome::Missing(NAME);
        }
        Outcome::Done {
            folder: typed_path(&self.folder),
            authority: Box::new(Authority {
                name: Name::new(name),
                kind: self.kind.clone().unwrap_or_default(),
                signatories: self.signatory().into_iter().collect(),
                ..Authority::default()
            }),
        }
    }

    fn signatory(&self) -> Option<Signatory> {
        let name = Some(self.executive.trim()).filter(|name| !name.is_empty())?;
        Some(Signatory {
            id: self.signatory,
            name: name.to_owned(),
            function: self.function().unwrap_or_default().to_owned(),
            function_there: None,
            gender: self.gender,
            from: None,
            until: None,
            delegation: None,
        })
    }

    /// What who represents an authority of that kind is called.
    fn function(&self) -> Option<&'static str> {
        let gender = self.gender.unwrap_or(Gender::Masculine);
        Some(self.known()?.executive.of(gender))
    }

    fn known(&self) -> Option<&'static AuthorityKind> {
        Reference::shipped().authority_kind(self.kind.as_deref()?)
    }

    /// The questions; `fault` is why the folder could not be made, where it was tried.
    #[must_use]
    pub fn view<'a>(
        &'a self,
        fault: Option<&'a str>,
        width: f32,
        palette: Palette,
    ) -> Element<'a, super::Message> {
        let shown = |text, fault| Shown {
            text: std::borrow::Cow::Borrowed(text),
            fault,
        };
        let plain = |text| shown(text, None);
        let lacks_name = (self.lacks_name).then_some("Indiquez le nom de votre collectivité.");
        let kinds = Reference::shipped()
            .authority_kinds()
            .iter()
            .map(|kind| (kind.id.clone(), capitalized(&kind.name.text)));
        let kind = select(kinds, self.kind.as_ref(), KIND, palette, Message::Kind)
            .empty("Commune, communauté d’agglomération, département…");
        let title = segmented(
            [
                (Some(Gender::Feminine), "Madame".to_owned()),
                (Some(Gender::Masculine), "Monsieur".to_owned()),
            ],
            &self.gender,
            "beginning.gender",
            palette,
            |gender| Message::Gender(gender.unwrap_or(Gender::Feminine)),
        );
        let function = self.function().map(|function| {
            let words = text(function).size(14).color(palette.muted);
            Element::from(words)
        });
        let title = column![pills("Civilité", title, palette)]
            .push(function)
            .spacing(4);
        let cells = [
            Cell::Wide(labelled("1. Quelle est votre collectivité\u{a0}?", kind, palette)),
            Cell::Wide(
                entry(
                    "2. Comment s’appelle-t-elle\u{a0}?",
                    shown(&self.name, lacks_name),
                    NAME,
                    palette,
                    Message::Name,
                )
                    .example("Ville de Saint-Martin")
                    .hint("Son nom officiel, tel que les conventions l’impriment.")
                    .on_submit(Message::Create)
                    .into(),
            ),
            Cell::Half(
                entry(
                    "3. Qui la représente\u{a0}?",
                    plain(&self.executive),
                    "beginning.executive",
                    palette,
                    Message::Executive,
                )
                .example("Mme Claire Martin")
                .hint("Vous pourrez le dire plus tard, dans les réglages.")
                .on_submit(Message::Create)
                .into(),
            ),
            Cell::Half(title.into()),
            Cell::Wide(
                entry(
                    "Dossier à créer",
                    shown(&self.folder, fault),
                    FOLDER,
                    palette,
                    Message::Folder,
                )
                .example("chemin du dossier")
                .hint("Tout y est gardé, en fichiers que vous pouvez copier. Il doit être nouveau, ou vide.")
                .on_submit(Message::Create)
                .into(),
            ),
        ];
        let acts = [
            strong("Créer l’espace", palette).on_press(Message::Create),
            quiet("Annuler", palette).on_press(Message::Cancel),
        ];
        let card: Element<'_, Message> = container(
            column![
                text("Nouvel espace").size(18).font(STRONG),
                columns(width.min(780.0) - 80.0, cells),
                Row::with_children(acts.map(Element::from))
                    .spacing(8)
                    .align_y(iced::Center),
            ]
            .spacing(16),
        )
        .padding(18)
        .width(Fill)
        .style(move |_| palette.card())
        .into();
        card.map(|message| match message {
            Message::Cancel => super::Message::Cancel,
            message => super::Message::Beginning(message),
        })
    }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ids;

    #[test]
    fn the_answers_make_an_authority_that_can_sign() {
        let mut beginning = Beginning::new(Path::new("/documents"), Ids::counted(1).next_id());
        assert!(matches!(
            beginning.update(Message::Create),
            Outcome::Missing(NAME)
        ));
        let typed = |words: &str| Typing::Typed(words.to_owned());
        beginning.update(Message::Kind("commune".to_owned()));
        beginning.update(Message::Name(typed(" Ville de Clairac ")));
        beginning.update(Message::Executive(typed("M. Paul Roux")));
        assert_eq!(beginning.gender, Some(Gender::Masculine));

        let Outcome::Done { folder, authority } = beginning.update(Message::Create) else {
            panic!("il ne manque rien");
        };
        assert_eq!(folder, Path::new("/documents/Relations internationales"));
        assert_eq!(authority.name.text, "Ville de Clairac");
        assert_eq!(authority.kind, "commune");
        let signatory = &authority.signatories[0];
        assert_eq!(
            (signatory.name.as_str(), signatory.function.as_str()),
            ("M. Paul Roux", "maire")
        );
    }
}
