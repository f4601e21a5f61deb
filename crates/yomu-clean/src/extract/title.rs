//! The title of a page without the name of the site.

/// Signs between a title and a site's name that are hardly ever part of a title.
const STRONG: &[&str] = &[" | ", " ｜ ", "｜", " :: ", " » ", " › ", " — "];

/// Signs that are often part of a title.
const WEAK: &[&str] = &[" - ", " – ", " : ", ": ", " / ", "：", "|", " – "];

/// The title without the site's name before or behind it. `heading` is the page's main heading, `sites` what the site is
/// called.
pub(crate) fn without_site(title: &str, heading: Option<&str>, sites: &[&str]) -> String {
    let title = title.trim();
    let same = |left: &str, right: &str| letters(left) == letters(right);
    for separator in STRONG.iter().chain(WEAK) {
        let parts = [title.rsplit_once(separator), title.split_once(separator).map(|(first, rest)| (rest, first))];
        for (kept, name) in parts.into_iter().flatten() {
            let (kept, name) = (kept.trim(), name.trim());
            // In front of a colon stands the site or the section; a heading that says the same is theirs.
            let is_label = separator.contains([':', '：']) && title.starts_with(kept);
            let confirmed = heading.is_some_and(|heading| same(heading, kept) && !is_label)
                || sites.iter().any(|site| same(site, name) || site.starts_with(name) && name.chars().count() > 3);
            if confirmed && !kept.is_empty() {
                // The name may stand there twice, or with a section.
                return without_site(kept, heading, sites);
            }
        }
    }
    let unconfirmed = STRONG.iter().find_map(|separator| title.rsplit_once(separator));
    match unconfirmed {
        // What is left must still be able to be a title, and longer than what goes.
        Some((kept, name))
            if heading.is_none_or(|heading| !same(heading, title)) && weight(kept) >= weight(name).max(10) =>
        {
            kept.trim().to_owned()
        }
        _ => title.to_owned(),
    }
}

/// Length as it is seen: a Japanese character weighs like two Latin ones.
fn weight(text: &str) -> usize {
    text.chars().map(|character| if character > '\u{2e7f}' { 2 } else { 1 }).sum()
}

fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_goes() {
        for (title, heading, site, expected) in [
            ("A morning in Tokyo | Site", None, None, "A morning in Tokyo"),
            ("東京の朝の散歩道｜新聞", None, None, "東京の朝の散歩道"),
            ("A morning - Site", None, Some("Site"), "A morning"),
            ("A morning - Site", Some("A morning"), None, "A morning"),
            ("Site: A morning", None, Some("Site"), "A morning"),
            ("A morning | News | Site", Some("A morning"), Some("Site"), "A morning"),
            ("O'Reilly Japan - 東京", Some("東京"), None, "東京"),
        ] {
            assert_eq!(without_site(title, heading, &Vec::from_iter(site)), expected, "{title}");
        }
    }

    #[test]
    fn a_title_with_such_signs_stays() {
        for (title, heading, site) in [
            ("Rust - a language", None, None),
            ("既知の問題 - 国際化", Some("Mozilla Japan"), None),
            ("A | B", None, None),
            ("Site", None, Some("Site")),
            ("散歩帖: 2005年07月", Some("散歩帖"), None),
            ("Left | Right of the middle", Some("Left | Right of the middle"), None),
        ] {
            assert_eq!(without_site(title, heading, &Vec::from_iter(site)), title);
        }
    }
}
