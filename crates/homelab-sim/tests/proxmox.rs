//! The door to Proxmox, as a client meets it.

use std::time::Duration;

use homelab_sim::home::{ROOT_PASSWORD, TOKEN};
use homelab_sim::http::{Request, Response};
use homelab_sim::{Faults, Home, World};
use serde_json::Value;
use tokio::time::{Instant, sleep};

const TEMPLATE: &str = "ubuntu-24.04-standard_24.04-2_amd64.tar.zst";

/// A client that is signed in.
struct Client {
    world: World,
    headers: Vec<(&'static str, String)>,
}

impl Client {
    async fn root() -> Self {
        let world = World::new(&Home::default(), 1, Faults::None);
        let body = format!("username=root@pam&password={}", ROOT_PASSWORD.replace(' ', "+"));
        let request =
            Request::new("POST", "/api2/json/access/ticket").content("application/x-www-form-urlencoded", body);
        let answer = world.proxmox(request).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.reason);
        let text = |name: &str| answer.value()["data"][name].as_str().unwrap().to_owned();
        let headers = vec![
            ("cookie", format!("PVEAuthCookie={}", text("ticket"))),
            ("csrfpreventiontoken", text("CSRFPreventionToken")),
        ];
        Self { world, headers }
    }

    fn token() -> Self {
        let world = World::new(&Home::default(), 1, Faults::None);
        Self { world, headers: vec![("authorization", format!("PVEAPIToken=homelab@pve!{}={}", TOKEN.0, TOKEN.1))] }
    }

    async fn send(&self, method: &str, path: &str, form: &str) -> Response {
        let mut request = Request::new(method, format!("/api2/json{path}"));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if !form.is_empty() {
            request = request.content("application/x-www-form-urlencoded", form);
        }
        self.world.proxmox(request).await.unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.send("GET", path, "").await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.reason);
        answer.value()["data"].clone()
    }

    /// Waits for the task that an answer names; gives its exit status.
    async fn finish(&self, answer: Response) -> String {
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        let upid = answer.value()["data"].as_str().unwrap().to_owned();
        loop {
            let status = self.get(&format!("/nodes/pve/tasks/{upid}/status")).await;
            match status["exitstatus"].as_str() {
                Some(text) => return text.to_owned(),
                None => sleep(Duration::from_secs(1)).await,
            }
        }
    }

    async fn with_template(self) -> Self {
        let answer = self.send("POST", "/nodes/pve/aplinfo", &format!("storage=local&template={TEMPLATE}")).await;
        assert_eq!(self.finish(answer).await, "OK");
        self
    }
}

fn container(features: &str) -> String {
    format!(
        "vmid=141&ostemplate=local:vztmpl/{TEMPLATE}&rootfs=local-lvm:50&hostname=k1&unprivileged=1&memory=6144&swap=0\
         &net0=name%3Deth0,bridge%3Dvmbr0,ip%3D192.168.0.41/24,gw%3D192.168.0.1&features={features}&tags=homelab%3Bk3s"
    )
}

#[tokio::test(start_paused = true)]
async fn root_makes_starts_and_removes_a_container() {
    let client = Client::root().await.with_template().await;
    let answer = client.send("POST", "/nodes/pve/lxc", &container("nesting%3D1,keyctl%3D1")).await;
    assert_eq!(client.finish(answer).await, "OK");
    let config = client.get("/nodes/pve/lxc/141/config").await;
    assert_eq!(config["features"], "keyctl=1,nesting=1");
    assert_eq!(config["rootfs"], "local-lvm:vm-141-disk-0,size=50G");
    assert!(config["net0"].as_str().unwrap().contains("hwaddr=BC:24:11:"));
    let answer = client.send("POST", "/nodes/pve/lxc/141/status/start", "").await;
    assert_eq!(client.finish(answer).await, "OK");
    assert_eq!(client.get("/nodes/pve/lxc/141/status/current").await["status"], "running");
    let refused = client.send("DELETE", "/nodes/pve/lxc/141", "").await;
    assert_eq!((refused.status, refused.reason.as_str()), (500, "unable to destroy CT 141 - container is running"));
    let answer = client.send("POST", "/nodes/pve/lxc/141/status/shutdown", "").await;
    assert_eq!(client.finish(answer).await, "OK");
    let answer = client.send("DELETE", "/nodes/pve/lxc/141", "").await;
    assert_eq!(client.finish(answer).await, "OK");
    let left: Vec<_> =
        client.get("/nodes/pve/lxc").await.as_array().unwrap().iter().map(|c| c["vmid"].clone()).collect();
    assert_eq!(left, [101, 102], "what belongs to others is still there");
}

#[tokio::test(start_paused = true)]
async fn a_token_makes_containers_without_keyctl_only() {
    let client = Client::token().with_template().await;
    let refused = client.send("POST", "/nodes/pve/lxc", &container("nesting%3D1,keyctl%3D1")).await;
    assert_eq!(refused.status, 403);
    assert!(refused.reason.contains("changing feature flags (except nesting) is only allowed for root@pam"));
    let answer = client.send("POST", "/nodes/pve/lxc", &container("nesting%3D1")).await;
    assert_eq!(client.finish(answer).await, "OK");
}

