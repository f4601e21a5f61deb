//! Sites whose feeds follow from the address of a page, by rules that the sites document.

use url::Url;

use super::{Candidate, How, hint_of};

/// The feeds that an address implies, best first; nothing for sites that are not known.
pub fn from_address(url: &Url) -> Vec<Candidate> {
    let Some(host) = url.host_str().filter(|_| matches!(url.scheme(), "http" | "https")) else { return Vec::new() };
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let addresses = by_host(host, &path, url).or_else(|| by_domain(host, &path)).or_else(|| mastodon(host, &path));
    addresses.unwrap_or_default().iter().filter_map(|address| candidate(address)).collect()
}

fn candidate(address: &str) -> Option<Candidate> {
    let url = Url::parse(address).ok()?;
    Some(Candidate { format: hint_of(&url), url, title: None, how: How::KnownSite })
}

/// The feed of a YouTube channel, if that is what the text is: `UC` and 22 letters.
pub(super) fn youtube_channel(id: &str) -> Option<Candidate> {
    let is_id = id.len() == 24
        && id.starts_with("UC")
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    candidate(&format!("https://www.youtube.com/feeds/videos.xml?channel_id={id}")).filter(|_| is_id)
}

fn by_host(host: &str, path: &[&str], url: &Url) -> Option<Vec<String>> {
    Some(match host {
        "youtube.com" | "m.youtube.com" | "music.youtube.com" => youtube(path, url)?,
        "github.com" => github(path)?,
        "gitlab.com" => match path {
            [group, project, ..] => vec![
                format!("https://gitlab.com/{group}/{project}/-/tags?format=atom"),
                format!("https://gitlab.com/{group}/{project}.atom"),
            ],
            [user] => vec![format!("https://gitlab.com/{user}.atom")],
            [] => return None,
        },
        "codeberg.org" => match path {
            [owner, project, ..] => vec![
                format!("https://codeberg.org/{owner}/{project}/releases.rss"),
                format!("https://codeberg.org/{owner}/{project}.rss"),
            ],
            [owner] => vec![format!("https://codeberg.org/{owner}.rss")],
            [] => return None,
        },
        "reddit.com" | "old.reddit.com" | "new.reddit.com" => match path {
            [] => vec!["https://www.reddit.com/.rss".to_owned()],
            ["r" | "user" | "u", ..] => vec![format!("https://www.reddit.com/{}/.rss", path.join("/"))],
            _ => return None,
        },
        "bsky.app" => match path {
            ["profile", handle, ..] => vec![format!("https://bsky.app/profile/{handle}/rss")],
            _ => return None,
        },
        "note.com" => match path {
            [user, "m", magazine, ..] => vec![format!("https://note.com/{user}/m/{magazine}/rss")],
            [user, ..] if !["hashtag", "categories", "search", "topic", "premium", "info"].contains(user) => {
                vec![format!("https://note.com/{user}/rss")]
            }
            _ => return None,
        },
        "zenn.dev" => match path {
            [] => vec!["https://zenn.dev/feed".to_owned()],
            [kind @ ("topics" | "p"), name, ..] => vec![format!("https://zenn.dev/{kind}/{name}/feed")],
            [user, ..] => vec![format!("https://zenn.dev/{user}/feed")],
        },
        "qiita.com" => match path {
            [] => vec!["https://qiita.com/popular-items/feed".to_owned()],
            ["tags", tag, ..] => vec![format!("https://qiita.com/tags/{tag}/feed")],
            [user, ..] if !["organizations", "search", "question-feed"].contains(user) => {
                vec![format!("https://qiita.com/{user}/feed")]
            }
            _ => return None,
        },
        "b.hatena.ne.jp" => match path {
            [kind @ ("hotentry" | "entrylist"), category] => {
                vec![format!("https://b.hatena.ne.jp/{kind}/{category}.rss")]
            }
            [user, "bookmark"] | [user] if !["hotentry", "entrylist", "entry"].contains(user) => {
                vec![format!("https://b.hatena.ne.jp/{user}/bookmark.rss")]
            }
            _ => return None,
        },
        "ameblo.jp" => vec![format!("http://rssblog.ameba.jp/{}/rss20.html", path.first()?)],
        "blog.livedoor.jp" => vec![format!("http://blog.livedoor.jp/{}/index.rdf", path.first()?)],
        "medium.com" => match path {
            ["tag", tag, ..] => vec![format!("https://medium.com/feed/tag/{tag}")],
            [name, ..] => vec![format!("https://medium.com/feed/{name}")],
            [] => return None,
        },
        "dev.to" => match path {
            [] => vec!["https://dev.to/feed".to_owned()],
            ["t", tag, ..] => vec![format!("https://dev.to/feed/tag/{tag}")],
            [user, ..] => vec![format!("https://dev.to/feed/{user}")],
        },
        "lobste.rs" => match path {
            ["t", tag, ..] => vec![format!("https://lobste.rs/t/{tag}.rss")],
            _ => vec!["https://lobste.rs/rss".to_owned()],
        },
        "news.ycombinator.com" => vec!["https://news.ycombinator.com/rss".to_owned()],
        "stackoverflow.com" | "superuser.com" | "serverfault.com" | "askubuntu.com" => stack_exchange(host, path),
        "pypi.org" => match path {
            ["project", name, ..] => vec![format!("https://pypi.org/rss/project/{name}/releases.xml")],
            _ => return None,
        },
        "crates.io" => match path {
            ["crates", name, ..] => vec![format!("https://static.crates.io/rss/crates/{name}.xml")],
            _ => return None,
        },
        "arxiv.org" => match path {
            ["list", subject, ..] => vec![format!("https://rss.arxiv.org/rss/{subject}")],
            _ => return None,
        },
        "store.steampowered.com" => match path {
            ["app", id, ..] => vec![format!("https://store.steampowered.com/feeds/news/app/{id}/")],
            _ => return None,
        },
        "letterboxd.com" => vec![format!("https://letterboxd.com/{}/rss/", path.first()?)],
        "speakerdeck.com" => vec![format!("https://speakerdeck.com/{}.atom", path.first()?)],
        "vimeo.com" => match path {
            [user] if user.bytes().any(|byte| !byte.is_ascii_digit()) => {
                vec![format!("https://vimeo.com/{user}/videos/rss")]
            }
            _ => return None,
        },
        _ => return None,
    })
}

