//! What the API server takes, and what it refuses.

use super::{Cause, Removal, removal, validate};

/// What is wrong with a text, as sentences with their places.
fn refused(text: &str) -> Vec<String> {
    validate(text).iter().map(ToString::to_string).collect()
}

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  creationTimestamp: null
  labels: {app.kubernetes.io/name: web}
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: example/web:1.0
          ports:
            - containerPort: 3000
              name: http
          env:
            - name: PORT
              value: \"3000\"
          resources:
            requests: {cpu: 50m, memory: 64Mi}
            limits: {memory: 1Gi}
          readinessProbe:
            httpGet: {path: /readyz, port: http}
      volumes:
        - name: scratch
          emptyDir: {}
status: {}
";

/// The same with one line changed.
fn changed(from: &str, to: &str) -> Vec<String> {
    assert_eq!(DEPLOYMENT.matches(from).count(), 1, "{from:?}");
    refused(&DEPLOYMENT.replace(from, to))
}

#[test]
fn a_deployment_is_taken() {
    assert_eq!(refused(DEPLOYMENT), [""; 0]);
}

#[test]
fn a_field_nobody_knows_is_told_with_what_was_meant() {
    assert_eq!(
        changed("replicas: 2", "replica: 2"),
        ["line 8, column 3: there is no field `spec.replica`; did you mean `replicas`"]
    );
    assert_eq!(
        changed("              name: http", "              nmae: http"),
        ["line 20, column 15: there is no field `spec.template.spec.containers[0].ports[0].nmae`; did you mean `name`"]
    );
    assert_eq!(changed("replicas: 2", "sizing: 2"), ["line 8, column 3: there is no field `spec.sizing`"]);
}

#[test]
fn wrong_types_are_told() {
    assert_eq!(
        changed("value: \"3000\"", "value: 3000"),
        [
            "line 23, column 22: `spec.template.spec.containers[0].env[0].value` must be text, and Kubernetes reads a whole number; put it in quotes"
        ]
    );
    assert_eq!(
        changed("value: \"3000\"", "value: yes"),
        [
            "line 23, column 22: `spec.template.spec.containers[0].env[0].value` must be text, and Kubernetes reads a boolean; put it in quotes"
        ]
    );
    assert_eq!(
        changed("replicas: 2", "replicas: \"2\""),
        ["line 8, column 13: `spec.replicas` must be a whole number, and Kubernetes reads text"]
    );
    assert_eq!(
        changed("emptyDir: {}", "emptyDir: yes"),
        [
            "line 31, column 21: `spec.template.spec.volumes[0].emptyDir` must be a mapping, and Kubernetes reads a boolean"
        ]
    );
    assert_eq!(
        changed("image: example/web:1.0", "image: [example]"),
        ["line 17, column 18: `spec.template.spec.containers[0].image` must be text, and a list stands there"]
    );
}

#[test]
fn missing_fields_are_told() {
    assert_eq!(
        changed("        - name: web\n", "        - tty: true\n"),
        ["line 16, column 11: the field `name` is missing in `spec.template.spec.containers[0]`"]
    );
    assert_eq!(
        changed("  selector:\n    matchLabels: {app: web}\n", ""),
        ["line 8, column 3: the field `selector` is missing in `spec`"]
    );
    assert_eq!(
        changed("  name: web\n  creation", "  creation"),
        ["line 4, column 3: the field `name` is missing in `metadata`"]
    );
    assert_eq!(refused("apiVersion: v1\nkind: Secret\n"), ["line 1, column 1: the field `metadata` is missing"]);
}

