//! Caches that carry every stage to a registry.

use super::{scripted, steps};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/public-cache",
    severity: Severity::Warning,
    title: "all stages of the build are pushed as a cache",
    reason: "`mode=max` exports the layers of every stage, sources and build files included, to a registry that is as public as the image.",
    fix: "Keep the cache with GitHub (`type=gha`), or export the last stage only (`mode=min`).",
    fires: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          cache-to: type=registry,ref=ghcr.io/o/r:cache,mode=max\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: docker buildx build --cache-to type=registry,ref=x,mode=max .\n",
            )],
        },
    ],
    silent: &[Example {
        files: &[(
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          cache-to: type=gha,mode=max\n      - run: docker buildx build --cache-to type=registry,ref=x .\n",
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for at in steps(tree) {
        if let Some(cache) = at.step.input("cache-to").filter(|cache| cache.text.lines().any(is_public)) {
            report.add(at.workflow.location(cache.place), "this cache holds every stage of the build");
        }
        for (run, command) in scripted(&at) {
            if let Some(word) = command.words.iter().find(|word| is_public(&word.text) && command.has("build")) {
                report.add(at.workflow.location(run.place_of(&word.at)), "this cache holds every stage of the build");
            }
        }
    }
}

fn is_public(cache: &str) -> bool {
    cache.contains("type=registry") && cache.contains("mode=max")
}
