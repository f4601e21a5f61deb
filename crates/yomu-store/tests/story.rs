//! The life of a reader, told on both databases.

mod support;

use support::{
    Database, at, claim, databases, entry, fetched, list, publish, publish_judged, reader, titles, unread_count,
};
use yomu_model::ids::EntryId;
use yomu_store::{
    BodyKind, FailedCheck, FeedSource, Lease, NewEntry, Order, PostponedCheck, Range, SavedPage, StoreError,
    SubscriptionChange, UnchangedCheck, Validators, Verdict, View,
};

#[tokio::test]
async fn a_reader_subscribes_reads_and_leaves() {
    for Database { name, store, .. } in databases().await {
        let (user, subscription, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "One", "first"), entry(2, "Two", "second"), entry(3, "Three", "third")])
            .await;
        assert_eq!(titles(&store, user, View::Unread).await, ["Three", "Two", "One"], "{name}");
        assert_eq!(unread_count(&store, user, subscription).await, 3, "{name}");

        let three = list(&store, user, View::Unread).await[0].clone();
        assert_eq!(three.feed_title, "Feed");
        let marked = store.mark_entries(user, &[three.id], false, at(1001)).await.unwrap();
        assert_eq!(marked.count, 1);
        assert_eq!(titles(&store, user, View::Unread).await, ["Two", "One"], "{name}");
        assert_eq!(titles(&store, user, View::All).await, ["Three", "Two", "One"], "{name}");
        assert_eq!(unread_count(&store, user, subscription).await, 2, "{name}");

        assert!(store.star(user, three.id, true, at(1002)).await.unwrap());
        assert_eq!(titles(&store, user, View::Starred).await, ["Three"], "{name}");
        let body = store.body(user, three.id, BodyKind::Article).await.unwrap().unwrap();
        assert_eq!((body.html.as_str(), body.kind), ("<p>third</p>", BodyKind::Feed), "{name}");

        let gone = store.unsubscribe(user, subscription, at(1003)).await.unwrap().unwrap();
        assert_eq!(titles(&store, user, View::All).await, ["Three"], "{name}: what has a star is kept");
        assert!(store.subscriptions(user).await.unwrap().is_empty(), "{name}");
        assert!(store.resubscribe(user, subscription, gone.at).await.unwrap());
        assert_eq!(titles(&store, user, View::Unread).await, ["Two", "One"], "{name}: as it was");
        assert_eq!(unread_count(&store, user, subscription).await, 2, "{name}");

        store.star(user, three.id, false, at(1004)).await.unwrap();
        store.unsubscribe(user, subscription, at(1004)).await.unwrap();
        assert_eq!(store.purge_removed(at(1004)).await.unwrap(), 0, "{name}: not long enough ago");
        assert_eq!(store.purge_removed(at(1005)).await.unwrap(), 3, "{name}");
        assert_eq!(store.due_count(at(9999)).await.unwrap(), 0, "{name}: nobody reads the feed any more");
    }
}

#[tokio::test]
async fn marking_a_list_spares_what_came_later_and_can_be_undone() {
    for Database { name, store, .. } in databases().await {
        let (user, subscription, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, (1..=5).map(|number| entry(number, &number.to_string(), "text")).collect()).await;
        let newest_seen = store.newest_entry().await.unwrap();
        let shown = list(&store, user, View::Unread).await;
        publish(&store, feed, vec![entry(6, "6", "came while reading")]).await;

        let range = Range { order: Order::Newest, up_to: Some(shown[1].cursor), newest_seen };
        let down_to_4 = store.mark_range(user, View::Unread, range, at(1001)).await.unwrap();
        assert_eq!(down_to_4.count, 2, "{name}");
        assert_eq!(titles(&store, user, View::Unread).await, ["6", "3", "2", "1"], "{name}");

        let all = store
            .mark_range(
                user,
                View::Feed { id: subscription, unread_only: true },
                Range { up_to: None, ..range },
                at(1002),
            )
            .await
            .unwrap();
        assert_eq!(all.count, 3, "{name}");
        assert_eq!(titles(&store, user, View::Unread).await, ["6"], "{name}");
        assert_eq!(unread_count(&store, user, subscription).await, 1, "{name}");

        assert_eq!(store.undo_mark(user, all.at, at(1003)).await.unwrap().count, 3, "{name}");
        assert_eq!(
            titles(&store, user, View::Unread).await,
            ["6", "3", "2", "1"],
            "{name}: only the last mark is undone"
        );
        assert_eq!(unread_count(&store, user, subscription).await, 4, "{name}");
    }
}

