//! Findings for code scanning: SARIF 2.1.0, as much of it as a scanner fills in.

use homelab_guard::{Finding, RULES, Rule, Severity};
use serde_json::{Value, json};

use super::{Verdict, source_words};

pub(super) fn document(verdict: &Verdict) -> Value {
    let notifications: Vec<Value> = verdict
        .unread
        .iter()
        .map(|unread| {
            json!({
                "level": "error",
                "message": { "text": format!("`{}` could not be read: {}", unread.path, unread.reason) },
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "homelab",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(|rule| describe(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": verdict.unread.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": verdict.findings.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn describe(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.reason },
        "help": { "text": rule.fix },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(finding: &Finding) -> Value {
    let location = &finding.location;
    let mut physical = json!({ "artifactLocation": { "uri": uri(&location.path) } });
    if location.line > 0 {
        let mut region = json!({ "startLine": location.line });
        if location.column > 0 {
            region["startColumn"] = json!(location.column);
            // The end is the column behind the last.
            region["endColumn"] = json!(location.column.saturating_add(location.width.max(1)));
        }
        physical["region"] = region;
    }
    let source = source_words(&location.source);
    let mut message = finding.message.clone();
    if !source.is_empty() {
        message += &format!(" ({source})");
    }
    let mut place = json!({ "physicalLocation": physical });
    if !source.is_empty() {
        place["logicalLocations"] = json!([{ "fullyQualifiedName": source }]);
    }
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": RULES.iter().position(|rule| rule.id == finding.rule.id),
        "level": level(finding.rule.severity),
        "message": { "text": message },
        "locations": [place],
        "partialFingerprints": { "homelab/v1": fingerprint(finding) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A path as a relative URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The same for the same finding when lines move: FNV-1a over rule, path and message, which has the name of the thing.
fn fingerprint(finding: &Finding) -> String {
    let bytes = [finding.rule.id, &finding.location.path, &finding.message].join("\n");
    let hash = bytes
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::findings::samples;

    #[test]
    fn a_result_has_what_code_scanning_needs() {
        let document = document(&samples::verdict());
        assert_eq!(document["version"], json!("2.1.0"));
        let run = &document["runs"][0];
        let result = &run["results"][1];
        assert_eq!(
            result["locations"][0]["physicalLocation"]["region"],
            json!({ "startLine": 3, "startColumn": 7, "endColumn": 12 })
        );
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        assert_eq!(run["invocations"][0]["executionSuccessful"], json!(false));
    }

    #[test]
    fn paths_are_uris() {
        let document = document(&samples::verdict());
        let place = &document["runs"][0]["results"][2]["locations"][0];
        assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], json!("old%20file.env"));
        assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], json!("commit 0123456789ab"));
        assert_eq!(uri("読む/a.env"), "%E8%AA%AD%E3%82%80/a.env");
    }
}
