//! The sources of the library, for what is asked of the code itself.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library, in the order in which `lib.rs` tells them.
pub fn modules() -> Vec<String> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// The files of a module that are not its tests.
pub fn files(module: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut places = vec![
        PathBuf::from(format!("src/{module}.rs")),
        PathBuf::from(format!("src/{module}")),
    ];
    while let Some(place) = places.pop() {
        if place.is_dir() {
            let entries = fs::read_dir(&place).unwrap();
            places.extend(entries.map(|entry| entry.unwrap().path()));
        } else if place.is_file() && !is_test(&place) {
            files.push(place);
        }
    }
    files
}

/// In a folder or a file of tests, or declared for tests only.
fn is_test(file: &Path) -> bool {
    let parent = file.with_file_name("mod.rs");
    let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
    let declared = format!("#[cfg(test)]\nmod {stem};");
    file.iter()
        .any(|part| part == "tests" || part == "tests.rs")
        || fs::read_to_string(parent).is_ok_and(|it| it.contains(&declared))
}

/// The code of a file: without its comments, nor the tests at its end.
pub fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}
