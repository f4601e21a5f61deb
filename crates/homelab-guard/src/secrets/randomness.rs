//! How likely it is that a text was drawn at random, and not written by a person for others to read.

/// What a text is made of.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Makeup {
    /// Bytes.
    pub(crate) length: usize,
    /// a-z
    pub(crate) small: usize,
    /// A-Z
    pub(crate) capital: usize,
    /// 0-9
    pub(crate) digits: usize,
    /// Signs of ASCII that are no letters, digits or spaces.
    pub(crate) signs: usize,
    /// Spaces.
    pub(crate) spaces: usize,
    /// Bytes outside ASCII.
    pub(crate) foreign: usize,
    /// Different bytes.
    pub(crate) distinct: usize,
}

impl Makeup {
    /// Counts.
    pub(crate) fn of(text: &[u8]) -> Self {
        let mut makeup = Self { length: text.len(), ..Self::default() };
        let mut seen = [false; 256];
        for byte in text {
            makeup.distinct += usize::from(!std::mem::replace(&mut seen[usize::from(*byte)], true));
            match byte {
                b'a'..=b'z' => makeup.small += 1,
                b'A'..=b'Z' => makeup.capital += 1,
                b'0'..=b'9' => makeup.digits += 1,
                b' ' | b'\t' | b'\r' | b'\n' => makeup.spaces += 1,
                0x80.. => makeup.foreign += 1,
                _ => makeup.signs += 1,
            }
        }
        makeup
    }

    /// Letters of ASCII.
    pub(crate) fn letters(&self) -> usize {
        self.small + self.capital
    }
}

/// Whether a text of the right shape was typed by somebody who needed an example: a few characters over and over, counting,
/// or words that say so.
pub(crate) fn looks_made_up(text: &[u8]) -> bool {
    let makeup = Makeup::of(text);
    let enough = (makeup.length / 5).clamp(1, 6);
    makeup.distinct <= enough || says_so(text) || counted(text) * 3 > text.len()
}

/// Whether a person would take the text for random: both letters and digits, no long stretch of one kind, no words.
pub(crate) fn is_random(text: &[u8]) -> bool {
    let makeup = Makeup::of(text);
    if makeup.spaces > 0 || makeup.foreign > 0 || makeup.length < 12 || looks_made_up(text) {
        return false;
    }
    let hexadecimal = text.iter().all(u8::is_ascii_hexdigit);
    if hexadecimal {
        return makeup.length >= 16 && makeup.digits >= 2 && makeup.letters() >= 2;
    }
    let mixed = makeup.small > 0 && makeup.capital > 0;
    let digits_expected = makeup.length / 40;
    if makeup.letters() * 4 < makeup.length {
        return false;
    }
    if makeup.digits == 0 && !(mixed && makeup.length < 40) || makeup.digits < digits_expected {
        return false;
    }
    makeup.distinct * 5 >= makeup.length.min(40) * 2 && changes(text) * 4 >= makeup.length && !is_spoken(text)
}

/// How often the kind of character changes from one to the next. Random text changes nearly always, words hardly ever.
fn changes(text: &[u8]) -> usize {
    let kind = |byte: u8| match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    };
    text.windows(2).filter(|pair| kind(pair[0]) != kind(pair[1])).count()
}

/// Whether the text is words of letters with signs between them, as names of things are: `db-password`, `readOnlyToken`.
/// A trailing number belongs to a name, a digit within a word does not.
pub(crate) fn is_spoken(text: &[u8]) -> bool {
    text.split(|byte| !byte.is_ascii_alphanumeric()).all(|word| {
        let letters = word.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (letters, rest) = word.split_at(letters);
        rest.len() <= 4 && rest.iter().all(u8::is_ascii_digit) && is_word(letters)
    })
}

/// Whether letters could be said aloud: no heap of consonants, capitals only where words begin.
fn is_word(letters: &[u8]) -> bool {
    let (mut consonants, mut capitals_inside, mut previous_small) = (0, 0, false);
    let all_capital = letters.iter().all(u8::is_ascii_uppercase);
    for (index, letter) in letters.iter().enumerate() {
        let vowel = matches!(letter.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        consonants = if vowel { 0 } else { consonants + 1 };
        let begins_word = letter.is_ascii_uppercase() && previous_small;
        if begins_word {
            consonants = usize::from(!vowel);
        }
        capitals_inside += usize::from(letter.is_ascii_uppercase() && index > 0 && !previous_small && !all_capital);
        previous_small = letter.is_ascii_lowercase();
        if consonants > 5 || capitals_inside > 3 {
            return false;
        }
    }
    let humps = letters.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    humps * 4 <= letters.len()
}

/// How many characters belong to stretches that count up or down, such as `12345` and `fedcba`, or repeat one character.
fn counted(text: &[u8]) -> usize {
    const STRETCH: usize = 6;
    let (mut counted, mut stretch, mut step) = (0, 1, 0_i16);
    for pair in text.windows(2) {
        let this = i16::from(pair[1]) - i16::from(pair[0]);
        // After 9 comes 0 or a, where somebody counts in hexadecimal.
        let this = if matches!(pair, b"90" | b"9a" | b"9A") { 1 } else { this };
        if this.abs() <= 1 && (stretch == 1 || this == step) {
            stretch += 1;
        } else {
            counted += if stretch >= STRETCH { stretch } else { 0 };
            stretch = 1;
        }
        step = this;
    }
    counted + if stretch >= STRETCH { stretch } else { 0 }
}

fn says_so(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 10] = [
        b"example",
        b"xxxx",
        b"your",
        b"placeholder",
        b"changeme",
        b"redacted",
        b"dummy",
        b"insert",
        b"notreal",
        b"abcdef0123",
    ];
    WORDS.iter().any(|word| text.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_strings_are_random() {
        for random in [
            "9f2c41a755b04c1d8e7a0d3b6f21c9e4",
            "zkQm2vR9xLp4Ws7T",
            "Uq8s/xZ0mT+41kLwPd7yRb3Nc6Gf5Hj2",
            "qv7x2m9slp4dz8wk",
            "hT_4kq-Zx81kQwpLe",
        ] {
            assert!(is_random(random.as_bytes()), "{random}");
        }
    }

    #[test]
    fn names_and_sentences_are_not() {
        for spoken in [
            "scram-sha-256",
            "kubernetes.io/service-account-token",
            "authorization_code",
            "readOnlyAccessToken",
            "ghcr.io/me/token-server",
            "0123456789abcdef0123456789abcdef",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "your-random-string-1234-here",
            "2027-01-31T10:00:00",
            "the password is wrong",
        ] {
            assert!(!is_random(spoken.as_bytes()), "{spoken}");
        }
    }

    #[test]
    fn words_are_spoken_and_leetspeak_is_not() {
        for spoken in ["db-password", "Passwort", "SESSION_SECRET", "tokenUrl", "step2", "a.b.c"] {
            assert!(is_spoken(spoken.as_bytes()), "{spoken}");
        }
        for unspoken in ["hunter2x", "s3cret", "pA55word", "xkcdqwrtzpl", "aBcDeFgH"] {
            assert!(!is_spoken(unspoken.as_bytes()), "{unspoken}");
        }
    }

    #[test]
    fn counting_and_repeating_is_made_up() {
        for made_up in ["1234567890abcdefghijklmnop", "00000000-0000-0000-0000-000000000000", "xxxxyyyyxxxx"] {
            assert!(looks_made_up(made_up.as_bytes()), "{made_up}");
        }
        assert!(!looks_made_up(b"9f2c41a755b04c1d"));
    }
}
