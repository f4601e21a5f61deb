//! Searching real databases: both hold to the table of cases, and to the conditions beside words.

#[path = "search/generated.rs"]
mod generated;
mod support;

use jiff::tz::TimeZone;
use support::{Database, at, claim, databases, entry, fetched, list, publish, reader};
use yomu_model::ids::UserId;
use yomu_model::search::Query;
use yomu_model::search::conformance::{CASES, DOCUMENTS};
use yomu_store::{FeedSource, FetchedFeed, NewEntry, Order, SavedPage, Store, SubscriptionChange, View};

#[tokio::test]
async fn every_case_of_the_table_finds_exactly_its_documents() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, DOCUMENTS.iter().map(|one| entry(one.id, one.title, one.body)).collect()).await;
        let everything: Vec<u32> = DOCUMENTS.iter().map(|one| one.id).collect();
        let mut wrong = Vec::new();
        for case in CASES {
            // A query without a single word has no condition that an entry could miss.
            let asks_nothing = Query::parse(case.query, &TimeZone::UTC).is_empty();
            let expected = if asks_nothing { everything.as_slice() } else { case.hits };
            let mut found = numbers(&store, user, case.query).await;
            found.sort_unstable();
            if found != expected {
                wrong.push(format!("{} ({}): found {found:?}, expected {expected:?}", case.query, case.why));
            }
        }
        assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
    }
}

#[tokio::test]
async fn states_narrow_a_search() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, (1..=4).map(|number| entry(number, "Kestrel", "hovers")).collect()).await;
        let shown = list(&store, user, View::All).await;
        store.star(user, shown[0].id, true, at(1001)).await.unwrap();
        store.mark_entries(user, &[shown[0].id, shown[1].id], false, at(1002)).await.unwrap();
        store.save_page(user, SavedPage { entry: entry(9, "Kestrel", "a saved page") }, at(1003)).await.unwrap();

        let cases: &[(&str, &[u32])] = &[
            ("is:starred", &[4]),
            ("kestrel is:starred", &[4]),
            ("buzzard is:starred", &[]),
            ("-is:starred", &[9, 3, 2, 1]),
            ("is:unread", &[9, 2, 1]),
            ("is:read", &[4, 3]),
            ("is:read -is:starred", &[3]),
            ("is:saved", &[9]),
            ("kestrel -is:saved", &[4, 3, 2, 1]),
            ("hovers is:saved", &[]),
            ("-hovers is:unread", &[9]),
        ];
        for (query, expected) in cases {
            assert_eq!(&numbers(&store, user, query).await, expected, "{name}: {query}");
        }
    }
}

#[tokio::test]
async fn feeds_and_folders_are_found_by_a_part_of_their_name() {
    for Database { name, store, .. } in databases().await {
        let (user, first, feed) = reader(&store, "ann", "https://example.com/birds").await;
        publish_as(&store, feed, "Bird Notes", vec![entry(1, "Kestrel", "hovers")]).await;
        let folder = store.folder_named(user, "日本語").await.unwrap();
        let source = FeedSource::at("https://example.com/news");
        let (_, feed, _) = store.subscribe(user, &source, Some(folder), None, at(0)).await.unwrap();
        publish_as(&store, feed, "鳥の便り", vec![entry(2, "Kestrel", "ノスリ")]).await;
        store.save_page(user, SavedPage { entry: entry(9, "Kestrel", "a saved page") }, at(1003)).await.unwrap();

        let cases: &[(&str, &[u32])] = &[
            ("feed:bird", &[1]),
            ("feed:\"bird notes\" kestrel", &[1]),
            ("feed:便り", &[2]),
            ("feed:bird feed:便り", &[2, 1]),
            ("feed:fish", &[]),
            ("-feed:bird kestrel is:unread -is:saved", &[2]),
            ("folder:日本", &[2]),
            ("folder:日本語 hovers", &[]),
            ("folder:english", &[]),
        ];
        for (query, expected) in cases {
            assert_eq!(&numbers(&store, user, query).await, expected, "{name}: {query}");
        }

        let change = SubscriptionChange {
            title: Some("Falcons".to_owned()),
            folder_id: None,
            full_text: false,
            rules: String::new(),
            source: FeedSource::at("https://example.com/birds"),
        };
        store.change_subscription(user, first, &change, at(1004)).await.unwrap();
        assert_eq!(numbers(&store, user, "feed:falcons").await, [1], "{name}: by the reader's own title");
        assert_eq!(numbers(&store, user, "feed:bird").await, [0; 0], "{name}: no longer by the feed's");
    }
}

