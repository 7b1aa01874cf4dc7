//! People, as professionals: what the law on personal data lets a department keep.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Authority, Gender, Id, Lang, absent};

impl Contact {
    /// A person of whom nothing but the name is known.
    #[must_use]
    pub fn named(id: Id, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            own_name: None,
            function: None,
            gender: None,
            holder: None,
            email: None,
            phone: None,
            languages: Vec::new(),
            source: None,
            verified: None,
            keep_until: None,
        }
    }
}

/// A person at a partner, a body or our own authority. Professional data only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// The name as the person writes it, title included: « Mme Adjoua Hounkpatin ».
    pub name: String,
    /// The name in its own script.
    #[serde(default, skip_serializing_if = "absent")]
    pub own_name: Option<String>,
    /// The function.
    #[serde(default, skip_serializing_if = "absent")]
    pub function: Option<String>,
    /// The gender, where texts must agree.
    #[serde(default, skip_serializing_if = "absent")]
    pub gender: Option<Gender>,
    /// The partner where the person works; our own authority when absent.
    #[serde(default, skip_serializing_if = "absent")]
    pub holder: Option<Id>,
    /// Professional e-mail.
    #[serde(default, skip_serializing_if = "absent")]
    pub email: Option<String>,
    /// Professional telephone.
    #[serde(default, skip_serializing_if = "absent")]
    pub phone: Option<String>,
    /// Languages spoken.
    #[serde(default, skip_serializing_if = "absent")]
    pub languages: Vec<Lang>,
    /// Where the data comes from: « carte de visite, mission de mars 2026 ».
    #[serde(default, skip_serializing_if = "absent")]
    pub source: Option<String>,
    /// When it was last seen to be right.
    #[serde(default, skip_serializing_if = "absent")]
    pub verified: Option<NaiveDate>,
    /// The day after which it is to be erased.
    #[serde(default, skip_serializing_if = "absent")]
    pub keep_until: Option<NaiveDate>,
}

/// The day since which a contact is kept longer than is right: the one that it bears, or so many years after it was
/// last seen to be right (CNIL's principle of limited retention; the number of years is the authority's). Nothing while
/// it is not, or where nothing tells.
#[must_use]
pub fn overdue(contact: &Contact, authority: &Authority, today: NaiveDate) -> Option<NaiveDate> {
    let years = authority.retention_years.map(u32::from);
    let stale = contact
        .verified
        .zip(years)
        .and_then(|(day, years)| day.checked_add_months(Months::new(12 * years)));
    let until = match (contact.keep_until, stale) {
        (Some(told), Some(stale)) => Some(told.min(stale)),
        (told, stale) => told.or(stale),
    };
    until.filter(|until| *until < today)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_contact_is_overdue_by_its_own_day_or_by_the_authority_s_years() {
        let day = |year| NaiveDate::from_ymd_opt(year, 3, 2).unwrap();
        let mut contact: Contact = serde_json::from_value(json!({
            "id": "019ab3c0-1000-7000-8000-000000000001", "name": "M. A", "verified": "2023-03-02",
        }))
        .unwrap();
        let mut authority = Authority::default();
        assert_eq!(overdue(&contact, &authority, day(2040)), None);

        authority.retention_years = Some(3);
        assert_eq!(overdue(&contact, &authority, day(2026)), None);
        assert_eq!(overdue(&contact, &authority, day(2027)), Some(day(2026)));

        contact.keep_until = Some(day(2024));
        assert_eq!(overdue(&contact, &authority, day(2026)), Some(day(2024)));
    }
}
