//! A simulated home that is served in the background, and a repository on disk that is written for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use homelab::rehearse::{Ending, bring_up};
use homelab_plan::config::{self, Answers};
use homelab_plan::plan::Desired;
use homelab_sim::home::{ROOT_PASSWORD, TOKEN};
use homelab_sim::serve::{Place, Served};
use homelab_sim::{Faults, Home, World};
use tokio::runtime::Builder;
use tokio::sync::oneshot;

/// A served home; it ends with its handle.
pub(crate) struct ServedHome {
    pub(crate) place: Place,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the home is when it is served.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum As {
    Empty,
    BroughtUp,
}

impl ServedHome {
    pub(crate) fn new(home: Home, state: As) -> Self {
        let (place, told) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime =
                Builder::new_current_thread().enable_all().start_paused(state == As::BroughtUp).build().unwrap();
            runtime.block_on(async move {
                let world = World::new(&home, 1, Faults::None);
                if state == As::BroughtUp {
                    let home = config::parse(&config::default_file(&Answers::default())).unwrap();
                    assert_eq!(bring_up(&world, &Desired { home, components: Vec::new() }, &[]).await, Ending::Done);
                    tokio::time::resume();
                }
                let served = Served::open(world, [127, 0, 0, 1].into(), 0, 0).await.unwrap();
                place.send(served.place().unwrap()).unwrap();
                tokio::select! {
                    outcome = served.run() => outcome.unwrap(),
                    _ = stopped => {}
                }
            });
        });
        Self { place: told.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn empty() -> Self {
        Self::new(Home::default(), As::Empty)
    }
}

impl Drop for ServedHome {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A folder with an infrastructure repository, and a person at a terminal in it.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// How a command ended, and everything that it said.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// The repository that `homelab init` writes, for the served home. Its nodes have addresses of this computer: nothing
    /// else is ever knocked at.
    pub(crate) fn at(served: &ServedHome) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        assert_eq!(desk.run(&["init", ".", "--yes"]).code, Some(0));
        desk.edit(|text| {
            text.replace("https://192.168.0.10:8006", &format!("https://{}", served.place.proxmox))
                .replace("# fingerprint = \"", &format!("fingerprint = \"{}\" # \"", served.place.fingerprint))
                .replace("192.168.0.", "127.0.0.")
        });
        desk
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.path().join("homelab.toml")
    }

    /// Changes `homelab.toml`.
    pub(crate) fn edit(&self, change: impl Fn(&str) -> String) {
        let text = fs::read_to_string(self.file()).unwrap();
        fs::write(self.file(), change(&text)).unwrap();
    }

    /// Runs a command as somebody who knows the password and the token.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, ROOT_PASSWORD)
    }

    /// Runs a command as somebody who knows this password. No secret may come back in what it says.
    pub(crate) fn run_with(&self, arguments: &[&str], password: &str) -> Ran {
        let output: Output = Command::new(env!("CARGO_BIN_EXE_homelab"))
            .args(arguments)
            .current_dir(self.path())
            .env("HOME", self.path())
            .env("KUBECONFIG", self.path().join("kubeconfig"))
            .env("NO_COLOR", "1")
            .env("HOMELAB_PROXMOX_PASSWORD", password)
            .env("HOMELAB_PROXMOX_TOKEN_SECRET", TOKEN.1)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let ran = Ran { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) };
        for secret in [password, TOKEN.1, "PVE:root@pam", "csrf-of"] {
            assert!(!ran.out.contains(secret) && !ran.err.contains(secret), "{arguments:?} says a secret");
        }
        ran
    }
}
