//! Where the folder lies: on this disk, on a share, or in a folder that a synchroniser carries. What is careful on a
//! disk is less so there, and the person is told.

use std::path::Path;

/// Where a workspace lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surroundings {
    /// A disk of this machine, as far as is known.
    Local,
    /// A network share.
    Share,
    /// A folder carried by a synchroniser: its name.
    Synchronised(&'static str),
}

/// Folders by whose name, or by a file in which, a synchroniser is known.
const SYNCHRONISERS: [(&str, &[&str], &[&str]); 6] = [
    ("OneDrive", &["OneDrive"], &[]),
    ("Dropbox", &["Dropbox"], &[".dropbox", ".dropbox.cache"]),
    (
        "Google Drive",
        &["Google Drive", "GoogleDrive", "My Drive"],
        &[],
    ),
    (
        "Nextcloud",
        &["Nextcloud", "ownCloud"],
        &[".owncloudsync.log", ".sync_journal.db"],
    ),
    ("Syncthing", &[], &[".stfolder"]),
    ("iCloud", &["Mobile Documents", "iCloud Drive"], &[]),
];

impl Surroundings {
    /// Looks at the folder and those above it.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        for above in folder.ancestors() {
            let name = above.file_name().map(|name| name.to_string_lossy());
            for (synchroniser, names, marks) in SYNCHRONISERS {
                let named = name.as_ref().is_some_and(|name| {
                    names
                        .iter()
                        .any(|known| name == known || name.starts_with(&format!("{known} - ")))
                });
                if named || marks.iter().any(|mark| above.join(mark).exists()) {
                    return Self::Synchronised(synchroniser);
                }
            }
        }
        if is_share(folder) {
            Self::Share
        } else {
            Self::Local
        }
    }

    /// What it changes, for whoever opens; nothing on a disk.
    #[must_use]
    pub fn notice(self) -> Option<String> {
        match self {
            Self::Local => None,
            Self::Share => Some(
                "Cet espace est sur un partage réseau\u{a0}: une seule personne y écrit à la fois, et une coupure du \
                 réseau retarde l’enregistrement. Gardez une sauvegarde sur votre poste."
                    .to_owned(),
            ),
            Self::Synchronised(name) => Some(format!(
                "Cet espace est dans un dossier synchronisé ({name}) : ne l’ouvrez que sur un poste à la fois, et \
                 attendez la fin de la synchronisation avant de l’ouvrir ailleurs. Les copies de conflit seront \
                 signalées."
            )),
        }
    }
}

#[cfg(target_os = "linux")]
fn is_share(folder: &Path) -> bool {
    /// NFS, SMB, SMB2, CIFS, as `statfs(2)` numbers them.
    const SHARES: [i64; 4] = [0x6969, 0x517B, 0xFE53_4D42, 0xFF53_4D42];

    rustix::fs::statfs(folder).is_ok_and(|told| {
        // Its width is the platform's.
        SHARES
            .iter()
            .any(|share| u32::try_from(told.f_type) == u32::try_from(*share))
    })
}

#[cfg(not(target_os = "linux"))]
fn is_share(folder: &Path) -> bool {
    folder.to_string_lossy().starts_with(r"\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synchronised_folders_are_known_by_name_and_by_mark() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("OneDrive - Valmont").join("Conventions");
        std::fs::create_dir_all(&inner).unwrap();
        assert_eq!(
            Surroundings::of(&inner),
            Surroundings::Synchronised("OneDrive")
        );

        let other = folder.path().join("partage");
        std::fs::create_dir_all(other.join(".stfolder")).unwrap();
        assert_eq!(
            Surroundings::of(&other.join("espace")),
            Surroundings::Synchronised("Syncthing")
        );
        assert_eq!(Surroundings::of(folder.path()), Surroundings::Local);
    }
}
