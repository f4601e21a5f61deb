//! A personal token where the built-in one does.

use super::{expressions, steps};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/secret-not-needed",
    severity: Severity::Note,
    title: "a token of your own for GitHub's registry",
    reason: "The built-in token can push to GHCR, lives for one run and needs no care; a personal one can do more and lives for months.",
    fix: "Use `${{ secrets.GITHUB_TOKEN }}` with `packages: write` in the job.",
    fires: &[Example {
        files: &[(
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/login-action@v3\n        with:\n          registry: ghcr.io\n          password: ${{ secrets.GHCR_PAT }}\n",
        )],
    }],
    silent: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/login-action@v3\n        with:\n          registry: ghcr.io\n          password: ${{ secrets.GITHUB_TOKEN }}\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/login-action@v3\n        with:\n          registry: registry.example.org\n          password: ${{ secrets.REGISTRY_PASSWORD }}\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for at in steps(tree).filter(|at| at.step.uses_action("docker/login-action")) {
        let is_github = at.step.input("registry").is_some_and(|registry| registry.text.trim() == "ghcr.io");
        let Some(password) = at.step.input("password").filter(|_| is_github) else { continue };
        let other = expressions(&password.text).flat_map(|found| found.secrets()).find(|name| name != "GITHUB_TOKEN");
        if let Some(name) = other {
            report.add(at.workflow.location(password.place), format!("`{name}` could be the built-in token"));
        }
    }
}
