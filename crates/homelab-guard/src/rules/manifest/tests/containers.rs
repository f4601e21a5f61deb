//! What is told about pods and their containers.

use super::{changed, check};

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
