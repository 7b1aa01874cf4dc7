//! The sheet as it is written: eight fields, the rest under « Compléter », opened by what the partner is.

use chrono::Datelike;
use iced::widget::{Column, Id, column, container, row, text};
use iced::{Element, Fill, Padding};

use super::field::{Field, Office};
use super::kept::say;
use super::spoken::{known_languages, language};
use super::written::{Grammar, Which, Written};
use super::{Message, Sheet, card};
use crate::app::screen::partners::{NATURES, countries, nature};
use crate::app::screen::towns;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, area, columns, disclosure, entry, labelled, section};
use crate::app::widget::{Tone, banner, button, checkbox, door, quiet, select, several, words};
use crate::model::{Gender, Lang, Name, NameArticle, Nature, Number, Partner, Signatory, quoted};

/// Where the keyboard keeps a partner that was to be deleted.
pub const KEEP: &str = "partner.keep";

/// Where the keyboard writes a field.
#[must_use]
pub fn id(field: Field) -> Id {
    Id::from(format!("partner.{field:?}"))
}

/// What a choice says, in the messages of the sheet.
fn write<T>(choice: fn(T) -> Written) -> impl Fn(T) -> Message + Copy {
    move |it| Message::Write(choice(it))
}

impl Sheet {
    pub(super) fn form<'a>(
        &'a self,
        partner: &'a Partner,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let inner = width - 32.0;
        let field = |field| self.entry(field, partner, session, palette);
        let natures = NATURES.map(|it| (it, nature(it)));
        let kind = select(
            natures,
            Some(&partner.nature),
            "partner.nature",
            palette,
            write(Written::Nature),
        );
        let country = select(
            countries(session),
            partner.country.as_ref(),
            "partner.country",
            palette,
            write(Written::Country),
        );
        // The name of a French post is its own everywhere.
        let own = (partner.nature != Nature::DiplomaticPost)
            .then(|| Cell::Half(field(Field::OwnName(0))));
        let named = std::iter::once(Cell::Half(field(Field::Name))).chain(own);
        let first = named.chain([
            Cell::Half(field(Field::ShortName)),
            Cell::Half(labelled("Nature", kind, palette)),
            Cell::Half(labelled("Pays", country, palette)),
            Cell::Half(field(Field::Kind)),
            Cell::Half(field(Field::Executive(Office::Name))),
            Cell::Half(field(Field::Executive(Office::Function))),
        ]);
        let more = disclosure(
            "Compléter",
            "grammaire, siège, signataires, thèmes, tutelle, reconnaissance…",
            self.more,
            Message::More,
            || self.more(partner, inner, session, palette),
            palette,
        );
        column![
            card(columns(inner, first), palette),
            more,
            self.deletion(partner, session, palette),
        ]
        .spacing(16)
        .into()
    }

    fn entry<'a>(
        &'a self,
        field: Field,
        partner: &Partner,
        session: &Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let said = say(partner, field, session.reference());
        let entry = entry(
            field.label(partner.nature),
            self.form.shown(field, said),
            id(field),
            palette,
            move |typing| Message::Write(Written::Field(field, typing)),
        )
        .example(field.example(partner.nature));
        match field {
            Field::Town => entry
                .into_list(Message::Write(Written::Towns(towns::INTO)))
                .into(),
            _ => entry.into(),
        }
    }

    /// An entry of several lines.
    fn long<'a>(
        &'a self,
        field: Field,
        partner: &Partner,
        palette: Palette,
    ) -> Element<'a, Message> {
        let known = self.long.iter().find(|(it, _)| *it == field);
        let Some((_, typed)) = known else {
            return column![].into();
        };
        area(
            field.label(partner.nature),
            typed,
            id(field),
            56.0,
            palette,
            move |action| Message::Write(Written::Long(field, action)),
        )
    }

    /// What is beyond the first eight fields.
    fn more<'a>(
        &'a self,
        partner: &'a Partner,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let part = |title, cells: Vec<Cell<'a, Message>>| {
            section(title, [], columns(width, cells), palette)
        };
        let field = |it| Cell::Half(self.entry(it, partner, session, palette));
        let is_abroad = partner.country.as_deref().is_some_and(|it| it != "FR");
        let is_authority = matches!(
            partner.nature,
            Nature::ForeignAuthority | Nature::FrenchAuthority
        );

        let mut parts = vec![part("Noms", self.names(partner, session, palette))];
        let town = column![self.entry(Field::Town, partner, session, palette)]
            .push(self.towns.view(session, palette, write(Written::Towns)))
            .spacing(4);
        let mut place = vec![field(Field::Seat), Cell::Half(town.into())];
        if partner.nature != Nature::DiplomaticPost {
            place.push(field(Field::Assembly));
            place.push(field(Field::AuthorisingOfficer));
        }
        place.push(field(Field::Languages));
        if is_authority {
            place.push(field(Field::Population));
        }
        place.push(field(Field::Coordinates));
        parts.push(part("Siège et langues", place));
        parts.push(self.signatories(partner, width, session, palette));
        parts.push(part(
            "Coopération",
            self.subjects(partner, session, palette),
        ));
        if is_abroad && is_authority {
            let needed = partner.supervision.as_ref().is_some_and(|it| it.needed);
            let label = "Son droit demande une autorisation avant qu’elle s’engage";
            let needed =
                checkbox(label, needed, palette).on_press(Message::Write(Written::Supervised));
            parts.push(part(
                "Tutelle et droit",
                vec![
                    Cell::Wide(needed.into()),
                    Cell::Wide(self.entry(Field::Supervisor, partner, session, palette)),
                    Cell::Wide(self.long(Field::SupervisionBasis, partner, palette)),
                    Cell::Wide(self.long(Field::OwnLaw, partner, palette)),
                ],
            ));
        }
        if is_abroad && partner.nature != Nature::DiplomaticPost {
            let status = eligibility(partner, session);
            let today = button("Vérifié aujourd’hui", palette)
                .on_press(Message::Write(Written::Recognised));
            parts.push(part(
                "Reconnaissance et sanctions",
                vec![
                    Cell::Wide(text(status).size(14).color(palette.muted).into()),
                    field(Field::RecognitionDate),
                    field(Field::RecognitionBy),
                    Cell::Wide(self.long(Field::RecognitionResult, partner, palette)),
                    Cell::Wide(today.into()),
                ],
            ));
        }
        if partner.nature == Nature::Association {
            let useful = partner
                .association
                .as_ref()
                .is_some_and(|it| it.public_utility);
            let label = "Reconnue d’utilité publique, ou agréée";
            let useful =
                checkbox(label, useful, palette).on_press(Message::Write(Written::PublicUtility));
            parts.push(part(
                "Association",
                vec![
                    field(Field::Siret),
                    field(Field::Rna),
                    field(Field::Commitment),
                    Cell::Half(useful.into()),
                ],
            ));
        }
        parts.push(section(
            "Logo",
            [],
            self.logo.view(session, palette).map(Message::Logo),
            palette,
        ));
        parts.push(section(
            "Remarques",
            [],
            self.long(Field::Notes, partner, palette),
            palette,
        ));
        Column::with_children(parts).spacing(16).into()
    }

    /// Its names in its own languages, one more than there are; the grammar of those that sentences use.
    fn names<'a>(
        &'a self,
        partner: &'a Partner,
        session: &'a Session,
        palette: Palette,
    ) -> Vec<Cell<'a, Message>> {
        let mut cells = Vec::new();
        for (rank, own) in partner.names.iter().enumerate() {
            // The first is typed with the eight fields.
            let label = if rank == 0 {
                let said = format!("{}, écrit plus haut, est en\u{a0}:", quoted(&own.text));
                let said = words(said).size(15.0).lines(2).color(palette.muted);
                cells.push(Cell::Half(
                    container(said).padding(Padding::ZERO.top(30)).into(),
                ));
                "Langue de ce nom"
            } else {
                cells.push(Cell::Half(self.entry(
                    Field::OwnName(rank),
                    partner,
                    session,
                    palette,
                )));
                "Sa langue"
            };
            let mut choices: Vec<(Lang, String)> = known_languages(session.reference())
                .map(|(tag, name)| (Lang::new(tag), name.to_owned()))
                .collect();
            if choices.iter().all(|(lang, _)| *lang != own.lang) {
                let name = language(&own.lang, session.reference());
                choices.push((own.lang.clone(), name.to_owned()));
            }
            choices.sort_by_cached_key(|(_, name)| crate::model::sort_key(name));
            let lang = select(
                choices,
                Some(&own.lang),
                format!("partner.names.{rank}.lang"),
                palette,
                move |lang| Message::Write(Written::OwnLang(rank, lang)),
            );
            cells.push(Cell::Half(labelled(label, lang, palette)));
        }
        let another = Field::OwnName(partner.names.len());
        if !partner.names.is_empty() {
            let shown = self.form.shown(another, String::new());
            let label = "Ajouter un nom dans une autre langue";
            let entry = entry(label, shown, id(another), palette, move |typing| {
                Message::Write(Written::Field(another, typing))
            });
            cells.push(Cell::Half(entry.into()));
        }
        cells.push(Cell::Wide(grammar(&partner.name, Which::Official, palette)));
        if let Some(short) = &partner.short_name {
            cells.push(Cell::Wide(grammar(short, Which::Short, palette)));
        }
        cells
    }

    fn signatories<'a>(
        &'a self,
        partner: &'a Partner,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut all = Column::new().spacing(18);
        for signatory in &partner.signatories {
            all = all.push(self.signatory(signatory, partner, width, session, palette));
        }
        if partner.signatories.is_empty() {
            let words = "Le premier est l’exécutif, dit plus haut.";
            all = all.push(text(words).size(14).color(palette.muted));
        }
        let add = button("Ajouter", palette).on_press(Message::Write(Written::AddSignatory));
        section("Signataires", [add], all, palette)
    }

    fn signatory<'a>(
        &'a self,
        signatory: &'a Signatory,
        partner: &'a Partner,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let id = signatory.id;
        let line = |office| {
            let field = Field::Signatory(id, office);
            Cell::Half(self.entry(field, partner, session, palette))
        };
        let gender = super::gender(
            signatory.gender,
            format!("partner.signatory.{id}.gender"),
            palette,
            move |gender| Message::Write(Written::Gender(id, gender)),
        );
        let remove = door("Retirer ce signataire", palette)
            .on_press(Message::Write(Written::RemoveSignatory(id)));
        let cells = [
            line(Office::Name),
            line(Office::Function),
            line(Office::FunctionThere),
            Cell::Half(gender),
            line(Office::From),
            line(Office::Until),
            line(Office::Delegation),
            Cell::Wide(container(remove).align_right(Fill).into()),
        ];
        columns(width, cells)
    }

    fn subjects<'a>(
        &'a self,
        partner: &'a Partner,
        session: &'a Session,
        palette: Palette,
    ) -> Vec<Cell<'a, Message>> {
        let themes = session.reference().themes().iter().map(|theme| {
            let on = partner.themes.contains(&theme.id);
            (theme.id.clone(), theme.label.clone(), on)
        });
        let themes = several(themes, "partner.themes", palette, write(Written::Theme));
        let goals = (1..=17).map(|goal| (goal, goal.to_string(), partner.odd.contains(&goal)));
        let goals = several(goals, "partner.odd", palette, write(Written::Goal));
        vec![
            Cell::Wide(labelled("Thèmes", themes, palette)),
            Cell::Wide(labelled(
                "Objectifs de développement durable",
                goals,
                palette,
            )),
        ]
    }

    /// How it is deleted; a partner that is a party says so first.
    fn deletion<'a>(
        &self,
        partner: &'a Partner,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        if !self.deleting {
            return door("Supprimer ce partenaire", palette)
                .id("partner.delete")
                .on_press(Message::Delete)
                .into();
        }
        let count = session.records().conventions_of(partner.id).count();
        let words = format!(
            "Ce partenaire est partie à {}\u{a0}: sans lui, {} une partie sans nom.",
            french::count(count, "convention", "conventions"),
            if count < 2 {
                "elle aura"
            } else {
                "elles auront"
            }
        );
        banner(
            Tone::Wary,
            words,
            [
                button("Le garder", palette)
                    .id(KEEP)
                    .on_press(Message::Keep),
                quiet("Supprimer quand même", palette).on_press(Message::DeleteAnyway),
            ],
            palette,
        )
    }
}

