//! Manifests beside a kustomization.

use std::collections::BTreeSet;

use crate::finding::Location;
use crate::manifest::folder_of;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/unlisted-manifest",
    severity: Severity::Warning,
    title: "a manifest that the kustomization beside it does not list",
    reason: "It looks as if it were deployed, and is not.",
    fix: "Add it to `resources`, or remove it.",
    fires: &[Example {
        files: &[
            ("k8s/web/kustomization.yaml", "resources: [service.yaml]\n"),
            ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ("k8s/web/policy.yaml", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\n"),
        ],
    }],
    silent: &[Example {
        files: &[
            ("k8s/web/kustomization.yaml", "resources: [service.yaml]\n"),
            ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
        ],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let manifests = tree.manifests();
    let mut listed = BTreeSet::new();
    for one in &manifests.kustomizations {
        listed
            .extend(one.resources().chain(one.patch_files()).chain(one.other_files()).filter_map(|named| named.target));
    }
    let folders: BTreeSet<&str> = manifests.kustomizations.iter().map(|one| one.folder.as_str()).collect();
    let mut told = BTreeSet::new();
    for object in &manifests.written {
        let has_kustomization = folders.contains(folder_of(&object.path));
        // What kustomize itself reads, such as a Component, is no manifest; an Application is applied by hand, once.
        let is_manifest = !object.group().starts_with("kustomize.") && !object.is("argoproj.io", "Application");
        if has_kustomization && is_manifest && !listed.contains(&*object.path) && told.insert(&object.path) {
            report.add(Location::file(&*object.path), "the kustomization beside this file does not list it".to_owned());
        }
    }
}
