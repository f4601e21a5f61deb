//! Every bound on what a document may make us keep, with its reason. Time needs no bound of its own: all readers here
//! pass over their input once.

/// Entries kept of one feed unless the caller says otherwise.
///
/// Complete archives exist (the longest feed known to us lists 1,045 entries, some podcasts about 3,000), so the bound
/// lies above them; at a typical 5 kB an entry, 5,000 of them are the 25 MB that one feed may cost at all.
pub const ENTRIES_MAX: usize = 5_000;

/// Open elements remembered at a time. Real feeds nest seven deep outside of content; content is not walked.
pub const DEPTH_MAX: usize = 64;

/// Namespace declarations in force at a time. Feeds with many extensions declare about twenty.
pub const NAMESPACES_MAX: usize = 256;

/// Bytes of a title. Lists show some hundred characters; feeds without titles put whole posts there.
pub const TITLE_BYTES_MAX: usize = 2_048;

/// Bytes of an identifier, and of a name, category or other short text.
pub const SHORT_TEXT_BYTES_MAX: usize = 2_048;

/// Bytes of an address. Servers refuse request lines above 8 KiB; `data:` images belong into content.
pub const URL_BYTES_MAX: usize = 8_192;

/// Bytes of an address that relative ones start from, up to the end of its path. The longest path of a feed known to us
/// has about a hundred; each relative address, however short, becomes as long.
pub const BASE_BYTES_MAX: usize = 1_024;

/// Bytes of one entry's content. The longest books published as one entry stay below it.
pub const CONTENT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Authors kept of a feed or an entry. Physics papers name thousands; nobody reads that line.
pub const AUTHORS_MAX: usize = 32;

/// Categories kept of an entry.
pub const CATEGORIES_MAX: usize = 64;

/// Enclosures kept of an entry. Photo galleries attach about fifty.
pub const ENCLOSURES_MAX: usize = 64;

/// Problems reported of one document. More than this says nothing new.
pub const PROBLEMS_MAX: usize = 32;

/// Unreadable dates among them. Whoever writes one wrongly writes all wrongly.
pub const BAD_DATES_MAX: usize = 8;

/// Bytes of a foreign text quoted in a problem.
pub const QUOTE_BYTES_MAX: usize = 80;

/// Bytes looked through for the root element when something else comes first, such as warnings printed by PHP.
pub const JUNK_BYTES_MAX: usize = 64 * 1024;

/// Bytes given to encoding detection, counted from the first byte outside ASCII. It needs a few hundred.
pub const DETECT_BYTES_MAX: usize = 64 * 1024;

/// Bytes in which a document may declare its encoding: HTML says 1,024, but long comments and scripts come first in
/// real pages.
pub const DECLARATION_BYTES_MAX: usize = 8 * 1024;

/// Bytes of a text tried as a date. The longest spelling we know has 60.
pub const DATE_BYTES_MAX: usize = 128;

/// Outlines read of one OPML document; the largest public lists have some thousand.
pub const OUTLINES_MAX: usize = 50_000;

/// Folders an outline may be in, one within another. Deeper ones are put into the deepest that counts.
pub const FOLDERS_DEPTH_MAX: usize = 16;

/// Bytes of their names together: four of 200 characters of three bytes each. Every outline has its own copy, and with
/// sixteen long ones a list of two megabytes would need more than a gigabyte.
pub const FOLDERS_BYTES_MAX: usize = 2_400;

/// Feeds and icons proposed for one page.
pub const CANDIDATES_MAX: usize = 64;
