//! Which part of a page is the article.

use super::columns::remove_side_columns;
use super::dominant::take_dominant_part;
use super::prose::Prose;
use crate::clean::{Cleaned, Context, Problem, clean, cut};
use crate::limits::PAGE_BYTES_MAX;
use crate::markup::prune::{Bounds, prune};
use crate::markup::token::{Token, Tokens};
use crate::script::Script;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use std::panic::{AssertUnwindSafe, catch_unwind};
use url::Url;

/// Characters outside of links (a Japanese one counts twice) below which a find is doubted.
const DOUBTFUL: usize = 600;

/// The article of a page, cleaned; none when there is nothing to read or see.
pub(super) fn body(page: &str, context: &Context<'_>) -> Option<Cleaned> {
    let (page, too_long) = cut(page, PAGE_BYTES_MAX);
    let pruned = prune(page, &Bounds::PAGE);
    let document = Document::from(&*pruned.html);
    let prose = Prose::of(&document);
    prose.remove_small_forms(&document);
    remove_side_columns(&document, &prose);
    let cleaned =
        |html: String| Some(clean(&html, context)).filter(|part| !part.text.is_empty() || part.image.is_some());
    let readable = readable(&document.html(), context.base).and_then(cleaned);
    // Readability looks for paragraphs. A page without them (tables, `<br>`, lists of notes) gives it a fragment.
    let mut article = match readable {
        Some(readable) if prose_weight(&readable.html) >= DOUBTFUL => readable,
        doubtful => {
            let dominant = take_dominant_part(&document, &prose).and_then(cleaned);
            let weight = |part: &Option<Cleaned>| part.as_ref().map_or(0, |part| prose_weight(&part.html));
            if weight(&dominant) > 2 * weight(&doubtful) { dominant? } else { doubtful? }
        }
    };
    while let Some(inside) = without_wrapper(&article.html) {
        article.html = inside.to_owned();
    }
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
fn readable(page: &str, url: Option<&Url>) -> Option<String> {
    let config = Config { keep_classes: true, disable_json_ld: true, char_threshold: 250, ..Config::default() };
    let lent = page.replace('、', LENT_COMMA);
    // It slices text and compares floats without looking twice. A page that makes it panic has no article by this way.
    let find = || Readability::new(lent, url.map(Url::as_str), Some(config)).ok()?.parse().ok();
    let article = catch_unwind(AssertUnwindSafe(find)).ok().flatten()?;
    Some(article.content.replace(LENT_COMMA, "、"))
}

/// A Latin comma with a private character that no page uses.
const LENT_COMMA: &str = ",\u{f8fe}";

/// The inside of a `<div>` or the like that holds everything and says nothing.
fn without_wrapper(html: &str) -> Option<&str> {
    let inside = html.strip_prefix('<')?;
    let is_start = |name: &&str| inside.strip_prefix(*name).is_some_and(|rest| rest.starts_with('>'));
    let name = ["div", "article", "main", "section"].into_iter().find(is_start)?;
    let (start, end) = (name.len() + 2, html.len().checked_sub(name.len() + 3)?);
    let mut depth = 0_usize;
    let mut tokens = Tokens::new(html);
    for token in tokens.by_ref() {
        match token {
            Token::Start(start) if start.name == name => depth += 1,
            Token::End(end) if end == name => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    (tokens.offset() == html.len()).then(|| html.get(start..end))?
}

/// The length of the text outside of links, as it is seen: a Japanese character weighs like two Latin ones.
fn prose_weight(html: &str) -> usize {
    let mut weight = 0;
    let mut in_link = false;
    for token in Tokens::new(html) {
        match token {
            Token::Start(start) if start.name == "a" => in_link = true,
            Token::End("a") => in_link = false,
            Token::Text(text) if !in_link => {
                weight +=
                    text.chars().map(|character| if Script::of(character).is_cjk() { 2 } else { 1 }).sum::<usize>();
            }
            _ => {}
        }
    }
    weight
}
