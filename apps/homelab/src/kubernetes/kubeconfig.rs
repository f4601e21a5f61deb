//! The kubeconfig of this computer: our context is written into it, and nothing else in it is touched.

use super::access::Access;

/// What a merge gives.
#[derive(Debug, PartialEq, Eq)]
pub enum Merged {
    /// The new text.
    Text(String),
    /// The context of that name leads to another cluster.
    Foreign,
    /// The file is not laid out as `kubectl` lays it out, so that nothing is changed in it.
    Odd(&'static str),
}

/// The lists of a kubeconfig.
const LISTS: [&str; 3] = ["clusters", "contexts", "users"];

/// Whether the context `name` leads to the cluster of `access`.
pub fn points_to(text: &str, name: &str, access: &Access) -> bool {
    item(text, "clusters", name).is_some_and(|item| item.contains(&access.authority) && item.contains(&access.server))
        && item(text, "users", name).is_some_and(|item| item.contains(&access.certificate))
}

/// Whether the context `name` leads to another cluster than the one at `server`, whose authority is known once it is there. The same
/// address and another authority is a cluster that was made anew; another address is another cluster.
pub fn is_foreign(text: &str, name: &str, server: &str, authority: Option<&str>) -> bool {
    item(text, "clusters", name).is_some_and(|item| {
        item.contains("server:") && !item.contains(server) && !authority.is_some_and(|known| item.contains(known))
    })
}

/// Writes `access` as the cluster, user and context `name` into the kubeconfig `text`, in place of what we wrote before.
pub fn merge(text: &str, name: &str, access: &Access) -> Merged {
    if text.trim().is_empty() {
        let head = "apiVersion: v1\nkind: Config\npreferences: {}\n";
        let lists = LISTS.map(|list| format!("{list}:\n{}", new_item(list, name, access))).concat();
        return Merged::Text(format!("{head}{lists}current-context: {name}\n"));
    }
    if text.trim_start().starts_with('{') {
        return Merged::Odd("it is JSON");
    }
    if is_foreign(text, name, &access.server, Some(&access.authority)) {
        return Merged::Foreign;
    }
    let mut merged = text.to_owned();
    if !merged.ends_with('\n') {
        merged.push('\n');
    }
    for list in LISTS {
        merged = match with_item(&merged, list, name, &new_item(list, name, access)) {
            Some(merged) => merged,
            None => return Merged::Odd("its lists are not written line by line"),
        };
    }
    Merged::Text(merged)
}

fn new_item(list: &str, name: &str, access: &Access) -> String {
    match list {
        "clusters" => format!(
            "- cluster:\n    certificate-authority-data: {}\n    server: {}\n  name: {name}\n",
            access.authority, access.server
        ),
        "contexts" => format!("- context:\n    cluster: {name}\n    user: {name}\n  name: {name}\n"),
        _ => format!(
            "- name: {name}\n  user:\n    client-certificate-data: {}\n    client-key-data: {}\n",
            access.certificate, access.key
        ),
    }
}

/// The item called `name` in a list.
fn item<'a>(text: &'a str, list: &str, name: &str) -> Option<&'a str> {
    let range = item_range(text, list, name)?;
    Some(&text[range])
}

/// Where the item called `name` stands.
fn item_range(text: &str, list: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let mut start = None;
    let mut is_named = false;
    let mut found = None;
    let body = list_range(text, list)?;
    let mut place = body.start;
    for line in text[body.clone()].split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with("- ") && indent(line) == indent_of_items(&text[body.clone()]) {
            if let (Some(start), true) = (start, is_named) {
                found = Some(start..place);
                break;
            }
            (start, is_named) = (Some(place), false);
        }
        let value = trimmed
            .strip_prefix("- ")
            .unwrap_or(trimmed)
            .strip_prefix("name:")
            .map(|value| value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']));
        let depth = indent(line) + if trimmed.starts_with("- ") { 2 } else { 0 };
        is_named |= value == Some(name) && depth == indent_of_items(&text[body.clone()]) + 2;
        place += line.len();
    }
    found.or_else(|| start.filter(|_| is_named).map(|start| start..place))
}

