//! What a service is told to be, each value checked before anything is written.

use std::str::FromStr as _;

use dialoguer::Input;
use homelab_guard::gives_away;
use homelab_plan::bytes::Bytes;
use homelab_plan::config::{DomainName, GithubOwner, Homelab, Name, reserved_for_services};

use crate::terminal::Terminal;
use crate::trouble::Trouble;
use crate::wording::without_value;

/// Whose repository it is while nobody has said it. GitHub gives nobody a name with two hyphens in a row.
const NOBODY: &str = "your--name";

/// A name that may be a namespace and is nobody else's.
pub(super) fn name(text: &str) -> Result<Name, Trouble> {
    let bad = |reason, hint| Trouble::BadValue { value: text.to_string(), what: "the name of a service", reason, hint };
    let name = Name::parse(text).map_err(|why| {
        let hint = Name::near(text)
            .map_or_else(|| "take small letters, digits and `-`".into(), |near| format!("`{near}` would do"));
        bad(without_value(&why), hint)
    })?;
    match reserved_for_services(&name) {
        Some(reason) => Err(bad(reason.to_string(), format!("`{name}-app` would do"))),
        None => Ok(name),
    }
}

/// Whose it is: by the option, by homelab.toml, by the image; or else somebody is asked. Where nobody answers, the files say
/// so by a name that cannot be anybody's.
pub(super) fn owner(
    given: Option<&str>,
    cluster: Option<&Homelab>,
    image: Option<&str>,
    terminal: &Terminal,
) -> Result<GithubOwner, Trouble> {
    let bad = |value: &str, why: String| Trouble::BadValue {
        value: value.to_string(),
        what: "the owner on GitHub",
        reason: without_value(&why),
        hint: "give another with `--owner`".into(),
    };
    if let Some(given) = given {
        return GithubOwner::from_str(given).map_err(|why| bad(given, why));
    }
    if let Some(owner) = cluster.and_then(|homelab| homelab.services.github_owner.clone()) {
        return Ok(owner);
    }
    let by_image = image.and_then(|image| image.strip_prefix("ghcr.io/")?.split('/').next());
    if let Some(owner) = by_image.and_then(|owner| GithubOwner::from_str(owner).ok()) {
        return Ok(owner);
    }
    if terminal.can_ask {
        return ask_owner();
    }
    terminal.note(&format!(
        "Nobody said whose repository it is on GitHub, so the files say `{NOBODY}`. `--owner NAME` says it, or \
         `services.github_owner` in homelab.toml.\n"
    ));
    GithubOwner::from_str(NOBODY).map_err(|why| bad(NOBODY, why))
}

fn ask_owner() -> Result<GithubOwner, Trouble> {
    const QUESTION: &str = "Whose repository is it on GitHub?";
    let no_answer = || Trouble::NoAnswer { question: QUESTION.into() };
    let answer = Input::<String>::new()
        .with_prompt(QUESTION)
        .validate_with(|answer: &String| {
            GithubOwner::from_str(answer.trim()).map(|_| ()).map_err(|why| without_value(&why))
        })
        .interact_text()
        .map_err(|_| no_answer())?;
    GithubOwner::from_str(answer.trim()).map_err(|_| no_answer())
}

/// A repository's name as GitHub allows it.
pub(super) fn repository(text: String) -> Result<String, Trouble> {
    /// GitHub's own limit.
    const BYTES_MAX: usize = 100;
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if !text.is_empty() && text.len() <= BYTES_MAX && text.bytes().all(is_allowed) && text != "." && text != ".." {
        return Ok(text);
    }
    Err(Trouble::BadValue {
        value: text,
        what: "the name of a repository",
        reason: format!("it has letters, digits, `-`, `_` and `.`, at most {BYTES_MAX}"),
        hint: "the account stands in `--owner`".into(),
    })
}

/// As much as is said, or as homelab.toml gives to each.
pub(super) fn memory(given: Option<&str>, cluster: Option<&Homelab>) -> Result<Bytes, Trouble> {
    let bad = |value: &str, reason: String| Trouble::BadValue {
        value: value.to_string(),
        what: "the memory of a service",
        reason,
        hint: "write it as `384Mi` or `1Gi`".into(),
    };
    match given.map(|given| (given, given.parse::<Bytes>())) {
        Some((given, Ok(Bytes::ZERO))) => Err(bad(given, "nothing runs without".into())),
        Some((_, Ok(memory))) => Ok(memory),
        Some((given, Err(why))) => Err(bad(given, format!("it {why}"))),
        None => Ok(cluster.map_or(Bytes::mib(256), |homelab| homelab.services.memory)),
    }
}

