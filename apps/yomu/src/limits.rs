//! How much work the program takes on at once. Bounds on what comes from outside stand beside what reads it:
//! `fetch/limits.rs`, and `limits.rs` in yomu-feed, yomu-clean and yomu-model.

use std::time::Duration;

use jiff::SignedDuration;

use crate::cache::Budget;

/// Feeds in work at once. Each waits for the network most of the time; the bound keeps the documents in memory few.
pub(crate) const FEEDS_IN_FLIGHT: u32 = 32;

/// Feeds of one host in work at once, at most, however many it may be asked for at a time: the other places are for the
/// other hosts.
pub(crate) const FEEDS_OF_HOST_IN_FLIGHT: usize = FEEDS_IN_FLIGHT as usize / 2;

/// Feeds whose leases are taken together, in work at once or waiting for their host's turn. A query for many costs little
/// more than one for a single feed.
pub(crate) const FEEDS_CLAIMED: u32 = 2 * FEEDS_IN_FLIGHT;

/// Documents on their way into the database at once, beside one in work on each processor. More would not be written any
/// sooner, and each takes a megabyte or two.
pub(crate) const DOCUMENTS_WRITTEN: usize = 4;

/// How long a worker holds a feed. Longer than the slowest fetch with its articles, so a lease that runs out means that
/// its worker is gone.
pub(crate) const LEASE: Duration = Duration::from_secs(10 * 60);

/// A feed that waited longer for its host's turn is given back: what is left of its lease might not be enough for it.
pub(crate) const LEASE_FRESH: Duration = Duration::from_secs(5 * 60);

/// Checks without news that are written together.
pub(crate) const UNCHANGED_BATCH: usize = 64;

/// The refresher looks at the schedule at least this often, whatever it has been told.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// The same while feeds are in work and places are free: what becomes due does not wait for a slow host's answer.
pub(crate) const LOOK_AGAIN_AT_WORK: Duration = Duration::from_secs(5);

/// A stopping program waits this long for feeds in work; then it gives their leases back.
pub(crate) const STOPPING: Duration = Duration::from_secs(5);

/// Articles fetched after one refresh of a feed with full text: a busy feed's newest, within a minute or so.
pub(crate) const ARTICLES_PER_REFRESH: usize = 20;

/// An icon is looked for again after this time; sites change theirs every few years.
pub(crate) const ICON_AGAIN: Duration = Duration::from_secs(30 * 24 * 3600);

/// What was removed can be brought back for a day.
pub(crate) const REMOVED_FOR: Duration = Duration::from_secs(24 * 3600);

/// How often what was removed is looked through.
pub(crate) const PURGE_EVERY: Duration = Duration::from_secs(3600);

/// Common paths tried on a site that names no feed.
pub(crate) const COMMON_PATHS_TRIED: usize = 6;

/// Characters of a list's excerpt.
pub(crate) const EXCERPT_CHARS: usize = 240;

/// A feed whose host must rest is asked again after this time at the earliest.
pub(crate) const POSTPONED: Duration = Duration::from_secs(60);

/// Passwords for apps that one person may have: one for each app on each device, ten times over.
pub(crate) const APP_PASSWORDS_MAX: u32 = 100;

/// When to ask again while the database is away: it is back, as a rule, some seconds after it went.
pub(crate) const DATABASE_BACK_SECONDS: &str = "5";

/// How long it is remembered whose an app password is, where replicas share a cache: until its next use is noted.
pub(crate) const APP_PASSWORD_REMEMBERED: Duration = Duration::from_secs(60);

/// Requests of one account's apps: fifty a second. An app that reads 10,000 entries for the first time sends some hundred;
/// what goes on like this is an app in a circle.
pub(crate) const API_REQUESTS: Budget = Budget { times: 3_000, within: Duration::from_secs(60) };

/// Wrong app passwords from one address. They cannot be guessed (160 bits); what comes so often is an app that was forgotten
/// somewhere, and it is told to slow down. Right ones are never held back by it.
pub(crate) const WRONG_APP_PASSWORDS: Budget = Budget { times: 60, within: Duration::from_secs(300) };

/// Tries to sign in from one address: a family behind one router, each with a few wrong turns. Each costs the identity
/// provider two requests.
pub(crate) const SIGN_INS: Budget = Budget { times: 30, within: Duration::from_secs(120) };

/// The same of a browser in which somebody has signed in before, whatever its neighbours do.
pub(crate) const SIGN_INS_OF_DEVICE: Budget = Budget { times: 12, within: Duration::from_secs(120) };

/// How long a browser is known in which somebody has signed in.
pub(crate) const DEVICE_KNOWN_SECONDS: u32 = 365 * 24 * 3600;

/// A device that was not used for a month signs in again.
pub(crate) const SESSION_IDLE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// And so does every device after half a year, whatever happened meanwhile.
pub(crate) const SESSION_WHOLE: SignedDuration = SignedDuration::from_hours(180 * 24);

/// A device's sign of life is written down at most this often: a page with its icons is twenty requests.
pub(crate) const SEEN_NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// A sign-in must come back from the identity provider within this time: finding one's phone for the second factor.
pub(crate) const SIGN_IN_TIME_MAX: SignedDuration = SignedDuration::from_mins(15);

/// An invitation is good for a week.
pub(crate) const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Invitations that may be open at a time.
pub(crate) const INVITATIONS_MAX: usize = 100;

/// Highlights of one entry: each is looked for in the text whenever the entry is shown.
pub(crate) const HIGHLIGHTS_OF_ENTRY_MAX: u32 = 200;

/// Highlights of one person: ten a day for five years. A search among them looks at each.
pub(crate) const HIGHLIGHTS_OF_USER_MAX: u32 = 20_000;

/// Highlights read at a time for a file of all of them.
pub(crate) const HIGHLIGHTS_READ: u32 = 500;

/// Searches that one person keeps: they all stand beside every page.
pub(crate) const SEARCHES_MAX: u32 = 50;

/// Entries that rules are tried on: the newest of a month, or of some busy days.
pub(crate) const PREVIEW_ENTRIES_MAX: u32 = 1_000;

/// Of them so many are read at a time; each with its text.
pub(crate) const PREVIEW_READ: usize = 100;

/// Entries listed in a preview: what a person looks through.
pub(crate) const PREVIEW_ROWS_MAX: usize = 100;

/// Public links of one person. More is a publication, which wants a place of its own.
pub(crate) const SHARES_MAX: u32 = 500;

/// Bytes of a file of another program on the command line, which is read as a whole: fifty thousand pages with their texts,
/// of 10 KB each, twice.
pub(crate) const IMPORT_FILE_BYTES_MAX: u64 = 1 << 30;

/// Pages of an import that are written together.
pub(crate) const PAGES_IMPORTED_TOGETHER: usize = 200;

/// Saved pages fetched at once, beside the feeds.
pub(crate) const PAGES_IN_FLIGHT: u32 = 8;

/// Tries of a page that may yet come: after a quarter of an hour, an hour, four hours and most of a day.
pub(crate) const PAGE_TRIES_MAX: u32 = 5;

/// The time before the second try; each further one waits four times as long.
pub(crate) const PAGE_TRY_AGAIN: Duration = Duration::from_secs(15 * 60);