#[tokio::test]
async fn a_long_list_is_paged_without_gaps_or_repeats_in_both_directions() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        // Ten entries share each moment, so that the order rests on the entry's number too.
        let same_time =
            |number: u32| NewEntry { published_at: Some(at(i64::from(number / 10))), ..entry(number, "", "") };
        publish(&store, feed, (0..95).map(same_time).collect()).await;
        for order in [Order::Newest, Order::Oldest] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let page = store.entries(user, View::Unread, order, after, 20).await.unwrap();
                seen.extend(page.entries.iter().map(|entry| entry.id));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let mut once = seen.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!((seen.len(), once.len()), (95, 95), "{name}");
            let mut expected =
                list(&store, user, View::All).await.into_iter().map(|entry| entry.id).collect::<Vec<_>>();
            if order == Order::Oldest {
                expected.reverse();
            }
            assert_eq!(seen, expected, "{name}");
        }
    }
}

#[tokio::test]
async fn neighbours_follow_the_list_also_from_an_entry_that_left_it() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, (1..=3).map(|number| entry(number, "", "")).collect()).await;
        let ids: Vec<EntryId> = list(&store, user, View::Unread).await.iter().map(|entry| entry.id).collect();
        store.mark_entries(user, &[ids[1]], false, at(1001)).await.unwrap();
        let place = store.place(user, View::Unread, ids[1]).await.unwrap().unwrap();
        let found = store.neighbours(user, View::Unread, Order::Newest, place).await.unwrap();
        assert_eq!((found.previous, found.next), (Some(ids[0]), Some(ids[2])), "{name}");
        let first = store.place(user, View::Unread, ids[0]).await.unwrap().unwrap();
        let found = store.neighbours(user, View::Unread, Order::Newest, first).await.unwrap();
        assert_eq!((found.previous, found.next), (None, Some(ids[2])), "{name}");
    }
}

#[tokio::test]
async fn nobody_sees_or_changes_what_is_anothers() {
    for Database { name, store, .. } in databases().await {
        let (ann, hers, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "One", "secret plans")]).await;
        let (bob, _, _) = reader(&store, "bob", "https://example.com/other").await;
        let one = list(&store, ann, View::All).await[0].id;

        assert!(list(&store, bob, View::All).await.is_empty(), "{name}");
        assert!(list(&store, bob, View::Feed { id: hers, unread_only: false }).await.is_empty(), "{name}");
        assert!(store.entry(bob, one).await.unwrap().is_none(), "{name}");
        assert!(store.body(bob, one, BodyKind::Feed).await.unwrap().is_none(), "{name}");
        assert!(store.subscription(bob, hers).await.unwrap().is_none(), "{name}");
        assert_eq!(store.mark_entries(bob, &[one], false, at(1001)).await.unwrap().count, 0, "{name}");
        assert!(!store.star(bob, one, true, at(1001)).await.unwrap(), "{name}");
        assert!(store.remove_entry(bob, one, at(1001)).await.unwrap().is_none(), "{name}");
        assert!(store.unsubscribe(bob, hers, at(1001)).await.unwrap().is_none(), "{name}");
        let folder = store.folder_named(ann, "Hers").await.unwrap();
        assert!(!store.rename_folder(bob, folder, "Mine").await.unwrap(), "{name}");
        assert!(!store.remove_folder(bob, folder).await.unwrap(), "{name}");
        assert_eq!(titles(&store, ann, View::Unread).await, ["One"], "{name}: nothing happened");
    }
}

