//! OPML out: version 2.0, readable by every reader, and equal when read again.

use super::{Outline, is_foreign};
use crate::markup::escape;

/// Writes a list of subscriptions. Feeds stay in their order; a folder is opened again where another one came between.
pub fn write(title: &str, outlines: &[Outline]) -> String {
    let mut opml = String::with_capacity(256 + outlines.len() * 200);
    opml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>");
    text(title, &mut opml);
    opml.push_str("</title>\n  </head>\n  <body>\n");
    let mut open: &[String] = &[];
    for outline in outlines {
        let shared = open.iter().zip(&outline.folders).take_while(|(a, b)| a == b).count();
        close(open.len(), shared, &mut opml);
        for (depth, folder) in outline.folders.iter().enumerate().skip(shared) {
            indent(depth, &mut opml);
            opml.push_str("<outline");
            attribute("text", folder, &mut opml);
            attribute("title", folder, &mut opml);
            opml.push_str(">\n");
        }
        open = &outline.folders;
        feed(outline, &mut opml);
    }
    close(open.len(), 0, &mut opml);
    opml.push_str("  </body>\n</opml>\n");
    opml
}

fn feed(outline: &Outline, opml: &mut String) {
    indent(outline.folders.len(), opml);
    opml.push_str("<outline type=\"rss\"");
    // `text` is required, even where there is nothing to say.
    attribute("text", &outline.title, opml);
    attribute("title", &outline.title, opml);
    attribute("xmlUrl", &outline.xml_url, opml);
    if let Some(url) = &outline.html_url {
        attribute("htmlUrl", url, opml);
    }
    if let Some(description) = &outline.description {
        attribute("description", description, opml);
    }
    if !outline.categories.is_empty() {
        attribute("category", &outline.categories.join(","), opml);
    }
    opml.push_str("/>\n");
}

fn close(open: usize, keep: usize, opml: &mut String) {
    for depth in (keep..open).rev() {
        indent(depth, opml);
        opml.push_str("</outline>\n");
    }
}

fn indent(depth: usize, opml: &mut String) {
    for _ in 0..depth + 2 {
        opml.push_str("  ");
    }
}

fn attribute(name: &str, value: &str, opml: &mut String) {
    opml.push(' ');
    opml.push_str(name);
    opml.push_str("=\"");
    text(value, opml);
    opml.push('"');
}

/// Escaped, without the characters that XML cannot hold even escaped.
fn text(text: &str, opml: &mut String) {
    match text.contains(is_foreign) {
        true => escape(&text.replace(is_foreign, ""), opml),
        false => escape(text, opml),
    }
}
