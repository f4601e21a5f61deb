//! Texts in every encoding, with true claims, false ones and none.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::decode;
use crate::Problem;

/// The text in an encoding that encoding_rs can write.
fn written(text: &str, label: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).expect("a label");
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{label} has all letters of {text}");
    bytes.into_owned()
}

fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

const JAPANESE: &str = "<rss><title>日本語の題名、ひらがなとカタカナ。吾輩は猫である。名前はまだ無い。</title></rss>";
const RUSSIAN: &str = "<rss><title>Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.</title></rss>";
const CHINESE: &str = "<rss><title>这是一个简体中文的标题,学而时习之,不亦说乎?有朋自远方来,不亦乐乎?</title></rss>";
const KOREAN: &str = "<rss><title>동해 물과 백두산이 마르고 닳도록 하느님이 보우하사 우리나라 만세</title></rss>";
const TAIWANESE: &str = "<rss><title>這是一個繁體中文的標題,學而時習之,不亦說乎?有朋自遠方來,不亦樂乎?</title></rss>";
const FRENCH: &str =
    "<rss><title>Une journée d'été à la fenêtre, où le garçon mange une pêche dans le café</title></rss>";

#[test]
fn encodings_are_detected_without_any_claim() {
    let cases = [
        (JAPANESE, "Shift_JIS"),
        (JAPANESE, "EUC-JP"),
        (JAPANESE, "ISO-2022-JP"),
        (JAPANESE, "UTF-8"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "KOI8-U"),
        (CHINESE, "GBK"),
        (TAIWANESE, "Big5"),
        (KOREAN, "EUC-KR"),
        (FRENCH, "windows-1252"),
    ];
    for (text, label) in cases {
        let bytes = written(text, label);
        let decoded = decode(&bytes, None, None);
        assert_eq!((decoded.encoding, &*decoded.text), (label, text));
        assert_eq!(decoded.problems, []);
    }
}

#[test]
fn utf_16_is_read_with_and_without_its_mark() {
    for mark in ["", "\u{feff}"] {
        let text = format!("{mark}{JAPANESE}");
        for (bytes, name) in
            [(utf_16(&text, u16::to_le_bytes), "UTF-16LE"), (utf_16(&text, u16::to_be_bytes), "UTF-16BE")]
        {
            let decoded = decode(&bytes, None, None);
            assert_eq!((decoded.encoding, &*decoded.text), (name, JAPANESE));
        }
    }
}

#[test]
fn claims_are_followed_when_they_fit() {
    let prolog = |label: &str, text: &str| written(&format!("<?xml version='1.0' encoding='{label}'?>{text}"), label);
    for (label, text) in
        [("Shift_JIS", "あ"), ("EUC-JP", "あ"), ("GBK", "中"), ("windows-1255", "שלום"), ("ISO-8859-2", "žluť")]
    {
        let bytes = prolog(label, text);
        let decoded = decode(&bytes, None, None);
        assert!(decoded.text.ends_with(text), "{label}: {}", decoded.text);
        assert_eq!(decoded.problems, [], "{label}");
    }
    let bytes = written("<title>あ①髙</title>", "Shift_JIS");
    assert_eq!(decode(&bytes, Some("text/xml; charset=\"cp932\""), None).text, "<title>あ①髙</title>");
    for meta in
        [r#"<meta charset="euc-jp">"#, r#"<META http-equiv='Content-Type' content='text/html; charset=EUC-JP'>"#]
    {
        let text = format!("<html><head><script>'<meta charset=utf-8>'</script>{meta}<p>あ");
        assert_eq!(decode(&written(&text, "EUC-JP"), None, None).text, text);
    }
}

#[test]
fn false_claims_lose() {
    let mismatch = |declared, used| vec![Problem::EncodingMismatch { declared, used }];
    let cases = [
        (JAPANESE, "Shift_JIS", "UTF-8", "Shift_JIS"),
        (JAPANESE, "UTF-8", "ISO-8859-1", "UTF-8"),
        (JAPANESE, "UTF-8", "Shift_JIS", "UTF-8"),
        (JAPANESE, "EUC-JP", "Shift_JIS", "EUC-JP"),
        (JAPANESE, "Shift_JIS", "ISO-8859-1", "Shift_JIS"),
        (RUSSIAN, "windows-1251", "UTF-8", "windows-1251"),
        (FRENCH, "windows-1252", "UTF-8", "windows-1252"),
    ];
    for (text, real, claim, used) in cases {
        let bytes = written(text, real);
        let decoded = decode(&bytes, Some(&format!("text/xml; charset={claim}")), None);
        assert_eq!((decoded.encoding, &*decoded.text), (used, text), "{real} claimed as {claim}");
        let declared = Encoding::for_label(claim.as_bytes()).map_or("", Encoding::name);
        assert_eq!(decoded.problems, mismatch(declared, used));
    }
}

#[test]
fn the_prolog_beats_a_servers_default() {
    let text = format!("<?xml version='1.0' encoding='EUC-JP'?>{JAPANESE}");
    let bytes = written(&text, "EUC-JP");
    assert_eq!(decode(&bytes, Some("text/xml; charset=iso-8859-1"), None).text, text);
}

#[test]
fn latin_1_is_not_mistaken_for_something_asian() {
    let bytes = written(FRENCH, "windows-1252");
    let decoded = decode(&bytes, Some("text/xml; charset=iso-8859-1"), None);
    assert_eq!((&*decoded.text, decoded.problems), (FRENCH, vec![]));
}

#[test]
fn the_users_choice_is_followed_to_the_letter() {
    let bytes = written("é", "windows-1252");
    assert_eq!(decode(&bytes, Some("text/xml; charset=utf-8"), Some("KOI8-R")).text, "И");
    let decoded = decode(b"x", None, Some("no-such-thing"));
    assert_eq!(decoded.problems, [Problem::UnknownEncoding { label: "no-such-thing".into() }]);
}

#[test]
fn damaged_utf_8_stays_utf_8() {
    let mut bytes = JAPANESE.as_bytes().to_vec();
    bytes[14] = b'x';
    let decoded = decode(&bytes, None, None);
    assert_eq!(decoded.encoding, "UTF-8");
    assert!(decoded.text.contains("カタカナ"));
    assert!(matches!(decoded.problems[..], [Problem::BadBytes { encoding: "UTF-8", .. }]));
}

#[test]
fn good_utf_8_is_not_copied() {
    for bytes in [JAPANESE.as_bytes(), b"ascii", "\u{feff}<rss/>".as_bytes()] {
        let decoded = decode(bytes, Some("application/xml; charset=utf-8"), None);
        assert!(matches!(decoded.text, Cow::Borrowed(_)));
        assert_eq!(decoded.problems, []);
    }
}

#[test]
fn ascii_is_right_under_every_claim() {
    for claim in ["iso-8859-1", "shift_jis", "utf-16", "iso-2022-jp", "us-ascii"] {
        let decoded = decode(b"<rss/>", Some(&format!("text/xml; charset={claim}")), None);
        assert_eq!((&*decoded.text, decoded.problems), ("<rss/>", vec![]), "{claim}");
    }
}
