//! What the window and the command line quote goes through one door, which gives what is quoted inside other quotes.

use crate::support::sources::{code, files, modules};

#[test]
fn nothing_is_put_between_quotes_by_hand() {
    let by_hand = ["«\\u{202f}{", "«\u{202f}{"];
    let mut found = Vec::new();
    for file in modules().iter().flat_map(|module| files(module)) {
        let code = code(&file);
        let lines = code.lines().filter(|_| !file.ends_with("model/quote.rs"));
        let lines = lines.filter(|line| by_hand.iter().any(|it| line.contains(it)));
        found.extend(lines.map(|line| format!("{}: {}", file.display(), line.trim())));
    }
    assert_eq!(found, [] as [String; 0]);
}
