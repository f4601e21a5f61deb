//! What counts as a manifest, and what is deployed together.

use super::Manifests;
use crate::tree::{Entry, FileTree, GitState, Kind};

fn manifests(files: &[(&str, &str)]) -> Manifests {
    let mut tree = FileTree::default();
    for (path, content) in files {
        let bytes = Some(content.as_bytes().into());
        tree.insert(*path, Entry { kind: Kind::File, size: 0, git: GitState::Tracked, bytes });
    }
    Manifests::collect(&tree)
}

/// Each set as its folder and the names in it.
fn sets(files: &[(&str, &str)]) -> Vec<String> {
    let sets = manifests(files).sets;
    let written = sets.iter().map(|set| {
        let names: Vec<&str> = set.objects.iter().map(|object| object.name.as_str()).collect();
        format!("{}: {}", set.folder, names.join(" "))
    });
    written.collect()
}

const A: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n";
const B: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: b}\n";

#[test]
fn what_says_that_it_is_an_object_is_one() {
    let others = [
        ("compose.yaml", "services: {a: {image: a}}\n"),
        ("values.yaml", "apiVersion: is a word here\nreplicas: 2\n"),
        ("chart/Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\n"),
        ("kubeconfig.yaml", "apiVersion: v1\nkind: Config\nclusters: []\n"),
        (".github/workflows/a.yml", A),
        ("notes.txt", A),
    ];
    for other in others {
        let found = manifests(&[other]);
        assert!(found.written.is_empty() && found.nameless.is_empty() && found.problems.is_empty(), "{other:?}");
    }
    assert_eq!(manifests(&[("a.yml", A)]).written.len(), 1);
    assert_eq!(manifests(&[("a.yaml", "apiVersion: v1\nmetadata: {name: a}\n")]).nameless.len(), 1);
    let list = "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: a}}]\n";
    assert_eq!(manifests(&[("a.yaml", list)]).written[0].kind, "Pod");
}

#[test]
fn examples_stand_apart() {
    let found = manifests(&[("k8s/secret.yaml.example", A)]);
    assert_eq!((found.written.len(), found.examples.len(), found.sets.len()), (0, 1, 0));
}

#[test]
fn a_folder_is_a_set_and_so_is_a_kustomization() {
    assert_eq!(sets(&[("k8s/a/a.yaml", A), ("k8s/b/a.yaml", A), ("k8s/b/b.yaml", B)]), ["k8s/a: a", "k8s/b: a b"]);
    let kustomization = ("k8s/kustomization.yaml", "resources: [a/a.yaml, b/b.yaml]\n");
    assert_eq!(sets(&[kustomization, ("k8s/a/a.yaml", A), ("k8s/b/b.yaml", B)]), ["k8s: a b"]);
}

#[test]
fn a_listed_kustomization_is_part_of_the_one_that_lists_it() {
    let files = [
        ("base/kustomization.yaml", "resources: [a.yaml]\n"),
        ("base/a.yaml", A),
        ("home/kustomization.yaml", "resources: [../base, b.yaml]\n"),
        ("home/b.yaml", B),
    ];
    assert_eq!(sets(&files), ["home: a b"]);
}

#[test]
fn kustomizations_that_list_each_other_end() {
    let files = [
        ("top/kustomization.yaml", "resources: [../one]\n"),
        ("one/kustomization.yaml", "resources: [../two, a.yaml]\n"),
        ("one/a.yaml", A),
        ("two/kustomization.yaml", "resources: [../one]\n"),
    ];
    assert_eq!(sets(&files), ["top: a"]);
}

#[test]
fn overlays_over_bases_have_a_bound() {
    let many: String = (0..1000)
        .map(|number| format!("---\napiVersion: v1\nkind: Service\nmetadata: {{name: a{number}}}\n"))
        .collect();
    let mut files = vec![
        ("base/a.yaml".to_owned(), many),
        ("base/kustomization.yaml".to_owned(), "resources: [a.yaml]\n".to_owned()),
    ];
    files.extend((0..20).map(|number| (format!("o{number}/kustomization.yaml"), "resources: [../base]\n".to_owned())));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let sets = manifests(&files).sets;
    assert_eq!(sets.iter().map(|set| set.objects.len()).sum::<usize>(), 5000);
    assert_eq!(sets.iter().filter(|set| set.is_partial).count(), 15);
}

#[test]
fn an_application_gives_its_namespace_to_what_it_deploys() {
    let application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {path: k8s/a}, destination: {namespace: own}}\n";
    let found = manifests(&[("k8s/argocd/a.yaml", application), ("k8s/a/a.yaml", A), ("k8s/ab/a.yaml", A)]);
    let namespaces: Vec<_> = found.sets.iter().map(|set| (set.folder.as_str(), set.namespace.as_deref())).collect();
    assert_eq!(namespaces, [("k8s/a", Some("own")), ("k8s/ab", None), ("k8s/argocd", None)]);
}

#[test]
fn images_and_replicas_are_those_of_the_kustomization() {
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 1, template: {spec: {containers: [{image: \"me/a:1\"}]}}}\n";
    let kustomization = "resources: [a.yaml]\nimages: [{name: me/a, newName: you/a, digest: \"sha256:0\"}]\nreplicas: [{name: a, count: 3}]\n";
    let found = manifests(&[("kustomization.yaml", kustomization), ("a.yaml", deployment)]);
    let set = &found.sets[0];
    let image = set.image("me/a:1");
    assert_eq!((image.repository.as_str(), image.tag, image.digest.as_deref()), ("you/a", None, Some("sha256:0")));
    assert_eq!(set.image("me/b:1").tag.as_deref(), Some("1"));
    assert_eq!(set.replica_count(&set.objects[0]), Some(3));
}
