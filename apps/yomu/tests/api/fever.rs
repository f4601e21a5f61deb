//! The Fever API, as older apps speak it.

use axum::body::Body;
use axum::http::Request;
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use crate::world::{Person, World, in_each_world};

fn key(person: &Person) -> String {
    let digest = Md5::digest(format!("{}:{}", person.name, person.password));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn ask(world: &World, query: &str, body: &str) -> Value {
    let request = Request::post(format!("/fever/?api&{query}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("api_key={}&{body}", key(&world.ann))));
    world.send(request.unwrap()).await.is(200).json()
}

fn numbers(text: &Value) -> usize {
    text.as_str().expect("a text").split(',').filter(|number| !number.is_empty()).count()
}

#[tokio::test]
async fn a_key_opens_and_anything_else_is_told_so() {
    in_each_world(async |world| {
        let answer = ask(&world, "", "").await;
        assert_eq!((&answer["api_version"], &answer["auth"]), (&json!(3), &json!(1)));
        assert!(answer["last_refreshed_on_time"].as_i64().unwrap() > 1_700_000_000);
        for (path, body) in [
            ("/fever/?api", format!("api_key={}", key(&world.ann).to_uppercase())),
            ("/fever?api", format!("api_key={}", key(&world.ann))),
            ("/api/fever.php?api", format!("api_key={}", key(&world.ann))),
        ] {
            let answer = world.send(Request::post(path).body(Body::from(body)).unwrap()).await;
            assert_eq!(answer.is(200).json()["auth"], 1, "{path}");
        }
        let part =
            format!("--x\r\nContent-Disposition: form-data; name=\"api_key\"\r\n\r\n{}\r\n--x--\r\n", key(&world.ann));
        let request = Request::post("/fever/?api").header("content-type", "multipart/form-data; boundary=x");
        assert_eq!(world.send(request.body(Body::from(part)).unwrap()).await.json()["auth"], 1, "a form in parts");
        for wrong in ["", "api_key=", "api_key=0123", "api_key=00000000000000000000000000000000", "api_key=%ff"] {
            let answer = world.send(Request::post("/fever/?api&items").body(Body::from(wrong)).unwrap()).await;
            assert_eq!(answer.is(200).json(), json!({ "api_version": 3, "auth": 0 }), "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn everything_asked_is_in_one_answer() {
    in_each_world(async |world| {
        let answer = ask(&world, "groups&feeds&favicons&items&links&unread_item_ids&saved_item_ids", "").await;
        assert_eq!(answer["groups"][1]["title"], "News");
        let groups = answer["feeds_groups"].as_array().unwrap();
        assert_eq!(groups[0], json!({ "group_id": 1, "feed_ids": world.first.to_string() }));
        assert_eq!(groups[1]["feed_ids"], world.second.to_string());
        assert_eq!(answer["feeds"].as_array().unwrap().len(), 2);
        assert_eq!((&answer["favicons"], &answer["links"]), (&json!([]), &json!([])));
        assert_eq!((&answer["total_items"], answer["items"].as_array().unwrap().len()), (&json!(5), 5));
        assert_eq!(numbers(&answer["unread_item_ids"]), 5);
        assert_eq!(answer["saved_item_ids"], "", "a text also when it is empty");
        let item = &answer["items"][0];
        assert_eq!(
            (&item["title"], &item["html"], &item["is_read"]),
            (&json!("One <1>"), &json!("<p>first text</p>"), &json!(0))
        );
    })
    .await;
}

#[tokio::test]
async fn items_are_walked_by_number_in_both_directions() {
    in_each_world(async |world| {
        let of = async |query: &str| -> Vec<i64> {
            let answer = ask(&world, &format!("items&{query}"), "").await;
            answer["items"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect()
        };
        let all = of("since_id=0").await;
        assert_eq!(all.len(), 5);
        assert!(all.is_sorted());
        assert_eq!(of(&format!("since_id={}", all[2])).await, all[3..]);
        let mut down = all.clone();
        down.reverse();
        for newest in ["max_id=0", "max_id=9007199254740991", "max_id=2147483647"] {
            assert_eq!(of(newest).await, down, "{newest}");
        }
        assert_eq!(of(&format!("max_id={}", all[2])).await, [all[1], all[0]]);
        assert_eq!(of(&format!("with_ids={},x,-1,{},424242", all[4], all[0])).await, [all[4], all[0]]);
        assert_eq!(of("with_ids=").await, [0; 0]);
        assert_eq!(of(&format!("feed_ids={}", world.second)).await.len(), 2);
        assert_eq!(of("group_ids=1").await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn marks_are_absolute_and_answered_with_the_new_list() {
    in_each_world(async |world| {
        let id = world.id("One <1>").await;
        for _ in 0..2 {
            let saved = ask(&world, "", &format!("mark=item&as=saved&id={id}")).await;
            assert_eq!(saved["saved_item_ids"], id.to_string());
            let read = ask(&world, &format!("mark=item&as=read&id={id}"), "").await;
            assert_eq!(numbers(&read["unread_item_ids"]), 4);
        }
        assert_eq!(numbers(&ask(&world, "", &format!("mark=item&as=unread&id={id}")).await["unread_item_ids"]), 5);
        assert_eq!(ask(&world, "", &format!("mark=item&as=unsaved&id={id}")).await["saved_item_ids"], "");

        let now = jiff::Timestamp::now().as_second();
        let feed = |before: i64| format!("mark=feed&as=read&id={}&before={before}", world.first);
        assert_eq!(
            numbers(&ask(&world, "", &feed(now - 3600)).await["unread_item_ids"]),
            5,
            "nothing had come by then"
        );
        assert_eq!(numbers(&ask(&world, "", &feed(now + 1)).await["unread_item_ids"]), 2);
        assert_eq!(
            numbers(&ask(&world, "", &format!("mark=group&as=read&id=-1&before={}", now + 1)).await["unread_item_ids"]),
            2
        );
        assert_eq!(
            numbers(&ask(&world, "", &format!("mark=group&as=read&id=0&before={}", now + 1)).await["unread_item_ids"]),
            0
        );
        for nonsense in [
            "mark=item&as=read",
            "mark=item&as=eaten&id=1",
            "mark=planet&as=read&id=1",
            "mark=item&as=read&id=x",
            "mark=item&as=read&id=9223372036854775807",
        ] {
            assert_eq!(ask(&world, "", nonsense).await["auth"], 1, "{nonsense}");
        }
    })
    .await;
}
