//! Which files are Dockerfiles, by the names that people and tools give them.

/// Whether the file at `path` is a Dockerfile.
pub fn is_dockerfile(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let word = |word: &str| {
        let is_suffixed = name.strip_suffix(word).is_some_and(|before| before.ends_with(['.', '-', '_']));
        let is_prefixed = name.strip_prefix(word).is_some_and(|rest| rest.starts_with(['.', '-', '_']));
        name == word || is_suffixed || (is_prefixed && !is_about_a_dockerfile(&name))
    };
    word("dockerfile") || word("containerfile")
}

/// `Dockerfile.dockerignore` and `Dockerfile.md` begin like a Dockerfile and are none; `Dockerfile.j2` is one only after
/// a template engine has been over it.
fn is_about_a_dockerfile(name: &str) -> bool {
    const OTHER_KINDS: &[&str] = &[
        ".dockerignore",
        ".containerignore",
        ".md",
        ".txt",
        ".rs",
        ".go",
        ".py",
        ".js",
        ".ts",
        ".json",
        ".yaml",
        ".yml",
        ".toml",
        ".j2",
        ".tmpl",
        ".tpl",
        ".template",
        ".in",
        ".erb",
        ".lock",
        ".sh",
        ".html",
        ".png",
        ".svg",
        ".bak",
        ".orig",
    ];
    OTHER_KINDS.iter().any(|ending| name.ends_with(ending))
}

#[test]
fn dockerfiles_are_known_by_name() {
    for path in [
        "Dockerfile",
        "apps/web/Dockerfile",
        "Dockerfile.dev",
        "Dockerfile-alpine",
        "web.Dockerfile",
        "web.dockerfile",
        "Containerfile",
        "Containerfile.ci",
    ] {
        assert!(is_dockerfile(path), "{path}");
    }
}

#[test]
fn what_is_about_dockerfiles_is_none() {
    for path in [
        "Dockerfile.dockerignore",
        "docs/Dockerfile.md",
        "dockerfile/mod.rs",
        "Dockerfile.j2",
        "dockerfiles",
        "mydockerfile",
    ] {
        assert!(!is_dockerfile(path), "{path}");
    }
}
