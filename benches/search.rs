//! What finding costs, beside SQLite's full-text search: `cargo bench --features anchors --bench search`.
//!
//! 50,000 generated rows, a name and a text of some thirty words each; 50 queries, of a letter to four words, with
//! accents, phrases, what is rare and what is not there. The rival is FTS5 in memory, the same words as prefixes, its
//! best eight by rank, over the same rows in the same run.
//!
//! - Indexing: 300 ms.
//! - Each query: 5 ms, and the slowest half of the slowest of FTS5.
//!
//! Exit status 1 when a promise is not kept.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use passerelle::search::{Index, Query};

const ROWS: usize = 50_000;
const BEST: usize = 8;

/// Times that each query is run: the median counts.
const RUNS: usize = 9;

const INDEXED: Duration = Duration::from_millis(300);
const FOUND: Duration = Duration::from_millis(5);

/// What somebody types, letter by letter or at once.
const QUERIES: [&str; 50] = [
    "e",
    "a",
    "d",
    "p",
    "co",
    "ea",
    "po",
    "eau",
    "por",
    "val",
    "port",
    "porto",
    "PORTO",
    "pôrto",
    "novo",
    "école",
    "ecole",
    "santé",
    "convention",
    "commune",
    "assainissement",
    "jumelage",
    "jeunesse",
    "déchets",
    "climat",
    "dossier",
    "12",
    "2027",
    "4242",
    "99999",
    "dossier 42",
    "commune de",
    "la commune",
    "eau porto",
    "porto eau",
    "école santé",
    "jumelage figuig",
    "convention eau valmont",
    "commune porto jeunesse",
    "dossier eau 17",
    "de la des les",
    "porto-novo",
    "l'eau",
    "un pour cent",
    "zzz",
    "introuvable",
    "figuig 2026",
    "đà nẵng",
    "thessalonique",
    "formation patrimoine climat jeunesse",
];

const WORDS: [&str; 60] = [
    "eau",
    "assainissement",
    "école",
    "Porto-Novo",
    "jumelage",
    "santé",
    "déchets",
    "Figuig",
    "formation",
    "patrimoine",
    "climat",
    "jeunesse",
    "Valmont",
    "Aného",
    "Thiès",
    "Đà Nẵng",
    "Thessalonique",
    "Vitória",
    "convention",
    "avenant",
    "comité",
    "pilotage",
    "réseau",
    "quartier",
    "bornes-fontaines",
    "maraîchage",
    "mobilité",
    "énergie",
    "tourisme",
    "culture",
    "francophonie",
    "coopération",
    "association",
    "subvention",
    "versement",
    "rapport",
    "évaluation",
    "mission",
    "délégation",
    "maire",
    "présidente",
    "conseil",
    "préfet",
    "délibération",
    "signature",
    "budget",
    "recette",
    "dépense",
    "ville",
    "région",
    "département",
    "syndicat",
    "agglomération",
    "fleuve",
    "lagune",
    "marché",
    "bibliothèque",
    "hôpital",
    "stade",
    "théâtre",
];

const SMALL: [&str; 12] = [
    "de",
    "la",
    "le",
    "des",
    "les",
    "et",
    "pour",
    "avec",
    "dans",
    "une",
    "la commune",
    "sur",
];

/// Numbers that look drawn, the same each time (Knuth's constants).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// A row: its name, its text.
fn rows() -> Vec<(String, String)> {
    let mut draw = Draw(2026);
    let row = |number: usize| {
        let name = format!(
            "{} {} {}",
            WORDS[draw.below(WORDS.len())],
            WORDS[draw.below(WORDS.len())],
            2020 + draw.below(12)
        );
        let mut text = format!("dossier {number}");
        for _ in 0..14 {
            text.push(' ');
            text.push_str(SMALL[draw.below(SMALL.len())]);
            text.push(' ');
            text.push_str(WORDS[draw.below(WORDS.len())]);
        }
        (name, text)
    };
    (0..ROWS).map(row).collect()
}

/// The rows in SQLite's full-text search, and how long that took.
fn rival(rows: &[(String, String)]) -> (Connection, Duration) {
    let began = Instant::now();
    let mut base = Connection::open_in_memory().unwrap();
    base.execute_batch(
        "create virtual table rows using fts5(name, text, tokenize = 'unicode61 remove_diacritics 2')",
    )
    .unwrap();
    let filling = base.transaction().unwrap();
    for (number, (name, text)) in (0_i64..).zip(rows) {
        filling
            .prepare_cached("insert into rows (rowid, name, text) values (?, ?, ?)")
            .unwrap()
            .execute(params![number, name, text])
            .unwrap();
    }
    filling.commit().unwrap();
    (base, began.elapsed())
}

/// The same words as FTS5 writes them, each the beginning of one.
fn asked(typed: &str) -> String {
    typed
        .split_whitespace()
        .map(|word| format!("\"{word}\"*"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn median(mut one: impl FnMut() -> usize) -> (Duration, usize) {
    let mut found = 0;
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            found = one();
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    (times[RUNS / 2], found)
}

fn main() -> ExitCode {
    let rows = rows();

    let began = Instant::now();
    let mut index = Index::default();
    for (number, (name, text)) in rows.iter().enumerate() {
        index.put(number, [name.as_str()], [text.as_str()]);
    }
    let indexed = began.elapsed();
    let (base, filled) = rival(&rows);

    let mut slowest = [(Duration::ZERO, ""); 2];
    for typed in QUERIES {
        let (ours, found) = median(|| index.find(&Query::new(typed), BEST).len());
        let asked = asked(typed);
        let (theirs, theirs_found) = median(|| {
            let mut ranked = base
                .prepare_cached("select rowid from rows where rows match ? order by rank limit ?")
                .unwrap();
            let found = ranked
                .query_map(params![asked, BEST as i64], |row| row.get::<_, i64>(0))
                .unwrap();
            found.count()
        });
        println!("{typed:<40} {ours:>9.2?} ({found})   FTS5 {theirs:>9.2?} ({theirs_found})");
        for (slowest, time) in slowest.iter_mut().zip([ours, theirs]) {
            if time > slowest.0 {
                *slowest = (time, typed);
            }
        }
    }

    let [(ours, our_query), (theirs, their_query)] = slowest;
    let kept = [indexed <= INDEXED, ours <= FOUND, ours * 2 <= theirs];
    let say = |kept: bool| if kept { "kept" } else { "BROKEN" };
    println!(
        "index    {indexed:.0?}, FTS5 {filled:.0?}  promised {INDEXED:?}: {}",
        say(kept[0])
    );
    println!(
        "slowest  {ours:.2?} (« {our_query} »)  promised {FOUND:?}: {}",
        say(kept[1])
    );
    println!(
        "         FTS5 {theirs:.2?} (« {their_query} »): {:.2} ×  promised 0.5 ×: {}",
        ours.as_secs_f64() / theirs.as_secs_f64(),
        say(kept[2])
    );
    if kept.iter().all(|kept| *kept) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
