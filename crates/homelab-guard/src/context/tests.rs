//! Trees, Dockerfiles and what gets in.

use super::*;
use crate::tree::{Entry, GitState};

fn tree(files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::default();
    for (path, content) in files {
        let bytes = Some(content.as_bytes().into());
        let entry = Entry { kind: Kind::File, size: content.len() as u64, git: GitState::Tracked, bytes };
        tree.insert(*path, entry);
    }
    tree
}

/// What enters by the first context of the tree.
fn entering(files: &[(&str, &str)]) -> Vec<String> {
    let tree = tree(files);
    let context = tree.contexts().first().expect("a Dockerfile");
    context.entering(&tree).into_iter().map(|file| file.path.to_owned()).collect()
}

/// Folder, ignore file and reason of each context.
fn contexts(files: &[(&str, &str)]) -> Vec<String> {
    let tree = tree(files);
    let told = tree.contexts().iter().map(|context| {
        let by = match &context.chosen_by {
            ChosenBy::Compose { path, line } | ChosenBy::Workflow { path, line } => format!("{path}:{line}"),
            ChosenBy::Sources => "sources".to_owned(),
            ChosenBy::Folder => "folder".to_owned(),
        };
        format!(
            "{} in `{}` by {by}, {}",
            context.dockerfile,
            context.folder,
            context.ignore_path.as_deref().unwrap_or("nothing")
        )
    });
    told.collect()
}

#[test]
fn a_copy_takes_files_folders_and_wildcards() {
    for (copy, expected) in [
        ("COPY . /app/", vec!["Dockerfile", "a.txt", "src/b.rs", "src/deep/c.rs"]),
        ("COPY src /app/", vec!["src/b.rs", "src/deep/c.rs"]),
        ("COPY /src/ ./a.txt /app/", vec!["a.txt", "src/b.rs", "src/deep/c.rs"]),
        ("COPY src/*.rs /app/", vec!["src/b.rs"]),
        ("COPY src/* /app/", vec!["src/b.rs", "src/deep/c.rs"]),
        ("COPY * /app/", vec!["Dockerfile", "a.txt", "src/b.rs", "src/deep/c.rs"]),
        ("COPY ?.txt [a-b].txt /app/", vec!["a.txt"]),
        ("COPY [\"src/b.rs\", \"/app/\"]", vec!["src/b.rs"]),
        ("COPY --from=build /src /app/", vec![]),
        ("COPY <<EOF /app/x\n.\nEOF", vec![]),
        ("ADD https://example.org/a.txt /app/", vec![]),
        ("ADD a.txt /app/", vec!["a.txt"]),
        ("ARG DIR=src\nCOPY $DIR /app/", vec!["src/b.rs", "src/deep/c.rs"]),
        ("ARG DIR\nCOPY $DIR /app/", vec![]),
        ("COPY ../../a.txt /app/", vec!["a.txt"]),
        ("COPY --exclude=**/*.rs . /app/", vec!["Dockerfile", "a.txt"]),
        ("COPY --exclude=deep src /app/", vec!["src/b.rs"]),
        ("ONBUILD COPY a.txt /app/", vec!["a.txt"]),
    ] {
        let dockerfile = format!("FROM a\n{copy}\n");
        let files = [("Dockerfile", dockerfile.as_str()), ("a.txt", ""), ("src/b.rs", ""), ("src/deep/c.rs", "")];
        assert_eq!(entering(&files), expected, "{copy}");
    }
}

#[test]
fn what_the_ignore_file_excludes_stays_out_folder_by_folder() {
    let files = [
        ("Dockerfile", "FROM a\nCOPY . .\n"),
        (".dockerignore", "*\n!src\nsrc/secret\n!src/secret/public\n"),
        (".env", ""),
        ("src-old/a", ""),
        ("src/a", ""),
        ("src/secret/key", ""),
        ("src/secret/public/cert", ""),
        ("srcs", ""),
    ];
    assert_eq!(entering(&files), ["src/a", "src/secret/public/cert"]);
}

