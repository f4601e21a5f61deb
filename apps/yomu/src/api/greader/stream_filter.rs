//! From the streams of a request to a filter of entries.

use yomu_model::ids::{SubscriptionId, TagId, UserId};
use yomu_model::name::TagName;
use yomu_store::{EntryFilter, FolderWish, StoreError};

use super::stream::Stream;
use super::visit::Visit;
use crate::App;
use crate::api::limits::STREAMS_MAX;

/// The entries that a request means: its streams `s`, narrowed by `it`, without `xt`, between `ot` and `nt`. Those two are
/// compared with arrival, as Google did: apps send the time of their last visit.
pub(super) async fn filter(app: &App, visit: &Visit, in_path: Option<&str>) -> Result<EntryFilter, StoreError> {
    let params = &visit.params;
    let mut wanted: Vec<Option<Stream>> = in_path
        .into_iter()
        .chain(params.all("s"))
        .filter(|name| !name.is_empty())
        .take(STREAMS_MAX)
        .map(Stream::read)
        .collect();
    if wanted.is_empty() {
        wanted.push(Some(Stream::All));
    }
    let mut narrow = Narrow { app, user: visit.user.id, filter: EntryFilter::default(), is_empty: false };
    narrow.join(wanted).await?;
    for name in params.all("it").filter(|name| !name.is_empty()) {
        narrow.to(Stream::read(name)).await?;
    }
    for name in params.all("xt").filter(|name| !name.is_empty()) {
        narrow.without(Stream::read(name)).await?;
    }
    narrow.filter.arrived_from = params.seconds("ot");
    narrow.filter.arrived_until = params.seconds("nt");
    Ok(narrow.finish())
}

/// The entries of one stream.
pub(super) async fn filter_of(app: &App, user: UserId, stream: Option<Stream>) -> Result<EntryFilter, StoreError> {
    let mut narrow = Narrow { app, user, filter: EntryFilter::default(), is_empty: false };
    narrow.to(stream).await?;
    Ok(narrow.finish())
}

/// The subscription that a stream names.
pub(super) async fn feed_of(app: &App, user: UserId, stream: &Stream) -> Result<Option<SubscriptionId>, StoreError> {
    match stream {
        Stream::Feed(id) => Ok(Some(*id)),
        Stream::FeedAt(url) => {
            let all = app.store.subscriptions_and_saved(user).await?;
            let unescaped = unescape(url);
            Ok(all.iter().find(|one| one.source.url == *url || one.source.url == unescaped).map(|one| one.id))
        }
        _ => Ok(None),
    }
}

/// Takes away one layer of percent-encoding, as in a path: a plus stands for itself. NetNewsWire escapes the address of a
/// feed once more.
pub(super) fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

struct Narrow<'a> {
    app: &'a App,
    user: UserId,
    filter: EntryFilter,
    /// Two wishes cannot be met at once.
    is_empty: bool,
}

