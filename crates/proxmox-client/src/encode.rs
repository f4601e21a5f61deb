//! Percent-encoding of paths and forms.
//!
//! Stricter than the URL standard asks for: everything but letters, digits and `-._~` is encoded. Proxmox' decoder also splits
//! on `;`, which stands between tags, and its older versions cut a value at a second `=` (`decode_urlencoded` in `AnyEvent.pm`).

use crate::request::Parameter;

/// Parameters as `application/x-www-form-urlencoded`, for a body or a query.
pub(crate) fn form<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a Parameter)>) -> String {
    let mut text = String::new();
    for (name, value) in parameters {
        if !text.is_empty() {
            text.push('&');
        }
        encode_into(&mut text, name);
        text.push('=');
        encode_into(&mut text, value.expose());
    }
    text
}

/// One segment of a path. The host decodes the path as a whole before it splits it, so `/` in a last segment arrives.
pub(crate) fn segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    encode_into(&mut encoded, text);
    encoded
}

fn encode_into(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 0xF)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parameters(pairs: &[(&str, &str)]) -> Vec<(String, Parameter)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), Parameter::from(*value))).collect()
    }

    fn encoded(pairs: &[(String, Parameter)]) -> String {
        form(pairs.iter().map(|(name, value)| (name.as_str(), value)))
    }

    #[test]
    fn what_splits_a_form_is_encoded() {
        let pairs =
            parameters(&[("tags", "homelab;k3s"), ("features", "nesting=1,keyctl=1"), ("password", "a+b c&d%")]);
        assert_eq!(encoded(&pairs), "tags=homelab%3Bk3s&features=nesting%3D1%2Ckeyctl%3D1&password=a%2Bb%20c%26d%25");
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(encoded(&[]), "");
        assert_eq!(encoded(&parameters(&[("comment", "")])), "comment=");
    }

    #[test]
    fn a_volume_becomes_one_segment() {
        assert_eq!(segment("local:vztmpl/ubuntu_24.04.tar.zst"), "local%3Avztmpl%2Fubuntu_24.04.tar.zst");
        assert_eq!(segment("読む"), "%E8%AA%AD%E3%82%80");
    }

    proptest! {
        #[test]
        fn a_form_parser_reads_what_was_written(pairs in proptest::collection::vec((".+", ".*"), 0..8)) {
            let pairs: Vec<(String, Parameter)> = pairs.into_iter().map(|(name, value)| (name, value.into())).collect();
            let form = encoded(&pairs);
            prop_assert!(!form.contains([';', '+', ' ']));
            let read: Vec<(String, String)> = url::form_urlencoded::parse(form.as_bytes()).into_owned().collect();
            let written: Vec<(String, String)> =
                pairs.iter().map(|(name, value)| (name.clone(), value.expose().to_owned())).collect();
            prop_assert_eq!(read, written);
        }
    }
}
