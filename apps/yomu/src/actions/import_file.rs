//! Takes in a file of another program: the feeds of a reader, or the pages that were kept elsewhere. Which it is, its
//! content says, never its name.

use yomu_feed::Problem;
use yomu_feed::opml::{self, ReadOpml};
use yomu_import::Library;
use yomu_model::ids::UserId;

use super::import_opml::{Imported, import_list};
use super::import_pages::{ImportedPages, import_library};
use crate::trouble::{ActionError, Trouble};
use crate::{App, archive};

/// What a file was, and what its import came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportedFile {
    /// A subscription list.
    Feeds(Imported),
    /// Pages.
    Pages(ImportedPages),
}

/// Imports a file. `progress` hears how many feeds or pages of how many are done.
///
/// # Errors
/// Trouble when it is of no known kind, or nothing is in it; a failure of the database.
pub async fn import_file(
    app: &App,
    user: UserId,
    bytes: Vec<u8>,
    progress: impl FnMut(u64, u64),
) -> Result<ImportedFile, ActionError> {
    let read = app.compute(move || read(&bytes)).await;
    let read = read.ok_or_else(|| Trouble::new("stopped", "the program is stopping"))?;
    Ok(match read? {
        Content::Feeds(list) => ImportedFile::Feeds(import_list(app, user, list, progress).await?),
        Content::Pages(library) => ImportedFile::Pages(import_library(app, user, library, progress).await?),
    })
}

enum Content {
    Feeds(ReadOpml),
    Pages(Library),
}

fn read(bytes: &[u8]) -> Result<Content, Trouble> {
    if let Ok(library) = yomu_import::read(bytes) {
        return Ok(Content::Pages(library));
    }
    let list = opml::read(bytes);
    let other = list.problems.iter().find_map(|problem| match problem {
        Problem::NotOpml { what } => Some(*what),
        Problem::Empty => Some("empty"),
        _ => None,
    });
    match other.filter(|_| list.outlines.is_empty()) {
        Some(what) => Err(Trouble::new("not_a_library", refusal(bytes, what))),
        None => Ok(Content::Feeds(list)),
    }
}

/// The sentence about a file that is none of those, with what helps where something does.
fn refusal(bytes: &[u8], what: &str) -> String {
    if bytes.starts_with(b"PK\x03\x04") {
        return "the file is a ZIP archive; unpack it, and import the files in it".to_owned();
    }
    if bytes.starts_with(archive::BEGINNING) {
        return "the file is an archive of Yomu; take it in on the command line: `yomu import FILE`".to_owned();
    }
    format!(
        "the file is {what}, and none of those that can be imported: subscriptions (OPML), or pages of Pocket, Instapaper, \
         Omnivore, wallabag, Readeck or a browser's bookmarks"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_content() {
        let kind = |bytes: &[u8]| match read(bytes) {
            Ok(Content::Feeds(_)) => "feeds",
            Ok(Content::Pages(_)) => "pages",
            Err(_) => "neither",
        };
        let opml = "<?xml version=\"1.0\"?><opml><body><outline xmlUrl=\"https://a.example/feed\"/></body></opml>";
        let wide: Vec<u8> = [0xfeff].into_iter().chain(opml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!([kind(opml.as_bytes()), kind(&wide)], ["feeds"; 2]);
        assert_eq!(kind(b"<opml><body/></opml>"), "feeds", "an empty list is a list; the import says that it is empty");
        assert_eq!(kind(b"title,url,time_added,tags,status\n"), "pages");
        assert_eq!(kind(b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p></DL>"), "pages");
        assert_eq!([kind(b"dear diary"), kind(b""), kind(b"{}"), kind(b"<rss><channel/></rss>")], ["neither"; 4]);
    }

    #[test]
    fn what_is_none_of_those_is_told_in_one_sentence() {
        let said = |bytes: &[u8]| read(bytes).err().map(|trouble| trouble.text).unwrap_or_default();
        let known = "and none of those that can be imported: subscriptions (OPML), or pages of Pocket, Instapaper, \
                     Omnivore, wallabag, Readeck or a browser's bookmarks";
        for (bytes, what) in [
            (&b"dear diary"[..], "plain text"),
            (b"<rss><channel><title>A</title></channel></rss>", "a feed"),
            (b"<!doctype html><title>A</title>", "a web page"),
            (b"[1, 2]", "JSON"),
            (b"", "empty"),
        ] {
            assert_eq!(said(bytes), format!("the file is {what}, {known}"));
        }
        assert_eq!(said(b"PK\x03\x04\x14"), "the file is a ZIP archive; unpack it, and import the files in it");
        let own = [archive::BEGINNING, b"{}}\n"].concat();
        assert_eq!(said(&own), "the file is an archive of Yomu; take it in on the command line: `yomu import FILE`");
    }
}
