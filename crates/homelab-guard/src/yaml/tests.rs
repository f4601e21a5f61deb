//! What is read, where it stands, and what is refused.

use super::{Cause, Meaning, Node, Place, Style, documents};

/// The only document of a text that has nothing wrong with it.
fn read(text: &str) -> Node {
    let (mut documents, problems) = documents(text);
    assert_eq!(problems, [], "in {text:?}");
    assert_eq!(documents.len(), 1, "in {text:?}");
    documents.remove(0)
}

/// What is wrong with a text, as sentences with their places.
fn refused(text: &str) -> Vec<String> {
    documents(text).1.iter().map(ToString::to_string).collect()
}

fn meaning(text: &str) -> Meaning {
    read(&format!("key: {text}")).child("key").and_then(Node::as_scalar).map(|scalar| scalar.meaning).expect("a scalar")
}

fn place(line: u32, column: u32, width: u32) -> Place {
    Place { line, column, width }
}

#[test]
fn keys_and_values_know_their_places() {
    let document = read("kind: Service\nspec:\n  ports:\n    - name: \"日本\"\n      port: 80\n");
    let spec = document.as_mapping().and_then(|mapping| mapping.field("spec")).expect("spec");
    assert_eq!(spec.key.place, place(2, 1, 4));
    let port = &spec.value.child("ports").expect("ports").items()[0];
    assert_eq!(port.place, place(4, 7, 1));
    assert_eq!(port.child("name").map(|node| node.place), Some(place(4, 13, 4)));
    assert_eq!(port.child("port").map(|node| node.place), Some(place(5, 13, 2)));
    assert_eq!(document.get(["kind"]).and_then(Node::as_str), Some("Service"));
    assert_eq!(document.get(["spec", "missing", "port"]), None);
}

#[test]
fn scalars_mean_what_kubernetes_reads_in_them() {
    for text in ["true", "yes", "On", "y", "TRUE"] {
        assert_eq!(meaning(text), Meaning::Bool(true), "{text}");
    }
    for text in ["false", "no", "OFF", "n"] {
        assert_eq!(meaning(text), Meaning::Bool(false), "{text}");
    }
    for text in ["", "~", "null", "Null"] {
        assert_eq!(meaning(text), Meaning::Null, "{text}");
    }
    for (text, number) in [("0", 0), ("42", 42), ("-7", -7), ("0777", 511), ("0x1f", 31), ("0b11", 3), ("1_000", 1000)]
    {
        assert_eq!(meaning(text), Meaning::Integer(number), "{text}");
    }
    for (text, number) in [("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), ("08", 8.0), ("-1.", -1.0)] {
        assert_eq!(meaning(text), Meaning::Float(number), "{text}");
    }
    let texts = [
        "yeS",
        "1.2.3",
        "12:30",
        "2026-11-23",
        "1Gi",
        "0x",
        "infinity",
        "nan",
        "e3",
        "1e",
        "\"5\"",
        "'yes'",
        "!!str 5",
    ];
    for text in texts {
        assert_eq!(meaning(text), Meaning::Text, "{text}");
    }
}

#[test]
fn a_whole_number_too_large_for_64_bits_is_a_number() {
    assert_eq!(meaning("18446744073709551616"), Meaning::Float(18_446_744_073_709_551_616.0));
}

#[test]
fn on_stays_a_key() {
    let workflow = read("on:\n  push:\n    branches: [main]\n");
    assert!(workflow.get(["on", "push"]).is_some());
    assert_eq!(workflow.fields()[0].key.meaning, Meaning::Bool(true));
}

#[test]
fn styles_are_kept() {
    let document = read("a: plain\nb: 'quoted'\nc: |\n  two\n  lines\n");
    let styles: Vec<_> = document.fields().iter().filter_map(|field| Some(field.value.as_scalar()?.style)).collect();
    assert_eq!(styles, [Style::Plain, Style::Quoted, Style::Block]);
    assert_eq!(document.child("c").and_then(Node::as_str), Some("two\nlines\n"));
}

#[test]
fn several_documents_keep_their_lines() {
    let (found, problems) = documents("# head\n---\na: 1\n---\n# nothing\n---\nb: 2\n...\n---\nc: 3\n");
    assert_eq!(problems, []);
    let lines: Vec<u32> = found.iter().map(|document| document.fields()[0].key.place.line).collect();
    assert_eq!(lines, [3, 7, 10]);
}

#[test]
fn a_directive_belongs_to_the_document_after_it() {
    assert_eq!(read("%YAML 1.2\n---\na: 1\n").fields()[0].key.place.line, 3);
}

#[test]
fn a_broken_document_does_not_hide_its_neighbours() {
    let (found, problems) = documents("a: 1\n---\nb: [\n---\nc: 3\n");
    let keys: Vec<&str> = found.iter().map(|document| document.fields()[0].key.text.as_str()).collect();
    assert_eq!(keys, ["a", "c"]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].is_fatal());
    assert!((3..=4).contains(&problems[0].place.line), "{problems:?}");
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    assert_eq!(read("\u{feff}a:\r\n  b: x\r\n  c: y\r\n"), read("a:\n  b: x\n  c: y\n"));
}

