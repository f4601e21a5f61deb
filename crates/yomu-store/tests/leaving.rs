//! Entries that leave their feed and stay: moved by a rule, or set apart by a reader who leaves the feed.

mod support;

use support::{Database, at, databases, entry, list, publish, publish_judged, reader, titles, unread_count};
use yomu_model::highlight::Quote;
use yomu_model::ids::{EntryId, UserId};
use yomu_model::name::TagName;
use yomu_model::secret::Secret;
use yomu_store::{BodyKind, Credentials, FeedSource, Leaving, NewHighlight, Order, SavedPage, Store, Verdict, View};

const FEED: &str = "https://example.com/feed";
const MOVED: Verdict = Verdict::Keep { unread: true, starred: false, tags: Vec::new(), moved: true };

async fn id_of(store: &Store, user: UserId, title: &str) -> EntryId {
    list(store, user, View::All).await.into_iter().find(|one| one.title == title).expect("an entry of this title").id
}

/// A reader of six entries: one starred, one tagged, one highlighted, one shared, one all of it, and one as it came.
async fn set_apart(store: &Store) -> (UserId, yomu_model::ids::SubscriptionId, yomu_model::ids::FeedId) {
    let (user, subscription, feed) = reader(store, "ann", FEED).await;
    let names = ["starred", "tagged", "highlighted", "shared", "all", "plain"];
    publish(store, feed, (1..).zip(names).map(|(number, name)| entry(number, name, "a light")).collect()).await;
    let new = NewHighlight { quote: Quote::new("a light", "", "").unwrap(), place: None, note: "bright".to_owned() };
    for (number, title) in (1_u8..).zip(names) {
        let id = id_of(store, user, title).await;
        if ["starred", "all"].contains(&title) {
            store.star(user, id, true, at(1001)).await.unwrap();
        }
        if ["tagged", "all"].contains(&title) {
            store.add_tag(user, &[id], &TagName::parse("soup").unwrap(), at(1001)).await.unwrap();
        }
        if ["highlighted", "all", "plain"].contains(&title) {
            store.add_highlight(user, id, &new, (9, 9), at(1001)).await.unwrap();
        }
        if ["shared", "all"].contains(&title) {
            store.share(user, id, [number; 32], 9, at(1001)).await.unwrap();
        }
        if title == "plain" {
            let gone = store.highlights_of(user, id).await.unwrap()[0].id;
            store.remove_highlight(user, gone, at(1001)).await.unwrap();
        }
    }
    (user, subscription, feed)
}

const KEPT: [&str; 5] = ["all", "shared", "highlighted", "tagged", "starred"];

#[tokio::test]
async fn what_was_set_apart_is_counted_kept_and_taken_back() {
    for Database { name, store, .. } in databases().await {
        let (user, subscription, _) = set_apart(&store).await;
        store.save_page(user, SavedPage { entry: entry(99, "Page", "text") }, at(1002)).await.unwrap();
        let expected = Leaving { entries: 6, kept: 5, starred: 2, tagged: 2, highlighted: 2, shared: 2 };
        assert_eq!(store.leaving(user, subscription).await.unwrap(), expected, "{name}");

        let left = store.unsubscribe(user, subscription, at(1003)).await.unwrap().unwrap();
        assert_eq!(left.kept, 5, "{name}");
        assert_eq!(titles(&store, user, View::Saved).await, [&["Page"][..], &KEPT].concat(), "{name}");
        assert_eq!(titles(&store, user, View::All).await.len(), 6, "{name}: the plain one is gone");
        assert_eq!(titles(&store, user, View::Starred).await, ["all", "starred"], "{name}");
        assert_eq!(store.counts(user).await.unwrap().0, 6, "{name}: counted where they are");
        assert_eq!(store.kept(user).await.unwrap().saved_pages, 6, "{name}");
        let kept = id_of(&store, user, "all").await;
        let shown = store.entry(user, kept).await.unwrap().unwrap();
        assert_eq!(shown.summary.feed_title, "Feed", "{name}: it is called by the feed that it came from");
        assert!(shown.summary.is_saved_page && !shown.is_page, "{name}");
        assert_eq!(store.highlights_of(user, kept).await.unwrap()[0].note, "bright", "{name}");

        assert!(store.resubscribe(user, subscription, left.at).await.unwrap(), "{name}");
        let feed = View::Feed { id: subscription, unread_only: false };
        assert_eq!(titles(&store, user, feed).await, [&["plain"][..], &KEPT].concat(), "{name}: as it was");
        assert_eq!(titles(&store, user, View::Saved).await, ["Page"], "{name}");
        assert_eq!(unread_count(&store, user, subscription).await, 6, "{name}");
        assert_eq!(store.kept(user).await.unwrap().saved_pages, 1, "{name}");
    }
}

