//! Answers to a command line that asks for help, or that is not understood.

use clap::error::ErrorKind;

use crate::exit::Exit;

/// Prints what the parser has to say. Help and the version were asked for; anything else is wrong usage.
pub fn answer(error: &clap::Error) -> Exit {
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if !asked && wants_json(std::env::args()) {
        let text = error.render().to_string();
        let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
        println!("{}", crate::report::trouble::json("usage", Exit::Usage, message, None));
    } else {
        // A reader that went away (`| head`) is no reason to fail.
        let _ = error.print();
    }
    if asked { Exit::Done } else { Exit::Usage }
}

/// The arguments could not be parsed, so this is a look at the words themselves.
fn wants_json(words: impl Iterator<Item = String>) -> bool {
    let words: Vec<String> = words.collect();
    words.iter().any(|word| word == "--format=json") || words.windows(2).any(|pair| pair == ["--format", "json"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> impl Iterator<Item = String> {
        line.split(' ').map(str::to_string)
    }

    #[test]
    fn programs_get_their_usage_errors_as_json() {
        assert!(wants_json(words("homelab --format json chek")));
        assert!(wants_json(words("homelab chek --format=json")));
        assert!(!wants_json(words("homelab chek json")));
    }
}
