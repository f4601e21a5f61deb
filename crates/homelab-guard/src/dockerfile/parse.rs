//! From text to a [`Dockerfile`]: one logical line after the other.

use std::ops::Range;

use super::heredoc::{self, HereDoc};
use super::instruction::{Command, Flag, Instruction, Kind, Mount, Pair, Run, Transfer, Word};
use super::logical_line::{Joined, Lines, next_logical_line};
use super::stages::check_stages;
use super::words::{plain_words, quoted_words, unquoted};
use super::{Dockerfile, Problem, Stage};
use crate::limits::{DOCKERFILE_BYTES_MAX, DOCKERFILE_STAGES_MAX};
use crate::positions::Positions;

const KEYWORDS: &[&str] = &[
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// Reads all of it, whatever is wrong on the way.
pub fn parse(text: &str) -> Dockerfile {
    if text.len() > DOCKERFILE_BYTES_MAX {
        return too_large(format!("it has more than {DOCKERFILE_BYTES_MAX} bytes and is not read"));
    }
    let mut dockerfile = Dockerfile { positions: Positions::new(text), ..Dockerfile::default() };
    let mut lines = Lines::new(text);
    let escape = escape_directive(&mut lines, &mut dockerfile.problems);
    while let Some(line) = next_logical_line(&mut lines, escape) {
        Reader { line: &line, escape, problems: &mut dockerfile.problems }
            .instruction(&mut lines)
            .place(&mut dockerfile);
        if dockerfile.stages.len() > DOCKERFILE_STAGES_MAX {
            return too_large(format!("it has more than {DOCKERFILE_STAGES_MAX} stages and is not read"));
        }
    }
    check_stages(&mut dockerfile);
    dockerfile
}

fn too_large(message: String) -> Dockerfile {
    Dockerfile { problems: vec![Problem { at: 0..0, message }], ..Dockerfile::default() }
}

/// `# escape=` among the directives on top of the file, each of which looks like a comment.
fn escape_directive(lines: &mut Lines<'_>, problems: &mut Vec<Problem>) -> char {
    let mut escape = '\\';
    while let Some((name, value)) = lines.peek().and_then(directive) {
        let start = lines.offset();
        if name.eq_ignore_ascii_case("escape") {
            match value {
                "\\" => {}
                "`" => escape = '`',
                other => problems.push(Problem {
                    at: start..start + lines.peek().map_or(0, str::len),
                    message: format!("the escape character is `{}`; it can be `\\` or a backtick", shortened(other)),
                }),
            }
        }
        lines.next();
    }
    escape
}

fn directive(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().strip_prefix('#')?.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric());
    is_name.then_some((name, value.trim()))
}

/// What a line is, before it has found its place.
enum Parsed {
    Stage(Stage),
    Instruction(Instruction),
    Broken,
}

impl Parsed {
    fn place(self, dockerfile: &mut Dockerfile) {
        match self {
            Self::Stage(stage) => dockerfile.stages.push(stage),
            Self::Instruction(instruction) => match (dockerfile.stages.last_mut(), instruction.kind) {
                (Some(stage), kind) => stage.instructions.push(Instruction { kind, ..instruction }),
                (None, Kind::Arg(pairs)) => dockerfile.global_arguments.extend(pairs),
                (None, _) => dockerfile.problems.push(Problem {
                    at: instruction.at,
                    message: "an instruction stands before the first `FROM`; only `ARG` can".to_owned(),
                }),
            },
            Self::Broken => {}
        }
    }
}

