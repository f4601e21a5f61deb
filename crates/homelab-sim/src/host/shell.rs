//! Lists of commands joined by `&&`, which is all the shell there is.

use std::time::Duration;

use super::Output;
use super::command;
use crate::world::State;

/// Runs a list until one fails. With `drops_after`, only so many of its commands run: the connection broke. If there was
/// input and it broke at once, half of the input has come, and all commands run: without a terminal nobody hangs up on
/// them, and they see their input end (`session_close_by_channel` in OpenSSH's `session.c`).
pub(super) fn run(
    state: &mut State,
    vmid: u32,
    list: &str,
    input: &[u8],
    drops_after: Option<usize>,
) -> (Output, Duration) {
    let mut whole = Output::default();
    let mut time = Duration::ZERO;
    let commands = match split(list) {
        Ok(commands) => commands,
        Err(problem) => {
            return (Output { status: 2, stderr: format!("sh: 1: {problem}\n"), ..Output::default() }, time);
        }
    };
    let (input, drops_after) = match drops_after {
        Some(0) if !input.is_empty() => (&input[..input.len() / 2], None),
        drops_after => (input, drops_after),
    };
    for words in commands.iter().take(drops_after.unwrap_or(usize::MAX)) {
        let (output, took) = command::run(state, vmid, words, input);
        time += took;
        whole.stdout.extend(output.stdout);
        whole.stderr.push_str(&output.stderr);
        whole.status = output.status;
        if whole.status != 0 {
            break;
        }
    }
    (whole, time)
}

/// The words of each command. Quotes work as in a shell, and what `$(…)` stands for is the command's to know; everything
/// else that a shell would understand is refused.
fn split(list: &str) -> Result<Vec<Vec<String>>, String> {
    let mut commands = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut characters = list.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match characters.next() {
                        Some('\'') => break,
                        Some(inner) => word.push(inner),
                        None => return Err("Syntax error: Unterminated quoted string".to_owned()),
                    }
                }
            }
            '$' if characters.peek() == Some(&'(') => {
                let word = word.get_or_insert_default();
                word.push('$');
                for inner in characters.by_ref() {
                    word.push(inner);
                    if inner == ')' {
                        break;
                    }
                }
            }
            '&' if characters.peek() == Some(&'&') => {
                characters.next();
                finish(&mut commands, &mut word);
                commands.push(Vec::new());
            }
            ' ' => finish(&mut commands, &mut word),
            '\\' => word.get_or_insert_default().extend(characters.next()),
            '&' | '|' | ';' | '<' | '>' | '$' | '`' | '"' | '*' | '(' | ')' | '\n' => {
                return Err(format!("the simulated shell does not know `{character}`"));
            }
            other => word.get_or_insert_default().push(other),
        }
    }
    finish(&mut commands, &mut word);
    commands.retain(|words| !words.is_empty());
    Ok(commands)
}

fn finish(commands: &mut [Vec<String>], word: &mut Option<String>) {
    if let (Some(word), Some(words)) = (word.take(), commands.last_mut()) {
        words.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together_and_lists_come_apart() {
        let commands = split(r"install -m 0600 /dev/stdin '/a b'&& mv 'it'\''s' c").unwrap();
        assert_eq!(commands, [vec!["install", "-m", "0600", "/dev/stdin", "/a b"], vec!["mv", "it's", "c"]]);
    }

    #[test]
    fn a_substitution_is_one_word() {
        let commands = split("test $(stat -c %s /a.new) -eq 3 && true").unwrap();
        assert_eq!(commands, [vec!["test", "$(stat -c %s /a.new)", "-eq", "3"], vec!["true"]]);
    }

    #[test]
    fn what_it_does_not_know_it_refuses() {
        for list in ["a | b", "a > b", "echo $HOME", "a; b", "a 'b"] {
            assert!(split(list).is_err(), "{list}");
        }
    }
}
