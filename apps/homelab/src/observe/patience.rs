//! Looking again when the host stumbles: looking changes nothing, so it may be repeated as often as one likes.

use std::time::Duration;

use proxmox_client::{Client, Error, Request};
use serde::de::DeserializeOwned;
use tokio::time::sleep;

/// Pauses before another look, seconds. The client itself has repeated what never reached the host.
const PAUSES: [u64; 5] = [1, 2, 4, 8, 15];

/// Makes a call that only looks.
pub(super) async fn look<T: DeserializeOwned>(client: &Client, request: &Request<T>) -> Result<T, Error> {
    let mut pauses = PAUSES.iter();
    loop {
        match client.send(request).await {
            // A situation that we know is an answer; words of the host's own may be an accident.
            Err(error @ (Error::HostFailed { .. } | Error::Unreachable { .. } | Error::OutcomeUnknown { .. })) => {
                match pauses.next() {
                    Some(seconds) => sleep(Duration::from_secs(*seconds)).await,
                    None => return Err(error),
                }
            }
            outcome => return outcome,
        }
    }
}
