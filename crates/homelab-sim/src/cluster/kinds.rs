//! The kinds that the API server knows.

use crate::world::State;

/// A kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) api_version: String,
    pub(super) kind: String,
    pub(super) is_namespaced: bool,
}

/// Version, kind, plural, and whether it lives in namespaces. The first are Kubernetes' own; those of `helm.cattle.io` and
/// `k3s.cattle.io` come with K3s.
const BUILT_IN: &[(&str, &str, &str, bool)] = &[
    ("v1", "Namespace", "namespaces", false),
    ("v1", "Node", "nodes", false),
    ("v1", "Pod", "pods", true),
    ("v1", "Service", "services", true),
    ("v1", "ServiceAccount", "serviceaccounts", true),
    ("v1", "ConfigMap", "configmaps", true),
    ("v1", "Secret", "secrets", true),
    ("v1", "PersistentVolume", "persistentvolumes", false),
    ("v1", "PersistentVolumeClaim", "persistentvolumeclaims", true),
    ("v1", "LimitRange", "limitranges", true),
    ("v1", "ResourceQuota", "resourcequotas", true),
    ("apps/v1", "Deployment", "deployments", true),
    ("apps/v1", "StatefulSet", "statefulsets", true),
    ("apps/v1", "DaemonSet", "daemonsets", true),
    ("batch/v1", "Job", "jobs", true),
    ("batch/v1", "CronJob", "cronjobs", true),
    ("networking.k8s.io/v1", "Ingress", "ingresses", true),
    ("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", true),
    ("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", true),
    ("rbac.authorization.k8s.io/v1", "Role", "roles", true),
    ("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", true),
    ("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", false),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", false),
    ("helm.cattle.io/v1", "HelmChart", "helmcharts", true),
    ("helm.cattle.io/v1", "HelmChartConfig", "helmchartconfigs", true),
];

/// What Argo CD's chart brings.
const OF_ARGO_CD: &[(&str, &str, &str, bool)] = &[
    ("argoproj.io/v1alpha1", "Application", "applications", true),
    ("argoproj.io/v1alpha1", "AppProject", "appprojects", true),
];

/// All kinds with their plurals. Argo CD's are known once its chart is installed.
pub(super) fn all(state: &State) -> impl Iterator<Item = (&'static str, Kind)> {
    let extra = if state.cluster.has_argo_cd { OF_ARGO_CD } else { &[] };
    BUILT_IN.iter().chain(extra).map(|(api_version, kind, plural, is_namespaced)| {
        let kind =
            Kind { api_version: (*api_version).to_owned(), kind: (*kind).to_owned(), is_namespaced: *is_namespaced };
        (*plural, kind)
    })
}

/// The kind behind a version and a plural.
pub(super) fn by_plural(state: &State, api_version: &str, plural: &str) -> Option<Kind> {
    all(state).find(|(name, kind)| *name == plural && kind.api_version == api_version).map(|(_, kind)| kind)
}
