//! What fits, for people: a bar a node, then the decision record's arithmetic beside the honest one.

use homelab_plan::capacity::{Capacity, Loss};

use super::table::{bar, heading, table};
use crate::terminal::Paint;
use crate::wording::list;

/// The whole page.
pub fn words(capacity: &Capacity, paint: Paint) -> String {
    let mut text = heading("Memory of each node", paint);
    for node in &capacity.nodes {
        let parts = [
            (node.reserved_memory().get(), '█'),
            (node.platform_memory().get(), '▓'),
            (node.service_memory().get(), '▒'),
        ];
        text += &format!(
            "  {:<8} {}  {} of {} free\n",
            node.name,
            bar(&parts, node.memory.get()),
            node.free_memory.to_words(),
            node.memory.to_words()
        );
    }
    text += &format!("  {:<8} {}\n\n", "", paint.dim("█ reserved  ▓ platform  ▒ services  · free"));
    text += &heading("How many more services fit", paint);
    text += &fits(capacity);
    text += &unplaced(capacity, paint);
    text
}

fn fits(capacity: &Capacity) -> String {
    let worst = capacity.worst_loss();
    let mut headings = vec!["each with".to_string(), "decision record".to_string()];
    headings.extend(capacity.nodes.iter().map(|node| node.name.clone()));
    headings.push("together".to_string());
    headings.extend(worst.map(|loss| format!("without {}", loss.node)));
    let rows = capacity.fits.iter().enumerate().map(|(at, fit)| {
        let record = capacity.record.fits.get(at);
        let record = record.map_or_else(String::new, |record| format!("about {} ({})", record.about, record.exact));
        let mut row = vec![fit.memory.to_words(), record];
        row.extend(fit.per_node.iter().map(u64::to_string));
        row.push(fit.total.to_string());
        row.extend(worst.and_then(|loss| loss.fits.get(at)).map(|fit| fit.total.to_string()));
        row
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let figures: Vec<usize> = (1..headings.len()).collect();
    table(&headings.iter().map(String::as_str).collect::<Vec<_>>(), &figures, rows)
}

fn unplaced(capacity: &Capacity, paint: Paint) -> String {
    let mut text = String::new();
    for unplaced in &capacity.unplaced {
        text += &format!("{} `{}` has no place: {}\n", paint.red("error:"), unplaced.pod, unplaced.reason);
    }
    for loss in capacity.losses.iter().filter(|loss| !loss.is_survived()) {
        text += &format!("{} {}\n", paint.yellow("warning:"), lost(loss));
    }
    text
}

fn lost(loss: &Loss) -> String {
    let mut parts = Vec::new();
    if !loss.waiting.is_empty() {
        parts.push(format!("{} would wait for it, since their disks are there", list(&loss.waiting)));
    }
    if !loss.without_room.is_empty() {
        let pods: Vec<String> = loss.without_room.iter().map(|unplaced| unplaced.pod.clone()).collect();
        parts.push(format!("{} would find no room", list(&pods)));
    }
    format!("if {} is lost: {}", loss.node, parts.join("; "))
}
