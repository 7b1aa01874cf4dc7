//! The page: what is asked at the top, the tables, the chart beside them or in their place.

use iced::widget::{Column, column, container, responsive, row, text};
use iced::{Center, Element, Fill};

use super::{Consolidated, Message, Picture};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{
    BAR, button, link, pane, plain_button, scroll, segmented, select, strong, words,
};
use crate::ledger::{Dimension, Measure, Whose};
use crate::model::Currency;

/// Below this width of the page the chart stands in the place of the table.
const NARROW: f32 = 940.0;

/// What stands left and right of a chart in its card.
const AROUND: f32 = 40.0;

/// The height of the choice of a picture.
const PICTURES: f32 = 36.0;

impl Consolidated {
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let unit = session.reference().unit(&self.wish.currency);
        let files = row![
            button("Tableau en CSV…", palette).on_press(Message::Csv),
            button("en XLSX…", palette).on_press(Message::Xlsx),
            button("Graphique en SVG…", palette).on_press(Message::Svg),
        ]
        .spacing(8)
        .align_y(Center)
        .wrap()
        .vertical_spacing(8)
        .align_x(iced::Right);
        let head = row![
            link("Budgets", palette).on_press(Message::Go(Route::Budgets)),
            text("/").size(20).color(palette.muted),
            text("Consolidé").size(24).font(STRONG),
            text(format!("en {unit}")).size(15).color(palette.muted),
            container(files).align_right(Fill),
        ]
        .spacing(8)
        .align_y(Center);