/// An image without tag or digest: the digest is what the workflow writes.
pub(super) fn image(image: String) -> Result<String, Trouble> {
    let last = image.rsplit('/').next().unwrap_or_default();
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'/' | b':');
    if image.contains('/') && !last.is_empty() && !last.contains(':') && image.bytes().all(is_allowed) {
        return Ok(image);
    }
    Err(Trouble::BadValue {
        value: image,
        what: "an image",
        reason: "it needs a registry and a name in small letters, and neither tag nor digest".into(),
        hint: "write it as `ghcr.io/owner/name`".into(),
    })
}

/// The name it is reached under.
pub(super) fn host(host: String) -> Result<String, Trouble> {
    match DomainName::from_str(&host) {
        Ok(domain) => Ok(domain.to_string()),
        Err(why) => Err(Trouble::BadValue {
            value: host,
            what: "the host of a service",
            reason: without_value(&why),
            hint: "write it as `notes.home.arpa`".into(),
        }),
    }
}

/// The address it is reached under, unless it is given, and what else is given.
pub(super) fn settings(host: Option<&str>, given: &[String]) -> Result<Vec<(String, String)>, Trouble> {
    let mut settings = Vec::new();
    for text in given {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let is_name = !name.is_empty()
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // The value stands between quotes in YAML.
        if !is_name || !text.contains('=') || value.contains(['"', '\\']) || value.contains(char::is_control) {
            return Err(Trouble::BadValue {
                value: text.escape_debug().to_string(),
                what: "a setting",
                reason: "it needs the name of a variable, `=`, and a value without quotes and backslashes".into(),
                hint: "write it as `LOG_LEVEL=info`".into(),
            });
        }
        if gives_away(name, value) {
            return Err(Trouble::BadValue {
                value: name.to_string(),
                what: "a setting",
                reason: "it is a secret, and everybody may read a ConfigMap".into(),
                hint: "it belongs into the secret of the service: list it in `secret.yaml.example`".into(),
            });
        }
        settings.push((name.to_string(), value.to_string()));
    }
    if let Some(host) = host.filter(|_| !settings.iter().any(|(name, _)| name == "BASE_URL")) {
        settings.push(("BASE_URL".to_string(), format!("http://{host}")));
    }
    settings.retain(|(name, _)| name != "PORT");
    settings.sort();
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason<T: std::fmt::Debug>(result: Result<T, Trouble>) -> String {
        result.expect_err("it is refused").to_string()
    }

    #[test]
    fn settings_are_no_place_for_secrets() {
        let given = |text: &str| settings(None, &[text.to_string()]);
        assert_eq!(
            reason(given("SMTP_PASSWORD=x9")),
            "`SMTP_PASSWORD` cannot be a setting: it is a secret, and everybody may read a ConfigMap"
        );
        assert_eq!(given("LOG_LEVEL=info").unwrap(), [("LOG_LEVEL".to_string(), "info".to_string())]);
        assert_eq!(given("PASSWORD_FILE=/run/secrets/db").unwrap().len(), 1);
        assert!(reason(given("A=b\nc")).starts_with("`A=b\\nc` cannot be a setting"));
    }

    #[test]
    fn a_repository_is_one_name() {
        assert_eq!(repository("notes.v2".into()).unwrap(), "notes.v2");
        for bad in ["", "me/notes", "..", "a b"] {
            assert!(repository(bad.into()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_refused_without_naming_it_twice() {
        assert_eq!(
            reason(name("Notes")),
            "`Notes` cannot be the name of a service: a DNS label has small letters, digits and `-`, and no `N`"
        );
    }

    #[test]
    fn nothing_runs_without_memory() {
        assert_eq!(reason(memory(Some("0Mi"), None)), "`0Mi` cannot be the memory of a service: nothing runs without");
        assert_eq!(memory(None, None).unwrap(), Bytes::mib(256));
    }
}
