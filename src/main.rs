//! The process: arguments, or a window.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
