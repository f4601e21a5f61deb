//! What an instruction says: closed kinds, each with what rules ask of it.

use std::ops::Range;

use super::heredoc::HereDoc;
use super::logical_line::Joined;

/// One instruction of a stage.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// Where its keyword and arguments stand.
    pub at: Range<usize>,
    /// Whether it waits for a build on top of this image (`ONBUILD`).
    pub on_build: bool,
    /// `--name=value` behind the keyword.
    pub flags: Vec<Flag>,
    /// What it does.
    pub kind: Kind,
}

/// What an instruction does, where a rule asks.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `ADD`.
    Add(Transfer),
    /// `ARG`.
    Arg(Vec<Pair>),
    /// `CMD`.
    Cmd(Command),
    /// `COPY`.
    Copy(Transfer),
    /// `ENTRYPOINT`.
    Entrypoint(Command),
    /// `ENV`.
    Env(Vec<Pair>),
    /// `LABEL`.
    Label(Vec<Pair>),
    /// `RUN`.
    Run(Run),
    /// `USER`.
    User(Word),
    /// `WORKDIR`.
    Workdir(Word),
    /// One that no rule asks about.
    Other,
}

/// A word without its quotes, and where it stands with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Without quotes and escape characters.
    pub text: String,
    /// With them.
    pub at: Range<usize>,
}

/// `--name=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Without the dashes.
    pub name: String,
    /// Behind the equals sign.
    pub value: Option<String>,
    /// The whole of it.
    pub at: Range<usize>,
}

/// A name, and its value where one is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The variable or label.
    pub name: String,
    /// `None` for `ARG NAME`.
    pub value: Option<String>,
    /// The whole of it.
    pub at: Range<usize>,
}

/// `COPY` and `ADD`.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// Paths in the build context, or in `from`; `ADD` takes addresses too.
    pub sources: Vec<Word>,
    /// Files whose content stands in the Dockerfile.
    pub here_docs: Vec<HereDoc>,
    /// Where they go.
    pub target: Word,
    /// The stage, image or named context of `--from`; the build context where there is none.
    pub from: Option<String>,
}

/// `RUN`.
#[derive(Clone, Debug)]
pub struct Run {
    /// The command as it stands in the line.
    pub command: Command,
    /// What follows the line.
    pub here_docs: Vec<HereDoc>,
    /// Each `--mount`.
    pub mounts: Vec<Mount>,
}

/// A command in either form.
#[derive(Clone, Debug)]
pub enum Command {
    /// A JSON list: the program runs as it is.
    Exec(Vec<String>),
    /// Text for a shell.
    Shell(Joined),
}

/// `--mount=type=…,key=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// `bind`, `cache`, `secret`, `ssh` or `tmpfs`.
    pub kind: String,
    /// Everything else, in order; the value is empty where there is none.
    pub options: Vec<(String, String)>,
    /// The whole flag.
    pub at: Range<usize>,
}

impl Instruction {
    /// The value of the first flag with this name.
    pub fn flag(&self, name: &str) -> Option<&str> {
        self.flags.iter().find(|flag| flag.name == name)?.value.as_deref()
    }
}

impl Mount {
    /// The value of an option.
    pub fn option(&self, names: &[&str]) -> Option<&str> {
        self.options.iter().find(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.as_str())
    }

    pub(super) fn parse(flag: &Flag) -> Self {
        let mut mount = Self { kind: "bind".to_owned(), options: Vec::new(), at: flag.at.clone() };
        for option in flag.value.as_deref().unwrap_or_default().split(',') {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            match name {
                "type" => value.clone_into(&mut mount.kind),
                _ => mount.options.push((name.to_owned(), value.to_owned())),
            }
        }
        mount
    }
}

impl Run {
    /// Everything that a shell runs: the line, and a here-document that is itself the script.
    pub fn scripts(&self) -> impl Iterator<Item = &Joined> {
        let line = match &self.command {
            Command::Shell(line) => Some(line),
            Command::Exec(_) => None,
        };
        let is_script = line.is_some_and(|line| is_a_shell_reading_its_input(&line.text));
        let bodies = self.here_docs.iter().filter(move |_| is_script).map(|here_doc| &here_doc.body);
        line.into_iter().chain(bodies)
    }
}

/// `RUN <<EOF` and `RUN bash <<EOF` run the document; `RUN cat <<EOF > file` only writes it.
fn is_a_shell_reading_its_input(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    first.starts_with("<<") || matches!(first.rsplit('/').next(), Some("sh" | "bash" | "ash" | "dash" | "zsh"))
}
