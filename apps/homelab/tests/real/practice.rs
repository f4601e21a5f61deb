//! A day with the commands as a person types them, on a home that another process serves.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use homelab::reach::real::Files;
use serde_json::Value;

/// The digest of the service's image.
const DIGEST: &str = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

/// Simulated seconds in one.
const SPEED: &str = "200";

/// What the person gives, and nobody may read again.
const GIVEN: &str = "GOOGLE_CLIENT_ID=the-id-of-the-client\nGOOGLE_CLIENT_SECRET=what-google-gave\n";

/// A folder with an infrastructure repository and the repository of a service, and perhaps a served home.
struct Practice {
    folder: tempfile::TempDir,
    server: Option<(Child, String)>,
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Practice {
    fn new() -> Self {
        let practice = Self { folder: tempfile::tempdir().unwrap(), server: None };
        practice.done(&["init", "home", "--yes"]);
        practice
    }

    /// With a service `notes`, whose first image is built, and a home that is up.
    fn served() -> Self {
        let mut practice = Self::new();
        let new = ["service", "new", "notes", "../notes", "--owner", "somebody", "--postgres", "--google"];
        practice.done_in("home", &new);
        let path = practice.path("notes/k8s/notes/kustomization.yaml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace(&format!("sha256:{}", "0".repeat(64)), DIGEST)).unwrap();
        let serve = ["rehearse", "--serve", "127.0.0.1:0", "--up", "--speed", SPEED, "--format", "json"];
        let mut server = practice.command("home", &serve);
        server.args(["--service", "../notes"]).stdout(Stdio::piped());
        let mut server = server.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let place: Value = serde_json::from_str(&line).unwrap();
        practice.server = Some((server, place["practice"].as_str().unwrap().to_owned()));
        practice
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn command(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_homelab"));
        command.args(arguments).current_dir(self.path(folder)).env("HOME", self.path("nobody")).env("NO_COLOR", "1");
        if let Some((_, address)) = &self.server {
            command.env("HOMELAB_REHEARSAL", address);
        }
        command
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        let output = self.command(folder, arguments).stdin(Stdio::null()).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("home", arguments)
    }

    fn done_in(&self, folder: &str, arguments: &[&str]) -> String {
        let ran = self.run_in(folder, arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}{}", ran.out, ran.err);
        for secret in ["what-google-gave", "a password of the simulation"] {
            assert!(!ran.out.contains(secret) && !ran.err.contains(secret), "{arguments:?} says a secret");
        }
        ran.out
    }

    /// Runs a command in the infrastructure repository, which must succeed; or in the folder above, before there is one.
    fn done(&self, arguments: &[&str]) -> String {
        let folder = if self.path("home").exists() { "home" } else { "" };
        self.done_in(folder, arguments)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(&[arguments, &["--format", "json"]].concat())).unwrap()
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        if let Some((server, _)) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// The only folder in a folder.
fn only_child(folder: &Path) -> String {
    let entry = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    entry.path().display().to_string()
}

#[test]
fn a_home_has_a_day_with_a_service_another_node_an_upgrade_and_a_fire() {
    let practice = Practice::served();
    practice.done(&["up", "--yes"]);
    assert!(practice.done(&["up"]).contains("Nothing to do"));

    fs::write(practice.path("given.env"), GIVEN).unwrap();
    practice.done(&["service", "secrets", "notes", "--from-env-file", "../given.env", "--yes"]);
    assert!(practice.done(&["service", "secrets", "notes"]).contains("nothing was changed"));
    practice.done(&["service", "register", "notes"]);
    assert_eq!(practice.json(&["service", "list"])["services"][0]["health"], "Healthy");
    assert!(practice.json(&["service", "logs", "notes"])["pods"].as_array().is_some_and(|pods| !pods.is_empty()));

    practice.done(&["node", "add", "--yes"]);
    practice.done(&["node", "grow", "k4", "--memory", "7GiB", "--yes"]);
    let status = practice.json(&["status"]);
    assert_eq!(status["nodes"][3]["memory"], "7GiB");
    assert_eq!(status["backups"]["last"], Value::Null);
    practice.done(&["node", "remove", "k4", "--name", "k4"]);
    practice.done(&["upgrade", "--to", "v1.36.3+k3s1"]);

    practice.done(&["backup", "../backups"]);
    let status = practice.json(&["status"]);
    assert!(status["backups"]["last"].is_string(), "{status}");
    assert_eq!((&status["is_well"], &status["nodes"][2]["k3s"]), (&Value::Bool(true), &Value::from("v1.36.3+k3s1")));
    assert_eq!(status["nodes"].as_array().map(Vec::len), Some(3));

    practice.done(&["down", "--name", "home"]);
    assert_eq!(practice.run(&["status"]).code, Some(2));
    practice.done(&["restore", &only_child(&practice.path("backups")), "--name", "home"]);
    practice.done(&["service", "remove", "notes", "--name", "notes"]);
    assert_eq!(practice.json(&["service", "list"])["services"], Value::Array(Vec::new()));
}

#[test]
fn two_commands_at_once_on_one_home_end_in_one_sentence() {
    let practice = Practice::new();
    let toml = fs::read_to_string(practice.path("home/homelab.toml")).unwrap();
    let _held = Files::new(&practice.path("home"), "").lock().unwrap();
    for arguments in [
        ["up", "--yes"].as_slice(),
        &["down", "--name", "home"],
        &["upgrade", "--to", "v1.36.3+k3s1"],
        &["backup", "../backups"],
        &["node", "add", "--yes"],
        &["node", "grow", "k3", "--memory", "8GiB", "--yes"],
        &["node", "remove", "k3", "--name", "k3"],
        &["service", "register", "notes"],
        &["service", "secrets", "notes"],
        &["service", "remove", "notes", "--name", "notes"],
    ] {
        let ran = practice.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("works on this home") && ran.err.contains("hint: wait"), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(fs::read_to_string(practice.path("home/homelab.toml")).unwrap(), toml, "the file is as it was");
    assert!(!practice.path("backups").exists());
}

#[test]
fn a_practice_is_with_this_computer_alone() {
    let practice = Practice::new();
    for (value, words) in [("192.168.0.10:8006", "no address of this computer"), ("127.0.0.1:1", "no simulated home")] {
        let mut command = practice.command("home", &["status"]);
        let output = command.env("HOMELAB_REHEARSAL", value).output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{complaint}");
        assert!(complaint.contains(words) && complaint.contains("unset HOMELAB_REHEARSAL"), "{complaint}");
    }
}
