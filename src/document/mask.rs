//! What is not published: a person's telephone, e-mail address and bank account, and the names of people who are known.
//!
//! Composing has left out who signs, and where; here the text itself is looked through, as somebody may have typed in
//! an article what the records know better. Words are found by their form or because a record says them: what is said
//! to be masked is what was, and no more is promised.

mod people;

use std::collections::BTreeMap;

use people::People;

use crate::model::{Lang, Records};
use crate::reference::Reference;

use super::{Around, Block, BlockKind, Document, Inline, List, Signature, Span, Target};

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Secret {
    /// The name of somebody who signs, or is a contact.
    Person,
    /// The place of a signature.
    Signature,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A bank account: an IBAN, or the older French RIB.
    Account,
}

/// How often a kind of personal data was masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Masked {
    /// Which.
    pub secret: Secret,
    /// How many times, over all languages.
    pub times: usize,
}

impl Masked {
    /// « 2 adresses électroniques ».
    #[must_use]
    pub fn told(self) -> String {
        let (one, many) = match self.secret {
            Secret::Person => ("nom de personne", "noms de personnes"),
            Secret::Signature => ("place de signature", "places de signature"),
            Secret::Phone => ("numéro de téléphone", "numéros de téléphone"),
            Secret::Email => ("adresse électronique", "adresses électroniques"),
            Secret::Account => ("compte bancaire", "comptes bancaires"),
        };
        let word = if self.times > 1 { many } else { one };
        format!("{}\u{a0}{word}", self.times)
    }
}

/// Masks what a document is not to publish, and has it say what was masked. `known` tells who people are.
pub(super) fn mask(document: &mut Document, known: &[&Records], reference: &Reference) {
    let people = People::of(known);
    let language = document.language.clone();
    let mut mask = Mask {
        people,
        reference,
        label: String::new(),
        times: BTreeMap::new(),
    };
    mask.speak(&language);

    // Said once in the text already, as often as not: running lines are masked and not counted.
    document.title = mask.plain(&document.title);
    mask.around(&mut document.around);
    mask.times.clear();
    for block in &mut document.blocks {
        mask.block(block, &language);
    }
    document.masked = mask
        .times
        .into_iter()
        .map(|(secret, times)| Masked { secret, times })
        .collect();
}

struct Mask<'a> {
    people: People,
    reference: &'a Reference,
    /// What stands in the place of what is masked.
    label: String,
    times: BTreeMap<Secret, usize>,
}

