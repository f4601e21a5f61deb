//! `export --all` and `import` lose nothing, in both directions between the databases.

use yomu_store::{Order, View};

use crate::home::Home;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_comes_back_as_it_was_on_either_database() {
    let first = Home::sqlite().await;
    first.fill().await;
    let everything = first.everything();
    for part in [
        "ニュース",
        "Empty \\\"folder\\\"",
        "p@ss\\n",
        "euc-jp",
        "drop title:advert",
        "読書の秋",
        "[[0,754]]",
        "\"state\":null",
    ] {
        assert!(everything.iter().any(|line| line.contains(part)), "{part}");
    }
    let file = first.path("everything.jsonl");
    assert!(first.run(&["export", "--all", "--output", &file]).status.success());

    let mut homes = vec![Home::sqlite().await];
    homes.extend(Home::postgres().await);
    for home in homes {
        let output = home.run(&["import", &file]);
        assert!(output.status.success(), "{output:?}");
        home.assert_has(&everything);
        assert_counts(&home).await;
        assert_eq!(home.search("読書").await, first.search("読書").await);
        let person = home.store.user(home.user).await.unwrap().unwrap();
        assert_eq!((person.language.as_deref(), person.time_zone.as_deref()), (Some("ja"), Some("Asia/Tokyo")));
        assert_eq!(person.reading.to_string(), "sepia 20 vertical");

        // Once more, and back to a third: nothing changes.
        let again = home.run(&["import", &file]);
        assert!(String::from_utf8_lossy(&again.stdout).starts_with("0 feeds and 0 entries imported"), "{again:?}");
        home.assert_has(&everything);
        let back = Home::sqlite().await;
        let other_file = home.path("back.jsonl");
        assert!(home.run(&["export", "--all", "--output", &other_file]).status.success());
        assert!(back.run(&["import", &other_file]).status.success());
        back.assert_has(&everything);
        assert_counts(&back).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_done_later_here_stays() {
    let (from, to) = (Home::sqlite().await, Home::sqlite().await);
    from.fill().await;
    let file = from.path("everything.jsonl");
    from.run(&["export", "--all", "--output", &file]);
    to.run(&["import", &file]);
    let unread = to.store.entries(to.user, View::Unread, Order::Newest, None, 1).await.unwrap().entries[0].id;
    to.store.mark_entries(to.user, &[unread], false, jiff::Timestamp::now()).await.unwrap();
    let changed = to.everything();
    to.run(&["import", &file]);
    to.assert_has(&changed);
    assert_counts(&to).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_none_or_not_whole_is_one_clear_sentence() {
    let home = Home::sqlite().await;
    home.fill().await;
    let file = home.path("everything.jsonl");
    home.run(&["export", "--all", "--output", &file]);
    let whole = std::fs::read_to_string(&file).unwrap();
    let half = whole.lines().take(9).map(|line| format!("{line}\n")).collect::<String>();
    let line = 1 + whole.lines().position(|line| line.contains("https://private.example/feed")).unwrap();
    let evil = whole.replace("https://private.example/feed", "javascript:alert(1)");
    for (content, says) in [
        (half, "error: the file ends early, behind line 9: it was cut off; nothing was taken in\n"),
        (whole.replacen("読書", "獨書", 1), "error: the file was changed, or damaged, after it had been written"),
        (
            whole.replacen("\"version\":3", "\"version\":9", 1),
            "error: the file is of version 9, and this program knows",
        ),
        (evil, &format!("error: line {line} is not what an archive has: `javascript:` addresses cannot be read")),
    ] {
        let other = Home::sqlite().await;
        let path = other.path("damaged.jsonl");
        std::fs::write(&path, content).unwrap();
        let output = other.run(&["import", &path]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && error.starts_with(says), "{says}: {error}");
        assert_eq!(other.everything().len(), 1, "nothing but the place for saved pages");
    }
    let nobody = home.run(&["export", "--all", "--user", "nobody"]);
    let error = String::from_utf8_lossy(&nobody.stderr).into_owned();
    assert_eq!(error, "error: there is no user called `nobody`; there are: reader\n");
    let missing = home.run(&["import", "/nowhere.jsonl"]);
    assert!(String::from_utf8_lossy(&missing.stderr).starts_with("error: `/nowhere.jsonl` cannot be read: "));
}

/// The kept counts are those of the lists.
async fn assert_counts(home: &Home) {
    for feed in home.store.subscriptions(home.user).await.unwrap() {
        let view = View::Feed { id: feed.id, unread_only: true };
        let list = home.store.entries(home.user, view, Order::Newest, None, 10_000).await.unwrap().entries;
        assert_eq!(feed.unread_count as usize, list.len(), "{}", feed.title());
    }
}
