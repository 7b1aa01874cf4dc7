//! Kinds of file that a relations office exchanges: those that are opened by the system, and how they are called.
//!
//! A file of another kind (a program, a page with scripts, an office file with macros) is kept as well, and shown in
//! the file manager instead: whoever opens it does so knowingly.

/// A kind of document that is opened without a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileType {
    /// The end of the file's name, in lower case.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What it is called: « PDF », « texte ».
    pub label: &'static str,
}

const fn kind(extension: &'static str, media_type: &'static str, label: &'static str) -> FileType {
    FileType {
        extension,
        media_type,
        label,
    }
}

const KNOWN: [FileType; 21] = [
    kind("pdf", "application/pdf", "PDF"),
    kind("odt", "application/vnd.oasis.opendocument.text", "texte"),
    kind(
        "ods",
        "application/vnd.oasis.opendocument.spreadsheet",
        "tableur",
    ),
    kind(
        "odp",
        "application/vnd.oasis.opendocument.presentation",
        "présentation",
    ),
    kind(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "texte",
    ),
    kind(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "tableur",
    ),
    kind(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "présentation",
    ),
    kind("doc", "application/msword", "texte"),
    kind("xls", "application/vnd.ms-excel", "tableur"),
    kind("ppt", "application/vnd.ms-powerpoint", "présentation"),
    kind("rtf", "application/rtf", "texte"),
    kind("txt", "text/plain", "texte"),
    kind("csv", "text/csv", "tableau"),
    kind("png", "image/png", "image"),
    kind("jpg", "image/jpeg", "image"),
    kind("jpeg", "image/jpeg", "image"),
    kind("tif", "image/tiff", "image"),
    kind("tiff", "image/tiff", "image"),
    kind("webp", "image/webp", "image"),
    kind("eml", "message/rfc822", "courriel"),
    kind("msg", "application/vnd.ms-outlook", "courriel"),
];

impl FileType {
    /// The kind of a file by its name; nothing for one that is not opened unasked.
    #[must_use]
    pub fn of(file_name: &str) -> Option<Self> {
        let (stem, extension) = file_name.trim().rsplit_once('.')?;
        let extension = extension.to_lowercase();
        KNOWN
            .into_iter()
            .find(|it| it.extension == extension && !stem.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_run_is_no_document() {
        assert_eq!(FileType::of("Convention signée.PDF").unwrap().label, "PDF");
        for name in [
            "a.exe",
            "a.pdf.exe",
            "a.docm",
            "a.html",
            "a.svg",
            "a",
            ".pdf",
            "a.pdf ",
        ] {
            let is_document = FileType::of(name).is_some();
            assert_eq!(is_document, name == "a.pdf ", "{name}");
        }
    }
}
