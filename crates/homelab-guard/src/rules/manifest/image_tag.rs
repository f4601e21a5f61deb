//! Images whose version is left open.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::rules::manifest::own_images::OwnImages;
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/image-tag",
    severity: Severity::Error,
    title: "an image without a fixed version",
    reason: "What runs changes with each restart, and differs between nodes; and since nothing in git changes, a new version is never rolled out.",
    fix: "Name a version, or better the digest.",
    fires: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      image: nginx\n"))] },
        Example { files: &[("k8s/web/pod.yaml", pod!("      image: nginx:latest\n"))] },
    ],
    silent: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      image: nginx:1.29.1\n"))] },
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!(
                    "      image: \"nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"\n"
                ),
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let manifests = tree.manifests();
    let own = OwnImages::of(manifests);
    for container in manifests.containers() {
        let Some(written) = container.get(&["image"]) else { continue };
        let image = container.pod.set.image(written.as_str().unwrap_or_default());
        let is_fixed = image.digest.is_some() || image.tag.as_deref().is_some_and(|tag| tag != "latest");
        // What this repository builds itself must have a digest, which another rule tells.
        if !is_fixed && !own.contains(&image) {
            let what = if image.tag.is_some() { "the tag `latest`" } else { "no tag" };
            let message = format!("{} has an image with {what}: `{}`", container.title(), image.repository);
            report.add(container.pod.object.at(written.place), message);
        }
    }
}
