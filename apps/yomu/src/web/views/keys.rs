//! The keyboard.

use askama::Template;

use super::Frame;

/// The page of all keys.
#[derive(Template)]
#[template(path = "keys.html")]
pub(in crate::web) struct KeysView {
    pub(in crate::web) frame: Frame,
}

#[cfg(test)]
mod tests {
    use crate::web::words::{EN, JA};

    const SCRIPT: &str = include_str!("../../../assets/script/keys.js");

    /// The keys that the script knows, in its order.
    fn of_the_script() -> Vec<&'static str> {
        let (_, table) = SCRIPT.split_once("const KEYS = {\n").expect("the table");
        let (table, _) = table.split_once("\n};").expect("its end");
        let key = |line: &'static str| line.trim().split_once(": ").or(line.trim().split_once(',')).map(|pair| pair.0);
        table.lines().filter_map(key).map(|key| key.trim_matches('"')).collect()
    }

    #[test]
    fn the_page_names_every_key_of_the_script_and_no_other() {
        for words in [&EN, &JA] {
            let named: Vec<&str> = words.keys.iter().flat_map(|(keys, _)| keys.split(" / ")).collect();
            assert_eq!(named, of_the_script(), "{}", words.code);
        }
    }
}
