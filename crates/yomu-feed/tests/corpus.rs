//! Real feeds, collected outside of the project. Where they are missing, these tests say so and pass.
//!
//! The manifest's counts come from another tool; where we differ, `DEVIATIONS` says why.

use std::path::{Path, PathBuf};

use url::Url;
use yomu_feed::{Entry, Hints, Parsed, opml, parse};

/// File, the manifest's count, ours, and the reason.
const DEVIATIONS: [(&str, usize, usize, &str); 2] = [
    (
        "simplepie_simplepie__tests-data-feed-utf16be.xml",
        0,
        1,
        "UTF-16 without a mark: the other tool reads nothing, a person one entry",
    ),
    ("simplepie_simplepie__tests-data-feed-utf16le.xml", 0, 1, "as above, in the other byte order"),
];

/// Files in which entries lack something: with title, with link, with date, of so many entries.
const GAPS: [(&str, [usize; 4]); 17] = [
    // Hugo's zero date, year 1.
    ("5minlab_5minlab.github.io__index.xml", [3, 3, 1, 3]),
    ("GoCon_2022spring__index.xml", [76, 121, 0, 121]),
    // No `link` and no `guid` in any item; two empty titles.
    ("AreWeAntiCheatYet_AreWeAntiCheatYet__feed.rss", [1043, 0, 1045, 1045]),
    // Empty `pubDate` elements.
    ("Bolsroll_nogizaka-rss__rss.xml", [28, 28, 22, 28]),
    // No dates at all.
    ("chardet_chardet__tests-EUC-JP-artifact-jp.com.xml", [15, 15, 0, 15]),
    ("chardet_chardet__tests-EUC-KR-console.linuxstudy.pe.kr.xml", [10, 10, 0, 10]),
    ("chardet_chardet__tests-GB2312-xy15400.blogcn.com.xml", [20, 20, 0, 20]),
    ("chardet_chardet__tests-windows-1251-bulgarian-debian.gabrovo.com.news.xml", [10, 10, 0, 10]),
    ("chardet_chardet__tests-windows-1255-hebrew-law.co.il.xml", [10, 10, 0, 10]),
    ("jflam_www.iunknown.com__rss091.xml", [15, 15, 0, 15]),
    ("simplepie_simplepie__tests-data-feed-utf16be.xml", [1, 1, 0, 1]),
    ("simplepie_simplepie__tests-data-feed-utf16le.xml", [1, 1, 0, 1]),
    // The dates are `a while ago` and `just now`; there is no title.
    ("davorg_xml-feed__t-samples-rss10-invalid-date.xml", [0, 1, 0, 1]),
    // Descriptions only, as RSS 0.92 allows.
    ("feed-rs_feed-rs__feed-rs-fixture-rss0-rss_0.92_spec_1.xml", [0, 0, 0, 3]),
    ("rust-syndication_rss__tests-data-rss092.xml", [0, 0, 0, 22]),
    // Media or iTunes elements only.
    ("nmdias_FeedKit__Tests-FeedKitTests-Resources-xml-AtomMedia.xml", [0, 0, 0, 1]),
    ("rust-syndication_rss__tests-data-itunes.xml", [0, 0, 0, 1]),
];

