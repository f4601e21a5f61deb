//! Judges cleaned HTML without any code of the crate: by its letters, and by what a parser makes of it.

#![allow(dead_code)] // Each test file judges in its own way.

use dom_query::{Document, NodeRef};
use html5ever::tendril::TendrilSink as _;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{LocalName, ParseOpts, QualName, ns, parse_document, parse_fragment};

/// Elements that may come out, with the attributes of their own.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["href", "rel"]),
    ("abbr", &[]),
    ("address", &[]),
    ("article", &[]),
    ("aside", &[]),
    ("audio", &["src", "controls", "preload"]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &["class"]),
    ("dd", &[]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &["class", "data-embed"]),
    ("footer", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("header", &[]),
    ("hgroup", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"]),
    ("ins", &["datetime"]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("main", &[]),
    ("mark", &[]),
    ("nav", &[]),
    ("ol", &["start", "type", "reversed"]),
    ("p", &[]),
    ("picture", &[]),
    ("pre", &["class"]),
    ("q", &[]),
    ("rb", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("rtc", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("section", &[]),
    ("small", &[]),
    ("source", &["src", "srcset", "media", "sizes", "type"]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan", "scope"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("video", &["src", "poster", "width", "height", "controls", "preload"]),
    ("wbr", &[]),
];

const GLOBAL: &[&str] = &["lang", "dir", "title", "id"];
const VOID: &[&str] = &["br", "hr", "img", "source", "wbr"];
const PLAYERS: &[&str] = &[
    "https://www.youtube-nocookie.com/embed/",
    "https://player.vimeo.com/video/",
    "https://embed.nicovideo.jp/watch/",
    "https://www.dailymotion.com/embed/video/",
    "https://player.bilibili.com/player.html?bvid=",
];

/// Everything that is wrong with this HTML; empty for safe HTML.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if let Err(fault) = check_letters(html) {
        faults.push(fault);
    }
    check_tree(&Document::fragment(html), &mut faults);
    faults
}

/// The same, wherever the HTML is put: in elements where a parser has other rules, with scripts and without, as a page of
/// its own, and after a browser has written out what it read (`innerHTML`).
pub(crate) fn faults_everywhere(html: &str) -> Vec<String> {
    let mut faults = faults(html);
    for scripting in [true, false] {
        check_tree(&page(html, scripting), &mut faults);
        for context in ["div", "td", "table", "select", "template", "noscript"] {
            let mut html = html.to_owned();
            for _ in 0..2 {
                let document = fragment(&html, context, scripting);
                check_tree(&document, &mut faults);
                html = document.html_root().inner_html().to_string();
            }
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn page(html: &str, scripting: bool) -> Document {
    parse_document(Document::default(), options(scripting)).one(html)
}

fn fragment(html: &str, context: &str, scripting: bool) -> Document {
    let context = QualName::new(None, ns!(html), LocalName::from(context));
    parse_fragment(Document::fragment_sink(), options(scripting), context, Vec::new(), scripting).one(html)
}

fn options(scripting: bool) -> ParseOpts {
    ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: scripting, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    }
}

/// Tags nest and are spelled in one way only; nothing that could be markup stands in text.
fn check_letters(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(begin) = rest.find(['<', '>']) {
        if rest.as_bytes()[begin] == b'>' {
            return Err(format!("a bare `>` before {:.40}", &rest[begin..]));
        }
        rest = &rest[begin + 1..];
        if let Some(end) = rest.strip_prefix('/') {
            let length = end.find('>').ok_or("an end tag without end")?;
            if open.pop() != Some(&end[..length]) {
                return Err(format!("</{}> closes nothing", &end[..length]));
            }
            rest = &end[length + 1..];
            continue;
        }
        let length = rest
            .find(|character: char| !character.is_ascii_lowercase() && !character.is_ascii_digit())
            .ok_or("a tag without end")?;
        let name = &rest[..length];
        let (_, own) = ALLOWED.iter().find(|(allowed, _)| *allowed == name).ok_or_else(|| format!("<{name}>"))?;
        rest = &rest[length..];
        while let Some(attribute) = rest.strip_prefix(' ') {
            let (key, after) = attribute.split_once("=\"").ok_or_else(|| format!("an odd attribute of <{name}>"))?;
            if !own.contains(&key) && !GLOBAL.contains(&key) {
                return Err(format!("<{name} {key}>"));
            }
            let (value, after) = after.split_once('"').ok_or("a value without end")?;
            if value.contains(['<', '>']) {
                return Err(format!("a tag's letters in {key}=\"{value}\""));
            }
            rest = after;
        }
        rest = rest.strip_prefix('>').ok_or_else(|| format!("<{name}> has no end"))?;
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

/// What a parser sees: known elements, and values that do nothing.
fn check_tree(document: &Document, faults: &mut Vec<String>) {
    for node in document.root().descendants_it() {
        if node.is_element() {
            check_element(&node, faults);
        } else if !node.is_text() {
            faults.push(format!("a parser sees something else: {:.40}", node.html()));
        }
    }
}

fn check_element(node: &NodeRef<'_>, faults: &mut Vec<String>) {
    let name = node.node_name().unwrap_or_default().to_string();
    let namespace = node.qual_name_ref().map(|name| name.ns.to_string()).unwrap_or_default();
    if namespace != "http://www.w3.org/1999/xhtml" {
        faults.push(format!("a parser sees <{name}> of {namespace}"));
    }
    // The parser's own.
    if matches!(&*name, "html" | "head" | "body") && node.attrs().is_empty() {
        return;
    }
    let Some((_, own)) = ALLOWED.iter().find(|(allowed, _)| *allowed == name) else {
        return faults.push(format!("a parser sees <{name}>"));
    };
    for attribute in node.attrs() {
        let (key, value) = (attribute.name.local.to_string(), attribute.value.to_string());
        if !own.contains(&&*key) && !GLOBAL.contains(&&*key) {
            faults.push(format!("a parser sees <{name} {key}>"));
        } else if let Some(reason) = fault_of_value(&name, &key, &value) {
            faults.push(format!("<{name} {key}=\"{value}\">: {reason}"));
        }
    }
}

fn fault_of_value(name: &str, key: &str, value: &str) -> Option<&'static str> {
    let web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    let picture = |url: &str| {
        ["png", "jpeg", "gif", "webp"].iter().any(|kind| url.starts_with(&format!("data:image/{kind};base64,")))
    };
    let fine = match (name, key) {
        ("a", "href") => {
            let other = ["mailto:", "tel:", "sms:", "xmpp:", "magnet:"];
            web(value) || value.starts_with("#in-article-") || other.iter().any(|scheme| value.starts_with(scheme))
        }
        ("img", "src") => web(value) || picture(value),
        (_, "src" | "poster") => web(value),
        (_, "srcset") => value.split(", ").all(web),
        (_, "id") => value.starts_with("in-article-"),
        ("figure", "class") => value == "embed",
        ("code" | "pre", "class") => value.starts_with("language-") || value.starts_with("lang-"),
        ("figure", "data-embed") => PLAYERS.iter().any(|player| value.starts_with(player)),
        ("a", "rel") => value == "noopener noreferrer nofollow",
        (_, "preload") => value == "none",
        (_, "width" | "height") => value.parse::<u32>().is_ok(),
        _ => true,
    };
    (!fine).then_some("a value that is not allowed")
}
