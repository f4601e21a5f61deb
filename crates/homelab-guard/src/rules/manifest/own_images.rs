//! Which images this repository builds itself.

use std::collections::BTreeSet;

use crate::manifest::{ImageName, Manifests};
use crate::yaml::Node;

/// The images that belong to the owner of this repository.
pub(super) struct OwnImages {
    owners: BTreeSet<String>,
    repositories: BTreeSet<String>,
}

impl OwnImages {
    /// The owner is known from the repository that an Application names. Where there is none, images of GitHub's registry that a
    /// kustomization changes are taken for own ones: that is where a workflow writes digests.
    pub(super) fn of(manifests: &Manifests) -> Self {
        let addresses = manifests.applications().flat_map(|application| {
            let single = application.get(&["spec", "source", "repoURL"]);
            let several = application.get(&["spec", "sources"]).map_or(&[][..], Node::items);
            single.into_iter().chain(several.iter().filter_map(|source| source.child("repoURL")))
        });
        let owners = addresses.filter_map(Node::as_str).filter_map(github_owner).collect();
        let changed = manifests.kustomizations.iter().flat_map(|kustomization| kustomization.list("images"));
        let names = changed.filter_map(|change| change.child("newName").or_else(|| change.child("name"))?.as_str());
        let repositories = names.filter(|name| name.starts_with("ghcr.io/")).map(str::to_owned).collect();
        Self { owners, repositories }
    }

    /// Whether an image is one of them.
    pub(super) fn contains(&self, image: &ImageName) -> bool {
        if self.owners.is_empty() {
            return self.repositories.contains(&image.repository);
        }
        image.ghcr_owner().is_some_and(|owner| self.owners.contains(&owner))
    }
}

/// The owner in `https://github.com/owner/name` or `git@github.com:owner/name`.
fn github_owner(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("github.com")?;
    let owner = rest.trim_start_matches(['/', ':']).split('/').next()?;
    (!owner.is_empty()).then(|| owner.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::github_owner;

    #[test]
    fn the_owner_is_taken_from_the_address() {
        for address in ["https://github.com/Me/web", "git@github.com:me/web.git", "ssh://git@github.com/me/web"] {
            assert_eq!(github_owner(address).as_deref(), Some("me"), "{address}");
        }
        for address in ["https://gitlab.com/me/web", "https://github.com", ""] {
            assert_eq!(github_owner(address), None, "{address}");
        }
    }
}
