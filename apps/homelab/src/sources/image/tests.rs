//! Small archives made in memory: sound ones, damaged ones, hostile ones.

use std::io::{self, Read as _, Write as _};

use tar::{Builder, EntryType, Header};

use super::*;
use crate::limits::LAYER_FREE_BYTES;
use digest::Digesting;
use tar_entries::{TarEntries, TarKind};
use trouble::ArchiveTrouble;

/// A tar archive of files.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, content) in files {
        append(&mut builder, name, content, EntryType::Regular, content.len() as u64);
    }
    builder.into_inner().expect("memory")
}

/// One entry, with whatever name and size.
fn append(builder: &mut Builder<Vec<u8>>, name: &str, content: &[u8], kind: EntryType, size: u64) {
    let mut header = Header::new_gnu();
    let field = &mut header.as_old_mut().name;
    field[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_cksum();
    builder.append(&header, content).expect("memory");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory")
}

fn blob(bytes: &[u8]) -> String {
    format!("blobs/sha256/{}", digits(bytes))
}

fn digits(bytes: &[u8]) -> String {
    Digesting::new(bytes).finish().expect("memory").trim_start_matches("sha256:").to_owned()
}

/// The files of an OCI layout with one image of these layers, each as it is packed and as it is plain.
fn oci(layers: &[(Vec<u8>, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let plain: Vec<_> = layers.iter().map(|(_, plain)| format!("\"sha256:{}\"", digits(plain))).collect();
    let config =
        format!(r#"{{"config":{{"User":"65532"}},"rootfs":{{"diff_ids":[{}]}}}}"#, plain.join(",")).into_bytes();
    let packed: Vec<_> =
        layers.iter().map(|(packed, _)| format!(r#"{{"digest":"sha256:{}"}}"#, digits(packed))).collect();
    let manifest = format!(r#"{{"config":{{"digest":"sha256:{}"}},"layers":[{}]}}"#, digits(&config), packed.join(","))
        .into_bytes();
    let index = format!(
        r#"{{"manifests":[{{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:{}"}}]}}"#,
        digits(&manifest)
    );
    let mut files =
        vec![("index.json".to_owned(), index.into_bytes()), (blob(&config), config), (blob(&manifest), manifest)];
    files.extend(layers.iter().map(|(packed, _)| (blob(packed), packed.clone())));
    files
}

fn oci_tar(layers: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
    let files = oci(layers);
    let named: Vec<_> = files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    // Names of blobs are longer than the test's own writer takes in one piece of a header, but not than a header holds.
    tar(&named)
}

fn docker_tar(layers: &[&[u8]]) -> Vec<u8> {
    let plain: Vec<_> = layers.iter().map(|layer| format!("\"sha256:{}\"", digits(layer))).collect();
    let config = format!(r#"{{"config":{{}},"rootfs":{{"diff_ids":[{}]}}}}"#, plain.join(","));
    let names: Vec<_> = (0..layers.len()).map(|number| format!("{number}/layer.tar")).collect();
    let manifest =
        format!(r#"[{{"Config":"config.json","Layers":{}}}]"#, serde_json::to_string(&names).expect("strings"));
    let mut files: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(layers.iter().copied()).collect();
    files.extend([("manifest.json", manifest.as_bytes()), ("config.json", config.as_bytes())]);
    tar(&files)
}

/// What a look at an image in a file of these bytes gives: findings about files of secrets and what was not read; or why nothing.
fn look_at(bytes: &[u8]) -> Result<(Vec<String>, Vec<String>), String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("a file");
    look_at_path(file.path())
}

fn look_at_path(path: &Path) -> Result<(Vec<String>, Vec<String>), String> {
    let looked = look(path, &Guard::new(), &ProgressBar::hidden()).map_err(|trouble| trouble.to_string())?;
    let mut found: Vec<_> = looked
        .findings
        .iter()
        .filter(|finding| finding.rule.id == "image/secret-file")
        .map(|finding| match &finding.location.source {
            Source::Layer { deleted_later: true, .. } => format!("-{}", finding.location.path),
            _ => finding.location.path.clone(),
        })
        .collect();
    found.sort();
    Ok((found, looked.unread.into_iter().map(|unread| unread.reason).collect()))
}

/// The names, kinds and contents in one layer's archive; the error where one was met.
fn entries(bytes: &[u8]) -> Result<Vec<String>, String> {
    let mut entries = TarEntries::new(bytes);
    let mut told = Vec::new();
    while let Some(entry) = entries.next_entry().map_err(|trouble| trouble.to_string())? {
        let mut content = String::new();
        if entry.kind == TarKind::File {
            entries.content().read_to_string(&mut content).map_err(|error| ArchiveTrouble::from(error).to_string())?;
        }
        told.push(format!("{}={content}", entry.name));
    }
    Ok(told)
}

const CUT: &str = "it is cut off in the middle; copy the file again";
const WRONG: &str = "it has other content than its digest says; do not trust this file";

#[test]
fn an_archive_of_docker_is_read_with_files_that_a_later_layer_deletes() {
    let (lower, upper) = (tar(&[("app/.env", b"A=1"), ("root/.netrc", b"x")]), tar(&[("app/.wh..env", b"")]));
    let (found, unread) = look_at(&docker_tar(&[&lower, &upper])).expect("it is sound");
    assert_eq!((found, unread), (vec!["-app/.env".to_owned(), "root/.netrc".to_owned()], vec![]));
}

#[test]
fn layers_of_an_oci_archive_may_be_plain_gzip_or_zstd() {
    let layers: Vec<_> = [("a/.env", gzip as fn(&[u8]) -> Vec<u8>), ("b/.env", zstd), ("c/.env", <[u8]>::to_vec)]
        .into_iter()
        .map(|(name, pack)| {
            let plain = tar(&[(name, b"content of the file")]);
            (pack(&plain), plain)
        })
        .collect();
    let (found, unread) = look_at(&oci_tar(&layers)).expect("it is sound");
    assert_eq!((found.as_slice(), unread.len()), (&["a/.env", "b/.env", "c/.env"].map(str::to_owned)[..], 0));
}

#[test]
fn a_layout_may_be_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = tar(&[(".env", b"1")]);
    std::fs::create_dir_all(folder.path().join("blobs/sha256")).expect("a folder");
    for (name, content) in oci(&[(gzip(&plain), plain)]) {
        std::fs::write(folder.path().join(name), content).expect("a file");
    }
    assert_eq!(look_at_path(folder.path()).expect("it is sound"), (vec![".env".to_owned()], vec![]));
}

#[test]
fn content_that_does_not_fit_its_digest_is_told() {
    let (one, other) = (tar(&[("a", b"1")]), tar(&[("a", b"2")]));
    let name = blob(&one);
    let mut files = oci(&[(one.clone(), one.clone())]);
    files.retain(|(file, _)| *file != name);
    files.push((name, other.clone()));
    let named: Vec<_> = files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    assert_eq!(look_at(&tar(&named)).expect("the rest is sound").1, [WRONG]);
}

#[test]
fn an_unpacked_layer_is_held_to_the_digest_in_the_configuration() {
    let (one, other) = (tar(&[("a", b"1")]), tar(&[("a", b"2")]));
    let sound = docker_tar(&[&one]);
    assert_eq!(look_at(&sound).expect("it is sound").1, Vec::<String>::new());
    let (from, to) = (digits(&one).into_bytes(), digits(&other).into_bytes());
    let at = sound.windows(from.len()).position(|window| window == from).expect("the configuration names it");
    let mut changed = sound;
    changed[at..at + to.len()].copy_from_slice(&to);
    assert_eq!(look_at(&changed).expect("the rest is sound").1, [WRONG]);
}

#[test]
fn one_broken_layer_does_not_hide_what_is_in_the_others() {
    let (broken, sound) = (b"no archive".to_vec(), tar(&[("app/.env", b"A=1")]));
    let (found, unread) = look_at(&oci_tar(&[(broken.clone(), broken), (gzip(&sound), sound)])).expect("one is sound");
    assert_eq!((found, unread), (vec!["app/.env".to_owned()], vec![CUT.to_owned()]));
}

#[test]
fn a_link_hides_the_file_below_it() {
    let lower = tar(&[("app/.env", b"A=1")]);
    let mut builder = Builder::new(Vec::new());
    append(&mut builder, "app/.env", b"", EntryType::Symlink, 0);
    let upper = builder.into_inner().expect("memory");
    assert_eq!(look_at(&docker_tar(&[&lower, &upper])).expect("it is sound").0, ["-app/.env"]);
}

#[test]
fn long_names_are_read_in_both_ways_of_writing_them() {
    let long = format!("{}secret", "folder/".repeat(40));
    let mut builder = Builder::new(Vec::new());
    let mut header = Header::new_gnu();
    header.set_size(1);
    header.set_cksum();
    builder.append_data(&mut header, &long, &b"1"[..]).expect("memory");
    let record = format!(" path={long}x\n");
    let record = format!("{}{record}", record.len() + 3);
    append(&mut builder, "pax", record.as_bytes(), EntryType::XHeader, record.len() as u64);
    append(&mut builder, "short", b"2", EntryType::Regular, 1);
    let archive = builder.into_inner().expect("memory");
    assert_eq!(entries(&archive).expect("it is sound"), [format!("{long}=1"), format!("{long}x=2")]);
}

#[test]
fn a_size_that_is_not_there_is_a_cut_and_takes_no_memory() {
    let mut builder = Builder::new(Vec::new());
    append(&mut builder, "huge", b"1", EntryType::Regular, 8 << 30);
    assert_eq!(entries(&builder.into_inner().expect("memory")), Err(CUT.to_owned()));
}

#[test]
fn a_name_of_gigabytes_is_refused_before_it_is_read() {
    for kind in [EntryType::GNULongName, EntryType::GNULongLink, EntryType::XHeader] {
        let mut builder = Builder::new(Vec::new());
        append(&mut builder, "name", b"1", kind, 4 << 30);
        let told = entries(&builder.into_inner().expect("memory")).expect_err("it is too much");
        assert!(told.ends_with("bytes in the name of one file, which is more than any image needs"), "{told}");
    }
}

#[test]
fn the_holes_of_a_sparse_file_are_not_filled() {
    let mut header = Header::new_gnu();
    header.set_path("sparse").expect("a short name");
    header.set_entry_type(EntryType::GNUSparse);
    header.set_size(3);
    header.as_gnu_mut().expect("it is one").set_real_size(1 << 40);
    header.set_cksum();
    let mut builder = Builder::new(Vec::new());
    builder.append(&header, &b"end"[..]).expect("memory");
    append(&mut builder, "next", b"2", EntryType::Regular, 1);
    let archive = builder.into_inner().expect("memory");
    assert_eq!(entries(&archive).expect("it is sound"), ["sparse=end", "next=2"]);
}

#[test]
fn what_is_no_archive_is_told_without_its_bytes() {
    let told = |bytes: &[u8]| look_at(bytes).expect_err("it is no image");
    assert!(told(&gzip(&docker_tar(&[&tar(&[("a", b"x")])]))).contains("compressed as a whole"));
    let noise: Vec<u8> = (0..4096_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
    let said = told(&noise);
    assert!(said.is_ascii() && !said.contains(char::is_control), "{said:?}");
}

#[test]
fn a_changed_header_is_told() {
    let mut archive = tar(&[("a", b"1")]);
    archive[0] = b'b';
    assert_eq!(
        entries(&archive),
        Err("it is broken: it is no tar archive, or one of its headers has been changed".to_owned())
    );
}

#[test]
fn a_bomb_is_stopped() {
    let zeros = vec![0_u8; 1 << 20];
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("memory");
    for _ in 0..=LAYER_FREE_BYTES >> 20 {
        encoder.write_all(&zeros).expect("memory");
    }
    let bomb = encoder.finish().expect("memory");
    let mut reader = compression::unpacked(bomb.as_slice()).expect("it begins well");
    let error = io::copy(&mut reader, &mut io::sink()).expect_err("it is a bomb");
    let expected = "it has more than 268435456 bytes when unpacked, which is more than any image needs";
    assert_eq!(ArchiveTrouble::from(error).to_string(), expected);
}

#[test]
fn a_layer_that_is_cut_anywhere_is_told_or_whole() {
    let plain = tar(&[("app/.env", b"A=1")]);
    for end in 0..plain.len() {
        if let Ok(told) = entries(&plain[..end]) {
            // Without the blocks of zeros at its end, and without anything, an archive is whole.
            assert!(end == 0 || told == ["app/.env=A=1"], "cut at {end}: {told:?}");
        }
    }
}

#[test]
fn a_changed_byte_never_goes_unseen_in_a_layer_with_a_digest() {
    let plain = tar(&[("app/.env", b"A=1")]);
    let packed = gzip(&plain);
    for at in 0..packed.len() {
        let mut changed = packed.clone();
        changed[at] ^= 0x55;
        let mut looked = Looked::default();
        let guard = Guard::new();
        let mut read = layer::Read { guard: &guard, progress: &ProgressBar::hidden(), layer: "x", looked: &mut looked };
        assert!(read.all(changed.as_slice(), &blob(&packed), None).is_err(), "changed at {at}");
    }
}
