//! What is accepted, and what each refusal says.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::*;

fn config(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::from_variables(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

#[test]
fn with_nothing_set_it_is_sqlite_on_loopback() {
    let config = config(&[("YOMU_DATA", "/data")]).unwrap();
    assert!(matches!(config.store, StoreConfig::Sqlite(path) if path.as_os_str() == "/data/yomu.sqlite3"));
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
}

#[test]
fn a_bad_value_names_its_variable_and_keeps_it_secret() {
    let error = config(&[("DATABASE_URL", "mysql://root:hunter2@db/x")]).unwrap_err().to_string();
    assert!(error.contains("DATABASE_URL") && !error.contains("hunter2"), "{error}");
    assert_eq!(
        config(&[("YOMU_DATA", "/d"), ("PORT", "http")]).unwrap_err().to_string(),
        "the environment variable `PORT` is not a number from 0 to 65535, such as `3000`"
    );
}

#[test]
fn nobody_is_let_in_without_sign_in() {
    assert_eq!(config(&[("YOMU_DATA", "/d"), ("BIND", "0.0.0.0")]).unwrap_err(), ConfigError::OpenToAll);
    assert!(config(&[("YOMU_DATA", "/d"), ("BIND", "::1")]).is_ok());
}

#[test]
fn a_password_in_the_database_address_is_never_printed() {
    let config = config(&[("DATABASE_URL", "postgres://yomu:hunter2@db/yomu")]).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn pictures_make_a_detour_where_people_come_from_elsewhere() {
    assert!(!config(&[("YOMU_DATA", "/d")]).unwrap().image_proxy);
    assert!(config(&[("YOMU_DATA", "/d"), ("YOMU_IMAGE_PROXY", "on")]).unwrap().image_proxy);
    assert!(config(&signed_in(&[])).unwrap().image_proxy);
    assert!(!config(&signed_in(&[("YOMU_IMAGE_PROXY", "off")])).unwrap().image_proxy);
    let error = config(&[("YOMU_DATA", "/d"), ("YOMU_IMAGE_PROXY", "true")]).unwrap_err().to_string();
    assert_eq!(error, "the environment variable `YOMU_IMAGE_PROXY` is not `on` or `off`");
}

#[test]
fn networks_are_a_list() {
    let config = config(&[("YOMU_DATA", "/d"), ("YOMU_ALLOW_NETWORKS", "127.0.0.0/8, 10.0.0.0/8")]).unwrap();
    assert_eq!(config.allowed_networks.len(), 2);
}

// homelab:allow secrets/named-value until 2036-01-01: made up for these tests
const SECRET: &str = "q8Zr1uYt4oPw7sKd2fGh5jLm9nBv3cXz";

/// Variables with which people sign in on the internet.
fn signed_in<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let base = [
        ("YOMU_DATA", "/d"),
        ("GOOGLE_CLIENT_ID", "1-a.apps.googleusercontent.com"),
        ("GOOGLE_CLIENT_SECRET", "GOCSPX-hunter2"),
        ("SESSION_SECRET", SECRET),
        ("BASE_URL", "https://yomu.example.org"),
        ("BIND", "0.0.0.0"),
    ];
    let kept = base.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    kept.chain(more.iter().copied()).filter(|(_, value)| !value.is_empty()).collect()
}

#[test]
fn people_sign_in_with_google_unless_another_issuer_is_named() {
    let config = config(&signed_in(&[])).unwrap();
    assert_eq!(config.sign_in.unwrap().issuer, "https://accounts.google.com");
    let other = self::config(&signed_in(&[("OIDC_ISSUER", "https://id.example/realms/home")])).unwrap();
    assert_eq!(other.sign_in.unwrap().issuer, "https://id.example/realms/home");
}

#[test]
fn what_signing_in_needs_is_asked_for_by_name() {
    for (change, says) in [
        (("SESSION_SECRET", ""), "`SESSION_SECRET` is missing"),
        (("SESSION_SECRET", "hunter2"), "`SESSION_SECRET` is not hard to guess"),
        (("SESSION_SECRET", "changemechangemechangemechangeme"), "`SESSION_SECRET` is not hard to guess"),
        (("SESSION_SECRET", "00000000000000000000000000000000000000000000"), "`SESSION_SECRET` is not hard to guess"),
        (("GOOGLE_CLIENT_SECRET", ""), "`GOOGLE_CLIENT_SECRET` is missing"),
        (("GOOGLE_CLIENT_ID", ""), "`GOOGLE_CLIENT_ID` is missing"),
        (("BASE_URL", ""), "`BASE_URL` is missing"),
        (("BASE_URL", "http://yomu.example.org"), "`BASE_URL` is not an `https` address"),
        (("OIDC_ISSUER", "http://id.example"), "`OIDC_ISSUER` is not an `https` address"),
        (("OIDC_ISSUER", "id.example"), "`OIDC_ISSUER` is not an `https` address"),
        (("YOMU_ALLOWED_EMAILS", "ann"), "`YOMU_ALLOWED_EMAILS` is not a list of addresses"),
        (("YOMU_ALLOWED_DOMAINS", "ann@example.org"), "`YOMU_ALLOWED_DOMAINS` is not a list of domains"),
        (("YOMU_TRUSTED_PROXIES", "traefik"), "`YOMU_TRUSTED_PROXIES` is not a list of networks"),
    ] {
        let error = config(&signed_in(&[change])).unwrap_err().to_string();
        assert!(error.starts_with("the environment variable ") && error.contains(says), "{change:?}: {error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn on_this_machine_alone_an_address_need_not_be_given() {
    let config = config(&signed_in(&[("BASE_URL", ""), ("BIND", ""), ("PORT", "8080")])).unwrap();
    assert_eq!(config.base_url.unwrap().as_str(), "http://localhost:8080/");
}

#[test]
fn people_are_allowed_by_address_or_by_the_domain_that_vouches_for_them() {
    let lists = [("YOMU_ALLOWED_EMAILS", "Ann@Example.org, bob@example.com"), ("YOMU_ALLOWED_DOMAINS", "Example.NET")];
    let allowed = config(&signed_in(&lists)).unwrap().sign_in.unwrap().allowed;
    assert!(allowed.names("ann@example.org", None));
    assert!(allowed.names("x@other.example", Some("example.net")));
    assert!(!allowed.names("x@example.net", None), "nobody vouches for the domain");
    assert!(!allowed.names("x@example.org", Some("example.org")));
    assert!(AllowedPeople::default().is_empty() && !allowed.is_empty());
}

/// The first column of the table of settings, and nothing else.
fn documented(page: &str) -> BTreeSet<&str> {
    let table = page.split("## Settings\n").nth(1).expect("a heading").split("\n## ").next().expect("a part");
    let cells = table.lines().filter(|line| line.starts_with("| `")).filter_map(|line| line.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn every_variable_is_documented_and_no_other() {
    let read = RefCell::new(BTreeSet::new());
    let variables = signed_in(&[("YOMU_DATA", "")]);
    let _ = Config::from_variables(|name| {
        read.borrow_mut().insert(name.to_owned());
        variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    });
    let mut read = read.into_inner();
    // `migrate-to` reads this one itself.
    read.insert("YOMU_MIGRATE_TO".to_owned());
    let page = include_str!("../../../../docs/yomu/operations.md");
    assert_eq!(documented(page), read.iter().map(String::as_str).collect::<BTreeSet<_>>());
}

/// The pairs `NAME: "value"` of a manifest, under `key:` or anywhere.
fn pairs(manifest: &str) -> Vec<(&str, &str)> {
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let lines = manifest.lines().filter_map(|line| line.trim().split_once(": \""));
    lines.filter(|(name, _)| is_name(name)).map(|(name, value)| (name, value.trim_end_matches('"'))).collect()
}

#[test]
fn the_settings_of_the_manifests_are_accepted() {
    let configured = pairs(include_str!("../../../../k8s/yomu/configmap.yaml"));
    assert!(configured.contains(&("PORT", "3000")), "{configured:?}");
    let secret = pairs(include_str!("../../../../k8s/yomu/secret.yaml.example"));
    let names: Vec<&str> = secret.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["DATABASE_URL", "VALKEY_URL", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "SESSION_SECRET"]);
    let secret = secret.into_iter().map(|pair| if pair.0 == "SESSION_SECRET" { (pair.0, SECRET) } else { pair });
    let of_all = secret.clone().filter(|pair| !pair.0.starts_with("GOOGLE_"));
    let worker: Vec<_> = configured.iter().copied().chain(of_all).collect();
    let web: Vec<_> = configured.iter().copied().chain(secret).chain([("BIND", "::")]).collect();
    assert!(config(&web).unwrap().sign_in.is_some());
    let worker = config(&worker).unwrap();
    assert!(worker.metrics.is_some_and(|address| address.port() == 9090));
    assert!(worker.sign_in.is_none() && worker.session_secret.is_some(), "passwords of feeds are sealed with it");
}

#[test]
fn compose_asks_for_what_its_example_lists_and_names_what_exists() {
    let compose = include_str!("../../../../compose.yaml");
    let example = include_str!("../../../../.env.example");
    let asked: BTreeSet<&str> = compose.split("${").skip(1).filter_map(|rest| rest.split([':', '}']).next()).collect();
    let listed = example.lines().filter_map(|line| line.trim_start_matches('#').split_once('='));
    assert_eq!(asked, listed.map(|(name, _)| name).filter(|name| !name.contains(' ')).collect());
    let page = include_str!("../../../../docs/yomu/operations.md");
    let of_yomu = compose.split("\n  postgres:\n").next().expect("the services of yomu come first");
    let named: BTreeSet<&str> = pairs(of_yomu).into_iter().map(|(name, _)| name).collect();
    assert!(named.len() > 5 && named.is_subset(&documented(page)), "{named:?}");
}

#[test]
fn secrets_are_never_printed() {
    let printed = format!("{:?}", config(&signed_in(&[])).unwrap());
    assert!(!printed.contains("hunter2") && !printed.contains(SECRET), "{printed}");
}
