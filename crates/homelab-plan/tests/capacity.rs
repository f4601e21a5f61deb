//! What fits in the decision record's home, and in homes that differ from it.

use homelab_plan::bytes::Bytes;
use homelab_plan::capacity::{
    Capacity, Change, Limit, Loss, RECORD_SIZES, Service, Verdict, capacity, changed, fits, svg,
};
use homelab_plan::config::{Answers, Homelab, default_file, parse};
use homelab_plan::cpu::Cpu;
use proptest::prelude::*;

fn record() -> Homelab {
    parse(&default_file(&Answers::default())).unwrap()
}

/// The record's home with a line of its file replaced.
fn with(line: &str, instead: &str) -> Homelab {
    let file = default_file(&Answers::default());
    assert!(file.contains(line), "{line}");
    parse(&file.replace(line, instead)).unwrap()
}

fn of(home: &Homelab) -> Capacity {
    capacity(home, &[], &RECORD_SIZES)
}

fn service(name: &str, memory: Bytes, replicas: u32) -> Service {
    Service { name: name.to_string(), memory, cpu: Cpu::milli(50), replicas }
}

fn totals(capacity: &Capacity) -> Vec<u64> {
    capacity.fits.iter().map(|fit| fit.total).collect()
}

fn totals_after_loss(capacity: &Capacity) -> Vec<u64> {
    capacity.worst_loss().iter().flat_map(|loss| loss.fits.iter().map(|fit| fit.total)).collect()
}

fn free(capacity: &Capacity) -> Vec<u64> {
    capacity.nodes.iter().map(|node| node.free_memory.full_mib()).collect()
}

#[test]
fn the_record_has_13_5_gb_for_pods_and_about_50_25_or_13_services() {
    let record = of(&record()).record;
    let per_node: Vec<_> = record.nodes.iter().map(|node| node.for_pods).collect();
    assert_eq!(per_node, [Bytes::mib(3584), Bytes::gib(5), Bytes::gib(5)], "3.5, 5 and 5");
    assert_eq!(record.for_pods, Bytes::mib(13_824), "13.5");
    let exact: Vec<_> = record.fits.iter().map(|fit| fit.exact).collect();
    let about: Vec<_> = record.fits.iter().map(|fit| fit.about).collect();
    assert_eq!(exact, [54, 27, 13]);
    assert_eq!(about, [50, 25, 13]);
}

#[test]
fn the_honest_numbers_are_smaller_and_say_why() {
    let capacity = of(&record());
    let allocatable: Vec<_> = capacity.nodes.iter().map(|node| node.allocatable.full_mib()).collect();
    assert_eq!(allocatable, [4352, 5248, 5248]);
    assert_eq!(free(&capacity), [4052, 4224, 4224]);
    assert_eq!(totals(&capacity), [47, 23, 11]);
    let per_node: Vec<_> = capacity.fits.iter().map(|fit| fit.per_node.clone()).collect();
    assert_eq!(per_node, [[15, 16, 16], [7, 8, 8], [3, 4, 4]]);
    assert_eq!(capacity.fits[2].left_over, Bytes::mib(980 + 128 + 128), "rests of nodes do not add up");
    assert_eq!(capacity.unplaced, []);
}

#[test]
fn without_reservations_as_k3s_comes_the_numbers_mislead() {
    let file = default_file(&Answers::default());
    let mut lines: Vec<String> = Vec::new();
    let mut in_reserved = false;
    for line in file.lines() {
        if line.starts_with('[') {
            in_reserved = line == "[reserved]";
        }
        lines.push(match line.split_once(" = ") {
            Some((key, _)) if in_reserved && !key.starts_with('#') => format!("{key} = \"0B\""),
            _ => line.to_string(),
        });
    }
    let home = parse(&lines.join("\n")).unwrap();
    assert_eq!(totals(&of(&home)), [62, 30, 15]);
}

#[test]
fn each_pod_of_the_platform_has_a_place_and_a_reason() {
    let capacity = of(&record());
    let places: Vec<String> = capacity
        .nodes
        .iter()
        .flat_map(|node| node.pods.iter().map(|pod| format!("{} {}: {}", node.name, pod.name, pod.reason)))
        .collect();
    insta::assert_snapshot!(places.join("\n"));
}

