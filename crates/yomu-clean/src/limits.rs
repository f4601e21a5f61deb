//! Every bound on what comes from outside, with its reason.
//!
//! An HTML parser is linear only while trees are shallow and formatting is closed: looking for an open `<p>` walks the
//! whole stack of open elements, and every unclosed `<b id=1>` is opened again in each later paragraph. The bounds below
//! are kept *before* a parser sees the markup, so that its worst case is a small factor.

/// Bytes of one entry's HTML. The longest posts in real feeds are a few hundred kilobytes; what is longer than this is
/// an inlined image or an attack, and is cut at a tag's border.
pub const ENTRY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Bytes of a page from which an article is taken. Real articles with all their scripts stay under 3 MiB.
pub const PAGE_BYTES_MAX: usize = 5 * 1024 * 1024;

/// Elements given to a parser. Each costs about 200 bytes and a microsecond there, so this is 20 MB and 0.1 seconds.
pub const NODES_MAX: usize = 100_000;

/// Elements of a page given to the article extraction, which visits each of them several times.
pub const PAGE_NODES_MAX: usize = 30_000;

/// Open elements at one point. Hand-written pages stay under 40; table layouts inside table layouts reach 90.
pub const DEPTH_MAX: usize = 128;

/// Open elements at one point of a page from which an article is taken: that code's time grows with the square of it.
pub const PAGE_DEPTH_MAX: usize = 100;

/// Open elements that the short way over well-formed markup follows; deeper trees take the long way.
pub(crate) const FAST_DEPTH_MAX: usize = 48;

/// Formatting elements (`<b>`, `<font>`, ...) open at one point. Each one left open costs an element in every later block.
pub const FORMATTING_MAX: usize = 16;

/// Attributes of one element. The parser compares each new name with all before it.
pub const ATTRIBUTES_MAX: usize = 64;

/// Bytes of one tag. Inlined images make the longest honest ones.
pub const TAG_BYTES_MAX: usize = 128 * 1024;

/// Characters to escape in a tag longer than [`TEXT_PIECE_BYTES_MAX`]. Behind each of them, the parser's serializer searches the
/// rest of the value again; a `srcset` of 20 addresses with parameters has 100.
pub const TAG_ESCAPES_MAX: usize = 256;

/// Bytes of text given to the parser in one piece, for the same reason: 2 MiB of `°` in one piece took minutes.
pub const TEXT_PIECE_BYTES_MAX: usize = 1024;

/// Bytes of an address. Browsers and servers stop at 2 to 8 KiB.
pub const URL_BYTES_MAX: usize = 4096;

/// Bytes of an inlined `data:` image: an icon or a small diagram, not a photograph in every list row.
pub const DATA_IMAGE_BYTES_MAX: usize = 32 * 1024;

/// Bytes of an `alt`, `title` or similar text.
pub const ATTRIBUTE_TEXT_BYTES_MAX: usize = 2048;

/// Candidates of one `srcset`. WordPress writes up to 10, image services up to 20.
pub const SRCSET_CANDIDATES_MAX: usize = 24;

/// Pixels of a believable width or height.
pub const DIMENSION_MAX: u32 = 20_000;

/// Bytes of one JSON-LD block; the largest honest ones list a whole site's breadcrumbs.
pub const JSON_LD_BYTES_MAX: usize = 512 * 1024;

/// JSON-LD blocks of one page.
pub const JSON_LD_BLOCKS_MAX: usize = 16;

/// Characters of a title, byline or site name.
pub const METADATA_CHARS_MAX: usize = 300;

/// `<meta>` elements and dates kept of one page; real heads have 20 to 60.
pub const METADATA_ENTRIES_MAX: usize = 200;
