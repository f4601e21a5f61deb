//! What is wrong, in the reader's words.

use askama::Template;
use yomu_model::ids::SubscriptionId;
use yomu_store::{FeedHealth, Subscription};

use super::Frame;
use crate::trouble::Trouble;
use crate::web::visit::Visit;
use crate::web::words::Words;

/// Something that went wrong.
pub(in crate::web) struct Message {
    pub(in crate::web) sentence: String,
    /// Since when, and when it is tried again; empty where that does not apply.
    pub(in crate::web) when: String,
    /// The English sentence with names and numbers, where the other one is a translation without.
    pub(in crate::web) detail: Option<String>,
    /// What may help at once.
    pub(in crate::web) remedies: Remedies,
}

/// What a reader can do about a feed that fails, by one press. To try again, the settings and the end of the subscription
/// are always at hand.
#[derive(Default)]
pub(in crate::web) struct Remedies {
    /// There is no feed where it was: its site may name another.
    pub(in crate::web) new_address: bool,
    /// A name and a password would open it.
    pub(in crate::web) password: bool,
    /// It has ended, and its entries may stay without anything being said of it.
    pub(in crate::web) hush: bool,
    /// That was chosen.
    pub(in crate::web) is_hushed: bool,
}

impl Remedies {
    fn of(kind: &str, is_hushed: bool) -> Self {
        let is_gone = kind == "gone";
        let nothing_there = matches!(
            kind,
            "html"
                | "not_found"
                | "not_a_feed"
                | "text"
                | "json"
                | "empty"
                | "dns"
                | "redirect_loop"
                | "too_many_redirects"
                | "redirect_nowhere"
        );
        Self {
            new_address: is_gone || nothing_there,
            password: matches!(kind, "unauthorized" | "forbidden" | "credentials_refused" | "password_lost"),
            hush: is_gone && !is_hushed,
            is_hushed,
        }
    }
}

impl Message {
    /// One sentence, and nothing more to say.
    pub(in crate::web) fn plain(sentence: &str) -> Self {
        Self { sentence: sentence.to_owned(), when: String::new(), detail: None, remedies: Remedies::default() }
    }

    /// A failure that has just happened.
    pub(in crate::web) fn of_trouble(trouble: Trouble, words: &Words) -> Self {
        Self::worded(&trouble.kind, Some(trouble.text), String::new(), words)
    }

    /// How a feed of the reader's fails, if it does, and what helps.
    pub(in crate::web) fn of_feed(feed: &Subscription, visit: &Visit) -> Option<Self> {
        let kind = feed.health.error_kind.as_deref().unwrap_or_default();
        let remedies = Remedies::of(kind, feed.is_hushed());
        Some(Self { remedies, ..Self::of_health(&feed.health, visit)? })
    }

    /// How a feed fails, whoever reads it.
    pub(in crate::web) fn of_health(health: &FeedHealth, visit: &Visit) -> Option<Self> {
        let is_well = health.error_count == 0 && health.error_kind.is_none();
        if is_well {
            return None;
        }
        let words = visit.words;
        let moment = |time| (words.moment)(time, &visit.zone);
        let since = health.error_since.map(|time| (words.since)(&moment(time)));
        let next = match health.next_check_at {
            Some(time) => (words.next_try)(&moment(time)),
            None => words.stopped.to_owned(),
        };
        let when = since.into_iter().chain([next]).collect::<Vec<_>>().join(" · ");
        let kind = health.error_kind.as_deref().unwrap_or_default();
        Some(Self::worded(kind, health.error_text.clone(), when, words))
    }

    fn worded(kind: &str, text: Option<String>, when: String, words: &Words) -> Self {
        let (text, remedies) = (text.map(|text| quoted(&text)), Remedies::default());
        match ((words.trouble_kind)(kind), text) {
            (Some(sentence), detail) => Self { sentence: sentence.to_owned(), when, detail, remedies },
            (None, Some(text)) => Self { sentence: text, when, detail: None, remedies },
            (None, None) => Self { sentence: words.trouble_unknown.to_owned(), when, detail: None, remedies },
        }
    }
}

/// A sentence for a page. For terminals and logs it begins small and has names in backticks; here it begins with a
/// capital and has quotation marks.
pub(in crate::web) fn quoted(sentence: &str) -> String {
    let mut parts = sentence.split('`');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        out.push(if index % 2 == 0 { '“' } else { '”' });
        out.push_str(part);
    }
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}

/// The page of feeds that fail.
#[derive(Template)]
#[template(path = "trouble.html")]
pub(in crate::web) struct TroubleView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) feeds: Vec<TroubledFeed>,
    /// Those of which the reader does not want to hear.
    pub(in crate::web) hushed: Vec<TroubledFeed>,
}

/// A feed that fails.
pub(in crate::web) struct TroubledFeed {
    pub(in crate::web) id: SubscriptionId,
    pub(in crate::web) title: String,
    pub(in crate::web) address: String,
    pub(in crate::web) trouble: Message,
}

impl TroubleView {
    /// The ones among the subscriptions that fail.
    pub(in crate::web) fn new(frame: Frame, subscriptions: Vec<Subscription>, visit: &Visit) -> Self {
        let troubled = subscriptions.into_iter().filter_map(|one| {
            let trouble = Message::of_feed(&one, visit)?;
            Some(TroubledFeed { id: one.id, title: one.title().to_owned(), address: one.source.url, trouble })
        });
        let (hushed, feeds) = troubled.partition(|one| one.trouble.remedies.is_hushed);
        Self { feeds, hushed, frame }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trouble_has_the_remedies_that_fit() {
        let of = |kind, is_hushed| {
            let Remedies { new_address, password, hush, is_hushed } = Remedies::of(kind, is_hushed);
            [new_address, password, hush, is_hushed]
        };
        assert_eq!(of("gone", false), [true, false, true, false]);
        assert_eq!(of("gone", true), [true, false, false, true]);
        assert_eq!(of("html", false), [true, false, false, false]);
        assert_eq!(of("unauthorized", false), [false, true, false, false]);
        for kind in ["timeout", "server_error", "tls", "private_address", ""] {
            assert_eq!(of(kind, false), [false; 4], "{kind}");
        }
    }

    #[test]
    fn a_sentence_of_a_log_becomes_one_of_a_page() {
        assert_eq!(quoted("`a.example` says `404`"), "“a.example” says “404”");
        assert_eq!(quoted("the server at `a.example` is away"), "The server at “a.example” is away");
        assert_eq!([quoted("東京"), quoted("")], ["東京", ""]);
    }
}
