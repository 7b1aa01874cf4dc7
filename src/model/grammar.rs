//! The forms that French gives a name in a sentence: « la Commune d’Aného », « du Havre », « aux Abymes », « à Hué ».
//!
//! A name that carries its grammar says it; another is guessed by rule: an institution (« Commune… », « Syndicat… ») has
//! an article, a town has none unless it is written in its name.

use super::{Gender, Name, NameArticle, Number, fold};

/// The first words of institutions, and their gender.
const INSTITUTIONS: [(&str, Gender); 51] = [
    ("agence", Gender::Feminine),
    ("agglomération", Gender::Feminine),
    ("ambassade", Gender::Feminine),
    ("assemblée", Gender::Feminine),
    ("association", Gender::Feminine),
    ("bureau", Gender::Masculine),
    ("caisse", Gender::Feminine),
    ("canton", Gender::Masculine),
    ("cercle", Gender::Masculine),
    ("chambre", Gender::Feminine),
    ("collectivité", Gender::Feminine),
    ("comité", Gender::Masculine),
    ("commission", Gender::Feminine),
    ("communauté", Gender::Feminine),
    ("commune", Gender::Feminine),
    ("comté", Gender::Masculine),
    ("conseil", Gender::Masculine),
    ("direction", Gender::Feminine),
    ("district", Gender::Masculine),
    ("dème", Gender::Masculine),
    ("délégation", Gender::Feminine),
    ("département", Gender::Masculine),
    ("eurométropole", Gender::Feminine),
    ("fondation", Gender::Feminine),
    ("fonds", Gender::Masculine),
    ("fédération", Gender::Feminine),
    ("gouvernorat", Gender::Masculine),
    ("groupement", Gender::Masculine),
    ("institut", Gender::Masculine),
    ("mairie", Gender::Feminine),
    ("ministère", Gender::Masculine),
    ("moughataa", Gender::Feminine),
    ("municipalité", Gender::Feminine),
    ("municipio", Gender::Masculine),
    ("município", Gender::Masculine),
    ("métropole", Gender::Feminine),
    ("office", Gender::Masculine),
    ("pays", Gender::Masculine),
    ("province", Gender::Feminine),
    ("préfecture", Gender::Feminine),
    ("pôle", Gender::Masculine),
    ("régie", Gender::Feminine),
    ("région", Gender::Feminine),
    ("réseau", Gender::Masculine),
    ("syndicat", Gender::Masculine),
    ("union", Gender::Feminine),
    ("université", Gender::Feminine),
    ("ville", Gender::Feminine),
    ("voïvodie", Gender::Feminine),
    ("wilaya", Gender::Feminine),
    ("établissement", Gender::Masculine),
];

/// French regions and départements in which one is « dans le », « dans les », where a country would have « au », « aux ».
const FRENCH_TERRITORIES: [&str; 42] = [
    "Alpes-Maritimes",
    "Alpes-de-Haute-Provence",
    "Ardennes",
    "Bas-Rhin",
    "Bouches-du-Rhône",
    "Calvados",
    "Cantal",
    "Centre-Val de Loire",
    "Cher",
    "Côtes-d’Armor",
    "Deux-Sèvres",
    "Doubs",
    "Finistère",
    "Gard",
    "Gers",
    "Grand Est",
    "Haut-Rhin",
    "Hautes-Alpes",
    "Hautes-Pyrénées",
    "Hauts-de-France",
    "Hauts-de-Seine",
    "Jura",
    "Landes",
    "Loir-et-Cher",
    "Loiret",
    "Lot",
    "Lot-et-Garonne",
    "Maine-et-Loire",
    "Morbihan",
    "Nord",
    "Pas-de-Calais",
    "Pays de la Loire",
    "Puy-de-Dôme",
    "Pyrénées-Atlantiques",
    "Pyrénées-Orientales",
    "Rhône",
    "Tarn",
    "Tarn-et-Garonne",
    "Val-de-Marne",
    "Var",
    "Vosges",
    "Yvelines",
];

/// What a name is in a sentence.
#[derive(Debug, Clone, Copy)]
struct Form<'a> {
    /// The article, apart from the name.
    article: NameArticle,
    /// Whether that article belongs to the name, as in « Le Havre ».
    own: bool,
    /// The name without its article.
    rest: &'a str,
}

/// What an assembly is called after the authority that it governs, whose kind need not be said again.
const ADJECTIVES: [(&str, &str); 5] = [
    ("municipal", "commune"),
    ("municipal", "ville"),
    ("communal", "commune"),
    ("departemental", "departement"),
    ("regional", "region"),
];

impl Name {
    /// With its article: « la Commune d’Aného », « le Bénin », « Le Havre », « Hué ».
    #[must_use]
    pub fn with_article(&self) -> String {
        let form = self.form();
        if form.own {
            return self.text.clone();
        }
        match form.article {
            NameArticle::Le => format!("le {}", form.rest),
            NameArticle::La => format!("la {}", form.rest),
            NameArticle::Elided => format!("l’{}", form.rest),
            NameArticle::Les => format!("les {}", form.rest),
            NameArticle::None => form.rest.to_owned(),
        }
    }

    /// After « de »: « de la Commune d’Aného », « du Havre », « des Comores », « d’Aného ».
    #[must_use]
    pub fn of(&self) -> String {
        let form = self.form();
        match form.article {
            NameArticle::Le => format!("du {}", form.rest),
            NameArticle::La => format!("de {} {}", form.la(), form.rest),
            NameArticle::Elided => format!("de {}{}", form.l(), form.rest),
            NameArticle::Les => format!("des {}", form.rest),
            NameArticle::None if elides(form.rest) => format!("d’{}", form.rest),
            NameArticle::None => format!("de {}", form.rest),
        }
    }

