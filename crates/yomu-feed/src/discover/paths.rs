//! Where feeds usually are.

use url::Url;

use super::{Candidate, How, hint_of, push};

/// The most usual first: WordPress and most engines, then Hugo, Jekyll, Movable Type and hand-made sites.
const PATHS: [&str; 12] = [
    "feed",
    "rss",
    "index.xml",
    "atom.xml",
    "feed.xml",
    "rss.xml",
    "feed/",
    "index.rdf",
    "feed.json",
    "feeds/posts/default",
    "rss/feed.xml",
    "blog/feed",
];

/// Addresses worth trying when a page names no feed: in its own folder, then at the root of the site.
pub fn common_paths(page_url: &Url) -> Vec<Candidate> {
    let mut found = Vec::new();
    for folder in folders(page_url) {
        for path in PATHS {
            if let Ok(url) = folder.join(path) {
                push(Candidate { format: hint_of(&url), url, title: None, how: How::CommonPath }, &mut found);
            }
        }
    }
    found
}

/// `/blog/` of `/blog/2025/post.html` and `/`: the first level is where sites keep their parts.
fn folders(page_url: &Url) -> Vec<Url> {
    let mut folders = Vec::new();
    let mut segments = page_url.path_segments().into_iter().flatten().filter(|segment| !segment.is_empty());
    if let Some(first) = segments.next().filter(|first| !first.contains('.'))
        && let Ok(folder) = page_url.join(&format!("/{first}/"))
    {
        folders.push(folder);
    }
    folders.extend(page_url.join("/").ok());
    folders
}
