//! The process: arguments, or a window; a guard so that nobody ever sees a Rust trace.

use std::process::ExitCode;

use passerelle::app;
use passerelle::cli::{self, Ending};

fn main() -> ExitCode {
    app::guard(|| match cli::run(std::env::args_os()) {
        Ending::Exit(code) => ExitCode::from(code),
        Ending::Window {
            workspace,
            optional,
        } => app::open(workspace, optional),
    })
}
