//! What a line must be besides well formed: an archive may have been written by anybody.

use jiff::Timestamp;
use yomu_model::address::FeedAddress;
use yomu_model::highlight::Quote;
use yomu_model::limits::TAGS_PER_ENTRY_MAX;
use yomu_model::name::{FolderName, TagName};
use yomu_store::{ArchivedEntry, ArchivedFeed, ArchivedState};

use super::Line;
use super::limits::{POSITIONS_MAX, TEXT_BYTES_MAX};
use crate::actions::reading::POSITION_MAX;
use crate::limits::HIGHLIGHTS_OF_ENTRY_MAX;

/// Says what is wrong with a line behind the first.
pub(super) fn check(line: &Line, has_feed: bool) -> Result<(), String> {
    match line {
        Line::YomuArchive(_) => Err("a second beginning".to_owned()),
        Line::Folder(title) => folder(title),
        Line::Feed(feed) => check_feed(feed),
        Line::Entry(_) if !has_feed => Err("an entry before any feed".to_owned()),
        Line::Entry(entry) => check_entry(entry),
        Line::End(_) => Ok(()),
    }
}

fn check_feed(feed: &ArchivedFeed) -> Result<(), String> {
    let ArchivedFeed { url, title, description, rules, .. } = feed;
    short(&[url, title, description, rules])?;
    let optional = [&feed.username, &feed.password, &feed.encoding, &feed.site_url, &feed.lang, &feed.own_title];
    short(&optional.into_iter().flatten().collect::<Vec<_>>())?;
    times(&[feed.created_at])?;
    feed.folder.as_deref().map_or(Ok(()), folder)?;
    if feed.saved_pages {
        return Ok(());
    }
    let has_scheme = url.starts_with("https://") || url.starts_with("http://");
    match FeedAddress::parse(url) {
        Ok(_) if has_scheme => Ok(()),
        Ok(_) => Err(format!("`{url}` is not an address of the web")),
        Err(problem) => Err(problem.to_string()),
    }
}

fn check_entry(entry: &ArchivedEntry) -> Result<(), String> {
    if !entry.has_hashes() {
        return Err("`identity` and `content_hash` have 32 hexadecimal digits each".to_owned());
    }
    let ArchivedEntry { url, title, author, excerpt, .. } = entry;
    short(&[url, title, author, excerpt])?;
    let optional =
        [&entry.site, &entry.lang, &entry.image_url, &entry.comments_url, &entry.enclosures, &entry.categories];
    short(&optional.into_iter().flatten().collect::<Vec<_>>())?;
    times(&[entry.published_at.unwrap_or(0), entry.sort_at, entry.created_at, entry.updated_at])?;
    if let Some(ArchivedState { read_at, starred_at, sort_at, changed_at, .. }) = entry.state {
        times(&[read_at.unwrap_or(0), starred_at.unwrap_or(0), sort_at, changed_at])?;
    }
    if let Some((permille, changed_at)) = entry.reading_position {
        times(&[changed_at])?;
        if permille > POSITION_MAX {
            return Err(format!("{permille} is beyond the end of a text, which is {POSITION_MAX}"));
        }
    }
    check_kept(entry)?;
    if entry.media_positions.len() > POSITIONS_MAX {
        return Err(format!("more than {POSITIONS_MAX} positions in media"));
    }
    Ok(())
}

fn check_kept(entry: &ArchivedEntry) -> Result<(), String> {
    let ArchivedEntry { tags, highlights, .. } = entry;
    if tags.len() > TAGS_PER_ENTRY_MAX {
        return Err(format!("more than {TAGS_PER_ENTRY_MAX} tags"));
    }
    if highlights.len() > HIGHLIGHTS_OF_ENTRY_MAX as usize {
        return Err(format!("more than {HIGHLIGHTS_OF_ENTRY_MAX} highlights"));
    }
    for tag in tags {
        TagName::parse(tag).map_err(|problem| format!("a tag cannot be called that: {problem}"))?;
    }
    for one in highlights {
        Quote::new(&one.exact, &one.prefix, &one.suffix).map_err(|problem| problem.to_string())?;
        short(&[&one.note])?;
        times(&[one.created_at])?;
    }
    Ok(())
}

fn folder(title: &str) -> Result<(), String> {
    FolderName::parse(title).map(drop).map_err(|problem| format!("a folder cannot be called that: {problem}"))
}

fn short(texts: &[&String]) -> Result<(), String> {
    match texts.iter().find(|text| text.len() > TEXT_BYTES_MAX) {
        Some(text) => Err(format!("a text of {} bytes where yomu keeps {TEXT_BYTES_MAX} at most", text.len())),
        None => Ok(()),
    }
}

fn times(milliseconds: &[i64]) -> Result<(), String> {
    match milliseconds.iter().find(|time| Timestamp::from_millisecond(**time).is_err()) {
        Some(time) => Err(format!("{time} is no time in milliseconds since 1970")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str =
        r#"{"url":"https://example.com/feed","title":"","description":"","full_text":false,"rules":"","created_at":0}"#;
    const ENTRY: &str = r#"{"identity":"00112233445566778899aabbccddeeff","content_hash":"00112233445566778899aabbccddeeff",
        "url":"","title":"","author":"","excerpt":"","reading_minutes":1,"sort_at":0,"created_at":0,"updated_at":0,
        "state":{"unread":true,"sort_at":0,"changed_at":0}}"#;

    fn said(kind: &str, line: &str, from: &str, to: &str) -> Result<(), String> {
        assert!(line.contains(from), "{from}");
        let text = format!("{{\"{kind}\":{}}}", line.replacen(from, to, 1));
        check(&serde_json::from_str(&text).map_err(|error| error.to_string())?, true)
    }

    #[test]
    fn what_yomu_writes_is_sound() {
        assert_eq!(said("feed", FEED, "feed", "rss"), Ok(()));
        assert_eq!(said("entry", ENTRY, "0", "0"), Ok(()));
    }

    #[test]
    fn what_it_never_writes_is_named() {
        let long = "x".repeat(TEXT_BYTES_MAX + 1);
        for (kind, line, from, to, says) in [
            ("feed", FEED, "https:", "javascript:", "`javascript:` addresses cannot be read"),
            ("feed", FEED, "https://", "", "`example.com/feed` is not an address"),
            ("feed", FEED, "\"created_at\":0", "\"created_at\":9223372036854775807", "9223372036854775807 is no time"),
            ("feed", FEED, "\"title\":\"\"", &format!("\"title\":\"{long}\""), "a text of"),
            ("entry", ENTRY, "00112233", "+0112233", "`identity` and `content_hash`"),
            (
                "entry",
                ENTRY,
                "\"changed_at\":0",
                "\"changed_at\":-9223372036854775808",
                "-9223372036854775808 is no time",
            ),
            ("entry", ENTRY, "\"excerpt\":\"\"", &format!("\"excerpt\":\"{long}\""), "a text of"),
        ] {
            let problem = said(kind, line, from, to).unwrap_err();
            assert!(problem.starts_with(says), "{problem}");
        }
        let entry = serde_json::from_str(&format!("{{\"entry\":{ENTRY}}}")).unwrap();
        assert_eq!(check(&entry, false), Err("an entry before any feed".to_owned()));
    }
}
