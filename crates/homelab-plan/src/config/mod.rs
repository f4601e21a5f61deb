//! `homelab.toml`: one file that says what a home is.
//!
//! ```text
//! text -> TOML with places -> values (read) -> what does not go together (check) -> Homelab, or every problem
//! ```
//!
//! The table in `homelab.rs` is the only list of keys: the parser, its suggestions, the documentation and the file that
//! `homelab init` writes are made from it.

mod check;
mod default_file;
pub mod edit;
mod homelab;
pub(crate) mod key;
pub(crate) mod read;
mod reference;
mod secret;
pub(crate) mod suggest;
pub(crate) mod value;

use std::ops::Range;

use toml::de::DeTable;

pub use check::names::reserved_for_services;
pub use default_file::{Answers, default_file};
pub use homelab::{
    ArgoCd, Budget, Cluster, Container, Electricity, Exchange, Guest, Homelab, K3s, LocalNetwork, Node, Postgres,
    Proxmox, Reserved, SECTIONS, Services, Shared, Valkey,
};
pub use key::{Default, Form, Key, SectionKeys};
pub use reference::reference_page;
pub use value::{
    Address, ClockTime, Cores, Datastore, Day, DaysKept, DomainName, Fingerprint, GithubOwner, Hours, ImageVersion,
    K3sVersion, Money, Name, Network, ProxmoxName, ProxmoxUrl, ProxmoxUser, Role, SemanticVersion, Snapshotter, Text,
    TokenName, VlanTag, Vmid, Watts,
};

use crate::diagnostic::{Diagnostic, Problems};
use crate::limits::{DIAGNOSTICS_MAX, FILE_BYTES_MAX};
use read::{Found, Reader};

/// Reads a `homelab.toml`, and everything that is wrong with it.
pub fn parse(text: &str) -> Result<Homelab, Problems> {
    let table = table(text)?;
    let mut reader = Reader::new(SECTIONS, text.len());
    reader.refuse_unknown_sections(&table, "");
    let homelab = Homelab {
        cluster: reader.once(&table, "cluster"),
        proxmox: reader.once(&table, "proxmox"),
        network: reader.once(&table, "network"),
        container: reader.once(&table, "container"),
        nodes: reader.many(&table, "nodes"),
        k3s: reader.once(&table, "k3s"),
        reserved: reader.once(&table, "reserved"),
        argocd: reader.once(&table, "argocd"),
        shared: Shared {
            postgres: reader.once(&table, "shared.postgres"),
            valkey: reader.once(&table, "shared.valkey"),
        },
        guests: reader.many(&table, "guests"),
        services: reader.once(&table, "services"),
        budget: reader.once(&table, "budget"),
        electricity: reader.once(&table, "electricity"),
        exchange: reader.once(&table, "exchange"),
    };
    let Found { places, mut diagnostics, secrets } = reader.finish();
    check::all(&homelab, &places, text.len(), &mut diagnostics);
    if diagnostics.is_empty() { Ok(homelab) } else { Err(problems(text, diagnostics, &secrets)) }
}

/// The TOML of a text, or why it is none. After an error of grammar nothing else is judged: what follows may be misread.
pub(crate) fn table(text: &str) -> Result<DeTable<'_>, Problems> {
    if text.len() > FILE_BYTES_MAX {
        let message = format!("the file is larger than {FILE_BYTES_MAX} bytes, and at most that much is read");
        return Err(Problems {
            text: String::new(),
            diagnostics: vec![Diagnostic::at(0..0, message, "")],
            left_out: 0,
        });
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(table.into_inner());
    }
    let diagnostics = errors.iter().map(|error| {
        let span = error.span().unwrap_or(text.len()..text.len());
        Diagnostic::at(span, format!("this is no TOML: {}", error.message()), "")
    });
    Err(problems(text, diagnostics.collect(), &[]))
}

/// Problems in the order of the text, with secrets covered.
pub(crate) fn problems(text: &str, mut diagnostics: Vec<Diagnostic>, secrets: &[Range<usize>]) -> Problems {
    diagnostics.sort_by_key(|diagnostic| diagnostic.labels.first().map_or(0, |label| label.span.start));
    let left_out = diagnostics.len().saturating_sub(DIAGNOSTICS_MAX);
    diagnostics.truncate(DIAGNOSTICS_MAX);
    Problems { text: secret::covered(text, secrets), diagnostics, left_out }
}