#[tokio::test(start_paused = true)]
async fn nobody_gets_in_without_a_ticket_and_the_refusal_takes_three_seconds() {
    let world = World::new(&Home::default(), 1, Faults::None);
    let began = Instant::now();
    let answer = world.proxmox(Request::new("GET", "/api2/json/version")).await.unwrap();
    assert_eq!((answer.status, answer.reason.as_str()), (401, "No ticket"));
    assert!(answer.body.is_empty(), "there is no JSON in it");
    assert!(began.elapsed() >= Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn a_change_without_the_csrf_token_is_refused() {
    let mut client = Client::root().await;
    client.headers.truncate(1);
    assert_eq!(client.send("GET", "/version", "").await.status, 200);
    let refused = client.send("POST", "/nodes/pve/lxc/101/status/stop", "").await;
    assert_eq!((refused.status, refused.reason.as_str()), (401, "Permission denied - invalid csrf token"));
}

#[tokio::test(start_paused = true)]
async fn a_ticket_ends_after_two_hours_and_is_renewed_before() {
    let client = Client::root().await;
    sleep(Duration::from_secs(7000)).await;
    let ticket = client.headers[0].1.strip_prefix("PVEAuthCookie=").unwrap().replace('@', "%40");
    let body = format!("username=root@pam&password={ticket}");
    let request = Request::new("POST", "/api2/json/access/ticket").content("application/x-www-form-urlencoded", body);
    assert_eq!(client.world.proxmox(request).await.unwrap().status, 200);
    sleep(Duration::from_secs(300)).await;
    assert_eq!(client.send("GET", "/version", "").await.status, 401);
}

#[tokio::test(start_paused = true)]
async fn get_with_a_body_is_not_implemented() {
    let client = Client::root().await;
    let refused = client.send("GET", "/version", "a=1").await;
    assert_eq!((refused.status, refused.reason.as_str()), (501, "Unexpected content for method 'GET'"));
}

#[tokio::test(start_paused = true)]
async fn a_number_is_taken_by_whoever_creates_first() {
    let client = Client::root().await.with_template().await;
    assert_eq!(client.get("/cluster/nextid").await, "100");
    let first = client.send("POST", "/nodes/pve/lxc", &container("nesting%3D1")).await;
    let second = client.send("POST", "/nodes/pve/lxc", &container("nesting%3D1")).await;
    assert_eq!(second.status, 500);
    assert!(second.reason.contains("CT 141 already exists"), "{}", second.reason);
    assert_eq!(client.finish(first).await, "OK");
}

#[tokio::test(start_paused = true)]
async fn features_of_a_running_container_wait_for_its_next_start() {
    let client = Client::root().await;
    let answer = client.send("PUT", "/nodes/pve/lxc/101/config", "features=nesting%3D1&memory=8192").await;
    assert_eq!(answer.status, 200, "{}", answer.reason);
    let pending = client.get("/nodes/pve/lxc/101/pending").await;
    let of = |key: &str| pending.as_array().unwrap().iter().find(|entry| entry["key"] == key).unwrap().clone();
    assert_eq!(of("features")["pending"], "nesting=1");
    assert!(of("features").get("value").is_none());
    assert_eq!(of("memory")["value"], 8192);
    let answer = client.send("POST", "/nodes/pve/lxc/101/status/reboot", "").await;
    assert_eq!(client.finish(answer).await, "OK");
    assert_eq!(client.get("/nodes/pve/lxc/101/config?current=1").await["features"], "nesting=1");
}

#[tokio::test(start_paused = true)]
async fn disks_only_grow() {
    let client = Client::root().await;
    let refused = client.send("PUT", "/nodes/pve/lxc/101/resize", "disk=rootfs&size=8G").await;
    assert_eq!(refused.reason, "unable to shrink disk size");
    let answer = client.send("PUT", "/nodes/pve/lxc/101/resize", "disk=rootfs&size=%2B4G").await;
    assert_eq!(client.finish(answer).await, "OK");
    assert_eq!(client.get("/nodes/pve/lxc/101/config").await["rootfs"], "local-lvm:vm-101-disk-0,size=20G");
}

#[tokio::test(start_paused = true)]
async fn a_size_with_a_unit_and_a_storage_that_holds_no_containers_are_refused() {
    let client = Client::root().await.with_template().await;
    let with_root = |root: &str| container("nesting%3D1").replace("local-lvm:50", root);
    let refused = client.send("POST", "/nodes/pve/lxc", &with_root("local-lvm:50G")).await;
    assert_eq!(refused.reason, "unable to parse volume ID 'local-lvm:50G'");
    let refused = client.send("POST", "/nodes/pve/lxc", &with_root("local:50")).await;
    assert_eq!(refused.value()["errors"]["storage"], "storage 'local' does not support container directories");
}

#[tokio::test(start_paused = true)]
async fn with_faults_some_tasks_fail_and_leave_nothing_behind() {
    let mut failures = 0;
    for seed in 0..40 {
        let world = World::new(&Home::default(), seed, Faults::Many);
        let client = Client { world, ..Client::token() };
        let Some(answer) = try_send(&client, "/nodes/pve/aplinfo", &format!("storage=local&template={TEMPLATE}")).await
        else {
            continue;
        };
        if answer.status != 200 {
            continue;
        }
        sleep(Duration::from_secs(60)).await;
        client.world.set_faults_on(false);
        let volumes = client.get("/nodes/pve/storage/local/content").await;
        let upid = answer.value()["data"].as_str().unwrap().to_owned();
        let exit_status = client.get(&format!("/nodes/pve/tasks/{upid}/status")).await["exitstatus"].clone();
        assert_eq!(volumes.as_array().unwrap().len(), usize::from(exit_status == "OK"));
        failures += usize::from(exit_status != "OK");
    }
    assert!(failures > 0, "some of the downloads fail");
}

async fn try_send(client: &Client, path: &str, form: &str) -> Option<Response> {
    let request = Request::new("POST", format!("/api2/json{path}"))
        .header("authorization", client.headers[0].1.clone())
        .content("application/x-www-form-urlencoded", form);
    client.world.proxmox(request).await.ok()
}
