//! Where services belong, by the reasons of the decision record.

use homelab_plan::bytes::Bytes;
use homelab_plan::config::{Answers, Homelab, default_file, parse};
use homelab_plan::place::{Description, KNOWN, Place, Placement, place};

/// The record's home, without guests, so that the table decides.
fn home() -> Homelab {
    let mut home = parse(&default_file(&Answers::default())).unwrap();
    home.guests.clear();
    home
}

fn described(data: Bytes, hardware: bool, local_network: bool) -> Description {
    Description {
        data: Some(data),
        hardware: Some(hardware),
        local_network: Some(local_network),
        ..Description::default()
    }
}

fn decided(placement: Placement) -> (Place, Vec<String>) {
    let Placement::Decided { place, reasons, .. } = placement else { panic!("{placement:?}") };
    (place, reasons.into_iter().map(|reason| reason.why).collect())
}

#[test]
fn media_servers_stay_outside_for_the_records_reasons() {
    let (where_to, reasons) = decided(place(&home(), "jellyfin", &Description::default()));
    assert_eq!(where_to, Place::OwnContainer);
    assert_eq!(
        reasons,
        [
            "its 1 TiB are a library: a volume in the cluster is a folder on one node's disk",
            "it uses hardware of the host: a container of its own is given the device, a pod in an unprivileged node is not",
            "it is reached by HTTP through the ingress",
            "one instance is all it can have, so Kubernetes can only restart it",
        ]
    );
    assert_eq!(decided(place(&home(), "komga", &Description::default())).0, Place::OwnContainer);
}

#[test]
fn what_the_file_keeps_outside_stays_outside_for_its_own_reason() {
    let with_guests = parse(&default_file(&Answers::default())).unwrap();
    let (where_to, reasons) = decided(place(&with_guests, "komga", &described(Bytes::gib(1), false, false)));
    assert_eq!(where_to, Place::OwnContainer);
    assert_eq!(reasons, ["`homelab.toml` keeps it outside: hundreds of gigabytes of books, one instance is enough"]);
}

#[test]
fn the_reader_belongs_in_the_cluster() {
    let own = Description { own: Some(true), ..Description::default() };
    let (where_to, reasons) = decided(place(&home(), "yomu", &own));
    assert_eq!(where_to, Place::Cluster);
    assert_eq!(
        reasons,
        [
            "it keeps no data by itself",
            "it needs no hardware of the host",
            "it is reached by HTTP through the ingress",
            "more than one instance of it can run, and replace each other without a gap",
            "it is your own: `git push` deploys it",
        ]
    );
}

#[test]
fn an_unknown_service_is_asked_about() {
    let Placement::Undecided { questions, .. } = place(&home(), "something", &Description::default()) else { panic!() };
    assert_eq!(
        questions.iter().map(|question| question.option).collect::<Vec<_>>(),
        ["data", "hardware", "local-network"]
    );
    let partly = Description { hardware: Some(false), local_network: Some(false), ..Description::default() };
    let Placement::Undecided { questions, reasons } = place(&home(), "something", &partly) else { panic!() };
    assert_eq!(questions.iter().map(|question| question.option).collect::<Vec<_>>(), ["data"]);
    assert_eq!(reasons.len(), 2);
}

#[test]
fn what_decides_alone_needs_no_further_answers() {
    let with_hardware = Description { hardware: Some(true), ..Description::default() };
    assert_eq!(decided(place(&home(), "something", &with_hardware)).0, Place::OwnContainer);
}

#[test]
fn each_answer_can_change_the_place() {
    let at = |description| decided(place(&home(), "something", &description)).0;
    assert_eq!(at(described(Bytes::gib(5), false, false)), Place::Cluster);
    assert_eq!(at(described(Bytes::gib(5), true, false)), Place::OwnContainer);
    assert_eq!(at(described(Bytes::gib(5), false, true)), Place::OwnContainer);
    assert_eq!(at(described(Bytes::gib(100), false, false)), Place::OwnContainer, "a library");
    assert_eq!(at(described(Bytes::gib(30), false, false)), Place::Cluster, "50 less 20 are 30");
    assert_eq!(at(described(Bytes::gib(31), false, false)), Place::OwnContainer, "more than a node has room for");
}

#[test]
fn options_come_before_the_table() {
    let small = Description { data: Some(Bytes::gib(10)), hardware: Some(false), ..Description::default() };
    assert_eq!(decided(place(&home(), "immich", &small)).0, Place::Cluster);
}

#[test]
fn known_names_are_found_however_they_are_spelt_and_stand_in_order() {
    for spelling in ["home-assistant", "Home Assistant", "homeassistant", "HOME_ASSISTANT"] {
        assert_eq!(decided(place(&home(), spelling, &Description::default())).0, Place::OwnContainer, "{spelling}");
    }
    let names: Vec<_> = KNOWN.iter().map(|known| known.name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(names, sorted);
}
