//! Passwords typed into commands whose options are too short to tell: `mysql -p…`, `curl -u …`, `echo … | docker login`.

use std::ops::Range;

use memchr::memmem;

use super::candidate::Candidate;
use super::cursor::{Cursor, line_end, line_start};
use super::name::Says;
use super::value::{Circumstances, Setting, Verdict, judge};
use crate::rules::secrets::{command_line_password, http_credential};

/// A command that takes a password, and how.
struct Command {
    /// How it is called. Found in the one pass over a file.
    name: &'static str,
    /// The option before its password.
    option: &'static str,
    /// How the password stands behind the option.
    form: Form,
}

/// How a password stands behind its option.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As a word of its own, or glued to the option.
    Word,
    /// Glued to the option only: with a space, `mysql -p` asks.
    Glued,
    /// Behind a user and a sign.
    After(u8),
    /// As the last of three words: file, user, password.
    Third,
}

const COMMANDS: &[Command] = &[
    Command { name: "sshpass", option: "-p", form: Form::Word },
    Command { name: "mysql", option: "-p", form: Form::Glued },
    Command { name: "mariadb", option: "-p", form: Form::Glued },
    Command { name: "redis-cli", option: "-a", form: Form::Word },
    Command { name: "valkey-cli", option: "-a", form: Form::Word },
    Command { name: " login", option: "-p", form: Form::Word },
    Command { name: "smbclient", option: "-U", form: Form::After(b'%') },
    Command { name: "ldap", option: "-w", form: Form::Word },
    Command { name: "htpasswd", option: "-b", form: Form::Third },
    Command { name: "curl", option: "-u", form: Form::After(b':') },
    Command { name: "curl", option: "--user", form: Form::After(b':') },
    Command { name: "7z", option: "-p", form: Form::Glued },
    Command { name: "mongosh", option: "-p", form: Form::Word },
    Command { name: "ipmitool", option: "-P", form: Form::Word },
    Command { name: "snmp", option: "-A", form: Form::Word },
];

/// What ends a pipe: a command that reads a password from its standard input.
const READERS: &[&str] = &[
    "--password-stdin",
    "chpasswd",
    "--stdin",
    "--with-token",
    "--pass-stdin",
    "sudo -S",
    "--passphrase-fd",
    "cryptsetup",
];

/// The names of the commands, for the one pass over a file.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.name).chain(READERS.iter().copied())
}

/// The passwords on the line of the command whose name stands at `word`, and up to where a list was read for them.
pub(crate) fn find(text: &[u8], word: &Range<usize>, setting: Setting) -> (Vec<Candidate>, usize) {
    let mut found = Vec::new();
    let name = text[word.clone()].to_ascii_lowercase();
    if name == b"chpasswd" && text.get(word.end) == Some(&b':') {
        return cloud_init(text, word.end);
    }
    if READERS.iter().any(|reader| reader.as_bytes() == name) {
        found.extend(piped(text, word.start, setting));
        return (found, word.end);
    }
    for command in COMMANDS.iter().filter(|command| command.name.as_bytes() == name) {
        let line = word.end..logical_line_end(text, word.end);
        if command.name == " login" && !logs_in_somewhere(&text[line_start(text, word.start)..word.start]) {
            continue;
        }
        let Some(value) = value(text, line, command) else { continue };
        if !is_secret(&text[value.clone()], setting) {
            continue;
        }
        let (rule, what) = if command.name == "curl" {
            (&http_credential::RULE, "a password")
        } else {
            (&command_line_password::RULE, "a password")
        };
        let message = format!("{what} is typed into `{} {}`", command.name.trim(), command.option);
        found.push(Candidate { rule, range: value, message });
    }
    (found, word.end)
}

/// `openssl -pass pass:…`, with the word `pass` at `word`.
pub(crate) fn find_openssl(text: &[u8], word: &Range<usize>, setting: Setting) -> Option<Candidate> {
    let before = text[line_start(text, word.start)..word.start].trim_ascii_end();
    let option = [b"-pass".as_slice(), b"-passin", b"-passout"].iter().any(|option| before.ends_with(option));
    let mut cursor = Cursor::new(text, word.end);
    if !option || !cursor.eat(b":") {
        return None;
    }
    let range = cursor.until(b" \t\"'`;|");
    let message = "a password is typed into `openssl -pass`".to_string();
    is_secret(&text[range.clone()], setting).then_some(Candidate { rule: &command_line_password::RULE, range, message })
}

/// `expect "assword:"` and the `send` on the next line, with the word `assword` at `word`.
pub(crate) fn find_expect(text: &[u8], word: &Range<usize>) -> Option<Candidate> {
    let line = text[line_start(text, word.start)..word.start].trim_ascii_start();
    if !line.starts_with(b"expect") {
        return None;
    }
    let mut cursor = Cursor::new(text, (line_end(text, word.end) + 1).min(text.len()));
    cursor.skip_blanks();
    if !cursor.eat(b"send") {
        return None;
    }
    cursor.skip_blanks();
    cursor.eat(b"-- ");
    let literal = cursor.literal()?;
    let inside = &text[literal.clone()];
    let length = memmem::find(inside, b"\\r").or_else(|| memmem::find(inside, b"\\n")).unwrap_or(inside.len());
    let range = literal.start..literal.start + length;
    let message = "a script answers the question for a password".to_string();
    is_secret(&text[range.clone()], Setting::Configuration).then_some(Candidate {
        rule: &command_line_password::RULE,
        range,
        message,
    })
}

