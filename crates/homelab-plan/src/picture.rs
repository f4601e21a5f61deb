//! Pieces of pictures: SVG without scripts, for light and dark surroundings, the same for the same input.
//!
//! Nobody can measure text here, so its width is estimated generously: what may not fit is shortened, or left to the legend.

use std::fmt::Write;

/// How wide pictures are, in units of which a screen shows about one a pixel.
pub(crate) const WIDTH: u32 = 860;

/// The reader's colours, so that both programs look related, and the fonts that show Japanese where names need it.
const STYLE: &str = "\
svg{--paper:#fcfbf8;--soft:#f3f0e9;--line:#d9d3c6;--ink:#22211e;--quiet:#655f55;\
--kept:#c9c2b4;--platform:#2c4f86;--service:#7a5a9e;--moved:#b0641a;--free:#dcead9;--warn:#9b3a24;--on:#fff}\
@media (prefers-color-scheme:dark){svg{--paper:#1a1917;--soft:#252320;--line:#45413a;--ink:#e8e4db;--quiet:#aaa498;\
--kept:#57524a;--platform:#5b83c4;--service:#a184c4;--moved:#c98440;--free:#2b3a2a;--warn:#f0a08a;--on:#14130f}}\
text{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Hiragino Sans\",\"BIZ UDPGothic\",\
\"Yu Gothic UI\",\"Noto Sans JP\",\"Noto Sans CJK JP\",sans-serif;font-size:13px;fill:var(--ink)}\
.title{font-size:18px;font-weight:600}.head{font-size:14px;font-weight:600}.small{font-size:11.5px;fill:var(--quiet)}\
.warn{fill:var(--warn)}.on{fill:var(--on);font-size:12px}.in{font-size:12px}.end{text-anchor:end}.middle{text-anchor:middle}\
.paper{fill:var(--paper)}.kept{fill:var(--kept)}.platform{fill:var(--platform)}.service{fill:var(--service)}\
.moved{fill:var(--moved)}.free{fill:var(--free)}.frame{fill:none;stroke:var(--line)}\
.lost{fill:none;stroke:var(--warn);stroke-dasharray:4 3}.limit{stroke:var(--warn);stroke-dasharray:4 3}\
.rule{stroke:var(--line)}";

/// A picture while it is drawn.
pub(crate) struct Picture {
    title: String,
    description: String,
    body: String,
}

impl Picture {
    /// With a title, and a description for those who do not see it.
    pub(crate) fn new(title: &str, description: &str) -> Self {
        let mut picture = Self { title: escaped(title), description: escaped(description), body: String::new() };
        picture.text(24, 36, "title", title);
        picture
    }

    /// A line of text whose baseline is at `y`.
    pub(crate) fn text(&mut self, x: u32, y: u32, class: &str, text: &str) {
        let text = escaped(text);
        let _ = writeln!(self.body, r#"<text x="{x}" y="{y}" class="{class}">{text}</text>"#);
    }

    /// A rectangle; one without width is not drawn.
    pub(crate) fn bar(&mut self, x: u32, y: u32, width: u32, height: u32, class: &str) {
        if width > 0 {
            let _ = writeln!(self.body, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" class="{class}"/>"#);
        }
    }

    /// A line from top to bottom, or from left to right.
    pub(crate) fn line(&mut self, from: (u32, u32), to: (u32, u32), class: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let _ = writeln!(self.body, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="{class}"/>"#);
    }

    /// Squares of colour with what they mean, in a row.
    pub(crate) fn legend(&mut self, y: u32, entries: &[(&str, &str)]) {
        let mut x = 24;
        for (class, meaning) in entries {
            self.bar(x, y - 10, 12, 12, class);
            self.text(x + 18, y, "small", meaning);
            x += 18 + text_width(meaning, 11) + 22;
        }
    }

    /// The picture, so high.
    pub(crate) fn finish(self, height: u32) -> String {
        let Self { title, description, body } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
             role=\"img\" aria-labelledby=\"title description\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n<style>{STYLE}</style>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" class=\"paper\"/>\n{body}</svg>\n"
        )
    }
}

/// How wide a text is at most, at a size of font: Japanese characters are square, others are narrower.
pub(crate) fn text_width(text: &str, size: u32) -> u32 {
    let hundredths: u32 = text.chars().map(|character| if u32::from(character) < 0x1100 { 60 } else { 105 }).sum();
    (hundredths * size).div_ceil(100)
}

/// A text shortened so that it fits.
pub(crate) fn fitted(text: &str, size: u32, width: u32) -> String {
    if text_width(text, size) <= width {
        return text.to_string();
    }
    let mut fitted = String::new();
    for character in text.chars() {
        fitted.push(character);
        if text_width(&fitted, size) + size > width {
            fitted.pop();
            break;
        }
    }
    format!("{}…", fitted.trim_end())
}

/// A part of a width: `part / whole`, rounded down.
pub(crate) fn share(width: u32, part: u64, whole: u64) -> u32 {
    let share = u128::from(width) * u128::from(part) / u128::from(whole.max(1));
    u32::try_from(share).unwrap_or(width).min(width)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML has no way to write these.
            control if control.is_control() => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shortened_only_where_they_do_not_fit() {
        assert_eq!(fitted("argocd", 12, 100), "argocd");
        assert_eq!(fitted("argocd-application-controller", 12, 100), "argocd-appli…");
        assert_eq!(fitted("読むための仕組み", 12, 60), "読むた…");
        assert!(text_width(&fitted(&"x".repeat(500), 12, 100), 12) <= 100);
    }

    #[test]
    fn names_cannot_break_out_of_the_picture() {
        let mut picture = Picture::new("<script>", "\"&\u{0}");
        picture.text(0, 0, "small", "</text><a>");
        let svg = picture.finish(100);
        assert!(
            svg.contains("&lt;script&gt;")
                && svg.contains("&lt;/text&gt;&lt;a&gt;")
                && svg.contains("&quot;&amp;\u{FFFD}")
        );
    }

    #[test]
    fn shares_never_leave_their_width() {
        assert_eq!(share(500, 1, 2), 250);
        assert_eq!(share(500, 3, 2), 500);
        assert_eq!(share(500, 3, 0), 500);
        assert_eq!(share(500, u64::MAX, u64::MAX), 500);
    }
}
