//! Dockerfiles as text, and what is read in them.

use proptest::prelude::*;

use super::*;

/// The instructions of all stages, each as a short line.
fn outline(text: &str) -> Vec<String> {
    let dockerfile = parse(text);
    assert_eq!(dockerfile.problems, [], "{text}");
    dockerfile.instructions().map(|instruction| short(&instruction.kind)).collect()
}

fn short(kind: &Kind) -> String {
    match kind {
        Kind::Arg(pairs) => format!("ARG {}", short_pairs(pairs)),
        Kind::Env(pairs) => format!("ENV {}", short_pairs(pairs)),
        Kind::Label(pairs) => format!("LABEL {}", short_pairs(pairs)),
        Kind::Copy(transfer) => format!("COPY {}", short_transfer(transfer)),
        Kind::Add(transfer) => format!("ADD {}", short_transfer(transfer)),
        Kind::Run(run) => {
            let docs: Vec<_> = run.here_docs.iter().map(|doc| format!("<{}:{}>", doc.name, doc.body.text)).collect();
            format!("RUN {}{}", short_command(&run.command), docs.concat())
        }
        Kind::Cmd(command) => format!("CMD {}", short_command(command)),
        Kind::Entrypoint(command) => format!("ENTRYPOINT {}", short_command(command)),
        Kind::User(word) => format!("USER {}", word.text),
        Kind::Workdir(word) => format!("WORKDIR {}", word.text),
        Kind::Other => "other".to_owned(),
    }
}

fn short_pairs(pairs: &[Pair]) -> String {
    let pairs = pairs.iter().map(|pair| format!("{}={}", pair.name, pair.value.as_deref().unwrap_or("?")));
    pairs.collect::<Vec<_>>().join("|")
}

fn short_transfer(transfer: &Transfer) -> String {
    let sources: Vec<_> = transfer.sources.iter().map(|word| word.text.as_str()).collect();
    let docs: Vec<_> = transfer.here_docs.iter().map(|doc| format!("<{}:{}>", doc.name, doc.body.text)).collect();
    format!("{}{}->{}", sources.join("|"), docs.concat(), transfer.target.text)
}

fn short_command(command: &Command) -> String {
    match command {
        Command::Exec(words) => format!("{words:?}"),
        Command::Shell(text) => text.text.clone(),
    }
}

/// The lines, columns and sentences of what is wrong.
fn problems(text: &str) -> Vec<String> {
    let dockerfile = parse(text);
    let told = dockerfile.problems.iter().map(|problem| {
        let location = dockerfile.location("Dockerfile", &problem.at);
        format!("{}:{} {}", location.line, location.column, problem.message)
    });
    told.collect()
}

/// What stands in the file at the place of something.
fn source<'a>(dockerfile: &'a Dockerfile, at: &std::ops::Range<usize>) -> &'a str {
    &dockerfile.text()[at.clone()]
}

#[test]
fn stages_have_bases_names_and_instructions() {
    let dockerfile = parse("ARG TAG=1\nFROM rust:$TAG AS build\nRUN make\nFROM scratch\nCOPY --from=build /a /a\n");
    assert_eq!(dockerfile.global_arguments[0].name, "TAG");
    let stages: Vec<_> = dockerfile
        .stages
        .iter()
        .map(|stage| {
            (stage.base.text.as_str(), stage.name.as_ref().map(|name| name.text.as_str()), stage.instructions.len())
        })
        .collect();
    assert_eq!(stages, [("rust:$TAG", Some("build"), 1), ("scratch", None, 1)]);
}

#[test]
fn variables_stand_in_both_forms_with_quotes_and_continuations() {
    for (line, expected) in [
        ("ENV A=1 B=\"two words\" C='$X' D=a\\ b", "ENV A=1|B=two words|C=$X|D=a b"),
        ("ENV A one two  three", "ENV A=one two  three"),
        ("ENV A=1 \\\n    B=2 \\\n  # a comment\n\n    C=3", "ENV A=1|B=2|C=3"),
        ("env a=b", "ENV a=b"),
        ("ENV URL=postgres://u:p@h/d?x=y", "ENV URL=postgres://u:p@h/d?x=y"),
        ("ENV A=", "ENV A="),
        ("ARG A B=2", "ARG A=?|B=2"),
        ("LABEL org.x=\"a\" b=c", "LABEL org.x=a|b=c"),
    ] {
        assert_eq!(outline(&format!("FROM a\n{line}\n")), [expected], "{line}");
    }
}

