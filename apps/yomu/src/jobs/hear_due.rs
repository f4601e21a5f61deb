//! Wakes the refresher when another process made feeds due.

use tokio::sync::watch;

use crate::App;
use crate::cache::Event;

/// Listens until told to stop. A word that was missed costs a minute: the refresher looks by itself that often.
pub async fn hear_due_forever(app: App, mut stop: watch::Receiver<bool>) {
    let mut listener = app.cache.listen();
    loop {
        tokio::select! {
            event = listener.next() => match event {
                Event::Due | Event::Missed => app.due.notify_one(),
                Event::Changed(_) => {}
            },
            _ = stop.wait_for(|told| *told) => return,
        }
    }
}
