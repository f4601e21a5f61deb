//! Changing a `homelab.toml` that a person wrote: only the lines that are meant change, and every comment stays.
//!
//! Lines are found by how people lay out TOML. That is a guess, so each result is read again and compared with what it should
//! mean: a file that is laid out otherwise is left alone, and the person is asked to change it.

use std::ops::Range;

use super::{Homelab, Node, parse};
use crate::diagnostic::Problems;

/// Why a text is not changed.
#[derive(Debug)]
pub enum EditError {
    /// What it would say cannot be.
    Refused {
        /// The text as it would be.
        text: String,
        /// What is wrong with it.
        problems: Problems,
    },
    /// There is no such node.
    NoNode {
        /// What was named.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// There is one of that name, and it is another.
    Taken {
        /// The name.
        name: String,
    },
    /// It is laid out so that the lines are not found.
    Layout {
        /// What to write by hand.
        by_hand: String,
    },
}

/// A node to be added, each value as a person types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewNode {
    /// Its name; without it, the next like `k4`.
    pub name: Option<String>,
    /// `server` or `agent`.
    pub role: String,
    /// Its address; without it, the next after those of the other nodes.
    pub address: Option<String>,
    /// Its number in Proxmox.
    pub vmid: Option<u32>,
    /// Processor cores; without it, those of the last node.
    pub cores: Option<u32>,
    /// Memory; without it, that of the last node.
    pub memory: Option<String>,
    /// Disk; without it, that of the last node.
    pub disk: Option<String>,
}

/// Adds a node behind the others. One that is there exactly so changes nothing.
///
/// # Errors
/// See [`EditError`].
pub fn add_node(text: &str, new: &NewNode) -> Result<(String, String), EditError> {
    let old = read(text)?;
    let name = new.name.clone().unwrap_or_else(|| next_name(&old));
    let block = block(&old, new, &name);
    if let Some(there) = old.nodes.iter().find(|node| node.name.as_str() == name) {
        return match is_same(there, new) {
            true => Ok((text.to_owned(), name)),
            false => Err(EditError::Taken { name }),
        };
    }
    let place = blocks(text).last().map_or(text.len(), |last| last.end);
    let before = text[..place].trim_end_matches('\n');
    let after = text[place..].trim_start_matches('\n');
    let gap = if after.is_empty() { "" } else { "\n" };
    let changed = format!("{before}\n\n{block}{gap}{after}");
    let expected = |home: &mut Homelab, read: &Homelab| home.nodes.extend(read.nodes.last().cloned());
    checked(changed, &old, expected, &block).map(|text| (text, name))
}

/// Takes a node out.
///
/// # Errors
/// See [`EditError`].
pub fn remove_node(text: &str, name: &str) -> Result<String, EditError> {
    let old = read(text)?;
    known(&old, name)?;
    let by_hand = format!("take the `[[nodes]]` table of `{name}` out");
    let block = find(text, name).ok_or_else(|| EditError::Layout { by_hand: by_hand.clone() })?;
    let after = text[block.end..].trim_start_matches('\n');
    let changed = format!("{}{after}", &text[..block.start]);
    checked(changed, &old, |home, _| home.nodes.retain(|node| node.name.as_str() != name), &by_hand)
}

/// Gives a node another `cores`, `memory` or `disk`; `value` is TOML.
///
/// # Errors
/// See [`EditError`].
pub fn change_node(text: &str, name: &str, key: &str, value: &str) -> Result<String, EditError> {
    let old = read(text)?;
    known(&old, name)?;
    let by_hand = format!("write `{key} = {value}` into the `[[nodes]]` table of `{name}`");
    let block = find(text, name).ok_or_else(|| EditError::Layout { by_hand: by_hand.clone() })?;
    let changed = with_value(text, &block, key, value);
    checked(changed, &old, |home, read| take(home, read, name, key), &by_hand)
}

/// Pins another release of K3s.
///
/// # Errors
/// See [`EditError`].
pub fn change_k3s_version(text: &str, version: &str) -> Result<String, EditError> {
    let old = read(text)?;
    let value = quoted(version);
    let by_hand = format!("write `version = {value}` into the `[k3s]` table");
    let changed = match tables(text).into_iter().find(|(header, _)| header == "[k3s]") {
        Some((_, block)) => with_value(text, &block, "version", &value),
        None => format!("{}\n\n[k3s]\nversion = {value}\n", text.trim_end()),
    };
    checked(changed, &old, |home, read| home.k3s.version = read.k3s.version.clone(), &by_hand)
}

/// A text of TOML.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

fn read(text: &str) -> Result<Homelab, EditError> {
    parse(text).map_err(|problems| EditError::Refused { text: text.to_owned(), problems })
}

/// The changed text, if it means what it should.
fn checked(
    changed: String,
    old: &Homelab,
    change: impl FnOnce(&mut Homelab, &Homelab),
    by_hand: &str,
) -> Result<String, EditError> {
    let new = match parse(&changed) {
        Ok(new) => new,
        Err(problems) => return Err(EditError::Refused { text: changed, problems }),
    };
    let mut expected = old.clone();
    change(&mut expected, &new);
    if new == expected { Ok(changed) } else { Err(EditError::Layout { by_hand: by_hand.to_owned() }) }
}

