//! How long the slowest markup takes: to clean, and to look for an article in.
//!
//! `cargo run --release -p yomu-clean --example bombs`; the tests count the same work instead of timing it.

#[path = "../src/work/bombs.rs"]
mod bombs;

use std::hint::black_box;
use std::time::Instant;
use yomu_clean::{Context, clean, extract};

const BYTES: usize = 5_000_000;

fn main() {
    let url = "https://site.example/posts/1".parse().expect("a valid address");
    let context = Context { base: Some(&url), drop_title: None };
    let seconds = |work: &dyn Fn()| {
        let begin = Instant::now();
        work();
        begin.elapsed().as_secs_f64()
    };
    println!("   clean  extract (seconds)");
    for (name, html) in bombs::bombs(BYTES) {
        let cleaning = seconds(&|| drop(black_box(clean(&html, &context))));
        let extracting = seconds(&|| drop(black_box(extract(&html, &url))));
        println!("{cleaning:8.3} {extracting:8.3} {name}");
    }
}
