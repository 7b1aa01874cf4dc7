//! Names in sentences: « de », « à », « en », the article alone, a person's title, each against what French says.

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
            "conseil départemental",
            "Département de la Loire-Bleue",
            "du conseil départemental de la Loire-Bleue",
        ),
        (
            "conseil municipal",
            "Ville d’Aného",
            "du conseil municipal d’Aného",
        ),
        (
            "conseil régional",
            "Région Hauts-de-France",
            "du conseil régional de la Région Hauts-de-France",
        ),
        (
            "conseil municipal",
            "Commune nouvelle du Val-Fleuri",
            "du conseil municipal de la Commune nouvelle du Val-Fleuri",
        ),
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
