//! Damaged documents: for every input there is an answer of bounded size. What they cost is counted in `src/work`.
//!
//! Each test runs for `FUZZ_SECONDS` (2 if not set). A failure prints the seed; `FUZZ_SEED` begins with it.

mod damage;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use damage::{Random, document};
use url::Url;
use yomu_feed::{Hints, Parsed, discover, encoding, limits, opml, parse};

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs a check on damaged documents until the time is up.
fn fuzz(name: &str, check: fn(&[u8], &mut Random)) {
    let end = Instant::now() + Duration::from_secs(setting("FUZZ_SECONDS").unwrap_or(2));
    let first = setting("FUZZ_SEED").unwrap_or(1);
    let mut seed = first;
    while Instant::now() < end {
        let mut random = Random::new(seed);
        let bytes = document(&mut random);
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&bytes, &mut random)));
        assert!(outcome.is_ok(), "{name} fails for FUZZ_SEED={seed}");
        seed += 1;
    }
    eprintln!("{name}: {} documents", seed - first);
}

fn check_parsed(bytes: &[u8], parsed: &Parsed) {
    assert!(parsed.problems.len() <= limits::PROBLEMS_MAX);
    assert!(parsed.feed.is_some() || parsed.problems.iter().any(yomu_feed::Problem::is_fatal), "a reason for nothing");
    assert!(parsed.problems.iter().all(|problem| problem.to_string().len() < 1_000));
    let Some(feed) = &parsed.feed else { return };
    assert!(feed.title.len() <= limits::TITLE_BYTES_MAX + 3 && !feed.title.contains('\n'));
    let mut content_bytes = 0;
    for entry in &feed.entries {
        assert!(entry.title.len() <= limits::TITLE_BYTES_MAX + 3 && !entry.title.contains('\n'));
        assert!(entry.categories.len() <= limits::CATEGORIES_MAX && entry.enclosures.len() <= limits::ENCLOSURES_MAX);
        let urls = [&entry.url, &entry.comments_url, &entry.external_url, &entry.image_url, &entry.base];
        let files = entry.enclosures.iter().map(|enclosure| &enclosure.url);
        for url in urls.into_iter().flatten().chain(files) {
            assert!(Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")), "{url}");
        }
        content_bytes +=
            [&entry.content, &entry.summary].into_iter().flatten().map(|content| content.html.len()).sum::<usize>();
    }
    // Text can grow by escaping (`"` to `&quot;`), by decoding (one byte to three) and by both.
    assert!(content_bytes <= bytes.len() * 18 + 64, "{content_bytes} bytes of content from {}", bytes.len());
}

#[test]
fn parse_has_an_answer_to_everything() {
    fuzz("parse", |bytes, random| {
        let url = Url::parse("https://example.com/feed").ok();
        let types = [
            None,
            Some("text/xml; charset=utf-8"),
            Some("application/json"),
            Some("text/html; charset=shift_jis"),
            Some(";;="),
        ];
        let hints = Hints {
            url: url.as_ref().filter(|_| random.below(2) == 0),
            content_type: types[random.below(types.len())],
            encoding: [None, None, None, Some("euc-jp"), Some("utf-16le")][random.below(5)],
            entries_max: [usize::MAX, 5_000, 3, 0][random.below(4)],
        };
        let parsed = parse(bytes, &hints);
        assert!(parsed.feed.as_ref().is_none_or(|feed| feed.entries.len() <= hints.entries_max));
        check_parsed(bytes, &parsed);
        assert_eq!(parse(bytes, &hints), parsed, "the same again");
    });
}

#[test]
fn opml_that_was_read_survives_writing() {
    fuzz("opml", |bytes, _| {
        let list = opml::read(bytes);
        assert!(list.problems.len() <= limits::PROBLEMS_MAX);
        let title = list.title.clone().unwrap_or_default();
        let again = opml::read(opml::write(&title, &list.outlines).as_bytes());
        assert_eq!(again.outlines, list.outlines);
        assert_eq!(again.title.unwrap_or_default(), title);
    });
}

#[test]
fn decode_has_an_answer_to_everything() {
    fuzz("decode", |bytes, random| {
        let labels = [
            "utf-8",
            "shift_jis",
            "iso-2022-jp",
            "gb18030",
            "utf-16be",
            "koi8-r",
            "x-user-defined",
            "replacement",
            "nonsense",
            "",
        ];
        let header = format!("text/html; charset={}", labels[random.below(labels.len())]);
        let choice = labels[random.below(labels.len())];
        let decoded = encoding::decode(
            bytes,
            Some(&header).filter(|_| random.below(2) == 0).map(String::as_str),
            Some(choice).filter(|_| random.below(4) == 0),
        );
        assert!(decoded.text.len() <= bytes.len() * 3 + 3);
    });
}

#[test]
fn discovery_has_an_answer_to_everything() {
    fuzz("discover", |bytes, random| {
        let html = String::from_utf8_lossy(bytes);
        let pages = [
            "https://example.com/a/b",
            "https://www.youtube.com/@x",
            "https://github.com/a/b/commits/c/d",
            "http://[::1]/@x",
            "https://note.com/x",
        ];
        let Ok(page) = Url::parse(pages[random.below(pages.len())]) else { return };
        let candidates = discover::candidates(&html, &page);
        assert!(candidates.len() <= limits::CANDIDATES_MAX * 2);
        assert!(discover::icons(&html, &page).len() <= limits::CANDIDATES_MAX + 1);
        for candidate in candidates {
            discover::from_address(&candidate.url);
            discover::common_paths(&candidate.url);
        }
    });
}
