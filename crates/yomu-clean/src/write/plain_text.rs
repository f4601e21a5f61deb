//! The text without markup: what search indexes and excerpts are cut from.

/// Collects text; white space collapses, blocks stand on lines of their own.
#[derive(Default)]
pub(crate) struct PlainText {
    out: String,
    gap: Gap,
    /// Depth of elements whose text is left out: readings beside Japanese characters would tear words apart.
    muted: usize,
}

/// What stands between the last character and the next one.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    /// White space with a line feed in it: nothing between two Japanese or Chinese characters, a space otherwise.
    SourceLine,
    Space,
    Line,
}

impl PlainText {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        PlainText { out: String::with_capacity(bytes), ..PlainText::default() }
    }

    /// Adds text as it stands between two tags.
    pub(crate) fn text(&mut self, text: &str) {
        if self.muted > 0 {
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let white = white_length(bytes, at);
            if white > 0 {
                let kind = if bytes[at] == b'\n' { Gap::SourceLine } else { Gap::Space };
                // A line feed with indentation around it is still the end of a source line.
                self.gap = match (self.gap, kind) {
                    (Gap::SourceLine, Gap::Space) | (Gap::Space, Gap::SourceLine) => Gap::SourceLine,
                    (gap, kind) => gap.max(kind),
                };
                at += white;
                continue;
            }
            let end = run_end(bytes, at);
            let run = &text[at..end];
            self.close_gap(run);
            self.out.push_str(run);
            at = end;
        }
    }

    /// The next character begins a line.
    pub(crate) fn line(&mut self) {
        self.gap = Gap::Line;
    }

    /// The next character is apart from the last.
    pub(crate) fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    pub(crate) fn mute(&mut self) {
        self.muted += 1;
    }

    pub(crate) fn unmute(&mut self) {
        self.muted = self.muted.saturating_sub(1);
    }

    /// A place to come back to.
    pub(crate) fn mark(&self) -> usize {
        self.out.len()
    }

    /// The text since a mark.
    pub(crate) fn since(&self, mark: usize) -> &str {
        self.out.get(mark..).unwrap_or_default().trim()
    }

    /// Takes back what came since a mark.
    pub(crate) fn truncate(&mut self, mark: usize) {
        self.out.truncate(mark);
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn close_gap(&mut self, next: &str) {
        let gap = std::mem::take(&mut self.gap);
        if gap == Gap::None || self.out.is_empty() {
            return;
        }
        match gap {
            Gap::None => {}
            Gap::Line => self.out.push('\n'),
            Gap::Space => self.out.push(' '),
            Gap::SourceLine => {
                let joins = self.out.chars().next_back().is_some_and(is_unspaced)
                    && next.chars().next().is_some_and(is_unspaced);
                if !joins {
                    self.out.push(' ');
                }
            }
        }
    }
}

/// Characters of scripts that are written without spaces between words.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{3001}'..='\u{30ff}' | '\u{31f0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Bytes of the white space at this position: ASCII, no-break space, ideographic space.
fn white_length(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b' ' | b'\n' | b'\t' | b'\r' | 0x0c => 1,
        0xc2 if bytes.get(at + 1) == Some(&0xa0) => 2,
        0xe3 if bytes.get(at + 1) == Some(&0x80) && bytes.get(at + 2) == Some(&0x80) => 3,
        _ => 0,
    }
}

/// Bytes with which no white space begins. This is looked up for every byte of every entry.
const NEVER_WHITE: [bool; 256] = {
    let mut table = [true; 256];
    let begins = [b' ', b'\n', b'\t', b'\r', 0x0c, 0xc2, 0xe3];
    let mut index = 0;
    while index < begins.len() {
        table[begins[index] as usize] = false;
        index += 1;
    }
    table
};

/// The end of the text that can be copied at once: up to white space that is not one single space between two words.
fn run_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        if NEVER_WHITE[usize::from(bytes[at])] {
            at += 1;
            continue;
        }
        match white_length(bytes, at) {
            0 => at += 1,
            1 if bytes[at] == b' ' && at + 1 < bytes.len() && white_length(bytes, at + 1) == 0 => at += 2,
            _ => return at,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collected(pieces: &[&str]) -> String {
        let mut text = PlainText::default();
        for piece in pieces {
            match *piece {
                "|" => text.line(),
                piece => text.text(piece),
            }
        }
        text.finish()
    }

    #[test]
    fn white_space_collapses() {
        for (pieces, expected) in [
            (&["  one  two\n three "][..], "one two three"),
            (&["one", " ", " two"], "one two"),
            (&["one ", "|", " two"], "one\ntwo"),
            (&["|", "one", "|", "|"], "one"),
            (&["a\u{a0}\u{a0}b\u{3000}c"], "a b c"),
            (&["　段落の始め"], "段落の始め"),
            (&["", " "], ""),
        ] {
            assert_eq!(collected(pieces), expected, "{pieces:?}");
        }
    }

    #[test]
    fn source_lines_join_without_a_space_between_characters_that_have_none() {
        assert_eq!(collected(&["東京の\n  朝"]), "東京の朝");
        assert_eq!(collected(&["東京の\nRust"]), "東京の Rust");
        assert_eq!(collected(&["東京 の"]), "東京 の");
        assert_eq!(collected(&["one\ntwo"]), "one two");
    }

    #[test]
    fn pieces_do_not_matter() {
        let whole = "one  two\n 東京\n 朝 \u{a0}x";
        for cut in (0..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
            assert_eq!(collected(&[&whole[..cut], &whole[cut..]]), collected(&[whole]), "cut at {cut}");
        }
    }
}
