//! Journeys of a person at the window, by the keyboard, without a display.

mod acts;
mod budget_held;
mod budget_sight;
mod budgets;
mod consolidated;
mod conventions;
mod driver;
mod erasing;
mod export;
mod frame;
mod house;
mod imports;
mod journeys;
mod kept;
mod knowledge;
mod long_lists;
mod palette;
mod paper;
mod partners;
mod preview;
mod refused;
mod search;
mod spreadsheet;
mod versions;
mod walk;
mod writing;
