//! Words that stand where a secret will be, and values that whole books quote.

use super::randomness::{Makeup, is_spoken};
use super::value::says_noun;
use super::words::Words;

/// Values that stand for "to be filled in" or are no values, written small and without signs.
static PLACEHOLDERS: Words = Words::new(
    "\
    bool int float notasecret notsosecret changeme changeit change replaceme replace replacethis example placeholder password passwd pass pwd secret token
    key apikey todo tbd none null nil undefined true false yes no on off empty redacted masked hidden removed string
    str text foo bar baz foobar dummy fake value default required optional mypassword mysecret yourpassword unset na
    bearer basic digest oauth oauth2 jwt env file vault prompt stdin ask keyring md5 scramsha256 plain plaintext
    bcrypt sha256 sha512 argon2 argon2id anonymous bytes integer number object array boolean any char varchar uuid
    always never auto manual disabled enabled generated random inherit public private include requisite sufficient
    substack mytoken myapikey yourtoken yourapikey apitoken clientsecret accesstoken authtoken userpassword username
    user passphrase credentials somepassword sometoken somesecret examplepassword changethis fixme notset nopassword
    nopasswd self this identifier option void type asdf invalid wrong wrongpassword email field newpassword
    currentpassword oldpassword keyboardcat files compat nis",
);

/// Parts of words that a person puts where somebody else is to fill in something.
const SURE: &[&str] = &[
    "changeme",
    "change-me",
    "change_me",
    "changethis",
    "change_this",
    "change-this",
    "placeholder",
    "your-",
    "your_",
    "your ",
    "yourpass",
    "replace_",
    "replace-",
    "replace ",
    "example",
    "xxxx",
    "redacted",
    "dummy",
    "insert",
    "not-a-real",
    "notreal",
];

/// Words that such a phrase has among others.
static TELLING: Words = Words::new(
    "\
    generate set get put your here real strong random same fill use some paste enter choose make fake sample
    must the from long this my",
);

/// Words that such a phrase begins with.
static IMPERATIVE: Words = Words::new(
    "\
    generate set get put use paste enter choose make add create fill copy see run ask pick write type",
);

/// Values from the standards of OAuth and AWS' introduction, on which half of all documents are based.
static INTRODUCED: Words = Words::new(
    "\
    2YotnFZFEjr1zCsicMWpAA tGzv3JOkF0XG5Qx2TlKWIA SlAV32hkKG 7Fjfp0ZBr1KtDRbnfVdmIw gX1fBat3bV ad180jjd733klru7
    h480djs93hd8 kd94hf93k423kf44 nnch734d00sl2jdk wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY",
);

/// Whether the text says that something is to be filled in here.
pub(crate) fn is_placeholder(value: &[u8]) -> bool {
    if Makeup::of(value).distinct <= 2 || value.windows(3).any(|three| matches!(three, b"***" | b"...")) {
        return true;
    }
    let Ok(text) = std::str::from_utf8(value) else { return false };
    // The first of these is the sign that breaks secrets in this crate's own examples.
    if ["‖", "…", "•", "●", "█"].iter().any(|sign| text.contains(sign)) {
        return true;
    }
    let small = text.to_ascii_lowercase();
    let is_sign = |character: char| matches!(character, '-' | '_' | '.' | ' ' | '<' | '>' | '[' | ']' | '!' | '/');
    let bare: String = small.chars().filter(|character| !is_sign(*character)).collect();
    let ends_here = ["_here", "-here", " here"].iter().any(|word| small.ends_with(word));
    PLACEHOLDERS.has(&bare)
        || ends_here
        || SURE.iter().any(|word| small.contains(word))
        || is_spoken(value) && is_instruction(&small)
}

/// Whether words say what to do: `generate-one-with-openssl`, `your-token`, `set_a_strong_password`.
fn is_instruction(small: &str) -> bool {
    let words = || small.split(|character: char| !character.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let (count, telling) =
        words().fold((0, 0), |(count, telling), word| (count + 1, telling + usize::from(TELLING.has(word))));
    let commands = words().next().is_some_and(|first| IMPERATIVE.has(first));
    let mostly = telling * 2 >= count || says_noun(small) || count >= 4 && telling >= 2;
    count >= 3 && commands || count >= 2 && telling >= 1 && mostly
}

/// Whether the value stands in a standard or an introduction, and so in half of all documents.
pub(crate) fn is_introduced(value: &[u8]) -> bool {
    std::str::from_utf8(value).is_ok_and(|value| INTRODUCED.has(value))
}
