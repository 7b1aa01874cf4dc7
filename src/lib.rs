//! Passerelle: partners, conventions and budgets of French local authorities' action abroad, kept in a
//! folder of plain JSON, checked against the law as they are written, and typeset as accessible PDF.
//!
//! In reading order; data goes one way, from the first of these modules to the last.

/// What a relations officer knows: plain types and their rules. No file, no window, no clock.
pub mod model;

/// The knowledge that ships: law, glossary, countries, kinds of authority, labels of documents.
pub mod reference;

/// A first draft of a convention, from clauses.
pub mod drafting;
/// Finding anything, in records and in the knowledge that ships, by a few letters of it.
pub mod search;

/// What the money of cooperation adds up to: consolidated sums, ceilings, funders' rules.
pub mod ledger;

/// The JSON folder: open, lock, journal, save, back up, migrate, repair.
pub mod workspace;

/// Rules that answer with findings.
pub mod check;

/// What is due and when.
pub mod agenda;

/// A convention as structured text: headings, paragraphs, tables, signatures.
pub mod document;

/// Images from elsewhere, decoded and cleaned once: logos and figures.
pub mod picture;

/// A document as pages: fonts, shaping, lines, pages, the tag tree.
pub mod typeset;

/// Pages as a file that is PDF/A-2a and PDF/UA-1.
pub mod pdf;

/// Pages as pixels, for the preview and for tests.
pub mod paint;

/// Other people's formats, and what a PDF of ours carries for programs.
pub mod exchange;

/// A convention leaves as a file: what the window and the command line share.
pub mod export;

/// What is kept of one person, to be handed to it.
pub mod dossier;

/// The demonstration: Valmont, a fictitious agglomération.
pub mod demo;

/// A fault of ours, met by a person: one sentence and a report.
pub mod fault;

/// One file a command.
pub mod cli;

/// Which words of a text no dictionary of this computer knows.
pub mod spelling;

/// The window.
pub mod app;
