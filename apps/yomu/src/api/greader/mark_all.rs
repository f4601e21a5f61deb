//! `/mark-all-as-read`: a stream, as far as it had come at a moment.

use axum::extract::State;
use jiff::Timestamp;
use yomu_store::EntryFilter;

use super::stream::Stream;
use super::stream_filter::filter_of;
use super::visit::{Answer, Refusal, Visit, done};
use crate::actions::mark::mark_filtered;
use crate::api::Api;

/// Marks a stream read up to `ts`.
pub(super) async fn mark(State(api): State<Api>, visit: Visit) -> Answer {
    let Some(name) = visit.params.first("s").filter(|name| !name.is_empty()) else {
        return Err(Refusal::Bad("`s` is missing".to_owned()));
    };
    let filter = filter_of(&api.app, visit.user.id, Stream::read(name)).await?;
    let until = visit.params.first("ts").and_then(moment);
    mark_filtered(&api.app, visit.user.id, &EntryFilter { arrived_until: until, ..filter }).await?;
    Ok(done())
}

/// A moment in seconds, milliseconds, microseconds or nanoseconds: apps send each of them, told apart by their length.
fn moment(text: &str) -> Option<Timestamp> {
    let number: i64 = text.trim().parse().ok().filter(|number| *number > 0)?;
    match text.trim().len() {
        0..=11 => Timestamp::from_second(number).ok(),
        12..=14 => Timestamp::from_millisecond(number).ok(),
        15..=17 => Timestamp::from_microsecond(number).ok(),
        _ => Timestamp::from_nanosecond(i128::from(number)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_apart_by_their_length() {
        for text in ["1767225600", "1767225600000", "1767225600000000", "1767225600000000000"] {
            assert_eq!(moment(text).map(Timestamp::as_second), Some(1_767_225_600), "{text}");
        }
        for text in ["", "0", "-5", "x", "99999999999999999999"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
