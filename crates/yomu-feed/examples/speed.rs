//! Measures how fast feeds are parsed: `cargo run --release -p yomu-feed --example speed -- FILE...`.

use std::time::{Duration, Instant};

use yomu_feed::{Hints, parse};

fn main() {
    let files: Vec<Vec<u8>> = std::env::args_os().skip(1).filter_map(|path| std::fs::read(path).ok()).collect();
    let size: usize = files.iter().map(Vec::len).sum();
    if size == 0 {
        eprintln!("usage: speed FILE...");
        std::process::exit(64);
    }
    let (start, mut rounds, mut entries) = (Instant::now(), 0_u32, 0);
    while start.elapsed() < Duration::from_secs(3) {
        entries =
            files.iter().filter_map(|bytes| parse(bytes, &Hints::default()).feed).map(|feed| feed.entries.len()).sum();
        rounds += 1;
    }
    let seconds = start.elapsed().as_secs_f64() / f64::from(rounds);
    let megabytes = size as f64 / 1e6;
    println!(
        "{} files, {megabytes:.1} MB, {entries} entries: {:.2} ms, {:.0} MB/s",
        files.len(),
        seconds * 1e3,
        megabytes / seconds
    );
}
