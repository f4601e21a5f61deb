//! Configurations and layers, and what is read in them.

use super::*;

fn image(layers: &[&[&str]]) -> Image {
    let layers = layers.iter().enumerate().map(|(number, names)| {
        let mut layer = Layer::new(number.to_string());
        for name in *names {
            layer.insert(name, LayerFile { size: 1 });
        }
        layer
    });
    Image { layers: layers.collect(), ..Image::default() }
}

/// Each file with its layer; `-` in front where a layer above takes it away.
fn files(image: &Image) -> Vec<String> {
    let mut files: Vec<_> = image
        .files()
        .iter()
        .map(|file| format!("{}{}:{}", if file.is_deleted_later { "-" } else { "" }, file.layer, file.path))
        .collect();
    files.sort();
    files
}

#[test]
fn a_whiteout_deletes_what_lies_below_it() {
    assert_eq!(files(&image(&[&["app/.env", "app/a"], &["app/.wh..env"]])), ["-0:app/.env", "0:app/a"]);
    assert_eq!(files(&image(&[&["app/x/.env"], &[".wh.app"]])), ["-0:app/x/.env"]);
    assert_eq!(files(&image(&[&["app/.env"], &["app/.wh..wh..opq", "app/b"]])), ["-0:app/.env", "1:app/b"]);
    assert_eq!(files(&image(&[&["a"], &[".wh..wh..opq"]])), ["-0:a"]);
}

#[test]
fn a_whiteout_says_nothing_of_its_own_layer_or_those_above() {
    assert_eq!(files(&image(&[&["app/.wh..env"], &["app/.env"]])), ["1:app/.env"]);
    assert_eq!(files(&image(&[&["app/.wh..env", "app/.env"]])), ["0:app/.env"]);
}

#[test]
fn a_file_that_is_written_again_hides_the_first_one() {
    assert_eq!(files(&image(&[&["a"], &["a"]])), ["-0:a", "1:a"]);
}

#[test]
fn names_lead_nowhere_else() {
    assert_eq!(
        files(&image(&[&["/etc/a", "./b", "../../c", "d/../e", "/", "f//g"]])),
        ["0:b", "0:c", "0:e", "0:etc/a", "0:f/g"]
    );
}

#[test]
fn a_configuration_becomes_settings_and_lines() {
    let json = br#"{"config":{"User":"65532","Env":["PATH=/bin","A=1\n2"],"Labels":{"b":"c"},"Cmd":["/app"],
        "ExposedPorts":{"22/tcp":{}}},"rootfs":{"type":"layers","diff_ids":["sha256:ab"]},
        "history":[{"created_by":"RUN x"},{"comment":"y"}]}"#;
    let config = Config::parse(json).expect("it is sound");
    assert_eq!(config.user, "65532");
    assert_eq!(config.text(), "PATH=/bin\nA=1\n2\nLABEL b=c\n/app\nRUN x\n");
    assert_eq!((config.env[1].line, config.labels[0].line, config.history[0].line), (2, 4, 6));
    assert_eq!((config.exposed_ports, config.layer_digests), (vec!["22/tcp".to_owned()], vec!["sha256:ab".to_owned()]));
}

#[test]
fn what_is_missing_or_null_is_empty_and_what_is_broken_is_told() {
    let config = Config::parse(br#"{"config":{"Env":null,"Labels":null},"history":null}"#).expect("it is sound");
    assert_eq!((config.text(), config.user.as_str()), ("", ""));
    assert!(Config::parse(b"{}").is_ok());
    let problem = Config::parse(b"{\"config\":[").expect_err("it is cut").to_string();
    assert!(problem.starts_with("the image's configuration is no JSON of the expected form: "), "{problem}");
}

#[test]
fn build_arguments_are_found_in_both_versions_of_provenance() {
    let first = br#"{"predicate":{"invocation":{"parameters":{"args":{"build-arg:A":"1","target":"x"}}}}}"#;
    let second =
        br#"{"predicate":{"buildDefinition":{"externalParameters":{"request":{"args":{"build-arg:A":"1"}}}}}}"#;
    for statement in [&first[..], &second[..]] {
        assert_eq!(attested_arguments(statement), [("A".to_owned(), "1".to_owned())]);
    }
    assert_eq!(attested_arguments(b"no statement"), []);
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), name in ".{0,30}") {
        let _ = Config::parse(&bytes);
        let _ = attested_arguments(&bytes);
        let _ = Layer::new("x").insert(&name, LayerFile::default());
    }
}
