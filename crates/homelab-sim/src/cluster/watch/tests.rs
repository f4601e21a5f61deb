//! What a client sees that lists and watches, on virtual time.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use super::Watch;
use crate::cluster::{self, Answer};
use crate::fault::{Fault, Faults};
use crate::home::{Guest, Home};
use crate::host::Role;
use crate::http::{Request, Response};
use crate::world::World;

const SERVER: &str = "192.168.0.41";
const MAPS: &str = "/api/v1/namespaces/default/configmaps";

/// A cluster of one node.
fn cluster(seed: u64) -> World {
    let world = World::new(&Home::default(), seed, Faults::None);
    world.add_guest(&Guest { vmid: 141, hostname: "k1".into(), address: format!("{SERVER}/24"), memory: 6144 });
    let mut state = world.state();
    cluster::server_is_up(&mut state, 141, None);
    cluster::node_registers(&mut state, 141, Role::Server, "v1.35.0+k3s1").unwrap();
    drop(state);
    world
}

fn request(world: &World, method: &str, target: &str) -> Request {
    let (_, certificate) = world.way_into_cluster().unwrap();
    Request::new(method, target).header("x-client-certificate", certificate)
}

async fn send(world: &World, method: &str, target: &str, content_type: &str, body: Value) -> Response {
    let request = request(world, method, target).content(content_type, body.to_string());
    let answer = world.kubernetes(SERVER, request).await.unwrap();
    assert!(answer.status < 300, "{}", answer.value());
    answer
}

/// Stores a ConfigMap with these words and this label.
async fn put(world: &World, namespace: &str, name: &str, words: &str, tier: &str) {
    let metadata = json!({ "name": name, "namespace": namespace, "labels": { "tier": tier } });
    let map = json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": { "words": words } });
    let target = format!("/api/v1/namespaces/{namespace}/configmaps/{name}?fieldManager=test");
    send(world, "PATCH", &target, "application/apply-patch+yaml", map).await;
}

async fn delete(world: &World, target: &str) {
    send(world, "DELETE", target, "application/json", Value::Null).await;
}

async fn watch(world: &World, target: &str) -> Watch {
    match world.kubernetes_answer(SERVER, request(world, "GET", target)).await.unwrap() {
        Answer::Watch(watch) => *watch,
        Answer::Whole(response) => panic!("{}", response.value()),
    }
}

/// From where to go on after a list.
async fn version(world: &World, target: &str) -> String {
    let list = world.kubernetes(SERVER, request(world, "GET", target)).await.unwrap().value();
    list["metadata"]["resourceVersion"].as_str().unwrap().to_owned()
}

fn events(lines: &[u8]) -> Vec<Value> {
    std::str::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Each event as `TYPE name words`.
fn short(events: &[Value]) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let one = |event: &Value| {
        let object = &event["object"];
        format!("{} {} {}", text(&event["type"]), text(&object["metadata"]["name"]), text(&object["data"]["words"]))
    };
    events.iter().map(one).collect()
}

/// What comes in the next minute.
async fn seen(watch: &mut Watch) -> Vec<Value> {
    let mut all = Vec::new();
    while let Ok(Ok(Some(lines))) = timeout(Duration::from_secs(60), watch.next()).await {
        all.extend(events(&lines));
    }
    all
}

#[tokio::test(start_paused = true)]
async fn a_watch_goes_on_where_a_list_ended() {
    let world = cluster(1);
    put(&world, "default", "a", "hello", "web").await;
    let mut watch = watch(&world, &format!("{MAPS}?watch=true&resourceVersion={}", version(&world, MAPS).await)).await;
    assert_eq!(seen(&mut watch).await, Vec::<Value>::new());
    put(&world, "default", "a", "hello", "web").await;
    put(&world, "default", "a", "good day", "web").await;
    put(&world, "default", "b", "hello", "web").await;
    put(&world, "kube-system", "c", "of another namespace", "web").await;
    delete(&world, &format!("{MAPS}/a")).await;
    let all = seen(&mut watch).await;
    assert_eq!(short(&all), ["MODIFIED a good day", "ADDED b hello", "DELETED a good day"]);
    let versions = all.iter().map(|event| event["object"]["metadata"]["resourceVersion"].as_str().unwrap());
    let versions: Vec<u64> = versions.map(|version| version.parse().unwrap()).collect();
    assert!(versions.is_sorted() && versions[0] < versions[2], "{versions:?}");
}

