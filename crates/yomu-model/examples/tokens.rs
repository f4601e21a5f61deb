//! How fast text becomes an index: `cargo run --release -p yomu-model --example tokens [FILE]`
//!
//! Without a file, made-up English and Japanese are measured. Times are of this process alone, best of five.

use std::hint::black_box;
use std::time::Instant;

use yomu_model::search::{IndexText, for_each_token};

fn main() {
    if let Some(path) = std::env::args().nth(1) {
        match std::fs::read(&path) {
            Ok(bytes) => measure(&path, &[String::from_utf8_lossy(&bytes).into_owned()]),
            Err(error) => eprintln!("error: `{path}` cannot be read: {error}"),
        }
        return;
    }
    measure(
        "English",
        &articles(&["the", "Quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog's", "kernel", "2026,"], " "),
    );
    measure(
        "Japanese",
        &articles(
            &["東京", "都の", "京都", "駅で", "カタカナ", "を読む", "、", "新しい", "記事が", "公開", "された。"],
            "",
        ),
    );
    measure(
        "French",
        &articles(&["été", "déjà", "le", "garçon", "mangeait", "à", "l’école", "où", "naître", "des", "œuvres"], " "),
    );
    measure(
        "Russian",
        &articles(&["новый", "ещё", "день", "в", "Москве", "и", "читатель", "статьи", "на", "ленте", "йога"], " "),
    );
    measure("Korean", &articles(&["서울", "에서", "새로운", "기사를", "읽는", "사람", "이", "많다"], " "));
}

/// A thousand articles of about 5 KB, each different.
fn articles(words: &[&str], blank: &str) -> Vec<String> {
    let mut state: u64 = 42;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    (0..1000)
        .map(|_| {
            let mut text = String::new();
            while text.len() < 5_000 {
                text.push_str(words[next() % words.len()]);
                if next() % 3 == 0 && blank == " " {
                    text.push_str(["ing", "er", "s", "ed", "ation"][next() % 5]);
                }
                text.push_str(blank);
            }
            text
        })
        .collect()
}

fn measure(name: &str, texts: &[String]) {
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let speed = |work: &dyn Fn(&str)| {
        let best = (0..5)
            .map(|_| {
                let start = Instant::now();
                texts.iter().for_each(|text| work(text));
                start.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min);
        megabytes / best
    };
    let tokens = speed(&|text| for_each_token(text, |token| _ = black_box(token)));
    let index = speed(&|text| drop(black_box(IndexText::new("", text))));
    let vector = speed(&|text| drop(black_box(IndexText::new("", text).tsvector())));
    println!(
        "{name:<10} {megabytes:6.1} MB: tokens {tokens:6.0} MB/s, FTS5 columns {index:6.0} MB/s, tsvector {vector:6.0} MB/s"
    );
}
