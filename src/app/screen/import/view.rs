//! The page around its steps: where one is, what goes on, what can be done.

use crate::model::quoted;
use iced::widget::{column, container, progress_bar, responsive, row, text};
use iced::{Center, Element, Fill};

use super::table::Table;
use super::{Import, Message, PATH, STAY, Step, columns};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Tone, banner, button, field, pane, scroll, strong, words};
use crate::exchange::import::Kind;

impl Import {
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let body: Element<'a, Message> = match (self.step, &self.table) {
            (Step::Asking, _) | (_, None) => self.asking(session, palette),
            (Step::Reading, Some(_)) => self.read_so_far(palette),
            (Step::Understood, Some(table)) => scroll(
                container(self.understood(table, session, palette)).padding([16, 24]),
                "import.page",
                palette,
            )
            .into(),
            (Step::Rows, Some(table)) if table.plan.is_none() => self.examined("Examen", palette),
            (Step::Making, Some(_)) => self.examined("Sauvegarde, puis import", palette),
            (Step::Rows, Some(table)) => {
                let rows = responsive(move |size| self.planned(table, size.width, palette));
                container(rows).padding([14, 24]).into()
            }
        };
        let mut page = column![self.head(palette)].height(Fill);
        if let (Some(_), Some(table)) = (self.leaving, &self.table) {
            page = page.push(container(asked_to_leave(table, palette)).padding([10, 24]));
        }
        pane("import", page.push(body)).into()
    }

    /// « Budgets / Importer « mandats 2026.csv » », and the acts of the step.
    fn head(&self, palette: Palette) -> Element<'_, Message> {
        let name = self
            .table
            .as_ref()
            .filter(|_| self.step != Step::Asking)
            .map(|table| table.taken.name.as_str());
        let title = match name {
            Some(name) => format!("Importer {}", quoted(name)),
            None => "Importer un tableau".to_owned(),
        };
        let mut line = row![
            text(match self.kind {
                Kind::Partners => "Partenaires /",
                Kind::Conventions => "Conventions /",
                Kind::Budget | Kind::Done => "Budgets /",
            })
            .size(15)
            .color(palette.muted),
            words(title).size(19.0).font(STRONG).lines(2).width(Fill),
        ]
        .spacing(8)
        .align_y(Center);
        line = line.push(
            button("Annuler", palette)
                .id("import.cancel")
                .on_press(Message::Close),
        );
        match (self.step, &self.table) {
            (Step::Understood, Some(table)) => {
                let understood = table
                    .taken
                    .columns()
                    .iter()
                    .any(|column| column.field.is_some());
                line = line.push(
                    strong("Voir les lignes", palette)
                        .id(columns::NEXT)
                        .on_press_maybe(understood.then_some(Message::Show)),
                );
            }
            (Step::Rows, Some(table)) if table.plan.is_some() => {
                let made = table.counts.created + table.counts.changed;
                let count = made + table.counts.newly_kept;
                let lines = french::count(made, "ligne", "lignes");
                let words = match (made, count) {
                    (_, 0) => "Rien à importer".to_owned(),
                    (0, kept) => {
                        let lines = french::count(kept, "ligne", "lignes");
                        format!("Garder {lines} à rapprocher")
                    }
                    _ if table.taken.waits => format!("Rapprocher {lines}"),
                    _ => format!("Importer {lines}"),
                };
                line = line.push(
                    strong(words, palette)
                        .id(super::GO)
                        .on_press_maybe((count > 0 && !table.waits).then_some(Message::Make)),
                );
            }
            _ => {}
        }
        container(line)
            .padding([12, 24])
            .width(Fill)
            .style(move |_| palette.on(palette.surface))
            .into()
    }

    fn asking<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        if self.step == Step::Reading {
            return self.read_so_far(palette);
        }
        let mut page = column![
            text("Ce que contient le tableau").size(15).font(STRONG),
            self.kinds(palette),
            text(about(self.kind)).size(15).color(palette.muted),
            text("Fichier").size(15).font(STRONG),
            row![
                field(
                    &self.path,
                    "chemin du tableau",
                    PATH,
                    palette,
                    Message::Path
                )
                .on_submit(Message::Read),
                button("Parcourir…", palette).on_press(Message::Browse),
            ]
            .spacing(8),
            text(
                "CSV, TSV, XLSX, XLS ou ODS\u{a0}; les titres peuvent être en français ou en \
                 anglais. Rien n’est écrit avant que vous l’ayez vu."
            )
            .size(14)
            .color(palette.muted),
            strong("Lire ce tableau", palette).on_press(Message::Read),
        ]
        .spacing(10);
        if self.kind == Kind::Done {
            let waiting = session.records().postings().filter(|it| !it.set_aside);
            let count = waiting.count();
            if count > 0 {
                let words = format!(
                    "{} de ligne de budget.",
                    french::count(
                        count,
                        "réalisation n’a pas encore",
                        "réalisations n’ont pas encore"
                    )
                );
                let acts = [button("Rapprocher", palette)
                    .id(super::WAITING)
                    .on_press(Message::Waiting)];
                page = page.push(banner(Tone::Wary, words, acts, palette));
            }
        }
        if let Some(fault) = &self.fault {
            page = page.push(banner(Tone::Grave, fault, [], palette));
        }
        scroll(
            container(page.max_width(720)).padding([18, 24]),
            "import.page",
            palette,
        )
        .into()
    }

    /// How far the rows are examined.
    fn examined<'a>(&self, what: &str, palette: Palette) -> Element<'a, Message> {
        let (done, all) = self.progress.reached();
        let count = |count: usize| french::thousands(&count.to_string());
        let lines = if done < 2 { "ligne" } else { "lignes" };
        let words = format!("{what}\u{a0}: {} {lines} sur {}…", count(done), count(all));
        self.at_work(words, palette)
    }

    /// How much of the file is read.
    fn read_so_far<'a>(&self, palette: Palette) -> Element<'a, Message> {
        let (done, all) = self.progress.reached();
        let percent = done * 100 / all.max(1);
        let words = format!("Lecture du tableau\u{a0}: {percent}\u{a0}%…");
        self.at_work(words, palette)
    }

    /// What goes on, how far it is, and stopping it.
    fn at_work<'a>(&self, words: String, palette: Palette) -> Element<'a, Message> {
        let (done, all) = self.progress.reached();
        let bar = progress_bar(0.0..=all.max(1) as f32, done as f32)
            .girth(8)
            .style(move |_| palette.progress());
        let acts = [button("Arrêter", palette).on_press(Message::Stop)];
        container(column![banner(Tone::Calm, words, acts, palette), bar].spacing(8))
            .padding([18, 24])
            .into()
    }
}

