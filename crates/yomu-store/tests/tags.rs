//! Tags on real databases: given, taken, found, renamed, and kept when feeds merge.

mod support;

use jiff::tz::TimeZone;
use support::{Database, at, databases, entry, list, publish, reader, titles};
use yomu_model::ids::{EntryId, UserId};
use yomu_model::name::TagName;
use yomu_model::search::Query;
use yomu_model::tag::parse_tags;
use yomu_store::{EntryFilter, Order, Range, SavedPage, Slice, SortKey, Store, View};

fn tag(name: &str) -> TagName {
    TagName::parse(name).unwrap()
}

async fn tagged(store: &Store, user: UserId, title: &str, tags: &str) -> EntryId {
    let id = list(store, user, View::All).await.into_iter().find(|one| one.title == title).unwrap().id;
    assert!(store.set_tags(user, id, &parse_tags(tags).unwrap(), at(1001)).await.unwrap());
    id
}

/// Names, how many entries, how many unread.
async fn tags(store: &Store, user: UserId) -> Vec<(String, u32, u32)> {
    let all = store.tags(user).await.unwrap();
    all.into_iter().map(|one| (one.name, one.entry_count, one.unread_count)).collect()
}

async fn found(store: &Store, user: UserId, typed: &str, order: Order) -> Vec<String> {
    let query = Query::parse(typed, &TimeZone::UTC);
    let page = store.search(user, &query, order, None, 100).await.unwrap();
    page.entries.into_iter().map(|one| one.title).collect()
}

#[tokio::test]
async fn entries_and_saved_pages_are_tagged_alike() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, (1..=3).map(|number| entry(number, &format!("E{number}"), "text")).collect()).await;
        store.save_page(user, SavedPage { entry: entry(9, "Page", "text") }, at(1000)).await.unwrap();
        let first = tagged(&store, user, "E1", "Soup, to do").await;
        tagged(&store, user, "E3", "soup").await;
        tagged(&store, user, "Page", "ＳＯＵＰ").await;
        store.mark_entries(user, &[first], false, at(1002)).await.unwrap();
        assert_eq!(tags(&store, user).await, [("Soup".into(), 3, 2), ("to do".into(), 1, 0)], "{name}");

        let soup = store.tag_named(user, &tag("SOUP")).await.unwrap().unwrap();
        assert_eq!(titles(&store, user, View::Tag(soup)).await, ["Page", "E3", "E1"], "{name}");
        let oldest = store.entries(user, View::Tag(soup), Order::Oldest, None, 2).await.unwrap();
        assert_eq!(oldest.entries.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["E1", "E3"], "{name}");
        let rest = store.entries(user, View::Tag(soup), Order::Oldest, oldest.next, 2).await.unwrap();
        assert_eq!(rest.entries.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["Page"], "{name}");
        let place = store.place(user, View::Tag(soup), rest.entries[0].id).await.unwrap().unwrap();
        let beside = store.neighbours(user, View::Tag(soup), Order::Newest, place).await.unwrap();
        assert_eq!((beside.previous, beside.next), (None, Some(oldest.entries[1].id)), "{name}");

        assert_eq!(store.tags_of(user, &[first]).await.unwrap()[&first], ["Soup", "to do"], "{name}");
        assert!(store.set_tags(user, first, &[tag("soup")], at(1003)).await.unwrap());
        assert_eq!(tags(&store, user).await, [("Soup".into(), 3, 2)], "{name}: what nothing has is gone");

        // A page that is saved again is at the top of its tag's list, too.
        store.save_page(user, SavedPage { entry: entry(8, "Second", "text") }, at(1004)).await.unwrap();
        tagged(&store, user, "Second", "soup").await;
        store.save_page(user, SavedPage { entry: entry(9, "Page", "text") }, at(1005)).await.unwrap();
        assert_eq!(titles(&store, user, View::Tag(soup)).await, ["Page", "Second", "E3", "E1"], "{name}");

        let range = Range { order: Order::Newest, up_to: None, newest_seen: store.newest_entry().await.unwrap() };
        let marked = store.mark_range(user, View::Tag(soup), range, at(1006)).await.unwrap();
        assert_eq!(marked.count, 3, "{name}: what was read before is not marked again");
    }
}

#[tokio::test]
async fn search_and_filters_know_tags() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, (1..=4).map(|number| entry(number, &format!("E{number}"), "hovers")).collect()).await;
        tagged(&store, user, "E1", "Soup, to do").await;
        tagged(&store, user, "E3", "soup").await;
        tagged(&store, user, "E4", "東京").await;
        let cases: &[(&str, &[&str])] = &[
            ("tag:soup", &["E3", "E1"]),
            ("tag:ＳＯＵＰ hovers", &["E3", "E1"]),
            ("tag:soup sleeps", &[]),
            ("tag:soup tag:\"to do\"", &["E1"]),
            ("tag:soup -tag:「to do」", &["E3"]),
            ("-tag:soup", &["E4", "E2"]),
            ("hovers -tag:soup", &["E4", "E2"]),
            ("-sleeps tag:soup is:unread", &["E3", "E1"]),
            ("tag:sou", &[]),
            ("tag:東京", &["E4"]),
        ];
        for (query, expected) in cases {
            assert_eq!(&found(&store, user, query, Order::Newest).await, expected, "{name}: {query}");
        }
        assert_eq!(found(&store, user, "hovers", Order::Oldest).await, ["E1", "E2", "E3", "E4"], "{name}");

        let soup = store.tag_named(user, &tag("soup")).await.unwrap();
        let slice = Slice { key: SortKey::Published, order: Order::Newest, after: None, limit: 10, offset: 0 };
        let filter = EntryFilter { own_tag: soup, ..EntryFilter::default() };
        assert_eq!(store.filtered_places(user, &filter, slice).await.unwrap().len(), 2, "{name}");
        let filter = EntryFilter { without_tags: soup.into_iter().collect(), ..EntryFilter::default() };
        assert_eq!(store.filtered_count(user, &filter).await.unwrap(), 2, "{name}");
    }
}

