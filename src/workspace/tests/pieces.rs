//! Pieces kept as files.

use super::*;

#[test]
fn pieces_are_kept_once_and_what_is_amiss_is_told() {
    let folder = create();
    let opened = open(folder.path());
    let sha256 = opened.workspace.attach(b"Charte de 1987").unwrap();
    assert_eq!(opened.workspace.attach(b"Charte de 1987").unwrap(), sha256);
    assert_eq!(
        fs::read_dir(folder.path().join("attachments"))
            .unwrap()
            .count(),
        1
    );

    let report = opened.workspace.check_pieces(&opened.records);
    assert_eq!(report.orphans, [sha256.as_str()]);

    let mut other = Partner::new(id(2), Nature::ForeignAuthority, Name::new("Gmünd"));
    let piece = |sha256: &str| {
        serde_json::from_value(serde_json::json!({
            "id": id(3), "title": "Charte", "file_name": "c.txt", "sha256": sha256, "media_type": "text/plain"
        }))
        .unwrap()
    };
    other.pieces = vec![piece(&sha256), piece(&"0".repeat(64))];
    let records = Records::from_records([Record::Partner(other)]);
    let report = opened.workspace.check_pieces(&records);
    assert_eq!((report.orphans.len(), report.missing.len()), (0, 1));

    fs::write(opened.workspace.attachment(&sha256), "autre chose").unwrap();
    assert_eq!(opened.workspace.check_pieces(&records).altered, [sha256]);
    assert!(
        opened
            .workspace
            .attachment("../../etc/passwd")
            .starts_with(folder.path())
    );
}

#[test]
fn a_file_is_joined_and_opened_as_a_copy_once_its_hash_is_checked() {
    let folder = create();
    let elsewhere = tempfile::tempdir().unwrap();
    let workspace = open(folder.path()).workspace;
    let file = elsewhere.path().join("Délibération.pdf");
    fs::write(&file, "%PDF-1.7 …").unwrap();

    let attached = workspace.attach_file(&file).unwrap();
    assert_eq!(
        (attached.file_name.as_str(), attached.media_type.as_str()),
        ("Délibération.pdf", "application/pdf")
    );
    let piece: Piece = serde_json::from_value(serde_json::json!({
        "id": id(3), "title": "Délibération", "file_name": attached.file_name, "sha256": attached.sha256,
        "media_type": attached.media_type, "bytes": attached.bytes,
    }))
    .unwrap();
    assert_eq!(workspace.piece_state(&piece), PieceState::There);
    let into = elsewhere.path().join("copies");
    let copy = workspace.copy_piece(&piece, &into).unwrap();
    assert_eq!(copy.file_name().unwrap(), "Délibération.pdf");
    assert_eq!(workspace.copy_piece(&piece, &into).unwrap(), copy);
    #[cfg(unix)]
    assert!(fs::metadata(&copy).unwrap().permissions().readonly());

    let kept = workspace.attachment(&piece.sha256);
    fs::write(&kept, "%PDF-1.7 !…").unwrap();
    let refused = workspace.copy_piece(&piece, &into).unwrap_err().to_string();
    assert!(refused.contains("n’est plus celui"), "{refused}");
    fs::write(&kept, "autre").unwrap();
    assert_eq!(workspace.piece_state(&piece), PieceState::Altered);
    fs::remove_file(&kept).unwrap();
    assert_eq!(workspace.piece_state(&piece), PieceState::Missing);
    let refused = workspace.copy_piece(&piece, &into).unwrap_err().to_string();
    assert!(refused.contains("manque"), "{refused}");
}

#[test]
#[cfg(unix)]
fn what_is_no_plain_file_is_not_joined() {
    let folder = create();
    let elsewhere = tempfile::tempdir().unwrap();
    let workspace = open(folder.path()).workspace;
    let at = |name: &str| elsewhere.path().join(name);
    fs::write(at("vide.pdf"), "").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", at("lien.pdf")).unwrap();
    fs::create_dir(at("dossier.pdf")).unwrap();
    let long = fs::File::create(at("long.pdf")).unwrap();
    long.set_len(LONGEST_PIECE + 1).unwrap();

    for (name, why) in [
        ("vide.pdf", "vide"),
        ("lien.pdf", "lien"),
        ("dossier.pdf", "dossier"),
        ("long.pdf", "101 Mo"),
        ("absent.pdf", "n’existe pas"),
    ] {
        let refused = workspace.attach_file(&at(name)).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
    assert!(!folder.path().join("attachments").exists());
}