#[test]
fn the_escape_character_can_be_a_backtick() {
    let text = "# escape=`\nFROM a\nENV P=C:\\dir `\n  Q=2\n";
    assert_eq!(outline(text), ["ENV P=C:\\dir|Q=2"]);
    assert_eq!(problems("# escape=x\nFROM a\n"), ["1:1 the escape character is `x`; it can be `\\` or a backtick"]);
    assert_eq!(outline("# a comment first\n# escape=`\nFROM a\nENV P=1 \\\n  Q=2\n"), ["ENV P=1|Q=2"]);
}

#[test]
fn commands_are_lists_or_text_for_a_shell() {
    assert_eq!(outline("FROM a\nCMD [\"a\", \"b\"]"), ["CMD [\"a\", \"b\"]"]);
    assert_eq!(outline("FROM a\nCMD [ -e x ]"), ["CMD [ -e x ]"]);
    assert_eq!(outline("FROM a\nENTRYPOINT exec a"), ["ENTRYPOINT exec a"]);
    assert_eq!(outline("FROM a\nRUN a && \\\n    b"), ["RUN a &&     b"]);
}

#[test]
fn here_documents_belong_to_their_instruction() {
    assert_eq!(outline("FROM a\nRUN <<EOF\nmake\nFROM x\nEOF\nUSER 1"), ["RUN <<EOF<EOF:make\nFROM x\n>", "USER 1"]);
    assert_eq!(
        outline("FROM a\nRUN cat <<'A' > /x && cat <<-B\none\nA\n\ttwo\n\tB\nUSER 1"),
        ["RUN cat <<'A' > /x && cat <<-B<A:one\n><B:\ttwo\n>", "USER 1"]
    );
    assert_eq!(outline("FROM a\nCOPY <<EOF b /x/\nhello\nEOF\n"), ["COPY b<EOF:hello\n>->/x/"]);
    assert_eq!(outline("FROM a\nRUN x=$((1<<2)) && cat <<<word\nUSER 1"), ["RUN x=$((1<<2)) && cat <<<word", "USER 1"]);
}

#[test]
fn copies_know_their_sources_flags_and_origin() {
    assert_eq!(outline("FROM a\nCOPY --chown=1:1 a b /c/"), ["COPY a|b->/c/"]);
    assert_eq!(outline("FROM a\nCOPY [\"a b\", \"/c\"]"), ["COPY a b->/c"]);
    assert_eq!(outline("FROM a\nADD https://x/y.tgz /"), ["ADD https://x/y.tgz->/"]);
    let dockerfile = parse("FROM a\nCOPY --from=build --chmod=0755 /a /b\n");
    let copy = dockerfile.instructions().next().expect("one instruction");
    assert_eq!(copy.flag("chmod"), Some("0755"));
    assert!(matches!(&copy.kind, Kind::Copy(transfer) if transfer.from.as_deref() == Some("build")));
}

#[test]
fn mounts_are_read_from_their_flag() {
    let dockerfile =
        parse("FROM a\nRUN --mount=type=secret,id=npm,target=/root/.npmrc,required --network=none npm ci\n");
    let Some(Kind::Run(run)) = dockerfile.instructions().next().map(|instruction| &instruction.kind) else {
        panic!("a RUN was written")
    };
    assert_eq!(run.mounts[0].kind, "secret");
    assert_eq!(run.mounts[0].option(&["target", "dst"]), Some("/root/.npmrc"));
    assert_eq!(run.mounts[0].option(&["required"]), Some(""));
    assert_eq!(short_command(&run.command), "npm ci");
}

