//! A demonstration workspace, made once, and the binary to run on copies of it.

pub mod sources;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

/// The prefix of every identifier of the demonstration's records.
pub const ID: &str = "019ab3c0-1000-7000-8000-000000000";

/// The demonstration, made by the binary, with its exports. Never to be changed.
pub fn demonstration() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("démo");
        let made = run(&["demo", text(&path), "--sans-fenetre"]);
        assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
        (folder, path)
    });
    path
}

/// A copy of the demonstration without its exports, to be changed at will.
pub fn copy() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(demonstration(), copy.path());
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            if entry.file_name() != "exports" {
                copy_folder(&entry.path(), &target);
            }
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Runs the binary, away from any display.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin("passerelle"))
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What the binary printed, as JSON.
pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)))
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A record's file in a copy.
pub fn file(workspace: &Path, kind: &str, last: &str) -> PathBuf {
    workspace.join(kind).join(format!("{ID}{last}.json"))
}

/// Edits a record's file as a person with a text editor would.
pub fn edit(file: &Path, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    change(&mut value);
    fs::write(file, serde_json::to_string_pretty(&value).unwrap() + "\n").unwrap();
}

/// Every file below a folder, but what is ours in `.passerelle`, with its bytes.
pub fn everything(folder: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut all = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let told = fs::symlink_metadata(entry.path()).unwrap();
            if told.is_dir() {
                folders.push(entry.path());
            } else {
                let bytes = if told.is_file() {
                    fs::read(entry.path()).unwrap()
                } else {
                    Vec::new()
                };
                all.insert(entry.path(), bytes);
            }
        }
    }
    all
}
