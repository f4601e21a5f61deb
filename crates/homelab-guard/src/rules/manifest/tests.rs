//! A small web service as it should be, and what is told when one thing of it is changed.

use crate::finding::Finding;
use crate::rule::{Report, Severity};
use crate::tree::{Entry, FileTree, GitState, Kind};

use super::RULES;

const APPLICATION: &str = "\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: notes
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://github.com/someone/notes
    targetRevision: main
    path: k8s/notes
  destination:
    server: https://kubernetes.default.svc
    namespace: notes
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - CreateNamespace=true
    retry:
      limit: 5
";

const KUSTOMIZATION: &str = "\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: notes
resources:
  - deployment.yaml
  - service.yaml
  - ingress.yaml
  - configmap.yaml
  - serviceaccount.yaml
  - networkpolicy.yaml
  - poddisruptionbudget.yaml
  - backup.yaml
images:
  - name: ghcr.io/someone/notes
    digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
";

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: notes
  labels:
    app.kubernetes.io/name: notes
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: notes
  template:
    metadata:
      labels:
        app.kubernetes.io/name: notes
    spec:
      serviceAccountName: notes
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: notes
          image: ghcr.io/someone/notes
          ports:
            - name: http
              containerPort: 3000
          envFrom:
            - configMapRef:
                name: notes-config
          env:
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: notes-secrets
                  key: DATABASE_URL
            - name: SESSION_SECRET
              valueFrom:
                secretKeyRef:
                  name: notes-secrets
                  key: SESSION_SECRET
            - name: LOG_LEVEL
              value: info
          resources:
            requests:
              cpu: 50m
              memory: 128Mi
            limits:
              memory: 256Mi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          readinessProbe:
            httpGet:
              path: /readyz
              port: http
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir: {}
";

const SERVICE: &str = "\
apiVersion: v1
kind: Service
metadata:
  name: notes
spec:
  selector:
    app.kubernetes.io/name: notes
  ports:
    - name: http
      port: 80
      targetPort: http
";

const INGRESS: &str = "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: notes
spec:
  ingressClassName: traefik
  rules:
    - host: notes.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: notes
                port:
                  name: http
";

const CONFIG_MAP: &str = "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: notes-config
data:
  BASE_URL: https://notes.example.com
  PORT: \"3000\"
";

const SERVICE_ACCOUNT: &str = "\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: notes
automountServiceAccountToken: false
";

const NETWORK_POLICY: &str = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: notes
spec:
  podSelector:
    matchExpressions:
      - {key: app.kubernetes.io/name, operator: In, values: [notes, notes-backup]}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
      ports:
        - port: http
";

const BUDGET: &str = "\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: notes
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: notes
";

const BACKUP: &str = "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: notes-backup
spec:
  schedule: \"17 3 * * *\"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        metadata:
          labels:
            app.kubernetes.io/name: notes-backup
        spec:
          restartPolicy: OnFailure
          serviceAccountName: notes
          automountServiceAccountToken: false
          securityContext:
            runAsNonRoot: true
            seccompProfile: {type: RuntimeDefault}
          containers:
            - name: dump
              image: postgres:18.1
              command: [sh, -c, \"pg_dump \\\"$DATABASE_URL\\\" > /backup/notes.sql\"]
              env:
                - name: DATABASE_URL
                  valueFrom: {secretKeyRef: {name: notes-secrets, key: DATABASE_URL}}
              resources:
                requests: {cpu: 10m, memory: 64Mi}
                limits: {memory: 128Mi}
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities: {drop: [ALL]}
              volumeMounts: [{name: backup, mountPath: /backup}]
          volumes:
            - name: backup
              persistentVolumeClaim: {claimName: backup}
";

const SECRET_EXAMPLE: &str = "\
# kubectl apply -f secret.yaml, which git ignores
apiVersion: v1
kind: Secret
metadata:
  name: notes-secrets
  namespace: notes
type: Opaque
stringData:
  DATABASE_URL: postgresql://notes:<password>@postgres.shared:5432/notes
  SESSION_SECRET: <32 random bytes>
";

const FILES: &[(&str, &str)] = &[
    ("k8s/argocd/application.yaml", APPLICATION),
    ("k8s/notes/kustomization.yaml", KUSTOMIZATION),
    ("k8s/notes/deployment.yaml", DEPLOYMENT),
    ("k8s/notes/service.yaml", SERVICE),
    ("k8s/notes/ingress.yaml", INGRESS),
    ("k8s/notes/configmap.yaml", CONFIG_MAP),
    ("k8s/notes/serviceaccount.yaml", SERVICE_ACCOUNT),
    ("k8s/notes/networkpolicy.yaml", NETWORK_POLICY),
    ("k8s/notes/poddisruptionbudget.yaml", BUDGET),
    ("k8s/notes/backup.yaml", BACKUP),
    ("k8s/notes/secret.yaml.example", SECRET_EXAMPLE),
    ("compose.yaml", "services: {notes: {image: notes, environment: {apiVersion: x}}}\n"),
    (".github/workflows/build.yml", "on: {push: {branches: [main]}}\njobs: {}\n"),
];

fn tree(files: &[(&str, String)]) -> FileTree {
    let mut tree = FileTree::default();
    for (path, content) in files {
        let bytes = FileTree::wants(path).then(|| content.replace('‖', "").into_bytes().into());
        tree.insert(*path, Entry { kind: Kind::File, size: content.len() as u64, git: GitState::Tracked, bytes });
    }
    tree
}

fn findings(tree: &FileTree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        if let crate::rule::Check::Tree(check) = rule.check {
            check(tree, &mut Report::new(rule, &mut findings));
        }
    }
    findings
}

