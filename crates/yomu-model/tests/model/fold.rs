//! Which characters count as the same

use proptest::prelude::*;
use yomu_model::fold::fold;

fn check(text: &str, expected: &str) {
    assert_eq!(fold(text), expected, "{text:?}");
}

#[test]
fn width_and_case_are_folded() {
    check("Ｒｕｓｔ　１．９５", "rust 1.95");
    check("ｶﾀｶﾅ ｶﾞｷﾞ ﾊﾟ", "カタカナ ガギ パ");
    check("か\u{3099}", "が");
    check("①㈱㍻", "1(株)平成");
}

#[test]
fn accents_are_folded() {
    check("Café Cafe\u{301} ÉTÉ", "cafe cafe ete");
    check("Straße STRASSE ẞ", "strasse strasse ss");
    check("İstanbul ISTANBUL ısparta", "istanbul istanbul isparta");
    check("ΟΔΟΣ οδός", "οδοσ οδοσ");
    check("Łódź Ærø Đà Nẵng", "lodz aero da nang");
    check("Ǽ ǿ ΐ ẖ", "ae o ι h");
    check("Ещё", "еще");
}

#[test]
fn other_letters_stay_as_they_are() {
    check("かカゕヵ", "かカゕヵ");
    check("йи", "йи");
    check("हिन्दी ไทย", "हिन्दी ไทย");
    check("國国", "國国");
    check("【ＰＲ】「本」、。〔本〕", "【pr】「本」、。〔本〕");
    check("1 + 1 = 2; don't!", "1 + 1 = 2; don't!");
}

#[test]
fn the_invisible_is_dropped() {
    check("hy\u{AD}phen \u{FEFF}a\u{200D}b\u{2060} 葛\u{E0100} ❤\u{FE0F}", "hyphen ab 葛 ❤");
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing_more(text in "\\PC{0,40}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn normalized_and_plain_text_are_equal(text in "[a-zA-Zéüçかがﾊﾞｶﾟ가각ёй\u{300}-\u{308}\u{3099}]{0,20}") {
        use unicode_normalization::UnicodeNormalization;
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(fold(&composed), fold(&text));
        prop_assert_eq!(fold(&decomposed), fold(&text));
    }
}
