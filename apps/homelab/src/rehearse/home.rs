//! The home that a `homelab.toml` is written for, before anything is done.

use homelab_plan::bytes::Bytes;
use homelab_plan::config::{Homelab, Vmid};
use homelab_sim::Home;
use homelab_sim::home::{Guest, TOKEN};

/// A host with what the file names: its node, storages, bridge, login and guests.
pub fn home_of(homelab: &Homelab) -> Home {
    let mut home = Home { node: homelab.proxmox.node.as_str().to_owned(), ..Home::default() };
    home.bridges = vec![homelab.network.bridge.as_str().to_owned()];
    if let Some(memory) = homelab.proxmox.memory {
        home.memory = memory.get();
    }
    let container = &homelab.container;
    let [templates, disks] = [container.template_storage.as_str(), container.storage.as_str()];
    home.storages[0].name = templates.to_owned();
    match templates == disks {
        // One storage for everything.
        true => {
            home.storages.truncate(1);
            home.storages[0].content.push("rootdir".to_owned());
            home.storages[0].total *= 10;
        }
        false => home.storages[1].name = disks.to_owned(),
    }
    let template = container.template.to_string();
    if !home.templates.iter().any(|known| known.starts_with(&template)) {
        home.templates.push(format!("{template}_1.0-1_amd64.tar.zst"));
    }
    // Whatever the nodes are promised is there.
    let promised: u64 = homelab.nodes.iter().map(|node| node.disk.get()).sum();
    let storage = home.storages.iter_mut().find(|storage| storage.name == disks);
    if let Some(storage) = storage {
        storage.total = storage.total.max(storage.used + 2 * promised);
    }
    sign_in(&mut home, homelab);
    home.guests = guests(homelab);
    home
}

/// Whoever the file names can sign in, and may do what the smallest role allows.
fn sign_in(home: &mut Home, homelab: &Homelab) {
    let proxmox = &homelab.proxmox;
    let mut user = home.users[1].clone();
    user.name = proxmox.user.as_str().to_owned();
    user.password = home.users[0].password.clone();
    user.tokens = proxmox.token.iter().map(|token| (token.as_str().to_owned(), TOKEN.1.to_owned())).collect();
    home.users.retain(|known| known.name != user.name);
    home.users.push(user);
}

fn guests(homelab: &Homelab) -> Vec<Guest> {
    let taken: Vec<u32> = homelab.nodes.iter().filter_map(|node| node.vmid).map(Vmid::get).collect();
    let mut free = (100..).filter(|vmid| !taken.contains(vmid));
    let guests = homelab.guests.iter().map(|guest| Guest {
        vmid: guest.vmid.map_or_else(|| free.next().unwrap_or(100), Vmid::get),
        hostname: guest.name.as_str().to_owned(),
        address: match guest.address {
            Some(address) => format!("{address}/{}", homelab.network.subnet.prefix()),
            None => "dhcp".to_owned(),
        },
        memory: guest.memory.map_or(2048, Bytes::full_mib),
    });
    guests.collect()
}
