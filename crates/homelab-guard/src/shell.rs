//! Shell text taken apart, as far as rules need it: commands, their words, and where each stands.
//!
//! Not in here: what a shell would do. Nothing is expanded and nothing runs.

use std::ops::Range;

/// A command between two separators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShellCommand {
    /// Its words, redirections included: `>` and `>>` are words of their own.
    pub(crate) words: Vec<ShellWord>,
    /// Whether its output goes into the next one.
    pub(crate) is_piped: bool,
}

/// A word without its quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShellWord {
    /// Without quotes and backslashes.
    pub(crate) text: String,
    /// With them.
    pub(crate) at: Range<usize>,
    /// Whether the shell takes it literally, since it stands in single quotes.
    pub(crate) is_literal: bool,
}

impl ShellCommand {
    /// The word of the program, behind assignments and `sudo`, `env`, `exec`, `time`.
    pub(crate) fn program(&self) -> &str {
        self.words[self.program_index()..].first().map_or("", |word| word.text.rsplit('/').next().unwrap_or(""))
    }

    /// What follows the program.
    pub(crate) fn arguments(&self) -> &[ShellWord] {
        self.words.get(self.program_index() + 1..).unwrap_or_default()
    }

    /// Whether one of the arguments is this word.
    pub(crate) fn has(&self, argument: &str) -> bool {
        self.arguments().iter().any(|word| word.text == argument)
    }

    /// From the first word to the last.
    pub(crate) fn at(&self) -> Range<usize> {
        let start = self.words.first().map_or(0, |word| word.at.start);
        start..self.words.last().map_or(start, |word| word.at.end)
    }

    /// The files its output is written to.
    pub(crate) fn written_files(&self) -> impl Iterator<Item = &ShellWord> {
        self.words.windows(2).filter(|pair| matches!(pair[0].text.as_str(), ">" | ">>")).map(|pair| &pair[1])
    }

    fn program_index(&self) -> usize {
        let is_in_front = |word: &&ShellWord| {
            let is_assignment = word.text.split_once('=').is_some_and(|(name, _)| is_variable_name(name));
            is_assignment
                || matches!(
                    word.text.as_str(),
                    "sudo" | "env" | "exec" | "time" | "if" | "then" | "else" | "do" | "!" | "{"
                )
        };
        self.words.iter().take_while(is_in_front).count()
    }
}

/// Whether a text is the name of a variable.
pub(crate) fn is_variable_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The variables that a word names: `$A`, `${B:-x}`.
pub(crate) fn variables(word: &str) -> impl Iterator<Item = &str> {
    word.match_indices('$').filter_map(|(at, _)| {
        let rest = word[at + 1..].strip_prefix('{').unwrap_or(&word[at + 1..]);
        let rest = rest.strip_prefix(['#', '!']).unwrap_or(rest);
        let end =
            rest.find(|character: char| !character.is_ascii_alphanumeric() && character != '_').unwrap_or(rest.len());
        is_variable_name(&rest[..end]).then_some(&rest[..end])
    })
}

/// The commands of a script, in order.
pub(crate) fn commands(script: &str) -> Vec<ShellCommand> {
    Splitter { commands: Vec::new(), command: ShellCommand::default(), word: None }.split(script)
}

struct Splitter {
    commands: Vec<ShellCommand>,
    command: ShellCommand,
    word: Option<ShellWord>,
}

