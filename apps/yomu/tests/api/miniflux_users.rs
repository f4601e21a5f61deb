//! Who calls, users, and keys.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::world::{Person, in_each_world};

#[tokio::test]
async fn a_token_or_a_name_and_password_say_who_calls() {
    in_each_world(async |world| {
        assert_eq!(world.get("/me").await["username"], world.ann.name);
        for (name, value, status) in [
            ("authorization", world.bob.basic(), 200),
            ("authorization", Person { name: "BOB@example.org".to_owned(), ..world.bob.clone() }.basic(), 200),
            ("authorization", Person { name: "ann".to_owned(), ..world.bob.clone() }.basic(), 401),
            ("x-auth-token", "wrong".to_owned(), 401),
            ("cookie", world.bob.password.clone(), 401),
        ] {
            let request = Request::get("/v1/me").header(name, value).body(Body::empty()).unwrap();
            let answer = world.send(request).await;
            answer.is(status);
            if status == 401 {
                assert_eq!(answer.json(), json!({ "error_message": "access unauthorized" }));
                assert_eq!(answer.header("www-authenticate"), "Basic realm=\"Restricted\"");
            } else {
                assert_eq!(answer.json()["username"], "bob@example.org");
            }
        }
        // A wrong token is not made good by the rest.
        let both = Request::get("/v1/me").header("x-auth-token", "wrong").header("authorization", world.bob.basic());
        world.send(both.body(Body::empty()).unwrap()).await.is(401);
    })
    .await;
}

#[tokio::test]
async fn keys_are_made_listed_and_ended() {
    in_each_world(async |world| {
        let made = world.does("POST", "/api-keys", r#"{"description":"phone"}"#, 201).await.json();
        let phone = Person { password: made["token"].as_str().unwrap().to_owned(), ..world.ann.clone() };
        world.call(&phone, "GET", "/me", "").await.is(200);
        world.does("POST", "/api-keys", r#"{"description":"phone"}"#, 400).await;
        world.does("POST", "/api-keys", r#"{"description":" "}"#, 400).await;
        let listed = world.get("/api-keys").await;
        assert_eq!(listed.as_array().unwrap().len(), 2);
        assert_eq!((&listed[0]["description"], &listed[0]["token"]), (&json!("phone"), &json!("")));
        let path = format!("/api-keys/{}", made["id"]);
        world.call(&world.bob, "DELETE", &path, "").await.is(404);
        world.does("DELETE", &path, "", 204).await;
        world.does("DELETE", &path, "", 404).await;
        world.call(&phone, "GET", "/me", "").await.is(401);
    })
    .await;
}

#[tokio::test]
async fn admins_look_after_users_and_others_after_themselves() {
    in_each_world(async |world| {
        assert_eq!(world.get("/users").await.as_array().unwrap().len(), 2);
        assert_eq!(world.get("/users/bob@example.org").await["id"], json!(world.bob.id));
        assert_eq!(world.get(&format!("/users/{}", world.bob.id)).await["username"], "bob@example.org");
        world.does("GET", "/users/nobody", "", 404).await;
        let carol = world.does("POST", "/users", r#"{"username":"carol","password":"secret1"}"#, 201).await.json();
        assert_eq!(carol["is_admin"], false);
        world.does("POST", "/users", r#"{"username":"carol","password":"secret1"}"#, 400).await;
        world.does("POST", "/users", r#"{"username":"a b","password":"secret1"}"#, 400).await;
        let path = format!("/users/{}", carol["id"]);
        let changed = world
            .does("PUT", &path, r#"{"is_admin":true,"language":"ja_JP","timezone":"Asia/Tokyo"}"#, 201)
            .await
            .json();
        assert_eq!(
            (&changed["is_admin"], &changed["language"], &changed["timezone"]),
            (&json!(true), &json!("ja_JP"), &json!("Asia/Tokyo"))
        );
        world.does("PUT", &path, r#"{"timezone":"Mars/Olympus"}"#, 400).await;
        world.does("DELETE", &path, "", 204).await;
        world.does("DELETE", &path, "", 404).await;
        world.does("DELETE", &format!("/users/{}", world.ann.id), "", 400).await;

        for (method, path) in [("GET", "/users"), ("GET", "/users/1"), ("POST", "/users"), ("DELETE", "/users/1")] {
            world.call(&world.bob, method, path, "").await.is(403);
        }
        let own = format!("/users/{}", world.bob.id);
        world.call(&world.bob, "PUT", &own, r#"{"theme":"dark_serif","language":"ja_JP"}"#).await.is(201);
        world.call(&world.bob, "PUT", &own, r#"{"is_admin":true}"#).await.is(400);
        world.call(&world.bob, "PUT", &format!("/users/{}", world.ann.id), "{}").await.is(403);
        world.does("PUT", &format!("/users/{}/mark-all-as-read", world.bob.id), "", 403).await;
        world.does("PUT", &format!("/users/{}/mark-all-as-read", world.ann.id), "", 204).await;
        assert_eq!(world.get("/entries?status=unread").await["total"], 0);
    })
    .await;
}