/// Asks whether what was corrected may be lost.
fn asked_to_leave<'a>(table: &Table, palette: Palette) -> Element<'a, Message> {
    let lost = french::count(
        table.taken.touched(),
        "correction ou réponse sera perdue",
        "corrections et réponses seront perdues",
    );
    let acts = [
        button("Continuer l’import", palette)
            .id(STAY)
            .on_press(Message::Stay),
        button("Abandonner", palette)
            .id("import.leave")
            .on_press(Message::Leave),
    ];
    banner(Tone::Wary, format!("{lost}."), acts, palette)
}

/// What a table of that kind gives.
const fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Partners => {
            "Une ligne par partenaire\u{a0}: nom, pays, population, coordonnées… Ceux que \
                 vous avez déjà sont mis à jour, jamais doublés."
        }
        Kind::Conventions => {
            "Une ligne par convention déjà signée\u{a0}: titre, genre, partenaires, \
                 objet, montant, dates. Elles sont reprises, leur texte reste celui qui a été \
                 signé."
        }
        Kind::Budget => {
            "Les lignes d’un budget, par poste, par année et par financeur\u{a0}: tel que \
                 Passerelle l’exporte, ou tel que vous le tenez dans un tableur."
        }
        Kind::Done => {
            "L’export des finances\u{a0}: engagements et mandats, rapprochés de vos \
                 budgets par leur numéro, puis par montant et par tiers si vous le confirmez."
        }
    }
}

/// The list that a page of that kind comes from.
#[must_use]
pub const fn home(kind: Kind) -> Route {
    match kind {
        Kind::Partners => Route::Partners,
        Kind::Conventions => Route::Conventions,
        Kind::Budget | Kind::Done => Route::Budgets,
    }
}
