//! The commands as people and programs call them: what is printed where, and the exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("there is room for a folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn homelab(&self, line: &str) -> Ran {
        self.homelab_in("", line)
    }

    fn homelab_in(&self, folder: &str, line: &str) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_homelab"))
            .args(line.split_whitespace())
            .current_dir(self.path().join(folder))
            .env("NO_COLOR", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output();
        Ran(output.expect("homelab starts"))
    }

    fn git(&self, line: &str) {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        git.args(identity).args(line.split(' ')).current_dir(self.path());
        let output = git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output();
        assert!(output.expect("git starts").status.success(), "git {line}");
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
}

struct Ran(Output);

impl Ran {
    fn code(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out()).unwrap_or_else(|error| panic!("{error}: {}", self.out()))
    }
}

/// A private key that is none, without its dash until here.
fn key() -> String {
    let body = "MIIEowIBAAKCAQEAxGk3vJ2nq8QmZ5tYw7LrB4cXnP0sDfHaJ6uKeVgT1oIyRbWz\n".repeat(4);
    format!("-----BEGIN RSA PRIV‖ATE KEY-----\n{body}-----END RSA PRIV‖ATE KEY-----\n").replace('‖', "")
}

#[test]
fn a_command_line_that_is_not_understood_ends_with_64() {
    let home = Home::new();
    assert_eq!(home.homelab("chek").code(), 64);
    assert_eq!(home.homelab("check --no-such-option").code(), 64);
    assert_eq!(home.homelab("check --explain no/such-rule").code(), 64);
    assert_eq!(home.homelab("service new Notes_2 --owner me").code(), 64);
    let json = home.homelab("--format json chek");
    assert_eq!((json.code(), json.json()["error"]["exit_code"].as_u64()), (64, Some(64)));
    assert_eq!(home.homelab("--help").code(), 0);
    assert_eq!(home.homelab("--version").code(), 0);
}

#[test]
fn init_twice_changes_nothing_and_keeps_what_a_person_edited() {
    let home = Home::new();
    assert_eq!(home.homelab("init home --yes --dry-run").code(), 2, "something would be written");
    assert!(!home.path().join("home").exists());
    assert_eq!(home.homelab("init home --yes").code(), 0);
    let again = home.homelab("init home --yes --format json");
    assert!(again.json()["files"].as_array().expect("files").iter().all(|file| file["state"] == "unchanged"));
    home.write("home/README.md", "mine\n");
    let kept = home.homelab("init home");
    assert!(kept.out().contains("kept       home/README.md") && kept.out().contains("-mine"), "{}", kept.out());
    assert_eq!(fs::read_to_string(home.path().join("home/README.md")).expect("it is there"), "mine\n");
    assert!(home.homelab("init home --force").out().contains("replaced   home/README.md"));
    assert_ne!(fs::read_to_string(home.path().join("home/README.md")).expect("it is there"), "mine\n");
}

#[test]
fn init_sends_nobody_where_they_are() {
    let home = Home::new();
    assert!(home.homelab("init infra --yes").err().contains("2. cd infra && git init"));
    fs::create_dir(home.path().join("here")).expect("a folder");
    let here = home.homelab_in("here", "init . --yes").err();
    assert!(here.contains("2. git init &&"), "{here}");
}

#[test]
fn init_asks_nothing_without_a_terminal_and_refuses_what_cannot_be() {
    let home = Home::new();
    home.write("full/notes.txt", "hello\n");
    let refused = home.homelab("init full --yes");
    assert_eq!(refused.code(), 1);
    assert!(refused.err().starts_with("error: `full` is not empty: it has `notes.txt`"), "{}", refused.err());
    assert!(refused.out().is_empty());
    assert_eq!(home.homelab("init full/notes.txt --yes").code(), 1);
    let gateway = home.homelab("init home --yes --gateway 192.168.0.41");
    assert_eq!(gateway.code(), 1, "the gateway is the first node: {}", gateway.err());
    assert!(!home.path().join("home").exists(), "nothing is written halfway");
}

