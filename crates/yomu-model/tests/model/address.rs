//! What people paste as an address

use proptest::prelude::*;
use yomu_model::address::{AddressProblem, FeedAddress};

fn check(pasted: &str, expected: &str) {
    assert_eq!(FeedAddress::parse(pasted).map(|address| address.to_string()), Ok(expected.to_owned()), "{pasted:?}");
}

fn check_problem(pasted: &str, expected: AddressProblem) {
    assert_eq!(FeedAddress::parse(pasted), Err(expected), "{pasted:?}");
}

#[test]
fn an_address_is_completed() {
    check("https://example.com/feed.xml", "https://example.com/feed.xml");
    check("http://example.com", "http://example.com/");
    check("example.com", "https://example.com/");
    check("www.example.com/a?b=c#d", "https://www.example.com/a?b=c");
    check("//example.com/feed", "https://example.com/feed");
    check("EXAMPLE.com", "https://example.com/");
    check("https:/example.com", "https://example.com/");
    check("localhost:8080/feed", "https://localhost:8080/feed");
    check("nas/feed.xml", "https://nas/feed.xml");
    check("http://nas", "http://nas/");
    check("192.168.1.2:8080", "https://192.168.1.2:8080/");
    check("[2001:db8::1]/feed", "https://[2001:db8::1]/feed");
    check("https://user:pass@example.com/feed", "https://user:pass@example.com/feed");
}

#[test]
fn subscribe_links_are_understood() {
    check("feed://example.com/rss", "https://example.com/rss");
    check("feed:https://example.com/rss", "https://example.com/rss");
    check("feed:http://example.com/rss", "http://example.com/rss");
    check("FEED:example.com", "https://example.com/");
    check("itpc://example.com/podcast", "https://example.com/podcast");
    check("@alice@mastodon.social", "https://mastodon.social/@alice");
}

#[test]
fn what_is_around_an_address_is_dropped() {
    check(" <https://example.com/> \n", "https://example.com/");
    check("「https://example.com/」", "https://example.com/");
    check("“example.com”", "https://example.com/");
    check("(example.com/a_(b))", "https://example.com/a_(b)");
    check("example.com/a_(b)", "https://example.com/a_(b)");
    check("\u{FEFF}example.com\u{200B}", "https://example.com/");
}

#[test]
fn other_scripts_and_widths_are_understood() {
    check("日本語.jp", "https://xn--wgv71a119e.jp/");
    check("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｃｏｍ／ｆｅｅｄ", "https://example.com/feed");
    check("ｅｘａｍｐｌｅ。ｃｏｍ", "https://example.com/");
    check("https://ja.wikipedia.org/wiki/Ｗｅｂ", "https://ja.wikipedia.org/wiki/%EF%BC%B7%EF%BD%85%EF%BD%82");
}

#[test]
fn what_is_no_web_address_is_refused_with_the_reason() {
    check_problem("", AddressProblem::Empty);
    check_problem(" \"\" ", AddressProblem::Empty);
    check_problem("https://", AddressProblem::NoHost);
    check_problem("feed:", AddressProblem::NoHost);
    check_problem("ftp://example.com", AddressProblem::OtherScheme { scheme: "ftp".into() });
    check_problem("javascript:alert(1)", AddressProblem::OtherScheme { scheme: "javascript".into() });
    check_problem("feed:file:///etc/passwd", AddressProblem::OtherScheme { scheme: "file".into() });
    check_problem("feed:feed:example.com", AddressProblem::OtherScheme { scheme: "feed".into() });
    check_problem("alice@example.com", AddressProblem::MailAddress);
    check_problem("hello", AddressProblem::NotAnAddress { text: "hello".into() });
    check_problem("a feed about cats.", AddressProblem::NotAnAddress { text: "a feed about cats.".into() });
    check_problem("https://exa mple.com", AddressProblem::NotAnAddress { text: "https://exa mple.com".into() });
    check_problem(&"a".repeat(5000), AddressProblem::TooLong { bytes: 5000 });
}

proptest! {
    #[test]
    fn an_accepted_address_is_a_web_address(pasted in "(https?:|feed:|//|/|[a-z.@:# ]|[０-ｚ]|\\PC){0,20}") {
        if let Ok(address) = FeedAddress::parse(&pasted) {
            prop_assert!(matches!(address.as_url().scheme(), "http" | "https"));
            prop_assert!(address.as_url().host_str().is_some_and(|host| !host.is_empty()));
            prop_assert_eq!(FeedAddress::parse(address.as_str()), Ok(address.clone()));
        }
    }
}
