//! From an HTTP answer to a value or an error.
//!
//! The text of an error stands in the reason phrase, its first line only, and since `libpve-http-server-perl` 5.2.0 also in the
//! body's `message`. Errors raised before the call is dispatched (a bad ticket) have no JSON at all.
//! Source: `Formatter/Standard.pm` and `AnyEvent.pm` in `pve-http-server`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Error;
use crate::lenient;
use crate::limits::{DETAIL_BYTES_MAX, SECRET_BYTES_MIN};
use crate::request::Call;
use crate::situation::Situation;
use crate::transport::HttpAnswer;

/// Who asked whom for what: what errors name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) host: &'a str,
    pub(crate) username: &'a str,
    pub(crate) call: &'a Call,
    /// Secrets that were sent. A host repeats values when it refuses them (`check_type` in `PVE/JSONSchema.pm`).
    pub(crate) secrets: &'a [&'a str],
}

/// Reads an answer.
pub(crate) fn read<T: DeserializeOwned>(asked: Asked<'_>, answer: &HttpAnswer) -> Result<T, Error> {
    if answer.status != 200 {
        return Err(refusal(asked, answer));
    }
    // In two steps: what is no JSON with `data` is no Proxmox, and what is inside may still be odd.
    let Ok(Envelope { data }) = serde_json::from_slice(&answer.body) else { return Err(not_proxmox(asked, answer)) };
    serde_json::from_value(data).map_err(|cause| Error::AnswerNotUnderstood {
        call: asked.call.clone(),
        cause: shown(asked, &cause.to_string()),
    })
}

#[derive(Deserialize)]
struct Envelope {
    data: Value,
}

#[derive(Default, Deserialize)]
struct Failure {
    #[serde(default, deserialize_with = "lenient::text")]
    message: Option<String>,
    #[serde(default)]
    errors: Option<BTreeMap<String, Value>>,
}

/// Reads any answer but a 200.
fn refusal(asked: Asked<'_>, answer: &HttpAnswer) -> Error {
    let is_html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    if answer.status < 400 || matches!(answer.status, 404 | 405) || (answer.status < 500 && is_html) {
        return not_proxmox(asked, answer);
    }
    let failure: Failure = serde_json::from_slice(&answer.body).unwrap_or_default();
    let detail = detail(asked, answer, failure.message);
    let (call, username) = (asked.call.clone(), asked.username.to_owned());
    match answer.status {
        401 => Error::Unauthorized { username, call, detail },
        403 => Error::Forbidden { username, call, detail: missing_privilege(&detail) },
        400 => bad_parameters(asked, failure.errors.unwrap_or_default(), detail),
        501 if detail.contains("data too large") => Error::RequestTooLarge { call },
        501 => Error::NotImplemented { call, detail },
        // The host gave up on another node of its cluster; 595 is before it sent anything (AnyEvent::HTTP).
        596..=599 if call.method != crate::request::Method::Get => Error::OutcomeUnknown { call, cause: detail },
        status => match Situation::read(&detail) {
            Some(situation) => Error::Refused { call, situation, detail },
            None => Error::HostFailed { call, status, detail },
        },
    }
}

fn bad_parameters(asked: Asked<'_>, errors: BTreeMap<String, Value>, detail: String) -> Error {
    let call = asked.call.clone();
    let cut = |value| shown(asked, lenient::text_of(value).unwrap_or_default().trim());
    let parameters: BTreeMap<String, String> = errors.into_iter().map(|(name, value)| (name, cut(value))).collect();
    // A number that is taken is a bad parameter to Proxmox (`nextid` in `PVE/API2/Cluster.pm`) and a situation to us.
    let taken = parameters.values().find(|cause| Situation::read(cause) == Some(Situation::AlreadyExists)).cloned();
    match taken {
        Some(detail) => Error::Refused { call, situation: Situation::AlreadyExists, detail },
        None => Error::BadParameters { call, parameters, detail },
    }
}

/// The fullest text there is: the body's message, the reason phrase, the body itself.
fn detail(asked: Asked<'_>, answer: &HttpAnswer, message: Option<String>) -> String {
    let body = String::from_utf8_lossy(&answer.body[..answer.body.len().min(DETAIL_BYTES_MAX)]);
    let first_line = body.lines().next().filter(|line| !line.starts_with(['{', '<'])).unwrap_or_default();
    [message.unwrap_or_default().trim(), answer.reason.trim(), first_line.trim()]
        .into_iter()
        .find(|text| !text.is_empty())
        .map_or_else(|| "no reason is given".to_owned(), |text| shown(asked, text))
}