/// What its country is for French law: member of the Union or not, recipient of aid or not, with the date.
pub(super) fn eligibility(partner: &Partner, session: &Session) -> String {
    let country = partner.country.as_deref();
    let Some(country) = country.and_then(|it| session.reference().country(it)) else {
        return "Le pays n’est pas dit.".to_owned();
    };
    let union = if country.is_in_eu() {
        "État membre de l’Union européenne"
    } else {
        "Hors de l’Union européenne"
    };
    let year = session.today().year();
    let aid = match country.oda(year) {
        Some(oda) if oda.category.is_eligible() => format!(
            "éligible à l’aide publique au développement ({}{})",
            oda.category.label(),
            if oda.covers(year) {
                String::new()
            } else {
                format!(", liste de {} à confirmer", oda.from)
            }
        ),
        _ => "non éligible à l’aide publique au développement".to_owned(),
    };
    format!("{union} · {aid}")
}

/// The grammar of a name: what is told of it or goes by itself, and how sentences would use it.
fn grammar<'a>(name: &'a Name, which: Which, palette: Palette) -> Element<'a, Message> {
    let (label, key) = match which {
        Which::Official => ("Grammaire du nom officiel", "official"),
        Which::Short => ("Grammaire du nom court", "short"),
    };
    let automatic = |guess: &str| format!("automatique ({guess})");
    let untold = |name: Name| (article(&name), name.agreement());
    let (guess, _) = untold(Name {
        article: None,
        ..name.clone()
    });
    let articles = [
        (None, automatic(&guess)),
        (Some(NameArticle::Le), "le".to_owned()),
        (Some(NameArticle::La), "la".to_owned()),
        (Some(NameArticle::Elided), "l’".to_owned()),
        (Some(NameArticle::Les), "les".to_owned()),
        (Some(NameArticle::None), "sans article".to_owned()),
    ];
    let (_, (guess, _)) = untold(Name {
        gender: None,
        ..name.clone()
    });
    let guess = match guess {
        Gender::Masculine => "masculin",
        Gender::Feminine => "féminin",
    };
    let genders = [
        (None, automatic(guess)),
        (Some(Gender::Feminine), "féminin".to_owned()),
        (Some(Gender::Masculine), "masculin".to_owned()),
    ];
    let (_, (_, guess)) = untold(Name {
        number: None,
        ..name.clone()
    });
    let guess = match guess {
        Number::Singular => "singulier",
        Number::Plural => "pluriel",
    };
    let numbers = [
        (None, automatic(guess)),
        (Some(Number::Singular), "singulier".to_owned()),
        (Some(Number::Plural), "pluriel".to_owned()),
    ];
    let id = |part: &str| format!("partner.grammar.{key}.{part}");
    let lines = column![
        row![
            labelled(
                "Article",
                select(
                    articles,
                    Some(&name.article),
                    id("article"),
                    palette,
                    move |it| { Message::Write(Written::Grammar(which, Grammar::Article(it))) }
                ),
                palette,
            ),
            labelled(
                "Genre",
                select(
                    genders,
                    Some(&name.gender),
                    id("gender"),
                    palette,
                    move |it| { Message::Write(Written::Grammar(which, Grammar::Gender(it))) }
                ),
                palette,
            ),
            labelled(
                "Nombre",
                select(
                    numbers,
                    Some(&name.number),
                    id("number"),
                    palette,
                    move |it| { Message::Write(Written::Grammar(which, Grammar::Number(it))) }
                ),
                palette,
            ),
        ]
        .spacing(16),
        text(format!(
            "«\u{a0}{}\u{a0}», «\u{a0}le siège {}\u{a0}», «\u{a0}un don {}\u{a0}»",
            name.with_article(),
            name.of(),
            name.to()
        ))
        .size(14)
        .color(palette.muted),
    ]
    .spacing(6);
    labelled(label, lines, palette)
}

/// The article that sentences put before a name: « la », « l’ », « sans article ».
fn article(name: &Name) -> String {
    let with = name.with_article();
    match with.strip_suffix(name.text.trim()) {
        Some("") | None => "sans article".to_owned(),
        Some(article) => article.trim().to_owned(),
    }
}
