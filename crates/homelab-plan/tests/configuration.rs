//! The table of keys, the file made from it, the page made from it, and files that are refused.

use std::path::Path;

use homelab_plan::config::{Answers, Default, Form, Homelab, Role, SECTIONS, default_file, parse, reference_page};
use homelab_plan::diagnostic::{Diagnostic, Problems};
use proptest::prelude::*;

/// The least that is a home.
const SMALL: &str = r#"[proxmox]
url = "https://192.168.0.10:8006"

[[nodes]]
name = "k1"
role = "server"
address = "192.168.0.41"
"#;

fn record() -> Homelab {
    parse(&default_file(&Answers::default())).unwrap()
}

#[test]
fn a_new_file_has_the_decision_records_values() {
    let home = record();
    let nodes: Vec<_> = home
        .nodes
        .iter()
        .map(|node| {
            format!("{} {} {} {} cores {} {}", node.name, node.role, node.address, node.cores, node.memory, node.disk)
        })
        .collect();
    assert_eq!(
        nodes,
        [
            "k1 server 192.168.0.41 2 cores 6GiB 50GiB",
            "k2 agent 192.168.0.42 2 cores 6GiB 50GiB",
            "k3 agent 192.168.0.43 2 cores 6GiB 50GiB",
        ]
    );
    assert!(home.container.nesting && home.container.keyctl);
    assert_eq!(&*home.container.template, "ubuntu-24.04-standard");
    assert_eq!(home.budget.yen_per_month.to_string(), "1000");
    assert_eq!(home.exchange.yen_per_usd.to_string(), "150");
    assert_eq!(home.guests.iter().map(|guest| guest.name.as_str()).collect::<Vec<_>>(), ["jellyfin", "komga"]);
}

#[test]
fn answers_go_into_the_new_file() {
    let answers = Answers {
        cluster: "attic".parse().unwrap(),
        github_owner: Some("Somebody".parse().unwrap()),
        domain: "attic.example.net".parse().unwrap(),
        ..Answers::for_network("10.1.0.0/16".parse().unwrap()).unwrap()
    };
    let home = parse(&default_file(&answers)).unwrap();
    assert_eq!(home.cluster.name.as_str(), "attic");
    assert_eq!(home.network.gateway.to_string(), "10.1.0.1");
    assert_eq!(home.nodes[2].address.to_string(), "10.1.0.43");
    assert_eq!(home.services.github_owner.unwrap().in_images(), "somebody");
    assert_eq!(home.services.domain.as_str(), "attic.example.net");
}

#[test]
fn a_small_network_gets_addresses_that_it_has_or_none_at_all() {
    let small = Answers::for_network("10.0.0.0/29".parse().unwrap()).unwrap();
    let home = parse(&default_file(&small)).unwrap();
    assert_eq!(
        home.nodes.iter().map(|node| node.address.to_string()).collect::<Vec<_>>(),
        ["10.0.0.3", "10.0.0.4", "10.0.0.5"]
    );
    for too_small in ["10.0.0.0/30", "10.0.0.0/31", "10.0.0.0/32"] {
        assert_eq!(Answers::for_network(too_small.parse().unwrap()), None, "{too_small}");
    }
}

#[test]
fn a_small_file_gets_the_defaults_of_the_table() {
    let (small, record) = (parse(SMALL).unwrap(), record());
    assert_eq!(small.k3s, record.k3s);
    assert_eq!(small.shared, record.shared);
    assert_eq!(small.nodes[0].memory, record.nodes[0].memory);
    assert_eq!(small.nodes[0].role, Role::Server);
    assert_eq!(small.nodes[0].vmid, None);
}

#[test]
fn every_default_and_every_example_of_the_table_is_accepted() {
    for section in SECTIONS {
        for key in section.keys {
            let values = match key.default {
                Default::Is(default) => vec![default, key.example],
                Default::Required | Default::Absent => vec![key.example],
            };
            for value in values {
                let heading = match section.form {
                    Form::Once => format!("[{}]", section.path),
                    Form::Many => format!("[[{}]]", section.path),
                };
                let problems = parse(&format!("{heading}\n{} = {value}\n", key.name)).err();
                // Alone in its file, much is missing; the value itself must not be among what is wrong.
                let about_it = problems.iter().flat_map(|problems| &problems.diagnostics).find(|diagnostic| {
                    diagnostic.message.starts_with(&format!("`{}` in", key.name))
                        || diagnostic.message.contains("no TOML")
                });
                assert_eq!(about_it, None, "{heading} {} = {value}", key.name);
            }
        }
    }
}

#[test]
fn every_key_has_a_description_that_ends_with_a_full_stop() {
    for key in SECTIONS.iter().flat_map(|section| section.keys) {
        assert!(key.doc.trim().ends_with('.'), "{}: {}", key.name, key.doc);
    }
}

/// Rewrite the page with `BLESS=1 cargo nextest run -p homelab-plan`.
#[test]
fn the_page_about_the_file_is_the_one_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/homelab/configuration.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, reference_page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == reference_page(), "docs/homelab/configuration.md is old; BLESS=1 writes it anew");
}

