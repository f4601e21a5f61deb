//! Secrets typed into a workflow.

use super::{scripted, steps};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::rules::typed_secrets::typed_secret;
use crate::secret_names::{gives_away, url_host};
use crate::secrets::{is_common, is_local};
use crate::tree::FileTree;
use crate::workflow::{Text, Workflow};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/secret-typed",
    severity: Severity::Error,
    title: "a secret is typed into a workflow",
    reason: "Workflows are files of the repository, and whoever may read it may use the secret.",
    fix: "Replace the secret, keep the new one in the repository's secrets, and name it: `${{ secrets.NAME }}`.",
    fires: &[
        Example { files: &[(".github/workflows/a.yml", "on: push\nenv:\n  DB_PASS: hun‖ter2x\njobs: {}\n")] },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: curl -u me:hun‖ter2x https://example.org\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/login-action@v3\n        with:\n          password: hun‖ter2x\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    env:\n      PGPASSWORD: postgres\n      DATABASE_URL: postgres://postgres:post‖gres@localhost:5432/test\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\nenv:\n  DB_PASS: ${{ secrets.DB_PASS }}\njobs:\n  a:\n    steps:\n      - run: curl -u \"me:$DB_PASS\" https://example.org\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/cache@v5\n        with:\n          key: cargo-${{ hashFiles('Cargo.lock') }}\n          restore-keys: cargo-\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

/// Inputs that carry what a person logs in with. `key` is the name of a cache more often than not.
const INPUTS: &[&str] = &["password", "token", "api-key", "github-token", "secret", "access-token"];

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for workflow in tree.workflows() {
        let of_jobs = workflow.jobs.iter().flat_map(|job| &job.variables);
        let of_steps = workflow.steps().flat_map(|(_, step)| &step.variables);
        workflow.variables.iter().chain(of_jobs).chain(of_steps).for_each(|pair| judge(workflow, pair, report));
    }
    for at in steps(tree) {
        let inputs = at.step.inputs.iter().filter(|(name, _)| INPUTS.contains(&name.as_str()));
        inputs.for_each(|pair| judge(at.workflow, pair, report));
        for (run, command) in scripted(&at) {
            if let Some((place, message)) = typed_secret(&command) {
                report.add(at.workflow.location(run.place_of(&place)), message);
            }
        }
    }
}

fn judge(workflow: &Workflow, (name, value): &(String, Text), report: &mut Report<'_>) {
    // What everybody tries first, and a database that lives as long as the job, are told as warnings by rules of their own.
    let is_local = url_host(&value.text).is_some_and(|host| is_local(host.as_bytes()));
    if gives_away(name, &value.text) && !is_local && !is_common(value.text.as_bytes()) {
        report.add(workflow.location(value.place), format!("the value of `{name}` is typed into the workflow"));
    }
}
