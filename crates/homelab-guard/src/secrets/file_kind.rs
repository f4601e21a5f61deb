//! What kind of text a file holds, as far as it matters for what a value looks like there.

/// What kind of text a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// `NAME=value` to the end of the line: environment files, INI, properties, systemd units.
    Lines,
    /// YAML, whose plain values go to the end of the line.
    Yaml,
    /// JSON and its relatives: values stand in quotes.
    Json,
    /// TOML, HCL, Nix: values stand in quotes, what stands bare is a reference or a number.
    Quoted,
    /// Shell scripts, Dockerfiles, histories and Makefiles: values end with a space unless they stand in quotes.
    Shell,
    /// Programs: what is no literal in quotes is an expression.
    Code,
    /// XML, HTML and property lists.
    Markup,
    /// Words for people, with pieces of everything else in them.
    Prose,
    /// Pinned versions with their hashes.
    Lock,
    /// Directives of servers, logs, and what has no ending that says more.
    Other,
}

/// A file as the recognisers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileTraits {
    /// What kind of text it holds.
    pub(crate) kind: FileKind,
    /// Whether it is there to be run or read by developers only: tests, fixtures, documentation of libraries.
    pub(crate) is_test: bool,
    /// Whether it shows people what to fill in: `.env.example`, `config.sample.toml`.
    pub(crate) is_example: bool,
    /// Whether it holds the words of a user interface in some language.
    pub(crate) is_locale: bool,
}

const ENDINGS: &[(FileKind, &[&str])] = &[
    (
        FileKind::Lines,
        &[
            "env",
            "ini",
            "cfg",
            "cnf",
            "properties",
            "service",
            "timer",
            "socket",
            "container",
            "network",
            "netdev",
            "pgpass",
            "netrc",
            "smbcredentials",
            "credentials",
            "npmrc",
            "reg",
            "editorconfig",
            "desktop",
            "users",
        ],
    ),
    (FileKind::Yaml, &["yaml", "yml", "eyaml", "sls"]),
    (FileKind::Json, &["json", "jsonc", "json5", "ipynb", "tfstate", "har", "webmanifest", "code-workspace"]),
    (FileKind::Quoted, &["toml", "tf", "tfvars", "hcl", "nix", "nomad", "terraformrc", "dhall", "cue", "pkl"]),
    (
        FileKind::Shell,
        &[
            "sh",
            "bash",
            "zsh",
            "fish",
            "ksh",
            "bat",
            "cmd",
            "mk",
            "dockerfile",
            "containerfile",
            "profile",
            "bashrc",
            "zshrc",
            "bash_history",
            "zsh_history",
            "bash_profile",
            "envrc",
            "justfile",
            "exp",
            "cron",
        ],
    ),
    (
        FileKind::Code,
        &[
            "rs", "py", "pyi", "js", "mjs", "cjs", "jsx", "ts", "mts", "tsx", "go", "java", "kt", "kts", "scala",
            "groovy", "gradle", "rb", "php", "cs", "fs", "vb", "c", "h", "cc", "cpp", "cxx", "hpp", "hh", "ino",
            "swift", "m", "mm", "dart", "lua", "pl", "pm", "r", "jl", "ex", "exs", "erl", "hs", "ml", "clj", "cljs",
            "zig", "nim", "sql", "vue", "svelte", "astro", "coffee", "tcl", "proto", "graphql", "sol", "v", "d", "pas",
            "el", "rake", "gemspec", "snap", "css", "scss", "less", "asm", "s", "f90", "cmake", "bzl", "bazel", "ps1",
            "psm1", "vim", "html", "htm", "xhtml", "svg", "xsd", "ui", "resx", "wgsl", "glsl", "map", "y", "l", "rkt",
            "lisp",
        ],
    ),
    (FileKind::Markup, &["xml", "plist", "config", "csproj", "props"]),
    (
        FileKind::Prose,
        &[
            "md", "mdx", "markdown", "rst", "adoc", "asciidoc", "txt", "text", "org", "tex", "pod", "po", "pot", "1",
            "2", "3", "4", "5", "6", "7", "8", "man", "info", "texi", "rdoc", "log", "csv", "tsv",
        ],
    ),
    (FileKind::Lock, &["lock", "sum", "lockb"]),
];

/// Whole names that say more than their endings.
const NAMES: &[(FileKind, &[&str])] = &[
    (
        FileKind::Shell,
        &["dockerfile", "containerfile", "makefile", "justfile", "procfile", "gnumakefile", "history.txt"],
    ),
    (
        FileKind::Code,
        &["jenkinsfile", "rakefile", "gemfile", "podfile", "vagrantfile", "fastfile", "brewfile", "build", "workspace"],
    ),
    (
        FileKind::Lock,
        &[
            "package-lock.json",
            "npm-shrinkwrap.json",
            "pnpm-lock.yaml",
            "composer.lock",
            "gopkg.lock",
            "packages.lock.json",
            ".cargo-checksum.json",
            ".cargo_vcs_info.json",
            "cargo.toml.orig",
            "sha256sums",
            "md5sums",
            "module.bazel.lock",
        ],
    ),
    (FileKind::Prose, &["readme", "changelog", "copyright", "license", "news", "authors", "todo"]),
    (FileKind::Lines, &["credentials", "config", "environment", "smbcredentials", "htpasswd"]),
];

