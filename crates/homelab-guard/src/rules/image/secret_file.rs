//! Files that no image should hold.

use crate::finding::{Location, Source};
use crate::image::Image;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_files;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "image/secret-file",
    severity: Severity::Error,
    title: "a file of secrets in a layer",
    reason: "A layer is an archive that anybody who may pull the image can open. A later layer that deletes the file changes nothing about that.",
    fix: "Replace what the file held. Build the image so that the file never gets into any layer.",
    fires: &[
        Example { files: &[("0/app/.env", "A=1\n")] },
        Example { files: &[("0/root/.docker/config.json", "{}"), ("1/root/.docker/.wh.config.json", "")] },
        Example { files: &[("0/etc/ssh/ssh_host_ed25519_key", "x")] },
        Example { files: &[("0/root/.bash_history", "x"), ("0/src/.git/config", "x")] },
    ],
    silent: &[
        Example {
            files: &[("0/etc/passwd", "x"), ("0/app/.env.example", "x"), ("0/etc/ssl/private/snakeoil.key", "x")],
        },
        Example { files: &[("0/app/node_modules/x/.env", "x"), ("0/usr/share/doc/y/.netrc", "x"), ("0/app/.env", "")] },
        Example { files: &[("0/var/lib/x.db", "x"), ("0/etc/ssh/ssh_host_rsa_key.pub", "x")] },
    ],
    check: Check::Image(check),
};

/// Folders of packages, whose examples and fixtures are everybody's.
const PACKAGES: &[&str] =
    &["node_modules/", "site-packages/", "dist-packages/", "usr/share/", "usr/lib/", "usr/local/lib/", "vendor/"];

fn check(image: &Image, report: &mut Report<'_>) {
    for file in image.files() {
        let is_of_a_package =
            PACKAGES.iter().any(|folder| file.path.starts_with(folder) || file.path.contains(&format!("/{folder}")));
        // An empty file at such a place is there to be mounted over.
        if is_of_a_package || file.file.size == 0 {
            continue;
        }
        let Some(secret) = secret_files::secret_file(file.path).filter(|secret| secret.is_certain) else { continue };
        let layer = image.layers[file.layer].name.clone();
        let source = Source::Layer { layer, deleted_later: file.is_deleted_later };
        let later =
            if file.is_deleted_later { "; a later layer deletes it, and everybody can still read it here" } else { "" };
        let location = Location { source, ..Location::file(file.path) };
        report.add(location, format!("`{}` is {}{later}", file.path, secret.what));
    }
}