#[tokio::test]
async fn authors_are_found_by_a_part_of_their_name() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let by = |number: u32, author: &str| NewEntry {
            author: author.to_owned(),
            ..entry(number, "Kestrel", if number.is_multiple_of(2) { "hovers" } else { "sleeps" })
        };
        let entries =
            vec![by(1, "Ｍａｒｙ Ann"), by(2, "Émile Zola"), by(3, "猫田 花子"), by(4, ""), by(5, "mary \"M\" \\ o'x")];
        publish(&store, feed, entries).await;
        let (_, _, other) = reader(&store, "bob", "https://example.org/feed").await;
        publish(&store, other, vec![by(6, "Mary Ann")]).await;

        let cases: &[(&str, &[u32])] = &[
            ("author:mary", &[5, 1]),
            ("author:MARY author:花子", &[5, 3, 1]),
            ("author:\"mary ann\"", &[1]),
            ("author:emile", &[2]),
            ("author:\\", &[5]),
            ("author:o'x sleeps", &[5]),
            ("author:nobody", &[]),
            ("-author:mary", &[4, 3, 2]),
            ("-author:nobody", &[5, 4, 3, 2, 1]),
            ("author:mary -author:ann", &[5]),
            ("hovers author:zola", &[2]),
            ("hovers -author:zola", &[4]),
            ("-hovers -author:mary", &[3]),
            ("author:mary is:starred", &[]),
        ];
        for (query, expected) in cases {
            assert_eq!(&numbers(&store, user, query).await, expected, "{name}: {query}");
        }
    }
}

#[tokio::test]
async fn a_line_of_authors_without_end_is_cut() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        // Four bytes each, and nothing that compresses.
        let author: String = (0..20_000).filter_map(|n| char::from_u32(0x20000 + n * 7_919 % 40_000)).collect();
        publish(&store, feed, vec![NewEntry { author: author.clone(), ..entry(1, "Paper", "") }]).await;
        let kept = &list(&store, user, View::All).await[0].author;
        assert!(kept.chars().count() == 500 && author.starts_with(kept.as_str()), "{name}");
        let first: String = author.chars().take(3).collect();
        assert_eq!(numbers(&store, user, &format!("author:{first}")).await, [1], "{name}");
    }
}

#[tokio::test]
async fn dates_begin_at_midnight() {
    const DAY: i64 = 24 * 60;
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        // The test's world begins with 2026 in UTC.
        let on = |number: u32, minutes: i64| NewEntry {
            published_at: Some(at(minutes)),
            ..entry(number, "Kestrel", "hovers")
        };
        publish(&store, feed, vec![on(1, -2 * DAY), on(2, -DAY), on(3, -1), on(4, 0), on(5, 1)]).await;
        let cases: &[(&str, &[u32])] = &[
            ("before:2026-01-01", &[3, 2, 1]),
            ("after:2026-01-01", &[5, 4]),
            ("kestrel after:2025-12-31 before:2026-01-01", &[3, 2]),
            ("after:2026-01-02", &[]),
            ("before:2025", &[]),
            ("buzzard after:2025-12-31", &[]),
        ];
        for (query, expected) in cases {
            assert_eq!(&numbers(&store, user, query).await, expected, "{name}: {query}");
        }
    }
}

#[tokio::test]
async fn pages_of_a_search_show_every_entry_once() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        // Entries of the same moment are told apart by their numbers.
        let entries = (1..=23).map(|number| NewEntry {
            published_at: Some(at(i64::from(number / 5))),
            ..entry(number, if number % 2 == 0 { "Kestrel" } else { "Buzzard" }, "hovers")
        });
        publish(&store, feed, entries.collect()).await;
        for (query, total) in [("kestrel", 11), ("hovers", 23), ("-kestrel", 12), ("is:unread", 23), ("owl", 0)] {
            let whole = numbers(&store, user, query).await;
            assert_eq!(whole.len(), total, "{name}: {query}");
            let query = Query::parse(query, &TimeZone::UTC);
            let (mut paged, mut after) = (Vec::new(), None);
            loop {
                let page = store.search(user, &query, Order::Newest, after, 5).await.unwrap();
                assert!(page.entries.len() <= 5, "{name}");
                paged.extend(page.entries.iter().map(|one| number(&one.url)));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(paged, whole, "{name}");
        }
    }
}

