//! What happens in a convention: to the whole of it, to the part that is open, and in each of its parts.

use iced::widget::text_editor;

use super::verify::Kept;
use super::{
    Part, acts, aside, clause, definitions, fields, parties, preamble, search, sheet, spell,
    versions,
};
use crate::app::editor;
use crate::app::preview;
use crate::app::screen::pieces;
use crate::app::slug::Slug;
use crate::app::widget::form::Typing;
use crate::check::Finding;
use crate::model::{self, AnnexKind, Lang};

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A part is opened.
    Show(Part),
    /// The keyboard moves in the plan.
    Step {
        /// From this line.
        from: usize,
        /// Down, or up.
        down: bool,
    },
    /// Another language.
    Language(Lang),
    /// The title is typed.
    Title(String),
    /// Something in the editor.
    Editor(editor::Message),
    /// An article more.
    AddArticle,
    /// Something is learnt of spelling.
    Spelling(spell::Message),
    /// Something happens to clauses.
    Clause(clause::Message),
    /// An annex more.
    AddAnnex,
    /// An annex holds something else.
    AnnexKind(AnnexKind),
    /// What an article is for.
    Role(Option<String>),
    /// The paragraph of the translation that stands opposite that of the French.
    Opposite(usize),
    /// The translation was read against the French of today.
    UpToDate,
    /// The text is written in one more language.
    AddLanguage(Lang),
    /// A part changes places with its neighbour.
    Shift {
        /// Which.
        part: Part,
        /// Down, or up.
        down: bool,
    },
    /// The same article once more.
    Duplicate(Part),
    /// A part is no longer there.
    Remove(Part),
    /// Something is typed in an entry.
    Form(fields::Field, Typing),
    /// Something is written in an entry of several lines.
    Area(fields::Field, text_editor::Action),
    /// Something happens to the whole.
    Sheet(sheet::Message),
    /// Something happens to acts.
    Acts(acts::Message),
    /// Something happens to parties.
    Parties(parties::Message),
    /// Something happens to visas or recitals.
    Preamble(preamble::Message),
    /// Among pieces.
    Pieces(pieces::Message),
    /// The pieces of that act, or of the whole.
    PiecesOf(Option<model::Id>),
    /// Somebody answers for a finding.
    Aside(aside::Message),
    /// What the terms of the part shown mean.
    Definitions(definitions::Message),
    /// Among versions.
    Versions(versions::Message),
    /// The sheet of checks leaves as PDF.
    Checks,
    /// Results are to be noted, on the sheet.
    Results,
    /// To another convention.
    Open(model::Id),
    /// To the sheet of a partner.
    Partner(model::Id),
    /// Another finding, and its place.
    Finding {
        /// The one before.
        backwards: bool,
    },
    /// The place of the gravest finding.
    Gravest,
    /// The place of a finding.
    GoTo(Box<Finding>),
    /// What can be done about it mechanically.
    Fix(Box<Finding>),
    /// Which findings the panel shows.
    Kept(Kept),
    /// To a text of law.
    Text(Slug),
    /// To the texts that apply to it.
    Applicable,
    /// To the list.
    List,
    /// To the PDF.
    Export,
    /// The plan, in the place of the part.
    Plan,
    /// On a narrow window, what is done to an article is shown, or hidden.
    Tools,
    /// What stands beside the part, shown or hidden.
    Side,
    /// In find and replace.
    Search(search::Event),
    /// Among the pages.
    Preview(preview::Message),
}
