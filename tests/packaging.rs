//! What is packaged says the same as the program.

use std::fs;
use std::path::Path;

use super::support::{copy, json, run, text};

const ID: &str = "fr.passerelle.passerelle";

#[test]
fn the_manual_has_every_command_and_option() {
    let manual = linux("passerelle.1").replace("\\-", "-");
    let mut waiting = vec![Vec::new()];
    let mut commands = 0;
    while let Some(command) = waiting.pop() {
        let mut arguments = command.clone();
        arguments.push("--aide");
        let help = String::from_utf8(run(&arguments).stdout).unwrap();

        assert!(manual.contains(&command.join(" ")), "{command:?}");
        let words = help.split(|c: char| !c.is_alphanumeric() && c != '-');
        for option in words.filter(|word| word.starts_with("--")) {
            assert!(manual.contains(option), "{command:?} {option}");
        }
        for name in subcommands(&help) {
            let mut longer = command.clone();
            longer.push(Box::leak(name.into_boxed_str()));
            waiting.push(longer);
        }
        commands += 1;
    }
    assert!(commands > 8, "{commands}");
}

/// The names under « Commandes », two spaces in.
fn subcommands(help: &str) -> Vec<String> {
    help.lines()
        .skip_while(|line| !matches!(line.split(':').next(), Some("Commandes" | "Commands")))
        .skip(1)
        .map_while(|line| line.strip_prefix("  "))
        .filter_map(|line| line.split(' ').next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_desktop_finds_the_window_by_one_name() {
    let entry = linux(&format!("{ID}.desktop"));
    let mime = linux(&format!("{ID}.mime.xml"));
    let metainfo = linux(&format!("{ID}.metainfo.xml"));

    assert!(entry.contains(&format!("\nStartupWMClass={ID}\n")));
    assert!(entry.contains(&format!("\nIcon={ID}\n")));
    assert!(metainfo.contains(&format!("<id>{ID}</id>")));
    assert!(metainfo.contains(&format!(">{ID}.desktop</launchable>")));
    let kind = value(&entry, "MimeType=").trim_end_matches(';');
    assert!(mime.contains(&format!("type=\"{kind}\"")));
    assert!(metainfo.contains(&format!("<mediatype>{kind}</mediatype>")));
}

#[test]
fn what_is_packaged_bears_the_version_of_the_program() {
    let version = env!("CARGO_PKG_VERSION");
    assert!(linux("changelog").starts_with(&format!("passerelle ({version}-")));
    assert!(linux("passerelle.1").contains(&format!("\"Passerelle {version}\"")));
    let metainfo = linux(&format!("{ID}.metainfo.xml"));
    assert!(metainfo.contains(&format!("<release version=\"{version}\"")));
}

#[test]
fn a_workspace_opens_by_the_file_that_a_desktop_knows_it_by() {
    let workspace = copy();
    let by_folder = run(&["lister", "partenaires", text(workspace.path()), "--json"]);
    let door = workspace.path().join("workspace.json");
    let by_file = run(&["lister", "partenaires", text(&door), "--json"]);
    assert!(json(&by_folder).as_array().unwrap().len() > 10);
    assert_eq!(json(&by_file), json(&by_folder));
}

fn linux(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/linux");
    fs::read_to_string(folder.join(name)).unwrap()
}

fn value<'a>(entry: &'a str, key: &str) -> &'a str {
    entry
        .lines()
        .find_map(|line| line.strip_prefix(key))
        .unwrap()
}
