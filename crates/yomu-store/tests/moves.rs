//! Feeds that moved: a new address is taken on, and where another feed is there already the two become one.

mod support;

use support::{Database, at, claim, databases, entry, fetched, list, publish, reader, titles, unread_count};
use yomu_model::ids::{EntryId, FeedId, SubscriptionId, UserId};
use yomu_model::secret::Secret;
use yomu_store::{Credentials, FeedSource, Moved, Store, Subscription, SubscriptionChange, View};

const OLD: &str = "https://example.com/old";
const NEW: &str = "https://example.com/new";

#[tokio::test]
async fn a_feed_takes_on_its_new_address_with_all_it_has() {
    for Database { name, store, .. } in databases().await {
        let (ann, subscription, feed) = reader(&store, "ann", OLD).await;
        publish(&store, feed, vec![entry(1, "One", "")]).await;
        for _ in 0..2 {
            assert_eq!(store.move_feed(feed, NEW, at(10)).await.unwrap(), Moved::Renamed, "{name}");
            let now = get(&store, ann, subscription).await;
            assert_eq!((now.feed_id, now.source.url.as_str()), (feed, NEW), "{name}");
        }
        assert_eq!(titles(&store, ann, View::Unread).await, ["One"], "{name}");
        assert_eq!(claim(&store, feed).await.validators.etag.as_deref(), Some("\"1\""), "{name}: kept");
    }
}

#[tokio::test]
async fn readers_of_the_old_feed_read_the_one_that_is_there() {
    for Database { name, store, .. } in databases().await {
        let (ann, hers, old) = reader(&store, "ann", OLD).await;
        let (bob, his, new) = reader(&store, "bob", NEW).await;
        publish(&store, old, vec![entry(1, "Only old", ""), entry(2, "Both", ""), entry(3, "Both, read", "")]).await;
        publish(&store, new, vec![entry(2, "Both", ""), entry(3, "Both, read", ""), entry(4, "Only new", "")]).await;
        store.mark_entries(ann, &[id(&store, ann, "Both, read").await], false, at(1001)).await.unwrap();
        store.star(ann, id(&store, ann, "Both").await, true, at(1002)).await.unwrap();

        assert_eq!(store.move_feed(old, NEW, at(1010)).await.unwrap(), Moved::Merged { into: new }, "{name}");
        let now = get(&store, ann, hers).await;
        assert_eq!((now.feed_id, now.source.url.as_str()), (new, NEW), "{name}: under the same number");
        assert_eq!(titles(&store, ann, View::All).await, ["Both, read", "Both", "Only old"], "{name}: nothing appears");
        assert_eq!(titles(&store, ann, View::Unread).await, ["Both", "Only old"], "{name}");
        assert_eq!(titles(&store, ann, View::Starred).await, ["Both"], "{name}");
        assert_eq!(unread_count(&store, ann, hers).await, 2, "{name}");
        assert_eq!(titles(&store, bob, View::All).await, ["Only new", "Both, read", "Both"], "{name}: as it was");
        assert_eq!(unread_count(&store, bob, his).await, 3, "{name}");
        assert_eq!(id(&store, ann, "Both").await, id(&store, bob, "Both").await, "{name}: stored once");
        assert!(store.claim_feed(old, 1, MINUTE, at(5000)).await.unwrap().is_none(), "{name}: the old feed is gone");

        let known = store.known_feed(claim(&store, new).await.lease, (1..=4).map(identity).collect()).await.unwrap();
        assert_eq!((known.entries.len(), known.subscribers.len()), (4, 2), "{name}");
    }
}

