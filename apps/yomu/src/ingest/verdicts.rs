//! What each reader's rules say of a new entry.

use yomu_model::filter::{FilterFacts, Rule, Rules, parse_rules};
use yomu_store::{NewEntry, Subscriber, Verdict};

/// The rules of all readers of a feed, ready to be asked.
pub(crate) struct Judges(Vec<Option<Judge>>);

/// The rules of one reader, and their texts for what they name.
struct Judge {
    rules: Vec<Rule>,
    compiled: Rules,
}

impl Judges {
    /// Reads the rules of each reader; most have none.
    pub(crate) fn new(subscribers: &[Subscriber]) -> Self {
        Self(subscribers.iter().map(|one| compile(&one.rules)).collect())
    }

    /// The verdict of each reader, in their order.
    pub(crate) fn verdicts(&self, entry: &NewEntry) -> Vec<Verdict> {
        self.0.iter().map(|judge| judge.as_ref().map_or(Verdict::DEFAULT, |judge| judge.verdict(entry))).collect()
    }
}

/// Rules were checked when they were written; one that cannot be read any more is passed over.
fn compile(text: &str) -> Option<Judge> {
    if text.trim().is_empty() {
        return None;
    }
    let rules = parse_rules(text).0;
    let compiled = Rules::compile(&rules).0;
    Some(Judge { rules, compiled })
}

impl Judge {
    fn verdict(&self, entry: &NewEntry) -> Verdict {
        let categories: Vec<String> =
            entry.categories.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let categories: Vec<&str> = categories.iter().map(String::as_str).collect();
        let decision = self.compiled.decide(&FilterFacts {
            title: &entry.title,
            url: &entry.url,
            author: &entry.author,
            content: &entry.text,
            categories: &categories,
        });
        match decision.drop {
            Some(_) => Verdict::Drop,
            None => Verdict::Keep {
                unread: decision.read.is_none(),
                starred: decision.star.is_some(),
                tags: decision.tags.iter().filter_map(|index| self.rules.get(*index)?.tag.clone()).collect(),
                moved: decision.moved.is_some(),
            },
        }
    }
}
