//! Logging in, staying logged in, and being refused.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::host::{Host, answer, data, failure, ticket, unreachable, with_password, with_token};
use proxmox_client::nodes::lxc::status;
use proxmox_client::{Client, Credentials, Error, NodeName, Pending, SecondFactor, Secret, Vmid, version};
use tokio::time::advance;

const VERSION: &str = r#"{"version":"9.1.2"}"#;
const TASK: &str = r#""UPID:pve:0003B2F1:02C8A9D4:65A0F3C2:vzstart:101:root@pam:""#;

fn container() -> (NodeName, Vmid) {
    ("pve".parse().unwrap(), "101".parse().unwrap())
}

#[tokio::test]
async fn a_token_is_sent_with_each_call_and_nothing_else() {
    let host = Host::answering([data(VERSION), data(TASK)]);
    let client = with_token(&host);
    let (node, vmid) = container();
    client.send(&version::get()).await.unwrap();
    client.send(&status::start(&node, vmid)).await.unwrap();
    for number in 0..2 {
        assert_eq!(host.header(number, "authorization").unwrap(), "PVEAPIToken=homelab@pve!up=hunter2");
        assert_eq!((host.header(number, "cookie"), host.header(number, "csrfpreventiontoken")), (None, None));
    }
}

#[tokio::test]
async fn a_password_gives_a_ticket_and_changes_carry_the_second_proof() {
    let host = Host::answering([ticket(1), data(VERSION), data(TASK)]);
    let client = with_password(&host);
    let (node, vmid) = container();
    client.send(&version::get()).await.unwrap();
    client.send(&status::start(&node, vmid)).await.unwrap();
    assert_eq!(
        host.asked(),
        ["POST /api2/json/access/ticket", "GET /api2/json/version", "POST /api2/json/nodes/pve/lxc/101/status/start"]
    );
    assert_eq!(host.header(0, "cookie"), None);
    assert_eq!(host.header(1, "cookie").unwrap(), "PVEAuthCookie=PVE%3AT1");
    assert_eq!(host.header(1, "csrfpreventiontoken"), None);
    assert_eq!(host.header(2, "csrfpreventiontoken").unwrap(), "C1");
}

#[tokio::test(start_paused = true)]
async fn a_ticket_is_renewed_with_itself_before_it_runs_out() {
    let host = Host::answering([ticket(1), data(VERSION), data(VERSION), ticket(2), data(VERSION)]);
    let client = with_password(&host);
    client.send(&version::get()).await.unwrap();
    advance(Duration::from_secs(89 * 60)).await;
    client.send(&version::get()).await.unwrap();
    advance(Duration::from_secs(2 * 60)).await;
    client.send(&version::get()).await.unwrap();
    assert_eq!(host.body(3), "username=root%40pam&password=PVE%3AT1");
    assert_eq!(host.header(4, "cookie").unwrap(), "PVEAuthCookie=PVE%3AT2");
}

