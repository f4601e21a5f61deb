//! Files attached to an entry.

use serde::Deserialize;

use super::web_address;
use crate::web::words::Words;

/// An attached file, to be played or linked.
pub(in crate::web) struct Media {
    /// Its place among the entry's files, counted from 0.
    pub(in crate::web) number: u32,
    /// How far somebody has played it.
    pub(in crate::web) seconds: u32,
    pub(in crate::web) url: String,
    pub(in crate::web) name: String,
    pub(in crate::web) is_video: bool,
    /// Playing time and size, as far as they are known.
    pub(in crate::web) facts: String,
}

/// An attached file as it is stored.
#[derive(Deserialize)]
struct Stored {
    url: String,
    media_type: Option<String>,
    length: Option<u64>,
    duration_s: Option<u32>,
    title: Option<String>,
}

/// Files with their places among all of the entry.
type Numbered = Vec<(u32, Stored)>;

/// What can be played, and what can only be linked, of the stored JSON.
pub(in crate::web) fn media(json: Option<&str>, words: &Words) -> (Vec<Media>, Vec<Media>) {
    let stored: Vec<Stored> = json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let linkable = (0..).zip(stored).filter(|(_, one)| web_address(&one.url).is_some());
    let (players, files): (Numbered, Numbered) = linkable.partition(|(_, one)| {
        let kind = one.media_type.as_deref().unwrap_or_default();
        kind.starts_with("audio/") || kind.starts_with("video/")
    });
    let show = |all: Numbered| all.into_iter().map(|(number, one)| one.into_media(number, words)).collect();
    (show(players), show(files))
}

impl Stored {
    fn into_media(self, number: u32, words: &Words) -> Media {
        let duration = self.duration_s.filter(|seconds| *seconds > 0).map(words.duration);
        let size = self.length.filter(|bytes| *bytes > 0).map(size);
        Media {
            number,
            seconds: 0,
            name: self.title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| file_name(&self.url)),
            is_video: self.media_type.is_some_and(|kind| kind.starts_with("video/")),
            facts: [duration, size].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            url: self.url,
        }
    }
}

/// The last part of the path, or the whole address.
fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() { url.to_owned() } else { name.to_owned() }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::EN;

    #[test]
    fn sound_and_pictures_that_move_are_played_and_the_rest_is_linked() {
        let json = r#"[{"url":"https://a.example/1.mp3","media_type":"audio/mpeg","length":12345678,"duration_s":1830},
            {"url":"http://a.example/v","media_type":"video/mp4","title":"The film"},
            {"url":"https://a.example/notes.pdf?x=1"}]"#;
        let (players, files) = media(Some(json), &EN);
        let shown: Vec<_> = players.iter().map(|one| (one.name.as_str(), one.is_video, one.facts.as_str())).collect();
        assert_eq!(shown, [("1.mp3", false, "30 min · 12 MB"), ("The film", true, "")]);
        assert_eq!((files[0].name.as_str(), files[0].number), ("notes.pdf", 2));
    }

    #[test]
    fn what_cannot_be_read_or_linked_is_left_out() {
        for json in [None, Some(""), Some("{}"), Some(r#"[{"url":"javascript:alert(1)","media_type":"audio/mpeg"}]"#)] {
            let (players, files) = media(json, &EN);
            assert!(players.is_empty() && files.is_empty(), "{json:?}");
        }
    }
}