#[tokio::test]
async fn what_was_kept_outlives_its_feed_and_nothing_else_does() {
    for Database { name, store, .. } in databases().await {
        let (user, subscription, _) = set_apart(&store).await;
        let kept = id_of(&store, user, "all").await;
        let left = store.unsubscribe(user, subscription, at(1003)).await.unwrap().unwrap();
        assert_eq!(store.purge_removed(at(1004)).await.unwrap(), 1, "{name}: the plain one");
        assert!(!store.resubscribe(user, subscription, left.at).await.unwrap(), "{name}: too late");
        assert_eq!(titles(&store, user, View::Saved).await, KEPT, "{name}");
        assert_eq!(store.body(user, kept, BodyKind::Feed).await.unwrap().unwrap().html, "<p>a light</p>", "{name}");
        assert!(store.shared_entry([5; 32]).await.unwrap().is_some(), "{name}: the link is good");
        assert_eq!(store.due_count(at(9999)).await.unwrap(), 0, "{name}: nobody asks the feed any more");

        // Who comes back to the feed finds what was kept where it is, and once.
        let source = FeedSource::at(FEED);
        let (again, feed, _) = store.subscribe(user, &source, None, None, at(1005)).await.unwrap();
        publish(&store, feed, vec![entry(1, "starred", "a light"), entry(7, "new", "")]).await;
        assert_eq!(titles(&store, user, View::Feed { id: again, unread_only: false }).await, ["new"], "{name}");
        assert_eq!(titles(&store, user, View::All).await.len(), 6, "{name}");

        // What is set apart no more and removed goes for good, and the feed with the last of it.
        store.unsubscribe(user, again, at(1006)).await.unwrap();
        for one in list(&store, user, View::Saved).await {
            store.remove_entry(user, one.id, at(1006)).await.unwrap();
        }
        assert_eq!(store.purge_removed(at(1007)).await.unwrap(), 6, "{name}");
        assert_eq!(store.storage().await.unwrap().feeds, 0, "{name}");
    }
}

#[tokio::test]
async fn a_feed_that_was_left_keeps_no_password() {
    for Database { name, store, .. } in databases().await {
        let user = store.create_user("ann", false, at(0)).await.unwrap().id;
        let credentials = Credentials { username: "ann".to_owned(), password: Secret::new("secret") };
        let source = FeedSource { credentials: Some(credentials), ..FeedSource::at(FEED) };
        let (subscription, feed, _) = store.subscribe(user, &source, None, None, at(0)).await.unwrap();
        publish(&store, feed, vec![entry(1, "One", "")]).await;
        store.star(user, id_of(&store, user, "One").await, true, at(1001)).await.unwrap();
        store.unsubscribe(user, subscription, at(1002)).await.unwrap();
        let password = async || support::claim(&store, feed).await.source.credentials;
        assert!(password().await.is_some(), "{name}: it can still be taken back");
        store.purge_removed(at(1003)).await.unwrap();
        let later = store.claim_feed(feed, 8, std::time::Duration::from_secs(1), at(5000)).await.unwrap().unwrap();
        assert_eq!(later.source.credentials, None, "{name}");
        assert_eq!(titles(&store, user, View::Saved).await, ["One"], "{name}");
    }
}

