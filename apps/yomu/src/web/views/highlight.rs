//! Found words, highlighted.

use yomu_model::search::{self, Part, Query};

use super::Piece;
use crate::web::limits::SNIPPET_HTML_BYTES_MAX;

/// A title with the words of the query.
pub(in crate::web) fn highlighted(query: &Query, title: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for hit in search::highlight(query, Part::Title, title) {
        push(&mut pieces, &title[at..hit.start], false);
        push(&mut pieces, &title[hit.clone()], true);
        at = hit.end;
    }
    push(&mut pieces, &title[at..], false);
    pieces
}

/// Some of a text around the first word of the query.
pub(in crate::web) fn snippet(query: &Query, text: &str, chars_max: usize) -> Vec<Piece> {
    let snippet = search::snippet(query, text, chars_max);
    snippet.pieces.into_iter().map(|piece| Piece { text: piece.text, hit: piece.hit }).collect()
}

/// The text of safe HTML, as good as a snippet needs it: tags become blanks where they end a line, and the five named
/// characters that our own writer escapes are put back.
pub(in crate::web) fn plain_text(html: &str) -> String {
    let html = &html[..html.floor_char_boundary(SNIPPET_HTML_BYTES_MAX)];
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let Some(end) = rest[start..].find('>') else { return text };
        if !is_inline(&rest[start + 1..]) {
            text.push(' ');
        }
        rest = &rest[start + end + 1..];
    }
    text.push_str(rest);
    unescape(&text)
}

/// Whether the text goes on over a tag: `<b>un</b>finished` is one word.
fn is_inline(tag: &str) -> bool {
    const INLINE: [&str; 15] =
        ["a", "abbr", "b", "code", "del", "em", "i", "ins", "mark", "ruby", "small", "span", "strong", "sub", "sup"];
    let name = tag.trim_start_matches('/');
    let end = name.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(name.len());
    INLINE.contains(&&name[..end])
}

fn unescape(text: &str) -> String {
    const NAMES: [(&str, char); 6] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&nbsp;", '\u{a0}')];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        let name = NAMES.iter().find(|(name, _)| rest[start..].starts_with(name));
        let (length, character) = name.map_or((1, '&'), |(name, character)| (name.len(), *character));
        out.push(character);
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

fn push(pieces: &mut Vec<Piece>, text: &str, hit: bool) {
    if !text.is_empty() {
        pieces.push(Piece { text: text.to_owned(), hit });
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        let query = Query::parse("東京 cat", &TimeZone::UTC);
        assert_eq!(marked(&highlighted(&query, "A Cat in 東京都")), "A [Cat] in [東京]都");
        assert_eq!(marked(&snippet(&query, "no such word", 50)), "no such word");
        assert_eq!(marked(&highlighted(&query, "")), "");
    }

    #[test]
    fn html_becomes_text() {
        assert_eq!(
            plain_text("<p>un<b>fin</b>ished &amp; <i>so</i></p><p>on &lt;b&gt; &copy;"),
            " unfinished & so  on <b> &copy;"
        );
        assert_eq!(plain_text("<p>cut <"), " cut ");
        assert_eq!(plain_text(""), "");
    }
}
