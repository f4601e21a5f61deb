//! A picture: a bar for each node.

/// Draws the nodes.
pub fn svg(_: &super::Capacity) -> String {
    String::new()
}
