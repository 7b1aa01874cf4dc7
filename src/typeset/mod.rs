//! A document as pages.

pub mod pages;
