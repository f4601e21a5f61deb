//! Compressed bodies: good, mislabelled, damaged and explosive.

use super::server::{Reply, Server};
use super::{Fetcher, compress, document, feed, fetcher, problem, small};
use crate::fetch::{Answer, FetchError};

async fn fetch(fetcher: &Fetcher, encoding: &str, body: Vec<u8>) -> Result<Answer, FetchError> {
    let headers = format!("Content-Encoding: {encoding}\r\n");
    let server = Server::always(move || Reply::new(200, &headers, &body)).await;
    fetcher.get(&feed(&server.url("/"))).await
}

/// Large enough for several steps of output, and not too easy to compress.
fn text() -> Vec<u8> {
    (0..12_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_string().into_bytes()).collect()
}

#[tokio::test]
async fn every_encoding_we_accept_is_decoded() {
    let text = text();
    let fetcher = fetcher();
    let cases = [
        ("gzip", compress::gzip(&text)),
        ("x-gzip", compress::gzip(&text)),
        ("GZip", compress::gzip(&text)),
        ("deflate", compress::zlib(&text)),
        ("br", compress::brotli(&text)),
        ("zstd", compress::zstd(&text)),
        ("identity", text.clone()),
    ];
    for (encoding, body) in cases {
        let document = document(fetch(&fetcher, encoding, body).await);
        assert!(document.bytes == text, "{encoding}: {} bytes", document.bytes.len());
    }
}

#[tokio::test]
async fn bodies_are_decoded_however_they_are_cut_into_pieces() {
    let text = b"<rss>".repeat(20);
    let cases = [
        ("gzip", compress::gzip(&text)),
        ("deflate", compress::zlib(&text)),
        ("deflate", compress::deflate(&text)),
        ("br", compress::brotli(&text)),
        ("zstd", compress::zstd(&text)),
    ];
    for (encoding, body) in cases {
        let server = Server::always(move || {
            let head = Reply::open_ended(&format!("Content-Encoding: {encoding}\r\n"));
            let pause = std::time::Duration::from_millis(1);
            body.iter().fold(head, |reply, byte| reply.then([*byte]).wait(pause)).close()
        })
        .await;
        assert!(document(fetcher().get(&feed(&server.url("/"))).await).bytes == text, "{encoding}");
    }
}

#[tokio::test]
async fn deflate_without_its_wrapper_is_decoded_as_old_servers_mean_it() {
    let text = text();
    assert!(document(fetch(&fetcher(), "deflate", compress::deflate(&text)).await).bytes == text);
}

#[tokio::test]
async fn plain_text_that_claims_to_be_gzip_is_taken_as_it_is() {
    assert_eq!(document(fetch(&fetcher(), "gzip", b"<rss/>".to_vec()).await).bytes, b"<rss/>");
}

#[tokio::test]
async fn a_charset_in_the_wrong_header_does_no_harm() {
    assert_eq!(document(fetch(&fetcher(), "UTF-8", b"<rss/>".to_vec()).await).bytes, b"<rss/>");
}

#[tokio::test]
async fn members_are_joined_and_rubbish_after_them_is_ignored() {
    let twice = [compress::gzip(b"<rss>"), compress::gzip(b"</rss>")].concat();
    assert_eq!(document(fetch(&fetcher(), "gzip", twice).await).bytes, b"<rss></rss>");
    let twice = [compress::zstd(b"<rss>"), compress::zstd(b"</rss>")].concat();
    assert_eq!(document(fetch(&fetcher(), "zstd", twice).await).bytes, b"<rss></rss>");
    let rubbish = [compress::gzip(b"<rss/>"), vec![0; 100]].concat();
    assert_eq!(document(fetch(&fetcher(), "gzip", rubbish).await).bytes, b"<rss/>");
}

#[tokio::test]
async fn an_encoding_that_was_not_asked_for_is_named() {
    for encoding in ["compress", "lzma", "gzip, br"] {
        let (kind, sentence) = problem(fetch(&fetcher(), encoding, b"x".to_vec()).await);
        assert_eq!(kind, "bad_encoding");
        assert_eq!(
            sentence,
            format!("the answer of `127.0.0.1` is compressed as `{encoding}`, which was not asked for")
        );
    }
}

#[tokio::test]
async fn damage_is_told_with_the_name_of_the_encoding() {
    let flipped = |mut body: Vec<u8>| {
        body[200..600].iter_mut().for_each(|byte| *byte ^= 0x5a);
        body
    };
    let cases = [
        ("gzip", flipped(compress::gzip(&text()))),
        ("deflate", flipped(compress::zlib(&text()))),
        ("br", b"<rss>this is no brotli</rss>".to_vec()),
        ("zstd", b"<rss>this is no zstd</rss>".to_vec()),
    ];
    for (encoding, body) in cases {
        let (kind, sentence) = problem(fetch(&fetcher(), encoding, body).await);
        assert_eq!(kind, "bad_encoding", "{encoding}: {sentence}");
        assert_eq!(sentence, format!("the answer of `127.0.0.1` is damaged: it is not valid `{encoding}`"));
    }
}

#[tokio::test]
async fn a_decompression_bomb_is_defused() {
    let fetcher = small(1_000_000);
    let zeros = vec![0; 2_000_000];
    for (encoding, body) in
        [("gzip", compress::gzip(&zeros)), ("br", compress::brotli(&zeros)), ("zstd", compress::zstd(&zeros))]
    {
        let (kind, sentence) = problem(fetch(&fetcher, encoding, body).await);
        assert_eq!(kind, "bomb", "{encoding}: {sentence}");
        assert!(sentence.ends_with("to more than 976 KiB when decompressed"), "{sentence}");
    }
}

#[tokio::test]
async fn a_large_document_is_not_called_a_bomb() {
    let fetcher = small(100_000);
    assert_eq!(problem(fetch(&fetcher, "gzip", compress::gzip(&text())).await).0, "too_large");
}

#[tokio::test]
async fn an_endless_stream_of_nothing_ends_too() {
    // Empty stored blocks of deflate: five bytes each, which decode to no byte at all.
    let server = Server::always(|| {
        let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
        let empty_block = [0, 0, 0, 0xff, 0xff];
        Reply::open_ended("Content-Encoding: gzip\r\n")
            .then(head)
            .repeat(empty_block.repeat(10_000), std::time::Duration::ZERO)
    })
    .await;
    let fetcher = small(1_000_000);
    assert_eq!(problem(fetcher.get(&feed(&server.url("/"))).await).0, "too_large");
}

#[tokio::test]
async fn a_zstd_window_larger_than_the_standard_allows_is_refused() {
    // A frame header that asks for a window of 128 MiB (RFC 8878, section 3.1.1.1.2), and an empty last block.
    let body = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, 0x01, 0x00, 0x00];
    assert_eq!(problem(fetch(&fetcher(), "zstd", body).await).0, "bad_encoding");
}
