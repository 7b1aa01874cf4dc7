//! The OECD's types of aid and channels of delivery that authorities use, by code.
//!
//! Codes and labels: OECD/DAC code lists as IATI publishes them, read on 23 November 2026
//! (<https://github.com/IATI/IATI-Codelists-NonEmbedded>).

/// Types of aid.
pub const AID_TYPES: [(&str, &str); 11] = [
    (
        "B01",
        "Contributions aux budgets d’ONG et d’organismes privés",
    ),
    (
        "B02",
        "Contributions aux budgets d’institutions multilatérales",
    ),
    (
        "B03",
        "Contributions à des programmes à objectif spécifique",
    ),
    ("B04", "Fonds communs"),
    ("C01", "Interventions de type projet"),
    ("D01", "Personnel du pays donneur"),
    ("D02", "Autre assistance technique"),
    ("E01", "Bourses et formations dans le pays donneur"),
    ("G01", "Frais administratifs"),
    ("H01", "Sensibilisation au développement"),
    ("H02", "Réfugiés dans le pays donneur"),
];

/// Channels of delivery: the first body that receives the money.
pub const CHANNELS: [(&str, &str); 11] = [
    ("11002", "Collectivité du pays donneur"),
    ("11004", "Autre organisme public du pays donneur"),
    ("12001", "État du pays partenaire"),
    ("12002", "Collectivité du pays partenaire"),
    ("20000", "ONG et société civile"),
    ("21000", "ONG internationale"),
    ("22000", "ONG du pays donneur"),
    ("23000", "ONG du pays partenaire"),
    ("30000", "Partenariat public-privé"),
    ("40000", "Organisation multilatérale"),
    ("51000", "Université ou institut de recherche"),
];