fn known(home: &Homelab, name: &str) -> Result<(), EditError> {
    let known: Vec<String> = home.nodes.iter().map(|node| node.name.to_string()).collect();
    if known.iter().any(|known| known == name) {
        Ok(())
    } else {
        Err(EditError::NoNode { name: name.to_owned(), known })
    }
}

/// Takes one value of a node over.
fn take(home: &mut Homelab, read: &Homelab, name: &str, key: &str) {
    let place = home.nodes.iter().position(|node| node.name.as_str() == name);
    let Some((old, new)) = place.and_then(|place| home.nodes.get_mut(place).zip(read.nodes.get(place))) else { return };
    match key {
        "cores" => old.cores = new.cores,
        "memory" => old.memory = new.memory,
        "disk" => old.disk = new.disk,
        _ => {}
    }
}

/// Whether a node is what was asked for, as far as that was said.
fn is_same(there: &Node, new: &NewNode) -> bool {
    let size = |wanted: &Option<String>, there| wanted.as_ref().is_none_or(|wanted| wanted.parse() == Ok(there));
    there.role.to_string() == new.role
        && new.address.as_ref().is_none_or(|address| *address == there.address.to_string())
        && new.cores.is_none_or(|cores| cores == there.cores.get())
        && size(&new.memory, there.memory)
        && size(&new.disk, there.disk)
}

/// The table of a new node.
fn block(old: &Homelab, new: &NewNode, name: &str) -> String {
    let like = old.nodes.iter().rev().find(|node| node.role.to_string() == new.role).or(old.nodes.last());
    let address = new.address.clone().or_else(|| next_address(old)).unwrap_or_default();
    let memory = new.memory.clone().or_else(|| like.map(|node| node.memory.to_string())).unwrap_or_default();
    let disk = new.disk.clone().or_else(|| like.map(|node| node.disk.to_string())).unwrap_or_default();
    let cores = new.cores.or(like.map(|node| node.cores.get())).unwrap_or(2);
    let vmid = new.vmid.map(|vmid| format!("vmid = {vmid}\n")).unwrap_or_default();
    format!(
        "[[nodes]]\nname = {}\nrole = {}\naddress = {}\n{vmid}cores = {cores}\nmemory = {}\ndisk = {}\n",
        quoted(name),
        quoted(&new.role),
        quoted(&address),
        quoted(&memory),
        quoted(&disk),
    )
}

/// `k4` after `k1`, `k2`, `k3`.
fn next_name(home: &Homelab) -> String {
    let last = home.nodes.last().map_or("k0", |node| node.name.as_str());
    let stem = last.trim_end_matches(|character: char| character.is_ascii_digit());
    let names: Vec<&str> = home.nodes.iter().map(|node| node.name.as_str()).collect();
    let number = last[stem.len()..].parse::<u32>().unwrap_or(0).saturating_add(1);
    let mut names_after = (number..=u32::MAX).map(|number| format!("{stem}{number}"));
    names_after.find(|name| !names.contains(&name.as_str())).unwrap_or_default()
}

/// The next address after the highest of the nodes that nobody of the file has.
fn next_address(home: &Homelab) -> Option<String> {
    let highest = home.nodes.iter().map(|node| u32::from(node.address.0)).max()?;
    let guests = home.guests.iter().filter_map(|guest| guest.address);
    let taken: Vec<u32> = guests.chain([home.network.gateway]).map(|address| u32::from(address.0)).collect();
    let free = (highest.checked_add(1)?..=u32::MAX).find(|address| !taken.contains(address))?;
    Some(core::net::Ipv4Addr::from(free).to_string())
}

/// The tables of a text: the header without spaces and comments, and everything up to the next, but for the blank lines and
/// comments right before it, which belong to that one.
fn tables(text: &str) -> Vec<(String, Range<usize>)> {
    let mut tables: Vec<(String, Range<usize>)> = Vec::new();
    let (mut place, mut content_end) = (0, 0);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let is_header =
            trimmed.starts_with('[') && trimmed.split('#').next().unwrap_or_default().trim_end().ends_with(']');
        if is_header {
            if let Some((_, last)) = tables.last_mut() {
                last.end = content_end;
            }
            let header: String = trimmed.split('#').next().unwrap_or_default().split_whitespace().collect();
            tables.push((header, place..place));
        }
        place += line.len();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            content_end = place;
        }
    }
    if let Some((_, last)) = tables.last_mut() {
        last.end = content_end;
    }
    tables
}

fn blocks(text: &str) -> Vec<Range<usize>> {
    tables(text).into_iter().filter(|(header, _)| header == "[[nodes]]").map(|(_, block)| block).collect()
}