#[tokio::test]
async fn a_feed_of_two_readers_is_stored_once_and_read_apart() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "One", ""), entry(2, "Two", "")]).await;
        let (bob, his, same) = reader(&store, "bob", "https://example.com/feed").await;
        assert_eq!(feed, same, "{name}");
        assert_eq!(unread_count(&store, bob, his).await, 2, "{name}: what is there already is his to read");
        let ids: Vec<EntryId> = list(&store, bob, View::All).await.iter().map(|entry| entry.id).collect();
        store.mark_entries(bob, &ids, false, at(1001)).await.unwrap();
        assert_eq!(titles(&store, ann, View::Unread).await, ["Two", "One"], "{name}");
        publish(&store, feed, vec![entry(3, "Three", "")]).await;
        assert_eq!(titles(&store, ann, View::Unread).await, ["Three", "Two", "One"], "{name}");
        assert_eq!(titles(&store, bob, View::Unread).await, ["Three"], "{name}");
    }
}

#[tokio::test]
async fn rules_drop_mark_and_star_for_their_user_alone() {
    for Database { name, store, .. } in databases().await {
        let (ann, subscription, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish_judged(
            &store,
            feed,
            vec![
                (entry(1, "dropped", ""), Verdict::Drop),
                (entry(2, "read", ""), Verdict::Keep { unread: false, starred: false, tags: Vec::new(), moved: false }),
                (
                    entry(3, "starred", ""),
                    Verdict::Keep { unread: true, starred: true, tags: Vec::new(), moved: false },
                ),
            ],
        )
        .await;
        assert_eq!(titles(&store, ann, View::All).await, ["starred", "read"], "{name}");
        assert_eq!(titles(&store, ann, View::Starred).await, ["starred"], "{name}");
        assert_eq!(unread_count(&store, ann, subscription).await, 1, "{name}");
    }
}

#[tokio::test]
async fn the_same_entries_again_change_nothing_and_a_changed_one_keeps_its_marks() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let first = publish(&store, feed, vec![entry(1, "One", "old words")]).await;
        assert_eq!(publish(&store, feed, vec![entry(1, "One", "old words")]).await.new, [], "{name}");
        store.mark_entries(user, &first.new, false, at(1001)).await.unwrap();

        let due = claim(&store, feed).await;
        let known = store.known_feed(due.lease, vec![1_u128.to_be_bytes(), 2_u128.to_be_bytes()]).await.unwrap();
        assert_eq!(known.entries.len(), 1, "{name}");
        assert_eq!(known.entries[&1_u128.to_be_bytes()].id, first.new[0], "{name}");
        let changed = NewEntry { content_hash: [2; 16], ..entry(1, "One, corrected", "new words") };
        let mut brought = fetched(&store, due.lease, Vec::new());
        brought.changed_entries = vec![(first.new[0], store.pack(changed))];
        assert_eq!(store.ingest(brought, at(1002)).await.unwrap().changed, 1, "{name}");

        assert_eq!(titles(&store, user, View::All).await, ["One, corrected"], "{name}");
        assert!(list(&store, user, View::Unread).await.is_empty(), "{name}: it stays read");
        assert_eq!(store.body(user, first.new[0], BodyKind::Feed).await.unwrap().unwrap().html, "<p>new words</p>");
    }
}

#[tokio::test]
async fn a_future_date_does_not_hold_the_top_of_the_list() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let in_ten_years = NewEntry { published_at: Some(at(5_256_000)), ..entry(1, "From the future", "") };
        publish(&store, feed, vec![in_ten_years, NewEntry { published_at: None, ..entry(2, "Undated", "") }]).await;
        let shown = list(&store, user, View::All).await;
        assert!(shown.iter().all(|entry| entry.cursor.at == at(1000).as_millisecond()), "{name}: both came just now");
        assert_eq!(shown[1].published_at, Some(at(5_256_000)), "{name}: what it says of itself is kept");
    }
}

