//! The way from the address that was asked for to the one that answered.

use url::Url;

use super::FetchError;
use super::limits::HOPS_MAX;
use super::request::bare;

/// The addresses visited so far, the last one being the current.
pub(super) struct Trail {
    visited: Vec<Url>,
    moved_to: Option<Url>,
    /// Whether every redirect so far was permanent.
    permanent: bool,
    has_credentials: bool,
}

impl Trail {
    /// The way from an address that is asked with or without credentials.
    pub(super) fn new(first: Url, has_credentials: bool) -> Self {
        Self { visited: vec![first], moved_to: None, permanent: true, has_credentials }
    }

    pub(super) fn first(&self) -> &Url {
        &self.visited[0]
    }

    pub(super) fn current(&self) -> &Url {
        self.visited.last().unwrap_or(&self.visited[0])
    }

    /// The address to ask from now on, if it is another.
    pub(super) fn moved_to(&self) -> Option<&Url> {
        self.moved_to.as_ref()
    }

    /// The final address, and the one to ask from now on.
    pub(super) fn end(mut self) -> (Url, Option<Url>) {
        (self.visited.swap_remove(self.visited.len() - 1), self.moved_to)
    }

    /// Goes on to where a redirect points. `host` is whose redirect it is.
    pub(super) fn follow(&mut self, location: Option<&[u8]>, permanent: bool, host: &str) -> Result<(), FetchError> {
        let nowhere = || FetchError::RedirectNowhere { host: host.to_owned() };
        // Some servers send Japanese paths as raw UTF-8 here.
        let location = String::from_utf8_lossy(location.ok_or_else(nowhere)?);
        // A password in it is dropped: it is not the reader's, and would end up in the list of feeds.
        let next = bare(self.current().join(&location).map_err(|_| nowhere())?);
        if self.visited.contains(&next) {
            return Err(FetchError::RedirectLoop { host: host.to_owned() });
        }
        if self.visited.len() > HOPS_MAX {
            return Err(FetchError::TooManyRedirects { host: host.to_owned(), hops_max: HOPS_MAX });
        }
        // Going from https to http is followed, but not remembered: a feed must not lose its encryption for good.
        let downgrade = self.current().scheme() == "https" && next.scheme() == "http";
        self.permanent &= permanent && !downgrade;
        self.visited.push(next);
        // Credentials are sent to the address that is remembered, so it must be one that may see them.
        self.permanent &= !self.has_credentials || self.is_trusted();
        if self.permanent {
            self.moved_to = Some(self.current().clone());
        }
        Ok(())
    }

    /// Whether the current address may see the credentials that were given for the first one: the same origin, or the
    /// same host gone from http to https, each on its usual port.
    pub(super) fn is_trusted(&self) -> bool {
        let (first, current) = (self.first(), self.current());
        let upgraded = first.scheme() == "http"
            && current.scheme() == "https"
            && first.host() == current.host()
            && first.port().is_none()
            && current.port().is_none();
        first.origin() == current.origin() || upgraded
    }
}
