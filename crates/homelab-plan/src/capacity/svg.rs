//! A picture: a bar for each node, as it is and with one lost.

use super::{Capacity, Loss, NodeCapacity};
use crate::bytes::Bytes;
use crate::picture::{Picture, fitted, share, text_width};

/// Where bars begin, how long the longest is, and how high they are.
const BAR_X: u32 = 150;
const BAR_WIDTH: u32 = 560;
const BAR_HEIGHT: u32 = 30;

/// From one bar to the next.
const STEP: u32 = 52;

/// A part of a bar.
struct Segment {
    class: &'static str,
    memory: Bytes,
    label: String,
}

/// Draws the nodes: what is reserved, the platform, services and what is free; below, the same with the node lost whose loss
/// hurts most; and how many services of each size that makes.
pub fn svg(capacity: &Capacity) -> String {
    let memory: Bytes = capacity.nodes.iter().map(|node| node.memory).sum();
    let title = format!("Capacity: {} on {}", memory.to_words(), counted(capacity.nodes.len(), "node"));
    let mut picture = Picture::new(&title, &description(capacity));
    let longest = capacity.nodes.iter().map(|node| node.memory).max().unwrap_or_default();
    let sizes: Vec<String> = capacity.fits.iter().map(|fit| fit.memory.to_words()).collect();
    if !sizes.is_empty() {
        picture.text(836, 36, "small end", &format!("on the right: how many more of {} fit", sizes.join(" / ")));
    }
    let mut y = 62;
    for (at, node) in capacity.nodes.iter().enumerate() {
        let fits: Vec<u64> = capacity.fits.iter().map(|fit| fit.per_node.get(at).copied().unwrap_or(0)).collect();
        draw_node(&mut picture, y, node, &parts(node, Bytes::ZERO), longest, &counts(capacity, &fits));
        y += STEP;
    }
    if let Some(loss) = capacity.worst_loss() {
        picture.text(24, y + 18, "head", &format!("With {} lost", loss.node));
        y += 34;
        y = draw_loss(&mut picture, y, capacity, loss, longest);
    }
    y = draw_fits(&mut picture, y + 8, capacity);
    let legend = [
        ("kept", "reserved"),
        ("platform", "platform"),
        ("service", "services"),
        ("moved", "moved here"),
        ("free", "free"),
    ];
    picture.legend(y + 22, &legend);
    picture.finish(y + 44)
}

fn draw_loss(picture: &mut Picture, mut y: u32, capacity: &Capacity, loss: &Loss, longest: Bytes) -> u32 {
    let lost = capacity.nodes.iter().find(|node| node.name == loss.node);
    let mut remaining = 0;
    for node in &capacity.nodes {
        if node.name == loss.node {
            let width = share(BAR_WIDTH, node.memory.get(), longest.get());
            draw_name(picture, y, node);
            picture.bar(BAR_X, y, width, BAR_HEIGHT, "lost");
            let waiting = match loss.waiting.len() + loss.without_room.len() {
                0 => "everything on it starts again elsewhere".to_string(),
                _ => {
                    let pods = loss.waiting.iter().chain(loss.without_room.iter().map(|pod| &pod.pod));
                    format!("waits until it is back: {}", pods.cloned().collect::<Vec<_>>().join(", "))
                }
            };
            picture.text(BAR_X + 10, y + 20, "in warn", &fitted(&waiting, 12, width.saturating_sub(20)));
        } else {
            let size_of = |pod: &str| {
                lost.and_then(|lost| lost.pods.iter().find(|placed| placed.name == pod)).map(|pod| pod.memory)
            };
            let moved =
                loss.moved.iter().filter(|moved| moved.to == node.name).filter_map(|moved| size_of(&moved.pod)).sum();
            let fits: Vec<u64> =
                loss.fits.iter().map(|fit| fit.per_node.get(remaining).copied().unwrap_or(0)).collect();
            draw_node(picture, y, node, &parts(node, moved), longest, &counts(capacity, &fits));
            remaining += 1;
        }
        y += STEP;
    }
    y
}

