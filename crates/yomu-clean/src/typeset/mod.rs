//! Cleaned HTML as it is shown: code in colours, tables and code that can be scrolled by keys, and, for vertical lines,
//! digits and capitals that stand upright.
//!
//! What is stored stays as it was cleaned, so that a better hand needs no new fetch. This is one walk along the text; it
//! adds elements and never changes a character.

mod code;
mod languages;
mod upright;

use languages::Language;

use crate::write::escape::push_text;

/// Where an article's lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// From left to right, one below the other.
    Horizontal,
    /// From top to bottom, one to the left of the other.
    Vertical,
}

/// Sets cleaned HTML. It is only for HTML that [`crate::clean`] made.
///
/// ```
/// use yomu_clean::{Lines, typeset};
/// assert_eq!(typeset("<p>11月</p>", Lines::Vertical), "<p><span class=\"tcy\">11</span>月</p>");
/// assert_eq!(typeset("<p>11月</p>", Lines::Horizontal), "<p>11月</p>");
/// ```
pub fn typeset(html: &str, lines: Lines) -> String {
    let mut setter = Setter { out: String::with_capacity(html.len() + html.len() / 8), lines, ..Setter::default() };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        setter.text(&rest[..at]);
        // Values have their angle brackets escaped, so the next one ends the tag.
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        setter.tag(&rest[at..end]);
        rest = &rest[end..];
    }
    setter.text(rest);
    setter.out
}

/// Sets a text that is no markup, such as a title, and makes it markup.
pub fn typeset_text(text: &str, lines: Lines) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_text(&mut escaped, text);
    typeset(&escaped, lines)
}

struct Setter {
    out: String,
    lines: Lines,
    /// Open `<pre>` elements.
    pre: usize,
    /// Open `<table>` elements.
    tables: usize,
    /// Open elements whose letters stay as they are.
    plain: usize,
    /// The language of the code that is open.
    language: Option<&'static Language>,
}

impl Default for Setter {
    fn default() -> Self {
        Self { out: String::new(), lines: Lines::Horizontal, pre: 0, tables: 0, plain: 0, language: None }
    }
}

impl Setter {
    fn text(&mut self, text: &str) {
        match self.language {
            Some(language) if self.pre > 0 => code::push(&mut self.out, text, language),
            _ if self.lines == Lines::Vertical && self.plain == 0 => upright::push(&mut self.out, text),
            _ => self.out.push_str(text),
        }
    }

    fn tag(&mut self, tag: &str) {
        let is_end = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>']).next().unwrap_or_default();
        if is_end { self.end_tag(tag, name) } else { self.start_tag(tag, name) }
    }

    fn start_tag(&mut self, tag: &str, name: &str) {
        if stays_plain(name) {
            self.plain += 1;
        }
        match name {
            "pre" => {
                self.pre += 1;
                self.language = language_of(tag);
                // Browsers and readers who use keys reach what can be scrolled.
                self.out.push_str("<pre tabindex=\"0\"");
                self.out.push_str(&tag["<pre".len()..]);
                return;
            }
            "code" if self.pre > 0 => self.language = language_of(tag).or(self.language),
            "table" => {
                if self.tables == 0 {
                    self.out.push_str("<div class=\"scroll\" tabindex=\"0\">");
                }
                self.tables += 1;
            }
            _ => {}
        }
        self.out.push_str(tag);
    }

    fn end_tag(&mut self, tag: &str, name: &str) {
        if stays_plain(name) {
            self.plain = self.plain.saturating_sub(1);
        }
        self.out.push_str(tag);
        match name {
            "pre" => {
                self.pre = self.pre.saturating_sub(1);
                self.language = None;
            }
            "table" if self.tables > 0 => {
                self.tables -= 1;
                if self.tables == 0 {
                    self.out.push_str("</div>");
                }
            }
            _ => {}
        }
    }
}

/// Elements in which a digit is a letter of code, or too small to stand upright.
fn stays_plain(name: &str) -> bool {
    matches!(name, "pre" | "code" | "kbd" | "samp" | "var" | "rt" | "sup" | "sub" | "table" | "math")
}

/// The language that the class of a tag names.
fn language_of(tag: &str) -> Option<&'static Language> {
    let class = tag.split_once("class=\"")?.1.split('"').next()?;
    let name = class.split_once('-')?.1;
    languages::named(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_code_can_be_reached_by_keys() {
        let html = "<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table><pre>x &lt; 1</pre>";
        assert_eq!(
            typeset(html, Lines::Horizontal),
            format!(
                "<div class=\"scroll\" tabindex=\"0\">{}</div><pre tabindex=\"0\">x &lt; 1</pre>",
                &html[..html.find("<pre").unwrap()]
            )
        );
    }

    #[test]
    fn code_is_coloured_only_where_its_language_is_known() {
        let set = |html: &str| typeset(html, Lines::Vertical);
        assert_eq!(
            set("<pre><code class=\"language-rust\">let a = 1;</code></pre>"),
            "<pre tabindex=\"0\"><code class=\"language-rust\"><span class=\"k\">let</span> a = <span class=\"n\">1</span>;</code></pre>"
        );
        for html in
            ["<pre tabindex=\"0\"><code>let a = 1;</code></pre>", "<p><code class=\"language-rust\">let</code></p>"]
        {
            assert_eq!(set(&html.replace(" tabindex=\"0\"", "")), html);
        }
    }

    #[test]
    fn no_character_is_lost_or_added() {
        let html = "<p>令和7年5月、<b>3</b>つ &amp; 10:30</p><pre class=\"lang-js\">const a = `x${1}`; // 終 &lt;b&gt;\n</pre><p>5</p>";
        let text = |html: &str| {
            html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<String>()
        };
        for lines in [Lines::Horizontal, Lines::Vertical] {
            assert_eq!(text(&typeset(html, lines)), text(html));
        }
    }

    #[test]
    fn a_title_is_no_markup() {
        assert_eq!(typeset_text("a <b> & 5つ", Lines::Horizontal), "a &lt;b&gt; &amp; 5つ");
        assert_eq!(typeset_text("<5つ>", Lines::Vertical), "&lt;5つ&gt;");
        assert_eq!(typeset_text("全5話", Lines::Vertical), "全<span class=\"tcy\">5</span>話");
    }

    #[test]
    fn a_torn_tag_at_the_end_ends_too() {
        assert_eq!(typeset("<p>a</p><a href=\"x", Lines::Vertical), "<p>a</p><a href=\"x");
        assert_eq!(typeset("", Lines::Vertical), "");
    }
}