/// What is told about the service: rule, file and line, message.
fn told(files: &[(&str, String)]) -> Vec<String> {
    let found = findings(&tree(files));
    let sentences = found.iter().map(|finding| {
        let location = &finding.location;
        let file = location.path.rsplit('/').next().unwrap_or_default();
        format!("{} {file}:{} {}", finding.rule.id.trim_start_matches("manifest/"), location.line, finding.message)
    });
    sentences.collect()
}

/// What is told when `from` becomes `to` in one file of the service.
#[track_caller]
fn changed(file: &str, from: &str, to: &str) -> Vec<String> {
    let mut files: Vec<(&str, String)> = FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    let (_, text) = files.iter_mut().find(|(path, _)| path.ends_with(file)).expect("the file");
    assert_eq!(text.matches(from).count(), 1, "{from:?} in {file}");
    *text = text.replace(from, to);
    told(&files)
}

/// One change, one finding.
#[track_caller]
fn check(file: &str, from: &str, to: &str, expected: &str) {
    assert_eq!(changed(file, from, to), [expected]);
}

#[test]
fn a_good_service_is_told_nothing() {
    let files: Vec<(&str, String)> = FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    assert_eq!(told(&files), [""; 0]);
}

#[test]
fn a_good_service_without_a_kustomization_is_told_nothing() {
    let files = FILES.iter().filter(|(path, _)| !path.ends_with("kustomization.yaml"));
    let digest = "image: ghcr.io/someone/notes@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    let files: Vec<_> =
        files.map(|(path, text)| (*path, text.replace("image: ghcr.io/someone/notes", digest))).collect();
    assert_eq!(told(&files), [""; 0]);
}

#[test]
fn rights_of_containers() {
    let file = "deployment.yaml";
    check(
        file,
        "allowPrivilegeEscalation: false",
        "allowPrivilegeEscalation: true",
        "privilege-escalation deployment.yaml:53 container `notes` of Deployment `notes` does not set `allowPrivilegeEscalation: false`",
    );
    check(
        file,
        "            allowPrivilegeEscalation: false\n",
        "",
        "privilege-escalation deployment.yaml:53 container `notes` of Deployment `notes` does not set `allowPrivilegeEscalation: false`",
    );
    check(
        file,
        "            allowPrivilegeEscalation: false\n",
        "            allowPrivilegeEscalation: false\n            privileged: true\n",
        "privileged deployment.yaml:54 container `notes` of Deployment `notes` is privileged",
    );
    check(
        file,
        "            readOnlyRootFilesystem: true\n",
        "",
        "writable-root deployment.yaml:53 container `notes` of Deployment `notes` does not set `readOnlyRootFilesystem: true`",
    );
    check(
        file,
        "drop: [ALL]",
        "drop: [NET_RAW]",
        "capabilities deployment.yaml:56 container `notes` of Deployment `notes` does not drop all capabilities",
    );
    check(
        file,
        "drop: [ALL]",
        "drop: [ALL]\n              add: [NET_ADMIN]",
        "capabilities deployment.yaml:57 container `notes` of Deployment `notes` adds the capability `NET_ADMIN`",
    );
    check(
        file,
        "            capabilities:\n",
        "            procMount: Unmasked\n            capabilities:\n",
        "proc-mount deployment.yaml:55 container `notes` of Deployment `notes` unmasks `/proc`",
    );
    check(
        file,
        "          securityContext:\n            allowPrivilegeEscalation: false\n            readOnlyRootFilesystem: true\n            capabilities:\n              drop: [ALL]\n",
        "",
        "security-context deployment.yaml:25 container `notes` of Deployment `notes` has no `securityContext`",
    );
}