/// The table of a node.
fn find(text: &str, name: &str) -> Option<Range<usize>> {
    blocks(text).into_iter().find(|block| {
        let mut lines = text[block.clone()].lines();
        lines.any(|line| matches!(assignment(line), Some(("name", value)) if value.trim_matches(['"', '\'']) == name))
    })
}

/// A key, and its value without a comment.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim_start();
    let end = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.find(quote)? + 2,
        _ => value.find(['#', ' ', '\t']).unwrap_or(value.trim_end().len()),
    };
    Some((key.trim(), value.get(..end)?.trim_end()))
}

/// With another value for a key, in its place; or in a line of its own at the end of the table.
fn with_value(text: &str, block: &Range<usize>, key: &str, new: &str) -> String {
    let mut place = block.start;
    for line in text[block.clone()].split_inclusive('\n') {
        if let Some((found, value)) = assignment(line).filter(|(found, _)| *found == key) {
            let equals = line.find('=').unwrap_or(found.len());
            let start = place + equals + 1 + (line[equals + 1..].len() - line[equals + 1..].trim_start().len());
            return format!("{}{new}{}", &text[..start], &text[start + value.len()..]);
        }
        place += line.len();
    }
    let before = &text[..block.end];
    let gap = if before.ends_with('\n') { "" } else { "\n" };
    format!("{before}{gap}{key} = {new}\n{}", &text[block.end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Answers, default_file};

    fn agent() -> NewNode {
        NewNode { role: "agent".to_owned(), ..NewNode::default() }
    }

    #[test]
    fn a_node_is_added_behind_the_others_and_every_line_stays() {
        let text = default_file(&Answers::default());
        let (added, name) = add_node(&text, &agent()).unwrap();
        assert_eq!(name, "k4");
        let node = parse(&added).unwrap().nodes.pop().unwrap();
        assert_eq!((node.address.to_string(), node.memory.to_string()), ("192.168.0.44".to_owned(), "6GiB".to_owned()));
        assert_eq!(remove_node(&added, "k4").unwrap(), text, "nothing else was changed");
        let (again, _) = add_node(&added, &NewNode { name: Some("k4".to_owned()), ..agent() }).unwrap();
        assert_eq!(again, added, "once is enough");
        let other = NewNode { name: Some("k4".to_owned()), memory: Some("9GiB".to_owned()), ..agent() };
        assert!(matches!(add_node(&added, &other), Err(EditError::Taken { .. })));
    }

    #[test]
    fn a_value_is_changed_in_its_place_and_its_comment_stays() {
        let text = default_file(&Answers::default());
        let text = text.replacen("memory = \"6GiB\"", "memory   = \"6GiB\"  # \"much\"", 1);
        let changed = change_node(&text, "k1", "memory", "\"8GiB\"").unwrap();
        assert!(changed.contains("memory   = \"8GiB\"  # \"much\""), "{changed}");
        assert_eq!(changed.replacen("8GiB", "6GiB", 1), text);
        let without: String =
            text.lines().filter(|line| !line.starts_with("cores")).map(|line| format!("{line}\n")).collect();
        let changed = change_node(&without, "k3", "cores", "4").unwrap();
        assert_eq!(parse(&changed).unwrap().nodes[2].cores.get(), 4);
        assert_eq!(changed.lines().count(), without.lines().count() + 1);
    }

    #[test]
    fn a_release_is_pinned_anew() {
        let text = default_file(&Answers::default());
        let changed = change_k3s_version(&text, "v1.37.0+k3s1").unwrap();
        assert_eq!(parse(&changed).unwrap().k3s.version.to_string(), "v1.37.0+k3s1");
        assert!(matches!(change_k3s_version(&text, "1.37"), Err(EditError::Refused { .. })));
    }

    #[test]
    fn what_cannot_be_is_refused_and_what_is_laid_out_otherwise_left_alone() {
        let text = default_file(&Answers::default());
        assert!(
            matches!(
                add_node(&text, &NewNode { role: "server".to_owned(), ..NewNode::default() }),
                Err(EditError::Refused { .. })
            ),
            "two servers have no majority"
        );
        assert!(matches!(remove_node(&text, "k9"), Err(EditError::NoNode { .. })));
        assert!(matches!(change_node(&text, "k1", "memory", "\"1\""), Err(EditError::Refused { .. })));
        let inline = "nodes = [{ name = \"k1\", role = \"server\", address = \"192.168.0.41\" }]\n[proxmox]\nurl = \"https://192.168.0.10:8006\"\n";
        assert!(parse(inline).is_ok());
        for outcome in [change_node(inline, "k1", "cores", "4"), remove_node(inline, "k1")] {
            assert!(matches!(outcome, Err(EditError::Layout { .. } | EditError::Refused { .. })), "{outcome:?}");
        }
    }

    #[test]
    fn texts_are_written_so_that_they_stay_texts() {
        assert_eq!(quoted("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000A\"");
        let hostile = NewNode { name: Some("x\"\n[[guests]]".to_owned()), ..agent() };
        assert!(matches!(add_node(&default_file(&Answers::default()), &hostile), Err(EditError::Refused { .. })));
    }
}
