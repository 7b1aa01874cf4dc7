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
mod tests {
    use super::*;

    #[test]
    fn a_body_says_once_whose_it_is() {
        for (body, holder, said) in [
            (
                "conseil municipal",
                "Valmont",
                "du conseil municipal de Valmont",
            ),
            (
                "conseil municipal",
                "Le Havre",
                "du conseil municipal du Havre",
            ),
            (
                "conseil communautaire",
                "Communauté d’agglomération de Valmont",
                "du conseil communautaire de la Communauté d’agglomération de Valmont",
            ),
            (
                "Assemblée de Corse",
                "Collectivité de Corse",
                "de l’Assemblée de Corse",
            ),
            ("Conseil de Paris", "Ville de Paris", "du Conseil de Paris"),
            (
                "conseil de la métropole",
                "Métropole de Lyon",
                "du conseil de la métropole de Lyon",
            ),
            (
                "conseil de la métropole",
                "Aix-Marseille-Provence",
                "du conseil de la métropole d’Aix-Marseille-Provence",
            ),
            (
                "conseil de la Collectivité européenne d’Alsace",
                "Collectivité européenne d’Alsace",
                "du conseil de la Collectivité européenne d’Alsace",
            ),
            (
                "conseil départemental de Mayotte",
                "Département de Mayotte",
                "du conseil départemental de Mayotte",
            ),
            (
                "commission permanente",
                "Région Hauts-de-France",
                "de la commission permanente de la Région Hauts-de-France",
            ),
            ("bureau", "Le Mans Métropole", "du bureau du Mans Métropole"),
            (
                "délégation spéciale",
                "Aného",
                "de la délégation spéciale d’Aného",
            ),
        ] {
            assert_eq!(Name::new(body).of_body_of(&Name::new(holder)), said);
        }
    }

    fn forms(name: &Name) -> [String; 3] {
        [name.with_article(), name.of(), name.to()]
    }

