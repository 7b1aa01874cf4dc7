//! The currency that the head of a column says, and whether it counts by thousands: « Montant (FCFA) », « Budget en k€ »,
//! « Coût total TND ». An amount in francs is never one in euros in silence.

use crate::exchange::table::value::{CFA, DOLLARS, FRANCS};
use crate::model::fold;

/// What the amounts of a column are counted in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit {
    /// The ISO codes that it may stand for; none where only thousands are said.
    pub codes: Vec<String>,
    /// By tens to that power: 3 of thousands.
    pub power: usize,
}

/// The codes of ISO 4217, and that of the franc of before the euro.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP \
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP FRF GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD \
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG \
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD \
    TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// Codes that are also words of heads all in capitals: taken for currencies where nothing else is meant.
const WORDS: [&str; 8] = ["ALL", "BAM", "CUP", "MUR", "PEN", "SOS", "TOP", "TRY"];

/// Abbreviations of one country, that mean something else elsewhere.
const LOCAL: [(&str, &[&str]); 6] = [
    ("DT", &["TND"]),
    ("DH", &["MAD"]),
    ("DHS", &["MAD"]),
    ("DA", &["DZD"]),
    ("Ar", &["MGA"]),
    ("F", FRANCS),
];

/// Signs and names, folded but for the signs.
const NAMES: [(&str, &[&str]); 21] = [
    ("€", &["EUR"]),
    ("euro", &["EUR"]),
    ("euros", &["EUR"]),
    ("eur", &["EUR"]),
    ("cfa", CFA),
    ("fcfa", CFA),
    ("$", DOLLARS),
    ("us$", &["USD"]),
    ("$us", &["USD"]),
    ("£", &["GBP"]),
    ("dollar", DOLLARS),
    ("dollars", DOLLARS),
    ("franc", FRANCS),
    ("francs", FRANCS),
    ("dinar", &["TND", "DZD", "JOD", "IQD", "LYD", "KWD", "RSD"]),
    ("dinars", &["TND", "DZD", "JOD", "IQD", "LYD", "KWD", "RSD"]),
    ("dirham", &["MAD", "AED"]),
    ("dirhams", &["MAD", "AED"]),
    ("ariary", &["MGA"]),
    ("gourdes", &["HTG"]),
    ("ouguiyas", &["MRU"]),
];

/// Nationalities that say whose dinar or franc it is.
const WHOSE: [(&str, &str); 14] = [
    ("tunisien", "TND"),
    ("algerien", "DZD"),
    ("jordanien", "JOD"),
    ("libyen", "LYD"),
    ("serbe", "RSD"),
    ("marocain", "MAD"),
    ("suisse", "CHF"),
    ("guineen", "GNF"),
    ("congolais", "CDF"),
    ("comorien", "KMF"),
    ("rwandais", "RWF"),
    ("canadien", "CAD"),
    ("americain", "USD"),
    ("francais", "FRF"),
];

/// What a head says beside its unit, and the unit; none where it says none.
pub(super) fn parted(head: &str) -> (String, Option<Unit>) {
    part(head, false)
}

/// The unit that a line above the heads says of all amounts: « Budget 2027 (en milliers d’euros) ». What is not set apart
/// there is an amount told by the way.
pub(super) fn above(line: &str) -> Option<Unit> {
    part(line, true).1
}

fn part(head: &str, only_set_apart: bool) -> (String, Option<Unit>) {
    let words: Vec<&str> = head.split_whitespace().collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut unit = Unit::default();
    let mut was_unit = false;
    for (rank, whole) in words.iter().enumerate() {
        let brackets = |c: char| matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':');
        let word = whole.trim_matches(brackets);
        let before = rank.checked_sub(1).and_then(|it| words.get(it));
        let follows = before.is_some_and(|it| leads(it)) || was_unit;
        let is_set_apart = whole.starts_with(['(', '[']) || follows;
        let is_at_end = rank == 0 || rank + 1 == words.len();
        let read = read(word, is_set_apart, is_at_end).filter(|_| is_set_apart || !only_set_apart);
        was_unit = read.is_some() || was_unit && leads(word);
        match read {
            Some(read) => {
                if unit.codes.is_empty() || (1..unit.codes.len()).contains(&read.codes.len()) {
                    unit.codes = read.codes;
                }
                unit.power = unit.power.max(read.power);
            }
            // « dinars tunisiens », « francs CFA ».
            None => match whose(word, &unit) {
                Some(code) => unit.codes = vec![code],
                None => kept.push(whole),
            },
        }
    }
    if unit == Unit::default() {
        return (head.to_owned(), None);
    }
    // What led to it leads nowhere any more.
    while kept.last().is_some_and(|word| leads(word)) {
        kept.pop();
    }
    (kept.join(" "), Some(unit))
}

/// Whether a word leads to a unit: « en », « (en ».
fn leads(word: &str) -> bool {
    ["en", "de", "d"].contains(&fold(word).as_str())
}

