//! What a strict API server refuses.

use crate::manifest::at;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::schema::{self, Cause, Problem};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/schema",
    severity: Severity::Error,
    title: "a manifest that the API server refuses",
    reason: "A field that is spelled wrong is not set: at best the rollout fails, at worst it goes on without a limit or a probe that somebody believes in.",
    fix: "Mend what the message names. The fields are those of Kubernetes 1.36, Argo CD, K3s and kustomize.",
    fires: &[
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {prots: [{port: 80}]}\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nmetadata: {name: other}\n",
            )],
        },
        Example { files: &[("k8s/web/web.yaml", "apiVersion: v1\nkind: Service\n	metadata: {}\n")] },
        Example { files: &[("k8s/web/kustomization.yaml", "resource: [a.yaml]\n")] },
    ],
    silent: &[
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n",
            )],
        },
        Example { files: &[("compose.yaml", "services: {web: {image: nginx}}\n")] },
        Example {
            files: &[
                ("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n"),
                (
                    "charts/web/templates/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Release.Name }}}\n",
                ),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let manifests = tree.manifests();
    for (path, problem) in &manifests.problems {
        report.add(at(path, problem.place), problem.cause.to_string());
    }
    let objects = manifests.written.iter().map(|object| (&object.path, &object.document));
    let nameless = manifests.nameless.iter().map(|(path, document)| (path, document));
    for (path, document) in objects.chain(nameless) {
        add_all(path, schema::check(document), report);
    }
    for example in &manifests.examples {
        // Placeholders are no base64.
        let mut problems = schema::check(&example.document);
        problems
            .retain(|problem| !(problem.path.starts_with("data.") && matches!(problem.cause, Cause::Malformed { .. })));
        add_all(&example.path, problems, report);
    }
    for kustomization in &manifests.kustomizations {
        add_all(&kustomization.path, schema::check_kustomization(&kustomization.document), report);
    }
}

/// Adds what no other rule tells.
fn add_all(path: &str, problems: Vec<Problem>, report: &mut Report<'_>) {
    for problem in problems {
        if problem.cause.is_fault() && !matches!(problem.cause, Cause::Removed { .. }) {
            report.add(at(path, problem.place), problem.message());
        }
    }
}