/// The lines below `list:`, up to the next key at the left margin.
fn list_range(text: &str, list: &str) -> Option<std::ops::Range<usize>> {
    let mut place = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let is_key = !line.starts_with([' ', '-', '#', '\n', '\r']);
        match start {
            Some(start) if is_key => return Some(start..place),
            None if line.trim_end() == format!("{list}:") => start = Some(place + line.len()),
            _ => {}
        }
        place += line.len();
    }
    start.map(|start| start..place)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn indent_of_items(body: &str) -> usize {
    body.lines().find(|line| line.trim_start().starts_with("- ")).map_or(0, indent)
}

fn with_item(text: &str, list: &str, name: &str, new: &str) -> Option<String> {
    // A list that is there and empty is written in one line.
    for empty in [format!("{list}: []\n"), format!("{list}: null\n")] {
        if let Some(place) = text.find(&empty).filter(|place| *place == 0 || text[..*place].ends_with('\n')) {
            return Some(format!("{}{list}:\n{new}{}", &text[..place], &text[place + empty.len()..]));
        }
    }
    let Some(body) = list_range(text, list) else {
        let is_elsewhere = text.lines().any(|line| line.starts_with(&format!("{list}:")));
        return (!is_elsewhere).then(|| format!("{text}{list}:\n{new}"));
    };
    let spaces = " ".repeat(indent_of_items(&text[body.clone()]));
    let new: String = new.split_inclusive('\n').map(|line| format!("{spaces}{line}")).collect();
    let range = item_range(text, list, name).unwrap_or(body.start..body.start);
    Some(format!("{}{new}{}", &text[..range.start], &text[range.end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(server: &str, authority: &str) -> Access {
        Access {
            server: server.to_owned(),
            authority: authority.to_owned(),
            certificate: "Y2VydA==".to_owned(),
            key: "a2V5".to_owned(),
        }
    }

    const WORK: &str = "\
apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: d29yaw==
    server: https://work.example:6443
  name: work # of the company
contexts:
- context:
    cluster: work
    user: me
  name: work
current-context: work
kind: Config
users:
- name: me
  user:
    token: none-of-ours
";

    fn text(merged: Merged) -> String {
        match merged {
            Merged::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_empty_one_is_begun_and_leads_to_us() {
        let access = access("https://192.168.0.41:6443", "Y2E=");
        let merged = text(merge("", "home", &access));
        assert!(points_to(&merged, "home", &access));
        assert!(merged.ends_with("current-context: home\n"));
    }

    #[test]
    fn everything_else_stays_as_it_is_and_a_second_time_changes_nothing() {
        let access = access("https://192.168.0.41:6443", "Y2E=");
        let merged = text(merge(WORK, "home", &access));
        let without: String = LISTS.iter().fold(merged.clone(), |text, list| {
            let range = item_range(&text, list, "home").unwrap();
            format!("{}{}", &text[..range.start], &text[range.end..])
        });
        assert_eq!(without, WORK);
        assert!(merged.contains("current-context: work"), "the context in use is not ours to change");
        assert_eq!(text(merge(&merged, "home", &access)), merged);
    }

    #[test]
    fn a_cluster_made_anew_replaces_the_old_one() {
        let old = access("https://192.168.0.41:6443", "b2xk");
        let new = access("https://192.168.0.41:6443", "bmV3");
        let merged = text(merge(WORK, "home", &old));
        let again = text(merge(&merged, "home", &new));
        assert!(points_to(&again, "home", &new) && !again.contains("b2xk"));
    }

    #[test]
    fn a_context_of_another_cluster_is_not_overwritten() {
        assert_eq!(merge(WORK, "work", &access("https://192.168.0.41:6443", "Y2E=")), Merged::Foreign);
    }

    #[test]
    fn what_is_laid_out_otherwise_is_left_alone() {
        let access = access("https://192.168.0.41:6443", "Y2E=");
        assert_eq!(merge("{\"clusters\": []}", "home", &access), Merged::Odd("it is JSON"));
        assert!(matches!(merge("clusters: [{name: a}]\n", "home", &access), Merged::Odd(_)));
        assert!(points_to(&text(merge("clusters: []\ncontexts: []\nusers: []\n", "home", &access)), "home", &access));
    }
}
