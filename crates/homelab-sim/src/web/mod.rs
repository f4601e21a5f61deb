//! The internet, as much of it as a home needs: releases of K3s and a registry of images.

use sha2::{Digest, Sha256};

use crate::fault::Fault;
use crate::http::{Request, Response};
use crate::latency;
use crate::world::{Lost, State, World};

/// The path under which GitHub keeps the releases of K3s.
const RELEASES: &str = "https://github.com/k3s-io/k3s/releases/download/";

impl World {
    /// One request to a server on the internet: `target` is the whole address.
    ///
    /// # Errors
    /// [`Lost`] when the connection broke.
    pub async fn web(&self, request: Request) -> Result<Response, Lost> {
        let is_binary = request.target.starts_with(RELEASES) && request.target.ends_with("/k3s");
        if is_binary {
            self.pass(latency::K3S_DOWNLOAD).await;
        }
        self.call("web", latency::INTERNET_WAY, |state| answer(state, &request)).await
    }
}

fn answer(state: &mut State, request: &Request) -> Response {
    if let Some(release) = request.target.strip_prefix(RELEASES) {
        return from_release(state, release);
    }
    if let Some(path) = request.target.strip_prefix("https://ghcr.io/") {
        return from_registry(state, request, path);
    }
    Response::empty(404, "Not Found")
}

fn from_release(state: &mut State, release: &str) -> Response {
    let Some((version, file)) = release.split_once('/') else { return Response::empty(404, "Not Found") };
    let version = version.replace("%2B", "+");
    if !is_version(&version) {
        return Response::empty(404, "Not Found");
    }
    match file {
        "k3s" => {
            let mut bytes = binary(&version);
            if state.fault("web", Fault::BadDownload, 2) {
                // A download that broke off: the length is wrong, and so is the checksum.
                bytes.truncate(bytes.len() / 2);
            }
            Response { status: 200, reason: "OK".to_owned(), headers: Vec::new(), body: bytes }
        }
        "sha256sum-amd64.txt" => {
            let line = format!("{}  k3s\n", sha256(&binary(&version)));
            Response { status: 200, reason: "OK".to_owned(), headers: Vec::new(), body: line.into_bytes() }
        }
        _ => Response::empty(404, "Not Found"),
    }
}

/// A version of K3s looks like `v1.36.1+k3s1`.
fn is_version(text: &str) -> bool {
    let Some((kubernetes, k3s)) = text.strip_prefix('v').and_then(|rest| rest.split_once("+k3s")) else { return false };
    let parts: Vec<_> = kubernetes.split('.').collect();
    parts.len() == 3 && parts.iter().chain([&k3s]).all(|part| part.parse::<u32>().is_ok())
}

/// What stands for the binary of a version: short, and different for each.
fn binary(version: &str) -> Vec<u8> {
    format!("#!simulated k3s {version}\n").repeat(16).into_bytes()
}

/// The version of a binary that came whole.
pub(crate) fn version_of(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let version = text.lines().next()?.strip_prefix("#!simulated k3s ")?;
    (binary(version) == bytes).then(|| version.to_owned())
}

/// The hash as `sha256sum` prints it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The registry. Anybody gets a token for a package that is public, and with it its manifests. For one that is private, which
/// each one is until somebody changes it on its page, there is no token: 401 (openai/tunnel-client#75 shows both).
fn from_registry(state: &State, request: &Request, path: &str) -> Response {
    let packages = |name: &str| {
        let prefix = format!("{name}@");
        state
            .images
            .iter()
            .filter(move |(image, _)| image.starts_with(&prefix))
            .map(|(_, is_public)| *is_public)
            .next_back()
    };
    if let Some(query) = path.strip_prefix("token?") {
        let scope = query.split('&').find_map(|pair| pair.strip_prefix("scope=repository:")?.strip_suffix(":pull"));
        return match scope.and_then(packages) {
            Some(true) => Response::json(200, "OK", &serde_json::json!({ "token": "anonymous" })),
            _ => Response::empty(401, "Unauthorized"),
        };
    }
    let Some((name, reference)) = path.strip_prefix("v2/").and_then(|path| path.split_once("/manifests/")) else {
        return Response::empty(404, "Not Found");
    };
    if request.header_value("authorization") != Some("Bearer anonymous") || packages(name) != Some(true) {
        return Response::empty(401, "Unauthorized");
    }
    // An index is given to those who say that they understand one (Mic92/niks3#229).
    let accepts = request.header_value("accept").unwrap_or_default();
    match state.images.contains_key(&format!("{name}@{reference}")) && accepts.contains("image.index.v1+json") {
        true => Response::empty(200, "OK"),
        false => Response::empty(404, "Not Found"),
    }
}

impl World {
    /// Pushes an image: `owner/name` and its digest; private until somebody makes it public.
    pub fn push_image(&self, name: &str, digest: &str, is_public: bool) {
        self.state().images.insert(format!("{name}@{digest}"), is_public);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Faults, Home};

    #[tokio::test(start_paused = true)]
    async fn a_release_has_a_binary_with_its_checksum() {
        let world = World::new(&Home::default(), 1, Faults::None);
        let get = |file: &str| world.web(Request::new("GET", format!("{RELEASES}v1.36.1%2Bk3s1/{file}")));
        let binary = get("k3s").await.unwrap().body;
        assert_eq!(version_of(&binary).as_deref(), Some("v1.36.1+k3s1"));
        let sums = String::from_utf8(get("sha256sum-amd64.txt").await.unwrap().body).unwrap();
        assert_eq!(sums, format!("{}  k3s\n", sha256(&binary)));
        assert_eq!(version_of(&binary[..20]), None, "half of it is nothing");
    }

    #[tokio::test(start_paused = true)]
    async fn a_private_image_is_not_for_everybody() {
        let world = World::new(&Home::default(), 1, Faults::None);
        world.push_image("somebody/yomu", "sha256:1", false);
        let token = || world.web(Request::new("GET", "https://ghcr.io/token?scope=repository:somebody/yomu:pull"));
        let head = || {
            let request = Request::new("HEAD", "https://ghcr.io/v2/somebody/yomu/manifests/sha256:1");
            let request = request.header("Accept", "application/vnd.oci.image.index.v1+json");
            world.web(request.header("Authorization", "Bearer anonymous"))
        };
        assert_eq!([token().await.unwrap().status, head().await.unwrap().status], [401, 401]);
        world.push_image("somebody/yomu", "sha256:1", true);
        assert_eq!([token().await.unwrap().status, head().await.unwrap().status], [200, 200]);
    }
}
