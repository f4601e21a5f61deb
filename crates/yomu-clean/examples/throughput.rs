//! How many megabytes a second are cleaned: by the short way, by the long way, and as `clean` chooses.
//!
//! `cargo run --release -p yomu-clean --example throughput`

use std::hint::black_box;
use std::time::{Duration, Instant};
use yomu_clean::{Context, clean, ways};

fn main() {
    let entries = entries(4000);
    let bytes: usize = entries.iter().map(String::len).sum();
    let base = "https://site1.example/p/3".parse().expect("a valid address");
    let context = Context { base: Some(&base), drop_title: None };
    println!("{} entries, {:.1} MB", entries.len(), bytes as f64 / 1e6);
    let report = |name: &str, elapsed: Duration| {
        println!(
            "{name:6} {:7.1} MB/s {:8.2} µs an entry",
            bytes as f64 / 1e6 / elapsed.as_secs_f64(),
            elapsed.as_secs_f64() * 1e6 / entries.len() as f64
        );
    };
    for _ in 0..3 {
        report("clean", timed(&entries, |html| drop(black_box(clean(html, &context)))));
    }
    let taken = entries.iter().filter(|html| ways::short(html, &context).is_some()).count();
    report("short", timed(&entries, |html| drop(black_box(ways::short(html, &context)))));
    report("long", timed(&entries[..400], |html| drop(black_box(ways::long(html, &context)))) * 10);
    println!("the short way took {taken} of {}", entries.len());
}

fn timed(entries: &[String], work: impl Fn(&str)) -> Duration {
    let start = Instant::now();
    entries.iter().for_each(|html| work(html));
    start.elapsed()
}

/// Entries as feeds have them: paragraphs with links, figures, lists, quotes, code, a counter; a fifth is Japanese.
fn entries(count: usize) -> Vec<String> {
    let mut random = Random(1);
    (0..count)
        .map(|index| {
            let japanese = index % 5 == 4;
            let size = 1000 + random.below(7000);
            let mut html = String::new();
            while html.len() < size {
                push_block(&mut html, &mut random, japanese);
            }
            html
        })
        .collect()
}

fn push_block(out: &mut String, random: &mut Random, japanese: bool) {
    let text = (0..2 + random.below(4)).map(|_| sentence(random, japanese)).collect::<Vec<_>>().join(" ");
    let short = sentence(random, japanese);
    let n = random.below(5000);
    out.push_str(&match random.below(100) {
        0..62 => format!(
            "<p>{text} <a href=\"https://site{n}.example/p/{n}?utm_source=rss&amp;utm_medium=feed\">{short}</a></p>"
        ),
        62..72 => format!(
            "<figure><img src=\"https://img{n}.example/{n}.jpg\" width=\"800\" height=\"450\" alt=\"{short}\" loading=\"lazy\"><figcaption>{short}</figcaption></figure>"
        ),
        72..82 => format!("<ul><li>{short}</li><li>{short}</li><li>{short}</li></ul>"),
        82..89 => format!("<blockquote><p>{text}</p></blockquote>"),
        89..95 => format!("<h2>{short}</h2><p style=\"color:red\" onclick=\"x()\">{text}</p>"),
        95..98 => format!(
            "<pre><code>{}</code></pre>",
            format!("if (a &lt; {n} &amp;&amp; b &gt; 2) {{ run(&quot;{short}&quot;); }}\n").repeat(4)
        ),
        _ => format!("<p>{text}</p><script>track({n})</script><img src=\"https://pixel.example/t.gif?{n}\" width=\"1\" height=\"1\">"),
    });
}

fn sentence(random: &mut Random, japanese: bool) -> String {
    const WORDS: &[&str] =
        &["the", "of", "lantern", "to", "morasene", "with", "kitadoru", "river", "is", "quietly", "made"];
    const PARTS: &[&str] = &["東京", "の", "朝", "は", "静かな", "機械", "を", "読む", "について", "新しい", "猫"];
    let parts = 7 + random.below(13);
    let pick = |list: &[&'static str], random: &mut Random| list[random.below(list.len())];
    if japanese {
        (0..parts).map(|_| pick(PARTS, random)).collect::<String>() + "。"
    } else {
        (0..parts).map(|_| pick(WORDS, random)).collect::<Vec<_>>().join(" ") + "."
    }
}

/// A small generator; the same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }
}