#[test]
fn json_is_read_too() {
    let document = read("{\n\t\"kind\": \"List\",\n\t\"items\": [{\"a\": null, \"b\": [1, true]}]\n}\n");
    assert_eq!(document.get(["kind"]).and_then(Node::as_str), Some("List"));
    assert_eq!(document.child("items").expect("items").items()[0].child("b").expect("b").items().len(), 2);
}

#[test]
fn a_key_that_stands_twice_is_told_and_the_first_is_kept() {
    let (found, problems) = documents("a: 1\nb: 2\na: 3\n");
    assert_eq!(found[0].child("a").and_then(Node::as_integer), Some(1));
    assert_eq!(problems[0].place, place(3, 1, 1));
    assert_eq!(problems[0].cause, Cause::DuplicateKey { key: "a".into(), first_line: 1 });
    assert!(!problems[0].is_fatal());
    assert_eq!(
        problems[0].to_string(),
        "line 3, column 1: the key `a` stands here a second time, first on line 1; keep one"
    );
}

#[test]
fn keys_that_stand_twice_are_found_in_large_mappings_too() {
    let mut text: String = (0..1000).map(|number| format!("k{number}: x\n")).collect();
    text.push_str("k7: y\n");
    assert_eq!(
        refused(&text),
        ["line 1001, column 1: the key `k7` stands here a second time, first on line 8; keep one"]
    );
}

#[test]
fn aliases_and_merge_keys_are_expanded() {
    let document =
        read("base: &base\n  a: 1\n  b: 2\nown:\n  <<: *base\n  b: 3\nsame: *base\nall:\n  <<: [{c: 4}, *base]\n");
    let number = |path: [&str; 2]| document.get(path).and_then(Node::as_integer);
    assert_eq!(number(["own", "a"]), Some(1));
    assert_eq!(number(["own", "b"]), Some(3));
    assert_eq!(number(["same", "b"]), Some(2));
    assert_eq!(number(["all", "c"]), Some(4));
    assert_eq!(number(["all", "a"]), Some(1));
    assert_eq!(document.child("same").map(|node| node.place.line), Some(1), "the place of the anchor");
}

#[test]
fn a_merge_of_something_else_is_told() {
    assert_eq!(refused("a:\n  <<: 5\n"), ["line 2, column 7: `<<` takes a mapping or a list of mappings"]);
}

#[test]
fn an_alias_inside_its_anchor_is_told() {
    let refused = refused("a: &a\n  b: *a\n");
    assert_eq!(refused, ["line 2, column 6: this alias stands inside its own anchor, so it has no end"]);
}

