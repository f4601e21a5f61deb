//! Findings for programs. The version is raised when a field goes away or means something else.

use homelab_guard::{Finding, Severity, Source};
use serde_json::{Value, json};

use super::Verdict;
use crate::exit::Exit;

pub(super) fn document(verdict: &Verdict) -> Value {
    let word = match verdict.exit() {
        Exit::Found => "found",
        Exit::Incomplete => "incomplete",
        _ => "clean",
    };
    let unread: Vec<Value> =
        verdict.unread.iter().map(|unread| json!({ "path": unread.path, "reason": unread.reason })).collect();
    json!({
        "version": 1,
        "verdict": word,
        "exit_code": verdict.exit().code(),
        "files": verdict.files,
        "bytes": verdict.bytes,
        "allowed": verdict.allowed,
        "counts": {
            "error": verdict.count(Severity::Error),
            "warning": verdict.count(Severity::Warning),
            "note": verdict.count(Severity::Note),
        },
        "findings": verdict.findings.iter().map(finding).collect::<Vec<_>>(),
        "unread": unread,
    })
}

fn finding(finding: &Finding) -> Value {
    let location = &finding.location;
    // 0 means the whole file, or the whole line.
    let counted = |number: u32| (number > 0).then_some(number);
    json!({
        "rule": finding.rule.id,
        "severity": finding.rule.severity.to_string(),
        "message": finding.message,
        "evidence": finding.evidence,
        "path": location.path,
        "line": counted(location.line),
        "column": counted(location.column),
        "width": counted(location.width),
        "source": source(&location.source),
    })
}

fn source(source: &Source) -> Value {
    match source {
        Source::WorkTree => json!({ "kind": "work-tree" }),
        Source::Staged => json!({ "kind": "staged" }),
        Source::Git { object, what } => json!({ "kind": "git", "object": object, "what": what }),
        Source::Layer { layer, deleted_later } => {
            json!({ "kind": "layer", "layer": layer, "deleted_later": deleted_later })
        }
        Source::ImageConfig => json!({ "kind": "image-config" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::findings::samples;

    #[test]
    fn every_finding_has_its_place_and_its_source() {
        let document = document(&samples::verdict());
        assert_eq!((&document["version"], &document["verdict"]), (&json!(1), &json!("found")));
        assert_eq!(document["findings"][0]["line"], Value::Null, "the whole file");
        assert_eq!(document["findings"][1]["line"], json!(3));
        assert_eq!(
            document["findings"][2]["source"],
            json!({ "kind": "git", "object": "0123456789ab", "what": "commit" })
        );
        assert_eq!(document["unread"][0]["path"], json!("locked"));
    }
}
