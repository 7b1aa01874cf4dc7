//! How the export looks: the first page at the left, what is asked at the right.

use iced::widget::{Column, Id, column, container, image, responsive, row, space, text};
use iced::{Center, Element, Fill, Size};

use super::{ANSWER, Export, Message, PATH, STATES, Step, copies, has_logo, languages};
use crate::app::fonts::STRONG;
use crate::app::outside::{Exported, typed_path};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{
    Tone, banner, button, checkbox, field, foot, pane, quiet, row_button, scroll, segmented,
    select, strong,
};
use crate::document::{Paper, State};
use crate::export::Reserve;
use crate::model::{Convention, Lang};

/// Below this width the first page is shown smaller.
const ROOMY: f32 = 840.0;
/// Below this one, not at all.
const TIGHT: f32 = 640.0;

/// The longest name that the button says, in letters.
const LONGEST_NAME: usize = 36;

impl Export {
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        responsive(move |size: Size| {
            let asked = scroll(
                container(self.asked(session, palette).max_width(680)).padding([18, 24]),
                "export.page",
                palette,
            );
            let asked = column![asked, foot(self.acts(session, palette), palette)];
            let page: Element<'_, Message> = if size.width < TIGHT {
                asked.into()
            } else {
                let part = if size.width < ROOMY { 0.66 } else { 1.0 };
                row![self.first_page(Self::ACROSS * part, palette), asked].into()
            };
            pane("export", page).into()
        })
        .into()
    }

    /// The first page as it will be, so wide, and how many there are.
    fn first_page(&self, across: f32, palette: Palette) -> Element<'_, Message> {
        let picture = match &self.page {
            Some(Ok(printed)) => printed.pictures.first(),
            _ => None,
        };
        let shown: Element<'_, Message> = match picture {
            Some((_, picture)) => container(
                image(picture.handle.clone())
                    .width(across)
                    .filter_method(image::FilterMethod::Linear),
            )
            .id(Id::new("export.first"))
            .padding(1)
            .style(move |_| palette.card())
            .into(),
            None => space().width(across).height(across * 1.414).into(),
        };
        let told = match &self.page {
            Some(Ok(printed)) => {
                let count = printed.pages.pages.len();
                format!("page 1 sur {count}")
            }
            Some(Err(fault)) => fault.clone(),
            None => "Composition…".to_owned(),
        };
        container(
            column![shown, text(told).size(14).color(palette.muted)]
                .spacing(10)
                .align_x(Center),
        )
        .padding([22, 20])
        .height(Fill)
        .style(move |_| palette.on(palette.raised))
        .into()
    }

    fn asked<'a>(&'a self, session: &'a Session, palette: Palette) -> Column<'a, Message> {
        let convention = session.records().convention(self.id);
        let title = convention.map_or("", |convention| convention.title.as_str());
        let mut page = column![
            text("Exporter le PDF").size(24).font(STRONG),
            text(title).size(16).color(palette.muted),
            heading("Pour"),
            self.states(palette),
        ]
        .spacing(10);
        if let Some(refusal) = self.refusal(session, palette) {
            page = page.push(refusal);
        }
        page = page.push(self.composed(convention, session, palette));

        let path = field(
            &self.path,
            "chemin du fichier PDF",
            PATH,
            palette,
            Message::Path,
        )
        .on_submit(Message::Write { replace: false });
        page = page.push(heading("Fichier")).push(
            row![path, button("Choisir…", palette).on_press(Message::Choose)]
                .spacing(8)
                .align_y(Center),
        );
        page = page.push(quiet("Exporter plutôt pour Word…", palette).on_press(Message::Word));
        page.push(quiet("Toutes les conventions…", palette).on_press(Message::All))
    }

    /// What is told, and what writes the file.
    fn acts<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let free = self.step != Step::Writing && self.blocking(session) == 0;
        let write = strong(
            format!("Exporter «\u{a0}{}\u{a0}»", self.file_name()),
            palette,
        )
        .on_press_maybe(free.then_some(Message::Write { replace: false }));
        let acts = row![write, quiet("Retour", palette).on_press(Message::Back)]
            .spacing(8)
            .align_y(Center);
        column(self.told(palette)).push(acts).spacing(8).into()
    }

    /// The four states, each with what it does to the document.
    fn states(&self, palette: Palette) -> Element<'_, Message> {
        let rows = STATES.map(|state| {
            let (name, explanation) = words(state);
            let chosen = state == self.composition.state;
            let sign = text(if chosen { "◉" } else { "○" }).size(15);
            let line = row![
                sign,
                text(name).size(15).font(STRONG).width(150),
                text(explanation).size(14).width(Fill),
            ]
            .spacing(8)
            .align_y(Center);
            row_button(line, chosen, palette)
                .padding([5, 10])
                .id(state_id(state))
                .on_press(Message::State(state))
                .into()
        });
        Column::with_children(rows).spacing(2).into()
    }

    /// Why it may not leave to be signed, with the way there.
    fn refusal<'a>(&self, session: &'a Session, palette: Palette) -> Option<Element<'a, Message>> {
        /// How many points are said.
        const SAID: usize = 3;

        let count = self.blocking(session);
        if count == 0 {
            return None;
        }
        let points = french::count(count, "point bloquant", "points bloquants");
        let findings = session.findings(self.id).iter();
        let said = findings
            .filter(|finding| finding.blocks())
            .take(SAID)
            .map(|finding| format!("▲ {}", finding.message));
        let said: Vec<String> = said.collect();
        let words = format!(
            "{points} empêchent la signature. Corrigez-les, ou écartez-les en disant pourquoi.\n{}",
            said.join("\n")
        );
        let words = if count == 1 {
            words.replace("empêchent", "empêche").replace("-les", "-le")
        } else {
            words
        };
        let see = button("Voir", palette).on_press(Message::Verify);
        Some(banner(Tone::Grave, words, [see], palette))
    }

    /// Languages, annexes, paper.
    fn composed<'a>(
        &'a self,
        convention: Option<&'a Convention>,
        session: &Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let composition = &self.composition;
        let mut page = Column::new().spacing(10);
        if let Some(convention) = convention.filter(|it| it.languages.len() > 1) {
            page = page.push(heading("Langues")).push(segmented(
                languages(&convention.languages, session),
                &composition.languages,
                "export.languages",
                palette,
                Message::Languages,
            ));
            let unread: Vec<&str> = convention
                .languages
                .iter()
                .filter(|lang| session.reference().labels(lang).is_to_confirm())
                .map(Lang::name)
                .collect();
            if !unread.is_empty() {
                let said = format!(
                    "◆ Ce que Passerelle écrit d’elle-même en {} («\u{202f}Entre\u{202f}», «\u{202f}Article\u{202f}», \
                     les dates…) est à confirmer par qui parle la langue.",
                    unread.join(", ")
                );
                page = page.push(text(said).size(14).color(palette.wary));
            }
        }
        let papers = [
            (Paper::A4, "A4".to_owned()),
            (Paper::Letter, "Letter (Amérique du Nord)".to_owned()),
        ];
        page = page.push(heading("Papier")).push(segmented(
            papers,
            &composition.paper,
            "export.paper",
            palette,
            Message::Paper,
        ));
        if let Some(convention) = convention.filter(|it| it.parties.len() > 1) {
            page = page
                .push(heading("Exemplaire"))
                .push(select(
                    copies(convention, session),
                    Some(&composition.copy_of),
                    "export.copy",
                    palette,
                    Message::Copy,
                ))
                .push(
                    text("Chaque partie est nommée la première dans le sien\u{a0}: c’est l’alternat.")
                        .size(14)
                        .color(palette.muted),
                );
        }

        page = page.push(heading("Avec"));
        if convention.is_some_and(|it| !it.annexes.is_empty()) {
            page = page.push(
                checkbox("les annexes", !composition.without_annexes, palette)
                    .on_press(Message::Annexes),
            );
        }
        if convention.is_some_and(|it| has_logo(it, session)) {
            page = page.push(
                checkbox("les logos des parties", self.logos, palette).on_press(Message::Logos),
            );
        }
        page.push(
            checkbox(
                "des lignes numérotées de cinq en cinq",
                composition.line_numbers,
                palette,
            )
            .on_press(Message::Lines),
        )
        .push(
            checkbox(
                "les données que le texte imprime, pour les programmes (PDF/A-3a)",
                self.data,
                palette,
            )
            .on_press(Message::Data),
        )
        .into()
    }

    fn file_name(&self) -> String {
        let path = typed_path(&self.path);
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let long = name.chars().count();
        if long <= LONGEST_NAME {
            return name;
        }
        // Its end says in which state it leaves.
        let end = name.rfind(" – ").and_then(|at| name.get(at..));
        let end = end.filter(|end| end.chars().count() < LONGEST_NAME - 4);
        let end = end.unwrap_or(".pdf");
        let start = LONGEST_NAME - 1 - end.chars().count();
        let start: String = name.chars().take(start).collect();
        format!("{}…{end}", start.trim_end_matches([' ', '–']))
    }

    fn told<'a>(&'a self, palette: Palette) -> Option<Element<'a, Message>> {
        match &self.step {
            Step::Asking => None,
            Step::Writing => Some(banner(Tone::Calm, "Composition du PDF…", [], palette)),
            Step::Exists => Some(banner(
                Tone::Wary,
                "Un fichier de ce nom existe déjà.",
                [button("Le remplacer", palette)
                    .id(ANSWER)
                    .on_press(Message::Write { replace: true })],
                palette,
            )),
            Step::Reserved(reserve, which) => {
                let (otherwise, accept) = match reserve {
                    Reserve::Boxes => (
                        "Remplacez-les, ou acceptez qu’un cadre tienne leur place.",
                        "Exporter avec les cadres",
                    ),
                    Reserve::Blanks => (
                        "Complétez le texte, ou acceptez qu’il le soit à la main.",
                        "Exporter avec les blancs",
                    ),
                };
                Some(banner(
                    Tone::Wary,
                    format!("{which} {otherwise}"),
                    [button(accept, palette)
                        .id(ANSWER)
                        .on_press(Message::Accept(*reserve))],
                    palette,
                ))
            }
            Step::Failed(fault) => Some(banner(Tone::Grave, fault, [], palette)),
            Step::Done(exported) => Some(banner(
                Tone::Calm,
                done(exported),
                [
                    button("Ouvrir", palette).id(ANSWER).on_press(Message::Open),
                    quiet("Ouvrir le dossier", palette).on_press(Message::OpenFolder),
                ],
                palette,
            )),
        }
    }
}

