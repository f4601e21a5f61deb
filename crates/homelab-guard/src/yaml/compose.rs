//! From the parser's events to the tree.
//!
//! There is a stack of open collections instead of recursion, so that depth is a number that can be compared with a bound.

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};

use super::node::{Field, Key, Mapping, Node, Place, Scalar, Style, Value};
use super::problem::{Cause, Problem};
use super::resolve::{Meaning, resolve};
use crate::limits::{YAML_DEPTH_MAX, YAML_EXPANSION_MAX};

/// Reads the documents of `text`, which begins after `lines_before` lines of its file. Stops at the first thing that makes the
/// rest unreadable.
pub(super) fn compose(text: &str, lines_before: u32, documents: &mut Vec<Node>, problems: &mut Vec<Problem>) {
    let mut composer = Composer { lines_before, ..Composer::default() };
    let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let step = match event {
            Ok((event, span)) => composer.event(event, span),
            Err(error) => Err(syntax_problem(text, &error, lines_before)),
        };
        if let Err(problem) = step {
            composer.problems.push(problem);
            break;
        }
    }
    documents.append(&mut composer.documents);
    problems.append(&mut composer.problems);
}

#[derive(Default)]
struct Composer {
    lines_before: u32,
    documents: Vec<Node>,
    problems: Vec<Problem>,
    open: Vec<Open>,
    anchors: HashMap<usize, Measured>,
    expanded: usize,
}

/// A node and what it would cost to copy it.
#[derive(Clone)]
struct Measured {
    node: Node,
    /// Nodes in it, and a share for its text.
    weight: usize,
    /// Levels in it.
    height: usize,
}

/// A collection whose end has not been seen.
struct Open {
    place: Place,
    anchor: usize,
    weight: usize,
    height: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { fields: Vec<Field>, merged: Vec<Node>, awaiting: Awaiting },
}

/// What the next node of a mapping is.
enum Awaiting {
    Key,
    ValueOf(Key),
    ValueOfMerge,
    ValueOfNothing,
}

impl Composer {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let scalar = scalar(text.into_owned(), style, tag.as_deref());
                let weight = 1 + scalar.text.len() / 64;
                let node = Node { place: self.place(span), value: Value::Scalar(scalar) };
                self.anchored(anchor, Measured { node, weight, height: 0 })
            }
            Event::Alias(anchor) => {
                let place = self.place(span);
                let Some(target) = self.anchors.get(&anchor).cloned() else {
                    return Err(Problem::new(place, Cause::AliasInsideItsAnchor));
                };
                if self.open.len() + target.height > YAML_DEPTH_MAX {
                    return Err(Problem::new(place, Cause::TooDeep));
                }
                self.expand(target.weight, place)?;
                self.attach(target)
            }
            Event::SequenceStart(anchor, _) => self.open(span, anchor, Content::Sequence(Vec::new())),
            Event::MappingStart(anchor, _) => {
                let content = Content::Mapping { fields: Vec::new(), merged: Vec::new(), awaiting: Awaiting::Key };
                self.open(span, anchor, content)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::DocumentEnd => {
                self.anchors.clear();
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => Ok(()),
        }
    }

    fn open(&mut self, span: Span, anchor: usize, content: Content) -> Result<(), Problem> {
        let place = self.place(span);
        if self.open.len() >= YAML_DEPTH_MAX {
            return Err(Problem::new(place, Cause::TooDeep));
        }
        self.open.push(Open { place, anchor, weight: 1, height: 1, content });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Problem> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let value = match open.content {
            Content::Sequence(items) => Value::Sequence(items),
            Content::Mapping { fields, merged, .. } => Value::Mapping(self.mapping(fields, merged)),
        };
        let node = Node { place: open.place, value };
        self.anchored(open.anchor, Measured { node, weight: open.weight, height: open.height })
    }

    /// Remembers a node that has an anchor (0 is none), and puts it where it belongs.
    fn anchored(&mut self, anchor: usize, measured: Measured) -> Result<(), Problem> {
        if anchor != 0 {
            self.expand(measured.weight, measured.node.place)?;
            self.anchors.insert(anchor, measured.clone());
        }
        self.attach(measured)
    }

    /// Counts a copy.
    fn expand(&mut self, weight: usize, place: Place) -> Result<(), Problem> {
        self.expanded += weight;
        if self.expanded > YAML_EXPANSION_MAX {
            return Err(Problem::new(place, Cause::AliasesTooLarge));
        }
        Ok(())
    }

    /// Puts a finished node into the collection that it stands in.
    fn attach(&mut self, Measured { node, weight, height }: Measured) -> Result<(), Problem> {
        let Some(parent) = self.open.last_mut() else {
            if !node.is_null() {
                self.documents.push(node);
            }
            return Ok(());
        };
        parent.weight += weight;
        parent.height = parent.height.max(height + 1);
        match &mut parent.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { fields, merged, awaiting } => match std::mem::replace(awaiting, Awaiting::Key) {
                Awaiting::Key => *awaiting = key(node, &mut self.problems),
                Awaiting::ValueOf(key) => fields.push(Field { key, value: node }),
                Awaiting::ValueOfMerge => merged.push(node),
                Awaiting::ValueOfNothing => {}
            },
        }
        Ok(())
    }

    /// A mapping of its own fields, and of merged ones that it does not have itself.
    fn mapping(&mut self, fields: Vec<Field>, merged: Vec<Node>) -> Mapping {
        let mut fields = self.without_duplicates(fields);
        if merged.is_empty() {
            return Mapping { fields };
        }
        let mut known: HashSet<String> = fields.iter().map(|field| field.key.text.clone()).collect();
        for source in merged {
            let place = source.place;
            let sources = match source.value {
                Value::Sequence(items) => items,
                value => vec![Node { place, value }],
            };
            for source in sources {
                match source.value {
                    Value::Mapping(mapping) => {
                        fields.extend(mapping.fields.into_iter().filter(|field| known.insert(field.key.text.clone())));
                    }
                    _ => self.problems.push(Problem::new(source.place, Cause::MergeOfNoMapping)),
                }
            }
        }
        Mapping { fields }
    }

    fn without_duplicates(&mut self, fields: Vec<Field>) -> Vec<Field> {
        // A set would be slower for the few keys that a mapping has as a rule.
        let is_small = fields.len() <= 16;
        let mut seen: HashMap<String, u32> = HashMap::new();
        let mut kept: Vec<Field> = Vec::with_capacity(fields.len());
        for field in fields {
            let key = &field.key;
            let first_line = if is_small {
                kept.iter().find(|earlier| earlier.key.text == key.text).map(|earlier| earlier.key.place.line)
            } else {
                let first_line = seen.get(&key.text).copied();
                first_line.or_else(|| {
                    seen.insert(key.text.clone(), key.place.line);
                    None
                })
            };
            match first_line {
                Some(first_line) => {
                    let cause = Cause::DuplicateKey { key: key.text.clone(), first_line };
                    self.problems.push(Problem::new(key.place, cause));
                }
                None => kept.push(field),
            }
        }
        kept
    }

    fn place(&self, span: Span) -> Place {
        place(span.start, span.end, self.lines_before)
    }
}

