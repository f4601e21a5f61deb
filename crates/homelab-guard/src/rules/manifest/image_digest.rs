//! Images that this repository builds.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::rules::manifest::own_images::OwnImages;
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/image-digest",
    severity: Severity::Error,
    title: "an image of one's own without a digest",
    reason: "A tag can be moved. Only with the digest in git does a push roll out a new version, and a revert the old one.",
    fix: "Let the workflow that builds the image write its digest into the kustomization's `images`, or after `@` in the manifest.",
    fires: &[Example {
        files: &[
            ("k8s/web/pod.yaml", pod!("      image: ghcr.io/me/web:1.0\n")),
            (
                "k8s/argocd/application.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec: {source: {repoURL: \"https://github.com/me/web\", path: k8s/web}}\n",
            ),
        ],
    }],
    silent: &[
        Example {
            files: &[
                ("k8s/web/pod.yaml", pod!("      image: ghcr.io/me/web:1.0\n")),
                (
                    "k8s/web/kustomization.yaml",
                    "resources: [pod.yaml]\nimages: [{name: ghcr.io/me/web, digest: \"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}]\n",
                ),
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec: {source: {repoURL: \"https://github.com/me/web\", path: k8s/web}}\n",
                ),
            ],
        },
        Example { files: &[("k8s/web/pod.yaml", pod!("      image: ghcr.io/somebody/else:1.0\n"))] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let manifests = tree.manifests();
    let own = OwnImages::of(manifests);
    for container in manifests.containers() {
        let Some(written) = container.get(&["image"]) else { continue };
        let image = container.pod.set.image(written.as_str().unwrap_or_default());
        if own.contains(&image) && !image.digest.as_deref().is_some_and(is_digest) {
            let what = if image.digest.is_some() { "a digest that is none" } else { "no digest" };
            let message = format!("{} has an image of your own with {what}: `{}`", container.title(), image.repository);
            report.add(container.pod.object.at(written.place), message);
        }
    }
}

/// `sha256:` and 64 digits.
fn is_digest(text: &str) -> bool {
    let digits = text.strip_prefix("sha256:");
    digits.is_some_and(|digits| digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
