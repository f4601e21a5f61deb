//! `.gitignore`, as far as a rule asks: whether a path would be hidden.
//!
//! The lines are those of `gitignore(5)`: a pattern without a slash inside holds at any depth, one with a slash from the
//! file's folder on; the last that matches wins, and the file nearest to the path has the last word. What stands in an
//! excluded folder cannot be taken back in.
//!
//! Not in here: `.git/info/exclude` and a person's global file, which nobody else has.

use crate::context::Pattern;
use crate::limits::IGNORE_PATTERNS_MAX;
use crate::tree::FileTree;

/// One line.
struct Line {
    pattern: Pattern,
    is_exception: bool,
    is_for_folders: bool,
}

/// Whether the `.gitignore` files of the tree hide a file at `path`.
pub(super) fn hides(tree: &FileTree, path: &str) -> bool {
    let ends = path.match_indices('/').map(|(slash, _)| slash).chain([path.len()]);
    ends.into_iter().any(|end| last_word(tree, &path[..end], end < path.len()))
}

/// What the last line that matches this path itself says.
fn last_word(tree: &FileTree, path: &str, is_folder: bool) -> bool {
    let folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
    let mut is_hidden = false;
    for folder in std::iter::once("").chain(folders) {
        let (file, inside) = match folder {
            "" => (".gitignore".to_owned(), path),
            folder => (format!("{folder}/.gitignore"), &path[folder.len() + 1..]),
        };
        for line in tree.text(&file).as_deref().map(lines).unwrap_or_default() {
            if (is_folder || !line.is_for_folders) && line.pattern.matches(inside) {
                is_hidden = !line.is_exception;
            }
        }
    }
    is_hidden
}

fn lines(text: &str) -> Vec<Line> {
    text.lines().filter_map(line).take(IGNORE_PATTERNS_MAX).collect()
}

fn line(text: &str) -> Option<Line> {
    let text = text.trim_end();
    if text.is_empty() || text.starts_with('#') {
        return None;
    }
    let (text, is_exception) = text.strip_prefix('!').map_or((text, false), |rest| (rest, true));
    let (text, is_for_folders) = text.strip_suffix('/').map_or((text, false), |rest| (rest, true));
    let anchored = if text.contains('/') { text.to_owned() } else { format!("**/{text}") };
    let pattern = Pattern::parse(&anchored, 0).ok().filter(|pattern| !pattern.is_exception)?;
    Some(Line { pattern, is_exception, is_for_folders })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Entry, GitState, Kind};

    fn check(files: &[(&str, &str)], path: &str, expected: bool) {
        let mut tree = FileTree::default();
        for (path, content) in files {
            let bytes = Some(content.as_bytes().into());
            tree.insert(*path, Entry { kind: Kind::File, size: 0, git: GitState::Tracked, bytes });
        }
        assert_eq!(hides(&tree, path), expected, "{path} under {files:?}");
    }

    #[test]
    fn a_name_holds_at_any_depth_and_a_path_from_its_folder_on() {
        check(&[(".gitignore", ".env\n")], "apps/web/.env", true);
        check(&[(".gitignore", "/.env\n")], "apps/web/.env", false);
        check(&[(".gitignore", "/.env\n")], ".env", true);
        check(&[(".gitignore", "k8s/*/secret.yaml\n")], "k8s/yomu/secret.yaml", true);
        check(&[("k8s/.gitignore", "/yomu/secret.yaml\n")], "k8s/yomu/secret.yaml", true);
        check(&[(".gitignore", "secret.yaml/\n")], "secret.yaml", false);
    }

    #[test]
    fn the_last_line_wins_but_not_over_an_excluded_folder() {
        check(&[(".gitignore", ".env*\n!.env\n")], ".env", false);
        check(&[(".gitignore", ".env\n"), ("web/.gitignore", "!.env\n")], "web/.env", false);
        check(&[(".gitignore", "web/\n!web/.env\n")], "web/.env", true);
        check(&[(".gitignore", "# .env\n\n")], ".env", false);
    }
}