#[tokio::test]
async fn a_saved_page_stands_in_the_same_list_and_can_be_brought_back() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "From a feed", "")]).await;
        let entry =
            NewEntry { site: Some("River News".to_owned()), ..entry(77, "Saved by hand", "a page about 東京") };
        let page = SavedPage { entry };
        let id = store.save_page(user, page.clone(), at(1001)).await.unwrap();
        assert_eq!(titles(&store, user, View::Unread).await, ["Saved by hand", "From a feed"], "{name}");
        assert_eq!(titles(&store, user, View::Saved).await, ["Saved by hand"], "{name}");
        let saved = &list(&store, user, View::Saved).await[0];
        assert!(saved.is_saved_page, "{name}");
        assert_eq!(saved.feed_title, "River News", "{name}: a page is called by its site");
        assert_eq!(store.counts(user).await.unwrap(), (2, 0), "{name}");
        assert_eq!(store.subscriptions(user).await.unwrap().len(), 1, "{name}: it is no subscription to look at");

        let removed_at = store.remove_entry(user, id, at(1002)).await.unwrap().unwrap();
        assert!(titles(&store, user, View::Saved).await.is_empty(), "{name}");
        assert_eq!(store.counts(user).await.unwrap(), (1, 0), "{name}");
        assert!(store.restore_entry(user, id, removed_at, at(1003)).await.unwrap());
        assert_eq!(store.counts(user).await.unwrap(), (2, 0), "{name}");
        assert_eq!(store.save_page(user, page, at(1004)).await.unwrap(), id, "{name}: saved twice, there once");
        store.remove_entry(user, id, at(1005)).await.unwrap();
        assert_eq!(store.purge_removed(at(1006)).await.unwrap(), 1, "{name}");
    }
}

#[tokio::test]
async fn an_article_is_kept_beside_the_feeds_own_text() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let id = publish(&store, feed, vec![entry(1, "One", "teaser")]).await.new[0];
        store.store_article(id, entry(1, "One", "the whole article")).await.unwrap();
        let html = async |kind| store.body(user, id, kind).await.unwrap().unwrap().html;
        assert_eq!(html(BodyKind::Feed).await, "<p>teaser</p>", "{name}");
        assert_eq!(html(BodyKind::Article).await, "<p>the whole article</p>", "{name}");
    }
}

#[tokio::test]
async fn a_folder_takes_its_feeds_entries_along() {
    for Database { name, store, .. } in databases().await {
        let (user, subscription, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "One", "")]).await;
        let folder = store.folder_named(user, "News").await.unwrap();
        assert_eq!(store.folder_named(user, "News").await.unwrap(), folder, "{name}: made once");
        let view = View::Folder { id: folder, unread_only: true };
        assert!(titles(&store, user, view).await.is_empty(), "{name}");
        assert!(store.move_subscription(user, subscription, Some(folder)).await.unwrap());
        publish(&store, feed, vec![entry(2, "Two", "")]).await;
        assert_eq!(titles(&store, user, view).await, ["Two", "One"], "{name}");
        let shown = store.folder(user, folder).await.unwrap().unwrap();
        assert_eq!((shown.feed_count, shown.unread_count), (1, 2), "{name}");
        assert!(store.remove_folder(user, folder).await.unwrap());
        assert_eq!(titles(&store, user, View::Unread).await, ["Two", "One"], "{name}: the feed stays");
        assert_eq!(store.subscription(user, subscription).await.unwrap().unwrap().folder_id, None, "{name}");
    }
}

