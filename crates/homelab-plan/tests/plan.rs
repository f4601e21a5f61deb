//! Plans: from an empty host, from a finished one, and from what people and accidents leave behind.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use homelab_plan::bytes::Bytes;
use homelab_plan::config::{self, Answers, Snapshotter};
use homelab_plan::plan::{
    Appliance, Class, ClusterSeen, Component, ComponentSeen, ContainerSeen, Desired, HostSeen, K3sSeen, Login,
    MachineSeen, NodeSeen, Observed, Plan, StorageSeen, files, make,
};

const TEMPLATE: &str = "ubuntu-24.04-standard_24.04-2_amd64.tar.zst";

fn desired() -> Desired {
    let home = config::parse(&config::default_file(&Answers::default())).expect("the file of `init` is good");
    let component = |name: &str, secret: Option<&str>| Component {
        name: name.to_owned(),
        hash: format!("hash of {name}"),
        secret: secret.map(str::to_owned),
    };
    let components = vec![
        component("argocd", None),
        component("postgres", Some("postgres/postgres-credentials")),
        component("valkey", Some("valkey/valkey-credentials")),
    ];
    Desired { home, components }
}

fn empty_host() -> Observed {
    let storage = |name: &str, kind: &str, content: &str| StorageSeen {
        name: name.to_owned(),
        kind: kind.to_owned(),
        content: BTreeSet::from([content.to_owned()]),
        free: Bytes::gib(400),
        templates: BTreeSet::new(),
    };
    let host = HostSeen {
        version: "9.1.3".to_owned(),
        nodes: vec!["pve".to_owned()],
        login: Login { user: "root@pam".to_owned(), is_token: false },
        storages: vec![storage("local", "dir", "vztmpl"), storage("local-lvm", "lvmthin", "rootdir")],
        bridges: vec!["vmbr0".to_owned()],
        packages: BTreeMap::from([("lxc-pve".to_owned(), "6.0.5-3".to_owned())]),
        appliances: vec![Appliance { template: TEMPLATE.to_owned() }],
        ..HostSeen::default()
    };
    let jellyfin =
        ContainerSeen { vmid: 101, name: "jellyfin".to_owned(), is_running: true, ..ContainerSeen::default() };
    Observed { host, containers: vec![jellyfin], ..Observed::default() }
}

/// Everything as the file wants it.
fn finished(desired: &Desired) -> Observed {
    let mut observed = empty_host();
    for (number, node) in desired.home.nodes.iter().enumerate() {
        let spec = desired.container(node);
        observed.containers.push(ContainerSeen {
            vmid: 141 + number as u32,
            name: spec.name.clone(),
            tags: BTreeSet::from([spec.tag.clone()]),
            is_running: true,
            cores: Some(spec.cores),
            memory: spec.memory,
            disk: spec.disk,
            storage: spec.storage.clone(),
            address: Some(spec.address.0),
            prefix: Some(spec.prefix),
            gateway: Some(spec.gateway.0),
            bridge: Some(spec.bridge.clone()),
            features: spec.features.clone(),
            is_unprivileged: true,
            starts_on_boot: spec.starts_on_boot,
            startup_order: Some(spec.startup_order),
            ..ContainerSeen::default()
        });
        let k3s = K3sSeen {
            version: Some(desired.home.k3s.version.to_string()),
            config: Some(files::config(desired, node, Snapshotter::Overlayfs)),
            has_token: true,
            unit: Some(files::unit(node.role)),
            is_enabled: true,
            is_active: true,
        };
        observed.machines.insert(spec.name, MachineSeen { has_shared_mount: true, can_overlay: true, k3s });
    }
    let ready = NodeSeen { is_ready: true, version: desired.home.k3s.version.to_string() };
    let component = |component: &Component| {
        (component.name.clone(), ComponentSeen { hash: Some(component.hash.clone()), is_ready: true, waits_for: None })
    };
    observed.cluster = Some(ClusterSeen {
        nodes: desired.home.nodes.iter().map(|node| (node.name.as_str().to_owned(), ready.clone())).collect(),
        components: desired.components.iter().map(component).collect(),
        secrets: desired.components.iter().filter_map(|component| component.secret.clone()).collect(),
    });
    observed.has_kubeconfig = true;
    observed
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.steps.iter().map(|step| step.action.id()).collect()
}

fn after(plan: &Plan, id: &str) -> Vec<String> {
    let step = plan.steps.iter().find(|step| step.action.id() == id).unwrap_or_else(|| panic!("no step `{id}`"));
    step.after.iter().cloned().collect()
}

