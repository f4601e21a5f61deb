//! Steps at the Proxmox host. Each may find that it was done already, by a run that was interrupted.

use homelab_plan::bytes::Bytes;
use homelab_plan::plan::{Change, ContainerSpec};
use proxmox_client::nodes::aplinfo;
use proxmox_client::nodes::lxc::{Create, Disk, Settings, config, create as create_call, resize, status};
use proxmox_client::value::{Address, Cidr, Features, Network, Size, Startup, Tag, Tags, Volume};
use proxmox_client::{Error, Situation, Vmid};

use super::context::Context;
use super::failure::StepError;

pub(super) async fn download_template(context: &Context<'_>, storage: &str, template: &str) -> Result<(), StepError> {
    let storage = storage.parse().map_err(|_| bad_name(storage))?;
    context.reach.proxmox.run(&aplinfo::download(&context.host()?, &storage, template)).await?;
    Ok(())
}

pub(super) async fn create(
    context: &Context<'_>,
    vmid: u32,
    template: &str,
    spec: &ContainerSpec,
) -> Result<(), StepError> {
    let mut wish = Create::new(number(vmid)?, template);
    wish.ssh_public_keys = vec![context.reach.desk.ssh_public_key()?];
    wish.settings = settings(spec)?;
    wish.settings.rootfs =
        Some(Volume::new(spec.storage.parse().map_err(|_| bad_name(&spec.storage))?, size(spec.disk)));
    // Whatever had the address before is gone, and its key with it; also if this run ends before the new one is met.
    context.reach.desk.forget_host_key(spec.address.0)?;
    match context.reach.proxmox.run(&create_call(&context.host()?, &wish)).await {
        Ok(_) => Ok(()),
        Err(error) => {
            // Somebody took the number meanwhile, or a guest has it that we may not see. The next plan takes another,
            // unless it turns out to be ours from a run that was interrupted.
            if error.situation() == Some(&Situation::AlreadyExists) {
                context.vmid_is_taken(vmid);
            }
            match &error {
                // Somebody removed it since it was seen: the next plan downloads it again.
                Error::BadParameters { parameters, .. } if parameters.contains_key("ostemplate") => {
                    Err(StepError::NotYet { what: format!("the template `{template}` is gone") })
                }
                error if error.is_absent() => {
                    Err(StepError::NotYet { what: format!("the template `{template}` is gone") })
                }
                _ => Err(error.into()),
            }
        }
    }
}

pub(super) async fn configure(
    context: &Context<'_>,
    vmid: u32,
    spec: &ContainerSpec,
    changes: &[Change],
    needs_restart: bool,
) -> Result<(), StepError> {
    let (node, number) = (context.host()?, number(vmid)?);
    let client = &context.reach.proxmox;
    let found = client.send(&config::get_current(&node, number)).await?;
    let whole = settings(spec)?;
    let mut wanted = Settings::default();
    for change in changes {
        match change.setting {
            "hostname" => wanted.hostname = whole.hostname.clone(),
            "cores" => wanted.cores = whole.cores,
            "memory" => wanted.memory_mib = whole.memory_mib,
            "swap" => wanted.swap_mib = whole.swap_mib,
            "features" => wanted.features = whole.features.clone(),
            "onboot" => wanted.onboot = whole.onboot,
            "startup" => wanted.startup = whole.startup,
            "net0" => {
                // What was not asked for stays, the hardware address above all.
                let found = found.networks().ok().and_then(|mut networks| networks.remove(&0)).unwrap_or_default();
                wanted.networks =
                    whole.networks.iter().map(|(place, network)| (*place, network.over(&found))).collect();
            }
            other => {
                return Err(StepError::Final {
                    sentence: format!("nobody knows how to change `{other}`"),
                    hint: "please report this".to_owned(),
                });
            }
        }
    }
    let digest = found.digest().map(str::to_owned);
    client
        .change(&config::put(&node, number, &config::Change { settings: wanted, delete: Vec::new(), digest }))
        .await?;
    if needs_restart {
        client.run(&status::reboot(&node, number, None)).await?;
    }
    Ok(())
}

pub(super) async fn grow_disk(context: &Context<'_>, vmid: u32, to: Bytes) -> Result<(), StepError> {
    let call = resize(&context.host()?, number(vmid)?, Disk::Rootfs, size(to));
    context.reach.proxmox.run(&call).await?;
    Ok(())
}

pub(super) async fn start(context: &Context<'_>, vmid: u32) -> Result<(), StepError> {
    match context.reach.proxmox.run(&status::start(&context.host()?, number(vmid)?)).await {
        Err(error) if error.situation() == Some(&Situation::AlreadyRunning) => Ok(()),
        outcome => Ok(outcome.map(drop)?),
    }
}

fn settings(spec: &ContainerSpec) -> Result<Settings, StepError> {
    let tag: Tag = spec.tag.parse().map_err(|_| bad_name(&spec.tag))?;
    let network = Network {
        name: "eth0".to_owned(),
        bridge: Some(spec.bridge.clone()),
        ip: Some(Address::Static(Cidr { address: spec.address.0, prefix: spec.prefix })),
        gw: Some(spec.gateway.0),
        tag: spec.vlan.and_then(|tag| tag.try_into().ok()),
        ..Network::default()
    };
    let has = |name: &str| spec.features.contains(name);
    Ok(Settings {
        hostname: Some(spec.name.clone()),
        cores: Some(spec.cores),
        memory_mib: Some((spec.memory.get() >> 20) as u32),
        swap_mib: Some(0),
        networks: [(0, network)].into(),
        features: Some(Features { nesting: has("nesting"), keyctl: has("keyctl"), ..Features::default() }),
        nameserver: (!spec.dns.is_empty())
            .then(|| spec.dns.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        onboot: Some(spec.starts_on_boot),
        startup: Some(Startup { order: Some(spec.startup_order), ..Startup::default() }),
        tags: Some(Tags::default().with(tag)),
        ..Settings::default()
    })
}

fn size(bytes: Bytes) -> Size {
    Size::bytes(bytes.get())
}

fn number(vmid: u32) -> Result<Vmid, StepError> {
    vmid.to_string().parse().map_err(|_| bad_name(&vmid.to_string()))
}

fn bad_name(text: &str) -> StepError {
    StepError::Final {
        sentence: format!("`{text}` is no name that Proxmox takes"),
        hint: "change it in homelab.toml".to_owned(),
    }
}