impl Splitter {
    fn split(mut self, script: &str) -> Vec<ShellCommand> {
        let mut quote = None;
        let mut characters = script.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let end = at + character.len_utf8();
            match (quote, character) {
                (Some(open), _) if open == character => {
                    quote = None;
                    self.extend(at, end, None);
                }
                (Some('\''), _) => self.extend(at, end, Some(character)),
                (_, '\\') => match characters.next() {
                    // A line that goes on separates words and nothing else.
                    Some((_, '\n')) => {}
                    Some((next, escaped)) => self.extend(at, next + escaped.len_utf8(), Some(escaped)),
                    None => self.extend(at, end, Some('\\')),
                },
                (Some(_), _) => self.extend(at, end, Some(character)),
                (None, '"' | '\'') => {
                    quote = Some(character);
                    self.extend(at, end, None);
                    if let Some(word) = self.word.as_mut().filter(|_| character == '\'') {
                        word.is_literal = true;
                    }
                }
                // Expressions of GitHub's workflows are one piece, whatever stands in them.
                (None, '$') if script[at..].starts_with("${{") => {
                    let length = script[at..].find("}}").map_or(script.len() - at, |close| close + 2);
                    for part in script[at..at + length].chars() {
                        self.extend(at, at + length, Some(part));
                    }
                    while characters.next_if(|(next, _)| *next < at + length).is_some() {}
                }
                (None, '#') if self.word.is_none() => while characters.next_if(|(_, next)| *next != '\n').is_some() {},
                (None, '\n' | ';' | '(' | ')' | '`') => self.end_command(false),
                (None, '&') if characters.next_if(|(_, next)| *next == '>').is_some() => self.redirection(at, end),
                (None, '&')
                    if self.command.words.last().is_some_and(|word| word.text == ">") && self.word.is_none() =>
                {
                    self.extend(at, end, Some(character));
                }
                (None, '|' | '&') => {
                    let is_doubled = characters.next_if(|(_, next)| *next == character).is_some();
                    self.end_command(character == '|' && !is_doubled);
                }
                (None, '>') => {
                    self.end_word();
                    match characters.next_if(|(_, next)| *next == '>') {
                        Some(_) => self.push(">>", at, end + 1),
                        None => self.redirection(at, end),
                    }
                }
                (None, space) if space.is_whitespace() => self.end_word(),
                (None, _) => self.extend(at, end, Some(character)),
            }
        }
        self.end_command(false);
        self.commands
    }

    fn extend(&mut self, start: usize, end: usize, character: Option<char>) {
        let word = self.word.get_or_insert_with(|| ShellWord { at: start..end, ..ShellWord::default() });
        word.at.end = end;
        word.text.extend(character);
    }

    fn redirection(&mut self, start: usize, end: usize) {
        self.end_word();
        self.push(">", start, end);
    }

    fn push(&mut self, text: &str, start: usize, end: usize) {
        self.command.words.push(ShellWord { text: text.to_owned(), at: start..end, is_literal: false });
    }

    fn end_word(&mut self) {
        self.command.words.extend(self.word.take());
    }

    fn end_command(&mut self, is_piped: bool) {
        self.end_word();
        let command = std::mem::take(&mut self.command);
        if !command.words.is_empty() {
            self.commands.push(ShellCommand { is_piped, ..command });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(script: &str) -> Vec<Vec<String>> {
        commands(script).into_iter().map(|command| command.words.into_iter().map(|word| word.text).collect()).collect()
    }

    #[test]
    fn commands_end_at_separators_outside_quotes() {
        assert_eq!(
            split("a b && c || d; e | f\ng"),
            [vec!["a", "b"], vec!["c"], vec!["d"], vec!["e"], vec!["f"], vec!["g"]]
        );
        assert_eq!(split("echo 'a; b' \"c && d\""), [["echo", "a; b", "c && d"]]);
        assert_eq!(split("a \\\n  b # c; d\ne"), [vec!["a", "b"], vec!["e"]]);
        assert_eq!(split("x=$(cat y)"), [vec!["x=$"], vec!["cat", "y"]]);
    }

    #[test]
    fn redirections_are_words() {
        let command = &commands("echo \"$T\">>~/.npmrc 2>/dev/null")[0];
        assert_eq!(
            command.written_files().map(|word| word.text.as_str()).collect::<Vec<_>>(),
            ["~/.npmrc", "/dev/null"]
        );
        assert_eq!(split("a >&2 b"), [["a", ">", "&2", "b"]]);
        assert_eq!(split("a &> x"), [["a", ">", "x"]]);
    }

    #[test]
    fn the_program_stands_behind_assignments() {
        let command = &commands("A=1 sudo /usr/bin/docker login -p x")[0];
        assert_eq!(command.program(), "docker");
        assert!(command.has("login"));
        assert_eq!(commands("A=1")[0].program(), "");
        assert!(commands("A=1")[0].arguments().is_empty());
    }

    #[test]
    fn expressions_of_workflows_stay_in_one_word() {
        assert_eq!(split("echo ${{ a || 'b c' }} d"), [["echo", "${{ a || 'b c' }}", "d"]]);
        assert_eq!(split("echo ${{ open"), [["echo", "${{ open"]]);
    }

    #[test]
    fn variables_are_found_in_all_spellings() {
        assert_eq!(variables("$A-${B:-c}${#D}$1$$(x)").collect::<Vec<_>>(), ["A", "B", "D"]);
    }

    #[test]
    fn words_know_where_they_stand() {
        let script = "é 'x y' z";
        let places: Vec<_> = commands(script)[0].words.iter().map(|word| &script[word.at.clone()]).collect();
        assert_eq!(places, ["é", "'x y'", "z"]);
    }
}
