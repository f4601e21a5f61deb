//! A small web service as it should be, and what is told when one thing of it is changed.

use crate::finding::Finding;
use crate::rule::{Report, Severity};
use crate::tree::{Entry, FileTree, GitState, Kind};

use super::RULES;

mod containers;
mod infrastructure;
mod objects;

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