#[test]
fn a_broken_homelab_toml_is_shown_with_an_arrow() {
    let home = Home::new();
    home.write("homelab.toml", "[cluster]\nnaem = \"home\"\n");
    let ran = home.homelab("capacity");
    assert_eq!(ran.code(), 1);
    assert!(ran.err().contains("--> ") && ran.err().contains("naem") && ran.err().contains("^^^^"), "{}", ran.err());
    assert_eq!(home.homelab("capacity --format json").json()["error"]["name"], "bad-config");
    assert_eq!(Home::new().homelab("plan --format json").json()["error"]["name"], "no-config");
}

#[test]
fn questions_about_a_home_are_answered_before_there_is_one() {
    let home = Home::new();
    for line in ["capacity", "cost", "place jellyfin"] {
        let ran = home.homelab(line);
        assert_eq!(ran.code(), 0, "{line}: {}", ran.err());
        assert!(ran.err().starts_with("no homelab.toml here"), "{line}: {}", ran.err());
    }
    home.homelab("init home --yes");
    assert_eq!(home.homelab("capacity --cluster home").err(), "");
}

#[test]
fn another_node_makes_more_room() {
    let home = Home::new();
    let nodes = |line: &str| home.homelab(line).json()["capacity"]["nodes"].as_array().map_or(0, Vec::len);
    assert_eq!(nodes("capacity --format json"), 3);
    assert_eq!(nodes("capacity --format json --add-node"), 4);
    assert_eq!(nodes("capacity --format json --add-node 8GiB --add-node"), 5);
    let bad = home.homelab("capacity --memory k9=8GiB");
    assert_eq!(bad.code(), 64);
    assert!(bad.err().contains("error: `k9=8GiB` cannot be thought of: there is no node `k9`"), "{}", bad.err());
}

#[test]
fn findings_in_sarif_are_the_business_of_check_alone() {
    let home = Home::new();
    let ran = home.homelab("capacity --format sarif");
    assert_eq!((ran.code(), ran.json()["error"]["name"].as_str()), (64, Some("no-findings-to-format")));
    let check = home.homelab("check --format sarif");
    assert_eq!((check.code(), check.json()["version"].as_str()), (0, Some("2.1.0")));
}

#[test]
fn a_service_is_written_before_anybody_says_whose_it_is() {
    let home = Home::new();
    let new = home.homelab("service new notes --postgres");
    assert_eq!(new.code(), 0, "{}", new.err());
    assert!(new.err().contains("--owner NAME"), "{}", new.err());
    assert_eq!(home.homelab("check notes").code(), 0);
    let by_image = home.homelab("service new other --image ghcr.io/me/other --format json");
    assert_eq!(by_image.json()["owner"], "me");
    let secret = home.homelab("service new third --owner me --set SMTP_PASSWORD=x9");
    assert_eq!(secret.code(), 64);
    assert!(!secret.err().contains("x9") && !home.path().join("third").exists(), "{}", secret.err());
}

#[test]
fn a_single_file_is_judged_by_what_it_says_itself() {
    let home = Home::new();
    home.write("Dockerfile", "FROM a:1\nCOPY . .\nUSER 1000\n");
    assert_eq!(home.homelab("check Dockerfile").code(), 0, "nobody asked what lies beside it");
    home.write("Dockerfile", "FRM a:1\n");
    assert!(home.homelab("check Dockerfile").out().starts_with("Dockerfile:1:1: error: this Dockerfile is broken"));
    home.write("app.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: [a\n");
    assert!(home.homelab("check ./app.yaml").out().starts_with("./app.yaml:"));
    let key = key();
    home.write("key.txt", &key);
    assert_eq!(home.homelab("check key.txt").code(), 1);
    let allowed = "homelab:‖allow secrets/private-key until 2999-12-31: made for a test".replace('‖', "");
    home.write("key.txt", &format!("# {allowed}\n{key}"));
    assert_eq!(home.homelab("check key.txt").code(), 0);
}

