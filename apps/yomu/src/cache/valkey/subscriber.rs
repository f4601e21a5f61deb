//! Hears what other replicas publish.

use std::io::{Error, ErrorKind};

use tokio::io::AsyncWriteExt as _;
use tokio::time::{sleep, timeout};

use super::ValkeyAddress;
use super::connection::{Connection, connect};
use super::resp::{Reply, command, read_reply};
use crate::cache::events::{Event, Events};
use crate::cache::limits::{RECONNECT, SUBSCRIPTION_ASKED_EVERY};

/// Where to listen.
pub(super) struct Channel {
    /// Its name in Valkey.
    pub(super) name: String,
    /// What this process begins its own messages with: it has told itself already.
    pub(super) own: String,
}

/// Listens for as long as the runtime lives. After each interruption everybody is told that they may have missed something.
pub(super) async fn listen(address: ValkeyAddress, channel: Channel, events: Events) {
    let mut wait = RECONNECT.0;
    let mut was_there = false;
    loop {
        if let Ok(connection) = connect(&address).await {
            wait = RECONNECT.0;
            // Nothing can have been missed before the first time.
            if was_there {
                events.tell(Event::Missed);
            }
            was_there = true;
            let error = hear(connection, &channel, &events).await;
            tracing::debug!(?error, "events of other replicas are not heard");
        }
        sleep(wait).await;
        wait = (wait * 2).min(RECONNECT.1);
    }
}

async fn hear(mut connection: Connection, channel: &Channel, events: &Events) -> Result<(), Error> {
    send(&mut connection, &[b"SUBSCRIBE", channel.name.as_bytes()]).await?;
    let mut asked = false;
    loop {
        // Reading a reply is given up only with the connection, so nothing is lost in the middle of one.
        let waiting = {
            let reply = read_reply(&mut connection);
            tokio::pin!(reply);
            timeout(SUBSCRIPTION_ASKED_EVERY, reply).await
        };
        match waiting {
            Ok(reply) => {
                asked = false;
                if let Some(event) = event(reply?, &channel.own) {
                    events.tell(event);
                }
            }
            // A PING is answered at once, so half a message cannot have been waiting for that long on a good connection.
            Err(_) if !asked => {
                asked = true;
                send(&mut connection, &[b"PING"]).await?;
            }
            Err(_) => return Err(ErrorKind::TimedOut.into()),
        }
    }
}

async fn send(connection: &mut Connection, words: &[&[u8]]) -> Result<(), Error> {
    let mut bytes = Vec::new();
    command(&mut bytes, words);
    connection.write_all(&bytes).await?;
    connection.flush().await
}

/// The event of a message; of other replies, and of our own messages, none.
fn event(reply: Reply, own: &str) -> Option<Event> {
    let Reply::Array(members) = reply else { return None };
    let [Reply::Bytes(Some(kind)), _, Reply::Bytes(Some(message))] = members.as_slice() else { return None };
    let message = std::str::from_utf8(message).ok().filter(|_| kind == b"message")?;
    let (from, event) = message.split_once(' ')?;
    Event::from_wire(event).filter(|_| from != own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Reply {
        let bytes = |text: &str| Reply::Bytes(Some(text.as_bytes().to_vec()));
        Reply::Array(vec![bytes("message"), bytes("channel"), bytes(text)])
    }

    #[test]
    fn messages_of_others_are_heard_and_our_own_are_not() {
        assert_eq!(event(message("theirs due"), "ours"), Some(Event::Due));
        assert_eq!(event(message("ours due"), "ours"), None);
    }

    #[test]
    fn other_replies_are_no_events() {
        assert_eq!(event(Reply::Status("PONG".to_owned()), "ours"), None);
        assert_eq!(event(message(""), "ours"), None);
        assert_eq!(event(Reply::Array(vec![]), "ours"), None);
    }
}
