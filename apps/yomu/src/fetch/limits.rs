//! Every bound on what comes from outside, with its reason.

use std::time::Duration;

use super::Kind;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Redirects followed for one request. Browsers stop at 20; feeds that moved hosts, then to https, then to a new path
/// need 3 or 4.
pub(super) const HOPS_MAX: usize = 10;

/// Longest URL asked for, in bytes. Servers commonly refuse request lines over 8,000 (RFC 9110, section 4.1).
pub(super) const URL_BYTES_MAX: usize = 8_000;

/// Longest `ETag` or `Last-Modified` kept. Real ones are under 100 bytes; what is dropped only costs a full answer.
pub(super) const VALIDATOR_BYTES_MAX: usize = 1_024;

/// Header lines in an answer. Large sites send 20 to 60; hyper also bounds their total size at about 400 KB.
pub(super) const HEADERS_MAX: usize = 100;

/// Total header bytes in an HTTP/2 answer, as large as common servers allow in requests, twice over.
pub(super) const HEADER_BYTES_MAX: u32 = 32 * KIB as u32;

/// A body this large waits for one of [`LARGE_BODIES_MAX`] places before it grows further, so that 32 requests in
/// flight hold at most 32 x 1 MiB + 2 x 32 MiB, whatever the servers send. Most feeds are under 300 KB.
pub(super) const LARGE_BODY: usize = MIB;

/// Bodies over [`LARGE_BODY`] being read at once.
pub(super) const LARGE_BODIES_MAX: usize = 2;

/// First allocation for a body. `Content-Length` is only a claim, so it is believed up to here.
pub(super) const FIRST_ALLOCATION_MAX: usize = 256 * KIB;

/// How much larger a compressed feed is than it says: the room that is made for it at first.
pub(super) const USUAL_EXPANSION: usize = 6;

/// A body that outgrows its bound after expanding at least this much is called a bomb. Feeds compress 3 to 20 times,
/// a generated feed of equal entries perhaps 100 times.
pub(super) const BOMB_EXPANSION: usize = 100;

/// Largest zstd window, as a power of two. RFC 9659 asks senders to stay within 8 MiB; the library's own bound of
/// 128 MiB a stream would be a memory bomb.
pub(super) const ZSTD_WINDOW_LOG_MAX: u32 = 23;

/// Unread data an HTTP/2 server may send ahead on one stream, and on one connection. The library's 2 and 5 MiB would
/// be held by every stream that waits for a place among the large bodies.
pub(super) const H2_STREAM_WINDOW: u32 = 512 * KIB as u32;
/// See [`H2_STREAM_WINDOW`]; two streams a host is the usual politeness.
pub(super) const H2_CONNECTION_WINDOW: u32 = MIB as u32;

/// Idle connections kept for each host, and for how long: enough for the next feed of the same host in a round of
/// refreshes, not enough to keep the buffers of a thousand hosts alive (up to 160 KiB each were measured).
pub(super) const IDLE_CONNECTIONS_MAX: usize = 1;
/// See [`IDLE_CONNECTIONS_MAX`].
pub(super) const IDLE_CONNECTION: Duration = Duration::from_secs(2);

/// TLS sessions kept for resumption. Each holds a certificate chain of several KiB; hosts are asked again soon or in
/// an hour, and for the latter tickets have mostly expired.
pub(super) const TLS_SESSIONS_MAX: usize = 64;

/// DNS answers kept in memory.
pub(super) const DNS_CACHE_MAX: u64 = 2_048;

/// One DNS question may take this long before it is asked again.
pub(super) const DNS_TRY: Duration = Duration::from_secs(3);

/// Hosts remembered at once; the idle ones leave long before (see `politeness.rs`).
pub(super) const HOSTS_MAX: usize = 4_096;

/// A `Retry-After` is believed up to a week. Longer values are typing errors or hostile.
pub(super) const RETRY_AFTER_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);

/// One `Retry-After` quiets the whole host up to an hour, since hosts such as github.io carry feeds of many people.
pub(super) const HOST_REST_MAX: Duration = Duration::from_secs(3_600);

/// A host that answers 429 without saying how long is left alone for a minute.
pub(super) const HOST_REST_DEFAULT: Duration = Duration::from_secs(60);

/// Freshness is believed up to a year, as RFC 9111 suggests for calculations.
pub(super) const FRESHNESS_MAX: Duration = Duration::from_secs(365 * 24 * 3_600);

/// The bounds that a program may choose; the defaults are for the internet, tests choose shorter times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Looking up a name. Two tries of three seconds, and a little.
    pub dns_time: Duration,
    /// Looking up the name, connecting and agreeing on TLS. Ten seconds are enough for a sleeping disk and a lost
    /// packet or two, beside a slow DNS server.
    pub connect_time: Duration,
    /// From the request to the first line of the answer. Some feeds are made by slow scripts.
    pub first_byte_time: Duration,
    /// No byte for this long ends the reading; it is also how long a body may be slower than `bytes_per_second_min`.
    pub stall_time: Duration,
    /// A body slower than this, on average and after `stall_time`, is a slow drip. An old modem was ten times faster.
    pub bytes_per_second_min: u64,
    /// Waiting for a turn at a busy host, or for a free place. A caller with more patience asks again.
    pub queue_time: Duration,
    /// Feeds: those of 20 MB exist (every episode since 2004, with notes).
    pub feed: BodyLimits,
    /// Pages: the text of an article is small, but some sites put megabytes of script into theirs.
    pub page: BodyLimits,
    /// Icons: a 256 pixel icon file without compression has 256 KiB.
    pub icon: BodyLimits,
    /// Pictures in articles: a photograph as a camera makes it has 5 to 15 MB, a long animation as much. They are passed
    /// on as they come, so their size costs no memory.
    pub image: BodyLimits,
    /// Documents of identity providers have a few KiB, and somebody waits for them.
    pub json: BodyLimits,
}

/// The bounds on one kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyLimits {
    /// Bytes after decoding, and also before: a compressed body may not be larger than a plain one.
    pub bytes_max: usize,
    /// From the first request to the last byte, through all redirects; waiting for a turn does not count.
    pub time_max: Duration,
}

impl Limits {
    /// The bounds for a kind of document.
    pub fn body(&self, kind: Kind) -> BodyLimits {
        match kind {
            Kind::Feed => self.feed,
            Kind::Page => self.page,
            Kind::Icon => self.icon,
            Kind::Image => self.image,
            Kind::Json => self.json,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            dns_time: Duration::from_secs(7),
            connect_time: Duration::from_secs(15),
            first_byte_time: Duration::from_secs(30),
            stall_time: Duration::from_secs(10),
            bytes_per_second_min: 512,
            queue_time: Duration::from_secs(120),
            feed: BodyLimits { bytes_max: 32 * MIB, time_max: Duration::from_secs(90) },
            page: BodyLimits { bytes_max: 8 * MIB, time_max: Duration::from_secs(45) },
            icon: BodyLimits { bytes_max: 512 * KIB, time_max: Duration::from_secs(20) },
            image: BodyLimits { bytes_max: 20 * MIB, time_max: Duration::from_secs(60) },
            json: BodyLimits { bytes_max: 256 * KIB, time_max: Duration::from_secs(10) },
        }
    }
}
