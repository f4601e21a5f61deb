//! Tokens that let a machine join a cluster of K3s, Kubernetes or Swarm.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{BASE64URL, HEX, NAME, SMALL};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::Shape;

/// A token that joins a cluster.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/k3s-token",
    severity: Severity::Error,
    title: "a token that joins a cluster",
    reason: "With it any machine that reaches the API server becomes a node, gets pods and reads the Secrets that they mount.",
    fix: "Rotate it with `k3s token rotate` (or make a new one with `kubeadm token create`), and hand it over by a file that git does not see.",
    fires: &[Example {
        files: &[(
            "join.sh",
            "K3S_TOKEN=K106947ccf25ec84d8dbc74254770f58904‖dba41ecccc3fc1626e53a13043b026c4::server:8bbf33feff9243a8f506b40928b5b7a7\n",
        )],
    }],
    silent: &[Example { files: &[("docs.md", "The file holds `K10<hash>::server:<password>`.\n")] }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new(
        "a K3s token",
        "K10",
        &[Run(&HEX, 64, 64), Text("::"), Run(&NAME, 1, 64), Text(":"), Run(&BASE64URL, 8, 256)],
    ),
    Shape::new("a Docker Swarm token", "SWMTKN-1-", &[Run(&SMALL, 40, 60), Text("-"), Run(&SMALL, 20, 30)]),
];
