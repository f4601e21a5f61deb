//! Searches that nobody thought of: generated queries over generated entries find the same on every database as with the
//! plainest matcher.
//!
//! Each run asks other questions. `YOMU_TEST_SEED` asks those of an earlier one again; a failure names its seed.

use jiff::tz::TimeZone;
use yomu_model::search::{IndexText, Query};
use yomu_store::{NewEntry, Verdict};

use super::numbers;
use crate::support::{Database, at, databases, entry, publish_judged, reader};

const DOCUMENTS: u32 = 80;
const QUERIES: usize = 300;

#[tokio::test]
async fn generated_queries_find_what_the_plain_matcher_finds() {
    let seed = seed();
    let mut random = Random(seed);
    let documents: Vec<Document> = (1..=DOCUMENTS).map(|number| Document::make(&mut random, number)).collect();
    let queries: Vec<String> = (0..QUERIES).map(|_| query(&mut random, &documents)).collect();
    let mut answers = 0;
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish_judged(&store, feed, documents.iter().map(Document::judged).collect()).await;
        for typed in &queries {
            let query = Query::parse(typed, &TimeZone::UTC);
            let mut expected: Vec<u32> =
                documents.iter().filter(|one| one.meets(&query)).map(|one| one.number).collect();
            expected.reverse();
            answers += expected.len();
            let found = numbers(&store, user, typed).await;
            if found != expected {
                let differ =
                    documents.iter().filter(|one| found.contains(&one.number) != expected.contains(&one.number));
                let differ: Vec<_> = differ.map(|one| (one.number, &one.title, &one.body, &one.author)).collect();
                panic!(
                    "{name}, YOMU_TEST_SEED={seed}: {typed:?}\nfound    {found:?}\nexpected {expected:?}\n{differ:#?}\n{query:#?}"
                );
            }
        }
    }
    assert!(answers > QUERIES, "YOMU_TEST_SEED={seed}: most questions found nothing, which proves little");
}

/// An entry, and what the plain matcher needs to know of it.
struct Document {
    number: u32,
    title: String,
    body: String,
    author: String,
    unread: bool,
    starred: bool,
}

impl Document {
    fn make(random: &mut Random, number: u32) -> Self {
        let (title, body) = (random.below(7), random.below(40));
        Self {
            number,
            title: text(random, title),
            body: text(random, body),
            author: (*random.one_of(&AUTHORS)).to_owned(),
            unread: random.one_in(2),
            starred: random.one_in(3),
        }
    }

    fn judged(&self) -> (NewEntry, Verdict) {
        let entry = NewEntry {
            author: self.author.clone(),
            published_at: Some(self.published()),
            ..entry(self.number, &self.title, &self.body)
        };
        (entry, Verdict::Keep { unread: self.unread, starred: self.starred, tags: Vec::new(), moved: false })
    }

    /// One a day, the last on the eve of 2026.
    fn published(&self) -> jiff::Timestamp {
        at((i64::from(self.number) - i64::from(DOCUMENTS) - 1) * 24 * 60)
    }

    fn meets(&self, query: &Query) -> bool {
        let published = self.published();
        query.matches(&IndexText::new(&self.title, &self.body))
            && query.authors.accept(&self.author)
            && query.is.unread.is_none_or(|unread| unread == self.unread)
            && query.is.starred.is_none_or(|starred| starred == self.starred)
            && query.is.saved != Some(true)
            && query.after.is_none_or(|after| published >= after)
            && query.before.is_none_or(|before| published < before)
    }
}

/// Few words, so that they meet; and of every kind that tokens are made of.
const WORDS: [&str; 44] = [
    "a",
    "ab",
    "abc",
    "ABC",
    "ａｂｃ",
    "rust",
    "Rust's",
    "trust",
    "c++",
    "C#",
    "café",
    "cafe",
    "CAFÉ",
    "naïve",
    "don't",
    "e-mail",
    "2026",
    "3.14",
    "１２",
    "①",
    "東京",
    "東京都",
    "京都",
    "都",
    "京",
    "猫",
    "三毛猫",
    "ネコ",
    "ﾈｺ",
    "ガ",
    "ｶﾞ",
    "ねこ",
    "は",
    "の",
    "한국어",
    "한국",
    "ไทย",
    "😀",
    "👍🏽",
    "Ελλάδα",
    "привет",
    "OR",
    "title:",
    "々",
];

const BETWEEN: [&str; 9] = [" ", " ", " ", "", "　", "、", "。", ", ", "\n"];

const AUTHORS: [&str; 6] = ["", "Ann Lee", "ａｎｎ, Bob", "猫田 花子", "Émile", "o'x \"y\" \\z"];

fn text(random: &mut Random, words: usize) -> String {
    (0..words).map(|_| format!("{}{}", random.one_of(&WORDS), random.one_of(&BETWEEN))).collect()
}

fn query(random: &mut Random, documents: &[Document]) -> String {
    let items = 1 + random.below(4);
    let items: Vec<String> = (0..items).map(|_| item(random, documents)).collect();
    items.join(if random.one_in(8) { "　" } else { " " })
}

fn item(random: &mut Random, documents: &[Document]) -> String {
    let minus = if random.one_in(5) { "-" } else { "" };
    let field = if random.one_in(5) { "title:" } else { "" };
    let word = |random: &mut Random| (*random.one_of(&WORDS)).to_owned();
    match random.below(12) {
        0..4 => format!("{minus}{field}{}", word(random)),
        4 => format!("{minus}{field}{}*", word(random)),
        5 => format!("{} OR {field}{}", word(random), word(random)),
        6 => format!("{} OR {} OR \"{}\"", word(random), word(random), piece(random, documents)),
        7 => {
            let words = 1 + random.below(4);
            format!("{minus}{field}\"{}\"", text(random, words).replace('"', " "))
        }
        8 | 9 => format!("{minus}{field}\"{}\"", piece(random, documents)),
        10 => format!("{minus}author:{}", random.one_of(&["ann", "猫", "EMILE", "o'x", "nobody", "lee"])),
        _ => {
            let conditions =
                ["is:unread", "is:starred", "is:saved", "after:2025-11", "before:2025-12-20", "after:2026"];
            format!("{minus}{}", random.one_of(&conditions))
        }
    }
}

/// Some characters out of an entry, which a phrase may well find there.
fn piece(random: &mut Random, documents: &[Document]) -> String {
    let document = random.one_of(documents);
    let from = if random.one_in(4) { &document.title } else { &document.body };
    let (start, length) = (random.below(from.chars().count().max(1)), 1 + random.below(12));
    from.chars().skip(start).take(length).filter(|character| *character != '"').collect()
}

fn seed() -> u64 {
    let given = std::env::var("YOMU_TEST_SEED").ok();
    let given = given.map(|seed| seed.parse().expect("YOMU_TEST_SEED is a number"));
    given.unwrap_or_else(|| jiff::Timestamp::now().as_microsecond().unsigned_abs()).max(1)
}

/// Marsaglia's xorshift: enough to vary a test.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % bound as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