/// `Permission check failed (/vms/101, VM.Allocate)` says what is missing inside the brackets: `raise_perm_exc` in
/// `PVE/Exception.pm`.
fn missing_privilege(detail: &str) -> String {
    let inside = detail.strip_prefix("Permission check failed (").and_then(|rest| rest.strip_suffix(')'));
    inside.unwrap_or(detail).to_owned()
}

fn not_proxmox(asked: Asked<'_>, answer: &HttpAnswer) -> Error {
    let mut seen = format!("status {} {}", answer.status, shown(asked, &answer.reason));
    for (name, what) in [("content-type", "type"), ("server", "server"), ("location", "redirect to")] {
        if let Some(value) = answer.header(name) {
            seen.push_str(&format!(", {what} `{}`", shown(asked, value)));
        }
    }
    Error::NotProxmox { host: asked.host.to_owned(), call: asked.call.clone(), seen }
}

/// A text as it may be shown: cut to a length, without control characters that would move the cursor, and without the secrets
/// that were sent.
fn shown(asked: Asked<'_>, text: &str) -> String {
    let mut kept: String = text.chars().filter(|character| !character.is_control() || *character == '\n').collect();
    for secret in asked.secrets.iter().filter(|secret| secret.len() >= SECRET_BYTES_MIN) {
        kept = kept.replace(secret, "[redacted]");
    }
    kept.truncate(kept.floor_char_boundary(DETAIL_BYTES_MAX));
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::request::{Done, Method};

    fn asked(call: &Call) -> Asked<'_> {
        Asked { host: "pve:8006", username: "root@pam", call, secrets: &["hunter2", "x"] }
    }

    fn call(method: Method) -> Call {
        Call { method, path: "/nodes/pve/lxc".to_owned() }
    }

    fn answer(status: u16, reason: &str, body: &str) -> HttpAnswer {
        HttpAnswer { status, reason: reason.to_owned(), headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    fn error(status: u16, reason: &str, body: &str) -> Error {
        read::<Done>(asked(&call(Method::Post)), &answer(status, reason, body)).unwrap_err()
    }

    #[test]
    fn data_is_taken_out_of_its_envelope() {
        let call = call(Method::Get);
        assert_eq!(read::<u32>(asked(&call), &answer(200, "OK", r#"{"data":7,"total":1}"#)), Ok(7));
        assert_eq!(read::<Option<u32>>(asked(&call), &answer(200, "OK", r#"{"data":null}"#)), Ok(None));
        assert_eq!(read::<Done>(asked(&call), &answer(200, "OK", r#"{"data":null}"#)), Ok(Done));
        let odd = read::<u32>(asked(&call), &answer(200, "OK", r#"{"data":"x"}"#)).unwrap_err();
        assert!(matches!(odd, Error::AnswerNotUnderstood { .. }), "{odd}");
    }

    #[test]
    fn old_hosts_say_it_in_the_reason_alone_and_new_ones_in_the_body_too() {
        let old = error(500, "CT is locked (backup)", r#"{"data":null}"#);
        let new = error(500, "CT is locked (backup)", r#"{"data":null,"message":"CT is locked (backup)\n"}"#);
        assert_eq!(old, new);
        assert_eq!(
            old.to_string(),
            "Proxmox refuses `POST /nodes/pve/lxc`, it is locked by `backup`: CT is locked (backup)"
        );
        let longer = error(500, "first", r#"{"data":null,"message":"first\nsecond\n"}"#);
        assert_eq!(longer.to_string(), "Proxmox fails at `POST /nodes/pve/lxc` with status 500: first\nsecond");
    }

    #[test]
    fn refused_parameters_are_named() {
        let body = r#"{"data":null,"errors":{"memory":"value must have a minimum value of 16","hostname":"invalid format"},
            "message":"Parameter verification failed.\n"}"#;
        assert_eq!(
            error(400, "Parameter verification failed.", body).to_string(),
            "Proxmox refuses parameters of `POST /nodes/pve/lxc`: `hostname`: invalid format; \
             `memory`: value must have a minimum value of 16"
        );
        assert_eq!(
            error(400, "no such template", "{}").to_string(),
            "Proxmox refuses parameters of `POST /nodes/pve/lxc`: no such template"
        );
    }

    #[test]
    fn a_number_that_is_taken_is_a_situation() {
        let taken = error(400, "Parameter verification failed.", r#"{"errors":{"vmid":"VM 101 already exists"}}"#);
        assert_eq!(taken.situation(), Some(&Situation::AlreadyExists));
    }

    #[test]
    fn missing_privileges_are_named_and_tokens_explained() {
        let forbidden = error(403, "Permission check failed (/vms/101, VM.Allocate)", r#"{"data":null}"#);
        assert_eq!(forbidden.to_string(), "Proxmox forbids `POST /nodes/pve/lxc` to `root@pam`: /vms/101, VM.Allocate");
        let words = "changing feature flags (except nesting) is only allowed for root@pam";
        let features = error(403, &format!("Permission check failed ({words})"), "");
        assert!(matches!(&features, Error::Forbidden { detail, .. } if detail == words));
        assert!(features.hint().is_some_and(|hint| hint.contains("password")));
        assert!(forbidden.hint().is_some_and(|hint| hint.contains("privilege")));
    }

    #[test]
    fn errors_before_dispatch_have_no_json() {
        let refused = error(401, "permission denied - invalid PVE ticket", "");
        assert!(
            matches!(refused, Error::Unauthorized { detail, .. } if detail == "permission denied - invalid PVE ticket")
        );
        assert_eq!(
            error(500, "", "").to_string(),
            "Proxmox fails at `POST /nodes/pve/lxc` with status 500: no reason is given"
        );
    }

    #[test]
    fn something_else_at_the_address_is_recognised() {
        for (status, body) in [(404, "<html>"), (301, ""), (200, "<html>"), (200, "[]"), (200, r#"{"result":1}"#)] {
            assert!(matches!(error(status, "x", body), Error::NotProxmox { .. }), "{status} {body}");
        }
        let mut page = answer(403, "Forbidden", "<html>");
        page.headers = vec![("content-type".into(), "text/html".into()), ("server".into(), "nginx".into())];
        let seen = read::<Done>(asked(&call(Method::Get)), &page).unwrap_err();
        assert_eq!(
            seen.to_string(),
            "`pve:8006` is not a Proxmox VE API: `GET /nodes/pve/lxc` was answered with status 403 Forbidden, \
             type `text/html`, server `nginx`"
        );
    }

    #[test]
    fn what_the_host_lost_on_its_way_to_another_node_is_unknown_for_changes_only() {
        assert!(matches!(error(596, "Broken pipe", ""), Error::OutcomeUnknown { .. }));
        assert!(matches!(error(595, "No route to host", ""), Error::HostFailed { status: 595, .. }));
        let look = read::<Done>(asked(&call(Method::Get)), &answer(596, "Broken pipe", "")).unwrap_err();
        assert!(matches!(look, Error::HostFailed { status: 596, .. }));
    }

    #[test]
    fn long_and_hostile_texts_are_cut() {
        let long = "é".repeat(5000) + "\u{1b}[2J";
        let Error::HostFailed { detail, .. } = error(500, &long, "") else { panic!("another error") };
        assert_eq!(detail.len(), DETAIL_BYTES_MAX);
        assert!(!error(500, "a\u{1b}[2J", "").to_string().contains('\u{1b}'));
    }

    #[test]
    fn a_secret_that_the_host_repeats_is_not_shown() {
        let body = r#"{"errors":{"password":"invalid format - got 'hunter2'"},"message":"hunter2 is bad"}"#;
        for echoed in [error(400, "a hunter2", body), error(500, "", body), error(302, "hunter2", "")] {
            let printed = format!("{echoed} {echoed:?}");
            assert!(!printed.contains("hunter2") && printed.contains("[redacted]"), "{printed}");
        }
        assert!(error(500, "unable to fix x", "").to_string().ends_with("unable to fix x"), "one letter is no secret");
    }

    proptest! {
        #[test]
        fn any_answer_is_read_or_an_error(status in 0_u16..700, reason: String, body: Vec<u8>, html: bool) {
            let kind = if html { "text/html" } else { "application/json" };
            let headers = vec![("content-type".to_owned(), kind.to_owned())];
            let answer = HttpAnswer { status, reason, headers, body };
            for method in [Method::Get, Method::Post] {
                let _ = read::<Option<Value>>(asked(&call(method)), &answer);
            }
        }
    }

    #[test]
    fn unknown_calls_and_forms_too_large() {
        assert!(matches!(error(501, "for data too large", ""), Error::RequestTooLarge { .. }));
        assert!(matches!(error(501, "Method 'POST /x' not implemented", ""), Error::NotImplemented { .. }));
    }
}