#[tokio::test]
async fn who_read_both_keeps_the_older_subscription_and_every_mark() {
    for Database { name, store, .. } in databases().await {
        for (older, newer) in [(OLD, NEW), (NEW, OLD)] {
            let user = store.create_user(older, false, at(0)).await.unwrap().id;
            let (kept, first) = subscribe(&store, user, older, 0).await;
            let (gone, second) = subscribe(&store, user, newer, 5).await;
            let folder = store.folder_named(user, "Birds").await.unwrap();
            let change = SubscriptionChange {
                title: Some("My own".to_owned()),
                folder_id: Some(folder),
                full_text: true,
                rules: "drop title contains ad".to_owned(),
                source: FeedSource::at(older),
            };
            store.change_subscription(user, kept, &change, at(6)).await.unwrap();
            let four = ["Read in one", "Read in two", "Starred in one", "Starred in two"];
            for feed in [first, second] {
                let entries = four.iter().zip(1..).map(|(title, number)| entry(number, title, "")).collect();
                publish(&store, feed, entries).await;
            }
            let (one, two) = (ids(&store, user, kept).await, ids(&store, user, gone).await);
            // Newest first: the fourth stands on top.
            store.mark_entries(user, &[one[3], two[2]], false, at(1001)).await.unwrap();
            store.star(user, one[1], true, at(1002)).await.unwrap();
            store.star(user, two[0], true, at(1003)).await.unwrap();
            let removed = publish_extra(&store, first, second).await;
            for entry in removed {
                store.remove_entry(user, entry, at(1004)).await.unwrap();
            }

            let (old, new) = if older == OLD { (first, second) } else { (second, first) };
            assert_eq!(store.move_feed(old, NEW, at(1010)).await.unwrap(), Moved::Merged { into: new }, "{name}");
            let all = store.subscriptions(user).await.unwrap();
            assert_eq!(all.len(), 1, "{name}");
            let now = &all[0];
            assert_eq!((now.id, now.feed_id, now.folder_id), (kept, new, Some(folder)), "{name}");
            assert_eq!((now.title(), now.full_text, now.rules.as_str()), ("My own", true, change.rules.as_str()));
            let view = View::Folder { id: folder, unread_only: false };
            let four = ["Starred in two", "Starred in one", "Read in two", "Read in one"];
            assert_eq!(titles(&store, user, view).await, four, "{name}: once each, and all in the folder");
            assert_eq!(titles(&store, user, View::Unread).await, four[..2], "{name}");
            let mut starred = titles(&store, user, View::Starred).await;
            starred.sort_unstable();
            assert_eq!(starred, ["Starred in one", "Starred in two"], "{name}");
            assert_eq!(unread_count(&store, user, kept).await, 2, "{name}");
            // For the second round both addresses must be free again, with nothing that was set apart.
            for one in list(&store, user, View::Starred).await {
                store.star(user, one.id, false, at(1019)).await.unwrap();
            }
            store.unsubscribe(user, kept, at(1020)).await.unwrap();
            store.purge_removed(at(1030)).await.unwrap();
        }
    }
}

#[tokio::test]
async fn of_two_subscriptions_the_one_that_was_not_removed_is_kept() {
    for Database { name, store, .. } in databases().await {
        let (ann, older, old) = reader(&store, "ann", OLD).await;
        let (younger, new) = subscribe(&store, ann, NEW, 5).await;
        publish(&store, old, vec![entry(1, "One", "")]).await;
        publish(&store, new, vec![entry(1, "One", ""), entry(2, "Two", "")]).await;
        store.unsubscribe(ann, older, at(1001)).await.unwrap();
        store.move_feed(old, NEW, at(1010)).await.unwrap();
        let left: Vec<_> = store.subscriptions(ann).await.unwrap().iter().map(|one| one.id).collect();
        assert_eq!(left, [younger], "{name}");
        assert_eq!(titles(&store, ann, View::Unread).await, ["Two", "One"], "{name}");
        assert_eq!(unread_count(&store, ann, younger).await, 2, "{name}");
    }
}

#[tokio::test]
async fn a_removed_subscription_moves_along_and_can_be_brought_back() {
    for Database { name, store, .. } in databases().await {
        let (ann, hers, old) = reader(&store, "ann", OLD).await;
        let (_, _, new) = reader(&store, "bob", NEW).await;
        for feed in [old, new] {
            publish(&store, feed, vec![entry(1, "One", "")]).await;
        }
        let removed_at = store.unsubscribe(ann, hers, at(1001)).await.unwrap().unwrap().at;
        store.move_feed(old, NEW, at(1010)).await.unwrap();
        assert_eq!(titles(&store, ann, View::All).await, [""; 0], "{name}");
        assert!(store.resubscribe(ann, hers, removed_at).await.unwrap(), "{name}");
        assert_eq!(titles(&store, ann, View::Unread).await, ["One"], "{name}");
        assert_eq!(unread_count(&store, ann, hers).await, 1, "{name}");
        assert_eq!(get(&store, ann, hers).await.feed_id, new, "{name}");
    }
}

