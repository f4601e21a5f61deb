//! `/nodes/{node}/storage` and templates.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::caller::Caller;
use super::task::{begin, misfortune};
use super::{Failure, Parameters};
use crate::home;
use crate::latency;
use crate::world::State;

const GIB: u64 = 1 << 30;

/// A template of Ubuntu or Debian.
const TEMPLATE_BYTES: u64 = 141_589_888;

/// A place for volumes and files.
#[derive(Clone, Debug)]
pub(super) struct Storage {
    pub(super) name: String,
    pub(super) kind: String,
    content: Vec<String>,
    total: u64,
    used_by_others: u64,
    /// Bytes by volume, such as `local:vztmpl/x.tar.zst`.
    volumes: BTreeMap<String, u64>,
}

impl Storage {
    pub(super) fn new(storage: &home::Storage) -> Self {
        Self {
            name: storage.name.clone(),
            kind: storage.kind.clone(),
            content: storage.content.clone(),
            total: storage.total,
            used_by_others: storage.used,
            volumes: BTreeMap::new(),
        }
    }

    /// With what was on it before.
    pub(super) fn with(mut self, before: Option<&Self>) -> Self {
        self.volumes = before.map(|before| before.volumes.clone()).unwrap_or_default();
        self
    }

    pub(super) fn remove(&mut self, volume: &str) {
        self.volumes.remove(volume);
    }

    fn used(&self) -> u64 {
        // A thin pool takes what is written: a fresh system is about a gigabyte of what was promised.
        let taken = |bytes: &u64| if self.kind == "lvmthin" { GIB.min(*bytes) } else { *bytes };
        self.used_by_others + self.volumes.values().map(taken).sum::<u64>()
    }

    pub(super) fn holds(&self, content: &str) -> bool {
        self.content.iter().any(|kind| kind == content)
    }
}

pub(super) fn find<'a>(state: &'a State, name: &str) -> Result<&'a Storage, Failure> {
    let storage = state.proxmox.storages.iter().find(|storage| storage.name == name);
    storage.ok_or_else(|| Failure::died(format!("storage '{name}' does not exist")))
}

fn find_mut<'a>(state: &'a mut State, name: &str) -> Option<&'a mut Storage> {
    state.proxmox.storages.iter_mut().find(|storage| storage.name == name)
}

/// Makes a volume; its bytes must be there.
pub(super) fn allocate(state: &mut State, name: &str, volume: &str, bytes: u64) -> Result<(), String> {
    let Some(storage) = find_mut(state, name) else { return Err(format!("storage '{name}' does not exist")) };
    if storage.used() + if storage.kind == "lvmthin" { 0 } else { bytes } > storage.total {
        return Err(format!("unable to create image: storage '{name}' has not enough free space"));
    }
    storage.volumes.insert(volume.to_owned(), bytes);
    Ok(())
}

/// Removes a volume; one that is not there is removed already.
pub(super) fn release(state: &mut State, volume: &str) {
    let name = volume.split(':').next().unwrap_or_default().to_owned();
    if let Some(storage) = find_mut(state, &name) {
        storage.volumes.remove(volume);
    }
}

/// Whether `volume` is there.
pub(super) fn exists(state: &State, volume: &str) -> bool {
    state.proxmox.storages.iter().any(|storage| storage.volumes.contains_key(volume))
}

/// `GET …/storage`.
pub(super) fn list(state: &State, parameters: &Parameters) -> Value {
    let wanted: Vec<&str> = parameters.get("content").map(|list| list.split(',').collect()).unwrap_or_default();
    let storages = state.proxmox.storages.iter().filter(|storage| {
        parameters.get("storage").is_none_or(|name| name == storage.name)
            && (wanted.is_empty() || wanted.iter().any(|content| storage.holds(content)))
    });
    storages
        .map(|storage| {
            json!({
                "storage": storage.name,
                "type": storage.kind,
                "content": storage.content.join(","),
                "active": 1,
                "enabled": 1,
                "shared": 0,
                "total": storage.total,
                "used": storage.used(),
                "avail": storage.total.saturating_sub(storage.used()),
            })
        })
        .collect()
}

