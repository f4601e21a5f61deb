//! Everything that can keep a command from its end: situations with what they are about. Here they get their words, their
//! names for programs, the next step and the exit code.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use homelab_plan::diagnostic::Problems;
use homelab_plan::plan::Problem;

use crate::apply::{Failure, Outcome};
use crate::backups::BackupError;
use crate::exit::Exit;
use crate::manifests::BadManifest;
use crate::nodes::NodeError;
use crate::observe::Blind;
use crate::reach::DeskError;
use crate::rehearse::practice::PracticeError;
use crate::report::snippet;
use crate::services::ServiceError;

/// What kept a command from its end.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A file or folder cannot be read.
    #[error("`{}` cannot be read: {}", path.display(), words(reason))]
    CannotRead {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// A file or folder cannot be written.
    #[error("`{}` cannot be written: {}", path.display(), words(reason))]
    CannotWrite {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// A repository was to be written into a folder that holds something else.
    #[error("`{}` is not empty: it has `{found}`", folder.display())]
    ForeignFolder {
        /// The folder.
        folder: PathBuf,
        /// Something in it.
        found: String,
    },
    /// Something stands where a folder should be.
    #[error("`{}` is not a folder", path.display())]
    NotAFolder {
        /// What stands there.
        path: PathBuf,
    },
    /// An option has a value that cannot be.
    #[error("`{value}` cannot be {what}: {reason}")]
    BadValue {
        /// What was given.
        value: String,
        /// What it was given as, with its article.
        what: &'static str,
        /// Why that cannot be.
        reason: String,
        /// What to write instead.
        hint: String,
    },
    /// `homelab.toml` is wrong.
    #[error("{}", problems.to_text(&path.display().to_string()).trim_end())]
    BadConfig {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        problems: Box<Problems>,
    },
    /// A command needs `homelab.toml` and there is none.
    #[error("there is no `homelab.toml` in `{}` or above it", folder.display())]
    NoConfig {
        /// Where the search began.
        folder: PathBuf,
    },
    /// A service is larger than what is left on any node.
    #[error("{reason}")]
    DoesNotFit {
        /// The service.
        name: String,
        /// What it needs and what there is.
        reason: String,
        /// What would make room.
        help: String,
    },
    /// A template asks for something that is not there. Only a template that is not ours can do that.
    #[error("the template `{name}` cannot be filled in: {reason}")]
    BadTemplate {
        /// The template.
        name: String,
        /// What the engine says.
        reason: String,
    },
    /// A question was not answered.
    #[error("no answer to `{question}`")]
    NoAnswer {
        /// The question.
        question: String,
    },
    /// Git is needed and there is no repository.
    #[error("`{}` is not in a git repository", folder.display())]
    NoRepository {
        /// The folder.
        folder: PathBuf,
    },
    /// Git is needed and does not do what it should.
    #[error("`git {what}` failed: {reason}")]
    GitFailed {
        /// The arguments of git.
        what: String,
        /// What it, or the system, says.
        reason: String,
    },
    /// A file is no image of any known form, or a broken one.
    #[error("`{}` cannot be read as a container image: {reason}", path.display())]
    BadImage {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A manifest of the infrastructure repository cannot be brought to a cluster.
    #[error(transparent)]
    BadManifest(#[from] BadManifest),
    /// Something that `homelab up` needs is not there.
    #[error("{}", problems.iter().map(|problem| problem.sentence.as_str()).collect::<Vec<_>>().join("; "))]
    Missing {
        /// What.
        problems: Vec<Problem>,
    },
    /// Steps fail, and nothing moves any more.
    #[error("{}", failures.iter().map(|failure| format!("{} (step `{}`)", failure.sentence, failure.step)).collect::<Vec<_>>().join("; "))]
    Stuck {
        /// The steps, and why.
        failures: Vec<Failure>,
    },
    /// The home cannot be looked at.
    #[error(transparent)]
    Blind(#[from] Blind),
    /// The host's address or certificate is of no use.
    #[error(transparent)]
    Proxmox(#[from] proxmox_client::Error),
    /// The host signed its certificate itself, and nobody has said yet that it is the right one.
    #[error("the Proxmox host `{host}` shows a certificate of its own, {seen}, and none is pinned in homelab.toml")]
    NotPinned {
        /// Host and port.
        host: String,
        /// Its fingerprint.
        seen: proxmox_client::Fingerprint,
    },
    /// The simulated home that is to be practised with is not there.
    #[error(transparent)]
    Practice(#[from] PracticeError),
    /// A file of this computer is of no use.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A backup cannot be made, or cannot be restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// A node cannot leave, or cannot be upgraded.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// `homelab.toml` is not changed.
    #[error("{sentence}")]
    NotEdited {
        /// Why.
        sentence: String,
        /// What to do.
        hint: String,
    },
    /// A service cannot have what it should.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// A secret is needed, and nobody is there to be asked.
    #[error("no answer to `{question}`, and `{variable}` is not set")]
    NoSecret {
        /// The variable that may hold it.
        variable: &'static str,
        /// What would be asked.
        question: String,
    },
    /// There is a hook already, and it is not ours.
    #[error("`{}` exists already and was not written by homelab", path.display())]
    ForeignHook {
        /// The hook.
        path: PathBuf,
    },
    /// The simulated home cannot be served.
    #[error("the simulated home cannot be served at {address}: {}", words(reason))]
    CannotServe {
        /// Where it was to be.
        address: SocketAddr,
        /// What the system says.
        reason: io::Error,
    },
    /// No rule has this name.
    #[error("there is no rule `{id}`")]
    NoRule {
        /// What was asked for.
        id: String,
        /// A rule with a name like it.
        similar: Option<&'static str>,
    },
    /// The form of output is not one that the command has.
    #[error("`--format sarif` is for findings, and this command has none")]
    NoFindingsToFormat,
}

impl Trouble {
    /// What kept a run from its end. None if it came to its end, or if somebody stopped it.
    pub fn of(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Done { .. } | Outcome::Interrupted => None,
            Outcome::Missing(problems) => Some(Self::Missing { problems }),
            Outcome::Stuck(failures) => Some(Self::Stuck { failures }),
            Outcome::Blind(blind) => Some(Self::Blind(blind)),
        }
    }

    /// How the program ends.
    pub fn exit(&self) -> Exit {
        match self {
            Self::BadValue { .. } | Self::NoRule { .. } | Self::NoFindingsToFormat => Exit::Usage,
            _ => Exit::Failed,
        }
    }

    /// For programs; for ever the same.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CannotRead { .. } => "cannot-read",
            Self::CannotWrite { .. } => "cannot-write",
            Self::ForeignFolder { .. } => "foreign-folder",
            Self::NotAFolder { .. } => "not-a-folder",
            Self::BadValue { .. } => "bad-value",
            Self::BadConfig { .. } => "bad-config",
            Self::NoConfig { .. } => "no-config",
            Self::DoesNotFit { .. } => "does-not-fit",
            Self::BadTemplate { .. } => "bad-template",
            Self::NoAnswer { .. } => "no-answer",
            Self::NoRepository { .. } => "no-repository",
            Self::GitFailed { .. } => "git-failed",
            Self::BadImage { .. } => "bad-image",
            Self::BadManifest(_) => "bad-manifest",
            Self::Missing { .. } => "missing",
            Self::Stuck { .. } => "stuck",
            Self::Blind(_) => "blind",
            Self::Proxmox(_) => "proxmox",
            Self::NotPinned { .. } => "not-pinned",
            Self::Practice(_) => "practice",
            Self::Desk(_) => "desk",
            Self::Backup(error) => error.name(),
            Self::Node(error) => error.name(),
            Self::NotEdited { .. } => "not-edited",
            Self::Service(error) => error.name(),
            Self::NoSecret { .. } => "no-secret",
            Self::ForeignHook { .. } => "foreign-hook",
            Self::CannotServe { .. } => "cannot-serve",
            Self::NoRule { .. } => "no-rule",
            Self::NoFindingsToFormat => "no-findings-to-format",
        }
    }

    /// The next step.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::ForeignFolder { .. } => "name a new folder, or empty this one first".into(),
            Self::BadValue { hint, .. } => hint.clone(),
            Self::NoConfig { .. } => "write one with `homelab init`, or name one with `--cluster FILE`".into(),
            Self::DoesNotFit { help, .. } => format!("{help}; `--anyway` writes it all the same"),
            Self::NoAnswer { .. } => "run it on a terminal, or answer with an option: `--help` shows which".into(),
            Self::NoRepository { .. } => "without a repository, check the folder itself: `homelab check PATH`".into(),
            Self::GitFailed { .. } => "the same command by hand says more".into(),
            Self::BadImage { .. } => {
                "give an OCI layout folder, or an archive written by `docker save` or `skopeo copy`".into()
            }
            Self::BadManifest(_) => "mend the file, or write it anew with `homelab init`".into(),
            Self::Missing { problems } => problems.first()?.hint.clone(),
            Self::Stuck { failures } => failures
                .iter()
                .find_map(|failure| failure.hint.clone())
                .unwrap_or_else(|| "mend it and run `homelab up` again: it goes on from here".into()),
            Self::Blind(Blind::Proxmox(error)) | Self::Proxmox(error) => error.hint()?.into(),
            Self::NotPinned { seen, .. } => format!(
                "on the host itself, `pvenode cert info` or `openssl x509 -noout -fingerprint -sha256 -in /etc/pve/local/pve-ssl.pem` shows the true one. If they agree, write `fingerprint = \"{seen}\"` below `[proxmox]`; if they do not, somebody else answers"
            ),
            Self::Practice(_) => {
                "start one with `homelab rehearse --serve`, or go back to the real home with `unset HOMELAB_REHEARSAL`"
                    .into()
            }
            Self::Desk(error) if error.is_taken() => {
                "wait until it is done; Ctrl-C where it runs stops it after its running steps".into()
            }
            Self::Backup(error) => error.hint()?,
            Self::Node(error) => error.hint()?,
            Self::NotEdited { hint, .. } => hint.clone(),
            Self::Service(error) => error.hint()?,
            Self::NoSecret { variable, .. } => format!("set `{variable}`, or run it on a terminal"),
            Self::ForeignHook { .. } => "add the line `homelab check --staged` to it yourself".into(),
            Self::CannotServe { .. } => "`--serve 127.0.0.1:0` takes ports that are free".into(),
            Self::NoRule { similar: Some(similar), .. } => {
                format!("did you mean `{similar}`? `homelab check --list` shows all")
            }
            Self::NoRule { similar: None, .. } => "`homelab check --list` shows all".into(),
            Self::NoFindingsToFormat => "take `--format json`".into(),
            _ => return None,
        })
    }

    /// The places in a file, drawn with arrows, where the trouble is about a file's text.
    pub fn snippet(&self, color: bool) -> Option<String> {
        match self {
            Self::BadConfig { path, problems } => Some(snippet::draw(&path.display().to_string(), problems, color)),
            _ => None,
        }
    }
}

/// What the system says, without its number.
fn words(reason: &io::Error) -> String {
    let text = reason.to_string();
    match text.rfind(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trouble_names_the_thing_and_the_next_step() {
        let trouble = Trouble::ForeignFolder { folder: "home".into(), found: "notes.txt".into() };
        assert_eq!(trouble.to_string(), "`home` is not empty: it has `notes.txt`");
        assert_eq!(trouble.hint().as_deref(), Some("name a new folder, or empty this one first"));
        assert_eq!((trouble.name(), trouble.exit()), ("foreign-folder", Exit::Failed));
    }

    #[test]
    fn the_systems_words_come_without_numbers() {
        assert_eq!(words(&io::Error::from_raw_os_error(2)), "no such file or directory");
        assert_eq!(words(&io::Error::other("it is full")), "it is full");
    }
}