#[tokio::test(start_paused = true)]
async fn without_a_version_what_is_there_comes_first() {
    let world = cluster(1);
    put(&world, "default", "a", "hello", "web").await;
    put(&world, "kube-system", "b", "hello", "web").await;
    for parameters in ["watch=true", "watch=1&resourceVersion=0", "watch&resourceVersion="] {
        let mut watch = watch(&world, &format!("/api/v1/configmaps?{parameters}")).await;
        assert_eq!(short(&seen(&mut watch).await), ["ADDED a hello", "ADDED b hello"], "{parameters}");
        put(&world, "default", "c", "new", "web").await;
        assert_eq!(short(&seen(&mut watch).await), ["ADDED c new"], "{parameters}");
        delete(&world, &format!("{MAPS}/c")).await;
    }
    let list = world.kubernetes(SERVER, request(&world, "GET", &format!("{MAPS}?watch=false"))).await.unwrap();
    assert_eq!(list.value()["kind"], "ConfigMapList");
}

#[tokio::test(start_paused = true)]
async fn an_object_that_ceases_to_be_asked_for_is_gone_to_a_watch() {
    let world = cluster(1);
    let version = version(&world, MAPS).await;
    let mut by_label =
        watch(&world, &format!("{MAPS}?watch=true&labelSelector=tier%3Dweb&resourceVersion={version}")).await;
    let mut by_name =
        watch(&world, &format!("{MAPS}?watch=true&fieldSelector=metadata.name%3Db&resourceVersion={version}")).await;
    put(&world, "default", "a", "one", "web").await;
    put(&world, "default", "a", "two", "api").await;
    put(&world, "default", "a", "three", "api").await;
    put(&world, "default", "a", "four", "web").await;
    put(&world, "default", "b", "five", "api").await;
    assert_eq!(short(&seen(&mut by_label).await), ["ADDED a one", "DELETED a one", "ADDED a four"]);
    assert_eq!(short(&seen(&mut by_name).await), ["ADDED b five"]);
    let list =
        world.kubernetes(SERVER, request(&world, "GET", &format!("{MAPS}?labelSelector=tier+notin+(api)"))).await;
    assert_eq!(list.unwrap().value()["items"][0]["metadata"]["name"], "a");
}

#[tokio::test(start_paused = true)]
async fn what_happens_by_itself_is_seen_at_its_time() {
    let world = cluster(1);
    let mut pods = watch(&world, "/api/v1/pods?watch=true").await;
    let labels = json!({ "app": "a" });
    let workload = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "a", "namespace": "default" },
        "spec": { "selector": { "matchLabels": labels }, "template": { "metadata": { "labels": labels }, "spec": { "containers": [{ "name": "a" }] } } },
    });
    let began = Instant::now();
    let workloads = "/apis/apps/v1/namespaces/default/deployments";
    send(&world, "POST", workloads, "application/json", workload).await;
    let mut workloads = watch(&world, &format!("{workloads}?watch=true")).await;
    let pod = &events(&pods.next().await.unwrap().unwrap())[0];
    assert_eq!((&pod["type"], &pod["object"]["metadata"]["name"]), (&json!("ADDED"), &json!("a-0")));
    assert_eq!(began.elapsed().as_secs(), 14, "a controller, and then an image");
    let last = seen(&mut workloads).await.pop().unwrap();
    assert_eq!((&last["type"], &last["object"]["status"]["availableReplicas"]), (&json!("MODIFIED"), &json!(1)));
    cluster::node_is_away(&mut world.state(), 999);
    let mut nodes =
        watch(&world, &format!("/api/v1/nodes?watch=true&resourceVersion={}", version(&world, MAPS).await)).await;
    assert_eq!(seen(&mut nodes).await, Vec::<Value>::new());
    world.set(141, "memory", "8192");
    assert_eq!(seen(&mut nodes).await[0]["object"]["status"]["allocatable"]["memory"], "8388608Ki");
    let patch = json!({ "spec": { "unschedulable": true } });
    send(&world, "PATCH", "/api/v1/nodes/k1", "application/merge-patch+json", patch).await;
    assert_eq!(seen(&mut nodes).await[0]["object"]["spec"]["unschedulable"], true);
}

#[tokio::test(start_paused = true)]
async fn a_watch_ends_when_its_client_wanted() {
    let world = cluster(1);
    let version = version(&world, MAPS).await;
    for (bookmarks, last) in [("", &[][..]), ("&allowWatchBookmarks=true", &["BOOKMARK - -"][..])] {
        let target = format!("{MAPS}?watch=true&timeoutSeconds=7&resourceVersion={version}{bookmarks}");
        let began = Instant::now();
        let answer = world.kubernetes(SERVER, request(&world, "GET", &target)).await.unwrap();
        assert_eq!((answer.status, began.elapsed().as_secs()), (200, 7));
        assert_eq!(short(&events(&answer.body)), last);
    }
    // A bookmark is as far as the watch has come, whatever happened to others.
    put(&world, "kube-system", "a", "hello", "web").await;
    let mut watch =
        watch(&world, &format!("{MAPS}?watch=true&allowWatchBookmarks=true&resourceVersion={version}")).await;
    let bookmark = &events(&watch.next().await.unwrap().unwrap())[0];
    assert!(bookmark["object"]["metadata"]["resourceVersion"].as_str().unwrap() > version.as_str(), "{bookmark}");
    assert_eq!(bookmark["object"]["kind"], "ConfigMap");
}

