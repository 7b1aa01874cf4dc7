//! Other people's formats, in and out. What comes in is hostile until it is read here, and is shown before it is kept.

/// A budget as the table that leaves for a spreadsheet and comes back.
pub mod budget;
/// What is due, for other calendars.
pub mod calendar;
/// What all budgets add up to, as a table that leaves.
pub mod consolidated;
/// What a convention's PDF may carry for programs: what it prints, and nothing else.
pub mod extract;
/// What a table from elsewhere would do to the records, row by row.
pub mod import;
/// Tables on their way out: CSV and XLSX.
pub mod sheet;
/// Tables from elsewhere, read into plain cells.
pub mod table;
/// Who waits for a table, and may give it up.
pub mod watch;
/// A document on its way out as a Word file.
pub mod word;
