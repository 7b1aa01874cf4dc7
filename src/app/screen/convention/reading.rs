//! Parts that are read here and not edited: parties, preamble, and texts once they are signed.

use iced::widget::{Column, column, container, text};
use iced::{Element, Fill};

use super::Message;
use crate::app::editor::Field;
use crate::app::fonts::{SERIF, STRONG};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::model::text::{Content, Marker, in_language, parse};
use crate::model::{Convention, Lang, Text};

/// The widest that a line of text is pleasant to read, in pixels.
pub const MEASURE: f32 = 720.0;

/// Who is bound, and who signs.
pub fn parties<'a>(
    convention: &'a Convention,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let cards = convention.parties.iter().map(|party| {
        let partner = party.partner.and_then(|id| session.records().partner(id));
        let name = match (party.partner, partner) {
            (None, _) => &session.records().authority().name.text,
            (Some(_), Some(partner)) => &partner.name.text,
            (Some(_), None) => "Partenaire introuvable",
        };
        let country = partner
            .and_then(|partner| partner.country.as_deref())
            .and_then(|code| session.reference().country(code))
            .map(|country| country.name.text.as_str());
        let mut lines = column![text(name).size(16).font(STRONG)].spacing(4);
        if let Some(country) = country {
            lines = lines.push(text(country).size(15).color(palette.muted));
        }
        if let Some(capacity) = &party.capacity {
            lines = lines.push(text(capacity).size(15));
        }
        let signatory = session.signatory_of(convention, party).map_or_else(
            || "Signataire à désigner".to_owned(),
            |it| format!("Signataire\u{a0}: {}, {}", it.name, it.function),
        );
        card(lines.push(text(signatory).size(15)), palette)
    });
    column![
        text("Parties").size(20).font(STRONG),
        Column::with_children(cards).spacing(10),
    ]
    .spacing(12)
    .into()
}

/// The visas, or the recitals: « Vu … », « Considérant … ».
pub fn preamble<'a>(
    title: &'a str,
    opening: &'a str,
    texts: impl Iterator<Item = &'a [Text]>,
    fields: &[Field],
    palette: Palette,
) -> Element<'a, Message> {
    let mut page = column![text(title).size(20).font(STRONG)].spacing(12);
    let mut any = false;
    for texts in texts {
        let words = in_language(texts, &Lang::french()).or_else(|| texts.first());
        for paragraph in words.into_iter().flat_map(|text| &text.paragraphs) {
            any = true;
            page = page.push(serif(format!("{opening} {}", read(paragraph, fields))));
        }
    }
    if !any {
        page = page.push(text("Rien n’est écrit ici.").size(15).color(palette.muted));
    }
    card(page, palette)
}

/// A text that is not edited: signed, taken over, or somebody else's for now.
pub fn text_of<'a>(
    title: String,
    texts: &[Text],
    fields: &[Field],
    lang: &Lang,
    palette: Palette,
) -> Element<'a, Message> {
    let words = in_language(texts, lang).or_else(|| texts.first());
    let mut page = column![text(title).size(20).font(STRONG)].spacing(12);
    for paragraph in words.into_iter().flat_map(|text| &text.paragraphs) {
        page = page.push(serif(read(paragraph, fields)));
    }
    card(page, palette)
}

/// The paragraphs of a text that reads in one go.
pub fn paragraphs(texts: &[Text], lang: &Lang, fields: &[Field]) -> String {
    let words = in_language(texts, lang).or_else(|| texts.first());
    let paragraphs = words.into_iter().flat_map(|text| &text.paragraphs);
    let read: Vec<String> = paragraphs.map(|it| read(it, fields)).collect();
    read.join(" ")
}

fn serif<'a>(words: String) -> Element<'a, Message> {
    text(words).size(17).font(SERIF).line_height(1.5).into()
}

/// A paragraph as it reads: fields by their values, or by their labels between ‹ ›, marks left out.
pub fn read(paragraph: &str, fields: &[Field]) -> String {
    let parsed = parse(paragraph);
    let mut words = match parsed.marker {
        Marker::None => String::new(),
        Marker::Dash(depth) => format!("{}– ", "    ".repeat(depth)),
        Marker::Number(depth, number) => format!("{}{number}. ", "    ".repeat(depth)),
    };
    for leaf in parsed.leaves {
        match leaf.content {
            Content::Words(text) => words.push_str(&text),
            Content::Field(name) => {
                let field = fields.iter().find(|field| field.name == name);
                match field.and_then(|field| field.value.as_deref()) {
                    Some(value) => words.push_str(value),
                    None => {
                        let label = field.map_or(name.as_str(), |field| &field.label);
                        words.push_str(&format!("‹\u{a0}{label}\u{a0}›"));
                    }
                }
            }
            Content::Note(_) => {}
            Content::Blank(length) => words.push_str(&"_".repeat(length.min(40))),
        }
    }
    words
}

fn card<'a>(content: impl Into<Element<'a, Message>>, palette: Palette) -> Element<'a, Message> {
    container(content)
        .padding(18)
        .width(Fill)
        .style(move |_| palette.card())
        .into()
}
