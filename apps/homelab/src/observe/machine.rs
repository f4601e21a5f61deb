//! What is inside a machine: a few files and units.

use homelab_plan::config::Node;
use homelab_plan::plan::{K3sSeen, MachineSeen, files};

use crate::reach::{HostError, Output, Reach};

/// Tries whether layers can lie over each other, where K3s would do it. Leaves nothing behind.
pub const SHARED_MOUNT_TRIAL: &str = "mkdir -p /var/lib/rancher/trial/l /var/lib/rancher/trial/u /var/lib/rancher/trial/w /var/lib/rancher/trial/m && mount -t overlay overlay -o lowerdir=/var/lib/rancher/trial/l,upperdir=/var/lib/rancher/trial/u,workdir=/var/lib/rancher/trial/w /var/lib/rancher/trial/m && umount /var/lib/rancher/trial/m && rm -rf /var/lib/rancher/trial";

/// A machine by its node's name, or why it is silent.
pub(super) async fn observe(reach: &Reach, node: &Node) -> (String, Result<MachineSeen, String>) {
    let name = node.name.as_str().to_owned();
    let key = match reach.desk.host_key(node.address.0) {
        Ok(Some(key)) => key,
        Ok(None) => return (name, Err("its host key was never seen".to_owned())),
        Err(error) => return (name, Err(error.to_string())),
    };
    let look = Look { reach, node, key: &key };
    (name, look.all().await.map_err(|error| error.to_string()))
}

struct Look<'a> {
    reach: &'a Reach,
    node: &'a Node,
    key: &'a str,
}

impl Look<'_> {
    async fn all(&self) -> Result<MachineSeen, HostError> {
        let unit = files::unit_name(self.node.role);
        let shared = self.run(&format!("cat {}", files::unit_path(files::SHARED_MOUNT_UNIT))).await?;
        let is_shared = shared.status == 0
            && shared.stdout == files::SHARED_MOUNT.as_bytes()
            && self.says(&format!("systemctl is-enabled {}", files::SHARED_MOUNT_UNIT), "enabled").await?
            && self.says(&format!("systemctl is-active {}", files::SHARED_MOUNT_UNIT), "active").await?;
        let can_overlay = self.run(SHARED_MOUNT_TRIAL).await?.status == 0;
        let config = self.text(files::CONFIG_PATH).await?;
        let version = self.run("/usr/local/bin/k3s --version").await?;
        let k3s = K3sSeen {
            version: (version.status == 0).then(|| version_of(&version.text())).flatten(),
            has_token: config.as_deref().and_then(token_of).is_some(),
            config: config.map(|text| without_token(&text)),
            unit: self.text(&files::unit_path(unit)).await?,
            is_enabled: self.says(&format!("systemctl is-enabled {unit}"), "enabled").await?,
            is_active: self.says(&format!("systemctl is-active {unit}"), "active").await?,
        };
        Ok(MachineSeen { has_shared_mount: is_shared, can_overlay, k3s })
    }

    async fn run(&self, commands: &str) -> Result<Output, HostError> {
        // Looking changes nothing, so a connection that breaks is no reason to stop looking.
        let mut attempts = 3;
        loop {
            attempts -= 1;
            match self.reach.hosts.run(self.node.address.0, self.key, commands, &[]).await {
                Err(HostError::Dropped { .. }) if attempts > 0 => {}
                outcome => return outcome,
            }
        }
    }

    async fn says(&self, commands: &str, word: &str) -> Result<bool, HostError> {
        Ok(self.run(commands).await?.text() == word)
    }

    async fn text(&self, path: &str) -> Result<Option<String>, HostError> {
        let output = self.run(&format!("cat {path}")).await?;
        Ok((output.status == 0).then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
    }
}

/// `k3s version v1.36.2+k3s1 (0123abcd)`.
pub(crate) fn version_of(text: &str) -> Option<String> {
    text.strip_prefix("k3s version ")?.split_whitespace().next().map(str::to_owned)
}

/// The token in a configuration of K3s.
pub fn token_of(config: &str) -> Option<String> {
    let value = config.lines().find_map(|line| line.strip_prefix("token:"))?;
    Some(value.trim().trim_matches('"').to_owned()).filter(|token| !token.is_empty())
}

fn without_token(config: &str) -> String {
    config.split_inclusive('\n').filter(|line| !line.starts_with("token:")).collect()
}