/// One logical line, being read.
struct Reader<'a> {
    line: &'a Joined,
    escape: char,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn instruction(&mut self, lines: &mut Lines<'_>) -> Parsed {
        let (keyword, mut rest) = self.keyword(0);
        let mut keyword = keyword.to_ascii_uppercase();
        let on_build = keyword == "ONBUILD";
        if on_build {
            let (inner, inner_rest) = self.keyword(rest);
            (keyword, rest) = (inner.to_ascii_uppercase(), inner_rest);
        }
        if !KEYWORDS.contains(&keyword.as_str()) {
            let message = match keyword.as_str() {
                "" => "`ONBUILD` has no instruction behind it".to_owned(),
                _ => format!("there is no instruction `{}`{}", shortened(&keyword), suggestion(&keyword)),
            };
            return self.broken(0..rest, message);
        }
        let (flags, arguments) = self.flags(rest);
        let text = self.line.text[arguments..].trim_end();
        let whole = 0..arguments + text.len();
        if text.is_empty() && keyword != "CMD" {
            return self.broken(whole, format!("`{keyword}` has no argument"));
        }
        let json = text.starts_with('[').then(|| serde_json::from_str::<Vec<String>>(text).ok()).flatten();
        let here_docs = match (keyword.as_str(), &json) {
            ("RUN" | "COPY" | "ADD", None) => self.here_docs(arguments, lines),
            _ => Vec::new(),
        };
        let kind = match keyword.as_str() {
            "FROM" if on_build => return self.broken(whole, "`ONBUILD` cannot hold a `FROM`".to_owned()),
            "FROM" => return self.stage(&flags, arguments),
            "ARG" => Some(Kind::Arg(self.arguments(arguments))),
            "ENV" => self.pairs(arguments, "ENV").map(Kind::Env),
            "LABEL" => self.pairs(arguments, "LABEL").map(Kind::Label),
            "COPY" | "ADD" => self.transfer(&keyword, &flags, arguments, json, here_docs),
            "RUN" => {
                let mounts = flags.iter().filter(|flag| flag.name == "mount").map(Mount::parse).collect();
                Some(Kind::Run(Run { command: self.command(arguments, json), here_docs, mounts }))
            }
            "CMD" => Some(Kind::Cmd(self.command(arguments, json))),
            "ENTRYPOINT" => Some(Kind::Entrypoint(self.command(arguments, json))),
            "USER" => Some(Kind::User(self.word(&whole_from(arguments, text)))),
            "WORKDIR" => Some(Kind::Workdir(self.word(&whole_from(arguments, text)))),
            "SHELL" if json.is_none() => {
                return self.broken(whole, "`SHELL` takes a JSON list such as `[\"/bin/bash\", \"-c\"]`".to_owned());
            }
            _ => Some(Kind::Other),
        };
        let at = self.line.in_file(&whole);
        kind.map_or(Parsed::Broken, |kind| Parsed::Instruction(Instruction { at, on_build, flags, kind }))
    }

    /// The word at `from` in capitals or not, and where what follows it begins.
    fn keyword(&self, from: usize) -> (&str, usize) {
        let text = &self.line.text;
        let start = skip_space(text, from);
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |length| start + length);
        (&text[start..end], skip_space(text, end))
    }

    /// The flags from `from` on, and where the arguments begin.
    fn flags(&self, from: usize) -> (Vec<Flag>, usize) {
        let text = &self.line.text;
        let mut flags = Vec::new();
        let mut at = from;
        while text[at..].starts_with("--") {
            let end = end_of_quoted_word(text, at, self.escape);
            let word = unquoted(&text[at + 2..end], self.escape);
            let place = self.line.in_file(&(at..end));
            at = skip_space(text, end);
            if word.is_empty() {
                break;
            }
            let (name, value) = word.split_once('=').map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
            flags.push(Flag { name: name.to_owned(), value: value.map(str::to_owned), at: place });
        }
        (flags, at)
    }

    fn here_docs(&mut self, arguments: usize, lines: &mut Lines<'_>) -> Vec<HereDoc> {
        let mut here_docs = Vec::new();
        for announced in heredoc::announced(&self.line.text, arguments, self.escape) {
            match heredoc::read(lines, &announced) {
                Some(here_doc) => here_docs.push(here_doc),
                None => {
                    let message = format!(
                        "the here-document `{}` has no end: no line holds its word alone",
                        shortened(&self.line.text[announced.at.clone()])
                    );
                    self.broken(announced.at, message);
                }
            }
        }
        here_docs
    }

    fn stage(&mut self, _flags: &[Flag], arguments: usize) -> Parsed {
        let words: Vec<Word> =
            plain_words(&self.line.text, arguments).iter().map(|range| self.plain_word(range)).collect();
        let at = self.line.in_file(&(0..self.line.text.trim_end().len()));
        let stage = |base: Word, name| Parsed::Stage(Stage { at, base, name, instructions: Vec::new() });
        match <[Word; 3]>::try_from(words) {
            Ok([base, as_, name]) if as_.text.eq_ignore_ascii_case("as") => stage(base, Some(name)),
            Err(words) if words.len() == 1 => words.into_iter().next().map_or(Parsed::Broken, |base| stage(base, None)),
            _ => self.broken(arguments..self.line.text.len(), "`FROM` takes an image, or `image AS name`".to_owned()),
        }
    }

    /// `ARG NAME`, `ARG NAME=value`, several of them.
    fn arguments(&self, from: usize) -> Vec<Pair> {
        let words = quoted_words(&self.line.text, from, self.escape);
        words.iter().map(|range| self.pair(range)).collect()
    }

    /// `NAME=value …`, or the older `NAME value to the end of the line`.
    fn pairs(&mut self, from: usize, keyword: &str) -> Option<Vec<Pair>> {
        let text = &self.line.text;
        let words = quoted_words(text, from, self.escape);
        let first = words.first()?.clone();
        if !text[first.clone()].contains('=') {
            let (Some(second), Some(last)) = (words.get(1), words.last()) else {
                self.broken(first, format!("`{keyword}` needs a value: write `{keyword} name=value`"));
                return None;
            };
            let value = unquoted(&text[second.start..last.end], self.escape);
            let at = self.line.in_file(&(first.start..last.end));
            return Some(vec![Pair { name: unquoted(&text[first], self.escape), value: Some(value), at }]);
        }
        let mut pairs = Vec::with_capacity(words.len());
        for range in &words {
            if text[range.clone()].contains('=') {
                pairs.push(self.pair(range));
            } else {
                let message =
                    format!("`{}` has no `=`; `{keyword}` takes `name=value`", shortened(&text[range.clone()]));
                self.broken(range.clone(), message);
            }
        }
        Some(pairs)
    }

    fn pair(&self, range: &Range<usize>) -> Pair {
        let raw = &self.line.text[range.clone()];
        let (name, value) = raw.split_once('=').map_or((raw, None), |(name, value)| (name, Some(value)));
        Pair {
            name: unquoted(name, self.escape),
            value: value.map(|value| unquoted(value, self.escape)),
            at: self.line.in_file(range),
        }
    }

    fn transfer(
        &mut self,
        keyword: &str,
        flags: &[Flag],
        arguments: usize,
        json: Option<Vec<String>>,
        here_docs: Vec<HereDoc>,
    ) -> Option<Kind> {
        let mut words: Vec<Word> = match json {
            Some(paths) => {
                let at = self.line.in_file(&(arguments..self.line.text.trim_end().len()));
                paths.into_iter().map(|text| Word { text, at: at.clone() }).collect()
            }
            None => plain_words(&self.line.text, arguments).iter().map(|range| self.plain_word(range)).collect(),
        };
        let Some(target) = words.pop().filter(|_| !words.is_empty()) else {
            self.broken(0..self.line.text.len(), format!("`{keyword}` needs a source and a target"));
            return None;
        };
        if !here_docs.is_empty() {
            let announced = heredoc::announced(&self.line.text, arguments, self.escape);
            let places: Vec<_> = announced.iter().map(|announced| self.line.in_file(&announced.at)).collect();
            words.retain(|word| !places.contains(&word.at));
        }
        let from = flags.iter().find(|flag| flag.name == "from").and_then(|flag| flag.value.clone());
        let transfer = Transfer { sources: words, here_docs, target, from };
        Some(if keyword == "ADD" { Kind::Add(transfer) } else { Kind::Copy(transfer) })
    }

    fn command(&self, arguments: usize, json: Option<Vec<String>>) -> Command {
        json.map_or_else(|| Command::Shell(self.line.after(arguments)), Command::Exec)
    }

    fn word(&self, range: &Range<usize>) -> Word {
        Word { text: unquoted(&self.line.text[range.clone()], self.escape), at: self.line.in_file(range) }
    }

    fn plain_word(&self, range: &Range<usize>) -> Word {
        Word { text: self.line.text[range.clone()].to_owned(), at: self.line.in_file(range) }
    }

    fn broken(&mut self, at: Range<usize>, message: String) -> Parsed {
        self.problems.push(Problem { at: self.line.in_file(&at), message });
        Parsed::Broken
    }
}

