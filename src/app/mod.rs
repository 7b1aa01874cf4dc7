//! (to come)
pub mod editor;

/// stub
pub fn guard(run: impl FnOnce() -> std::process::ExitCode) -> std::process::ExitCode {
    run()
}
/// stub
pub fn open(_: Option<std::path::PathBuf>, _: bool) -> std::process::ExitCode {
    std::process::ExitCode::from(5)
}
