//! What the host lacks: a package, room, a template, a file system that image layers can lie on.

use homelab_plan::plan::files;
use homelab_sim::Home;

use super::house::House;

const TEMPLATE: &str = "local:vztmpl/ubuntu-24.04-standard_24.04-2_amd64.tar.zst";

const GIB: u64 = 1 << 30;

fn lxc_pve(version: &'static str) -> impl Fn(&mut Home) {
    move |home| drop(home.packages.insert("lxc-pve".to_owned(), version.to_owned()))
}

fn disks_on_zfs(home: &mut Home) {
    home.storages[1].kind = "zfspool".to_owned();
}

#[test]
fn an_old_lxc_pve_is_named_with_the_version_that_is_needed() {
    let house = House::with(lxc_pve("6.0.5-1"));
    assert_eq!(
        house.stops(),
        [
            "lxc-pve 6.0.5-1 on the host stops every pod at its start; 6.0.5-2 or later is needed",
            "`apt update && apt full-upgrade` on the host, then restart the containers"
        ]
    );
    assert_eq!(house.begun(), [] as [&str; 0]);
    house.change(lxc_pve("6.0.5-3"));
    house.goes_on();
}

#[test]
fn a_thin_pool_without_room_for_the_first_hour_is_refused() {
    let house = House::with(|home| home.storages[1].used = home.storages[1].total - 10 * GIB);
    assert_eq!(
        house.stops(),
        [
            "the storage `local-lvm` has 10 GiB free, and the disks of 3 nodes need 24 GiB at first",
            "free space on it, name another one in `container.storage`, or make `disk` of the nodes smaller"
        ]
    );
    assert_eq!(house.begun(), [] as [&str; 0]);
    house.change(|home| home.storages[1].used = 60 * GIB);
    house.goes_on();
}

#[test]
fn a_storage_that_takes_whole_disks_needs_room_for_all_of_them() {
    let house = House::with(|home| {
        home.storages[1].kind = "dir".to_owned();
        home.storages[1].used = home.storages[1].total - 149 * GIB;
    });
    assert_eq!(house.stops()[0], "the storage `local-lvm` has 149 GiB free, and the disks of 3 nodes need 150 GiB");
    house.edit("disk = \"50GiB\"", "disk = \"40GiB\"");
    house.goes_on();
}

#[test]
fn a_full_storage_for_the_template_is_named() {
    let house = House::with(|home| home.storages[0].used = home.storages[0].total);
    assert_eq!(
        house.stops(),
        [
            "the storage `local` has 0 B free, and the template needs 512 MiB",
            "free space on it, or name another one in `container.template_storage`"
        ]
    );
    house.change(|home| home.storages[0].used = 0);
    house.goes_on();
}

#[test]
fn a_disk_that_fills_up_in_mid_run_is_named_and_the_task_that_failed_is_believed() {
    let house = House::with(|home| home.storages[1].kind = "dir".to_owned());
    let mut full = Home::default();
    full.storages[1].kind = "dir".to_owned();
    full.storages[1].used = full.storages[1].total - 60 * GIB;
    house.happen_at("create-k1", move |world| world.change_home(&full));
    let [sentence, hint] = house.stops();
    assert_eq!(sentence, "the storage `local-lvm` has 10 GiB free, and the disks of 2 nodes need 100 GiB");
    assert_eq!(hint, "free space on it, name another one in `container.storage`, or make `disk` of the nodes smaller");
    let started = |step: &&String| ["start-k1", "start-k2", "start-k3"].contains(&step.as_str());
    assert_eq!(house.begun().iter().filter(started).count(), 1, "there was room for one");
    house.change(|_| ());
    house.goes_on();
}

#[test]
fn a_template_that_is_not_to_be_had_any_more_is_named() {
    let house = House::with(|home| home.templates.retain(|name| !name.starts_with("ubuntu")));
    assert_eq!(
        house.stops(),
        [
            "no template of the host begins with `ubuntu-24.04-standard`",
            "run `pveam update` on the host, or set `container.template` in homelab.toml"
        ]
    );
    house.edit("template = \"ubuntu-24.04-standard\"", "template = \"debian-13-standard\"");
    house.goes_on();
}

#[test]
fn a_template_that_vanishes_between_two_steps_is_downloaded_again() {
    let house = House::usual();
    house.happen_at("create-k2", |world| world.remove_volume(TEMPLATE));
    house.goes_on();
    let downloads = house.begun().iter().filter(|step| *step == "download-template").count();
    assert_eq!(downloads, 2);
}

#[test]
fn overlayfs_on_zfs_is_refused_before_anything_is_made() {
    let house = House::with(disks_on_zfs);
    house.edit("snapshotter = \"auto\"", "snapshotter = \"overlayfs\"");
    assert_eq!(
        house.stops(),
        [
            "`k3s.snapshotter = \"overlayfs\"` on the ZFS storage `local-lvm` fails on many hosts",
            "set `k3s.snapshotter = \"auto\"`: it is tried on the node"
        ]
    );
    assert_eq!(house.begun(), [] as [&str; 0]);
    house.edit("snapshotter = \"overlayfs\"", "snapshotter = \"auto\"");
    house.goes_on();
    let config = house.happen(|world| world.file(141, files::CONFIG_PATH)).unwrap();
    assert!(config.contains("snapshotter: native"), "what works there is found out: {config}");
}
