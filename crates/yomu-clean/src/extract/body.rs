//! Where on a page the article stands.

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use url::Url;

use crate::limits::PAGE_BYTES_MAX;
use crate::markup::prune::{Bounds, prune};

/// Elements that say themselves that they hold the article, the most certain first.
const LABELLED: &str = "[itemprop='articleBody'], article, main, [role='main'], .entry-content, .post-content, .entry-body, \
    #content, #main";

/// What stands around an article.
const AROUND: &str = "nav, header, footer, aside, form, script, style, noscript, template, iframe, [role='navigation'], \
    [role='banner'], [role='contentinfo'], [aria-hidden='true'], [hidden]";

/// The HTML of what may be the article, the most likely first. Each is made only when it is asked for.
pub(super) fn candidates<'a>(page: &'a str, base: &'a Url) -> impl Iterator<Item = String> + 'a {
    let steps: [fn(&str, &Url) -> Option<String>; 2] = [by_score, by_label];
    let pruned = pruned(page);
    steps.into_iter().filter_map(move |step| step(&pruned, base))
}

/// The whole page without what stands around articles.
pub(super) fn whole(page: &str) -> Option<String> {
    let document = Document::from(pruned(page));
    document.select(AROUND).remove();
    document.body().map(|body| body.inner_html().to_string())
}

/// Mozilla's Readability. It scores paragraphs by their length and commas, Japanese ones too, and its threshold is meant
/// for English: 500 characters there are about 200 here.
fn by_score(page: &str, base: &Url) -> Option<String> {
    let config = Config {
        char_threshold: 200,
        // The sanitizer keeps the classes that say a code's language, and no others.
        keep_classes: true,
        disable_json_ld: true,
        ..Config::default()
    };
    let mut readability = Readability::new(page, Some(base.as_str()), Some(config)).ok()?;
    readability.parse().ok().map(|article| article.content.to_string())
}

/// The longest element that says that it is the article.
fn by_label(page: &str, _: &Url) -> Option<String> {
    let document = Document::from(page);
    document.select(AROUND).remove();
    let labelled = document.select(LABELLED);
    let longest = labelled.nodes().iter().max_by_key(|node| node.text().len())?;
    Some(longest.inner_html().to_string())
}

/// The page within bounds. Without them the code above takes time that grows with the square of the depth.
fn pruned(page: &str) -> String {
    let page = &page[..page.floor_char_boundary(PAGE_BYTES_MAX)];
    prune(page, &Bounds::PAGE).html
}