impl FileTraits {
    /// What the path says.
    pub(crate) fn of(path: &str) -> Self {
        let path = path.to_ascii_lowercase().replace('\\', "/");
        let name = path.rsplit('/').next().unwrap_or(&path);
        let is_example = [".example", ".sample", ".template", ".tmpl", ".dist", "-example", "-sample"]
            .iter()
            .any(|word| name.contains(word))
            || ["example.", "sample."].iter().any(|word| name.starts_with(word))
            || [".in", ".j2"].iter().any(|ending| name.ends_with(ending));
        Self {
            kind: kind_of(&path, name),
            is_test: is_test(&path, name),
            is_example,
            is_locale: is_locale(&path, name),
        }
    }

    /// Whether it configures something, and so may hold a secret that is as simple as people make them.
    pub(crate) fn is_configuration(&self) -> bool {
        use FileKind::{Json, Lines, Markup, Other, Quoted, Shell, Yaml};
        matches!(self.kind, Lines | Yaml | Json | Quoted | Shell | Markup | Other)
    }
}

fn kind_of(path: &str, name: &str) -> FileKind {
    let listed = |name: &str| NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind);
    if let Some(kind) = listed(name) {
        return kind;
    }
    if name.starts_with(".env") || name.ends_with(".env") || path.ends_with("/.aws/config") {
        return FileKind::Lines;
    }
    if name.starts_with("dockerfile")
        || name.starts_with("containerfile")
        || path.contains("/cron.")
        || path.starts_with("etc/cron")
    {
        return FileKind::Shell;
    }
    let plain = strip_copies(name);
    if let Some(kind) = listed(plain) {
        return kind;
    }
    let ending = plain.rsplit_once('.').map(|(_, ending)| ending);
    let by_ending = ending.and_then(|ending| ENDINGS.iter().find(|(_, endings)| endings.contains(&ending)));
    match by_ending {
        Some((kind, _)) => *kind,
        None if plain.starts_with("readme") || plain.starts_with("changelog") => FileKind::Prose,
        None => FileKind::Other,
    }
}

/// Without the endings that make a copy or an example of a file.
fn strip_copies(mut name: &str) -> &str {
    const COPIES: &[&str] = &[
        ".example",
        ".sample",
        ".template",
        ".tmpl",
        ".tpl",
        ".dist",
        ".bak",
        ".old",
        ".orig",
        ".save",
        ".swp",
        ".j2",
        ".in",
        "~",
        ".erb",
        ".gotmpl",
    ];
    while let Some(shorter) = COPIES.iter().find_map(|copy| name.strip_suffix(copy)).filter(|rest| rest.len() > 1) {
        name = shorter;
    }
    name
}

fn is_test(path: &str, name: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "test",
        "tests",
        "testing",
        "spec",
        "specs",
        "testdata",
        "test-data",
        "test_data",
        "fixtures",
        "fixture",
        "__tests__",
        "mocks",
        "__mocks__",
        "__snapshots__",
        "benches",
        "bench",
        "e2e",
        "test_utils",
        "testutil",
        "testsuite",
        "unittests",
        "idle_test",
        "corpus",
    ];
    let in_folder =
        path.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(|folder| FOLDERS.contains(&folder)));
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let by_name = stem.starts_with("test_")
        || stem.ends_with("_test")
        || stem.ends_with("_tests")
        || stem.ends_with("_spec")
        || stem == "tests"
        || stem == "test"
        || name.contains(".test.")
        || name.contains(".spec.")
        || stem.ends_with("-test");
    in_folder || by_name && kind_of(path, name) == FileKind::Code
}

fn is_locale(path: &str, name: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "locale",
        "locales",
        "i18n",
        "l10n",
        "lang",
        "langs",
        "translations",
        "translation",
        "messages",
        "_locales",
        "nls",
        "words",
    ];
    let in_folder =
        path.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(|folder| FOLDERS.contains(&folder)));
    let by_ending = [".po", ".pot", ".ftl", ".arb", ".resx", ".xlf", ".strings", ".lproj"]
        .iter()
        .any(|ending| name.ends_with(ending));
    in_folder || by_ending || name.starts_with("messages") && name.ends_with(".properties") || name == "strings.xml"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_endings_say_what_is_inside() {
        for (path, kind) in [
            (".env.production", FileKind::Lines),
            ("deploy/prod.env", FileKind::Lines),
            ("k8s/yomu/secret.yaml.example", FileKind::Yaml),
            ("Dockerfile.prod", FileKind::Shell),
            ("src/main.rs", FileKind::Code),
            ("pnpm-lock.yaml", FileKind::Lock),
            ("README", FileKind::Prose),
            ("valkey.conf", FileKind::Other),
            ("config\\prod.env", FileKind::Lines),
            ("settings.json.bak", FileKind::Json),
        ] {
            assert_eq!(FileTraits::of(path).kind, kind, "{path}");
        }
    }

    #[test]
    fn tests_examples_and_locales_are_told_apart() {
        assert!(FileTraits::of("tests/login.py").is_test);
        assert!(FileTraits::of("src/auth/login.test.ts").is_test);
        assert!(!FileTraits::of("src/contest.rs").is_test);
        assert!(!FileTraits::of("docker-compose.test.yml").is_test);
        assert!(FileTraits::of(".env.example").is_example);
        assert!(!FileTraits::of("app.ini").is_example);
        assert!(FileTraits::of("locales/de.json").is_locale);
        assert!(!FileTraits::of("config/de.json").is_locale);
    }
}
