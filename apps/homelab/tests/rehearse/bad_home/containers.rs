//! What is on the host already: numbers, addresses and names of others, and our own containers after somebody had a hand on them.

use std::time::Duration;

use homelab_plan::plan::files;
use homelab_sim::home::Guest;

use super::house::{House, TAG};

fn guest(vmid: u32, hostname: &str, address: &str) -> Guest {
    Guest { vmid, hostname: hostname.to_owned(), address: address.to_owned(), memory: 512 }
}

#[test]
fn a_number_of_another_container_is_named() {
    let house = House::with(|home| home.guests.push(guest(142, "nas", "192.168.0.50/24")));
    assert_eq!(
        house.stops(),
        [
            "the number 142 of `k2` is taken by `nas`",
            "give `k2` another `vmid` in homelab.toml, or none: then the next free one is taken"
        ]
    );
    assert_eq!(house.begun(), [] as [&str; 0]);
    house.edit("vmid = 142\n", "");
    house.goes_on();
}

#[test]
fn a_number_of_a_virtual_machine_is_found_out_and_named() {
    let house = House::with(|home| home.virtual_machines = vec![143]);
    assert_eq!(
        house.stops(),
        [
            "the number 143 of `k3` is taken by a virtual machine, or by a guest that this login may not see",
            "give `k3` another `vmid` in homelab.toml, or none: then the next free one is taken"
        ]
    );
    house.edit("vmid = 143\n", "");
    house.goes_on();
}

#[test]
fn without_numbers_in_the_file_those_of_others_are_passed_over() {
    let house = House::with(|home| home.virtual_machines = vec![100, 104]);
    for number in ["141", "142", "143"] {
        house.edit(&format!("vmid = {number}\n"), "");
    }
    house.goes_on();
}

#[test]
fn an_address_of_another_container_is_named() {
    let house = House::with(|home| home.guests.push(guest(150, "nas", "192.168.0.42/24")));
    assert_eq!(
        house.stops(),
        ["container 150 `nas` has the address 192.168.0.42 of `k2`", "give `k2` another `address` in homelab.toml"]
    );
    assert_eq!(house.begun(), [] as [&str; 0]);
    house.edit("192.168.0.42", "192.168.0.52");
    house.goes_on();
}

#[test]
fn an_address_of_another_computer_is_found_out_and_its_key_is_not_remembered() {
    let house = House::with(|home| home.neighbours = vec!["192.168.0.42".to_owned()]);
    assert_eq!(
        house.stops(),
        [
            "192.168.0.42 is not the new container `k2`: another computer has the address (step `meet-k2`)",
            "free the address, or give `k2` another `address` in homelab.toml"
        ]
    );
    // The other computer goes away: whoever answers then is met for the first time.
    house.change(|home| home.neighbours.clear());
    house.goes_on();
}

#[test]
fn an_address_of_another_computer_can_be_left_to_it() {
    let house = House::with(|home| home.neighbours = vec!["192.168.0.42".to_owned()]);
    house.stops();
    house.edit("192.168.0.42", "192.168.0.52");
    house.goes_on();
}

#[test]
fn a_name_of_another_container_is_named() {
    let house = House::with(|home| home.guests.push(guest(150, "k1", "192.168.0.50/24")));
    assert_eq!(
        house.stops(),
        [
            "container 150 `k1` is called like the node `k1` and does not carry the tag `homelab-home`",
            "rename one of them; or, if it is yours, `pct set 150 --tags homelab-home`"
        ]
    );
    assert_eq!(house.begun(), [] as [&str; 0]);
    house.happen(|world| world.set(150, "hostname", "kettle"));
    house.goes_on();
}

#[test]
fn a_container_whose_tag_was_taken_away_is_somebody_elses_until_it_has_it_again() {
    let house = House::brought_up();
    house.happen(|world| world.set(142, "tags", ""));
    assert_eq!(
        house.stops(),
        [
            "container 142 `k2` is called like the node `k2` and does not carry the tag `homelab-home`",
            "rename one of them; or, if it is yours, `pct set 142 --tags homelab-home`"
        ]
    );
    let begun = house.begun().len();
    house.happen(|world| world.set(142, "tags", TAG));
    house.goes_on();
    assert_eq!(house.begun().len(), begun, "nothing was to be done");
}

#[test]
fn a_container_that_was_renamed_and_edited_by_hand_is_brought_back_and_not_made_again() {
    let house = House::brought_up();
    let password = house.happen(|world| world.file(143, "/etc/rancher/node/password"));
    let settings = [
        ("hostname", "old-box"),
        ("memory", "2048"),
        ("swap", "512"),
        ("cores", "1"),
        ("onboot", "0"),
        ("features", "nesting=1"),
        ("tags", "favourite;homelab-home"),
        ("net0", "name=eth0,bridge=vmbr0,ip=192.168.0.99/24,gw=192.168.0.1,hwaddr=BC:24:11:00:00:01,type=veth"),
    ];
    house.happen(|world| settings.iter().for_each(|(key, value)| world.set(143, key, value)));
    house.goes_on();
    let now = |key: &str| house.happen(|world| world.setting(143, key)).unwrap();
    assert_eq!(
        ["hostname", "memory", "swap", "cores", "onboot", "features"].map(now),
        ["k3", "6144", "0", "2", "1", "keyctl=1,nesting=1"]
    );
    assert_eq!(now("tags"), "favourite;homelab-home", "tags of the person stay");
    assert!(now("net0").contains("ip=192.168.0.43/24") && now("net0").contains("hwaddr=BC:24:11:00:00:01"));
    assert_eq!(house.happen(|world| world.file(143, "/etc/rancher/node/password")), password, "the same machine");
}

