//! Which part of a page is the article.

use super::dominant::dominant_part;
use crate::clean::{Cleaned, Context, Problem, clean, cut};
use crate::limits::PAGE_BYTES_MAX;
use crate::markup::prune::{Bounds, prune};
use crate::script::Script;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use url::Url;

/// Characters (a Japanese one counts twice) below which a find is doubted.
const DOUBTFUL: usize = 600;

/// The article of a page, cleaned; none when there is hardly any text.
pub(super) fn body(page: &str, url: &Url, context: &Context<'_>) -> Option<Cleaned> {
    let (page, too_long) = cut(page, PAGE_BYTES_MAX);
    let pruned = prune(page, &Bounds::PAGE);
    let document = Document::from(&*pruned.html);
    let dominant = dominant_part(&document).map(|html| clean(&html, context)).filter(|part| !part.text.is_empty());
    let readable = readable(&pruned.html, url).map(|html| clean(&html, context)).filter(|part| !part.text.is_empty());
    let mut article = match (readable, dominant) {
        // Readability looks for paragraphs. A page without them (tables, `<br>`, lists of notes) gives it a fragment.
        (Some(readable), Some(dominant))
            if weight(&readable.text) < DOUBTFUL && weight(&dominant.text) > 2 * weight(&readable.text) =>
        {
            dominant
        }
        (Some(readable), _) => readable,
        (None, dominant) => dominant?,
    };
    if too_long {
        article.problems.push(Problem::TooLong);
    }
    if pruned.cut {
        article.problems.push(Problem::TooManyElements);
    }
    Some(article)
}

/// What Mozilla's algorithm finds. It knows the commas of Latin, Arabic and Chinese text as a sign of prose, but not the
/// Japanese one, and in one place the Latin one only; so that one is lent to it.
fn readable(page: &str, url: &Url) -> Option<String> {
    let config = Config { keep_classes: true, disable_json_ld: true, char_threshold: 250, ..Config::default() };
    let lent = page.replace('、', LENT_COMMA);
    let article = Readability::new(lent, Some(url.as_str()), Some(config)).ok()?.parse().ok()?;
    Some(article.content.replace(LENT_COMMA, "、"))
}

/// A Latin comma with a private character that no page uses.
const LENT_COMMA: &str = ",\u{f8fe}";

/// The length of a text as it is seen: a Japanese character weighs like two Latin ones.
fn weight(text: &str) -> usize {
    text.chars().map(|character| if Script::of(character).is_cjk() { 2 } else { 1 }).sum()
}