#[tokio::test(start_paused = true)]
async fn a_ticket_that_ran_out_is_replaced_by_a_new_login() {
    let host = Host::answering([ticket(1), data(VERSION), ticket(2), data(VERSION)]);
    let client = with_password(&host);
    client.send(&version::get()).await.unwrap();
    advance(Duration::from_secs(3 * 60 * 60)).await;
    client.send(&version::get()).await.unwrap();
    assert_eq!(host.body(2), "username=root%40pam&password=hunter2");
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_is_refused_falls_back_to_the_password() {
    let host =
        Host::answering([ticket(1), data(VERSION), failure(401, "authentication failure"), ticket(2), data(VERSION)]);
    let client = with_password(&host);
    client.send(&version::get()).await.unwrap();
    advance(Duration::from_secs(100 * 60)).await;
    client.send(&version::get()).await.unwrap();
    assert!(host.body(2).ends_with("T1") && host.body(3).ends_with("hunter2"));
}

#[tokio::test]
async fn a_ticket_refused_in_mid_run_is_replaced_once_and_the_change_sent_again() {
    let refused = || answer(401, "permission denied - invalid PVE ticket", "");
    let host = Host::answering([ticket(1), refused(), ticket(2), data(TASK)]);
    let (node, vmid) = container();
    with_password(&host).send(&status::start(&node, vmid)).await.unwrap();
    assert_eq!(host.header(3, "csrfpreventiontoken").unwrap(), "C2");

    let host = Host::answering([ticket(1), refused(), ticket(2), refused()]);
    let error = with_password(&host).send(&version::get()).await.unwrap_err();
    assert!(matches!(error, Error::Unauthorized { .. }), "{error}");
    assert!(host.is_done());
}

#[tokio::test]
async fn a_token_that_is_refused_is_not_tried_again() {
    let host = Host::answering([answer(401, "no such token", "")]);
    let error = with_token(&host).send(&version::get()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Proxmox does not accept the credential of `homelab@pve!up` for `GET /version`: no such token"
    );
}

#[tokio::test]
async fn a_wrong_password_is_a_refused_login() {
    let host = Host::answering([failure(401, "authentication failure")]);
    let error = with_password(&host).send(&version::get()).await.unwrap_err();
    assert_eq!(error.to_string(), "Proxmox refuses the login of `root@pam`: authentication failure");
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[tokio::test]
async fn calls_side_by_side_share_one_login() {
    let host = Host::answering([ticket(1), data(VERSION), data(VERSION), data(VERSION)]);
    let client = with_password(&host);
    let (other, one, two, three) = (client.clone(), version::get(), version::get(), version::get());
    let (one, two, three) = tokio::join!(client.send(&one), other.send(&two), client.send(&three));
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(host.asked().iter().filter(|asked| asked.contains("ticket")).count(), 1);
}

/// A person who reads codes off a phone.
struct Phone(AtomicU32);

impl SecondFactor for Phone {
    fn code(&self, _username: &str) -> Pending<'_, Option<Secret>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Some(Secret::new(format!("12345{number}"))) })
    }
}

fn with_phone(host: &Arc<Host>) -> Client {
    let credentials = Credentials::Password {
        username: "root@pam".to_owned(),
        password: Secret::new("hunter2"),
        second_factor: Some(Arc::new(Phone(AtomicU32::new(0)))),
    };
    Client::new(host.clone(), credentials)
}

const CHALLENGE: &str = r#"{"ticket":"PVE:!tfa!x","username":"root@pam","NeedTFA":1,"CSRFPreventionToken":"C0"}"#;

#[tokio::test]
async fn a_second_factor_is_asked_for_and_its_code_answers_the_challenge() {
    let host = Host::answering([data(CHALLENGE), ticket(1), data(VERSION)]);
    with_phone(&host).send(&version::get()).await.unwrap();
    assert_eq!(host.body(1), "username=root%40pam&password=totp%3A123450&tfa-challenge=PVE%3A%21tfa%21x");
    assert_eq!(host.header(2, "cookie").unwrap(), "PVEAuthCookie=PVE%3AT1");
}

#[tokio::test]
async fn no_code_is_used_twice() {
    let expired = answer(401, "permission denied - invalid PVE ticket", "");
    let host = Host::answering([data(CHALLENGE), ticket(1), expired, data(CHALLENGE), ticket(2), data(VERSION)]);
    with_phone(&host).send(&version::get()).await.unwrap();
    assert!(host.body(1).contains("totp%3A123450") && host.body(4).contains("totp%3A123451"));
}

#[tokio::test]
async fn a_second_factor_that_is_missing_or_wrong_is_named() {
    let host = Host::answering([data(CHALLENGE)]);
    let error = with_password(&host).send(&version::get()).await.unwrap_err();
    assert_eq!(error, Error::SecondFactorNeeded { username: "root@pam".to_owned() });

    let host = Host::answering([data(CHALLENGE), failure(401, "authentication failure")]);
    let error = with_phone(&host).send(&version::get()).await.unwrap_err();
    assert_eq!(error.to_string(), "Proxmox refuses the second factor of `root@pam`: authentication failure");
}

#[tokio::test(start_paused = true)]
async fn a_host_that_is_away_is_told_from_a_wrong_password() {
    let host = Host::answering([unreachable(), unreachable(), unreachable(), unreachable()]);
    let error = with_password(&host).send(&version::get()).await.unwrap_err();
    assert_eq!(error.to_string(), "the Proxmox host `pve.home:8006` cannot be reached: connection refused");
}

#[test]
fn nothing_that_prints_holds_the_secret() {
    let host = Host::answering([]);
    for client in [with_token(&host), with_password(&host), with_phone(&host)] {
        let printed = format!("{client:?} {:?}", client.credentials());
        assert!(printed.contains("pve.home:8006") && !printed.contains("hunter2"), "{printed}");
    }
    assert!(with_password(&host).credentials().is_root_by_password());
    assert!(!with_token(&host).credentials().is_root_by_password());
}
