//! What goes wrong in the cluster and on the person's own computer.

use homelab::apply::Outcome;
use homelab_plan::plan::files;

use super::house::House;

#[test]
fn a_node_that_never_becomes_ready_is_named_with_what_k3s_says_and_where_to_look() {
    let house = House::brought_up();
    let config = house.happen(|world| world.file(142, files::CONFIG_PATH)).unwrap();
    let token = homelab::observe::token_of(&config).unwrap();
    house.happen(|world| {
        world.write_file(142, files::CONFIG_PATH, &config.replace(&token, "mistyped"));
        world.break_container("k2");
    });
    assert_eq!(
        house.stops(),
        [
            "`k2` is not ready after 300 s; K3s says: level=error msg=\"failed to get CA certs: token CA hash does not match \
             the Cluster CA certificate hash, or the token is wrong\" (step `await-k2`)",
            "`ssh root@192.168.0.42 journalctl -u k3s-agent` says more; mend it and run `homelab up` again: it goes on from here"
        ]
    );
    house.happen(|world| {
        world.write_file(142, files::CONFIG_PATH, &config);
        world.break_container("k2");
    });
    house.goes_on();
}

const WORK: &str = "\
apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority-data: d29yaw==
    server: https://work.example:6443
  name: home
contexts:
- context:
    cluster: home
    user: me
  name: home
current-context: home
users:
- name: me
  user:
    client-key-data: bWluZQ==
";

#[test]
fn a_context_of_another_cluster_stops_before_anything_is_made_and_is_not_overwritten() {
    let house = House::usual();
    house.write_kubeconfig(WORK);
    assert_eq!(
        house.stops(),
        [
            "the context `home` of your kubeconfig belongs to another cluster",
            "rename it with `kubectl config rename-context home NEW`, or give this cluster another `cluster.name` in homelab.toml"
        ]
    );
    assert_eq!((house.begun().len(), house.kubeconfig().as_str()), (0, WORK));
    let renamed = WORK.replace("name: home", "name: work").replace("cluster: home", "cluster: work");
    house.write_kubeconfig(&renamed);
    house.goes_on();
    assert!(house.kubeconfig().contains("https://work.example:6443"), "what was there is still there");
}

#[test]
fn a_context_that_was_replaced_later_is_not_overwritten_either() {
    let house = House::brought_up();
    house.write_kubeconfig(WORK);
    assert_eq!(
        house.stops(),
        [
            "the context `home` of your kubeconfig belongs to another cluster",
            "rename it with `kubectl config rename-context home NEW`"
        ]
    );
    house.write_kubeconfig("");
    house.goes_on();
}

#[test]
fn a_kubeconfig_in_another_layout_is_left_alone() {
    let house = House::usual();
    house.write_kubeconfig("{\"kind\": \"Config\", \"clusters\": []}");
    assert_eq!(
        house.stops(),
        [
            "your kubeconfig is not changed, since it is JSON (step `save-kubeconfig`)",
            "write it anew with `kubectl config view --raw`, or name another file in KUBECONFIG"
        ]
    );
    house.write_kubeconfig("");
    house.goes_on();
}

#[test]
fn a_changed_file_restarts_the_server_with_the_token_it_began_with() {
    let house = House::brought_up();
    let token = |house: &House| {
        let config = house.happen(|world| world.file(141, files::CONFIG_PATH)).unwrap();
        homelab::observe::token_of(&config).unwrap()
    };
    let before = token(&house);
    house.edit("server = \"1280MiB\"", "server = \"1536MiB\"");
    house.goes_on();
    assert!(house.begun().iter().filter(|step| *step == "start-k3s-k1").count() == 2, "{:?}", house.begun());
    assert_eq!(token(&house), before);
}

#[test]
fn two_runs_at_once_from_two_computers_make_one_home() {
    let house = House::usual();
    let (first, second) = house.up_twice_at_once();
    let ended_well = |outcome: &Outcome| matches!(outcome, Outcome::Done { .. });
    assert!(ended_well(&first) || ended_well(&second), "{first:?}\n{second:?}");
    assert_eq!(house.ours(), 3);
    house.goes_on();
}