fn whole_from(start: usize, text: &str) -> Range<usize> {
    start..start + text.len()
}

fn skip_space(text: &str, from: usize) -> usize {
    from + (text[from..].len() - text[from..].trim_start().len())
}

fn end_of_quoted_word(text: &str, from: usize, escape: char) -> usize {
    // Words are found from here on, and this one only is looked at: a flag is rarely followed by much before its end.
    let mut quote = None;
    let mut characters = text[from..].char_indices();
    while let Some((at, character)) = characters.next() {
        if quote.is_none() && character.is_whitespace() {
            return from + at;
        }
        if character == escape && quote != Some('\'') {
            characters.next();
        } else if quote == Some(character) {
            quote = None;
        } else if quote.is_none() && matches!(character, '"' | '\'') {
            quote = Some(character);
        }
    }
    text.len()
}

/// Enough of a broken word to find it again.
fn shortened(word: &str) -> String {
    const CHARACTERS_MAX: usize = 40;
    match word.char_indices().nth(CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

/// The keyword that was most likely meant.
fn suggestion(word: &str) -> String {
    let meant = KEYWORDS.iter().find(|keyword| is_one_slip_away(word.as_bytes(), keyword.as_bytes()));
    meant.map_or_else(String::new, |keyword| format!("; `{keyword}` was probably meant"))
}

/// Whether one letter is missing, too much or another, or two neighbours have changed places.
fn is_one_slip_away(word: &[u8], keyword: &[u8]) -> bool {
    let prefix = word.iter().zip(keyword).take_while(|(one, other)| one == other).count();
    let (word, keyword) = (&word[prefix..], &keyword[prefix..]);
    let suffix = word.iter().rev().zip(keyword.iter().rev()).take_while(|(one, other)| one == other).count();
    match (&word[..word.len() - suffix], &keyword[..keyword.len() - suffix]) {
        ([one, two], [three, four]) => one == four && two == three,
        (word, keyword) => word.len() <= 1 && keyword.len() <= 1,
    }
}
