//! Files in the binary: style sheet, script, icon. Their addresses carry a hash of their content, so that a browser may
//! keep them for ever and still sees every change. `build/main.rs` makes them and compresses them once.

/// A file in the binary.
pub(super) struct Asset {
    /// Its address: `/assets/yomu.1a2b3c4d.css`.
    pub(super) path: &'static str,
    pub(super) media_type: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file of a name with its hash.
pub(super) fn find(name: &str) -> Option<&'static Asset> {
    let all: [&'static Asset; 7] = [&STYLE, &SCRIPT, &ICON, &ICON_192, &ICON_512, &ICON_MASKABLE, &ICON_TOUCH];
    all.into_iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(name))
}

impl Asset {
    /// The bytes in the smallest encoding that an `Accept-Encoding` names, and the name of the encoding.
    pub(super) fn encoded(&self, accepted: &str) -> (&'static [u8], Option<&'static str>) {
        if accepts(accepted, "br") {
            (self.brotli, Some("br"))
        } else if accepts(accepted, "gzip") {
            (self.gzip, Some("gzip"))
        } else {
            (self.plain, None)
        }
    }
}

/// Whether an `Accept-Encoding` names an encoding without refusing it by `q=0`.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_ok_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
#[path = "../../build/minify.rs"]
mod minify;

#[cfg(test)]
#[path = "../../build/modules.rs"]
mod modules;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_name_with_hash_only() {
        let name = STYLE.path.strip_prefix("/assets/").unwrap();
        assert_eq!(find(name).unwrap().media_type, "text/css; charset=utf-8");
        assert!(find("yomu.css").is_none() && find("").is_none());
    }

    #[test]
    fn the_browser_gets_the_smallest_that_it_takes() {
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, GZIP;q=0.5", Some("gzip")),
            ("identity", None),
            ("", None),
        ] {
            assert_eq!(STYLE.encoded(accepted).1, encoding, "{accepted}");
        }
        assert!(STYLE.encoded("br").0.len() < STYLE.encoded("gzip").0.len());
    }

    #[test]
    fn style_and_script_keep_to_their_budgets_on_the_wire() {
        for asset in [&STYLE, &SCRIPT] {
            let bytes = asset.encoded("br").0.len();
            assert!(bytes <= 12 * 1024, "{} has {bytes} bytes", asset.path);
        }
    }
}
