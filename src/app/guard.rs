//! Between the window and the person: whether there is a display, and what is said when a window cannot be had.
//!
//! iced 0.14 and what it stands on end by a panic where there is no display, where the Wayland socket that the
//! environment names is dead even though an X server answers, where the screen has a depth that they do not draw. A
//! person meets one sentence instead, and a code (`cli.md`): 5 for no display, 70 for a fault of ours, with a report.

use std::io::Write as _;
use std::process::ExitCode;

use crate::fault::{self, Fault};

const NO_WINDOW: u8 = 5;

/// Whether a window can be hoped for: some display is named, and one that can be reached.
#[must_use]
pub fn display_is_there() -> bool {
    display::reach() != display::Reach::Nothing
}

/// Whether the window is to have an alpha channel, though it lets nothing through.
///
/// On an X screen of 16 or 30 bits a dot nothing here draws windows as deep as the screen; with an alpha they have 32.
pub(super) fn wants_alpha() -> bool {
    display::wants_alpha()
}

/// Runs the window under guard.
pub(super) fn run(window: impl FnOnce() -> iced::Result) -> ExitCode {
    match display::reach() {
        display::Reach::Display => {}
        display::Reach::Nothing => {
            return end(
                NO_WINDOW,
                "Passerelle n’a pas trouvé d’écran\u{a0}: lancez-le depuis une session graphique, ou voyez \
                 «\u{a0}passerelle --aide\u{a0}» pour la ligne de commande.",
            );
        }
        display::Reach::OnlyX11 => {
            if let Some(code) = display::again_on_x11() {
                return code;
            }
        }
    }

    match fault::caught(window) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(_)) => end(NO_WINDOW, NO_WINDOW_WORDS),
        Err(fault) if is_of_the_display(&fault) => end(NO_WINDOW, NO_WINDOW_WORDS),
        Err(fault) => fault.end(),
    }
}

const NO_WINDOW_WORDS: &str = "Passerelle n’a pas pu ouvrir de fenêtre sur cet écran\u{a0}: il n’accepte pas l’affichage demandé.";

/// Whether the window could not be had, rather than something of ours being wrong: it is what makes windows that gave
/// up.
fn is_of_the_display(fault: &Fault) -> bool {
    [
        "iced_winit",
        "winit-",
        "softbuffer",
        "x11-dl",
        "wayland-",
        "xkbcommon",
        "/window/compositor.rs",
    ]
    .iter()
    .any(|name| fault.file().contains(name))
}

fn end(code: u8, words: &str) -> ExitCode {
    // There is nobody to tell that nobody can be told.
    let _ = writeln!(std::io::stderr(), "{words}");
    ExitCode::from(code)
}

#[cfg(target_os = "linux")]
mod display {
    use std::env;
    use std::os::unix::net::UnixStream;
    use std::os::unix::process::CommandExt as _;
    use std::path::PathBuf;
    use std::process::{Command, ExitCode};
    use std::sync::{Mutex, PoisonError};
    use std::thread;
    use std::time::Duration;

    use x11rb::connection::Connection as _;
    use x11rb::rust_connection::RustConnection;

    /// What the environment leads to.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Reach {
        /// A display.
        Display,
        /// An X server; the Wayland display that is named is dead, and winit would stop at it.
        OnlyX11,
        /// Nothing.
        Nothing,
    }

    pub fn reach() -> Reach {
        let named = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let wayland = named("WAYLAND_DISPLAY") || named("WAYLAND_SOCKET");
        // An X server on this machine listens on a socket; one elsewhere is believed.
        let x11 = named("DISPLAY") && x11_answers();

        match (wayland, x11) {
            (false, false) => Reach::Nothing,
            (false, true) => Reach::Display,
            (true, _) if wayland_answers() => Reach::Display,
            (true, true) => Reach::OnlyX11,
            (true, false) => Reach::Nothing,
        }
    }

    fn wayland_answers() -> bool {
        let Some(name) = env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty()) else {
            // A socket that the compositor handed down cannot be tried without being used up.
            return env::var_os("WAYLAND_SOCKET").is_some();
        };
        let name = PathBuf::from(name);
        let socket = if name.is_absolute() {
            name
        } else {
            PathBuf::from(env::var_os("XDG_RUNTIME_DIR").unwrap_or_default()).join(name)
        };
        UnixStream::connect(socket).is_ok()
    }

    /// The connection that found the X server and its screen, for as long as the process lives.
    ///
    /// A server whose last client leaves starts afresh, and refuses whoever comes meanwhile: one that has no other
    /// client, as on a machine that tests, would refuse the window because the probe let go.
    static PROBE: Mutex<Option<(RustConnection, usize)>> = Mutex::new(None);

    fn x11_answers() -> bool {
        /// Tries, for a server that is starting afresh.
        const TRIES: u32 = 10;

        let display = env::var("DISPLAY").unwrap_or_default();
        let Some(rest) = display.strip_prefix(':') else {
            return true;
        };
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let mut probe = PROBE.lock().unwrap_or_else(PoisonError::into_inner);
        if probe.is_some() {
            return true;
        }

        let socket = PathBuf::from(format!("/tmp/.X11-unix/X{number}"));
        for _ in 0..TRIES {
            *probe = RustConnection::connect(None).ok();
            if probe.is_some() || !socket.exists() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        probe.is_some()
    }

    pub fn wants_alpha() -> bool {
        let probe = PROBE.lock().unwrap_or_else(PoisonError::into_inner);
        probe
            .as_ref()
            .and_then(|(server, screen)| server.setup().roots.get(*screen))
            .is_some_and(|screen| !matches!(screen.root_depth, 24 | 32))
    }

    /// Becomes the same process without the dead Wayland display: nothing when that fails.
    pub fn again_on_x11() -> Option<ExitCode> {
        let program = env::current_exe().ok()?;
        let refused = Command::new(program)
            .args(env::args_os().skip(1))
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .exec();
        drop(refused);
        None
    }
}

#[cfg(not(target_os = "linux"))]
mod display {
    use std::process::ExitCode;

    /// What the environment leads to; these systems always have a display.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    #[allow(dead_code)]
    pub enum Reach {
        Display,
        OnlyX11,
        Nothing,
    }

    pub fn reach() -> Reach {
        Reach::Display
    }

    pub fn wants_alpha() -> bool {
        false
    }

    pub fn again_on_x11() -> Option<ExitCode> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_is_told_from_a_display_that_gave_up() {
        let is_display = |file: &str| is_of_the_display(&Fault::in_file(file));
        assert!(is_display("/registry/iced_winit-0.14.1/src/lib.rs"));
        assert!(is_display("/registry/softbuffer-0.4.6/src/x11.rs"));
        assert!(is_display(
            "/registry/iced_tiny_skia-0.14.1/src/window/compositor.rs"
        ));
        assert!(!is_display("/registry/iced_tiny_skia-0.14.1/src/text.rs"));
        assert!(!is_display("src/typeset/lines.rs"));
        assert!(!is_display(""));
    }
}