/// The fixtures: a change to the small file, or a file of its own, and everything that is said about it.
#[test]
fn files_that_are_refused_are_refused_with_these_sentences() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refused");
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    names.sort();
    assert!(names.len() >= 40, "the folder is read: {}", names.len());
    let mut wrong = Vec::new();
    for path in names {
        let text = std::fs::read_to_string(&path).unwrap();
        let said = match parse(&text) {
            Ok(_) => "accepted".to_string(),
            Err(problems) => told(&problems),
        };
        let expected_path = path.with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected_path, &said).unwrap();
        }
        let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
        if said != expected || said == "accepted" {
            wrong.push(format!("{}\n--- expected\n{expected}--- said\n{said}", path.display()));
        }
        assert_fixes_help(&text, &path);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The problems, with their suggestions.
fn told(problems: &Problems) -> String {
    let mut told = problems.to_text("homelab.toml");
    for Diagnostic { fix, .. } in &problems.diagnostics {
        if let Some(fix) = fix {
            let at = homelab_plan::diagnostic::position(&problems.text, fix.span.start);
            told.push_str(&format!("fix at {}:{}: {}\n", at.line, at.column, fix.replacement));
        }
    }
    told
}

/// What is offered as a mend mends: afterwards its problem is told no more.
fn assert_fixes_help(text: &str, path: &Path) {
    let Err(problems) = parse(text) else { return };
    for diagnostic in &problems.diagnostics {
        let Some(fix) = &diagnostic.fix else { continue };
        let mut mended = text.to_string();
        mended.replace_range(fix.span.clone(), &fix.replacement);
        let still_told = parse(&mended).err().is_some_and(|after| {
            after.diagnostics.iter().any(|other| {
                other.message == diagnostic.message && other.labels[0].span.start == diagnostic.labels[0].span.start
            })
        });
        assert!(!still_told, "{}: {} stays after `{}`", path.display(), diagnostic.message, fix.replacement);
    }
}

#[test]
fn what_may_be_a_secret_is_never_shown() {
    let word = "correct-horse";
    for text in [
        format!("[proxmox]\npassword = \"{word}\"\n"),
        format!("[proxmox]\nurl = \"https://root:{word}@192.168.0.10:8006\"\n"),
        format!("[proxmox]\nuser = \"root@pam!up={word}\"\n"),
        format!("[proxmox]\ntoken = \"up={word}\"\n"),
        format!("root_password = \"{word}\"\n"),
        format!("[proxmox\npassword = \"{word}\"\n"),
        format!("[shared.postgres]\npassword = [\"{word}\"]\n"),
        format!("[secrets]\na = 1\n[secrets.b]\nc = [{{ d = \"{word}\" }}]\n"),
    ] {
        let problems = parse(&text).unwrap_err();
        assert!(!problems.text.contains(word), "{}", problems.text);
        assert!(!format!("{problems}{:?}", problems.diagnostics).contains(word), "{problems}");
        assert_eq!(problems.text.len(), text.len(), "places stay where they are");
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let problems = parse(&"#".repeat(300 * 1024)).unwrap_err();
    assert_eq!(problems.diagnostics[0].message, "the file is larger than 262144 bytes, and at most that much is read");
}

#[test]
fn more_problems_than_anybody_reads_are_counted() {
    let many: String = (0..300).map(|number| format!("[unknown{number}]\n")).collect();
    let problems = parse(&many).unwrap_err();
    assert_eq!(problems.diagnostics.len(), 20);
    assert!(problems.left_out >= 280);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        let _ = parse(&text);
    }

    #[test]
    fn no_text_with_the_words_of_the_file_panics(words in proptest::collection::vec(word(), 0..40)) {
        let text: String = words.concat();
        if let Err(problems) = parse(&text) {
            prop_assert!(!problems.diagnostics.is_empty());
            for label in problems.diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
                prop_assert!(label.span.start <= label.span.end && label.span.end <= text.len());
                prop_assert!(text.is_char_boundary(label.span.start) && text.is_char_boundary(label.span.end));
            }
            let _ = problems.to_text("x");
        }
    }

    #[test]
    fn no_damage_to_a_good_file_panics(at in 0_usize..7000, length in 0_usize..40, instead in "\\PC{0,8}") {
        let mut text = default_file(&Answers::default());
        let (mut from, mut to) = (at.min(text.len()), (at + length).min(text.len()));
        while !text.is_char_boundary(from) { from -= 1; }
        while !text.is_char_boundary(to) { to += 1; }
        text.replace_range(from..to, &instead);
        if let Err(problems) = parse(&text) {
            prop_assert_eq!(problems.text.len(), text.len());
        }
    }
}

/// A piece of a file, right or wrong.
fn word() -> impl Strategy<Value = String> {
    let keys: Vec<String> = SECTIONS
        .iter()
        .flat_map(|section| {
            let headings = [format!("\n[{}]\n", section.path), format!("\n[[{}]]\n", section.path)];
            headings.into_iter().chain(
                section
                    .keys
                    .iter()
                    .flat_map(|key| [format!("\n{} = {}\n", key.name, key.example), format!("\n{} = ", key.name)]),
            )
        })
        .collect();
    let odd = [
        "\"\"",
        "\"192.168.0.1\"",
        "0",
        "-1",
        "1e400",
        "\"🦀\"",
        "[]",
        "[1,",
        "{}",
        "'''",
        "2026-01-01",
        "\n",
        "#",
        "\"1.5GiB\"",
    ];
    let odd: Vec<String> = odd.map(str::to_string).to_vec();
    prop_oneof![3 => proptest::sample::select(keys), 1 => proptest::sample::select(odd)]
}
