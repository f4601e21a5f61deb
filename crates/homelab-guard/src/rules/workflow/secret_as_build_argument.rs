//! Secrets as `--build-arg`.

use super::{expressions, scripted, steps};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/secret-as-build-argument",
    severity: Severity::Error,
    title: "a secret is given to a build as an argument",
    reason: "The values of build arguments stay in the image's history and in the attestations that are pushed beside it.",
    fix: "Use `secrets:` of the action, or `--secret id=…`, and `RUN --mount=type=secret` in the Dockerfile.",
    fires: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          build-args: |\n            VERSION=1\n            NPM_TOKEN=${{ secrets.NPM_TOKEN }}\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: docker build --build-arg T=${{ secrets.T }} .\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - env: {T: '${{ secrets.T }}'}\n        run: docker buildx build --build-arg T=$T .\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          build-args: VERSION=${{ github.sha }}\n          secrets: npm=${{ secrets.NPM_TOKEN }}\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - env: {T: '${{ secrets.T }}'}\n        run: docker build --secret id=t,env=T --build-arg V=1 .\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for at in steps(tree) {
        if let Some(arguments) = at.step.input("build-args") {
            for expression in expressions(&arguments.text) {
                for name in expression.secrets() {
                    let place = arguments.place_of(&expression.at);
                    report.add(at.workflow.location(place), format!("secret `{name}` becomes a build argument"));
                }
            }
        }
        for (run, command) in scripted(&at).filter(|(_, command)| command.has("build")) {
            for pair in command.words.windows(2).filter(|pair| pair[0].text == "--build-arg") {
                let argument = crate::shell::ShellCommand { words: vec![pair[1].clone()], is_piped: false };
                if let Some((name, place)) = at.secret_in(&argument) {
                    report.add(
                        at.workflow.location(run.place_of(&place)),
                        format!("secret `{name}` becomes a build argument"),
                    );
                }
            }
        }
    }
}
