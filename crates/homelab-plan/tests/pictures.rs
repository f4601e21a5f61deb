//! The pictures: nothing runs in them, everything fits, and the same input makes the same picture.

use homelab_plan::bytes::Bytes;
use homelab_plan::capacity::{self, RECORD_SIZES, Service};
use homelab_plan::config::{Answers, Day, Homelab, default_file, parse};
use homelab_plan::cost::{self, Prices, Set};
use homelab_plan::cpu::Cpu;

fn record() -> Homelab {
    parse(&default_file(&Answers::default())).unwrap()
}

fn running() -> Vec<Service> {
    vec![Service { name: "yomu".to_string(), memory: Bytes::mib(512), cpu: Cpu::milli(50), replicas: 2 }]
}

fn capacity_of(home: &Homelab) -> String {
    capacity::svg(&capacity::capacity(home, &running(), &RECORD_SIZES))
}

fn cost_of(home: &Homelab, services: u32) -> String {
    let today = Day(jiff::civil::date(2030, 1, 1));
    cost::svg(&cost::compare(home, &Set::of(home, services, Bytes::mib(256)), &Prices::built_in().unwrap(), today))
}

/// The texts of a picture: where each begins, how it is anchored, and what it says.
fn texts(svg: &str) -> Vec<(u32, String, String)> {
    let attribute = |line: &str, name: &str| {
        let (_, rest) = line.split_once(&format!(" {name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.to_string()
    };
    let lines = svg.lines().filter(|line| line.starts_with("<text"));
    let content = |line: &str| line.split_once('>').unwrap().1.trim_end_matches("</text>").to_string();
    lines.map(|line| (attribute(line, "x").parse().unwrap(), attribute(line, "class"), content(line))).collect()
}

/// Letters of this size are about half as wide as high; what is checked here is that nothing leaves the picture by far.
fn assert_texts_stay_inside(svg: &str) {
    for (x, class, text) in texts(svg) {
        let size = if class.contains("title") {
            18
        } else if class.contains("head") {
            14
        } else {
            12
        };
        let width = u32::try_from(text.chars().count()).unwrap() * size * 55 / 100;
        let (left, right) = match () {
            () if class.contains("end") => (i64::from(x) - i64::from(width), x),
            () if class.contains("middle") => (i64::from(x) - i64::from(width / 2), x + width / 2),
            () => (x.into(), x + width),
        };
        assert!(left >= 0 && right <= 860, "`{text}` is from {left} to {right}");
    }
}

#[test]
fn the_picture_of_the_records_capacity() {
    insta::assert_snapshot!(capacity_of(&record()));
}

#[test]
fn the_picture_of_the_records_cost() {
    insta::assert_snapshot!(cost_of(&record(), 3));
}

#[test]
fn nothing_runs_in_a_picture_and_nothing_is_fetched() {
    for svg in [capacity_of(&record()), cost_of(&record(), 8)] {
        for word in ["<script", "javascript:", "onload", "href", "@import", "url(", "<foreignObject"] {
            assert!(!svg.contains(word), "{word}");
        }
        assert!(svg.contains("prefers-color-scheme:dark") && svg.contains("<title") && svg.contains("Noto Sans JP"));
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    }
    assert_eq!(capacity_of(&record()), capacity_of(&record()));
}

#[test]
fn long_names_and_large_figures_stay_inside() {
    let long = "a-name-as-long-as-a-dns-label-may-be-which-is-sixty-three-lett";
    let file = default_file(&Answers::default())
        .replace("\"k2\"", &format!("\"{long}\""))
        .replace("memory = \"6GiB\"", "memory = \"700GiB\"")
        .replace("yen_per_month = 1000", "yen_per_month = 9000000")
        .replace("# yen_per_eur = 170", "yen_per_eur = 9999999")
        .replace("# household_kwh_per_month = 260", "household_kwh_per_month = 9000000");
    let home = parse(&file).unwrap();
    assert_texts_stay_inside(&capacity_of(&home));
    assert_texts_stay_inside(&cost_of(&home, 100_000));
    assert_texts_stay_inside(&capacity_of(&record()));
    assert_texts_stay_inside(&cost_of(&record(), 3));
}

#[test]
fn a_bar_for_each_node_and_each_once_more_with_one_lost() {
    let svg = capacity_of(&record());
    let names = texts(&svg).into_iter().filter(|(_, class, text)| class == "head" && text.starts_with('k')).count();
    assert_eq!(names, 6);
    assert_eq!(svg.matches("class=\"lost\"").count(), 1);
    assert!(texts(&svg).iter().any(|(_, _, text)| text == "everything on it starts again elsewhere"));
}