fn container<'a>(observed: &'a mut Observed, name: &str) -> &'a mut ContainerSeen {
    observed.containers.iter_mut().find(|container| container.name == name).unwrap()
}

#[test]
fn an_empty_host_gets_everything_in_the_order_that_it_needs() {
    let plan = make(&desired(), &empty_host());
    assert_eq!(plan.problems, []);
    assert_eq!(plan.left_alone, [(101, "jellyfin".to_owned())]);
    assert_eq!(after(&plan, "create-k1"), ["download-template"]);
    assert_eq!(after(&plan, "start-k2"), ["create-k2"]);
    assert_eq!(after(&plan, "install-k3s-k3"), ["fetch-k3s", "meet-k3"]);
    assert_eq!(after(&plan, "configure-k3s-k1"), ["meet-k1", "prepare-k1"]);
    assert_eq!(
        after(&plan, "configure-k3s-k2"),
        ["meet-k2", "prepare-k2", "start-k3s-k1"],
        "agents need the server's token"
    );
    assert_eq!(after(&plan, "apply-postgres").len(), 5, "the nodes, the kubeconfig and its own secret: {plan:?}");
    assert!(after(&plan, "await-k1").contains(&"save-kubeconfig".to_owned()));
}

#[test]
fn each_step_comes_after_those_that_it_names() {
    let plan = make(&desired(), &empty_host());
    let mut done = BTreeSet::new();
    for step in &plan.steps {
        assert!(step.after.is_subset(&done), "{} before {:?}", step.action.id(), step.after);
        done.insert(step.action.id());
    }
}

#[test]
fn numbers_that_are_taken_are_passed_over() {
    let mut observed = empty_host();
    observed.taken_vmids.insert(102);
    let mut desired = desired();
    desired.home.nodes.iter_mut().for_each(|node| node.vmid = None);
    let plan = make(&desired, &observed);
    let sentences: Vec<_> = plan.steps.iter().map(|step| step.action.sentence()).collect();
    let numbers: Vec<_> =
        sentences.iter().filter_map(|text| text.strip_prefix("create container ")).map(|text| &text[..3]).collect();
    assert_eq!(numbers, ["100", "103", "104"]);
}

#[test]
fn a_finished_home_needs_nothing() {
    let desired = desired();
    let plan = make(&desired, &finished(&desired));
    assert_eq!(ids(&plan), [] as [&str; 0], "{plan:?}");
    assert_eq!((plan.problems, plan.notes), (vec![], vec![]));
}

#[test]
fn what_was_changed_by_hand_is_brought_back_with_as_little_disturbance_as_possible() {
    let desired = desired();
    let mut observed = finished(&desired);
    container(&mut observed, "k2").memory = Bytes::gib(4);
    let plan = make(&desired, &observed);
    assert_eq!(ids(&plan), ["configure-k2", "meet-k2", "await-k2"]);
    assert_eq!(plan.steps[0].action.class(), Class::InPlace);
    assert!(plan.steps[0].action.sentence().ends_with("memory 4GiB -> 6GiB"), "{}", plan.steps[0].action.sentence());

    let mut observed = finished(&desired);
    container(&mut observed, "k3").features.clear();
    assert_eq!(make(&desired, &observed).steps[0].action.class(), Class::Restart);
}

#[test]
fn a_renamed_container_is_known_by_its_tag_and_address() {
    let desired = desired();
    let mut observed = finished(&desired);
    container(&mut observed, "k3").name = "old-box".to_owned();
    let plan = make(&desired, &observed);
    assert!(plan.steps[0].action.sentence().contains("hostname old-box -> k3"));
    assert!(!ids(&plan).iter().any(|id| id.starts_with("create")));
}

#[test]
fn a_machine_that_does_not_answer_is_met_before_anything_is_said_about_it() {
    let desired = desired();
    let mut observed = finished(&desired);
    observed.machines.remove("k2");
    assert_eq!(ids(&make(&desired, &observed)), ["meet-k2"]);
    observed.cluster = None;
    assert_eq!(ids(&make(&desired, &observed)), ["await-k1", "meet-k2", "await-k3"], "and nothing is applied blindly");
}

#[test]
fn a_stopped_container_is_started_and_not_made_again() {
    let desired = desired();
    let mut observed = finished(&desired);
    container(&mut observed, "k1").is_running = false;
    observed.machines.remove("k1");
    assert_eq!(ids(&make(&desired, &observed)), ["start-k1", "meet-k1"]);
}