#[test]
fn rights_of_pods() {
    let file = "deployment.yaml";
    check(
        file,
        "        runAsNonRoot: true\n",
        "",
        "runs-as-root deployment.yaml:24 container `notes` of Deployment `notes` does not set `runAsNonRoot: true`",
    );
    check(
        file,
        "runAsUser: 10001",
        "runAsUser: 0",
        "runs-as-root deployment.yaml:21 container `notes` of Deployment `notes` runs as user 0",
    );
    check(
        file,
        "type: RuntimeDefault",
        "type: Unconfined",
        "seccomp deployment.yaml:23 container `notes` of Deployment `notes` does not set `seccompProfile: {type: RuntimeDefault}`",
    );
    check(
        file,
        "      automountServiceAccountToken: false\n",
        "      automountServiceAccountToken: false\n      hostNetwork: true\n",
        "host-namespace deployment.yaml:19 Deployment `notes` sets `hostNetwork: true`",
    );
    check(
        file,
        "emptyDir: {}",
        "hostPath: {path: /var/run/docker.sock}",
        "host-path deployment.yaml:70 Deployment `notes` mounts the socket `/var/run/docker.sock` of its node",
    );
    check(
        file,
        "containerPort: 3000",
        "containerPort: 3000\n              hostPort: 80",
        "host-port deployment.yaml:30 container `notes` of Deployment `notes` takes a port of its node",
    );
    check(
        file,
        "runAsUser: 10001",
        "sysctls: [{name: kernel.sem, value: \"1\"}]",
        "unsafe-sysctl deployment.yaml:21 Deployment `notes` changes `kernel.sem`, which is not kept apart for each pod",
    );
}

#[test]
fn accounts() {
    let file = "deployment.yaml";
    assert_eq!(changed(file, "      automountServiceAccountToken: false\n", ""), [""; 0], "the ServiceAccount says it");
    check(
        file,
        "automountServiceAccountToken: false",
        "automountServiceAccountToken: true",
        "service-account-token deployment.yaml:18 Deployment `notes` gets a token for the cluster's API and has no role there",
    );
    check(
        file,
        "      serviceAccountName: notes\n",
        "",
        "default-service-account deployment.yaml:17 Deployment `notes` uses the default service account",
    );
    check(
        file,
        "serviceAccountName: notes",
        "serviceAccountName: note",
        "unknown-service-account deployment.yaml:17 Deployment `notes` uses the service account `note`, which is in none of its manifests",
    );
}

#[test]
fn resources_and_images() {
    let file = "deployment.yaml";
    check(
        file,
        "            limits:\n              memory: 256Mi\n",
        "",
        "memory deployment.yaml:47 container `notes` of Deployment `notes` has no memory limit",
    );
    check(
        file,
        "              memory: 128Mi\n",
        "",
        "memory deployment.yaml:47 container `notes` of Deployment `notes` has no memory request",
    );
    check(
        file,
        "              cpu: 50m\n",
        "",
        "cpu-request deployment.yaml:47 container `notes` of Deployment `notes` has no CPU request",
    );
    check(
        "backup.yaml",
        "postgres:18.1",
        "postgres",
        "image-tag backup.yaml:23 container `dump` of CronJob `notes-backup` has an image with no tag: `postgres`",
    );
    check(
        "backup.yaml",
        "postgres:18.1",
        "postgres:latest",
        "image-tag backup.yaml:23 container `dump` of CronJob `notes-backup` has an image with the tag `latest`: `postgres`",
    );
    check(
        "kustomization.yaml",
        "    digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
        "    newTag: v1\n",
        "image-digest deployment.yaml:26 container `notes` of Deployment `notes` has an image of your own with no digest: `ghcr.io/someone/notes`",
    );
}

#[test]
fn probes() {
    let file = "deployment.yaml";
    check(
        file,
        "          readinessProbe:\n            httpGet:\n              path: /readyz\n              port: http\n",
        "",
        "readiness-probe deployment.yaml:25 container `notes` of Deployment `notes` has no `readinessProbe`",
    );
    check(
        file,
        "          livenessProbe:\n            httpGet:\n              path: /healthz\n              port: http\n",
        "",
        "liveness-probe deployment.yaml:25 container `notes` of Deployment `notes` has no `livenessProbe`",
    );
    check(
        file,
        "path: /healthz\n              port: http",
        "path: /healthz\n              port: 8080",
        "probe-port deployment.yaml:64 the `livenessProbe` of container `notes` of Deployment `notes` asks port `8080`, which is none of its ports",
    );
}

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

#[test]
fn severities_are_the_adopted_ones() {
    let of = |severity| {
        let ids =
            RULES.iter().filter(|rule| rule.severity == severity).map(|rule| rule.id.trim_start_matches("manifest/"));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(
        of(Severity::Warning),
        ["default-service-account", "liveness-probe", "network-policy", "job-ttl", "unlisted-manifest"]
    );
    assert_eq!(of(Severity::Note), ["no-schema", "template"]);
}

mod any_text {
    use proptest::prelude::*;

    use super::{FILES, findings, tree};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// The service with a stretch of one file replaced by something else.
        #[test]
        fn never_panics(file in 0..FILES.len(), from in 0usize..2000, length in 0usize..60, with in "(\\PC|\\n| {2}){0,20}") {
            let mut files: Vec<(&str, String)> = FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
            let text = &files[file].1;
            let (from, to) = (from.min(text.len()), (from + length).min(text.len()));
            files[file].1 = format!("{}{with}{}", &text[..from], &text[to..]);
            findings(&tree(&files));
        }
    }
}