impl Narrow<'_> {
    /// Several streams are joined if all are feeds; otherwise the first counts.
    async fn join(&mut self, streams: Vec<Option<Stream>>) -> Result<(), StoreError> {
        let are_feeds = streams.iter().all(|one| matches!(one, Some(Stream::Feed(_) | Stream::FeedAt(_))));
        if streams.len() < 2 || !are_feeds {
            return self.to(streams.into_iter().next().flatten()).await;
        }
        let mut feeds = Vec::with_capacity(streams.len());
        for stream in streams.into_iter().flatten() {
            feeds.extend(feed_of(self.app, self.user, &stream).await?);
        }
        self.filter.feeds = Some(feeds);
        Ok(())
    }

    /// Leaves what is in a stream. One that is not known has nothing in it.
    async fn to(&mut self, stream: Option<Stream>) -> Result<(), StoreError> {
        match stream {
            None | Some(Stream::Nothing) => self.is_empty = true,
            Some(Stream::All) => {}
            Some(Stream::Read) => self.unread(false),
            Some(Stream::Unread) => self.unread(true),
            Some(Stream::Starred) => self.starred(true),
            Some(Stream::Label(title)) => match self.folder(&title).await? {
                Some(folder) if self.filter.folder.is_none_or(|other| other == folder) => {
                    self.filter.folder = Some(folder);
                }
                Some(_) => self.is_empty = true,
                None => match self.tag(&title).await? {
                    Some(tag) if self.filter.own_tag.is_none_or(|other| other == tag) => {
                        self.filter.own_tag = Some(tag);
                    }
                    _ => self.is_empty = true,
                },
            },
            Some(feed) => match feed_of(self.app, self.user, &feed).await? {
                Some(id) if self.filter.feeds.as_ref().is_none_or(|feeds| feeds.contains(&id)) => {
                    self.filter.feeds = Some(vec![id]);
                }
                _ => self.is_empty = true,
            },
        }
        Ok(())
    }

    /// Leaves what is not in a stream.
    async fn without(&mut self, stream: Option<Stream>) -> Result<(), StoreError> {
        match stream {
            None | Some(Stream::Nothing) => {}
            Some(Stream::All) => self.is_empty = true,
            Some(Stream::Read) => self.unread(true),
            Some(Stream::Unread) => self.unread(false),
            Some(Stream::Starred) => self.starred(false),
            Some(Stream::Label(title)) => {
                if let Some(FolderWish::In(folder)) = self.folder(&title).await? {
                    let all = self.app.store.subscriptions_and_saved(self.user).await?;
                    let out: Vec<_> =
                        all.iter().filter(|one| one.folder_id == Some(folder)).map(|one| one.id).collect();
                    self.feeds_but(&out).await?;
                } else if let Some(tag) = self.tag(&title).await? {
                    self.filter.without_tags.push(tag);
                }
            }
            Some(feed) => {
                if let Some(id) = feed_of(self.app, self.user, &feed).await? {
                    self.feeds_but(&[id]).await?;
                }
            }
        }
        Ok(())
    }

    async fn feeds_but(&mut self, out: &[SubscriptionId]) -> Result<(), StoreError> {
        let mut feeds = match self.filter.feeds.take() {
            Some(feeds) => feeds,
            None => {
                let all = self.app.store.subscriptions_and_saved(self.user).await?;
                all.into_iter().map(|one| one.id).collect()
            }
        };
        feeds.retain(|id| !out.contains(id));
        self.filter.feeds = Some(feeds);
        Ok(())
    }

    async fn folder(&self, title: &str) -> Result<Option<FolderWish>, StoreError> {
        let folders = self.app.store.folders(self.user).await?;
        Ok(folders.into_iter().find(|folder| folder.title == title).map(|folder| FolderWish::In(folder.id)))
    }

    async fn tag(&self, name: &str) -> Result<Option<TagId>, StoreError> {
        match TagName::parse(name) {
            Ok(name) => self.app.store.tag_named(self.user, &name).await,
            Err(_) => Ok(None),
        }
    }

    fn unread(&mut self, wish: bool) {
        self.is_empty |= self.filter.unread == Some(!wish);
        self.filter.unread = Some(wish);
    }

    fn starred(&mut self, wish: bool) {
        self.is_empty |= self.filter.starred == Some(!wish);
        self.filter.starred = Some(wish);
    }

    fn finish(mut self) -> EntryFilter {
        if self.is_empty {
            self.filter.ids = Some(Vec::new());
        }
        self.filter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_layer_of_escaping_is_taken_away() {
        for (text, plain) in [
            ("feed%2Fhttps%3A%2F%2Fa.example%2F%3Fb%3Dc%26d", "feed/https://a.example/?b=c&d"),
            ("a+b", "a+b"),
            ("100%", "100%"),
            ("%zz%E7%8C%AB%2", "%zz猫%2"),
            ("猫", "猫"),
            ("%252F", "%2F"),
        ] {
            assert_eq!(unescape(text), plain);
        }
    }
}
