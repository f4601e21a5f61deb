//! The scripts can be run, and continuous integration runs the same one as everybody.

use crate::workspace::{FILES, expect_nothing, text};

fn calls_the_tests(ci: &str) -> bool {
    ci.lines().any(|line| !line.trim_start().starts_with('#') && line.contains("scripts/test"))
}

fn without_an_interpreter(file: &str, text: &str) -> Option<String> {
    (!text.starts_with("#!/")).then(|| format!("`{file}` does not begin with `#!`"))
}

fn is_script(file: &str) -> bool {
    file == ".ci/run" || file.strip_prefix("scripts/").is_some_and(|name| !name.contains('.'))
}

#[cfg(unix)]
#[test]
fn scripts_have_the_run_bit() {
    use std::os::unix::fs::PermissionsExt;

    let may_run = |file: &str| {
        crate::workspace::root().join(file).metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0)
    };
    let scripts: Vec<&String> = FILES.iter().filter(|file| is_script(file)).collect();
    assert!(scripts.len() >= 3, "the scripts were not found");
    let findings: Vec<String> =
        scripts.iter().filter(|file| !may_run(file)).map(|file| format!("`{file}` cannot be run (chmod +x)")).collect();
    expect_nothing(&findings);
    assert!(!may_run("Cargo.toml"), "the check can tell a file that cannot be run");
}

#[test]
fn scripts_name_their_interpreter() {
    let findings: Vec<String> = FILES
        .iter()
        .filter(|file| is_script(file))
        .filter_map(|file| without_an_interpreter(file, &text(file)))
        .collect();
    expect_nothing(&findings);
}

#[test]
fn continuous_integration_runs_the_test_script() {
    assert!(calls_the_tests(&text(".ci/run")));
}

#[test]
fn a_comment_is_not_a_call() {
    assert!(!calls_the_tests("#!/bin/sh\n# see scripts/test\ncargo test\n"));
    assert!(calls_the_tests("#!/bin/sh\nexec scripts/test \"$@\"\n"));
}

#[test]
fn a_script_without_its_first_line_is_found() {
    assert!(without_an_interpreter("scripts/a", "set -e\n").is_some());
    assert!(without_an_interpreter("scripts/a", "#!/usr/bin/env bash\n").is_none());
    assert!(
        is_script("scripts/test") && is_script(".ci/run") && !is_script("scripts/notes.md") && !is_script("src/test")
    );
}
