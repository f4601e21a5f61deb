//! `data` and `stringData` of Kubernetes Secrets.

use crate::rule::{Check, Example, Rule, Severity};

/// A value in the manifest of a Secret.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/kubernetes-secret",
    severity: Severity::Error,
    title: "a value in the manifest of a Secret",
    reason: "base64 is no encryption: `kubectl` and everybody else read it without a key.",
    fix: "Make the Secret with `homelab service secrets` or `kubectl create secret`, and keep only `secret.yaml.example` in git; or encrypt the file with SOPS or as a SealedSecret.",
    fires: &[Example {
        files: &[(
            "k8s/secret.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: aHVudGVyMi1‖Gb3JldmVy\n",
        )],
    }],
    silent: &[
        Example {
            files: &[(
                "k8s/secret.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: ENC[AES256_GCM,data:7Xk9mQ==,iv:abc=,tag:def=,type:str]\n  token: changeme\n",
            )],
        },
        Example {
            files: &[(
                "k8s/sealed.yaml",
                "kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgB4xK2mQ8vLz7nWpRt3sYd6fGh1jKc5\n",
            )],
        },
    ],
    check: Check::Content,
};