#[tokio::test]
async fn a_tag_is_renamed_and_two_become_one() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, (1..=2).map(|number| entry(number, &format!("E{number}"), "text")).collect()).await;
        tagged(&store, user, "E1", "soup, stew").await;
        tagged(&store, user, "E2", "stew").await;
        let stew = store.tag_named(user, &tag("stew")).await.unwrap().unwrap();
        assert_eq!(store.rename_tag(user, stew, &tag("Stew")).await.unwrap(), Some(stew), "{name}: the spelling alone");
        let soup = store.rename_tag(user, stew, &tag("Soup")).await.unwrap().unwrap();
        assert_ne!(soup, stew);
        assert_eq!(tags(&store, user).await, [("Soup".into(), 2, 2)], "{name}");
        assert!(store.remove_tag(user, soup).await.unwrap() && !store.remove_tag(user, soup).await.unwrap(), "{name}");
        assert_eq!(tags(&store, user).await, [], "{name}");
    }
}

#[tokio::test]
async fn nobody_touches_the_tags_of_others() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let (bob, ..) = reader(&store, "bob", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "E1", "text")]).await;
        store.save_page(ann, SavedPage { entry: entry(9, "Hers", "text") }, at(1000)).await.unwrap();
        let hers = tagged(&store, ann, "Hers", "soup").await;
        let shared = tagged(&store, ann, "E1", "soup").await;
        tagged(&store, bob, "E1", "soup").await;
        let soup = store.tag_named(ann, &tag("soup")).await.unwrap().unwrap();
        let before = tags(&store, ann).await;

        assert!(!store.set_tags(bob, hers, &[tag("stew")], at(1002)).await.unwrap(), "{name}");
        store.add_tag(bob, &[hers, shared], &tag("stew"), at(1002)).await.unwrap();
        store.take_tag(bob, &[hers, shared], &tag("soup"), at(1002)).await.unwrap();
        assert_eq!(store.rename_tag(bob, soup, &tag("taken")).await.unwrap(), None, "{name}");
        assert!(!store.remove_tag(bob, soup).await.unwrap(), "{name}");
        assert!(titles(&store, bob, View::Tag(soup)).await.is_empty(), "{name}");
        assert_eq!(store.tag_name(bob, soup).await.unwrap(), None, "{name}");
        assert!(store.tags_of(bob, &[hers]).await.unwrap().is_empty(), "{name}");

        assert_eq!(tags(&store, ann).await, before, "{name}");
        assert_eq!(tags(&store, bob).await, [("stew".into(), 1, 1)], "{name}");
    }
}

#[tokio::test]
async fn tags_go_with_their_entries_and_come_back_with_them() {
    for Database { name, store, .. } in databases().await {
        let (user, subscription, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "E1", "text")]).await;
        let id = tagged(&store, user, "E1", "soup").await;
        let removed_at = store.remove_entry(user, id, at(1002)).await.unwrap().unwrap();
        assert_eq!(tags(&store, user).await, [("soup".into(), 0, 0)], "{name}");
        store.restore_entry(user, id, removed_at, at(1003)).await.unwrap();
        assert_eq!(tags(&store, user).await, [("soup".into(), 1, 1)], "{name}");
        store.remove_entry(user, id, at(1003)).await.unwrap();
        store.unsubscribe(user, subscription, at(1004)).await.unwrap();
        store.purge_removed(at(1005)).await.unwrap();
        assert_eq!(tags(&store, user).await, [], "{name}");
    }
}

#[tokio::test]
async fn tags_move_with_a_feed_that_becomes_one_with_another() {
    for Database { name, store, .. } in databases().await {
        let (user, _, old) = reader(&store, "ann", "https://example.com/old").await;
        let (other, _, new) = reader(&store, "bob", "https://example.com/new").await;
        publish(&store, old, vec![entry(1, "E1", "text")]).await;
        tagged(&store, user, "E1", "soup").await;
        publish(&store, new, vec![entry(1, "E1", "text")]).await;
        store.move_feed(old, "https://example.com/new", at(1002)).await.unwrap();
        assert_eq!(found(&store, user, "tag:soup", Order::Newest).await, ["E1"], "{name}");
        assert_eq!(found(&store, other, "tag:soup", Order::Newest).await, [""; 0], "{name}");
    }
}
