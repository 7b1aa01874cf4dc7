//! What somebody else wrote while a command was at work: it was kept beside its record, and that is told.

use serde_json::{Value, json};

use super::print::say;
use crate::workspace::Workspace;

/// Tells it on stderr, a sentence a file; answers the files, from the workspace's folder.
pub(super) fn say_beside(workspace: &Workspace) -> Vec<String> {
    let kept: Vec<String> = workspace.beside().into_iter().map(|it| it.file).collect();
    for file in &kept {
        say(&sentence(file));
    }
    kept
}

/// What a program reads of it: `kept_beside`, where there is any.
pub(super) fn note_beside(told: &mut Value, kept: &[String]) {
    if let Some(told) = told.as_object_mut().filter(|_| !kept.is_empty()) {
        told.insert("kept_beside".to_owned(), json!(kept));
    }
}

fn sentence(file: &str) -> String {
    format!(
        "Quelqu’un d’autre avait écrit dans la même fiche pendant ce temps\u{a0}: la version de cette commande est \
         enregistrée, la sienne est gardée dans {file}. Comparez-les dans la fenêtre, Réglages › Fichiers à voir."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Authority, Change, Edit, Id, Name, Record};
    use crate::workspace::{Who, Wish};

    #[test]
    fn what_somebody_else_wrote_meanwhile_is_told_once_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let who = Who::of_this_process();
        let ours = Authority {
            name: Name::new("Valmont"),
            ..Authority::default()
        };
        Workspace::create(folder.path(), Id::SINGLE, &ours, &who).unwrap();
        let opened = Workspace::open(folder.path(), Wish::Write, &who).unwrap();

        let file = folder.path().join("authority.json");
        let theirs = std::fs::read_to_string(&file)
            .unwrap()
            .replace("Valmont", "Aubrac");
        std::fs::write(&file, &theirs).unwrap();
        let after = Authority {
            name: Name::new("Communauté de Valmont"),
            ..opened.records.authority().clone()
        };
        let before = Record::Authority(opened.records.authority().clone());
        let change = Change {
            label: String::new(),
            coalescing: None,
            edits: vec![Edit {
                record: before.record_id(),
                before: Some(before.into()),
                after: Some(Record::Authority(after).into()),
            }],
        };
        opened.workspace.write(&change).unwrap();

        let kept = say_beside(&opened.workspace);
        assert_eq!(kept.len(), 1);
        assert_eq!(
            std::fs::read_to_string(folder.path().join(&kept[0])).unwrap(),
            theirs
        );
        assert!(sentence(&kept[0]).contains(&kept[0]));
        let mut told = json!({ "rows": 1 });
        note_beside(&mut told, &kept);
        assert_eq!(told, json!({ "rows": 1, "kept_beside": kept }));
        assert!(say_beside(&opened.workspace).is_empty(), "it is told once");
    }
}
