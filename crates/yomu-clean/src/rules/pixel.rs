//! Images that nobody is meant to see.

/// Parts of an address, behind the scheme, by which a counter is known, and whose it is.
const COUNTERS: &[&str] = &[
    "//feeds.feedburner.com/~r/",                     // FeedBurner
    "//feeds.feedburner.com/~ff/",                    // FeedBurner's share buttons
    ".feedsportal.com/",                              // Feedsportal
    "/mf.gif",                                        // Feedsportal, copied elsewhere
    ".doubleclick.net/",                              // Google's advertisements
    "//pixel.wp.com/",                                // WordPress.com
    "//stats.wordpress.com/",                         // WordPress.com, earlier
    "//feeds.wordpress.com/",                         // WordPress.com's share buttons
    "//b.hatena.ne.jp/entry/image/",                  // Hatena's number of bookmarks
    "//b.hatena.ne.jp/images/append.gif",             // Hatena's button
    "//bookmark.hatenaapis.com/count",                // Hatena
    "//www.google-analytics.com/",                    // Google
    "//ssl.google-analytics.com/",                    // Google
    "//www.facebook.com/tr?",                         // Facebook
    "//www.facebook.com/tr/",                         // Facebook
    "//pixel.quantserve.com/",                        // Quantcast
    "//sb.scorecardresearch.com/",                    // Comscore
    "//b.scorecardresearch.com/",                     // Comscore
    "//counter.theconversation.com/",                 // The Conversation
    "//track.hubspot.com/",                           // HubSpot
    "//feeds.feedblitz.com/~/i/",                     // FeedBlitz
    "//assets.feedblitz.com/i/",                      // FeedBlitz's share buttons
    "//blogger.googleusercontent.com/tracker/",       // Blogger
    "//rss.buysellads.com/",                          // BuySellAds
    "//px.ads.linkedin.com/",                         // LinkedIn
    "//analytics.twitter.com/",                       // Twitter
    "//a.rfihub.com/",                                // Rocket Fuel
    "//ad.jp.ap.valuecommerce.com/servlet/gifbanner", // ValueCommerce
    "//www.assoc-amazon.jp/e/ir?",                    // Amazon's associates
    "//www.assoc-amazon.com/e/ir?",                   // Amazon's associates
    "//ir-jp.amazon-adsystem.com/",                   // Amazon's associates
    "//ir-na.amazon-adsystem.com/",                   // Amazon's associates
    ".a8.net/0.gif?",                                 // A8.net
    "//i.moshimo.com/af/i/impression",                // Moshimo
    "//medium.com/_/stat?",                           // Medium
];

/// Images that are decoration or text, never the picture of an entry.
const NO_PICTURE: &[&str] = &[
    "//s.w.org/images/core/emoji/",
    "gravatar.com/avatar",
    "//img.shields.io/",
    "/smilies/",
    "//i.creativecommons.org/",
];

/// Whether the address is that of a known counter.
pub(crate) fn is_counter(url: &str) -> bool {
    // One cheap look for the commonest case: most addresses contain none of the starting characters twice.
    let after_scheme = url.find("//").map_or(url, |at| &url[at..]);
    COUNTERS.iter().any(|part| match part.strip_prefix("//") {
        Some(start) => after_scheme[2.min(after_scheme.len())..].starts_with(start),
        None => after_scheme.contains(part),
    })
}

/// Whether the image may stand for the whole entry in a list.
pub(crate) fn is_picture(url: &str, width: Option<u32>, height: Option<u32>) -> bool {
    let small = |size: Option<u32>| size.is_some_and(|size| size < 80);
    !small(width) && !small(height) && !url.starts_with("data:") && !NO_PICTURE.iter().any(|part| url.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_known() {
        for url in [
            "http://feeds.feedburner.com/~r/blog/~4/AbC",
            "https://pixel.wp.com/b.gif?x",
            "http://site.feedsportal.com/c/1/mf.gif",
            "https://ad.doubleclick.net/x",
            "https://b.hatena.ne.jp/entry/image/https://a.example/",
            "https://www16.a8.net/0.gif?a8mat=x",
        ] {
            assert!(is_counter(url), "{url}");
        }
    }

    #[test]
    fn pictures_are_no_counters() {
        for url in ["https://a.example/x.png", "https://a.example/?u=//pixel.wp.com/", "https://i0.wp.com/a/b.jpg", ""]
        {
            assert!(!is_counter(url), "{url}");
        }
    }

    #[test]
    fn an_icon_stands_for_nothing() {
        assert!(is_picture("https://a.example/x.jpg", None, None));
        assert!(is_picture("https://a.example/x.jpg", Some(800), Some(450)));
        assert!(!is_picture("https://a.example/x.jpg", Some(16), Some(16)));
        assert!(!is_picture("https://s.w.org/images/core/emoji/14/svg/1f600.svg", None, None));
    }
}
