//! `/sw.js`, `/manifest.webmanifest`, `/offline`, `/keys`

use crate::support::{Site, entry};

#[tokio::test]
async fn the_service_worker_names_its_files_and_reaches_every_page() {
    let site = Site::new().await;
    let worker = site.get("/sw.js").await;
    assert_eq!(worker.is(200).header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("cache-control"), "no-cache");
    assert_eq!(worker.header("content-security-policy"), "default-src 'none'; connect-src 'self' https: http:");
    let shell = worker.text().lines().find_map(|line| line.strip_prefix("const SHELL = ")).expect("the list");
    let shell: Vec<String> = serde_json::from_str(shell.trim_end_matches(';')).expect("a list of addresses");
    assert!(shell.len() >= 3, "{shell:?}");
    for path in shell {
        site.get(&path).await.is(200);
    }
}

#[tokio::test]
async fn the_manifest_speaks_the_readers_language_and_its_icons_are_there() {
    let site = Site::new().await;
    let english: serde_json::Value = serde_json::from_str(site.get("/manifest.webmanifest").await.text()).unwrap();
    let japanese = site.get_with("/manifest.webmanifest", "accept-language", "ja").await;
    let japanese: serde_json::Value = serde_json::from_str(japanese.text()).unwrap();
    assert_eq!(
        (&english["shortcuts"][0]["name"], &japanese["shortcuts"][0]["name"]),
        (&"Unread".into(), &"未読".into())
    );
    let icons = english["icons"].as_array().unwrap();
    assert!(icons.iter().any(|icon| icon["purpose"] == "maskable" && icon["type"] == "image/png"));
    for icon in icons {
        let answer = site.get(icon["src"].as_str().unwrap()).await;
        assert_eq!(answer.is(200).header("content-type"), icon["type"].as_str().unwrap());
    }
    assert_eq!(english["share_target"]["action"], "/save");
}

#[tokio::test]
async fn a_readers_pages_say_whose_they_are_and_others_do_not() {
    let (site, feed) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    let user = site.user.to_string();
    for path in ["/unread", "/search?q=one", "/feeds", &format!("/feeds/{feed}"), "/keys"] {
        assert_eq!(site.get(path).await.is(200).header("x-yomu-user"), user, "{path}");
    }
    for path in ["/offline", "/manifest.webmanifest", "/sw.js", "/nothing"] {
        assert_eq!(site.get(path).await.header("x-yomu-user"), "", "{path}");
    }
    site.get("/offline").await.shows(&["not kept on this device"]).hides(&["data-user"]);
}

#[tokio::test]
async fn what_was_made_in_another_readers_window_is_refused() {
    let (site, _) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    let id = site.id_of("One").await.to_string();
    site.post_with("/entries/read", &[("ids", &id)], "x-yomu-user", "999").await.is(401);
    assert_eq!(site.unread_count().await, 1);
}