/// What one word says.
fn read(word: &str, is_set_apart: bool, is_at_end: bool) -> Option<Unit> {
    let codes = |codes: &[&str]| codes.iter().map(|it| (*it).to_owned()).collect();
    let bare = ["d’", "d'"].iter().find_map(|it| word.strip_prefix(it));
    let word = bare.unwrap_or(word);
    let power = match fold(word).as_str() {
        "millier" | "milliers" => 3,
        "million" | "millions" => 6,
        _ => 0,
    };
    if power > 0 {
        let codes = Vec::new();
        return Some(Unit { codes, power });
    }
    let of = |word: &str| {
        let lower = word.to_lowercase();
        let named = NAMES.iter().find(|(name, _)| *name == lower);
        let local = LOCAL.iter().filter(|_| is_set_apart);
        let named = named.or_else(|| local.clone().find(|(name, _)| *name == word));
        if let Some((_, those)) = named {
            return Some(codes(those));
        }
        let is_code = CODES.split(' ').any(|code| code == word);
        let is_meant = is_set_apart || is_at_end && !WORDS.contains(&word);
        (is_code && is_meant).then(|| vec![word.to_owned()])
    };
    if let Some(codes) = of(word) {
        return Some(Unit { codes, power: 0 });
    }
    // « k€ », « KEUR », « M€ », « kFCFA »: never « MAD ».
    let (power, rest) = match word.chars().next()? {
        'k' | 'K' => (3, word.get(1..)?),
        'M' => (6, word.get(1..)?),
        _ => return None,
    };
    let codes = of(rest).filter(|_| rest != "F" || is_set_apart)?;
    Some(Unit { codes, power })
}

/// Whose it is, of those that were said.
fn whose(word: &str, unit: &Unit) -> Option<String> {
    if unit.codes.len() < 2 {
        return None;
    }
    let folded = fold(word);
    let singular = folded.strip_suffix('s').unwrap_or(&folded);
    let found = WHOSE
        .iter()
        .find(|(name, _)| *name == folded || *name == singular);
    let code = found.map(|(_, code)| (*code).to_owned())?;
    unit.codes.contains(&code).then_some(code)
}

impl Unit {
    /// Whether its amounts may be in that currency.
    #[must_use]
    pub fn allows(&self, code: &str) -> bool {
        self.codes.is_empty() || self.codes.iter().any(|it| it == code)
    }

    /// « en TND », « en milliers d’EUR », « en XOF ou XAF ».
    #[must_use]
    pub fn said(&self) -> String {
        let those = self.codes.get(..3).unwrap_or(&self.codes).join(" ou ");
        let by = match self.power {
            0 => return format!("en {those}"),
            3 => "en milliers",
            _ => "en millions",
        };
        match those.chars().next() {
            None => by.to_owned(),
            Some('A' | 'E' | 'I' | 'O' | 'U') => format!("{by} d’{those}"),
            Some(_) => format!("{by} de {those}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_says_its_currency_and_its_thousands() {
        for (head, bare, codes, power) in [
            ("Montant (FCFA)", "Montant", "XOF XAF", 0),
            ("Montant en k€", "Montant", "EUR", 3),
            ("Coût total TND", "Coût total", "TND", 0),
            ("Montant en milliers d’euros", "Montant", "EUR", 3),
            ("Montant (en milliers)", "Montant", "", 3),
            ("Budget 2027 (M€)", "Budget 2027", "EUR", 6),
            ("2027 KEUR", "2027", "EUR", 3),
            ("Montant en dinars tunisiens", "Montant", "TND", 0),
            ("Montant en francs CFA", "Montant", "XOF XAF", 0),
            ("Montant (millions de F CFA)", "Montant", "XOF XAF", 6),
            ("Montant (DT)", "Montant", "TND", 0),
            ("Montant € TTC", "Montant TTC", "EUR", 0),
            ("USD amount", "amount", "USD", 0),
            ("Montant TOP", "Montant TOP", "", 0),
            ("Budget MAE", "Budget MAE", "", 0),
            ("DA", "DA", "", 0),
            ("Budget MAD 2027", "Budget MAD 2027", "", 0),
            ("Montant", "Montant", "", 0),
        ] {
            let (said, unit) = parted(head);
            let unit = unit.unwrap_or_default();
            let told = (said.as_str(), unit.codes.join(" "), unit.power);
            assert_eq!(told, (bare, codes.to_owned(), power), "{head}");
        }
        assert_eq!(above("Budget 2027 (en k€)").map(|it| it.power), Some(3));
        assert_eq!(above("Projet eau, 200 000 USD"), None);
        let said = |head: &str| parted(head).1.unwrap().said();
        assert_eq!(said("Montant k€"), "en milliers d’EUR");
        assert_eq!(said("Montant FCFA"), "en XOF ou XAF");
    }

    #[test]
    fn the_codes_are_those_of_the_currencies_that_ship() {
        let shipped = crate::reference::Reference::shipped().currencies();
        let shipped: Vec<&str> = shipped.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(CODES.split(' ').collect::<Vec<_>>(), shipped);
    }
}
