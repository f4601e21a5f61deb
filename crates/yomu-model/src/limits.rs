//! Every bound of this crate, with its reason
//!
//! Bounds on bytes from the network are not here: the fetcher has its own.

use std::time::Duration;

/// Text of one entry that search looks at, in bytes. A long novel is 1 MB; more is a dump.
pub const SEARCH_TEXT_BYTES_MAX: usize = 2 * 1024 * 1024;

/// A longer token is cut here, when indexed and when asked for. The longest words of languages with spaces stay below
/// 100 bytes; what is longer is a hash or Base64. PostgreSQL would refuse a lexeme above 2,046.
pub const TOKEN_BYTES_MAX: usize = 128;

/// Tokens of a title that are indexed. Titles are sentences; some feeds put the whole article there.
pub const TITLE_TOKENS_MAX: u32 = 1024;

/// Last position at which a token can be part of a phrase. PostgreSQL counts positions up to 16,383 and puts every later
/// word there. We use 16,383 for such words ourselves and leave 16,382 empty, so that no phrase matches by accident.
pub const PHRASE_POSITION_MAX: u32 = 16_381;

/// Occurrences of one token that keep their position. PostgreSQL keeps 256.
pub const TOKEN_OCCURRENCES_MAX: u16 = 255;

/// Bytes of tokens and positions indexed for one entry. PostgreSQL's limit is 1 MiB (1,048,575) for both together.
pub const INDEX_BYTES_MAX: usize = 1_000_000;

/// Characters of a query that are read. Longer than any question; a pasted article is cut.
pub const QUERY_CHARS_MAX: usize = 1_000;

/// Words and phrases in one query. Each costs one look-up in the index.
pub const QUERY_TERMS_MAX: usize = 32;

/// Tokens in one word or phrase of a query: a Japanese sentence of 64 characters.
pub const TERM_TOKENS_MAX: usize = 64;

/// The shortest time between two checks of a feed. Fifteen minutes is what publishers accept of a polite reader
/// (Reddit and YouTube answer 429 to less), and news is not older for it.
pub const CHECK_INTERVAL_MIN: Duration = Duration::from_secs(15 * 60);

/// The longest time between two checks. A feed that was silent for years still shows its new entry within a day.
pub const CHECK_INTERVAL_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// The interval of a feed about which nothing is known.
pub const CHECK_INTERVAL_FIRST: Duration = Duration::from_secs(60 * 60);

/// The longest `Retry-After` that is obeyed. Servers have been seen to ask for years by mistake.
pub const RETRY_AFTER_MAX: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Entries whose dates say how often a feed publishes. Older ones would say how often it once did.
pub const RHYTHM_ENTRIES_MAX: usize = 20;

/// Filter rules of one feed or one user. Each new entry is held against all of them.
pub const RULES_MAX: usize = 500;

/// Characters of one filter pattern.
pub const PATTERN_CHARS_MAX: usize = 1_000;

/// Memory of one compiled regular expression. `\w{100}` with Unicode needs about 1 MB; a bomb needs gigabytes.
pub const REGEX_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Nesting of one regular expression: nobody writes 50 parentheses by hand.
pub const REGEX_NESTING_MAX: u32 = 50;

/// Text of one field that filters look at, in bytes. The words that name an advertisement stand near the beginning.
pub const FILTER_TEXT_BYTES_MAX: usize = 256 * 1024;

/// Characters of a folder's or feed's name: what still fits in a list on one or two lines.
pub const NAME_CHARS_MAX: usize = 200;

/// Tags of one entry: more are a classification scheme, not words for finding it again.
pub const TAGS_PER_ENTRY_MAX: usize = 50;

/// Characters of a highlighted passage: some pages. Whoever wants more stars the entry.
pub const PASSAGE_CHARS_MAX: usize = 5_000;

/// Characters before and behind a passage that are kept with it: half a sentence tells two equal passages apart.
pub const CONTEXT_CHARS: usize = 32;

/// Places of equal words that are compared. A passage that occurs more often is a word, and any of its places is right.
pub const CANDIDATES_MAX: usize = 256;

/// Characters of a note about a passage.
pub const NOTE_CHARS_MAX: usize = 10_000;

/// Bytes of an address. Browsers and servers agree on about 2,000 to 8,000.
pub const ADDRESS_BYTES_MAX: usize = 4_096;

/// The longest beginning of `text` that has at most `bytes_max` bytes and ends with a whole character.
pub(crate) fn cut(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}
