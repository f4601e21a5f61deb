//! The steps on a machine over SSH, as they go to a real one: cut off in the middle, and taken up again.

use std::collections::BTreeSet;
use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use homelab::apply::{self, Failure, Listener, Moment, Outcome, Random};
use homelab::kubernetes::{Access, ApiAnswer, ApiError, ApiRequest, Clusters, Transport};
use homelab::reach::real::{self, Files};
use homelab::reach::{
    Desk, DeskError, HostError, Hosts, Output, Pending, Reach, Web, WebAnswer, WebError, WebQuestion,
};
use homelab::rehearse::{Simulated, home_of, reach};
use homelab_plan::config::{self, Answers};
use homelab_plan::plan::Desired;
use homelab_sim::home::ROOT_PASSWORD;
use homelab_sim::{Faults, World};
use proxmox_client::{Credentials, Secret};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::machine::{self, Machine};

/// How the tokens begin that the machines get, and nobody else may see.
const TOKEN: &str = "thetokenofthisclusterthatnobodyelsemaysee";

/// After so many milliseconds commands are cut off, in turn: while `ssh` still says who it is, while they run, and when they
/// are through and only the answer is lost.
const CUTS: [u64; 3] = [60, 150, 1500];

/// More than there are commands that change two machines.
const RUNS_MAX: usize = 40;

#[test]
fn every_change_of_a_machine_goes_over_ssh_and_may_be_cut_off_once() {
    if let Some(why) = machine::obstacle() {
        assert!(std::env::var_os("CI").is_none(), "there can be no machine with SSH here: {why}");
        eprintln!("SKIPPED: the steps over a real SSH server: {why}");
        return;
    }
    let home = Home::new();
    let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let simulated = Simulated::new(World::new(&home_of(&home.desired.home), 1, Faults::None));
        let reach = home.reach(&simulated);
        // Containers are made and boot in no time. From the first machine on, the clock is the one on the wall.
        tokio::select! {
            outcome = home.up(&reach) => panic!("no machine was met: {outcome:?}"),
            () = home.heard.began_to_meet.notified() => {}
        }
        sleep(Duration::from_secs(30)).await;
        tokio::time::resume();
        home.is_brought_up_with_interruptions(&reach).await;
        home.is_as_it_should_be();
        assert_eq!(home.up(&reach).await, Outcome::Done { steps: 0 });
        home.refuses_a_machine_with_another_host_key(&reach).await;
    });
    home.said_no_secret();
}

/// Two machines, a desk, and what should be.
struct Home {
    desired: Desired,
    machines: [Machine; 2],
    folder: tempfile::TempDir,
    cuts: Arc<Cuts>,
    heard: Heard,
    random: Counted,
}

/// What was said during all runs.
#[derive(Default)]
struct Heard {
    began_to_meet: Notify,
    words: Mutex<String>,
}

