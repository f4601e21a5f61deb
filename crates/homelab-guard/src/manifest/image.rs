//! The name of a container image, taken apart.

/// The name of an image: `ghcr.io/owner/name:1.2@sha256:…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageName {
    /// With the registry, without tag and digest.
    pub repository: String,
    /// The tag.
    pub tag: Option<String>,
    /// The digest.
    pub digest: Option<String>,
}

impl ImageName {
    /// Takes a name apart. Whether such an image exists is another matter.
    pub fn parse(text: &str) -> Self {
        let (name, digest) = match text.split_once('@') {
            Some((name, digest)) => (name, Some(digest.to_owned())),
            None => (text, None),
        };
        // A colon before the last slash belongs to a registry's port.
        let last_part = name.rfind('/').map_or(0, |slash| slash + 1);
        let (repository, tag) = match name[last_part..].split_once(':') {
            Some((last, tag)) => (&name[..last_part + last.len()], Some(tag.to_owned())),
            None => (name, None),
        };
        Self { repository: repository.to_owned(), tag, digest }
    }

    /// The account that owns it, if it is on GitHub's registry; in lower case, as the registry has it.
    pub fn ghcr_owner(&self) -> Option<String> {
        let (owner, _) = self.repository.strip_prefix("ghcr.io/")?.split_once('/')?;
        Some(owner.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::ImageName;

    fn parts(text: &str) -> (String, Option<String>, Option<String>) {
        let ImageName { repository, tag, digest } = ImageName::parse(text);
        (repository, tag, digest)
    }

    #[test]
    fn names_are_taken_apart() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(parts("nginx"), ("nginx".into(), None, None));
        assert_eq!(parts("nginx:1.27"), ("nginx".into(), some("1.27"), None));
        assert_eq!(parts("localhost:5000/a/b"), ("localhost:5000/a/b".into(), None, None));
        assert_eq!(parts("localhost:5000/a/b:c"), ("localhost:5000/a/b".into(), some("c"), None));
        assert_eq!(parts("a/b:c@sha256:0"), ("a/b".into(), some("c"), some("sha256:0")));
        assert_eq!(parts(""), (String::new(), None, None));
    }

    #[test]
    fn owners_are_those_of_githubs_registry() {
        assert_eq!(ImageName::parse("ghcr.io/Someone/app").ghcr_owner().as_deref(), Some("someone"));
        assert_eq!(ImageName::parse("docker.io/someone/app").ghcr_owner(), None);
        assert_eq!(ImageName::parse("ghcr.io/app").ghcr_owner(), None);
    }
}
