//! An identity provider of our own. Everybody who comes is signed in as `who` at once; each promise can be broken.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) const CLIENT_ID: &str = "yomu-test";
pub(crate) const CLIENT_SECRET: &str = "the client's own secret";

#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) issuer: String,
    inner: Arc<Mutex<Inner>>,
}

pub(crate) struct Inner {
    /// Who signs in: subject and address.
    pub(crate) who: (String, String),
    /// Changes to the claims of the next tokens.
    pub(crate) claims: Value,
    /// Signs with a key that is not shown.
    pub(crate) wrong_key: bool,
    /// Claims that the token is not signed at all.
    pub(crate) unsigned: bool,
    /// Answers 500 to everything.
    pub(crate) down: bool,
    /// Waits before each answer.
    pub(crate) delay: Duration,
    /// Shows a page with a button, as a real provider does, instead of going on at once.
    pub(crate) asks: bool,
    keys: Vec<(String, EcdsaKeyPair)>,
    codes: HashMap<String, Grant>,
    /// How often each document was asked for.
    pub(crate) asked: HashMap<&'static str, usize>,
}

struct Grant {
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inner = Inner {
            who: ("1".to_owned(), "ann@example.org".to_owned()),
            claims: json!({}),
            wrong_key: false,
            unsigned: false,
            down: false,
            delay: Duration::ZERO,
            asks: false,
            keys: vec![("first".to_owned(), key_pair())],
            codes: HashMap::new(),
            asked: HashMap::new(),
        };
        let provider = Self { issuer, inner: Arc::new(Mutex::new(inner)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/auth", get(authorize))
            .route("/token", post(token))
            .route("/keys", get(keys))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// The provider's state, to look at and to change.
    pub(crate) fn is(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    /// From now on somebody else signs in.
    pub(crate) fn signs_in(&self, subject: &str, email: &str) {
        self.is().who = (subject.to_owned(), email.to_owned());
    }

    /// Forgets all keys and makes a new one.
    pub(crate) fn rotate_keys(&self, name: &str) {
        self.is().keys = vec![(name.to_owned(), key_pair())];
    }

    pub(crate) fn asked(&self, document: &str) -> usize {
        self.is().asked.get(document).copied().unwrap_or_default()
    }

    async fn arrive(&self, document: &'static str) -> Result<(), StatusCode> {
        let (delay, down) = {
            let mut inner = self.is();
            *inner.asked.entry(document).or_default() += 1;
            (inner.delay, inner.down)
        };
        tokio::time::sleep(delay).await;
        if down { Err(StatusCode::INTERNAL_SERVER_ERROR) } else { Ok(()) }
    }
}

async fn configuration(State(provider): State<Provider>) -> Result<Response, StatusCode> {
    provider.arrive("configuration").await?;
    let issuer = &provider.issuer;
    Ok(reply(&json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"), "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"), "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["ES256"],
    })))
}

async fn keys(State(provider): State<Provider>) -> Result<Response, StatusCode> {
    provider.arrive("keys").await?;
    let keys: Vec<Value> = provider.is().keys.iter().map(|(name, pair)| public(name, pair)).collect();
    Ok(reply(&json!({ "keys": keys })))
}

async fn authorize(State(provider): State<Provider>, Query(query): Query<HashMap<String, String>>) -> Response {
    if let Err(status) = provider.arrive("auth").await {
        return status.into_response();
    }
    let field = |name: &str| query.get(name).cloned().unwrap_or_default();
    let is_sound = field("response_type") == "code"
        && field("client_id") == CLIENT_ID
        && field("code_challenge_method") == "S256"
        && field("scope").split(' ').any(|scope| scope == "openid");
    if !is_sound {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let mut inner = provider.is();
    let code = format!("code-{}", inner.codes.len());
    let grant =
        Grant { nonce: field("nonce"), challenge: field("code_challenge"), redirect_uri: field("redirect_uri") };
    inner.codes.insert(code.clone(), grant);
    let mut back = url::Url::parse(&field("redirect_uri")).unwrap();
    back.query_pairs_mut().append_pair("code", &code).append_pair("state", &field("state"));
    if inner.asks {
        let address = back.as_str().replace('&', "&amp;");
        return Html(format!("<!doctype html><title>Provider</title><a id=allow href=\"{address}\">Allow</a>"))
            .into_response();
    }
    (StatusCode::FOUND, [(header::LOCATION, back.to_string())]).into_response()
}

async fn token(
    State(provider): State<Provider>,
    headers: axum::http::HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if let Err(status) = provider.arrive("token").await {
        return status.into_response();
    }
    let refuse = |code: &str| (StatusCode::BAD_REQUEST, reply(&json!({ "error": code }))).into_response();
    let secret: String = url::form_urlencoded::byte_serialize(CLIENT_SECRET.as_bytes()).collect();
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{CLIENT_ID}:{secret}"));
    if headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) != Some(&format!("Basic {basic}")) {
        return refuse("invalid_client");
    }
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    let mut inner = provider.is();
    // A code is good once.
    let Some(grant) = inner.codes.remove(&field("code")) else { return refuse("invalid_grant") };
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, field("code_verifier").as_bytes()));
    if challenge != grant.challenge || field("redirect_uri") != grant.redirect_uri {
        return refuse("invalid_grant");
    }
    let now = jiff::Timestamp::now().as_second();
    let (subject, email) = inner.who.clone();
    let mut claims = json!({
        "iss": provider.issuer, "sub": subject, "aud": CLIENT_ID, "exp": now + 3600, "iat": now, "nonce": grant.nonce,
        "email": email, "email_verified": true,
    });
    for (name, value) in inner.claims.as_object().unwrap() {
        claims[name] = value.clone();
    }
    reply(&json!({ "access_token": "unused", "token_type": "Bearer", "id_token": sign(&inner, &claims) }))
}

fn reply(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn key_pair() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap()
}

fn public(name: &str, pair: &EcdsaKeyPair) -> Value {
    let point = pair.public_key().as_ref();
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": name, "x": part(&point[1..33]), "y": part(&point[33..]) })
}

fn sign(inner: &Inner, claims: &Value) -> String {
    let (name, pair) = inner.keys.last().unwrap();
    let header = if inner.unsigned { json!({ "alg": "none" }) } else { json!({ "alg": "ES256", "kid": name }) };
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(claims));
    let other;
    let pair = if inner.wrong_key {
        other = key_pair();
        &other
    } else {
        pair
    };
    let signature = pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
    format!("{signed}.{}", if inner.unsigned { String::new() } else { URL_SAFE_NO_PAD.encode(signature) })
}
