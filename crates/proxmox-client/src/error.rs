//! What can go wrong between us and a host.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::request::Call;
use crate::situation::Situation;
use crate::transport::Fingerprint;
use crate::upid::Upid;

/// What went wrong. Secrets that were sent are taken out of what the host says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The host cannot be reached; nothing was changed.
    #[error("the Proxmox host `{host}` cannot be reached: {cause}")]
    Unreachable {
        /// Host and port.
        host: String,
        /// What the system says.
        cause: String,
    },
    /// The host shows another certificate than the pinned one.
    #[error("the Proxmox host `{host}` shows the certificate {seen}, and {expected} is pinned")]
    CertificateChanged {
        /// Host and port.
        host: String,
        /// The pinned one.
        expected: Fingerprint,
        /// The one it shows.
        seen: Fingerprint,
    },
    /// The certificate is not signed by an authority we trust, or is not for this host.
    #[error("the certificate of the Proxmox host `{host}` is not trusted: {cause}")]
    CertificateUntrusted {
        /// Host and port.
        host: String,
        /// What is wrong with it.
        cause: String,
    },
    /// A file with authorities cannot be used.
    #[error("the CA file `{}` cannot be used: {cause}", path.display())]
    CaFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The HTTP or TLS library refuses to be set up.
    #[error("HTTPS cannot be set up: {cause}")]
    Setup {
        /// What the library says.
        cause: String,
    },
    /// Something else listens there.
    #[error("`{host}` is not a Proxmox VE API: `{call}` was answered with {seen}")]
    NotProxmox {
        /// Host and port.
        host: String,
        /// What was asked.
        call: Call,
        /// What came back.
        seen: String,
    },
    /// A change was sent and no answer came back: it may or may not have happened.
    #[error("nobody knows whether `{call}` was carried out: {cause}")]
    OutcomeUnknown {
        /// What was asked.
        call: Call,
        /// What happened.
        cause: String,
    },
    /// The answer is longer than we read.
    #[error("the answer to `{call}` is longer than {limit} bytes")]
    AnswerTooLarge {
        /// What was asked.
        call: Call,
        /// The bound.
        limit: usize,
    },
    /// The answer has another form than the published one.
    #[error("the answer to `{call}` is not understood: {cause}")]
    AnswerNotUnderstood {
        /// What was asked.
        call: Call,
        /// What is odd about it.
        cause: String,
    },
    /// The login was refused.
    #[error("Proxmox refuses the login of `{username}`: {detail}")]
    LoginRefused {
        /// Who.
        username: String,
        /// What the host says; it says the same for a wrong name and a wrong password.
        detail: String,
    },
    /// The user has a second factor and no code was given.
    #[error("`{username}` has a second factor, and no code was given")]
    SecondFactorNeeded {
        /// Who.
        username: String,
    },
    /// The code of the second factor was refused.
    #[error("Proxmox refuses the second factor of `{username}`: {detail}")]
    SecondFactorRefused {
        /// Who.
        username: String,
        /// What the host says.
        detail: String,
    },
    /// The credential is not accepted any more, or never was.
    #[error("Proxmox does not accept the credential of `{username}` for `{call}`: {detail}")]
    Unauthorized {
        /// Who, as far as we know: a user or a token's name.
        username: String,
        /// What was asked.
        call: Call,
        /// What the host says.
        detail: String,
    },
    /// A privilege is missing.
    #[error("Proxmox forbids `{call}` to `{username}`: {detail}")]
    Forbidden {
        /// Who.
        username: String,
        /// What was asked.
        call: Call,
        /// What is missing, as the host puts it: `/vms/101, VM.Allocate`.
        detail: String,
    },
    /// Parameters are refused by the schema or by a check of their own.
    #[error("Proxmox refuses parameters of `{call}`: {}", listed(parameters, detail))]
    BadParameters {
        /// What was asked.
        call: Call,
        /// Each refused parameter, and why.
        parameters: BTreeMap<String, String>,
        /// What the host says about all of them.
        detail: String,
    },
    /// The form is longer than the host reads: 512 KiB, and 64 KiB before `libpve-http-server-perl` 5.2.1.
    #[error("`{call}` is too large for this host")]
    RequestTooLarge {
        /// What was asked.
        call: Call,
    },
    /// This host does not know the call.
    #[error("this Proxmox host does not know `{call}`: {detail}")]
    NotImplemented {
        /// What was asked.
        call: Call,
        /// What the host says.
        detail: String,
    },
    /// The host refuses, in words that we understand.
    #[error("Proxmox refuses `{call}`, {situation}: {detail}")]
    Refused {
        /// What was asked.
        call: Call,
        /// What the words mean.
        situation: Situation,
        /// The words.
        detail: String,
    },
    /// The host refuses, in words of its own.
    #[error("Proxmox fails at `{call}` with status {status}: {detail}")]
    HostFailed {
        /// What was asked.
        call: Call,
        /// The status code.
        status: u16,
        /// The words.
        detail: String,
    },
    /// A lock was held for longer than we wait.
    #[error("`{call}` waited {} s for the lock `{holder}`, which is still held", waited.as_secs())]
    LockHeld {
        /// What was asked.
        call: Call,
        /// What holds the lock.
        holder: String,
        /// How long we waited.
        waited: Duration,
    },
    /// A task ended badly.
    #[error("the task `{}` of `{}` failed: {exit}{}", upid.kind, upid.id, indented(log))]
    TaskFailed {
        /// The task.
        upid: Box<Upid>,
        /// Its exit status: the message of the failure.
        exit: String,
        /// What that message means, where we know.
        situation: Option<Situation>,
        /// The last lines of its log.
        log: Vec<String>,
    },
    /// A task runs for longer than we wait. It goes on.
    #[error("the task `{}` of `{}` is still running after {} s", upid.kind, upid.id, waited.as_secs())]
    TaskUnfinished {
        /// The task.
        upid: Box<Upid>,
        /// How long we waited.
        waited: Duration,
    },
}

