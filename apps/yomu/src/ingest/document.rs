//! A feed's document, read: its entries with what makes each the same next time and what tells whether it changed.

use jiff::Timestamp;
use url::Url;
use yomu_feed::{Feed, Hints, parse};
use yomu_model::identity::{EntryFacts, content_hash, identities};

use crate::fetch::Document;
use crate::trouble::Trouble;

/// The code of a document that breaks off, the same as of an answer that does.
pub(crate) const CUT_OFF: &str = "cut_off";

/// What a document holds.
pub(crate) struct ReadDocument {
    /// What it says of the feed; its entries are in `entries`.
    pub(crate) feed: Feed,
    /// Entries in the order of the document, of each identity the first.
    pub(crate) entries: Vec<ReadEntry>,
    /// What was odd, one sentence a line.
    pub(crate) problems: Option<String>,
    /// The address that relative links are relative to.
    pub(crate) base: Url,
    /// Whether it ends before it is complete. What it holds is taken in; what is missing is still to come.
    pub(crate) is_cut_off: bool,
}

/// One entry of a document.
pub(crate) struct ReadEntry {
    pub(crate) identity: [u8; 16],
    pub(crate) content_hash: [u8; 16],
    pub(crate) entry: yomu_feed::Entry,
}

impl ReadDocument {
    /// Reads a fetched document, or says why it is no feed.
    pub(crate) fn read(document: &Document, encoding: Option<&str>) -> Result<Self, Trouble> {
        let hints = Hints {
            url: Some(&document.url),
            content_type: document.content_type.as_deref(),
            encoding,
            ..Hints::default()
        };
        let parsed = parse(&document.bytes, &hints);
        let Some(mut feed) = parsed.feed else { return Err(not_a_feed(&parsed.problems)) };
        let cut_off = parsed.problems.iter().find(|problem| matches!(problem, yomu_feed::Problem::Truncated { .. }));
        let entries = with_identities(std::mem::take(&mut feed.entries));
        match cut_off {
            // A beginning alone says less of the feed than is known already.
            Some(problem) if entries.is_empty() => Err(Trouble::new(CUT_OFF, problem.to_string())),
            _ => Ok(Self {
                feed,
                entries,
                problems: sentences(&parsed.problems),
                base: document.url.clone(),
                is_cut_off: cut_off.is_some(),
            }),
        }
    }

    /// The dates of all entries, from which the next check is planned.
    pub(crate) fn published(&self) -> Vec<Timestamp> {
        self.entries.iter().filter_map(|one| one.entry.published.or(one.entry.updated)).collect()
    }
}

fn with_identities(entries: Vec<yomu_feed::Entry>) -> Vec<ReadEntry> {
    let facts: Vec<EntryFacts<'_>> = entries.iter().map(facts).collect();
    let hashes: Vec<_> = facts.iter().map(content_hash).collect();
    let identities = identities(&facts);
    let mut seen = std::collections::HashSet::with_capacity(entries.len());
    entries
        .into_iter()
        .zip(identities.into_iter().zip(hashes))
        .filter(|(_, (identity, _))| seen.insert(identity.0))
        .map(|(entry, (identity, hash))| ReadEntry { identity: identity.0, content_hash: hash.0, entry })
        .collect()
}

fn facts(entry: &yomu_feed::Entry) -> EntryFacts<'_> {
    EntryFacts {
        id: entry.id.as_deref(),
        url: entry.url.as_deref(),
        title: Some(entry.title.as_str()),
        published: entry.published,
        content: entry.content.as_ref().or(entry.summary.as_ref()).map_or("", |content| &content.html),
    }
}

/// Why there is no feed: the first problem says it.
fn not_a_feed(problems: &[yomu_feed::Problem]) -> Trouble {
    match problems.first() {
        Some(problem) => Trouble::new(kind(problem), problem.to_string()),
        None => Trouble::new("not_a_feed", "the answer is not a feed"),
    }
}

fn kind(problem: &yomu_feed::Problem) -> &'static str {
    use yomu_feed::Problem;
    match problem {
        Problem::Empty => "empty",
        Problem::HtmlInstead { .. } => "html",
        Problem::OtherJson => "json",
        Problem::PlainText { .. } => "text",
        _ => "not_a_feed",
    }
}

/// The first few oddities; a document with thousands of them has them all of one kind.
fn sentences(problems: &[yomu_feed::Problem]) -> Option<String> {
    const SHOWN: usize = 5;
    let lines: Vec<String> = problems.iter().take(SHOWN).map(ToString::to_string).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
