//! Files that hold secrets by what they are called.

/// What a file's name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SecretFile {
    /// What it is, for a sentence: `an environment file`.
    pub(crate) what: &'static str,
    /// Whether it is one wherever it stands. Of the others, those in git are judged by their content instead: a `.npmrc` may
    /// hold nothing but a registry's address.
    pub(crate) is_certain: bool,
}

/// What `.env` and its kin are.
pub(crate) const ENVIRONMENT_FILE: &str = "an environment file";

/// Whole names, in lower case.
const NAMES: &[(&str, &str, bool)] = &[
    (".env", ENVIRONMENT_FILE, true),
    (".envrc", ENVIRONMENT_FILE, false),
    ("id_rsa", "an SSH key", true),
    ("id_dsa", "an SSH key", true),
    ("id_ecdsa", "an SSH key", true),
    ("id_ed25519", "an SSH key", true),
    ("key.pem", "a private key", false),
    ("kubeconfig", "a kubeconfig", true),
    ("kubeconfig.yaml", "a kubeconfig", true),
    ("kubeconfig.yml", "a kubeconfig", true),
    ("k3s.yaml", "a kubeconfig", false),
    (".netrc", "a file of logins", true),
    ("_netrc", "a file of logins", true),
    (".pgpass", "a file of database passwords", true),
    (".my.cnf", "a file of database passwords", true),
    (".git-credentials", "a file of git credentials", true),
    (".dockercfg", "a file of registry logins", true),
    (".vault-token", "a Vault token", true),
    (".htpasswd", "a file of password hashes", true),
    (".npmrc", "a package manager's configuration", false),
    (".yarnrc.yml", "a package manager's configuration", false),
    (".pypirc", "a package manager's configuration", false),
    ("terraform.tfstate", "a Terraform state", true),
    ("terraform.tfstate.backup", "a Terraform state", true),
    ("secret.yaml", "a Kubernetes Secret", false),
    ("secret.yml", "a Kubernetes Secret", false),
    ("secrets.yaml", "a Kubernetes Secret", false),
    ("secrets.yml", "a Kubernetes Secret", false),
    ("credentials.json", "a file of credentials", false),
    ("application_default_credentials.json", "a file of credentials", true),
    ("service-account.json", "a file of credentials", false),
    (".bash_history", "a shell's history", true),
    (".zsh_history", "a shell's history", true),
    (".ash_history", "a shell's history", true),
    (".sh_history", "a shell's history", true),
    (".psql_history", "a database shell's history", true),
    (".mysql_history", "a database shell's history", true),
    (".rediscli_history", "a database shell's history", true),
    (".python_history", "a shell's history", true),
    (".node_repl_history", "a shell's history", true),
    ("dump.sql", "a database dump", false),
    ("backup.sql", "a database dump", false),
    ("dump.rdb", "a database dump", false),
];

/// Ends of paths that need the folder to be told apart.
const PATHS: &[(&str, &str)] = &[
    (".kube/config", "a kubeconfig"),
    (".docker/config.json", "a file of registry logins"),
    (".aws/credentials", "a file of credentials"),
    (".ssh/config", "an SSH configuration"),
    (".git/config", "a git configuration, which may hold credentials"),
    ("rancher/k3s/k3s.yaml", "a kubeconfig"),
    ("server/node-token", "a K3s node token"),
];

/// Ends of names.
const ENDINGS: &[(&str, &str, bool)] = &[
    (".env", ENVIRONMENT_FILE, false),
    (".kubeconfig", "a kubeconfig", true),
    (".key", "a private key", false),
    ("-key.pem", "a private key", false),
    ("_key.pem", "a private key", false),
    (".p12", "a key store", false),
    (".pfx", "a key store", false),
    (".jks", "a key store", false),
    (".ppk", "an SSH key", false),
    (".tfstate", "a Terraform state", true),
    (".tfvars", "Terraform variables", false),
    (".sql.gz", "a database dump", false),
    (".pgdump", "a database dump", false),
    (".dump", "a database dump", false),
    (".sqlite", "a local database", false),
    (".sqlite3", "a local database", false),
    (".db", "a local database", false),
    ("-secret.yaml", "a Kubernetes Secret", false),
    (".secret.yaml", "a Kubernetes Secret", false),
];

/// Words in a name that say that it is there to be copied and filled in.
const EXAMPLES: &[&str] = &["example", "sample", "template", "dist", "tmpl", "schema", "defaults"];

/// What the name of the file at `path` promises, if it is a secret.
pub(crate) fn secret_file(path: &str) -> Option<SecretFile> {
    let path = path.to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or(&path);
    if name.split(['.', '-', '_']).any(|word| EXAMPLES.contains(&word)) || name.ends_with(".pub") {
        return None;
    }
    let by_name = NAMES.iter().find(|(known, ..)| name == *known).map(|(_, what, is_certain)| (*what, *is_certain));
    let by_path = || {
        let known = PATHS.iter().find(|(ending, _)| path == *ending || path.ends_with(&format!("/{ending}")));
        known.map(|(_, what)| (*what, true))
    };
    let by_ending = || {
        let known = ENDINGS.iter().find(|(ending, ..)| name.len() > ending.len() && name.ends_with(ending));
        known.map(|(_, what, is_certain)| (*what, *is_certain))
    };
    let by_shape = || {
        let is_environment = name.starts_with(".env.") && !name.ends_with(".d.ts");
        let is_host_key = name.starts_with("ssh_host_") && name.ends_with("_key");
        let is_letsencrypt_key = name.starts_with("privkey") && name.ends_with(".pem");
        match (is_environment, is_host_key, is_letsencrypt_key) {
            (true, ..) => Some((ENVIRONMENT_FILE, true)),
            (_, true, _) => Some(("an SSH host key", true)),
            (_, _, true) => Some(("a private key", true)),
            _ => None,
        }
    };
    let sealed = name.starts_with("sealed") || name.ends_with(".enc.yaml");
    let found = by_name.or_else(by_path).or_else(by_ending).or_else(by_shape).filter(|_| !sealed)?;
    Some(SecretFile { what: found.0, is_certain: found.1 })
}

#[test]
fn files_that_hold_secrets_are_known_by_name() {
    for path in [
        ".env",
        "apps/web/.env.production",
        "prod.env",
        "home/u/.ssh/id_ed25519",
        "tls/server.key",
        "etc/ssh/ssh_host_rsa_key",
        ".kube/config",
        "home.kubeconfig",
        ".npmrc",
        "root/.docker/config.json",
        "k8s/yomu/secret.yaml",
        "terraform.tfstate",
        "data/yomu.sqlite3",
        "backups/2026.sql.gz",
        "root/.bash_history",
        "Kubeconfig",
    ] {
        assert!(secret_file(path).is_some(), "{path}");
    }
}

#[test]
fn examples_public_halves_and_names_alike_are_none() {
    for path in [
        ".env.example",
        ".env.local.example",
        "example.env",
        "k8s/yomu/secret.yaml.example",
        "id_ed25519.pub",
        "src/env.rs",
        "environment.ts",
        "migrations/0001_users.sql",
        "config",
        "docker/config.json",
        "cert.pem",
        "k8s/sealed-secret.yaml",
        "monkey",
        ".key",
        "src/secret.rs",
        ".env.d.ts",
    ] {
        assert_eq!(secret_file(path), None, "{path}");
    }
}
