//! The fields of article text, `{{…}}`: what each may be called, and nothing of what it is worth.
//!
//! Who composes a text gives fields their value; who checks it asks whether they name something. Both read
//! them here, so that a field that one knows is never a mistake for the other.

use std::fmt;

use super::Key;

/// A field, by its name between the braces: `engagements.valmont.numeraire.2027.lettres`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Field {
    /// `partie.<clé>.<fait>`: something about a party.
    Party(Key, PartyFact),
    /// `engagements.<clé>.<apport>`: what a party brings.
    Commitment(Key, Means, Figure),
    /// `apports.nature.total`: what all parties bring in kind.
    InKind(Figure),
    /// `cofinancements.total`: what is paid by funders who do not sign.
    Cofunding(Figure),
    /// `cout.total`: the whole cost.
    Cost(Figure),
    /// `date.<jour>`: a day of the convention's life.
    Date(Day),
    /// `duree`: « trois ans ».
    Duration,
    /// `tableau.engagements`, alone in its paragraph: the table of commitments.
    CommitmentsTable,
    /// `article:<rôle ou clé>`: « article 5 », a link.
    Article(Key),
    /// `annexe:<clé>`: « annexe 1 », a link.
    Annex(Key),
    /// `collectivite.<fait>`: something about our own authority.
    Authority(AuthorityFact),
    /// `parent.<fait>`: something about the convention that this one carries out, amends or renews.
    Parent(ParentFact),
    /// `vote.<clé>.<fait>`: the decision of a party.
    Vote(Key, VoteFact),
    /// `exemplaires`: the number of originals, in words.
    Originals,
    /// `langues`, after « en »: « français et en portugais ».
    Languages,
}

/// How an amount is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Figure {
    /// That year's alone; the whole term's when absent.
    pub year: Option<i32>,
    /// In words instead of figures: `.lettres`.
    pub in_words: bool,
}

/// Names of a family of fields, each with what it stands for.
macro_rules! facts {
    ($(#[$about:meta])* $name:ident { $($(#[$fact:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$fact])* $variant,)*
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// How a field writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|fact| fact.as_str() == text)
            }
        }
    };
}

facts! {
    /// What a field tells of a party.
    PartyFact {
        /// Its official French name.
        Name = "nom",
        /// Its short name.
        ShortName = "nom-court",
        /// Its name with its article: « la Commune de… ».
        WithArticle = "le",
        /// « de Porto-Novo », « du Havre ».
        Of = "du",
        /// « à Hué », « au Havre ».
        At = "au",
        /// Its name in its own script.
        OwnName = "nom-propre",
        /// Its country.
        Country = "pays",
        /// Its country after « de »: « du Bénin », « de Tunisie ».
        OfCountry = "pays-du",
        /// In its country: « au Bénin », « en Tunisie ».
        InCountry = "pays-en",
        /// Where it sits.
        Seat = "siege",
        /// Its assembly.
        Assembly = "assemblee",
        /// Its assembly after « de »: « du conseil municipal », « de l’Assemblée de Corse ».
        OfAssembly = "assemblee-du",
        /// Its assembly after « de », and whose it is: « du conseil municipal de Valmont », « de l’Assemblée de Corse ».
        OfDecider = "organe-du",
        /// Who signs for it.
        Signatory = "signataire",
        /// That person's function.
        Function = "fonction",
    }
}

facts! {
    /// What a party brings.
    Means {
        /// Money.
        Cash = "numeraire",
        /// What is given in kind.
        InKind = "nature",
        /// Both.
        Total = "total",
    }
}

facts! {
    /// A day of a convention's life.
    Day {
        /// The first of the programme.
        Start = "debut",
        /// The last.
        End = "fin",
        /// That of effect.
        Effect = "effet",
        /// That of the last signature.
        Signature = "signature",
    }
}

facts! {
    /// What a field tells of our own authority.
    AuthorityFact {
        /// Its name.
        Name = "nom",
        /// The representative of the State to whom its acts are transmitted.
        Prefect = "prefet",
        /// Its public accountant.
        Accountant = "comptable",
        /// The town of its seat.
        Town = "ville",
        /// Its assembly: « conseil municipal ».
        Assembly = "assemblee",
    }
}

facts! {
    /// What a field tells of the parent convention.
    ParentFact {
        /// Its title.
        Title = "titre",
        /// The day of its last signature.
        Date = "date",
    }
}

facts! {
    /// What a field tells of a decision.
    VoteFact {
        /// Its day.
        Date = "date",
        /// Its number.
        Number = "numero",
    }
}