impl Error {
    /// What a refusal or a failed task means, where we know.
    pub fn situation(&self) -> Option<&Situation> {
        match self {
            Self::Refused { situation, .. } => Some(situation),
            Self::TaskFailed { situation, .. } => situation.as_ref(),
            _ => None,
        }
    }

    /// Whether what was asked about is not there.
    pub fn is_absent(&self) -> bool {
        self.situation() == Some(&Situation::DoesNotExist)
    }

    /// Whether the change may have happened although this is an error: look before repeating.
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(self, Self::OutcomeUnknown { .. } | Self::TaskUnfinished { .. })
            || matches!(self, Self::TaskFailed { exit, .. } if exit == "unexpected status")
    }

    /// What to do next, where there is something particular.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Unreachable { .. } => "check the address, the port (8006) and whether the host is up",
            Self::CertificateChanged { .. } => {
                "on the host itself, `pvenode cert info` or `openssl x509 -noout -fingerprint -sha256 -in /etc/pve/local/pve-ssl.pem` shows the true one. Pin the new one only if they agree; if they do not, somebody else answers"
            }
            Self::CertificateUntrusted { .. } => {
                "pin its fingerprint: `homelab doctor` shows it, and how to compare it"
            }
            Self::NotProxmox { .. } => "check the address and the port (8006)",
            Self::OutcomeUnknown { .. } | Self::TaskUnfinished { .. } => {
                "run it again: what is there will be looked at first"
            }
            Self::LoginRefused { .. } => "check the name with its realm (`root@pam`) and the password",
            Self::SecondFactorNeeded { .. } | Self::SecondFactorRefused { .. } => {
                "give the current code of a time-based second factor (TOTP), or use an API token"
            }
            Self::Unauthorized { .. } => "check that the token exists and has not expired, or log in with the password",
            Self::Forbidden { detail, .. } if detail.contains("root@pam") => {
                "log in as root@pam with the password: no token may do this, not even root's"
            }
            Self::Forbidden { .. } => "give the user this privilege, and the token too if its privileges are separated",
            Self::NotImplemented { .. } => "upgrade the host: Proxmox VE 8 and 9 are supported",
            Self::LockHeld { .. } => "wait for the backup or the other task, then run it again",
            _ => return self.situation().and_then(situation_hint),
        })
    }
}

fn situation_hint(situation: &Situation) -> Option<&'static str> {
    match situation {
        Situation::Locked { .. } => Some("wait for the other task, or unlock with `pct unlock` if it is gone"),
        Situation::Protected => Some("take the protection off in the container's options first"),
        Situation::NoSpace => Some("free space on the storage, or choose another one"),
        _ => None,
    }
}

/// The refused parameters with their reasons, or what the host says in general.
fn listed(parameters: &BTreeMap<String, String>, detail: &str) -> String {
    if parameters.is_empty() {
        return detail.to_owned();
    }
    parameters.iter().map(|(name, cause)| format!("`{name}`: {cause}")).collect::<Vec<_>>().join("; ")
}

fn indented(log: &[String]) -> String {
    log.iter().map(|line| format!("\n  {line}")).collect()
}
