//! This computer's files: `.homelab/known_hosts` beside `homelab.toml`, the kubeconfig, and a public key.

use std::env;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::reach::{Desk, DeskError};

/// The folder for what is kept between runs. It says nothing about what there is, and can be lost.
const FOLDER: &str = ".homelab";

/// Files of this computer.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
    public_key: PathBuf,
    kubeconfig: PathBuf,
}

/// Holds the home for one run; the system lets go of it when the run ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Files {
    /// Files for the repository in `folder`; `public_key` is a path that may begin with `~`.
    pub fn new(folder: &Path, public_key: &str) -> Self {
        let home = env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        let public_key = match public_key.strip_prefix("~/") {
            Some(rest) => home.join(rest),
            None => PathBuf::from(public_key),
        };
        // Of several files, `kubectl` writes into the first.
        let named = env::var_os("KUBECONFIG").and_then(|paths| env::split_paths(&paths).next());
        let kubeconfig = named.filter(|path| !path.as_os_str().is_empty()).unwrap_or_else(|| home.join(".kube/config"));
        Self { folder: folder.join(FOLDER), public_key, kubeconfig }
    }

    /// Where the files of a practice with a simulated home lie, for the repository in `folder`.
    pub(crate) fn practice_folder(folder: &Path) -> PathBuf {
        folder.join(FOLDER).join("rehearsal")
    }

    /// Files for a practice: the kubeconfig and the key are its own.
    pub(crate) fn for_practice(folder: PathBuf) -> Self {
        Self { public_key: folder.join("id.pub"), kubeconfig: folder.join("kubeconfig"), folder }
    }

    /// The file of host keys, in the form of OpenSSH.
    pub fn known_hosts(&self) -> PathBuf {
        self.folder.join("known_hosts")
    }

    /// The private key beside the public one, if it is there; else `ssh` chooses by itself.
    pub fn private_key(&self) -> Option<PathBuf> {
        let path = self.public_key.with_extension("");
        (path != self.public_key && path.is_file()).then_some(path)
    }

    /// Holds the home, unless another run holds it.
    ///
    /// # Errors
    /// Another run holds it, or the file cannot be made.
    pub fn lock(&self) -> Result<Lock, DeskError> {
        let path = self.folder.join("lock");
        let open = || -> io::Result<File> {
            fs::create_dir_all(&self.folder)?;
            OpenOptions::new().write(true).create(true).truncate(false).open(&path)
        };
        let mut file = open().map_err(|error| trouble(&path, "written", &error))?;
        match file.try_lock() {
            Ok(()) => {
                // Whoever comes in the meantime is told who is here. Without that the lock holds all the same.
                let _ = file.set_len(0).and_then(|()| file.write_all(holder().as_bytes()));
                Ok(Lock { _file: file })
            }
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path).unwrap_or_default();
                let holder = if holder.is_empty() { "another `homelab`" } else { holder.trim() };
                Err(trouble(&path, "taken", &io::Error::other(format!("{holder} works on this home"))))
            }
            Err(TryLockError::Error(error)) => Err(trouble(&path, "written", &error)),
        }
    }
}

impl Desk for Files {
    fn host_key(&self, address: Ipv4Addr) -> Result<Option<String>, DeskError> {
        let path = self.known_hosts();
        let text = read_or_empty(&path)?;
        Ok(text.lines().find_map(|line| line.strip_prefix(&format!("{address} "))).map(str::to_owned))
    }

    fn remember_host_key(&self, address: Ipv4Addr, key: &str) -> Result<(), DeskError> {
        let path = self.known_hosts();
        let kept = read_or_empty(&path)?;
        let kept = kept.lines().filter(|line| !line.starts_with(&format!("{address} ")));
        let text: String = kept.map(|line| format!("{line}\n")).collect();
        write_for_owner(&path, &format!("{text}{address} {key}\n"))
    }

    fn forget_host_key(&self, address: Ipv4Addr) -> Result<(), DeskError> {
        let path = self.known_hosts();
        let known = read_or_empty(&path)?;
        let kept: String = known
            .lines()
            .filter(|line| !line.starts_with(&format!("{address} ")))
            .map(|line| format!("{line}\n"))
            .collect();
        if kept.len() == known.len() { Ok(()) } else { write_for_owner(&path, &kept) }
    }

    fn kubeconfig(&self) -> Result<String, DeskError> {
        read_or_empty(&self.kubeconfig)
    }

    fn write_kubeconfig(&self, text: &str) -> Result<(), DeskError> {
        write_for_owner(&self.kubeconfig, text)
    }

    fn ssh_public_key(&self) -> Result<String, DeskError> {
        let text = fs::read_to_string(&self.public_key).map_err(|error| trouble(&self.public_key, "read", &error))?;
        Ok(text.lines().next().unwrap_or_default().trim().to_owned())
    }
}

/// This command: its words without options, and its process.
fn holder() -> String {
    let words = env::args().skip(1).take_while(|word| !word.starts_with('-')).take(2).collect::<Vec<_>>().join(" ");
    format!("`homelab {words}` (process {})", std::process::id())
}

fn read_or_empty(path: &Path) -> Result<String, DeskError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(trouble(path, "read", &error)),
    }
}

/// Writes for the owner alone, whole or not at all.
pub(crate) fn write_for_owner(path: &Path, text: &str) -> Result<(), DeskError> {
    let go = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        // A link stays a link: what it leads to is written.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let new = path.with_extension("homelab-new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &path)
    };
    go().map_err(|error| trouble(path, "written", &error))
}

fn trouble(path: &Path, what: &'static str, error: &io::Error) -> DeskError {
    DeskError { path: path.display().to_string(), what, cause: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> Files {
        Files { folder: folder.join(FOLDER), public_key: folder.join("id.pub"), kubeconfig: folder.join("kube/config") }
    }

    #[test]
    fn host_keys_are_remembered_one_for_each_address() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        let [first, second] = [Ipv4Addr::new(192, 168, 0, 4), Ipv4Addr::new(192, 168, 0, 41)];
        assert_eq!(files.host_key(first).unwrap(), None);
        files.remember_host_key(second, "ssh-ed25519 B").unwrap();
        files.remember_host_key(first, "ssh-ed25519 A").unwrap();
        files.remember_host_key(first, "ssh-ed25519 C").unwrap();
        assert_eq!(files.host_key(first).unwrap().as_deref(), Some("ssh-ed25519 C"));
        files.forget_host_key(first).unwrap();
        assert_eq!(files.host_key(first).unwrap(), None);
        assert_eq!(files.host_key(second).unwrap().as_deref(), Some("ssh-ed25519 B"));
    }

    #[test]
    fn the_kubeconfig_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        files.write_kubeconfig("kind: Config\n").unwrap();
        let mode = fs::metadata(&files.kubeconfig).unwrap().permissions().mode();
        assert_eq!((mode & 0o777, files.kubeconfig().unwrap().as_str()), (0o600, "kind: Config\n"));
    }

    #[test]
    fn two_runs_at_once_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        let first = files.lock().unwrap();
        let refused = files.lock().unwrap_err();
        assert!(
            refused.is_taken()
                && refused.to_string().contains(&format!("(process {}) works on this home", std::process::id()))
        );
        drop(first);
        assert!(files.lock().is_ok());
    }
}
