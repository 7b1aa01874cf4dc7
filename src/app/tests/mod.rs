//! Journeys of a person at the window, by the keyboard, without a display.

mod budgets;
mod conventions;
mod driver;
mod erasing;
mod export;
mod frame;
mod house;
mod journeys;
mod knowledge;
mod paper;
mod partners;
mod preview;
mod search;
mod writing;
