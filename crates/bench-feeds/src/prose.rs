//! Sentences without meaning, in two languages, with words as unevenly spread as in real ones.

use crate::random::Random;

/// What a feed is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Japanese,
}

impl Language {
    /// One feed in five is Japanese.
    pub(crate) fn of_feed(feed: u32) -> Language {
        if feed % 5 == 3 { Language::Japanese } else { Language::English }
    }

    pub(crate) fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Japanese => "ja",
        }
    }
}

/// Words that only marked entries hold, so that a search has an exact right answer: the word, its language, and how many
/// in a thousand entries of that language hold it.
pub(crate) const MARKERS: &[(&str, Language, u64)] = &[
    ("lantern", Language::English, 100),
    ("estuary", Language::English, 20),
    ("quincunx", Language::English, 1),
    ("東京", Language::Japanese, 300),
    ("猫", Language::Japanese, 50),
    ("量子", Language::Japanese, 5),
];

const FREQUENT: &[&str] = &[
    "the", "of", "a", "to", "in", "and", "is", "that", "for", "with", "on", "as", "it", "was", "by", "from", "at",
    "but", "not", "this", "which", "be", "are", "has", "its", "than", "when", "into", "over", "after", "before",
    "under", "about", "small", "long", "old", "new", "slow", "early", "late", "house", "river", "paper", "letter",
    "garden", "engine", "winter", "morning", "table", "window", "road", "light", "water", "bread", "stone", "hand",
    "year", "word", "page", "line",
];
const ONSETS: &[&str] =
    &["b", "br", "c", "d", "f", "g", "h", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "th", "v", "w"];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ea", "ou", "ai"];
const ENDINGS: &[&str] = &["", "n", "r", "t", "l", "nd", "ng", "ck", "sh", "ment", "ing", "ed", "er", "ly"];

const NOUNS: &[&str] = &[
    "朝",
    "夜",
    "雨",
    "風",
    "雪",
    "海",
    "山",
    "川",
    "道",
    "橋",
    "駅",
    "町",
    "村",
    "港",
    "店",
    "窓",
    "机",
    "本",
    "紙",
    "手紙",
    "辞書",
    "新聞",
    "写真",
    "地図",
    "時計",
    "鉄道",
    "電車",
    "切符",
    "工場",
    "機械",
    "部品",
    "設計",
    "図面",
    "回路",
    "電力",
    "温度",
    "記録",
    "観測",
    "計算",
    "予報",
    "天気",
    "季節",
    "庭",
    "畑",
    "野菜",
    "果物",
    "料理",
    "台所",
    "味噌",
    "豆腐",
    "お茶",
    "音楽",
    "映画",
    "芝居",
    "小説",
    "随筆",
    "翻訳",
    "言葉",
    "文字",
    "学校",
    "先生",
    "友人",
    "祖母",
    "子ども",
    "散歩",
    "旅行",
    "温泉",
    "神社",
    "祭り",
    "歴史",
    "文化",
    "研究",
    "実験",
    "結果",
    "方法",
    "問題",
    "理由",
    "計画",
    "予算",
    "議会",
    "選挙",
    "法律",
    "会社",
    "仕事",
    "休日",
    "コーヒー",
    "カメラ",
    "ノート",
    "サーバー",
    "プログラム",
    "データベース",
    "ネットワーク",
];
const PARTICLES: &[&str] =
    &["は", "が", "を", "に", "で", "と", "の", "も", "から", "まで", "より", "について", "のために"];
const VERBS: &[&str] = &[
    "読む",
    "書く",
    "直す",
    "運ぶ",
    "調べる",
    "続ける",
    "始める",
    "数える",
    "比べる",
    "思い出す",
    "受け取る",
    "片づける",
    "作った",
    "見つけた",
    "歩いた",
    "変わった",
    "届いた",
    "残った",
    "決まった",
    "忘れていた",
];
const CLOSINGS: &[&str] = &["。", "。", "。", "のである。", "ことにした。", "らしい。", "という。", "かもしれない。"];

/// How many made-up English words there are. A reader's vocabulary table should not fit into a processor's cache.
const RARE_WORDS: usize = 16_000;

/// Appends one sentence.
pub(crate) fn sentence(random: &mut Random, language: Language, out: &mut String) {
    match language {
        Language::English => english(random, out),
        Language::Japanese => japanese(random, out),
    }
}

/// One sentence without markup, cut to about so many characters, for titles and alternative texts.
pub(crate) fn phrase(random: &mut Random, language: Language, characters: usize) -> String {
    let mut whole = String::new();
    sentence(random, language, &mut whole);
    whole.chars().take(characters).collect::<String>().trim_end_matches(['.', '。', ' ', ',']).to_string()
}

fn english(random: &mut Random, out: &mut String) {
    let start = out.len();
    let count = random.between(6, 19);
    for position in 0..count {
        if position > 0 {
            out.push_str(if random.below(11) == 0 { ", " } else { " " });
        }
        if random.below(100) < 58 {
            out.push_str(random.pick(FREQUENT));
        } else {
            rare_word(random, out);
        }
    }
    // All words are ASCII, so the first byte is the first letter.
    let capital = out[start..=start].to_ascii_uppercase();
    out.replace_range(start..=start, &capital);
    out.push_str(random.pick(&[".", ".", ".", ".", ".", "?", "!"]));
}

/// A word from a fixed vocabulary in which low numbers are met far more often than high ones.
fn rare_word(random: &mut Random, out: &mut String) {
    let spread = random.below(RARE_WORDS) * random.below(RARE_WORDS) / RARE_WORDS;
    let mut letters = Random::new(&[0x776f_7264, spread as u64]);
    for _ in 0..letters.between(1, 3) {
        out.push_str(letters.pick(ONSETS));
        out.push_str(letters.pick(VOWELS));
    }
    out.push_str(letters.pick(ENDINGS));
}

fn japanese(random: &mut Random, out: &mut String) {
    let count = random.between(2, 7);
    for position in 0..count {
        // A particle follows every noun, so that no marker word can arise where two nouns meet.
        out.push_str(random.pick(NOUNS));
        out.push_str(random.pick(PARTICLES));
        if position == 2 && count > 4 {
            out.push('、');
        }
    }
    out.push_str(random.pick(VERBS));
    out.push_str(random.pick(CLOSINGS));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(language: Language) -> String {
        let mut random = Random::new(&[3]);
        let mut out = String::new();
        for _ in 0..20_000 {
            sentence(&mut random, language, &mut out);
            out.push('\n');
        }
        out
    }

    #[test]
    fn no_marker_arises_by_chance() {
        for (word, language, _) in MARKERS {
            assert!(!many(*language).to_lowercase().contains(word), "{word}");
        }
    }

    #[test]
    fn sentences_begin_and_end_as_sentences_do() {
        for line in many(Language::English).lines() {
            assert!(
                line.starts_with(|first: char| first.is_ascii_uppercase()) && line.ends_with(['.', '?', '!']),
                "{line}"
            );
        }
        assert!(many(Language::Japanese).lines().all(|line| line.ends_with('。')));
    }

    #[test]
    fn words_are_many_and_unevenly_spread() {
        let text = many(Language::English);
        let mut counts = std::collections::HashMap::<&str, u32>::new();
        for word in text.split_whitespace() {
            *counts.entry(word).or_default() += 1;
        }
        assert!(counts.len() > 10_000, "{}", counts.len());
        assert!(counts.values().filter(|count| **count == 1).count() > 3_000);
    }
}