/// Which commands were cut off already.
#[derive(Default)]
struct Cuts {
    done: Mutex<BTreeSet<String>>,
    now: Notify,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("id_ed25519");
        machine::new_key(&key);
        // All of 127.0.0.0/8 is this computer. Two runs at once take different networks of it.
        let network = format!("127.{}.{}", 1 + std::process::id() % 200, 1 + std::process::id() / 200 % 250);
        let text = config::default_file(&Answers::default());
        let text =
            text.replace("192.168.0.", &format!("{network}.")).replace("~/.ssh/id_ed25519", key.to_str().unwrap());
        let (without_third, rest) = text.split_once("[[nodes]]\nname = \"k3\"").unwrap();
        let rest = &rest[rest.find("\n# The Kubernetes distribution").unwrap()..];
        let home = config::parse(&format!("{without_third}{rest}")).unwrap();
        let address = |last: u8| format!("{network}.{last}").parse::<Ipv4Addr>().unwrap();
        let start = |last| Machine::start(address(last), &key.with_extension("pub"));
        let machines = [start(41), start(42)];
        let desired = Desired { home, components: Vec::new() };
        let (cuts, heard, random) = Default::default();
        Self { desired, machines, folder, cuts, heard, random }
    }

    /// Real SSH and real files; the host, the release and the cluster's API stand in.
    fn reach(&self, simulated: &Simulated) -> Reach {
        let password = Credentials::Password {
            username: "root@pam".to_owned(),
            password: Secret::new(ROOT_PASSWORD),
            second_factor: None,
        };
        let real = real::reach(&self.desired.home, self.folder.path(), password.clone()).unwrap();
        let key = self.desired.home.container.ssh_public_key.to_string();
        Reach {
            proxmox: reach(simulated, password).proxmox,
            clusters: Arc::new(Nodes(["k3s", "k3s-agent"].map(String::from), self.roots())),
            web: Arc::new(Release(machine::binary())),
            desk: Arc::new(Folder { files: Files::new(self.folder.path(), &key), kubeconfig: Mutex::default() }),
            hosts: Arc::new(CutOff { ssh: real.hosts.clone(), cuts: self.cuts.clone() }),
        }
    }

    fn roots(&self) -> [std::path::PathBuf; 2] {
        [self.machines[0].path("/run/units"), self.machines[1].path("/run/units")]
    }

    async fn up(&self, reach: &Reach) -> Outcome {
        apply::up(reach, &self.desired, &[], &self.random, &self.heard).await
    }

    /// Each run ends at the first command that changes a machine and was never cut off before; the last one ends by itself.
    async fn is_brought_up_with_interruptions(&self, reach: &Reach) {
        for _ in 0..RUNS_MAX {
            tokio::select! {
                outcome = self.up(reach) => {
                    assert!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
                    let cut = self.cuts.done.lock().unwrap();
                    for step in ["prepare", "binary", "config", "start"] {
                        for number in 0..2 {
                            let wanted = self.changes(step, number);
                            assert!(cut.iter().any(|command| command.contains(&wanted)), "`{wanted}` was never cut off: {cut:#?}");
                        }
                    }
                    return;
                }
                () = self.cuts.now.notified() => {}
            }
        }
        panic!("after {RUNS_MAX} runs there is still something to do: {:#?}", self.cuts.done.lock().unwrap());
    }

    /// How a command begins that takes one of the steps on a machine.
    fn changes(&self, step: &str, number: usize) -> String {
        let address = self.desired.home.nodes[number].address;
        let what = match step {
            "prepare" => "install -D -m 0644 /dev/stdin /etc/systemd/system/homelab-shared-mount.service",
            "binary" => "install -D -m 0755 /dev/stdin /usr/local/bin/k3s",
            "config" => "install -D -m 0600 /dev/stdin /etc/rancher/k3s/config.yaml",
            _ if number == 0 => "systemctl daemon-reload && systemctl enable k3s &&",
            _ => "systemctl daemon-reload && systemctl enable k3s-agent &&",
        };
        format!("{address}: {what}")
    }

    async fn refuses_a_machine_with_another_host_key(&self, reach: &Reach) {
        let agent = &self.machines[1];
        let address = self.desired.home.nodes[1].address;
        agent.change_host_key(address.0);
        let before = agent.text("/stand-in/commands");
        let Outcome::Stuck(failures) = self.up(reach).await else { panic!("a stranger was let in") };
        let [Failure { sentence, hint, is_final: true, .. }] = failures.as_slice() else { panic!("{failures:?}") };
        assert_eq!(*sentence, format!("{address} shows another host key than before"));
        assert!(hint.as_ref().is_some_and(|hint| hint.contains(".homelab/known_hosts")), "{hint:?}");
        assert_eq!(agent.text("/stand-in/commands"), before, "nothing is said to a stranger");
    }

    fn said_no_secret(&self) {
        let words = self.heard.words.lock().unwrap();
        assert!(words.contains("start K3s"), "{words}");
        assert!(!words.contains(TOKEN), "{words}");
    }

    fn is_as_it_should_be(&self) {
        let [server, agent] = &self.machines;
        for machine in &self.machines {
            let installed = fs::read(machine.path("/usr/local/bin/k3s")).unwrap();
            assert!(installed == machine::binary(), "the binary is whole");
            assert_eq!(mode(&machine.path("/usr/local/bin/k3s")), 0o755);
            assert_eq!(mode(&machine.path("/etc/rancher/k3s/config.yaml")), 0o600, "the token is in it");
            let wanted = "/etc/systemd/system/multi-user.target.wants/homelab-shared-mount.service";
            assert!(machine.path(wanted).is_symlink(), "mounts are shared at each start");
            assert!(!machine.text("/stand-in/commands").contains(TOKEN), "no secret stands in a command line");
        }
        let token = server.text("/var/lib/rancher/k3s/server/db/state");
        assert!(token.starts_with(TOKEN), "the cluster was begun with a token of ours");
        assert!(server.text("/etc/rancher/k3s/config.yaml").contains(&format!("token: \"{token}\"")));
        let secured = format!("K10c0ffee::server:{token}");
        assert!(agent.text("/etc/rancher/k3s/config.yaml").contains(&format!("token: \"{secured}\"")));
        assert!(server.is_ready("k3s") && agent.is_ready("k3s-agent"));
        let journal = server.text("/run/units/k3s.log");
        assert!(!journal.contains("different token"), "the token was kept over all interruptions: {journal}");
    }
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

impl Listener for Heard {
    fn hear(&self, moment: Moment<'_>) {
        let words = match moment {
            Moment::Began(step) => {
                if step.action.id() == "meet-k2" {
                    self.began_to_meet.notify_one();
                }
                step.action.sentence()
            }
            Moment::Failed(step, failure) => format!("{} failed: {}", step.action.id(), failure.sentence),
            Moment::Waits(_, what) => what,
            Moment::LookFailed(blind) => blind.to_string(),
            Moment::Planned(_) | Moment::Done(_) => return,
        };
        eprintln!("{words}");
        *self.words.lock().unwrap() += &format!("{words}\n");
    }
}

