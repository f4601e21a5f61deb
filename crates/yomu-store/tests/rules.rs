//! Rules of a user and what they do to new entries; saved searches.

mod support;

use support::{Database, at, claim, databases, entry, list, publish_judged, reader};
use yomu_model::name::{SearchName, TagName};
use yomu_store::{NewSearch, Order, StoreError, Verdict, View};

#[tokio::test]
async fn a_verdict_gives_tags_to_its_reader_alone() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let (bob, ..) = reader(&store, "bob", "https://example.com/feed").await;
        let tags = ["Soup", "to do", "soup"].map(|tag| TagName::parse(tag).unwrap()).to_vec();
        let verdict = Verdict::Keep { unread: true, starred: false, tags, moved: false };
        publish_judged(&store, feed, vec![(entry(1, "E1", "text"), verdict.clone())]).await;
        publish_judged(&store, feed, vec![(entry(2, "E2", "text"), verdict)]).await;
        let ids: Vec<_> = list(&store, ann, View::All).await.iter().map(|one| one.id).collect();
        let tags = store.tags_of(ann, &ids).await.unwrap();
        assert_eq!(tags[&ids[0]], ["Soup", "to do"], "{name}");
        assert_eq!(tags[&ids[1]], ["Soup", "to do"], "{name}");
        assert!(store.tags(bob).await.unwrap().is_empty(), "{name}");
    }
}

#[tokio::test]
async fn the_rules_of_a_feed_stand_before_those_for_all() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        store.set_rules(ann, "drop any contains x").await.unwrap();
        assert_eq!(store.rules(ann).await.unwrap(), "drop any contains x", "{name}");
        let due = claim(&store, feed).await;
        let known = store.known_feed(due.lease, Vec::new()).await.unwrap();
        assert_eq!(known.subscribers[0].rules, "\ndrop any contains x", "{name}");
    }
}

#[tokio::test]
async fn searches_are_kept_by_name_and_for_their_user() {
    for Database { name, store, .. } in databases().await {
        let (ann, ..) = reader(&store, "ann", "https://example.com/feed").await;
        let (bob, ..) = reader(&store, "bob", "https://example.com/feed").await;
        let new = |name: &str| NewSearch {
            name: SearchName::parse(name).unwrap(),
            query: "cat".to_owned(),
            order: Order::Oldest,
        };
        let id = store.save_search(ann, &new("b"), 2, at(1)).await.unwrap().unwrap();
        store.save_search(ann, &new("A"), 2, at(2)).await.unwrap().unwrap();
        assert_eq!(store.save_search(ann, &new("c"), 2, at(3)).await.unwrap(), None, "{name}: there is a limit");
        assert!(matches!(store.save_search(ann, &new("b"), 9, at(3)).await, Err(StoreError::Duplicate)), "{name}");
        let names: Vec<_> = store.saved_searches(ann).await.unwrap().into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["A", "b"], "{name}");
        assert_eq!(store.saved_search(ann, id).await.unwrap().unwrap().order, Order::Oldest, "{name}");

        assert!(store.saved_searches(bob).await.unwrap().is_empty(), "{name}");
        assert_eq!(store.saved_search(bob, id).await.unwrap(), None, "{name}");
        assert!(!store.change_search(bob, id, &new("taken")).await.unwrap(), "{name}");
        assert!(!store.remove_search(bob, id).await.unwrap(), "{name}");
        assert!(store.change_search(ann, id, &new("d")).await.unwrap(), "{name}");
        assert!(store.remove_search(ann, id).await.unwrap(), "{name}");
    }
}