#[tokio::test]
async fn a_feed_with_credentials_is_never_merged() {
    for Database { name, store, .. } in databases().await {
        let private = |url: &str| FeedSource {
            credentials: Some(Credentials { username: "ann".to_owned(), password: Secret::new("secret") }),
            ..FeedSource::at(url)
        };
        let (ann, _, shared) = reader(&store, "ann", NEW).await;
        let (first, old, _) = store.subscribe(ann, &private(OLD), None, None, at(1)).await.unwrap();
        publish(&store, old, vec![entry(1, "Private", "")]).await;

        // A shared feed there is another feed than a private one.
        assert_eq!(store.move_feed(old, NEW, at(10)).await.unwrap(), Moved::Renamed, "{name}");
        assert_eq!(get(&store, ann, first).await.feed_id, old, "{name}");
        assert_eq!(store.move_feed(shared, OLD, at(11)).await.unwrap(), Moved::Renamed, "{name}");

        // And two private ones of one owner may have two passwords.
        let (second, third, _) = store.subscribe(ann, &private(OLD), None, None, at(12)).await.unwrap();
        assert_eq!(store.move_feed(third, NEW, at(13)).await.unwrap(), Moved::Kept, "{name}");
        assert_eq!(get(&store, ann, second).await.source.url, OLD, "{name}");
        assert_eq!(store.subscriptions(ann).await.unwrap().len(), 3, "{name}");
    }
}

#[tokio::test]
async fn a_feed_that_was_given_up_is_asked_again_when_another_leads_to_it() {
    for Database { name, store, .. } in databases().await {
        let (_, _, old) = reader(&store, "ann", OLD).await;
        let (_, _, new) = reader(&store, "bob", NEW).await;
        let lease = claim(&store, new).await.lease;
        let gone = yomu_store::FailedCheck { lease, kind: "gone".into(), text: "gone".into(), next_check_at: None };
        store.finish_failed(&gone, at(5)).await.unwrap();
        store.move_feed(old, NEW, at(10)).await.unwrap();
        let due = store.claim_due(10, 1, MINUTE, at(10)).await.unwrap();
        assert_eq!(due.iter().map(|due| due.lease.feed).collect::<Vec<_>>(), [new], "{name}");
    }
}

#[tokio::test]
async fn a_refresh_of_a_feed_that_was_merged_away_writes_nothing() {
    for Database { name, store, .. } in databases().await {
        let (_, _, old) = reader(&store, "ann", OLD).await;
        reader(&store, "bob", NEW).await;
        let lease = claim(&store, old).await.lease;
        store.move_feed(old, NEW, at(10)).await.unwrap();
        let late = store.ingest(fetched(&store, lease, vec![entry(1, "Late", "")]), at(11)).await;
        assert!(matches!(late, Err(yomu_store::StoreError::LeaseLost)), "{name}: {late:?}");
        assert_eq!(store.move_feed(old, NEW, at(12)).await.unwrap(), Moved::Renamed, "{name}: and harms nobody");
    }
}

const MINUTE: std::time::Duration = std::time::Duration::from_secs(60);

/// Publishes one entry more in both feeds, and returns its two numbers.
async fn publish_extra(store: &Store, first: FeedId, second: FeedId) -> Vec<EntryId> {
    let mut numbers = publish(store, first, vec![entry(5, "Removed from both", "")]).await.new;
    numbers.extend(publish(store, second, vec![entry(5, "Removed from both", "")]).await.new);
    numbers
}

async fn subscribe(store: &Store, user: UserId, url: &str, minutes: i64) -> (SubscriptionId, FeedId) {
    let (id, feed, _) = store.subscribe(user, &FeedSource::at(url), None, None, at(minutes)).await.unwrap();
    (id, feed)
}

async fn get(store: &Store, user: UserId, id: SubscriptionId) -> Subscription {
    store.subscription(user, id).await.unwrap().expect("a subscription")
}

async fn id(store: &Store, user: UserId, title: &str) -> EntryId {
    list(store, user, View::All).await.into_iter().find(|entry| entry.title == title).expect("an entry").id
}

/// The numbers of a feed's entries, newest first.
async fn ids(store: &Store, user: UserId, id: SubscriptionId) -> Vec<EntryId> {
    let view = View::Feed { id, unread_only: false };
    list(store, user, view).await.into_iter().map(|entry| entry.id).collect()
}

fn identity(number: u32) -> [u8; 16] {
    u128::from(number).to_be_bytes()
}
