//! Machines, by the `ssh` of this computer: its agent, its configuration and its jump hosts work as people have them.

use std::ffi::OsString;
use std::net::Ipv4Addr;
use std::process::Stdio;
use std::sync::Arc;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::files::Files;
use crate::reach::{HostError, Hosts, Output, Pending};

/// The status with which `ssh` says that it failed itself.
const FAILED: i32 = 255;

/// Runs `ssh` and `ssh-keyscan`.
#[derive(Debug)]
pub(super) struct Ssh {
    files: Arc<Files>,
}

impl Ssh {
    pub(super) fn new(files: Arc<Files>) -> Self {
        Self { files }
    }

    async fn scan(&self, address: Ipv4Addr) -> Result<String, HostError> {
        let output = Command::new("ssh-keyscan")
            .args(["-T", "5", "-t", "ed25519", &address.to_string()])
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await
            .map_err(|error| HostError::NoProgram { program: "ssh-keyscan", cause: error.to_string() })?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let key = text.lines().find_map(|line| line.strip_prefix(&format!("{address} ")));
        key.map(str::to_owned).ok_or_else(|| HostError::Silent { address, cause: "no host key is shown".to_owned() })
    }

    async fn run(&self, address: Ipv4Addr, commands: &str, input: &[u8]) -> Result<Output, HostError> {
        let no_program = |error: std::io::Error| HostError::NoProgram { program: "ssh", cause: error.to_string() };
        let mut child = Command::new("ssh")
            .args(self.arguments(address))
            .arg(commands)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(no_program)?;
        let mut pipe = child.stdin.take();
        let feed = async {
            if let Some(pipe) = &mut pipe {
                // Whoever does not want all of it closes the pipe, and says by its status whether that was right.
                let _ = pipe.write_all(input).await;
            }
            drop(pipe);
        };
        let ((), output) = tokio::join!(feed, child.wait_with_output());
        let output = output.map_err(no_program)?;
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(FAILED) | None => Err(failure(address, &stderr)),
            Some(status) => Ok(Output { status, stdout: output.stdout, stderr }),
        }
    }

    fn arguments(&self, address: Ipv4Addr) -> Vec<OsString> {
        let mut known_hosts = OsString::from("UserKnownHostsFile=");
        known_hosts.push(self.files.known_hosts());
        let mut arguments: Vec<OsString> = [
            "-o",
            "BatchMode=yes",
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            "HostKeyAlgorithms=ssh-ed25519",
            "-o",
            "ConnectTimeout=10",
            "-o",
            "ServerAliveInterval=10",
            "-o",
            "LogLevel=ERROR",
            "-o",
        ]
        .map(OsString::from)
        .to_vec();
        arguments.push(known_hosts);
        if let Some(key) = self.files.private_key() {
            arguments.push("-i".into());
            arguments.push(key.into_os_string());
        }
        arguments.push(format!("root@{address}").into());
        arguments.push("--".into());
        arguments
    }
}

/// What `ssh` means by its words.
fn failure(address: Ipv4Addr, stderr: &str) -> HostError {
    let has = |words: &str| stderr.contains(words);
    let last = stderr.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("ssh gives no reason").to_owned();
    match () {
        () if has("Permission denied") => HostError::Denied { address },
        () if has("Host key verification failed") || has("HOST IDENTIFICATION HAS CHANGED") => {
            HostError::Stranger { address }
        }
        () if has("Connection refused") || has("No route to host") || has("timed out") || has("Could not resolve") => {
            HostError::Silent { address, cause: last }
        }
        () => HostError::Dropped { address },
    }
}

impl Hosts for Ssh {
    fn host_key(&self, address: Ipv4Addr) -> Pending<'_, Result<String, HostError>> {
        Box::pin(self.scan(address))
    }

    /// `ssh` itself compares the host's key with the file that the key was taken from.
    fn run<'a>(
        &'a self,
        address: Ipv4Addr,
        _host_key: &'a str,
        commands: &'a str,
        input: &'a [u8],
    ) -> Pending<'a, Result<Output, HostError>> {
        Box::pin(self.run(address, commands, input))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_ssh_are_understood() {
        let address = Ipv4Addr::LOCALHOST;
        let of = |text| failure(address, text);
        assert_eq!(of("root@127.0.0.1: Permission denied (publickey).\r\n"), HostError::Denied { address });
        assert_eq!(of("Host key verification failed.\r\n"), HostError::Stranger { address });
        assert!(matches!(
            of("ssh: connect to host 127.0.0.1 port 22: Connection refused\r\n"),
            HostError::Silent { .. }
        ));
        assert_eq!(of("Connection to 127.0.0.1 closed by remote host.\r\n"), HostError::Dropped { address });
    }
}
