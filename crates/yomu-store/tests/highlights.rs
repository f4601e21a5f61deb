//! Highlights on real databases.

mod support;

use support::{Database, at, databases, entry, list, publish, reader};
use yomu_model::highlight::Quote;
use yomu_model::ids::{EntryId, HighlightId, UserId};
use yomu_store::{Highlighted, NewHighlight, SavedPage, Store, View};

const ROOM: (u32, u32) = (100, 100);

fn passage(exact: &str, place: Option<usize>, note: &str) -> NewHighlight {
    NewHighlight { quote: Quote::new(exact, "before", "behind").unwrap(), place, note: note.to_owned() }
}

async fn entry_of(store: &Store, user: UserId, title: &str) -> EntryId {
    list(store, user, View::All).await.into_iter().find(|one| one.title == title).unwrap().id
}

async fn add(store: &Store, user: UserId, entry: EntryId, new: NewHighlight, minute: i64) -> HighlightId {
    match store.add_highlight(user, entry, &new, ROOM, at(minute)).await.unwrap() {
        Highlighted::Done(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn found(store: &Store, user: UserId, words: &str) -> Vec<String> {
    let all = store.highlights(user, words, None, 100).await.unwrap();
    all.into_iter().map(|one| one.highlight.quote.exact).collect()
}

#[tokio::test]
async fn passages_are_kept_noted_found_and_removed() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "E1", "text")]).await;
        store.save_page(user, SavedPage { entry: entry(9, "Page", "text") }, at(1000)).await.unwrap();
        let (e1, page) = (entry_of(&store, user, "E1").await, entry_of(&store, user, "Page").await);
        let late = add(&store, user, e1, passage("the second one", Some(50), ""), 1001).await;
        let early = add(&store, user, e1, passage("The First", Some(3), "Wichtig"), 1002).await;
        let gone = add(&store, user, e1, passage("gone", None, ""), 1003).await;
        add(&store, user, page, passage("静かな街", Some(0), "東京のこと"), 1004).await;

        let of: Vec<_> = store.highlights_of(user, e1).await.unwrap().into_iter().map(|one| one.id).collect();
        assert_eq!(of, [early, late, gone], "{name}: by place, then those without");
        let again = add(&store, user, e1, passage("The First", Some(3), ""), 1005).await;
        assert_eq!(again, early, "{name}: the same passage is there once");
        assert_eq!(store.highlights_of(user, e1).await.unwrap()[0].note, "Wichtig", "{name}");

        assert_eq!(found(&store, user, "").await, ["静かな街", "gone", "The First", "the second one"], "{name}");
        assert_eq!(found(&store, user, "ＷＩＣＨＴＩＧ first").await, ["The First"], "{name}");
        assert_eq!(found(&store, user, "東京").await, ["静かな街"], "{name}");
        assert_eq!(found(&store, user, "100% _").await, [""; 0], "{name}");
        let first = store.highlights(user, "", None, 2).await.unwrap();
        assert_eq!((first[0].title.as_str(), first[1].site.as_str()), ("Page", "Feed"), "{name}");
        let last = &first[1].highlight;
        let rest = store.highlights(user, "", Some((last.created_at, last.id)), 10).await.unwrap();
        assert_eq!(rest.len(), 2, "{name}");

        assert_eq!(store.change_note(user, late, "a new thought").await.unwrap(), Some(e1), "{name}");
        assert_eq!(found(&store, user, "thought").await, ["the second one"], "{name}");
    }
}

