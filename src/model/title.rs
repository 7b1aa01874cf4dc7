//! A convention's title as a list shows it, without what every line of the list would repeat.

use super::{Convention, Records};

impl Records {
    /// The title without « de coopération décentralisée », and without our own name ahead of the partner's:
    /// « Convention de coopération décentralisée Valmont – Porto-Novo 2027-2029 » is « Porto-Novo 2027-2029 ».
    ///
    /// A title that is not long by these words is left as it is.
    #[must_use]
    pub fn short_title(&self, convention: &Convention) -> String {
        let authority = self.authority();
        let ours = authority.short_name.as_ref().unwrap_or(&authority.name);
        shortened(&convention.title, &ours.text)
    }
}

fn shortened(title: &str, ours: &str) -> String {
    let Some((kind, after)) = title.split_once(" de coopération décentralisée ") else {
        return title.to_owned();
    };
    let after = after
        .strip_prefix(ours)
        .and_then(|it| it.strip_prefix(" – "));
    match after {
        None => title.to_owned(),
        Some(partner) if kind == "Convention" => partner.to_owned(),
        Some(partner) => format!("{kind} {partner}"),
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_title_loses_what_every_line_would_repeat_and_nothing_else() {
        for (title, short) in [
            (
                "Convention de coopération décentralisée Valmont – Porto-Novo 2027-2029 « eau »",
                "Porto-Novo 2027-2029 « eau »",
            ),
            (
                "Convention-cadre de coopération décentralisée Valmont – Mahdia 2024-2028",
                "Convention-cadre Mahdia 2024-2028",
            ),
            (
                "Pacte d’amitié Valmont – Ioannina",
                "Pacte d’amitié Valmont – Ioannina",
            ),
            (
                "Convention de financement 2026 avec Valmont Solidarités",
                "Convention de financement 2026 avec Valmont Solidarités",
            ),
            (
                "Convention de coopération décentralisée avec Hué",
                "Convention de coopération décentralisée avec Hué",
            ),
        ] {
            assert_eq!(shortened(title, "Valmont"), short);
        }
    }
}
