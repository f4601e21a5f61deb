//! Prints what the parser makes of every feed in a folder: `cargo run -p yomu-feed --example describe -- DIR`.

use std::path::PathBuf;

use yomu_feed::{Entry, Hints, parse};

fn main() {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: describe DIR");
        std::process::exit(64);
    };
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("error: `{}` is not a folder", folder.display());
        std::process::exit(1);
    };
    let mut paths: Vec<PathBuf> = files.flatten().map(|file| file.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    println!(
        "{:13} {:13} {:>5} {:>5} {:>5} {:>5} {:>5}  file: problems",
        "format", "encoding", "items", "title", "link", "date", "text"
    );
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let parsed = parse(&bytes, &Hints::default());
        let entries = parsed.feed.as_ref().map_or(&[][..], |feed| &feed.entries);
        let format = parsed.feed.as_ref().map_or("-".to_owned(), |feed| feed.format.to_string());
        let count = |has: &dyn Fn(&Entry) -> bool| entries.iter().filter(|entry| has(entry)).count();
        let problems: Vec<String> = parsed.problems.iter().map(ToString::to_string).collect();
        println!(
            "{format:13} {:13} {:5} {:5} {:5} {:5} {:5}  {name}: {}",
            parsed.encoding,
            entries.len(),
            count(&|entry| !entry.title.is_empty()),
            count(&|entry| entry.url.is_some()),
            count(&|entry| entry.published.or(entry.updated).is_some()),
            count(&|entry| entry.content.is_some()),
            problems.join("; "),
        );
    }
}