#[tokio::test]
async fn a_removed_highlight_can_be_taken_back_until_it_is_purged() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "E1", "text")]).await;
        let e1 = entry_of(&store, user, "E1").await;
        let id = add(&store, user, e1, passage("a light", Some(3), "so bright"), 1001).await;
        let kept = async || store.kept(user).await.unwrap().highlights;

        assert_eq!(store.remove_highlight(user, id, at(1002)).await.unwrap(), Some(at(1002)), "{name}");
        assert_eq!(store.remove_highlight(user, id, at(1003)).await.unwrap(), None, "{name}: only once");
        assert!(store.highlights_of(user, e1).await.unwrap().is_empty(), "{name}");
        assert_eq!((found(&store, user, "").await.len(), kept().await), (0, 0), "{name}");
        assert_eq!(store.change_note(user, id, "x").await.unwrap(), None, "{name}");
        let subscription = list(&store, user, View::All).await[0].subscription_id;
        let archived = store.archived_entries(user, subscription, &[e1]).await.unwrap();
        assert!(archived[0].highlights.is_empty(), "{name}: what was removed is not taken along");

        assert!(!store.restore_highlight(user, id, at(1001)).await.unwrap(), "{name}: another moment");
        assert!(store.restore_highlight(user, id, at(1002)).await.unwrap(), "{name}");
        assert_eq!(store.highlights_of(user, e1).await.unwrap()[0].note, "so bright", "{name}: with its note");
        assert_eq!(kept().await, 1, "{name}");
        assert!(!store.restore_highlight(user, id, at(1002)).await.unwrap(), "{name}: it is there");

        // Made once more, it is the same; the old note does not come back with it, and neither does an undo change it.
        store.remove_highlight(user, id, at(1004)).await.unwrap();
        assert_eq!(add(&store, user, e1, passage("a light", Some(3), ""), 1005).await, id, "{name}");
        assert_eq!(store.highlights_of(user, e1).await.unwrap()[0].note, "", "{name}");
        assert!(!store.restore_highlight(user, id, at(1004)).await.unwrap(), "{name}");

        store.remove_highlight(user, id, at(1006)).await.unwrap();
        store.purge_removed(at(1006)).await.unwrap();
        assert!(store.restore_highlight(user, id, at(1006)).await.unwrap(), "{name}: not yet old enough");
        store.remove_highlight(user, id, at(1006)).await.unwrap();
        store.purge_removed(at(1007)).await.unwrap();
        assert!(!store.restore_highlight(user, id, at(1006)).await.unwrap(), "{name}: gone for good");
    }
}

#[tokio::test]
async fn there_is_a_limit_for_an_entry_and_for_a_user() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "E1", "text"), entry(2, "E2", "text")]).await;
        let (e1, e2) = (entry_of(&store, user, "E1").await, entry_of(&store, user, "E2").await);
        let add = async |entry, text: &str| {
            store.add_highlight(user, entry, &passage(text, None, ""), (2, 3), at(1001)).await.unwrap()
        };
        assert!(matches!(add(e1, "a").await, Highlighted::Done(_)), "{name}");
        assert!(matches!(add(e1, "b").await, Highlighted::Done(_)), "{name}");
        assert_eq!(add(e1, "c").await, Highlighted::TooMany, "{name}");
        assert!(matches!(add(e2, "d").await, Highlighted::Done(_)), "{name}");
        assert_eq!(add(e2, "e").await, Highlighted::TooMany, "{name}");

        // What was removed makes room, and cannot be taken back beyond the limit.
        let first = store.highlights_of(user, e1).await.unwrap()[0].id;
        store.remove_highlight(user, first, at(1002)).await.unwrap();
        assert!(matches!(add(e2, "e").await, Highlighted::Done(_)), "{name}");
        assert!(!store.restore_highlight(user, first, at(1002)).await.unwrap(), "{name}");
    }
}

#[tokio::test]
async fn nobody_sees_or_changes_the_highlights_of_others() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let (bob, ..) = reader(&store, "bob", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "E1", "text")]).await;
        store.save_page(ann, SavedPage { entry: entry(9, "Hers", "text") }, at(1000)).await.unwrap();
        let (shared, hers) = (entry_of(&store, ann, "E1").await, entry_of(&store, ann, "Hers").await);
        let id = add(&store, ann, shared, passage("mine", None, "note"), 1001).await;

        let new = passage("taken", None, "");
        assert_eq!(store.add_highlight(bob, hers, &new, ROOM, at(1002)).await.unwrap(), Highlighted::Unknown, "{name}");
        assert!(store.highlights_of(bob, shared).await.unwrap().is_empty(), "{name}");
        assert_eq!(found(&store, bob, "").await, [""; 0], "{name}");
        assert_eq!(store.change_note(bob, id, "x").await.unwrap(), None, "{name}");
        assert_eq!(store.remove_highlight(bob, id, at(1003)).await.unwrap(), None, "{name}");
        assert_eq!(store.highlights_of(ann, shared).await.unwrap()[0].note, "note", "{name}");
        store.remove_highlight(ann, id, at(1004)).await.unwrap();
        assert!(!store.restore_highlight(bob, id, at(1004)).await.unwrap(), "{name}");
    }
}

#[tokio::test]
async fn highlights_move_with_a_feed_that_becomes_one_with_another() {
    for Database { name, store, .. } in databases().await {
        let (user, _, old) = reader(&store, "ann", "https://example.com/old").await;
        let (_, _, new) = reader(&store, "bob", "https://example.com/new").await;
        publish(&store, old, vec![entry(1, "E1", "text")]).await;
        let e1 = entry_of(&store, user, "E1").await;
        add(&store, user, e1, passage("kept", None, ""), 1001).await;
        publish(&store, new, vec![entry(1, "E1", "text")]).await;
        store.move_feed(old, "https://example.com/new", at(1002)).await.unwrap();
        assert_eq!(found(&store, user, "").await, ["kept"], "{name}");
    }
}
