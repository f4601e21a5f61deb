//! What search promises, as data
//!
//! Each query must find exactly these documents, on every engine: the matcher of this crate, SQLite and PostgreSQL. The
//! store's tests fill their tables with [`DOCUMENTS`] and ask all [`CASES`].

/// An entry to index.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// The number by which cases name it.
    pub id: u32,
    /// Its title.
    pub title: &'static str,
    /// Its body, as plain text.
    pub body: &'static str,
}

/// A query and what it finds.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// As typed.
    pub query: &'static str,
    /// The ids of the documents that match, in ascending order.
    pub hits: &'static [u32],
    /// What the case is there to show.
    pub why: &'static str,
}

const fn document(id: u32, title: &'static str, body: &'static str) -> Document {
    Document { id, title, body }
}

const fn case(query: &'static str, hits: &'static [u32], why: &'static str) -> Case {
    Case { query, hits, why }
}

/// The library that is searched.
pub const DOCUMENTS: &[Document] = &[
    document(1, "東京都の京都駅", "東京都から京都駅まで新幹線で行く。"),
    document(2, "猫の日", "うちの猫は三毛だ。ねこはネコと書くこともある。"),
    document(3, "半角カナ", "ﾊﾝｶｸ ｶﾀｶﾅ と ｶﾞｷﾞｸﾞ の読み方"),
    document(4, "全角カナ", "カタカナとガギグの読み方"),
    document(5, "ＡＢＣ Ｎｅｗｓ", "Ｒｕｓｔ　１．９５ が出た"),
    document(6, "abc news", "Rust 1.95 is out, says the team. It's about trust and rusty tools."),
    document(7, "Rust言語で書く", "C言語との違いと、所有権について。"),
    document(8, "Plans for 2026", "In 2026年 we read more than in 2025."),
    document(9, "C++ and C# and F#", "The .NET runtime, notepad++ and plain C."),
    document(10, "Contact", "Write to mail@example.com or see https://example.com/feed.xml?page=2#top."),
    document(11, "Café crème", "L’été à la plage: l'eau, le cœur et la façade."),
    document(12, "Cafe\u{301} decomposed", "İstanbul, ISTANBUL, ısparta; STRASSE und Straße; ΟΔΟΣ, οδός."),
    document(13, "Party 🎉", "We celebrate 🎉🐈\u{200D}⬛ with ★ and ♪."),
    document(14, "red apple", "pie is the body that follows"),
    document(15, "Soft hy\u{AD}phen", "inter\u{AD}national brand™ 東\u{200B}京 葛\u{E0100}城"),
    document(16, "東京 駅前", "京 駅前"),
    document(17, "한국어 소식", "한국은 오늘 맑다."),
    document(18, "ภาษาไทย", "ประเทศไทยเป็นประเทศในเอเชีย"),
    document(19, "Новости", "Ещё один день, всё ещё йога."),
    document(20, "हिन्दी समाचार", "नमस्ते दुनिया"),
    document(21, "㈱山田商店", "第㍻号 ㌔ ① ﬁle"),
    document(22, "", "An entry without a title, about kestrels and the long-legged buzzard."),
    document(23, "A title without a body about a kestrel", ""),
    document(24, "", ""),
    document(25, "食パンと𩸽", "𠮷野家で食べる。人々、〆切、三〇〇円。"),
    document(26, "Tシャツ・Ｙシャツ", "ジョン・スミスのTシャツ"),
];