#[test]
fn an_anchor_bomb_is_one_sentence() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", below.trim_end_matches(", ")));
    }
    let refused = refused(&text);
    assert_eq!(refused.len(), 1);
    assert!(refused[0].ends_with("stand for more than 100000 values; write out what is meant"), "{refused:?}");
}

#[test]
fn aliases_cannot_nest_deeper_than_writing_can() {
    let mut text = format!("a0: &a0 {}x{}\n", "[".repeat(60), "]".repeat(60));
    for level in 1..4 {
        let (open, close) = ("[".repeat(60), "]".repeat(60));
        text.push_str(&format!("a{level}: &a{level} {open}*a{}{close}\n", level - 1));
    }
    assert_eq!(refused(&text).len(), 1);
    assert!(refused(&text)[0].ends_with("nested deeper than 128 levels"), "{:?}", refused(&text));
}

#[test]
fn depth_has_a_bound_in_every_style() {
    let block: String = (0..300).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let texts = [
        "[".repeat(1_000_000),
        format!("{}{}", "[".repeat(200), "]".repeat(200)),
        "{a: ".repeat(200_000),
        "- ".repeat(1000),
        "? ".repeat(1000),
        block,
    ];
    for text in texts {
        let refused = refused(&text);
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(refused[0].ends_with("the document is nested deeper than 128 levels"), "{refused:?}");
    }
}

#[test]
fn a_tab_in_the_indentation_is_told_well() {
    for text in ["a:\n\tb: 1\n", "a:\n  b: 1\n\tc: 2\n", "a:\n  - b\n \t- c\n"] {
        let refused = refused(text);
        assert_eq!(refused.len(), 1, "{text:?}");
        assert!(
            refused[0].ends_with("a tab stands in the indentation, where YAML takes only spaces; replace it"),
            "{refused:?}"
        );
    }
}

#[test]
fn tabs_inside_of_blocks_are_content() {
    let document = read("script: |\n  if true\n  \tthen echo\nother: 1\n");
    assert_eq!(document.child("script").and_then(Node::as_str), Some("if true\n\tthen echo\n"));
}

#[test]
fn broken_texts_are_told_with_their_place() {
    for text in ["a: 'x", "a: [1, 2", "a: b: c", "a: 1\n b: 2\n", "}", "a: *nobody", "key: \"\\q\""] {
        let refused = refused(text);
        assert_eq!(refused.len(), 1, "{text:?}: {refused:?}");
        assert!(refused[0].contains("this is no YAML: "), "{refused:?}");
    }
}

#[test]
fn a_list_as_a_key_is_told() {
    assert_eq!(
        refused("[a, b]: 1\n"),
        ["line 1, column 1: a key must be text; this one is a list, a mapping or empty"]
    );
}

#[test]
fn a_file_of_gigantic_size_is_not_read() {
    let refused = refused(&"a: 1\n".repeat(2 * 1024 * 1024));
    assert_eq!(refused, ["line 0, column 0: the file has 10 MiB, and manifests are read up to 8 MiB; split it"]);
}

#[test]
fn nothing_written_is_no_document() {
    for text in ["", "\n\n", "# only words\n", "---\n---\n", "---\n# x\n...\n"] {
        assert_eq!(documents(text), (Vec::new(), Vec::new()), "{text:?}");
    }
}

mod any_text {
    use proptest::prelude::*;

    use super::documents;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn never_panics(text in any::<String>()) {
            documents(&text);
        }

        /// Pieces that YAML is made of, so that more than the first token is read.
        #[test]
        fn made_of_yaml_never_panics(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
            documents(&pieces.concat());
        }
    }

    const PIECES: &[&str] = &[
        "a",
        "b: ",
        "- ",
        "? ",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "\t",
        "&x ",
        "*x",
        "<<: ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        "\"",
        "|\n",
        ">-\n",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "%TAG ! x\n",
        "!!str ",
        "!<x> ",
        "#c\n",
        "\r\n",
        "\r",
        "\u{feff}",
        "\\x",
        "日",
        "~",
        "1",
        "@",
        "`",
        "|1\n",
    ];
}
