//! What rules say about an entry

use std::cell::OnceCell;

use regex::{Regex, RegexBuilder};

use super::rule::{Action, Field, How, Rule, RuleProblem};
use crate::fold::fold;
use crate::limits::{
    FILTER_TEXT_BYTES_MAX, PATTERN_CHARS_MAX, REGEX_BYTES_MAX, REGEX_NESTING_MAX, RULES_MAX, TAGS_PER_ENTRY_MAX, cut,
};
use crate::search::{self, Term, TokenText};

/// Rules, ready to be asked many times.
#[derive(Debug, Default)]
pub struct Rules {
    compiled: Vec<Compiled>,
}

/// What rules can look at.
#[derive(Clone, Copy, Debug, Default)]
pub struct FilterFacts<'t> {
    /// The title, as text.
    pub title: &'t str,
    /// The address.
    pub url: &'t str,
    /// The author.
    pub author: &'t str,
    /// The content, as text without markup.
    pub content: &'t str,
    /// The categories.
    pub categories: &'t [&'t str],
}

/// What is to be done with an entry. Each is the index of the rule that says so, in the list given to
/// [`Rules::compile`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The entry is not taken in.
    pub drop: Option<usize>,
    /// It counts as read.
    pub read: Option<usize>,
    /// It gets a star.
    pub star: Option<usize>,
    /// It gets tags. Two of these rules may name the same one.
    pub tags: Vec<usize>,
    /// It stands among the saved pages and not in its feed.
    pub moved: Option<usize>,
    /// It stays, whatever later rules say about dropping.
    pub keep: Option<usize>,
}

impl Rules {
    /// Prepares rules. Those that cannot be used are left out and named by their index, in ascending order.
    pub fn compile(rules: &[Rule]) -> (Self, Vec<(usize, RuleProblem)>) {
        let (mut compiled, mut problems) = (Vec::new(), Vec::new());
        for (index, rule) in rules.iter().enumerate() {
            if index == RULES_MAX {
                problems.push((index, RuleProblem::TooManyRules));
                break;
            }
            match Test::new(rule) {
                Ok(test) => compiled.push(Compiled {
                    index,
                    action: rule.action,
                    field: rule.field,
                    is_negated: rule.is_negated,
                    test,
                }),
                Err(problem) => problems.push((index, problem)),
            }
        }
        (Self { compiled }, problems)
    }

    /// What these rules say about an entry.
    pub fn decide(&self, entry: &FilterFacts<'_>) -> Decision {
        let texts = Texts::new(entry);
        let mut decision = Decision::default();
        for rule in &self.compiled {
            let is_known = match rule.action {
                Action::Drop | Action::Keep => decision.keep.is_some(),
                Action::MarkRead => decision.read.is_some(),
                Action::Star => decision.star.is_some(),
                Action::Tag => decision.tags.len() == TAGS_PER_ENTRY_MAX,
                Action::Move => decision.moved.is_some(),
            };
            if is_known || !rule.fits(&texts) {
                continue;
            }
            match rule.action {
                Action::Drop => return Decision { drop: Some(rule.index), ..Decision::default() },
                Action::Keep => decision.keep = Some(rule.index),
                Action::MarkRead => decision.read = Some(rule.index),
                Action::Star => decision.star = Some(rule.index),
                Action::Tag => decision.tags.push(rule.index),
                Action::Move => decision.moved = Some(rule.index),
            }
        }
        decision
    }
}

#[derive(Debug)]
struct Compiled {
    index: usize,
    action: Action,
    field: Field,
    is_negated: bool,
    test: Test,
}

impl Compiled {
    fn fits(&self, texts: &Texts<'_>) -> bool {
        texts.of(self.field).any(|text| self.test.fits(text)) != self.is_negated
    }
}

#[derive(Debug)]
enum Test {
    Contains(String),
    Is(String),
    Word(Term),
    Regex(Regex),
}

impl Test {
    fn new(rule: &Rule) -> Result<Self, RuleProblem> {
        if rule.action == Action::Tag && rule.tag.is_none() {
            return Err(RuleProblem::NoTag);
        }
        let pattern = rule.pattern.as_str();
        if let Some(character) = pattern.chars().find(|character| character.is_control()) {
            return Err(RuleProblem::ControlCharacter { character });
        }
        let chars = pattern.chars().count();
        if chars > PATTERN_CHARS_MAX {
            return Err(RuleProblem::PatternTooLong { chars });
        }
        let folded = fold(pattern);
        // An empty pattern would be found everywhere, and drop everything.
        if folded.trim().is_empty() {
            return Err(RuleProblem::EmptyPattern);
        }
        match rule.how {
            How::Contains => Ok(Self::Contains(folded)),
            How::Is => Ok(Self::Is(folded.trim().to_owned())),
            How::Word => Term::new(pattern, search::Field::Anywhere)
                .map(Self::Word)
                .ok_or_else(|| RuleProblem::NoWord { pattern: pattern.to_owned() }),
            How::Regex => RegexBuilder::new(pattern)
                .size_limit(REGEX_BYTES_MAX)
                .dfa_size_limit(REGEX_BYTES_MAX)
                .nest_limit(REGEX_NESTING_MAX)
                .build()
                .map(Self::Regex)
                .map_err(|error| RuleProblem::BadRegex { reason: last_line(&error.to_string()) }),
        }
    }

    fn fits(&self, text: &Text<'_>) -> bool {
        match self {
            Self::Contains(pattern) => text.folded().contains(pattern),
            Self::Is(pattern) => text.folded().trim() == pattern,
            Self::Word(term) => text.tokens().contains(term),
            Self::Regex(regex) => regex.is_match(text.plain),
        }
    }
}

/// The regex crate draws the pattern over several lines, and names the error in the last.
fn last_line(message: &str) -> String {
    let line = message.lines().last().unwrap_or(message);
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// The fields of one entry. What a rule needs of them is made once, and only if a rule needs it.
struct Texts<'t> {
    title: Text<'t>,
    url: Text<'t>,
    author: Text<'t>,
    content: Text<'t>,
    categories: Vec<Text<'t>>,
}

struct Text<'t> {
    plain: &'t str,
    folded: OnceCell<String>,
    tokens: OnceCell<TokenText>,
}

impl<'t> Texts<'t> {
    fn new(entry: &FilterFacts<'t>) -> Self {
        Self {
            title: Text::new(entry.title),
            url: Text::new(entry.url),
            author: Text::new(entry.author),
            content: Text::new(entry.content),
            categories: entry.categories.iter().map(|category| Text::new(category)).collect(),
        }
    }

    fn of(&self, field: Field) -> impl Iterator<Item = &Text<'t>> {
        let single = match field {
            Field::Any => vec![&self.title, &self.url, &self.author, &self.content],
            Field::Title => vec![&self.title],
            Field::Url => vec![&self.url],
            Field::Author => vec![&self.author],
            Field::Content => vec![&self.content],
            Field::Category => vec![],
        };
        let categories = if matches!(field, Field::Any | Field::Category) { self.categories.as_slice() } else { &[] };
        single.into_iter().chain(categories)
    }
}

impl<'t> Text<'t> {
    fn new(plain: &'t str) -> Self {
        Self { plain: cut(plain, FILTER_TEXT_BYTES_MAX), folded: OnceCell::new(), tokens: OnceCell::new() }
    }

    fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(self.plain))
    }

    fn tokens(&self) -> &TokenText {
        self.tokens.get_or_init(|| TokenText::new(self.plain))
    }
}
