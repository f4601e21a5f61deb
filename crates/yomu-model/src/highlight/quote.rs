//! A passage by its words, and finding it in a text

use std::fmt;
use std::ops::Range;

use crate::limits::{CANDIDATES_MAX, CONTEXT_CHARS, PASSAGE_CHARS_MAX};

/// A passage and what stood around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The passage as it was read, with its blanks.
    pub exact: String,
    /// What stood before it, without blanks.
    pub prefix: String,
    /// What stood behind it, without blanks.
    pub suffix: String,
}

/// Why a passage cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteProblem {
    /// Nothing but blanks.
    Empty,
    /// More characters than [`PASSAGE_CHARS_MAX`].
    TooLong {
        /// How many there are.
        chars: usize,
    },
}

impl fmt::Display for QuoteProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(formatter, "a highlight needs a passage of the text"),
            Self::TooLong { chars } => {
                write!(formatter, "a passage has at most {PASSAGE_CHARS_MAX} characters, not {chars}")
            }
        }
    }
}

impl std::error::Error for QuoteProblem {}

/// Characters of a long passage's beginning and end by which it is known after a correction between them.
const EDGE_CHARS: usize = 16;

/// A text as passages are looked for in: two extractions of one page differ in blanks before they differ in anything else.
pub fn without_blanks(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

impl Quote {
    /// A passage as it came from a page, an app or another program. What is longer than the kept context is cut.
    ///
    /// # Errors
    /// An empty passage, or one of a chapter's length.
    pub fn new(exact: &str, prefix: &str, suffix: &str) -> Result<Self, QuoteProblem> {
        let exact = exact.trim();
        if exact.is_empty() {
            return Err(QuoteProblem::Empty);
        }
        let chars = exact.chars().count();
        if chars > PASSAGE_CHARS_MAX {
            return Err(QuoteProblem::TooLong { chars });
        }
        let (prefix, suffix) = (without_blanks(prefix), without_blanks(suffix));
        Ok(Self { exact: exact.to_owned(), prefix: last(&prefix).to_owned(), suffix: first(&suffix).to_owned() })
    }

    /// The same passage with what stands around it at its place in a text without blanks.
    #[must_use]
    pub fn with_context_of(self, text: &str, place: &Range<usize>) -> Self {
        Self {
            exact: self.exact,
            prefix: last(&text[..place.start]).to_owned(),
            suffix: first(&text[place.end..]).to_owned(),
        }
    }

    /// Where the passage is in a text without blanks, in bytes; `hint` is where it began once.
    ///
    /// The cost is one pass over the text for a passage that is there word by word, and one more for one that is not;
    /// a passage that occurs many times is compared at the first [`CANDIDATES_MAX`] places.
    pub fn find(&self, text: &str, hint: Option<usize>) -> Option<Range<usize>> {
        let exact = without_blanks(&self.exact);
        if exact.is_empty() {
            return None;
        }
        if let Some(hint) = hint
            && text.get(hint..).is_some_and(|rest| rest.starts_with(&exact))
            && self.context_at(text, &(hint..hint + exact.len())) == self.prefix.len() + self.suffix.len()
        {
            return Some(hint..hint + exact.len());
        }
        let places = text.match_indices(&exact).take(CANDIDATES_MAX).map(|(at, found)| at..at + found.len());
        self.best(places, text, hint).or_else(|| self.find_corrected(&exact, text, hint))
    }

    /// A long passage of which the beginning and the end are still there, about as far apart as they were.
    fn find_corrected(&self, exact: &str, text: &str, hint: Option<usize>) -> Option<Range<usize>> {
        let chars = exact.chars().count();
        if chars < 3 * EDGE_CHARS {
            return None;
        }
        let (head, rest) = exact.split_at(byte_of_char(exact, EDGE_CHARS));
        let tail = &rest[byte_of_char(rest, chars - 2 * EDGE_CHARS)..];
        // A word more or less in a sentence, not a sentence more or less in a paragraph.
        let (least, most) = (exact.len() - exact.len() / 5, exact.len() + exact.len() / 5);
        let places = text.match_indices(head).take(CANDIDATES_MAX).filter_map(|(at, _)| {
            let end = text.floor_char_boundary(text.len().min(at + most));
            let tail_at = text[at..end].rfind(tail)?;
            let length = tail_at + tail.len();
            (length >= least).then_some(at..at + length)
        });
        self.best(places, text, hint)
    }

    /// The place with the most of what stood around the passage, and of those the one nearest to where it was.
    fn best(
        &self,
        places: impl Iterator<Item = Range<usize>>,
        text: &str,
        hint: Option<usize>,
    ) -> Option<Range<usize>> {
        let distance = |place: &Range<usize>| hint.map_or(place.start, |hint| hint.abs_diff(place.start));
        places.max_by_key(|place| (self.context_at(text, place), std::cmp::Reverse(distance(place))))
    }

    /// How many bytes around a place are as they were around the passage.
    fn context_at(&self, text: &str, place: &Range<usize>) -> usize {
        let before = text.as_bytes()[..place.start].iter().rev().zip(self.prefix.as_bytes().iter().rev());
        let behind = text.as_bytes()[place.end..].iter().zip(self.suffix.as_bytes());
        before.take_while(|(now, then)| now == then).count() + behind.take_while(|(now, then)| now == then).count()
    }
}

fn byte_of_char(text: &str, number: usize) -> usize {
    text.char_indices().nth(number).map_or(text.len(), |(at, _)| at)
}

/// The last characters of a text, as many as are kept as context.
fn last(text: &str) -> &str {
    let start = text.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
    &text[start..]
}

fn first(text: &str) -> &str {
    &text[..byte_of_char(text, CONTEXT_CHARS)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(exact: &str, prefix: &str, suffix: &str) -> Quote {
        Quote::new(exact, prefix, suffix).unwrap()
    }

    fn found(quote: &Quote, text: &str, hint: Option<usize>) -> Option<String> {
        let text = without_blanks(text);
        quote.find(&text, hint).map(|place| text[place].to_owned())
    }

    #[test]
    fn a_passage_is_found_whatever_the_blanks() {
        let passage = quote("the quick\nbrown fox", "", "");
        assert_eq!(found(&passage, "See thequick  brown\u{a0}fox jump", None).as_deref(), Some("thequickbrownfox"));
        let passage = quote("静かな街", "", "");
        assert_eq!(found(&passage, "東京の静かな\n街を歩く", None).as_deref(), Some("静かな街"));
        assert_eq!(found(&passage, "東京のにぎやかな街を歩く", None), None);
    }

    #[test]
    fn what_stands_around_decides_between_equals_and_then_the_old_place() {
        let text = "a cat sat. one cat ran. a cat ran.";
        let plain = without_blanks(text);
        let at = |quote: &Quote, hint| quote.find(&plain, hint).unwrap().start;
        assert_eq!(at(&quote("cat", "one", "ran"), None), plain.find("catran").unwrap());
        assert_eq!(at(&quote("cat", "", "sat"), Some(25)), plain.find("catsat").unwrap());
        assert_eq!(at(&quote("cat", "", ""), Some(25)), plain.rfind("cat").unwrap());
        assert_eq!(at(&quote("cat", "", ""), None), plain.find("cat").unwrap());
    }

    #[test]
    fn a_hint_that_is_wrong_or_inside_a_character_does_no_harm() {
        let passage = quote("街", "な", "を");
        let text = "静かな街を歩く";
        for hint in [0, 1, 9, 10, 1000, usize::MAX] {
            assert_eq!(passage.find(text, Some(hint)), Some(9..12), "{hint}");
        }
    }

    #[test]
    fn a_corrected_word_in_a_long_passage_is_forgiven_and_a_missing_sentence_is_not() {
        let passage = quote(
            "Every harbour has a light that nobody tends anymore, and every light has a keeper who remembers it.",
            "",
            "",
        );
        let corrected = "So: Every harbour has a light that no one tends any more, and every light has a keeper who remembers it. Yes.";
        assert!(found(&passage, corrected, None).unwrap().starts_with("Everyharbourhasalightthatnoone"));
        assert_eq!(found(&passage, "Every harbour has a light. It has a keeper who remembers it.", None), None);
        assert_eq!(
            found(&quote("the quick brown fox", "", ""), "the quick red fox", None),
            None,
            "short ones are exact"
        );
    }

    #[test]
    fn context_is_taken_from_the_text_and_cut() {
        let text = without_blanks(&format!("{} the passage {}", "before ".repeat(20), "behind ".repeat(20)));
        let passage = quote("the passage", "", "");
        let place = passage.find(&text, None).unwrap();
        let passage = passage.with_context_of(&text, &place);
        assert_eq!((passage.prefix.chars().count(), passage.suffix.chars().count()), (CONTEXT_CHARS, CONTEXT_CHARS));
        assert!(passage.prefix.ends_with("before") && passage.suffix.starts_with("behind"));
    }

    #[test]
    fn nothing_and_a_whole_chapter_are_no_passages() {
        assert_eq!(Quote::new(" \n", "a", "b"), Err(QuoteProblem::Empty));
        let chapter = "x".repeat(PASSAGE_CHARS_MAX + 1);
        assert_eq!(Quote::new(&chapter, "", ""), Err(QuoteProblem::TooLong { chars: PASSAGE_CHARS_MAX + 1 }));
    }

    #[test]
    fn a_passage_everywhere_costs_little() {
        let text = "aa".repeat(500_000);
        assert!(quote("aaaa", "b", "b").find(&text, Some(700_000)).is_some());
        let absent = format!("{}b{}", "a".repeat(40), "c".repeat(40));
        assert_eq!(quote(&absent, "", "").find(&text, None), None);
    }
}