impl Mask<'_> {
    /// What stands in the place of what is masked is in that language from now on.
    fn speak(&mut self, language: &Lang) {
        let labels = self.reference.labels(language);
        self.label.clone_from(&labels.page.masked);
    }

    fn count(&mut self, secret: Secret) {
        *self.times.entry(secret).or_default() += 1;
    }

    fn around(&mut self, around: &mut Around) {
        let Around { header, footer, .. } = around;
        for text in [
            &mut header.left,
            &mut header.right,
            &mut footer.left,
            &mut footer.right,
        ] {
            *text = self.plain(text);
        }
    }

    /// Masks a block, in its own language or in the one around it.
    fn block(&mut self, block: &mut Block, around: &Lang) {
        let language = block.language.clone().unwrap_or_else(|| around.clone());
        self.speak(&language);
        match &mut block.kind {
            BlockKind::Title(text) | BlockKind::Subtitle(text) => self.line(text),
            BlockKind::Heading(heading) => self.line(&mut heading.text),
            BlockKind::Paragraph(paragraph) => self.line(&mut paragraph.text),
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => {
                self.line(&mut table.caption);
                let rows = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                for cell in table.head.iter_mut().chain(rows) {
                    self.line(cell);
                }
            }
            BlockKind::Figure(figure) => {
                self.line(&mut figure.caption);
                figure.alternative = self.plain(&figure.alternative);
            }
            BlockKind::Signatures(signatures) => {
                for signature in signatures {
                    self.signature(signature);
                }
            }
            BlockKind::Paired(pairs) => {
                for block in pairs
                    .iter_mut()
                    .flat_map(|(left, right)| left.iter_mut().chain(right))
                {
                    self.block(block, &language);
                }
            }
            BlockKind::Contents(contents) => contents.title = self.plain(&contents.title),
            BlockKind::PageBreak => {}
            BlockKind::Part(around) => {
                let counted = self.times.clone();
                self.around(around);
                self.times = counted;
            }
        }
    }

    fn list(&mut self, list: &mut List) {
        for item in &mut list.items {
            self.line(&mut item.text);
            if let Some(sublist) = &mut item.sublist {
                self.list(sublist);
            }
        }
    }

    fn signature(&mut self, signature: &mut Signature) {
        self.count(Secret::Signature);
        if signature.person.take().is_some() {
            self.count(Secret::Person);
        }
        self.line(&mut signature.party);
        self.line(&mut signature.place_and_date);
        signature.function = self.plain(&signature.function);
    }

    fn line(&mut self, inlines: &mut Vec<Inline>) {
        // Composing has masked who represents a party: it is said as the rest is.
        for inline in inlines.iter() {
            if matches!(inline, Inline::Span(span) if span.text.ends_with(&format!("({})", self.label)))
            {
                self.count(Secret::Person);
            }
        }
        let mut rest = inlines.as_mut_slice();
        while let Some(first) = rest.first_mut() {
            match first {
                Inline::Span(_) => {
                    let spans = rest
                        .iter()
                        .take_while(|it| matches!(it, Inline::Span(_)))
                        .count();
                    let (run, after) = rest.split_at_mut(spans);
                    self.spans(run);
                    rest = after;
                    continue;
                }
                Inline::Note(note) => self.line(note),
                Inline::Link { target, text } => {
                    self.line(text);
                    if let Target::Address(address) = target
                        && !self.people.secrets(address).is_empty()
                    {
                        *first = Inline::Span(Span {
                            text: super::text::inlines(text),
                            ..Span::default()
                        });
                    }
                }
                Inline::Blank { .. } | Inline::LineBreak => {}
            }
            rest = rest.split_first_mut().map_or(&mut [], |(_, after)| after);
        }
    }

    /// Masks what is written over neighbouring spans: a number of which one half is bold is a number.
    fn spans(&mut self, run: &mut [Inline]) {
        let whole: String = run
            .iter()
            .filter_map(|inline| match inline {
                Inline::Span(span) => Some(span.text.as_str()),
                _ => None,
            })
            .collect();
        let secrets = self.people.secrets(&whole);
        if secrets.is_empty() {
            return;
        }
        for (_, secret) in &secrets {
            self.count(*secret);
        }

        let mut start = 0;
        for inline in run {
            let Inline::Span(span) = inline else { continue };
            let end = start + span.text.len();
            let mut text = String::new();
            let mut from = start;
            for (range, _) in secrets
                .iter()
                .filter(|(it, _)| it.start < end && it.end > start)
            {
                text.push_str(whole.get(from..range.start.max(from)).unwrap_or_default());
                if range.start >= start {
                    text.push_str(&self.label);
                }
                from = range.end.min(end);
            }
            text.push_str(whole.get(from..end).unwrap_or_default());
            span.text = text;
            start = end;
        }
    }

    fn plain(&mut self, text: &str) -> String {
        let mut run = [Inline::from(text)];
        self.spans(&mut run);
        let [masked] = run;
        super::text::inlines(&[masked])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_over_two_spans_is_masked_once_and_a_link_to_it_leads_nowhere() {
        let mut mask = Mask {
            people: People::default(),
            reference: Reference::shipped(),
            label: "masqué".to_owned(),
            times: BTreeMap::new(),
        };
        let mut line = vec![
            Inline::from("Tél. 01 23 "),
            Inline::Span(Span {
                bold: true,
                ..Span::plain("45 67 89 à midi")
            }),
            Inline::LineBreak,
            Inline::Link {
                target: Target::Address("mailto:a@b.fr".to_owned()),
                text: vec![Inline::from("écrire")],
            },
        ];
        mask.line(&mut line);
        assert_eq!(
            super::super::text::inlines(&line),
            "Tél. masqué à midi écrire"
        );
        assert!(!line.iter().any(|it| matches!(it, Inline::Link { .. })));
        assert_eq!(mask.times[&Secret::Phone], 1);
        assert_eq!(
            Masked {
                secret: Secret::Phone,
                times: 2
            }
            .told(),
            "2\u{a0}numéros de téléphone"
        );
    }
}
