//! What is taken from each page of a folder, as a table.
//!
//! `cargo run -p yomu-clean --example pages -- DIR`; with `--text FILE` the text of one page.

use encoding_rs::Encoding;
use std::path::Path;
use yomu_clean::{extract, reading_time};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [flag, file] if flag == "--text" || flag == "--html" => {
            let article =
                extract(&decoded(&std::fs::read(file)?), &"https://site.example/p".parse().expect("a valid address"));
            let content = article.map(|article| article.content).unwrap_or_default();
            println!("{}", if flag == "--text" { content.text } else { content.html });
            Ok(())
        }
        [folder] => table(Path::new(folder)),
        _ => {
            eprintln!("usage: pages DIR | --text FILE | --html FILE");
            std::process::exit(64);
        }
    }
}

fn table(folder: &Path) -> std::io::Result<()> {
    let mut files: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        let page = decoded(&std::fs::read(file.path())?);
        let name = file.file_name().to_string_lossy().into_owned();
        let short: String = name.chars().skip(name.chars().count().saturating_sub(34)).collect();
        let Some(article) = extract(&page, &"https://site.example/p".parse().expect("a valid address")) else {
            println!("{short:34} -");
            continue;
        };
        println!(
            "{short:34} | {} | {} | {} | {} | {} | {} chars | {} min | {:?}",
            article.title,
            article.byline.unwrap_or_default(),
            article.site.unwrap_or_default(),
            article.lang.unwrap_or_default(),
            article.published.map(|published| published.to_string()).unwrap_or_default(),
            article.content.text.chars().count(),
            reading_time(&article.content.text),
            article.content.problems,
        );
    }
    Ok(())
}

/// UTF-8 where the bytes are, else the encoding that the page names.
fn decoded(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let label = start.split("charset=").nth(1).map(|rest| rest.trim_start_matches(['"', '\'']));
    let label = label.and_then(|label| label.split(['"', '\'', ' ', '>', '/', ';']).next()).unwrap_or("utf-8");
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned()
}
