//! What elements hand down to their children: namespaces, `xml:base` and `xml:lang`.

use url::Url;

use super::namespace::{Namespace, Namespaces};
use crate::address::resolve;
use crate::markup::Tag;
use crate::search;

/// The state at some element, to return to when it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    namespaces: usize,
    bases: usize,
}

#[derive(Debug)]
pub(super) struct Scope<'a> {
    namespaces: Namespaces<'a>,
    bases: Vec<Url>,
    document: Option<&'a Url>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(document: Option<&'a Url>) -> Self {
        Scope { namespaces: Namespaces::default(), bases: Vec::new(), document }
    }

    /// Takes in what a tag declares; most declare nothing, which is seen quickly.
    pub(super) fn enter(&mut self, tag: &Tag<'a>, is_root: bool) -> Mark {
        let mark = Mark { namespaces: self.namespaces.mark(), bases: self.bases.len() };
        if search::piece(b"xml", tag.rest.as_bytes()).is_some() {
            self.namespaces.declare(tag, is_root);
            if let Some(base) = self.base_at(tag) {
                self.bases.push(base);
            }
        }
        mark
    }

    pub(super) fn leave(&mut self, mark: Mark) {
        self.namespaces.forget(mark.namespaces);
        self.bases.truncate(mark.bases);
    }

    pub(super) fn namespace(&self, prefix: &str) -> Namespace {
        self.namespaces.of_prefix(prefix)
    }

    /// The `xml:base` in force, if the document has one.
    pub(super) fn base(&self) -> Option<&Url> {
        self.bases.last()
    }

    fn base_at(&self, tag: &Tag<'_>) -> Option<Url> {
        let written = xml_attribute(tag, "base")?;
        resolve(&written, self.base().or(self.document))
    }
}

/// `xml:lang` or `xml:base` of a tag.
pub(super) fn xml_attribute(tag: &Tag<'_>, local: &str) -> Option<String> {
    search::piece(b"xml:", tag.rest.as_bytes())?;
    let attribute = tag.attributes().find(|attribute| attribute.name.strip_prefix("xml:") == Some(local))?;
    let value = attribute.value();
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
