//! Tokens of Proxmox VE and Proxmox Backup Server, with the user they belong to.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{BASE64URL, NAME, UUID};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::Shape;

/// An API token of Proxmox.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/proxmox-token",
    severity: Severity::Error,
    title: "an API token of Proxmox",
    reason: "It acts on the host as its user does: create, change and destroy guests, read their consoles and backups.",
    fix: "Remove it with `pveum user token remove`, make a new one with the smallest role, and put that into the environment or the keyring.",
    fires: &[Example {
        files: &[(
            "pve.sh",
            "curl -H \"Authorization: PVEAPIToken=root@pam!ci=5a4fd12a-abfe‖-4228-af21-9e9cb0eb53f1\" https://pve:8006/api2/json\n",
        )],
    }],
    silent: &[
        Example { files: &[("homelab.toml", "token_id = \"root@pam!homelab\"\n")] },
        Example { files: &[("README.md", "The header is `PVEAPIToken=USER@REALM!TOKENID=UUID`.\n")] },
    ],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("an API token of Proxmox", "@pam!", &[Run(&BASE64URL, 1, 64), Text("="), Run(&UUID, 36, 36)])
        .after(Run(&NAME, 1, 64)),
    Shape::new("an API token of Proxmox", "@pve!", &[Run(&BASE64URL, 1, 64), Text("="), Run(&UUID, 36, 36)])
        .after(Run(&NAME, 1, 64)),
    Shape::new("an API token of Proxmox", "@pbs!", &[Run(&BASE64URL, 1, 64), Text("="), Run(&UUID, 36, 36)])
        .after(Run(&NAME, 1, 64)),
    Shape::new(
        "an API token of Proxmox",
        "PVEAPIToken=",
        &[Run(&NAME, 1, 64), Text("@"), Run(&NAME, 1, 64), Text("!"), Run(&NAME, 1, 64), Text("="), Run(&UUID, 36, 36)],
    ),
];
