//! Who is known, and what in a text is secret: by its form (a telephone number, an address, an account), or because a
//! record says it.

use std::ops::Range;

use super::Secret;
use crate::model::{Record, Records, fold};

/// Who is known, in the words of a search.
#[derive(Default)]
pub(super) struct People {
    /// The words of each name, without titles.
    names: Vec<Vec<String>>,
    /// The last eight figures of each telephone number.
    phones: Vec<String>,
}

/// Before a surname alone, these make it a person's.
const TITLES: [&str; 16] = [
    "m", "mm", "mr", "mme", "mmes", "mlle", "dr", "pr", "me", "mrs", "ms", "sr", "sra", "don",
    "dona", "dom",
];

/// How many figures tell a telephone number from another.
const TELLING: usize = 8;

impl People {
    pub fn of(known: &[&Records]) -> Self {
        let mut people = Self::default();
        for records in known {
            let authority = records.authority();
            for signatory in &authority.signatories {
                people.name(&signatory.name);
            }
            for record in records.all() {
                match record.as_ref() {
                    Record::Partner(partner) => {
                        for signatory in &partner.signatories {
                            people.name(&signatory.name);
                        }
                    }
                    Record::Contact(contact) => {
                        people.name(&contact.name);
                        if let Some(name) = &contact.own_name {
                            people.name(name);
                        }
                        let phone = figures(contact.phone.as_deref().unwrap_or_default());
                        if let Some(start) = phone.len().checked_sub(TELLING) {
                            people.phones.extend(phone.get(start..).map(str::to_owned));
                        }
                    }
                    Record::Convention(convention) => {
                        let past = convention.taken_over.iter().flat_map(|it| &it.signatories);
                        past.for_each(|signatory| people.name(&signatory.name));
                    }
                    _ => {}
                }
            }
        }
        // The longest first; those as long in their own order, so that each is there once.
        people
            .names
            .sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        people.names.dedup();
        people
    }

    fn name(&mut self, name: &str) {
        let words: Vec<String> = words(name).into_iter().map(|(_, word)| word).collect();
        let titles = words
            .iter()
            .take_while(|word| TITLES.contains(&word.as_str()))
            .count();
        let name: Vec<String> = words.into_iter().skip(titles).collect();
        if !name.is_empty() {
            self.names.push(name);
        }
    }

