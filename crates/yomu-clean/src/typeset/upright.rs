//! Digits and capitals in vertical lines. Up to three digits stand side by side in the space of one character
//! (tate-chu-yoko); four digits, as of a year, and short capitals stand upright one below the other; everything longer
//! lies on its side, as a word of another script does.

/// Digits that fit beside each other.
const SIDE_BY_SIDE_MAX: usize = 3;

/// Characters that can stand one below the other without becoming a tower.
const STACKED_MAX: usize = 4;

/// Appends text, with elements around what stands upright.
pub(super) fn push(out: &mut String, text: &str) {
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(at) = rest.find(|one: char| one.is_ascii_graphic()) {
        before = rest[..at].chars().next_back().or(before);
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let run = &rest[..rest.find(|one: char| !one.is_ascii_graphic()).unwrap_or(rest.len())];
        let after = rest[run.len()..].chars().next();
        if is_of_the_line(before) && is_of_the_line(after) {
            push_run(out, run, before.is_some() || after.is_some());
        } else {
            out.push_str(run);
        }
        rest = &rest[run.len()..];
        before = run.chars().next_back();
    }
    out.push_str(rest);
}

/// Whether a neighbour leaves a run to the vertical line: a character of its script, or none. A space means that the run
/// is part of a Latin text, which lies on its side as a whole.
fn is_of_the_line(neighbour: Option<char>) -> bool {
    neighbour.is_none_or(|one| !one.is_ascii() && !one.is_whitespace() || one == '\u{3000}' || one == '\n')
}

/// A run of the line. A letter with nothing beside it tells nothing of its script, and lies on its side.
fn push_run(out: &mut String, run: &str, has_neighbour: bool) {
    let core = run.trim_end_matches('%');
    let all = |is: fn(&u8) -> bool| !core.is_empty() && core.as_bytes().iter().all(is);
    let is_mark = |one: &u8| matches!(one, b'!' | b'?');
    let class = match core.len() {
        0..=SIDE_BY_SIDE_MAX if all(u8::is_ascii_digit) => Some("tcy"),
        0..=STACKED_MAX if all(u8::is_ascii_digit) => Some("stack"),
        _ if !has_neighbour => None,
        2 if all(is_mark) => Some("tcy"),
        0..=STACKED_MAX if all(u8::is_ascii_uppercase) => Some("stack"),
        1 if all(is_mark) || all(u8::is_ascii_lowercase) => Some("stack"),
        _ => None,
    };
    match class {
        Some(class) => {
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
            out.push_str(core);
            out.push_str("</span>");
            out.push_str(&run[core.len()..]);
        }
        None => out.push_str(run),
    }
}

#[cfg(test)]
mod tests {
    use super::push;

    fn set(text: &str) -> String {
        let mut out = String::new();
        push(&mut out, text);
        out.replace("<span class=\"tcy\">", "[").replace("<span class=\"stack\">", "{").replace("</span>", "|")
    }

    #[test]
    fn short_digits_stand_side_by_side_and_years_are_stacked() {
        assert_eq!(set("令和7年11月23日"), "令和[7|年[11|月[23|日");
        assert_eq!(set("全100話、2026年に12345人"), "全[100|話、{2026|年に12345人");
        assert_eq!(set("3"), "[3|");
        assert_eq!(set("90%の人"), "[90|%の人");
    }

    #[test]
    fn capitals_and_marks_stand_upright() {
        assert_eq!(set("NHKとA子の本当!?"), "{NHK|と{A|子の本当[!?|");
        assert_eq!(set("はい!"), "はい{!|");
    }

    #[test]
    fn what_belongs_to_a_longer_run_lies_on_its_side() {
        for text in [
            "3.14倍",
            "1,000円",
            "10:30に",
            "iPhone15の",
            "Chapter 3 of 10",
            "11/23の",
            "&amp;",
            "第 3 章",
            "ABCDEの",
            "a",
            "I",
        ] {
            assert_eq!(set(text), text);
        }
    }
}
