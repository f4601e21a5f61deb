//! RESP 2, the protocol: commands to bytes, bytes to replies.
//! <https://valkey.io/topics/protocol/>
//!
//! Nine commands and four kinds of replies are all that is needed, with bounds and times of our own; a client library
//! would be the largest dependency of the program for them.

use std::io::{Error, ErrorKind};

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _};

use crate::cache::limits::{REPLY_BYTES_MAX, REPLY_MEMBERS_MAX};

/// What the server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// `+OK`
    Status(String),
    /// `-ERR ...`: the command was refused; the connection is fine.
    Refused(String),
    /// `:1`
    Number(i64),
    /// `$3`, or nothing.
    Bytes(Option<Vec<u8>>),
    /// `*2`
    Array(Vec<Reply>),
}

/// Appends one command.
pub(super) fn command(out: &mut Vec<u8>, words: &[&[u8]]) {
    out.extend_from_slice(format!("*{}\r\n", words.len()).as_bytes());
    for word in words {
        out.extend_from_slice(format!("${}\r\n", word.len()).as_bytes());
        out.extend_from_slice(word);
        out.extend_from_slice(b"\r\n");
    }
}

/// Reads one reply. An error means that the connection is of no use any more.
pub(super) async fn read_reply(from: &mut (impl AsyncBufRead + Unpin)) -> Result<Reply, Error> {
    match read_head(from).await? {
        Head::Whole(reply) => Ok(reply),
        Head::Array(count) => {
            let mut members = Vec::with_capacity(count);
            for _ in 0..count {
                match read_head(from).await? {
                    Head::Whole(reply) => members.push(reply),
                    // No command of ours is answered by arrays in arrays.
                    Head::Array(_) => return Err(broken("a nested reply")),
                }
            }
            Ok(Reply::Array(members))
        }
    }
}

/// A reply, or the beginning of an array.
enum Head {
    Whole(Reply),
    Array(usize),
}

async fn read_head(from: &mut (impl AsyncBufRead + Unpin)) -> Result<Head, Error> {
    let line = read_line(from).await?;
    let (kind, rest) = line.split_at_checked(1).ok_or_else(|| broken("an empty line"))?;
    Ok(match kind {
        "+" => Head::Whole(Reply::Status(rest.to_owned())),
        "-" => Head::Whole(Reply::Refused(rest.to_owned())),
        ":" => Head::Whole(Reply::Number(rest.parse().map_err(|_| broken("a number that is none"))?)),
        "$" => Head::Whole(Reply::Bytes(match length(rest, REPLY_BYTES_MAX)? {
            None => None,
            Some(length) => Some(read_bytes(from, length).await?),
        })),
        "*" => match length(rest, REPLY_MEMBERS_MAX)? {
            None => Head::Whole(Reply::Bytes(None)),
            Some(count) => Head::Array(count),
        },
        _ => return Err(broken("a reply of another protocol")),
    })
}

/// A length; -1 is nothing.
fn length(text: &str, max: usize) -> Result<Option<usize>, Error> {
    match text.parse::<i64>() {
        Ok(-1) => Ok(None),
        Ok(length) => match usize::try_from(length) {
            Ok(length) if length <= max => Ok(Some(length)),
            _ => Err(broken("a reply that is too long")),
        },
        Err(_) => Err(broken("a length that is none")),
    }
}

async fn read_line(from: &mut (impl AsyncBufRead + Unpin)) -> Result<String, Error> {
    /// An error message, at most.
    const LINE_BYTES_MAX: u64 = 1024;

    let mut line = Vec::new();
    from.take(LINE_BYTES_MAX).read_until(b'\n', &mut line).await?;
    match line.strip_suffix(b"\r\n") {
        Some(line) => String::from_utf8(line.to_vec()).map_err(|_| broken("a line that is no text")),
        None if line.is_empty() => Err(ErrorKind::UnexpectedEof.into()),
        None => Err(broken("a line without an end")),
    }
}

async fn read_bytes(from: &mut (impl AsyncBufRead + Unpin), length: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0; length + 2];
    from.read_exact(&mut bytes).await?;
    if !bytes.ends_with(b"\r\n") {
        return Err(broken("bytes without an end"));
    }
    bytes.truncate(length);
    Ok(bytes)
}

fn broken(what: &'static str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> Result<Reply, ErrorKind> {
        read_reply(&mut std::io::Cursor::new(bytes)).await.map_err(|error| error.kind())
    }

    #[test]
    fn a_command_is_its_words_with_their_lengths() {
        let mut out = Vec::new();
        command(&mut out, &[b"GET", "鍵".as_bytes()]);
        assert_eq!(out, "*2\r\n$3\r\nGET\r\n$3\r\n鍵\r\n".as_bytes());
    }

    #[tokio::test]
    async fn every_kind_of_reply_is_read() {
        assert_eq!(read(b"+OK\r\n").await, Ok(Reply::Status("OK".to_owned())));
        assert_eq!(read(b"-ERR no\r\n").await, Ok(Reply::Refused("ERR no".to_owned())));
        assert_eq!(read(b":-2\r\n").await, Ok(Reply::Number(-2)));
        assert_eq!(read(b"$4\r\na\r\nb\r\n").await, Ok(Reply::Bytes(Some(b"a\r\nb".to_vec()))));
        assert_eq!(read(b"$-1\r\n").await, Ok(Reply::Bytes(None)));
        let array = Reply::Array(vec![Reply::Bytes(None), Reply::Number(1)]);
        assert_eq!(read(b"*2\r\n$-1\r\n:1\r\n").await, Ok(array));
    }

    #[tokio::test]
    async fn what_is_no_reply_ends_the_connection() {
        assert_eq!(read(b"").await, Err(ErrorKind::UnexpectedEof));
        for bytes in [
            &b"HTTP/1.1 400 Bad Request\r\n"[..],
            b"\r\n",
            b"$999999999999\r\n",
            b"$-2\r\n",
            b"$x\r\n",
            b"*9\r\n",
            b"*1\r\n*1\r\n:1\r\n",
            b":x\r\n",
            b"+OK",
            b"$1\r\nabc",
            b"+\xff\r\n",
        ] {
            assert_eq!(read(bytes).await, Err(ErrorKind::InvalidData), "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(read(&[b'+'; 5000]).await, Err(ErrorKind::InvalidData), "a line that never ends");
    }
}