    /// What is secret in a text: bytes and kind, in order, none over another.
    pub fn secrets(&self, text: &str) -> Vec<(Range<usize>, Secret)> {
        let mut found: Vec<(Range<usize>, Secret)> = Vec::new();
        for (ranges, secret) in [
            (emails(text), Secret::Email),
            (accounts(text), Secret::Account),
            (self.phones(text), Secret::Phone),
            (self.persons(text), Secret::Person),
        ] {
            for range in ranges {
                let free = found
                    .iter()
                    .all(|(it, _)| it.end <= range.start || range.end <= it.start);
                if free {
                    found.push((range, secret));
                }
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        found
    }

    fn persons(&self, text: &str) -> Vec<Range<usize>> {
        let words = words(text);
        let mut found = Vec::new();
        let mut place = 0;
        while let Some((range, word)) = words.get(place) {
            let titled = TITLES.contains(&word.as_str());
            let after = words.get(place + usize::from(titled)..).unwrap_or_default();
            let length = self
                .names
                .iter()
                .filter_map(|name| matching(name, after, titled))
                .max();
            match length {
                Some(length) => {
                    let last = place + usize::from(titled) + length - 1;
                    let end = words.get(last).map_or(range.end, |(range, _)| range.end);
                    found.push(range.start..end);
                    place = last + 1;
                }
                None => place += 1,
            }
        }
        found
    }

    fn phones(&self, text: &str) -> Vec<Range<usize>> {
        let runs = runs(
            text,
            |c| c.is_ascii_digit(),
            &[' ', '\u{a0}', '\u{202f}', '.', '-', '/', '(', ')'],
        );
        let mut found = Vec::new();
        for run in runs {
            let run_text = text.get(run.clone()).unwrap_or_default();
            let before = text.get(..run.start).unwrap_or_default();
            let plus = before.ends_with('+');
            let figures = figures(run_text);
            let known = self
                .phones
                .iter()
                .any(|phone| figures.ends_with(phone.as_str()));
            let international = plus || figures.starts_with("00");
            if known || (international && (TELLING..=17).contains(&figures.len())) {
                found.push(run.start - usize::from(plus)..run.end);
            } else if figures.starts_with('0') && !figures.starts_with("00") {
                // A French number has ten figures; what follows it after a space is something else.
                let tenth = run_text
                    .char_indices()
                    .filter(|(_, c)| c.is_ascii_digit())
                    .nth(9)
                    .map(|(place, _)| place + 1);
                let ends = |end: &usize| {
                    let after = run_text.get(*end..).unwrap_or_default();
                    !after.starts_with(|c: char| c.is_ascii_digit()) && figures.len() != 14
                };
                if let Some(end) = tenth.filter(ends) {
                    found.push(run.start..run.start + end);
                }
            }
        }
        found
    }
}

/// How many of the words make that name: all of it, or after a title any end of it. One word alone names nobody.
fn matching(name: &[String], words: &[(Range<usize>, String)], titled: bool) -> Option<usize> {
    let first = if titled { name.len() } else { 1 };
    (0..first)
        .filter_map(|from| name.get(from..))
        .find(|name| {
            (titled || name.len() > 1)
                && name.len() <= words.len()
                && name.iter().zip(words).all(|(name, (_, word))| name == word)
        })
        .map(<[String]>::len)
}

/// The words of a text with their bytes, as a search reads them.
fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let is_letter =
        |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    runs(text, is_letter, &[])
        .into_iter()
        .filter_map(|range| {
            let word = fold(text.get(range.clone())?);
            Some((range, word))
        })
        .collect()
}

/// The stretches of those letters, which one separator each may join; they begin and end with a letter.
fn runs(text: &str, is_letter: impl Fn(char) -> bool, separators: &[char]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut gap = 0;
    for (place, c) in text.char_indices() {
        if is_letter(c) {
            let end = place + c.len_utf8();
            match runs.last_mut() {
                Some(run) if gap <= 2 && (run.end == place || gap > 0) => run.end = end,
                _ => runs.push(place..end),
            }
            gap = 0;
        } else if separators.contains(&c) && !runs.is_empty() && gap < 3 {
            gap += 1;
        } else {
            gap = 3;
        }
    }
    runs
}

fn figures(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn emails(text: &str) -> Vec<Range<usize>> {
    let is_local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-' | '%');
    let is_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    text.match_indices('@')
        .filter_map(|(at, _)| {
            let before = text.get(..at)?;
            let local = before.trim_end_matches(is_local).len();
            let after = text.get(at + 1..)?;
            let domain = after.len() - after.trim_start_matches(is_domain).len();
            let name = after.get(..domain)?.trim_end_matches(['.', '-']);
            (local < at && name.contains('.')).then_some(local..at + 1 + name.len())
        })
        .collect()
}

/// IBANs whose check figures agree, or that are said to be one; RIBs, by their 23 figures.
fn accounts(text: &str) -> Vec<Range<usize>> {
    const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

    let is_letter = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let mut found = Vec::new();
    for run in runs(text, is_letter, &SPACES) {
        let Some(account) = text.get(run.clone()) else {
            continue;
        };
        let letters: Vec<(usize, char)> = account
            .char_indices()
            .filter(|(_, c)| !SPACES.contains(c))
            .collect();
        let begins_word = |place: usize| {
            place == 0 || account.get(..place).is_some_and(|it| it.ends_with(SPACES))
        };
        let mut from = 0;
        while from < letters.len() {
            let rest = letters.get(from..).unwrap_or_default();
            let start = rest.first().map_or(0, |(place, _)| *place);
            let said = text.get(..run.start + start).is_some_and(|before| {
                before
                    .trim_end_matches([' ', '\u{a0}', ':', '\u{202f}'])
                    .to_uppercase()
                    .ends_with("IBAN")
            });
            let length = if begins_word(start) {
                account_length(rest, said)
            } else {
                None
            };
            match length.and_then(|length| Some((length, rest.get(length - 1)?))) {
                Some((length, (last, _))) => {
                    found.push(run.start + start..run.start + last + 1);
                    from += length;
                }
                None => from += 1,
            }
        }
    }
    found
}

/// How many of the letters are an account number, the most that can be.
fn account_length(letters: &[(usize, char)], said: bool) -> Option<usize> {
    let text: String = letters.iter().map(|(_, c)| *c).take(34).collect();
    let is_iban = |text: &str| {
        let head = text.get(..4).unwrap_or_default();
        let (country, check) = head.split_at_checked(2).unwrap_or_default();
        country.bytes().all(|c| c.is_ascii_uppercase()) && check.bytes().all(|c| c.is_ascii_digit())
    };
    let longest = (15..=text.len()).rev();
    if text.len() >= 15 && is_iban(&text) {
        let mut longest = longest;
        let checked = longest.find(|length| {
            let account = text.get(..*length).unwrap_or_default();
            figures(account).len() >= 10 && has_check_of_iban(account)
        });
        return checked.or(said.then_some(text.len()));
    }
    let is_rib = text.len() >= 23 && text.bytes().take(23).filter(u8::is_ascii_digit).count() >= 20;
    (is_rib && text.bytes().take(10).all(|c| c.is_ascii_digit())).then_some(23)
}

/// ISO 13616: the first four characters last, letters as 10 to 35, what is left by 97 is 1.
fn has_check_of_iban(iban: &str) -> bool {
    let (head, tail) = iban.split_at_checked(4).unwrap_or_default();
    let rest = tail.chars().chain(head.chars()).fold(0_u32, |rest, c| {
        let value = c.to_digit(36).unwrap_or_default();
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    });
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str], phones: &[&str]) -> People {
        let mut people = People::default();
        for name in names {
            people.name(name);
        }
        people.phones = phones.iter().map(|it| (*it).to_owned()).collect();
        people
    }

