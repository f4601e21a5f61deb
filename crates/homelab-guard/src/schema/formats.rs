//! What scalars look like: quantities, times, base64.

/// Whether `text` is an amount as Kubernetes writes it: `512Mi`, `0.5`, `250m`, `1e3`.
pub(super) fn is_quantity(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = unsigned.len() - unsigned.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let (number, suffix) = unsigned.split_at(digits);
    let has_digits = number.bytes().any(|byte| byte.is_ascii_digit()) && number.matches('.').count() <= 1;
    let is_suffix = matches!(
        suffix,
        "" | "n" | "u" | "m" | "k" | "M" | "G" | "T" | "P" | "E" | "Ki" | "Mi" | "Gi" | "Ti" | "Pi" | "Ei"
    );
    has_digits && (is_suffix || is_exponent(suffix))
}

fn is_exponent(suffix: &str) -> bool {
    let digits = suffix.strip_prefix(['e', 'E']).map(|rest| rest.strip_prefix(['+', '-']).unwrap_or(rest));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether `text` is a time as RFC 3339 has it.
pub(super) fn is_time(text: &str) -> bool {
    text.contains(['T', 't']) && text.parse::<jiff::Timestamp>().is_ok()
}

/// Whether `text` is base64 with its padding; line breaks are skipped, as Kubernetes does.
pub(super) fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches(['=', '\r', '\n']);
    let letters = |part: &str| part.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).count();
    let padding = text[body.len()..].matches('=').count();
    let is_alphabet =
        body.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'\r' | b'\n'));
    is_alphabet && padding <= 2 && (letters(body) + padding).is_multiple_of(4)
}

#[cfg(test)]
mod tests {
    use super::{is_base64, is_quantity, is_time};

    #[test]
    fn amounts() {
        for text in ["0", "1", "0.5", ".5", "5.", "250m", "512Mi", "1Gi", "1e3", "1E-3", "100k", "+1", "-1", "2E"] {
            assert!(is_quantity(text), "{text}");
        }
        for text in ["", "m", "1 Gi", "1gi", "512MB", "1.2.3", "1KiB", "1e", "abc", "1K", ".", "--1"] {
            assert!(!is_quantity(text), "{text}");
        }
    }

    #[test]
    fn times() {
        for text in ["2026-11-23T10:00:00Z", "2026-11-23T10:00:00+09:00", "2026-11-23T10:00:00.5Z"] {
            assert!(is_time(text), "{text}");
        }
        for text in ["", "2026-11-23", "2026-11-23T10:00:00", "tomorrow", "T"] {
            assert!(!is_time(text), "{text}");
        }
    }

    #[test]
    fn base64() {
        for text in ["", "YQ==", "YWI=", "YWJj", "YW\nJj\n"] {
            assert!(is_base64(text), "{text:?}");
        }
        for text in ["a", "YQ", "Y===", "YWJj====", "Y-_j", "<placeholder>"] {
            assert!(!is_base64(text), "{text:?}");
        }
    }
}
