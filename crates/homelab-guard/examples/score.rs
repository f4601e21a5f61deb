//! Scores a scanner's report against the corpus: `cargo run -p homelab-guard --example score -- DIR REPORT.json`.
//!
//! `DIR` is what the example `corpus` wrote. The report is that of `homelab check DIR --format json`, or a list in the form of
//! gitleaks. A secret counts as told if its line is named in its file; a quiet file counts as a false alarm if anything is told
//! about secrets in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use serde_json::Value;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, report] = arguments.as_slice() else {
        eprintln!(
            "error: two arguments are needed\n\nhint: cargo run -p homelab-guard --example score -- DIR REPORT.json"
        );
        return ExitCode::from(64);
    };
    match score(folder, report) {
        Ok(words) => {
            println!("{words}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: the report cannot be scored: {error}");
            ExitCode::FAILURE
        }
    }
}

fn score(folder: &str, report: &str) -> io::Result<String> {
    let expected = fs::read_to_string(Path::new(folder).join("expected.tsv"))?;
    let told = told(folder, &serde_json::from_str(&fs::read_to_string(report)?)?);
    let (mut secrets, mut caught, mut quiet, mut alarms) = (0, 0, 0, 0);
    let mut wanted: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for line in expected.lines() {
        let mut fields = line.split('\t');
        let (Some(path), Some(Ok(number))) = (fields.next(), fields.next().map(str::parse::<u64>)) else { continue };
        let lines = told.get(path);
        if path.starts_with("quiet/") {
            quiet += 1;
            alarms += u32::from(lines.is_some());
        } else {
            secrets += 1;
            // Line 0 stands for the file as a whole.
            caught +=
                u32::from(lines.is_some_and(|lines| number == 0 || lines.contains(&number) || lines.contains(&0)));
            wanted.entry(path).or_default().insert(number);
        }
    }
    let recall = f64::from(caught) / f64::from(secrets.max(1));
    let precision = f64::from(caught) / f64::from((caught + alarms).max(1));
    Ok(format!(
        "recall {recall:.3} ({caught} of {secrets} secrets in {} files), precision {precision:.3} ({alarms} false alarms in {quiet} quiet files)",
        wanted.len()
    ))
}

/// The lines that were told, by file. What is told about a secret is meant, not what is told about builds and manifests.
fn told(folder: &str, report: &Value) -> BTreeMap<String, BTreeSet<u64>> {
    let ours = report["findings"].as_array().into_iter().flatten().filter_map(|finding| {
        let is_secret = finding["rule"].as_str()?.contains("secret") && finding["severity"] != "note";
        is_secret.then_some((finding["path"].as_str()?.to_owned(), finding["line"].as_u64().unwrap_or(0)))
    });
    let theirs = report.as_array().into_iter().flatten().filter_map(|finding| {
        let path = Path::new(finding["File"].as_str()?).strip_prefix(folder).ok()?.to_string_lossy().into_owned();
        Some((path, finding["StartLine"].as_u64()?))
    });
    let mut told: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for (path, line) in ours.chain(theirs) {
        told.entry(path).or_default().insert(line);
    }
    told
}