    fn masked(people: &People, text: &str) -> String {
        let mut masked = text.to_owned();
        for (range, _) in people.secrets(text).into_iter().rev() {
            masked.replace_range(range, "■");
        }
        masked
    }

    #[test]
    fn addresses_numbers_and_accounts_are_found_by_their_form() {
        let nobody = people(&[], &["97000000"]);
        for (text, wanted) in [
            ("écrire à a.b+c@ville-x.fr.", "écrire à ■."),
            (
                "@ctes, tél. 01 23 45 67 89, bureau 4",
                "@ctes, tél. ■, bureau 4",
            ),
            (
                "au +229 01 97 11 22 33 et au 0033 1 23 45 67 89",
                "au ■ et au ■",
            ),
            ("(01.23.45.67.89)", "(■)"),
            ("poste 97 00 00 00", "poste ■"),
            ("FR76 3000 6000 0112 3456 7890 189 ouvert", "■ ouvert"),
            ("compte FR7630006000011234567890189.", "compte ■."),
            ("IBAN : BJ66 BJ06 1010 0100 1443 9000 0000", "IBAN : ■"),
            ("RIB 30006 00001 12345678901 89", "RIB ■"),
        ] {
            assert_eq!(masked(&nobody, text), wanted);
        }
    }

    #[test]
    fn dates_amounts_and_registers_are_left_alone() {
        let nobody = people(&[], &[]);
        for text in [
            "du 01/02/2027 au 31/12/2029, 60 000 € et 1 234 567,89 €",
            "délibération n° 2026-114 du 3 février 2027",
            "SIREN 012 345 678, SIRET 012 345 678 00012",
            "LES PARTIES CONVIENNENT DE CE QUI SUIT EN 2027 ET 2028",
            "article L. 1115-1, 1 %, 0,5 %",
        ] {
            assert_eq!(masked(&nobody, text), text);
        }
    }

    #[test]
    fn people_who_are_known_are_found_however_they_are_written() {
        let known = people(&["Mme Hélène Carvalho", "M. Adjoua d’Almeida", "Paul"], &[]);
        for (text, wanted) in [
            ("par Mme Hélène Carvalho, présidente", "par ■, présidente"),
            ("Hélène CARVALHO et helene carvalho", "■ et ■"),
            ("M. d’Almeida, Mme Carvalho, M. Paul", "■, ■, ■"),
            (
                "rue Carvalho, saint Paul, Hélène",
                "rue Carvalho, saint Paul, Hélène",
            ),
            ("Mme la présidente", "Mme la présidente"),
        ] {
            assert_eq!(masked(&known, text), wanted);
        }
    }
}