/// An empty title and the address `http:`.
const NEARLY_NOTHING: (&str, [usize; 4]) = ("tkhaga_markent__index.rdf", [0, 0, 1, 1]);

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/feeds");
    if !folder.is_dir() {
        eprintln!("skipped: the corpus is not at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// Name, kind, language and count of each feed.
fn manifest(folder: &Path) -> Vec<(String, String, usize)> {
    let text = std::fs::read_to_string(folder.join("MANIFEST.tsv")).expect("the corpus has a manifest");
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter_map(|row| Some((row[0].strip_prefix("feed/")?.to_owned(), row[2].to_owned(), row[7].parse().ok()?)))
        .collect()
}

fn read(folder: &Path, name: &str) -> Parsed {
    let bytes = std::fs::read(folder.join("feed").join(name)).expect("the corpus has the file");
    let url = Url::parse("https://feed.example/feed.xml").ok();
    parse(&bytes, &Hints { url: url.as_ref(), ..Hints::default() })
}

fn counts(entries: &[Entry]) -> [usize; 4] {
    let count = |has: &dyn Fn(&Entry) -> bool| entries.iter().filter(|entry| has(entry)).count();
    [
        count(&|entry| !entry.title.is_empty()),
        count(&|entry| entry.url.is_some()),
        count(&|entry| entry.published.or(entry.updated).is_some()),
        entries.len(),
    ]
}

#[test]
fn every_feed_gives_its_entries_with_title_link_and_date() {
    let Some(folder) = corpus() else { return };
    let manifest = manifest(&folder);
    assert_eq!(manifest.len(), 75);
    for (name, _, listed) in manifest {
        let expected = DEVIATIONS.iter().find(|(file, ..)| *file == name).map_or(listed, |(_, was, ours, _)| {
            assert_eq!(*was, listed, "{name}");
            *ours
        });
        let feed = read(&folder, &name).feed.unwrap_or_else(|| panic!("{name} is a feed"));
        let gap = GAPS.iter().chain([&NEARLY_NOTHING]).find(|(file, _)| *file == name);
        assert_eq!(counts(&feed.entries), gap.map_or([expected; 4], |(_, counts)| *counts), "{name}");
        assert!(!feed.title.is_empty() || name.contains("itunes"), "{name} has a title");
    }
}

#[test]
fn every_feed_is_read_in_its_own_script() {
    let Some(folder) = corpus() else { return };
    for (name, lang, _) in manifest(&folder) {
        let parsed = read(&folder, &name);
        let feed = parsed.feed.unwrap_or_default();
        let mut text = format!("{} {}", feed.title, feed.description.unwrap_or_default());
        for entry in &feed.entries {
            text.push_str(&entry.title);
            text.extend(entry.content.iter().map(|content| content.html.as_str()));
        }
        // One blog was damaged before it was published; nothing is added to that.
        let written = if name.starts_with("100milliongold") { 4 } else { 0 };
        assert!(text.matches('\u{fffd}').count() <= written, "{name} is damaged: {:?}", parsed.problems);
        let script: &dyn Fn(char) -> bool = match lang.as_str() {
            "ja" => &|c| ('\u{3040}'..='\u{30ff}').contains(&c),
            "ko" => &|c| ('\u{ac00}'..='\u{d7af}').contains(&c),
            "zh" => &|c| ('\u{4e00}'..='\u{9fff}').contains(&c),
            "ru/bg" => &|c| ('\u{0400}'..='\u{04ff}').contains(&c),
            "he" => &|c| ('\u{0590}'..='\u{05ff}').contains(&c),
            "ar" => &|c| ('\u{0600}'..='\u{06ff}').contains(&c),
            _ => continue,
        };
        let letters = text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
        let own = text.chars().filter(|c| script(*c)).count();
        // Kana are half of Japanese text; accents and foreign names are rare everywhere.
        let share = if lang == "ja" { 4 } else { 2 };
        assert!(own * share > letters && own > 20, "{name}: {own} of {letters} letters are {lang}");
    }
}

#[test]
fn titles_are_right_in_every_encoding() {
    let Some(folder) = corpus() else { return };
    let cases = [
        ("chardet_chardet__tests-EUC-JP-artifact-jp.com.xml", "ARTIFACT －人工事実－"),
        (
            "chardet_chardet__tests-KOI8-R-forum.template-toolkit.ru.6.xml",
            "Форумы Template Toolkit : Новости Template Toolkit",
        ),
        ("chardet_chardet__tests-windows-1251-bulgarian-debian.gabrovo.com.news.xml", "Debian България: Новини"),
        ("mix3_mix3.github.io__index.rdf", "萌えキャラとは何だったのか"),
    ];
    for (name, title) in cases {
        assert_eq!(read(&folder, name).feed.map(|feed| feed.title).as_deref(), Some(title), "{name}");
    }
}

#[test]
fn every_list_of_subscriptions_survives_import_export_import() {
    let Some(folder) = corpus() else { return };
    let cases = [
        ("OzzyCzech_opml__subscriptions.opml", 96),
        ("adamgiese_dotfiles__feeds.opml", 13),
        ("rgnlax_Feeds-for-iOS-Developer__subscriptions.opml", 40),
        ("tofrenz_podcast_abos__subscriptions_audio.opml", 199),
        ("geekdada_podcast-opml__overcast.opml", 45),
    ];
    for (name, count) in cases {
        let bytes = std::fs::read(folder.join("opml").join(name)).expect("the corpus has the file");
        let list = opml::read(&bytes);
        assert_eq!(list.outlines.len(), count, "{name}: {:?}", list.problems);
        assert!(list.outlines.iter().all(|outline| !outline.title.is_empty()), "{name}");
        let again = opml::read(opml::write(list.title.as_deref().unwrap_or_default(), &list.outlines).as_bytes());
        assert_eq!((again.title, again.outlines), (list.title, list.outlines), "{name}");
    }
}
