//! Every bound on what an issuer sends, with its reason.

use std::time::Duration;

use jiff::SignedDuration;

/// Bytes of an ID token. Google's have 1,200; group lists make others a few times longer.
pub(super) const TOKEN_BYTES_MAX: usize = 16 * 1024;

/// Public keys of one issuer. Google has two to four, and Microsoft about ten.
pub(super) const KEYS_MAX: usize = 64;

/// Bits of an RSA key: smaller ones are broken, larger ones only slow down whoever checks.
pub(super) const RSA_BYTES: std::ops::RangeInclusive<usize> = 256..=512;

/// Bytes of a subject (OpenID Connect Core, section 2, says 255).
pub(super) const SUBJECT_BYTES_MAX: usize = 255;

/// Bytes of a mail address (RFC 5321, section 4.5.3.1.3, without its brackets).
pub(super) const EMAIL_BYTES_MAX: usize = 254;

/// How far the issuer's clock and ours may differ.
pub(super) const CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(120);

/// How long what the issuer says of itself is believed. Issuers move their endpoints hardly ever.
pub(super) const DISCOVERY_AGE_MAX: Duration = Duration::from_secs(24 * 3600);

/// How long its keys are believed; a key that was taken back is refused after this.
pub(super) const KEYS_AGE_MAX: Duration = Duration::from_secs(3600);

/// A token with an unknown key makes us ask for the keys again, but not more often than this.
pub(super) const KEYS_AGAIN: Duration = Duration::from_secs(60);

/// After a failure the issuer is left alone for so long; everybody gets the same answer meanwhile.
pub(super) const FAILURE_REST: Duration = Duration::from_secs(5);
