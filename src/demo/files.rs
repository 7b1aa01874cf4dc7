//! The files of the demonstration, as they are compiled in.

use crate::model::Kind;

macro_rules! records {
    ($($kind:ident $folder:literal: $($last:literal)*;)*) => {
        &[
            (Kind::Authority, include_str!("../../assets/demo/authority.json")),
            $($((
                Kind::$kind,
                include_str!(concat!(
                    "../../assets/demo/", $folder, "/019ab3c0-1000-7000-8000-000000000", $last, ".json"
                )),
            ),)*)*
        ]
    };
}

/// Records, by kind, as JSON.
pub(super) const RECORDS: &[(Kind, &str)] = records! {
    Partner "partners":
        "101" "102" "103" "104" "105" "106" "107" "108" "109" "110" "111" "112"
        "121" "122" "123" "124" "125" "126" "127" "128";
    Contact "contacts": "201" "202" "203" "204" "205" "206" "207" "208";
    Convention "conventions":
        "301" "302" "303" "304" "305" "306" "307" "308" "309" "310" "311" "312" "313" "314" "315" "316";
    Budget "budgets": "501" "502" "503" "504" "505";
    Term "terms": "601" "602";
};

/// Pieces, by the name of their file, and their bytes.
pub(super) const ATTACHMENTS: &[(&str, &[u8])] = &[(
    "charte-1987.jpg",
    include_bytes!("../../assets/demo/attachments/charte-1987.jpg"),
)];