#[test]
fn places_are_those_of_the_file_through_continuations() {
    let dockerfile = parse("FROM a\nENV A=1 \\\n    B=2\nONBUILD RUN x \\\n  && y\n");
    let mut instructions = dockerfile.instructions();
    let Some(Kind::Env(pairs)) = instructions.next().map(|instruction| &instruction.kind) else { panic!("an ENV") };
    assert_eq!(source(&dockerfile, &pairs[1].at), "B=2");
    assert_eq!(dockerfile.location("Dockerfile", &pairs[1].at), Location::at("Dockerfile", 3, 5, 3));
    let run = instructions.next().expect("a RUN");
    assert!(run.on_build);
    let Kind::Run(run) = &run.kind else { panic!("a RUN") };
    let Command::Shell(text) = &run.command else { panic!("shell form") };
    let y = text.text.find('y').expect("it is there");
    assert_eq!(dockerfile.location("Dockerfile", &text.in_file(&(y..y + 1))), Location::at("Dockerfile", 5, 6, 1));
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_read() {
    for (text, expected) in [
        ("FROM a\nRNU x\nUSER 1\n", "2:1 there is no instruction `RNU`; `RUN` was probably meant"),
        ("FROM a\n  FOOBAR x\n", "2:3 there is no instruction `FOOBAR`"),
        ("RUN x\nFROM a\n", "1:1 an instruction stands before the first `FROM`; only `ARG` can"),
        ("", "1:1 there is no `FROM`"),
        ("FROM\n", "1:1 `FROM` has no argument"),
        ("FROM a b c d\n", "1:6 `FROM` takes an image, or `image AS name`"),
        ("FROM a\nENV A\n", "2:5 `ENV` needs a value: write `ENV name=value`"),
        ("FROM a\nENV A=1 B\n", "2:9 `B` has no `=`; `ENV` takes `name=value`"),
        ("FROM a\nCOPY x\n", "2:1 `COPY` needs a source and a target"),
        ("FROM a\nRUN <<EOF\nx\n", "2:5 the here-document `<<EOF` has no end: no line holds its word alone"),
        ("FROM a\nONBUILD\n", "2:1 `ONBUILD` has no instruction behind it"),
        ("FROM a\nONBUILD FROM b\n", "2:1 `ONBUILD` cannot hold a `FROM`"),
        ("FROM a\nSHELL bash\n", "2:1 `SHELL` takes a JSON list such as `[\"/bin/bash\", \"-c\"]`"),
        ("FROM a AS x\nFROM b AS X\n", "2:11 stage `X` has the name of an earlier one (line 1)"),
    ] {
        assert_eq!(problems(text), [expected], "{text:?}");
    }
    assert_eq!(parse("FROM a\nRNU x\nUSER 1\n").instructions().count(), 1);
}

#[test]
fn endings_and_marks_of_other_systems_are_read() {
    assert_eq!(outline("\u{feff}FROM a\r\nENV A=1 \\\r\n B=2\r\n"), ["ENV A=1|B=2"]);
    assert_eq!(outline("FROM a\nUSER 1\\"), ["USER 1"]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_and_every_place_is_in_the_file(text in any_dockerfile()) {
        let dockerfile = parse(&text);
        for problem in &dockerfile.problems {
            prop_assert!(problem.at.end <= text.len() && text.is_char_boundary(problem.at.start));
        }
        for instruction in dockerfile.instructions() {
            prop_assert!(text.get(instruction.at.clone()).is_some());
            if let Kind::Env(pairs) | Kind::Arg(pairs) | Kind::Label(pairs) = &instruction.kind {
                prop_assert!(pairs.iter().all(|pair| text.get(pair.at.clone()).is_some()));
            }
        }
    }
}

/// Pieces of Dockerfiles in any order, which reach further into the parser than arbitrary characters do.
fn any_dockerfile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("FROM a AS b\n".to_owned()),
        Just("RUN ".to_owned()),
        Just("ENV ".to_owned()),
        Just("COPY --from=b ".to_owned()),
        Just("ONBUILD ".to_owned()),
        Just("<<EOF".to_owned()),
        Just("EOF\n".to_owned()),
        Just("\\\n".to_owned()),
        Just("# escape=`\n".to_owned()),
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("[\"a\", ".to_owned()),
        "[ -~読é=\r\n\t]{0,8}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}
