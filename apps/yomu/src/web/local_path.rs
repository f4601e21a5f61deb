//! An address within the program, to return to after a form.

use serde::Deserialize;

use yomu_model::ids::EntryId;

use super::limits::LOCAL_PATH_BYTES_MAX;
use super::list_name::ListName;

/// A path with its query on this server. Whatever else a form holds becomes `/`, so that no link can send a reader
/// elsewhere by way of us.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(super) struct LocalPath(String);

impl LocalPath {
    /// The address, fit for a `Location` header.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The same page, scrolled to an element unless it says so already.
    pub(super) fn at_element(&self, id: &str) -> String {
        if self.0.contains('#') { self.0.clone() } else { format!("{}#{id}", self.0) }
    }

    /// The path without its query.
    pub(super) fn path(&self) -> &str {
        self.0.split(['?', '#']).next().unwrap_or_default()
    }

    /// The same page, unless it is the entry's own: then the list that its address names. For marks after which the
    /// entry's page is no place to stay: it is gone, or would mark itself read again.
    pub(super) fn unless_entry(&self, id: EntryId) -> String {
        if self.path() == format!("/entries/{id}") { list_named_in(&self.0) } else { self.0.clone() }
    }
}

fn list_named_in(entry_path: &str) -> String {
    let query = entry_path.split_once('?').map_or("", |(_, query)| query);
    let named = query.split('&').find_map(|pair| match pair.split_once('=')? {
        ("from", name) => name.parse().ok().map(ListName::path),
        ("q", _) => Some(format!("/search?{pair}")),
        _ => None,
    });
    named.unwrap_or_else(|| "/unread".to_owned())
}

impl Default for LocalPath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl From<String> for LocalPath {
    fn from(text: String) -> Self {
        // Browsers read `//host`, `/\host` and a tab between the slashes as another host.
        let is_local = text.starts_with('/')
            && !text.starts_with("//")
            && text.len() <= LOCAL_PATH_BYTES_MAX
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if is_local { Self(text) } else { Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_ours_is_kept() {
        for path in ["/", "/unread?order=oldest", "/search?q=%E7%8C%AB", "/entries/1?from=feed-2#e3"] {
            assert_eq!(LocalPath::from(path.to_owned()).as_str(), path);
        }
    }

    #[test]
    fn anything_that_may_lead_elsewhere_becomes_the_front_page() {
        for path in [
            "",
            "unread",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: a=b",
            "/猫",
        ] {
            assert_eq!(LocalPath::from(path.to_owned()).as_str(), "/", "{path:?}");
        }
        assert_eq!(LocalPath::from(format!("/{}", "a".repeat(LOCAL_PATH_BYTES_MAX))).as_str(), "/");
    }

    #[test]
    fn an_entry_that_is_left_gives_way_to_its_list() {
        for (back, to) in [
            ("/entries/1?from=feed-2-all", "/feeds/2?show=all"),
            ("/entries/1?text=feed&from=saved", "/saved"),
            ("/entries/1?q=%E7%8C%AB", "/search?q=%E7%8C%AB"),
            ("/entries/1?from=//evil.example", "/unread"),
            ("/entries/1", "/unread"),
            ("/entries/12?from=saved", "/entries/12?from=saved"),
            ("/starred", "/starred"),
        ] {
            assert_eq!(LocalPath::from(back.to_owned()).unless_entry(EntryId::new(1)), to, "{back}");
        }
    }
}