#[tokio::test]
async fn changing_the_source_of_a_shared_feed_leaves_the_others_alone() {
    for Database { name, store, .. } in databases().await {
        let (ann, hers, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let (bob, his, _) = reader(&store, "bob", "https://example.com/feed").await;
        let change = |url: &str, encoding: Option<&str>| SubscriptionChange {
            title: None,
            folder_id: None,
            full_text: false,
            rules: String::new(),
            source: FeedSource { encoding: encoding.map(str::to_owned), ..FeedSource::at(url) },
        };
        store
            .change_subscription(ann, hers, &change("https://example.com/feed", Some("shift_jis")), at(1))
            .await
            .unwrap();
        let hers_now = store.subscription(ann, hers).await.unwrap().unwrap();
        assert_ne!(hers_now.feed_id, feed, "{name}: she has a feed of her own now");
        assert_eq!(hers_now.source.encoding.as_deref(), Some("shift_jis"), "{name}");
        assert_eq!(store.subscription(bob, his).await.unwrap().unwrap().source.encoding, None, "{name}");

        store.change_subscription(bob, his, &change("https://example.com/new", None), at(2)).await.unwrap();
        let his_now = store.subscription(bob, his).await.unwrap().unwrap();
        assert_eq!(
            (his_now.feed_id, his_now.source.url.as_str()),
            (feed, "https://example.com/new"),
            "{name}: the only reader"
        );
    }
}

#[tokio::test]
async fn two_workers_never_hold_the_same_feed() {
    for Database { name, store, .. } in databases().await {
        let (_, _, first) = reader(&store, "ann", "https://example.com/1").await;
        reader(&store, "bob", "https://example.com/2").await;
        let minute = std::time::Duration::from_secs(60);
        let one = store.claim_due(1, 11, minute, at(1)).await.unwrap();
        let rest = store.claim_due(10, 22, minute, at(1)).await.unwrap();
        assert_eq!((one.len(), rest.len()), (1, 1), "{name}");
        assert_ne!(one[0].lease.feed, rest[0].lease.feed, "{name}");
        assert!(store.claim_due(10, 33, minute, at(1)).await.unwrap().is_empty(), "{name}");
        assert!(store.claim_feed(first, 44, minute, at(1)).await.unwrap().is_none(), "{name}");

        let taken_over = store.claim_due(10, 55, minute * 10, at(3)).await.unwrap();
        assert_eq!(taken_over.len(), 2, "{name}: leases of workers that died run out");
        let late = store.ingest(fetched(&store, one[0].lease, vec![entry(1, "Late", "")]), at(3)).await;
        assert!(matches!(late, Err(StoreError::LeaseLost)), "{name}: {late:?}");
        let on_time = taken_over.iter().find(|due| due.lease.feed == one[0].lease.feed).unwrap();
        let stored = store.ingest(fetched(&store, on_time.lease, vec![entry(1, "On time", "")]), at(3)).await.unwrap();
        assert_eq!(stored.new.len(), 1, "{name}: the late one left nothing behind");
        assert!(store.claim_due(10, 66, minute, at(4)).await.unwrap().is_empty(), "{name}: not due for a while");

        let other = taken_over.iter().find(|due| due.lease.feed != one[0].lease.feed).unwrap();
        store.release(&[other.lease]).await.unwrap();
        assert_eq!(store.claim_due(10, 77, minute, at(4)).await.unwrap().len(), 1, "{name}: given back, taken again");
    }
}

#[tokio::test]
async fn the_reason_of_a_failure_is_shown_until_a_check_goes_well() {
    for Database { name, store, .. } in databases().await {
        let (user, subscription, feed) = reader(&store, "ann", "https://example.com/feed").await;
        for minutes in [10, 20] {
            let check = FailedCheck {
                lease: claim(&store, feed).await.lease,
                kind: "not_found".to_owned(),
                text: "nothing is there".to_owned(),
                next_check_at: Some(at(minutes + 15)),
            };
            store.finish_failed(&check, at(minutes)).await.unwrap();
        }
        let health = store.subscription(user, subscription).await.unwrap().unwrap().health;
        assert_eq!((health.error_count, health.error_since), (2, Some(at(10))), "{name}");
        assert_eq!(health.error_text.as_deref(), Some("nothing is there"), "{name}");
        assert_eq!(store.counts(user).await.unwrap(), (0, 1), "{name}: one feed in trouble");

        let lease = claim(&store, feed).await.lease;
        store.postpone(&[PostponedCheck { lease, next_check_at: at(40) }]).await.unwrap();
        let health = store.subscription(user, subscription).await.unwrap().unwrap().health;
        assert_eq!((health.error_count, health.error_since), (2, Some(at(10))), "{name}: postponed is not repaired");
        assert_eq!((health.checked_at, health.next_check_at), (Some(at(20)), Some(at(40))), "{name}: nor asked");

        let lease = claim(&store, feed).await.lease;
        store.finish_unchanged(&[unchanged(lease, None)], at(30)).await.unwrap();
        let health = store.subscription(user, subscription).await.unwrap().unwrap().health;
        assert_eq!((health.error_count, health.error_text, health.checked_at), (0, None, Some(at(30))), "{name}");
        assert_eq!(store.next_due().await.unwrap(), Some(at(90)), "{name}");
    }
}

#[tokio::test]
async fn a_feed_that_is_kept_silently_is_heard_of_again() {
    for Database { name, store, .. } in databases().await {
        let (user, subscription, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let (stranger, other, _) = reader(&store, "bob", "https://example.com/feed").await;
        let lease = claim(&store, feed).await.lease;
        let (kind, text) = ("gone".to_owned(), "the feed is gone".to_owned());
        store.finish_failed(&FailedCheck { lease, kind, text, next_check_at: None }, at(10)).await.unwrap();
        let troubles = async || (store.counts(user).await.unwrap().1, store.counts(stranger).await.unwrap().1);
        let hushed = async || store.subscription(user, subscription).await.unwrap().unwrap().is_hushed();
        assert_eq!((troubles().await, hushed().await), ((1, 1), false), "{name}");

        assert!(store.hush(user, subscription, at(20)).await.unwrap(), "{name}");
        assert_eq!((troubles().await, hushed().await), ((0, 1), true), "{name}: each reader decides alone");
        assert!(!store.unhush(stranger, subscription).await.unwrap(), "{name}: not a stranger's");
        assert!(store.unhush(stranger, other).await.unwrap(), "{name}: nothing to do is no failure");
        assert_eq!((troubles().await, hushed().await), ((0, 1), true), "{name}");

        assert!(store.unhush(user, subscription).await.unwrap(), "{name}");
        assert_eq!((troubles().await, hushed().await), ((1, 1), false), "{name}");
        store.unsubscribe(user, subscription, at(30)).await.unwrap();
        assert!(!store.unhush(user, subscription).await.unwrap(), "{name}: a feed that was left is none");
    }
}

#[tokio::test]
async fn validators_are_replaced_where_they_are_new_and_kept_where_they_are_not() {
    for Database { name, store, .. } in databases().await {
        let (_, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, Vec::new()).await;
        let first = Validators { etag: Some("\"1\"".to_owned()), last_modified: None };
        let second = Validators { etag: None, last_modified: Some("Mon, 05 Jan 2026 00:00:00 GMT".to_owned()) };
        for (given, expected) in [(None, &first), (Some(second.clone()), &second), (None, &second)] {
            let due = claim(&store, feed).await;
            store.finish_unchanged(&[unchanged(due.lease, given)], at(30)).await.unwrap();
            let due = claim(&store, feed).await;
            assert_eq!(&due.validators, expected, "{name}");
            store.release(&[due.lease]).await.unwrap();
        }
    }
}

#[tokio::test]
async fn feeds_of_crowded_hosts_can_be_left_out() {
    for Database { name, store, .. } in databases().await {
        let user = store.create_user("ann", false, at(0)).await.unwrap().id;
        let urls = ["https://a.example/1", "https://a.example/2", "http://a.example/3", "https://a.example.org/4"];
        for url in urls {
            store.subscribe(user, &FeedSource::at(url), None, None, at(0)).await.unwrap();
        }
        let minute = std::time::Duration::from_secs(60);
        let origins = vec!["https://a.example/".to_owned(), "https://b.example/".to_owned()];
        let found = store.claim_due_elsewhere(origins, 10, 11, minute, at(1)).await.unwrap();
        let mut found: Vec<&str> = found.iter().map(|due| due.source.url.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, ["http://a.example/3", "https://a.example.org/4"], "{name}");
        let rest = store.claim_due_elsewhere(Vec::new(), 10, 22, minute, at(1)).await.unwrap();
        assert_eq!(rest.len(), 2, "{name}");
    }
}

fn unchanged(lease: Lease, validators: Option<Validators>) -> UnchangedCheck {
    let interval = std::time::Duration::from_secs(3600);
    UnchangedCheck { lease, next_check_at: at(90), interval, validators }
}
