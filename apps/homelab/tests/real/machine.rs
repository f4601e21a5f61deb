//! A machine with a real SSH server: a mount namespace over this computer's own system, with stand-ins for systemd and K3s.

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const STAND_INS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/real/stand_in");

/// How long an SSH server may take to listen.
const START_TIME_MAX: Duration = Duration::from_secs(60);

/// A machine; it ends with its handle, and so does everything that was written on it.
pub(crate) struct Machine {
    process: Child,
    folder: tempfile::TempDir,
}

/// Why there can be no such machine here; none if there can.
pub(crate) fn obstacle() -> Option<String> {
    if !Path::new("/usr/sbin/sshd").exists() {
        return Some("sshd is not installed (Debian: apt-get install openssh-server)".to_owned());
    }
    let trial = Command::new("unshare").args(["--mount", "mount", "-t", "tmpfs", "trial", "/mnt"]).output();
    match trial {
        Ok(output) if output.status.success() => None,
        Ok(output) => Some(format!("mounts need root: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Some(format!("`unshare` cannot be run: {error}")),
    }
}

impl Machine {
    /// Starts a machine at an address of this computer, which lets `key` in.
    pub(crate) fn start(address: Ipv4Addr, key: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in ["systemctl", "journalctl", "record"] {
            fs::copy(Path::new(STAND_INS).join(file), folder.path().join(file)).unwrap();
        }
        fs::copy(key, folder.path().join("authorized_keys")).unwrap();
        new_key(&folder.path().join("host_key"));
        fs::create_dir(folder.path().join("disk")).unwrap();
        let process = Command::new("unshare")
            .args(["--mount", "bash", &format!("{STAND_INS}/machine")])
            .arg(folder.path())
            .arg(address.to_string())
            .stdin(Stdio::null())
            .stderr(fs::File::create(folder.path().join("sshd.log")).unwrap())
            .spawn()
            .unwrap();
        let machine = Self { process, folder };
        machine.await_port(address);
        machine
    }

    fn await_port(&self, address: Ipv4Addr) {
        let began = Instant::now();
        while std::net::TcpStream::connect((address, 22)).is_err() {
            let log = fs::read_to_string(self.folder.path().join("sshd.log")).unwrap_or_default();
            assert!(began.elapsed() < START_TIME_MAX, "no SSH server at {address}: {log}");
            sleep(Duration::from_millis(50));
        }
    }

    /// From now on the machine shows another key, as one that was made anew would.
    pub(crate) fn change_host_key(&self, address: Ipv4Addr) {
        // Before anything else: some servers read their keys anew for each connection.
        let before = shown_key(address);
        let key = self.path("/stand-in/host_key");
        let _ = fs::remove_file(key.with_extension("pub"));
        fs::remove_file(&key).unwrap();
        new_key(&key);
        // Others start themselves anew at this signal, with the keys that are there now.
        Command::new("kill").args(["-HUP", &self.process.id().to_string()]).output().unwrap();
        let began = Instant::now();
        loop {
            // A server that starts, on a computer with much else to do, shows none for a while.
            let shown = shown_key(address);
            if !shown.is_empty() && shown != before {
                return;
            }
            assert!(began.elapsed() < START_TIME_MAX, "the SSH server shows no other key: {shown}");
            sleep(Duration::from_millis(50));
        }
    }

    /// Where a file of the machine is seen from outside.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/root{path}", self.process.id()))
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    /// What the node would say: its K3s was started and became ready.
    pub(crate) fn is_ready(&self, unit: &str) -> bool {
        self.path(&format!("/run/units/{unit}.ready")).exists()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // The programs of its units outlive the server that they were started through.
        for unit in ["k3s", "k3s-agent"] {
            let pid = self.text(&format!("/run/units/{unit}.pid"));
            if !pid.trim().is_empty() {
                let _ = Command::new("kill").arg(pid.trim()).output();
            }
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The key that the machine at an address shows; empty while there is none.
fn shown_key(address: Ipv4Addr) -> String {
    let scanned = Command::new("ssh-keyscan").args(["-t", "ed25519", &address.to_string()]).output().unwrap();
    String::from_utf8_lossy(&scanned.stdout).into_owned()
}

/// What stands in for the binary of K3s: more than a pipe and a connection hold, so that it can be cut off.
pub(crate) fn binary() -> Vec<u8> {
    let mut bytes = fs::read(Path::new(STAND_INS).join("k3s")).unwrap();
    bytes.resize(bytes.len() + (4 << 20), b'\n');
    bytes
}

/// Makes a pair of keys without a passphrase.
pub(crate) fn new_key(path: &Path) {
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
