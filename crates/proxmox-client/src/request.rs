//! A call, described and not yet made.

use std::fmt;
use std::marker::PhantomData;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use crate::encode;
use crate::secret::Secret;
use crate::transport::HttpRequest;

/// Where the JSON form of the API begins.
const ROOT: &str = "/api2/json";

/// A call, and the type of its answer.
pub struct Request<T> {
    call: Call,
    parameters: Vec<(String, Parameter)>,
    answer: PhantomData<fn() -> T>,
}

/// Method and path of a call: what errors name. Parameters are not part of it, since they may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path below `/api2/json`, percent-encoded.
    pub path: String,
}

/// The methods of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Looks.
    Get,
    /// Makes or starts something.
    Post,
    /// Changes something.
    Put,
    /// Removes something.
    Delete,
}

/// The value of a parameter.
#[derive(Clone, Debug)]
pub enum Parameter {
    /// A value that may be shown.
    Plain(String),
    /// A value that may not.
    Secret(Secret),
}

/// The answer of a call that answers nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done;

impl<T> Request<T> {
    /// A call that looks.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::Get, path.into())
    }

    /// A call that makes or starts something.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::Post, path.into())
    }

    /// A call that changes something.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::Put, path.into())
    }

    /// A call that removes something.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::Delete, path.into())
    }

    fn new(method: Method, path: String) -> Self {
        Self { call: Call { method, path }, parameters: Vec::new(), answer: PhantomData }
    }

    /// With a parameter.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Parameter>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// With a parameter, if there is one.
    #[must_use]
    pub fn with_optional(self, name: &str, value: Option<impl Into<Parameter>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a switch, if it is on: off is what the host assumes.
    #[must_use]
    pub fn with_switch(self, name: &str, on: bool) -> Self {
        if on { self.with(name, true) } else { self }
    }

    /// Method and path.
    pub fn call(&self) -> &Call {
        &self.call
    }

    /// Names and values, in the order in which they are sent.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The values that must not be seen.
    pub(crate) fn secrets(&self) -> Vec<&str> {
        let secret = |(_, value): &'_ (String, Parameter)| matches!(value, Parameter::Secret(_));
        self.parameters.iter().filter(|pair| secret(pair)).map(|(_, value)| value.expose()).collect()
    }

    /// The call as it goes over the wire, without credentials. GET and DELETE carry their parameters in the query: the host
    /// answers 501 to a body there (`authenticate_and_handle_request` in `AnyEvent.pm`).
    pub fn to_http(&self) -> HttpRequest {
        let Call { method, path } = &self.call;
        let form = encode::form(self.parameters());
        let mut request = HttpRequest {
            method: *method,
            path_and_query: format!("{ROOT}{path}"),
            headers: vec![("accept", "application/json".to_owned())],
            body: Vec::new(),
        };
        if matches!(method, Method::Post | Method::Put) {
            request.headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
            request.body = form.into_bytes();
        } else if !form.is_empty() {
            request.path_and_query = format!("{ROOT}{path}?{form}");
        }
        request
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self { call: self.call.clone(), parameters: self.parameters.clone(), answer: PhantomData }
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {:?}", self.call, self.parameters)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method.as_str(), self.path)
    }
}

impl Method {
    /// The method's name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

impl Parameter {
    /// The value as it is sent.
    pub fn expose(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Secret(secret) => secret.expose(),
        }
    }
}

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<String> for Parameter {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl From<Secret> for Parameter {
    fn from(secret: Secret) -> Self {
        Self::Secret(secret)
    }
}

/// Outside property strings only 1 and 0 pass: `check_type` in `PVE/JSONSchema.pm`.
impl From<bool> for Parameter {
    fn from(on: bool) -> Self {
        Self::from(if on { "1" } else { "0" })
    }
}

/// Declares what is sent as it prints.
macro_rules! printed {
    ($($type:ty),*) => {
        $(impl From<$type> for Parameter {
            fn from(value: $type) -> Self {
                Self::Plain(value.to_string())
            }
        })*
    };
}

printed!(u32, u64, f64, crate::id::Vmid, &crate::id::StorageId, &crate::id::PoolId, &crate::id::SnapshotName);

impl<'de> Deserialize<'de> for Done {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_carries_its_parameters_in_the_query() {
        let request = Request::<Done>::get("/cluster/resources").with("type", "vm").with_switch("full", false);
        let http = request.to_http();
        assert_eq!(http.path_and_query, "/api2/json/cluster/resources?type=vm");
        assert!(http.body.is_empty());
        assert!(http.headers.iter().all(|(name, _)| *name != "content-type"));
    }

    #[test]
    fn a_removal_has_no_body_either() {
        let http = Request::<Done>::delete("/nodes/pve/lxc/101").with("purge", true).to_http();
        assert_eq!((http.path_and_query.as_str(), http.body.len()), ("/api2/json/nodes/pve/lxc/101?purge=1", 0));
    }

    #[test]
    fn a_change_carries_them_in_the_body() {
        let request =
            Request::<Done>::put("/a").with("onboot", false).with("tags", "a;b").with_optional("c", None::<&str>);
        let http = request.to_http();
        assert_eq!(http.path_and_query, "/api2/json/a");
        assert_eq!(http.body, b"onboot=0&tags=a%3Bb");
        assert!(http.headers.contains(&("content-type", "application/x-www-form-urlencoded".to_owned())));
    }

    #[test]
    fn a_secret_is_sent_and_never_printed() {
        let request = Request::<Done>::post("/access/ticket")
            .with("username", "root@pam")
            .with("password", Secret::new("hunter2"));
        assert_eq!(
            format!("{request:?}"),
            r#"POST /access/ticket [("username", Plain("root@pam")), ("password", Secret([redacted]))]"#
        );
        let http = request.to_http();
        assert_eq!(http.body, b"username=root%40pam&password=hunter2");
        assert!(!format!("{http:?}").contains("hunter2"), "{http:?}");
    }
}
