//! Filters, as apps ask for them: every mixture is held to a plain look at each entry, on both databases.

mod support;

use std::collections::HashMap;

use jiff::tz::TimeZone;
use support::{at, databases, entry, publish, reader, unread_count};
use yomu_model::ids::{EntryId, SubscriptionId, UserId};
use yomu_model::search::Query;
use yomu_store::{
    EntryDetails, EntryFilter, FeedSource, FolderWish, Marks, NewEntry, Order, Rewritten, Slice, SortKey, Store,
};

const ALL: Slice = Slice { key: SortKey::Published, order: Order::Newest, after: None, limit: 1000, offset: 0 };

/// Two feeds, one in a folder, with twelve entries between them; some read, some starred.
async fn library(store: &Store) -> (UserId, [SubscriptionId; 2], FolderWish) {
    let (user, one, feed) = reader(store, "ann", "https://example.com/one").await;
    let folder = store.folder_named(user, "Folder").await.unwrap();
    let source = FeedSource::at("https://example.com/two");
    let (two, other, _) = store.subscribe(user, &source, Some(folder), None, at(0)).await.unwrap();
    let tagged = |number: u32, title: &str| NewEntry {
        categories: Some(format!(r#"["Tag {number}","日本"]"#)),
        author: format!("Author {}", number % 3),
        ..entry(number, title, "words")
    };
    publish(store, feed, (0..6).map(|number| tagged(number, &format!("b{number}"))).collect()).await;
    publish(store, other, (6..12).map(|number| tagged(number * 2 - 12, &format!("A{number}"))).collect()).await;
    let all = everything(store, user).await;
    let ids: Vec<EntryId> = all.iter().map(|one| one.id).collect();
    store.mark_entries(user, &[ids[0], ids[3], ids[7]], false, at(3000)).await.unwrap();
    assert_eq!(store.star_entries(user, &[ids[1], ids[3], EntryId::new(1 << 60)], true, at(3001)).await.unwrap(), 2);
    (user, [one, two], FolderWish::In(folder))
}

async fn everything(store: &Store, user: UserId) -> Vec<EntryDetails> {
    details(store, user, &EntryFilter::default(), ALL).await.0
}

async fn details(store: &Store, user: UserId, filter: &EntryFilter, slice: Slice) -> (Vec<EntryDetails>, u32) {
    let found = store.filtered_ids(user, filter, slice).await.unwrap();
    let ids: Vec<EntryId> = found.places.iter().map(|place| place.entry).collect();
    (store.entry_details(user, &ids).await.unwrap(), found.total)
}

fn ids(entries: &[EntryDetails]) -> Vec<i64> {
    entries.iter().map(|one| one.id.get()).collect()
}

#[tokio::test]
async fn every_mixture_of_conditions_finds_what_a_plain_look_finds() {
    for database in databases().await {
        let store = &database.store;
        let (user, feeds, folder) = library(store).await;
        let all = everything(store, user).await;
        assert_eq!(all.len(), 12);
        let wishes = [None, Some(true), Some(false)];
        let mut mixtures = 0;
        for unread in wishes {
            for starred in wishes {
                for feed in [None, Some(vec![feeds[0]]), Some(feeds.to_vec())] {
                    for folder in [None, Some(folder), Some(FolderWish::Outside)] {
                        for later in [None, Some(at(4))] {
                            let filter = EntryFilter {
                                unread,
                                starred,
                                feeds: feed.clone(),
                                folder,
                                published_after: later,
                                changed_after: later,
                                arrived_from: later,
                                ..EntryFilter::default()
                            };
                            let expected: Vec<&EntryDetails> = all
                                .iter()
                                .filter(|one| unread.is_none_or(|wish| one.unread == wish))
                                .filter(|one| starred.is_none_or(|wish| one.starred == wish))
                                .filter(|one| feed.as_ref().is_none_or(|feeds| feeds.contains(&one.feed.id)))
                                .filter(|one| match folder {
                                    None => true,
                                    Some(FolderWish::In(_)) => one.feed.id == feeds[1],
                                    Some(FolderWish::Outside) => one.feed.id == feeds[0],
                                })
                                .filter(|one| later.is_none_or(|time| one.listed_at > time))
                                .collect();
                            let (found, total) = details(store, user, &filter, ALL).await;
                            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{}: {filter:?}", database.name);
                            assert_eq!(total as usize, expected.len(), "{}: {filter:?}", database.name);
                            assert_eq!(store.filtered_count(user, &filter).await.unwrap(), total);
                            mixtures += 1;
                        }
                    }
                }
            }
        }
        assert_eq!(mixtures, 162);
    }
}

/// What an entry is sorted by, as text.
type SortText = fn(&EntryDetails) -> String;

#[tokio::test]
async fn every_order_runs_both_ways_and_in_parts() {
    for database in databases().await {
        let store = &database.store;
        let (user, ..) = library(store).await;
        let all = everything(store, user).await;
        let keys: [(SortKey, SortText); 6] = [
            (SortKey::Published, |one| format!("{:?}", one.listed_at)),
            (SortKey::Id, |_| String::new()),
            (SortKey::Changed, |one| format!("{:?}", one.changed_at)),
            (SortKey::Status, |one| one.unread.to_string()),
            (SortKey::Title, |one| one.title.to_lowercase()),
            (SortKey::Author, |one| one.author.clone()),
        ];
        for (key, by) in keys {
            let mut expected = all.clone();
            expected.sort_by_key(|one| (by(one), one.id));
            for order in [Order::Oldest, Order::Newest] {
                for unread in [None, Some(true)] {
                    let filter = EntryFilter { unread, ..EntryFilter::default() };
                    let wanted: Vec<_> =
                        expected.iter().filter(|one| unread.is_none_or(|wish| one.unread == wish)).cloned().collect();
                    let mut parts = Vec::new();
                    for offset in [0, 5, 10] {
                        let slice = Slice { key, order, after: None, limit: 5, offset };
                        let (part, total) = details(store, user, &filter, slice).await;
                        assert_eq!(total as usize, wanted.len());
                        parts.extend(part);
                    }
                    assert_eq!(ids(&parts), ids(&wanted), "{}: {key:?} {order:?} {unread:?}", database.name);
                }
                expected.reverse();
            }
        }
        for key in [SortKey::FolderTitle, SortKey::Folder] {
            let (found, _) = details(store, user, &EntryFilter::default(), Slice { key, ..ALL }).await;
            assert!(found[..6].iter().all(|one| one.title.starts_with('A')), "{}: {key:?}", database.name);
        }
        let first = store.filtered_places(user, &EntryFilter::default(), Slice { limit: 5, ..ALL }).await.unwrap();
        let after = Slice { after: first.last().copied(), ..ALL };
        let rest = store.filtered_places(user, &EntryFilter::default(), after).await.unwrap();
        let joined: Vec<i64> = first.iter().chain(&rest).map(|place| place.entry.get()).collect();
        assert_eq!(joined, ids(&all), "{}", database.name);
    }
}

#[tokio::test]
async fn searches_tags_and_numbers_narrow_a_list() {
    for database in databases().await {
        let store = &database.store;
        let (user, ..) = library(store).await;
        let titles = async |filter: EntryFilter| {
            let (found, total) =
                details(store, user, &filter, Slice { key: SortKey::Title, order: Order::Oldest, ..ALL }).await;
            assert_eq!(found.len(), total as usize);
            found.into_iter().map(|one| one.title).collect::<Vec<_>>()
        };
        let query = |text: &str| Some(Query::parse(text, &TimeZone::UTC));
        let by = |text: &str| EntryFilter { query: query(text), ..EntryFilter::default() };
        assert_eq!(titles(by("a7")).await, ["A7"], "{}", database.name);
        assert_eq!(titles(by("words -a7 folder:Folder is:unread")).await.len(), 4, "{}", database.name);
        assert_eq!(titles(by("is:starred")).await.len(), 2);
        assert_eq!(titles(by("author:\"Author 1\"")).await.len(), 4);
        assert_eq!(titles(by("-author:\"Author 1\"")).await.len(), 8);
        assert_eq!(titles(by("before:2026-01-01 words")).await.len(), 0);
        assert!(titles(by("nothing-like-that")).await.is_empty());
        let tagged = |tags: &[&str]| EntryFilter {
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..EntryFilter::default()
        };
        assert_eq!(titles(tagged(&["tag 4", "日本"])).await, ["A8", "b4"]);
        assert!(titles(tagged(&["tag"])).await.is_empty());
        let all = everything(store, user).await;
        let some = EntryFilter { ids: Some(vec![all[2].id, EntryId::new(i64::MAX)]), ..EntryFilter::default() };
        assert_eq!(titles(some).await, [all[2].title.clone()]);
        let between =
            EntryFilter { id_after: Some(EntryId::new(2)), id_before: Some(EntryId::new(5)), ..EntryFilter::default() };
        assert_eq!(titles(between).await.len(), 2);
    }
}

#[tokio::test]
async fn marking_by_filter_keeps_the_counts_and_leaves_others_alone() {
    for database in databases().await {
        let store = &database.store;
        let (user, feeds, folder) = library(store).await;
        let bob = store.create_user("bob", false, at(0)).await.unwrap().id;
        store.subscribe(bob, &FeedSource::at("https://example.com/two"), None, None, at(0)).await.unwrap();
        let before = unread_count(store, user, feeds[1]).await;
        let seen = EntryFilter { folder: Some(folder), arrived_until: Some(at(999)), ..EntryFilter::default() };
        assert_eq!(store.mark_filtered(user, &seen, at(4000)).await.unwrap().count, 0, "nothing had come by then");
        let seen = EntryFilter { arrived_until: Some(at(1000)), ..seen };
        assert_eq!(store.mark_filtered(user, &seen, at(4000)).await.unwrap().count, before);
        assert_eq!(unread_count(store, user, feeds[1]).await, 0);
        assert_ne!(unread_count(store, user, feeds[0]).await, 0);
        assert_eq!(store.counts(bob).await.unwrap().0, 6);
        let first = everything(store, user).await[0].id;
        assert_eq!(store.toggle_star(user, first, at(4001)).await.unwrap(), Some(true));
        assert_eq!(store.toggle_star(user, first, at(4001)).await.unwrap(), Some(false));
        assert_eq!(store.toggle_star(bob, EntryId::new(1 << 60), at(4001)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn read_entries_are_flushed_except_stars() {
    for database in databases().await {
        let store = &database.store;
        let (user, feeds, _) = library(store).await;
        assert_eq!(store.remove_read(user, at(5000)).await.unwrap().count, 2, "{}", database.name);
        let left = everything(store, user).await;
        assert_eq!(left.len(), 10);
        let counted: u32 = store.counters(user).await.unwrap().into_iter().map(|(_, all, _)| all).sum();
        assert_eq!(counted, 10, "{}", database.name);
        unread_count(store, user, feeds[0]).await;
    }
}

#[tokio::test]
async fn an_imported_entry_is_its_users_alone() {
    for database in databases().await {
        let store = &database.store;
        let (user, feeds, _) = library(store).await;
        let marks = Marks { unread: false, starred: true };
        let new = || entry(900, "Mine", "private");
        let (id, is_new) = store.import_entry(user, feeds[0], new(), marks, at(6000)).await.unwrap().unwrap();
        assert!(is_new);
        assert_eq!(store.import_entry(user, feeds[0], new(), marks, at(6000)).await.unwrap(), Some((id, false)));
        let details = store.entry_details(user, &[id]).await.unwrap();
        assert_eq!((details[0].unread, details[0].starred, details[0].html.as_str()), (false, true, "<p>private</p>"));
        assert_eq!(store.counters(user).await.unwrap()[1].1, 7, "{}", database.name);

        let bob = store.create_user("bob", false, at(0)).await.unwrap().id;
        let (his, ..) =
            store.subscribe(bob, &FeedSource::at("https://example.com/one"), None, None, at(0)).await.unwrap();
        assert_eq!(store.subscription(bob, his).await.unwrap().unwrap().entry_count, 6);
        assert!(store.entry_details(bob, &[id]).await.unwrap().is_empty());
        assert_eq!(store.import_entry(bob, feeds[0], entry(901, "x", "x"), marks, at(6000)).await.unwrap(), None);

        let other = NewEntry { title: "New".to_owned(), ..entry(0, "New", "rewritten") };
        assert_eq!(store.rewrite_entry(user, id, other.clone(), at(6001)).await.unwrap(), Rewritten::Done);
        assert_eq!(store.entry_details(user, &[id]).await.unwrap()[0].html, "<p>rewritten</p>");
        assert_eq!(store.rewrite_entry(bob, id, other.clone(), at(6001)).await.unwrap(), Rewritten::Unknown);
        let shared = details_of_one(store, bob).await;
        assert_eq!(store.rewrite_entry(bob, shared, other, at(6001)).await.unwrap(), Rewritten::Shared);
    }
}

async fn details_of_one(store: &Store, user: UserId) -> EntryId {
    everything(store, user).await[0].id
}

#[tokio::test]
async fn positions_in_files_are_kept_for_each_user() {
    for database in databases().await {
        let store = &database.store;
        let (user, ..) = library(store).await;
        let bob = store.create_user("bob", false, at(0)).await.unwrap().id;
        let id = everything(store, user).await[0].id;
        assert!(store.set_media_position(user, id, 0, 30).await.unwrap());
        assert!(store.set_media_position(user, id, 0, 45).await.unwrap());
        assert!(!store.set_media_position(bob, id, 0, 1).await.unwrap());
        let positions = store.media_positions(user, id).await.unwrap();
        assert_eq!(positions, HashMap::from([(0, 45)]), "{}", database.name);
        assert_eq!(store.entry_details(user, &[id]).await.unwrap()[0].media_positions, positions);
        assert!(store.media_positions(bob, id).await.unwrap().is_empty());
    }
}
