//! All feeds at one moment, written and compressed once, so that serving them costs next to nothing.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::article::EntryId;
use crate::dates::rfc1123;
use crate::document::Document;
use crate::options::ServeOptions;
use crate::prose::MARKERS;
use crate::random::Random;

/// The newest entry at the start is this old, so that two days' worth of hourly entries can follow and none is in the
/// future.
const NEWEST_AGE_SECONDS: u64 = 48 * 3600;

/// All feeds at one moment.
pub(crate) struct Corpus {
    options: ServeOptions,
    midnight: u64,
    /// How many entries every feed has published since the start.
    advanced: u32,
    feeds: Vec<Feed>,
}

/// One feed, ready to be sent.
pub(crate) struct Feed {
    /// Only the compressed form is kept: the text of 200,000 entries would need a gigabyte.
    pub(crate) gzip: Arc<Vec<u8>>,
    pub(crate) etag: String,
    /// One feed in three gives no date, as servers that build their feeds anew do.
    pub(crate) last_modified: Option<String>,
    text_bytes: usize,
    newest: u32,
    shown: u32,
}

impl Corpus {
    /// The library as it is at the start.
    pub(crate) fn new(options: ServeOptions, midnight: u64) -> Corpus {
        Corpus::at(options, midnight, 0, 0)
    }

    /// The library after every feed has published `by` more entries. Each shows them all, whatever its usual length, so
    /// that a reader can see every entry there ever was.
    pub(crate) fn advance(&self, by: u32) -> Corpus {
        Corpus::at(self.options, self.midnight, self.advanced + by, by)
    }

    fn at(options: ServeOptions, midnight: u64, advanced: u32, latest: u32) -> Corpus {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let share = (options.feeds as usize).div_ceil(threads);
        let numbers: Vec<u32> = (0..options.feeds).collect();
        let feeds = std::thread::scope(|scope| {
            let write = |feeds: &[u32]| -> Vec<Feed> {
                feeds.iter().map(|feed| Feed::write(options, midnight, *feed, advanced, latest)).collect()
            };
            let workers: Vec<_> = numbers.chunks(share).map(|feeds| scope.spawn(move || write(feeds))).collect();
            workers.into_iter().flat_map(|worker| worker.join().expect("writing a feed does not panic")).collect()
        });
        Corpus { options, midnight, advanced, feeds }
    }

    pub(crate) fn feed(&self, number: u32) -> Option<&Feed> {
        self.feeds.get(number as usize)
    }

    pub(crate) fn options(&self) -> ServeOptions {
        self.options
    }

    /// How many entries all feeds show now.
    pub(crate) fn shown(&self) -> u64 {
        self.feeds.iter().map(|feed| u64::from(feed.shown)).sum()
    }

    /// How many entries there ever were.
    pub(crate) fn published(&self) -> u64 {
        self.feeds.iter().map(|feed| u64::from(feed.newest)).sum()
    }

    pub(crate) fn text_bytes(&self) -> usize {
        self.feeds.iter().map(|feed| feed.text_bytes).sum()
    }

    pub(crate) fn compressed_bytes(&self) -> usize {
        self.feeds.iter().map(|feed| feed.gzip.len()).sum()
    }

    /// For each marker word, how many of the entries that ever were hold it.
    pub(crate) fn truth(&self) -> BTreeMap<&'static str, u64> {
        let mut counts: BTreeMap<&str, u64> = MARKERS.iter().map(|(word, _, _)| (*word, 0)).collect();
        for (feed, newest) in (0..).zip(self.feeds.iter().map(|feed| feed.newest)) {
            for number in 1..=newest {
                for word in (EntryId { seed: self.options.seed, feed, number }).markers() {
                    *counts.entry(word).or_default() += 1;
                }
            }
        }
        counts
    }
}

impl Feed {
    fn write(options: ServeOptions, midnight: u64, feed: u32, advanced: u32, latest: u32) -> Feed {
        let mut random = Random::new(&[options.seed, u64::from(feed), 0x6c65_6e67]);
        let length = random.between(options.min_entries as usize, options.max_entries as usize) as u32;
        // Feeds publish at different minutes of the hour.
        let start = (length, midnight - NEWEST_AGE_SECONDS + u64::from(feed * 7 % 3600));
        let (newest, shown) = (length + advanced, length.max(latest));
        let document = Document { options, feed, newest, shown, start };
        let text = document.write();
        let last_modified = (!feed.is_multiple_of(3)).then(|| rfc1123(document.updated()));
        Feed {
            gzip: Arc::new(compressed(text.as_bytes())),
            etag: format!("\"{}-{feed}-{newest}\"", options.seed),
            last_modified,
            text_bytes: text.len(),
            newest,
            shown,
        }
    }

    /// The feed for those who cannot unpack it.
    pub(crate) fn text(&self) -> Vec<u8> {
        let mut text = Vec::with_capacity(self.text_bytes);
        GzDecoder::new(self.gzip.as_slice()).read_to_end(&mut text).expect("what was packed here can be unpacked");
        text
    }
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 1_795_392_000;

    fn options() -> ServeOptions {
        ServeOptions { feeds: 12, ..ServeOptions::default() }
    }

    #[test]
    fn feeds_have_the_length_that_was_asked_for() {
        let corpus = Corpus::new(options(), DAY);
        assert!(corpus.feeds.iter().all(|feed| (20..=50).contains(&feed.shown)));
        assert_eq!(corpus.shown(), corpus.published());
    }

    #[test]
    fn advancing_shows_new_entries_under_a_new_etag() {
        let before = Corpus::new(options(), DAY);
        let after = before.advance(60);
        assert_eq!(after.published(), before.published() + 12 * 60);
        assert!(after.feeds.iter().all(|feed| feed.shown == 60));
        assert_ne!(before.feeds[3].etag, after.feeds[3].etag);
        assert_eq!(after.advance(1).feeds[3].shown, before.feeds[3].shown);
    }

    #[test]
    fn the_truth_is_what_a_search_of_the_texts_finds() {
        let corpus = Corpus::new(options(), DAY);
        let text: String = corpus.feeds.iter().map(|feed| String::from_utf8(feed.text()).unwrap()).collect();
        for (word, count) in corpus.truth() {
            let sentence =
                if word.is_ascii() { format!("talk of the {word}") } else { format!("その日は{word}のこと") };
            assert_eq!(text.matches(&sentence).count() as u64, count, "{word}");
        }
    }
}
