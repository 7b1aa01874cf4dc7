//! Parts that are read here and not edited: the sheet, parties, preamble, and texts once they are signed.

use iced::widget::{Column, column, container, row, text};
use iced::{Element, Fill};

use super::Message;
use crate::app::editor::Field;
use crate::app::fonts::{SERIF, STRONG};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::tag;
use crate::model::text::{Content, Marker, in_language, parse};
use crate::model::{Act, Convention, Lang, Text};

/// The widest that a line of text is pleasant to read, in pixels.
pub const MEASURE: f32 = 720.0;

/// What is known of a convention: kind, term, amount, acts.
pub fn sheet<'a>(
    convention: &'a Convention,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let mut facts = vec![
        ("Genre", convention.kind.label().to_owned()),
        ("Durée", french::term(convention.start, convention.end)),
    ];
    if let Some(effect) = convention.effect {
        facts.push(("Prise d’effet", french::day(effect)));
    }
    if let Some((amount, currency)) = session.commitment(convention) {
        let amount = french::amount(amount, &currency, session.reference());
        facts.push(("Notre engagement", amount));
    }
    if let Some(budget) = convention
        .budget
        .and_then(|id| session.records().budget(id))
    {
        facts.push(("Budget", budget.title.clone()));
    }
    if let Some(parent) = convention
        .parent
        .and_then(|id| session.records().convention(id))
    {
        facts.push(("Se rattache à", parent.title.clone()));
    }
    if convention.version > 0 {
        facts.push(("Version", convention.version.to_string()));
    }
    if let Some(taken) = &convention.taken_over {
        facts.push(("Objet", taken.object.clone()));
        for signatory in &taken.signatories {
            let function = signatory.function.as_deref().unwrap_or_default();
            let words = format!("{} {function}", signatory.name);
            facts.push(("Signataire", words.trim_end().to_owned()));
        }
    }
    if let Some(notes) = &convention.notes {
        facts.push(("Notes du service", notes.clone()));
    }
    let facts = facts.into_iter().map(|(label, value)| {
        row![
            text(label).size(15).color(palette.muted).width(160),
            text(value).size(15).width(Fill),
        ]
        .spacing(12)
        .into()
    });

    let mut page = column![
        text("Fiche").size(20).font(STRONG),
        card(Column::with_children(facts).spacing(8), palette),
    ]
    .spacing(12);
    if !convention.acts.is_empty() {
        let acts = convention
            .acts
            .iter()
            .map(|act| act_line(act, convention, session, palette));
        page = page
            .push(text("Vie de la convention").size(17).font(STRONG))
            .push(card(Column::with_children(acts).spacing(8), palette));
    }
    page.into()
}

fn act_line<'a>(
    act: &'a Act,
    convention: &'a Convention,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let date = match (act.date, act.due) {
        (Some(date), _) => french::day(date),
        (None, Some(due)) => format!("avant le {}", french::day(due)),
        (None, None) => "date à fixer".to_owned(),
    };
    let party = act.party.as_ref().and_then(|key| convention.party(key));
    let mut words = act.kind.label().to_owned();
    if let Some(party) = party {
        words = format!("{words} · {}", session.party_name(party));
    }
    if let Some(number) = &act.number {
        words = format!("{words} · n°\u{a0}{number}");
    }
    if let Some(note) = &act.note {
        words = format!("{words} · {note}");
    }
    let late = act.date.is_none() && act.due.is_some_and(|due| due < session.today());

    let mut line = row![
        text(date).size(15).color(palette.muted).width(160),
        text(words).size(15).width(Fill),
    ]
    .spacing(12);
    if late {
        line = line.push(tag("en retard", palette.wary, palette.wary_soft, palette));
    }
    line.into()
}

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
        let signatory = session.records().signatory_of(party).map_or_else(
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

fn serif<'a>(words: String) -> Element<'a, Message> {
    text(words).size(17).font(SERIF).line_height(1.5).into()
}

/// A paragraph as it reads: fields by their values, or by their labels between ‹ ›, marks left out.
fn read(paragraph: &str, fields: &[Field]) -> String {
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