    /// Authorities and places: the article alone, after « de », after « à », after « en ».
    #[test]
    fn eighty_names_in_a_sentence() {
        for (text, article, expected) in [
            (
                "Porto-Novo",
                None,
                [
                    "Porto-Novo",
                    "de Porto-Novo",
                    "à Porto-Novo",
                    "à Porto-Novo",
                ],
            ),
            ("Aného", None, ["Aného", "d’Aného", "à Aného", "à Aného"]),
            ("Éfaté", None, ["Éfaté", "d’Éfaté", "à Éfaté", "à Éfaté"]),
            ("Hué", None, ["Hué", "de Hué", "à Hué", "à Hué"]),
            (
                "Ioannina",
                None,
                ["Ioannina", "d’Ioannina", "à Ioannina", "à Ioannina"],
            ),
            ("Oran", None, ["Oran", "d’Oran", "à Oran", "à Oran"]),
            (
                "Uberlândia",
                None,
                ["Uberlândia", "d’Uberlândia", "à Uberlândia", "à Uberlândia"],
            ),
            (
                "Saint-Denis",
                None,
                [
                    "Saint-Denis",
                    "de Saint-Denis",
                    "à Saint-Denis",
                    "à Saint-Denis",
                ],
            ),
            (
                "Bamako",
                None,
                ["Bamako", "de Bamako", "à Bamako", "à Bamako"],
            ),
            (
                "Île-Tudy",
                None,
                ["Île-Tudy", "d’Île-Tudy", "à Île-Tudy", "à Île-Tudy"],
            ),
            ("Œting", None, ["Œting", "d’Œting", "à Œting", "à Œting"]),
            ("Hanoï", None, ["Hanoï", "de Hanoï", "à Hanoï", "à Hanoï"]),
            (
                "Houilles",
                None,
                ["Houilles", "de Houilles", "à Houilles", "à Houilles"],
            ),
            (
                "Hawassa",
                None,
                ["Hawassa", "de Hawassa", "à Hawassa", "à Hawassa"],
            ),
            (
                "Évry-Courcouronnes",
                None,
                [
                    "Évry-Courcouronnes",
                    "d’Évry-Courcouronnes",
                    "à Évry-Courcouronnes",
                    "à Évry-Courcouronnes",
                ],
            ),
            (
                "Angoulême",
                None,
                ["Angoulême", "d’Angoulême", "à Angoulême", "à Angoulême"],
            ),
            (
                "Élancourt",
                None,
                ["Élancourt", "d’Élancourt", "à Élancourt", "à Élancourt"],
            ),
            ("Âfîs", None, ["Âfîs", "d’Âfîs", "à Âfîs", "à Âfîs"]),
            (
                "Yaoundé",
                None,
                ["Yaoundé", "de Yaoundé", "à Yaoundé", "à Yaoundé"],
            ),
            ("Ypres", None, ["Ypres", "d’Ypres", "à Ypres", "à Ypres"]),
            (
                "Yokohama",
                None,
                ["Yokohama", "de Yokohama", "à Yokohama", "à Yokohama"],
            ),
            (
                "Youssoufia",
                None,
                [
                    "Youssoufia",
                    "de Youssoufia",
                    "à Youssoufia",
                    "à Youssoufia",
                ],
            ),
            (
                "Le Havre",
                None,
                ["Le Havre", "du Havre", "au Havre", "au Havre"],
            ),
            (
                "Le Mans Métropole",
                None,
                [
                    "Le Mans Métropole",
                    "du Mans Métropole",
                    "au Mans Métropole",
                    "au Mans Métropole",
                ],
            ),
            (
                "Le Caire",
                None,
                ["Le Caire", "du Caire", "au Caire", "au Caire"],
            ),
            (
                "Le Port",
                None,
                ["Le Port", "du Port", "au Port", "au Port"],
            ),
            (
                "La Réunion",
                None,
                [
                    "La Réunion",
                    "de La Réunion",
                    "à La Réunion",
                    "à La Réunion",
                ],
            ),
            (
                "La Praia",
                None,
                ["La Praia", "de La Praia", "à La Praia", "à La Praia"],
            ),
            (
                "La Rochelle",
                None,
                [
                    "La Rochelle",
                    "de La Rochelle",
                    "à La Rochelle",
                    "à La Rochelle",
                ],
            ),
            (
                "La Marsa",
                None,
                ["La Marsa", "de La Marsa", "à La Marsa", "à La Marsa"],
            ),
            (
                "Les Abymes",
                None,
                ["Les Abymes", "des Abymes", "aux Abymes", "aux Abymes"],
            ),
            (
                "Les Mureaux",
                None,
                ["Les Mureaux", "des Mureaux", "aux Mureaux", "aux Mureaux"],
            ),
            (
                "Les Cayes",
                None,
                ["Les Cayes", "des Cayes", "aux Cayes", "aux Cayes"],
            ),
            (
                "L’Haÿ-les-Roses",
                None,
                [
                    "L’Haÿ-les-Roses",
                    "de L’Haÿ-les-Roses",
                    "à L’Haÿ-les-Roses",
                    "à L’Haÿ-les-Roses",
                ],
            ),
            (
                "L’Aigle",
                None,
                ["L’Aigle", "de L’Aigle", "à L’Aigle", "à L’Aigle"],
            ),
            (
                "L'Ariana",
                None,
                ["L'Ariana", "de L’Ariana", "à L’Ariana", "à L’Ariana"],
            ),
            (
                "Ville du Havre",
                None,
                [
                    "la Ville du Havre",
                    "de la Ville du Havre",
                    "à la Ville du Havre",
                    "dans la Ville du Havre",
                ],
            ),
            (
                "Commune d’Aného",
                None,
                [
                    "la Commune d’Aného",
                    "de la Commune d’Aného",
                    "à la Commune d’Aného",
                    "dans la Commune d’Aného",
                ],
            ),
            (
                "Commune urbaine de Tananarive",
                None,
                [
                    "la Commune urbaine de Tananarive",
                    "de la Commune urbaine de Tananarive",
                    "à la Commune urbaine de Tananarive",
                    "dans la Commune urbaine de Tananarive",
                ],
            ),
            (
                "Communauté d’agglomération de Valmont",
                None,
                [
                    "la Communauté d’agglomération de Valmont",
                    "de la Communauté d’agglomération de Valmont",
                    "à la Communauté d’agglomération de Valmont",
                    "dans la Communauté d’agglomération de Valmont",
                ],
            ),
            (
                "Communauté urbaine de Dunkerque",
                None,
                [
                    "la Communauté urbaine de Dunkerque",
                    "de la Communauté urbaine de Dunkerque",
                    "à la Communauté urbaine de Dunkerque",
                    "dans la Communauté urbaine de Dunkerque",
                ],
            ),
            (
                "Métropole de Lyon",
                None,
                [
                    "la Métropole de Lyon",
                    "de la Métropole de Lyon",
                    "à la Métropole de Lyon",
                    "dans la Métropole de Lyon",
                ],
            ),
            (
                "Métropole Aix-Marseille-Provence",
                None,
                [
                    "la Métropole Aix-Marseille-Provence",
                    "de la Métropole Aix-Marseille-Provence",
                    "à la Métropole Aix-Marseille-Provence",
                    "dans la Métropole Aix-Marseille-Provence",
                ],
            ),
            (
                "Eurométropole de Strasbourg",
                None,
                [
                    "l’Eurométropole de Strasbourg",
                    "de l’Eurométropole de Strasbourg",
                    "à l’Eurométropole de Strasbourg",
                    "dans l’Eurométropole de Strasbourg",
                ],
            ),
            (
                "Département de l’Isère",
                None,
                [
                    "le Département de l’Isère",
                    "du Département de l’Isère",
                    "au Département de l’Isère",
                    "dans le Département de l’Isère",
                ],
            ),
            (
                "Département des Yvelines",
                None,
                [
                    "le Département des Yvelines",
                    "du Département des Yvelines",
                    "au Département des Yvelines",
                    "dans le Département des Yvelines",
                ],
            ),
            (
                "Conseil départemental de la Réunion",
                None,
                [
                    "le Conseil départemental de la Réunion",
                    "du Conseil départemental de la Réunion",
                    "au Conseil départemental de la Réunion",
                    "dans le Conseil départemental de la Réunion",
                ],
            ),
            (
                "Région Bretagne",
                None,
                [
                    "la Région Bretagne",
                    "de la Région Bretagne",
                    "à la Région Bretagne",
                    "dans la Région Bretagne",
                ],
            ),
            (
                "Région de Matam",
                None,
                [
                    "la Région de Matam",
                    "de la Région de Matam",
                    "à la Région de Matam",
                    "dans la Région de Matam",
                ],
            ),
            (
                "Collectivité de Corse",
                None,
                [
                    "la Collectivité de Corse",
                    "de la Collectivité de Corse",
                    "à la Collectivité de Corse",
                    "dans la Collectivité de Corse",
                ],
            ),
            (
                "Collectivité européenne d’Alsace",
                None,
                [
                    "la Collectivité européenne d’Alsace",
                    "de la Collectivité européenne d’Alsace",
                    "à la Collectivité européenne d’Alsace",
                    "dans la Collectivité européenne d’Alsace",
                ],
            ),
            (
                "Syndicat des eaux d’Île-de-France",
                None,
                [
                    "le Syndicat des eaux d’Île-de-France",
                    "du Syndicat des eaux d’Île-de-France",
                    "au Syndicat des eaux d’Île-de-France",
                    "dans le Syndicat des eaux d’Île-de-France",
                ],
            ),
            (
                "Syndicat mixte du Val-Fleuri",
                None,
                [
                    "le Syndicat mixte du Val-Fleuri",
                    "du Syndicat mixte du Val-Fleuri",
                    "au Syndicat mixte du Val-Fleuri",
                    "dans le Syndicat mixte du Val-Fleuri",
                ],
            ),
            (
                "Association Eau partagée",
                None,
                [
                    "l’Association Eau partagée",
                    "de l’Association Eau partagée",
                    "à l’Association Eau partagée",
                    "dans l’Association Eau partagée",
                ],
            ),
            (
                "Agence de l’eau Rhin-Meuse",
                None,
                [
                    "l’Agence de l’eau Rhin-Meuse",
                    "de l’Agence de l’eau Rhin-Meuse",
                    "à l’Agence de l’eau Rhin-Meuse",
                    "dans l’Agence de l’eau Rhin-Meuse",
                ],
            ),
            (
                "Gouvernorat de Kairouan",
                None,
                [
                    "le Gouvernorat de Kairouan",
                    "du Gouvernorat de Kairouan",
                    "au Gouvernorat de Kairouan",
                    "dans le Gouvernorat de Kairouan",
                ],
            ),
            (
                "Wilaya d’Oran",
                None,
                [
                    "la Wilaya d’Oran",
                    "de la Wilaya d’Oran",
                    "à la Wilaya d’Oran",
                    "dans la Wilaya d’Oran",
                ],
            ),
            (
                "Préfecture des Lacs",
                None,
                [
                    "la Préfecture des Lacs",
                    "de la Préfecture des Lacs",
                    "à la Préfecture des Lacs",
                    "dans la Préfecture des Lacs",
                ],
            ),
            (
                "Province de Figuig",
                None,
                [
                    "la Province de Figuig",
                    "de la Province de Figuig",
                    "à la Province de Figuig",
                    "dans la Province de Figuig",
                ],
            ),
            (
                "District de Bamako",
                None,
                [
                    "le District de Bamako",
                    "du District de Bamako",
                    "au District de Bamako",
                    "dans le District de Bamako",
                ],
            ),
            (
                "Municipalité de Gabès",
                None,
                [
                    "la Municipalité de Gabès",
                    "de la Municipalité de Gabès",
                    "à la Municipalité de Gabès",
                    "dans la Municipalité de Gabès",
                ],
            ),
            (
                "Município de São Filipe",
                None,
                [
                    "le Município de São Filipe",
                    "du Município de São Filipe",
                    "au Município de São Filipe",
                    "dans le Município de São Filipe",
                ],
            ),
            (
                "Université d’Abomey-Calavi",
                None,
                [
                    "l’Université d’Abomey-Calavi",
                    "de l’Université d’Abomey-Calavi",
                    "à l’Université d’Abomey-Calavi",
                    "dans l’Université d’Abomey-Calavi",
                ],
            ),
            (
                "Comité de jumelage de Valmont",
                None,
                [
                    "le Comité de jumelage de Valmont",
                    "du Comité de jumelage de Valmont",
                    "au Comité de jumelage de Valmont",
                    "dans le Comité de jumelage de Valmont",
                ],
            ),
            (
                "Pôle métropolitain du Genevois",
                None,
                [
                    "le Pôle métropolitain du Genevois",
                    "du Pôle métropolitain du Genevois",
                    "au Pôle métropolitain du Genevois",
                    "dans le Pôle métropolitain du Genevois",
                ],
            ),
            (
                "Office public de l’habitat",
                None,
                [
                    "l’Office public de l’habitat",
                    "de l’Office public de l’habitat",
                    "à l’Office public de l’habitat",
                    "dans l’Office public de l’habitat",
                ],
            ),
            (
                "Établissement public territorial Est Ensemble",
                None,
                [
                    "l’Établissement public territorial Est Ensemble",
                    "de l’Établissement public territorial Est Ensemble",
                    "à l’Établissement public territorial Est Ensemble",
                    "dans l’Établissement public territorial Est Ensemble",
                ],
            ),
            (
                "Pays de Gex Agglomération",
                None,
                [
                    "le Pays de Gex Agglomération",
                    "du Pays de Gex Agglomération",
                    "au Pays de Gex Agglomération",
                    "dans le Pays de Gex Agglomération",
                ],
            ),
            (
                "Cercle de Kayes",
                None,
                [
                    "le Cercle de Kayes",
                    "du Cercle de Kayes",
                    "au Cercle de Kayes",
                    "dans le Cercle de Kayes",
                ],
            ),
            (
                "Hauts-de-France",
                Some(NameArticle::Les),
                [
                    "les Hauts-de-France",
                    "des Hauts-de-France",
                    "aux Hauts-de-France",
                    "dans les Hauts-de-France",
                ],
            ),
            (
                "Yvelines",
                Some(NameArticle::Les),
                [
                    "les Yvelines",
                    "des Yvelines",
                    "aux Yvelines",
                    "dans les Yvelines",
                ],
            ),
            (
                "Grand Est",
                Some(NameArticle::Le),
                [
                    "le Grand Est",
                    "du Grand Est",
                    "au Grand Est",
                    "dans le Grand Est",
                ],
            ),
            (
                "Nord",
                Some(NameArticle::Le),
                ["le Nord", "du Nord", "au Nord", "dans le Nord"],
            ),
            (
                "Bretagne",
                Some(NameArticle::La),
                [
                    "la Bretagne",
                    "de la Bretagne",
                    "à la Bretagne",
                    "en Bretagne",
                ],
            ),
            (
                "Île-de-France",
                Some(NameArticle::Elided),
                [
                    "l’Île-de-France",
                    "de l’Île-de-France",
                    "à l’Île-de-France",
                    "en Île-de-France",
                ],
            ),
            (
                "Occitanie",
                Some(NameArticle::La),
                [
                    "l’Occitanie",
                    "de l’Occitanie",
                    "à l’Occitanie",
                    "en Occitanie",
                ],
            ),
            (
                "Bénin",
                Some(NameArticle::Le),
                ["le Bénin", "du Bénin", "au Bénin", "au Bénin"],
            ),
            (
                "Tunisie",
                Some(NameArticle::La),
                ["la Tunisie", "de la Tunisie", "à la Tunisie", "en Tunisie"],
            ),
            (
                "Iran",
                Some(NameArticle::Elided),
                ["l’Iran", "de l’Iran", "à l’Iran", "en Iran"],
            ),
            (
                "Comores",
                Some(NameArticle::Les),
                ["les Comores", "des Comores", "aux Comores", "aux Comores"],
            ),
            (
                "Cuba",
                Some(NameArticle::None),
                ["Cuba", "de Cuba", "à Cuba", "à Cuba"],
            ),
        ] {
            let name = Name {
                article,
                ..Name::new(text)
            };
            let forms = [name.with_article(), name.of(), name.to(), name.within()];
            assert_eq!(forms, expected);
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
