//! This repository is one that `homelab service new` writes, and `examples/homelab-k3s` one that `homelab init` writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How Yomu's own files were made. Run it in an empty folder to see what changed after a template did.
const YOMU: &[&str] = &[
    "service",
    "new",
    "yomu",
    "--owner",
    "TakashiAihara",
    "--postgres",
    "--valkey",
    "--google",
    "--port",
    "3000",
    "--replicas",
    "2",
    "--memory",
    "512Mi",
    "--grace",
    "30",
    "--set",
    "BIND=0.0.0.0",
    "--set",
    "LOG_LEVEL=info",
    "--set",
    "LOG_FORMAT=json",
];

/// How the example was made.
const EXAMPLE: &[&str] = &["init", "homelab-k3s", "--yes", "--owner", "TakashiAihara"];

/// What has to be the same as it was written, but for the digest, which the workflow puts there. The other manifests grew: Yomu
/// has a worker beside its pages.
const SAME: &[&str] =
    &[".github/workflows/", "k8s/argocd/", "k8s/yomu/secret.yaml.example", "k8s/yomu/service-account.yaml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs homelab in a new folder.
fn written_by(arguments: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_homelab")).args(arguments).current_dir(folder.path()).output();
    let output = output.expect("homelab starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

/// All files below a folder with their text, by path.
fn files(folder: &Path) -> Vec<(String, String)> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below the folder").to_string_lossy().into_owned();
                files.push((name, fs::read_to_string(&path).expect("it is text")));
            }
        }
    }
    files.sort();
    files
}

fn without_digests(text: &str) -> String {
    let line = |line: &str| match line.split_once("digest: sha256:") {
        Some((start, _)) => format!("{start}digest: sha256:…\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn the_example_is_what_init_writes() {
    let folder = written_by(EXAMPLE);
    let (written, kept) = (files(&folder.path().join("homelab-k3s")), files(&root().join("examples/homelab-k3s")));
    let names = |files: &[(String, String)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&written), names(&kept));
    for (written, kept) in written.iter().zip(&kept) {
        assert_eq!(written, kept, "homelab {}", EXAMPLE.join(" "));
    }
}

#[test]
fn yomus_manifests_and_workflow_are_what_service_new_writes() {
    let folder = written_by(YOMU);
    let written = files(&folder.path().join("yomu"));
    let same: Vec<_> = written.iter().filter(|(name, _)| SAME.iter().any(|start| name.starts_with(start))).collect();
    assert_eq!(same.len(), 5, "{same:?}");
    for (name, text) in same {
        let kept = fs::read_to_string(root().join(name)).unwrap_or_default();
        assert_eq!(without_digests(text), without_digests(&kept), "{name}: homelab {}", YOMU.join(" "));
    }
}

#[test]
fn yomus_secret_has_exactly_the_five_keys_of_the_decision_record() {
    let manifest = |name: &str| fs::read_to_string(root().join("k8s/yomu").join(name)).expect("Yomu has a deployment");
    let keys = |text: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.trim().strip_prefix("key: ")).map(str::to_owned).collect()
    };
    let web = manifest("web.yaml");
    assert_eq!(
        keys(&web),
        ["DATABASE_URL", "VALKEY_URL", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "SESSION_SECRET"]
    );
    assert_eq!(web.matches("name: yomu-secrets\n").count(), 5);
    assert!(web.contains("  replicas: 2\n") && web.contains("containerPort: 3000\n"));
    let worker = manifest("worker.yaml");
    assert_eq!(keys(&worker), ["DATABASE_URL", "VALKEY_URL", "SESSION_SECRET"], "and nothing of Google's");
    assert_eq!(worker.matches("name: yomu-secrets\n").count(), 3);
}

#[test]
fn yomus_image_runs_as_the_scaffold_has_it_and_its_ignore_files_hide_as_much() {
    let folder = written_by(YOMU);
    let (written, kept) = (folder.path().join("yomu"), root());
    let read = |folder: &Path, name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    // How it is built is Yomu's own business; the stage that is published is the scaffold's.
    let last_stage = |folder: &Path| {
        let lines = read(folder, "Dockerfile");
        let stage = lines.rsplit("\nFROM ").next().unwrap_or_default().to_string();
        stage.lines().filter(|line| !line.starts_with("COPY ")).map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(last_stage(&kept), last_stage(&written));
    for name in [".dockerignore", ".gitignore"] {
        let kept = read(&kept, name);
        let written = read(&written, name);
        let secrets = written.split("\n\n").next().unwrap_or_default();
        assert!(secrets.contains("!.env.example"), "{name} says what is secret first");
        for line in secrets.lines().filter(|line| !line.starts_with('#')) {
            assert!(kept.lines().any(|own| own == line), "{name} lacks `{line}`");
        }
    }
}