fn heading<'a>(words: &'a str) -> Element<'a, Message> {
    text(words).size(15).font(STRONG).into()
}

/// What was written, in two lines; what was masked, in a third.
fn done(exported: &Exported) -> String {
    let pages = french::count(exported.pages, "page", "pages");
    let size = french::count(exported.bytes.div_ceil(1000), "ko", "ko");
    let mut words = format!(
        "PDF écrit\u{a0}: {}\n{pages}, {size}, {} (déclarée par le fichier).",
        exported.path.display(),
        exported.standards
    );
    if !exported.masked.is_empty() {
        let masked = exported.masked.join(", ");
        words.push_str(&format!(
            "\nMasqué\u{a0}: {masked}. Relisez avant de mettre en ligne."
        ));
    }
    for remark in &exported.remarks {
        words.push_str(&format!("\n◆ {remark}"));
    }
    words
}

/// Where the keyboard chooses that state.
pub fn state_id(state: State) -> Id {
    Id::from(format!("export.state.{state:?}"))
}

/// What a state is called, and what it does to the document.
const fn words(state: State) -> (&'static str, &'static str) {
    match state {
        State::Working => (
            "Travailler",
            "PROJET en travers des pages, avec le numéro de version.",
        ),
        State::Vote => (
            "Soumettre au vote",
            "Annexe à la délibération\u{a0}: les blancs s’impriment en filets.",
        ),
        State::Signature => ("Signer", "Le texte voté, les blancs remplis."),
        State::Publication => ("Publier", "Les données personnelles sont masquées."),
    }
}
