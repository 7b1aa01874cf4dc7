//! Nothing in the program speaks to a network: what IT departments are told in `packaging/installation-dsi.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Crates that are linked and whose sources name an Internet socket, each with why it is there.
const KNOWN: [(&str, &str); 9] = [
    ("async-io", "waits for the session's bus on behalf of zbus"),
    ("calloop", "the event loop of Wayland windows"),
    ("libc", "the system's interface, all of it"),
    ("linux-raw-sys", "the system's interface, all of it"),
    ("polling", "waits for the session's bus on behalf of zbus"),
    ("rustix", "the system's interface, all of it"),
    ("serde_json", "says in its documentation what may be read"),
    ("x11rb", "an X server may be elsewhere, if DISPLAY says so"),
    (
        "zbus",
        "the desktop's theme; the bus is where DBUS_SESSION_BUS_ADDRESS says, a local socket",
    ),
];

/// What speaks HTTP, TLS, DNS or the like, on any system, in our tests included.
const FORBIDDEN: [&str; 22] = [
    "actix-web",
    "async-net",
    "attohttpc",
    "axum",
    "curl",
    "h2",
    "hickory-resolver",
    "hyper",
    "isahc",
    "mio",
    "minreq",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "sentry",
    "socket2",
    "surf",
    "tungstenite",
    "ureq",
];

#[test]
fn no_crate_that_is_locked_speaks_to_a_network() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let locked: BTreeSet<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .collect();
    assert!(locked.contains("iced"));

    let found: Vec<_> = FORBIDDEN
        .into_iter()
        .filter(|name| locked.contains(name))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn whatever_names_an_internet_socket_says_why_it_is_linked() {
    let sources = sources();
    let mut naming = BTreeSet::new();
    for (name, folder) in &sources {
        if names_a_socket(folder) {
            naming.insert(name.as_str());
        }
    }

    let known: BTreeMap<_, _> = KNOWN.into_iter().collect();
    let unknown: Vec<_> = naming
        .iter()
        .filter(|name| !known.contains_key(*name))
        .collect();
    assert!(unknown.is_empty(), "without a reason: {unknown:?}");
    let gone: Vec<_> = known
        .keys()
        .filter(|name| !naming.contains(*name))
        .collect();
    assert!(gone.is_empty(), "no longer linked: {gone:?}");
    assert!(!names_a_socket(&root().join("src")), "ours");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The crates that are linked into the program on this system, and where their sources are.
fn sources() -> Vec<(String, PathBuf)> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "-e", "normal"])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    let tree = String::from_utf8(tree.stdout).unwrap();

    let registries: Vec<PathBuf> = fs::read_dir(cargo_home().join("registry/src"))
        .unwrap()
        .map(|registry| registry.unwrap().path())
        .collect();
    tree.lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.next()?.strip_prefix('v')?))
        })
        .filter(|(name, _)| *name != env!("CARGO_PKG_NAME"))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|(name, version)| {
            let folder = registries
                .iter()
                .map(|registry| registry.join(format!("{name}-{version}")))
                .find(|folder| folder.is_dir());
            (
                name.to_owned(),
                folder.unwrap_or_else(|| panic!("the sources of {name} {version} are not there")),
            )
        })
        .collect()
}

fn cargo_home() -> PathBuf {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .unwrap()
}

fn names_a_socket(folder: &Path) -> bool {
    const NAMES: [&str; 4] = ["TcpStream", "TcpListener", "UdpSocket", "AF_INET"];

    fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .any(|entry| {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                let name = entry.file_name();
                return !["tests", "examples", "benches"]
                    .iter()
                    .any(|apart| name == *apart)
                    && names_a_socket(&path);
            }
            path.extension().is_some_and(|extension| extension == "rs") && {
                let bytes = fs::read(&path).unwrap();
                let text = String::from_utf8_lossy(&bytes);
                NAMES.iter().any(|name| text.contains(name))
            }
        })
}