/// Real SSH, which is cut off once at each command that writes a file or starts K3s.
struct CutOff {
    ssh: Arc<dyn Hosts>,
    cuts: Arc<Cuts>,
}

impl Hosts for CutOff {
    fn host_key(&self, address: Ipv4Addr) -> Pending<'_, Result<String, HostError>> {
        self.ssh.host_key(address)
    }

    fn run<'a>(
        &'a self,
        address: Ipv4Addr,
        host_key: &'a str,
        commands: &'a str,
        input: &'a [u8],
    ) -> Pending<'a, Result<Output, HostError>> {
        Box::pin(async move {
            let run = self.ssh.run(address, host_key, commands, input);
            let changes = commands.starts_with("install ") || commands.contains("systemctl restart k3s");
            let number = {
                let mut done = self.cuts.done.lock().unwrap();
                (changes && done.insert(format!("{address}: {commands}"))).then(|| done.len())
            };
            let Some(number) = number else { return run.await };
            let _ = tokio::time::timeout(Duration::from_millis(CUTS[number % CUTS.len()]), run).await;
            self.cuts.now.notify_one();
            // Whoever is cut off hears nothing any more.
            std::future::pending().await
        })
    }
}

/// Another token at each call: a server that has begun a cluster takes no other, and says so.
#[derive(Default)]
struct Counted(AtomicUsize);

impl Random for Counted {
    fn password(&self, _: usize) -> Secret {
        Secret::new(format!("{TOKEN}{}", self.0.fetch_add(1, Ordering::Relaxed)))
    }
}

/// Serves the stand-in for K3s as a release.
struct Release(Vec<u8>);

impl Web for Release {
    fn ask(&self, question: WebQuestion, _: u64) -> Pending<'_, Result<WebAnswer, WebError>> {
        let sum: String = Sha256::digest(&self.0).iter().map(|byte| format!("{byte:02x}")).collect();
        let is_sums = question.url.ends_with("/sha256sum-amd64.txt");
        let body = if is_sums { format!("{sum}  k3s\n").into_bytes() } else { self.0.clone() };
        Box::pin(async move { Ok(WebAnswer { status: 200, body }) })
    }
}

/// An API server that knows which machines are ready, and nothing else.
#[derive(Clone)]
struct Nodes([String; 2], [std::path::PathBuf; 2]);

impl Clusters for Nodes {
    fn open(&self, _: &Access) -> Result<Arc<dyn Transport>, ApiError> {
        Ok(Arc::new(self.clone()))
    }
}

impl Transport for Nodes {
    fn send(&self, request: ApiRequest) -> Pending<'_, Result<ApiAnswer, ApiError>> {
        let node = |number: usize| {
            let is_ready = self.1[number].join(format!("{}.ready", self.0[number])).exists();
            json!({
                "metadata": { "name": format!("k{}", number + 1) },
                "status": {
                    "conditions": [{ "type": "Ready", "status": if is_ready { "True" } else { "False" } }],
                    "nodeInfo": { "kubeletVersion": "v1.36.2+k3s1" },
                },
            })
        };
        let (status, value) = match request.target.as_str() {
            "/api/v1/nodes/k1" => (200, node(0)),
            "/api/v1/nodes/k2" => (200, node(1)),
            target if target.starts_with("/api/v1/nodes") => (200, json!({ "items": [node(0), node(1)] })),
            _ => (404, json!({ "kind": "Status", "reason": "NotFound" })),
        };
        Box::pin(async move { Ok(ApiAnswer { status, body: value.to_string().into_bytes() }) })
    }
}

/// The real files, but for the kubeconfig: whoever runs the tests keeps theirs.
struct Folder {
    files: Files,
    kubeconfig: Mutex<String>,
}

impl Desk for Folder {
    fn host_key(&self, address: Ipv4Addr) -> Result<Option<String>, DeskError> {
        self.files.host_key(address)
    }

    fn remember_host_key(&self, address: Ipv4Addr, key: &str) -> Result<(), DeskError> {
        self.files.remember_host_key(address, key)
    }

    fn forget_host_key(&self, address: Ipv4Addr) -> Result<(), DeskError> {
        self.files.forget_host_key(address)
    }

    fn kubeconfig(&self) -> Result<String, DeskError> {
        Ok(self.kubeconfig.lock().unwrap().clone())
    }

    fn write_kubeconfig(&self, text: &str) -> Result<(), DeskError> {
        *self.kubeconfig.lock().unwrap() = text.to_owned();
        Ok(())
    }

    fn ssh_public_key(&self) -> Result<String, DeskError> {
        self.files.ssh_public_key()
    }
}
