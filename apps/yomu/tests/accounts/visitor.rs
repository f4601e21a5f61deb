//! A browser without pictures: it keeps cookies, and follows a redirect when it is told to.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use url::Url;

pub(crate) struct Visitor {
    base: Url,
    client: reqwest::Client,
    pub(crate) cookies: Mutex<BTreeMap<String, String>>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Visitor {
    pub(crate) fn new(base: Url) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { base, client, cookies: Mutex::default() }
    }

    /// Opens a page of the reader.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = self.client.get(self.base.join(path).unwrap());
        self.send(request).await
    }

    /// Opens a page with one more header.
    pub(crate) async fn get_with(&self, path: &str, name: &str, value: &str) -> Answer {
        let request = self.client.get(self.base.join(path).unwrap());
        self.send(request.header(name, value)).await
    }

    /// Opens what may break off half-way.
    pub(crate) async fn try_get(&self, path: &str) -> Result<Vec<u8>, reqwest::Error> {
        let request = self.with_cookies(self.client.get(self.base.join(path).unwrap()));
        Ok(request.send().await?.bytes().await?.to_vec())
    }

    /// The beginning of an answer that goes on for long.
    pub(crate) async fn first_of(&self, path: &str) -> String {
        let mut answer = self.with_cookies(self.client.get(self.base.join(path).unwrap())).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        String::from_utf8(answer.chunk().await.unwrap().expect("a beginning").to_vec()).unwrap()
    }

    /// Sends a form from a page of the reader.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.client.post(self.base.join(path).unwrap());
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(request.header("sec-fetch-site", "same-origin").body(body)).await
    }

    /// Opens any address, as after a redirect. Cookies are for the reader alone.
    pub(crate) async fn open(&self, address: &str) -> Answer {
        let url = self.base.join(address).unwrap();
        if url.origin() == self.base.origin() {
            return self.send(self.client.get(url)).await;
        }
        answer(self.client.get(url).send().await.unwrap()).await
    }

    /// Signs in from the front page: to the sign-in page, to the provider, back, and on until a page is shown or refused.
    /// Returns the last redirect, or the page that says why not.
    pub(crate) async fn sign_in(&self) -> Answer {
        self.sign_in_from("/sign-in/start").await
    }

    /// The same, begun with a certain link.
    pub(crate) async fn sign_in_from(&self, start: &str) -> Answer {
        let mut answer = self.get(start).await;
        loop {
            let Some(location) = answer.location() else { return answer };
            // Signed in: the front page has decided where to go.
            if location.starts_with("/unread") || location.starts_with("/welcome") {
                return Answer { headers: [(LOCATION, "/unread".parse().unwrap())].into_iter().collect(), ..answer };
            }
            if location.starts_with('/') && location != "/" {
                return answer;
            }
            answer = self.open(&location).await;
        }
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let answer = answer(self.with_cookies(request).send().await.unwrap()).await;
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            if attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    fn with_cookies(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) }
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }
}

async fn answer(response: reqwest::Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, text: response.text().await.unwrap() }
}

impl Answer {
    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    #[track_caller]
    pub(crate) fn shows(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(self.text.contains(text), "`{text}` is missing in:\n{}", self.text);
        }
        self
    }

    #[track_caller]
    pub(crate) fn hides(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(!self.text.contains(text), "`{text}` is in:\n{}", self.text);
        }
        self
    }

    #[track_caller]
    pub(crate) fn leads_to(&self, path: &str) -> &Self {
        assert_eq!((self.status, self.location().as_deref()), (303, Some(path)), "{}", self.text);
        self
    }

    pub(crate) fn location(&self) -> Option<String> {
        self.headers.get(LOCATION).map(|value| value.to_str().unwrap().to_owned())
    }

    /// What stands between two texts of the page.
    #[track_caller]
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let (_, rest) =
            self.text.split_once(before).unwrap_or_else(|| panic!("`{before}` is missing in:\n{}", self.text));
        rest.split(after).next().unwrap_or_default().to_owned()
    }
}
