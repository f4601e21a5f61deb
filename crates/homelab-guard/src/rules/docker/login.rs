//! Logging in to somewhere while building.

use super::instructions;
use crate::dockerfile::Kind;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::shell::{self, ShellCommand};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/login",
    severity: Severity::Error,
    title: "a login without a secret mount",
    reason: "Such a command writes its token into the home folder, and with it into a layer of the image.",
    fix: "Give the credentials by `RUN --mount=type=secret`, to the one command that needs them; most tools read a token from a file or a variable without logging in.",
    fires: &[
        Example {
            files: &[("Dockerfile", "FROM a:1\nRUN docker login -u me --password-stdin ghcr.io < token\nUSER 1\n")],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN apk add x && aws configure set aws_secret_access_key $KEY\nUSER 1\n",
            )],
        },
        Example {
            files: &[("Dockerfile", "FROM a:1\nRUN npm config set //npm.pkg.github.com/:_authToken $T\nUSER 1\n")],
        },
    ],
    silent: &[
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN --mount=type=secret,id=aws,target=/root/.aws/credentials aws s3 cp s3://a b\nUSER 1\n",
            )],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN npm config set registry https://r && useradd login && gh --version\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for place in instructions(tree) {
        let Kind::Run(run) = &place.instruction.kind else { continue };
        if run.mounts.iter().any(|mount| mount.kind == "secret") {
            continue;
        }
        for script in run.scripts() {
            for command in shell::commands(&script.text).iter().filter(|command| logs_in(command)) {
                let at = script.in_file(&command.at());
                let message = format!("`{}` leaves its login in a layer of the image", command.program());
                report.add(place.file.location(place.path, &at), message);
            }
        }
    }
}

fn logs_in(command: &ShellCommand) -> bool {
    let words: Vec<&str> = command.arguments().iter().map(|word| word.text.as_str()).collect();
    let starts = |start: &[&str]| words.starts_with(start);
    let names_a_token = |words: &[&str]| {
        words.iter().any(|word| {
            let word = word.to_ascii_lowercase();
            ["_authtoken", "_auth", "_password", "secret_access_key", "http-basic", "github-oauth"]
                .iter()
                .any(|part| word.contains(part))
        })
    };
    match command.program() {
        "docker" | "podman" | "buildah" | "oras" | "crane" | "az" | "heroku" | "cargo" | "vault" | "doctl"
        | "flyctl" | "fly" => starts(&["login"]) || starts(&["auth", "login"]) || starts(&["acr", "login"]),
        "helm" => starts(&["registry", "login"]),
        "gh" => starts(&["auth", "login"]),
        "gcloud" => starts(&["auth", "activate-service-account"]) || starts(&["auth", "login"]),
        "npm" | "yarn" | "pnpm" => words.first() == Some(&"login") || (words.contains(&"set") && names_a_token(&words)),
        "aws" => starts(&["configure", "set"]) && names_a_token(&words),
        "composer" => words.contains(&"config") && names_a_token(&words),
        _ => false,
    }
}