#[test]
fn the_walk_and_a_single_question_agree() {
    let lines = "docs/*.md\n!docs\n**/x\n!docs/x/keep\ntarget**\n";
    let paths = ["docs/a.md", "docs/x/b", "docs/x/keep/c", "docs/y", "target", "target/a", "targets/b", "x"];
    let ignore = IgnoreFile::parse(lines);
    let mut sorted = paths;
    sorted.sort_unstable();
    let mut walk = Walk::default();
    for path in sorted {
        assert_eq!(walk.judge(&ignore, path).excluded_by.is_some(), ignore.excludes(path), "{path}");
    }
}

#[test]
fn the_ignore_file_beside_the_dockerfile_replaces_the_other() {
    let files = [
        (".dockerignore", ".env\n"),
        ("Dockerfile", "FROM a\nCOPY . .\n"),
        ("dev.Dockerfile", "FROM a\nCOPY . .\n"),
        ("dev.Dockerfile.dockerignore", "*.md\n"),
    ];
    assert_eq!(
        contexts(&files),
        ["Dockerfile in `` by folder, .dockerignore", "dev.Dockerfile in `` by folder, dev.Dockerfile.dockerignore"]
    );
}

#[test]
fn compose_files_say_which_folder_is_sent() {
    let files = [
        (
            "deploy/compose.yaml",
            "services:\n  web:\n    build:\n      context: ..\n      dockerfile: web/Dockerfile\n  api:\n    build: ../api\n  db:\n    image: postgres\n",
        ),
        ("web/Dockerfile", "FROM a\nCOPY . .\n"),
        ("api/Dockerfile", "FROM a\nCOPY . .\n"),
        ("api/.dockerignore", ""),
    ];
    assert_eq!(
        contexts(&files),
        [
            "api/Dockerfile in `api` by deploy/compose.yaml:6, api/.dockerignore",
            "web/Dockerfile in `` by deploy/compose.yaml:2, nothing"
        ]
    );
}

#[test]
fn workflows_say_which_folder_is_sent() {
    let workflow = "on: push\njobs:\n  build:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          file: docker/web.Dockerfile\n      - run: |\n          docker buildx build -t x --push \\\n            -f docker/api.Dockerfile ./api\n";
    let files = [
        (".github/workflows/build.yml", workflow),
        ("docker/web.Dockerfile", "FROM a\nCOPY . .\n"),
        ("docker/api.Dockerfile", "FROM a\nCOPY . .\n"),
    ];
    assert_eq!(
        contexts(&files),
        [
            "docker/api.Dockerfile in `api` by .github/workflows/build.yml:10, nothing",
            "docker/web.Dockerfile in `` by .github/workflows/build.yml:5, nothing"
        ]
    );
}

#[test]
fn without_a_word_the_sources_show_the_folder() {
    let files = [
        ("docker/Dockerfile", "FROM a\nCOPY Cargo.toml src /app/\n"),
        ("web/Dockerfile", "FROM a\nCOPY index.html /app/\n"),
        ("web/index.html", ""),
        ("Cargo.toml", ""),
        ("src/main.rs", ""),
    ];
    assert_eq!(
        contexts(&files),
        ["docker/Dockerfile in `` by sources, nothing", "web/Dockerfile in `web` by folder, nothing"]
    );
}

#[test]
fn what_git_ignores_enters_an_image_all_the_same() {
    let mut tree = tree(&[("Dockerfile", "FROM a\nCOPY . .\n")]);
    tree.insert(".env", Entry { kind: Kind::File, size: 1, git: GitState::Ignored, bytes: None });
    assert_eq!(entering_any_image(&tree).get(".env"), Some(&"Dockerfile"));
}

#[test]
fn a_file_taken_back_in_knows_the_line() {
    let tree =
        tree(&[("Dockerfile", "FROM a\nCOPY . .\n"), (".dockerignore", "*.env\n\n!prod.env\n"), ("prod.env", "")]);
    let context = &tree.contexts()[0];
    let entering = context.entering(&tree);
    let file = entering.iter().find(|file| file.path == "prod.env").expect("it enters");
    assert_eq!(file.taken_back_by, Some(3));
}

proptest::proptest! {
    #[test]
    fn no_lines_and_no_path_make_it_panic(lines in "[a-c*?!/.\\\\\\[\\]^ \n#-]{0,40}", path in "[a-c.*/]{0,20}") {
        let ignore = IgnoreFile::parse(&lines);
        let _ = ignore.excludes(&path);
    }
}
