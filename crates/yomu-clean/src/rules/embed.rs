//! Video frames become a picture-less link that a click turns into a player.

use url::Url;

/// A video on a host we know.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Embed {
    /// The address of the player, for a frame.
    pub(crate) player: String,
    /// The address of the video's page.
    pub(crate) page: String,
    /// The name of the host, when the frame has no title.
    pub(crate) host: &'static str,
}

/// The video that a frame with this address shows.
pub(crate) fn embed(url: &str) -> Option<Embed> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let path: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    match (host.strip_prefix("www.").unwrap_or(host), &path[..]) {
        ("youtube.com" | "youtube-nocookie.com" | "m.youtube.com", ["embed", "videoseries"]) => {
            let list = parameter(&url, "list").filter(|list| is_id(list))?;
            Some(Embed {
                player: format!("https://www.youtube-nocookie.com/embed/videoseries?list={list}"),
                page: format!("https://www.youtube.com/playlist?list={list}"),
                host: "YouTube",
            })
        }
        ("youtube.com" | "youtube-nocookie.com" | "m.youtube.com", ["embed" | "v" | "shorts" | "live", id]) => {
            youtube(id, &url)
        }
        ("youtu.be", [id]) => youtube(id, &url),
        ("player.vimeo.com", ["video", id]) if id.bytes().all(|byte| byte.is_ascii_digit()) => {
            // Unlisted videos carry their key along.
            let (query, key) = match parameter(&url, "h").filter(|key| is_id(key)) {
                Some(key) => (format!("?h={key}"), format!("/{key}")),
                None => (String::new(), String::new()),
            };
            Some(Embed {
                player: format!("https://player.vimeo.com/video/{id}{query}"),
                page: format!("https://vimeo.com/{id}{key}"),
                host: "Vimeo",
            })
        }
        ("embed.nicovideo.jp" | "ext.nicovideo.jp", ["watch" | "thumb" | "thumb_watch", id]) if is_id(id) => {
            Some(Embed {
                player: format!("https://embed.nicovideo.jp/watch/{id}"),
                page: format!("https://www.nicovideo.jp/watch/{id}"),
                host: "niconico",
            })
        }
        ("dailymotion.com", ["embed", "video", id]) if is_id(id) => Some(dailymotion(id)),
        ("geo.dailymotion.com", ["player.html"] | ["player", _]) => {
            parameter(&url, "video").filter(|id| is_id(id)).map(|id| dailymotion(&id))
        }
        ("player.bilibili.com", ["player.html"]) => {
            let id = parameter(&url, "bvid").filter(|id| is_id(id))?;
            Some(Embed {
                player: format!("https://player.bilibili.com/player.html?bvid={id}"),
                page: format!("https://www.bilibili.com/video/{id}"),
                host: "bilibili",
            })
        }
        _ => None,
    }
}

fn youtube(id: &str, url: &Url) -> Option<Embed> {
    if !is_id(id) {
        return None;
    }
    let seconds: Option<u32> = parameter(url, "start").and_then(|start| start.parse().ok());
    let (start, jump) = seconds.map_or_else(Default::default, |at| (format!("?start={at}"), format!("&t={at}s")));
    Some(Embed {
        player: format!("https://www.youtube-nocookie.com/embed/{id}{start}"),
        page: format!("https://www.youtube.com/watch?v={id}{jump}"),
        host: "YouTube",
    })
}

fn dailymotion(id: &str) -> Embed {
    Embed {
        player: format!("https://www.dailymotion.com/embed/video/{id}"),
        page: format!("https://www.dailymotion.com/video/{id}"),
        host: "Dailymotion",
    }
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_hosts_give_a_player_and_a_page() {
        for (url, player, page) in [
            (
                "https://www.youtube.com/embed/AbC_d-1?rel=0&autoplay=1",
                "https://www.youtube-nocookie.com/embed/AbC_d-1",
                "https://www.youtube.com/watch?v=AbC_d-1",
            ),
            (
                "http://youtube.com/embed/x?start=90",
                "https://www.youtube-nocookie.com/embed/x?start=90",
                "https://www.youtube.com/watch?v=x&t=90s",
            ),
            (
                "https://www.youtube-nocookie.com/embed/videoseries?list=PL1",
                "https://www.youtube-nocookie.com/embed/videoseries?list=PL1",
                "https://www.youtube.com/playlist?list=PL1",
            ),
            (
                "https://player.vimeo.com/video/12?h=ab",
                "https://player.vimeo.com/video/12?h=ab",
                "https://vimeo.com/12/ab",
            ),
            (
                "https://embed.nicovideo.jp/watch/sm9",
                "https://embed.nicovideo.jp/watch/sm9",
                "https://www.nicovideo.jp/watch/sm9",
            ),
            (
                "https://geo.dailymotion.com/player.html?video=x8",
                "https://www.dailymotion.com/embed/video/x8",
                "https://www.dailymotion.com/video/x8",
            ),
        ] {
            let embed = embed(url).expect(url);
            assert_eq!((&*embed.player, &*embed.page), (player, page));
        }
    }

    #[test]
    fn other_frames_are_no_videos() {
        for url in [
            "https://evil.example/embed/x",
            "https://youtube.com.evil.example/embed/x",
            "https://www.youtube.com/embed/x%22onload=1",
            "https://www.youtube.com/watch?v=x",
            "javascript:alert(1)//www.youtube.com/embed/x",
            "https://player.vimeo.com/video/a",
            "",
        ] {
            assert_eq!(embed(url), None, "{url}");
        }
    }
}
