//! Pages laid out with a table, as they were until 2005: one cell holds the article, those beside it the menu, the news and
//! the number of visitors.
//!
//! To the search for the article such a table is one thing, because its cells share their row. So the cells around are taken
//! out before. This looks at nothing but how much of each cell is text and how much links.

use super::prose::Prose;
use dom_query::{Document, NodeRef};
use std::collections::HashSet;

/// The share of a page's prose, in percent, with which a cell is the article. Cells of a table with figures hold far less,
/// so that those tables stay whole.
const ARTICLE_PERCENT: usize = 50;

/// The part of all text, in percent, that lies in links where a cell beside the article is a menu. There are headings and
/// greetings between the links of a menu: text in an article is linked for a tenth or less.
const MENU_PERCENT: usize = 30;

/// The prose of a side column, in percent of the article's, above which it may be a second article.
const SIDE_PERCENT: usize = 15;

/// Takes the menus beside an article out of the page.
pub(super) fn remove_side_columns(document: &Document, prose: &Prose) {
    let Some(body) = document.body() else { return };
    let whole = prose.below(&body);
    let is_cell = |node: &NodeRef<'_>| node.has_name("td") || node.has_name("th");
    // Outer layout tables come first, so that the last of these is the innermost around the article.
    let is_article = |node: &NodeRef<'_>| is_cell(node) && prose.below(node) * 100 >= whole * ARTICLE_PERCENT;
    let around: Vec<_> = body.descendants_it().filter(is_article).collect();
    let articles: HashSet<_> = around.iter().map(|cell| cell.id).collect();
    for article in &around {
        let Some(row) = article.parent() else { continue };
        let Some(rows) = row.parent() else { continue };
        let beside = rows.children_it(false).flat_map(|row| row.children()).filter(is_cell);
        let is_side = |cell: &NodeRef<'_>| {
            let (all, outside_of_links) = (prose.with_links(cell), prose.below(cell));
            !articles.contains(&cell.id)
                && outside_of_links * 100 < prose.below(article) * SIDE_PERCENT
                && (all - outside_of_links) * 100 > all * MENU_PERCENT
        };
        let sides: Vec<_> = beside.filter(is_side).collect();
        sides.iter().for_each(NodeRef::remove_from_parent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;

    const SENTENCE: &str = "朝の川べりは静かで、鳥の声だけが聞こえていた。橋の下を、ゆっくりと水が流れていく。";
    const MENU: &str = "<p>最近の号</p><ul><li><a href=/1>渡し舟の最終便</a><li><a href=/2>橋の点検の日</a></ul><p>一万二千人目の読者です。</p>";

    fn text(body: &str) -> String {
        let page = format!("<html><head><title>春の朝</title></head><body>{body}</body></html>");
        extract(&page, &"https://site.example/".parse().unwrap()).unwrap().content.text
    }

    fn article() -> String {
        format!("<h1>春の朝</h1>{}", format!("<p>{SENTENCE}</p>").repeat(10))
    }

    #[test]
    fn the_menu_beside_an_article_is_left_out() {
        let article = article();
        let head = "<tr><td colspan=2><h2><a href=/>川向こう通信</a></h2><a href=/map>地図</a></td></tr>";
        for layout in [
            format!("<table>{head}<tr><td>{MENU}</td><td>{article}</td></tr></table>"),
            format!("<table>{head}<tr><td>{article}</td><td>{MENU}</td></tr></table>"),
            format!("<table>{head}<tr><td>{MENU}</td><td><table><tr><td>{article}</td></tr></table></td></tr></table>"),
            format!("<table>{head}<tr><td><table><tr><td>{article}</td><td>{MENU}</td></tr></table></td></tr></table>"),
        ] {
            let text = text(&layout);
            assert!(text.starts_with(SENTENCE), "{text}");
            for around in ["最近の号", "渡し舟", "読者です", "川向こう通信", "地図"] {
                assert!(!text.contains(around), "{around} is in {text}");
            }
        }
    }

    fn assert_stays(body: &str) {
        let document = Document::from(format!("<html><head></head><body>{body}</body></html>"));
        let before = document.html();
        remove_side_columns(&document, &Prose::of(&document));
        assert_eq!(document.html(), before);
    }

    #[test]
    fn a_second_column_of_text_stays() {
        let column = format!("<p>{SENTENCE}</p>").repeat(4);
        let note = format!("<p>{SENTENCE}<a href=\"/n\">注</a></p>");
        assert_stays(&format!(
            "<table><tr><td>{}</td><td>{column}</td></tr><tr><td colspan=\"2\">{note}</td></tr></table>",
            article()
        ));
    }

    #[test]
    fn a_table_within_an_article_stays_whole() {
        let rows = "<tr><td><a href=\"/1\">渡し舟</a></td><td>最終便は十八時。</td></tr>".repeat(3);
        assert_stays(&format!("<div>{}<table>{rows}</table></div>", article()));
        assert_stays(&format!("<table><tr><td>{}<table>{rows}</table></td></tr></table>", article()));
    }

    #[test]
    fn a_page_that_is_all_table_stays_whole() {
        assert_stays(&format!("<table>{}</table>", format!("<tr><td>{SENTENCE}</td><td>{MENU}</td></tr>").repeat(3)));
        assert_stays("<table><tr><td></td><td><a href=\"/\">x</a></td></tr></table>");
    }
}
