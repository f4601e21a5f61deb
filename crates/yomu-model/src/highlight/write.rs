//! Highlights as Markdown, to be kept elsewhere

/// An entry, as its highlights are written under it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'t> {
    /// The title.
    pub title: &'t str,
    /// The address; may be empty.
    pub url: &'t str,
    /// The author; may be empty.
    pub author: &'t str,
    /// The feed or the site; may be empty.
    pub site: &'t str,
}

/// A highlight and the reader's note.
#[derive(Clone, Copy, Debug, Default)]
pub struct Passage<'t> {
    /// The passage.
    pub text: &'t str,
    /// What the reader wrote beside it; may be empty.
    pub note: &'t str,
    /// The day on which it was highlighted; may be empty.
    pub day: &'t str,
}

/// Appends an entry's highlights: a heading, where it is from, then quotations and notes.
pub fn write_markdown<'t>(out: &mut String, source: &Source<'_>, passages: impl Iterator<Item = Passage<'t>>) {
    let title = one_line(source.title);
    if is_web_address(source.url) {
        // In angle brackets an address may hold parentheses.
        out.push_str(&format!("## [{}](<{}>)\n", escaped(&title), source.url));
    } else {
        out.push_str(&format!("## {}\n", escaped(&title)));
    }
    let from = [source.author, source.site].map(one_line);
    let from: Vec<String> = from.iter().filter(|part| !part.is_empty()).map(|part| escaped(part)).collect();
    if !from.is_empty() {
        out.push_str(&format!("\n{}\n", from.join(" · ")));
    }
    for Passage { text, note, day } in passages {
        out.push('\n');
        for line in text.trim().lines() {
            out.push_str(&format!("> {}\n", escaped(line.trim())));
        }
        if !day.is_empty() {
            out.push_str(&format!(">\n> — {day}\n"));
        }
        // A note is the reader's own Markdown.
        if !note.trim().is_empty() {
            out.push_str(&format!("\n{}\n", note.trim().replace("\r\n", "\n")));
        }
    }
    out.push('\n');
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_web_address(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|character: char| character.is_control() || matches!(character, '<' | '>' | ' '))
}

/// Text that means itself: what Markdown would read as markup has a backslash.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, character) in text.char_indices() {
        let is_markup = matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~');
        let begins_list = index == 0 && matches!(character, '-' | '+' | '=');
        if is_markup || begins_list {
            out.push('\\');
        }
        out.push(character);
    }
    // `1. ` at the beginning of a line would be a list.
    match out.split_once(". ") {
        Some((number, rest)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{number}\\. {rest}")
        }
        _ => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_and_its_passages_are_a_page_of_markdown() {
        let source = Source {
            title: "On [light]\nand *shade*",
            url: "https://example.com/a_(b)",
            author: "Jane Doe",
            site: "灯台",
        };
        let passages = [
            Passage { text: "First line\nsecond <b>line</b>", note: "", day: "2026-11-23" },
            Passage { text: "1. not a list", note: "My **own** words\r\n- kept", day: "" },
        ];
        let mut out = String::new();
        write_markdown(&mut out, &source, passages.into_iter());
        assert_eq!(
            out,
            "## [On \\[light\\] and \\*shade\\*](<https://example.com/a_(b)>)\n\nJane Doe · 灯台\n\n\
             > First line\n> second \\<b\\>line\\</b\\>\n>\n> — 2026-11-23\n\n\
             > 1\\. not a list\n\nMy **own** words\n- kept\n\n"
        );
    }

    #[test]
    fn an_address_that_is_none_is_not_linked() {
        for url in ["", "javascript:alert(1)", "https://a.example/> [x](y", "https://a b"] {
            let mut out = String::new();
            write_markdown(&mut out, &Source { title: "T", url, ..Source::default() }, std::iter::empty());
            assert_eq!(out, "## T\n\n", "{url}");
        }
    }
}
