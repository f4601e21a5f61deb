//! Every bound of the image proxy, with its reason. Those on one picture's size and time are in `fetch/limits.rs`.

use std::time::Duration;

/// Pictures that come at once. Each holds what is between its server and a reader: some 100 KB, at most the megabyte that
/// an HTTP/2 server may send ahead. So 24 are 3 MB as a rule and 24 MB at the worst.
pub(super) const PICTURES_AT_ONCE: usize = 24;

/// Pictures that wait for a place: browsers ask for six at a time from one host, so forty pages that open at once. More are
/// told to try again; each waiting one costs a few kilobytes.
pub(super) const PICTURES_WAITING: usize = 256;

/// Connections to one host, as browsers have it.
pub(super) const PER_HOST: usize = 6;

/// A picture waits this long for its turn; the reader has scrolled on by then.
pub(super) const WAITING_TIME: Duration = Duration::from_secs(20);

/// Bytes that tell a picture by how it begins. Raster formats need 12; an SVG may have a licence above its first tag.
pub(super) const HEAD_BYTES: usize = 1024;

/// How long a browser shows a picture without asking again, whatever its server says: a day, because pictures hardly ever
/// change under their addresses, and a month, because some do.
pub(super) const FRESH: (Duration, Duration) = (Duration::from_secs(24 * 3600), Duration::from_secs(30 * 24 * 3600));

/// Longest address that is signed. Encoded it is a third longer, and proxies commonly refuse request lines over 8,000.
pub(super) const ADDRESS_BYTES_MAX: usize = 5_000;

/// A reader who takes no byte for this long is gone.
pub(super) const READER_STALLS: Duration = Duration::from_secs(30);

/// A picture that takes longer holds a place that others wait for. 20 MB in five minutes are 70 KB a second.
pub(super) const PASSAGE_TIME: Duration = Duration::from_secs(5 * 60);
