//! The ways themselves: what they give back, and whom they believe.

use std::time::Instant;

use homelab::kubernetes::{Access, ApiError, ApiRequest};
use homelab::reach::{Reach, real};
use homelab_plan::config::{self, Answers};
use homelab_sim::Home;
use homelab_sim::home::ROOT_PASSWORD;
use proxmox_client::nodes::lxc::{self, config as settings};
use proxmox_client::{Credentials, Error, Secret};
use serde_json::Value;
use tokio::runtime::Builder;

use crate::served::{As, Desk, ServedHome};

fn reach(served: &ServedHome, password: &str) -> Reach {
    let desk = tempfile::tempdir().unwrap();
    let text = config::default_file(&Answers::default());
    let text = text
        .replace("https://192.168.0.10:8006", &format!("https://{}", served.place.proxmox))
        .replace("# fingerprint = \"", &format!("fingerprint = \"{}\" # \"", served.place.fingerprint));
    let credentials =
        Credentials::Password { username: "root@pam".to_owned(), password: Secret::new(password), second_factor: None };
    real::reach(&config::parse(&text).unwrap(), desk.path(), credentials).unwrap()
}

fn block_on<T>(something: impl Future<Output = T>) -> T {
    Builder::new_current_thread().enable_all().build().unwrap().block_on(something)
}

fn get(target: &str) -> ApiRequest {
    ApiRequest { method: "GET", target: target.to_owned(), ..ApiRequest::default() }
}

fn access(served: &ServedHome) -> Access {
    let server = format!("https://{}", served.place.kubernetes);
    Access::from_k3s(&served.place.kubeconfig, &server).unwrap()
}

#[test]
fn proxmox_answers_over_pinned_tls_with_its_own_words_for_what_is_wrong() {
    let served = ServedHome::empty();
    block_on(async {
        let client = reach(&served, ROOT_PASSWORD).proxmox;
        let node = "pve".parse().unwrap();
        let found = client.send(&lxc::list(&node)).await.unwrap();
        let names: Vec<_> = found.iter().filter_map(|container| container.name.clone()).collect();
        assert_eq!(names, ["jellyfin", "komga"]);
        let absent = client.send(&settings::get(&node, "999".parse().unwrap())).await.unwrap_err();
        assert!(absent.is_absent(), "the reason phrase came over the wire: {absent}");
    });
}

#[test]
fn a_wrong_password_is_a_refused_login() {
    let served = ServedHome::empty();
    let refused = block_on(async {
        reach(&served, "quite another password").proxmox.send(&proxmox_client::version::get()).await.unwrap_err()
    });
    assert!(matches!(refused, Error::LoginRefused { .. }), "{refused}");
}

#[test]
fn the_administrators_certificate_opens_the_api_server() {
    let served = ServedHome::new(Home::default(), As::BroughtUp);
    block_on(async {
        let cluster = reach(&served, ROOT_PASSWORD).clusters.open(&access(&served)).unwrap();
        let answer = cluster.send(get("/api/v1/nodes")).await.unwrap();
        assert_eq!(answer.status, 200);
        let nodes: Value = serde_json::from_slice(&answer.body).unwrap();
        let names: Vec<_> = nodes["items"].as_array().unwrap().iter().map(|node| &node["metadata"]["name"]).collect();
        assert_eq!(names, ["k1", "k2", "k3"]);
    });
}

#[test]
fn a_watch_comes_over_the_wire_until_its_time_is_over() {
    let served = ServedHome::new(Home::default(), As::BroughtUp);
    block_on(async {
        let cluster = reach(&served, ROOT_PASSWORD).clusters.open(&access(&served)).unwrap();
        let list = cluster.send(get("/api/v1/configmaps")).await.unwrap();
        let list: Value = serde_json::from_slice(&list.body).unwrap();
        let version = list["metadata"]["resourceVersion"].as_str().unwrap();
        let target = format!("/api/v1/configmaps?watch=true&timeoutSeconds=2&resourceVersion={version}");
        let change = async {
            // Made before the watch has begun or after: in both cases it is later than the list.
            let map = r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"words":"hello"}}"#;
            let request = ApiRequest {
                method: "POST",
                target: "/api/v1/namespaces/default/configmaps".to_owned(),
                content_type: Some("application/json"),
                body: map.into(),
            };
            assert_eq!(cluster.send(request).await.unwrap().status, 201);
        };
        let began = Instant::now();
        let (watch, ()) = tokio::join!(cluster.send(get(&target)), change);
        let watch = watch.unwrap();
        assert!((2..10).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
        let lines: Vec<Value> = watch
            .body
            .split_inclusive(|byte| *byte == b'\n')
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect();
        assert_eq!((watch.status, lines.len()), (200, 1));
        assert_eq!((&lines[0]["type"], &lines[0]["object"]["data"]["words"]), (&"ADDED".into(), &"hello".into()));
    });
}

#[test]
fn a_cluster_with_another_authority_is_not_spoken_to() {
    let [served, other] = [ServedHome::empty(), ServedHome::empty()];
    block_on(async {
        let clusters = reach(&served, ROOT_PASSWORD).clusters;
        // The file of one cluster, the address of the other.
        let mixed = Access { server: access(&served).server, ..access(&other) };
        let silent = clusters.open(&mixed).unwrap().send(get("/readyz")).await.unwrap_err();
        assert!(matches!(&silent, ApiError::Silent { cause, .. } if cause.contains("certificate")), "{silent}");
        // Its authority, and somebody else's certificate: the server does not believe it.
        let stranger = Access { certificate: access(&other).certificate, key: access(&other).key, ..access(&served) };
        assert!(clusters.open(&stranger).unwrap().send(get("/readyz")).await.is_err());
    });
}

#[test]
fn the_repository_for_the_served_home_is_a_sound_one() {
    let served = ServedHome::empty();
    assert_eq!(Desk::at(&served).run(&["capacity"]).code, Some(0));
}