#[cfg(unix)]
#[test]
fn names_of_files_do_nothing_to_a_terminal() {
    let home = Home::new();
    home.write("a\u{1b}[31m\nb.pem", &key());
    let found = home.homelab("check");
    assert!(found.out().starts_with("a\\u{1b}[31m\\nb.pem:1:1: error: "), "{}", found.out());
    let device = home.homelab("check /dev/null");
    assert_eq!((device.code(), device.err().contains("neither a folder nor a file")), (1, true), "{}", device.err());
}

#[test]
fn every_kind_of_service_passes_its_own_check() {
    let home = Home::new();
    home.homelab("init home --yes");
    for (name, options) in [
        ("plain", ""),
        ("full", "--postgres --valkey --google --memory 384Mi --port 8080 --host full.example.net"),
        ("alone", "--replicas 1 --no-ingress"),
        ("open", "--no-network-policy --no-disruption-budget --image registry.example.net/me/open"),
    ] {
        let new = home.homelab(&format!("service new {name} --owner me --cluster home {options}"));
        assert_eq!(new.code(), 0, "{}", new.err());
        let check = home.homelab(&format!("check {name} --format json"));
        assert_eq!((check.code(), check.json()["verdict"].as_str()), (0, Some("clean")), "{}", check.out());
        assert_eq!(home.homelab(&format!("service new {name} --owner me")).code(), 1, "the folder is not empty");
    }
    let check = home.homelab("check home --format json");
    assert_eq!((check.code(), check.json()["counts"]["error"].as_u64()), (0, Some(0)), "{}", check.out());
}

#[test]
fn a_service_that_does_not_fit_is_refused_unless_told() {
    let home = Home::new();
    home.homelab("init home --yes --owner me");
    let refused = home.homelab("service new huge --memory 32Gi --cluster home");
    assert_eq!(refused.code(), 1);
    assert!(refused.err().contains("`huge`") && refused.err().contains("--anyway"), "{}", refused.err());
    assert!(!home.path().join("huge").exists());
    assert_eq!(home.homelab("service new huge --memory 32Gi --cluster home --anyway").code(), 0);
    assert_eq!(home.homelab("capacity --cluster home --service 32GiB").code(), 1);
    assert_eq!(home.homelab("capacity --cluster home --service 384Mi").code(), 0);
}

#[test]
fn the_first_source_of_a_service_compiles_answers_and_names_what_is_missing() {
    let home = Home::new();
    home.homelab("service new notes --owner me");
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_string());
    let compiled = Command::new(rustc)
        .args(["--edition", "2024", "-D", "warnings", "-o", "service", "notes/apps/notes/src/main.rs"])
        .current_dir(home.path())
        .output()
        .expect("the compiler starts");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let ran = Command::new(home.path().join("service")).env_clear().output().expect("it starts");
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "error: not set in the environment: SESSION_SECRET\n");
}

#[test]
fn a_secret_that_git_ignores_counts_only_where_an_image_takes_it() {
    let home = Home::new();
    home.git("init --quiet --initial-branch main");
    home.write(".gitignore", "build/\n.env\n");
    home.write("build/deploy.pem", &key());
    assert_eq!(home.homelab("check").code(), 0, "ignored, and in no image: {}", home.homelab("check").out());
    home.write("Dockerfile", "FROM scratch\nCOPY build/ /build/\nUSER 65532\n");
    let found = home.homelab("check --format json");
    assert_eq!(found.code(), 1);
    let paths: Vec<_> =
        found.json()["findings"].as_array().expect("findings").iter().map(|f| f["path"].clone()).collect();
    assert!(paths.contains(&Value::from("build/deploy.pem")), "{paths:?}");
    assert!(!found.out().contains("MIIEowIBAAKCAQEA"), "values are masked");
}