/// `GET …/storage/{storage}/content`.
pub(super) fn content(state: &State, parameters: &Parameters) -> Result<Value, Failure> {
    let storage = find(state, parameters.required("storage"))?;
    let wanted = parameters.get("content");
    let volumes = storage.volumes.iter().map(|(volid, size)| (kind_of(volid), volid, size));
    Ok(volumes
        .filter(|(kind, ..)| wanted.is_none_or(|wanted| wanted == *kind))
        .map(|(kind, volid, size)| json!({ "volid": volid, "size": size, "format": "tzst", "content": kind, "ctime": super::task::unix_time(Duration::ZERO) }))
        .collect())
}

fn kind_of(volid: &str) -> &'static str {
    match volid.split(':').nth(1).unwrap_or_default() {
        name if name.starts_with("vztmpl/") => "vztmpl",
        name if name.starts_with("backup/") => "backup",
        _ => "rootdir",
    }
}

/// `DELETE …/content/{volume}`.
pub(super) fn delete(state: &mut State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let (storage, volume) = (parameters.required("storage"), parameters.required("volume"));
    let volid = if volume.contains(':') { volume.to_owned() } else { format!("{storage}:{volume}") };
    super::permission::demand(state, caller, &format!("/storage/{storage}"), "Datastore.AllocateSpace")?;
    if !exists(state, &volid) {
        return Err(Failure::died(format!("volume '{volid}' does not exist")));
    }
    Ok(begin(state, &caller.name, "imgdel", &volid.clone(), latency::FILE_DELETE, move |state| {
        release(state, &volid);
        Ok(())
    }))
}

/// `GET …/aplinfo`: what can be downloaded. The real list comes from a file that a timer refreshes.
pub(super) fn appliances(state: &State) -> Value {
    let templates = state.proxmox.templates.iter();
    templates
        .map(|template| {
            let package = template.split('_').next().unwrap_or_default();
            json!({
                "template": template,
                "package": package,
                "os": package.split("-standard").next().unwrap_or_default(),
                "type": "lxc",
                "section": "system",
                "sha512sum": checksum(template),
            })
        })
        .collect()
}

/// The checksum of a template: not of its bytes, which do not exist, but as long as one.
pub(super) fn checksum(template: &str) -> String {
    let seed = template
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("{seed:016x}").repeat(8)
}

/// `POST …/aplinfo`: the host downloads a template and checks it.
pub(super) fn download_appliance(
    state: &mut State,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Value, Failure> {
    let (storage, template) = (parameters.required("storage").to_owned(), parameters.required("template").to_owned());
    if !state.proxmox.templates.contains(&template) {
        return Err(Failure::parameter("template", "no such template"));
    }
    download(state, caller, storage, template)
}

/// `POST …/download-url`.
pub(super) fn download_url(state: &mut State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let (storage, name) = (parameters.required("storage").to_owned(), parameters.required("filename").to_owned());
    let is_archive = [".tar", ".tar.gz", ".tar.xz", ".tar.zst", ".tar.bz2"].iter().any(|end| name.ends_with(end));
    if parameters.get("content") == Some("vztmpl") && !is_archive {
        return Err(Failure::parameter("filename", "wrong file extension"));
    }
    if !state.proxmox.templates.iter().any(|template| parameters.required("url").ends_with(template.as_str())) {
        return Err(Failure::died("download failed: 404 Not Found"));
    }
    download(state, caller, storage, name)
}

fn download(state: &mut State, caller: &Caller, storage: String, name: String) -> Result<Value, Failure> {
    if !find(state, &storage)?.holds("vztmpl") {
        return Err(Failure::parameter("storage", format!("storage '{storage}' does not support 'vztmpl' content")));
    }
    let misfortune = misfortune(state, "pve");
    let id = name.clone();
    Ok(begin(state, &caller.name, "download", &id, latency::TEMPLATE_DOWNLOAD, move |state| match misfortune {
        Some(problem) => Err(format!("download failed: {problem}")),
        None => allocate(state, &storage, &format!("{storage}:vztmpl/{name}"), TEMPLATE_BYTES),
    }))
}
