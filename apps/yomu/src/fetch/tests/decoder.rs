//! Decoding without a network: every encoding at every awkward size.

use super::compress;
use crate::fetch::decode::{DecodeError, Decoder, Encoding};

const MIB: usize = 1024 * 1024;

fn decode(encoding: Encoding, body: &[u8], piece: usize, bytes_max: usize) -> Result<Vec<u8>, DecodeError> {
    let mut decoder = Decoder::new(encoding, 0, bytes_max);
    for chunk in body.chunks(piece) {
        decoder.push(chunk)?;
    }
    decoder.finish()
}

fn every_way(text: &[u8]) -> [(&'static str, Encoding, Vec<u8>); 6] {
    [
        ("identity", Encoding::Identity, text.to_vec()),
        ("gzip", Encoding::Gzip, compress::gzip(text)),
        ("zlib", Encoding::Deflate, compress::zlib(text)),
        ("bare deflate", Encoding::Deflate, compress::deflate(text)),
        ("br", Encoding::Brotli, compress::brotli(text)),
        ("zstd", Encoding::Zstd, compress::zstd(text)),
    ]
}

/// Sizes around the steps in which output is made, and pieces that end anywhere.
#[test]
fn sizes_around_the_steps_come_out_whole() {
    for size in [1, 2, 3, 1_023, 1_024, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 98_304] {
        let text: Vec<u8> = (0..size).map(|n| b"<rss version='2.0'>"[n % 19]).collect();
        for (name, encoding, body) in every_way(&text) {
            for piece in [1, 7, body.len().saturating_sub(1).max(1), body.len()] {
                let decoded = decode(encoding, &body, piece, MIB);
                assert!(
                    decoded.as_ref() == Ok(&text),
                    "{name}, {size} bytes in pieces of {piece}: {}",
                    summary(decoded)
                );
            }
        }
    }
}

fn summary(decoded: Result<Vec<u8>, DecodeError>) -> String {
    format!("{:?}", decoded.map(|bytes| bytes.len()))
}

#[test]
fn the_bound_is_exact() {
    let text = vec![b'a'; 40_000];
    for (name, encoding, body) in every_way(&text) {
        assert!(decode(encoding, &body, body.len(), 40_000).is_ok(), "{name}");
        assert_eq!(decode(encoding, &body, body.len(), 39_999).map(drop), Err(DecodeError::TooLarge), "{name}");
    }
}

#[test]
fn every_cut_is_noticed() {
    let text: Vec<u8> = (0..400_u32).flat_map(|n| n.to_string().into_bytes()).collect();
    for (name, encoding, body) in every_way(&text).into_iter().skip(1) {
        for len in 3..body.len() {
            let decoded = decode(encoding, &body[..len], len, MIB);
            assert_eq!(decoded.map(drop), Err(DecodeError::CutOff), "{name} cut at {len} of {}", body.len());
        }
    }
}

/// Whatever comes, there is an end and no panic.
#[test]
fn noise_is_damage_or_text_and_nothing_worse() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    for round in 0..300 {
        for (_, encoding, mut body) in every_way(&b"<rss>".repeat(200)) {
            for _ in 0..=round % 5 {
                let at = usize::from(noise()) % body.len();
                body[at] = noise();
            }
            let _ = decode(encoding, &body, 1 + usize::from(noise()), MIB);
        }
    }
}
