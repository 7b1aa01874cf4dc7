//! Data goes one way: a module of the library imports none that `lib.rs` names after it.

use crate::support::sources::{code, files, modules};

#[test]
fn no_module_imports_one_that_comes_after_it() {
    let modules = modules();
    assert!(modules.len() > 20, "{modules:?}");
    let mut upwards = Vec::new();
    for (rank, module) in modules.iter().enumerate() {
        for file in files(module) {
            let code = code(&file);
            for later in &modules[rank + 1..] {
                let names = [format!("crate::{later}::"), format!("crate::{later};")];
                if names.iter().any(|name| code.contains(name.as_str())) {
                    upwards.push(format!("{} → {later}", file.display()));
                }
            }
        }
    }
    assert_eq!(upwards, [] as [String; 0]);
}