fn draw_name(picture: &mut Picture, y: u32, node: &NodeCapacity) {
    picture.text(24, y + 13, "head", &fitted(&node.name, 14, BAR_X - 34));
    picture.text(24, y + 28, "small", &format!("{}, {}", node.role, node.memory.to_words()));
}

fn draw_node(picture: &mut Picture, y: u32, node: &NodeCapacity, parts: &[Segment], longest: Bytes, counts: &str) {
    draw_name(picture, y, node);
    let mut taken = Bytes::ZERO;
    for part in parts {
        // From sum to sum, so that rounding leaves no gaps.
        let start = share(BAR_WIDTH, taken.get(), longest.get());
        taken = taken + part.memory;
        let width = share(BAR_WIDTH, taken.get(), longest.get()).saturating_sub(start);
        picture.bar(BAR_X + start, y, width, BAR_HEIGHT, part.class);
        if text_width(&part.label, 12) + 12 <= width {
            let class = if matches!(part.class, "free" | "kept") { "in middle" } else { "on middle" };
            picture.text(BAR_X + start + width / 2, y + 20, class, &part.label);
        }
    }
    picture.bar(BAR_X, y, share(BAR_WIDTH, node.memory.get(), longest.get()), BAR_HEIGHT, "frame");
    picture.text(BAR_X + BAR_WIDTH + 16, y + 20, "small", counts);
}

fn parts(node: &NodeCapacity, moved: Bytes) -> Vec<Segment> {
    let segment = |class, memory: Bytes, what: &str| {
        let label = format!("{what} {}", memory.to_words());
        Segment { class, memory, label: label.trim().to_string() }
    };
    vec![
        segment("kept", node.reserved_memory(), ""),
        segment("platform", node.platform_memory(), ""),
        segment("service", node.service_memory(), ""),
        segment("moved", moved, ""),
        segment("free", node.free_memory.saturating_sub(moved), "free"),
    ]
}

/// How many of each size fit, shortly: `15 / 7 / 3`.
fn counts(capacity: &Capacity, fits: &[u64]) -> String {
    if capacity.fits.is_empty() {
        return String::new();
    }
    fits.iter().map(u64::to_string).collect::<Vec<_>>().join(" / ")
}

/// How many of each size fit, in a table.
fn draw_fits(picture: &mut Picture, mut y: u32, capacity: &Capacity) -> u32 {
    let columns = [BAR_X + 130, BAR_X + 280, BAR_X + 430];
    let lost = capacity.worst_loss();
    let headings = [
        "fit now".to_string(),
        lost.map_or(String::new(), |loss| format!("with {} lost", loss.node)),
        "the record says".into(),
    ];
    picture.line((24, y), (836, y), "rule");
    y += 22;
    picture.text(24, y, "small", "services of");
    for (x, heading) in columns.iter().zip(&headings) {
        picture.text(*x, y, "small end", &fitted(heading, 12, 140));
    }
    for (at, fit) in capacity.fits.iter().enumerate() {
        y += 22;
        picture.text(24, y, "", &fit.memory.to_words());
        picture.text(columns[0], y, "head end", &fit.total.to_string());
        if let Some(after) = lost.and_then(|loss| loss.fits.get(at)) {
            picture.text(columns[1], y, "head end", &after.total.to_string());
        }
        if let Some(record) = capacity.record.fits.get(at) {
            picture.text(columns[2], y, "small end", &format!("about {}", record.about));
        }
    }
    y += 14;
    picture.line((24, y), (836, y), "rule");
    y
}

/// The picture in words.
fn description(capacity: &Capacity) -> String {
    let nodes: Vec<String> = capacity
        .nodes
        .iter()
        .map(|node| {
            format!(
                "{}: {} of {} reserved, {} for the platform, {} for services, {} free",
                node.name,
                node.reserved_memory().to_words(),
                node.memory.to_words(),
                node.platform_memory().to_words(),
                node.service_memory().to_words(),
                node.free_memory.to_words()
            )
        })
        .collect();
    format!("{}.", nodes.join(". "))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("one {what}") } else { format!("{count} {what}s") }
}