#[test]
fn with_an_agent_lost_less_fits_and_volumes_wait() {
    let capacity = of(&record());
    let [k2, k3] = &capacity.losses[..] else { panic!("the server cannot be lost: {:?}", capacity.losses) };
    assert_eq!((k2.node.as_str(), k3.node.as_str()), ("k2", "k3"));
    let moved =
        |loss: &Loss| loss.moved.iter().map(|moved| format!("{} to {}", moved.pod, moved.to)).collect::<Vec<_>>();
    assert_eq!(k2.moved, []);
    assert_eq!(k2.waiting, ["postgres", "postgres-dump", "valkey"], "their volumes do not move");
    assert!(!k2.is_survived());
    assert_eq!(
        moved(k3),
        [
            "argocd-application-controller to k2",
            "argocd-repo-server to k1",
            "argocd-server to k1",
            "argocd-redis to k2"
        ],
        "each to where most is free"
    );
    assert!(k3.is_survived());
    assert_eq!(totals_after_loss(&capacity), [28, 14, 6], "the number to rely on");
    assert_eq!(k2.fits.iter().map(|fit| fit.total).collect::<Vec<_>>(), [31, 15, 7]);
}

#[test]
fn services_that_ran_on_the_lost_node_move_while_there_is_room() {
    let without_room = |count| {
        let capacity = capacity(&record(), &[service("reader", Bytes::mib(512), count)], &RECORD_SIZES);
        capacity.losses.iter().map(|loss| loss.without_room.len()).collect::<Vec<_>>()
    };
    assert_eq!(without_room(6), [0, 0]);
    assert_eq!(
        without_room(23),
        [8, 9],
        "the eight that ran on the lost node, and of `k3` Argo CD's controller as well"
    );
}

#[test]
fn a_single_node_cannot_be_lost() {
    let text = "[proxmox]\nurl = \"https://192.168.0.10\"\n[[nodes]]\nname = \"k1\"\nrole = \"server\"\naddress = \"192.168.0.41\"\n";
    let home = parse(text).unwrap();
    assert_eq!(of(&home).losses, []);
    assert_eq!(totals(&of(&home)), [7, 3, 1]);
}

#[test]
fn one_of_three_servers_can_be_lost() {
    let home = with("role = \"agent\"", "role = \"server\"");
    let capacity = of(&home);
    assert_eq!(capacity.losses.iter().map(|loss| loss.node.as_str()).collect::<Vec<_>>(), ["k1", "k2", "k3"]);
    assert_eq!(capacity.nodes.iter().map(|node| node.allocatable.full_mib()).collect::<Vec<_>>(), [4352; 3]);
}

#[test]
fn another_node_and_more_memory_are_counted_before_they_are_bought() {
    let with_node = changed(&record(), &[Change::AddNode { memory: None }]).unwrap();
    assert_eq!(with_node.nodes[3].name.as_str(), "k4");
    assert_eq!(totals(&of(&with_node)), [67, 33, 15], "20 more of 256 MiB");
    assert_eq!(of(&with_node).record.fits[0].exact, 74);
    let with_memory = changed(&record(), &[Change::memory("k2=8GiB").unwrap()]).unwrap();
    assert_eq!(totals(&of(&with_memory)), [55, 27, 13]);
}

#[test]
fn a_change_that_makes_no_sense_says_why() {
    assert_eq!(Change::memory("k2"), Err("it is not of the form `k2=8GiB`".to_string()));
    assert_eq!(Change::memory("k2=8"), Err("`8` has no unit; write it as `k2=8GiB`".to_string()));
    let nobody = changed(&record(), &[Change::memory("k9=8GiB").unwrap()]);
    assert_eq!(nobody.unwrap_err(), "there is no node `k9`; the nodes are `k1`, `k2`, `k3`");
}

#[test]
fn processor_time_and_the_number_of_pods_bound_too() {
    let hungry = with("cpu = \"50m\"\n\n# What the home may cost.", "cpu = \"500m\"\n\n# What the home may cost.");
    let fit = &of(&hungry).fits[0];
    assert_eq!((fit.total, fit.limited_by), (9, Limit::Cpu), "3 on each of three nodes with two cores");
    let tiny = capacity(&with("cpu = \"50m\"\n\n# What the", "cpu = \"0\"\n\n# What the"), &[], &[Bytes::mib(1)]);
    assert_eq!(tiny.fits[0].limited_by, Limit::Pods);
    assert_eq!(tiny.fits[0].per_node, [105, 106, 105]);
}

