//! Other people's formats, in and out. What comes in is hostile until it is read here, and is shown before it is kept.

/// What a convention's PDF may carry for programs: what it prints, and nothing else.
pub mod extract;
