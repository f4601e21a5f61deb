//! One address with its description: the router and the OpenAPI document are both made of these.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::routing::{MethodFilter, MethodRouter, on};

use super::error::Refusal;
use crate::api::Api;

/// An address with its handler, and what a reader of the documentation wants to know.
pub(super) struct Route {
    pub(super) method: Method,
    /// Below `/v1`.
    pub(super) path: &'static str,
    /// What it does, in a line.
    pub(super) summary: &'static str,
    /// The shape of the body, by its name in `schemas.json`.
    pub(super) body: Option<&'static str>,
    /// The status of success.
    pub(super) status: u16,
    /// The shape of the answer, by its name in `schemas.json`.
    pub(super) answer: Option<&'static str>,
    /// Whether the answer is a list of that shape.
    pub(super) is_list: bool,
    /// The parameters, by their names in `schemas.json`.
    pub(super) parameters: &'static [&'static str],
    /// Whether Miniflux has it not.
    pub(super) is_own: bool,
    handler: MethodRouter<Api>,
}

fn route<T: 'static>(
    method: Method,
    path: &'static str,
    handler: impl Handler<T, Api>,
    summary: &'static str,
) -> Route {
    let filter = match method {
        Method::POST => MethodFilter::POST,
        Method::PUT => MethodFilter::PUT,
        Method::DELETE => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    };
    Route {
        path,
        summary,
        body: None,
        status: if method == Method::GET { 200 } else { 204 },
        answer: None,
        is_list: false,
        parameters: &[],
        is_own: false,
        handler: on(filter, handler),
        method,
    }
}

pub(super) fn get<T: 'static>(path: &'static str, handler: impl Handler<T, Api>, summary: &'static str) -> Route {
    route(Method::GET, path, handler, summary)
}

pub(super) fn post<T: 'static>(path: &'static str, handler: impl Handler<T, Api>, summary: &'static str) -> Route {
    route(Method::POST, path, handler, summary)
}

pub(super) fn put<T: 'static>(path: &'static str, handler: impl Handler<T, Api>, summary: &'static str) -> Route {
    route(Method::PUT, path, handler, summary)
}

pub(super) fn delete<T: 'static>(path: &'static str, handler: impl Handler<T, Api>, summary: &'static str) -> Route {
    route(Method::DELETE, path, handler, summary)
}

impl Route {
    pub(super) fn takes(self, body: &'static str) -> Self {
        Self { body: Some(body), ..self }
    }

    pub(super) fn asks(self, parameters: &'static [&'static str]) -> Self {
        Self { parameters, ..self }
    }

    /// The answer's status and shape.
    pub(super) fn answers(self, status: u16, shape: &'static str) -> Self {
        Self { status, answer: Some(shape), ..self }
    }

    /// The answer is a list of a shape.
    pub(super) fn lists(self, shape: &'static str) -> Self {
        Self { answer: Some(shape), is_list: true, ..self }
    }

    /// A success without an answer.
    pub(super) fn ends(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Lets the body be as long as this.
    pub(super) fn up_to(self, bytes: usize) -> Self {
        Self { handler: self.handler.layer(DefaultBodyLimit::max(bytes)), ..self }
    }

    pub(super) fn of_our_own(self) -> Self {
        Self { is_own: true, ..self }
    }
}

/// The router of all routes. An address that is none, and a method that an address has not, are told in JSON.
pub(super) fn router(routes: Vec<Route>) -> Router<Api> {
    let router = routes.into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler));
    router
        .fallback(|| async { Refusal::NotFound })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
}
