//! A picture passes through: from its server to the reader, a piece at a time, never faster than the reader takes it.

use std::io;
use std::time::Instant;

use axum::body::{Body, Bytes};
use futures_util::stream::unfold;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::{Instant as Moment, timeout};

use super::limits::{PASSAGE_TIME, READER_STALLS};
use crate::fetch::Stream;

type Piece = Result<Bytes, io::Error>;

/// The body of an answer. The place is given back when the picture is through, its server fails, or the reader is gone.
pub(super) fn body(head: Bytes, stream: Box<Stream>, place: OwnedSemaphorePermit) -> Body {
    // One piece under way is enough: the sockets on both sides have their own buffers.
    let (sender, receiver) = mpsc::channel::<Piece>(1);
    // A task of its own, because a reader who takes nothing asks for nothing, and then nobody would look at the clock.
    tokio::spawn(async move {
        let _place = place;
        let started = Instant::now();
        if timeout(PASSAGE_TIME, carry(head, stream, sender)).await.is_err() {
            tracing::debug!(seconds = started.elapsed().as_secs(), "a picture took too long");
        }
    });
    Body::from_stream(unfold(receiver, async |mut receiver| receiver.recv().await.map(|piece| (piece, receiver))))
}

async fn carry(head: Bytes, mut stream: Box<Stream>, sender: mpsc::Sender<Piece>) {
    let mut next = Some(head);
    while let Some(piece) = next {
        let asked = Moment::now();
        match timeout(READER_STALLS, sender.send(Ok(piece))).await {
            Ok(Ok(())) => stream.waited_since(asked),
            // Whoever wanted it is gone, or as good as gone.
            Ok(Err(_)) | Err(_) => return,
        }
        next = match stream.next().await {
            Ok(piece) => piece,
            Err(error) => {
                tracing::debug!(%error, "a picture broke off");
                // The answer ends without its end, and so the browser keeps no half picture.
                let _ = timeout(READER_STALLS, sender.send(Err(io::Error::other("the picture broke off")))).await;
                return;
            }
        };
    }
}
