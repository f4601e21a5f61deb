//! HTML in, safe and readable HTML out.

use crate::limits::ENTRY_BYTES_MAX;
use crate::markup::prune::{Bounds, prune};
use crate::markup::scan::{scan_canonical, scan_strict};
use crate::sanitize::sanitized;
use crate::write::Writer;
use url::Url;

/// Where the HTML comes from and where it goes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// What relative addresses are relative to.
    pub base: Option<&'a Url>,
    /// The title shown above the text: a first heading that repeats it is left out.
    pub drop_title: Option<&'a str>,
}

/// The result of [`clean`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Well-formed HTML of known elements and attributes only, safe to show on any page.
    pub html: String,
    /// The text alone: white space collapsed, blocks on lines of their own.
    pub text: String,
    /// The absolute address of the first image that is more than an icon.
    pub image: Option<String>,
    /// What was lost on the way.
    pub problems: Vec<Problem>,
}

/// A bound that was reached; see [`crate::limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The HTML was longer than [`ENTRY_BYTES_MAX`]; the rest is missing.
    TooLong,
    /// There were more elements than [`crate::limits::NODES_MAX`]; the rest is missing.
    TooManyElements,
    /// Elements were nested deeper than [`crate::limits::DEPTH_MAX`]; their content is there, without them.
    TooDeep,
}

/// Makes HTML from outside safe and readable.
///
/// Scripts, styles, handlers, forms, frames and tracking go; addresses become absolute; images load lazily; videos of known
/// hosts become links in a `<figure class="embed" data-embed="address of the player">`.
///
/// ```
/// use yomu_clean::{Context, clean};
/// let base = "https://site.example/posts/1".parse().expect("a valid address");
/// let context = Context { base: Some(&base), drop_title: None };
/// let cleaned = clean("<p onclick=x()>See <a href=/2?utm_source=rss>more</a><script>track()</script>", &context);
/// assert_eq!(
///     cleaned.html,
///     r#"<p>See <a href="https://site.example/2" rel="noopener noreferrer nofollow">more</a></p>"#
/// );
/// assert_eq!(cleaned.text, "See more");
/// ```
pub fn clean(html: &str, context: &Context<'_>) -> Cleaned {
    let (html, too_long) = cut(html, ENTRY_BYTES_MAX);
    let mut cleaned = clean_well_formed(html, context).unwrap_or_else(|| clean_any(html, context));
    if too_long {
        cleaned.problems.insert(0, Problem::TooLong);
    }
    cleaned
}

/// The short way: markup whose meaning is beyond doubt, without a parser. Gives what [`clean_any`] gives, or nothing.
pub fn clean_well_formed(html: &str, context: &Context<'_>) -> Option<Cleaned> {
    let mut writer = Writer::new(context, html.len());
    scan_strict(html, &mut writer).ok()?;
    Some(writer.finish())
}

/// The long way: within bounds, through a real HTML parser and the sanitizer.
pub fn clean_any(html: &str, context: &Context<'_>) -> Cleaned {
    let mut pruned = prune(html, &Bounds::FRAGMENT);
    if pruned.html.starts_with(BYTE_ORDER_MARK) {
        // The parser takes one away; what pruning has brought to the front may be text.
        pruned.html.insert(0, BYTE_ORDER_MARK);
    }
    let canonical = sanitized(&pruned.html);
    let mut writer = Writer::new(context, canonical.len());
    let understood = scan_canonical(&canonical, &mut writer);
    debug_assert!(understood.is_ok(), "the sanitizer writes what we read: {canonical}");
    let mut cleaned = writer.finish();
    if pruned.cut {
        cleaned.problems.push(Problem::TooManyElements);
    }
    if pruned.flattened {
        cleaned.problems.push(Problem::TooDeep);
    }
    cleaned
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The beginning of `html`, at most this long, that does not end within a tag.
pub(crate) fn cut(html: &str, bytes_max: usize) -> (&str, bool) {
    if html.len() <= bytes_max {
        return (html, false);
    }
    let start = &html[..html.floor_char_boundary(bytes_max)];
    match start.rfind(['<', '>']) {
        Some(tag) if start.as_bytes()[tag] == b'<' => (&start[..tag], true),
        _ => (start, true),
    }
}
