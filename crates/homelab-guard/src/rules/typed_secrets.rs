//! Secrets typed into commands, in a Dockerfile or a workflow: assignments, addresses, headers and options.

use std::ops::Range;

use crate::secret_names::{Named, gives_away, is_placeholder, named, url_password};
use crate::shell::{ShellCommand, ShellWord};

/// The first secret in a command: where it stands, and a sentence about it.
pub(super) fn typed_secret(command: &ShellCommand) -> Option<(Range<usize>, String)> {
    command
        .words
        .iter()
        .find_map(|word| assigned(word).or_else(|| in_address(word)).or_else(|| in_header(word)))
        .or_else(|| in_option(command))
}

/// `DB_PASS=…`, alone, before a command or behind `export`.
fn assigned(word: &ShellWord) -> Option<(Range<usize>, String)> {
    let (name, value) = word.text.split_once('=')?;
    let name = name.trim_start_matches('-').rsplit([':', '/']).next().unwrap_or(name);
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    // An address behind another name is seen as an address.
    (is_name && named(name) != Named::Other && gives_away(name, value))
        .then(|| (word.at.clone(), format!("the value of `{name}` is typed into a command")))
}

fn in_address(word: &ShellWord) -> Option<(Range<usize>, String)> {
    let start =
        word.text.rfind("://").map(|colon| word.text[..colon].rfind(['"', '\'', '=', ' ']).map_or(0, |at| at + 1))?;
    let password = url_password(&word.text[start..])?;
    (!is_placeholder(password) && !password.contains('$'))
        .then(|| (word.at.clone(), "an address with a password is typed into a command".to_owned()))
}

fn in_header(word: &ShellWord) -> Option<(Range<usize>, String)> {
    let lower = word.text.to_ascii_lowercase();
    let (name, value) = lower.split_once(':')?;
    let is_credential =
        matches!(name, "authorization" | "proxy-authorization" | "x-api-key" | "private-token" | "job-token");
    let value = value.trim();
    let value =
        ["bearer ", "basic ", "token "].iter().find_map(|scheme| value.strip_prefix(scheme)).unwrap_or(value).trim();
    (is_credential && !is_reference(value))
        .then(|| (word.at.clone(), "a header with a login is typed into a command".to_owned()))
}

/// `curl -u user:password`, `docker login -p …`, `--password …`.
fn in_option(command: &ShellCommand) -> Option<(Range<usize>, String)> {
    let is_user_option = matches!(command.program(), "curl" | "wget");
    let is_login = command.has("login");
    let pairs = command.arguments().windows(2);
    let found = pairs.filter_map(|pair| {
        let (option, value) = (pair[0].text.as_str(), &pair[1]);
        let is_secret = match option {
            "-u" | "--user" if is_user_option => {
                value.text.split_once(':').is_some_and(|(_, password)| !is_reference(password))
            }
            "-p" if is_login => !is_reference(&value.text),
            "--password" | "--token" | "--api-key" | "--client-secret" => {
                !value.text.starts_with('-') && !is_reference(&value.text)
            }
            _ => false,
        };
        is_secret.then(|| (value.at.clone(), format!("a secret is typed behind `{option}`")))
    });
    found.into_iter().next()
}

fn is_reference(value: &str) -> bool {
    is_placeholder(value) || value.contains('$') || value.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell;

    fn found(script: &str) -> Vec<String> {
        shell::commands(script).iter().filter_map(typed_secret).map(|(_, message)| message).collect()
    }

    #[test]
    fn what_is_typed_into_a_command_is_found() {
        for (script, expected) in [
            ("PGPASSWORD=hunter2x psql", "the value of `PGPASSWORD` is typed into a command"),
            ("export API_TOKEN='hunter2x'", "the value of `API_TOKEN` is typed into a command"),
            ("cmake -DX=1 --api-key=hunter2x", "the value of `api-key` is typed into a command"),
            ("psql postgres://u:hunter2x@db/x", "an address with a password is typed into a command"),
            (
                "pip install --index-url=https://u:hunter2x@pypi.example.org",
                "an address with a password is typed into a command",
            ),
            ("curl -H 'Authorization: Bearer hunter2x' x", "a header with a login is typed into a command"),
            ("curl -u admin:hunter2x x", "a secret is typed behind `-u`"),
            ("docker login -u me -p hunter2x", "a secret is typed behind `-p`"),
            ("tool --password hunter2x", "a secret is typed behind `--password`"),
        ] {
            assert_eq!(found(script), [expected], "{script}");
        }
    }

    #[test]
    fn references_and_other_options_are_quiet() {
        for script in [
            "PGPASSWORD=$PW psql",
            "curl -u \"$USER:$PASS\" x",
            "curl -H \"Authorization: Bearer ${TOKEN}\" x",
            "mkdir -p /app/x",
            "docker login -u me --password-stdin",
            "psql postgres://db/x",
            "ssh -p 22 git@example.org",
            "echo a:b@c",
            "cp -p a b",
            "tool --password --verbose",
            "make KEY=/etc/key.pem",
        ] {
            assert_eq!(found(script), Vec::<String>::new(), "{script}");
        }
    }
}
