//! The kept numbers of unread entries are what counting them would give, whatever is marked and whoever refreshes meanwhile.

mod support;

use support::{at, claim, databases, entry, fetched, list, publish, reader, unread_count};
use yomu_model::ids::EntryId;
use yomu_store::{EntryFilter, FeedSource, Order, Range, View};

#[tokio::test]
async fn what_is_marked_again_or_is_anothers_is_counted_once_or_not_at_all() {
    for database in databases().await {
        let store = &database.store;
        let (ann, one, feed) = reader(store, "ann", "https://example.com/one").await;
        let source = FeedSource::at("https://example.com/two");
        let (two, other, _) = store.subscribe(ann, &source, None, None, at(0)).await.unwrap();
        publish(store, feed, (0..5).map(|number| entry(number, "one", "text")).collect()).await;
        publish(store, other, (5..12).map(|number| entry(number, "two", "text")).collect()).await;
        let (bob, his, _) = reader(store, "bob", "https://example.com/one").await;
        let ids: Vec<EntryId> = list(store, ann, View::All).await.iter().map(|one| one.id).collect();
        let kept = async || (unread_count(store, ann, one).await, unread_count(store, ann, two).await);
        assert_eq!(kept().await, (5, 7), "{}", database.name);

        let three = [ids[0], ids[1], ids[11]];
        assert_eq!(store.mark_entries(ann, &three, false, at(3000)).await.unwrap().count, 3);
        assert_eq!(kept().await, (4, 5));
        assert_eq!(store.mark_entries(ann, &three, false, at(3001)).await.unwrap().count, 0, "they were read");
        let twice = [ids[2], ids[2], ids[0]];
        assert_eq!(store.mark_entries(ann, &twice, false, at(3002)).await.unwrap().count, 1);
        assert_eq!(kept().await, (4, 4));
        assert_eq!(store.mark_entries(bob, &ids[..7], false, at(3003)).await.unwrap().count, 0, "they are Ann's");
        assert_eq!(kept().await, (4, 4));

        assert_eq!(store.undo_mark(ann, at(3000), at(3004)).await.unwrap().count, 3);
        assert_eq!(store.undo_mark(ann, at(3000), at(3005)).await.unwrap().count, 0, "it was undone");
        assert_eq!(kept().await, (5, 6));
        let whole = Range { order: Order::Newest, up_to: None, newest_seen: ids.iter().copied().max().unwrap() };
        let view = View::Feed { id: two, unread_only: false };
        assert_eq!(store.mark_range(ann, view, whole, at(3006)).await.unwrap().count, 6);
        assert_eq!(store.mark_range(ann, view, whole, at(3007)).await.unwrap().count, 0);
        assert_eq!(kept().await, (5, 0));
        let filter = EntryFilter { feeds: Some(vec![one, two]), ..EntryFilter::default() };
        assert_eq!(store.mark_filtered(ann, &filter, at(3008)).await.unwrap().count, 5);
        assert_eq!(kept().await, (0, 0));
        assert_eq!(store.mark_entries(ann, &ids, true, at(3009)).await.unwrap().count, 12);
        assert_eq!(kept().await, (5, 7));
        unread_count(store, bob, his).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn marks_and_refreshes_at_the_same_time_are_all_counted() {
    for database in databases().await {
        let store = &database.store;
        let (ann, one, feed) = reader(store, "ann", "https://example.com/one").await;
        publish(store, feed, (0..40).map(|number| entry(number, "one", "text")).collect()).await;
        let ids: Vec<EntryId> = list(store, ann, View::All).await.iter().map(|one| one.id).collect();
        let marker = |ids: Vec<EntryId>| {
            let store = store.clone();
            tokio::spawn(async move {
                for (number, id) in (0_i64..).zip(ids) {
                    let unread = number % 3 == 2;
                    store.mark_entries(ann, &[id], unread, at(4000 + number)).await.expect("marked");
                    store.mark_entries(ann, &[id], !unread, at(5000 + number)).await.expect("marked");
                }
            })
        };
        // Two devices walk the same list from both ends, while new entries come in.
        let back: Vec<EntryId> = ids.iter().rev().copied().collect();
        let (there, back) = (marker(ids), marker(back));
        for number in 100..130 {
            let due = claim(store, feed).await;
            let news = fetched(store, due.lease, vec![entry(number, "new", "text")]);
            store.ingest(news, at(1000)).await.expect("ingest");
        }
        there.await.expect("there");
        back.await.expect("back");
        unread_count(store, ann, one).await;
    }
}
