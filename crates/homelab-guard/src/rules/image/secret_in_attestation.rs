//! Build arguments in the provenance that is pushed beside an image.

use crate::finding::{Location, Source};
use crate::image::Image;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_names::{Named, is_placeholder, named};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "image/secret-in-attestation",
    severity: Severity::Error,
    title: "a secret build argument in the image's provenance",
    reason: "BuildKit writes build arguments into the attestation and pushes it beside the image, public as the image is.",
    fix: "Replace the secret, and give it to the next build by `RUN --mount=type=secret`.",
    fires: &[Example {
        files: &[(
            "attestation.json",
            r#"{"predicate":{"invocation":{"parameters":{"args":{"build-arg:NPM_TOKEN":"hun‖ter2x"}}}}}"#,
        )],
    }],
    silent: &[Example {
        files: &[(
            "attestation.json",
            r#"{"predicate":{"invocation":{"parameters":{"args":{"build-arg:VERSION":"1","build-arg:NPM_TOKEN":""}}}}}"#,
        )],
    }],
    check: Check::Image(check),
};

fn check(image: &Image, report: &mut Report<'_>) {
    for (name, value) in &image.attested_arguments {
        if named(name) != Named::Other && !is_placeholder(value) {
            let location = Location { source: Source::ImageConfig, ..Location::file("provenance attestation") };
            report.add(location, format!("the value of build argument `{name}` stands in the attestation"));
        }
    }
}
