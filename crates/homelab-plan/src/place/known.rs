//! Services that many homes have, and what they are like. Data is what a home typically keeps; options correct it.

use serde::Serialize;

use super::Description;
use crate::bytes::Bytes;

/// A service that many homes have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Known {
    /// What it is called.
    pub name: &'static str,
    /// What it is for.
    pub what: &'static str,
    /// How much data it keeps by itself, typically.
    pub data: Bytes,
    /// Whether it uses hardware of the host.
    pub hardware: bool,
    /// Whether it takes part in the network at home itself.
    pub local_network: bool,
    /// Whether more than one instance of it may run.
    pub scales: bool,
}

/// What most services are: reached by HTTP, alone, without hardware.
const fn plain(name: &'static str, what: &'static str, data_gib: u64) -> Known {
    Known { name, what, data: Bytes::gib(data_gib), hardware: false, local_network: false, scales: false }
}

/// One that uses hardware of the host.
const fn with_hardware(known: Known) -> Known {
    Known { hardware: true, ..known }
}

/// One that takes part in the network at home itself.
const fn in_local_network(known: Known) -> Known {
    Known { local_network: true, ..known }
}

/// One of which more than one instance may run.
const fn scaling(known: Known) -> Known {
    Known { scales: true, ..known }
}

/// All of them, by name.
pub const KNOWN: &[Known] = &[
    in_local_network(plain("adguard-home", "a DNS server that filters", 2)),
    plain("audiobookshelf", "audiobooks and podcasts", 200),
    plain("calibre-web", "a library of e-books", 20),
    with_hardware(plain("emby", "films, series and music", 1024)),
    plain("forgejo", "git repositories", 20),
    plain("freshrss", "a feed reader", 1),
    with_hardware(plain("frigate", "cameras, with detection of objects", 500)),
    plain("gitea", "git repositories", 20),
    scaling(plain("grafana", "dashboards", 1)),
    in_local_network(with_hardware(plain("home-assistant", "the home's switches and sensors", 10))),
    with_hardware(plain("immich", "photographs and videos, with recognition of faces", 500)),
    with_hardware(plain("jellyfin", "films, series and music", 1024)),
    plain("kavita", "comics and books", 300),
    plain("komga", "comics and books", 300),
    plain("linkding", "bookmarks", 1),
    plain("mealie", "recipes", 2),
    plain("memos", "notes", 1),
    scaling(plain("miniflux", "a feed reader", 0)),
    plain("n8n", "automation", 2),
    plain("navidrome", "music", 300),
    plain("nextcloud", "files, calendars and contacts", 500),
    with_hardware(plain("ollama", "language models", 100)),
    plain("paperless-ngx", "scanned documents", 20),
    with_hardware(plain("photoprism", "photographs and videos", 500)),
    in_local_network(plain("pihole", "a DNS server that filters", 2)),
    with_hardware(plain("plex", "films, series and music", 1024)),
    plain("qbittorrent", "downloads", 500),
    plain("radarr", "a collection of films", 500),
    plain("sonarr", "a collection of series", 500),
    in_local_network(plain("syncthing", "synchronised folders", 200)),
    plain("uptime-kuma", "whether others are up", 1),
    plain("vaultwarden", "passwords", 1),
    scaling(plain("wallabag", "saved pages", 2)),
    scaling(plain("yomu", "feeds and saved pages", 0)),
];

impl Known {
    pub(super) fn description(self) -> Description {
        Description {
            data: Some(self.data),
            hardware: Some(self.hardware),
            local_network: Some(self.local_network),
            scales: Some(self.scales),
            own: None,
        }
    }
}

/// The known service of this name, however it is spelt: `Pi-hole`, `home_assistant`.
pub(super) fn find(name: &str) -> Option<&'static Known> {
    let letters = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let wanted = letters(name);
    KNOWN.iter().find(|known| letters(known.name) == wanted)
}
