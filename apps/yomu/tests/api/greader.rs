//! The Google Reader API, as native apps speak it.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::library::{RSS, item, rss};
use crate::world::{World, encode, in_each_world};

const READ: &str = "user/-/state/com.google/read";
const STARRED: &str = "user/-/state/com.google/starred";
const ALL: &str = "user/-/state/com.google/reading-list";

async fn ids(world: &World, query: &str) -> Vec<String> {
    let answer = world.reader(&format!("stream/items/ids?output=json&{query}")).await;
    let refs = answer.is(200).json()["itemRefs"].as_array().expect("a list").clone();
    refs.iter().map(|one| one["id"].as_str().expect("a text").to_owned()).collect()
}

async fn titles(world: &World, path: &str) -> Vec<String> {
    let answer = world.reader(path).await.is(200).json();
    answer["items"].as_array().expect("a list").iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn signing_in_gives_lines_or_json_and_a_wrong_password_nothing() {
    in_each_world(async |world| {
        let (name, password) = (world.ann.name.as_str(), world.ann.password.as_str());
        let form = encode(&[("Email", name), ("Passwd", password), ("accountType", "HOSTED_OR_GOOGLE")]);
        for request in [
            Request::post("/accounts/ClientLogin").body(Body::from(form.clone())).unwrap(),
            Request::post("/api/greader.php/accounts/ClientLogin").body(Body::from(form.clone())).unwrap(),
            Request::post(format!("/accounts/ClientLogin?{form}")).body(Body::empty()).unwrap(),
            Request::get(format!("/accounts/ClientLogin?{form}")).body(Body::empty()).unwrap(),
        ] {
            let answer = world.send(request).await;
            assert_eq!(answer.is(200).text(), format!("SID={password}\nLSID={password}\nAuth={password}\n"));
            assert!(!password.contains('='), "NetNewsWire cuts there");
        }
        let request = Request::post(format!("/accounts/ClientLogin?output=json&{form}")).body(Body::empty()).unwrap();
        assert_eq!(world.send(request).await.json()["Auth"], password);
        let wrong = encode(&[("Email", name), ("Passwd", "wrong")]);
        world.send(Request::post("/accounts/ClientLogin").body(Body::from(wrong)).unwrap()).await.is(401);
        let refused = world.send(Request::get("/reader/api/0/user-info").body(Body::empty()).unwrap()).await;
        assert_eq!(refused.is(401).text(), "Unauthorized");
        assert_eq!(refused.header("x-reader-google-bad-token"), "true");

        let info = world.reader("user-info").await.json();
        assert_eq!((&info["userName"], info["userId"].is_string()), (&json!(name), true));
        let token = world.reader("token").await.text();
        assert_eq!(token.len(), 57);
    })
    .await;
}

#[tokio::test]
async fn subscriptions_and_labels_are_listed() {
    in_each_world(async |world| {
        let list = world.reader("subscription/list?output=json").await.is(200).json();
        let second = &list["subscriptions"][1];
        assert_eq!(second["id"], format!("feed/{}", world.second));
        assert_eq!(second["categories"], json!([{ "id": "user/-/label/News", "label": "News" }]));
        assert_eq!(list["subscriptions"][0]["categories"], json!([]));
        let tags = world.reader("tag/list").await.json();
        assert_eq!(tags["tags"][0], json!({ "id": STARRED }));
        assert_eq!(tags["tags"][1], json!({ "id": "user/-/label/News", "type": "folder", "unread_count": 2 }));
        let counts = world.reader("unread-count?output=json").await.json();
        let count = |id: &str| {
            let all = counts["unreadcounts"].as_array().unwrap();
            all.iter().find(|one| one["id"] == id).map(|one| one["count"].clone())
        };
        assert_eq!(count(ALL), Some(json!(5)));
        assert_eq!(count("user/-/label/News"), Some(json!(2)));
        assert_eq!(count(&format!("feed/{}", world.first)), Some(json!(3)));
        for (path, answer) in [
            ("preference/list", json!({ "prefs": [] })),
            ("preference/stream/list", json!({ "streamprefs": {} })),
            ("friend/list", json!({ "friends": [] })),
        ] {
            assert_eq!(world.reader(path).await.json(), answer);
        }
        world.reader("nothing/at/all").await.is(404).json();
    })
    .await;
}

#[tokio::test]
async fn numbers_of_streams_are_narrowed_and_paged() {
    in_each_world(async |world| {
        let all = ids(&world, &format!("s={ALL}&n=10000")).await;
        assert_eq!(all.len(), 5);
        let five = world.id("Five").await.to_string();
        assert_eq!(all[0], five, "the newest first");
        assert_eq!(ids(&world, &format!("s={ALL}&r=o")).await.last(), Some(&five));
        world.reader_post("edit-tag", &[("i", &five), ("a", READ), ("a", STARRED), ("T", "x")]).await.is(200);
        assert_eq!(ids(&world, &format!("s={ALL}&xt={READ}")).await.len(), 4);
        assert_eq!(ids(&world, &format!("s={ALL}&it={READ}")).await, std::slice::from_ref(&five));
        assert_eq!(ids(&world, &format!("s={READ}")).await, std::slice::from_ref(&five));
        assert_eq!(ids(&world, &format!("s={STARRED}")).await, std::slice::from_ref(&five));
        assert_eq!(ids(&world, &format!("it={STARRED}")).await, std::slice::from_ref(&five));
        assert_eq!(ids(&world, &format!("s={STARRED}&xt={READ}")).await, [""; 0]);
        assert_eq!(ids(&world, "s=user/-/label/News").await.len(), 2);
        assert_eq!(ids(&world, &format!("s={ALL}&xt=user/-/label/News")).await.len(), 3);
        assert_eq!(ids(&world, &format!("s=feed/{}&s=feed/{}", world.first, world.second)).await.len(), 5);
        assert_eq!(ids(&world, &format!("s=feed/{}", world.library.server.url("/first"))).await.len(), 3);
        for nothing in ["s=user/-/label/Nowhere", "s=feed/999999", "s=nonsense", "s=user/-/state/com.google/like"] {
            assert_eq!(ids(&world, nothing).await, [""; 0], "{nothing}");
        }
        let now = jiff::Timestamp::now().as_second();
        assert_eq!(ids(&world, &format!("s={ALL}&ot={}.5", now - 3600)).await.len(), 5, "arrival counts, not the date");
        assert_eq!(ids(&world, &format!("s={ALL}&ot={}", now + 3600)).await.len(), 0);
        assert_eq!(ids(&world, &format!("s={ALL}&nt={}", now - 3600)).await.len(), 0);
        assert_eq!(world.reader(&format!("stream/items/count?s={ALL}")).await.text(), "5");

        let (mut seen, mut next) = (Vec::new(), String::new());
        for _ in 0..3 {
            let answer = world.reader(&format!("stream/items/ids?s={ALL}&n=2&c={next}")).await.json();
            seen.extend(
                answer["itemRefs"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()),
            );
            // What is marked in between moves nothing.
            world.reader_post("edit-tag", &[("i", &seen[0]), ("r", READ)]).await.is(200);
            match answer["continuation"].as_str() {
                Some(place) => next = place.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen, all);
    })
    .await;
}

#[tokio::test]
async fn items_come_whole_whichever_way_they_are_named() {
    in_each_world(async |world| {
        let id = world.id("One <1>").await;
        let long = format!("tag:google.com,2005:reader/item/{id:016x}");
        for name in
            [id.to_string(), long.clone(), format!("{id:016x}"), format!("tag:google.com,2005:reader/item/{id:x}")]
        {
            let answer =
                world.reader_post("stream/items/contents", &[("i", &name), ("i", "nonsense"), ("i", "424242")]).await;
            let items = answer.is(200).json()["items"].clone();
            assert_eq!(items.as_array().unwrap().len(), 1, "{name}");
            let item = &items[0];
            assert_eq!((&item["id"], &item["title"]), (&json!(long), &json!("One &lt;1&gt;")));
            assert_eq!(item["summary"]["content"], "<p>first text</p>");
            assert_eq!(item["origin"]["streamId"], format!("feed/{}", world.first));
            assert_eq!(item["categories"], json!([ALL, "Sea"]));
            assert_eq!(item["enclosure"][0]["href"], "https://example.com/a.mp3");
            assert!(item["canonical"][0]["href"].is_string() && item["alternate"][0]["href"].is_string());
            assert!(item["timestampUsec"].is_string() && item["crawlTimeMsec"].is_string());
        }
        let text = world.reader_post("stream/items/contents", &[("i", &long)]).await.text();
        assert!(text.contains(r#""summary":{"content":"#), "newsboat takes the first member");
        assert_eq!(titles(&world, "stream/contents").await.len(), 5, "nothing asked means everything");
        assert_eq!(titles(&world, &format!("stream/contents/{ALL}?n=2")).await, ["Five", "Four"]);
        assert_eq!(titles(&world, "stream/contents/user%2F-%2Flabel%2FNews").await, ["Five", "Four"]);
        assert_eq!(titles(&world, &format!("stream/contents/feed/{}?r=o", world.second)).await, ["Four", "Five"]);
        let url = world.library.server.url("/second");
        let escaped: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
        assert_eq!(titles(&world, &format!("stream/contents/feed/{escaped}")).await, ["Five", "Four"]);
        let page = world.reader(&format!("stream/contents?s={ALL}&n=4")).await.json();
        let next = page["continuation"].as_str().expect("there is one more");
        let rest = world.reader(&format!("stream/contents?s={ALL}&n=4&c={next}")).await.json();
        assert_eq!((rest["items"].as_array().unwrap().len(), rest.get("continuation")), (1, None));
    })
    .await;
}

#[tokio::test]
async fn marks_are_absolute_and_strange_states_are_passed_over() {
    in_each_world(async |world| {
        let one = world.id("One <1>").await.to_string();
        for _ in 0..2 {
            let answer = world
                .reader_post(
                    "edit-tag",
                    &[("i", &one), ("a", READ), ("r", "user/-/state/com.google/tracking-kept-unread"), ("T", "")],
                )
                .await;
            assert_eq!(answer.is(200).text(), "OK");
        }
        assert_eq!(world.get("/entries?status=read").await["total"], 1);
        world.reader_post("edit-tag", &[("i", &one), ("a", "user/-/state/com.google/kept-unread")]).await.is(200);
        assert_eq!(world.get("/entries?status=read").await["total"], 0);
        world
            .reader_post("edit-tag", &[("i", &one), ("a", "user/1/state/com.google/starred"), ("a", "user/-/label/x")])
            .await
            .is(200);
        assert_eq!(world.get("/entries?starred=true").await["total"], 1);
        world.reader_post("edit-tag", &[("a", READ)]).await.is(200);

        let before = (jiff::Timestamp::now().as_second() - 3600).to_string();
        world.reader_post("mark-all-as-read", &[("s", ALL), ("ts", &format!("{before}000000"))]).await.is(200);
        assert_eq!(world.get("/entries?status=read").await["total"], 0, "nothing had come by then");
        world.reader_post("mark-all-as-read", &[("s", "user/-/label/News")]).await.is(200);
        assert_eq!(world.get("/entries?status=read").await["total"], 2);
        world.reader_post("mark-all-as-read", &[("s", ALL), ("ts", "9999999999999999999")]).await.is(200);
        world.reader_post("mark-all-as-read", &[("s", &format!("feed/{}", world.first))]).await.is(200);
        assert_eq!(world.get("/entries?status=unread").await["total"], 0);
        world.reader_post("mark-all-as-read", &[]).await.is(400);
    })
    .await;
}

#[tokio::test]
async fn subscriptions_are_added_named_moved_and_left() {
    in_each_world(async |world| {
        let server = &world.library.server;
        server.put("/third", RSS, rss(&item(9, "Nine", "nine")));
        let url = server.url("/third");
        let added = world.reader_post("subscription/quickadd", &[("quickadd", &url)]).await.json();
        assert_eq!((&added["numResults"], &added["streamName"]), (&json!(1), &json!("Feed")));
        let again = world.reader(&format!("subscription/quickadd?quickadd=feed/{url}")).await.json();
        assert_eq!(again["streamId"], added["streamId"], "what is there already is named");
        let none =
            world.reader_post("subscription/quickadd", &[("quickadd", &server.url("/missing"))]).await.is(200).json();
        assert_eq!(none["numResults"], 0);

        let id = added["streamId"].as_str().unwrap();
        let edit = async |form: &[(&str, &str)]| {
            let answer = world.reader_post("subscription/edit", form).await;
            assert_eq!(answer.is(200).text(), "OK");
        };
        let shown = async || {
            let list = world.reader("subscription/list").await.json();
            let all = list["subscriptions"].as_array().unwrap().clone();
            all.into_iter().find(|one| one["id"] == id).map(|one| (one["title"].clone(), one["categories"].clone()))
        };
        // NetNewsWire subscribes once more by number, to name and move.
        edit(&[("ac", "subscribe"), ("s", id), ("t", "Mine"), ("a", "user/-/label/A/B")]).await;
        let in_folder = json!([{ "id": "user/-/label/A/B", "label": "A/B" }]);
        assert_eq!(shown().await, Some((json!("Mine"), in_folder.clone())));
        edit(&[("ac", "edit"), ("s", id), ("r", "user/-/label/News")]).await;
        assert_eq!(shown().await, Some((json!("Mine"), in_folder)), "it is not in that one");
        edit(&[("ac", "edit"), ("s", id), ("r", "user/-/label/A/B")]).await;
        assert_eq!(shown().await, Some((json!("Mine"), json!([]))));
        edit(&[("ac", "unsubscribe"), ("s", &format!("feed/{url}"))]).await;
        assert_eq!(shown().await, None);
        edit(&[("ac", "subscribe"), ("s", &format!("feed/{url}")), ("a", "user/-/label/News")]).await;
        assert_eq!(shown().await.unwrap().1[0]["label"], "News");
        world.reader_post("subscription/edit", &[("ac", "edit"), ("s", "feed/999999")]).await.is(404);
        world.reader_post("subscription/edit", &[("ac", "dance"), ("s", id)]).await.is(400);
        world.reader_post("subscription/edit", &[]).await.is(400);

        world.reader_post("rename-tag", &[("s", "user/-/label/News"), ("dest", "user/-/label/新聞")]).await.is(200);
        assert_eq!(shown().await.unwrap().1[0]["label"], "新聞");
        world.reader_post("rename-tag", &[("s", "user/-/label/News"), ("dest", "user/-/label/x")]).await.is(404);
        world.reader_post("disable-tag", &[("s", "user/-/label/新聞")]).await.is(200);
        assert_eq!(shown().await.unwrap().1, json!([]), "the feed stays");

        let opml = world.reader("subscription/export").await.is(200).text();
        let request = Request::post("/reader/api/0/subscription/import").header("authorization", world.bob.basic());
        world.send(request.body(Body::from(opml)).unwrap()).await.is(200);
        let feeds: Value = world.call(&world.bob, "GET", "/feeds", "").await.json();
        assert_eq!(feeds.as_array().unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn icons_need_no_password_but_their_own_link() {
    in_each_world(async |world| {
        let store = &world.library.app.store;
        let feed = store.subscription(world.ann.id, world.first).await.unwrap().unwrap().feed_id;
        let icon = yomu_store::Icon { media_type: "image/png".to_owned(), bytes: vec![1, 2, 3] };
        store.set_icon(feed, Some((&[7; 16], &icon)), world.library.app.now()).await.unwrap();
        let list = world.reader("subscription/list").await.json();
        let all = list["subscriptions"].as_array().unwrap();
        let link = all.iter().find_map(|one| one["iconUrl"].as_str().filter(|link| !link.is_empty())).expect("a link");
        let path = link.strip_prefix("http://localhost").expect("where the request came to");
        let answer = world.send(Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!((answer.is(200).bytes.as_slice(), answer.header("content-type")), (&[1, 2, 3][..], "image/png"));
        let forged = format!("{}0", &path[..path.len() - 1]);
        let guessed = path.replacen(&format!("/{}-", world.ann.id), &format!("/{}-", world.bob.id), 1);
        for path in [forged.as_str(), guessed.as_str(), "/reader/icons/x", "/reader/icons/1-1-"] {
            if path != link {
                let status = world.send(Request::get(path).body(Body::empty()).unwrap()).await.status.as_u16();
                assert!(status == 404 || path == forged && path.ends_with('0'), "{path}: {status}");
            }
        }
        let icon = world.get(&format!("/feeds/{}/icon", world.first)).await;
        assert_eq!(icon["data"], "image/png;base64,AQID");
        assert_eq!(world.get(&format!("/icons/{}", icon["id"])).await, icon);
        world.call(&world.bob, "GET", &format!("/icons/{}", icon["id"]), "").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_label_on_an_item_is_a_tag_and_never_a_folder() {
    in_each_world(async |world| {
        let one = ids(&world, &format!("s={ALL}&n=1")).await.remove(0);
        let tag = async |name, label| {
            world.reader_post("edit-tag", &[("i", &one), (name, label)]).await.is(200);
        };
        tag("a", "user/-/label/later, soup").await;
        tag("a", "user/-/label/News").await;
        let tags = world.reader("tag/list").await.json();
        let listed = |label: &str| tags["tags"].as_array().unwrap().iter().find(|one| one["id"] == label).cloned();
        assert_eq!(listed("user/-/label/later").unwrap()["type"], "tag");
        assert_eq!(listed("user/-/label/News").unwrap()["type"], "folder");
        assert_eq!(ids(&world, "s=user/-/label/SOUP").await, [one.as_str()]);
        assert_eq!(ids(&world, &format!("s={ALL}&xt=user/-/label/soup")).await.len(), 4);
        let items = world.reader_post("stream/items/contents", &[("i", &one)]).await.json();
        let categories = items["items"][0]["categories"].as_array().unwrap().clone();
        assert!(categories.contains(&json!("user/-/label/later")), "{categories:?}");
        assert_eq!(world.get(&format!("/entries/{one}")).await["tags"], json!(["later", "soup"]));

        let rename = [("s", "user/-/label/soup"), ("dest", "user/-/label/stew")];
        world.reader_post("rename-tag", &rename).await.is(200);
        tag("r", "user/-/label/later").await;
        assert_eq!(world.get(&format!("/entries/{one}")).await["tags"], json!(["stew"]));
        world.reader_post("disable-tag", &[("s", "user/-/label/stew")]).await.is(200);
        assert_eq!(world.get(&format!("/entries/{one}")).await["tags"], json!([]));
    })
    .await;
}