/// `docker login`, `helm registry login`, but not `az login --username x -p` in a text about something else.
fn logs_in_somewhere(before: &[u8]) -> bool {
    const TOOLS: [&[u8]; 12] = [
        b"docker",
        b"podman",
        b"registry",
        b"skopeo",
        b"crane",
        b"buildah",
        b"nerdctl",
        b"oras",
        b"az",
        b"oc",
        b"regctl",
        b"cosign",
    ];
    TOOLS.iter().any(|tool| before.ends_with(tool))
}

fn value(text: &[u8], line: Range<usize>, command: &Command) -> Option<Range<usize>> {
    let mut from = line.start;
    loop {
        let offset = memmem::find(&text[from..line.end], command.option.as_bytes())?;
        let at = from + offset;
        from = at + command.option.len();
        let begins = text[..at].last().is_some_and(u8::is_ascii_whitespace) || matches!(text[at - 1], b'"' | b'\'');
        if !begins {
            continue;
        }
        let mut cursor = Cursor::new(text, from);
        if command.form == Form::Third {
            return third_word(cursor);
        }
        let blanks = cursor.skip_blanks() + usize::from(cursor.eat(b"="));
        if command.form == Form::Glued && blanks > 0
            || matches!(command.form, Form::After(_)) && blanks == 0 && command.option.starts_with("--")
        {
            continue;
        }
        let word = word(&mut cursor)?;
        let Form::After(sign) = command.form else { return Some(word) };
        let inside = &text[word.clone()];
        let sign = memchr::memchr(sign, inside)?;
        return Some(word.start + sign + 1..word.end);
    }
}

fn third_word(mut cursor: Cursor<'_>) -> Option<Range<usize>> {
    cursor.until(b" \t");
    for _ in 0..2 {
        cursor.skip_blanks();
        word(&mut cursor)?;
    }
    cursor.skip_blanks();
    word(&mut cursor)
}

fn word(cursor: &mut Cursor<'_>) -> Option<Range<usize>> {
    if let Some(literal) = cursor.literal() {
        return Some(literal);
    }
    let range = cursor.until(b" \t\"';|&<>)`");
    (!range.is_empty()).then_some(range)
}

/// `echo password | reader`.
fn piped(text: &[u8], at: usize, setting: Setting) -> Option<Candidate> {
    let start = line_start(text, at);
    let line = &text[start..at];
    let pipe = memchr::memchr(b'|', line)?;
    let echo = ["echo ", "printf '%s' ", "printf %s ", "printf ", "<<< "]
        .iter()
        .find_map(|word| memmem::find(&line[..pipe], word.as_bytes()).map(|offset| offset + word.len()))?;
    let mut cursor = Cursor::new(text, start + echo);
    while cursor.eat(b"-n ") || cursor.eat(b"-e ") {}
    let mut range = word(&mut cursor)?;
    // `chpasswd` reads `user:password`.
    if text[at..].starts_with(b"chpasswd") {
        range.start += memchr::memchr(b':', &text[range.clone()])? + 1;
    }
    let message = "a password is typed into a pipe".to_string();
    is_secret(&text[range.clone()], setting).then_some(Candidate { rule: &command_line_password::RULE, range, message })
}

/// `chpasswd: list: |` and lines of `user:password`, as cloud-init has it.
fn cloud_init(text: &[u8], at: usize) -> (Vec<Candidate>, usize) {
    /// A list of a few users.
    const LIST_BYTES_MAX: usize = 1024;
    let list = &text[at..text.len().min(at + LIST_BYTES_MAX)];
    let Some(begin) = memmem::find(list, b"list:") else { return (Vec::new(), at) };
    let mut found = Vec::new();
    let mut line = line_end(text, at + begin) + 1;
    while line < at + list.len() {
        let end = line_end(text, line);
        let user = &text[line..end];
        let (Some(colon), true) = (memchr::memchr(b':', user), user.starts_with(b" ")) else { break };
        let range = line + colon + 1..line + user.trim_ascii_end().len();
        // A space behind the colon makes it a key of the next section.
        if range.is_empty() || text[range.start] == b' ' {
            break;
        }
        if is_secret(&text[range.clone()], Setting::Configuration) {
            let message = "cloud-init sets a password from here".to_string();
            found.push(Candidate { rule: &command_line_password::RULE, range, message });
        }
        line = end + 1;
    }
    (found, line)
}

/// The end of a line, over backslashes at line ends.
fn logical_line_end(text: &[u8], at: usize) -> usize {
    let mut end = line_end(text, at);
    for _ in 0..8 {
        if !text[..end].ends_with(b"\\") || end >= text.len() {
            break;
        }
        end = line_end(text, end + 1);
    }
    end
}

fn is_secret(value: &[u8], setting: Setting) -> bool {
    let circumstances = Circumstances { says: Says::Password, setting, owned: false, quoted: false };
    !value.starts_with(b"-") && !value.starts_with(b"/") && judge(value, &circumstances) == Verdict::Secret
}
