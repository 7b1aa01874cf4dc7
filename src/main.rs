//! The process: arguments, or a window.

use std::process::ExitCode;

use passerelle::app::{self, Start};
use passerelle::cli::{self, Ending};

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Ending::Exit(code) => ExitCode::from(code),
        Ending::Window { optional: true, .. } if !app::display_is_there() => {
            eprintln!("Pas d’écran\u{a0}: la fenêtre ne s’ouvre pas, le reste est fait.");
            ExitCode::SUCCESS
        }
        Ending::Window { workspace, .. } => app::open(Start { workspace }),
    }
}
