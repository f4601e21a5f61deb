//! The names of streams: feeds, labels (folders and tags) and states.

use yomu_model::ids::SubscriptionId;

/// A stream, as far as its name tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stream {
    /// A feed by its number.
    Feed(SubscriptionId),
    /// A feed by its address.
    FeedAt(String),
    /// A folder or a tag.
    Label(String),
    /// Everything.
    All,
    /// What was read.
    Read,
    /// What was not.
    Unread,
    /// What is starred.
    Starred,
    /// A state that nothing has: shared, liked, tracked.
    Nothing,
}

/// The name of the stream of everything.
pub(super) const READING_LIST: &str = "user/-/state/com.google/reading-list";
/// The name of the stream of what was read.
pub(super) const READ: &str = "user/-/state/com.google/read";
/// The name of the stream of stars.
pub(super) const STARRED: &str = "user/-/state/com.google/starred";

impl Stream {
    /// Reads a name. The user in it may be `-`, a number or a name; whoever asks is meant.
    pub(super) fn read(name: &str) -> Option<Self> {
        let name = name.trim();
        if let Some(feed) = name.strip_prefix("feed/") {
            return Some(match feed.parse::<i64>() {
                Ok(number) => Self::Feed(SubscriptionId::new(number)),
                Err(_) => Self::FeedAt(feed.to_owned()),
            });
        }
        let rest = match name.strip_prefix("user/") {
            Some(rest) => rest.split_once('/')?.1,
            // Some apps leave out whose it is, some all but the last word.
            None => name,
        };
        if let Some(label) = rest.strip_prefix("label/") {
            return (!label.is_empty()).then(|| Self::Label(label.to_owned()));
        }
        Some(match rest.strip_prefix("state/com.google/").unwrap_or(rest) {
            "reading-list" => Self::All,
            "read" => Self::Read,
            "unread" | "kept-unread" | "fresh" => Self::Unread,
            "starred" => Self::Starred,
            "broadcast" | "broadcast-friends" | "like" | "tracking-kept-unread" => Self::Nothing,
            _ => return None,
        })
    }
}

/// The name of a feed.
pub(super) fn feed_name(id: SubscriptionId) -> String {
    format!("feed/{id}")
}

/// The name of a label. The user is `-`, as newsboat compares it.
pub(super) fn label_name(title: &str) -> String {
    format!("user/-/label/{title}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_whosever_they_are() {
        for (name, stream) in [
            ("feed/7", Stream::Feed(SubscriptionId::new(7))),
            ("feed/https://example.com/a?b=c", Stream::FeedAt("https://example.com/a?b=c".to_owned())),
            ("user/-/label/News/Tech", Stream::Label("News/Tech".to_owned())),
            ("user/1000/label/日本", Stream::Label("日本".to_owned())),
            (READING_LIST, Stream::All),
            ("user/ann/state/com.google/read", Stream::Read),
            ("user/-/state/com.google/kept-unread", Stream::Unread),
            (STARRED, Stream::Starred),
            ("reading-list", Stream::All),
            ("user/-/state/com.google/like", Stream::Nothing),
        ] {
            assert_eq!(Stream::read(name), Some(stream), "{name}");
        }
        for name in ["", "user/-", "user/-/label/", "user/-/state/com.google/other", "splice/x"] {
            assert_eq!(Stream::read(name), None, "{name}");
        }
        assert_eq!(Stream::read(&label_name("a b")), Some(Stream::Label("a b".to_owned())));
        assert_eq!(Stream::read(&feed_name(SubscriptionId::new(3))), Some(Stream::Feed(SubscriptionId::new(3))));
    }
}
