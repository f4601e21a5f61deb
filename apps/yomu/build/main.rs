//! Makes the style sheet and the script that browsers get: the parts under `assets/` are joined, made small, compressed
//! as far as it goes, and named by a hash of their content. The program only hands the bytes out.

mod minify;
mod modules;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

/// The parts of the style sheet, in the order in which they may overrule each other.
const STYLE: &[&str] = &[
    "tokens", "base", "drawings", "frame", "list", "flow", "article", "vertical", "reading", "library", "feeds",
    "forms", "cards", "print",
];

/// What systems show of the installed app; `scripts/icons` draws them.
const PICTURES: &[(&str, &str)] = &[
    ("ICON_192", "icon-192"),
    ("ICON_512", "icon-512"),
    ("ICON_MASKABLE", "icon-maskable"),
    ("ICON_TOUCH", "icon-touch"),
];

fn main() {
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=build");
    let assets = Path::new("assets");
    let style: String = STYLE.iter().map(|part| read(&assets.join(format!("style/{part}.css")))).collect();
    let script = modules::join("main.js", &|name| read(&assets.join("script").join(name)));
    let mut source = String::new();
    let mut output =
        Output { folder: env::var_os("OUT_DIR").expect("cargo names a folder").into(), source: &mut source };
    output.asset("STYLE", "yomu", "css", "text/css; charset=utf-8", minify::css(&style).as_bytes());
    output.asset("SCRIPT", "yomu", "js", "text/javascript; charset=utf-8", script.as_bytes());
    output.asset("ICON", "icon", "svg", "image/svg+xml", read(&assets.join("icon.svg")).as_bytes());
    for (constant, name) in PICTURES {
        output.asset(constant, name, "png", "image/png", &bytes(&assets.join(format!("{name}.png"))));
    }
    let file = output.folder.join("assets.rs");
    fs::write(&file, source).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the program includes: the bytes as files, and constants that name them.
struct Output<'a> {
    folder: PathBuf,
    source: &'a mut String,
}

impl Output<'_> {
    fn asset(&mut self, constant: &str, name: &str, extension: &str, media_type: &str, bytes: &[u8]) {
        // Four bytes tell versions of one file apart; nobody attacks their own style sheet.
        let hash = Sha256::digest(bytes).iter().take(4).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let file = format!("{name}.{extension}");
        let plain = self.file(&file, bytes);
        let brotli = self.file(&format!("{file}.br"), &brotli(bytes));
        let gzip = self.file(&format!("{file}.gz"), &gzip(bytes));
        let _ = writeln!(
            self.source,
            "pub(in crate::web) static {constant}: Asset = Asset {{ path: \"/assets/{name}.{hash}.{extension}\", \
             media_type: \"{media_type}\", plain: {plain}, brotli: {brotli}, gzip: {gzip} }};"
        );
    }

    /// Writes a file and says how to include it.
    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.join(name);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))")
    }
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 11, 22);
    writer.write_all(bytes).expect("memory takes every byte");
    drop(writer);
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).expect("memory takes every byte");
    writer.finish().expect("memory takes every byte")
}
