//! Which addresses are pages

/// Whether an address is one of the web, with a host. Browsers keep others among their bookmarks: programs, folders,
/// searches of their own.
pub(crate) fn web_address(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let rest = match () {
        () if lower.starts_with("https://") => &url[8..],
        () if lower.starts_with("http://") => &url[7..],
        () => return false,
    };
    rest.starts_with(|first: char| !matches!(first, '/' | '?' | '#' | ':') && !first.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_kept() {
        for url in ["https://a.example", "HTTP://A.example/x", "http://[::1]/", "https://例え.テスト/"] {
            assert!(web_address(url), "{url}");
        }
        for url in
            ["", "http://", "https:///x", "javascript:alert(1)", "place:sort=8", "ftp://a.example", "東京", "https:/a"]
        {
            assert!(!web_address(url), "{url}");
        }
    }
}
