//! A file of each program, written after its published format

use jiff::Timestamp;
use yomu_import::limits::{ITEMS_MAX, PROBLEMS_MAX};
use yomu_import::{Highlight, Item, Library, NotALibrary, Source, read};

fn at(seconds_after: i64) -> Option<Timestamp> {
    Some("2016-09-08T09:55:58Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_secs(seconds_after))
}

fn library(name: &str) -> Library {
    let path = format!("{}/tests/cases/{name}", env!("CARGO_MANIFEST_DIR"));
    read(&std::fs::read(path).unwrap()).unwrap()
}

fn page(path: &str, title: &str, tags: &[&str], seconds_after: i64) -> Item {
    Item {
        url: format!("https://example.com/{path}"),
        title: title.to_owned(),
        tags: tags.iter().map(ToString::to_string).collect(),
        saved_at: at(seconds_after),
        ..Item::default()
    }
}

fn passage(text: &str, note: &str, made_at: &str) -> Highlight {
    Highlight { text: text.to_owned(), note: note.to_owned(), made_at: made_at.parse().ok() }
}

#[test]
fn pocket() {
    let library = library("pocket.csv");
    assert_eq!(library.source, Source::Pocket);
    assert_eq!(
        library.items,
        [
            page("harbour", "A quiet harbour", &["travel", "to read"], 0),
            Item { is_archived: true, ..page("soup", "Soup, \"the best\" one", &[], 1) },
            page("untitled", "", &["東京"], 2),
        ]
    );
    let problems: Vec<String> = library.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, ["record 4: `javascript:alert(1)` is no web address"]);
}

#[test]
fn pocket_as_html() {
    let library = library("pocket.html");
    assert_eq!((library.source, library.problems.len()), (Source::Pocket, 0));
    assert_eq!(
        library.items,
        [page("a?b=c&d", "A & B", &["one", "two"], 0), Item { is_archived: true, ..page("old", "Old", &[], 1) }]
    );
}

#[test]
fn instapaper() {
    let library = library("instapaper.csv");
    assert_eq!((library.source, library.problems.len()), (Source::Instapaper, 0));
    assert_eq!(
        library.items,
        [
            Item {
                highlights: vec![passage("A passage, selected", "", "")],
                ..page("harbour", "A quiet harbour", &["travel", "sea"], 0)
            },
            Item { is_archived: true, ..page("soup", "Soup", &[], 1) },
            Item { is_starred: true, ..page("star", "Star", &[], 2) },
            page("own", "Own", &["Recipes"], 3),
        ]
    );
}

#[test]
fn omnivore() {
    let library = library("omnivore.json");
    assert_eq!((library.source, library.problems.len()), (Source::Omnivore, 0));
    let passage = passage("Every harbour has a light", "Is that so?", "2016-09-09T00:00:00Z");
    assert_eq!(
        library.items,
        [
            Item { highlights: vec![passage], ..page("harbour", "A quiet harbour", &["travel", "東京"], 0) },
            Item { is_archived: true, ..page("soup", "Soup", &[], 1) },
        ]
    );
}

#[test]
fn wallabag() {
    let library = library("wallabag.json");
    assert_eq!((library.source, library.problems.len()), (Source::Wallabag, 0));
    let first = Item {
        is_archived: true,
        is_starred: true,
        highlights: vec![passage("has a light", "Is that so?", "2016-09-09T00:00:00Z")],
        html: "<p>Every harbour has a light.</p>".to_owned(),
        ..page("harbour", "A quiet harbour", &["travel", "sea"], 0)
    };
    assert_eq!(library.items, [first, page("soup", "Soup", &["later"], 1)]);
}

#[test]
fn readeck() {
    let library = library("readeck.json");
    assert_eq!((library.source, library.problems.len()), (Source::Readeck, 0));
    let first = Item {
        is_starred: true,
        highlights: vec![passage("has a light", "", "2016-09-09T00:00:00Z")],
        ..page("harbour", "A quiet harbour", &["travel"], 0)
    };
    assert_eq!(library.items, [first]);
}

#[test]
fn bookmarks_of_a_browser() {
    let library = library("bookmarks.html");
    assert_eq!(library.source, Source::Bookmarks);
    assert_eq!(
        library.items,
        [
            page("harbour", "A quiet harbour", &["travel", "sea"], 0),
            page("soup?a=1&b=2", "Soup", &["Recipes & co"], 1),
            Item { saved_at: None, ..page("plain", "Plain", &[], 0) },
        ]
    );
    assert_eq!(library.problems.len(), 1, "{:?}", library.problems);
}

#[test]
fn a_byte_order_mark_and_an_object_around_the_list_do_no_harm() {
    let marked =
        [b"\xef\xbb\xbf".as_slice(), b"title,url,time_added,tags,status\na,https://a.example/,1,,unread\n"].concat();
    assert_eq!(read(&marked).unwrap().items.len(), 1);
    let wrapped = br#"{"items": [{"url": "https://a.example/", "savedAt": "2016-09-08T09:55:58Z"}], "total": 1}"#;
    assert_eq!(read(wrapped).unwrap().items.len(), 1);
}

#[test]
fn a_file_that_ends_early_is_read_up_to_there() {
    let whole = std::fs::read(format!("{}/tests/cases/omnivore.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let library = read(&whole[..whole.len() - 40]).unwrap();
    assert_eq!(library.items.len(), 1);
    assert!(library.problems[0].to_string().contains("broken at record 2"), "{:?}", library.problems);
}

#[test]
fn anything_else_is_refused() {
    for bytes in [
        b"".as_slice(),
        b"   ",
        b"hello",
        b"a,b,c\n1,2,3\n",
        b"[1, 2, 3]",
        b"[]",
        b"{}",
        b"[{\"name\": \"x\"}]",
        b"<html><body>Hello</body></html>",
        b"<?xml version=\"1.0\"?><opml></opml>",
        b"\xff\xfe\x00\x01",
    ] {
        assert_eq!(read(bytes), Err(NotALibrary), "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn every_bound_holds() {
    let mut many = String::from("title,url,time_added,tags,status\n");
    for number in 0..ITEMS_MAX + 10 {
        many.push_str(&format!("t,https://a.example/{number},1,,unread\n"));
    }
    let library = read(many.as_bytes()).unwrap();
    assert_eq!((library.items.len(), library.problems.len()), (ITEMS_MAX, 1));

    let wrong = format!("title,url,time_added,tags,status\n{}", "t,nothing,1,,unread\n".repeat(1_000));
    assert_eq!(read(wrong.as_bytes()).unwrap().problems.len(), PROBLEMS_MAX);

    let nested = format!("<!DOCTYPE NETSCAPE-Bookmark-file-1>{}", "<H3>f</H3><DL>".repeat(100_000));
    assert!(read(nested.as_bytes()).unwrap().items.is_empty());
    let deep = "[".repeat(100_000);
    assert_eq!(read(deep.as_bytes()), Err(NotALibrary));
    let torn = format!("<!DOCTYPE NETSCAPE-Bookmark-file-1>{}", "<A HREF=".repeat(50_000));
    assert!(read(torn.as_bytes()).unwrap().items.is_empty());
}
