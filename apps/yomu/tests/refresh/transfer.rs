//! Subscription lists, in and out.

use yomu::actions::export_opml::export_opml;
use yomu::actions::import_opml::import_opml;
use yomu::trouble::ActionError;

use crate::library::{Library, on_each_database};

const LIST: &str = r#"<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
  <outline text="Alone" xmlUrl="https://example.com/alone"/>
  <outline text="日本語 &amp; more">
    <outline text="猫の日" xmlUrl="https://example.com/cat?a=1&amp;b=2"/>
    <outline text="Inner"><outline text="Deep" xmlUrl="https://example.com/deep"/></outline>
  </outline></body></opml>"#;

#[tokio::test]
async fn what_is_exported_comes_back_with_titles_and_folders() {
    on_each_database(async |library| {
        let other = library.another().await;
        let imported = import_opml(&library.app, library.user, LIST.into()).await.unwrap();
        assert_eq!((imported.new, imported.known, imported.problems.len()), (3, 0, 0));
        let expected = [
            ("Alone", None, "https://example.com/alone"),
            ("猫の日", Some("日本語 & more"), "https://example.com/cat?a=1&b=2"),
            ("Deep", Some("日本語 & more / Inner"), "https://example.com/deep"),
        ];
        assert_eq!(feeds(&library).await, expected.map(owned));

        let exported = export_opml(&library.app, library.user).await.unwrap();
        import_opml(&other.app, other.user, exported.into_bytes()).await.unwrap();
        assert_eq!(feeds(&other).await, expected.map(owned));
        let again = import_opml(&other.app, other.user, LIST.into()).await.unwrap();
        assert_eq!((again.new, again.known), (0, 3));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_list_is_refused_in_a_sentence() {
    on_each_database(async |library| {
        for bytes in [&b"dear diary"[..], b"", b"\x00\xff\x00\xff", b"{\"feeds\": []}", b"<opml><body/></opml>"] {
            let Err(ActionError::Trouble(trouble)) = import_opml(&library.app, library.user, bytes.to_vec()).await
            else {
                panic!("{bytes:?} is no list");
            };
            assert_eq!(trouble.kind, "opml");
            assert!(trouble.text.contains(' '), "{trouble}");
        }
        assert!(feeds(&library).await.is_empty());
    })
    .await;
}

type Feed = (String, Option<String>, String);

fn owned((title, folder, url): (&str, Option<&str>, &str)) -> Feed {
    (title.to_owned(), folder.map(str::to_owned), url.to_owned())
}

async fn feeds(library: &Library) -> Vec<Feed> {
    let all = library.app.store.subscriptions(library.user).await.unwrap();
    all.into_iter().map(|one| (one.title().to_owned(), one.folder_title.clone(), one.source.url)).collect()
}
