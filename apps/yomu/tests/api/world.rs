//! Two people with an app password each; Ann reads two feeds.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tower::ServiceExt as _;
use yomu::actions::app_password::create_app_password;
use yomu::web::{Access, WebConfig, router};
use yomu_model::ids::{SubscriptionId, UserId};

use crate::library::{Library, RSS, item, on_each_database, rss};

pub(crate) struct World {
    pub(crate) library: Library,
    pub(crate) router: Router,
    pub(crate) ann: Person,
    pub(crate) bob: Person,
    /// Three entries, outside any folder.
    pub(crate) first: SubscriptionId,
    /// Two entries, in the folder `News`.
    pub(crate) second: SubscriptionId,
}

#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) password: String,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

/// Tells a story on each database that is at hand.
pub(crate) async fn in_each_world(story: impl AsyncFn(World)) {
    on_each_database(async |library| story(World::new(library).await).await).await;
}

impl World {
    async fn new(library: Library) -> Self {
        let app = library.app.clone();
        let ann = Person::new(&library, library.user).await;
        let bob = app.store.create_user("bob@example.org", false, app.now()).await.expect("a second user").id;
        let bob = Person::new(&library, bob).await;
        let enclosure = "<enclosure url=\"https://example.com/a.mp3\" type=\"audio/mpeg\" length=\"12345\"/>";
        // The newest first, as most feeds have them.
        let items = [
            item(3, "Three", "third text"),
            item(2, "二", "東京の夜"),
            item(1, "One &lt;1&gt;", "first text")
                .replace("</item>", &format!("{enclosure}<category>Sea</category></item>")),
        ];
        let first = library.read("/first", RSS, rss(&items.concat())).await;
        let second = library.read("/second", RSS, rss(&(item(5, "Five", "fifth") + &item(4, "Four", "fourth")))).await;
        let folder = app.store.folder_named(ann.id, "News").await.expect("a folder");
        app.store.move_subscription(ann.id, second, Some(folder)).await.expect("a move");
        let config = WebConfig { access: Access::Local(ann.id), base_url: None, trusted_proxies: Vec::new() };
        Self { router: router(app, config), library, ann, bob, first, second }
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    /// A call of the Miniflux API by its token.
    pub(crate) async fn call(&self, who: &Person, method: &str, path: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(method.parse::<Method>().expect("a method"))
            .uri(format!("/v1{path}"))
            .header("x-auth-token", &who.password)
            .body(Body::from(body.to_owned()));
        self.send(request.expect("a request")).await
    }

    /// Ann's GET, which must succeed, as JSON.
    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.call(&self.ann, "GET", path, "").await;
        answer.is(200);
        answer.json()
    }

    /// Ann's call, which must end with this status.
    pub(crate) async fn does(&self, method: &str, path: &str, body: &str, status: u16) -> Answer {
        let answer = self.call(&self.ann, method, path, body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path} {body}: {}", answer.text());
        answer
    }

    /// A GET of the Google Reader API.
    pub(crate) async fn reader(&self, path: &str) -> Answer {
        let request = Request::get(format!("/reader/api/0/{path}")).header("authorization", self.login());
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// A form of the Google Reader API.
    pub(crate) async fn reader_post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(format!("/reader/api/0/{path}"))
            .header("authorization", self.login())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encode(form))).expect("a request")).await
    }

    fn login(&self) -> String {
        format!("GoogleLogin auth={}", self.ann.password)
    }

    /// The numbers of Ann's entries by title.
    pub(crate) async fn id(&self, title: &str) -> i64 {
        let list = self.get("/entries?limit=0").await;
        let entries = list["entries"].as_array().expect("a list");
        entries.iter().find(|one| one["title"] == title).expect("an entry of this title")["id"]
            .as_i64()
            .expect("a number")
    }

    /// Titles of a list, in its order.
    pub(crate) async fn titles(&self, path: &str) -> Vec<String> {
        let list = self.get(path).await;
        let entries = list["entries"].as_array().expect("a list");
        entries.iter().map(|one| one["title"].as_str().expect("a title").to_owned()).collect()
    }
}

impl Person {
    async fn new(library: &Library, id: UserId) -> Self {
        let made = create_app_password(&library.app, id, "an app").await.expect("an app password");
        Self { id, name: made.username, password: made.password.expose().to_owned() }
    }

    /// The header of HTTP Basic.
    pub(crate) fn basic(&self) -> String {
        format!("Basic {}", STANDARD.encode(format!("{}:{}", self.name, self.password)))
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("this is no JSON: {}", self.text()))
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a plain header"))
    }
}

/// A form as a body or a query.
pub(crate) fn encode(form: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}