/// Sites that give each user a domain below theirs.
fn by_domain(host: &str, path: &[&str]) -> Option<Vec<String>> {
    let below = |domain: &str| host.strip_suffix(domain).is_some_and(|user| user.len() > 1 && user.ends_with('.'));
    let root = |rest: &str| Some(vec![format!("https://{host}/{rest}")]);
    const HATENA: [&str; 6] =
        ["hatenablog.com", "hatenablog.jp", "hateblo.jp", "hatenadiary.com", "hatenadiary.jp", "hatenadiary.org"];
    if HATENA.iter().any(|domain| below(domain)) {
        Some(vec![format!("https://{host}/feed"), format!("https://{host}/rss")])
    } else if below("substack.com") || below("medium.com") {
        root("feed")
    } else if below("wordpress.com") {
        root("feed/")
    } else if below("blogspot.com") || host.rsplit_once(".blogspot.").is_some() {
        root("feeds/posts/default")
    } else if below("tumblr.com") {
        root("rss")
    } else if below("livedoor.blog") || below("seesaa.net") {
        root("index.rdf")
    } else if below("blog.fc2.com") {
        root("?xml")
    } else if below("stackexchange.com") {
        Some(stack_exchange(host, path))
    } else {
        None
    }
}

fn youtube(path: &[&str], url: &Url) -> Option<Vec<String>> {
    let feed = |parameter: &str, value: &str| {
        Some(vec![format!("https://www.youtube.com/feeds/videos.xml?{parameter}={value}")])
    };
    match path {
        ["channel", id, ..] => youtube_channel(id).map(|candidate| vec![candidate.url.into()]),
        ["user", name, ..] => feed("user", name),
        ["playlist" | "watch", ..] => {
            let (_, list) = url.query_pairs().find(|(name, _)| name == "list")?;
            let is_id = list.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            feed("playlist_id", &list).filter(|_| is_id)
        }
        _ => None,
    }
}

fn github(path: &[&str]) -> Option<Vec<String>> {
    const NOT_USERS: [&str; 12] = [
        "about",
        "apps",
        "collections",
        "explore",
        "features",
        "login",
        "marketplace",
        "orgs",
        "search",
        "settings",
        "topics",
        "trending",
    ];
    let owner = path.first().filter(|owner| !NOT_USERS.contains(owner))?;
    let Some(project) = path.get(1).map(|project| project.strip_suffix(".git").unwrap_or(project)) else {
        return Some(vec![format!("https://github.com/{owner}.atom")]);
    };
    let at = format!("https://github.com/{owner}/{project}");
    let mut feeds = vec![format!("{at}/releases.atom"), format!("{at}/tags.atom"), format!("{at}/commits.atom")];
    // The page one is on is what one means.
    match path.get(2..) {
        Some(["commits" | "tree", branch @ ..]) if !branch.is_empty() => {
            feeds.insert(0, format!("{at}/commits/{}.atom", branch.join("/")));
        }
        Some(["commits", ..]) => feeds.swap(0, 2),
        Some(["tags", ..]) => feeds.swap(0, 1),
        _ => {}
    }
    Some(feeds)
}

fn stack_exchange(host: &str, path: &[&str]) -> Vec<String> {
    vec![match path {
        ["questions", "tagged", tag, ..] => format!("https://{host}/feeds/tag/{tag}"),
        ["questions", id, ..] if is_number(id) => format!("https://{host}/feeds/question/{id}"),
        ["users", id, ..] if is_number(id) => format!("https://{host}/feeds/user/{id}"),
        _ => format!("https://{host}/feeds"),
    }]
}

/// Any host may be a Mastodon server, so the form of the path must do; hosts that use it otherwise are left out.
fn mastodon(host: &str, path: &[&str]) -> Option<Vec<String>> {
    const OTHERS: [&str; 7] =
        ["tiktok.com", "threads.net", "threads.com", "youtube.com", "rumble.com", "flipboard.com", "hackernoon.com"];
    let handle = match path {
        [first] if first.starts_with('@') => first.strip_prefix('@')?,
        ["users", name] => name,
        _ => return None,
    };
    let is_name = !handle.is_empty() && handle.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_name && !OTHERS.contains(&host)).then(|| vec![format!("https://{host}/@{handle}.rss")])
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
