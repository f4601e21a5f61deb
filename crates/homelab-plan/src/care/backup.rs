//! What a backup holds.

use serde::{Deserialize, Serialize};

/// The page that lies with a backup: what it is of, and every file with its checksum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this page.
    pub version: u32,
    /// The cluster.
    pub cluster: String,
    /// When it was begun, in Universal Time.
    pub made_at: String,
    /// The release of K3s, which a restore must have too, or a later one.
    pub k3s: String,
    /// Every file.
    pub parts: Vec<Part>,
    /// Backups of whole containers, which stay on the host: their volumes.
    #[serde(default)]
    pub containers: Vec<String>,
}

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Below the folder, with `/`.
    pub path: String,
    /// What it is.
    pub kind: PartKind,
    /// Its length.
    pub bytes: u64,
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// What a file of a backup is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// The state of the cluster.
    EtcdSnapshot,
    /// The token with which the state is encrypted.
    ServerToken,
    /// The roles of PostgreSQL.
    PostgresRoles,
    /// One database of PostgreSQL.
    PostgresDatabase {
        /// Its name.
        name: String,
    },
}

impl Manifest {
    /// The file of this form; none if there is none.
    pub fn part(&self, kind: &PartKind) -> Option<&Part> {
        self.parts.iter().find(|part| part.kind == *kind)
    }

    /// What keeps this page from being that of a backup of `cluster`, if something does.
    pub fn problem(&self, cluster: &str) -> Option<String> {
        let is_plain = |path: &str| {
            !path.is_empty()
                && !path.starts_with('/')
                && !path.contains('\\')
                && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        };
        if self.version != 1 {
            return Some(format!("it has the form {}, and this program knows 1", self.version));
        }
        if self.cluster != cluster {
            return Some(format!("it is of the cluster `{}`, and this one is called `{cluster}`", self.cluster));
        }
        if let Some(part) = self.parts.iter().find(|part| !is_plain(&part.path)) {
            return Some(format!("it names `{}`, which is outside of it", part.path));
        }
        for (kind, what) in
            [(PartKind::EtcdSnapshot, "a snapshot of etcd"), (PartKind::ServerToken, "the server's token")]
        {
            if self.part(&kind).is_none() {
                return Some(format!("it has no file with {what}"));
            }
        }
        None
    }
}

/// The password in a server's token. A server that begins a cluster takes that alone; the rest of the full form,
/// `K10<hash of the authority>::server:`, is for those who join.
pub fn short_token(token: &str) -> &str {
    let token = token.trim();
    token.rsplit_once("::server:").map_or(token, |(_, password)| password)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(path: &str, kind: PartKind) -> Part {
        Part { path: path.to_owned(), kind, bytes: 1, sha256: "0".to_owned() }
    }

    fn manifest() -> Manifest {
        Manifest {
            version: 1,
            cluster: "home".to_owned(),
            made_at: "2026-11-23T00:00:00Z".to_owned(),
            k3s: "v1.36.2+k3s1".to_owned(),
            parts: vec![part("etcd/a", PartKind::EtcdSnapshot), part("server-token", PartKind::ServerToken)],
            containers: Vec::new(),
        }
    }

    #[test]
    fn a_whole_page_of_this_cluster_is_taken() {
        assert_eq!(manifest().problem("home"), None);
    }

    #[test]
    fn another_cluster_another_form_and_paths_outside_are_refused() {
        assert_eq!(manifest().problem("work").unwrap(), "it is of the cluster `home`, and this one is called `work`");
        assert!(Manifest { version: 2, ..manifest() }.problem("home").is_some());
        for path in ["../etc/passwd", "/etc/passwd", "a//b", "a\\b", ""] {
            let mut manifest = manifest();
            manifest.parts.push(part(path, PartKind::PostgresRoles));
            assert!(manifest.problem("home").is_some_and(|problem| problem.contains("outside")), "{path}");
        }
        let mut without = manifest();
        without.parts.pop();
        assert_eq!(without.problem("home").unwrap(), "it has no file with the server's token");
    }

    #[test]
    fn the_password_of_a_token_is_what_a_new_server_takes() {
        // homelab:allow secrets/named-value until 2036-01-01: made up for this test
        assert_eq!(short_token("K10abc::server:secret\n"), "secret");
        assert_eq!(short_token("secret"), "secret");
    }
}
