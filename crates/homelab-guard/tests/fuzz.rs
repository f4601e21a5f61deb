//! No bytes make the guard panic, and no secret stands outside its file.
//!
//! A taste by default; `FUZZ_SECONDS` makes it go on.

use std::env;
use std::time::{Duration, Instant};

use homelab_guard::{Allowances, Guard, Source, Standing};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Pieces of which files with secrets are made, and what disturbs those who read them.
const PIECES: &[&str] = &[
    "password",
    "DB_PASSWORD",
    "api_key",
    "token",
    "secret",
    "Authorization",
    "key",
    "name: ",
    "value: ",
    "kind: Secret\n",
    "data:\n",
    "stringData:\n",
    "  a: ",
    "- ",
    "=",
    ": ",
    ":",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\"",
    "'",
    "`",
    "\\",
    "\\\"",
    "\\n",
    "${",
    "}",
    ":-",
    "{{",
    "$(",
    ")",
    "(",
    "[",
    "]",
    "<",
    ">",
    "</",
    ",",
    ";",
    "&",
    "|",
    "#",
    "|-",
    "@",
    "://",
    "postgres",
    "hunter2",
    "ghp_",
    "0123456789abcdef",
    "zkQm2vR9xLp4Ws7T",
    "-----BEGIN ",
    "PRIVATE KEY",
    "-----",
    "eyJhbGciOiJIUzI1NiJ9",
    ".",
    "$2b$12$",
    "$argon2id$",
    "{SSHA}",
    "SCRAM-SHA-256$",
    "curl -u ",
    "mysql -p",
    "sshpass -p ",
    "echo x | docker login --password-stdin",
    "IDENTIFIED BY ",
    "client-key-data: ",
    "aHVudGVyMg==",
    "‖",
    "読む",
    "：",
    "\u{0}",
    "\u{feff}",
    "/",
    "%40",
    "%",
    "homelab:allow ",
    "secrets/named-value",
    " until ",
    "2027-01-31",
    "---\n",
    "\"kind\": \"Secret\"",
    "{\"data\": {",
    "PuTTY-User-Key-File-3",
    "Private-Lines:",
    "assword:",
    "login(",
    "@tcp(",
    "K10",
    "PVEAPIToken=",
    "!",
];

const PATHS: &[&str] = &[
    ".env",
    "a.yaml",
    "a.json",
    "a.toml",
    "a.sh",
    "Dockerfile",
    "a.rs",
    "a.xml",
    "a.md",
    "Cargo.lock",
    "a.conf",
    ".pgpass",
    "sasl_passwd",
    "a.csv",
    "identity.secret",
    "master.key",
    "secrets/password.txt",
    ".netrc",
    "",
];

fn check(guard: &Guard, path: &str, bytes: &[u8]) {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    for finding in guard.file(&Source::WorkTree, path, bytes) {
        assert!(finding.location.line as usize <= lines, "{finding:?}");
    }
    let mut allowances = Allowances::default();
    allowances.read_comments(&Source::WorkTree, path, bytes);
    allowances.read_file(path, &String::from_utf8_lossy(bytes), &Standing::default());
}

fn run(strategy: impl Strategy<Value = (String, Vec<u8>)>) {
    let seconds = env::var("FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(0);
    let until = Instant::now() + Duration::from_secs(seconds);
    let guard = Guard::new();
    loop {
        let mut runner = TestRunner::new(Config { cases: 400, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&strategy, |(path, bytes)| {
            check(&guard, &path, &bytes);
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
        if Instant::now() >= until {
            break;
        }
    }
}

fn path() -> impl Strategy<Value = String> {
    prop::sample::select(PATHS).prop_map(str::to_string)
}

#[test]
fn pieces_of_secrets_in_any_order_make_no_panic() {
    let text =
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat().into_bytes());
    run((path(), text));
}

#[test]
fn any_bytes_make_no_panic() {
    let noise = prop::collection::vec(any::<u8>(), 0..300);
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..10);
    let mixed = (noise, pieces).prop_map(|(noise, pieces)| {
        let mut bytes = noise;
        for piece in pieces {
            let at = piece.len() * 7 % (bytes.len() + 1);
            bytes.splice(at..at, piece.bytes());
        }
        bytes
    });
    run((path(), mixed));
}