#[test]
fn amounts_numbers_and_choices_are_held_to_their_form() {
    assert_eq!(
        changed("memory: 1Gi", "memory: 1GB"),
        [
            "line 26, column 30: `spec.template.spec.containers[0].resources.limits.memory` must be an amount such as `512Mi`, `250m` or `1`"
        ]
    );
    assert_eq!(
        changed("containerPort: 3000", "containerPort: 65536"),
        ["line 19, column 30: `spec.template.spec.containers[0].ports[0].containerPort` must be between 1 and 65535"]
    );
    assert_eq!(
        changed("replicas: 2", "replicas: 99999999999"),
        ["line 8, column 13: `spec.replicas` must be between -2147483648 and 2147483647"]
    );
    assert_eq!(
        changed("      volumes:", "      restartPolicy: always\n      volumes:"),
        [
            "line 29, column 22: `spec.template.spec.restartPolicy` must be one of `Always`, `Never`, `OnFailure`; did you mean `Always`"
        ]
    );
}

#[test]
fn a_port_may_be_a_name_or_a_number_and_nothing_else() {
    assert_eq!(changed("port: http}", "port: 3000}"), [""; 0]);
    assert_eq!(changed("port: http}", "port: [http]}").len(), 1);
}

#[test]
fn names_are_dns_names() {
    assert_eq!(
        changed("  name: web\n  creation", "  name: Web_1\n  creation"),
        [
            "line 4, column 9: `metadata.name` must be a name of lower-case letters, digits and `-`, such as `my-service`"
        ]
    );
    assert_eq!(
        changed("labels: {app.kubernetes.io/name: web}", "labels: {app: a b}"),
        ["line 6, column 17: `metadata.labels.app` must be a label: up to 63 letters, digits, `-`, `_` and `.`"]
    );
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: \"system:reader\"}\n";
    assert_eq!(refused(role), [""; 0]);
}

#[test]
fn a_key_read_as_a_boolean_is_told() {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  on: \"1\"\n  8080: \"2\"\n";
    assert_eq!(refused(map), ["line 5, column 3: Kubernetes reads the key `on` as `true`; put it in quotes"]);
}

#[test]
fn secrets_hold_base64() {
    let secret = |value: &str| format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\ndata:\n  KEY: {value}\n");
    assert_eq!(refused(&secret("YWJj")), [""; 0]);
    assert_eq!(refused(&secret("abc!")), ["line 5, column 8: `data.KEY` must be base64"]);
}

#[test]
fn kinds_that_do_not_exist_are_told() {
    let kind = |version: &str, kind: &str| {
        refused(&format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{}}\n"))
    };
    assert_eq!(
        kind("apps/v1", "Deploymet"),
        ["line 2, column 7: `apps/v1` has no kind `Deploymet`; did you mean `Deployment`"]
    );
    assert_eq!(
        kind("v1", "Deployment"),
        ["line 2, column 7: `v1` has no kind `Deployment`; did you mean `apiVersion: apps/v1`"]
    );
    assert_eq!(kind("v1", "Pot"), ["line 2, column 7: `v1` has no kind `Pot`; did you mean `Pod`"]);
    assert_eq!(kind("batch/v1", "Cake"), ["line 2, column 7: `batch/v1` has no kind `Cake`"]);
    assert_eq!(
        kind("policy/v1beta1", "PodDisruptionBudget"),
        [
            "line 2, column 7: `PodDisruptionBudget` of `policy/v1beta1` is gone since Kubernetes 1.25; write `policy/v1`"
        ]
    );
}

#[test]
fn kinds_without_a_schema_are_a_note() {
    for (version, kind) in [
        ("traefik.io/v1alpha1", "Middleware"),
        ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
        ("serving.knative.dev/v1", "Service"),
        ("v1", "Endpoints"),
        ("argoproj.io/v1alpha1", "AppProject"),
    ] {
        let problems = validate(&format!("apiVersion: {version}\nkind: {kind}\nanything: 1\n"));
        assert_eq!(problems.len(), 1, "{kind}");
        assert!(!problems[0].cause.is_fault(), "{kind}: {problems:?}");
    }
}

#[test]
fn a_text_without_a_kind_is_told() {
    assert_eq!(refused("kind: Pod\n"), ["line 1, column 1: the manifest has no `apiVersion`"]);
    assert_eq!(refused("apiVersion: v1\n"), ["line 1, column 1: the manifest has no `kind`"]);
    assert_eq!(refused("- a\n"), ["line 1, column 1: the manifest has no `apiVersion`"]);
}

