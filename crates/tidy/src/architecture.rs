//! ARCHITECTURE.md names things that exist.

use std::collections::BTreeSet;

use crate::workspace::{FILES, expect_nothing, text};

/// What the last part of a path looks like when it is a file of ours.
const EXTENSIONS: &[&str] = &[".rs", ".toml", ".md", ".sql", ".html", ".css", ".js", ".json", ".yml", ".yaml", ".tsv"];

fn missing_paths(document: &str, files: &BTreeSet<String>) -> Vec<String> {
    let named = in_backticks(document).into_iter().filter(|word| is_path(word, files));
    named.filter(|path| !exists(path, files)).map(|path| format!("`{path}` does not exist")).collect()
}

/// The words between single backticks, outside fenced blocks.
fn in_backticks(document: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut fenced = false;
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            words.extend(line.split('`').skip(1).step_by(2));
        }
    }
    words
}

/// Tells `crates/yomu-feed/` and `limits.rs` from `application/json`, `/unread` and `a / b`.
fn is_path(word: &str, files: &BTreeSet<String>) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    if word.starts_with('/') || word.starts_with('.') && !word.contains('/') || !word.bytes().all(plain) {
        return false;
    }
    let first = word.split('/').next().unwrap_or(word);
    let in_top_folder = word.contains('/') && files.iter().any(|file| file.starts_with(&format!("{first}/")));
    in_top_folder || word.ends_with('/') || EXTENSIONS.iter().any(|extension| word.ends_with(extension))
}

/// A path counts from the root, or from any folder: `limits.rs` and `web/pages/` need not repeat where they are.
fn exists(path: &str, files: &BTreeSet<String>) -> bool {
    let path = path.trim_end_matches('/');
    files.iter().any(|file| {
        let slashed = format!("/{file}/");
        slashed.contains(&format!("/{path}/"))
    })
}

#[test]
fn every_path_in_the_architecture_exists() {
    expect_nothing(&missing_paths(&text("ARCHITECTURE.md"), &FILES));
}

mod made_up {
    use super::*;

    fn files() -> BTreeSet<String> {
        ["crates/yomu-feed/src/limits.rs", "apps/yomu/src/web/pages/unread.rs", "README.md"].map(String::from).into()
    }

    #[test]
    fn paths_that_are_gone_are_found() {
        let document = "See `crates/yomu-feed/src/gone.rs`, `parser.rs`, `jobs/` and `crates/old`.";
        let found = missing_paths(document, &files());
        assert_eq!(found.len(), 4, "{found:?}");
    }

    #[test]
    fn paths_that_exist_and_words_that_are_no_paths_are_quiet() {
        let document = "`README.md`, `limits.rs`, `web/pages/`, `crates/yomu-feed`, `application/json`, `/unread`, \
            `parse(bytes)`, `GET /a.html`, `.env`, yomu-feed/none.rs\n```\n`crates/gone.rs`\n```\n";
        assert_eq!(missing_paths(document, &files()), Vec::<String>::new());
    }
}