    /// A body that decides, after « de », and whose it is where its name does not say so: « du conseil municipal de
    /// Valmont », « de l’Assemblée de Corse », « du conseil de la métropole de Lyon ».
    #[must_use]
    pub fn of_body_of(&self, holder: &Self) -> String {
        let words = |name: &Self| name.text.split_whitespace().map(fold).collect::<Vec<_>>();
        let (own, theirs) = (words(self), words(holder));
        if own.last() == theirs.last() {
            return self.of();
        }
        // « conseil départemental » of the « Département de la Loire-Bleue »: the adjective says the first word.
        let adjective = own.last().map_or("", String::as_str);
        let is_said = theirs
            .first()
            .is_some_and(|kind| ADJECTIVES.contains(&(adjective, kind.as_str())));
        if is_said && let Some((_, of_place)) = holder.text.split_once(' ') {
            let begins = of_place.to_lowercase();
            if ["de ", "du ", "des ", "d’", "d'"]
                .iter()
                .any(|of| begins.starts_with(of))
            {
                return format!("{} {of_place}", self.of());
            }
        }
        // « conseil de la métropole » of the « Métropole de Lyon »: the words that both have are said once.
        let shared = (1..=theirs.len())
            .rev()
            .find(|count| theirs.get(..*count).is_some_and(|it| own.ends_with(it)));
        let holder = match shared {
            None => holder.of(),
            Some(count) => {
                let rest: Vec<&str> = holder.text.split_whitespace().skip(count).collect();
                rest.join(" ")
            }
        };
        format!("{} {holder}", self.of())
    }

    /// After « à »: « à la Commune d’Aného », « au Havre », « aux Abymes », « à Hué ».
    #[must_use]
    pub fn to(&self) -> String {
        let form = self.form();
        match form.article {
            NameArticle::Le => format!("au {}", form.rest),
            NameArticle::La => format!("à {} {}", form.la(), form.rest),
            NameArticle::Elided => format!("à {}{}", form.l(), form.rest),
            NameArticle::Les => format!("aux {}", form.rest),
            NameArticle::None => format!("à {}", form.rest),
        }
    }

    /// In that place: « en Tunisie », « au Bénin », « aux Comores », « au Havre », « à Hué », « dans les
    /// Hauts-de-France », « dans la Commune d’Aného ».
    #[must_use]
    pub fn within(&self) -> String {
        let form = self.form();
        if form.own {
            return self.to();
        }
        if institution(form.rest).is_some() || FRENCH_TERRITORIES.contains(&form.rest) {
            return format!("dans {}", self.with_article());
        }
        match form.article {
            NameArticle::La | NameArticle::Elided => format!("en {}", form.rest),
            NameArticle::Le | NameArticle::Les | NameArticle::None => self.to(),
        }
    }

    /// The gender in which words agree with it.
    #[must_use]
    pub fn agreement(&self) -> (Gender, Number) {
        let form = self.form();
        let gender = self.gender.or(match form.article {
            NameArticle::Le => Some(Gender::Masculine),
            NameArticle::La => Some(Gender::Feminine),
            _ => institution(&self.text),
        });
        let number = self.number.unwrap_or(match form.article {
            NameArticle::Les => Number::Plural,
            _ => Number::Singular,
        });
        (gender.unwrap_or(Gender::Masculine), number)
    }

    fn form(&self) -> Form<'_> {
        let text = self.text.trim();
        // An article that is written belongs to the name, and contracts all the same.
        for (written, article) in [
            ("Le ", NameArticle::Le),
            ("La ", NameArticle::La),
            ("Les ", NameArticle::Les),
            ("L’", NameArticle::Elided),
            ("L'", NameArticle::Elided),
        ] {
            if let Some(rest) = text.strip_prefix(written)
                && self.article != Some(NameArticle::None)
            {
                return Form {
                    article,
                    own: true,
                    rest,
                };
            }
        }

        let article = self.article.unwrap_or_else(|| match institution(text) {
            None => NameArticle::None,
            Some(_) if self.number == Some(Number::Plural) => NameArticle::Les,
            Some(guessed) => match self.gender.unwrap_or(guessed) {
                Gender::Masculine => NameArticle::Le,
                Gender::Feminine => NameArticle::La,
            },
        });
        let singular = matches!(article, NameArticle::Le | NameArticle::La);
        Form {
            article: if singular && elides(text) {
                NameArticle::Elided
            } else {
                article
            },
            own: false,
            rest: text,
        }
    }
}

impl Form<'_> {
    const fn la(&self) -> &'static str {
        if self.own { "La" } else { "la" }
    }

    const fn l(&self) -> &'static str {
        if self.own { "L’" } else { "l’" }
    }
}

/// The gender of an institution by its first word; a town has none.
fn institution(text: &str) -> Option<Gender> {
    let first = text.split([' ', '’', '\'']).next()?.to_lowercase();
    INSTITUTIONS
        .iter()
        .find(|(word, _)| *word == first)
        .map(|(_, gender)| *gender)
}

/// Whether « de » loses its vowel before that word. An h at the head of a foreign name is taken as aspirated: « de Hué »;
/// a y does when a consonant follows: « d’Ypres », « de Yaoundé ».
fn elides(text: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;

    let mut letters = text
        .nfd()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase);
    match letters.next() {
        Some('a' | 'e' | 'i' | 'o' | 'u' | 'œ' | 'æ') => true,
        Some('y') => !matches!(letters.next(), Some('a' | 'e' | 'i' | 'o' | 'u') | None),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