#[test]
fn keys_that_stand_twice_and_broken_texts_are_told_among_the_rest() {
    let refused = refused(&DEPLOYMENT.replace("  replicas: 2\n", "  replicas: 2\n  replicas: 3\n  replica: 1\n"));
    assert_eq!(
        refused,
        [
            "line 9, column 3: the key `replicas` stands here a second time, first on line 8; keep one",
            "line 10, column 3: there is no field `spec.replica`; did you mean `replicas`"
        ]
    );
    assert_eq!(validate("a: [").len(), 1);
}

#[test]
fn items_of_a_list_are_looked_at() {
    let list = "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Namespace\n    metadata: {name: A}\n";
    assert_eq!(refused(list).len(), 1);
}

#[test]
fn charts_and_kustomizations_are_known() {
    let chart = "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: argocd, namespace: kube-system}\nspec:\n  repo: https://argoproj.github.io/argo-helm\n  chart: argo-cd\n  version: 9.1.0\n  targetNamespace: argocd\n  createNamespace: true\n  valuesContent: |\n    dex: {enabled: false}\n";
    assert_eq!(refused(chart), [""; 0]);
    assert_eq!(
        refused(&chart.replace("targetNamespace", "targetNamespaces")),
        ["line 8, column 3: there is no field `spec.targetNamespaces`; did you mean `targetNamespace`"]
    );
    let kustomization = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: yomu\nresources: [deployment.yaml]\nimages:\n  - name: ghcr.io/a/b\n    digest: sha256:0\n";
    assert_eq!(refused(kustomization), [""; 0]);
    assert_eq!(
        refused(&kustomization.replace("resources", "resource")),
        ["line 4, column 1: there is no field `resource`; did you mean `resources`"]
    );
}

#[test]
fn an_application_is_known() {
    let application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: https://github.com/a/b, path: k8s/a, targetRevision: HEAD}\n  destination: {server: https://kubernetes.default.svc, namespace: a}\n  syncPolicy:\n    automated: {prune: true, selfHeal: true}\n    syncOptions: [CreateNamespace=true]\n    retry: {limit: 5, backoff: {duration: 5s, factor: 2, maxDuration: 3m}}\n";
    assert_eq!(refused(application), [""; 0]);
    assert_eq!(
        refused(&application.replace("selfHeal", "selfHeals")),
        ["line 9, column 30: there is no field `spec.syncPolicy.automated.selfHeals`; did you mean `selfHeal`"]
    );
    assert_eq!(refused(&application.replace("  project: default\n", "")).len(), 1);
}

#[test]
fn removals_are_known_by_version() {
    assert_eq!(removal("batch/v1beta1", "CronJob"), Some(Removal { minor: 25, instead: "write `batch/v1`" }));
    assert_eq!(removal("batch/v1", "CronJob"), None);
    assert_eq!(removal("extensions/v1beta1", "Deployment").map(|removal| removal.minor), Some(16));
}

#[test]
fn values_are_never_told() {
    let text =
        DEPLOYMENT.replace("value: \"3000\"", "value: 271828182845").replace("memory: 1Gi", "memory: hunter2hunter2");
    for problem in validate(&text) {
        assert!(!problem.to_string().contains("271828") && !problem.to_string().contains("hunter2"), "{problem}");
        assert!(matches!(problem.cause, Cause::WrongType { .. } | Cause::Malformed { .. }));
    }
}

mod any_text {
    use proptest::prelude::*;

    use super::{DEPLOYMENT, validate};

    proptest! {
        /// A manifest with a stretch of it replaced by something else.
        #[test]
        fn never_panics(from in 0..DEPLOYMENT.len(), length in 0usize..40, with in "\\PC{0,12}") {
            let end = (from + length).min(DEPLOYMENT.len());
            validate(&format!("{}{with}{}", &DEPLOYMENT[..from], &DEPLOYMENT[end..]));
        }
    }
}