/// Takes a node as the key of the value to come.
fn key(node: Node, problems: &mut Vec<Problem>) -> Awaiting {
    match node.value {
        Value::Scalar(scalar) if scalar.text == "<<" && scalar.style == Style::Plain => Awaiting::ValueOfMerge,
        Value::Scalar(scalar) if scalar.meaning != Meaning::Null || !scalar.text.is_empty() => {
            Awaiting::ValueOf(Key { text: scalar.text, place: node.place, meaning: scalar.meaning })
        }
        _ => {
            problems.push(Problem::new(node.place, Cause::KeyIsNotText));
            Awaiting::ValueOfNothing
        }
    }
}

fn scalar(text: String, style: ScalarStyle, tag: Option<&Tag>) -> Scalar {
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    };
    let own_tag = tag.filter(|tag| tag.is_yaml_core_schema()).map(|tag| tag.suffix.as_str());
    let meaning = resolve(&text, style, own_tag);
    Scalar { text, style, meaning }
}

fn place(start: Marker, end: Marker, lines_before: u32) -> Place {
    let one_line = start.line() == end.line();
    Place {
        line: lines_before + number(start.line()),
        column: number(start.col()) + 1,
        width: if one_line { number(end.col().saturating_sub(start.col())).max(1) } else { 1 },
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn syntax_problem(text: &str, error: &ScanError, lines_before: u32) -> Problem {
    let at = *error.marker();
    let place = place(at, at, lines_before);
    // The parser has a bound of its own for brackets, a little above ours.
    if error.info() == "recursion limit exceeded" {
        return Problem::new(place, Cause::TooDeep);
    }
    // A tab is met at its own line, or while looking for the end of a value on the line before.
    let (first, count) =
        if error.info().contains("tab") { (at.line().saturating_sub(2), 3) } else { (at.line().saturating_sub(1), 1) };
    for (index, line) in text.lines().enumerate().skip(first).take(count) {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(column) = line[..indentation].find('\t').filter(|_| indentation < line.len()) {
            let place = Place { line: lines_before + number(index) + 1, column: number(column) + 1, width: 1 };
            return Problem::new(place, Cause::TabIndentation);
        }
    }
    Problem::new(place, Cause::Syntax { detail: error.info().to_owned() })
}