#[tokio::test]
async fn nobody_finds_what_only_others_read() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let (bob, _, other) = reader(&store, "bob", "https://example.org/feed").await;
        publish(&store, feed, vec![entry(1, "Kestrel", "ours")]).await;
        publish(&store, other, vec![entry(2, "Kestrel", "theirs")]).await;
        store.save_page(bob, SavedPage { entry: entry(3, "Kestrel", "private") }, at(1001)).await.unwrap();
        for query in ["kestrel", "-buzzard", "is:unread", "feed:feed", "after:2020", ""] {
            let found = numbers(&store, ann, query).await;
            assert!(found.iter().all(|number| *number == 1), "{name}: {query} finds {found:?}");
        }
        assert_eq!(numbers(&store, ann, "private").await, [0; 0], "{name}");
        assert_eq!(numbers(&store, ann, "kestrel").await, [1], "{name}");
        assert_eq!(numbers(&store, bob, "kestrel").await, [3, 2], "{name}");
    }
}

#[tokio::test]
async fn a_changed_entry_is_found_by_its_new_words_alone() {
    for Database { name, store, .. } in databases().await {
        let (user, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "Kestrel", "東京で見た"), entry(2, "Owl", "sleeps")]).await;
        let id = list(&store, user, View::All).await.into_iter().find(|one| one.title == "Kestrel").unwrap().id;

        let due = claim(&store, feed).await;
        let changed = NewEntry { content_hash: [2; 16], ..entry(1, "Buzzard", "京都で見た") };
        let refresh =
            FetchedFeed { changed_entries: vec![(id, store.pack(changed))], ..fetched(&store, due.lease, Vec::new()) };
        store.ingest(refresh, at(1001)).await.unwrap();

        for gone in ["kestrel", "東京"] {
            assert_eq!(numbers(&store, user, gone).await, [0; 0], "{name}: {gone}");
        }
        for new in ["buzzard", "京都", "title:buzzard", "-owl"] {
            assert_eq!(numbers(&store, user, new).await, [1], "{name}: {new}");
        }
        assert_eq!(numbers(&store, user, "owl").await, [2], "{name}: the other entry is as it was");
    }
}

#[tokio::test]
async fn a_removed_entry_is_not_found_and_leaves_no_words_to_its_successor() {
    for Database { name, store, .. } in databases().await {
        let (user, subscription, feed) = reader(&store, "ann", "https://example.com/feed").await;
        publish(&store, feed, vec![entry(1, "Kestrel", "hovers"), entry(2, "Owl", "sleeps")]).await;
        let owl = list(&store, user, View::All).await.into_iter().find(|one| one.title == "Owl").unwrap().id;
        let removed_at = store.remove_entry(user, owl, at(1001)).await.unwrap().unwrap();
        assert_eq!(numbers(&store, user, "owl").await, [0; 0], "{name}");
        store.restore_entry(user, owl, removed_at, at(1002)).await.unwrap();
        assert_eq!(numbers(&store, user, "owl").await, [2], "{name}: brought back");

        store.unsubscribe(user, subscription, at(1003)).await.unwrap();
        store.purge_removed(at(1004)).await.unwrap();
        assert_eq!(numbers(&store, user, "kestrel").await, [0; 0], "{name}");

        // SQLite may give the same row number again.
        let source = FeedSource::at("https://example.com/feed");
        let (_, feed, _) = store.subscribe(user, &source, None, None, at(1005)).await.unwrap();
        publish(&store, feed, vec![entry(3, "Buzzard", "circles"), entry(4, "Wren", "sings")]).await;
        for gone in ["kestrel", "hovers", "owl", "sleeps"] {
            assert_eq!(numbers(&store, user, gone).await, [0; 0], "{name}: {gone}");
        }
        assert_eq!(numbers(&store, user, "buzzard").await, [3], "{name}");
        assert_eq!(numbers(&store, user, "-kestrel").await, [4, 3], "{name}");
    }
}

/// The numbers of the entries that a query finds, newest first.
async fn numbers(store: &Store, user: UserId, typed: &str) -> Vec<u32> {
    let page =
        store.search(user, &Query::parse(typed, &TimeZone::UTC), Order::Newest, None, 1000).await.expect("an answer");
    assert_eq!(page.next, None, "everything fits into one page");
    page.entries.iter().map(|one| number(&one.url)).collect()
}

/// The number by which the test calls an entry stands at the end of its address.
fn number(url: &str) -> u32 {
    url.rsplit('/').next().and_then(|last| last.parse().ok()).expect("an entry of the test")
}

async fn publish_as(store: &Store, feed: yomu_model::ids::FeedId, title: &str, entries: Vec<NewEntry>) {
    let due = claim(store, feed).await;
    let refresh = FetchedFeed { title: title.to_owned(), ..fetched(store, due.lease, entries) };
    store.ingest(refresh, at(1000)).await.expect("ingest");
}
