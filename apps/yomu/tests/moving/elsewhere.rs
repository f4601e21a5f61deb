//! `import` takes the files of other programs, as the page does.

use std::process::Output;

use yomu_store::{Order, View};

use crate::home::Home;

const POCKET: &str = "title,url,time_added,tags,status\n\
    My harbour,https://example.com/harbour,1473328558,sea|light,unread\n\
    ,https://example.com/soup,1473328559,,archive\n\
    Nothing,javascript:alert(1),1473328560,,unread\n";

fn import(home: &Home, name: &str, content: &[u8]) -> (Option<i32>, String, String) {
    let path = home.path(name);
    std::fs::write(&path, content).unwrap();
    said(home.run(&["import", &path]))
}

fn said(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).expect("a text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_another_program_come_with_state_tags_and_dates() {
    let mut homes = vec![Home::sqlite().await];
    homes.extend(Home::postgres().await);
    for home in homes {
        let (code, out, err) = import(&home, "pocket.csv", POCKET.as_bytes());
        let next = "Yomu fetches the texts that did not come along while it runs";
        assert_eq!(out, format!("2 pages imported, 0 known already, 1 not usable; {next}\n"));
        assert_eq!((code, err.as_str()), (Some(0), "record 3: `javascript:alert(1)` is no web address\n"));
        let saved = home.store.entries(home.user, View::Saved, Order::Newest, None, 10).await.unwrap().entries;
        let titles: Vec<_> = saved.iter().map(|one| (one.title.as_str(), one.unread)).collect();
        assert_eq!(titles, [("https://example.com/soup", false), ("My harbour", true)]);
        let tags = home.store.tags_of(home.user, &[saved[1].id]).await.unwrap();
        assert_eq!(tags[&saved[1].id], ["light", "sea"]);
        assert_eq!(home.store.page_fetches(home.user, 10).await.unwrap().waiting, 2);

        let again = import(&home, "pocket.csv", POCKET.as_bytes());
        assert_eq!((again.0, again.1.as_str()), (Some(0), "0 pages imported, 2 known already, 1 not usable\n"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_file_is_taken_by_its_content_whatever_it_is_called() {
    let home = Home::sqlite().await;
    let one = |path: &str| format!("https://{path}.example/");
    let files = [
        (format!("URL,Title,Selection,Folder,Timestamp,Tags\n{},A,,Unread,1473328558,[]\n", one("instapaper")), "page"),
        (
            format!(
                "[{{\"slug\":\"a\",\"url\":\"{}\",\"savedAt\":\"2023-01-02T03:04:05Z\",\"labels\":[]}}]",
                one("omnivore")
            ),
            "page",
        ),
        (format!("[{{\"url\":\"{}\",\"is_marked\":true,\"labels\":[]}}]", one("readeck")), "page"),
        (format!("[{{\"url\":\"{}\",\"is_archived\":0,\"is_starred\":1,\"tags\":[]}}]", one("wallabag")), "page"),
        (format!("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF=\"{}\">B</A></DL>", one("bookmarks")), "page"),
        (format!("<opml><body><outline xmlUrl=\"{}feed\"/></body></opml>", one("opml")), "feed"),
    ];
    for (content, what) in files {
        let (code, out, err) = import(&home, "export.txt", content.as_bytes());
        assert_eq!((code, err.as_str()), (Some(0), ""), "{content}");
        assert!(out.starts_with(&format!("1 {what} imported, 0 known already; ")), "{content}: {out}");
    }
    assert_eq!(home.store.page_fetches(home.user, 10).await.unwrap().waiting, 5);
    assert_eq!(home.store.subscriptions(home.user).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_no_known_kind_is_one_clear_sentence_and_an_empty_one_another_code() {
    let home = Home::sqlite().await;
    let (code, out, err) = import(&home, "diary.txt", b"Dear diary");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(
        err,
        "error: the file is plain text, and none of those that can be imported: subscriptions (OPML), or pages of Pocket, \
         Instapaper, Omnivore, wallabag, Readeck or a browser's bookmarks\n"
    );
    let (code, _, err) = import(&home, "export.zip", b"PK\x03\x04\x14\x00");
    assert_eq!(
        (code, err.as_str()),
        (Some(1), "error: the file is a ZIP archive; unpack it, and import the files in it\n")
    );
    let (code, out, _) = import(&home, "nothing.csv", b"title,url,time_added,tags,status\n");
    assert_eq!((code, out.as_str()), (Some(2), "0 pages imported, 0 known already\n"));
    let (code, out, _) = said(home.run(&["import", "--help"]));
    assert_eq!(code, Some(0));
    for part in ["yomu import pocket.csv", "Omnivore, wallabag, Readeck", "Exit codes: 0 imported, 1 "] {
        assert!(out.contains(part), "{part} is missing in:\n{out}");
    }
    assert!(home.store.subscriptions(home.user).await.unwrap().is_empty());
}
