//! Waiting for tasks and locks, and what happens when the line breaks.

use std::time::Duration;

use crate::host::{Host, answer, data, failure, lost, unreachable, with_token};
use proxmox_client::nodes::lxc::{self, Create, config, status};
use proxmox_client::{Error, NodeName, Patience, Situation, Upid, Vmid, limits, version};
use tokio::time::Instant;

const TASK: &str = r#""UPID:pve:0003B2F1:02C8A9D4:65A0F3C2:vzstart:101:root@pam:""#;
const RUNNING: &str = r#"{"status":"running"}"#;
const OK: &str = r#"{"status":"stopped","exitstatus":"OK"}"#;

fn container() -> (NodeName, Vmid) {
    ("pve".parse().unwrap(), "101".parse().unwrap())
}

fn start() -> proxmox_client::Request<Upid> {
    let (node, vmid) = container();
    status::start(&node, vmid)
}

fn failed(exit: &str) -> crate::host::Reply {
    data(&serde_json::json!({"status": "stopped", "exitstatus": exit}).to_string())
}

#[tokio::test(start_paused = true)]
async fn a_task_is_watched_to_its_end() {
    let host = Host::answering([data(TASK), data(RUNNING), data(RUNNING), data(OK)]);
    let finished = with_token(&host).run(&start()).await.unwrap();
    assert_eq!((finished.upid.kind.as_str(), finished.warnings), ("vzstart", 0));
    assert_eq!(
        host.asked()[1..],
        vec![
            "GET /api2/json/nodes/pve/tasks/UPID%3Apve%3A0003B2F1%3A02C8A9D4%3A65A0F3C2%3Avzstart%3A101%3Aroot%40pam%3A/status";
            3
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn warnings_are_a_success_and_are_shown() {
    let log =
        r#"[{"n":1,"t":"starting"},{"n":2,"t":"WARN: old systemd"},{"n":3,"t":""},{"n":4,"t":"TASK WARNINGS: 1"}]"#;
    let host = Host::answering([data(TASK), failed("WARNINGS: 1"), data(log)]);
    let finished = with_token(&host).run(&start()).await.unwrap();
    assert_eq!(finished.warnings, 1);
    assert_eq!(finished.log, ["starting", "WARN: old systemd", "TASK WARNINGS: 1"]);
}

#[tokio::test(start_paused = true)]
async fn a_task_that_fails_after_a_200_shows_the_end_of_its_log() {
    let line = |number: usize| format!(r#"{{"n":{number},"t":"line {number}"}}"#);
    let page = |from: usize, to: usize| format!("[{}]", (from..to).map(line).collect::<Vec<_>>().join(","));
    let host = Host::answering([
        data(TASK),
        failed("mkfs.ext4: No space left on device"),
        data(&page(1, 501)),
        data(&page(501, 520)),
    ]);
    let error = with_token(&host).run(&start()).await.unwrap_err();
    assert_eq!(error.situation(), Some(&Situation::NoSpace));
    let lines: Vec<String> = (508..520).map(|number| format!("\n  line {number}")).collect();
    assert_eq!(lines.len(), limits::LOG_TAIL_LINES);
    assert_eq!(
        error.to_string(),
        format!("the task `vzstart` of `101` failed: mkfs.ext4: No space left on device{}", lines.concat())
    );
    assert!(host.asked()[3].ends_with("/log?start=500&limit=500"), "{:?}", host.asked());
}

#[tokio::test(start_paused = true)]
async fn a_log_that_cannot_be_read_does_not_hide_the_failure() {
    let host = Host::answering([data(TASK), failed("unable to create CT"), failure(403, "Permission check failed")]);
    let error = with_token(&host).run(&start()).await.unwrap_err();
    assert!(matches!(&error, Error::TaskFailed { exit, log, .. } if exit == "unable to create CT" && log.is_empty()));
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_vanished_is_an_unknown_outcome() {
    let host = Host::answering([data(TASK), failed("unexpected status"), data("[]")]);
    assert!(with_token(&host).run(&start()).await.unwrap_err().is_outcome_unknown());
}

#[tokio::test(start_paused = true)]
async fn a_lock_is_waited_for() {
    let locked = || failure(500, "CT is locked (backup)");
    let host = Host::answering([locked(), locked(), locked(), data(TASK), data(OK)]);
    let began = Instant::now();
    with_token(&host).run(&start()).await.unwrap();
    assert!((Duration::from_secs(3)..Duration::from_secs(5)).contains(&began.elapsed()), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_lock_inside_a_task_is_waited_for_too() {
    let file = "can't lock file '/run/lock/lxc/pve-config-101.lock' - got timeout";
    let host = Host::answering([data(TASK), failed(file), data("[]"), data(TASK), data(OK)]);
    with_token(&host).run(&start()).await.unwrap();
    assert!(host.is_done());
}

#[tokio::test(start_paused = true)]
async fn a_lock_that_stays_is_named_after_a_while() {
    let host = Host::answering((0..40).map(|_| failure(500, "CT is locked (backup)")));
    let (node, vmid) = container();
    let change = config::Change { delete: vec!["mp1".to_owned()], ..config::Change::default() };
    let error = with_token(&host).change(&config::put(&node, vmid, &change)).await.unwrap_err();
    let Error::LockHeld { holder, waited, .. } = &error else { panic!("{error}") };
    assert_eq!(holder, "backup");
    assert!(*waited <= limits::LOCK_TIME && *waited > limits::LOCK_TIME - Duration::from_secs(6), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn other_refusals_are_not_repeated() {
    let host = Host::answering([failure(500, "CT 101 already running")]);
    let error = with_token(&host).run(&start()).await.unwrap_err();
    assert_eq!(error.situation(), Some(&Situation::AlreadyRunning));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_to_a_change_is_not_repeated_and_its_outcome_unknown() {
    let host = Host::answering([lost()]);
    let create = Create::new(container().1, "local:vztmpl/a.tar.zst");
    let error = with_token(&host).run(&lxc::create(&container().0, &create)).await.unwrap_err();
    assert_eq!(error.to_string(), "nobody knows whether `POST /nodes/pve/lxc` was carried out: connection reset");
    assert!(error.is_outcome_unknown() && host.is_done());
}

#[tokio::test(start_paused = true)]
async fn a_look_is_repeated_a_few_times() {
    let host = Host::answering([lost(), unreachable(), data(r#"{"version":"9.1.2"}"#)]);
    assert_eq!(with_token(&host).send(&version::get()).await.unwrap().major(), Some(9));

    let host = Host::answering((0..4).map(|_| lost()));
    let began = Instant::now();
    let error = with_token(&host).send(&version::get()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }) && !error.is_outcome_unknown());
    assert!(host.is_done() && began.elapsed() >= Duration::from_millis(3500));
}

#[tokio::test(start_paused = true)]
async fn a_change_that_was_certainly_not_sent_is_repeated() {
    let host = Host::answering([unreachable(), data(TASK), data(OK)]);
    with_token(&host).run(&start()).await.unwrap();

    let host = Host::answering([unreachable(), lost()]);
    assert!(with_token(&host).run(&start()).await.unwrap_err().is_outcome_unknown());
}

#[tokio::test(start_paused = true)]
async fn a_host_that_is_silent_for_a_while_loses_no_task() {
    let mut replies = vec![data(TASK), data(RUNNING)];
    replies.extend((0..12).map(|_| unreachable()));
    replies.extend([answer(596, "Connection timed out", ""), data(OK)]);
    let host = Host::answering(replies);
    assert!(with_token(&host).run(&start()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_host_that_stays_silent_is_given_up() {
    let host = Host::answering(std::iter::once(data(TASK)).chain((0..200).map(|_| unreachable())));
    let began = Instant::now();
    let error = with_token(&host).run(&start()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error}");
    assert!((limits::TASK_SILENCE..limits::TASK_SILENCE * 2).contains(&began.elapsed()), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_task_that_never_ends_is_left_alone_in_the_end() {
    let host = Host::answering(std::iter::once(data(TASK)).chain((0..100).map(|_| data(RUNNING))));
    let patience = Patience { task: Duration::from_secs(60), ..Patience::default() };
    let error = with_token(&host).with_patience(patience).run(&start()).await.unwrap_err();
    assert!(matches!(error, Error::TaskUnfinished { waited, .. } if waited.as_secs() < 63), "{error}");
    assert!(error.is_outcome_unknown());
}
