//! What is told about objects and what they say of each other.

use super::{DEPLOYMENT, FILES, SECRET_EXAMPLE, changed, check, told};

#[test]
fn what_belongs_together() {
    check(
        "service.yaml",
        "app.kubernetes.io/name: notes",
        "app.kubernetes.io/name: note",
        "dangling-selector service.yaml:7 Service `notes` finds no pod in this folder's manifests",
    );
    check(
        "service.yaml",
        "targetPort: http",
        "targetPort: web",
        "service-port service.yaml:11 Service `notes` leads to port `web`, which Deployment `notes` does not have",
    );
    check(
        "ingress.yaml",
        "                name: notes\n",
        "                name: note\n",
        "dangling-ingress ingress.yaml:15 Ingress `notes` leads to the service `note`, which is in none of its manifests",
    );
    check(
        "ingress.yaml",
        "                  name: http\n",
        "                  number: 3000\n",
        "dangling-ingress ingress.yaml:17 Ingress `notes` leads to port `3000` of the service `notes`, which it does not have",
    );
    check(
        "networkpolicy.yaml",
        "[notes, notes-backup]",
        "[notes]",
        "network-policy backup.yaml:4 no NetworkPolicy selects the pods of CronJob `notes-backup`",
    );
    check(
        "poddisruptionbudget.yaml",
        "minAvailable: 1",
        "minAvailable: 2",
        "disruption-budget poddisruptionbudget.yaml:6 PodDisruptionBudget `notes` needs all 2 pods of Deployment `notes`, so that none may go",
    );
    check(
        "deployment.yaml",
        "replicas: 2",
        "replicas: 1",
        "disruption-budget poddisruptionbudget.yaml:6 PodDisruptionBudget `notes` needs all 1 pods of Deployment `notes`, so that none may go",
    );
}

#[test]
fn a_selector_that_does_not_fit_is_told_as_such() {
    let told = changed(
        "deployment.yaml",
        "    matchLabels:\n      app.kubernetes.io/name: notes",
        "    matchLabels:\n      app.kubernetes.io/name: note",
    );
    assert_eq!(
        told,
        [
            "selector-mismatch deployment.yaml:10 the selector of Deployment `notes` does not fit the labels of its own pods"
        ]
    );
}

#[test]
fn variables_and_what_they_refer_to() {
    let file = "deployment.yaml";
    check(
        file,
        "- name: LOG_LEVEL",
        "- name: DATABASE_URL",
        "duplicate-env deployment.yaml:44 container `notes` of Deployment `notes` sets `DATABASE_URL` twice",
    );
    check(
        file,
        "key: SESSION_SECRET",
        "key: SESSION_KEY",
        "missing-reference deployment.yaml:43 Deployment `notes` needs the key `SESSION_KEY` of the Secret `notes-secrets`, which has no such key",
    );
    check(
        file,
        "                name: notes-config",
        "                name: note-config",
        "missing-reference deployment.yaml:32 Deployment `notes` needs the ConfigMap `note-config`, which is in none of its manifests",
    );
    check(
        "secret.yaml.example",
        "  SESSION_SECRET: <32 random bytes>\n",
        "",
        "missing-reference deployment.yaml:43 Deployment `notes` needs the key `SESSION_SECRET` of the Secret `notes-secrets`, which has no such key",
    );
    check(
        file,
        "            - name: LOG_LEVEL\n              value: info\n",
        "            - name: SMTP_PASS\n              value: qP4v‖Wz8nLr2x\n",
        "literal-secret deployment.yaml:45 container `notes` of Deployment `notes` has a secret in `SMTP_PASS`",
    );
    check(
        "configmap.yaml",
        "  PORT: \"3000\"\n",
        "  SMTP_PASS: qP4v‖Wz8nLr2x\n",
        "secret-in-config-map configmap.yaml:7 ConfigMap `notes-config` has a secret in `SMTP_PASS`",
    );
}

#[test]
fn volumes() {
    check(
        "deployment.yaml",
        "            - name: tmp\n",
        "            - name: temp\n",
        "missing-volume deployment.yaml:66 container `notes` of Deployment `notes` mounts the volume `temp`, which its pod does not have",
    );
    check(
        "deployment.yaml",
        "emptyDir: {}",
        "emptyDir:",
        "missing-volume deployment.yaml:69 the volume `tmp` of Deployment `notes` has no source; an empty folder is `emptyDir: {}`",
    );
}

#[test]
fn a_secret_beside_its_example_is_told() {
    let mut files: Vec<(&str, String)> = FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    files.push(("k8s/notes/secret.yaml", SECRET_EXAMPLE.to_owned()));
    let told = told(&files);
    assert_eq!(
        told,
        [
            "unlisted-manifest secret.yaml:0 the kustomization beside this file does not list it",
            "secret-object secret.yaml:9 Secret `notes-secrets` has its values in `stringData`",
        ]
    );
}