#[test]
fn an_exception_with_a_reason_and_a_day_is_obeyed_and_an_old_one_is_told() {
    let home = Home::new();
    home.write("key.pem", &key());
    let entry = |until: &str| {
        format!(
            "[[allow]]\nrule = \"secrets/private-key\"\npath = \"key.pem\"\nreason = \"made for a test\"\nexpires = {until}\n"
        )
    };
    assert_eq!(home.homelab("check").code(), 1);
    home.write(".homelab-allow.toml", &entry("2999-12-31"));
    let allowed = home.homelab("check --format json");
    assert_eq!((allowed.code(), allowed.json()["allowed"].as_u64()), (0, Some(1)), "{}", allowed.out());
    home.write(".homelab-allow.toml", &entry("2020-01-31"));
    assert_eq!(home.homelab("check").code(), 1);
}

#[test]
fn the_allow_file_at_the_top_of_a_repository_counts_for_each_folder_and_file_of_it() {
    let home = Home::new();
    home.git("init --quiet --initial-branch main");
    home.write("a/b/key.pem", &key());
    let entry = |path: &str, until: &str| {
        format!(
            "[[allow]]\nrule = \"secrets/private-key\"\npath = \"{path}\"\nreason = \"made for a test\"\nexpires = {until}\n"
        )
    };
    let elsewhere = entry("c/*.pem", "2999-12-31");
    home.write("c/other.pem", &format!("another\n{}", key()));
    home.write(".homelab-allow.toml", &(entry("a/b/key.pem", "2999-12-31") + &elsewhere));
    home.git("add a c");
    home.git("commit --quiet -m keys");
    let allowed = |folder: &str, line: &str| {
        let ran = home.homelab_in(folder, line);
        assert_eq!(ran.json()["findings"].as_array().map(Vec::len), Some(0), "in {folder}: {line}\n{}", ran.out());
        assert_eq!(ran.code(), 0, "in {folder}: {line}");
        ran.json()["allowed"].as_u64()
    };
    let all = Some(2);
    assert_eq!(allowed("", "check --format json"), all);
    assert_eq!(allowed("", "check --history --format json"), all);
    assert_eq!(allowed("a/b", "check --history --format json"), all);
    let one = Some(1);
    for (folder, path) in
        [("", "a"), ("", "a/b"), ("", "./a/b/key.pem"), ("a", ""), ("a/b", ""), ("a/b", "key.pem"), ("c", "../a")]
    {
        assert_eq!(allowed(folder, &format!("check --format json {path}")), one, "in {folder}: {path}");
    }
    home.write("a/b/key.pem", &format!("\n{}", key()));
    home.git("add a");
    assert_eq!(allowed("a", "check --staged --format json"), one);
    // What is wrong with the one at the top is told everywhere, and one further down is read too.
    home.write(".homelab-allow.toml", &entry("a/b/key.pem", "2020-01-31"));
    let expired = home.homelab_in("a/b", "check --format json").json();
    let told: Vec<_> =
        expired["findings"].as_array().unwrap().iter().map(|found| (&found["rule"], &found["path"])).collect();
    assert!(told.contains(&(&"allow/expired".into(), &"../../.homelab-allow.toml".into())), "{told:?}");
    home.write("a/b/.homelab-allow.toml", &entry("key.pem", "2999-12-31"));
    assert_eq!(home.homelab_in("a", "check --format json b").json()["allowed"].as_u64(), Some(1));
    // Another repository is another matter.
    home.write("d/key.pem", &key());
    home.write(".homelab-allow.toml", &entry("**/key.pem", "2999-12-31"));
    home.write("d/.git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(home.homelab("check --format json d").json()["allowed"].as_u64(), Some(0));
}

#[test]
fn the_index_counts_and_not_the_folder() {
    let home = Home::new();
    home.git("init --quiet --initial-branch main");
    home.write("key.txt", &key());
    home.git("add key.txt");
    home.write("key.txt", "gone\n");
    let staged = home.homelab("check --staged --format json");
    assert_eq!(staged.code(), 1);
    assert_eq!(staged.json()["findings"][0]["source"]["kind"], "staged");
    home.git("add key.txt");
    assert_eq!(home.homelab("check --staged").code(), 0);
}

#[test]
fn the_history_is_searched_to_its_last_corner() {
    let home = Home::new();
    home.git("init --quiet --initial-branch main");
    home.write("a.txt", "hello\n");
    home.git("add a.txt");
    home.git("commit --quiet -m first");
    assert_eq!(home.homelab("check --history").code(), 0);
    home.write("old name.txt", &key());
    home.git("add .");
    home.git("commit --quiet -m second");
    home.git("rm --quiet -r --cached .");
    home.git("commit --quiet -m third");
    fs::remove_file(home.path().join("old name.txt")).expect("it was there");
    assert_eq!(home.homelab("check").code(), 0, "it is gone from the folder");
    let history = home.homelab("check --history --format json");
    assert_eq!(history.code(), 1);
    let finding = history.json()["findings"][0].clone();
    assert_eq!((finding["path"].as_str(), finding["source"]["what"].as_str()), (Some("old name.txt"), Some("commit")));
    home.git("checkout --quiet --orphan other");
    home.git("commit --quiet --allow-empty -m fourth");
    home.git("branch --quiet -D main");
    assert_eq!(home.homelab("check --history").code(), 1, "git's log of references still leads to it");
    home.git("reflog expire --expire=now --all");
    assert_eq!(home.homelab("check --history").code(), 0, "nothing leads to it any more");
    home.write("message", &key());
    home.git("tag -a v1 -F message");
    let tagged = home.homelab("check --history --format json");
    assert_eq!(tagged.json()["findings"][0]["source"]["what"], "tag message", "{}", tagged.out());
}

#[test]
fn the_hook_stops_a_commit_and_never_takes_anothers_place() {
    let home = Home::new();
    assert_eq!(home.homelab("check --install-hook").code(), 1, "there is no repository");
    home.git("init --quiet --initial-branch main");
    assert_eq!(home.homelab("check --install-hook").code(), 0);
    assert_eq!(home.homelab("check --install-hook").code(), 0, "ours is replaced");
    home.write(".git/hooks/pre-commit", "#!/bin/sh\necho mine\n");
    let refused = home.homelab("check --install-hook");
    assert_eq!(refused.code(), 1);
    assert!(refused.err().contains("--staged"), "{}", refused.err());
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_odd_names_are_looked_at_once() {
    use std::os::unix::ffi::OsStrExt as _;
    let home = Home::new();
    home.write("a/b.txt", "hello\n");
    std::os::unix::fs::symlink("..", home.path().join("a/up")).expect("links can be made");
    std::os::unix::fs::symlink("self", home.path().join("self")).expect("links can be made");
    fs::write(home.path().join(std::ffi::OsStr::from_bytes(b"odd\xff.pem")), key()).expect("files can be written");
    let check = home.homelab("check --format json");
    assert_eq!(check.json()["files"], 2);
    assert_eq!(check.json()["findings"][0]["path"], "odd\u{fffd}.pem");
}

#[test]
fn what_is_no_image_is_one_sentence() {
    let home = Home::new();
    home.write("notes.txt", "no image\n");
    let ran = home.homelab("check --image notes.txt");
    assert_eq!(ran.code(), 1);
    assert_eq!(ran.err().lines().filter(|line| line.starts_with("error:")).count(), 1, "{}", ran.err());
    assert_eq!(home.homelab("check --image gone.tar").code(), 1);
    assert_eq!(home.homelab("check gone").code(), 1);
}

#[test]
fn completions_and_manual_pages_are_there_for_every_command() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(home.homelab(&format!("completions {shell}")).out().contains("capacity"), "{shell}");
    }
    assert!(home.homelab("man").out().contains(".TH homelab"));
    assert!(home.homelab("man service new").out().contains("postgres"));
    assert_eq!(home.homelab("man nothing").code(), 64);
}
