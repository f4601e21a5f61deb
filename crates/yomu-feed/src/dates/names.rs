//! Names of months, zones and parts of the day.

/// What a word in a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Month(i32),
    /// Seconds east of Greenwich.
    Zone(i32),
    /// Whether it is after noon.
    Afternoon(bool),
    /// The first year of a Japanese era.
    Era(i32),
    /// 元, which stands for year one of an era.
    FirstYear,
    /// Weekdays, ordinals and words like "at".
    Filler,
    Unknown,
}

/// Beginnings of month names in the languages feeds are written in. The first that fits wins, so longer ones come
/// before shorter ones.
#[rustfmt::skip]
const MONTHS: &[(i32, &[&str])] = &[
    (6, &["juni", "jun", "juin", "giu", "июн", "чер", "czerw", "haz"]),
    (7, &["jul", "juil", "lug", "июл", "лип", "lip", "tem"]),
    (1, &["jan", "jän", "ene", "gen", "янв", "січ", "sty", "oca"]),
    (2, &["feb", "fév", "fev", "фев", "лют", "lut", "şub"]),
    (3, &["mar", "mär", "mae", "mrz", "mrt", "maa", "мар", "бер"]),
    (4, &["apr", "avr", "abr", "апр", "кві", "kwi", "nis"]),
    (5, &["may", "mai", "maj", "mag", "mei", "май", "мая", "тра"]),
    (8, &["aug", "aoû", "aou", "ago", "авг", "сер", "sie", "ağu"]),
    (9, &["sep", "set", "сен", "вер", "wrz", "eyl"]),
    (10, &["oct", "okt", "ott", "out", "окт", "жов", "paź", "eki"]),
    (11, &["nov", "ноя", "лис", "lis", "kas"]),
    (12, &["dec", "dez", "dic", "déc", "дек", "гру", "gru", "ara"]),
];

/// Hours east of Greenwich. Of names with several meanings the one of RFC 822 wins (`EST`, `CST`), then the one with
/// more feeds (`BST` British, `IST` Indian).
#[rustfmt::skip]
const ZONES: &[(&str, f32)] = &[
    ("z", 0.0), ("ut", 0.0), ("utc", 0.0), ("gmt", 0.0), ("wet", 0.0),
    ("est", -5.0), ("edt", -4.0), ("et", -5.0), ("cst", -6.0), ("cdt", -5.0), ("ct", -6.0),
    ("mst", -7.0), ("mdt", -6.0), ("mt", -7.0), ("pst", -8.0), ("pdt", -7.0), ("pt", -8.0),
    ("akst", -9.0), ("akdt", -8.0), ("hst", -10.0), ("ast", -4.0), ("adt", -3.0), ("nst", -3.5), ("ndt", -2.5),
    ("brt", -3.0), ("brst", -2.0), ("art", -3.0), ("clt", -4.0),
    ("bst", 1.0), ("west", 1.0), ("cet", 1.0), ("cest", 2.0), ("met", 1.0), ("mest", 2.0), ("mez", 1.0), ("mesz", 2.0),
    ("eet", 2.0), ("eest", 3.0), ("sast", 2.0), ("msk", 3.0), ("msd", 4.0), ("trt", 3.0), ("eat", 3.0),
    ("irst", 3.5), ("gst", 4.0), ("pkt", 5.0), ("ist", 5.5), ("npt", 5.75), ("ict", 7.0), ("wib", 7.0),
    ("hkt", 8.0), ("sgt", 8.0), ("myt", 8.0), ("pht", 8.0), ("awst", 8.0), ("jst", 9.0), ("kst", 9.0),
    ("acst", 9.5), ("acdt", 10.5), ("aest", 10.0), ("aedt", 11.0), ("nzst", 12.0), ("nzdt", 13.0),
];

#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "t", "st", "nd", "rd", "th", "of", "at", "on", "the", "de", "del", "um", "uhr", "le", "à", "a", "er", "г", "года",
    "год", "в", "o", "clock",
    "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday", "fri", "friday",
    "sat", "saturday", "sun", "sunday",
    "日", "月", "火", "水", "木", "金", "土", "曜日", "年", "時", "分", "秒", "时", "点", "号",
    "년", "월", "일", "시", "분", "초",
];

/// What a lower-case word means.
pub(super) fn word(text: &str) -> Word {
    match text {
        "am" | "午前" | "上午" | "오전" => return Word::Afternoon(false),
        "pm" | "午後" | "下午" | "오후" => return Word::Afternoon(true),
        "令和" => return Word::Era(2019),
        "平成" => return Word::Era(1989),
        "昭和" => return Word::Era(1926),
        "令和元年" => return Word::FirstYear,
        _ => {}
    }
    // Runs of one-letter fillers: 日月 of `1月6日(月)`, 年월 when spaces are missing.
    let is_filler = |c: char| !c.is_ascii() && FILLERS.contains(&&*c.encode_utf8(&mut [0; 4]));
    if FILLERS.contains(&text) || text.chars().all(is_filler) {
        return Word::Filler;
    }
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == text) {
        return Word::Zone((hours * 3_600.0) as i32);
    }
    let month = MONTHS.iter().find(|(_, beginnings)| beginnings.iter().any(|beginning| text.starts_with(beginning)));
    month.map_or(Word::Unknown, |(month, _)| Word::Month(*month))
}