/// The questions.
pub const CASES: &[Case] = &[
    // Japanese
    case("東京", &[1, 15, 16], "two ideographs anywhere in a run"),
    case("京都", &[1], "a word inside a longer run, and across 東京都"),
    case("東京都", &[1], "three characters are two pairs in a row"),
    case("東京駅", &[], "the pairs must be neighbours"),
    case("都の京都駅", &[1], "a long run"),
    case("京都駅ま", &[1], "up to the middle of a run"),
    case("猫", &[2], "one ideograph"),
    case("駅", &[1, 16], "one ideograph at the end of a run"),
    case("ねこ", &[2], "hiragana"),
    case("ネコ", &[2], "katakana is another word, here in the same text"),
    case("ｶﾀｶﾅ", &[3, 4], "half-width query, both widths found"),
    case("カタカナ", &[3, 4], "full-width query, both widths found"),
    case("かたかな", &[], "hiragana does not find katakana"),
    case("ガギグ", &[3, 4], "half-width voiced marks compose"),
    case("カギ", &[], "the voiced mark makes another letter"),
    case("東京 駅前", &[16], "two words, each somewhere"),
    case("\"東京 駅前\"", &[16], "a phrase over a blank"),
    case("\"京 駅\"", &[16], "a phrase whose first part ends a run"),
    case("京駅", &[], "a blank is not nothing"),
    case("東京　京都", &[1], "full-width blank between words"),
    case("「東京都の」", &[1], "corner brackets are quotes"),
    case("葛城", &[15], "variation selectors are invisible"),
    case("𩸽", &[25], "an ideograph outside the first plane"),
    case("𠮷野", &[25], "a pair outside the first plane"),
    case("人々", &[25], "the iteration mark belongs to the run"),
    case("三〇〇", &[25], "so does the zero"),
    case("Tシャツ", &[26], "Latin and kana in one word"),
    case("シャツ", &[26], "its second half"),
    case("ジョンスミス", &[], "the middle dot separates"),
    case("ジョン・スミス", &[26], "and is not needed in the index"),
    case("株", &[21], "a squared abbreviation is taken apart"),
    case("平成", &[21], "so is a squared era"),
    case("キロ", &[21], "and a squared unit"),
    // Width and case
    case("abc", &[5, 6], "full-width Latin"),
    case("ＡＢＣ", &[5, 6], "full-width query"),
    case("NEWS", &[5, 6], "upper case"),
    case("1.95", &[5, 6], "a number with a dot, full-width too"),
    // English
    case("rust", &[5, 6, 7], "a word, exactly: not trust, not rusty"),
    case("rust*", &[5, 6, 7], "words that begin so"),
    case("rusty", &[6], "another word"),
    case("trus*", &[6], "a beginning"),
    case("tool", &[], "no stemming"),
    case("it's", &[6], "an apostrophe"),
    case("It’s", &[6], "another apostrophe"),
    case("kestrel", &[23], "a title without a body"),
    case("kestrel*", &[22, 23], "and a body without a title"),
    case("long-legged", &[22], "a hyphen makes a phrase"),
    case("\"legged long\"", &[], "in that order"),
    case("\"says the team\"", &[6], "a phrase"),
    case("“says the team”", &[6], "curly quotes"),
    case("\"the says team\"", &[], "not in another order"),
    case("\"team it\"", &[6], "a phrase over a full stop"),
    // Mixed
    case("Rust言語", &[7], "Latin and ideographs"),
    case("\"Rust 言語\"", &[7], "a blank where the script changes makes no difference"),
    case("C言語", &[7], "one letter and ideographs"),
    case("言語と", &[7], "ideographs and kana"),
    case("\"言語 所有権\"", &[], "not neighbours"),
    case("2026", &[8], "a number"),
    case("2026年", &[8], "a year"),
    case("2025", &[8], "another number"),
    case("202", &[], "a number is a word"),
    case("202*", &[8], "with a prefix"),
    // Programming languages
    case("C++", &[9], "not C, not C#"),
    case("C＋＋", &[9], "full-width plus"),
    case("c#", &[9], "the sign counts"),
    case("F#", &[9], "any letter"),
    case("C", &[7, 9], "C alone finds C++ and C言語 as well"),
    case("notepad++", &[9], "a longer name"),
    case(".NET", &[9], "the dot does not count"),
    // Addresses
    case("mail@example.com", &[10], "an e-mail address is a phrase"),
    case("example.com", &[10], "so is a host"),
    case("https://example.com/feed.xml", &[10], "and an address"),
    case("example.org", &[], "another host"),
    case("page#top", &[], "no sign inside words"),
    // Accents and case of other languages
    case("cafe", &[11, 12], "without the accent"),
    case("CAFÉ", &[11, 12], "with it, in upper case"),
    case("eau", &[11], "after an elided article"),
    case("été", &[11], "accents at both ends"),
    case("coeur", &[11], "a ligature"),
    case("facade", &[11], "a cedilla"),
    case("istanbul", &[12], "both Turkish and English capital I"),
    case("İSTANBUL", &[12], "dotted capital"),
    case("isparta", &[12], "dotless i"),
    case("strasse", &[12], "sharp s"),
    case("straße", &[12], "sharp s in the query"),
    case("οδος", &[12], "Greek without accent, final sigma"),
    case("ещё", &[19], "Russian"),
    case("еще", &[19], "as Russians type it"),
    case("ЙОГА", &[19], "й is a letter of its own"),
    case("иога", &[], "not и"),
    case("समाचार", &[20], "vowel signs are letters"),
    case("हिन्दी", &[20], "so is the virama"),
    case("한국", &[17], "Korean without its ending"),
    case("오늘", &[17], "a Korean word"),
    case("국", &[17], "one syllable"),
    case("ประเทศ", &[18], "a Thai word inside a run"),
    case("เอเชีย", &[18], "the last word of a Thai run"),
    case("file", &[21], "a ligature of print"),
    case("1", &[5, 6, 21], "a circled number"),
    // What cannot be seen, what is not letters
    case("hyphen", &[15], "soft hyphens are invisible"),
    case("international", &[15], "in the body too"),
    case("brand", &[15], "a trade mark is not part of the word"),
    case("🎉", &[13], "an emoji"),
    case("🐈", &[13], "an emoji inside a joined one"),
    case("★", &[], "a decoration is not indexed, and a query of nothing finds nothing by words"),
    // Title and body
    case("\"red apple\"", &[14], "a phrase in the title"),
    case("\"apple pie\"", &[], "not over the end of the title"),
    case("apple pie", &[14], "but both words"),
    case("title:apple", &[14], "in the title"),
    case("title:pie", &[], "not in the body"),
    case("title:\"京都駅\"", &[1], "a title phrase"),
    case("title:駅", &[1, 16], "one character in the title"),
    case("title:猫 三毛", &[2], "title and anywhere"),
    case("ｔｉｔｌｅ：猫", &[2], "an operator typed in full width"),
    // Logic
    case("abc -trust", &[5], "an exclusion"),
    case("abc －trust", &[5], "a full-width minus"),
    case("abc -\"says the team\"", &[5], "an excluded phrase"),
    case("rust -title:news", &[7], "an excluded title word"),
    case("猫 OR カタカナ", &[2, 3, 4], "either"),
    case("読み方 半角 OR 全角", &[3, 4], "OR binds closer than a blank"),
    case("\"red apple\" OR rust -trust", &[5, 7, 14], "all together"),
    case("a or b", &[], "small letters are words"),
    case("kestrel OR 駅 title:title", &[23], "OR, then another clause"),
    case("-rust -東京 -a -the", &[2, 3, 4, 8, 10, 12, 13, 17, 18, 19, 20, 21, 24, 25, 26], "only exclusions"),
    case("foo:bar", &[], "an unknown operator is a word"),
    case("--help", &[], "two minus signs are not an exclusion"),
];