#[test]
fn a_service_that_fits_gets_its_nodes() {
    let verdict = fits(&record(), &[], &service("yomu", Bytes::gib(1), 2));
    let apart = Verdict::Fits { nodes: vec!["k2".into(), "k3".into()], no_room_after_loss: Vec::new() };
    assert_eq!(verdict, apart, "replicas keep apart");
    let crowded = fits(&record(), &[service("many", Bytes::mib(256), 30)], &service("yomu", Bytes::gib(1), 1));
    assert!(matches!(crowded, Verdict::Fits { no_room_after_loss, .. } if no_room_after_loss == ["k2", "k3"]));
}

#[test]
fn a_service_that_does_not_fit_is_refused_with_the_figures() {
    let verdict = fits(&record(), &[], &service("brain", Bytes::gib(5), 1));
    assert_eq!(
        verdict,
        Verdict::DoesNotFit {
            reason: "`brain` does not fit: it asks for 5 GiB, and the most that is free is 4.1 GiB on `k2`".to_string(),
            help: "try `homelab capacity --memory k2=11GiB` or `homelab capacity --add-node`, or ask for less memory"
                .to_string(),
        }
    );
    let full = [service("many", Bytes::mib(256), 47)];
    assert!(matches!(fits(&record(), &full, &service("one", Bytes::mib(256), 1)), Verdict::DoesNotFit { .. }));
    assert!(matches!(fits(&record(), &full[..0], &service("one", Bytes::mib(256), 47)), Verdict::Fits { .. }));
}

#[test]
fn the_advice_is_about_what_is_missing_and_is_enough() {
    let hungry = Service { cpu: Cpu::cores(3), ..service("hungry", Bytes::mib(64), 1) };
    let Verdict::DoesNotFit { reason, help } = fits(&record(), &[], &hungry) else { panic!("nodes have two cores") };
    assert!(reason.contains("asks for 3 of a core") && help.contains("`cores`"), "{reason}: {help}");
    let large = service("large", Bytes::gib(7), 3);
    let Verdict::DoesNotFit { help, .. } = fits(&record(), &[], &large) else { panic!("nodes have six gibibytes") };
    assert!(help.contains("--memory k2=27GiB"), "{help}");
    let larger = changed(&record(), &[Change::memory("k2=27GiB").unwrap()]).unwrap();
    assert!(matches!(fits(&larger, &[], &large), Verdict::Fits { .. }));
}

#[test]
fn a_node_has_110_pods_and_no_more() {
    let tiny = Service { cpu: Cpu::ZERO, ..service("tiny", Bytes::mib(1), 400) };
    let full = capacity(&record(), &[tiny], &[]);
    assert_eq!(full.nodes.iter().map(|node| node.pods.len()).collect::<Vec<_>>(), [110; 3]);
    assert_eq!(full.unplaced[0].reason, "every node with room has 110 pods already");
}

#[test]
fn what_fits_by_count_fits_by_placing_too() {
    for (fit, size) in of(&record()).fits.iter().zip(RECORD_SIZES) {
        let placed = |count: u64| capacity(&record(), &[service("s", size, count as u32)], &[]).unplaced.is_empty();
        assert!(placed(fit.total), "{size}");
        assert!(!placed(fit.total + 1), "{size}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_sizes_panic_and_what_is_counted_fits(
        memory in proptest::collection::vec(any::<u64>(), 3),
        size in any::<u64>(),
        replicas in any::<u32>(),
        cpu in any::<u64>(),
    ) {
        let mut home = record();
        for (node, memory) in home.nodes.iter_mut().zip(memory) {
            node.memory = Bytes::new(memory);
        }
        let one = Service { name: "one".to_string(), memory: Bytes::new(size), cpu: Cpu::milli(cpu), replicas };
        let all = capacity(&home, std::slice::from_ref(&one), &[Bytes::new(size)]);
        for node in &all.nodes {
            let asked: Bytes = node.pods.iter().map(|pod| pod.memory).sum();
            prop_assert!(asked <= node.allocatable && node.pods.len() <= 110);
        }
        let _ = (svg(&all), fits(&home, &[], &one));
    }
}
