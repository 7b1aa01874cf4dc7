//! The forms that French gives a name in a sentence: « la Commune d’Aného », « du Havre », « aux Abymes », « à Hué ».
//!
//! A name that carries its grammar says it; another is guessed by rule: an institution (« Commune… », « Syndicat… ») has
//! an article, a town has none unless it is written in its name.

use super::{Gender, Name, NameArticle, Number};

/// The first words of institutions, and their gender.
const INSTITUTIONS: [(&str, Gender); 36] = [
    ("agence", Gender::Feminine),
    ("agglomération", Gender::Feminine),
    ("ambassade", Gender::Feminine),
    ("association", Gender::Feminine),
    ("caisse", Gender::Feminine),
    ("chambre", Gender::Feminine),
    ("collectivité", Gender::Feminine),
    ("comité", Gender::Masculine),
    ("commune", Gender::Feminine),
    ("communauté", Gender::Feminine),
    ("conseil", Gender::Masculine),
    ("département", Gender::Masculine),
    ("direction", Gender::Feminine),
    ("district", Gender::Masculine),
    ("dème", Gender::Masculine),
    ("eurométropole", Gender::Feminine),
    ("fondation", Gender::Feminine),
    ("fonds", Gender::Masculine),
    ("gouvernorat", Gender::Masculine),
    ("groupement", Gender::Masculine),
    ("institut", Gender::Masculine),
    ("métropole", Gender::Feminine),
    ("ministère", Gender::Masculine),
    ("municipalité", Gender::Feminine),
    ("municipio", Gender::Masculine),
    ("município", Gender::Masculine),
    ("office", Gender::Masculine),
    ("province", Gender::Feminine),
    ("préfecture", Gender::Feminine),
    ("pôle", Gender::Masculine),
    ("région", Gender::Feminine),
    ("régie", Gender::Feminine),
    ("syndicat", Gender::Masculine),
    ("université", Gender::Feminine),
    ("ville", Gender::Feminine),
    ("établissement", Gender::Masculine),
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
mod tests {
    use super::*;

    fn forms(name: &Name) -> [String; 3] {
        [name.with_article(), name.of(), name.to()]
    }

    #[test]
    fn towns_institutions_and_articles_of_their_own() {
        for (name, expected) in [
            (
                "Porto-Novo",
                ["Porto-Novo", "de Porto-Novo", "à Porto-Novo"],
            ),
            ("Aného", ["Aného", "d’Aného", "à Aného"]),
            ("Éfaté", ["Éfaté", "d’Éfaté", "à Éfaté"]),
            ("Hué", ["Hué", "de Hué", "à Hué"]),
            ("Yaoundé", ["Yaoundé", "de Yaoundé", "à Yaoundé"]),
            ("Ypres", ["Ypres", "d’Ypres", "à Ypres"]),
            ("Le Havre", ["Le Havre", "du Havre", "au Havre"]),
            ("La Praia", ["La Praia", "de La Praia", "à La Praia"]),
            (
                "L’Haÿ-les-Roses",
                ["L’Haÿ-les-Roses", "de L’Haÿ-les-Roses", "à L’Haÿ-les-Roses"],
            ),
            ("Les Abymes", ["Les Abymes", "des Abymes", "aux Abymes"]),
            (
                "Commune d’Aného",
                [
                    "la Commune d’Aného",
                    "de la Commune d’Aného",
                    "à la Commune d’Aného",
                ],
            ),
            (
                "Syndicat des eaux",
                [
                    "le Syndicat des eaux",
                    "du Syndicat des eaux",
                    "au Syndicat des eaux",
                ],
            ),
            (
                "Association Sahel",
                [
                    "l’Association Sahel",
                    "de l’Association Sahel",
                    "à l’Association Sahel",
                ],
            ),
        ] {
            assert_eq!(forms(&Name::new(name)), expected);
        }
    }

    #[test]
    fn what_the_name_says_of_itself_wins() {
        let benin = Name {
            article: Some(NameArticle::Le),
            ..Name::new("Bénin")
        };
        assert_eq!(forms(&benin), ["le Bénin", "du Bénin", "au Bénin"]);

        let hawassa = Name {
            article: Some(NameArticle::None),
            gender: Some(Gender::Feminine),
            ..Name::new("La Hawassa")
        };
        assert_eq!(hawassa.of(), "de La Hawassa");
        assert_eq!(hawassa.agreement(), (Gender::Feminine, Number::Singular));
        assert_eq!(
            Name::new("Dème de Ioannina").agreement().0,
            Gender::Masculine
        );
        assert_eq!(Name::new("Ville de Hué").agreement().0, Gender::Feminine);
    }
}
