//! A definition is put in the annex of definitions of a convention, which is made where there is none.

use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::model::{
    Annex, AnnexKind, Change, Convention, Key, Lang, Record, Text, fold, quoted, text,
};

/// What the annex is called.
const TITLE: &str = "Définitions";

/// How cross-references name it.
const KEY: &str = "definitions";

/// Defines a term in the annex of that convention, and says so.
pub(in crate::app::screen) fn define<M>(
    convention: &Convention,
    name: &str,
    definition: &str,
    session: &Session,
) -> Vec<Action<M>> {
    let quoted_name = quoted(name);
    let Some(after) = with_definition(convention, name, definition, session) else {
        let words = format!("{quoted_name} est déjà défini dans cette annexe.");
        return vec![Action::Notify(Notice::calm(words))];
    };
    let label = format!("Définir {quoted_name} en annexe");
    let words = format!(
        "{quoted_name} est défini dans l’annexe {} de {}.",
        quoted(TITLE),
        convention.title
    );
    let before = std::sync::Arc::new(Record::Convention(convention.clone()));
    vec![
        Action::Edit(Change::replace(label, before, Record::Convention(after))),
        Action::Notify(Notice::calm(words)),
    ]
}

/// The convention with that definition in its annex; nothing when it is there already.
fn with_definition(
    convention: &Convention,
    name: &str,
    definition: &str,
    session: &Session,
) -> Option<Convention> {
    let french = Lang::new("fr");
    let paragraph = format!(
        "**{}**\u{a0}: {}",
        text::escape(name),
        text::escape(definition)
    );
    let begins = |paragraph: &String| fold(paragraph).starts_with(&fold(name));

    let mut after = convention.clone();
    let annex = match after
        .annexes
        .iter_mut()
        .find(|annex| annex.key.as_str() == KEY)
    {
        Some(annex) => annex,
        None => {
            let mut title = Text::new(french.clone(), Vec::new());
            TITLE.clone_into(&mut title.title);
            after.annexes.push(Annex {
                id: session.fresh_id(),
                key: Key::new(KEY),
                kind: AnnexKind::Text,
                texts: vec![title],
                piece: None,
            });
            after.annexes.last_mut()?
        }
    };

    let place = annex.texts.iter().position(|text| text.lang == french);
    let place = place.unwrap_or_else(|| {
        annex.texts.push(Text::new(french, Vec::new()));
        annex.texts.len() - 1
    });
    let written = &mut annex.texts.get_mut(place)?.paragraphs;
    if written.iter().any(begins) {
        return None;
    }
    written.retain(|paragraph| !paragraph.trim().is_empty());
    written.push(paragraph);
    Some(after)
}