#[test]
fn a_changed_configuration_restarts_one_node() {
    let desired = desired();
    let mut observed = finished(&desired);
    observed.machines.get_mut("k2").unwrap().k3s.config = Some("node-name: k2\n".to_owned());
    let plan = make(&desired, &observed);
    assert_eq!(ids(&plan), ["configure-k3s-k2", "start-k3s-k2", "await-k2"]);
    assert_eq!(plan.steps[1].action.class(), Class::Restart);
}

#[test]
fn new_manifests_are_applied_and_waited_for() {
    let desired = desired();
    let mut observed = finished(&desired);
    let components = &mut observed.cluster.as_mut().unwrap().components;
    components.get_mut("valkey").unwrap().hash = Some("another".to_owned());
    components.get_mut("argocd").unwrap().is_ready = false;
    assert_eq!(ids(&make(&desired, &observed)), ["await-argocd", "apply-valkey", "await-valkey"]);
}

#[test]
fn where_layers_cannot_lie_over_each_other_they_are_copied() {
    let desired = desired();
    let node = &desired.home.nodes[0];
    assert!(files::config(&desired, node, files::snapshotter(&desired, false)).contains("snapshotter: native"));
}

#[test]
fn another_version_of_k3s_is_a_matter_for_upgrade() {
    let desired = desired();
    let mut observed = finished(&desired);
    observed.machines.get_mut("k1").unwrap().k3s.version = Some("v1.35.9+k3s1".to_owned());
    let plan = make(&desired, &observed);
    assert!(plan.is_empty());
    assert!(plan.notes[0].contains("`homelab upgrade` moves it"), "{:?}", plan.notes);
}

fn problem_of(change: impl FnOnce(&mut Observed)) -> String {
    let mut observed = empty_host();
    change(&mut observed);
    let problems = make(&desired(), &observed).problems;
    problems.iter().map(|problem| format!("{} | {}", problem.sentence, problem.hint)).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_missing_is_said_before_anything_is_made() {
    assert_eq!(problem_of(|_| ()), "");
    let token = problem_of(|observed| observed.host.login.is_token = true);
    assert!(
        token.starts_with(
            "`container.keyctl = true` needs the password of root@pam; the login is a token of root@pam | "
        ),
        "{token}"
    );
    assert!(
        problem_of(|observed| observed.host.nodes = vec!["proxmox".to_owned()])
            .starts_with("the host has no node `pve`; it has `proxmox`")
    );
    assert!(problem_of(|observed| observed.host.bridges = vec!["vmbr1".to_owned()]).contains("no bridge `vmbr0`"));
    assert!(problem_of(|observed| observed.host.appliances.clear()).contains("pveam update"));
    assert!(problem_of(|observed| observed.host.storages[1].content.clear()).contains("may not hold containers"));
    assert!(
        problem_of(|observed| {
            observed.host.storages.remove(1);
        })
        .contains("no storage `local-lvm`")
    );
    let old = problem_of(|observed| {
        observed.host.packages.insert("lxc-pve".to_owned(), "6.0.5-1".to_owned());
    });
    assert!(old.contains("6.0.5-2 or later is needed"), "{old}");
}

#[test]
fn a_login_without_privileges_is_told_which_ones() {
    let text = problem_of(|observed| {
        observed.host.login = Login { user: "homelab@pve".to_owned(), is_token: true };
        let all = [
            "VM.Allocate",
            "VM.Audit",
            "VM.PowerMgmt",
            "VM.Config.CPU",
            "VM.Config.Memory",
            "VM.Config.Disk",
            "VM.Config.Network",
        ];
        observed.host.privileges.insert("/".to_owned(), all.iter().map(|name| (*name).to_owned()).collect());
    });
    assert!(text.contains("a token of homelab@pve lacks VM.Config.Options on `/vms`"), "{text}");
    assert!(text.contains("lacks Datastore.AllocateSpace, Datastore.Audit on `/storage/local-lvm`"), "{text}");
}

#[test]
fn what_others_hold_is_named() {
    let address = Ipv4Addr::new(192, 168, 0, 42);
    let text = problem_of(|observed| observed.containers[0].address = Some(address));
    assert!(text.starts_with("container 101 `jellyfin` has the address 192.168.0.42 of `k2`"), "{text}");
    let text = problem_of(|observed| observed.containers[0].name = "k1".to_owned());
    assert!(text.contains("does not carry the tag `homelab-home`"), "{text}");
}