#[tokio::test]
async fn a_rule_moves_an_entry_to_the_saved_pages_of_its_reader_alone() {
    for Database { name, store, .. } in databases().await {
        let (ann, hers, feed) = reader(&store, "ann", FEED).await;
        let (bob, his, _) = reader(&store, "bob", FEED).await;
        let folder = store.folder_named(ann, "News").await.unwrap();
        store.move_subscription(ann, hers, Some(folder)).await.unwrap();
        publish_judged(&store, feed, vec![(entry(1, "Long", ""), MOVED), (entry(2, "Short", ""), Verdict::DEFAULT)])
            .await;

        assert_eq!(titles(&store, ann, View::Saved).await, ["Long"], "{name}");
        assert_eq!(titles(&store, ann, View::Folder { id: folder, unread_only: false }).await, ["Short"], "{name}");
        assert_eq!(titles(&store, ann, View::Unread).await, ["Short", "Long"], "{name}");
        assert_eq!(unread_count(&store, ann, hers).await, 1, "{name}");
        assert_eq!(store.counts(ann).await.unwrap().0, 2, "{name}: counted where it is");
        assert_eq!(list(&store, ann, View::Saved).await[0].feed_title, "Feed", "{name}");
        assert_eq!(titles(&store, bob, View::Feed { id: his, unread_only: false }).await, ["Short", "Long"], "{name}");
        assert!(titles(&store, bob, View::Saved).await.is_empty(), "{name}");

        // Leaving the feed and coming back does not bring it back there: no leaving took it away.
        let left = store.unsubscribe(ann, hers, at(1002)).await.unwrap().unwrap();
        assert_eq!((left.kept, titles(&store, ann, View::All).await), (0, vec!["Long".to_owned()]), "{name}");
        store.resubscribe(ann, hers, left.at).await.unwrap();
        assert_eq!(titles(&store, ann, View::Saved).await, ["Long"], "{name}");
    }
}

#[tokio::test]
async fn the_archive_has_what_left_its_feed_among_the_saved_pages_and_takes_it_in_once() {
    for Database { name, store, .. } in databases().await {
        let (ann, hers, feed) = reader(&store, "ann", FEED).await;
        publish_judged(
            &store,
            feed,
            vec![(entry(1, "Long", "words"), MOVED), (entry(2, "Short", ""), Verdict::DEFAULT)],
        )
        .await;
        let feeds = store.archived_feeds(ann).await.unwrap();
        let mut archived = Vec::new();
        for (id, feed) in &feeds {
            let ids = store.archived_entry_ids(ann, *id).await.unwrap();
            archived.push((feed.clone(), store.archived_entries(ann, *id, &ids).await.unwrap()));
        }
        let titles_of = |index: usize| -> Vec<(&str, bool)> {
            archived[index].1.iter().map(|one| (one.title.as_str(), one.state.is_some())).collect()
        };
        assert_eq!(titles_of(0), [("Long", true)], "{name}");
        let page = &archived[0].1[0];
        assert_eq!((page.site.as_deref(), page.from_feed.as_deref()), (Some("Feed"), Some(FEED)), "{name}");
        assert_eq!(titles_of(1), [("Long", false), ("Short", true)], "{name}: known, and read elsewhere");
        assert_eq!(archived[1].1[0].from_feed, None, "{name}");

        let restore = async |user: UserId| {
            for (feed, entries) in &archived {
                let (id, is_new) = store.restore_feed(user, feed, at(2000)).await.unwrap();
                let entries = entries.iter().map(|one| (one.clone(), "words".to_owned())).collect();
                store.restore_entries(user, id, entries, is_new).await.unwrap();
            }
        };
        let bob = store.create_user("bob", false, at(0)).await.unwrap().id;
        for user in [ann, bob, ann, bob] {
            restore(user).await;
        }
        for user in [ann, bob] {
            assert_eq!(titles(&store, user, View::Saved).await, ["Long"], "{name}: once");
            assert_eq!(titles(&store, user, View::All).await, ["Short", "Long"], "{name}");
            assert_eq!(list(&store, user, View::Saved).await[0].feed_title, "Feed", "{name}");
        }
        let found =
            store.entries(ann, View::Feed { id: hers, unread_only: false }, Order::Newest, None, 9).await.unwrap();
        assert_eq!(found.entries.len(), 1, "{name}");
    }
}