impl Field {
    /// Reads what stands between the braces; nothing when no field is called so.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if let Some((family, target)) = name.split_once(':') {
            let target = key(target)?;
            return match family {
                "article" => Some(Self::Article(target)),
                "annexe" => Some(Self::Annex(target)),
                _ => None,
            };
        }

        let parts: Vec<&str> = name.split('.').collect();
        match *parts.as_slice() {
            ["partie", party, fact] => Some(Self::Party(key(party)?, PartyFact::parse(fact)?)),
            // All that a party brings in a year, without saying how.
            ["engagements", party, year]
                if Figure::parse(&[year]).is_some_and(|it| it.year.is_some()) =>
            {
                let figure = Figure::parse(&[year])?;
                Some(Self::Commitment(key(party)?, Means::Total, figure))
            }
            ["engagements", party, means, ref rest @ ..] => {
                let means = Means::parse(means)?;
                Some(Self::Commitment(key(party)?, means, Figure::parse(rest)?))
            }
            ["apports", "nature", "total", ref rest @ ..] => {
                Some(Self::InKind(Figure::parse(rest)?))
            }
            ["cofinancements", "total", ref rest @ ..] => {
                Some(Self::Cofunding(Figure::parse(rest)?))
            }
            ["cout", "total", ref rest @ ..] => Some(Self::Cost(Figure::parse(rest)?)),
            ["date", day] => Some(Self::Date(Day::parse(day)?)),
            ["duree"] => Some(Self::Duration),
            ["tableau", "engagements"] => Some(Self::CommitmentsTable),
            ["collectivite", fact] => Some(Self::Authority(AuthorityFact::parse(fact)?)),
            ["parent", fact] => Some(Self::Parent(ParentFact::parse(fact)?)),
            ["vote", party, fact] => Some(Self::Vote(key(party)?, VoteFact::parse(fact)?)),
            ["exemplaires"] => Some(Self::Originals),
            ["langues"] => Some(Self::Languages),
            _ => None,
        }
    }
}

impl Figure {
    fn parse(parts: &[&str]) -> Option<Self> {
        let (in_words, parts) = match parts {
            [before @ .., "lettres"] => (true, before),
            parts => (false, parts),
        };
        let year = match parts {
            [] => None,
            [year] if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(year.parse().ok()?)
            }
            _ => return None,
        };
        Some(Self { year, in_words })
    }
}

fn key(text: &str) -> Option<Key> {
    (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| Key::new(text))
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(year) = self.year {
            write!(f, ".{year:04}")?;
        }
        f.write_str(if self.in_words { ".lettres" } else { "" })
    }
}

impl fmt::Display for Field {
    /// The name, as it stands between the braces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Party(party, fact) => write!(f, "partie.{party}.{}", fact.as_str()),
            Self::Commitment(party, means, figure) => {
                write!(f, "engagements.{party}.{}{figure}", means.as_str())
            }
            Self::InKind(figure) => write!(f, "apports.nature.total{figure}"),
            Self::Cofunding(figure) => write!(f, "cofinancements.total{figure}"),
            Self::Cost(figure) => write!(f, "cout.total{figure}"),
            Self::Date(day) => write!(f, "date.{}", day.as_str()),
            Self::Duration => f.write_str("duree"),
            Self::CommitmentsTable => f.write_str("tableau.engagements"),
            Self::Article(target) => write!(f, "article:{target}"),
            Self::Annex(target) => write!(f, "annexe:{target}"),
            Self::Authority(fact) => write!(f, "collectivite.{}", fact.as_str()),
            Self::Parent(fact) => write!(f, "parent.{}", fact.as_str()),
            Self::Vote(party, fact) => write!(f, "vote.{party}.{}", fact.as_str()),
            Self::Originals => f.write_str("exemplaires"),
            Self::Languages => f.write_str("langues"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_read_and_printed_back() {
        for name in [
            "partie.porto-novo.nom",
            "partie.valmont.nom-propre",
            "engagements.valmont.numeraire",
            "engagements.valmont.nature.2027",
            "engagements.valmont.total.lettres",
            "engagements.valmont.numeraire.2027.lettres",
            "apports.nature.total",
            "apports.nature.total.2027.lettres",
            "cofinancements.total",
            "cofinancements.total.2027",
            "cout.total.2027.lettres",
            "date.debut",
            "date.signature",
            "duree",
            "tableau.engagements",
            "article:finances",
            "annexe:budget",
            "collectivite.prefet",
            "parent.titre",
            "vote.porto-novo.numero",
            "exemplaires",
            "langues",
        ] {
            let field = Field::parse(name);
            assert_eq!(
                field.map(|field| field.to_string()).as_deref(),
                Some(name),
                "{name}"
            );
        }
    }

    #[test]
    fn a_year_and_its_words_are_told_apart() {
        assert_eq!(
            Field::parse("engagements.hue.nature.2027.lettres"),
            Some(Field::Commitment(
                Key::new("hue"),
                Means::InKind,
                Figure {
                    year: Some(2027),
                    in_words: true
                }
            ))
        );
    }

    #[test]
    fn a_party_and_a_year_are_all_that_it_brings_that_year() {
        let short = Field::parse("engagements.hue.2027").unwrap();
        assert_eq!(short.to_string(), "engagements.hue.total.2027");
        assert_eq!(Field::parse("engagements.hue.lettres"), None);
    }

    #[test]
    fn what_no_field_is_called_is_not_one() {
        for name in [
            "",
            "partie",
            "partie.valmont",
            "partie.valmont.adresse",
            "partie..nom",
            "partie.valmont.nom.2027",
            "engagements.valmont",
            "engagements.valmont.numeraire.27",
            "engagements.valmont.numeraire.lettres.2027",
            "cout",
            "date.vote",
            "duree.lettres",
            "article:",
            "article:les finances",
            "chapitre:1",
            "Langues",
        ] {
            assert_eq!(Field::parse(name), None, "{name}");
        }
    }
}