#[test]
fn a_container_that_was_destroyed_by_hand_is_made_again_and_the_cluster_takes_it() {
    let house = House::brought_up();
    house.happen(|world| world.destroy(143));
    house.goes_on();
    assert!(house.begun().contains(&"forget-k3".to_owned()), "the cluster forgets the one that is gone");
}

#[test]
fn data_that_went_with_a_container_is_missed_and_not_made_up() {
    let house = House::brought_up();
    // The shared PostgreSQL and Valkey are on the first agent.
    house.happen(|world| world.destroy(142));
    let [sentence, hint] = house.stops();
    assert_eq!(
        sentence,
        "`postgres` is not ready, StatefulSet `postgres`: 0 of 1 ready, after 900 s (step `await-postgres`); \
         `valkey` is not ready, StatefulSet `valkey`: 0 of 1 ready, after 900 s (step `await-valkey`)"
    );
    assert_eq!(
        hint,
        "`kubectl describe pods --namespace postgres` says what it waits for; data that went with a disk comes back by `homelab restore`"
    );
}

#[test]
fn a_container_that_somebody_stopped_is_started() {
    let house = House::brought_up();
    house.happen(|world| world.break_container("k2"));
    house.goes_on();
}

#[test]
fn a_half_made_container_of_an_earlier_run_is_named_and_made_anew_once_it_is_gone() {
    let house = House::usual();
    house.happen(|world| {
        world.add_guest(&guest(141, "k1", "192.168.0.41/24"));
        world.set(141, "tags", TAG);
        world.break_container("k1");
        world.lock(141, Some("create"));
    });
    let [sentence, hint] = house.stops();
    assert!(
        sentence.starts_with("`PUT /nodes/pve/lxc/141/config` waited ")
            && sentence.contains(" s for the lock `create`, which is still held (step `configure-k1`)"),
        "{sentence}"
    );
    assert_eq!(hint, "it is half made: `pct unlock` and `pct destroy` it on the host; `homelab up` makes it anew");
    house.happen(|world| world.destroy(141));
    house.goes_on();
}

#[test]
fn a_container_that_is_backed_up_for_a_minute_is_waited_for_inside_the_step() {
    let house = House::brought_up();
    house.happen(|world| world.set(142, "memory", "2048"));
    house.happen_at("configure-k2", |world| world.lock_for(142, "backup", Duration::from_secs(60)));
    let begun = house.begun().len();
    house.goes_on();
    assert_eq!(
        house.begun()[begun..],
        ["configure-k2", "meet-k2", "await-k2"],
        "nothing failed, nothing was taken twice"
    );
}

#[test]
fn a_container_that_was_destroyed_and_made_again_by_an_interrupted_run_is_met_anew() {
    let house = House::brought_up();
    house.happen(|world| world.destroy(143));
    house.is_interrupted_at("create-k3");
    house.goes_on();
}

#[test]
fn down_removes_what_is_ours_and_nothing_else() {
    let house = House::brought_up();
    assert_eq!(house.would_remove(), [141, 142, 143]);
    assert_eq!(house.down(&[101, 142]), ["container 101 does not carry the tag of this cluster, and is not touched"]);
    house.happen(|world| world.set(143, "tags", "somebody-elses"));
    assert_eq!(house.would_remove(), [141]);
    assert_eq!(
        house.down(&[143]),
        ["container 143 does not carry the tag of this cluster, and is not touched"],
        "looked at again, right before"
    );
}

#[test]
fn a_container_that_is_backed_up_for_hours_is_not_waited_for() {
    let house = House::brought_up();
    house.happen(|world| {
        world.set(142, "memory", "2048");
        world.lock(142, Some("backup"));
    });
    let [sentence, hint] = house.stops();
    assert!(sentence.contains(" s for the lock `backup`, which is still held"), "{sentence}");
    assert_eq!(hint, "wait for the backup or the other task, then run it again");
    house.happen(|world| world.lock(142, None));
    house.goes_on();
}

#[test]
fn a_machine_that_shows_another_host_key_is_not_entered() {
    let house = House::brought_up();
    house.change(|home| home.neighbours = vec!["192.168.0.43".to_owned()]);
    assert_eq!(
        house.stops(),
        [
            "192.168.0.43 shows another host key than before (step `meet-k3`)",
            "if you know why, remove the address from `.homelab/known_hosts` and run again"
        ]
    );
    house.change(|home| home.neighbours.clear());
    house.goes_on();
    assert!(house.happen(|world| world.file(143, files::CONFIG_PATH)).is_some());
}
