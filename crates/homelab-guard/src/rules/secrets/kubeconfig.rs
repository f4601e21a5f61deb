//! The client's key in a kubeconfig.

use crate::rule::{Check, Example, Rule, Severity};

/// Credentials in a kubeconfig.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/kubeconfig",
    severity: Severity::Error,
    title: "credentials in a kubeconfig",
    reason: "They are those of an administrator more often than not: everything in the cluster, Secrets included.",
    fix: "Remove the file from the repository and rotate the client certificate; for K3s that is `k3s certificate rotate`.",
    fires: &[Example {
        files: &[(
            "kubeconfig.yaml",
            "users:\n- name: default\n  user:\n    client-key-data: LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0tCk1IY0NBUUVFSUZ‖WY0IyblE4dExXNXhLegotLS0tLUVORCBFQyBQUklWQVRFIEtFWS0tLS0tCg==\n",
        )],
    }],
    silent: &[Example {
        files: &[("kubeconfig.yaml", "users:\n- name: me\n  user:\n    exec:\n      command: kubelogin\n")],
    }],
    check: Check::Content,
};
