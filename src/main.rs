//! The process: arguments, or a window.

use std::process::ExitCode;

use passerelle::app::{self, Start};
use passerelle::cli::{self, Ending};
use passerelle::fault;

fn main() -> ExitCode {
    match fault::caught(|| cli::run(std::env::args_os())) {
        Err(fault) => fault.end(),
        Ok(Ending::Exit(code)) => ExitCode::from(code),
        Ok(Ending::Window { optional: true, .. }) if !app::display_is_there() => {
            eprintln!("Pas d’écran\u{a0}: la fenêtre ne s’ouvre pas, le reste est fait.");
            ExitCode::SUCCESS
        }
        Ok(Ending::Window { workspace, .. }) => app::open(Start { workspace }),
    }
}
