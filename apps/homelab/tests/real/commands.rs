//! The commands as they are built, against a served home.

use serde_json::Value;

use crate::served::{Desk, Ran, ServedHome};

/// The sentence and the next step of a command that failed.
fn complaint(ran: &Ran) -> String {
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{}", ran.err);
    ran.err.clone()
}

#[test]
fn plan_of_an_empty_host_lists_every_step_and_changes_nothing() {
    let served = ServedHome::empty();
    let desk = Desk::at(&served);
    let ran = desk.run(&["plan", "--format", "json"]);
    assert_eq!(ran.code, Some(2), "{}{}", ran.out, ran.err);
    let plan: Value = serde_json::from_str(&ran.out).unwrap();
    let steps = plan["plan"]["steps"].as_array().unwrap();
    let words = |step: &Value| format!("{}: {}", step["place"].as_str().unwrap(), step["sentence"].as_str().unwrap());
    let all: Vec<String> = steps.iter().map(words).collect();
    let all = all.join("\n");
    for wanted in
        ["k1: start K3s", "k2: start K3s", "k3: start K3s", "apply Argo CD", "apply PostgreSQL", "apply Valkey"]
    {
        assert!(all.contains(wanted), "no step says `{wanted}`:\n{all}");
    }
    let again = desk.run(&["plan", "--format", "json"]);
    assert_eq!(again.out, ran.out, "looking changes nothing");
}

#[test]
fn plan_in_words_shows_the_steps_and_what_is_left_alone() {
    let served = ServedHome::empty();
    let ran = Desk::at(&served).run(&["plan"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.out.contains("jellyfin") && ran.out.contains("komga"), "{}", ran.out);
}

#[test]
fn doctor_finds_nothing_missing_in_a_good_home() {
    let served = ServedHome::empty();
    let ran = Desk::at(&served).run(&["doctor"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.out.contains("nothing is missing"), "{}", ran.out);
}

#[test]
fn status_of_an_empty_host_says_that_the_nodes_are_missing() {
    let served = ServedHome::empty();
    let ran = Desk::at(&served).run(&["status", "--format", "json"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    let status: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(status["is_well"], false);
    let nodes: Vec<&Value> = status["nodes"].as_array().unwrap().iter().map(|node| &node["container"]).collect();
    assert_eq!(nodes, ["missing", "missing", "missing"]);
}

#[test]
fn down_with_nothing_of_ours_removes_nothing() {
    let served = ServedHome::empty();
    let ran = Desk::at(&served).run(&["down", "--name", "home"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("Nothing to remove"), "{}", ran.out);
}

#[test]
fn a_wrong_password_is_one_sentence() {
    let served = ServedHome::empty();
    let desk = Desk::at(&served);
    for command in ["plan", "doctor", "status"] {
        let ran = desk.run_with(&[command], "quite another password");
        let words = complaint(&ran);
        assert!(words.contains("root@pam") && words.contains("password"), "{command}: {words}");
    }
}

#[test]
fn another_certificate_than_the_pinned_one_is_one_sentence_and_nothing_is_sent() {
    let served = ServedHome::empty();
    let desk = Desk::at(&served);
    let other = "00:".repeat(31) + "00";
    desk.edit(|text| text.replace(&served.place.fingerprint, &other));
    let words = complaint(&desk.run(&["plan"]));
    assert!(words.contains(&served.place.fingerprint), "what it shows is told: {words}");
    assert!(words.contains(&other), "what is pinned is told: {words}");
    assert!(words.contains("openssl x509 -noout -fingerprint -sha256"), "how to compare is told: {words}");
}

#[test]
fn without_a_fingerprint_a_certificate_of_the_hosts_own_is_not_believed() {
    let served = ServedHome::empty();
    let desk = Desk::at(&served);
    desk.edit(|text| text.replace("fingerprint = \"", "# fingerprint = \""));
    let words = complaint(&desk.run(&["plan"]));
    assert!(words.contains("fingerprint"), "{words}");
    // The doctor shows the one that is shown, and how to compare it; it pins nothing.
    let before = std::fs::read_to_string(desk.file()).unwrap();
    let words = complaint(&desk.run(&["doctor"]));
    assert!(words.contains(&served.place.fingerprint) && words.contains("pvenode cert info"), "{words}");
    assert_eq!(std::fs::read_to_string(desk.file()).unwrap(), before);
}

#[test]
fn a_token_that_is_to_set_keyctl_is_refused_before_anything_is_made() {
    let served = ServedHome::empty();
    let desk = Desk::at(&served);
    desk.edit(|text| {
        text.replace("user = \"root@pam\"", "user = \"homelab@pve\"")
            .replace("# token = \"homelab\"", "token = \"cluster\"")
    });
    let words = complaint(&desk.run(&["plan"]));
    assert!(words.contains("no API token may set `keyctl`") && words.contains("help: log in as `root@pam`"), "{words}");
    // The other way out: without it a token is enough.
    desk.edit(|text| text.replace("keyctl = true", "keyctl = false"));
    let ran = desk.run(&["plan"]);
    assert_eq!(ran.code, Some(2), "{}{}", ran.out, ran.err);
}

#[test]
fn a_host_that_does_not_answer_is_one_sentence() {
    let served = ServedHome::empty();
    let desk = Desk::at(&served);
    let address = served.place.proxmox.to_string();
    drop(served);
    let words = complaint(&desk.run(&["status"]));
    assert!(words.contains(&address), "{words}");
}

#[test]
fn two_runs_at_once_on_one_computer_are_refused() {
    let served = ServedHome::empty();
    let desk = Desk::at(&served);
    std::fs::create_dir_all(desk.path().join(".homelab")).unwrap();
    let other = std::fs::File::create(desk.path().join(".homelab/lock")).unwrap();
    other.try_lock().unwrap();
    let words = complaint(&desk.run(&["up", "--yes"]));
    assert!(
        words.contains("another `homelab` works on this home") && words.contains("hint: wait until it is done"),
        "{words}"
    );
    drop(other);
    let words = complaint(&desk.run_with(&["up", "--yes"], "quite another password"));
    assert!(!words.contains("another `homelab`"), "the lock is free again: {words}");
}
