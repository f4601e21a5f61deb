//! A Valkey of the test's own, to be mistreated.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use yomu::cache::{Cache, Place, ValkeyAddress};

/// A running server, killed at the end.
pub(crate) struct Server {
    child: Child,
    program: String,
    arguments: Vec<String>,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Server {
    /// A server, or none where there is no Valkey.
    pub(crate) fn start() -> Option<Self> {
        Self::with(&[])
    }

    pub(crate) fn with(more: &[&str]) -> Option<Self> {
        let Ok(program) = std::env::var("YOMU_TEST_VALKEY_SERVER") else {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "CI=true asks for the tests with Valkey");
            eprintln!("SKIPPED: YOMU_TEST_VALKEY_SERVER is not set; run `scripts/valkey cargo nextest run`");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = crate::port::free_port();
        let folder_name = folder.path().display().to_string();
        let own = ["--bind", "127.0.0.1", "--dir", &folder_name, "--save", "", "--appendonly", "no"];
        let mut arguments: Vec<String> = own.iter().chain(more).map(|word| (*word).to_owned()).collect();
        // The port stands behind, as the one for TLS where that is asked for.
        let tls = more.contains(&"--tls-cert-file");
        arguments.extend([if tls { "--tls-port" } else { "--port" }.to_owned(), port.to_string()]);
        let child = spawn(&program, &arguments);
        let server = Self { child, program, arguments, port, _folder: folder };
        server.wait();
        Some(server)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// A cache in this server, as a replica of the program has it.
    pub(crate) async fn cache(&self, namespace: &str) -> Cache {
        let address = ValkeyAddress::parse(&format!("redis://127.0.0.1:{}", self.port)).expect("an address");
        let cache = Cache::in_valkey(address, namespace);
        there(&cache).await;
        cache
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it is killed");
        let _ = self.child.wait();
    }

    pub(crate) fn start_again(&mut self) {
        self.child = spawn(&self.program, &self.arguments);
        self.wait();
    }

    /// Lets it accept connections and answer nobody.
    pub(crate) fn freeze(&self) {
        self.signal("-STOP");
    }

    pub(crate) fn thaw(&self) {
        self.signal("-CONT");
    }

    /// Says one line, and returns the beginning of the answer.
    pub(crate) fn say(&self, line: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.write_all(format!("{line}\r\n").as_bytes()).expect("it hears");
        let mut answer = [0; 4096];
        let length = stream.read(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer[..length]).into_owned()
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
    }

    fn wait(&self) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < deadline, "Valkey listens");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until a cache is in Valkey.
pub(crate) async fn there(cache: &Cache) {
    settles(cache, Place::Valkey).await;
}

/// Waits until a cache is somewhere.
pub(crate) async fn settles(cache: &Cache, place: Place) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while cache.place() != place {
        assert!(Instant::now() < deadline, "the cache is {:?}, not {place:?}", cache.place());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn spawn(program: &str, arguments: &[String]) -> Child {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the server starts")
}