#[tokio::test(start_paused = true)]
async fn somebody_who_asks_for_it_hears_where_the_beginning_ends() {
    let world = cluster(1);
    put(&world, "default", "a", "hello", "web").await;
    let all = "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    let first = seen(&mut watch(&world, &format!("{MAPS}?watch=true&{all}")).await).await;
    assert_eq!(short(&first)[..2], ["ADDED a hello", "BOOKMARK - -"]);
    assert_eq!(first[1]["object"]["metadata"]["annotations"]["k8s.io/initial-events-end"], "true");
    let none = "sendInitialEvents=false&resourceVersionMatch=NotOlderThan";
    assert_eq!(seen(&mut watch(&world, &format!("{MAPS}?watch=true&{none}")).await).await, Vec::<Value>::new());
    for (parameters, status) in [
        ("resourceVersion=abc", 400),
        ("timeoutSeconds=-1", 400),
        ("fieldSelector=data.words%3Dhello", 400),
        ("labelSelector=%3D", 400),
        ("resourceVersionMatch=NotOlderThan", 422),
        ("sendInitialEvents=true", 422),
        ("sendInitialEvents=true&resourceVersionMatch=Exact", 422),
    ] {
        let target = format!("{MAPS}?watch=true&{parameters}");
        let answer = world.kubernetes(SERVER, request(&world, "GET", &target)).await.unwrap();
        assert_eq!((answer.status, &answer.value()["kind"]), (status, &json!("Status")), "{parameters}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_version_of_long_ago_is_expired() {
    let world = cluster(1);
    let long_ago = version(&world, MAPS).await;
    for number in 0..=cluster::limits::CHANGES_MAX {
        put(&world, "default", "a", &number.to_string(), "web").await;
    }
    let mut expired = watch(&world, &format!("{MAPS}?watch=true&resourceVersion={long_ago}")).await;
    let all = seen(&mut expired).await;
    assert_eq!((all.len(), &all[0]["type"]), (1, &json!("ERROR")));
    assert_eq!((&all[0]["object"]["code"], &all[0]["object"]["reason"]), (&json!(410), &json!("Expired")));
    assert_eq!(expired.next().await, Ok(None), "that was its end");
}

#[tokio::test(start_paused = true)]
async fn with_its_server_or_its_cluster_a_watch_breaks_off() {
    let world = cluster(1);
    let mut watch = watch(&world, &format!("{MAPS}?watch=true")).await;
    let other = world.clone();
    let stop = async move { cluster::server_is_down(&mut other.state(), 141) };
    let (broken, ()) = tokio::join!(watch.next(), stop);
    assert_eq!(broken.unwrap_err().reason, "connection reset by peer");
    assert_eq!(watch.next().await, Ok(None));
    cluster::server_is_up(&mut world.state(), 141, None);
    let mut watch = self::watch(&world, &format!("{MAPS}?watch=true")).await;
    cluster::server_is_up(&mut world.state(), 141, None);
    assert!(watch.next().await.is_err(), "another cluster is not the one that was watched");
}

/// How a client that loses its watch again and again sees ten changes, and how often it began anew.
async fn with_faults(seed: u64) -> (Vec<String>, usize, u64) {
    let world = cluster(seed);
    let mut version = version(&world, MAPS).await;
    let (mut all, mut begun) = (Vec::new(), 0);
    for number in 0..10 {
        put(&world, "default", "a", &number.to_string(), "web").await;
    }
    while all.len() < 10 {
        begun += 1;
        world.set_fault_level(Faults::Many);
        let target = format!("{MAPS}?watch=true&timeoutSeconds=5&resourceVersion={version}");
        if let Ok(Answer::Watch(mut watch)) = world.kubernetes_answer(SERVER, request(&world, "GET", &target)).await {
            while let Ok(Some(lines)) = watch.next().await {
                for event in events(&lines) {
                    version = event["object"]["metadata"]["resourceVersion"].as_str().unwrap().to_owned();
                    all.extend(short(&[event]));
                }
            }
        }
    }
    (all, begun, world.fault_counts().get(&Fault::KubernetesError).copied().unwrap_or(0))
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_ends_early_loses_nothing_and_ends_so_for_ever_by_its_seed() {
    let expected: Vec<String> =
        (0..10).map(|number| format!("{} a {number}", if number == 0 { "ADDED" } else { "MODIFIED" })).collect();
    let mut ended_early = 0;
    for seed in 0..200 {
        let (all, begun, faults) = with_faults(seed).await;
        assert_eq!(all, expected, "seed {seed}");
        assert_eq!(with_faults(seed).await, (all, begun, faults), "seed {seed}");
        ended_early += u64::from(begun > 1 && faults > 0);
    }
    assert!(ended_early > 5, "{ended_early}");
}
