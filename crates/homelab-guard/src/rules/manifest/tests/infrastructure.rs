//! An infrastructure repository as it should be, and what is told when one thing of it is changed.

use super::told;

const ARGO_CD: &str = "\
apiVersion: v1
kind: Namespace
metadata:
  name: argocd
---
apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata:
  name: argocd
  namespace: kube-system
spec:
  repo: https://argoproj.github.io/argo-helm
  chart: argo-cd
  version: 9.1.4
  targetNamespace: argocd
  valuesContent: |
    dex:
      enabled: false
    configs:
      params:
        server.insecure: true
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: argocd-server
  namespace: argocd
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: argocd-server
  policyTypes: [Ingress]
";

const POSTGRES: &str = "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: postgres
  namespace: shared
spec:
  serviceName: postgres
  replicas: 1
  selector:
    matchLabels: {app.kubernetes.io/name: postgres}
  template:
    metadata:
      labels: {app.kubernetes.io/name: postgres}
    spec:
      serviceAccountName: postgres
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 999
        fsGroup: 999
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: postgres
          image: postgres:18.1
          args: [-c, shared_buffers=128MB]
          ports: [{name: postgres, containerPort: 5432}]
          env:
            - name: POSTGRES_PASSWORD_FILE
              value: /run/secrets/postgres/password
            - name: PGDATA
              value: /var/lib/postgresql/data/18
          resources:
            requests: {cpu: 100m, memory: 384Mi}
            limits: {memory: 512Mi}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
          readinessProbe:
            exec: {command: [pg_isready, -U, postgres]}
          livenessProbe:
            tcpSocket: {port: postgres}
          volumeMounts:
            - {name: data, mountPath: /var/lib/postgresql/data}
            - {name: password, mountPath: /run/secrets/postgres, readOnly: true}
            - {name: run, mountPath: /var/run/postgresql}
      volumes:
        - name: password
          secret:
            secretName: postgres-admin
            items: [{key: password, path: password}]
        - name: run
          emptyDir: {medium: Memory}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: local-path
        resources: {requests: {storage: 10Gi}}
---
apiVersion: v1
kind: Service
metadata:
  name: postgres
  namespace: shared
spec:
  clusterIP: None
  selector: {app.kubernetes.io/name: postgres}
  ports: [{name: postgres, port: 5432}]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: postgres
  namespace: shared
automountServiceAccountToken: false
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: postgres
  namespace: shared
spec:
  podSelector:
    matchLabels: {app.kubernetes.io/name: postgres}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: {homelab/postgres: \"true\"}
      ports: [{protocol: TCP, port: 5432}]
";

const ADMIN_EXAMPLE: &str = "\
apiVersion: v1
kind: Secret
metadata:
  name: postgres-admin
  namespace: shared
data:
  password: <base64 of a long password>
";

const FILES: &[(&str, &str)] = &[
    ("argocd/install.yaml", ARGO_CD),
    ("shared/postgres/postgres.yaml", POSTGRES),
    ("shared/postgres/secret.yaml.example", ADMIN_EXAMPLE),
];

#[track_caller]
fn changed(file: &str, from: &str, to: &str) -> Vec<String> {
    let mut files: Vec<(&str, String)> = FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    let (_, text) = files.iter_mut().find(|(path, _)| path.ends_with(file)).expect("the file");
    assert!(text.contains(from), "{from:?} in {file}");
    *text = text.replacen(from, to, 1);
    told(&files)
}

#[test]
fn a_good_infrastructure_is_told_nothing() {
    let files: Vec<(&str, String)> = FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    assert_eq!(told(&files), [""; 0]);
}

#[test]
fn one_change_is_one_finding() {
    for (file, from, to, expected) in [
        ("install.yaml", "9.1.4", "9.x", "chart-version install.yaml:14 HelmChart `argocd` has no exact `version`"),
        (
            "install.yaml",
            "targetNamespace",
            "targetNamspace",
            "schema install.yaml:15 there is no field `spec.targetNamspace`; did you mean `targetNamespace`",
        ),
        (
            "postgres.yaml",
            "10Gi",
            "10GB",
            "schema postgres.yaml:60 `spec.volumeClaimTemplates[0].spec.resources.requests.storage` must be an amount such as `512Mi`, `250m` or `1`",
        ),
        (
            "postgres.yaml",
            "{key: password,",
            "{key: passwort,",
            "missing-reference postgres.yaml:51 StatefulSet `postgres` needs the key `passwort` of the Secret `postgres-admin`, which has no such key",
        ),
        (
            "postgres.yaml",
            "{app.kubernetes.io/name: postgres}\n  ports",
            "{app: postgres}\n  ports",
            "dangling-selector postgres.yaml:69 Service `postgres` finds no pod in this folder's manifests",
        ),
        (
            "postgres.yaml",
            "port: postgres}",
            "port: pg}",
            "probe-port postgres.yaml:42 the `livenessProbe` of container `postgres` of StatefulSet `postgres` asks port `pg`, which is none of its ports",
        ),
        (
            "postgres.yaml",
            "  namespace: shared\nspec:\n  clusterIP",
            "spec:\n  clusterIP",
            "default-namespace postgres.yaml:65 Service `postgres` names no namespace, and no kustomization or Application does it instead",
        ),
    ] {
        assert_eq!(changed(file, from, to), [expected]);
    }
}

#[test]
fn an_application_does_not_belong_there() {
    let application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: shared/postgres}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n";
    let mut files: Vec<(&str, String)> = FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    files.push(("argocd/web.yaml", application.to_owned()));
    assert_eq!(
        told(&files),
        ["application-in-infrastructure web.yaml:2 Application `web` stands in the infrastructure repository"]
    );
}
