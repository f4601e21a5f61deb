//! Every bound on what apps send and get, with its reason.

use std::time::Duration;

/// Bytes of a request. Marking 100,000 entries at once is 800 KB.
pub(in crate::api) const BODY_BYTES_MAX: usize = 1024 * 1024;

/// A body of which nothing comes for so long is given up.
pub(in crate::api) const BODY_STALLS: Duration = Duration::from_secs(15);

/// Bytes of a subscription list. Ten thousand feeds are 2 MB.
pub(in crate::api) const OPML_BYTES_MAX: usize = 10 * 1024 * 1024;

/// Bytes of one entry that an app brings along or rewrites.
pub(in crate::api) const ENTRY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Answers below this size gain nothing from compression.
pub(in crate::api) const COMPRESSED_FROM_BYTES: u64 = 1024;

/// Entries in one answer of the Miniflux API where an app asks for no number.
pub(in crate::api) const MINIFLUX_ENTRIES_DEFAULT: u32 = 100;

/// Entries in one answer of the Miniflux API, as Miniflux has it: each comes with its text.
pub(in crate::api) const MINIFLUX_ENTRIES_MAX: u32 = 1000;

/// Numbers of entries in one answer: apps ask for 10,000 at a time.
pub(in crate::api) const IDS_MAX: u32 = 10_000;

/// Entries in one answer of the Google Reader API where an app asks for no number; as in FreshRSS.
pub(in crate::api) const READER_ITEMS_DEFAULT: u32 = 20;

/// Entries with their text in one answer of the Google Reader API; apps ask for up to 1,000 and go on from there.
pub(in crate::api) const READER_ITEMS_MAX: u32 = 1000;

/// Entries in one answer of the Fever API, as its specification has it.
pub(in crate::api) const FEVER_ITEMS_MAX: u32 = 50;

/// Entries whose numbers one answer of the Fever API lists: it knows no pages. 200,000 are 1.6 MB.
pub(in crate::api) const FEVER_IDS_MAX: u32 = 200_000;

/// Files of one entry that have a number of their own: the numbers of entries leave ten bits.
pub(in crate::api) const ENCLOSURES_MAX: i64 = 1024;

/// Names of feeds looked at in one discovery.
pub(in crate::api) const STREAMS_MAX: usize = 10_000;

/// Labels that one request puts on items or takes from them: apps send one, or what a person picked from a list.
pub(in crate::api) const LABELS_MAX: usize = 20;
