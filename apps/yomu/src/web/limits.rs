//! Every bound on what a browser sends and a page shows, with its reason. Bounds on feeds and texts stand beside what
//! reads them.

use std::time::Duration;

/// Entries on one page of a list: many screens full, and 15 KB on the wire.
pub(crate) const LIST_ENTRIES: u32 = 100;

/// Results on one page of a search. Fewer than in a list, because the body of each may be read to show the words.
pub(crate) const SEARCH_RESULTS: u32 = 25;

/// Highlights on one page of all of them: each is a paragraph or two.
pub(crate) const HIGHLIGHTS_ON_PAGE: u32 = 50;

/// Tags beside every page: those that were given last. The others are a click away.
pub(crate) const TAGS_IN_PLACES: u32 = 12;

/// Tags to complete a name from. More would make each page of an entry heavy.
pub(crate) const TAGS_TO_COMPLETE: u32 = 200;

/// Columns of an excerpt in a list, a Japanese character counting as two: what fits on two lines.
pub(crate) const EXCERPT_COLUMNS: usize = 150;

/// Characters around a found word.
pub(crate) const SNIPPET_CHARS: usize = 160;

/// Bytes of a body's HTML in which a found word is looked for. Where it stands deeper, the excerpt is shown.
pub(crate) const SNIPPET_HTML_BYTES_MAX: usize = 256 * 1024;

/// Bytes of a form. The largest is a feed's settings: 500 rules of a line each are 50 KB.
pub(crate) const FORM_BYTES_MAX: usize = 1024 * 1024;

/// Bytes of an uploaded file. Ten thousand feeds are 2 MB; pages with their texts, as wallabag exports them, are 10 KB each.
pub(crate) const IMPORT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Pages that could not be fetched, listed with the reasons.
pub(crate) const PAGE_FAILURES_SHOWN: u32 = 100;

/// What counts as new on the page about an import, when it is asked of no certain one: whoever moves in looks again within
/// a day.
pub(crate) const IMPORT_LATELY: Duration = Duration::from_secs(24 * 3600);

/// Feeds in trouble whose remedies stand in the list of feeds, 2 KB each. When more fail, as in a night without a network,
/// the page of what is wrong has them all.
pub(crate) const REMEDIES_IN_FEEDS: usize = 20;

/// Bytes of a local address to return to: a search of 1,000 Japanese characters is 9 KB when it is escaped.
pub(crate) const LOCAL_PATH_BYTES_MAX: usize = 10 * 1024;

/// Files of an entry whose playing positions are kept: as many as apps can number.
pub(crate) const MEDIA_FILES_MAX: u32 = 1024;

/// Entries that are marked by one form: ten pages of a list that was scrolled through.
pub(crate) const MARKED_AT_ONCE_MAX: usize = 1_000;

/// Pages that hear of changes at once, in one process; each is a waiting connection of some kilobytes.
pub(crate) const EVENT_STREAMS_MAX: usize = 2_000;

/// How long a page hears of changes before it has to ask again: a session that ended hears for so long at most.
pub(crate) const EVENTS_LAST: Duration = Duration::from_secs(5 * 60);

/// A body of which nothing comes for so long is given up: even a phone in a tunnel sends something.
pub(crate) const BODY_STALLS: Duration = Duration::from_secs(15);

/// Time between two words of a change. A refresh of many feeds changes the counts many times a second.
pub(crate) const EVENTS_APART: Duration = Duration::from_millis(500);

/// Proxies close connections without a word after a minute or so.
pub(crate) const LINE_KEPT_ALIVE: Duration = Duration::from_secs(25);

/// How long a notice waits for its page.
pub(crate) const NOTICE_SECONDS: u32 = 60;

/// A picture that is not there is not asked for again for so long: a page that is opened twice asks once.
pub(crate) const NO_PICTURE_SECONDS: u32 = 300;

/// How long the choice of a language is remembered.
pub(crate) const LANGUAGE_SECONDS: u32 = 365 * 24 * 3600;

/// How long a browser keeps the cookie of a sign-in that is under way; what is sealed in it says the same.
pub(crate) const SIGN_IN_SECONDS: u32 = 15 * 60;

/// Feeds that fail, as an admin sees them: what a person looks through.
pub(crate) const TROUBLED_FEEDS_MAX: u32 = 100;
