//! From bytes to a library: the format is recognised by its content, never by a name

use std::fmt;

use serde_json::Value;

use crate::library::{Item, Library, Source, What};
use crate::{bookmarks, csv, instapaper, json, omnivore, pocket, readeck, wallabag};

/// A file is none that this crate reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotALibrary;

impl fmt::Display for NotALibrary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the file is none of Pocket, Instapaper, Omnivore, wallabag or Readeck, and no file of bookmarks"
        )
    }
}

impl std::error::Error for NotALibrary {}

/// Reads a file, whichever it is. One that is broken somewhere is read up to there.
///
/// # Errors
/// When the content is of no known kind.
pub fn read(bytes: &[u8]) -> Result<Library, NotALibrary> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[' | b'{') => read_json(bytes),
        Some(b'<') => {
            let text = String::from_utf8_lossy(bytes);
            if bookmarks::is_like(&text) { Ok(bookmarks::read(&text)) } else { Err(NotALibrary) }
        }
        _ => read_csv(&String::from_utf8_lossy(bytes)),
    }
}

type ReadRow = fn(&csv::Header, &[String]) -> Item;

fn read_csv(text: &str) -> Result<Library, NotALibrary> {
    let mut records = csv::records(text);
    let header = csv::Header::new(&records.next().ok_or(NotALibrary)?);
    let (source, item): (Source, ReadRow) = match () {
        () if pocket::is_header(&header) => (Source::Pocket, pocket::item),
        () if instapaper::is_header(&header) => (Source::Instapaper, instapaper::item),
        () => return Err(NotALibrary),
    };
    let mut library = Library::of(source);
    for (index, record) in records.enumerate() {
        if !library.take(index + 1, item(&header, &record)) {
            break;
        }
    }
    Ok(library)
}

fn read_json(bytes: &[u8]) -> Result<Library, NotALibrary> {
    let mut library: Option<Library> = None;
    let mut record = 0;
    let mut is_other = false;
    let is_whole = json::for_each(bytes, |value| {
        record += 1;
        if library.is_none() {
            library = source_of(&value).map(Library::of);
        }
        let Some(library) = &mut library else {
            is_other = true;
            return false;
        };
        let item = match library.source {
            Source::Wallabag => wallabag::item(&value),
            Source::Readeck => readeck::item(&value),
            _ => omnivore::item(&value),
        };
        library.take(record, item)
    });
    let mut library = library.filter(|_| !is_other).ok_or(NotALibrary)?;
    if !is_whole {
        library.problem(record + 1, What::Broken);
    }
    Ok(library)
}

fn source_of(value: &Value) -> Option<Source> {
    match () {
        () if wallabag::is_like(value) => Some(Source::Wallabag),
        () if readeck::is_like(value) => Some(Source::Readeck),
        () if omnivore::is_like(value) => Some(Source::Omnivore),
        () => None,
    }
}
