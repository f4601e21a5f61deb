//! Where a document says what encoding it is in.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

use crate::limits::DECLARATION_BYTES_MAX;
use crate::markup::{Scanner, Token};

/// The claims, strongest first.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// The charset of the `Content-Type` header.
    pub(super) http: Option<&'static Encoding>,
    /// What the XML prolog or the HTML `meta` says.
    pub(super) document: Option<&'static Encoding>,
    /// A label that means nothing.
    pub(super) unknown: Option<String>,
}

pub(super) fn byte_order_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(bytes).map(|(encoding, _)| encoding)
}

pub(super) fn declarations(bytes: &[u8], content_type: Option<&str>) -> Declared {
    let mut declared = Declared::default();
    let http = content_type.and_then(charset_parameter);
    declared.http = http.and_then(|label| known(label, &mut declared.unknown));
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES_MAX)];
    // Only its ASCII matters here; what is lost lies outside of the claims.
    let head = String::from_utf8_lossy(head);
    if let Some(label) = prolog_label(&head).or_else(|| meta_label(&head)) {
        declared.document = known(&label, &mut declared.unknown);
    }
    declared
}

fn known(label: &str, unknown: &mut Option<String>) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']);
    let encoding = Encoding::for_label(label.as_bytes()).or_else(|| by_other_name(label));
    if encoding.is_none() && !label.is_empty() {
        unknown.get_or_insert_with(|| label.to_owned());
    }
    // Who can read the claim is not in UTF-16: editors leave it behind when they save as UTF-8.
    encoding
        .map(|encoding| if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
        .filter(|&encoding| encoding != X_USER_DEFINED)
}

/// Names that are in use but in no standard.
fn by_other_name(label: &str) -> Option<&'static Encoding> {
    let label = label.to_ascii_lowercase().replace(['_', ' '], "-");
    Some(match label.as_str() {
        "cp932" | "ms932" | "windows-932" | "shiftjis" | "x-sjis-cp932" | "sjis-win" => encoding_rs::SHIFT_JIS,
        "eucjp" | "eucjp-win" | "euc-jp-ms" | "cp51932" => encoding_rs::EUC_JP,
        "cp50220" | "cp50221" | "jis" => encoding_rs::ISO_2022_JP,
        "utf8mb4" | "utf" | "utf-8n" => UTF_8,
        "cp936" | "ms936" | "gb" => encoding_rs::GBK,
        "cp950" | "ms950" => encoding_rs::BIG5,
        "cp949" | "ms949" | "uhc" => encoding_rs::EUC_KR,
        "koi8" => encoding_rs::KOI8_R,
        _ => return Encoding::for_label(label.replace("windows", "windows-").replace("--", "-").as_bytes()),
    })
}

/// `charset` of `text/xml; charset=...`.
fn charset_parameter(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })
}

fn prolog_label(head: &str) -> Option<String> {
    let start = head.find("<?xml")?;
    let end = start + head[start..].find('>')?;
    let prolog = &head[start..end];
    let value = prolog[prolog.find("encoding")? + "encoding".len()..].trim_start().strip_prefix('=')?.trim_start();
    let label: String = value
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// `<meta charset=...>` or `<meta http-equiv="Content-Type" content="text/html; charset=...">`.
fn meta_label(head: &str) -> Option<String> {
    let mut scanner = Scanner::new(head);
    while let Some(token) = scanner.next() {
        let Token::Start(tag) = token else { continue };
        if tag.name.eq_ignore_ascii_case("meta") {
            let attributes = tag.attributes();
            if let Some(label) = attributes.get("charset") {
                return Some(label.into_owned());
            }
            if attributes.get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-type"))
                && let Some(content) = attributes.get("content")
                && let Some(label) = charset_parameter(&content)
            {
                return Some(label.to_owned());
            }
        } else if ["script", "style"].iter().any(|name| tag.name.eq_ignore_ascii_case(name)) && !tag.empty {
            scanner.skip_raw_text(tag.name);
        } else if tag.name.eq_ignore_ascii_case("body") {
            break;
        }
    }
    None
}
