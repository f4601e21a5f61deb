//! An icon for each feed: a PNG of one colour.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

const SIZE: u32 = 16;

/// A PNG file whose bytes no other feed shares.
pub(crate) fn png(feed: u32) -> Vec<u8> {
    let mut header = Vec::new();
    header.extend(SIZE.to_be_bytes());
    header.extend(SIZE.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]); // eight bits, red green blue, and the only compression, filter and order there are

    let colour = [(feed * 37) as u8, (feed * 101) as u8, (feed * 7) as u8];
    let mut row = vec![0]; // no filter
    row.extend(colour.repeat(SIZE as usize));

    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &header);
    chunk(&mut file, *b"IDAT", &compressed(&row.repeat(SIZE as usize)));
    // Colours repeat after a while; the comment does not.
    chunk(&mut file, *b"tEXt", format!("Comment\0feed {feed}").as_bytes());
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let mut sum = Crc::new();
    sum.update(&kind);
    sum.update(data);
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    file.extend(sum.sum().to_be_bytes());
}

#[test]
fn icons_are_pngs_and_differ() {
    assert!(png(1).starts_with(b"\x89PNG\r\n\x1a\n"));
    // The sum of an empty IEND chunk is known to every reader of PNG files.
    assert!(png(1).ends_with(&[0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82]));
    assert_ne!(png(1), png(257));
}
