//! The door over SSH: from a fresh container to a cluster of two nodes.

use std::time::Duration;

use homelab_sim::home::ROOT_PASSWORD;
use homelab_sim::host::{Login, Output, ShellError};
use homelab_sim::http::Request;
use homelab_sim::{Faults, Home, World};
use tokio::time::sleep;

const KEY: &str = "ssh-ed25519 AAAA me@desk";
const UNIT: &str = "[Service]\nType=notify\nExecStart=/usr/local/bin/k3s server\n";
const AGENT_UNIT: &str = "[Service]\nType=exec\nExecStart=/usr/local/bin/k3s agent\n";
const GATE: &str = "kubelet-arg:\n  - feature-gates=KubeletInUserNamespace=true\n";

/// A home with two running containers, 192.168.0.41 and 192.168.0.42.
async fn home(home: Home) -> World {
    let storage = home.storages[1].name.clone();
    let world = World::new(&home, 1, Faults::None);
    let body = format!("username=root@pam&password={}", ROOT_PASSWORD.replace(' ', "+"));
    let request = Request::new("POST", "/api2/json/access/ticket").content("application/x-www-form-urlencoded", body);
    let data = world.proxmox(request).await.unwrap().value()["data"].clone();
    let send = |path: String, form: String| {
        let request = Request::new("POST", format!("/api2/json/nodes/pve{path}"))
            .header("cookie", format!("PVEAuthCookie={}", data["ticket"].as_str().unwrap()))
            .header("csrfpreventiontoken", data["CSRFPreventionToken"].as_str().unwrap())
            .content("application/x-www-form-urlencoded", form);
        let world = world.clone();
        async move {
            let answer = world.proxmox(request).await.unwrap();
            assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
            sleep(Duration::from_secs(30)).await;
        }
    };
    let template = "ubuntu-24.04-standard_24.04-2_amd64.tar.zst";
    send("/aplinfo".to_owned(), format!("storage=local&template={template}")).await;
    for number in [1, 2] {
        let form = format!(
            "vmid=14{number}&ostemplate=local:vztmpl/{template}&rootfs={storage}:50&hostname=k{number}&unprivileged=1&features=nesting%3D1\
             &net0=name%3Deth0,bridge%3Dvmbr0,ip%3D192.168.0.4{number}/24,gw%3D192.168.0.1&ssh-public-keys={}",
            KEY.replace(' ', "%2520").replace('@', "%40")
        );
        send("/lxc".to_owned(), form).await;
        send(format!("/lxc/14{number}/status/start"), String::new()).await;
    }
    world
}

async fn run(world: &World, number: u8, command: &str, input: &str) -> Output {
    let login = Login { address: format!("192.168.0.4{number}"), key: KEY.to_owned() };
    world.shell(&login, command, input.as_bytes()).await.unwrap()
}

async fn write(world: &World, number: u8, path: &str, mode: &str, text: &str) {
    let output =
        run(world, number, &format!("install -D -m {mode} /dev/stdin {path}.new && mv -f {path}.new {path}"), text)
            .await;
    assert_eq!(output.status, 0, "{}", output.stderr);
}

async fn with_k3s(world: &World, number: u8, unit: (&str, &str), config: &str) -> Output {
    let url = "https://github.com/k3s-io/k3s/releases/download/v1.36.1%2Bk3s1/k3s";
    let binary = String::from_utf8(world.web(Request::new("GET", url)).await.unwrap().body).unwrap();
    write(world, number, "/usr/local/bin/k3s", "0755", &binary).await;
    write(world, number, "/etc/rancher/k3s/config.yaml", "0600", config).await;
    write(world, number, &format!("/etc/systemd/system/{}.service", unit.0), "0644", unit.1).await;
    run(world, number, &format!("systemctl daemon-reload && systemctl enable {0} && systemctl restart {0}", unit.0), "")
        .await
}

#[tokio::test(start_paused = true)]
async fn a_server_and_an_agent_become_a_cluster() {
    let world = home(Home::default()).await;
    let started = with_k3s(&world, 1, ("k3s", UNIT), &format!("cluster-init: true\n{GATE}")).await;
    assert_eq!(started.status, 0, "{}", started.stderr);
    let token = String::from_utf8(run(&world, 1, "cat /var/lib/rancher/k3s/server/token", "").await.stdout).unwrap();
    assert!(token.starts_with("K10") && token.contains("::server:"));
    let config = format!("server: https://192.168.0.41:6443\ntoken: {}\n{GATE}", token.trim());
    assert_eq!(with_k3s(&world, 2, ("k3s-agent", AGENT_UNIT), &config).await.status, 0);
    sleep(Duration::from_secs(20)).await;
    let told: Vec<_> = world.events().into_iter().map(|event| event.what).collect();
    assert!(told.contains(&"k1 is ready".to_owned()) && told.contains(&"k2 is ready".to_owned()), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn without_the_gate_k3s_says_why_it_cannot_start() {
    let world = home(Home::default()).await;
    let started = with_k3s(&world, 1, ("k3s", UNIT), "cluster-init: true\n").await;
    assert_eq!(started.status, 1);
    let journal = run(&world, 1, "journalctl -u k3s -n 5 --no-pager -o cat", "").await;
    assert!(String::from_utf8(journal.stdout).unwrap().contains("KubeletInUserNamespace"));
}

#[tokio::test(start_paused = true)]
async fn on_zfs_the_overlay_snapshotter_fails_and_the_test_mount_says_so_before() {
    let mut zfs = Home::default();
    zfs.storages[1].kind = "zfspool".to_owned();
    let world = home(zfs).await;
    let mount = "mount -t overlay overlay -o lowerdir=/tmp/l,upperdir=/tmp/u,workdir=/tmp/w /tmp/m";
    assert_eq!(run(&world, 1, mount, "").await.status, 32);
    assert_eq!(with_k3s(&world, 1, ("k3s", UNIT), &format!("cluster-init: true\n{GATE}")).await.status, 1);
    assert_eq!(
        with_k3s(&world, 1, ("k3s", UNIT), &format!("cluster-init: true\nsnapshotter: native\n{GATE}")).await.status,
        0
    );
}

#[tokio::test(start_paused = true)]
async fn strangers_are_denied_and_empty_addresses_do_not_answer() {
    let world = home(Home::default()).await;
    let login = |address: &str, key: &str| Login { address: address.to_owned(), key: key.to_owned() };
    assert_eq!(world.shell(&login("192.168.0.41", "ssh-ed25519 BBBB"), "true", b"").await, Err(ShellError::Denied));
    assert_eq!(world.shell(&login("192.168.0.99", KEY), "true", b"").await, Err(ShellError::NoRoute));
    assert_eq!(
        world.shell(&login("192.168.0.31", KEY), "true", b"").await,
        Err(ShellError::Refused),
        "Jellyfin is not ours"
    );
    assert!(world.host_key("192.168.0.41").await.unwrap().starts_with("ssh-ed25519 "));
}

#[tokio::test(start_paused = true)]
async fn a_command_that_nobody_taught_it_is_refused() {
    let world = home(Home::default()).await;
    assert_eq!(run(&world, 1, "curl https://example.org", "").await.status, 127);
    assert_eq!(run(&world, 1, "echo a | sh", "").await.status, 2);
}