#[test]
fn namespaces() {
    let told = changed("kustomization.yaml", "namespace: notes", "namespace: default");
    assert_eq!(told.len(), 8, "each object of a namespace: {told:?}");
    assert!(told.iter().all(|sentence| sentence.starts_with("default-namespace ")), "{told:?}");
    assert_eq!(changed("kustomization.yaml", "namespace: notes\n", ""), [""; 0], "the Application says it");
}

#[test]
fn applications() {
    let file = "application.yaml";
    check(
        file,
        "      selfHeal: true\n",
        "",
        "application-sync application.yaml:17 Application `notes` does not set `selfHeal: true`",
    );
    check(
        file,
        "    automated:\n      prune: true\n      selfHeal: true\n",
        "    automated: {}\n",
        "application-sync application.yaml:16 Application `notes` does not set `prune: true` and `selfHeal: true`",
    );
    check(
        file,
        "    syncOptions:\n      - CreateNamespace=true\n",
        "",
        "application-namespace application.yaml:16 Application `notes` does not set `CreateNamespace=true`",
    );
    check(
        file,
        "    server: https://kubernetes.default.svc\n",
        "",
        "application-destination application.yaml:13 Application `notes` names no cluster as its destination",
    );
    check(
        file,
        "path: k8s/notes",
        "path: k8s/argocd",
        "application-of-applications application.yaml:11 Application `notes` deploys Application `notes`, in `k8s/argocd/application.yaml`",
    );
    check(
        file,
        "https://github.com/someone",
        "https://someone:qP4v‖Wz8nLr2x@github.com/someone",
        "application-source application.yaml:9 the `repoURL` of Application `notes` has a login in it",
    );
    check(file, "  project: default\n", "", "schema application.yaml:7 the field `project` is missing in `spec`");
}

#[test]
fn schemas_kinds_and_lists() {
    check(
        "service.yaml",
        "targetPort: http",
        "targetPort: http\n      portocol: TCP",
        "schema service.yaml:12 there is no field `spec.ports[0].portocol`; did you mean `protocol`",
    );
    check(
        "backup.yaml",
        "apiVersion: batch/v1",
        "apiVersion: batch/v1beta1",
        "removed-api backup.yaml:1 `CronJob` of `batch/v1beta1` is gone since Kubernetes 1.25; write `batch/v1`",
    );
    check(
        "kustomization.yaml",
        "  - backup.yaml\n",
        "  - backup.yaml\n  - backups.yaml\n",
        "kustomization kustomization.yaml:13 `backups.yaml` is listed here and does not exist",
    );
    check(
        "service.yaml",
        "    app.kubernetes.io/name: notes\n",
        "\tapp.kubernetes.io/name: notes\n",
        "schema service.yaml:7 a tab stands in the indentation, where YAML takes only spaces; replace it",
    );
}

#[test]
fn a_patch_counts_and_is_no_manifest_itself() {
    let mut files: Vec<(&str, String)> = FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    files[2].1 = DEPLOYMENT.replace("            allowPrivilegeEscalation: false\n", "");
    let patched = "patches:\n  - path: rights.yaml\nimages:\n";
    files[1].1 = files[1].1.replace("images:\n", patched);
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: notes}\nspec:\n  template:\n    spec:\n      containers:\n        - name: notes\n          securityContext: {allowPrivilegeEscalation: false}\n";
    files.push(("k8s/notes/rights.yaml", patch.to_owned()));
    assert_eq!(told(&files), [""; 0]);
}

#[test]
fn an_overlay_is_seen_with_its_base() {
    let mut files: Vec<(&str, String)> = FILES
        .iter()
        .map(|(path, text)| {
            let text = if path.ends_with("application.yaml") {
                text.replace("k8s/notes", "k8s/overlays/home")
            } else {
                (*text).to_owned()
            };
            (*path, text)
        })
        .collect();
    let overlay = "namespace: notes\nresources: [../../notes]\nconfigMapGenerator: [{name: extra, literals: [A=1]}]\nreplicas: [{name: notes, count: 3}]\n";
    files.push(("k8s/overlays/home/kustomization.yaml", overlay.to_owned()));
    assert_eq!(told(&files), [""; 0]);
    files.last_mut().expect("the overlay").1 = overlay.replace("count: 3", "count: 1");
    assert_eq!(
        told(&files),
        [
            "disruption-budget poddisruptionbudget.yaml:6 PodDisruptionBudget `notes` needs all 1 pods of Deployment `notes`, so that none may go"
        ]
    );
}
