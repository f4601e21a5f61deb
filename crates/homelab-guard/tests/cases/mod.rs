//! The cases of the corpus, as they stand in `corpus/`.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One case: a file, and the lines on which a secret stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What is special about it.
    pub(crate) name: String,
    /// The path of the file.
    pub(crate) path: String,
    /// The lines on which a secret must be told; none in a quiet case.
    #[serde(default)]
    pub(crate) lines: Vec<u32>,
    /// The rule that must tell of it, where only one can be right.
    pub(crate) rule: Option<String>,
    /// How the text is written to bytes, where it is not UTF-8.
    pub(crate) encoding: Option<String>,
    /// The text, with `‖` in each secret. It is taken out here.
    pub(crate) content: String,
}

#[derive(Deserialize)]
struct CaseFile {
    case: Vec<Case>,
}

/// All cases in a folder of the corpus, in the order of their files.
pub(crate) fn cases(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(folder);
    let mut files: Vec<_> =
        fs::read_dir(&folder).expect("the corpus").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).expect("a file of cases");
    let parsed: CaseFile = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut cases = parsed.case;
    for case in &mut cases {
        case.content = case.content.replace('‖', "");
    }
    cases
}

impl Case {
    /// The file as it would stand on a disk.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let units = || std::iter::once(0xFEFF).chain(self.content.encode_utf16());
        match self.encoding.as_deref() {
            None => self.content.clone().into_bytes(),
            Some("utf-16le") => units().flat_map(u16::to_le_bytes).collect(),
            Some("utf-16be") => units().flat_map(u16::to_be_bytes).collect(),
            Some(other) => panic!("{}: `{other}` is no encoding of the corpus", self.name),
        }
    }
}