        let body: Element<'_, Message> = if self.rows.is_empty() {
            let words = if self.currencies.is_empty() {
                "Ici s’additionnent tous les budgets\u{a0}: par année, par partenaire, \
                     par pays, par financeur… Il n’y en a pas encore."
            } else {
                "Rien n’est chiffré pour ce choix."
            };
            let first = self.currencies.is_empty().then(|| {
                strong("Créer le premier budget", palette).on_press(Message::Go(Route::Budgets))
            });
            let words = text(words).size(16).color(palette.muted);
            container(Column::new().push(words).push(first).spacing(12))
                .padding([8, 2])
                .height(Fill)
                .into()
        } else {
            responsive(move |size| {
                if size.width < NARROW {
                    let seen = if self.at_table {
                        let height = size.height - PICTURES - 10.0;
                        self.tables(size.width, height, session, palette)
                    } else {
                        self.figure(size.width, None, session, palette)
                    };
                    column![self.pictures(true, palette), container(seen).height(Fill)]
                        .spacing(10)
                        .into()
                } else {
                    let beside = (size.width * 0.37).clamp(370.0, 560.0);
                    let wide = size.width - beside - 14.0;
                    row![
                        container(self.tables(wide, size.height, session, palette)).width(Fill),
                        container(self.figure(
                            beside,
                            Some(self.pictures(false, palette)),
                            session,
                            palette
                        ))
                        .width(beside),
                    ]
                    .spacing(14)
                    .into()
                }
            })
            .into()
        };

        pane(
            "consolidated",
            column![
                head,
                self.asked(palette),
                body,
                self.about_sums(session, palette)
            ]
            .spacing(12),
        )
        .padding([18, 24])
        .width(Fill)
        .height(Fill)
        .into()
    }

    /// By what, which year, whose money, in which currency.
    fn asked(&self, palette: Palette) -> Element<'_, Message> {
        let by = segmented(
            Dimension::ALL.map(|it| (it, it.label().to_owned())),
            &self.wish.dimension,
            "consolidated.by",
            palette,
            Message::By,
        );
        let years = std::iter::once((None, "Toutes les années".to_owned()));
        let years = years.chain(self.years.iter().map(|it| (Some(*it), it.to_string())));
        let year = self.wish.years.first().copied();
        let years = select(
            years,
            Some(&year),
            "consolidated.year",
            palette,
            Message::Year,
        );
        let whose = segmented(
            [
                (Whose::Everyone, "Coût des projets".to_owned()),
                (Whose::Ours, "Notre part".to_owned()),
            ],
            &self.wish.whose,
            "consolidated.whose",
            palette,
            Message::Whose,
        );
        let mut second = row![container(Element::from(years)).width(190), whose]
            .spacing(16)
            .align_y(Center);
        if self.currencies.len() > 1 {
            let currencies = self.currencies.iter();
            let currency = select(
                currencies.map(|it| (it.clone(), it.code().to_owned())),
                Some(&self.wish.currency),
                "consolidated.currency",
                palette,
                Message::Currency,
            );
            second = second.push(container(Element::from(currency)).width(110));
        }
        let second = second.wrap().vertical_spacing(8);
        column![by, second].spacing(8).into()
    }

    /// What is counted where; at what rates budgets in other currencies are counted; which are not, and what to do.
    fn about_sums<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        let left_out = self.left_out(session, palette);
        let converted = (!self.rates.is_empty()).then(|| {
            let words = format!("Compté en euros\u{a0}: {}.", self.rates.join("\u{202f}; "));
            text(words).size(14).color(palette.muted)
        });
        let kind = self.ledger.total().of(Measure::InKind);
        let counted = (!kind.is_zero()).then(|| {
            text(
                "«\u{202f}Prévu\u{202f}» et le taux ne comptent que le numéraire\u{a0}; les \
                 apports en nature ont leur colonne.",
            )
            .size(14)
            .color(palette.muted)
        });
        let own = |words| text(words).size(14).color(palette.muted);
        let whole_lines = self.ledger.counts_whole_lines.then(|| {
            own("«\u{202f}Engagé\u{202f}», «\u{202f}Mandaté\u{202f}» et «\u{202f}Payé\u{202f}» comptent en entier les \
                 lignes que nous payons en partie\u{a0}: il n’en est pas donné de taux.")
        });
        let by_funder = (self.wish.dimension == Dimension::Funder).then(|| {
            own("Personne ne nous notifie ni ne nous verse nos fonds propres\u{a0}: le taux du total est hors d’eux.")
        });
        let together = self.rows.iter().any(|row| row.is_together).then(|| {
            own("Ce qui est de plusieurs ensemble a sa propre rangée\u{a0}: ainsi rien n’est compté deux fois.")
        });
        let lines = [counted, whole_lines, by_funder, together, converted];
        let lines = lines.into_iter().flatten().map(Element::from);
        let lines: Vec<Element<'_, Message>> = lines.chain(left_out).collect();
        (!lines.is_empty()).then(|| Column::with_children(lines).spacing(2).into())
    }

    /// The budgets that are not counted: those that a rate would bring in, by their names, which lead to them.
    fn left_out<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Element<'a, Message>> {
        const NAMED: usize = 3;

        let all = &self.ledger.left_out;
        let said = |words: String| text(words).size(14).color(palette.wary);
        if all.is_empty() {
            return None;
        }
        if self.wish.currency != Currency::euro() {
            let are = french::count(all.len(), "budget est", "budgets sont");
            let code = self.wish.currency.code();
            return Some(
                said(format!(
                    "◆ {are} dans une autre monnaie que {code}, et hors de ces sommes."
                ))
                .into(),
            );
        }
        let named = all.iter().take(NAMED).filter_map(|id| {
            let budget = session.records().budget(*id)?;
            let title = words(&budget.title).size(14.0).color(palette.accent);
            let open = plain_button(title, [0, 2], palette);
            Some(open.on_press(Message::Go(Route::Budget(*id))).into())
        });
        let rest = match all.len().saturating_sub(NAMED) {
            0 => String::new(),
            rest => format!(" et {}", french::count(rest, "autre", "autres")),
        };
        let whose = if all.len() > 1 { "leur" } else { "sa" };
        let why = format!("◆ Hors de ces sommes, faute d’un taux dans {whose} fiche\u{a0}:");
        let line = row![said(why)]
            .extend(named)
            .push(said(rest))
            .spacing(4)
            .align_y(Center);
        Some(line.wrap().into())
    }

    /// Which chart is seen; or the table, where there is no room for both.
    fn pictures(&self, narrow: bool, palette: Palette) -> Element<'_, Message> {
        let table = narrow.then(|| (None, "Tableau".to_owned()));
        let charts = Picture::ALL.map(|it| (Some(it), it.label().to_owned()));
        let seen = Some(self.picture).filter(|_| !(narrow && self.at_table));
        segmented(
            table.into_iter().chain(charts),
            &seen,
            "consolidated.picture",
            palette,
            Message::Picture,
        )
    }

    fn figure<'a>(
        &'a self,
        width: f32,
        pictures: Option<Element<'a, Message>>,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let content: Element<'_, Message> = match &self.shown {
            None => text(match self.picture {
                Picture::Ceilings => {
                    "Aucun plafond\u{a0}: les assiettes se saisissent dans les réglages, \
                         et les dépenses disent le budget du service qui les paie."
                }
                _ => "Rien à dessiner pour ce choix.",
            })
            .size(15)
            .color(palette.muted)
            .into(),
            Some(shown) => {
                let inner = width - AROUND - BAR;
                let chart = shown.view(inner, Message::Turn, session.reference(), palette);
                scroll(container(chart).padding(6), "consolidated.figure", palette).into()
            }
        };
        let parts = Column::new().push(pictures).push(content).spacing(12);
        container(parts)
            .padding([12, 14])
            .width(Fill)
            .height(Fill)
            .style(move |_| palette.card())
            .into()
    }
}
