//! Which texts of law a convention cites: in its visas, by what they rest on, and wherever it writes their number.

use std::collections::BTreeSet;

use crate::model::{Convention, Text, text};
use crate::reference::Citations;

/// The entries of the reference that a convention cites, in any of its languages.
#[must_use]
pub fn cited_by<'a>(convention: &'a Convention, citations: &'a Citations) -> BTreeSet<&'a str> {
    let bases = convention
        .visas
        .iter()
        .filter_map(|visa| visa.basis.as_deref());
    let visas = convention.visas.iter().flat_map(|it| &it.texts);
    let recitals = convention.recitals.iter().flat_map(|it| &it.texts);
    let articles = convention.articles.iter().flat_map(|it| &it.texts);
    let annexes = convention.annexes.iter().flat_map(|it| &it.texts);
    let texts = visas.chain(recitals).chain(articles).chain(annexes);
    let object = convention
        .taken_over
        .as_ref()
        .map(|taken| taken.object.as_str());

    let mut cited: BTreeSet<&str> = bases.collect();
    for passage in texts.flat_map(passages).chain(object) {
        cited.extend(citations.cited(&text::plain(passage)));
    }
    cited
}

/// What a text says: its title, its paragraphs, its notes.
fn passages(text: &Text) -> impl Iterator<Item = &str> {
    let notes = text.notes.iter().map(|note| note.text.as_str());
    std::iter::once(text.title.as_str())
        .chain(text.paragraphs.iter().map(String::as_str))
        .chain(notes)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{World, text};
    use super::*;
    use crate::reference::Reference;

    #[test]
    fn a_text_is_cited_wherever_its_number_is_written() {
        let citations = Citations::of(Reference::shipped().legal_all());
        let mut world = World::saying("Selon la loi n° 2005-95 et l’article **L. 1115-2**[^1].");
        let cites = |world: &World, id: &str| cited_by(&world.convention, &citations).contains(id);
        assert!(cites(&world, "loi-2005-95-oudin-santini"));
        assert!(cites(&world, "cgct-l1115-2"));
        assert!(!cites(&world, "cgct-l1115-3"));

        world.convention.articles[0]
            .texts
            .push(text("pt", &["Artigo L. 1115-3."]));
        assert!(cites(&world, "cgct-l1115-3"));

        world.convention.articles.clear();
        assert!(!cites(&world, "cgct-l1115-2"));
        assert!(!cites(&world, "cgct-l1115-6"));
        world.visa(Some("cgct-l1115-6"), "le code");
        assert!(cites(&world, "cgct-l1115-6"), "by what its visas rest on");
    }
}
