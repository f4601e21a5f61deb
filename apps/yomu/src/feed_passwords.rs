//! Passwords of feeds, sealed while they lie in the database.
//!
//! The key comes from `SESSION_SECRET`; without it, where the database is a file, from a key file beside it. So a copy of the
//! database alone, such as a backup, tells nobody a password. Whoever has both has the passwords: the program must be able
//! to say them to the feed's server.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use yomu_model::ids::FeedId;
use yomu_model::secret::Secret;
use yomu_store::{Credentials, StoreError};

use crate::App;
use crate::keys::keyed;
use crate::random::random_bytes;

/// What a sealed password begins with. Anything else in the database is an older, plain one; the next start seals it.
const SEALED: &str = "sealed:1:";

/// What the keys are derived for.
const PURPOSE: &str = "feed-passwords";

/// Passwords that are looked at in one step.
const STEP: u32 = 500;

impl App {
    /// Name and password as they may be stored.
    pub(crate) fn sealed(&self, given: Credentials) -> Credentials {
        match self.keys.of_feed_passwords().first() {
            Some(key) => Credentials { password: seal(&given.password, key), ..given },
            None => given,
        }
    }

    /// Name and password as the feed's server knows them; none when they were sealed under a key that is gone.
    pub(crate) fn unsealed(&self, stored: &Credentials) -> Option<Credentials> {
        let password = match stored.password.expose().strip_prefix(SEALED) {
            None => stored.password.clone(),
            Some(sealed) => self.keys.of_feed_passwords().iter().find_map(|key| open(sealed, key))?,
        };
        Some(Credentials { username: stored.username.clone(), password })
    }

    /// Seals the passwords that lie plain or under an older key. Returns how many there were.
    ///
    /// # Errors
    /// A failure of the database.
    pub(crate) async fn seal_old_passwords(&self) -> Result<usize, StoreError> {
        let Some((newest, older)) = self.keys.of_feed_passwords().split_first() else { return Ok(0) };
        let (mut after, mut count) = (FeedId::new(0), 0);
        loop {
            let some = self.store.feed_passwords(after, STEP).await?;
            let Some((last, _)) = some.last() else { return Ok(count) };
            after = *last;
            for (feed, stored) in some {
                let plain = match stored.expose().strip_prefix(SEALED) {
                    None => Some(stored.clone()),
                    Some(sealed) => older.iter().find_map(|key| open(sealed, key)),
                };
                if let Some(plain) = plain {
                    self.store.replace_feed_password(feed, &stored, &seal(&plain, newest)).await?;
                    count += 1;
                }
            }
        }
    }
}

/// The key in a file that another database of this folder left, such as before a move to PostgreSQL.
pub(crate) fn key_file_left_in(folder: &Path) -> Option<[u8; 32]> {
    read_key(&folder.join("yomu.sqlite3.key")).ok()
}

/// The key in a file beside the database; made where there is none, for this user's eyes alone.
///
/// # Errors
/// When it can neither be read nor written, or is no key.
pub(crate) fn key_file(database: &Path) -> std::io::Result<[u8; 32]> {
    let path = PathBuf::from(format!("{}.key", database.display()));
    match read_key(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        read => return read,
    }
    // Whole or not at all, also when several processes start at once: the first link wins.
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let name: String = random_bytes::<8>().iter().map(|byte| format!("{byte:02x}")).collect();
    let draft = folder.join(format!(".yomu-key-{name}"));
    write_private(&draft, &random_bytes())?;
    let linked = std::fs::hard_link(&draft, &path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => read_key(&path),
    }
}

fn read_key(path: &Path) -> std::io::Result<[u8; 32]> {
    let bytes = std::fs::read(path)?;
    let key = bytes.try_into().map_err(|_| std::io::Error::new(ErrorKind::InvalidData, "it is no key of 32 bytes"))?;
    Ok(key)
}

fn write_private(path: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(key)?;
    file.sync_all()
}

/// The key for passwords, from that of a file.
pub(crate) fn of_file(file: &[u8; 32]) -> [u8; 32] {
    keyed(file, PURPOSE.as_bytes())
}

/// What the key of the secret is derived for.
pub(crate) const fn purpose() -> &'static str {
    PURPOSE
}

fn seal(password: &Secret, key: &[u8; 32]) -> Secret {
    let nonce: [u8; NONCE_LEN] = random_bytes();
    let mut bytes = password.expose().as_bytes().to_vec();
    sealing_key(key)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut bytes)
        .expect("a password is shorter than the method's 64 GiB");
    Secret::new(format!("{SEALED}{}", STANDARD_NO_PAD.encode([&nonce[..], &bytes].concat())))
}

fn open(sealed: &str, key: &[u8; 32]) -> Option<Secret> {
    let mut bytes = STANDARD_NO_PAD.decode(sealed).ok()?;
    let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let plain = sealing_key(key).open_in_place(nonce, Aad::empty(), sealed).ok()?;
    String::from_utf8(plain.to_vec()).ok().map(Secret::new)
}

fn sealing_key(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("the key has the method's 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_password_is_opened_by_its_key_alone() {
        let password = Secret::new("水曜日's secret");
        let sealed = seal(&password, &[1; 32]);
        let text = sealed.expose().strip_prefix(SEALED).unwrap();
        assert_eq!(open(text, &[1; 32]), Some(password.clone()));
        assert_eq!(open(text, &[2; 32]), None);
        assert_ne!(seal(&password, &[1; 32]), sealed, "equal passwords do not look equal");
        for damaged in ["", "A", &text[1..], &"A".repeat(40), "\u{732b}"] {
            assert_eq!(open(damaged, &[1; 32]), None, "{damaged}");
        }
    }

    #[test]
    fn the_key_file_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("new").join("yomu.sqlite3");
        let key = key_file(&database).unwrap();
        assert_eq!(key_file(&database).unwrap(), key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let file = std::fs::metadata(folder.path().join("new/yomu.sqlite3.key")).unwrap();
            assert_eq!(file.permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(folder.path().join("new")).unwrap().count(), 1, "no draft is left");
        std::fs::write(folder.path().join("new/yomu.sqlite3.key"), "short").unwrap();
        assert!(key_file(&database).is_err(), "what is no key is not written over");
    }
}
