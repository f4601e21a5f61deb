//! Secrets behind fixed words, in formats that have neither a name nor a sign before the value.

use std::ops::Range;

use super::candidate::Candidate;
use super::cursor::{Cursor, line_start};
use super::name::Says;
use super::value::{Circumstances, Setting, Verdict, judge};
use crate::rule::Rule;
use crate::rules::secrets::{credential_file, hosting_token};

/// Words, and what stands behind them.
pub(crate) struct Directive {
    /// The words, up to the value.
    pub(crate) words: &'static str,
    /// One of these begins the line.
    begins: &'static [&'static str],
    says: Says,
    rule: &'static Rule,
    message: &'static str,
}

const fn caddy(words: &'static str) -> Directive {
    Directive {
        words,
        begins: &["dns ", "acme_dns "],
        says: Says::Token,
        rule: &hosting_token::RULE,
        message: "a token for the names of a domain is typed into a directive of Caddy",
    }
}

const fn preseed(words: &'static str) -> Directive {
    Directive {
        words,
        begins: &["d-i "],
        says: Says::Password,
        rule: &credential_file::RULE,
        message: "an answer for Debian's installer sets a password",
    }
}

/// All of them. Caddy's are the providers that take nothing but a token.
pub(crate) static DIRECTIVES: &[Directive] = &[
    caddy("dns cloudflare "),
    caddy("dns digitalocean "),
    caddy("dns duckdns "),
    caddy("dns gandi "),
    caddy("dns hetzner "),
    caddy("dns linode "),
    caddy("dns vultr "),
    preseed("root-password password "),
    preseed("user-password password "),
    preseed("root-password-again password "),
    preseed("user-password-again password "),
    Directive {
        words: " on >",
        begins: &["user ", "acl setuser "],
        says: Says::Password,
        rule: &credential_file::RULE,
        message: "a user of Valkey has a password here",
    },
];

impl Directive {
    /// The secret behind the words at `word`.
    pub(crate) fn find(&self, text: &[u8], word: &Range<usize>, setting: Setting) -> Option<Candidate> {
        let line = &text[line_start(text, word.start)..word.end];
        let line = line.trim_ascii_start();
        let begins =
            |start: &&str| line.get(..start.len()).is_some_and(|line| line.eq_ignore_ascii_case(start.as_bytes()));
        if !self.begins.iter().any(begins) {
            return None;
        }
        let mut cursor = Cursor::new(text, word.end);
        let range = cursor.literal().unwrap_or_else(|| cursor.until(b" \t"));
        let setting = if setting == Setting::MadeUp { setting } else { Setting::Configuration };
        let circumstances = Circumstances { says: self.says, setting, owned: true, quoted: false };
        let is_secret = judge(&text[range.clone()], &circumstances) == Verdict::Secret;
        is_secret.then(|| Candidate { rule: self.rule, range, message: self.message.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let words = DIRECTIVES.iter().flat_map(|directive| {
            let at = text.find(directive.words).map(|at| at..at + directive.words.len());
            at.and_then(|word| directive.find(text.as_bytes(), &word, Setting::Configuration))
        });
        words.map(|candidate| &text[candidate.range]).collect()
    }

    #[test]
    fn values_behind_fixed_words_are_found() {
        assert_eq!(found("  dns cloudflare Zk4Tq9vR2xLp7Ws1Yd8m\n"), ["Zk4Tq9vR2xLp7Ws1Yd8m"]);
        assert_eq!(found("d-i passwd/root-password password hunter2x\n"), ["hunter2x"]);
        assert_eq!(found("user yomu on >hunter2x ~yomu:* +@all\n"), ["hunter2x"]);
    }

    #[test]
    fn references_and_other_lines_are_quiet() {
        for quiet in [
            "dns cloudflare {env.CF_API_TOKEN}\n",
            "The dns cloudflare Zk4Tq9vR2xLp7Ws1Yd8m\n",
            "d-i passwd/root-password password ${PASSWORD}\n",
            "user default on nopass ~* +@all\n",
            "user yomu on >changeme ~* +@all\n",
            "the light is on >hunter2x\n",
        ] {
            assert_eq!(found(quiet), Vec::<&str>::new(), "{quiet}");
        }
    }
}
